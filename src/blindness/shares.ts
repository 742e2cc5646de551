/** Counts of outcomes, day by day, and the share with its error that they come to. */
import type { BlindShare } from '../core/assessment.ts';

export class DayCounts {
  readonly moments: Float64Array;
  readonly seen: Float64Array;
  readonly partly: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;

  constructor(days: number) {
    this.moments = new Float64Array(days);
    this.seen = new Float64Array(days);
    this.partly = new Float64Array(days);
    this.least = new Float64Array(days);
    this.most = new Float64Array(days);
  }
}

export interface Sum {
  moments: number;
  seen: number;
  partly: number;
  least: number;
  most: number;
}
export const noSum = (): Sum => ({ moments: 0, seen: 0, partly: 0, least: 0, most: 0 });

export function addDays(into: Sum, counts: DayCounts, from: number, to: number): Sum {
  for (let day = from; day < to; day++) {
    into.moments += counts.moments[day]!;
    into.seen += counts.seen[day]!;
    into.partly += counts.partly[day]!;
    into.least += counts.least[day]!;
    into.most += counts.most[day]!;
  }
  return into;
}

/** 95 of 100 such samples hold the true share between these. */
export function wilson(share: number, count: number): readonly [low: number, high: number] {
  const z = 1.96;
  const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const width = (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return [Math.max(0, middle - width), Math.min(1, middle + width)];
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

/** @param sampled not every moment was asked */
export function shareOf({ moments, seen, partly, least, most }: Sum, sampled: boolean): BlindShare {
  if (moments === 0) return { moments: 0, seen: 0, partly: 0, low: 0, high: 0 };
  const low = sampled ? wilson(least / moments, moments)[0] : least / moments;
  const high = sampled ? wilson(most / moments, moments)[1] : most / moments;
  return {
    moments,
    seen: rounded(seen / moments),
    partly: rounded(partly / moments),
    // The bounds are rounded away from each other.
    low: Math.floor(low * 10_000) / 10_000,
    high: Math.ceil(high * 10_000) / 10_000,
  };
}
