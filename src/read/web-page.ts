/**
 * Pages of web servers, as files: `.aspx .ashx .asmx .ascx .asax .master .cshtml .svc`, `.asp`, `.php`, `.jsp`. One record per file; what
 * the page can do is read from its text and never run. Pages of the product give a record as well: that they were handed in is what makes
 * "nothing found" worth something.
 */
import { sha256Hex } from '../core/hash.ts';
import { Problems } from '../core/problem.ts';
import type {
  Block,
  BlockFacts,
  Demand,
  JudgeTuple,
  Layout,
  Literal,
  OpenDoors,
  Reader,
  Rows,
  ScannedFile,
  Scanner,
  Seam,
} from '../core/record.ts';
import { literalHolds, Tally } from '../kernel/index.ts';
import {
  type Directive,
  looksLikeBinaryPage,
  looksLikePage,
  type PageFacts,
  pageKindOf,
  readPage,
  unreadPage,
} from '../pages/index.ts';
import { browserSends, isSignInScript } from './browser-script.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'web-page';

const fields: Readonly<Record<string, FieldFacts>> = {
  Path: by('server', 'file.path'),
  Name: by('server'),
  Bytes: by('server', undefined, { type: 'int' }),
  Modified: by('server'),
  Created: by('server'),
  Sha256: by('server', 'file.hash'),
  Language: by('server'),
  Encoding: by('server'),
  /** `back-door`, `doubtful`, `none`. */
  Grade: by('server'),
  Capability: by('server'),
  Sinks: by('server'),
  Input: by('server'),
  AccessParameter: by('server'),
  Shape: by('server'),
  Family: by('server'),
  Obfuscation: by('server'),
  /** The class that the page says its code is in. */
  Inherits: by('server'),
  /** Length of the code for the server that stands in the page itself. */
  CodeLength: by('server', undefined, { type: 'int' }),
  /** How a script for the browser hands on the password that is typed. */
  BrowserSends: by('server'),
  /** Of a compiled page: the address of the page that was compiled. */
  VirtualPath: by('server', 'url.path'),
  /** The library in which its code is: `App_Web_….dll`. */
  Library: by('server'),
  /** Of what was compiled: the classes of pages. */
  Classes: by('server'),
  Placed: by('server'),
  Decisive: by('server'),
};
const layout: Layout = layoutOf(logSource, Object.keys(fields), fields);

/** Hashing in this thread is slow: what is longer has its hash in the list of evidence alone. */
const hashLimit = 16 << 20;
/** Bytes shown of a page: its decisive part, or its beginning. */
const shownBytes = 1024;

function fieldsOf(facts: PageFacts, bytes: Uint8Array, file: ScannedFile | undefined): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  const put = (name: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') own.set(name, value);
  };
  const path = file?.path ?? '';
  put('Path', path);
  put('Name', path.slice(path.lastIndexOf('\\') + 1));
  put('Bytes', String(file?.bytes ?? bytes.length));
  put('Modified', file?.modifiedUtc);
  put('Created', file?.createdUtc);
  if (bytes.length <= hashLimit) put('Sha256', sha256Hex(bytes));
  put('Language', facts.language);
  put('Encoding', facts.encoding);
  put('Grade', facts.grade);
  put('Capability', facts.capabilities.join(' '));
  put('Sinks', [...new Set(facts.sinks.map(({ name }) => name))].join(' '));
  put('Input', facts.input);
  put('AccessParameter', facts.accessParameter);
  put('Shape', facts.shape);
  put('Family', facts.family);
  put('Obfuscation', facts.obfuscation.join(' '));
  put('Inherits', classOf(facts.directives));
  if (facts.codeLength > 0) put('CodeLength', String(facts.codeLength));
  put('BrowserSends', browserSends(bytes, isSignInScript(path)).join(' '));
  put('VirtualPath', facts.virtualPath);
  put('Library', facts.library === null ? null : `${facts.library}.dll`);
  put('Classes', facts.classes.join(' '));
  put('Placed', file?.placed === true ? 'yes' : 'no');
  put('Decisive', facts.decisive?.text);
  return own;
}

const longestClass = 200;

function classOf(directives: readonly Directive[]): string | null {
  for (const { name, attributes } of directives) {
    if (!/^(?:page|control|master|application|webhandler|webservice|servicehost)$/.test(name)) continue;
    const own = attributes.get('inherits') ?? attributes.get('class') ?? attributes.get('service');
    if (own !== undefined && own !== '') return own.slice(0, longestClass);
  }
  return null;
}

