/**
 * Minutes in which a server wrote nothing into any of its books. Its own monitoring asks every few minutes, day and night: where on other
 * days rows stand at that time, and nothing says that the server stopped or started, the rows of all books may have been taken out.
 * Of a server that is often silent nothing is concluded.
 */
import type { LogStep, Silence } from '../core/assessment.ts';
import type { BookQuestion } from '../core/booked-row.ts';
import type { Books } from '../core/record.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtc } from '../core/time.ts';
import type { Observed, ObservedArtifact } from '../run/index.ts';
import type { Hosts } from './hosts.ts';
import { idOf } from './because.ts';

const minuteMs = 60_000;
const dayMinutes = 1440;
const hourMinutes = 60;
/** Shorter is what a restart, an update or a quiet night may bring. */
const fewestMinutes = 20;
/** Longer is a gap, which coverage tells. */
const mostMinutes = 12 * 60;
/** Days that have to show that the time is not silent by habit. */
const fewestDays = 2;
const habitShare = 0.8;
/** So much longer than the longest quiet of that hour on other days a silence has to be: a small server is quiet at night. */
const timesLonger = 3;
/** Stretches half as long that a server may have, before its silence says nothing. */
const mostAlike = 3;
/** What stopped or started a server is written this far from the silence. */
const nearMinutes = 10;
/** A head line stands at most so long behind the first row after a silence: it bears the time of that row or of the start before it. */
const headMinutes = 2;

