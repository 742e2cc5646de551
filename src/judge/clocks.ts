/** How far the servers' clocks are apart, told by requests that two of them booked under one id. */
import type { Hit } from '../core/hit.ts';
import { byCodeUnit } from '../core/text.ts';
import { type Tie, tiesOf } from './event.ts';
import type { Hosts } from './hosts.ts';

/** Rows of one request are written when it ends, some with whole seconds: nearer than this they cannot be put in order. */
export const uncertaintyMs = 2000;
/** A difference below this is the way of logging, not of the clocks. */
const leastSkewMs = 5000;

/** One request is booked by front-end IIS, HttpProxy and back-end IIS. */
const mostBooks = 4;
/** Fewer requests say nothing about a clock, and a difference of more than a day is no clock's. */
const leastShared = 3;
const mostSkewMs = 86_400_000;

export interface Clocks {
  /** Milliseconds that this server's clock is ahead of the others; 0 when it is not known to be. */
  skewMs(host: string | null): number;
  /** Requests on which that rests. */
  shared(host: string | null): number;
}

export function clocksOf(hits: readonly Hit[], hosts: Hosts): Clocks {
  /** First row of each server under one id; an id that stands in more rows than a request has books is nobody's request. */
  const booked = new Map<Tie, Map<string, number>>();
  const rowsOf = new Map<Tie, number>();
  for (const { rows } of hits) {
    for (const row of rows) {
      const host = hosts.ofRow(row);
      if (host === null || row.timeMs === null) continue;
      for (const tie of tiesOf(row)) {
        if (!tie.startsWith('request:')) continue;
        rowsOf.set(tie, (rowsOf.get(tie) ?? 0) + 1);
        const times = booked.get(tie) ?? new Map<string, number>();
        if (!times.has(host)) times.set(host, row.timeMs);
        booked.set(tie, times);
      }
    }
  }
  // The first server by name is the reference; the others are measured against it, through whom they share requests with.
  const differences = new Map<string, Map<string, number[]>>();
  const note = (from: string, to: string, difference: number): void => {
    const of = differences.get(from) ?? new Map<string, number[]>();
    const list = of.get(to) ?? [];
    list.push(difference);
    differences.set(from, of.set(to, list));
  };
  for (const [tie, times] of booked) {
    const [a, b] = [...times];
    if (a === undefined || b === undefined || times.size > 2 || rowsOf.get(tie)! > mostBooks) continue;
    if (Math.abs(b[1] - a[1]) > mostSkewMs) continue;
    note(a[0], b[0], b[1] - a[1]);
    note(b[0], a[0], a[1] - b[1]);
  }
  const skews = new Map<string, { skewMs: number; shared: number }>();
  for (const start of [...differences.keys()].sort(byCodeUnit)) {
    if (skews.has(start)) continue;
    skews.set(start, { skewMs: 0, shared: 0 });
    const pending = [start];
    for (let host = pending.pop(); host !== undefined; host = pending.pop()) {
      for (const [other, list] of [...differences.get(host)!].sort(([a], [b]) => byCodeUnit(a, b))) {
        if (skews.has(other) || list.length < leastShared) continue;
        const middle = list.toSorted((x, y) => x - y)[Math.floor(list.length / 2)]!;
        skews.set(other, {
          skewMs: skews.get(host)!.skewMs + (Math.abs(middle) < leastSkewMs ? 0 : middle),
          shared: list.length,
        });
        pending.push(other);
      }
    }
  }
  return {
    skewMs: (host) => (host === null ? 0 : (skews.get(host)?.skewMs ?? 0)),
    shared: (host) => (host === null ? 0 : (skews.get(host)?.shared ?? 0)),
  };
}
