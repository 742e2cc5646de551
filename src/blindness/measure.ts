/** The measurement: techniques × moments → situations → experiments → shares, and what was lacking where less was seen. */
import type { Blindness, BlindTechnique } from '../core/assessment.ts';
import { sha256Hex } from '../core/hash.ts';
import type { Pack } from '../core/pack.ts';
import type { Platform } from '../core/platform.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtc, oneDayMs } from '../core/time.ts';
import { intrude, notPlayed, Random, type Technique, techniques, type VisitRow } from '../demo/index.ts';
import { type Ground, windowOf } from '../judge/index.ts';
import type { Rule } from '../rules/index.ts';
import { type Books, booksOf, type Place } from './books.ts';
import { blindSentences } from './messages.ts';
import { type Scene, sceneOf } from './scene.ts';
import { addDays, DayCounts, noSum, shareOf, type Sum } from './shares.ts';
import { isHere, type Moment, momentsOf, type Situation, situationsOf, tracesOf } from './situations.ts';
import { Laboratory, type LostColumns, type Outcome, outcomeRank, type Trial } from './trial.ts';

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
/** Situations of a technique of which it is asked what was lacking: the nearest ones of so many servers, and the commonest. */
const askedServers = 3;
const askedSituations = 2;
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

const packOf = (id: string): string => id.slice(0, id.indexOf('/'));

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

interface Bench {
  readonly technique: Technique;
  readonly days: readonly number[];
  readonly seed: string;
  readonly scene: Scene;
  readonly books: Books;
  readonly laboratory: Laboratory;
  readonly packs: readonly Pack[];
  readonly firsts: readonly number[];
  readonly budget: number;
}

