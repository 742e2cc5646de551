/** From single sightings of builds to what ran when on one server, and what changed: CUs, updates, ways back. */
import { compareBuilds, cuKey, productOf } from '../core/build.ts';
import { byCodeUnit } from '../core/text.ts';
import { hourMs } from '../core/time.ts';
import type { Sighting, SightingKind } from './builds-seen.ts';

export interface Period {
  readonly build: string;
  readonly firstMs: number;
  lastMs: number;
  /** First row that its code wrote, or file that was looked at: a setup alone proves neither. NaN: none. */
  provenMs: number;
  /** Kind of its first record. */
  readonly source: string;
  /** The best that says so: code that ran, else a file, else a setup. */
  how: SightingKind;
  /** Its times are a wall clock in a zone that nothing names: good for the order alone. */
  readonly local: boolean;
}

export type ChangeKind =
  /** Another product, another CU, an update of the same CU. */
  | 'upgrade'
  | 'cu'
  | 'update'
  /** A lower number of the same CU: the update was taken off, or did not last. */
  | 'rollback'
  /** A lower CU, which no setup brings back: the server or its disk was restored. */
  | 'restore'
  | 'failed';

export interface Change {
  readonly kind: ChangeKind;
  readonly from: string | null;
  readonly to: string;
  /** Last record of the build before; NaN: none. */
  readonly afterMs: number;
  /** First record of the new one; of a setup that failed, its end. */
  readonly byMs: number;
  readonly local: boolean;
  readonly source: string;
}

export interface Timeline {
  /** By time; what has no time in UTC stands apart. */
  readonly periods: readonly Period[];
  readonly changes: readonly Change[];
  /** Files and tools without a time: their build, and whether anything says when. */
  readonly undated: readonly Sighting[];
}

/** A worker process that goes on for a while after an update still writes the old number. */
const lingerMs = hourMs;
/** A wall clock of an unnamed zone can be this far off. */
const zoneMs = 14 * hourMs;

interface Point {
  readonly ms: number;
  readonly build: string;
  readonly sighting: Sighting;
}

const strength: Readonly<Record<SightingKind, number>> = { ran: 3, file: 2, set_up: 1, registered: 0, failed: 0 };

export function timelineOf(sightings: readonly Sighting[]): Timeline {
  const dated = sightings.filter(({ firstMs, local }) => !Number.isNaN(firstMs) && !local);
  const points = dated
    .filter(({ how }) => how !== 'failed')
    .flatMap((sighting): Point[] => {
      const first = { ms: sighting.firstMs, build: sighting.build, sighting };
      return sighting.lastMs > sighting.firstMs ? [first, { ...first, ms: sighting.lastMs }] : [first];
    });
  const lastMs = points.reduce((last, { ms }) => Math.max(last, ms), Number.NEGATIVE_INFINITY);
  // Where the wall clock of a tool lies beyond all zones after the last record, it speaks for what came then.
  // Where there is no other time, wall clocks of one server at least keep their order.
  const after = sightings.filter(({ firstMs, local }) => local && (points.length === 0 || firstMs - zoneMs > lastMs));
  for (const sighting of after) points.push({ ms: sighting.firstMs, build: sighting.build, sighting });
  points.sort((a, b) => a.ms - b.ms || compareBuilds(a.build, b.build) || byCodeUnit(a.sighting.source, b.sighting.source));
  const { periods, changes } = walk(points);
  for (const { build, firstMs, source } of dated.filter(({ how }) => how === 'failed')) {
    const before = periods.findLast((period) => period.firstMs <= firstMs);
    // What was tried and ran later, after a second try, is told by that.
    changes.push({
      kind: 'failed',
      from: before?.build ?? null,
      to: build,
      afterMs: before?.lastMs ?? Number.NaN,
      byMs: firstMs,
      local: false,
      source,
    });
  }
  changes.sort((a, b) => a.byMs - b.byMs || byCodeUnit(a.kind, b.kind));
  return {
    periods,
    changes,
    undated: sightings
      .filter((one) => (Number.isNaN(one.firstMs) || one.local) && !after.includes(one))
      .toSorted((a, b) => compareBuilds(a.build, b.build) || byCodeUnit(a.source, b.source)),
  };
}

function walk(points: readonly Point[]): { periods: Period[]; changes: Change[] } {
  const periods: Period[] = [];
  const changes: Change[] = [];
  /** Highest build that each log has shown of the CU that it is in, and when it last showed anything. */
  const shown = new Map<string, string>();
  for (const { ms, build, sighting } of points) {
    const { source, how } = sighting;
    const now = periods.at(-1);
    const before = shown.get(source);
    shown.set(
      source,
      before !== undefined && cuKey(before) === cuKey(build) && compareBuilds(before, build) > 0 ? before : build,
    );
    if (now !== undefined) {
      if (now.build === build) {
        now.lastMs = Math.max(now.lastMs, ms);
        if (strength[how] > strength[now.how]) now.how = how;
        if (Number.isNaN(now.provenMs) && strength[how] >= strength.file) now.provenMs = ms;
        continue;
      }
      const sameCu = cuKey(now.build) === cuKey(build);
      const down = compareBuilds(build, now.build) < 0;
      // What a setup finds or puts on names the CU, and says nothing against an update of it.
      if (sameCu && (how === 'registered' || (how === 'set_up' && down))) continue;
      if (down && ms - now.firstMs < lingerMs && periods.at(-2)?.build === build) {
        // Its own log showed the new number already: it really went back, and a later row will say so again.
        shown.set(source, before ?? build);
        continue;
      }
      // An update leaves files that it does not change: their logs keep the lower number, and never showed a higher one.
      const lagging = sameCu && down && how === 'ran' && (before === undefined || compareBuilds(before, now.build) < 0);
      if (lagging) continue;
      changes.push({
        kind: changeOf(now.build, build),
        from: now.build,
        to: build,
        afterMs: now.lastMs,
        byMs: ms,
        local: sighting.local || now.local,
        source,
      });
      // From here on every log starts anew.
      if (down) shown.clear();
      shown.set(source, build);
    }
    periods.push({
      build,
      firstMs: ms,
      lastMs: ms,
      source,
      how,
      local: sighting.local,
      provenMs: strength[how] >= strength.file ? ms : Number.NaN,
    });
  }
  return { periods, changes };
}

function changeOf(from: string, to: string): ChangeKind {
  const up = compareBuilds(to, from) > 0;
  if (cuKey(from) === cuKey(to)) return up ? 'update' : 'rollback';
  if (!up) return 'restore';
  return productOf(from) === productOf(to) ? 'cu' : 'upgrade';
}
