/** What the evidence could have shown: which source speaks for which time on which server, and where it is silent. */
import type { CoverageSpan, LedgerEntry, Silence, SourceCoverage } from '../core/assessment.ts';
import type { Pack, Question } from '../core/pack.ts';
import type { Problem } from '../core/problem.ts';
import { byCodeUnit } from '../core/text.ts';
import { hourMs, isoUtc, oneDayMs } from '../core/time.ts';
import type { Observed } from '../run/index.ts';
import { byRule, idOf } from './because.ts';
import {
  addTo,
  type Book,
  booksOf,
  clearedAt,
  learnRoles,
  provenBy,
  silenceMs,
  type Source,
  sourceOf,
  type Span,
  spansOf,
} from './coverage-parts.ts';
import type { Hosts } from './hosts.ts';
import { isLocal } from './local-times.ts';
import { isWrittenBy } from './source-table.ts';

/** What is missing of a kind, and the times that are there of it. */
export interface Lack {
  readonly book: Book;
  readonly spans: readonly Span[];
  /** It is here, and what answers the question was not written down: a column is missing, or always empty. */
  readonly notRecording: boolean;
  /** Times in which rows of it are missing, though it goes over them. */
  readonly cut: readonly Span[];
}

/** What is asked of a log: its kind, and of several that a server keeps the one that is meant. */
export type Asked = Pick<Question, 'source' | 'book'>;

export interface Coverage {
  /** End of the evidence: the last time that a log or an excerpt of one carries. NaN: no time at all. */
  readonly endMs: number;
  /** Begin of the earliest log that is here in a span; NaN: there is none. */
  readonly beginMs: number;
  /** True when every book of `kind` that `host` keeps has records over all of [from, to], give or take half a day at the ends. */
  covers(question: Asked, host: string | null, fromMs: number, toMs: number): boolean;
  lacks(question: Asked, host: string | null, fromMs: number, toMs: number): readonly Lack[];
  has(kind: string): boolean;
  /** Servers on which this kind is to be expected, present or absent; `null` alone when no server has a name. */
  hostsFor(kind: string): readonly (string | null)[];
  /** Whether this server's product writes the log at all. */
  exists(kind: string, host: string | null): boolean;
  readonly sources: readonly SourceCoverage[];
  firstMs(kind: string): number;
  /** All servers, here or named only; null alone: no server has a name. */
  readonly everyHost: readonly (string | null)[];
  /** From when on this campaign could have reached this server; -Infinity: nothing says that it could not always. */
  startMs(pack: string, host: string | null): number;
}

/** As {@link Coverage.lacks}, from the day on which the campaign could have reached the server. */
export function lacksOf(
  coverage: Coverage,
  pack: Pack,
  question: Asked,
  host: string | null,
  fromMs: number,
  toMs: number,
): readonly Lack[] {
  const startMs = Math.max(fromMs, coverage.startMs(pack.id, host));
  return startMs > toMs ? [] : coverage.lacks(question, host, startMs, toMs);
}

export const isCovered = (...asked: Parameters<typeof lacksOf>): boolean => lacksOf(...asked).length === 0;

const noBuilds: ReadonlyMap<string | null, readonly string[]> = new Map();

/**
 * @param builds that were seen on each server: they tell which logs its product writes
 * @param ledgers rows that are missing of a book: it covers no time in which they lie
 * @param silences in which the rows of all books may have been taken out
 */
