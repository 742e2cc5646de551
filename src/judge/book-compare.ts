/**
 * Two books of the same requests, told apart by the running difference of their counts and of the sum of their ids: it comes back to the
 * same value after each request that one of them booked a moment later, and stays changed from a row on that only one of them has.
 */
/** Minutes with rows in which the difference has to stay before it counts: a request that is booked later is booked in the next one. */
const steadyMinutes = 3;
/** At the ends, fewer rows than this may have been on their way. */
const edgeRows = 3;
/** Less than this is too little to know how these books usually agree. */
const fewestMinutes = 60;
/** Where the difference is not steady in so many minutes, the books cannot be held against each other. */
const steadyShare = 0.8;
/** Differences in more places than this are how these logs are written, and no sign. */
const mostBreaks = 400;

/** Minute → rows, and the four words of the sum of their ids. */
export type Minutes = Map<number, Int32Array>;

/** A place where one of two books has rows that the other has not. */
export interface Break {
  /** Last minute at which all was even, first at which it was again. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Rows that the first book has less; negative: more. */
  readonly lacks: number;
  /** The id, where it is one row. */
  readonly id: string | null;
  /** At the begin or end of what both cover: the one may have begun or ended a moment before the other. */
  readonly atEdge: boolean;
}

export interface Comparison {
  /** False: too little, or the difference is not steady. */
  readonly comparable: boolean;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly rows: number;
  readonly breaks: readonly Break[];
}

/** Over the time that both books cover; null: they share none. */
export function compare(a: Minutes, b: Minutes): Comparison | null {
  const ends = (book: Minutes): [number, number] => {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const minute of book.keys()) {
      if (minute < first) first = minute;
      if (minute > last) last = minute;
    }
    return [first, last];
  };
  const [[firstA, lastA], [firstB, lastB]] = [ends(a), ends(b)];
  const [fromMinute, toMinute] = [Math.max(firstA, firstB), Math.min(lastA, lastB)];
  const minutes = [...new Set([...a.keys(), ...b.keys()])]
    .filter((minute) => minute >= fromMinute && minute <= toMinute)
    .sort((x, y) => x - y);
  if (minutes.length === 0) return null;
  const levels: { readonly minute: number; readonly value: readonly number[] }[] = [];
  const running = [0, 0, 0, 0, 0];
  let rows = 0;
  for (const minute of minutes) {
    const [left, right] = [a.get(minute), b.get(minute)];
    running[0]! += (left?.[0] ?? 0) - (right?.[0] ?? 0);
    for (let word = 1; word < 5; word++) running[word]! ^= (left?.[word] ?? 0) ^ (right?.[word] ?? 0);
    rows += left?.[0] ?? 0;
    levels.push({ minute, value: [...running] });
  }
  const same = (x: readonly number[], y: readonly number[]): boolean => x.every((value, index) => value === y[index]);
  // A request or two may have been on their way when the shorter book began or ended: they are in one of them only.
  const onTheWay = (value: readonly number[]): boolean => Math.abs(value[0]!) < edgeRows;
  const breaks: Break[] = [];
  let level: readonly number[] | null = null;
  const change = (before: readonly number[], value: readonly number[], minute: number, atEdge: boolean): void => {
    const lacks = before[0]! - value[0]!;
    const id = Math.abs(lacks) === 1 ? guidOf(value.slice(1).map((word, index) => word ^ before[index + 1]!)) : null;
    breaks.push({ fromMinute: lastEven, toMinute: minute, lacks, id, atEdge });
  };
  let lastEven = fromMinute;
  let steady = 0;
  for (let at = 0; at < levels.length;) {
    let end = at + 1;
    while (end < levels.length && same(levels[end]!.value, levels[at]!.value)) end++;
    const { value, minute } = levels[at]!;
    const last = levels[end - 1]!.minute;
    if (level !== null && same(value, level)) {
      steady += end - at;
      lastEven = last;
    } else if (end - at >= steadyMinutes) {
      steady += end - at;
      if (level !== null) change(level, value, minute, false);
      else if (!onTheWay(value)) change([0, 0, 0, 0, 0], value, minute, true);
      level = value;
      lastEven = last;
    }
    at = end;
  }
  const tail = levels.at(-1)!.value.map((value, index) => (index === 0 ? value - (level?.[0] ?? 0) : value));
  if (level !== null && !onTheWay(tail)) change(level, levels.at(-1)!.value, toMinute, true);
  const comparable = minutes.length >= fewestMinutes && steady >= steadyShare * minutes.length && breaks.length <= mostBreaks;
  return { comparable, fromMinute, toMinute, rows, breaks };
}

function guidOf(words: readonly number[]): string {
  const hex = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
