/** The reader of one page whose bytes are decoded: cuts out the code, has it walked, and puts together what that found. */
import { Calls } from './calls.ts';
import { attributesOf, type CodeBlock, codeOf, languageNamed, type PageCode } from './code-blocks.ts';
import type { PageText } from './decode-page.ts';
import { familyOf } from './families.ts';
import type { FoundSink } from './findings.ts';
import { Flow } from './flow.ts';
import { type Graded, graded } from './grade.ts';
import {
  type Capability,
  type Decisive,
  type Obfuscation,
  type PageFacts,
  type PageLanguage,
  type PageShape,
  sinkLimit,
} from './page-facts.ts';
import { type PageKind, pageKindOf } from './page-name.ts';
import { hasImageHeader, isBinary, isPst, scriptInDump, shapeOf } from './shapes.ts';
import {
  allColumns,
  alone,
  carriesPage,
  carriesProgram,
  databaseShell,
  encodedCode,
  escapesPut,
  fileServerOrder,
  imageIncluded,
  isBlanked,
  isCountOfColumns,
  isDeclared,
  listsTables,
  madeLength,
  nativeCall,
  phpText,
  raised,
  scriptsPut,
  secretNames,
  strangeSource,
  typeNames,
} from './telling-texts.ts';
import type { Tokens } from './token-source.ts';
import { tokenize } from './tokens.ts';

/** Code that code makes, in levels. */
const madeDepth = 64;
const longestClass = 400;

export const begins =
  /^[\s\ufeff]*<%\s{0,40}@\s*(?:page|webhandler|webservice|control|master|application|servicehost|language\s*=)/i;
export const beginsPhp = /^[\s\ufeff]*<\?php\s/i;

export const empty = (rest: Partial<PageFacts>): PageFacts => ({
  language: 'none',
  encoding: 'binary',
  directives: [],
  sinks: [],
  capabilities: [],
  input: null,
  accessParameter: null,
  obfuscation: [],
  shape: null,
  family: null,
  grade: 'none',
  virtualPath: null,
  library: null,
  classes: [],
  decisive: null,
  codeLength: 0,
  cut: false,
  ...rest,
});

export class PageReader {
  readonly #page: PageText;
  readonly #bytes: Uint8Array;
  readonly #name: string;
  readonly #tooLong: boolean;
  readonly #found: FoundSink[] = [];
  readonly #hidden = new Set<Obfuscation>();
  #namesInterpreter = false;
  #asksAll = false;
  /** A text of its own is packed. */
  #packed = false;
  #listsTables = false;
  #namesDatabaseShell = false;
  /** Texts that may be pages themselves. */
  readonly #carried: { readonly text: string; readonly at: number }[] = [];
  #madeLength = 0;
  readonly #made = new Set<string>();
  /** Pages within pages that were read. */
  #written = 0;
  #cut = false;

  constructor(page: PageText, bytes: Uint8Array, name: string, tooLong: boolean) {
    this.#page = page;
    this.#bytes = bytes;
    this.#name = name;
    this.#tooLong = tooLong;
  }