export function coverageOf(
  observed: Observed,
  hosts: Hosts,
  builds = noBuilds,
  ledgers: readonly LedgerEntry[] = [],
  silences: readonly Silence[] = [],
): Coverage {
  const sources = new Map<string, Source>();
  const books = new Map<string, Source>();
  /** Books that are here without what answers a question. */
  const silent = new Set<string>();
  const answering = new Set<string>();
  const sourceKey = (kind: string, host: string | null): string => `${kind}\u0000${host ?? ''}`;
  const endMs = evidenceEnd(observed);
  /** When event logs were cleared: what they held before is gone, however far back another file of them goes. */
  const cleared = new Map<string, Span[]>();
  const backEnds = new Set<string>();
  const frontEnds = new Set<string>();
  for (const artifact of observed.artifacts) {
    const host = hosts.ofArtifact(artifact.path);
    for (const part of artifact.parts) {
      const source = addTo(sources, `${sourceOf(part)}\u0000${host ?? ''}\u0000${part.speaksFor}`, part, host);
      if (part.speaksFor === 'span')
        for (const { book, told } of booksOf(part, artifact.canonicalPath ?? artifact.path)) {
          const key = `${sourceOf(part)}\u0000${host ?? ''}\u0000${book}`;
          (told ? answering : silent).add(sourceKey(sourceOf(part), host));
          if (told) addTo(books, key, part, host);
          else silent.add(key);
        }
      const times = clearedAt(part);
      if (times.length > 0) {
        const key = sourceKey(sourceOf(part), host);
        cleared.set(key, [...(cleared.get(key) ?? []), ...times]);
      }
      for (const setting of provenBy(part)) source.proven.add(setting);
      if (observed.bookRows.programs.some((one) => one.artifact === artifact.path && one.withCommandLine > 0))
        source.proven.add('command_lines');
      for (const problem of artifact.problems) source.problems.add(problem.code, 0, {}, problem.count);
      learnRoles(part, host, frontEnds, backEnds);
    }
  }
  const spans = new Map<Source, Span[]>([...sources.values()].map((source) => [source, spansOf(source)]));
  const bookSpans = new Map<string, Span[]>([...books].map(([key, source]) => [key, spansOf(source)]));
  const expected = ({ source: kind, book }: Asked, host: string | null): Book[] => {
    if (kind === 'httpproxy') return [book ?? 'ecp'];
    if (kind !== 'iis-w3c') return ['all'];
    const back = host !== null && backEnds.has(host);
    return [...(!back || frontEnds.has(host) ? (['front'] as const) : []), ...(back ? (['back'] as const) : [])];
  };
  const lacks = (question: Asked, host: string | null, fromMs: number, toMs: number): Lack[] =>
    expected(question, host)
      .map((book) => {
        const key = `${question.source}\u0000${host ?? ''}\u0000${book}`;
        const own = bookSpans.get(key) ?? [];
        const cut = [
          ...cutsOf(ledgers, question.source, book, host),
          ...silencesIn(silences, question.source, host),
          ...(cleared.get(sourceKey(question.source, host)) ?? []),
        ]
          .filter((one) => one.fromMs < toMs && one.toMs > fromMs)
          .sort((a, b) => a.fromMs - b.fromMs);
        return { book, spans: own, notRecording: own.length === 0 && silent.has(key), cut };
      })
      .filter(
        ({ spans: own, cut }) =>
          cut.length > 0 || !own.some((span) => span.fromMs - silenceMs <= fromMs && span.toMs + silenceMs >= toMs),
      );
  const exists = (kind: string, host: string | null): boolean => isWrittenBy(kind, builds.get(host) ?? []);
  const everyHost: readonly (string | null)[] =
    hosts.present.length + hosts.absent.length === 0 ? [null] : [...hosts.present, ...hosts.absent].sort(byCodeUnit);
  return {
    endMs,
    beginMs: [...sources.values()]
      .filter(({ speaksFor, firstMs }) => speaksFor === 'span' && !Number.isNaN(firstMs))
      .reduce((least, { firstMs }) => (firstMs >= least ? least : firstMs), Number.NaN),
    everyHost,
    startMs: () => Number.NEGATIVE_INFINITY,
    covers: (question, host, fromMs, toMs) => lacks(question, host, fromMs, toMs).length === 0,
    lacks,
    has: (kind) =>
      [...sources.values()].some((source) => source.kind === kind && source.speaksFor === 'span' && source.records > 0),
    exists,
    hostsFor(kind) {
      const all = everyHost.filter((host) => exists(kind, host));
      // A log that no server of these products writes shows nothing of any: it is asked of all, and found missing.
      if (all.length === 0) return everyHost;
      // Where roles are parted, a front end runs no cmdlets and a back end takes no visitors; where nobody says so, each does both.
      const [own, others] = kind === 'ecp-server' ? [backEnds, frontEnds] : [frontEnds, backEnds];
      if ((kind !== 'ecp-server' && kind !== 'httpproxy') || own.size === 0) return all;
      const expectedOn = all.filter((host) => host === null || own.has(host) || !others.has(host));
      // Of no server at all would mean that nothing is missing.
      return expectedOn.length === 0 ? all : expectedOn;
    },
    sources: describe(
      [...sources.values()],
      spans,
      ({ kind, host }) => silent.has(sourceKey(kind, host)) && !answering.has(sourceKey(kind, host)),
    ),
    firstMs: (kind) =>
      [...sources.values()]
        .filter((source) => source.kind === kind && source.speaksFor === 'span')
        .reduce((least, source) => (source.firstMs < least || Number.isNaN(least) ? source.firstMs : least), Number.NaN),
  };
}

