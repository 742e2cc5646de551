import { describe, expect, it } from 'vitest';
import { knowledgeOf, loadContent } from '../assess.ts';
import type { Assessment, Finding, Missing } from '../core/assessment.ts';
import type { NextSource } from '../core/next-files.ts';
import { type Plan, planTimes } from '../core/plan.ts';
import type { StepRule } from '../core/step-rule.ts';
import { nodePlatform } from '../host/node-platform.ts';
import {
  attemptedCovered,
  attemptedNotCovered,
  cannotTell,
  finding,
  implanted,
  noEvidence,
} from '../report/assessments.fixture.ts';
import { planOf } from './index.ts';

const { steps } = loadContent(nodePlatform);
const knowledge = knowledgeOf(nodePlatform);
const planned = (assessment: Assessment, rules: readonly StepRule[] = steps): Plan =>
  planOf(assessment, { steps: rules, knowledge: () => knowledge });
const ids = (plan: Plan): string[] => plan.steps.map(({ id }) => id.split('/').slice(0, 2).join('/'));
const place = (plan: Plan, id: string): number => ids(plan).indexOf(id);

const did = (part: Partial<Finding> & Pick<Finding, 'stage' | 'rule'>): Finding =>
  finding({ title: 'They did it', timeUtc: '2021-03-05T10:00:00.000Z', confidence: 'confirmed', host: 'MAIL01', ...part });
/** The same case with more in it, done by its first intruder. */
function with_(findings: readonly Finding[], seen: 'active' | 'quiet' = 'quiet'): Assessment {
  const stage = findings[0]!.stage;
  return {
    ...implanted,
    findings: [...implanted.findings, ...findings],
    verdict: { ...implanted.verdict, stage },
    intrusions: implanted.intrusions.map((one, index) =>
      index > 0 || one.role !== 'intruder'
        ? one
        : { ...one, stage, presence: { ...one.presence, seen }, findings: [...one.findings, ...findings.map(({ id }) => id)] },
    ),
  };
}
const listed = ({ kind, host, where, decides }: Missing): NextSource => ({
  kind,
  host,
  where,
  decides,
  fromUtc: null,
  toUtc: null,
  ifNothing: { answer: 'no_evidence', exitCode: 0 },
  ifSomething: null,
  bytes: null,
  files: null,
  rateOf: 'nobody',
});
/** The same of a server that ran with a campaign's hole. */
const wasOpen = (assessment: Assessment, exposed: 'yes' | 'no' = 'yes'): Assessment => ({
  ...assessment,
  exposure: [
    {
      ...implanted.exposure[0]!,
      campaigns: [
        {
          id: 'x',
          campaign: 'proxylogon',
          state: 'vulnerable',
          fixedSinceUtc: null,
          why: '',
          because: [],
          open: [],
          exposed,
          whenTheyCame: null,
        },
      ],
    },
  ],
});
const ransom = did({ stage: 'impact', rule: 'post-exploitation/event-ransom-note', techniques: ['T1486'] });
const order = did({ stage: 'operated', rule: 'web-shell/order-seen' });

