/** The measurement: techniques × moments → situations → experiments → shares, and what was lacking where less was seen. */
import type { Blindness, BlindTechnique } from '../core/assessment.ts';
import { sha256Hex } from '../core/hash.ts';
import type { Pack } from '../core/pack.ts';
import type { Platform } from '../core/platform.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtc, oneDayMs } from '../core/time.ts';
import { intrude, notPlayed, Random, type Technique, techniques } from '../demo/index.ts';
import { type Ground, windowOf } from '../judge/index.ts';
import type { Rule } from '../rules/index.ts';
import { type Bench, idealPlace, packOf, placeAt, trialOf, visitAt } from './bench.ts';
import { booksOf } from './books.ts';
import { type Judged, lacksOf } from './lacks.ts';
import { blindSentences } from './messages.ts';
import { sceneOf } from './scene.ts';
import { addDays, DayCounts, noSum, shareOf, type Sum } from './shares.ts';
import { type Moment, momentsOf, type Situation, situationsOf, tracesOf } from './situations.ts';
import { Laboratory, outcomeRank } from './trial.ts';

export interface MeasureOptions {
  readonly packs: readonly Pack[];
  readonly rules: readonly Rule[];
  readonly platform: Platform;
  readonly signal: AbortSignal;
  /** Visits that are judged, about. */
  readonly experiments?: number;
}

export const usualExperiments = 600;
/** Of those a technique can use: for asking what was lacking. */
const lackShare = 0.4;
/** Stretches of days that are told apart. */
const mostSpans = 100;

interface Days {
  readonly days: readonly number[];
}

export async function measureBlindness(ground: Ground, options: MeasureOptions): Promise<Blindness> {
  const { observed, coverage } = ground;
  const seed = sha256Hex(observed.artifacts.map(({ path, sha256 }) => `${path}\n${sha256 ?? ''}`).join('\n')).slice(0, 16);
  const scene = sceneOf(ground);
  const books = booksOf(ground);
  const played = techniques.filter(
    ({ id, before2013 }) => options.packs.some((pack) => pack.id === packOf(id)) && (scene.since2013 || before2013 === true),
  );
  const asked = played
    .map((technique) => ({ technique, ...daysOf(technique, options.packs, ground) }))
    .filter(({ days }) => days.length > 0);
  const budget = Math.max(1, Math.floor((options.experiments ?? usualExperiments) / Math.max(1, asked.length)));
  const laboratory = new Laboratory(ground, options.rules, options.platform, options.signal);
  const firsts = options.packs.flatMap(({ firstExploited }) => (firstExploited === null ? [] : [dayMs(firstExploited)]));
  const all = noSum();
  const results: BlindTechnique[] = [];
  let situations = 0;
  let sampled = false;
  try {
    for (const { technique, days } of asked) {
      options.signal.throwIfAborted();
      const bench: Bench = { technique, days, seed, scene, books, laboratory, packs: options.packs, firsts, budget };
      const measured = await measureTechnique(bench);
      results.push(measured.result);
      situations += measured.situations;
      sampled ||= measured.sampled;
      addSum(all, measured.sum);
    }
  } finally {
    await laboratory.close();
  }
  const allDays = [...new Set(asked.flatMap(({ days }) => days))].sort((a, b) => a - b);
  const share = shareOf(all, sampled);
  const fromMs = allDays[0] ?? Number.NaN;
  const toMs = allDays.length === 0 ? Number.NaN : allDays.at(-1)! + oneDayMs;
  return {
    seed,
    fromUtc: Number.isNaN(fromMs) ? null : isoUtc(fromMs),
    toUtc: Number.isNaN(toMs) ? null : isoUtc(toMs),
    days: allDays.length,
    experiments: laboratory.tried,
    situations,
    share,
    says: blindSentences.overall({
      share,
      fromMs,
      toMs,
      days: allDays.length,
      techniques: results,
      evidenceEndMs: coverage.endMs,
      servers: scene.fronts.length,
    }),
    techniques: results,
    notMeasured: notMeasured(options.packs, played, asked),
  };
}

function addSum(into: Sum, more: Sum): void {
  into.moments += more.moments;
  into.seen += more.seen;
  into.partly += more.partly;
  into.least += more.least;
  into.most += more.most;
}

