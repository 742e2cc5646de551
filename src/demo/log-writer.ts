/** Files of one log of one server: they turn over as the product turns them over, and each row's place is known. */
import { sha256Hex } from '../core/hash.ts';
import type { IisColumns } from './log-forms.ts';
import type { LogKind } from './log-kinds.ts';
import { bytesOf, type RowForm, type Stamp } from './row.ts';
import type { FileTruth, GapTruth, Place, RemovedTruth } from './truth.ts';

/** Where the bytes go. Calls come in the order in which they have to be written; a path is opened once. */
export interface Sink {
  open(path: string): number;
  /** The bytes are the caller's again when it returns. */
  write(file: number, bytes: Uint8Array): void;
  close(file: number): void;
}

/** Rows that are taken out while they are written. */
export interface Removal {
  readonly fromMs: number;
  readonly toMs: number;
  /** Whose: rows of an intruder alone, or whatever comes. */
  readonly whose: 'hostile' | 'any';
  left: number;
  readonly found: RemovedTruth[];
}

const bufferBytes = 128 * 1024;
const oneHourMs = 3_600_000;

export interface LogWriterOptions {
  readonly server: string;
  /** In front of the path, where several servers were collected. */
  readonly folder: string;
  readonly columns: IisColumns;
  readonly build: (ms: number) => string;
  /** Hours that a file lasts whose kind turns over every hour. */
  readonly hours: 1 | 24;
  readonly collected: boolean;
  /** Left out: as many as a disk likes. */
  readonly bufferBytes?: number;
  /** Whether a file got lost; asked once for each. */
  readonly lost: () => boolean;
}

/** What all writers have counted together. */
export interface Totals {
  /** Everything, also what was taken out, lost or not collected: the size that was asked for is of this. */
  bytes: number;
  kept: number;
  records: number;
}

/** Line ends in a part of the buffer. */
function linesOf(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let i = from; i < to; i++) if (bytes[i] === 0x0a) lines++;
  return lines;
}

export class LogWriter {
  readonly kind: LogKind;
  readonly files: FileTruth[] = [];
  readonly lostFiles: string[] = [];
  readonly gaps: GapTruth[] = [];
  readonly removals: Removal[] = [];
  readonly #sink: Sink;
  readonly #totals: Totals;
  readonly #options: LogWriterOptions;
  readonly #periodMs: number;
  /** Made with the first row: most logs of a single visit never have one. */
  #buffer = new Uint8Array(0);
  #at = 0;
  /** Bytes of the open file that were handed on already. */
  #flushed = 0;
  #lines = 0;
  #handle = -1;
  #file: FileTruth | null = null;
  #keep = false;
  #period = Number.NaN;
  #part = 1;
  #restarted = false;

  constructor(kind: LogKind, sink: Sink, totals: Totals, options: LogWriterOptions) {
    this.kind = kind;
    this.#sink = sink;
    this.#totals = totals;
    this.#options = options;
    this.#periodMs = kind.turns === 'never' ? Number.POSITIVE_INFINITY : (kind.turns === 'day' ? 24 : options.hours) * oneHourMs;
  }

  /** The service started again: its header comes back before the next row. */
  restart(): void {
    this.#restarted = true;
  }

