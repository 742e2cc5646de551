import type { Assessment, Intrusion } from '../src/core/assessment.ts';

export interface ToldApart {
  readonly rows: number;
  readonly shown: number;
  readonly foreign: readonly string[];
  readonly intrusions: readonly { readonly intrusion: Intrusion; readonly counts: ReadonlyMap<string, number> }[];
  readonly precision: number | null;
  readonly recall: number | null;
  readonly leastPrecision: number;
  readonly leastRecall: number;
  readonly mergedWriters: number;
  readonly notFound: readonly { readonly story: string; readonly id: string }[];
}
export function toldApart(truth: object, assessment: Assessment): ToldApart;