function linesOf(bytes: Uint8Array): number {
  let lines = 1;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

/** When a page was compiled somebody asked for it, for the first time since it was written. */
const compiledMs = ({ shape }: PageFacts, file: ScannedFile | undefined): number =>
  shape === 'compiled-page' || shape === 'compiled-assembly'
    ? Date.parse(file?.createdUtc ?? file?.modifiedUtc ?? '')
    : Number.NaN;

class PageScanner implements Scanner {
  readonly #demand: Demand;

  constructor(demand: Demand) {
    this.#demand = demand;
  }

  scan(
    block: Block,
    bytes: Uint8Array,
    before: Seam,
    judge: JudgeTuple,
    onRows: (rows: Rows) => void,
    _opens?: OpenDoors,
    file?: ScannedFile,
  ): BlockFacts {
    const problems = new Problems();
    const tally = new Tally(this.#demand);
    // A reader that was chosen has its page: what the name of a file in a test does not say, its beginning said.
    const facts = this.#read(bytes, file?.path ?? 'page.aspx', problems);
    if (facts !== null) {
      const own = fieldsOf(facts, bytes, file);
      if (facts.cut) problems.add('page.limit', 0);
      const wanted = tally.add((name) => own.get(name) ?? null, Number.NaN, judge);
      const holding = this.#holding(own);
      if (wanted || holding.some((id) => this.#demand.literals[id]!.selects))
        onRows(new PageRows(own, facts, bytes, block.at, holding, compiledMs(facts, file)));
    }
    return {
      block,
      logSource,
      lines: linesOf(bytes),
      ...tally.facts(block.at, problems),
      after: { ...before, midRow: false },
      problems: problems.list().map((problem) => ({ ...problem, at: block.at + problem.at })),
    };
  }

  /** A page at which the reader stumbles is somebody's work: it must take nobody else's answer away. */
  #read(bytes: Uint8Array, path: string, problems: Problems): PageFacts | null {
    if (isSignInScript(path)) return { ...unreadPage, grade: 'none', cut: false };
    try {
      return readPage(bytes, path);
    } catch (error) {
      problems.add('page.broken', 0, { found: error instanceof Error ? error.name : 'an error' });
      return unreadPage;
    }
  }

  #holding(own: ReadonlyMap<string, string>): number[] {
    const byName = new Map(layout.fields.map((field) => [field.name, field]));
    const holds = ({ field, ...rest }: Literal): boolean => {
      const known = byName.get(field);
      const value = own.get(field);
      return known !== undefined && value !== undefined && literalHolds({ field, ...rest }, known, value);
    };
    return [...this.#demand.literals.entries()].filter(([, literal]) => holds(literal)).map(([id]) => id);
  }
}

class PageRows implements Rows {
  readonly length = 1;
  readonly #own: ReadonlyMap<string, string>;
  readonly #bytes: Uint8Array;
  readonly #blockAt: number;
  readonly #holding: readonly number[];
  readonly #start: number;
  readonly #end: number;
  readonly #line: number;
  readonly #timeMs: number;
  readonly readable?: (row: number) => string;

  constructor(
    own: ReadonlyMap<string, string>,
    facts: PageFacts,
    bytes: Uint8Array,
    blockAt: number,
    holding: readonly number[],
    timeMs: number,
  ) {
    this.#timeMs = timeMs;
    this.#own = own;
    // Of a library no bytes say anything to whoever looks at them.
    if (facts.shape === 'compiled-assembly')
      this.readable = () =>
        ['Name', 'Classes', 'Capability', 'Sinks']
          .map((name) => [name, own.get(name)] as const)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => `${name}: ${value!}`)
          .join(' · ');
    this.#bytes = bytes;
    this.#blockAt = blockAt;
    this.#holding = holding;
    this.#start = facts.decisive?.atByte ?? 0;
    this.#end = Math.min(bytes.length, this.#start + (facts.decisive?.byteLength ?? shownBytes));
    let line = 0;
    for (let at = bytes.indexOf(10); at !== -1 && at < this.#start; at = bytes.indexOf(10, at + 1)) line++;
    this.#line = line;
  }

  offset(): number {
    return this.#blockAt + this.#start;
  }
  line(): number {
    return this.#line;
  }
  recordId(): bigint | null {
    return null;
  }
  timeMs(): number {
    return this.#timeMs;
  }
  layout(): Layout {
    return layout;
  }
  literals(): readonly number[] {
    return this.#holding;
  }
  text(_row: number, field: string): string | null {
    return this.#own.get(field) ?? null;
  }
  raw(): Uint8Array {
    return this.#bytes.slice(this.#start, this.#end);
  }
}

/**
 * What stands on a server under the name of a page is run as one, whatever its first bytes are: nobody hides it by beginning it as a log, a
 * configuration or an archive. Certificates have a name that old servers took for a page.
 * @param path on the server
 */
export const runsAsPage = (path: string): boolean => pageKindOf(path) !== null && !/\.(?:cer|cdx)[. ]*$/i.test(path);

/** What a back door by its text lets a visitor do, the gravest first; null: it is none, or no page. One at which the reader stumbles is. */
export function backDoorIn(bytes: Uint8Array, path: string): readonly string[] | null {
  if (!runsAsPage(path)) return null;
  try {
    const facts = readPage(bytes, path);
    return facts?.grade === 'back-door' ? facts.capabilities : null;
  } catch {
    return ['nobody can say what'];
  }
}

export const webPage: Reader = {
  kind: 'web-page',
  logSource,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head, path) => (looksLikePage(head, path) ? 0.92 : isSignInScript(path) ? 0.9 : 0),
  recogniseBytes: (head, path) => (looksLikeBinaryPage(head, path) ? 0.9 : 0),
  claims: () => 0,
  scanner: (demand) => new PageScanner(demand),
};
