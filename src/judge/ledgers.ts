/**
 * Three books of one server hold every request: IIS of the front end, HttpProxy, IIS of the back end, under one id. Held against each
 * other they prove that nothing is missing, or that rows are, and between which minutes. Two books are told apart by the running
 * difference of their counts and of the sum of their ids: it comes back to the same value after each request that one of them booked a
 * moment later, and stays changed from a row on that only one of them has.
 */
import type { LedgerEntry } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtc } from '../core/time.ts';
import type { Observed } from '../run/index.ts';
import type { Hosts } from './hosts.ts';

const minuteMs = 60_000;
/** Minutes with rows in which the difference has to stay before it counts: a request that is booked later is booked in the next one. */
const steadyMinutes = 3;
/** At the ends, fewer rows than this may have been on their way. */
const edgeRows = 3;
/** A book without any row for so long may lack a file. */
const silentMinutes = 30;
/** Minutes of one book of one server. */
const mostMinutes = 1_600_000;
/** Less than this is too little to know how these books usually agree. */
const fewestMinutes = 60;
/** Where the difference is not steady in so many minutes, the books cannot be held against each other. */
const steadyShare = 0.8;
/** Rows that are missing in more places than this are how these logs are written, and no sign. */
const mostPlaces = 100;

/** Behind the rows and the four words of ids: the folder that a minute was taken from. */
const rootAt = 5;

type BookName = 'front' | 'proxy' | 'proxied' | 'back';
type Minutes = Map<number, Int32Array>;

/** A place where one of two books has rows that the other has not. */
interface Break {
  /** Last minute at which all was even, first at which it was again. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Rows that the first book has less; negative: more. */
  readonly lacks: number;
  /** The id, where it is one row. */
  readonly id: string | null;
}

export interface Comparison {
  readonly state: 'agree' | 'differ' | 'not_comparable';
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly rows: number;
  readonly breaks: readonly Break[];
}

/** Over the time that both books cover; null: they share none. */
export function compare(a: Minutes, b: Minutes): Comparison | null {
  const ends = (book: Minutes): [number, number] => {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const minute of book.keys()) {
      if (minute < first) first = minute;
      if (minute > last) last = minute;
    }
    return [first, last];
  };
  const [[firstA, lastA], [firstB, lastB]] = [ends(a), ends(b)];
  const [fromMinute, toMinute] = [Math.max(firstA, firstB), Math.min(lastA, lastB)];
  const minutes = [...new Set([...a.keys(), ...b.keys()])]
    .filter((minute) => minute >= fromMinute && minute <= toMinute)
    .sort((x, y) => x - y);
  if (minutes.length === 0) return null;
  const levels: { readonly minute: number; readonly value: readonly number[] }[] = [];
  const running = [0, 0, 0, 0, 0];
  let rows = 0;
  for (const minute of minutes) {
    const [left, right] = [a.get(minute), b.get(minute)];
    running[0]! += (left?.[0] ?? 0) - (right?.[0] ?? 0);
    for (let word = 1; word < 5; word++) running[word]! ^= (left?.[word] ?? 0) ^ (right?.[word] ?? 0);
    rows += left?.[0] ?? 0;
    levels.push({ minute, value: [...running] });
  }
  const same = (x: readonly number[], y: readonly number[]): boolean => x.every((value, index) => value === y[index]);
  // A request or two may have been on their way when the shorter book began or ended: they are in one of them only.
  const onTheWay = (value: readonly number[]): boolean => Math.abs(value[0]!) < edgeRows;
  const breaks: Break[] = [];
  let level: readonly number[] | null = null;
  const change = (before: readonly number[], value: readonly number[], minute: number): void => {
    const lacks = before[0]! - value[0]!;
    const id = Math.abs(lacks) === 1 ? guidOf(value.slice(1).map((word, index) => word ^ before[index + 1]!)) : null;
    breaks.push({ fromMinute: lastEven, toMinute: minute, lacks, id });
  };
  let lastEven = fromMinute;
  let steady = 0;
  for (let at = 0; at < levels.length;) {
    let end = at + 1;
    while (end < levels.length && same(levels[end]!.value, levels[at]!.value)) end++;
    const { value, minute } = levels[at]!;
    const last = levels[end - 1]!.minute;
    if (level !== null && same(value, level)) {
      steady += end - at;
      lastEven = last;
    } else if (end - at >= steadyMinutes) {
      steady += end - at;
      if (level !== null) change(level, value, minute);
      else if (!onTheWay(value)) change([0, 0, 0, 0, 0], value, minute);
      level = value;
      lastEven = last;
    }
    at = end;
  }
  const tail = levels.at(-1)!.value.map((value, index) => (index === 0 ? value - (level?.[0] ?? 0) : value));
  if (level !== null && !onTheWay(tail)) change(level, levels.at(-1)!.value, toMinute);
  const comparable = minutes.length >= fewestMinutes && steady >= steadyShare * minutes.length && breaks.length <= mostPlaces;
  return { state: !comparable ? 'not_comparable' : breaks.length === 0 ? 'agree' : 'differ', fromMinute, toMinute, rows, breaks };
}

