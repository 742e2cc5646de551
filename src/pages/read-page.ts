/** One page, read whole: from its bytes to what it can do. */
import { capabilitiesOf, readAssembly } from './assembly.ts';
import { Calls, type FoundSink } from './calls.ts';
import { attributesOf, type CodeBlock, codeOf, languageNamed, type PageCode } from './code-blocks.ts';
import { decodedPlainly, decodePage, type PageText } from './decode-page.ts';
import { familyOf } from './families.ts';
import { Flow } from './flow.ts';
import { type Graded, graded } from './grade.ts';
import {
  type Capability,
  type Decisive,
  type Obfuscation,
  type PageFacts,
  type PageGrade,
  type PageLanguage,
  type PageShape,
  sinkLimit,
} from './page-facts.ts';
import { type PageKind, pageKindOf } from './page-name.ts';
import { hasImageHeader, isBinary, isCompiledAssembly, isCompiledPlace, isPst, scriptInDump, shapeOf } from './shapes.ts';
import { tokenize, type Tokens } from './tokens.ts';
import { madeLimit, scriptDecoded } from './unfold.ts';
import { nothing } from './value.ts';

/** Of a file longer than this the beginning is read: no web server runs such a page. */
const longestPage = 16 << 20;
/** Code that code makes, in levels. */
const madeDepth = 64;
/** Characters of made code, over all levels. */
const madeLength = 2 << 20;

const begins = /^[\s\ufeff]*<%\s{0,40}@\s*(?:page|webhandler|webservice|control|master|application|servicehost|language\s*=)/i;
const beginsPhp = /^[\s\ufeff]*<\?php\s/i;

/** Whether the beginning of a text is that of a page of this name. */
export function looksLikePage(head: string, name: string): boolean {
  if (isCompiledPlace(name) && /\.compiled$/i.test(name)) return /<preserve\b/i.test(head.slice(0, 4096));
  if (begins.test(head.slice(0, 4096)) || beginsPhp.test(head.slice(0, 4096)))
    return !/\.(?:md|ya?ml|json|cs|vb|java|evtx)$/i.test(name);
  const kind = pageKindOf(name);
  if (kind === null) return /\.config$/i.test(name) && /<%(?![@-])|<script[^>]{0,200}runat/i.test(head);
  if (kind === 'razor') return /[@<]/.test(head);
  return (
    /<|\+ADw-/.test(head) ||
    (kind === 'jsp' && head.includes('${')) ||
    /^L[lo]/.test(head) ||
    /^-----BEGIN /.test(head) ||
    shapeOf(head, name) !== null
  );
}

/** Whether bytes that are no text were saved under the name of a page, or are a page that the server compiled. */
export function looksLikeBinaryPage(head: Uint8Array, name: string): boolean {
  if (isCompiledAssembly(name)) return head[0] === 0x4d && head[1] === 0x5a;
  return (
    pageKindOf(name) !== null && (isPst(head) || isBinary(head) || (head[0] === 0x4c && (head[1] === 0x6c || head[1] === 0x6f)))
  );
}

/** null: no page by name and content. */
export function readPage(bytes: Uint8Array, name: string): PageFacts | null {
  if (isCompiledAssembly(name)) return compiledLibrary(bytes);
  const whole = bytes.length <= longestPage ? bytes : bytes.subarray(0, longestPage);
  const page = decodePage(whole);
  const facts = factsOf(page, bytes, whole, name);
  // What looks like an odd encoding may be a few bytes put there so that the rest is misread; the server reads it as ever.
  const plain = decodedPlainly(whole, page);
  if (plain === null) return facts;
  const plainFacts = factsOf(plain, bytes, whole, name);
  if (plainFacts === null || (facts !== null && gradeRank[facts.grade] >= gradeRank[plainFacts.grade])) return facts;
  return page.odd
    ? { ...plainFacts, obfuscation: [...new Set([...plainFacts.obfuscation, 'odd-encoding' as const])].sort() }
    : plainFacts;
}

const gradeRank: Readonly<Record<PageGrade, number>> = { none: 0, doubtful: 1, 'back-door': 2 };