  /**
   * Writes one row.
   * @param ms by the server's own clock
   * @param hostile an intruder's: its place is wanted
   * @returns null when the row is not there afterwards, or when nobody wants its place
   */
  row(form: RowForm, stamp: Stamp, ms: number, hostile: boolean): Place | null {
    if (this.#buffer.length === 0) this.#buffer = this.#newBuffer();
    for (const gap of this.gaps)
      if (ms >= gap.fromMs && ms < gap.toMs) {
        gap.rows++;
        this.#totals.bytes += form.write(this.#buffer, this.#room(form.mostBytes), stamp) - this.#at;
        return null;
      }
    const period = this.#periodMs === Number.POSITIVE_INFINITY ? 0 : Math.floor(ms / this.#periodMs) * this.#periodMs;
    if (period !== this.#period) this.#turn(period, 1, ms);
    else if (this.kind.mostBytes !== null && this.#flushed + this.#at >= this.kind.mostBytes)
      this.#turn(period, this.#part + 1, ms);
    else if (this.#restarted) this.#header(ms);
    const at = this.#room(form.mostBytes);
    const end = form.write(this.#buffer, at, stamp);
    this.#totals.bytes += end - at;
    if (!this.#keep) {
      this.#at = 0;
      return null;
    }
    const offset = this.#flushed + at;
    if (this.removals.length > 0 && this.#takenOut(ms, hostile, at, end, stamp)) return null;
    this.#at = end;
    const line = this.#lines + 1;
    this.#lines += this.kind.turns === 'never' ? linesOf(this.#buffer, at, end) : 1;
    this.#totals.kept += end - at;
    this.#totals.records++;
    const file = this.#file!;
    file.records++;
    if (file.records === 1) file.firstMs = ms;
    file.lastMs = ms;
    return hostile
      ? { file: file.path, line, offset, bytes: end - at - 2, sha256: sha256Hex(this.#buffer.subarray(at, end - 2)) }
      : null;
  }

  close(): void {
    this.#flush();
    if (this.#handle !== -1) this.#sink.close(this.#handle);
    this.#handle = -1;
    if (this.#file !== null) this.#file.bytes = this.#flushed;
    this.#file = null;
  }

  #takenOut(ms: number, hostile: boolean, at: number, end: number, stamp: Stamp): boolean {
    for (const removal of this.removals) {
      if (removal.left === 0 || ms < removal.fromMs || ms >= removal.toMs || (removal.whose === 'hostile' && !hostile)) continue;
      removal.left--;
      removal.found.push({
        server: this.#options.server,
        log: this.kind.name,
        file: this.#file!.path,
        afterLine: this.#lines,
        timeMs: ms,
        requestId: stamp.requestId(),
        bytes: end - at,
        sha256: sha256Hex(this.#buffer.subarray(at, end - 2)),
        hostile,
      });
      return true;
    }
    return false;
  }

  #turn(period: number, part: number, ms: number): void {
    this.close();
    this.#period = period;
    this.#part = part;
    this.#flushed = 0;
    this.#lines = 0;
    const path = this.#options.folder + this.kind.path(period, part);
    this.#keep = this.#options.collected && !this.#options.lost();
    if (this.#options.collected && !this.#keep) this.lostFiles.push(path);
    if (this.#keep) {
      this.#handle = this.#sink.open(path);
      this.#file = { path, log: this.kind.name, server: this.#options.server, records: 0, bytes: 0, firstMs: 0, lastMs: 0 };
      this.files.push(this.#file);
    }
    this.#header(ms);
  }

  #header(ms: number): void {
    this.#restarted = false;
    const bytes = bytesOf(this.kind.header(ms, this.#options.build(ms), this.#options.columns));
    this.#totals.bytes += bytes.length;
    if (!this.#keep) return;
    this.#buffer.set(bytes, this.#room(bytes.length));
    this.#at += bytes.length;
    this.#totals.kept += bytes.length;
    for (const byte of bytes) if (byte === 0x0a) this.#lines++;
  }

  #newBuffer(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#options.collected ? (this.#options.bufferBytes ?? bufferBytes) : 16 * 1024);
  }

  /** Makes sure that so many bytes fit; returns where they go. */
  #room(bytes: number): number {
    if (this.#at + bytes > this.#buffer.length) this.#flush();
    if (bytes > this.#buffer.length) throw new Error(`a row of ${bytes} bytes does not fit`);
    return this.#at;
  }

  #flush(): void {
    if (this.#at === 0) return;
    if (this.#handle !== -1) this.#sink.write(this.#handle, this.#buffer.subarray(0, this.#at));
    this.#flushed += this.#at;
    this.#at = 0;
  }
}