  facts(): PageFacts {
    const { text } = this.#page;
    const kind = this.#kind();
    const shape = this.#shape();
    if (shape === 'compiled-page') {
      const preserved = attributesOf(text.slice(0, 8000));
      const virtualPath = preserved.get('virtualpath') ?? null;
      const library = preserved.get('assembly')?.slice(0, longestClass) ?? null;
      const type = preserved.get('type')?.slice(0, longestClass);
      return empty({ shape, virtualPath, library, classes: type === undefined ? [] : [type], encoding: this.#page.encoding });
    }
    const code = codeOf(text, kind);
    if (code.cut) this.#cut = true;
    const walked = this.#follow(code);
    const blanked = code.blocks.filter(({ at, end, text: made }) => made === undefined && isBlanked(text, at, end));
    // Where all that stands there is blanks there is no code.
    const sheet = code.blocks.length === 0 && text.length <= 100_000 && text.includes(':script') ? this.#sheet(text, 0, 0) : 0;
    const codeLength = blanked.length === code.blocks.length && blanked.length > 0 ? 0 : walked + sheet;
    const damaged: PageShape | null =
      blanked.length > 0 ? 'blanked' : code.language === 'php' && encodedCode.test(text.slice(0, 8192)) ? 'encoded-code' : null;
    // Pages of other languages hide behind a name that the server maps to another one.
    this.#findCarried();
    if (code.language !== 'php' && code.language !== 'java') {
      const included = imageIncluded.exec(text);
      if (included !== null) this.#found.push(alone('no-code-included', 'runs-code', included.index));
      const source = code.directives.map(({ attributes }) => attributes.get('src') ?? '').find((one) => strangeSource.test(one));
      if (source !== undefined) this.#found.push(alone('no-code-included', 'runs-code', Math.max(0, text.indexOf(source))));
      if (this.#isStub(code)) this.#found.push(alone('library', 'runs-code', code.blocks[0]!.at));
    }
    const ownWords = this.#found.some(
      ({ capability, name, given }) =>
        capability === 'queries-databases' &&
        /connect|pdo|mysqli|dataadapter/.test(name) &&
        // An adapter is given its question first.
        (name.endsWith('adapter') ? given.slice(1) : given).some((one) => one.text !== null && one.text.length > 3),
    );
    const result = graded(this.#found, {
      language: code.language,
      namesInterpreter: this.#namesInterpreter,
      codeLength,
      dumps: ownWords && (this.#listsTables || this.#asksAll),
      namesDatabaseShell: this.#namesDatabaseShell,
    });
    return this.#told(code, result, shape ?? damaged, codeLength);
  }

  #kind(): PageKind {
    const own = pageKindOf(this.#name);
    const head = this.#page.text.slice(0, 65_536);
    if (own !== null) {
      // Code of PHP under any other name of a page, and the other way round, runs where the server was told so.
      if (own !== 'php' && (beginsPhp.test(head) || (/<\?php\s/i.test(head) && !head.includes('<%')))) return 'php';
      if (own === 'php' && begins.test(head)) return 'aspnet';
      return own;
    }
    if (beginsPhp.test(head)) return 'php';
    return /^[\s\ufeff]*<%@\s*(?:language|codepage)/i.test(head)
      ? 'asp'
      : /<%@\s*page\s[^>]{0,200}\bimport\s*=\s*"java/i.test(head)
        ? 'jsp'
        : 'aspnet';
  }

  #shape(): PageShape | null {
    if (isPst(this.#bytes)) return 'pst';
    const shape = shapeOf(this.#page.text, this.#name);
    return (
      shape ??
      (isBinary(this.#bytes) && this.#page.encoding !== 'cp037' && !this.#page.encoding.startsWith('utf-') ? 'binary' : null)
    );
  }

  /** Length of the server's code. */
  #follow(code: PageCode): number {
    let length = 0;
    const byLanguage = new Map<PageLanguage, CodeBlock[]>();
    for (const block of code.blocks) {
      const known = byLanguage.get(block.language);
      if (known === undefined) byLanguage.set(block.language, [block]);
      else known.push(block);
    }
    for (const [language, blocks] of byLanguage) {
      const tokens: Tokens = { list: [], cut: false, noise: 0, escapedNames: 0 };
      let last = 0;
      for (const block of blocks) {
        if (block.at < last) continue;
        if (block.text !== undefined) tokenize(block.text, 0, block.text.length, language, tokens, 0, block.at);
        else {
          const body = this.#page.text;
          const plain = code.encodedScript ? scriptsPut(body.slice(block.at, block.end)) : null;
          const unescaped = language === 'java' && plain === null ? escapesPut(body.slice(block.at, block.end)) : null;
          if (plain !== null) {
            this.#hidden.add('encoded-script');
            if (plain.cut) this.#cut = true;
            tokenize(plain.text, 0, plain.text.length, language, tokens, 0, block.at);
            last = block.end;
          } else if (unescaped !== null) {
            if (unescaped.length < (block.end - block.at) * 0.6) this.#hidden.add('escapes');
            tokenize(unescaped, 0, unescaped.length, language, tokens, 0, block.at);
            last = block.end;
          } else
            last =
              language === 'php'
                ? tokenize(body, block.at, block.end, language, tokens)
                : (tokenize(body, block.at, block.end, language, tokens), block.end);
        }
        const end = block.text === undefined && language === 'php' ? last : block.end;
        length += Math.max(0, end - block.at);
      }
      this.#walk(tokens, language, { filled: code.controls, objects: code.objects }, 0, null);
    }
    return length;
  }

  /** @param outer where the code was made that made this code */
  #walk(
    tokens: Tokens,
    language: PageLanguage,
    controls: PageControls,
    depth: number,
    outer: { at: number; hidden: readonly Obfuscation[] } | null,
  ): void {
    if (tokens.cut) this.#cut = true;
    if (tokens.escapedNames > 2) this.#hidden.add('escapes');
    if (tokens.noise > 12 && tokens.noise * 12 > tokens.list.length) this.#hidden.add('comment-noise');
    for (const [index, { kind, value, at }] of tokens.list.entries()) {
      if (kind === 'name') {
        if (allColumns.test(value) || isCountOfColumns(tokens, index)) this.#asksAll = true;
        if (typeNames.test(value) && language !== 'php' && language !== 'java')
          this.#found.push(alone('type-names', 'deserialises', outer?.at ?? at));
        if (nativeCall.test(value) && isDeclared(tokens, index, language))
          this.#found.push(alone('native-call', 'loads-code', outer?.at ?? at));
        continue;
      }
      if (kind !== 'text') continue;
      if (carriesProgram(value)) this.#found.push(alone('carried-program', 'loads-code', outer?.at ?? at));
      if (value.length > 200_000) continue;
      if (carriesPage.test(value)) this.#carried.push({ text: value, at: outer?.at ?? at });
      if (secretNames.test(value) && language !== 'php' && language !== 'java')
        this.#found.push(alone('provider', 'shows-secrets', outer?.at ?? at));
      if (value.length > 4096) continue;
      if (listsTables.test(value)) this.#listsTables = true;
      if (databaseShell.test(value)) this.#namesDatabaseShell = true;
      if (fileServerOrder.test(value)) this.#found.push(alone('file-server-order', 'executes-commands', outer?.at ?? at));
      if (
        !this.#namesInterpreter &&
        /(?:^|[\\/\s"'])(?:cmd(?:\.exe)?|powershell(?:\.exe)?|(?:ba|c|k|z)?sh)(?:$|[\s"'])|\/bin\/(?:ba)?sh|\bcmd\.exe/i.test(
          value,
        )
      )
        this.#namesInterpreter = true;
    }
    if (depth < madeDepth) this.#scriptsInTexts(tokens, depth);
    const calls = new Calls(language);
    const flow = new Flow(tokens.list, language, controls.filled, calls, controls.objects);
    flow.run();
    if (flow.cut) this.#cut = true;
    for (const { text, at, packed } of calls.unfolded) {
      if (packed) this.#packed = true;
      if (carriesPage.test(text)) this.#carried.push({ text, at: outer?.at ?? at });
    }
    for (const one of calls.found) {
      const sink = depth < 3 && this.#writesPage(one) ? { ...one, writesPage: true } : one;
      this.#found.push(
        outer === null ? sink : { ...sink, made: true, at: outer.at, hidden: [...new Set([...sink.hidden, ...outer.hidden])] },
      );
    }
    if (depth >= madeDepth) return;
    for (const made of calls.evaluated) {
      // The same code again teaches nothing.
      if (this.#made.has(made.text)) continue;
      this.#made.add(made.text);
      this.#madeLength += made.text.length;
      if (this.#madeLength > madeLength) {
        this.#cut = true;
        return;
      }
      const inner: Tokens = { list: [], cut: false, noise: 0, escapedNames: 0 };
      if (language === 'php') phpText(made.text, inner);
      // What Java runs from a text is a script, or an expression; its texts have the quotes of those.
      else tokenize(made.text, 0, made.text.length, language === 'java' ? 'jscript' : language, inner);
      this.#walk(inner, language, controls, depth + 1, {
        at: outer?.at ?? made.at,
        hidden: [...new Set([...(outer?.hidden ?? []), ...made.hidden])],
      });
    }
  }

  /** A text that is written somewhere is read as the page that it would be. */
  #writesPage({ capability, given }: FoundSink): boolean {
    if (capability !== 'writes-files') return false;
    const text = given.find((one) => one.text !== null && one.text.length >= 16 && /<%|<\?|runat\s{0,4}=/i.test(one.text))?.text;
    return text != null && this.#isBackDoor(text);
  }

  #isBackDoor(text: string): boolean {
    if (this.#written >= 8 || text.length > 200_000) return false;
    this.#written++;
    const kind = /<\?/.test(text)
      ? 'php'
      : this.#kind() === 'jsp'
        ? 'jsp'
        : /<%@\s{0,8}page\b|runat/i.test(text)
          ? 'aspnet'
          : 'asp';
    const names = { php: 'x.php', aspnet: 'x.aspx', asp: 'x.asp', jsp: 'x.jsp' } as const;
    const inner = new PageReader({ text, encoding: 'utf-8', odd: false, toByte: () => 0 }, new Uint8Array(), names[kind], false);
    inner.#written = this.#written;
    return inner.facts().grade === 'back-door';
  }

  /** A page without anything to show whose code does nothing but make a thing of a library that is not the server's own. */
  #isStub(code: PageCode): boolean {
    const { text } = this.#page;
    if (text.length > 1500 || code.blocks.length !== 1 || code.directives.some(({ attributes }) => attributes.has('inherits')))
      return false;
    const [block] = code.blocks;
    if (block === undefined || block.text !== undefined) return false;
    const outside = `${text.slice(0, block.at)} ${text.slice(block.end)}`.replace(
      /<%@[^%]{0,400}%>|<\/?script[^>]{0,200}>|<%|%>/gi,
      '',
    );
    const made =
      /^\s*([A-Z]\w{0,60}(?:\.\w{1,60}){1,6})\s{1,20}\w{1,60}\s{0,20}=\s{0,20}new\s{1,20}([\w.]{1,200})\s{0,20}\([^;()]{0,400}\)\s{0,20};\s*$/i.exec(
        text.slice(block.at, block.end),
      );
    return (
      outside.trim().length <= 80 &&
      !outside.includes('<') &&
      made !== null &&
      made[1] === made[2] &&
      !/^(?:System|Microsoft)\./.test(made[1]!)
    );
  }

  /** A page that carries another one in a text, and writes files. */
  #findCarried(): void {
    if (!this.#found.some(({ capability }) => capability === 'writes-files')) return;
    for (const { text, at } of this.#carried)
      if (this.#isBackDoor(text)) {
        this.#found.push(alone('carried-page', 'writes-files', at));
        return;
      }
  }

  /** A style sheet with a script in it runs that where it is applied. */
  #scriptsInTexts(tokens: Tokens, depth: number): void {
    for (const { kind, value, at } of tokens.list)
      if (kind === 'text' && value.length <= 100_000 && value.includes(':script')) this.#sheet(value, at, depth);
  }

  /** Length of the script that stands in a style sheet. */
  #sheet(text: string, at: number, depth: number): number {
    const open = /<\w{1,20}:script\b([^>]{0,400})>/i.exec(text);
    if (open === null || !/urn:schemas-microsoft-com:xslt/i.test(text)) return 0;
    const begins = open.index + open[0].length;
    const end = text.indexOf(':script>', begins);
    const language = languageNamed(attributesOf(open[1]!).get('language')) ?? 'jscript';
    const inner: Tokens = { list: [], cut: false, noise: 0, escapedNames: 0 };
    const body = text.slice(begins, end === -1 ? text.length : end).replace(/<!\[CDATA\[|\]\]>/g, ' ');
    tokenize(body, 0, body.length, language, inner);
    this.#walk(inner, language, { filled: new Set(), objects: new Map() }, depth + 1, { at, hidden: [] });
    return body.length;
  }