function factsOf(page: PageText, bytes: Uint8Array, whole: Uint8Array, name: string): PageFacts | null {
  // What begins with more words, or nothing, than anybody looks at is what its name says.
  const isLong = pageKindOf(name) !== null && whole.length > 65_536;
  if (!isLong && !looksLikePage(page.text.slice(0, 65_536), name) && !looksLikeBinaryPage(whole.subarray(0, 65_536), name))
    return null;
  return new PageReader(page, whole, name, bytes.length > longestPage).facts();
}

const empty = (rest: Partial<PageFacts>): PageFacts => ({
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

/** What is told of a page that could not be read: nobody knows what it does. */
export const unreadPage: PageFacts = empty({ grade: 'doubtful', cut: true });

const longestClass = 400;
const mostClasses = 20;

/** What ASP.NET made of pages. Their classes are named after them: `ASP.q7x_aspx`. */
function compiledLibrary(bytes: Uint8Array): PageFacts {
  const assembly = readAssembly(bytes.length <= longestPage ? bytes : bytes.subarray(0, longestPage));
  if (assembly === null) return empty({ shape: 'compiled-assembly' });
  const { grade, capabilities, sinks } = capabilitiesOf(assembly);
  return empty({
    shape: 'compiled-assembly',
    classes: assembly.types.filter((type) => type.startsWith('ASP.')).slice(0, mostClasses),
    grade,
    capabilities,
    sinks,
    input: grade === 'none' ? null : 'unknown',
    cut: assembly.cut || bytes.length > longestPage,
  });
}

class PageReader {
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
    const codeLength = this.#follow(code);
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
    return this.#told(code, result, shape, codeLength);
  }

  #kind(): PageKind {
    const own = pageKindOf(this.#name);
    const head = this.#page.text.slice(0, 65_536);
    if (own !== null) {
      // Code of PHP under any other name of a page, and the other way round, runs where the server was told so.
      if (own !== 'php' && beginsPhp.test(head)) return 'php';
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
    for (const { kind, value, at } of tokens.list) {
      if (kind !== 'text' || value.length > 100_000 || !value.includes(':script')) continue;
      const open = /<\w{1,20}:script\b([^>]{0,400})>/i.exec(value);
      if (open === null || !/urn:schemas-microsoft-com:xslt/i.test(value)) continue;
      const from = open.index + open[0].length;
      const end = value.indexOf(':script>', from);
      const language = languageNamed(attributesOf(open[1]!).get('language')) ?? 'jscript';
      const inner: Tokens = { list: [], cut: false, noise: 0, escapedNames: 0 };
      const body = value.slice(from, end === -1 ? value.length : end).replace(/<!\[CDATA\[|\]\]>/g, ' ');
      tokenize(body, 0, body.length, language, inner);
      this.#walk(inner, language, { filled: new Set(), objects: new Map() }, depth + 1, { at, hidden: [] });
    }
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

/** The beginnings of programs in the forms that texts have for bytes: of Windows and .NET, of Java, of Java's library BCEL. */
const programs = /^(?:TVqQAAMA|TVpQAAIA|TVoAAAAA|TVpAAAEA|TVroAAAA|4d5a90000300|0x4d5a9000|yv66vgAA|cafebabe0000|\$\$BCEL\$\$)/i;
const carriesProgram = (text: string): boolean => text.length >= 200 && programs.test(text.slice(0, 16).trimStart());
/** What IIS keeps its passwords under. */
const secretNames = /^(?:AnonymousUserPass|WAMUserPass|UNCPassword)$/i;

const allColumns =
  /^(?:getColumnCount|getTables|GetOleDbSchemaTable|GetSchema|mysqli?_num_fields|mysqli?_fetch_fields?|mysql_list_tables|mysql_field_name)$/i;
const listsTables =
  /\b(?:show\s{1,8}(?:create\s{1,8})?tables?\b|show\s{1,8}databases|information_schema\.|user_tab|all_tables|sysobjects|sys\.(?:tables|databases)|sqlite_master)/i;
const databaseShell = /\bxp_(?:cmdshell|dirtree|regwrite|regread)\b|\bsp_oa(?:create|method)\b|\binto\s{1,8}(?:out|dump)file\b/i;
const carriesPage = /<%(?!--)[^]{12}|<\?(?:php|=)?[^]{12}|runat\s{0,4}=\s{0,4}["']?server/i;
/** A picture that the server puts into the page as code. */
const imageIncluded =
  /<!--\s{0,8}#include\s{1,8}(?:file|virtual)\s{0,8}=\s{0,8}["']?[^"'>]{1,200}\.(?:jpe?g|gif|png|bmp|ico)["'\s]/i;
/** `<%@ Page Src="…" %>`: code that is no code by its name, or lies elsewhere on the server. */
const strangeSource =
  /^(?:[a-z]:|\\\\|\/\/)[^]{1,200}\.\w{1,8}$|\.(?:jpe?g|gif|png|bmp|ico|txt|log|css|tmp|dat|bak|html?|xml|json)$/i;
const typeNames = /^(?:TypeNameHandling|SimpleTypeResolver)$/;
const nativeCall = /^(?:dllimport|declare)$/i;

/** `[DllImport("…")]`, `Declare Function … Lib "…"`. */
function isDeclared({ list }: Tokens, at: number, language: PageLanguage): boolean {
  const next = list[at + 1];
  if (language === 'csharp') return /^[[.]$/.test(list[at - 1]?.value ?? '') && next?.value === '(';
  if (language !== 'visual-basic') return false;
  return (
    (list[at]!.value.toLowerCase() === 'dllimport' && next?.value === '(') ||
    list.slice(at + 1, at + 8).some(({ kind, value }) => kind === 'name' && value.toLowerCase() === 'lib')
  );
}

/** `x.Fields.Count`, `x.Columns.Count`. */
const isCountOfColumns = ({ list }: Tokens, at: number): boolean =>
  list[at]!.value.toLowerCase() === 'count' &&
  list[at - 1]?.value === '.' &&
  /^(?:fields|columns)$/i.test(list[at - 2]?.value ?? '');

/** Something that tells for itself, whoever decides. */
const alone = (name: string, capability: Capability, at: number): FoundSink => ({
  name,
  capability,
  of: 'all',
  hard: false,
  at,
  value: nothing,
  hidden: [],
  inFunction: false,
  self: null,
  given: [],
});

/** Java knows its escapes before it knows anything else: brackets and blanks may be written so. null: there are none. */
function escapesPut(text: string): string | null {
  if (!/\\u+[0-9a-f]{4}/i.test(text)) return null;
  return text.replace(/\\u+([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Each encoded stretch by what it encodes, as far as the limit reaches; null: there is none. */
function scriptsPut(text: string): { readonly text: string; readonly cut: boolean } | null {
  let out = '';
  let from = 0;
  let cut = false;
  for (let at = text.indexOf('#@~^'); at !== -1; at = text.indexOf('#@~^', from)) {
    const end = text.indexOf('^#~@', at);
    const stop = end === -1 ? text.length : end + 4;
    out += `${text.slice(from, at)}\n${scriptDecoded(text.slice(at, stop)) ?? ''}\n`;
    from = stop;
    // One stretch is decoded so far as well.
    if (stop - at > madeLimit) cut = true;
    if (out.length > madeLength) {
      cut = true;
      break;
    }
  }
  return from === 0 ? null : { text: out + text.slice(from), cut };
}

const raised = (grade: PageGrade): PageGrade => (grade === 'none' ? 'doubtful' : grade);

/** Code of PHP that a page evaluates: it begins within the language. */
function phpText(text: string, into: Tokens): void {
  const opening = /<\?(?:php\b|=|(?=\s))/gi;
  let at = 0;
  if (/^\s*<\?/.test(text)) at = text.search(/<\?(?:php|=)?/i) + (/^<\?(?:php|=)/i.exec(text.trimStart())?.[0].length ?? 2);
  while (at < text.length) {
    const stopped = tokenize(text, at, text.length, 'php', into);
    opening.lastIndex = stopped;
    const next = opening.exec(text);
    if (next === null || into.cut) return;
    const past = next.index + next[0].length;
    if (past <= at) return;
    at = past;
  }
}