describe('the kind of a plan', () => {
  it('A: it goes on', () => {
    const plan = planned(with_([ransom], 'active'));
    expect(plan.kind).toBe('A');
    expect(plan.because[0]!.findings).toEqual([ransom.id]);
    // The network in and out, then memory, then the rest.
    expect(ids(plan).slice(0, 2)).toEqual(['stop/cut-everything', 'post-exploitation/keep-backups-away']);
    const order_ = [
      'stop/cut-everything',
      'keep/memory',
      'keep/copy',
      'find/look-pages',
      'evict/move-file',
      'renew/update',
      'renew/open-again',
    ];
    const places = order_.map((id) => place(plan, id)).filter((at) => at !== -1);
    expect(places.length).toBeGreaterThan(4);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
  it('C: the same a month ago', () => expect(planned(with_([ransom], 'quiet')).kind).toBe('C'));
  it('B: a back door and nothing beyond', () => {
    const plan = planned(implanted);
    expect(plan.kind).toBe('B');
    expect(place(plan, 'stop/cut-off')).toBeLessThan(place(plan, 'keep/copy'));
    expect(place(plan, 'keep/copy')).toBeLessThan(place(plan, 'renew/open-again'));
    expect(ids(plan)).not.toContain('keep/call');
  });
  it('C: nothing is closed before every way back was looked for', () => {
    const plan = planned(with_([order]));
    expect(plan.kind).toBe('C');
    for (const id of ['keep/memory', 'keep/copy', 'stop/narrow', 'keep/call']) {
      expect(place(plan, id), id).toBeGreaterThan(-1);
      expect(place(plan, id), id).toBeLessThan(place(plan, 'evict/cut-off'));
    }
    expect(ids(plan)).not.toContain('stop/cut-off');
  });
  it('C: whoever was chosen', () => {
    const [first, ...rest] = implanted.intrusions;
    const chosen = {
      ...implanted,
      intrusions: [{ ...first!, targeting: { ...first!.targeting, word: 'chosen' as const } }, ...rest],
    };
    expect(planned(chosen)).toMatchObject({ kind: 'C', because: [{ findings: first!.findings.slice(0, 5) }, {}] });
  });
  it('D: closed off and kept first, then what decides', () => {
    for (const assessment of [wasOpen(cannotTell), attemptedNotCovered]) {
      const plan = planned(assessment);
      expect(plan.kind).toBe('D');
      const places = ['stop/cut-off', 'keep/memory', 'keep/copy', 'keep/call-insurer', 'find/fetch'].map((id) => place(plan, id));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(-1);
      expect(plan.secrets).toEqual([]);
      expect(plan.rebuild).toEqual([]);
    }
  });
  it('D: of what is missing, that which can still change the answer is fetched first', () => {
    const [first, second] = cannotTell.verdict.missing;
    const open = wasOpen(cannotTell);
    const next = (one: typeof first) => ({ ...open, next: { ...open.next, list: [listed(one!)] } });
    const fetched = (assessment: Assessment): string[] =>
      planned(assessment)
        .steps.filter(({ id }) => id.startsWith('find/fetch/') || id.startsWith('find/open-encrypted/'))
        .map(({ bound }) => bound.find(({ name }) => name === 'decides')!.value);
    expect(fetched(next(first))[0]).toBe(first!.decides);
    expect(fetched(next(second))[0]).toBe(second!.decides);
  });
  it('time: now, then one night, then the days after; secrets on the machine that stays', () => {
    for (const plan of [planned(with_([order])), planned(implanted), planned(with_([ransom], 'active'))]) {
      const times = plan.steps.map(({ time }) => planTimes.indexOf(time));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(new Set(times).size).toBe(3);
      const machine = Math.max(place(plan, 'renew/rebuild'), place(plan, 'renew/clean'), place(plan, 'renew/update'));
      expect(machine).toBeGreaterThan(-1);
      for (const { id, phase } of plan.steps)
        if (phase === 'secrets')
          expect(
            plan.steps.findIndex((one) => one.id === id),
            id,
          ).toBeGreaterThan(machine);
    }
  });
  it('the pool that serves a page goes by its place', () => {
    const poolOf = (what: string): string | undefined => {
      const ways = [
        { ...implanted.verdict.presence.waysBack[0]!, kind: 'file' as const, state: 'open' as const, host: 'MAIL01', what },
      ];
      const verdict = { ...implanted.verdict, presence: { ...implanted.verdict.presence, waysBack: ways } };
      const step = planned({ ...implanted, verdict }).steps.find(({ id }) => id.startsWith('evict/move-file'));
      return /It is served by ([^;]*);/.exec(step!.text)?.[1];
    };
    expect(
      [
        '/owa/auth/x7.aspx',
        '/ecp/x7.aspx',
        '/aspnet_client/system_web/x7.aspx',
        'C:\\inetpub\\wwwroot\\x7.aspx',
        'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\x7.aspx',
        '/other/x7.aspx',
      ].map(poolOf),
    ).toEqual([
      'MSExchangeOWAAppPool',
      'MSExchangeECPAppPool',
      'DefaultAppPool',
      'DefaultAppPool',
      'MSExchangeOWAAppPool',
      'every pool (iisreset)',
    ]);
  });
  it('a server that is built anew is not brought up to date once more', () => {
    const anew = ids(planned(with_([order])));
    expect(anew).toContain('renew/rebuild');
    expect(anew.join()).toContain('renew/rebuilt-build');
    expect(anew.join()).not.toContain('renew/update');
    expect(ids(planned(implanted)).join()).toContain('renew/update');
  });
  it('N: a record that is missing takes no mail down, where nothing hostile was seen and no hole is known to have been open', () => {
    const hidden = wasOpen(cannotTell, 'no');
    for (const assessment of [cannotTell, { ...cannotTell, exposure: [] }, hidden]) {
      const plan = planned(assessment);
      expect(plan.kind).toBe('N');
      expect(plan.because.map(({ text }) => text).join(' ')).toMatch(/no all-clear.*nothing is cut off/);
      expect(ids(plan)[0]).toMatch(/^find\/(?:fetch|open-encrypted)/);
      expect(plan.steps.filter(({ stops }) => stops.minutes === null)).toEqual([]);
    }
  });
  it('N: nobody got in', () => {
    for (const assessment of [attemptedCovered, noEvidence]) {
      const plan = planned(assessment);
      expect(plan.kind).toBe('N');
      expect(plan.steps.filter(({ phase }) => ['stop', 'evict', 'secrets'].includes(phase))).toEqual([]);
    }
  });
  it('of a server of which nothing is here it is not said that somebody got into it', () => {
    const plan = planned({ ...implanted, organisation: { ...implanted.organisation, absentHosts: ['MAIL09'] } });
    const step = (id: string) => plan.steps[place(plan, id)]!;
    expect(step('stop/talk-elsewhere').why).toMatch(/^Somebody got into MAIL01\./);
    expect(step('stop/cut-off').title).toContain('MAIL01 and MAIL09');
    expect(step('evict/compiled').why).not.toContain('MAIL09');
  });
  it('of a server whose name stands nowhere, or in the records of which two servers stand, no step is left out', () => {
    /** Everything that names a server, without the name. */
    const unnamed = (value: unknown, key = ''): unknown =>
      value === 'MAIL01' && key === 'host'
        ? null
        : Array.isArray(value)
          ? value.map((one) => unnamed(one))
          : value !== null && typeof value === 'object'
            ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unnamed(one, name)]))
            : value;
    const named = with_([order]);
    const rules = (plan: Plan): string[] => plan.steps.map(({ id }) => id.replace(/\/[0-9a-f]{8}$/, ''));
    expect(rules(planned(named))).toContain('evict/move-file');
    for (const hosts of [[], ['MAIL01', 'MAIL02']]) {
      const without = unnamed(named) as Assessment;
      const plan = planned({ ...without, hosts: [], organisation: { ...without.organisation, hosts } });
      expect([...new Set(rules(plan))].toSorted()).toEqual([...new Set(rules(planned(named)))].toSorted());
      const move = plan.steps.find(({ id }) => id.startsWith('evict/move-file'))!;
      expect(move.title).toContain(hosts.length === 0 ? ' on the server ' : ' on one of MAIL01 and MAIL02 ');
      expect(plan.rebuild.map(({ host }) => host)).toEqual(hosts.length === 0 ? [null] : hosts);
      expect(JSON.stringify(plan)).not.toMatch(/on null|null’s|the server (?:run|count)\b/);
    }
  });
  it('what was declared makes nothing', () => {
    const plan = planned(with_([{ ...order, declared: 'a test' }]));
    expect(plan.kind).toBe('B');
  });
  it('what is only possible makes nothing', () => {
    expect(planned({ ...implanted, findings: [...implanted.findings, { ...order, confidence: 'possible' }] }).kind).toBe('B');
  });
});

