/** What all experiments of one technique have in common, and where their rows go. */
import type { Pack } from '../core/pack.ts';
import type { Technique, Visit, VisitRow } from '../demo/index.ts';
import type { Books, Place } from './books.ts';
import type { Scene } from './scene.ts';
import { isHere, type Moment } from './situations.ts';
import type { Laboratory, Trial } from './trial.ts';

export interface Bench {
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

export const packOf = (id: string): string => id.slice(0, id.indexOf('/'));

export const visitAt = ({ technique, seed, scene }: Bench, moment: Moment, number: number): Visit => {
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

export const trialOf = (bench: Bench, moment: Moment, number: number, placeOf: Trial['placeOf']): Trial => ({
  visit: visitAt(bench, moment, number),
  placeOf,
});

export const hostOf = (row: Pick<VisitRow, 'on'>, moment: Moment): string | null =>
  row.on === 'front' ? moment.front : moment.back;

export function placeAt(books: Books, row: VisitRow, moment: Moment, hopeful: boolean): Place | null {
  const found = books.find(row.log, hostOf(row, moment), row.ms);
  return isHere(found, hopeful) ? found.place : null;
}

/** As if this log were there, with all its columns. */
export function idealPlace(books: Books, row: Pick<VisitRow, 'log' | 'on'>, moment: Moment): Place {
  const path = books.anyOf(hostOf(row, moment)) ?? `played/${row.log}`;
  return { path, canonicalPath: null, root: '', columns: null, layout: 'all' };
}

export const sourceOf = (log: string): string =>
  log.startsWith('iis')
    ? 'iis-w3c'
    : log.startsWith('httpproxy/')
      ? 'httpproxy'
      : log === 'management-events'
        ? 'msexchange-management'
        : log;
