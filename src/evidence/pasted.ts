/**
 * Text in which people pasted lines of several logs, console output and their own words: cut into parts, each of one kind.
 * A line that no reader claims as it stands is asked for as it was before a forum or a mail program had it (`mending.ts`); what no reader
 * claims even so is a note: it is listed as not read and proves nothing.
 */
import { type Mended, mendedOf } from '../core/mended.ts';
import type { Reader, Seam } from '../core/record.ts';
import { decodeText } from '../core/text.ts';
import { readers } from '../read/index.ts';
import type { Part } from './artifact.ts';
import { beginsRow, brokenEcpQuotes, type Damage, isWholeW3c, joined, mendings } from './mending.ts';

interface Line {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What a longer line is shows in its beginning. No pattern is tried on a line of megabytes: the engine keeps a place to come back to
 * for each character, and gives up when there are too many.
 */
const mostLineBytes = 256 << 10;

function* linesOf(bytes: Uint8Array, encoding: Seam['encoding'], lineEnd: number): Generator<Line> {
  const wide = encoding !== 'utf8';
  const decoder = wide ? new TextDecoder(encoding === 'utf16le' ? 'utf-16le' : 'utf-16be') : null;
  const textOf = (at: number, end: number): string => {
    const piece = bytes.subarray(at, Math.min(end, at + mostLineBytes));
    const text = decoder === null ? decodeText(piece) : decoder.decode(piece.slice());
    return text.replace(/^\uFEFF/, '').replace(/\r?\n?$/, '');
  };
  let at = 0;
  while (at < bytes.length) {
    let end = at;
    if (wide) {
      const low = encoding === 'utf16le' ? 0 : 1;
      while (end + 1 < bytes.length && !(bytes[end + low] === lineEnd && bytes[end + 1 - low] === 0)) end += 2;
      end = Math.min(end + 2, bytes.length);
    } else {
      const found = bytes.indexOf(lineEnd, at);
      end = found === -1 ? bytes.length : found + 1;
    }
    yield { at, end, text: textOf(at, end) };
    at = end;
  }
}

/** What Select-String, findstr and grep print before a line: the file, and the number of the line. */
const searchPrefix = /^.{0,400}?\.(?:log|txt|csv)(?::\d{1,9}|\(\d{1,9}\))?:\s?/i;
/** Parts made of single found lines, and lines that are mended; beyond them the text is a note. */
const prefixLimit = 5000;
const mendLimit = 20_000;
/** Damaged lines that turned out to be nothing, after which no further one is tried. */
const tryLimit = 50_000;
/** A row that a window broke has at most so many lines, and at most so many rows are put together. */
const mostJoined = 48;
const joinLimit = 500;
const longestJoined = 32 << 10;
const longestW3c = 4096;
const hard = /[^\x20-\x7e]/;
const utf8 = new TextEncoder();

function behindPrefix(text: string, encoding: Seam['encoding']): { readonly kind: string; readonly bytes: number }[] {
  const prefix = searchPrefix.exec(text)?.[0];
  if (prefix === undefined) return [];
  const reader = readers.find((candidate) => candidate.claims(text.slice(prefix.length), false) === 2);
  if (reader === undefined) return [];
  return [{ kind: reader.kind, bytes: encoding === 'utf8' ? utf8.encode(prefix).length : prefix.length * 2 }];
}

/** Lines of a part that are read as they were before they were damaged. */
interface Repair {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

export interface Segmented {
  readonly parts: readonly Part[];
  /** Of each part that is read as it was before it was damaged: its text. */
  readonly mended: ReadonlyMap<Part, Mended>;
  readonly notes: Notes;
  readonly damages: Damages;
}

/** Lines that are in no part and not blank: how many, the offset of the first, and the first of them as text. */
interface Notes {
  lines: number;
  at: number;
  text: string;
}

export interface Damages {
  lines: number;
  at: number;
  /** Where it was given up: too many damaged lines are none of a log; null: nowhere. */
  givenUpAt: number | null;
  readonly kinds: Set<Damage>;
}

/** Enough to see what a note is about. */
const longestNote = 64 << 10;

function note(notes: Notes, at: number, text: string): void {
  if (notes.lines === 0) notes.at = at;
  notes.lines++;
  if (notes.text.length < longestNote) notes.text += `${text.slice(0, 2000)}\n`;
}

/** Lines one after the other, with a look at those that come. */
class Lines {
  readonly #from: Generator<Line>;
  readonly #ahead: Line[] = [];

