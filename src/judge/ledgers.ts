/**
 * Three books of one server hold every request: IIS of the front end, HttpProxy, IIS of the back end, under one id. Held against each
 * other they prove that nothing is missing, or that rows are, which ones, and what the other books still say of them. Where counts
 * and sums of ids differ (`book-compare.ts`) the rows of those minutes were read again; only they decide.
 */
import type { LedgerEntry } from '../core/assessment.ts';
import type { BookedRow, BookQuestion } from '../core/booked-row.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtc } from '../core/time.ts';
import type { Observed } from '../run/index.ts';
import { type Break, compare, type Comparison, type Minutes } from './book-compare.ts';
import { programQuestionsOf } from './coverage-parts.ts';
import { type Hosts, hostsOf, shortName } from './hosts.ts';
import type { Judged } from './intrusions.ts';
import { type BookOf, Shelves, silentMinutes } from './log-shelves.ts';
import { silenceQuestionsOf } from './silences.ts';
import { idOf } from './because.ts';

const minuteMs = 60_000;
/** Minutes of one book of one server. */
const mostMinutes = 1_600_000;
/** Rows that are missing in more places than this are how these logs are written, and no sign. */
const mostPlaces = 100;
/** Rows are asked of so many minutes around a place: a request that took long stands in the books at different times. */
const aroundMinutes = 2;
/** A place longer than this is not read again. */
const longestPlace = 12 * 60;
/** Requests that are named of one place. */
const namedRequests = 50;

/** Behind the rows and the four words of ids: the folder that a minute was taken from. */
const rootAt = 5;

type BookName = 'front' | 'proxy' | 'proxied' | 'back';
type Pair = readonly [BookName, BookName];

const bookKind: Readonly<Record<BookName, LedgerEntry['book']>> = {
  front: 'iis_front',
  proxy: 'httpproxy',
  proxied: 'httpproxy',
  back: 'iis_back',
};
const bookOf: Readonly<Record<BookName, BookOf>> = { front: 'front', proxy: 'proxy', proxied: 'proxy', back: 'back' };

/** Two books that were held against each other. */
interface Held {
  /** null: one server without a name, or the back ends of all together. */
  readonly host: string | null;
  readonly together: boolean;
  readonly pair: Pair;
  readonly books: readonly [Minutes, Minutes];
  readonly found: Comparison;
}

function heldOf(observed: Observed, hosts: Hosts): Held[] {
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
  const held: Held[] = [];
  const hold = (host: string | null, together: boolean, pair: Pair, a: Minutes, b: Minutes): void => {
    const found = compare(a, b);
    if (found !== null) held.push({ host, together, pair, books: [a, b], found });
  };
  const all = [...byHost].filter(([host]) => !mixed.has(host)).sort(([a], [b]) => byCodeUnit(a ?? '', b ?? ''));
  for (const [host, books] of all) {
    const [front, proxy] = [books.get('front'), books.get('proxy')];
    if (front !== undefined && proxy !== undefined) hold(host, false, ['front', 'proxy'], front, proxy);
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
    if (proxied.size > 0 && back.size > 0) hold(only, all.length > 1, ['proxied', 'back'], proxied, back);
  }
  return held;
}

/** A book without any row between these two minutes, so long that a file may be missing. */
function isSilent(book: Minutes, { fromMinute, toMinute }: Break): boolean {
  if (toMinute - fromMinute < silentMinutes) return false;
  for (let minute = fromMinute + 1; minute < toMinute; minute++) if (book.has(minute)) return false;
  return true;
}

/** A file that is missing has too many rows to name them. */
const isAsked = (held: Held, one: Break): boolean =>
  held.found.comparable && one.toMinute - one.fromMinute <= longestPlace && !held.books.some((book) => isSilent(book, one));

/** Rows of which minutes would tell which requests one of two books has not. */
export function bookQuestionsOf(observed: Observed): BookQuestion[] {
  const hosts = hostsOf(observed);
  const spans = heldOf(observed, hosts)
    .flatMap((held) => held.found.breaks.filter((one) => isAsked(held, one)))
    .map(({ fromMinute, toMinute }): [number, number] => [fromMinute - aroundMinutes, toMinute + aroundMinutes]);
  const events = [...silenceQuestionsOf(observed, hosts), ...programQuestionsOf(observed)];
  if (spans.length === 0) return events;
  const rows = observed.artifacts
    .filter(({ duplicateOf, parts }) => duplicateOf === null && parts.some(({ books }) => books !== undefined))
    .map(({ path }) => ({ artifact: path, spans }));
  return [...rows, ...events];
}

