/**
 * Where a row would stand today that a server had written at some moment: in which file that was handed in, and in which columns of it.
 * Made of what was counted when the evidence was read: hours that have rows, columns of each file, names that the rows give.
 */
import type { LedgerEntry } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';
import { hourMs } from '../core/time.ts';
import { type Ground, isBackEndPort } from '../judge/index.ts';
import type { ObservedArtifact, ObservedPart } from '../run/index.ts';

/** A file of the evidence in which rows can stand. */
export interface Place {
  readonly path: string;
  readonly canonicalPath: string | null;
  readonly root: string;
  /** Columns of its rows; null: of none is known that it lacks them. */
  readonly columns: readonly string[] | null;
  /** Equal for files whose rows say the same. */
  readonly layout: string;
}

/** `sure`: rows of that time are here, or not; `unsure`: it is the edge of a gap, and `place` is the file that would hold the row. */
export interface Found {
  readonly place: Place | null;
  readonly unsure: boolean;
  /** Why there is no place. */
  readonly why: 'missing' | 'gap';
}

/** No log is silent for longer without a gap, whatever its habit; the same as where coverage is judged. */
const mostSilentHours = 12;
/** Rows in an hour of which even the quietest hours of a log have as many: an hour without any is a gap. */
const busyRows = 12;
/** Share of the hours that may be quieter. */
const quietShare = 0.05;
/** How much longer than on most days a silence may be. */
const habitMargin = 1.5;
/** Fewer rows prove nothing about a column that is always empty. */
const provingRows = 50;

const missing: Found = { place: null, unsure: false, why: 'missing' };

/** One log of one server. */
class Book {
  readonly #hours = new Map<number, Place>();
  readonly #rows = new Map<number, number>();
  #sorted: readonly number[] | null = null;
  readonly steady: boolean;
  /** Hours for which it is silent without meaning anything. */
  #habit = 0;
  firstMs = Number.NaN;
  lastMs = Number.NaN;
  /** Rows that another book of the same requests says are missing here. */
  readonly cuts: (readonly [fromMs: number, toMs: number])[] = [];

  /** @param steady silences mean nothing: it keeps what comes, and drops the oldest */
  constructor(steady: boolean) {
    this.steady = steady;
  }

