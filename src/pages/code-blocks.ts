/** Finds the server's code in a page: blocks, expressions, scripts that run at the server, directives, and the controls that visitors fill in. */
import { namedByClassId } from './class-ids.ts';
import type { Directive, PageLanguage } from './page-facts.ts';
import type { PageKind } from './page-name.ts';

export interface CodeBlock {
  readonly language: PageLanguage;
  readonly at: number;
  readonly end: number;
  /** Text that stands in for what is at this place (markup of XML whose entities were put in). */
  readonly text?: string;
}

export interface PageCode {
  readonly language: PageLanguage;
  readonly directives: readonly Directive[];
  readonly blocks: readonly CodeBlock[];
  /** Ids of controls whose value is the visitor's. */
  readonly controls: ReadonlySet<string>;
  /** Ids of things that the server makes where their element stands, and what they are. */
  readonly objects: ReadonlyMap<string, string>;
  /** A block was never closed. */
  readonly open: boolean;
  /** Server-side scripts that were encoded by the maker's own tool. */
  readonly encodedScript: boolean;
  /** There are more blocks than are looked at. */
  readonly cut: boolean;
}

/** Blanks in the place of code: nobody writes so many. */
export const manyBlanks = 400;
const blockLimit = 100_000;
const lookLimit = 8 << 20;
const attribute = /([\w:.-]{1,60})\s{0,20}=\s{0,20}(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'>%]{1,400}))/g;

export function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, double, single, bare] of text.slice(0, 8000).matchAll(attribute)) {
    const key = name!.toLowerCase();
    if (!found.has(key)) found.set(key, double ?? single ?? (bare ?? '').replace(/^[\u201c\u201d]|[\u201c\u201d]$/g, ''));
  }
  return found;
}

