/**
 * The interface between reading and everything that comes after it.
 *
 * Right of `read` nobody walks all rows: code states a {@link Demand}; a {@link Scanner} answers per {@link Block} with exact
 * counts, facts, and a superset of the rows that matter. Only those rows are ever decoded.
 */
import type { KnownText } from './known-text.ts';
import type { Problem } from './problem.ts';

/** Random access to one artifact's bytes: a file, a zip entry, a Blob, an array. Never a path. */
export interface Source {
  /** Length in bytes when it was opened. A live log may grow; what lies beyond is not read. */
  readonly byteLength: number;
  /** False where a second read costs as much as a first one (a compressed entry). */
  readonly seekable: boolean;
  /** Fills `into` from byte `at`; returns how many bytes were there (0 at the end). */
  read(at: number, into: Uint8Array): number;
}

export type FieldType = 'text' | 'int' | 'time' | 'ip' | 'sid' | 'guid' | 'blob';

/** Whose words a field holds. Only what the server or an administrator wrote can prove a stage from `exploited` upward. */
export type WrittenBy = 'client' | 'server' | 'administrator';

/**
 * What a field is about, in one vocabulary for all sources, so that judging never needs a source's own field names.
 * The names follow the Elastic Common Schema where it has one.
 */
export type Meaning =
  | 'client.address'
  | 'client.forwarded'
  | 'server.name'
  | 'server.address'
  | 'server.port'
  | 'target.name'
  | 'destination.address'
  | 'destination.name'
  | 'http.method'
  | 'http.referrer'
  | 'url.path'
  | 'url.query'
  | 'url.domain'
  /** Path and query, or the whole address, in one field. */
  | 'url.original'
  | 'http.status'
  | 'http.backend_status'
  | 'http.response_bytes'
  | 'http.time_taken'
  | 'user.name'
  | 'user.authenticated'
  | 'user.id'
  /** As whom somebody acted who is somebody else. */
  | 'user.impersonated'
  | 'user_agent'
  | 'request.id'
  | 'activity.id'
  | 'session.id'
  | 'anchor'
  | 'cmdlet'
  | 'cmdlet.parameters'
  /** How it ended, in the log's own word. */
  | 'cmdlet.result'
  | 'cmdlet.error'
  /** What the request asked the service to do (a SOAP action, a MAPI request type, an SMTP verb, an event of the transport). */
  | 'event.action'
  | 'event.outcome'
  | 'event.reason'
  | 'error.message'
  | 'message'
  | 'process.name'
  | 'process.command_line'
  | 'file.path'
  | 'email.sender'
  | 'email.recipient'
  | 'email.subject'
  | 'email.message_id'
  | 'service.name'
  | 'build'
  | 'config.value'
  | 'file.hash'
  | 'threat.name'
  | 'threat.action'
  | 'process.image'
  | 'process.parent'
  | 'note';

export interface Field {
  /** The source's own name, as its header writes it. */
  readonly name: string;
  readonly type: FieldType;
  readonly writtenBy: WrittenBy;
  readonly means?: Meaning;
  /** A part of another field of the same row, found by the reader's `derive` (ECP `EventData` holds `S:CMD` …). */
  readonly partOf?: string;
  /** The client may percent-encode what it writes here: literals are looked for in the value as logged and decoded once. */
  readonly percent?: true;
}

/** What a row can hold: one `#Fields` line, CSV header, EVTX template pair, JSON shape, or `file`. Equal hash, equal meaning. */
export interface Layout {
  readonly hash: string;
  readonly logSource: string;
  readonly fields: readonly Field[];
}

/** A piece of an artifact, cut by the artifact alone, never by the number of workers. A row belongs to the block it begins in. */
export interface Block {
  readonly index: number;
  /** Byte range [at, end) in the artifact. */
  readonly at: number;
  readonly end: number;
  /** True for the block that ends with the artifact. */
  readonly last: boolean;
}

