/** Dates that cannot be: a browser that did not exist yet. Then the clock, or the line, is not what it says. */
import type { Event } from './event.ts';
import { dayMs, oneDayMs } from '../core/time.ts';

/**
 * First stable release of Chrome versions (Chromium's own release calendar, https://chromiumdash.appspot.com/schedule).
 * Versions between are not needed: a version is not older than the nearest one below it.
 */
const chromeReleases: readonly (readonly [number, string])[] = [
  [70, '2018-10-16'],
  [80, '2020-02-04'],
  [85, '2020-08-25'],
  [88, '2021-01-19'],
  [89, '2021-03-02'],
  [90, '2021-04-14'],
  [91, '2021-05-25'],
  [92, '2021-07-20'],
  [93, '2021-08-31'],
  [94, '2021-09-21'],
  [96, '2021-11-15'],
  [98, '2022-02-01'],
  [100, '2022-03-29'],
  [104, '2022-08-02'],
  [108, '2022-11-29'],
  [110, '2023-02-07'],
  [115, '2023-07-18'],
  [120, '2023-12-05'],
];
/** Test versions are out about three months before. */
const testVersionsMs = 100 * oneDayMs;

/** Why the event's time cannot be right; null when nothing speaks against it. */
export function impossibleDate(event: Event): string | null {
  const version = Number(/Chrome\/(\d{2,3})\./.exec(event.userAgent ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(version) || event.timeMs === null) return null;
  const release = chromeReleases.findLast(([known]) => known <= version);
  if (release === undefined || event.timeMs >= dayMs(release[1]) - testVersionsMs) return null;
  return `Chrome ${version} was not out before ${release[1]}`;
}