/** What the languages are called in directives and scripts. */
export function languageNamed(name: string | undefined): PageLanguage | null {
  const lower = (name ?? '').trim().toLowerCase();
  if (lower === '') return null;
  if (/^(?:c#|cs|csharp)/.test(lower)) return 'csharp';
  if (/^(?:vb|visual ?basic|vbs?$)/.test(lower)) return /script/.test(lower) ? 'vbscript' : 'visual-basic';
  if (/^(?:js|jscript|javascript|ecmascript)/.test(lower)) return 'jscript';
  if (/^java$/.test(lower)) return 'java';
  return /^php/.test(lower) ? 'php' : null;
}

const wholeFile = /^(?:webhandler|webservice|servicehost|class)$/;

export function codeOf(text: string, kind: PageKind): PageCode {
  if (kind === 'php') return phpCode(text);
  if (kind === 'razor') return razorCode(text);
  const state = new Finder(text, kind);
  state.run();
  return state.result();
}

class Finder {
  readonly #text: string;
  readonly #kind: PageKind;
  readonly #directives: Directive[] = [];
  readonly #blocks: { at: number; end: number; language: PageLanguage | null; text?: string }[] = [];
  readonly #controls = new Set<string>();
  readonly #objects = new Map<string, string>();
  #open = false;
  #encoded = false;
  #nextExpression = -1;
  /** Characters looked at for the ends of tags: tags that never end make each look long. */
  #looked = 0;

  constructor(text: string, kind: PageKind) {
    this.#text = text;
    this.#kind = kind;
  }

  run(): void {
    const text = this.#text;
    for (let at = 0; at < text.length && this.#blocks.length < blockLimit;) {
      const next = text.indexOf('<', at);
      const expression = this.#kind === 'jsp' ? this.#expressionFrom(at) : text.length;
      if (expression < (next === -1 ? text.length : next)) {
        at = this.#expression(expression);
        continue;
      }
      if (next === -1) break;
      if (text.startsWith('<%', next)) {
        at = this.#percent(next);
        // All that stands behind the directive of a handler is code, whatever looks like a block in it.
        if (this.#kind === 'aspnet' && wholeFile.test(this.#directives.at(-1)?.name ?? '')) {
          this.#blocks.push({ at, end: text.length, language: null });
          break;
        }
      } else if (text.startsWith('<!--', next) && this.#kind === 'aspnet') at = next + 4;
      else if (/^<(?:script|jsp:|asp:|input|textarea|select|object|\w{1,20}:)/i.test(text.slice(next, next + 40)))
        at = this.#element(next);
      else at = next + 1;
    }
  }

  /** Asked for with ever larger places, so that the text is searched once. */
  #expressionFrom(at: number): number {
    if (this.#nextExpression < at) {
      const found = this.#text.indexOf('${', at);
      this.#nextExpression = found === -1 ? this.#text.length : found;
    }
    return this.#nextExpression;
  }

  /** `${…}` of JSP is code. */
  #expression(at: number): number {
    const stop = this.#balanced(at + 2);
    this.#blocks.push({ at: at + 2, end: stop, language: 'java' });
    return stop + 1;
  }

  #balanced(from: number): number {
    let depth = 1;
    const limit = Math.min(this.#text.length, from + 4000);
    for (let at = from; at < limit; at++) {
      const character = this.#text[at];
      if (character === '{') depth++;
      else if (character === '}' && --depth === 0) return at;
    }
    return limit;
  }

  #percent(at: number): number {
    const text = this.#text;
    if (text.startsWith('<%--', at)) {
      const end = text.indexOf('--%>', at + 4);
      return end === -1 ? text.length : end + 4;
    }
    let end = text.indexOf('%>', at + 2);
    if (end === -1) {
      // A block that nobody closed does not run; it is looked at all the same, to the next tag that cannot be code.
      this.#open = true;
      end = text.length;
    }
    // ASP.NET takes blanks before the mark of a directive.
    const blanks = this.#kind === 'aspnet' ? (/^\s{0,40}(?=@)/.exec(text.slice(at + 2, at + 44))?.[0].length ?? 0) : 0;
    const mark = text[at + 2 + blanks];
    if (mark === '@') {
      // A directive that is not closed before the next block ends there.
      const next = text.indexOf('<%', at + 2);
      if (next !== -1 && next < end) end = next - 2;
      const body = text.slice(at + 3 + blanks, Math.min(end, at + 8000)).trim();
      const name = /^[A-Za-z]+/.exec(body)?.[0].toLowerCase() ?? '';
      this.#directives.push({
        // Without a name it is what the kind of file has: a class of its own is that of a handler.
        name: /^[A-Za-z]+\s{0,20}=/.test(body) ? (/\bclass\s{0,20}=/i.test(body) ? 'webhandler' : 'page') : name,
        attributes: attributesOf(body),
      });
    } else if (mark !== '$') {
      const encoded = text.startsWith('#@~^', at + 2);
      const from = at + 2 + (!encoded && mark !== undefined && '=#:!'.includes(mark) ? 1 : 0);
      if (encoded) this.#encoded = true;
      // Blocks without anything in them are put between others to hide those; a long one is what is left of code that was taken out.
      if (!isBlank(text, from, end) || end - from >= manyBlanks)
        this.#blocks.push({ at: Math.min(from, end), end, language: null });
    }
    return end + 2;
  }

  #element(at: number): number {
    const text = this.#text;
    const close = tagEnd(text, at, this.#looked < lookLimit ? 8000 : 300);
    this.#looked += Math.max(0, close - at) + (close === at + 1 ? 8000 : 0);
    const tag = text.slice(at, Math.min(close, at + 8000));
    const attributes = attributesOf(tag);
    const name = /^<([\w:.-]{1,80})/.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (name === 'script') {
      const end = endOfScript(text, close);
      const runs = /^server$/i.test(attributes.get('runat') ?? '');
      if (runs) {
        const language = languageNamed(attributes.get('language') ?? attributes.get('type'));
        if (text.slice(close, close + 200).includes('#@~^')) this.#encoded = true;
        const fitting = language === 'visual-basic' && this.#kind === 'asp' ? 'vbscript' : language;
        this.#blocks.push({ at: close, end, language: fitting });
      } else if (/^php$/i.test(attributes.get('language') ?? '')) this.#blocks.push({ at: close, end, language: 'php' });
      // What the server leaves alone may still hold blocks of its own.
      return runs ? end : close;
    }
    if (/^(?:jsp:scriptlet|jsp:expression|jsp:declaration|\w{1,20}:(?:scriptlet|expression|declaration))$/.test(name)) {
      const end = text.indexOf(`</${/^<([\w:.-]{1,80})/.exec(tag)![1]!}`, close);
      const stop = end === -1 ? text.length : end;
      if (end === -1) this.#open = true;
      const body = text.slice(close, stop);
      const plain = plainXml(body);
      this.#blocks.push({ at: close, end: stop, language: 'java', ...(plain === body ? {} : { text: plain }) });
      return stop + 2;
    }
    if (/^server$/i.test(attributes.get('runat') ?? '')) {
      const id = attributes.get('id');
      const type = (attributes.get('type') ?? '').toLowerCase();
      const fills =
        /^(?:asp:(?:textbox|hiddenfield|fileupload|dropdownlist|listbox|login)|textarea|select)$/.test(name) ||
        (name === 'input' && !/^(?:submit|button|reset|image|checkbox|radio)$/.test(type));
      if (id !== undefined && fills) this.#controls.add(id.toLowerCase());
      if (id !== undefined && name === 'object' && this.#objects.size < 400) {
        const made = namedByClassId(attributes.get('classid') ?? '') ?? attributes.get('progid')?.toLowerCase();
        if (made !== undefined) this.#objects.set(id, made.slice(0, 80));
      }
    }
    if (name === 'jsp:usebean' && this.#kind === 'jsp' && this.#objects.size < 400) {
      const id = attributes.get('id');
      const type = attributes.get('class') ?? attributes.get('beanname') ?? attributes.get('type');
      // Of a bean what matters is what its last name is called.
      if (id !== undefined && type !== undefined) this.#objects.set(id, lastOfType(type));
    }
    // What a page takes in by an address is code, or the answer of another server.
    if (this.#kind === 'jsp' && (name === 'jsp:include' || name === 'jsp:forward' || name === 'c:import'))
      this.#included(at, close, name, attributes.get('page') ?? attributes.get('url') ?? '');
    if (name === 'asp:objectdatasource') this.#dataSource(at, close, attributes);
    // Attributes can hold blocks.
    return tag.includes('<%') ? at + 1 : close;
  }

  /** `<c:import url="${param.x}">`, `<jsp:include page="<%= … %>">`: told as a call with what stands in the address. */
  #included(at: number, close: number, name: string, address: string): void {
    const inside = /^\s{0,20}(?:\$\{|#\{|<%=)([^]{1,400}?)(?:\}|%>)/.exec(address)?.[1];
    if (inside === undefined) return;
    const call = name === 'c:import' ? 'tagImport' : 'tagInclude';
    this.#blocks.push({ at, end: close, language: 'java', text: `${call}(${inside});` });
  }

  /** `<asp:ObjectDataSource TypeName="…" SelectMethod="…">` calls a method with what the request, a cookie, a field holds: told as that call. */
  #dataSource(at: number, close: number, attributes: ReadonlyMap<string, string>): void {
    const type = attributes.get('typename')?.split(',', 1)[0]?.trim() ?? '';
    // Of the server's own alone: others are code of the application.
    if (!/^(?:System|Microsoft)(?:\.\w{1,60}){1,8}$/i.test(type)) return;
    const until = this.#text.slice(close, close + 8000).search(/<\/asp:objectdatasource/i);
    const inside = this.#text.slice(close, close + (until === -1 ? 0 : until));
    const given = [...inside.matchAll(/<asp:(QueryString|Form|Cookie|Control|Route)?Parameter\b[^>]{0,400}>/gi)].map((one) =>
      one[1] === undefined
        ? '"' + (attributesOf(one[0]).get('defaultvalue') ?? '').replace(/["\\]/g, '') + '"'
        : 'Request["data source"]',
    );
    for (const key of ['selectmethod', 'insertmethod', 'updatemethod', 'deletemethod']) {
      const method = attributes.get(key) ?? '';
      if (/^\w{1,60}$/.test(method))
        this.#blocks.push({ at, end: close, language: 'csharp', text: `${type}.${method}(${given.slice(0, 20).join(', ')});` });
    }
  }

  result(): PageCode {
    const language = this.#language();
    return {
      language,
      directives: this.#directives,
      controls: this.#controls,
      objects: this.#objects,
      open: this.#open,
      cut: this.#blocks.length >= blockLimit,
      encodedScript: this.#encoded || this.#text.includes('#@~^'),
      blocks: this.#blocks.map((block) => ({ ...block, language: block.language ?? language })),
    };
  }

  #language(): PageLanguage {
    if (this.#kind === 'jsp') return 'java';
    const said = this.#directives.map(({ attributes }) => languageNamed(attributes.get('language'))).find((one) => one !== null);
    if (this.#kind === 'asp') {
      if (said === 'jscript') return 'jscript';
      return 'vbscript';
    }
    const script = this.#blocks.find(({ language }) => language !== null)?.language;
    if (said !== undefined) return said === 'vbscript' ? 'visual-basic' : said;
    if (script != null) return script;
    return guessed(
      this.#blocks
        .map(({ at, end }) => this.#text.slice(at, Math.min(end, at + 4000)))
        .join('\n')
        .slice(0, 40_000),
    );
  }
}

/** `a.b.Class` as the walk names it. */
const lastOfType = (type: string): string =>
  type
    .slice(type.lastIndexOf('.') + 1)
    .toLowerCase()
    .slice(0, 80);

function isBlank(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (text.charCodeAt(at) > 32) return false;
  return true;
}

/** By its punctuation: what is no Visual Basic has braces and semicolons. */
function guessed(code: string): PageLanguage {
  const marks = (code.match(/[;{}]/g) ?? []).length;
  // Neither C# nor anything else that has braces ends an If by name.
  const ends = (code.match(/\bEnd[ \t]{1,8}(?:Sub|Function|If|Select)\b/gi) ?? []).length;
  const words = (code.match(/\b(?:Dim|End (?:Sub|Function|If)|Then|ByVal|Next)\b/gi) ?? []).length;
  return marks === 0 || words > marks || ends >= 4 ? 'visual-basic' : 'csharp';
}

/** The end of a tag; quotes hide its bracket, blocks in it too. */
function tagEnd(text: string, at: number, most: number): number {
  let quote = '';
  const limit = Math.min(text.length, at + most);
  for (let i = at + 1; i < limit; i++) {
    const character = text[i]!;
    if (text.startsWith('<%', i)) {
      const end = text.slice(i, limit).indexOf('%>');
      if (end === -1) return i;
      i += end + 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return i + 1;
  }
  return Math.min(at + 1, text.length);
}

function endOfScript(text: string, from: number): number {
  const end = /<\/script/gi;
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** XML's sections and entities, as the server puts them in. */
function plainXml(body: string): string {
  return body
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .replace(/<!--|-->/g, ' ')
    .replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return entities[name.toLowerCase()]!;
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
      },
    );
}

/** PHP ends a block by itself (its tokens know where); here stand only the beginnings. */
function phpCode(text: string): PageCode {
  const blocks: CodeBlock[] = [];
  const begin = /<\?(?:php|=|(?!xml\b|mso|import))|<script\b[^>]{0,200}\blanguage\s{0,8}=\s{0,8}["']?php["']?[^>]{0,200}>/gi;
  // The end of one block is where the search for the next begins: found by the tokens, told through `next`.
  for (const match of text.matchAll(begin)) {
    if (blocks.length >= blockLimit) break;
    blocks.push({ language: 'php', at: match.index + match[0].length, end: text.length });
  }
  return {
    language: 'php',
    directives: [],
    blocks,
    controls: new Set(),
    objects: new Map(),
    open: false,
    encodedScript: false,
    cut: blocks.length >= blockLimit,
  };
}

/** Razor: blocks in braces behind `@`, and expressions behind `@`. */
function razorCode(text: string): PageCode {
  const blocks: CodeBlock[] = [];
  const begin =
    /@(?:functions|code|section\s+\w{1,60})?\s{0,20}\{|@(?:if|for|foreach|while|switch|using|lock)\b[^{\r\n]{0,400}\{|@\(|@(?!@)[A-Za-z_][\w.]{0,200}[([]/g;
  for (let match = begin.exec(text); match !== null && blocks.length < blockLimit; match = begin.exec(text)) {
    const from = match.index + 1;
    const opening = match.index + match[0].length - 1;
    const end = bracketEnd(text, opening);
    blocks.push({ language: 'csharp', at: from, end });
    begin.lastIndex = Math.max(end, begin.lastIndex);
  }
  return {
    language: 'csharp',
    directives: [],
    blocks,
    controls: new Set(),
    objects: new Map(),
    open: false,
    encodedScript: false,
    cut: blocks.length >= blockLimit,
  };
}

function bracketEnd(text: string, opening: number): number {
  let depth = 0;
  let quote = '';
  const limit = Math.min(text.length, opening + 400_000);
  for (let at = opening; at < limit; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote || character === '\n') quote = '';
    } else if (character === '"') quote = character;
    else if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character) && --depth <= 0) return at + 1;
  }
  return limit;
}
