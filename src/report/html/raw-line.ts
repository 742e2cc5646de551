/**
 * A raw line of the evidence as it may stand in the page, its decisive parts marked: in the file defanged and in pieces that no
 * signature knows; in the browser, where text is made by text nodes alone, decoded as it was logged.
 */
import type { FindingEvidence } from '../../core/assessment.ts';
import { fromBase64 } from '../../core/hash.ts';
import { codingOf, decoded, looksLikeUtf16 } from '../../core/line-text.ts';
import { defang } from '../../core/text.ts';
import { html } from './markup.ts';
import type { Markup, Part } from './markup.ts';
import type { Messages } from '../messages.ts';

/** Characters of a line that are shown; more are left out around its decisive parts. */
const shownCharacters = 1_000;
/** Characters that are kept around a decisive part of a long line. */
const aroundCharacters = 200;
/** A run of text without an empty element in it is never longer. */
const runCharacters = 12;

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

/** Defanged text with an empty element every few characters and inside the words that signatures look for. */
function harmless(text: string): Part[] {
  // Cut by characters, so that no pair of surrogates is torn.
  const characters = Array.from(defang(text, Number.POSITIVE_INFINITY));
  const parts: Part[] = [];
  for (let at = 0; at < characters.length; at += runCharacters) {
    if (at > 0) parts.push(html`<i></i>`);
    parts.push(characters.slice(at, at + runCharacters).join(''));
  }
  return parts;
}

function drawn(
  text: string,
  spans: readonly Span[],
  kept: readonly Span[],
  say: Messages,
  drawnAs: (text: string) => Part,
): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const piece of kept) {
    if (piece.at > at) parts.push(html`<em>… ${say.notShown(piece.at - at)} …</em>`);
    at = piece.at;
    for (const span of spans) {
      if (span.end <= at || span.at >= piece.end) continue;
      const from = Math.max(span.at, at);
      const to = Math.min(span.end, piece.end);
      parts.push(drawnAs(text.slice(at, from)), html`<mark>${drawnAs(text.slice(from, to))}</mark>`);
      at = to;
    }
    parts.push(drawnAs(text.slice(at, piece.end)));
    at = piece.end;
  }
  if (at < text.length) parts.push(html`<em>… ${say.notShown(text.length - at)}</em>`);
  return parts;
}

/** What of the line is text: the line itself; where its bytes are none, what the record says (`binary`). */
export function textOf(evidence: FindingEvidence): {
  readonly text: string;
  readonly decisive: readonly string[];
  readonly binary: boolean;
} {
  const bytes = bytesOf(evidence.rawBase64);
  const coding = bytes === null ? null : codingOf(bytes);
  const parts = evidence.decisiveBase64.map((part) => bytesOf(part) ?? new Uint8Array());
  // A part of a wide text is wide as well, unless it was not taken from it.
  const decodedParts = parts.map((part) => decoded(part, coding !== 'utf8' && looksLikeUtf16(part) ? 'utf16' : 'utf8'));
  if (bytes !== null && coding !== null) return { text: decoded(bytes, coding), decisive: decodedParts, binary: false };
  return {
    text: evidence.shown,
    // What is shown was defanged before.
    decisive: decodedParts.flatMap((part) => [part, defang(part, Number.POSITIVE_INFINITY)]),
    binary: true,
  };
}

/** @param live in a browser: as it was logged; else as it may stand in a file */
export function rawLine(evidence: FindingEvidence, say: Messages, live: boolean): Markup {
  const { text, decisive, binary } = textOf(evidence);
  const spans = decisiveSpans(text, decisive);
  const parts = drawn(text, spans, keptSpans(text, spans), say, live ? (piece) => piece : harmless);
  return html`<pre class="raw">${parts}</pre>
    ${binary && evidence.rawBase64 !== '' ? html`<p class="loc">${say.binaryRecord}</p>` : null}`;
}
