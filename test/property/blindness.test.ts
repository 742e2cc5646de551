/**
 * What `--measure-blindness` says agrees with the truth of gaps that were made: with the plan of what was taken out, and with visits
 * that are really written into the files and judged by the whole program. A few seeds here; more in `npm run soak`.
 */
import { describe, expect, test } from 'vitest';
import type { Blindness, BlindTechnique } from '../../src/core/assessment.ts';
import { Random, techniques } from '../../src/demo/index.ts';
import { assessTree, filesOf, made, outcomeIn, type Tree, visited } from '../support/played.ts';
import { soak } from '../support/soak.ts';

const dayMs = 86_400_000;
const experiments = 300;
const proxylogon = techniques.filter(({ id }) => id.startsWith('proxylogon/') || id === 'web-shell/orders');
const seeds = Array.from({ length: soak ? 6 : 2 }, (_, index) => `blind ${index + 1}`);

const measured = async (tree: Tree, packs?: readonly string[]): Promise<Blindness> =>
  (await assessTree(tree, experiments, packs)).blindness!;
const of = ({ techniques: list }: Blindness, id: string): BlindTechnique => list.find((one) => one.id === id)!;

/** Seen on that day, of all its hours. */
const onDay = ({ spans }: BlindTechnique, ms: number): number =>
  spans.find(({ fromUtc, toUtc }) => ms >= Date.parse(fromUtc) && ms < Date.parse(toUtc))!.seen;

const without = (tree: Tree, gone: (path: string) => boolean): Map<string, string> =>
  new Map([...tree].filter(([path]) => !gone(path)));

describe.each(seeds)('whole days taken out, %s', (seed) => {
  test('the share is that of the days that are left', async () => {
    const { tree, truth } = made({ seed, from: '2021-01-03', days: 10 });
    const random = new Random(seed);
    const first = Date.parse(truth.fromUtc);
    // The last day stays: it is the end of the evidence.
    const gone = new Set(Array.from({ length: random.between(1, 4) }, () => first + random.between(0, 8) * dayMs));
    const paths = new Set(filesOf(truth).flatMap(({ path, dayMs: day }) => (gone.has(day) ? [path] : [])));
    const { techniques: list, days } = await measured(without(tree, (path) => paths.has(path)));
    expect(days).toBe(10);
    const share = 1 - gone.size / 10;
    for (const { id } of proxylogon) {
      const one = list.find((found) => found.id === id)!;
      expect(one.withAll, id).toBe('seen');
      expect(one.share.low, id).toBeLessThanOrEqual(share);
      expect(one.share.high, id).toBeGreaterThanOrEqual(share);
      // And it says something: for each gap no more is left open than the hours for which a small demo is silent anyway.
      expect(one.share.high - one.share.low, id).toBeLessThanOrEqual(0.05 + gone.size * 0.08);
    }
  });
});

describe.each(seeds.slice(0, soak ? 6 : 1))('single logs of single days taken out, %s', (seed) => {
  test('visits that are really there are seen on the days on which they would have been', async () => {
    const { tree, truth } = made({ seed: `${seed} logs`, from: '2021-01-03', days: 8 });
    const random = new Random(`${seed} logs`);
    const first = Date.parse(truth.fromUtc);
    const gone = new Set(
      filesOf(truth).flatMap(({ path, dayMs: day }) => (day < first + 7 * dayMs && random.between(0, 9) < 4 ? [path] : [])),
    );
    const left = without(tree, (path) => gone.has(path));
    const blindness = await measured(left);
    for (let number = 0; number < (soak ? 40 : 5); number++) {
      const technique = proxylogon[number % proxylogon.length]!;
      // Around noon: the hours beside midnight belong to two days.
      const ms = first + random.between(0, 6) * dayMs + random.between(9 * 60, 15 * 60) * 60_000;
      const tree2 = visited(left, truth, { technique, ms, server: 'MAIL01', number });
      const really = outcomeIn(await assessTree(tree2, null), technique.stage) === 'seen';
      const share = onDay(of(blindness, technique.id), ms);
      expect(`${technique.id} ${new Date(ms).toISOString()} ${share > 0.5 ? 'seen' : 'not seen'}`).toBe(
        `${technique.id} ${new Date(ms).toISOString()} ${really ? 'seen' : 'not seen'}`,
      );
    }
  });
});

