/** Minutes in which all books of a server are silent: told where nothing explains them, and not of a server that is often silent. */
import { expect, test } from 'vitest';
import type { Silence } from '../../src/core/assessment.ts';
import type { ServiceEvent } from '../../src/core/booked-row.ts';
import { hostsOf } from '../../src/judge/hosts.ts';
import { artifact, part } from '../../src/judge/observed.fixture.ts';
import { silenceQuestionsOf, silencesOf } from '../../src/judge/silences.ts';
import type { Observed } from '../../src/run/index.ts';
import { observedBooks } from './observed-books.ts';
import { type BookName, type BookRow, bookRows, type Request, requestsOf } from './three-books.ts';

const firstDay = Date.UTC(2021, 2, 1);
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const days = 5;
const made = (keep: (request: Request) => boolean = () => true): Record<BookName, BookRow[]> =>
  bookRows(
    Array.from({ length: days }, (_, day) => requestsOf(firstDay + day * dayMs, day + 40, 0.5))
      .flat()
      .filter(keep),
    3,
  );
const whole = made();
const without = (fromMs: number, toMs: number): Record<BookName, BookRow[]> => {
  const kept = (rows: readonly BookRow[]): BookRow[] => rows.filter(({ ms }) => ms < fromMs || ms >= toMs);
  return { front: kept(whole.front), proxy: kept(whole.proxy), back: kept(whole.back) };
};
const night = firstDay + 2 * dayMs + 4 * hourMs + 11 * 60_000;
const seen = (books: Record<BookName, BookRow[]>): Observed => observedBooks({ MAIL01: books });
const silences = (observed: Observed): Silence[] => silencesOf(observed, hostsOf(observed));

/** A head line of one of its logs, as a start of the web server writes it. */
function begun(observed: Observed, path: string, ms: number): Observed {
  return {
    ...observed,
    artifacts: observed.artifacts.map((one) =>
      one.path !== path
        ? one
        : {
            ...one,
            parts: one.parts.map((own) => ({
              ...own,
              books: {
                ...own.books,
                course: { begins: true, starts: [firstDay + 2 * dayMs, ms], steps: [], first: [], last: [] },
              },
            })),
          },
    ),
  };
}
/** The System log of the server, and what was read of it again. */
function withSystem(observed: Observed, events: readonly Omit<ServiceEvent, 'artifact'>[]): Observed {
  const log = part({
    kind: 'evtx',
    logSource: 'windows-event',
    hours: [['2021-03-01T00:00Z', '2021-03-06T00:00Z']],
    groups: { 'Channel|Provider_Name|EventID': [['System', 'EventLog', '6005']], Computer: [['MAIL01']] },
  });
  return {
    ...observed,
    artifacts: [...observed.artifacts, artifact('MAIL01/System.evtx', [log], 'MAIL01')],
    bookRows: { ...observed.bookRows, events: events.map((event) => ({ ...event, artifact: 'MAIL01/System.evtx' })) },
  };
}

test('days with all their rows are not silent', () => {
  expect(silences(seen(whole))).toEqual([]);
});

test('thirty minutes of the night that all books lack', () => {
  const observed = seen(without(night, night + 30 * 60_000));
  const [one, ...others] = silences(observed);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ host: 'MAIL01', otherDays: 4, explained: null, systemLog: false });
  expect(Date.parse(one!.fromUtc)).toBeLessThanOrEqual(night);
  expect(Date.parse(one!.toUtc)).toBeGreaterThanOrEqual(night + 29 * 60_000);
  expect(silenceQuestionsOf(observed, hostsOf(observed))).toEqual([]);
});

test('ten minutes are what an update takes', () => {
  expect(silences(seen(without(night, night + 10 * 60_000)))).toEqual([]);
});

test('a start of the web server explains it: IIS writes its head lines again', () => {
  const observed = seen(without(night, night + 30 * 60_000));
  const path = 'MAIL01/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
  expect(observed.artifacts.some((one) => one.path === path)).toBe(true);
  expect(silences(begun(observed, path, night + 29 * 60_000)).map(({ explained }) => explained)).toEqual(['log_begun']);
  expect(silences(begun(observed, path, night + 5 * hourMs)).map(({ explained }) => explained)).toEqual([null]);
});

test('so does a stop in the System log; where that log is here and says nothing, that is said', () => {
  const observed = seen(without(night, night + 30 * 60_000));
  const asked = withSystem(observed, []);
  expect(silenceQuestionsOf(asked, hostsOf(asked)).map((question) => question.artifact)).toEqual(['MAIL01/System.evtx']);
  expect(silences(asked)).toMatchObject([{ explained: null, systemLog: true }]);
  const stop = { timeMs: night + 60_000, kind: 'stopped', eventId: '6006' } as const;
  expect(silences(withSystem(observed, [stop]))).toMatchObject([{ explained: 'service', systemLog: true }]);
  expect(silences(withSystem(observed, [{ ...stop, timeMs: night - 3 * hourMs }]))).toMatchObject([{ explained: null }]);
  // That the clock was set stops nothing.
  expect(silences(withSystem(observed, [{ ...stop, kind: 'clock_set' }]))).toMatchObject([{ explained: null }]);
});

test('a server that sleeps at night, or has few visitors and no probes, says nothing by its silence', () => {
  const hour = (ms: number): number => ((ms - firstDay) % dayMs) / hourMs;
  expect(silences(seen(made(({ ms }) => hour(ms) > 6)))).toEqual([]);
  let count = 0;
  expect(silences(seen(made(() => count++ % 60 === 0)))).toEqual([]);
});

test('a small server may be quiet for as long as it sometimes is at that hour: it takes three times as much', () => {
  // At night somebody asks every eleven minutes, day after day, and now and then one of those is left out.
  const hour = (ms: number): number => ((ms - firstDay) % dayMs) / hourMs;
  const sparse = (ms: number): boolean => hour(ms) >= 6 || Math.floor(ms / 60_000) % 11 === 0;
  const thin = made(({ ms }) => sparse(ms));
  const lacking = (minutes: number): Record<BookName, BookRow[]> => {
    const kept = (rows: readonly BookRow[]): BookRow[] => rows.filter(({ ms }) => ms < night || ms >= night + minutes * 60_000);
    return { front: kept(thin.front), proxy: kept(thin.proxy), back: kept(thin.back) };
  };
  expect(silences(seen(lacking(30)))).toEqual([]);
  const [long] = silences(seen(lacking(110)));
  expect(long).toMatchObject({ explained: null, otherDays: 4 });
  expect(long!.usualMinutes).toBeGreaterThanOrEqual(11);
  expect((Date.parse(long!.toUtc) - Date.parse(long!.fromUtc)) / 60_000).toBeGreaterThanOrEqual(3 * long!.usualMinutes);
});
