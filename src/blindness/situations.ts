/**
 * Moments at which somebody could have come, and the situations in which they would have come. Two moments are in the same situation
 * when the same rows would stand today in files of the same columns, on the same servers under the same builds, at the same stand of the
 * campaigns: the judgement knows nothing else of a moment, so that one experiment speaks for all of them.
 */
import { hourMs, oneDayMs } from '../core/time.ts';
import type { VisitRow } from '../demo/index.ts';
import type { Books, Found } from './books.ts';
import type { Scene } from './scene.ts';

/** More moments of one technique than these are not gone through one by one: of every n one is drawn. */
export const momentLimit = 20_000;

export interface Moment {
  readonly ms: number;
  /** Index of the day in the days that are asked. */
  readonly day: number;
  readonly front: string | null;
  readonly back: string | null;
}

export interface Draw {
  between(from: number, to: number): number;
}

/** Every hour of every day on every server, or of every n of them one. */
export function momentsOf(days: readonly number[], scene: Scene, draw: Draw): { moments: Moment[]; all: number } {
  const { fronts, backs } = scene;
  const all = days.length * 24 * fronts.length;
  const step = Math.max(1, Math.ceil(all / momentLimit));
  const moments: Moment[] = [];
  for (let first = 0; first < all; first += step) {
    // Drawn anew each time: a fixed step would meet the same hours and servers again and again.
    const at = step === 1 ? first : first + draw.between(0, Math.min(step, all - first) - 1);
    const front = fronts[at % fronts.length]!;
    const slot = Math.floor(at / fronts.length);
    const day = Math.floor(slot / 24);
    moments.push({
      ms: days[day]! + (slot % 24) * hourMs + draw.between(0, 59) * 60_000,
      day,
      front,
      back: backs.length === 1 ? backs[0]! : backs[draw.between(0, backs.length - 1)]!,
    });
  }
  return { moments, all };
}

/** When, after its begin, a visit writes into which log: rows of one log within some minutes are one entry. */
export interface Trace {
  readonly log: string;
  readonly on: VisitRow['on'];
  readonly afterMs: number;
}

const traceMs = 5 * 60_000;

export function tracesOf(rows: readonly VisitRow[], beginMs: number): Trace[] {
  const traces = new Map<string, Trace>();
  for (const { log, on, ms } of rows) {
    const key = `${log} ${Math.floor((ms - beginMs) / traceMs)}`;
    if (!traces.has(key)) traces.set(key, { log, on, afterMs: ms - beginMs });
  }
  return [...traces.values()];
}

/** `unsure`: whether rows at the edge of a gap are taken for here. */
export const isHere = ({ place, unsure }: Found, hopeful: boolean): boolean => place !== null && (hopeful || !unsure);

export interface Situation {
  readonly key: string;
  /** A moment of it, and another one where there is one. */
  readonly first: Moment;
  last: Moment;
  /** Moments that are in it when unsure rows are lost. */
  count: number;
  readonly hopeful: boolean;
  /** Entries of its trace that are lost. */
  readonly lost: number;
  /** None of the rows would be here. */
  readonly empty: boolean;
}

export interface Situations {
  readonly list: readonly Situation[];
  /** Of each moment: its situation when unsure rows are lost, and when they are here. */
  readonly wary: Int32Array;
  readonly hopeful: Int32Array;
}

export function situationsOf(
  moments: readonly Moment[],
  traces: readonly Trace[],
  books: Books,
  scene: Scene,
  firsts: readonly number[],
): Situations {
  const list: Situation[] = [];
  const known = new Map<string, number>();
  const wary = new Int32Array(moments.length);
  const hopeful = new Int32Array(moments.length);
  const enter = (parts: string, lost: number, moment: Moment, isHopeful: boolean): number => {
    const begun = firsts.filter((first) => moment.ms >= first).length;
    const key = [
      parts,
      moment.front,
      moment.back,
      scene.build(moment.front, moment.ms),
      scene.build(moment.back, moment.ms),
      begun,
    ].join('\n');
    let index = known.get(key);
    if (index === undefined) {
      index = list.length;
      known.set(key, index);
      list.push({ key, first: moment, last: moment, count: 0, hopeful: isHopeful, lost, empty: lost === traces.length });
    }
    const situation = list[index]!;
    situation.count++;
    // A later moment has to find its rows in the same way as the first one.
    if (situation.hopeful === isHopeful) situation.last = moment;
    return index;
  };
  for (const [index, moment] of moments.entries()) {
    const found = traces.map(({ log, on, afterMs }) =>
      books.find(log, on === 'front' ? moment.front : moment.back, moment.ms + afterMs),
    );
    const placesOf = (isHopeful: boolean): string[] =>
      found.map((one) => (isHere(one, isHopeful) ? `(${one.place!.layout})` : '-'));
    const [waryPlaces, hopefulPlaces] = [placesOf(false), placesOf(true)];
    const lost = (places: readonly string[]): number => places.filter((place) => place === '-').length;
    wary[index] = enter(waryPlaces.join(''), lost(waryPlaces), moment, false);
    hopeful[index] = found.some(({ place, unsure }) => unsure && place !== null)
      ? enter(hopefulPlaces.join(''), lost(hopefulPlaces), moment, true)
      : wary[index];
  }
  return { list, wary, hopeful };
}

/** First moment of every day from the one to the other. */
export function daysBetween(fromMs: number, toMs: number): number[] {
  const days: number[] = [];
  for (let day = Math.floor(fromMs / oneDayMs) * oneDayMs; day < toMs; day += oneDayMs) days.push(day);
  return days;
}
