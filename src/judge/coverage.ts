/** What the evidence could have shown: which source speaks for which time on which server, and where it is silent. */
import type {
  CampaignCoverage,
  CoverageSpan,
  LedgerEntry,
  RecordedSetting,
  Silence,
  SourceCoverage,
} from '../core/assessment.ts';
import type { BookQuestion } from '../core/booked-row.ts';
import type { Pack, Question } from '../core/pack.ts';
import { type Problem, Problems } from '../core/problem.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, hourMs, isoUtc, oneDayMs } from '../core/time.ts';
import type { Observed, ObservedPart } from '../run/index.ts';
import { isBackEndPort } from './event.ts';
import { type Hosts, shortName } from './hosts.ts';
import { isLocal } from './local-times.ts';
import { isWrittenBy } from './source-table.ts';
import { byRule, idOf } from './because.ts';

/** A log that is silent for longer than this has a gap: health probes write far more often, and a missing daily file is one. */
const silenceMs = 12 * hourMs;

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Source {
  readonly kind: string;
  readonly host: string | null;
  readonly speaksFor: 'span' | 'state' | 'excerpt';
  readonly hours: Set<number>;
  firstMs: number;
  lastMs: number;
  records: number;
  readonly problems: Problems;
  readonly proven: Set<RecordedSetting>;
}

/**
 * A log of which one server keeps several: IIS one for each site (the front end takes visitors, the back end works for the front
 * ends), HttpProxy one for each protocol. One of them never speaks for another.
 */
export type Book = 'front' | 'back' | NonNullable<Question['book']> | 'all';

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

/** Logs on which an answer rests and of which a server has nothing: not here, or not written by its product. */
export function absentSources(
  packs: readonly Pack[],
  coverage: Coverage,
  hosts: Hosts,
  readable: ReadonlySet<string>,
): SourceCoverage[] {
  const kinds = [...new Set(packs.flatMap((pack) => decisive(pack, readable).map(({ source }) => source)))];
  const present: readonly (string | null)[] = hosts.present.length === 0 ? [null] : hosts.present;
  const here = (kind: string, host: string | null): boolean =>
    coverage.sources.some((source) => source.kind === kind && source.host === host && source.spans.length > 0);
  return kinds.flatMap((kind) =>
    present
      .filter((host) => !here(kind, host) && (!coverage.exists(kind, host) || coverage.hostsFor(kind).includes(host)))
      .map((host): SourceCoverage => {
        const state = coverage.exists(kind, host) ? 'missing' : 'does_not_exist';
        return {
          id: idOf('absent', kind, host),
          kind,
          host,
          state,
          proven: [],
          spans: [],
          gaps: [],
          records: 0,
          problems: [],
          because: [byRule('coverage.recording')],
        };
      }),
  );
}

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

/** One log in several dresses (IIS in its own or the NCSA form) is one source; what was picked from it is what the tool made of it. */
const sourceOf = (part: ObservedPart): string =>
  part.kind === 'evtx' ? eventLogOf(part) : part.speaksFor === 'span' ? part.logSource : part.kind;

/** The log that an event log is, by the channel of all its events. */
const channels: ReadonlyMap<string, string> = new Map([
  ['security', 'security-events'],
  ['application', 'application-events'],
  ['msexchange management', 'msexchange-management'],
]);

/** Logs of which packs ask, and which are read for single signs: what is here of them is said, and no answer rests on them yet. */
export const eventLogs: ReadonlySet<string> = new Set(channels.values());

function eventLogOf(part: ObservedPart): string {
  const events = part.groups.get('Channel|Provider_Name|EventID') ?? [];
  const found = new Set(events.map(({ tuple }) => (tuple[0] ?? '').toLowerCase()));
  const [channel] = found;
  const kind = found.size === 1 ? channels.get(channel!) : undefined;
  return kind ?? part.logSource;
}

/** Events with which the service says that the log that they stand in was cleared. */
const clearing: ReadonlySet<string> = new Set(['1102', '517']);

/** First and last clearing of this log; it says so in its own first event behind it. */
const clearedAt = (part: ObservedPart): Span[] =>
  (part.groups.get('Channel|Provider_Name|EventID') ?? [])
    .filter(({ tuple }) => clearing.has(tuple[2] ?? '') && /eventlog|^security$/i.test(tuple[1] ?? ''))
    .flatMap(({ firstMs, lastMs }) => [...new Set([firstMs, lastMs])])
    .filter((ms) => !Number.isNaN(ms))
    .map((ms) => ({ fromMs: ms - 1, toMs: ms }));

