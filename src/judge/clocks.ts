/** How far the servers' clocks are apart, told by requests that two of them booked under one id. */
import type { Hit } from '../core/hit.ts';
import { byCodeUnit } from '../core/text.ts';
import { type Tie, tiesOf } from './event.ts';
import type { Hosts } from './hosts.ts';

/** Rows of one request are written when it ends, some with whole seconds: nearer than this they cannot be put in order. */
export const uncertaintyMs = 2000;
/** A difference below this is the way of logging, not of the clocks. */
const leastSkewMs = 5000;

export interface Clocks {
  /** Milliseconds that this server's clock is ahead of the others; 0 when it is not known to be. */
  skewMs(host: string | null): number;
  /** Requests on which that rests. */
  shared(host: string | null): number;
}

export function clocksOf(hits: readonly Hit[], hosts: Hosts): Clocks {
  const booked = new Map<Tie, { host: string; timeMs: number }[]>();
  for (const { rows } of hits) {
    for (const row of rows) {
      const host = hosts.ofRow(row);
      if (host === null || row.timeMs === null) continue;
      for (const tie of tiesOf(row)) {
        if (tie.startsWith('session:')) continue;
        booked.set(tie, [...(booked.get(tie) ?? []), { host, timeMs: row.timeMs }]);
      }
    }
  }
  // The first server by name is the reference; the others are measured against it, through whom they share requests with.
  const differences = new Map<string, Map<string, number[]>>();
  for (const rows of booked.values()) {
    for (const a of rows) {
      for (const b of rows) {
        if (a.host === b.host) continue;
        const of = differences.get(a.host) ?? new Map<string, number[]>();
        of.set(b.host, [...(of.get(b.host) ?? []), b.timeMs - a.timeMs]);
        differences.set(a.host, of);
      }
    }
  }
  const skews = new Map<string, { skewMs: number; shared: number }>();
  for (const start of [...differences.keys()].sort(byCodeUnit)) {
    if (skews.has(start)) continue;
    skews.set(start, { skewMs: 0, shared: 0 });
    const pending = [start];
    for (let host = pending.pop(); host !== undefined; host = pending.pop()) {
      for (const [other, list] of [...differences.get(host)!].sort(([a], [b]) => byCodeUnit(a, b))) {
        if (skews.has(other)) continue;
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