/** Reader state at a cut. May be guessed; a guess that differs from the left neighbour's `after` is scanned again. */
export interface Seam {
  /** The header text that is in force (`#Fields` line or CSV header), '' before any. */
  readonly header: string;
  /** The date in force where rows carry only a time (`#Date` of IIS logs without a date column). */
  readonly date: string;
  /** True when the cut falls into a row; that row belongs to the block before. */
  readonly midRow: boolean;
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be';
  /** The byte that ends a line: LF, or CR in files that hold no LF. */
  readonly lineEnd: 10 | 13;
}

export interface Literal {
  readonly field: string;
  readonly how: 'is' | 'starts' | 'ends' | 'contains';
  readonly text: string;
  readonly cased: boolean;
  /** True: a row on which it holds becomes a candidate. False: it is only told, for rows that are candidates already. */
  readonly selects: boolean;
  /** It selects only where the row's tuple of this group opens this door; see {@link OpenDoors}. */
  readonly door?: Door;
}

export interface Door {
  readonly group: number;
  /** 1 to 7. */
  readonly number: number;
}

/** All that rules, indicators, coverage and novelty ask of one log source. Plain data: cloned to workers, hashed into resume keys. */
export interface Demand {
  readonly hash: string;
  readonly logSource: string;
  /** Index = literal id. */
  readonly literals: readonly Literal[];
  /** Exact counts per tuple, e.g. `['cs-method','cs-uri-stem','sc-status']`. A field that the layout lacks counts as null. */
  readonly groups: readonly (readonly string[])[];
  /** Distinct tuples kept per block and group; rows beyond are counted as `overflow`. */
  readonly groupLimit: number;
  /** Groups that are judged and not counted: their numbers go on behind those of `groups`, and facts do not hold them. */
  readonly asked?: readonly (readonly string[])[];
  /** The facts say which tuples of `asked` there are: who asks something else later need not read where none of them can answer. */
  readonly told?: boolean;
  /** Of logs that book every request under an id: per minute their number and the sum of their ids. */
  readonly books?: boolean;
}

/** Called at least once per distinct tuple of a block; true makes EVERY row of the block that carries it a candidate. */
export type JudgeTuple = (group: number, tuple: readonly (string | null)[]) => boolean;

/**
 * Called at least once per distinct tuple of a block: the doors of this group that it opens, one bit each (bit 1 is door 1). A door
 * that is shut says that no rule behind it can be true on a row with this tuple, whatever else stands in the row.
 */
export type OpenDoors = (group: number, tuple: readonly (string | null)[]) => number;

/** Rows that are alike: of one layout, with the same value in every field of which `shared` says so, and their other values in the same places. */
export interface RowKind {
  /** What somebody found out of all such rows, by who it was. */
  readonly notes: Map<object, unknown>;
  shared(name: string): boolean;
  /** Where a field stands; null: nowhere, or not in one place. */
  placeOf(name: string): object | null;
}

/** Candidate rows, valid until the next scan. Never under-selects. */
export interface Rows {
  readonly length: number;
  /** Byte offset of the row's first byte in the artifact as stored (also for UTF-16). */
  offset(row: number): number;
  /** Line within the block, from 0; the merge adds the lines of earlier blocks. */
  line(row: number): number;
  /** EVTX EventRecordID, else null. */
  recordId(row: number): bigint | null;
  /** UTC milliseconds; NaN when unknown. */
  timeMs(row: number): number;
  layout(row: number): Layout;
  /** Ids of the demand's literals that hold on this row, ascending: which, not whether. */
  literals(row: number): readonly number[];
  /** A field's value by its one documented decoding; null where the row has no such field or it is empty (`-`). */
  text(row: number, field: string): string | null;
  /**
   * The values of all its fields, but for those of which their type tells that nothing but `0-9 a-f x s t z : . { } + -` stands in them, in
   * either case, and for lines that are each told as a field of their own. Writes them to `into` and returns how many there are; -1, or not
   * there: whoever wants them asks for each field.
   */
  words?(row: number, into: (string | KnownText)[]): number;
  /** Of rows that are alike what is known of them; null, or not there: of this one nothing. */
  kind?(row: number): RowKind | null;
  /** Of a row of a kind: a text that is known; null: what stands there is asked for by its name. @param place one of its kind's */
  known?(row: number, place: object): KnownText | null;
  /** The row's bytes as stored, without line end. */
  raw(row: number): Uint8Array;
  /** The row as a person can read it, where its bytes are no text. */
  readable?(row: number): string;
  /** The row as the XML that it is. */
  xml?(row: number): string;
  /** The row as the JSON object that tools for such rows write. */
  json?(row: number): string;
}