/** Where new programs are not written down (event 4688), the Security log tells nothing of them. */
const writesPrograms = (part: ObservedPart): boolean =>
  (part.groups.get('Channel|Provider_Name|EventID') ?? []).some(({ tuple }) => tuple[2] === '4688');

function addTo(sources: Map<string, Source>, key: string, part: ObservedPart, host: string | null): Source {
  const source: Source = sources.get(key) ?? {
    kind: sourceOf(part),
    host,
    speaksFor: part.speaksFor,
    hours: new Set(),
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    records: 0,
    problems: new Problems(),
    proven: new Set(),
  };
  sources.set(key, source);
  for (const hour of part.hours.keys()) source.hours.add(hour);
  source.records += part.records;
  if (!(part.firstMs >= source.firstMs) && !Number.isNaN(part.firstMs)) source.firstMs = part.firstMs;
  if (!(part.lastMs <= source.lastMs) && !Number.isNaN(part.lastMs)) source.lastMs = part.lastMs;
  return source;
}

/** Settings that a row of it proves to have been on. */
function provenBy(part: ObservedPart): RecordedSetting[] {
  const told = (group: string, position: number): boolean =>
    (part.groups.get(group) ?? []).some(({ tuple }) => (tuple[position] ?? null) !== null);
  const source = sourceOf(part);
  if (source === 'security-events') return writesPrograms(part) ? ['programs'] : [];
  if (source === 'httpproxy') return told('Protocol|HttpStatus|BackEndStatus', 1) ? ['status'] : [];
  if (source !== 'iis-w3c') return [];
  return [
    ...(told('cs-method|cs-uri-stem|sc-status', 2) ? (['status'] as const) : []),
    ...(told('c-ip|cs-username', 1) ? (['account'] as const) : []),
  ];
}

/** Of a Security log the half hour in which the first new program stands: a command line in it proves the setting. */
export function programQuestionsOf({ artifacts }: Observed): BookQuestion[] {
  const asked = artifacts.flatMap(({ path, parts, duplicateOf }): BookQuestion[] => {
    const first = parts
      .filter(({ groups }) => groups.has('Channel|Provider_Name|EventID'))
      .flatMap((part) => part.groups.get('Channel|Provider_Name|EventID')!)
      .filter(({ tuple, firstMs }) => tuple[2] === '4688' && !Number.isNaN(firstMs))
      .map(({ firstMs }) => Math.floor(firstMs / minuteMs));
    return duplicateOf !== null || first.length === 0
      ? []
      : [{ artifact: path, spans: [[Math.min(...first), Math.min(...first) + programMinutes]] }];
  });
  return asked.slice(0, programFiles);
}

const minuteMs = 60_000;
const programMinutes = 30;
const programFiles = 20;

interface BookHere {
  readonly book: Book;
  /** What answers a question was written down, proven by a row of it. */
  readonly told: boolean;
}

function booksOf(part: ObservedPart, path: string): BookHere[] {
  // A log that does not write how a request ended records no answer to any question of ours.
  const told = (group: string, position: number): boolean =>
    (part.groups.get(group) ?? []).some(({ tuple }) => tuple[position] !== null);
  if (sourceOf(part) === 'httpproxy') {
    const protocols = (part.groups.get('Protocol|HttpStatus|BackEndStatus') ?? []).map(({ tuple }) => tuple[0]?.toLowerCase());
    const ended = told('Protocol|HttpStatus|BackEndStatus', 1);
    return (['ecp', 'autodiscover'] as const).filter((book) => protocols.includes(book)).map((book) => ({ book, told: ended }));
  }
  if (sourceOf(part) === 'security-events') return [{ book: 'all', told: writesPrograms(part) }];
  if (sourceOf(part) !== 'iis-w3c') return [{ book: 'all', told: true }];
  const ended = told('cs-method|cs-uri-stem|sc-status', 2);
  // Who called the back end is told by the account alone: all of its clients are front ends.
  const named = !part.groups.has('c-ip|cs-username') || told('c-ip|cs-username', 1);
  const book = (name: 'front' | 'back'): BookHere => ({ book: name, told: ended && (name === 'front' || named) });
  const ports = (part.groups.get('s-port|s-computername|s-ip') ?? [])
    .map(({ tuple }) => tuple[0])
    .filter((port) => port !== null && port !== undefined);
  if (ports.length === 0) return [book(/[\\/]W3SVC2[\\/]/i.test(path) ? 'back' : 'front')];
  return [
    ...(ports.some((port) => !isBackEndPort(port)) ? [book('front')] : []),
    ...(ports.some((port) => isBackEndPort(port)) ? [book('back')] : []),
  ];
}

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

