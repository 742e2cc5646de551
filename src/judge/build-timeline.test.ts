/**
 * Courses of a server's build, written by hand: what was seen when, and what must be concluded. Numbers and days are those of
 * Microsoft's table of builds; what an update, a CU and their failures do to the numbers is from Microsoft's pages on updating.
 */
import { describe, expect, test } from 'vitest';
import { knowledgeHere } from '../knowledge/knowledge.fixture.ts';
import { type ChangeKind, timelineOf } from './build-timeline.ts';
import type { Sighting, SightingKind } from './builds-seen.ts';

const table = 'https://learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates';
const installing = 'https://learn.microsoft.com/exchange/plan-and-deploy/install-cumulative-updates';
const failures = 'https://learn.microsoft.com/exchange/troubleshoot/client-connectivity/exchange-security-update-issues';
const health = 'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/';
const restore = 'https://learn.microsoft.com/exchange/high-availability/disaster-recovery/disaster-recovery';

type Seen = readonly [log: string, from: string, to: string, build: string];
type Changed = readonly [kind: ChangeKind, from: string | null, to: string];

interface Course {
  readonly what: string;
  readonly source: string;
  readonly seen: readonly Seen[];
  /** Builds in order. */
  readonly ran: readonly string[];
  readonly changes: readonly Changed[];
}