export interface Group {
  readonly tuples: readonly (readonly (string | null)[])[];
  readonly counts: ArrayLike<number>;
  /** UTC milliseconds of the first and last row that carries the tuple; NaN when no such row has a time. */
  readonly firstMs: ArrayLike<number>;
  readonly lastMs: ArrayLike<number>;
  readonly overflow: number;
  /** Numbers by which whoever made them knows the tuples, for speed alone. */
  readonly known?: KnownTuples;
}
/** One array under one number, for as long as there is the same `memory`; 0: no number. Not every tuple behind the last number has one. */
export interface KnownTuples {
  readonly memory: object;
  readonly numbers: Int32Array;
}

/** Distinct tuples of a group that nobody counts. */
export interface AskedTuples {
  readonly tuples: readonly (readonly (string | null)[])[];
  /** There are more of them. */
  readonly open: boolean;
}

/** Rows per UTC hour: what coverage and gaps are made of. */
export interface Hours {
  /** Hours since 1970, ascending. */
  readonly hours: readonly number[];
  readonly counts: readonly number[];
}

/** Rows of one book per minute. */
export interface Minutes {
  /** Minutes since 1970, ascending. */
  readonly minutes: Float64Array;
  readonly rows: Int32Array;
  /** Exclusive or of the ids of each minute's requests, four words a minute. */
  readonly ids: Int32Array;
}

/** The books in which a request stands under one id; `proxied`: those of HttpProxy that the back end answered. */
export interface Books {
  readonly front?: Minutes;
  readonly proxy?: Minutes;
  readonly proxied?: Minutes;
  readonly back?: Minutes;
  readonly course?: Course;
}

/** How time goes on in a log. */
export interface Course {
  /** A head line stands before its first row. */
  readonly begins: boolean;
  /** UTC milliseconds of its head lines: a log is begun anew when its service starts, or for a new day or hour. */
  readonly starts: readonly number[];
  /** Places at which time runs backwards, with no head line between. */
  readonly steps: readonly { readonly fromMinute: number; readonly toMinute: number }[];
  /** Of each book (front, proxy, proxied, back) the minute of its first row; NaN: none. */
  readonly first: readonly number[];
  /** Of each book the minute of its last row behind the last head line; -Infinity: none. */
  readonly last: readonly number[];
}

/** A stretch of a binary artifact that holds records by number (a chunk of an event log). */
export interface Unit {
  /** Byte offset in the artifact. */
  readonly at: number;
  readonly state: 'read' | 'damaged' | 'empty';
  /** Records that it lists; 0: none, and the numbers say nothing. */
  readonly records: number;
  readonly firstId: number;
  readonly lastId: number;
}

/** Facts of one block: small, cloneable, stored for resume, pivot and retro-hunt. */
export interface BlockFacts {
  readonly block: Block;
  readonly logSource: string;
  /** Of a form that holds several kinds of things: those that this block holds, sorted. */
  readonly logSources?: readonly string[];
  readonly rows: number;
  readonly lines: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly hours: Hours;
  /** Of logs that are such books. */
  readonly books?: Books;
  readonly groups: readonly Group[];
  /** Of `Demand.asked`, where it is told; left out: nobody knows. */
  readonly asked?: readonly AskedTuples[];
  readonly after: Seam;
  /** Names of the columns that all of its rows have, in the order of the first one; of logs that have columns. */
  readonly columns?: readonly string[];
  readonly problems: readonly Problem[];
  readonly units?: readonly Unit[];
  /** Units that the artifact says it has, where this block holds its header. */
  readonly unitsStated?: number;
}

