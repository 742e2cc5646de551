/**
 * Correlations: what rules say of single events, put together by event time. In: an event for each match of a rule that a
 * correlation refers to. Out: hits. In any order of reading the same.
 */
import { byCodeUnit } from '../core/text.ts';
import type { Criterion } from './community.ts';
import { fieldOf, type RunCorrelation } from './rule-set.ts';

/** One match of a rule (or one hit of a correlation), with the values that correlations need. */
export interface Mark {
  readonly rule: string;
  readonly timeMs: number;
  /** By the community's names; absent: the row has no such value. */
  readonly values: Readonly<Record<string, string>>;
  readonly artifact: string;
  readonly offsetBytes: number;
  readonly recordId: string | null;
}

export interface CorrelationHit {
  readonly correlation: string;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Values of `group-by`, in its order. */
  readonly group: readonly (string | null)[];
  readonly events: number;
  /** What was compared: the count, sum, average …; of temporal ones how many rules. */
  readonly value: number;
  /** The first events, and the last one. */
  readonly shown: readonly Mark[];
}

export interface Correlated {
  readonly hits: readonly CorrelationHit[];
  /** Events that say no time: they stand in no order. */
  readonly withoutTime: number;
}

const mostShown = 20;
/** Values that a percentile is made of. */
const mostValues = 10_000;

interface Entry {
  readonly mark: Mark;
  /** Positions among the rules of the correlation. */
  readonly rule: number;
  readonly timeMs: number;
}

export function correlate(correlations: readonly RunCorrelation[], marks: readonly Mark[]): Correlated {
  const timed = marks.filter(({ timeMs }) => Number.isFinite(timeMs));
  const byRule = new Map<string, Mark[]>();
  for (const mark of timed) {
    const list = byRule.get(mark.rule);
    if (list === undefined) byRule.set(mark.rule, [mark]);
    else list.push(mark);
  }
  const hits: CorrelationHit[] = [];
  for (const run of correlations) {
    const { correlation } = run;
    const groups = new Map<string, { readonly group: (string | null)[]; readonly entries: Entry[] }>();
    for (const [rule, id] of run.rules.entries()) {
      const names = correlation.groupBy.map((name) => fieldOf(correlation, name, correlation.rules[rule]!));
      for (const mark of byRule.get(id) ?? []) {
        const group = names.map((name) => mark.values[name] ?? null);
        // Values are compared as rules compare them.
        const key = JSON.stringify(group.map((value) => value?.toLowerCase() ?? null));
        const known = groups.get(key) ?? { group, entries: [] };
        groups.set(key, known);
        known.entries.push({ mark, rule, timeMs: mark.timeMs });
      }
    }
    const own: CorrelationHit[] = [];
    for (const [, { group, entries }] of [...groups].sort(([a], [b]) => byCodeUnit(a, b))) {
      entries.sort(
        (a, b) =>
          a.timeMs - b.timeMs ||
          byCodeUnit(a.mark.artifact, b.mark.artifact) ||
          a.mark.offsetBytes - b.mark.offsetBytes ||
          a.rule - b.rule,
      );
      for (const found of windowsOf(run, entries)) own.push({ correlation: run.id, group, ...found });
    }
    hits.push(...own);
    // A hit is an event for correlations that refer to it: at its end, with the values that it was grouped by.
    byRule.set(
      run.id,
      own.map((hit): Mark => {
        const last = hit.shown.at(-1)!;
        const values = Object.fromEntries(
          correlation.groupBy.flatMap((name, index) => (hit.group[index] == null ? [] : [[name, hit.group[index]]])),
        );
        return { ...last, rule: run.id, timeMs: hit.lastMs, values };
      }),
    );
  }
  return { hits, withoutTime: marks.length - timed.length };
}

type Found = Omit<CorrelationHit, 'correlation' | 'group'>;

function windowsOf({ correlation }: RunCorrelation, entries: readonly Entry[]): Found[] {
  const spanMs = correlation.spanMs ?? Infinity;
  if (correlation.type === 'temporal_ordered') return orderedOf(correlation.rules.length, spanMs, entries);
  const aggregate = aggregateOf(correlation);
  const criteria: readonly Criterion[] =
    correlation.criteria.length > 0 ? correlation.criteria : [{ is: 'gte', number: correlation.rules.length }];
  // What only grows with more events is looked for from every event on; of anything else each stretch of time is judged once.
  const growing = criteria.every(({ is }) => is === 'gt' || is === 'gte') && aggregate.grows;
  const found: Found[] = [];
  let from = 0;
  let until = 0;
  while (from < entries.length) {
    const end = entries[from]!.timeMs + spanMs;
    for (; until < entries.length && entries[until]!.timeMs <= end; until++) aggregate.add(entries[until]!);
    const value = aggregate.value();
    if (value !== null && criteria.every((criterion) => meets(value, criterion))) {
      found.push(foundOf(entries, from, until, value));
      aggregate.clear();
      from = until;
    } else if (growing) {
      aggregate.remove(entries[from]!);
      from++;
    } else {
      aggregate.clear();
      from = until;
    }
  }
  return found;
}

function foundOf(entries: readonly Entry[], from: number, until: number, value: number): Found {
  const inside = entries.slice(from, Math.min(until, from + mostShown));
  if (until - from > mostShown) inside.push(entries[until - 1]!);
  return {
    firstMs: entries[from]!.timeMs,
    lastMs: entries[until - 1]!.timeMs,
    events: until - from,
    value,
    shown: inside.map(({ mark }) => mark),
  };
}

