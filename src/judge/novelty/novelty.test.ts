/** What is told as new, what never is, and what is said when nothing can be learnt. */
import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../core/field-shape.ts';
import type { Observed, TupleCount } from '../../run/index.ts';
import { hostsOf } from '../hosts.ts';
import { artifact, observed, part, row } from '../observed.fixture.ts';
import { wantedId } from '../../run/index.ts';
import { type Novelty, noveltyOf, wantedRows } from './index.ts';
import { noveltyFinding, noveltyStand } from './told.ts';

const group = 'cs-method|cs-uri-stem|sc-status|s-port|cs-username~who|cs-uri-query~text';
const from = Date.parse('2021-02-24T00:00:00Z');
const to = Date.parse('2021-03-09T23:00:00Z');
const hour = 3_600_000;

interface Ask {
  readonly ask: readonly [method: string, path: string, status: string, port: string, who: string | null, query: string | null];
  readonly count?: number;
  readonly firstMs?: number;
  readonly lastMs?: number;
}
const q = (query: string): string => shapeOf('text', query);
const common = q('&CorrelationID=<empty>;&cafeReqId=2b1c3d4e-1111-4222-8333-abcdefabcdef;');

/** Two weeks of a small server. */
const everyday: readonly Ask[] = [
  { ask: ['POST', '/mapi/emsmdb/', '200', '443', 'person', common], count: 3900 },
  { ask: ['POST', '/mapi/emsmdb/', '401', '443', null, common], count: 296 },
  { ask: ['POST', '/EWS/Exchange.asmx', '200', '443', 'person', common], count: 1300 },
  { ask: ['POST', '/EWS/Exchange.asmx', '401', '443', null, common], count: 240 },
  { ask: ['POST', '/owa/service.svc', '200', '443', 'person', q('action=GetItem')], count: 1200 },
  { ask: ['GET', '/owa/', '200', '443', 'person', common], count: 450 },
  { ask: ['GET', '/owa/', '302', '443', null, common], count: 200 },
  { ask: ['GET', '/owa/auth/logon.aspx', '200', '443', null, q('url=https%3a%2f%2fmail&reason=0')], count: 420 },
  { ask: ['GET', '/ecp/', '200', '443', 'person', common], count: 56 },
];

function evidence(more: readonly Ask[], days: readonly Ask[] = everyday, records = 8000): Observed {
  const tuples = [...days, ...more].map(({ ask, count = 1, firstMs = from, lastMs = firstMs }): TupleCount => ({
    tuple: ask,
    count,
    firstMs,
    lastMs,
    block: 0,
  }));
  const log = {
    ...part({ kind: 'iis-w3c', hours: [['2021-02-24T00:00:00Z', '2021-03-09T23:00:00Z']] }),
    records,
    groups: new Map([[group, tuples]]),
  };
  const seen = observed([artifact('u_ex.log', [log])]);
  const looked = new Map(
    wantedRows(seen).map((wanted) => [
      wantedId(wanted),
      row('', '2021-03-03T04:00:00Z', { 'http.method': wanted.tuple[0]!, 'url.path': wanted.tuple[1]! }, 'iis-w3c', 'u_ex.log'),
    ]),
  );
  return { ...seen, looked };
}
/** Ordinary asks last through the whole record. */
const days = everyday.map((one) => ({ ...one, firstMs: from, lastMs: to }));
const noveltyIn = (more: readonly Ask[], base: readonly Ask[] = days, records = 8000): Novelty => {
  const seen = evidence(more, base, records);
  return noveltyOf(seen, hostsOf(seen));
};
const told = (novelty: Novelty): string[] =>
  noveltyStand(novelty, novelty.items.map(noveltyFinding)).items.map(({ what }) => what);
const later = from + 7 * 24 * hour;

test('ordinary days are no news', () => {
  const novelty = noveltyIn([]);
  expect(told(novelty)).toEqual([]);
  expect(novelty.normal).toMatchObject([{ logSource: 'iis-w3c', learnt: 'yes', rows: 8000, overflow: 0 }]);
});