describe('what has to be made new', () => {
  const kinds = (assessment: Assessment): string[] =>
    planned(assessment).secrets.map(({ kind, standing }) => `${kind} ${standing}`);
  it('krbtgt on evidence alone, or where it cannot be excluded', () => {
    expect(kinds(implanted).join()).not.toContain('krbtgt');
    const without = with_([order]);
    expect(kinds(without).join()).not.toContain('krbtgt');
    const missing = { ...without.verdict.missing[0]!, kind: 'domain-security-events', host: null };
    const open = { ...without, verdict: { ...without.verdict, missing: [...without.verdict.missing, missing] } };
    expect(kinds(open)).toContain('krbtgt not_excluded');
    const dcsync = did({ stage: 'spread', rule: 'post-exploitation/event-dcsync', techniques: ['T1003.006'] });
    expect(kinds(with_([dcsync]))).toContain('krbtgt taken');
  });
  it('accounts that stand in what is theirs, without those of Windows', () => {
    const account = (value: string) => ({ kind: 'account', value, standing: 'direct' }) as const;
    const named = {
      ...order,
      observables: [
        account('HAVEN\\a.berg'),
        account('HAVEN\\MAIL01$'),
        account('SYSTEM'),
        account('HAVEN\\a.berg'),
        account('HAVEN\\MSOL_0123456789ab'),
      ],
    };
    const secrets = planned(with_([named])).secrets.filter(({ at }) => at[0]?.startsWith('/findings/') === true);
    expect(secrets.filter(({ kind }) => kind === 'password').map(({ name }) => name)).toEqual(['HAVEN\\a.berg']);
    expect(secrets.filter(({ kind }) => kind === 'directory_sync').map(({ name }) => name)).toEqual(['HAVEN\\MSOL_0123456789ab']);
  });
  it('a logon page that was changed', () => {
    const changed = did({ stage: 'implanted', rule: 'inventory/changed-back-door' });
    const path = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx';
    const odd = {
      path,
      standing: 'changed',
      why: [],
      sha256: null,
      artifact: 'x',
      createdUtc: null,
      modifiedUtc: '2021-03-04T00:00:00.000Z',
    } as const;
    const inventory = [
      {
        host: 'MAIL01',
        build: null,
        basis: 'none',
        files: 1,
        shipped: 0,
        otherBuild: 0,
        elsewhere: 0,
        changed: 1,
        notShipped: 0,
        notes: [],
        odd: [odd],
      },
    ] as const;
    expect(planned({ ...with_([changed]), inventory }).secrets).toContainEqual(
      expect.objectContaining({ kind: 'mail_passwords', name: path, standing: 'taken', sinceUtc: odd.modifiedUtc }),
    );
    expect(planned({ ...implanted, inventory }).secrets.filter(({ standing }) => standing === 'taken')).toEqual([]);
  });
});