function meets(value: number, { is, number }: Criterion): boolean {
  switch (is) {
    case 'gt':
      return value > number;
    case 'gte':
      return value >= number;
    case 'lt':
      return value < number;
    case 'lte':
      return value <= number;
    case 'eq':
      return value === number;
    case 'neq':
      return value !== number;
  }
}

interface Aggregate {
  readonly grows: boolean;
  add(entry: Entry): void;
  remove(entry: Entry): void;
  clear(): void;
  /** null: nothing to compare. */
  value(): number | null;
}

function aggregateOf(correlation: RunCorrelation['correlation']): Aggregate {
  const valueOf = ({ mark, rule }: Entry): string | null => {
    const parts = correlation.fields.map((name) => mark.values[fieldOf(correlation, name, correlation.rules[rule]!)] ?? null);
    return parts.includes(null) ? null : JSON.stringify(parts.map((part) => part!.toLowerCase()));
  };
  const numberOf = ({ mark, rule }: Entry): number | null => {
    const text = mark.values[fieldOf(correlation, correlation.fields[0]!, correlation.rules[rule]!)]?.trim() ?? '';
    return /^[+-]?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : null;
  };
  switch (correlation.type) {
    case 'event_count':
      return counting(() => '', true);
    case 'value_count':
      return counting(valueOf, false);
    case 'temporal':
    case 'temporal_ordered':
      return counting(({ rule }) => String(rule), false);
    case 'value_sum':
    case 'value_avg':
      return summing(numberOf, correlation.type === 'value_avg');
    case 'value_percentile':
    case 'value_median':
      return ranking(numberOf, correlation.percentile, correlation.type === 'value_median');
  }
}

/** How many events, or how many different keys. */
function counting(keyOf: (entry: Entry) => string | null, events: boolean): Aggregate {
  const counts = new Map<string, number>();
  let all = 0;
  return {
    grows: true,
    add: (entry) => {
      const key = keyOf(entry);
      if (key === null) return;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      all++;
    },
    remove: (entry) => {
      const key = keyOf(entry);
      if (key === null) return;
      const left = counts.get(key)! - 1;
      if (left === 0) counts.delete(key);
      else counts.set(key, left);
      all--;
    },
    clear: () => {
      counts.clear();
      all = 0;
    },
    value: () => (events ? all : counts.size),
  };
}

function summing(numberOf: (entry: Entry) => number | null, average: boolean): Aggregate {
  let sum = 0;
  let count = 0;
  return {
    grows: true,
    add: (entry) => {
      const number = numberOf(entry);
      if (number === null) return;
      sum += number;
      count++;
    },
    remove: (entry) => {
      const number = numberOf(entry);
      if (number === null) return;
      sum -= number;
      count--;
      // No error is carried on from what has left.
      if (count === 0) sum = 0;
    },
    clear: () => {
      sum = 0;
      count = 0;
    },
    value: () => (count === 0 ? null : average ? sum / count : sum),
  };
}

/** The value below which so many of a hundred lie (nearest rank); the median lies between two where they are an even number. */
function ranking(numberOf: (entry: Entry) => number | null, percentile: number, median: boolean): Aggregate {
  const numbers: number[] = [];
  const placeOf = (number: number): number => {
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle]! < number) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    grows: false,
    add: (entry) => {
      const number = numberOf(entry);
      if (number !== null && numbers.length < mostValues) numbers.splice(placeOf(number), 0, number);
    },
    remove: (entry) => {
      const number = numberOf(entry);
      if (number === null) return;
      const at = placeOf(number);
      if (numbers[at] === number) numbers.splice(at, 1);
    },
    clear: () => {
      numbers.length = 0;
    },
    value: () => {
      if (numbers.length === 0) return null;
      if (median) return (numbers[(numbers.length - 1) >> 1]! + numbers[numbers.length >> 1]!) / 2;
      return numbers[Math.max(0, Math.ceil((percentile / 100) * numbers.length) - 1)]!;
    },
  };
}

/** One event of each rule, in the order of the rules: of each the earliest that can be. */
function orderedOf(rules: number, spanMs: number, entries: readonly Entry[]): Found[] {
  const places: number[][] = Array.from({ length: rules }, () => []);
  for (const [index, { rule }] of entries.entries()) places[rule]!.push(index);
  const next = places.map(() => 0);
  const found: Found[] = [];
  let from = 0;
  for (const start of places[0] ?? []) {
    if (start < from) continue;
    const chain = [start];
    let at = start;
    for (let rule = 1; rule < rules; rule++) {
      const list = places[rule]!;
      while (next[rule]! < list.length && list[next[rule]!]! <= at) next[rule]!++;
      const place = list[next[rule]!];
      if (place === undefined || entries[place]!.timeMs > entries[start]!.timeMs + spanMs) break;
      chain.push(place);
      at = place;
    }
    if (chain.length < rules) continue;
    found.push({
      firstMs: entries[start]!.timeMs,
      lastMs: entries[at]!.timeMs,
      events: chain.length,
      value: rules,
      shown: chain.slice(0, mostShown + 1).map((index) => entries[index]!.mark),
    });
    from = at + 1;
  }
  return found;
}