/** What is known of the file that is scanned beyond its bytes. For readers of which one file is one row (a page, a configuration). */
export interface ScannedFile {
  /** Its path on its server with backslashes; where no place is known, its path in the hand-over. */
  readonly path: string;
  /** Whether `path` is one on a server. */
  readonly placed: boolean;
  readonly bytes: number;
  /** Times that a collector or an archive tells, ISO 8601 in UTC; null: nobody tells. */
  readonly modifiedUtc: string | null;
  readonly createdUtc: string | null;
}

/** Synchronous; no I/O inside. `bytes` holds the block from `block.at`, and beyond `block.end` as far as its last row needs. */
export interface Scanner {
  /** `opens` undefined, or not looked at by this scanner: all doors are open. `file` undefined: text without a file (a test). */
  scan(
    block: Block,
    bytes: Uint8Array,
    before: Seam,
    judge: JudgeTuple,
    onRows: (rows: Rows) => void,
    opens?: OpenDoors,
    file?: ScannedFile,
  ): BlockFacts;
}

export interface Frame {
  readonly headBytes: number;
  readonly unitBytes: number;
}

export interface Reader {
  /** Artifact kind = file name of the reader = its page in the documentation. */
  readonly kind: string;
  /** Whose rows it gives: its own name, or the log that a tool's output quotes. */
  readonly logSource: string;
  /** A form that holds things of several kinds (a console's lists and tables): all that its rows can be; each layout says which. */
  readonly logSources?: readonly string[];
  /** What the rows speak for: a log file for a span of time, a state for a day, an excerpt for nothing but itself. */
  readonly speaksFor: 'span' | 'state' | 'excerpt';
  /**
   * Which clock its times are by. `utc`: UTC, or each time carries its zone. `local`: the server's, in a zone that the text does not
   * name; such times are taken as they stand and are good for spans only. `unknown`: it has none, or does not say.
   */
  readonly clock: 'utc' | 'local' | 'unknown';
  /** Bytes per block; null: the artifact is small by nature and read whole. */
  readonly blockBytes: number | null;
  /** Binary: blocks begin behind a header of so many bytes, at multiples of a unit; no row reaches from one unit into the next. */
  readonly frame?: Frame;
  /** Its rows may reach over line ends: a block is read on for as far as any row may need, not to the end of a line. */
  readonly spansLines?: true;
  /** 0 (not mine) to 1 (certain). `head` is the first 64 KiB as text; the path uses backslashes. */
  recognise(head: string, canonicalPath: string): number;
  /** The same for artifacts that are no text. */
  recogniseBytes?(head: Uint8Array, canonicalPath: string): number;
  /** Whether this line, pasted somewhere among others, is a row (2), a header or comment (1), or nothing of this kind (0). */
  claims(line: string, previous: boolean): 0 | 1 | 2;
  /** Its rows end at the blank line behind them: what comes after it is asked of all readers again. */
  readonly endsAtBlank?: true;
  /** Its rows go on in any words: behind a blank line they end where another reader knows what begins. */
  readonly freeText?: true;
  scanner(demand: Demand): Scanner;
  /** What all units together say: gaps between them, what is missing. `end`: where the artifact ends. */
  conclude?(units: readonly Unit[], stated: number, end: number): readonly Problem[];
}

/** Associative, so that the order of workers cannot matter. */
export interface Fold<S> {
  readonly groups: Demand['groups'];
  empty(): S;
  add(state: S, facts: BlockFacts): S;
  merge(left: S, right: S): S;
}

/** A compiled rule set for one log source. `judge` and `match` need nothing but what they are handed. */
export interface Detector {
  readonly demand: Demand;
  readonly judge: JudgeTuple;
  readonly opens: OpenDoors;
  /** Indexes of the rules that match this candidate row, ascending. */
  match(rows: Rows, row: number): readonly number[];
}