describe('out of place', () => {
  test.each<[string, Ask['ask'], string[]]>([
    ['a page that never was, without a login', ['POST', '/owa/auth/q7.aspx', '200', '443', null, null], ['rare', 'how']],
    [
      'a service without a login, where others are turned away',
      ['POST', '/EWS/Exchange.asmx', '200', '443', null, common],
      ['actor', 'given'],
    ],
    ['a query as there never was one', ['GET', '/owa/auth/logon.aspx', '200', '443', null, q('a=b@c[d]')], ['shape']],
    ['a method that the page never knew', ['POST', '/owa/auth/logon.aspx', '200', '443', null, null], ['how']],
    ['an answer that nobody ever got', ['POST', '/owa/auth/logon.aspx', '241', '443', null, null], ['ended']],
    ['as the machine', ['POST', '/owa/service.svc', '200', '443', 'computer', q('action=GetItem')], ['actor']],
  ])('%s', (_name, ask, codes) => {
    const { items } = noveltyIn([{ ask, firstMs: later }]);
    expect(items).toHaveLength(1);
    const reasons = items[0]!.lead.draft.reasons.map(({ code }) => code);
    for (const code of codes) expect(reasons).toContain(code);
    expect(reasons).toContain('late');
  });

  test('what the server refused is nothing that anybody got', () => {
    const asked = ['404', '401', '302', '403', '440', '503'].map((status): Ask => ({
      ask: ['POST', `/owa/auth/${status}.aspx`, status, '443', null, q('cmd=<x>@')],
      firstMs: later,
    }));
    expect(told(noveltyIn(asked))).toEqual([]);
  });

  test('it is possible and no more, and says why', () => {
    const novelty = noveltyIn([
      { ask: ['POST', '/owa/auth/q7.aspx', '200', '443', null, null], count: 41, firstMs: later, lastMs: later + hour },
    ]);
    const finding = noveltyFinding(novelty.items[0]!);
    expect(finding).toMatchObject({ stage: 'exploited', confidence: 'possible', rule: 'novelty/page', count: 41 });
    expect(finding.title).toBe('New or rare here: /owa/auth/q7.aspx: POST was answered (200) without a login');
    // Rows are counted, not what they weigh.
    expect(JSON.stringify(finding)).toMatch(/Of [\d,]+ requests in this log 41 got an answer from this page/);
    expect(finding.proves).toContain('It was first seen 7 days after the record begins.');
    expect(finding.evidence).toHaveLength(1);
  });

  test('asking a thousand times in an hour does not make it normal', () => {
    const once = noveltyIn([{ ask: ['POST', '/owa/auth/q7.aspx', '200', '443', null, null], firstMs: later }]);
    const often = noveltyIn([
      { ask: ['POST', '/owa/auth/q7.aspx', '200', '443', null, null], count: 1000, firstMs: later, lastMs: later + hour },
    ]);
    expect(often.items[0]!.lead.draft.score).toBeGreaterThan(once.items[0]!.lead.draft.score * 0.6);
  });

  test('what begins within minutes is told as one', () => {
    const novelty = noveltyIn([
      { ask: ['POST', '/owa/auth/q7.aspx', '200', '443', null, null], firstMs: later },
      { ask: ['GET', '/aspnet_client/z.aspx', '200', '443', null, null], firstMs: later + 60_000 },
      { ask: ['GET', '/certsrv2/z.aspx', '200', '443', null, null], firstMs: later + 24 * hour },
    ]);
    expect(novelty.items.map(({ others }) => others.length)).toEqual([1, 0]);
  });
});

describe('a flood', () => {
  const exploit: Ask = { ask: ['POST', '/owa/auth/q7.aspx', '200', '443', null, null], firstMs: later + 1000 };
  test('of pages that are refused hides nothing', () => {
    const flood = Array.from({ length: 3000 }, (_, i): Ask => ({
      ask: ['GET', `/x${i}`, '404', '443', null, null],
      firstMs: later,
    }));
    expect(told(noveltyIn([...flood, exploit], days, 11_000))[0]).toContain('/owa/auth/q7.aspx');
  });
  test('of pages that are answered hides nothing', () => {
    const flood = Array.from({ length: 3000 }, (_, i): Ask => ({
      ask: ['GET', `/owa/auth/x${i}.aspx`, '200', '443', null, null],
      firstMs: later,
    }));
    const { items } = noveltyIn([...flood, exploit], days, 11_000);
    const things = items.slice(0, 3).flatMap(({ lead, others }) => [lead, ...others]);
    expect(things.some(({ draft, rows }) => draft.what === '/owa/auth/q7.aspx' && rows.length > 0)).toBe(true);
    expect(items.length).toBeLessThan(10);
  });
});

describe('nothing can be learnt', () => {
  const strange: Ask['ask'] = ['POST', '/owa/auth/q7.aspx', '200', '443', null, q('x=<y>@')];
  test('of a few rows', () => {
    const novelty = noveltyIn([{ ask: strange }], days, 199);
    expect([novelty.items.length, novelty.normal[0]!.learnt]).toEqual([0, 'few']);
  });
  test('of two days', () => {
    const short = everyday.map((one) => ({ ...one, firstMs: from, lastMs: from + 47 * hour }));
    expect(noveltyIn([{ ask: strange, firstMs: from + 40 * hour }], short).normal[0]!.learnt).toBe('short');
  });
  test('where it was there before the record had begun', () => {
    const novelty = noveltyIn([{ ask: strange, count: 30, firstMs: from + hour, lastMs: from + 100 * hour }]);
    expect(novelty.normal[0]!.learnt).toBe('begun');
    const { normal } = noveltyStand(novelty, novelty.items.map(noveltyFinding));
    expect(normal[0]!.learntFromUtc).toBeNull();
    expect(normal[0]!.says).toContain('we cannot learn what is normal');
  });
});