/** Bounds in which the share of so many successes lies, but for one time in a thousand (Wilson). */
function bounds(successes: number, count: number): readonly [number, number] {
  const z = 3.29;
  const share = successes / count;
  const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const width = (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return [middle - width - 1e-9, middle + width + 1e-9];
}

// A few visits would prove nothing.
describe.skipIf(!soak).each(seeds)('a third of all files lost, %s', (seed) => {
  test('of visits at any hour as many are seen as was said', async () => {
    const { tree, truth } = made({ seed: `${seed} lost`, from: '2021-01-03', days: 8, lostFiles: 0.35 });
    const blindness = await measured(tree);
    const random = new Random(`${seed} lost`);
    const visits = 24;
    for (const technique of proxylogon) {
      let seen = 0;
      for (let number = 0; number < visits; number++) {
        const ms = Date.parse(truth.fromUtc) + random.between(0, 8 * 24 * 60 - 1) * 60_000;
        const there = visited(tree, truth, { technique, ms, server: 'MAIL01', number });
        if (outcomeIn(await assessTree(there, null), technique.stage) === 'seen') seen++;
      }
      const [low, high] = bounds(seen, visits);
      const { share } = of(blindness, technique.id);
      expect(share.low, `${technique.id}: ${seen} of ${visits}`).toBeLessThanOrEqual(high);
      expect(share.high, `${technique.id}: ${seen} of ${visits}`).toBeGreaterThanOrEqual(low);
    }
  }, 600_000);
});

describe('everything is here', () => {
  // Each in a time in which its campaign is asked for.
  test.each([
    ['2020-03-01', ['cve-2020-0688/state']],
    ['2021-01-03', proxylogon.map(({ id }) => id)],
    ['2021-08-31', ['proxyshell/session', 'proxyshell/rights', 'proxyshell/page', 'proxyshell/orders', 'proxytoken/rule']],
    ['2022-11-20', ['proxynotshell/session', 'owassrf/session']],
  ] as const)('%s: what is said of each is what a visit that is really there is judged to be', async (from, ids) => {
    const { tree, truth } = made({ seed: 'full', from, days: 3 });
    // The later a time, the more campaigns would be asked about.
    const packs = from < '2021-08' ? undefined : [...new Set(ids.map((id) => id.replace(/\/.*/, '')))];
    const blindness = await measured(tree, packs);
    for (const [number, id] of ids.entries()) {
      const technique = techniques.find((one) => one.id === id)!;
      const ms = Date.parse(`${from}T10:00:00Z`) + dayMs;
      const really = await assessTree(visited(tree, truth, { technique, ms, server: 'MAIL01', number }), null);
      const one = of(blindness, id);
      expect([id, one.withAll]).toEqual([id, outcomeIn(really, technique.stage)]);
      expect(onDay(one, ms), id).toBe(one.withAll === 'seen' ? 1 : 0);
    }
  });

  test('it changes nothing else, and comes out the same again', async () => {
    const { tree } = made({ seed: 'same', from: '2021-01-03', days: 3, without: ['ews'] });
    const asked = await assessTree(tree, experiments);
    expect(await assessTree(tree, null)).toEqual({ ...asked, blindness: null });
    expect(asked).toEqual(await assessTree(tree, experiments));
    expect(asked.verdict.answer).not.toBe('confirmed');
  });
});

describe('what is lacking is named', () => {
  test('a log that was not handed in', async () => {
    const { tree } = made({ seed: 'ews', from: '2021-01-03', days: 4, without: ['ews'] });
    const blindness = await measured(tree);
    const mail = of(blindness, 'proxylogon/mail');
    expect(mail.share.high).toBe(0);
    expect(mail.share.partly).toBeGreaterThan(0.9);
    expect(mail.lacks.filter(({ alone }) => alone).map(({ kind, why }) => [kind, why])).toEqual([['ews', 'missing']]);
    expect(mail.says).toMatch(/^Mail read through the hole: never; your EWS logs are missing\./);
    expect(blindness.says.join(' ')).toContain('Never mail read through the hole; your EWS logs are missing.');
    expect(of(blindness, 'proxylogon/session').share.low).toBeGreaterThan(0.9);
  });

  test('a column that IIS was not told to keep', async () => {
    const { tree, truth } = made({
      seed: 'query',
      from: '2021-08-31',
      days: 3,
      without: ['httpproxy', 'rps-http', 'rps-cmdlet'],
    });
    const iis = new Set(filesOf(truth).flatMap(({ path, log }) => (log.startsWith('iis') ? [path] : [])));
    const bare = new Map([...tree].map(([path, text]) => [path, iis.has(path) ? withoutColumn(text, 'cs-uri-query') : text]));
    const technique = techniques.find(({ id }) => id === 'proxyshell/session')!;
    const ms = Date.parse('2021-09-01T10:00:00Z');
    const packs = ['proxyshell'];
    for (const [here, expected] of [
      [tree, 'seen'],
      [bare, 'unseen'],
    ] as const) {
      const real = visited(here, truth, { technique, ms, server: 'MAIL01', number: 1 });
      expect(outcomeIn(await assessTree(real, null, packs), technique.stage)).toBe(expected);
      expect(onDay(of(await measured(here, packs), technique.id), ms)).toBe(expected === 'seen' ? 1 : 0);
    }
    const { lacks } = of(await measured(bare, packs), technique.id);
    expect(lacks.filter(({ why }) => why === 'columns')).toEqual([
      expect.objectContaining({ kind: 'iis-w3c', host: 'MAIL01', columns: ['cs-uri-query'], alone: true }),
    ]);
  });

  test('a server of which hardly anything was handed in', async () => {
    const { tree } = made({ seed: 'two', from: '2021-01-03', days: 3, hosts: 2 });
    const blindness = await measured(
      without(tree, (path) => path.startsWith('MAIL02/') && !path.includes('/HttpProxy/Mapi/')),
      ['proxylogon', 'web-shell'],
    );
    const orders = of(blindness, 'web-shell/orders');
    // Half of them come to the other server.
    expect(orders.share.low).toBeLessThanOrEqual(0.5);
    expect(orders.share.high).toBeGreaterThanOrEqual(0.49);
    expect(orders.share.high).toBeLessThan(0.55);
    expect(orders.says).toContain('your IIS logs of MAIL02 are missing');
  });
});

describe('nothing is here', () => {
  test('logs that would show none of it: never, of everything', async () => {
    const { tree, truth } = made({ seed: 'none', from: '2021-01-03', days: 3 });
    const kept = new Set(filesOf(truth).flatMap(({ path, log }) => (log === 'rps-cmdlet' ? [path] : [])));
    const blindness = await measured(without(tree, (path) => !kept.has(path)));
    expect(blindness.share).toMatchObject({ seen: 0, partly: 0, low: 0, high: 0 });
    expect(blindness.techniques.map(({ firstUtc }) => firstUtc)).toEqual(blindness.techniques.map(() => null));
    expect(blindness.says[0]).toMatch(
      /^Had they come on any of the 3 days from 3 to 5 January 2021, we would never have seen how far/,
    );
    expect(blindness.techniques.length).toBeGreaterThan(3);
  });

  test('no log at all: there is no day to ask about', async () => {
    const blindness = await measured(new Map([['note.txt', 'We were told to look at our server.\n']]));
    expect(blindness).toMatchObject({ days: 0, experiments: 0, techniques: [], fromUtc: null, share: { moments: 0 } });
    expect(blindness.says).toEqual([
      'Nothing that was handed in carries a time: there is no day on which anything could be tried.',
    ]);
  });
});

/** A log as IIS writes it that was told to leave this column out. */
function withoutColumn(text: string, name: string): string {
  let at = -1;
  return text
    .split('\r\n')
    .map((line) => {
      if (line.startsWith('#Fields: ')) at = line.slice(9).split(' ').indexOf(name);
      if (line === '' || (line.startsWith('#') && !line.startsWith('#Fields: '))) return line;
      const lead = line.startsWith('#') ? '#Fields: ' : '';
      return `${lead}${line
        .slice(lead.length)
        .split(' ')
        .filter((_, index) => index !== at)
        .join(' ')}`;
    })
    .join('\r\n');
}