/**
 * Days on which somebody could have done this: those of the campaign's waves, up to the end of the evidence. What belongs to no
 * campaign could be done on every day on which any of them could.
 */
function daysOf(technique: Technique, packs: readonly Pack[], { coverage }: Pick<Ground, 'coverage'>): Days {
  const own = packs.filter(({ id, firstExploited }) => id === packOf(technique.id) && firstExploited !== null);
  const campaigns = own.length > 0 ? own : packs.filter(({ id }) => techniques.some((one) => packOf(one.id) === id));
  const days = new Set<number>();
  for (const pack of campaigns) {
    const window = windowOf(pack, coverage);
    if (window === null) continue;
    for (const { from, to } of pack.waves)
      for (let day = Math.max(dayMs(from), window.fromMs); day <= Math.min(dayMs(to), window.toMs); day += oneDayMs)
        days.add(day);
  }
  return { days: [...days].sort((a, b) => a - b) };
}

function notMeasured(
  packs: readonly Pack[],
  played: readonly Technique[],
  asked: readonly { readonly technique: Technique }[],
): Blindness['notMeasured'] {
  return packs.flatMap(({ id }) => {
    const told = notPlayed.filter(({ pack }) => pack === id);
    if (told.length > 0) return told.map(({ pack, what, why }) => ({ pack, what, why }));
    if (!techniques.some((one) => packOf(one.id) === id)) return [{ pack: id, ...blindSentences.unknownPack }];
    if (!played.some((one) => packOf(one.id) === id)) return [{ pack: id, ...blindSentences.otherProduct }];
    return asked.some(({ technique }) => packOf(technique.id) === id) ? [] : [{ pack: id, ...blindSentences.otherTime }];
  });
}

const nothing: Judged = { worst: 'unseen', best: 'unseen', seen: 0, partly: 0, lostColumns: new Map() };

async function measureTechnique(
  bench: Bench,
): Promise<{ result: BlindTechnique; sum: Sum; situations: number; sampled: boolean }> {
  const { technique, days, scene, books, laboratory, packs, budget } = bench;
  const draw = new Random(`afterpatch blindness ${bench.seed} ${technique.id}`);
  const { moments, all } = momentsOf(days, scene, draw);
  const sampled = moments.length < all;
  const any = moments[0]!;
  const traces = tracesOf(intrude(visitAt(bench, any, 0)), any.ms);
  const { list, wary, hopeful } = situationsOf(moments, traces, books, scene, bench.firsts);
  const withAll = (await laboratory.tryAll([trialOf(bench, any, 1, (row) => idealPlace(books, row, any))]))[0]!.outcome;

  // The commonest first: what no experiment is left for widens the stated error.
  const order = list.filter(({ empty }) => !empty).toSorted((a, b) => b.count - a.count || byCodeUnit(a.key, b.key));
  const room = Math.max(2, Math.floor(budget * (1 - lackShare)));
  const chosen: { situation: Situation; moment: Moment }[] = [];
  for (const situation of order.slice(0, room)) chosen.push({ situation, moment: situation.first });
  for (const situation of order) {
    if (chosen.length >= room) break;
    if (situation.last !== situation.first) chosen.push({ situation, moment: situation.last });
  }
  const tried = await laboratory.tryAll(
    chosen.map(({ situation, moment }, index) =>
      trialOf(bench, moment, index + 2, (row) => placeAt(books, row, moment, situation.hopeful)),
    ),
  );
  const judged = new Map<Situation, Judged>();
  for (const situation of list) {
    if (situation.empty) judged.set(situation, nothing);
    const own = tried.filter((_, index) => chosen[index]!.situation === situation);
    if (own.length === 0) continue;
    const ranked = own.map(({ outcome }) => outcome).toSorted((a, b) => outcomeRank(a) - outcomeRank(b));
    judged.set(situation, {
      worst: ranked[0]!,
      best: ranked.at(-1)!,
      seen: ranked.filter((outcome) => outcome === 'seen').length / ranked.length,
      partly: ranked.filter((outcome) => outcome === 'partly').length / ranked.length,
      lostColumns: own[0]!.lostColumns,
    });
  }

  const counts = new DayCounts(days.length);
  for (const [index, { day }] of moments.entries()) {
    const low = judged.get(list[wary[index]!]!);
    const high = judged.get(list[hopeful[index]!]!);
    counts.moments[day]! += 1;
    counts.seen[day]! += mean(low?.seen, high?.seen);
    counts.partly[day]! += mean(low?.partly, high?.partly);
    counts.least[day]! += low?.worst === 'seen' ? 1 : 0;
    // Of what was not tried anything is possible that all logs would show.
    counts.most[day]! += (high?.best ?? withAll) === 'seen' || low?.best === 'seen' ? 1 : 0;
  }
  const sum = addDays(noSum(), counts, 0, days.length);
  const share = shareOf(sum, sampled);
  const lacks = await lacksOf(bench, { list, order, judged, withAll, moments, wary, used: chosen.length });
  const surely = days.filter((_, day) => counts.least[day]! > 0);
  // The edge of a log is no day on which something was seen, unless there is no other.
  const seenDays = surely.length > 0 ? surely : days.filter((_, day) => counts.seen[day]! > 0);
  const result: Omit<BlindTechnique, 'says'> = {
    id: technique.id,
    pack: packOf(technique.id),
    name: technique.name,
    stage: technique.stage,
    share,
    withAll,
    firstUtc: seenDays.length === 0 ? null : isoUtc(seenDays[0]!),
    lastUtc: seenDays.length === 0 ? null : isoUtc(seenDays.at(-1)!),
    waves: wavesOf(bench, packs, counts, sampled),
    spans: spansOf(days, counts),
    lacks,
  };
  return {
    result: { ...result, says: blindSentences.technique(result, days[0]!, days.at(-1)!, scene.fronts.length) },
    sum,
    situations: list.length,
    sampled,
  };
}