interface Quiet {
  readonly host: string | null;
  /** Last minute with a row, first with one again. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly otherDays: number;
  readonly usualMinutes: number;
}

function quietOf(observed: Observed, hosts: Hosts): Quiet[] {
  const byHost = new Map<string | null, Set<number>>();
  const kinds = new Map<string | null, Set<string>>();
  for (const { host, books } of booksOf(observed, hosts)) {
    const own = byHost.get(host) ?? new Set<number>();
    byHost.set(host, own);
    const names = kinds.get(host) ?? new Set<string>();
    kinds.set(host, names);
    for (const name of ['front', 'proxy', 'back'] as const) {
      const book = books[name];
      if (book === undefined) continue;
      names.add(name === 'proxy' ? 'proxy' : 'iis');
      for (const minute of book.minutes) own.add(minute);
    }
  }
  return [...byHost]
    .filter(([host]) => kinds.get(host)!.size === 2)
    .sort(([a], [b]) => byCodeUnit(a ?? '', b ?? ''))
    .flatMap(([host, own]) => quietIn(host, Float64Array.from(own).sort(), own));
}

function quietIn(host: string | null, minutes: Float64Array, own: ReadonlySet<number>): Quiet[] {
  const [first, last] = [minutes[0] ?? 0, minutes.at(-1) ?? 0];
  const gaps: { fromMinute: number; toMinute: number }[] = [];
  for (let at = 1; at < minutes.length; at++)
    if (minutes[at]! - minutes[at - 1]! >= fewestMinutes / 2) gaps.push({ fromMinute: minutes[at - 1]!, toMinute: minutes[at]! });
  const long = gaps.filter(({ fromMinute, toMinute }) => {
    const length = toMinute - fromMinute;
    return length > fewestMinutes && length <= mostMinutes;
  });
  if (long.length > 20) return [];
  return long.flatMap(({ fromMinute, toMinute }): Quiet[] => {
    const length = toMinute - fromMinute;
    if (gaps.filter((one) => one.toMinute - one.fromMinute >= length / 2).length > mostAlike) return [];
    const usual = usualQuiet(minutes, fromMinute, toMinute);
    if (length < timesLonger * usual) return [];
    let [days, busy] = [0, 0];
    for (let shift = Math.ceil((first - fromMinute) / dayMinutes) * dayMinutes; toMinute + shift <= last; shift += dayMinutes) {
      if (shift === 0) continue;
      days++;
      for (let minute = fromMinute + 1; minute < toMinute; minute++)
        if (own.has(minute + shift)) {
          busy++;
          break;
        }
    }
    return busy >= fewestDays && busy >= habitShare * days
      ? [{ host, fromMinute, toMinute, otherDays: busy, usualMinutes: usual }]
      : [];
  });
}

/** The longest quiet of other days that begins or ends within an hour of that time of day; gaps of half a day are holes, and no quiet. */
function usualQuiet(minutes: Float64Array, fromMinute: number, toMinute: number): number {
  const near = (minute: number): boolean => {
    const since = (((minute - (fromMinute - hourMinutes)) % dayMinutes) + dayMinutes) % dayMinutes;
    return since <= toMinute - fromMinute + 2 * hourMinutes;
  };
  let longest = 1;
  for (let at = 1; at < minutes.length; at++) {
    const [before, after] = [minutes[at - 1]!, minutes[at]!];
    if (after - before <= longest || after - before > mostMinutes || (before < toMinute && after > fromMinute)) continue;
    if (near(before) || near(after)) longest = after - before;
  }
  return longest;
}

interface BookFile {
  readonly artifact: ObservedArtifact;
  readonly host: string | null;
  readonly books: Books;
}

const booksOf = (observed: Observed, hosts: Hosts): BookFile[] =>
  observed.artifacts.flatMap((artifact) =>
    artifact.duplicateOf !== null
      ? []
      : artifact.parts.flatMap(({ books, speaksFor }) =>
          books === undefined || speaksFor !== 'span' ? [] : [{ artifact, host: hosts.ofArtifact(artifact.path), books }],
        ),
  );

/** Parts that hold events of the System log. */
const systemLogs = ({ artifacts }: Observed): ObservedArtifact[] =>
  artifacts.filter(
    ({ duplicateOf, parts }) =>
      duplicateOf === null &&
      parts.some(({ groups }) =>
        (groups.get('Channel|Provider_Name|EventID') ?? []).some(({ tuple }) => tuple[0]?.toLowerCase() === 'system'),
      ),
  );

/** System events of which minutes would tell that a server stopped or started. */
export function silenceQuestionsOf(observed: Observed, hosts: Hosts): BookQuestion[] {
  const logs = systemLogs(observed);
  if (logs.length === 0) return [];
  const near = (fromMinute: number, toMinute: number): [number, number] => [fromMinute - nearMinutes, toMinute + nearMinutes];
  const spans = [
    ...quietOf(observed, hosts).map(({ fromMinute, toMinute }) => near(fromMinute, toMinute)),
    ...stepsOf(observed, hosts).flatMap(({ fromMinute, toMinute }) => [near(fromMinute, fromMinute), near(toMinute, toMinute)]),
  ];
  return spans.length === 0 ? [] : logs.map(({ path }) => ({ artifact: path, spans }));
}

export function silencesOf(observed: Observed, hosts: Hosts): Silence[] {
  const quiet = quietOf(observed, hosts);
  if (quiet.length === 0) return [];
  const books = booksOf(observed, hosts);
  const logs = systemLogs(observed);
  return quiet.map(({ host, fromMinute, toMinute, otherDays, usualMinutes }) => {
    const events = observed.bookRows.events.filter(
      ({ artifact, kind, timeMs }) =>
        kind !== 'clock_set' &&
        hosts.ofArtifact(artifact) === host &&
        timeMs >= (fromMinute - nearMinutes) * minuteMs &&
        timeMs <= (toMinute + nearMinutes) * minuteMs,
    );
    const begun = books.some((one) => one.host === host && isBegun(one, books, fromMinute, toMinute));
    const covered = logs.some(
      ({ path, parts }) =>
        hosts.ofArtifact(path) === host &&
        parts.some(({ firstMs, lastMs }) => firstMs <= fromMinute * minuteMs && lastMs >= toMinute * minuteMs),
    );
    return {
      id: idOf('silence', host, String(fromMinute)),
      host,
      fromUtc: isoUtc(fromMinute * minuteMs),
      toUtc: isoUtc(toMinute * minuteMs),
      otherDays,
      usualMinutes,
      explained: events.length > 0 ? 'service' : begun ? 'log_begun' : null,
      systemLog: covered,
    };
  });
}

/**
 * A log was begun anew at the end of the silence. A file of a new day or hour is begun with its first row, whenever that is: it says so
 * only where the same log had rows of that day or hour before.
 */
function isBegun({ artifact, host, books }: BookFile, all: readonly BookFile[], fromMinute: number, toMinute: number): boolean {
  const { course } = books;
  if (course === undefined) return false;
  const period = (books.proxy === undefined ? dayMinutes : hourMinutes) * minuteMs;
  return course.starts.some((ms, index) => {
    if (ms < fromMinute * minuteMs || ms > (toMinute + headMinutes) * minuteMs) return false;
    if (!course.begins || index > 0) return true;
    return all.some(
      (one) =>
        one.artifact !== artifact &&
        one.host === host &&
        logOf(one) === logOf({ artifact, host, books }) &&
        one.artifact.parts.some(
          ({ firstMs, lastMs }) =>
            Math.floor(lastMs / period) === Math.floor(ms / period) && firstMs <= fromMinute * minuteMs + minuteMs,
        ),
    );
  });
}

/** The folder that a file lies in is the log that it belongs to. */
const logOf = ({ artifact: { path } }: BookFile): string => path.slice(0, path.lastIndexOf('/') + 1);

interface Step {
  readonly artifact: string;
  readonly host: string | null;
  readonly fromMinute: number;
  readonly toMinute: number;
}

const mostSteps = 100;

const stepsOf = (observed: Observed, hosts: Hosts): Step[] =>
  booksOf(observed, hosts)
    .flatMap(({ artifact, host, books }) =>
      (books.course?.steps ?? []).map(({ fromMinute, toMinute }) => ({ artifact: artifact.path, host, fromMinute, toMinute })),
    )
    .slice(0, mostSteps);

/** Where time runs backwards in a log: the clock was set, or rows were put in that stood elsewhere. */
export const logStepsOf = (observed: Observed, hosts: Hosts): LogStep[] =>
  stepsOf(observed, hosts).map(({ artifact, host, fromMinute, toMinute }) => ({
    artifact,
    host,
    fromUtc: isoUtc(fromMinute * minuteMs),
    toUtc: isoUtc(toMinute * minuteMs),
    clockSet: observed.bookRows.events.some(
      (event) =>
        event.kind === 'clock_set' &&
        hosts.ofArtifact(event.artifact) === host &&
        [fromMinute, toMinute].some((minute) => Math.abs(event.timeMs / minuteMs - minute) <= nearMinutes),
    ),
  }));
