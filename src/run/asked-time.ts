/**
 * `--since` and `--until`: a log whose first and last rows are of another time is not read. What its rows say of their time is a claim, as
 * everything in it: this is done only for who asks for it, is told of each file, and takes "nothing was found" from the answer.
 */
import type { OpenSource } from '../core/platform.ts';
import type { Block, BlockFacts, Rows, Seam } from '../core/record.ts';
import { type Artifact, readFully } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';
import { endsLine } from './blocks.ts';
import { everyRow } from './row-keys.ts';
import { scannedFile } from './scanned-file.ts';

/** UTC milliseconds; `toMs` is no longer within. Infinite: on this side nothing is left out. */
export interface AskedTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Of each end so much is looked at. */
const endBytes = 128 << 10;
/** Clocks of which the zone is not known may be so far off. */
const zoneMs = 26 * 3600_000;
const nothing = (_rows: Rows): void => {};

/** First and last time of a log that lies wholly outside; null: it is to be read. */
export function outside(
  artifact: Artifact,
  source: OpenSource,
  asked: AskedTime,
): { readonly fromMs: number; readonly toMs: number } | null {
  const [part] = artifact.parts;
  if (part === undefined || artifact.parts.length > 1 || part.mended === true || part.at > 0) return null;
  const reader = readerOf(part.kind)!;
  if (reader.speaksFor !== 'span' || reader.blockBytes === null || reader.frame !== undefined || !source.seekable) return null;
  const scanner = reader.scanner(everyRow(reader.logSource));
  const look = (at: number, seam: Seam): BlockFacts => {
    const bytes = readFully(source, at, new Uint8Array(Math.min(endBytes, part.end - at)));
    const block: Block = { index: at === 0 ? 0 : 1, at, end: at + bytes.length, last: at + bytes.length >= part.end };
    return scanner.scan(block, bytes, seam, () => false, nothing, undefined, scannedFile(artifact));
  };
  const { encoding, lineEnd } = artifact;
  const head = look(0, { header: '', date: '', midRow: false, encoding, lineEnd });
  const times = [head.firstMs, head.lastMs];
  if (part.end > endBytes) {
    const tailAt = part.end - endBytes - ((part.end - endBytes) % 2);
    const before = readFully(source, tailAt - 4, new Uint8Array(4));
    const tail = look(tailAt, { ...head.after, midRow: !endsLine(before, 4, encoding, lineEnd) });
    times.push(tail.firstMs, tail.lastMs);
  }
  if (times.some(Number.isNaN)) return null;
  const [fromMs, toMs] = [Math.min(...times), Math.max(...times)];
  const margin = reader.clock === 'utc' ? 0 : zoneMs;
  return toMs < asked.fromMs - margin || fromMs >= asked.toMs + margin ? { fromMs, toMs } : null;
}
