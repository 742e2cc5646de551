/** A raw line of the evidence as it may stand in the page: decoded, its decisive parts marked, and never a script that runs. */
import type { FindingEvidence } from '../../core/assessment.ts';
import { fromBase64 } from '../../core/hash.ts';
import { broken, escaped, html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Messages } from '../messages.ts';

/** Characters of a line that are shown; more are left out around its decisive parts. */
const shownCharacters = 1_000;
/** Characters that are kept around a decisive part of a long line. */
const aroundCharacters = 200;
/** A run of text without an empty element in it is never longer. */
const runCharacters = 12;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

interface Span {
  readonly at: number;
  readonly end: number;
}

/** The bytes of a base64 text, null when it is none. */
export function bytesOf(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
}

function share(bytes: Uint8Array, is: (byte: number, at: number) => boolean): number {
  let count = 0;
  const length = Math.min(bytes.length, 4096);
  for (let at = 0; at < length; at++) if (is(bytes[at]!, at)) count++;
  return length === 0 ? 0 : count / length;
}

/** UTF-16 of our scripts has a zero in every second place and none between; anything else with many controls is no text. */
const looksLikeUtf16 = (bytes: Uint8Array): boolean =>
  share(bytes, (byte, at) => at % 2 === 1 && byte === 0) > 0.35 && share(bytes, (byte, at) => at % 2 === 0 && byte !== 0) > 0.35;
const looksBinary = (bytes: Uint8Array): boolean =>
  share(bytes, (byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) > 0.1;

/** Where the decisive parts stand in the text: every place of each, overlapping ones joined, in order. */
function decisiveSpans(text: string, parts: readonly string[]): Span[] {
  const found: Span[] = [];
  for (const part of parts) {
    if (part === '') continue;
    for (let at = text.indexOf(part), n = 0; at >= 0 && n < 20; at = text.indexOf(part, at + part.length), n++) {
      found.push({ at, end: at + part.length });
      // A short part ("200") says something only where it stands first.
      if (part.length < 4) break;
    }
  }
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  const joined: Span[] = [];
  for (const span of found) {
    const last = joined.at(-1);
    if (last !== undefined && span.at <= last.end) joined[joined.length - 1] = { at: last.at, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}

/** The pieces of a long text that are kept: its beginning, and what stands around the decisive parts. */
function keptSpans(text: string, decisive: readonly Span[]): Span[] {
  if (text.length <= shownCharacters) return [{ at: 0, end: text.length }];
  const wanted: Span[] = [{ at: 0, end: aroundCharacters }];
  for (const { at, end } of decisive) {
    wanted.push({
      at: Math.max(0, at - aroundCharacters),
      end: Math.min(text.length, Math.min(end, at + 1000) + aroundCharacters),
    });
  }
  if (decisive.length === 0) wanted[0] = { at: 0, end: shownCharacters };
  const kept: Span[] = [];
  let room = shownCharacters * 2;
  for (const span of wanted) {
    const last = kept.at(-1);
    if (last !== undefined && span.at <= last.end) kept[kept.length - 1] = { at: last.at, end: Math.max(last.end, span.end) };
    else if (room > 0) kept.push(span);
    room -= span.end - span.at;
  }
  return kept;
}

/** Escaped text with an empty element every few characters and inside the words that signatures look for. */
function harmless(text: string): string {
  let out = '';
  // Cut by characters, so that no pair of surrogates is torn.
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at += runCharacters) {
    if (at > 0) out += '<i></i>';
    out += broken(escaped(characters.slice(at, at + runCharacters).join('')));
  }
  return out;
}

function drawn(text: string, spans: readonly Span[], kept: readonly Span[], say: Messages): string {
  let out = '';
  let at = 0;
  for (const piece of kept) {
    if (piece.at > at) out += `<em>… ${escaped(say.notShown(piece.at - at))} …</em>`;
    at = piece.at;
    for (const span of spans) {
      if (span.end <= at || span.at >= piece.end) continue;
      const from = Math.max(span.at, at);
      const to = Math.min(span.end, piece.end);
      out += `${harmless(text.slice(at, from))}<mark>${harmless(text.slice(from, to))}</mark>`;
      at = to;
    }
    out += harmless(text.slice(at, piece.end));
    at = piece.end;
  }
  if (at < text.length) out += `<em>… ${escaped(say.notShown(text.length - at))}</em>`;
  return out;
}

const decodeMark = (bytes: Uint8Array): string => (looksLikeUtf16(bytes) ? utf16 : utf8).decode(bytes);

/** The line as it was logged; where its bytes are no text, what the record says. */
export function rawLine(evidence: FindingEvidence, say: Messages): Markup {
  const bytes = bytesOf(evidence.rawBase64);
  const wide = bytes !== null && looksLikeUtf16(bytes);
  if (bytes === null || bytes.length === 0 || (!wide && looksBinary(bytes))) {
    const parts = evidence.decisiveBase64.map((part) => decodeMark(bytesOf(part) ?? new Uint8Array()));
    const { shown } = evidence;
    const spans = decisiveSpans(shown, parts);
    return html`<pre class="raw">${trusted(drawn(shown, spans, keptSpans(shown, spans), say))}</pre>
      <p class="loc">${say.binaryRecord}</p>`;
  }
  const decode = (from: Uint8Array): string => (wide && looksLikeUtf16(from) ? utf16 : utf8).decode(from);
  const text = decode(bytes);
  const parts = evidence.decisiveBase64.map((part) => decode(bytesOf(part) ?? new Uint8Array()));
  const spans = decisiveSpans(text, parts);
  return html`<pre class="raw">${trusted(drawn(text, spans, keptSpans(text, spans), say))}</pre>`;
}
