/**
 * The entries of a tar in their order: each a part of the archive's bytes. POSIX ustar and pax, GNU long names and large sizes.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html ustar and pax
 * @see https://www.gnu.org/software/tar/manual/html_node/Standard.html GNU
 */
import type { OpenSource } from '../../core/platform.ts';
import type { Problems } from '../../core/problem.ts';
import { nameText } from './entry-name.ts';
import { readFully } from './sources.ts';

const blockBytes = 512;
/** A pax header or a long name: nobody's is longer. */
const mostHeaderBytes = 1 << 20;

export interface TarEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other' | 'sparse';
  readonly at: number;
  readonly bytes: number;
}

/** Whether this is the header of an entry: its checksum says so. */
export const isTarHeader = (block: Uint8Array): boolean => block[0] !== 0 && isHeader(block);

function isHeader(block: Uint8Array): boolean {
  if (block.length < blockBytes) return false;
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < blockBytes; i++) {
    const byte = i >= 148 && i < 156 ? 32 : block[i]!;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const stated = octal(block, 148, 8);
  return stated > 0 && (stated === unsigned || stated === signed);
}

function field(block: Uint8Array, at: number, length: number): Uint8Array {
  const bytes = block.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** Octal digits, or a big-endian number when the first bit is set (GNU); NaN when it is neither. */
function octal(block: Uint8Array, at: number, length: number): number {
  if ((block[at]! & 0x80) !== 0) {
    if (block[at] !== 0x80) return Number.NaN;
    let value = 0;
    for (let i = at + 1; i < at + length; i++) value = value * 256 + block[i]!;
    return Number.isSafeInteger(value) ? value : Number.NaN;
  }
  const text = new TextDecoder('latin1').decode(field(block, at, length)).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text === '' ? '0' : text, 8) : Number.NaN;
}

/** Reads header after header; the bytes between are skipped. A broken header ends the archive and is a problem. */
export function* tarEntries(source: OpenSource, problems: Problems): Generator<TarEntry> {
  const block = new Uint8Array(blockBytes);
  let longName: string | null = null;
  let pax = new Map<string, string>();
  let zeros = 0;
  let dataEnd = 0;
  for (let at = 0; at < source.byteLength;) {
    const got = readFully(source, at, block);
    if (got.length < blockBytes) {
      if (got.length > 0) problems.add('archive.damaged', at, { found: 'the archive ends in a header' });
      else tellTorn(source, dataEnd, problems);
      return;
    }
    if (got.every((byte) => byte === 0)) {
      // Two blocks of zeros end the archive; some writers append another one behind them.
      zeros++;
      at += blockBytes;
      if (zeros > 2048) return;
      continue;
    }
    zeros = 0;
    const bytes = octal(block, 124, 12);
    if (!isHeader(block) || Number.isNaN(bytes)) {
      problems.add('archive.damaged', at, { found: 'what stands here is no header' });
      return;
    }
    const type = String.fromCharCode(block[156]!);
    const data = at + blockBytes;
    const body = (): Uint8Array => readFully(source, data, new Uint8Array(Math.min(bytes, mostHeaderBytes)));
    const prefix = nameText(field(block, 257, 5)) === 'ustar' && block[263] === 0x30 ? nameText(field(block, 345, 155)) : '';
    const name = nameText(field(block, 0, 100));
    let size = bytes;
    if ((type === 'L' || type === 'x') && bytes > mostHeaderBytes)
      problems.add('archive.damaged', at, { expected: `at most ${mostHeaderBytes} bytes of name`, found: `${bytes}` });
    if (type === 'L') longName = nameText(field(body(), 0, mostHeaderBytes));
    else if (type === 'x') pax = paxRecords(body());
    else if (type !== 'K' && type !== 'g' && type !== 'X') {
      const stated = pax.get('size');
      if (stated !== undefined && /^\d{1,15}$/.test(stated)) size = Number(stated);
      const sparse = type === 'S' || [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'));
      yield {
        name: pax.get('GNU.sparse.name') ?? pax.get('path') ?? longName ?? (prefix === '' ? name : `${prefix}/${name}`),
        kind: sparse ? 'sparse' : kindOf(type, name),
        at: data,
        bytes: type === '5' || type === '1' || type === '2' ? 0 : Math.min(size, source.byteLength - data),
      };
      longName = null;
      pax = new Map();
      if (type === '1' || type === '2') size = 0;
    }
    dataEnd = data + size;
    const next = data + Math.ceil(size / blockBytes) * blockBytes;
    if (!Number.isSafeInteger(next) || next <= at) {
      problems.add('archive.damaged', at, { found: 'a size that no file has' });
      return;
    }
    at = next;
    if (at > source.byteLength) tellTorn(source, dataEnd, problems);
  }
}

/** The bytes of the last entry do not all stand there. */
function tellTorn(source: OpenSource, at: number, problems: Problems): void {
  if (at > 0 && readFully(source, at - 1, new Uint8Array(1)).length === 0)
    problems.add('archive.damaged', Math.min(at, source.byteLength), { found: 'the archive ends before its last entry does' });
}

function kindOf(type: string, name: string): TarEntry['kind'] {
  if (type === '5' || name.endsWith('/')) return 'folder';
  if (type === '1' || type === '2') return 'link';
  return type === '0' || type === '\u0000' || type === '7' ? 'file' : 'other';
}

/** `<length> <key>=<value>\n`, one after another; what does not fit ends it. */
function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at);
    if (blank === -1 || blank - at > 8) break;
    const length = Number(new TextDecoder('latin1').decode(bytes.subarray(at, blank)));
    if (!Number.isInteger(length) || length <= blank - at || at + length > bytes.length) break;
    const record = nameText(bytes.subarray(blank + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
