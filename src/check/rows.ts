/** Every row that a finding shows, looked up where the case says that it stands: bytes, line, number and hash. */
import type { EvidenceEntry, FindingEvidence } from '../core/assessment.ts';
import type { ForwardStream, Platform } from '../core/platform.ts';
import { sha256Hex } from '../core/hash.ts';
import type { Tally } from './tally.ts';

export interface ShownRow {
  /** Where it stands in the case. */
  readonly claim: string;
  readonly row: FindingEvidence;
}

const stepBytes = 4 << 20;

/** One pass over an artifact: its length, its hash, and its rows. */
export function checkArtifact(
  entry: EvidenceEntry,
  rows: readonly ShownRow[],
  stream: ForwardStream,
  platform: Platform,
  tally: Tally,
): void {
  const hasher = platform.hasher();
  const inOrder = rows.map(({ claim, row }) => ({ claim, row, raw: bytesOf(row.rawBase64) }));
  inOrder.sort((a, b) => a.row.offsetBytes - b.row.offsetBytes);
  const lines = new Lines();
  const step = new Uint8Array(stepBytes);
  let [at, next] = [0, 0];
  let kept = new Uint8Array(0);
  for (;;) {
    const fresh = step.subarray(0, stream.read(step));
    if (fresh.length === 0) break;
    hasher.update(fresh);
    const window = new Uint8Array(kept.length + fresh.length);
    window.set(kept);
    window.set(fresh, kept.length);
    const from = at - kept.length;
    at += fresh.length;
    for (let one = inOrder[next]; one !== undefined && one.row.offsetBytes + one.raw.length <= at; one = inOrder[++next]) {
      lines.upTo(window, from, one.row.offsetBytes);
      const start = one.row.offsetBytes - from;
      checkRow(one, start < 0 ? null : window.subarray(start, start + one.raw.length), lines.number, tally);
    }
    const keepFrom = Math.min(inOrder[next]?.row.offsetBytes ?? at, at);
    lines.upTo(window, from, keepFrom);
    kept = window.slice(Math.max(0, keepFrom - from));
  }
  for (const one of inOrder.slice(next)) checkRow(one, null, 0, tally);
  tally.same(`evidence[${entry.path}].bytes`, entry.bytes, at);
  if (entry.sha256 !== null) tally.same(`evidence[${entry.path}].sha256`, entry.sha256, hasher.hex());
}

function checkRow(
  { claim, row, raw }: ShownRow & { readonly raw: Uint8Array },
  there: Uint8Array | null,
  line: number,
  tally: Tally,
): void {
  const found = there === null ? 'the file ends before it' : base64Of(there);
  tally.that(`${claim}.rawBase64`, there !== null && equal(there, raw), row.rawBase64, found);
  tally.same(`${claim}.sha256`, row.sha256, sha256Hex(raw));
  if (row.recordId !== null) {
    const number = new Uint8Array(8);
    new DataView(number.buffer).setBigUint64(0, BigInt(/^\d{1,19}$/.test(row.recordId) ? row.recordId : -1), true);
    // As a number, as an exported log has it behind its own count, or as text, as a collector forwards it.
    const isThere = holds(raw, number) || textOf(raw).replaceAll('\0', '').includes(row.recordId);
    tally.that(`${claim}.recordId`, isThere, row.recordId, 'it is not in the row');
  }
  if (row.line !== null && there !== null) tally.same(`${claim}.line`, row.line, line);
  for (const decisive of row.decisiveBase64)
    tally.that(`${claim}.decisive`, holds(raw, bytesOf(decisive)), decisive, 'it is not in the row');
}

/** Counts lines up to a place; what ends them is seen in the beginning of the file. */
class Lines {
  /** Of the place that was reached, from 1. */
  number = 1;
  #at = 0;
  #form: { readonly end: number; readonly step: 1 | 2; readonly low: 0 | 1 } | null = null;

  upTo(window: Uint8Array, from: number, place: number): void {
    this.#form ??= formOf(window.subarray(0, 64 << 10));
    const { end, step, low } = this.#form;
    for (let at = this.#at; at + step <= place; at += step) {
      const i = at - from;
      if (window[i + (step === 2 ? low : 0)] === end && (step === 1 || window[i + 1 - low] === 0)) this.number++;
      this.#at = at + step;
    }
  }
}

function formOf(head: Uint8Array): { readonly end: number; readonly step: 1 | 2; readonly low: 0 | 1 } {
  const nuls = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nuls[i % 2]!++;
  const wide = Math.max(...nuls) > head.length / 8 && Math.min(...nuls) < head.length / 32;
  return { end: head.includes(10) ? 10 : 13, step: wide ? 2 : 1, low: nuls[0]! > nuls[1]! ? 1 : 0 };
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
/** What is no base64 gives other bytes, which are nowhere. */
const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(/^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0 ? atob(base64) : '?', (one) =>
    one.charCodeAt(0),
  );
const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes.subarray(0, 240), (byte) => String.fromCharCode(byte)).join(''));
const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
const holds = (raw: Uint8Array, part: Uint8Array): boolean => textOf(raw).includes(textOf(part));