const mean = (a: number | undefined, b: number | undefined): number =>
  a === undefined ? (b === undefined ? 0 : b / 2) : b === undefined ? a / 2 : (a + b) / 2;

function wavesOf(
  { technique, days }: Bench,
  packs: readonly Pack[],
  counts: DayCounts,
  sampled: boolean,
): BlindTechnique['waves'] {
  const waves = packs.find(({ id }) => id === packOf(technique.id))?.waves ?? [];
  return waves.flatMap(({ id, from, to }) => {
    const own = days.flatMap((day, index) => (day >= dayMs(from) && day <= dayMs(to) ? [index] : []));
    if (own.length === 0) return [];
    const sum = noSum();
    for (const day of own) addDays(sum, counts, day, day + 1);
    return [{ wave: id, fromUtc: isoUtc(dayMs(from)), toUtc: isoUtc(dayMs(to) + oneDayMs), share: shareOf(sum, sampled) }];
  });
}

/** Stretches of days that are alike; where there are too many, stretches of equal length. */
function spansOf(days: readonly number[], counts: DayCounts): BlindTechnique['spans'] {
  const percent = (part: number, of: number): number => (of === 0 ? 0 : Math.round((part / of) * 100) / 100);
  const of = (size: number): { fromMs: number; toMs: number; seen: number; partly: number }[] => {
    const spans: { fromMs: number; toMs: number; seen: number; partly: number }[] = [];
    for (let at = 0; at < days.length; at += size) {
      const end = Math.min(days.length, at + size);
      const sum = addDays(noSum(), counts, at, end);
      const span = {
        fromMs: days[at]!,
        toMs: days[end - 1]! + oneDayMs,
        seen: percent(sum.seen, sum.moments),
        partly: percent(sum.partly, sum.moments),
      };
      const last = spans.at(-1);
      if (last !== undefined && last.toMs === span.fromMs && last.seen === span.seen && last.partly === span.partly)
        last.toMs = span.toMs;
      else spans.push(span);
    }
    return spans;
  };
  const daily = of(1);
  const spans = daily.length <= mostSpans ? daily : of(Math.ceil(days.length / mostSpans));
  return spans.map(({ fromMs, toMs, seen, partly }) => ({ fromUtc: isoUtc(fromMs), toUtc: isoUtc(toMs), seen, partly }));
}
