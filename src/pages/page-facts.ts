/** What a page says of itself when it is read and not run. */

export type PageLanguage = 'csharp' | 'visual-basic' | 'jscript' | 'vbscript' | 'java' | 'php' | 'none';

/** What whoever reaches the page can have done by it. */
export type Capability =
  | 'executes-commands'
  | 'runs-code'
  | 'loads-code'
  | 'writes-files'
  | 'takes-uploads'
  | 'reads-files'
  | 'proxies-traffic'
  | 'queries-databases'
  | 'deserialises'
  | 'shows-secrets'
  | 'makes-accounts'
  | 'sends-mail'
  | 'takes-credentials';

/** Where what reaches a sink comes from: the visitor, the page itself, or nobody can tell from the text. */
export type SinkInput = 'request' | 'constant' | 'unknown';

export interface PageSink {
  /** The call as the page's language names it, lower case (`process.start`). */
  readonly name: string;
  readonly capability: Capability;
  /** Place in the decoded text, in UTF-16 code units. */
  readonly at: number;
  readonly input: SinkInput;
}

export interface Directive {
  /** `page`, `webhandler`, `import` …, lower case. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What the text was kept from being read by. */
export type Obfuscation =
  | 'joined-texts'
  | 'character-codes'
  | 'base64'
  | 'hex'
  | 'reversed'
  | 'replaced'
  | 'escapes'
  | 'encoded-script'
  | 'compressed'
  | 'encrypted'
  | 'dynamic-names'
  | 'odd-encoding'
  | 'padding'
  | 'image-header'
  | 'comment-noise'
  | 'rotated';

/** Things that look like something else. */
export type PageShape =
  | 'oab-dump'
  | 'directory-dump'
  | 'certificate-request'
  | 'pst'
  | 'binary'
  | 'compiled-page'
  | 'compiled-assembly'
  | 'blanked'
  | 'encoded-code';

/**
 * How sure the text alone is. `back-door`: what a visitor says is run, loaded, written or passed on; `doubtful`: it can do such a
 * thing and so do pages that serve their owner; `none`: nothing of this kind is seen.
 */
export type PageGrade = 'back-door' | 'doubtful' | 'none';

export interface Decisive {
  readonly text: string;
  /** The lines around it, as a range of bytes of the file. */
  readonly atByte: number;
  readonly byteLength: number;
}

export interface PageFacts {
  readonly language: PageLanguage;
  /** As it was decoded: `utf-8`, `utf-16le`, `utf-7`, `gbk`, `windows-1252` … */
  readonly encoding: string;
  readonly directives: readonly Directive[];
  /** In order of place; at most {@link sinkLimit}. */
  readonly sinks: readonly PageSink[];
  /** Of the sinks that the grade rests on; most telling first. */
  readonly capabilities: readonly Capability[];
  /** Of the strongest sink. */
  readonly input: SinkInput | null;
  /** The name of the parameter, header or cookie by which the page is told what to do, where it can be seen. */
  readonly accessParameter: string | null;
  readonly obfuscation: readonly Obfuscation[];
  readonly shape: PageShape | null;
  /** A name that others gave to pages built like this one. */
  readonly family: string | null;
  readonly grade: PageGrade;
  /** Of a compiled page: the page's own address below its site. */
  readonly virtualPath: string | null;
  /** Of a compiled page: the library that its code was put into. Of such a library: the classes of pages in it. */
  readonly library: string | null;
  readonly classes: readonly string[];
  /** The part of the decoded text that decides, as it stands there; null: none. */
  readonly decisive: Decisive | null;
  /** Length of the server-side code in the text; 0: the page has none. */
  readonly codeLength: number;
  /** Reading stopped at a limit. */
  readonly cut: boolean;
}

/** Sinks told of one page. */
export const sinkLimit = 40;
