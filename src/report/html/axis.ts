/** The time axis of the picture: which stretch of time it shows, and where it is marked; from minutes to years. */
import type { Assessment } from '../../core/assessment.ts';
import { msOf, sayClock, sayShortDay, sayShortTime } from '../clock.ts';
import { judged } from '../answers.ts';
import type { Clock } from '../clock.ts';
import { oneDayMs } from '../../core/time.ts';

export interface Domain {
  readonly fromMs: number;
  readonly toMs: number;
  /** Logs that begin before `fromMs` and are drawn from there on; null when none do. */
  readonly clippedMs: number | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const times = (list: readonly (string | null)[]): number[] => list.map(msOf).filter((ms) => ms !== null);
const least = (list: readonly number[]): number => list.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** What matters: intrusions, findings, waves until the evidence ends. What frames it: the logs. Null when nothing carries a time. */
export function domainOf(assessment: Assessment): Domain | null {
  const spans = assessment.coverage.sources.flatMap((source) =>
    times(source.spans.flatMap((span) => [span.fromUtc, span.toUtc])),
  );
  const gaps = assessment.coverage.sources.flatMap((source) => times(source.gaps.flatMap((gap) => [gap.fromUtc, gap.toUtc])));
  const seen = times([
    ...judged(assessment.findings).flatMap((finding) => [finding.timeUtc, finding.lastUtc]),
    ...assessment.intrusions.flatMap((one) => [one.firstUtc, one.lastUtc]),
  ]);
  const waves = times(assessment.verdict.waves.map((wave) => wave.fromUtc));
  const evidence = [...spans, ...seen];
  const all = evidence.length > 0 ? evidence : [...gaps, ...waves];
  if (all.length === 0) return null;
  const end = most([...all, msOf(assessment.organisation.evidenceEndUtc) ?? Number.NEGATIVE_INFINITY]);
  const begun = waves.filter((ms) => ms < end);
  const matters = least([...seen, ...begun, ...gaps.filter((ms) => ms < end)]);
  const logsBegin = least(spans);
  let from = Math.min(matters, logsBegin);
  let clippedMs: number | null = null;
  // Years of logs around a few days that matter: the picture shows the days.
  if (Number.isFinite(matters) && matters - logsBegin > 2 * Math.max(end - matters, oneDayMs)) {
    from = matters - Math.max(end - matters, oneDayMs) * 0.15;
    clippedMs = logsBegin;
  }
  const length = Math.max(end - from, 2 * minuteMs);
  return { fromMs: from - length * 0.01, toMs: Math.max(end, from + length) + length * 0.015, clippedMs };
}

/** The stretch in which people were seen, when it is a small part of the whole: it gets a picture of its own. */
export function closerDomain(assessment: Assessment, whole: Domain): Domain | null {
  const seen = assessment.intrusions.flatMap((one) => [msOf(one.firstUtc), msOf(one.lastUtc)]).filter((ms) => ms !== null);
  if (seen.length === 0) return null;
  const from = seen.reduce((a, b) => Math.min(a, b));
  const to = seen.reduce((a, b) => Math.max(a, b));
  const margin = Math.max((to - from) * 0.2, 10 * minuteMs);
  // Beyond the end of the evidence there is nothing to see, and no hole either.
  const end = Math.max(msOf(assessment.organisation.evidenceEndUtc) ?? to, to) + margin * 0.1;
  const closer = { fromMs: Math.max(from - margin, whole.fromMs), toMs: Math.min(to + margin, end, whole.toMs), clippedMs: null };
  return closer.toMs - closer.fromMs < (whole.toMs - whole.fromMs) * 0.4 ? closer : null;
}

export interface Tick {
  readonly ms: number;
  readonly label: string;
}

const steps: readonly number[] = [1, 2, 5, 10, 15, 30]
  .map((minutes) => minutes * minuteMs)
  .concat(
    [1, 2, 3, 6, 12].map((hours) => hours * hourMs),
    [1, 2, 4, 7, 14].map((days) => days * oneDayMs),
  );

/** At most `limit` marks, on whole minutes, hours, days, months or years of the reader's clock. */
export function ticksOf(clock: Clock, domain: Domain, limit: number): Tick[] {
  const { fromMs, toMs } = domain;
  const step = steps.find((length) => (toMs - fromMs) / length <= limit);
  const ticks: Tick[] = [];
  if (step === undefined) return monthTicks(clock, domain, limit);
  // Walked on the wall's clock, so that a day begins at midnight also where the clocks change.
  for (let wall = Math.ceil(clock.wallMs(fromMs) / step) * step; ; wall += step) {
    const ms = clock.momentMs(wall);
    if (ms > toMs) break;
    if (ms < fromMs) continue;
    ticks.push({
      ms,
      label:
        step >= oneDayMs
          ? sayShortDay(clock, ms)
          : wall % oneDayMs === 0 || ticks.length === 0
            ? sayShortTime(clock, ms)
            : sayClock(clock, ms),
    });
  }
  return ticks;
}

function monthTicks(clock: Clock, { fromMs, toMs }: Domain, limit: number): Tick[] {
  const begin = new Date(clock.wallMs(fromMs));
  const months = (toMs - fromMs) / (30.44 * oneDayMs);
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((count) => months / count <= limit) ?? 12_000;
  const ticks: Tick[] = [];
  // Years are counted from 0, so that steps of several years fall on round ones.
  let month = Math.ceil((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / step) * step;
  for (; ticks.length <= limit + 1; month += step) {
    const wall = Date.UTC(Math.floor(month / 12), month % 12, 1);
    const ms = clock.momentMs(wall);
    if (ms > toMs || !Number.isFinite(ms)) break;
    if (ms < fromMs) continue;
    const year = String(new Date(wall).getUTCFullYear());
    ticks.push({ ms, label: step >= 12 ? year : `${sayShortDay(clock, ms).replace(/^\d+ /, '')} ${year}` });
  }
  return ticks;
}