  constructor(from: Generator<Line>) {
    this.#from = from;
  }

  next(): Line | undefined {
    return this.#ahead.shift() ?? this.#pull();
  }

  /** The line behind `index` others that come; index from 0. */
  peek(index: number): Line | undefined {
    while (this.#ahead.length <= index) {
      const line = this.#pull();
      if (line === undefined) return undefined;
      this.#ahead.push(line);
    }
    return this.#ahead[index];
  }

  #pull(): Line | undefined {
    const next = this.#from.next();
    return next.done === true ? undefined : next.value;
  }
}

interface Draft {
  readonly kind: string;
  readonly at: number;
  end: number;
  readonly firstLine: number;
  rows: number;
  readonly excerpt: boolean;
  readonly repairs: Repair[];
}

/** A line as it is read: as it stands, or as it was. */
interface Seen {
  readonly text: string;
  readonly damages: readonly Damage[];
  /** Lines that follow and belong to it. */
  readonly further: number;
  readonly how: 0 | 1 | 2;
  /** Of the part that is open (null), or of the part that begins here. */
  readonly begins: string | null;
}

function claimOf(text: string): { readonly kind: string; readonly how: 0 | 1 | 2 } | undefined {
  for (const reader of readers) {
    const how = reader.claims(text, false);
    if (how > 0) return { kind: reader.kind, how };
  }
  return undefined;
}

/** A row of a web server that was cleaned or put together must be whole. */
const believed = (kind: string, text: string, damages: readonly Damage[]): boolean =>
  kind !== 'iis-w3c' ||
  !beginsRow(text) ||
  damages.every((damage) => damage === 'quotation marks' || damage === 'line numbers') ||
  isWholeW3c(text, damages.includes('hard blanks'));

/** The line as it was before it was damaged, where a reader takes it so. */
function mend(text: string, reader: Reader | undefined): Seen | null {
  for (const { text: bare, damages } of mendings(text)) {
    const mine = reader?.claims(bare, true) ?? 0;
    if (mine > 0 && believed(reader!.kind, bare, damages)) return { text: bare, damages, further: 0, how: mine, begins: null };
    const claim = claimOf(bare);
    if (claim === undefined || !believed(claim.kind, bare, damages)) continue;
    return { text: bare, damages, further: 0, how: claim.how, begins: claim.kind };
  }
  return null;
}

/** Puts the lines of a broken row together, where that makes one whole row. */
function join(first: string, lines: Lines): Seen | null {
  const clean = (text: string): string => mendings(text)[0]?.text ?? text;
  const begin = beginsRow(first) ? first : clean(first).replace(/^\s*(?:>\s?)+/, '');
  if (!beginsRow(begin)) return null;
  const all = [begin];
  let chars = begin.length;
  for (let index = 0; index < mostJoined; index++) {
    const next = lines.peek(index)?.text;
    if (next === undefined || next.trim() === '' || chars + next.length > longestJoined) break;
    const bare = beginsRow(first) ? next : clean(next).replace(/^\s*(?:>\s?)+/, '');
    if (beginsRow(bare) || bare.startsWith('```')) break;
    all.push(bare);
    chars += bare.length;
    const whole =
      chars > longestW3c
        ? undefined
        : joined(all).find((text) =>
            isWholeW3c(
              text,
              all.some((line) => hard.test(line)),
            ),
          );
    if (whole !== undefined) return { text: whole, damages: ['wrapped'], further: all.length - 1, how: 2, begins: 'iis-w3c' };
  }
  if (all.length === 1) return null;
  const [text] = joined(all);
  const claim = claimOf(text);
  if (claim === undefined || claim.how !== 2 || !believed(claim.kind, text, ['wrapped'])) return null;
  return { text, damages: ['wrapped'], further: all.length - 1, how: 2, begins: claim.kind };
}

const openQuote = (text: string): boolean => text.length < longestJoined && (text.split('"').length - 1) % 2 === 1;

/** Without the marks by which a mail program quotes a line; nothing else of it is changed. */
const unquoted = (text: string): string => text.replace(/^\s*(?:>\s?)+/, '');

/** A row of the ECP log in a quoted mail: its data alone would be taken for a piece of one that has lost its time and server. */
function quotedEcpRow(text: string, lines: Lines): Seen | null {
  const bare = unquoted(text);
  if (bare === text || !beginsRow(bare)) return null;
  const claim = claimOf(bare);
  if (claim?.kind !== 'ecp-server' || claim.how !== 2) return null;
  if (openQuote(bare)) return joinQuoted(bare, lines, unquoted);
  return { text: bare, damages: ['quotation marks'], further: 0, how: 2, begins: claim.kind };
}

/** A row whose quoted data go on in the lines that follow: up to the line that ends them. */
function joinQuoted(first: string, lines: Lines, bare: (text: string) => string = (text) => text): Seen | null {
  const all = [first];
  let chars = first.length;
  let open = true;
  for (let index = 0; index < mostJoined && open; index++) {
    const given = lines.peek(index)?.text;
    if (given === undefined) return null;
    const next = bare(given);
    if (next.trim() === '' || beginsRow(next) || chars + next.length > longestJoined) return null;
    all.push(next);
    chars += next.length;
    if (openQuote(next)) open = false;
  }
  if (open) return null;
  const [text] = joined(all);
  const claim = claimOf(text);
  return claim?.how === 2 ? { text, damages: ['wrapped'], further: all.length - 1, how: 2, begins: claim.kind } : null;
}

/** Logs whose rows are one line each, and whose quotes a window may have broken. */
const oneLine = new Set(['httpproxy', 'ecp-server', 'test-proxylogon', 'ecp-activity', 'rps-http', 'rps-cmdlet', 'ews']);

function mendedPart(bytes: Uint8Array, encoding: Seam['encoding'], lineEnd: Seam['lineEnd'], part: Draft): Mended {
  const lines: { text: string; at: number; end: number; line: number }[] = [];
  let next = 0;
  let number = part.firstLine;
  let upTo = 0;
  for (const { at, end, text } of linesOf(bytes.subarray(part.at, part.end), encoding, lineEnd)) {
    const line = number++;
    const from = part.at + at;
    if (from < upTo) continue;
    const repair = part.repairs[next];
    if (repair !== undefined && repair.at === from) {
      lines.push({ text: repair.text, at: repair.at, end: repair.end, line });
      upTo = repair.end;
      next++;
    } else lines.push({ text, at: from, end: part.at + end, line });
  }
  return mendedOf(lines.map((line) => ({ ...line, end: withoutLineEnd(bytes, line.at, line.end, encoding) })));
}

function withoutLineEnd(bytes: Uint8Array, at: number, end: number, encoding: Seam['encoding']): number {
  const step = encoding === 'utf8' ? 1 : 2;
  let to = end;
  while (to - step >= at) {
    const low = encoding === 'utf16be' ? bytes[to - 1] : bytes[to - step];
    const high = encoding === 'utf8' ? 0 : encoding === 'utf16be' ? bytes[to - 2] : bytes[to - 1];
    if (high !== 0 || (low !== 10 && low !== 13)) break;
    to -= step;
  }
  return to;
}

export function segment(bytes: Uint8Array, encoding: Seam['encoding'], lineEnd: Seam['lineEnd']): Segmented {
  const parts: Draft[] = [];
  const notes: Notes = { lines: 0, at: 0, text: '' };
  const damages: Damages = { lines: 0, at: 0, givenUpAt: null, kinds: new Set() };
  /** Lines that only look as if something began: of a part that turns out to hold no row. */
  let waiting: Line[] = [];
  const settle = (): void => {
    if (parts.at(-1)?.rows === 0) for (const line of waiting) note(notes, line.at, line.text);
    waiting = [];
  };
  let open = false;
  let number = 0;
  let prefixed = 0;
  let repaired = 0;
  let joins = 0;
  let tries = 0;
  let afterBlank = false;
  const lines = new Lines(linesOf(bytes, encoding, lineEnd));
  const mayJoin = (): boolean => joins < joinLimit && repaired < mendLimit;
  for (let seen = lines.next(); seen !== undefined; seen = lines.next()) {
    const { at, text } = seen;
    let { end } = seen;
    const line = number++;
    const current = open ? parts.at(-1)! : null;
    if (text.trim() === '') {
      afterBlank = true;
      // A blank line does not end a table or a list for good: the reader is asked again with the next line.
      if (current !== null) {
        current.end = end;
        if (current.rows > 0 && readers.find(({ kind }) => kind === current.kind)!.endsAtBlank === true) open = false;
      }
      continue;
    }
    const reader = current === null ? undefined : readers.find(({ kind }) => kind === current.kind);
    const broken = brokenEcpQuotes(text) && repaired < mendLimit;
    const mine = broken ? 0 : (reader?.claims(text, true) ?? 0);
    const ends =
      reader?.freeText === true &&
      mine === 1 &&
      afterBlank &&
      readers.some((other) => other !== reader && other.claims(text, false) > 0);
    afterBlank = false;
    let whole: Seen | null = null;
    if (mine > 0 && !ends) whole = { text, damages: [], further: 0, how: mine, begins: null };
    const found = whole === null && !broken ? behindPrefix(text, encoding) : [];
    if (whole === null && !broken && found.length === 0) {
      const claim = claimOf(text);
      // An order holds no entities but where a page put them; it is the intruder's word with them and without.
      if (claim?.kind === 'command-lines' && repaired < mendLimit && /&(?:amp|quot|lt|gt|#39|#34);/i.test(text))
        whole = mend(text, reader);
      if (claim?.kind === 'ecp-excerpt' && mayJoin()) {
        whole = quotedEcpRow(text, lines);
        if (whole !== null) joins++;
      }
      if (claim !== undefined && whole === null) whole = { text, damages: [], further: 0, how: claim.how, begins: claim.kind };
    }
    const kind = whole?.begins ?? (whole === null ? null : current!.kind);
    if (kind !== null && whole!.how === 2 && whole!.further === 0 && oneLine.has(kind) && openQuote(text) && mayJoin()) {
      joins++;
      whole = joinQuoted(text, lines) ?? whole;
    }
    if (whole === null && found.length === 0 && repaired < mendLimit && tries < tryLimit) {
      whole = mend(text, reader);
      if (whole === null && mendings(text).length > 0 && ++tries === tryLimit) damages.givenUpAt = at;
      if (whole === null && mayJoin() && /\d\d:\d\d:\d\d/.test(text.slice(0, 80))) {
        joins++;
        whole = join(text, lines);
      }
    }
    for (let further = whole?.further ?? 0; further > 0; further--) {
      end = lines.next()!.end;
      number++;
    }
    const repair: Repair[] = [];
    if (whole !== null && whole.damages.length > 0) {
      repair.push({ at, end, text: whole.text });
      repaired++;
      if (damages.lines++ === 0) damages.at = at;
      for (const damage of whole.damages) damages.kinds.add(damage);
    }
    if (whole !== null && current !== null && (whole.begins === null || (whole.further > 0 && whole.begins === current.kind))) {
      current.end = end;
      current.repairs.push(...repair);
      if (whole.how === 2) {
        current.rows++;
        waiting = [];
      } else if (current.rows === 0) waiting.push({ at, end, text });
      continue;
    }
    settle();
    if (whole !== null) {
      const rows = whole.how === 2 ? 1 : 0;
      parts.push({ kind: whole.begins!, at, end, firstLine: line, rows, excerpt: rows === 1, repairs: repair });
      if (whole.how === 1) waiting.push({ at, end, text });
      open = true;
    } else if (found.length > 0 && prefixed < prefixLimit) {
      // The row stands behind the name of its file, and each such line is a part of its own.
      prefixed++;
      open = false;
      parts.push({
        kind: found[0]!.kind,
        at: at + found[0]!.bytes,
        end,
        firstLine: line,
        rows: 1,
        excerpt: true,
        repairs: [],
      });
    } else {
      open = false;
      note(notes, at, text);
    }
  }
  settle();
  const mended = new Map<Part, Mended>();
  const kept = parts
    .filter((part) => part.rows > 0)
    .map((draft): Part => {
      const { kind, at, end, firstLine, excerpt, repairs } = draft;
      if (repairs.length === 0) return { kind, at, end, firstLine, excerpt };
      const part: Part = { kind, at, end, firstLine, excerpt: true, mended: true };
      mended.set(part, mendedPart(bytes, encoding, lineEnd, draft));
      return part;
    });
  return { parts: kept, mended, notes, damages };
}