const how: Readonly<Record<string, SightingKind>> = { setup: 'set_up', failed: 'failed', found: 'registered', tool: 'file' };
const at = (text: string): number => (text === '' ? Number.NaN : Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`));
const sighting = ([log, from, to, build]: Seen): Sighting => ({
  build,
  how: how[log] ?? (log === 'clock' ? 'file' : 'ran'),
  source: log === 'clock' || log === 'tool' ? 'health-checker' : log in how ? 'exchange-setup' : log,
  firstMs: at(from),
  lastMs: at(to === '' ? from : to),
  local: log === 'clock',
});

const courses: readonly Course[] = [
  {
    what: 'nothing changes',
    source: table,
    seen: [['httpproxy', '2021-02-26', '2021-03-10', '15.1.2106.2']],
    ran: ['15.1.2106.2'],
    changes: [],
  },
  {
    what: 'an update in the night of 4 March',
    source: table,
    seen: [
      ['httpproxy', '2021-02-26', '2021-03-04T21:27', '15.1.2176.2'],
      ['httpproxy', '2021-03-04T21:34', '2021-03-10', '15.1.2176.9'],
    ],
    ran: ['15.1.2176.2', '15.1.2176.9'],
    changes: [['update', '15.1.2176.2', '15.1.2176.9']],
  },
  {
    what: 'one log tells it in one file: the old number first and last, the new one after',
    source: table,
    seen: [
      ['ecp-server', '2021-03-01', '2021-03-09T10:00', '15.2.721.2'],
      ['ecp-server', '2021-03-09T10:20', '2021-03-20', '15.2.721.13'],
    ],
    ran: ['15.2.721.2', '15.2.721.13'],
    changes: [['update', '15.2.721.2', '15.2.721.13']],
  },
  {
    what: 'a CU, then its update',
    source: installing,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-06T08:00', '15.1.2106.2'],
      ['setup', '2021-03-06T11:00', '', '15.1.2176.2'],
      ['httpproxy', '2021-03-06T11:10', '2021-03-06T14:00', '15.1.2176.2'],
      ['httpproxy', '2021-03-06T15:00', '2021-03-12', '15.1.2176.9'],
    ],
    ran: ['15.1.2106.2', '15.1.2176.2', '15.1.2176.9'],
    changes: [
      ['cu', '15.1.2106.2', '15.1.2176.2'],
      ['update', '15.1.2176.2', '15.1.2176.9'],
    ],
  },
  {
    what: 'a CU that skips others: any later one is reached in one step',
    source: installing,
    seen: [
      ['httpproxy', '2021-06-01', '2021-07-10', '15.1.1847.3'],
      ['httpproxy', '2021-07-10T06:00', '2021-07-20', '15.1.2308.8'],
    ],
    ran: ['15.1.1847.3', '15.1.2308.8'],
    changes: [['cu', '15.1.1847.3', '15.1.2308.8']],
  },
  {
    what: 'an update is taken off again: the number of the CU comes back',
    source: installing,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-05', '15.1.2176.2'],
      ['httpproxy', '2021-03-05T20:00', '2021-03-08', '15.1.2176.9'],
      ['httpproxy', '2021-03-08T22:00', '2021-03-15', '15.1.2176.2'],
    ],
    ran: ['15.1.2176.2', '15.1.2176.9', '15.1.2176.2'],
    changes: [
      ['update', '15.1.2176.2', '15.1.2176.9'],
      ['rollback', '15.1.2176.9', '15.1.2176.2'],
    ],
  },
  {
    what: 'taken off and put on again',
    source: installing,
    seen: [
      ['httpproxy', '2021-03-05', '2021-03-08', '15.1.2176.9'],
      ['httpproxy', '2021-03-08T22:00', '2021-03-09', '15.1.2176.2'],
      ['httpproxy', '2021-03-10', '2021-03-15', '15.1.2176.9'],
    ],
    ran: ['15.1.2176.9', '15.1.2176.2', '15.1.2176.9'],
    changes: [
      ['rollback', '15.1.2176.9', '15.1.2176.2'],
      ['update', '15.1.2176.2', '15.1.2176.9'],
    ],
  },
  {
    what: 'back to the update before: a rollback inside of a CU',
    source: installing,
    seen: [
      ['httpproxy', '2024-11-01', '2024-11-14', '15.1.2507.43'],
      ['httpproxy', '2024-11-15', '2024-11-26', '15.1.2507.39'],
      ['httpproxy', '2024-11-28', '2024-12-05', '15.1.2507.44'],
    ],
    ran: ['15.1.2507.43', '15.1.2507.39', '15.1.2507.44'],
    changes: [
      ['rollback', '15.1.2507.43', '15.1.2507.39'],
      ['update', '15.1.2507.39', '15.1.2507.44'],
    ],
  },
  {
    what: 'a lower CU: no setup brings one back, a restore does',
    source: restore,
    seen: [
      ['httpproxy', '2021-08-01', '2021-08-22', '15.1.2308.14'],
      ['httpproxy', '2021-08-24', '2021-08-30', '15.1.2242.4'],
    ],
    ran: ['15.1.2308.14', '15.1.2242.4'],
    changes: [['restore', '15.1.2308.14', '15.1.2242.4']],
  },
  {
    what: 'restored from a backup, then updated',
    source: restore,
    seen: [
      ['ecp-server', '2021-08-01', '2021-08-22', '15.2.922.13'],
      ['ecp-server', '2021-08-24', '2021-08-25', '15.2.792.3'],
      ['ecp-server', '2021-08-26', '2021-08-30', '15.2.922.13'],
    ],
    ran: ['15.2.922.13', '15.2.792.3', '15.2.922.13'],
    changes: [
      ['restore', '15.2.922.13', '15.2.792.3'],
      ['cu', '15.2.792.3', '15.2.922.13'],
    ],
  },
  {
    what: 'a setup fails and the old build goes on',
    source: failures,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-06T08:00', '15.1.2106.2'],
      ['failed', '2021-03-06T09:00', '', '15.1.2176.2'],
      ['httpproxy', '2021-03-06T12:00', '2021-03-12', '15.1.2106.2'],
    ],
    ran: ['15.1.2106.2'],
    changes: [['failed', '15.1.2106.2', '15.1.2176.2']],
  },
  {
    what: 'a setup fails, the second one ends well',
    source: failures,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-06T08:00', '15.1.2106.2'],
      ['failed', '2021-03-06T09:00', '', '15.1.2176.2'],
      ['setup', '2021-03-06T12:00', '', '15.1.2176.2'],
      ['httpproxy', '2021-03-06T12:20', '2021-03-12', '15.1.2176.2'],
    ],
    ran: ['15.1.2106.2', '15.1.2176.2'],
    changes: [
      ['failed', '15.1.2106.2', '15.1.2176.2'],
      ['cu', '15.1.2106.2', '15.1.2176.2'],
    ],
  },
  {
    what: 'the update ran for hours and did not last',
    source: failures,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-05T20:00', '15.2.792.3'],
      ['httpproxy', '2021-03-05T21:00', '2021-03-05T23:30', '15.2.792.10'],
      ['httpproxy', '2021-03-06T01:00', '2021-03-12', '15.2.792.3'],
    ],
    ran: ['15.2.792.3', '15.2.792.10', '15.2.792.3'],
    changes: [
      ['update', '15.2.792.3', '15.2.792.10'],
      ['rollback', '15.2.792.10', '15.2.792.3'],
    ],
  },
  {
    what: 'a worker of before goes on for some minutes: no way back',
    source: table,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-04T21:27', '15.1.2176.2'],
      ['httpproxy', '2021-03-04T21:34', '2021-03-10', '15.1.2176.9'],
      ['ews', '2021-03-02', '2021-03-04T21:50', '15.1.2176.2'],
      ['ews', '2021-03-04T21:55', '2021-03-10', '15.1.2176.9'],
    ],
    ran: ['15.1.2176.2', '15.1.2176.9'],
    changes: [['update', '15.1.2176.2', '15.1.2176.9']],
  },
  {
    what: 'a log whose component the update left as it was keeps the number of the CU: no way back',
    source: table,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-04T21:27', '15.1.2176.2'],
      ['httpproxy', '2021-03-04T21:34', '2021-03-10', '15.1.2176.9'],
      ['mapihttp', '2021-03-01', '2021-03-11', '15.1.2176.2'],
    ],
    ran: ['15.1.2176.2', '15.1.2176.9'],
    changes: [['update', '15.1.2176.2', '15.1.2176.9']],
  },
  {
    what: 'setup finds the CU where an update of it runs: it says nothing against that',
    source: installing,
    seen: [
      ['httpproxy', '2021-03-05', '2021-03-19', '15.1.2176.9'],
      ['found', '2021-03-20T08:00', '', '15.1.2176.2'],
      ['setup', '2021-03-20T10:00', '', '15.1.2242.4'],
      ['httpproxy', '2021-03-20T10:30', '2021-03-25', '15.1.2242.4'],
    ],
    ran: ['15.1.2176.9', '15.1.2242.4'],
    changes: [['cu', '15.1.2176.9', '15.1.2242.4']],
  },
  {
    what: 'only a setup log: from what it found to what it put on',
    source: installing,
    seen: [
      ['found', '2021-03-20T08:00', '', '15.1.1979.3'],
      ['setup', '2021-03-20T10:00', '', '15.1.2242.4'],
    ],
    ran: ['15.1.1979.3', '15.1.2242.4'],
    changes: [['cu', '15.1.1979.3', '15.1.2242.4']],
  },
  {
    what: '2019 becomes SE in place',
    source: 'https://learn.microsoft.com/exchange/plan-and-deploy/upgrade-to-exchange-server-se',
    seen: [
      ['httpproxy', '2025-06-01', '2025-07-20', '15.2.1748.26'],
      ['httpproxy', '2025-07-21', '2025-08-11', '15.2.2562.17'],
      ['httpproxy', '2025-08-13', '2025-08-20', '15.2.2562.20'],
    ],
    ran: ['15.2.1748.26', '15.2.2562.17', '15.2.2562.20'],
    changes: [
      ['upgrade', '15.2.1748.26', '15.2.2562.17'],
      ['update', '15.2.2562.17', '15.2.2562.20'],
    ],
  },
  {
    what: 'a hotfix between two updates raises the number too',
    source: table,
    seen: [
      ['httpproxy', '2024-04-01', '2024-04-22', '15.1.2507.37'],
      ['httpproxy', '2024-04-24', '2024-11-11', '15.1.2507.39'],
      ['httpproxy', '2024-11-28', '2024-12-01', '15.1.2507.44'],
    ],
    ran: ['15.1.2507.37', '15.1.2507.39', '15.1.2507.44'],
    changes: [
      ['update', '15.1.2507.37', '15.1.2507.39'],
      ['update', '15.1.2507.39', '15.1.2507.44'],
    ],
  },
  {
    what: 'a tool runs days after the logs end: its wall clock can be no other day',
    source: health,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-05', '15.0.1497.10'],
      ['clock', '2021-03-16T10:20', '', '15.0.1497.12'],
    ],
    ran: ['15.0.1497.10', '15.0.1497.12'],
    changes: [['update', '15.0.1497.10', '15.0.1497.12']],
  },
  {
    what: 'a tool runs on the day on which the logs end: before or after, nobody can tell',
    source: health,
    seen: [
      ['httpproxy', '2021-03-01', '2021-03-05T12:00', '15.0.1497.10'],
      ['clock', '2021-03-05T14:00', '', '15.0.1497.12'],
    ],
    ran: ['15.0.1497.10'],
    changes: [],
  },
  {
    what: 'two runs of a tool and nothing else: their clock keeps the order',
    source: health,
    seen: [
      ['clock', '2021-03-03T10:00', '', '15.2.464.5'],
      ['clock', '2021-03-12T10:00', '', '15.2.464.15'],
    ],
    ran: ['15.2.464.5', '15.2.464.15'],
    changes: [['update', '15.2.464.5', '15.2.464.15']],
  },
  {
    what: 'rollups of Exchange 2010 belong to one service pack',
    source: table,
    seen: [
      ['ecp-server', '2021-02-01', '2021-03-02', '14.3.496.0'],
      ['ecp-server', '2021-03-04', '2021-03-09', '14.3.513.0'],
    ],
    ran: ['14.3.496.0', '14.3.513.0'],
    changes: [['update', '14.3.496.0', '14.3.513.0']],
  },
];

test('twenty courses and more, each with its source, of builds that exist', () => {
  expect(courses.length).toBeGreaterThanOrEqual(20);
  const known = new Set(knowledgeHere().releases.map(({ build }) => build));
  expect(courses.flatMap(({ seen }) => seen.map(([, , , build]) => build)).filter((build) => !known.has(build))).toEqual([]);
  expect(courses.filter(({ source }) => !source.startsWith('https://'))).toEqual([]);
});

describe.each(courses)('$what', ({ seen, ran, changes }) => {
  const told = (list: readonly Sighting[]): unknown => {
    const { periods, changes: found } = timelineOf(list);
    return { ran: periods.map(({ build }) => build), changes: found.map(({ kind, from, to }) => [kind, from, to]) };
  };
  test('is concluded', () => {
    expect(told(seen.map(sighting))).toEqual({ ran, changes });
  });
  test('in whatever order it was read', () => {
    expect(told(seen.map(sighting).toReversed())).toEqual({ ran, changes });
  });
});

test('when a new build ran is the first row of it, and not the setup', () => {
  const { periods } = timelineOf(
    (
      [
        ['setup', '2021-03-06T11:00', '', '15.1.2176.2'],
        ['httpproxy', '2021-03-06T11:10', '2021-03-06T14:00', '15.1.2176.2'],
      ] as const
    ).map(sighting),
  );
  expect(periods.map(({ firstMs, provenMs }) => [firstMs, provenMs])).toEqual([[at('2021-03-06T11:00'), at('2021-03-06T11:10')]]);
});
