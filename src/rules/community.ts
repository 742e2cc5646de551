/** What a file of rules of others can hold, as checked plain data. Field names and log sources are still the community's own. */
import type { SigmaLogSource } from './log-source.ts';
import type { Expr, NumberHow } from './rule.ts';
import type { SourceError } from './source-error.ts';

/** What all three kinds say about themselves. */
export interface About {
  /** Its UUID where it has one, else the file's name without its ending (and `#2` for the second document of a file). */
  readonly id: string;
  readonly file: string;
  /** Where its document begins, from 1. */
  readonly line: number;
  readonly uuid: string | null;
  /** By which correlations and filters refer to it. */
  readonly name: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly status: string | null;
  readonly level: string | null;
  readonly author: string | null;
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly falsepositives: readonly string[];
}

export interface CommunityRule extends About {
  readonly kind: 'rule';
  readonly source: SigmaLogSource;
  /** Its placeholders that have no values: it cannot run. */
  readonly unset: readonly SourceError[];
  readonly expr: Expr;
}

export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

export interface Criterion {
  readonly is: NumberHow | 'eq' | 'neq';
  readonly number: number;
}

export interface Correlation extends About {
  readonly kind: 'correlation';
  readonly type: CorrelationType;
  /** Ids or names, as written. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** null: no limit (an aggregation of the old Sigma without `timeframe`). */
  readonly spanMs: number | null;
  /** All of them hold. */
  readonly criteria: readonly Criterion[];
  /** Whose values are counted, summed … */
  readonly fields: readonly string[];
  readonly percentile: number;
  /** Alias → rule (as written) → field. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The rules that it refers to give hits of their own, too. */
  readonly generate: boolean;
}

export interface Filter extends About {
  readonly kind: 'filter';
  readonly source: SigmaLogSource;
  /** Ids or names; null: every rule of its log source. */
  readonly rules: readonly string[] | null;
  /** What must hold besides. */
  readonly expr: Expr;
}

export type CommunityDocument = CommunityRule | Correlation | Filter;
