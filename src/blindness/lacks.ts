/** What was lacking where less was seen than all logs would have shown: asked by further experiments, with one lost log put back in each. */
import type { BlindTechnique } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';
import { intrude, type VisitRow } from '../demo/index.ts';
import { type Bench, hostOf, idealPlace, packOf, placeAt, sourceOf, trialOf, visitAt } from './bench.ts';
import { isHere, type Moment, type Situation } from './situations.ts';
import { type LostColumns, type Outcome, outcomeRank } from './trial.ts';

/** Situations of a technique of which it is asked what was lacking: the nearest ones of so many servers, and the commonest. */
const askedServers = 3;
const askedSituations = 2;
/** What the experiments of one situation showed. */
export interface Judged {
  readonly worst: Outcome;
  readonly best: Outcome;
  /** Of the experiments of this situation. */
  readonly seen: number;
  readonly partly: number;
  readonly lostColumns: LostColumns;
}

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
export async function lacksOf(
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