function learnRoles(part: ObservedPart, host: string | null, frontEnds: Set<string>, backEnds: Set<string>): void {
  for (const { tuple } of part.groups.get('ServerHostName|TargetServer|IsAuthenticated') ?? []) {
    const own = shortName(tuple[0]);
    const target = shortName(tuple[1]);
    if (own !== null) frontEnds.add(own);
    if (target !== null && /^true$/i.test(tuple[2] ?? '')) backEnds.add(target);
  }
  if (part.kind === 'ecp-server' && host !== null) backEnds.add(host);
  for (const { tuple } of part.groups.get('s-port|s-computername|s-ip') ?? []) {
    if (host === null || tuple[0] === null || tuple[0] === undefined) continue;
    if (isBackEndPort(tuple[0])) backEnds.add(host);
    else frontEnds.add(host);
  }
}

function spansOf(source: Source): Span[] {
  const hours = [...source.hours].sort((a, b) => a - b);
  const spans: { fromMs: number; toMs: number }[] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last !== undefined && hour * hourMs - last.toMs <= silenceMs) last.toMs = (hour + 1) * hourMs;
    else spans.push({ fromMs: hour * hourMs, toMs: (hour + 1) * hourMs });
  }
  if (spans.length > 0) {
    spans[0]!.fromMs = Math.max(spans[0]!.fromMs, source.firstMs);
    spans.at(-1)!.toMs = Math.min(spans.at(-1)!.toMs, source.lastMs);
  }
  return spans;
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

/** The questions of a pack that some reader's log answers. */
export const answerable = (pack: Pack, readable: ReadonlySet<string>): Question[] =>
  pack.questions.filter((question) => question.kind === 'trace' && readable.has(question.source));

/** Those of them on which "nothing found" rests. */
export const decisive = (pack: Pack, readable: ReadonlySet<string>): Question[] =>
  answerable(pack, readable).filter(({ decides }) => decides);

export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * From the first known exploitation, or the first day on which a server was open and reached, to the end of the evidence; null when no
 * server ever was, when the evidence ends before, or has no time, or begins after
 * an attack on few was over: that years ago somebody was attacked takes nothing from what is known of today.
 */
export function windowOf(pack: Pack, coverage: Coverage): Window | null {
  if (pack.firstExploited === null || pack.asked === 'when_found' || Number.isNaN(coverage.endMs)) return null;
  const fromMs = dayMs(pack.firstExploited);
  if (coverage.endMs < fromMs) return null;
  const over = pack.asked === 'in_time' ? pack.waves.at(-1) : undefined;
  if (over !== undefined && coverage.beginMs >= dayMs(over.to) + oneDayMs) return null;
  // Servers that were closed to it all the time, or not there yet, are not asked.
  const startMs = coverage.everyHost.reduce<number>(
    (least, host) => Math.min(least, coverage.startMs(pack.id, host)),
    Number.POSITIVE_INFINITY,
  );
  return startMs > coverage.endMs ? null : { fromMs: Math.max(fromMs, startMs), toMs: coverage.endMs };
}

export function campaignCoverage(pack: Pack, coverage: Coverage): CampaignCoverage | null {
  const window = windowOf(pack, coverage);
  if (window === null) return null;
  return {
    campaign: pack.id,
    fromUtc: isoUtc(window.fromMs),
    toUtc: isoUtc(window.toMs),
    sources: pack.questions.flatMap((question) =>
      coverage.hostsFor(question.source).map((host) => {
        const lacks = lacksOf(coverage, pack, question, host, window.fromMs, window.toMs);
        const state =
          lacks.length === 0
            ? 'covered'
            : lacks.every(({ notRecording }) => notRecording)
              ? 'not_recording'
              : coverage.sources.some(
                    (source) => source.kind === question.source && source.host === host && source.spans.length > 0,
                  )
                ? 'partly'
                : 'missing';
        return { kind: question.source, host, stage: question.stage, state, shows: question.shows } as const;
      }),
    ),
  };
}