/** Where rows of this book are missing, as the other books of the same requests say. */
const cutsOf = (ledgers: readonly LedgerEntry[], kind: string, book: Book, host: string | null): Span[] =>
  ledgers
    .filter(
      (entry) =>
        (entry.host === host || entry.host === null) &&
        (kind === 'httpproxy'
          ? entry.book === 'httpproxy'
          : kind === 'iis-w3c' && entry.book === (book === 'front' ? 'iis_front' : book === 'back' ? 'iis_back' : '')),
    )
    .flatMap(({ missing }) => missing.map(spanFrom));

/** Where all books of this server are silent, and nothing says why. */
const silencesIn = (silences: readonly Silence[], kind: string, host: string | null): Span[] =>
  kind !== 'httpproxy' && kind !== 'iis-w3c'
    ? []
    : silences.filter((silence) => silence.explained === null && silence.host === host).map(spanFrom);

const spanFrom = ({ fromUtc, toUtc }: CoverageSpan): Span => ({ fromMs: Date.parse(fromUtc), toMs: Date.parse(toUtc) });

/** A few rows this far beyond all others carry a wrong date: they do not move the end of the evidence. */
const strayMs = 90 * oneDayMs;
const strayRows = 10;

/** The last time that the evidence speaks of; rows with a stray date left aside. NaN: no time at all. */
function evidenceEnd(observed: Observed): number {
  const all = observed.artifacts.flatMap((artifact) => artifact.parts);
  const zoned = all.filter(({ kind }) => !isLocal(kind));
  // A local time may lie hours beyond: it ends the evidence only where there is no other.
  const parts = zoned.length > 0 ? zoned : all;
  const rows = new Map<number, number>();
  for (const { hours } of parts) for (const [hour, count] of hours) rows.set(hour, (rows.get(hour) ?? 0) + count);
  const hours = [...rows.keys()].sort((a, b) => a - b);
  const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
  let end = hours.length;
  for (let at = hours.length - 1, tail = 0; at > 0; at--) {
    tail += rows.get(hours[at]!)!;
    if (tail >= strayRows || tail * 100 >= total) break;
    if ((hours[at]! - hours[at - 1]!) * hourMs > strayMs) end = at;
  }
  if (end === 0) return Number.NaN;
  const lastHour = hours[end - 1]!;
  const latestMs = (lastHour + 1) * hourMs - 1;
  // The exact time where a part ends in that hour; where a part goes on into stray dates, the end of the hour.
  const exact = parts.filter((part) => part.hours.has(lastHour)).map(({ lastMs }) => (lastMs <= latestMs ? lastMs : latestMs));
  return exact.reduce((last, ms) => Math.max(last, ms), Number.NEGATIVE_INFINITY);
}

const toSpan = ({ fromMs, toMs }: Span): CoverageSpan => ({ fromUtc: isoUtc(fromMs), toUtc: isoUtc(toMs) });

function describe(
  sources: readonly Source[],
  spans: ReadonlyMap<Source, readonly Span[]>,
  isSilent: (source: Source) => boolean,
): SourceCoverage[] {
  return [...sources]
    .sort((a, b) => byCodeUnit(a.kind, b.kind) || byCodeUnit(a.host ?? '', b.host ?? '') || byCodeUnit(a.speaksFor, b.speaksFor))
    .map((source): SourceCoverage => {
      const own = spans.get(source)!;
      const gaps = own.slice(1).map((span, index) => ({ fromMs: own[index]!.toMs, toMs: span.fromMs }));
      const problems: Problem[] = source.problems.list();
      return {
        id: idOf('source', source.kind, source.host, source.speaksFor),
        kind: source.kind,
        host: source.host,
        state: source.speaksFor === 'span' && isSilent(source) ? 'not_recording' : 'covers',
        proven: [...source.proven].sort(),
        spans: own.map(toSpan),
        gaps: gaps.map(toSpan),
        records: source.records,
        problems,
        because: [
          byRule(
            source.speaksFor === 'span'
              ? 'coverage.trace'
              : source.speaksFor === 'state'
                ? 'coverage.residue'
                : 'coverage.excerpt',
          ),
        ],
      };
    });
}
