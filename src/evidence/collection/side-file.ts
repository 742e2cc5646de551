/**
 * What a collector wrote about its own work. It stands in the evidence like everything else and may be the intruder's: bounded,
 * never trusted in its shape, and never a throw.
 */
import { decodeText } from '../../core/text.ts';

/** Of one file; and of all of one hand-over, so that a thousand such files do not take the machine. */
export const sideFileBytes = 16 << 20;
export const allSideBytes = 256 << 20;

/** The first bytes of a file, at most as many as asked for; null: it cannot be read. */
export type ReadBytes = (path: string, mostBytes: number) => Uint8Array | null;

export class SideFiles {
  readonly #read: ReadBytes;
  readonly #sizes: ReadonlyMap<string, number>;
  #left = allSideBytes;
  /** Files of which the end was not read. */
  readonly cut: string[] = [];

  constructor(read: ReadBytes, sizes: ReadonlyMap<string, number>) {
    this.#read = read;
    this.#sizes = sizes;
  }

  text(path: string, most = sideFileBytes): string | null {
    const allowed = Math.min(most, this.#left);
    let bytes: Uint8Array | null = null;
    try {
      bytes = allowed > 0 ? this.#read(path, allowed) : null;
    } catch {
      return null;
    }
    if (allowed <= 0 || (this.#sizes.get(path) ?? 0) > allowed) this.cut.push(path);
    if (bytes === null) return null;
    bytes = bytes.subarray(0, allowed);
    this.#left -= bytes.length;
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes.slice(2));
    return decodeText(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
  }
}

/** Rows of a table by the names of its columns, lower case; lines that end within a quote are left out. */
export function* csvRows(text: string): Generator<ReadonlyMap<string, string>> {
  let names: string[] | null = null;
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const line = text.slice(at, text[end - 1] === '\r' ? end - 1 : end);
    at = end + 1;
    if (line === '' || line.startsWith('#TYPE')) continue;
    const cells = csvCells(line);
    if (cells === null) continue;
    if (names === null) names = cells.map((name) => name.trim().toLowerCase());
    else yield new Map(names.map((name, index) => [name, cells[index] ?? '']));
  }
}

/** Cells of one line; null: a quote does not end on it. */
function csvCells(line: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= line.length && cells.length < 200;) {
    if (line[at] === '"') {
      let cell = '';
      for (at++; ; at++) {
        const quote = line.indexOf('"', at);
        if (quote === -1) return null;
        cell += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        cell += '"';
      }
      const comma = line.indexOf(',', at);
      cells.push(cell);
      at = comma === -1 ? line.length + 1 : comma + 1;
    } else {
      const comma = line.indexOf(',', at);
      cells.push(line.slice(at, comma === -1 ? line.length : comma));
      at = comma === -1 ? line.length + 1 : comma + 1;
    }
  }
  return cells;
}

export type JsonObject = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** One object, or the first of a list of them. */
export function jsonObject(text: string): JsonObject | null {
  const value = parsed(text);
  return asObject(Array.isArray(value) ? value[0] : value);
}

/** Objects of JSON lines, or of one list; what does not parse is left out. */
export function* jsonRows(text: string): Generator<JsonObject> {
  if (/^\s*\[/.test(text)) {
    const list = parsed(text);
    if (Array.isArray(list)) {
      for (const item of list) {
        const row = asObject(item);
        if (row !== null) yield row;
      }
      return;
    }
  }
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const row = asObject(parsed(text.slice(at, end)));
    if (row !== null) yield row;
    at = end + 1;
  }
}

export function textOf(row: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

export function numberOf(row: JsonObject, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}

export const objectOf = (row: JsonObject, name: string): JsonObject | null =>
  Object.hasOwn(row, name) ? asObject(row[name]) : null;

export const listOf = (row: JsonObject, name: string): readonly unknown[] => {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  return Array.isArray(value) ? value : [];
};