export function ledgersOf(observed: Observed, hosts: Hosts): LedgerEntry[] {
  const held = heldOf(observed, hosts);
  const rows = new RowsAgain(observed, hosts);
  return held.flatMap((one) => entriesOf(one, rows));
}

function put<Key, Value>(into: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = into.get(key);
  if (list === undefined) into.set(key, [value]);
  else list.push(value);
}

/** The rows that were read again, by what is asked of them. */
class RowsAgain {
  readonly shelves: Shelves;
  readonly #byMinute = new Map<number, { readonly row: BookedRow; readonly host: string | null }[]>();
  readonly #byId = new Map<string, BookedRow[]>();
  readonly #whole: boolean;

  constructor(observed: Observed, hosts: Hosts) {
    const { rows, unread } = observed.bookRows;
    this.shelves = new Shelves(observed, hosts);
    this.#whole = unread.length === 0;
    for (const row of rows) {
      put(this.#byMinute, Math.floor(row.timeMs / minuteMs), { row, host: hosts.ofArtifact(row.artifact) });
      put(this.#byId, row.id, row);
    }
  }

  /** null: not all of them could be read. */
  of({ host, together }: Held, name: BookName, fromMinute: number, toMinute: number): BookedRow[] | null {
    if (!this.#whole) return null;
    const found: BookedRow[] = [];
    for (let minute = fromMinute; minute <= toMinute; minute++)
      for (const { row, host: own } of this.#byMinute.get(minute) ?? [])
        if (row.book === bookOf[name] && (name !== 'proxied' || row.proxied) && (together || own === host)) found.push(row);
    return found;
  }

  withId(id: string): readonly BookedRow[] {
    return this.#byId.get(id) ?? [];
  }
}

interface Place {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly rows: number;
  readonly ids: readonly string[];
  readonly silent: boolean;
}

function entriesOf(held: Held, again: RowsAgain): LedgerEntry[] {
  const { host, pair, found } = held;
  const [first, second] = found.comparable ? placesOf(held, again) : [[], []];
  const differ = first.length + second.length > 0;
  const comparable = found.comparable && first.length + second.length <= mostPlaces;
  const common = {
    host,
    fromUtc: isoUtc(found.fromMinute * minuteMs),
    toUtc: isoUtc((found.toMinute + 1) * minuteMs),
    rows: found.rows,
    state: !comparable ? 'not_comparable' : differ ? 'differ' : 'agree',
  } as const;
  const told = (places: readonly Place[]): LedgerEntry['missing'] =>
    !comparable
      ? []
      : places.map(({ fromMinute, toMinute, rows, ids, silent }) => ({
          fromUtc: isoUtc(fromMinute * minuteMs),
          toUtc: isoUtc((toMinute + 1) * minuteMs),
          rows,
          request: ids.length === 1 && rows === 1 ? ids[0]! : null,
          silent,
          requests: ids.slice(0, namedRequests).map((id) => requestOf(id, again.withId(id))),
          findings: [],
        }));
  return [
    {
      ...common,
      id: idOf('ledger', host, pair[0], pair[1]),
      book: bookKind[pair[0]],
      against: bookKind[pair[1]],
      missing: told(first),
    },
    {
      ...common,
      id: idOf('ledger', host, pair[1], pair[0]),
      book: bookKind[pair[1]],
      against: bookKind[pair[0]],
      missing: told(second),
    },
  ];
}

/** Where rows are missing in the first and in the second book. */
function placesOf(held: Held, again: RowsAgain): [Place[], Place[]] {
  const { pair, books, found, host, together } = held;
  const places: [Place[], Place[]] = [[], []];
  const named: [BookedRow, number][][] = [[], []];
  for (const [index, one] of found.breaks.entries()) {
    const own = isAsked(held, one)
      ? ([0, 1] as const).map((side) => ({
          here: again.of(held, pair[side], one.fromMinute, one.toMinute),
          around: again.of(held, pair[side], one.fromMinute - aroundMinutes, one.toMinute + aroundMinutes),
        }))
      : [];
    const counted = (side: 0 | 1): void => {
      const lacks = side === 0 ? one.lacks : -one.lacks;
      if (one.atEdge || lacks < 0) return;
      const ids = one.id === null ? [] : [one.id];
      places[side].push({ ...one, rows: Math.max(1, lacks), ids, silent: isSilent(books[side], one) });
    };
    for (const side of [0, 1] as const) {
      const [others, mine] = [own[1 - side]?.here ?? null, own[side]?.around ?? null];
      if (others === null || mine === null) counted(side);
      else {
        const there = new Set(mine.map(({ id }) => id));
        for (const row of others) if (!there.has(row.id)) named[side]!.push([row, index]);
      }
    }
  }
  for (const side of [0, 1] as const) {
    const book = bookOf[pair[side]];
    const byPlace = new Map<number, Map<string, BookedRow>>();
    const seen = new Set<string>();
    for (const [row, index] of named[side]!) {
      // A request that took long stands in both, far from each other.
      if (seen.has(row.id) || again.withId(row.id).some((one) => one.book === book && (pair[side] !== 'proxied' || one.proxied)))
        continue;
      const server = together ? (book === 'back' ? (shortName(row.target) ?? undefined) : undefined) : host;
      const standing = again.shelves.standing(book, server, row.path, row.timeMs);
      if (standing === 'outside') continue;
      seen.add(row.id);
      const key = standing === 'gap' ? -1 - index : index;
      const place = byPlace.get(key) ?? new Map<string, BookedRow>();
      byPlace.set(key, place.set(row.id, row));
    }
    for (const [key, rows] of byPlace) {
      const minutes = [...rows.values()].map(({ timeMs }) => Math.floor(timeMs / minuteMs)).sort((a, b) => a - b);
      places[side].push({
        fromMinute: minutes[0]!,
        toMinute: minutes.at(-1)!,
        rows: rows.size,
        ids: [...rows.values()].sort((a, b) => a.timeMs - b.timeMs || byCodeUnit(a.id, b.id)).map(({ id }) => id),
        silent: key < 0,
      });
    }
    places[side].sort((a, b) => a.fromMinute - b.fromMinute || a.toMinute - b.toMinute);
  }
  return [oneFile(places[0]), oneFile(places[1])];
}

/** Rows of a log that is rarely written lie far apart: where its file is missing, they are one place. */
const sameFileMinutes = 12 * 60;

function oneFile(places: readonly Place[]): Place[] {
  const told: Place[] = [];
  for (const place of places) {
    const last = told.at(-1);
    if (last?.silent === true && place.silent && place.fromMinute - last.toMinute <= sameFileMinutes)
      told[told.length - 1] = {
        ...last,
        toMinute: Math.max(last.toMinute, place.toMinute),
        rows: last.rows + place.rows,
        ids: [...last.ids, ...place.ids],
      };
    else told.push(place);
  }
  return told;
}

/** What the books that have a request say of it. HttpProxy says most; the back end was asked by a front end, and knows its address only. */
function requestOf(id: string, rows: readonly BookedRow[]): LedgerEntry['missing'][number]['requests'][number] {
  const inOrder = (['proxy', 'front', 'back'] as const).flatMap((book) => rows.filter((row) => row.book === book).slice(0, 1));
  const first = <Key extends 'method' | 'path' | 'address' | 'account' | 'status'>(key: Key): string | null =>
    inOrder.map((row) => row[key]).find((value) => value !== null) ?? null;
  const [main] = inOrder;
  return {
    id,
    timeUtc: main === undefined ? null : isoUtc(main.timeMs),
    method: first('method'),
    path: first('path'),
    address: first('address'),
    account: first('account'),
    status: first('status'),
    books: inOrder.map(({ book, artifact, line }) => ({ book: bookKind[book], artifact, line })),
  };
}

/** Which findings are of requests that are missing in a book. */
export function withFindings(ledgers: readonly LedgerEntry[], judged: readonly Judged[]): LedgerEntry[] {
  if (ledgers.every(({ missing }) => missing.length === 0)) return [...ledgers];
  const byRequest = new Map<string, Set<string>>();
  for (const { claims, findings, intrusion, declared } of judged) {
    if (intrusion.role !== 'intruder' || declared !== null) continue;
    for (const [index, { events }] of claims.entries()) {
      const finding = findings[index];
      if (finding === undefined) continue;
      for (const tie of events.flatMap(({ ties }) => ties))
        if (tie.startsWith('request:')) byRequest.set(tie.slice(8), (byRequest.get(tie.slice(8)) ?? new Set()).add(finding.id));
    }
  }
  return ledgers.map((entry) => ({
    ...entry,
    missing: entry.missing.map((place) => ({
      ...place,
      findings: [...new Set(place.requests.flatMap(({ id }) => [...(byRequest.get(id) ?? [])]))].sort(byCodeUnit),
    })),
  }));
}