function guidOf(words: readonly number[]): string {
  const hex = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const bookKind: Readonly<Record<BookName, LedgerEntry['book']>> = {
  front: 'iis_front',
  proxy: 'httpproxy',
  proxied: 'httpproxy',
  back: 'iis_back',
};

export function ledgersOf(observed: Observed, hosts: Hosts): LedgerEntry[] {
  const byHost = new Map<string | null, Map<BookName, Minutes>>();
  /** Servers of which two folders hold the same minutes of a book: two collections may have the same rows, and would count them twice. */
  const roots: string[] = [];
  const mixed = new Set<string | null>();
  for (const artifact of observed.artifacts) {
    if (artifact.duplicateOf !== null) continue;
    const host = hosts.ofArtifact(artifact.path);
    for (const part of artifact.parts) {
      if (part.books === undefined || part.speaksFor !== 'span') continue;
      if (!roots.includes(artifact.root)) roots.push(artifact.root);
      const root = roots.indexOf(artifact.root);
      const own = byHost.get(host) ?? new Map<BookName, Minutes>();
      byHost.set(host, own);
      for (const name of ['front', 'proxy', 'proxied', 'back'] as const) {
        const book = part.books[name];
        if (book === undefined) continue;
        const into: Minutes = own.get(name) ?? new Map<number, Int32Array>();
        own.set(name, into);
        for (const [index, minute] of book.minutes.entries()) {
          let known = into.get(minute);
          if (known === undefined) {
            known = new Int32Array(6);
            known[rootAt] = root;
            into.set(minute, known);
          } else if (known[rootAt] !== root) mixed.add(host);
          known[0]! += book.rows[index]!;
          for (let word = 0; word < 4; word++) known[word + 1]! ^= book.ids[index * 4 + word]!;
        }
        // Three years of minutes: no server keeps as many.
        if (into.size > mostMinutes) {
          into.clear();
          mixed.add(host);
        }
      }
    }
  }
  const entries: LedgerEntry[] = [];
  const all = [...byHost].filter(([host]) => !mixed.has(host)).sort(([a], [b]) => byCodeUnit(a ?? '', b ?? ''));
  for (const [host, books] of all) {
    const [front, proxy] = [books.get('front'), books.get('proxy')];
    if (front !== undefined && proxy !== undefined) entries.push(...entriesOf(host, ['front', 'proxy'], front, proxy));
  }
  // A front end may send to any back end: what all of them sent is held against what all of them took, where no server is missing.
  if (hosts.absent.length === 0 && mixed.size === 0) {
    const summed = (name: BookName): Minutes => {
      const sum: Minutes = new Map();
      for (const [, books] of all) {
        for (const [minute, entry] of books.get(name) ?? []) {
          const known = sum.get(minute) ?? new Int32Array(5);
          sum.set(minute, known);
          known[0]! += entry[0]!;
          for (let word = 1; word < 5; word++) known[word]! ^= entry[word]!;
        }
      }
      return sum;
    };
    const [proxied, back] = [summed('proxied'), summed('back')];
    const only = all.length === 1 ? all[0]![0] : null;
    if (proxied.size > 0 && back.size > 0) entries.push(...entriesOf(only, ['proxied', 'back'], proxied, back));
  }
  return entries;
}

function entriesOf(host: string | null, [first, second]: readonly [BookName, BookName], a: Minutes, b: Minutes): LedgerEntry[] {
  const found = compare(a, b);
  if (found === null) return [];
  const common = {
    host,
    fromUtc: isoUtc(found.fromMinute * minuteMs),
    toUtc: isoUtc((found.toMinute + 1) * minuteMs),
    rows: found.rows,
    state: found.state,
  } as const;
  const isSilent = (book: Minutes, fromMinute: number, toMinute: number): boolean => {
    if (toMinute - fromMinute < silentMinutes) return false;
    for (let minute = fromMinute + 1; minute < toMinute; minute++) if (book.has(minute)) return false;
    return true;
  };
  const missingOf = (sign: 1 | -1, own: Minutes): LedgerEntry['missing'] =>
    found.state !== 'differ'
      ? []
      : found.breaks
          .filter(({ lacks }) => Math.sign(lacks) === sign || lacks === 0)
          .map(({ fromMinute, toMinute, lacks, id }) => ({
            fromUtc: isoUtc(fromMinute * minuteMs),
            toUtc: isoUtc((toMinute + 1) * minuteMs),
            rows: Math.max(1, Math.abs(lacks)),
            request: id,
            silent: isSilent(own, fromMinute, toMinute),
          }));
  return [
    { ...common, book: bookKind[first], against: bookKind[second], missing: missingOf(1, a) },
    { ...common, book: bookKind[second], against: bookKind[first], missing: missingOf(-1, b) },
  ];
}