  add(part: ObservedPart, place: Place): void {
    for (const [hour, rows] of part.hours) {
      if (!this.#hours.has(hour)) this.#hours.set(hour, place);
      this.#rows.set(hour, (this.#rows.get(hour) ?? 0) + rows);
    }
    if (!(part.firstMs >= this.firstMs) && !Number.isNaN(part.firstMs)) this.firstMs = part.firstMs;
    if (!(part.lastMs <= this.lastMs) && !Number.isNaN(part.lastMs)) this.lastMs = part.lastMs;
  }

  find(ms: number): Found {
    const hours = this.#list();
    if (hours.length === 0) return missing;
    if (this.cuts.some(([from, to]) => ms >= from && ms <= to)) return { place: null, unsure: false, why: 'gap' };
    const hour = Math.floor(ms / hourMs);
    const next = firstAtLeast(hours, hour);
    const here = hours[next] === hour;
    const before = hours[here ? next : next - 1];
    const after = hours[here ? next + 1 : next];
    const place = this.#hours.get(before ?? after!)!;
    if (this.steady) {
      const inside = ms >= this.firstMs && ms <= this.lastMs;
      return { place: inside ? place : null, unsure: false, why: 'gap' };
    }
    if (here) {
      // The hour in which a log ends, begins, or falls silent is not all there.
      const edge =
        ms < this.firstMs ||
        ms > this.lastMs ||
        (next > 0 && this.#isGap(hour - hours[next - 1]!)) ||
        (after !== undefined && this.#isGap(after - hour));
      return { place, unsure: edge, why: 'gap' };
    }
    const sinceBefore = before === undefined ? Number.POSITIVE_INFINITY : hour - before;
    const untilAfter = after === undefined ? Number.POSITIVE_INFINITY : after - hour;
    if (before !== undefined && after !== undefined && !this.#isGap(after - before)) return { place, unsure: false, why: 'gap' };
    if (Math.min(sinceBefore, untilAfter) <= this.#habit)
      return { place: this.#hours.get(sinceBefore <= untilAfter ? before! : after!)!, unsure: true, why: 'gap' };
    return { place: null, unsure: false, why: 'gap' };
  }

  /** From one hour with rows to the next one. */
  #isGap(step: number): boolean {
    return step - 1 > this.#habit;
  }

  #list(): readonly number[] {
    if (this.#sorted !== null) return this.#sorted;
    const hours = [...this.#hours.keys()].sort((a, b) => a - b);
    this.#habit = habitOf(hours, this.#rows);
    this.#sorted = hours;
    return hours;
  }
}

/**
 * Hours for which this log is silent on an ordinary day: the longest silence of a day, on the middle one of all days. Gaps are on few
 * days; where they are on most, nobody can tell them from a habit.
 */
function habitOf(hours: readonly number[], rows: ReadonlyMap<number, number>): number {
  const counts = hours.map((hour) => rows.get(hour)!).sort((a, b) => a - b);
  if ((counts[Math.floor(counts.length * quietShare)] ?? 0) >= busyRows) return 0;
  const longest = new Map<number, number>();
  for (const [index, hour] of hours.entries()) {
    const next = hours[index + 1];
    if (next === undefined) continue;
    const day = Math.floor(hour / 24);
    longest.set(day, Math.max(longest.get(day) ?? 0, next - hour - 1));
  }
  const sorted = [...longest.values()].sort((a, b) => a - b);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.min(mostSilentHours, Math.max(1, Math.ceil(usual * habitMargin)));
}

/** Index of the first element that is not below `value`. */
function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const bookKey = (log: string, host: string | null): string => `${log}\u0000${host ?? ''}`;

const tuplesOf = (part: ObservedPart, group: string): readonly (readonly (string | null)[])[] =>
  (part.groups.get(group) ?? []).map(({ tuple }) => tuple);

/** Logs, as the demo names them, of which rows stand in this part. */
function logsOf(part: ObservedPart, path: string): string[] {
  switch (part.logSource) {
    case 'iis-w3c': {
      const ports = tuplesOf(part, 's-port|s-computername|s-ip').flatMap(([port]) => (port == null ? [] : [port]));
      if (ports.length === 0) return [/[\\/]W3SVC2[\\/]/i.test(path) ? 'iis-back' : 'iis-front'];
      const back = ports.some((port) => isBackEndPort(port));
      const front = ports.some((port) => !isBackEndPort(port));
      return [...(front ? ['iis-front'] : []), ...(back ? ['iis-back'] : [])];
    }
    case 'httpproxy':
      return [
        ...new Set(tuplesOf(part, 'Protocol|HttpStatus|BackEndStatus').flatMap(([name]) => (name == null ? [] : [name]))),
      ].map((name) => `httpproxy/${name.toLowerCase()}`);
    case 'windows-event':
      return tuplesOf(part, 'Channel|Provider_Name|EventID').some(([channel, provider]) =>
        /^MSExchange (?:Management|CmdletLogs)$/i.test(channel ?? provider ?? ''),
      )
        ? ['management-events']
        : [];
    case 'ecp-server':
    case 'ews':
    case 'rps-http':
    case 'rps-cmdlet':
      return [part.logSource];
    default:
      return [];
  }
}

/** Columns that are always empty, though there were rows enough: they are named and not written. */
class Emptiness {
  readonly #rows = new Map<string, number>();
  readonly #filled = new Map<string, Set<string>>();
  readonly #asked = new Map<string, Set<string>>();

  add(key: string, part: ObservedPart): void {
    this.#rows.set(key, (this.#rows.get(key) ?? 0) + part.records);
    const filled = this.#filled.get(key) ?? new Set();
    const asked = this.#asked.get(key) ?? new Set();
    this.#filled.set(key, filled);
    this.#asked.set(key, asked);
    for (const [name, tuples] of part.groups)
      for (const [index, column] of name.split('|').entries()) {
        asked.add(column);
        if (tuples.some(({ tuple }) => tuple[index] != null)) filled.add(column);
      }
  }

  of(key: string): ReadonlySet<string> {
    if ((this.#rows.get(key) ?? 0) < provingRows) return new Set();
    const filled = this.#filled.get(key)!;
    return new Set([...this.#asked.get(key)!].filter((column) => !filled.has(column)));
  }
}

export interface Books {
  find(log: string, host: string | null, ms: number): Found;
  /** Any file of this server, so that rows in a log that is not here can be told to be its own; null: nothing of it is here. */
  anyOf(host: string | null): string | null;
}

export function booksOf(ground: Ground): Books {
  const { observed, hosts, ledgers } = ground;
  const books = new Map<string, Book>();
  const anyOf = new Map<string | null, string>();
  const emptiness = new Emptiness();
  const entries: {
    readonly key: string;
    readonly log: string;
    readonly part: ObservedPart;
    readonly artifact: ObservedArtifact;
  }[] = [];
  for (const artifact of observed.artifacts) {
    const host = hosts.ofArtifact(artifact.path);
    for (const part of artifact.parts) {
      if (!anyOf.has(host)) anyOf.set(host, artifact.path);
      if (part.speaksFor !== 'span') continue;
      for (const log of logsOf(part, artifact.canonicalPath ?? artifact.path)) {
        const key = bookKey(log, host);
        emptiness.add(key, part);
        entries.push({ key, log, part, artifact });
      }
    }
  }
  for (const { key, log, part, artifact } of entries) {
    const book = books.get(key) ?? new Book(log === 'management-events');
    books.set(key, book);
    const empty = emptiness.of(key);
    const named = log === 'management-events' ? undefined : part.columns;
    const columns = named === undefined ? null : named.filter((name) => !empty.has(name));
    const layout = columns === null ? '' : [...columns].sort(byCodeUnit).join();
    book.add(part, { path: artifact.path, canonicalPath: artifact.canonicalPath, root: artifact.root, columns, layout });
  }
  for (const entry of ledgers)
    for (const [key, book] of books)
      if (isOf(entry, key)) for (const cut of entry.missing) book.cuts.push([Date.parse(cut.fromUtc), Date.parse(cut.toUtc)]);
  return {
    find: (log, host, ms) => books.get(bookKey(log.toLowerCase(), host))?.find(ms) ?? missing,
    anyOf: (host) => anyOf.get(host) ?? null,
  };
}

function isOf({ book, host }: LedgerEntry, key: string): boolean {
  const [log, own] = key.split('\u0000');
  if (host !== null && host !== own) return false;
  return book === 'iis_front' ? log === 'iis-front' : book === 'iis_back' ? log === 'iis-back' : log!.startsWith('httpproxy/');
}