interface Judged {
  readonly worst: Outcome;
  readonly best: Outcome;
  /** Of the experiments of this situation. */
  readonly seen: number;
  readonly partly: number;
  readonly lostColumns: LostColumns;
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

const visitAt = ({ technique, seed, scene }: Bench, moment: Moment, number: number): Parameters<typeof intrude>[0] => {
  const front = scene.server(moment.front, moment.ms);
  return {
    technique,
    seed,
    number,
    ms: moment.ms,
    front,
    back: moment.back === moment.front ? front : scene.server(moment.back, moment.ms),
    balancer: scene.balancer(moment.front),
    victim: scene.victim,
  };
};

const trialOf = (bench: Bench, moment: Moment, number: number, placeOf: Trial['placeOf']): Trial => ({
  visit: visitAt(bench, moment, number),
  placeOf,
});

const hostOf = (row: Pick<VisitRow, 'on'>, moment: Moment): string | null => (row.on === 'front' ? moment.front : moment.back);

function placeAt(books: Books, row: VisitRow, moment: Moment, hopeful: boolean): Place | null {
  const found = books.find(row.log, hostOf(row, moment), row.ms);
  return isHere(found, hopeful) ? found.place : null;
}

/** As if this log were there, with all its columns. */
function idealPlace(books: Books, row: Pick<VisitRow, 'log' | 'on'>, moment: Moment): Place {
  const path = books.anyOf(hostOf(row, moment)) ?? `played/${row.log}`;
  return { path, canonicalPath: null, root: '', columns: null, layout: 'all' };
}

const sourceOf = (log: string): string =>
  log.startsWith('iis')
    ? 'iis-w3c'
    : log.startsWith('httpproxy/')
      ? 'httpproxy'
      : log === 'management-events'
        ? 'msexchange-management'
        : log;

interface Lost {
  readonly log: string;
  readonly host: string | null;
  readonly why: BlindTechnique['lacks'][number]['why'];
  readonly columns: readonly string[];
}

/** Logs that this visit would have written into and that do not have its rows, or not all of them. */
function lostOf(bench: Bench, situation: Situation, rows: readonly VisitRow[], lostColumns: LostColumns): Lost[] {
  const { books } = bench;
  const moment = situation.first;
  const lost = new Map<string, Lost>();
  for (const row of rows) {
    if (lost.has(row.log)) continue;
    const host = hostOf(row, moment);
    const found = books.find(row.log, host, row.ms);
    if (!isHere(found, situation.hopeful)) lost.set(row.log, { log: row.log, host, why: found.why, columns: [] });
  }
  for (const [log, columns] of lostColumns) {
    const on = rows.find((row) => row.log === log)!;
    if (!lost.has(log)) lost.set(log, { log, host: hostOf(on, moment), why: 'columns', columns: [...columns].sort(byCodeUnit) });
  }
  return [...lost.values()];
}

/** Asks of the commonest situations in which less was seen than could be: with which of the lost logs alone would it have been all? */
async function lacksOf(
  bench: Bench,
  found: {
    readonly list: readonly Situation[];
    readonly order: readonly Situation[];
    readonly judged: ReadonlyMap<Situation, Judged>;
    readonly withAll: Outcome;
    readonly moments: readonly Moment[];
    readonly wary: Int32Array;
    readonly used: number;
  },
): Promise<BlindTechnique['lacks']> {
  const { books, laboratory, technique, budget } = bench;
  const { list, judged, withAll, moments, wary } = found;
  const less = list.filter((situation) => {
    const known = judged.get(situation);
    return known !== undefined && outcomeRank(known.worst) < outcomeRank(withAll);
  });
  const inIt = new Map<Situation, number>();
  for (const index of wary) inIt.set(list[index]!, (inIt.get(list[index]!) ?? 0) + 1);
  const byCount = less.toSorted((a, b) => (inIt.get(b) ?? 0) - (inIt.get(a) ?? 0) || byCodeUnit(a.key, b.key));
  // Of each server the one in which least is lost tells what is still lacking on its best days; the commonest tell of the others.
  const nearest = new Map<string | null, Situation>();
  for (const situation of byCount) {
    const known = nearest.get(situation.first.front);
    if (known === undefined || situation.lost < known.lost) nearest.set(situation.first.front, situation);
  }
  const chosen = new Set([...[...nearest.values()].slice(0, askedServers), ...byCount.slice(0, askedSituations)]);
  const lacks = new Map<string, { lost: Lost; alone: boolean; count: number }>();
  let number = found.used + 2;
  let left = Math.max(0, budget - found.used);
  for (const situation of chosen) {
    const moment = situation.first;
    const { lostColumns } = judged.get(situation)!;
    const rows = intrude(visitAt(bench, moment, 0));
    const lost = lostOf(bench, situation, rows, lostColumns);
    // IIS is one log of two books, HttpProxy one of several: whoever fetches it fetches all.
    const sources = [...new Set(lost.map(({ log, host }) => `${sourceOf(log)}\u0000${host ?? ''}`))];
    if (sources.length > left) break;
    left -= sources.length;
    const tried = await laboratory.tryAll(
      sources.map((source) =>
        trialOf(bench, moment, number++, (row) =>
          `${sourceOf(row.log)}\u0000${hostOf(row, moment) ?? ''}` === source
            ? idealPlace(books, row, moment)
            : placeAt(books, row, moment, situation.hopeful),
        ),
      ),
    );
    const alone = tried.map(({ outcome }) => outcomeRank(outcome) >= outcomeRank(withAll));
    const count = inIt.get(situation) ?? 0;
    for (const [index, source] of sources.entries()) {
      // Where one alone decides, the others are not what was lacking.
      if (alone.includes(true) && !alone[index]) continue;
      const own = lost.filter(({ log, host }) => `${sourceOf(log)}\u0000${host ?? ''}` === source);
      const first = own.find(({ why }) => why !== 'columns') ?? own[0]!;
      const columns = columnsOf(own);
      const deciding =
        first.why !== 'columns' || !alone[index] || columns.length > left
          ? columns
          : await decidingColumns(bench, situation, columns, source, () => number++);
      if (deciding !== columns) left -= columns.length;
      const key = `${source}\u0000${first.why}\u0000${deciding.join()}`;
      const known = lacks.get(key) ?? { lost: { ...first, columns: deciding }, alone: alone[index]!, count: 0 };
      lacks.set(key, { ...known, alone: known.alone || alone[index]!, count: known.count + count });
    }
  }
  const questions = bench.packs.filter(({ id }) => id === packOf(technique.id)).flatMap((pack) => pack.questions);
  const elsewhere = bench.packs.flatMap((pack) => pack.questions);
  return [...lacks.values()]
    .map(({ lost, alone, count }) => ({
      kind: sourceOf(lost.log),
      host: lost.host,
      why: lost.why,
      columns: lost.why === 'columns' ? lost.columns : [],
      alone,
      share: Math.round((count / Math.max(1, moments.length)) * 10_000) / 10_000,
      where: [...questions, ...elsewhere].find(({ source }) => source === sourceOf(lost.log))?.where ?? null,
    }))
    .toSorted(
      (a, b) =>
        Number(b.alone) - Number(a.alone) ||
        b.share - a.share ||
        byCodeUnit(a.kind, b.kind) ||
        byCodeUnit(a.host ?? '', b.host ?? '') ||
        byCodeUnit(a.why, b.why),
    );
}

/** Of columns that this log lacks those with which alone more would have been seen; where it takes several of them, all. */
async function decidingColumns(
  bench: Bench,
  situation: Situation,
  columns: readonly string[],
  source: string,
  next: () => number,
): Promise<readonly string[]> {
  const { books, laboratory } = bench;
  const moment = situation.first;
  const tried = await laboratory.tryAll(
    [null, ...columns].map((column) =>
      trialOf(bench, moment, next(), (row) => {
        const place = placeAt(books, row, moment, situation.hopeful);
        const asked = `${sourceOf(row.log)}\u0000${hostOf(row, moment) ?? ''}` === source;
        return column === null || !asked || place?.columns == null ? place : { ...place, columns: [...place.columns, column] };
      }),
    ),
  );
  const [without, ...withOne] = tried.map(({ outcome }) => outcomeRank(outcome));
  const deciding = columns.filter((_, index) => withOne[index]! > without!);
  return deciding.length === 0 ? [...columns] : deciding;
}

const columnsOf = (lost: readonly Lost[]): string[] => [...new Set(lost.flatMap(({ columns }) => columns))].sort(byCodeUnit);

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