describe('rebuild and backup', () => {
  it('a server that was given orders is built anew; one that was only written to is cleaned', () => {
    expect(planned(with_([order])).rebuild).toMatchObject([{ host: 'MAIL01', advice: 'rebuild' }]);
    expect(planned(implanted).rebuild).toMatchObject([{ host: 'MAIL01', advice: 'clean' }]);
  });
  it('the backup from before the first write', () => {
    const { backup } = planned(implanted);
    expect(backup).toMatchObject([{ host: 'MAIL01', beforeUtc: '2021-03-03T04:12:37.310Z' }]);
    expect(backup[0]!.text).toContain('Later ones bring the back door back');
    const undated = { ...implanted, findings: implanted.findings.map((one) => ({ ...one, timeUtc: null })) };
    expect(planned(undated).backup).toMatchObject([{ beforeUtc: null }]);
  });
});

describe('the upgrade', () => {
  const upgradeFrom = (build: string) =>
    planned({
      ...implanted,
      exposure: [{ ...implanted.exposure[0]!, builds: [{ ...implanted.exposure[0]!.builds[0]!, build }] }],
    }).upgrade;
  it.each([
    ['15.1.2106.2', 'CU23', ['schema', 'CU23', 'new servers with Exchange SE']],
    ['15.2.1258.12', 'CU15', ['CU15', 'Exchange SE in place']],
    ['15.0.1497.2', 'CU23', ['2016 CU23']],
  ])('from %s', (build, to, says) => {
    const [upgrade] = upgradeFrom(build);
    expect(upgrade!.to!.name).toContain(to);
    const told = upgrade!.stages.map(({ what }) => what).join('\n');
    for (const one of says) expect(told).toContain(one);
    expect(upgrade!.stages.every(({ source }) => source.startsWith('https://'))).toBe(true);
    expect(upgrade!.notKnown.length).toBeGreaterThan(3);
  });
  it('none from a build that no product has', () => expect(upgradeFrom('99.1.2.3')).toEqual([]));
});

it('a step whose text names what is not there is not made', () => {
  const rule = steps.find(({ id }) => id === 'stop/cut-off')!;
  const about = { kind: 'finding', rules: ['proxylogon/script-planted'] } as const;
  const made = planned(implanted, [{ ...rule, about, when: [], title: 'Look at {account} on {host}' }]);
  expect(made.steps).toEqual([]);
  const there = planned(implanted, [{ ...rule, about, when: [], title: 'Look at {host}', text: 'x', why: 'x' }]);
  expect(there.steps.map(({ title }) => title)).toEqual(['Look at MAIL01']);
});

it('is the same for the same assessment', () => {
  expect(JSON.stringify(planned(with_([order])))).toBe(JSON.stringify(planned(with_([order]), steps.toReversed())));
});