  #told(code: PageCode, result: Graded, shape: PageShape | null, codeLength: number): PageFacts {
    const { text } = this.#page;
    const obfuscation = new Set<Obfuscation>([...this.#hidden, ...result.obfuscation]);
    if (this.#page.odd) obfuscation.add('odd-encoding');
    if (hasImageHeader(this.#bytes)) obfuscation.add('image-header');
    let { grade } = result;
    let at = result.at;
    const capabilities: Capability[] = [...result.capabilities];
    if (shape === 'oab-dump' || shape === 'directory-dump') {
      const script = scriptInDump(text);
      if (script !== -1) {
        grade = 'back-door';
        at ??= script;
      } else if (grade === 'none') grade = 'doubtful';
    } else if ((shape === 'pst' || shape === 'certificate-request') && grade === 'none') {
      grade = codeLength > 0 || shape === 'pst' ? 'doubtful' : 'none';
    }
    if (shape === 'blanked' || shape === 'encoded-code') grade = raised(grade);
    if (grade === 'none' && (this.#page.odd || this.#packed) && codeLength > 0) grade = raised(grade);
    if (this.#packed) obfuscation.add('compressed');
    // What stands behind the part that is read runs all the same.
    if (grade === 'none' && (this.#tooLong || (this.#cut && codeLength > 0))) grade = 'doubtful';
    if (this.#cut || this.#tooLong) obfuscation.add('padding');
    return {
      language: codeLength === 0 ? 'none' : code.language,
      encoding: this.#page.encoding,
      directives: code.directives.slice(0, 200),
      sinks: result.sinks.slice(0, sinkLimit),
      capabilities,
      input: result.input,
      accessParameter: result.parameter,
      obfuscation: [...obfuscation].sort(),
      shape,
      family: grade === 'none' ? null : familyOf(text, { language: code.language, result, codeLength }),
      grade,
      virtualPath: null,
      library: null,
      classes: [],
      decisive: at === null ? null : this.#decisive(at),
      codeLength,
      cut: this.#cut || this.#tooLong,
    };
  }

  #decisive(at: number): Decisive {
    const { text } = this.#page;
    const lineBegins = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 200);
    const found = text.indexOf('\n', at);
    const lineEnds = Math.min(found === -1 ? text.length : found, at + 400);
    const own = text.slice(at, Math.min(lineEnds, at + 160)).replace(/\r$/, '');
    const atByte = this.#page.toByte(lineBegins);
    return { text: own, atByte, byteLength: Math.max(0, this.#page.toByte(lineEnds) - atByte) };
  }
}

interface PageControls {
  /** Ids of what a visitor fills in. */
  readonly filled: ReadonlySet<string>;
  /** Things that the markup makes, by their ids. */
  readonly objects: ReadonlyMap<string, string>;
}
