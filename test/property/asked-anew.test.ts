/**
 * Other rules and other indicators over evidence that was assessed before: only blocks that can answer are read, and what comes out is what a
 * run gives that reads everything.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareIndicators } from '../../src/assess.ts';
import { bindRules, type Expr, IndicatorSet, parseCollection, readList, type Rule, type RunRule } from '../../src/rules/index.ts';
import type { PackedIndicators, RunOptions } from '../../src/run/index.ts';
import { evtxChunk, evtxFile, simpleEvent } from '../support/evtx-writer.ts';
import { caseFolders, keepingRun, observedRun, stamped } from '../support/kept-runs.ts';
import { logForms } from '../support/log-forms.ts';
import { type Entry, memoryFiles } from '../support/memory.ts';
import { ruleOn } from '../support/run-memory.ts';
import { soak } from '../support/soak.ts';

const caseFolder = caseFolders();
const runs = { numRuns: soak ? 800 : 10 };
type Tree = Record<string, Entry>;

const stems = [
  '/owa/',
  '/owa/auth/x1.aspx',
  '/ecp/y.js',
  '/ews/exchange.asmx',
  '/a%31/b',
  '/aspnet_client/z.aspx',
  '/OWA/Auth/X1.ASPX',
];
const agents = ['Tool/1.0', 'Mozilla/5.0+(x)', 'curl/7', '-'];
const hosts = ['bad.example', 'a.bad.example', 'good.example', '-'];
const users = ['-', 'HAVEN\\mallory', 'alice@haven.example'];
const queries = ['-', 'cmd=whoami', 'a=b', 'q=%63md'];

/** Rows that have little in common with those of the next stretch: a block or two. */
const stretch = fc.record({
  rows: fc.integer({ min: 20, max: 60 }),
  stem: fc.subarray(stems, { minLength: 1, maxLength: 2 }),
  agent: fc.constantFrom(...agents),
  host: fc.constantFrom(...hosts),
  user: fc.constantFrom(...users),
  query: fc.constantFrom(...queries),
  method: fc.constantFrom('GET', 'POST'),
  status: fc.constantFrom('200', '404'),
  net: fc.constantFrom('192.0.2', '198.51.100', '203.0.113'),
});
const head =
  '#Fields: date time cs-method cs-uri-stem cs-uri-query cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status\n';
const log = fc
  .array(stretch, { minLength: 1, maxLength: 5 })
  .map((stretches) =>
    [
      head,
      ...stretches.flatMap(({ rows, stem, agent, host, user, query, method, status, net }, hour) =>
        Array.from(
          { length: rows },
          (_, row) =>
            `2021-03-03 ${String(hour).padStart(2, '0')}:${String(row).padStart(2, '0')}:11 ${method} ${stem[row % stem.length]!} ${query} ${user} ${net}.${row % 7} ${agent} ${host === '-' ? '-' : `https://${host}/p`} ${host} ${status}\n`,
        ),
      ),
    ].join(''),
  );

const eventIds = [4624, 4625, 4688, 4720];
const channels = ['Security', 'System'];
const chunk = fc.record({
  eventId: fc.constantFrom(...eventIds),
  channel: fc.constantFrom(...channels),
  events: fc.integer({ min: 1, max: 3 }),
});
const events = fc.array(chunk, { minLength: 1, maxLength: 4 }).map((chunks) =>
  evtxFile(
    chunks.map(({ eventId, channel, events: count }, at) =>
      evtxChunk(
        Array.from({ length: count }, (_, index) =>
          simpleEvent({
            channel,
            provider: 'Microsoft-Windows-Security-Auditing',
            eventId,
            id: at * 10 + index + 1,
            time: `2021-03-03T04:${10 + at}:0${index}Z`,
            data: {
              NewProcessName: `C:\\x\\${index % 2 === 0 ? 'cmd' : 'w3wp'}.exe`,
              TargetUserName: 'mallory',
              CommandLine: 'whoami /all',
            },
          }),
        ),
      ),
    ),
  ),
);

const tree: fc.Arbitrary<Tree> = fc
  .record({ log, second: fc.option(log, { nil: null }), events: fc.option(events, { nil: null }) })
  .map(({ log: first, second, events: file }) => ({
    '/case/W3SVC1/u_ex210303.log': first,
    ...(second === null ? {} : { '/case/W3SVC2/u_ex210304.log': second.replaceAll('2021-03-03', '2021-03-04') }),
    ...(file === null ? {} : { '/case/Security.evtx': file }),
    '/case/ecp.txt': logForms['ecp-activity']!.text,
    '/case/ews.txt': logForms['ews']!.text,
  }));

const match = (field: string, how: 'is' | 'contains' | 'starts' | 'ends', text: string): Expr => ({
  kind: 'match',
  field,
  test: { how, text, cased: false },
});
const atom: fc.Arbitrary<Expr> = fc.oneof(
  fc.constantFrom(...stems).map((stem) => match('cs-uri-stem', 'is', stem)),
  fc.constantFrom('aspx', '/a1/', '.js').map((text) => match('cs-uri-stem', 'contains', text)),
  fc.constantFrom('GET', 'POST').map((text) => match('cs-method', 'is', text)),
  fc.constantFrom('200', '404').map((text) => match('sc-status', 'is', text)),
  fc.constantFrom('192.0.2.', '198.51.100.', '203.0.113.3').map((text) => match('c-ip', 'starts', text)),
  fc.constantFrom('Tool', 'curl').map((text) => match('cs(User-Agent)', 'contains', text)),
  fc.constantFrom('cmd', 'whoami').map((text) => match('cs-uri-query', 'contains', text)),
  fc.constantFrom('bad').map((text) => match('cs(Referer)', 'contains', text)),
  fc.constant<Expr>({ kind: 'match', field: 'cs-username', test: { how: 'exists' } }),
  fc.constant<Expr>({ kind: 'match', field: 'c-ip', test: { how: 'cidr', network: '203.0.113.0/24' } }),
  fc.constant<Expr>({ kind: 'match', field: 'sc-status', test: { how: 'gte', number: 400 } }),
  fc.constant<Expr>({ kind: 'match', field: 'cs(User-Agent)', test: { how: 'empty' } }),
);
const expression: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 3, arbitrary: atom },
  { weight: 3, arbitrary: fc.array(atom, { minLength: 2, maxLength: 3 }).map((of): Expr => ({ kind: 'and', of })) },
  { weight: 1, arbitrary: fc.array(atom, { minLength: 2, maxLength: 2 }).map((of): Expr => ({ kind: 'or', of })) },
  {
    weight: 1,
    arbitrary: fc.tuple(atom, atom).map(([one, other]): Expr => ({ kind: 'and', of: [one, { kind: 'not', of: other }] })),
  },
);
const eventRule = fc.constantFrom(
  ruleOn('event/4720', 'windows-event', 'EventID', 'is', '4720'),
  ruleOn('event/system', 'windows-event', 'Channel', 'is', 'System'),
  ruleOn('event/cmd', 'windows-event', 'NewProcessName', 'contains', 'cmd.exe'),
  ruleOn('event/whoami', 'windows-event', 'CommandLine', 'contains', 'whoami'),
);
const ecpRule = ruleOn('ecp/psa', 'ecp-activity', 'PSA', 'contains', 'admin');
const webRule = fc
  .tuple(fc.integer({ min: 1, max: 4 }), expression)
  .map(([number, expr]): Rule => ({ ...ruleOn(`web/${number}`, 'iis-w3c', 'cs-method', 'is', 'GET'), expr }));
const ruleSet = fc
  .tuple(fc.array(webRule, { maxLength: 4 }), fc.array(eventRule, { maxLength: 2 }), fc.boolean())
  .map(([web, event, ecp]) => {
    const all = [...web, ...event, ...(ecp ? [ecpRule] : [])];
    return all.filter(({ id }, index) => all.findIndex((one) => one.id === id) === index);
  });

const indicatorLines = [
  '198.51.100.3,ip',
  '203.0.113.0/30,cidr',
  '192.0.2.99,ip',
  'bad.example,domain',
  'elsewhere.example,domain',
  'https://a.bad.example/p,url',
  '/owa/auth/x1.aspx,path',
  'C:\\inetpub\\wwwroot\\aspnet_client\\z.aspx,path',
  'mallory,account',
  'curl/7,user-agent',
];
const indicators = fc
  .option(fc.subarray(indicatorLines, { minLength: 1, maxLength: 3 }), { nil: null })
  .map((lines): PackedIndicators | null => {
    if (lines === null) return null;
    const set = new IndicatorSet();
    readList(set, ['value,type', ...lines].join('\n'), 'list.csv');
    return prepareIndicators(set.list()).packed;
  });

const sigma = (name: string, source: string, selection: string): string =>
  `title: ${name}\nid: 00000000-0000-4000-8000-0000000000${name}\nlogsource:\n${source}\ndetection:\n  s:\n${selection}\n  condition: s\n`;
const security = '  product: windows\n  service: security';
const community = bindRules([
  parseCollection(
    [
      sigma('01', security, '    EventID: 4720'),
      sigma('02', security, '    EventID: 4625'),
      sigma('03', '  product: windows\n  category: process_creation', "    Image|endswith: '\\cmd.exe'"),
      sigma('04', '  product: windows\n  service: system', '    EventID: 4624'),
      sigma('05', '  category: webserver', "    cs-uri-query|contains: 'whoami'"),
    ].join('---\n'),
    'others.yml',
    {},
  ),
]).rules;
const others = fc.subarray([...community], { maxLength: 4 });

interface Questions {
  readonly rules: readonly Rule[];
  readonly indicators: PackedIndicators | null;
  readonly others: readonly RunRule[];
}
const questions: fc.Arbitrary<Questions> = fc.record({ rules: ruleSet, indicators, others });
/** Most of what is asked stays as it was, as when a pack is added or a list of indicators is a day older. */
const change: fc.Arbitrary<(before: Questions) => Questions> = fc.oneof(
  { weight: 1, arbitrary: questions.map((now) => () => now) },
  {
    weight: 4,
    arbitrary: fc.oneof(webRule, eventRule).map((rule) => (before: Questions) => ({
      ...before,
      rules: [...before.rules.filter(({ id }) => id !== rule.id), rule],
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .nat(5)
      .map((at) => (before: Questions) => ({ ...before, rules: before.rules.filter((_, index) => index !== at) })),
  },
  { weight: 3, arbitrary: indicators.map((now) => (before: Questions) => ({ ...before, indicators: now })) },
  { weight: 2, arbitrary: others.map((now) => (before: Questions) => ({ ...before, others: now })) },
);

test('five rules of others run', () => expect(community.length).toBe(5));

test('whatever was asked before and is asked now', async () => {
  let blocks = 0;
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      tree,
      questions,
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (made, first, changes, trusting) => {
        const folder = caseFolder();
        const files = stamped(memoryFiles(made), () => 'then');
        await keepingRun(folder, files, { resume: false }, first);
        let now = first;
        // What was asked anew is asked something else once more.
        for (const changed of changes) {
          now = changed(now);
          const gone = await keepingRun(folder, files, { resume: true, trusting }, now);
          expect(gone.observed).toEqual(await observedRun(files, now));
          blocks += gone.told.anew.blocks;
          read += gone.told.anew.read;
        }
      },
    ),
    runs,
  );
  expect(blocks).toBeGreaterThan(10);
  expect(read).toBeLessThan(blocks);
});

const row = (number: number, stem: string, address: string, host = 'good.example'): string =>
  `2021-03-03 04:${String(number % 60).padStart(2, '0')}:11 GET ${stem} - - ${address} Tool/1.0 https://${host}/${number} ${host} 200\n`;
const ordinary = (from: number, rows: number): string =>
  Array.from({ length: rows }, (_, index) => row(from + index, '/owa/', '192.0.2.1')).join('');
const asksOf = async (
  made: Tree,
  now: Partial<RunOptions>,
  blockBytes = 4096,
): Promise<[blocks: number, read: number, hits: number]> => {
  const folder = caseFolder();
  const files = memoryFiles(made);
  await keepingRun(folder, files, { resume: false }, { blockBytes });
  const { told, observed } = await keepingRun(folder, files, { resume: true }, { ...now, blockBytes });
  expect(observed).toEqual(await observedRun(files, { ...now, blockBytes }));
  const found =
    observed.hits.reduce((sum, { count }) => sum + count, 0) + observed.indicatorHits.reduce((sum, { count }) => sum + count, 0);
  return [told.anew.blocks, told.anew.read, found];
};
const listed = (line: string): PackedIndicators => {
  const set = new IndicatorSet();
  readList(set, `value,type\n${line}\n`, 'list.csv');
  return prepareIndicators(set.list()).packed;
};

test('only the blocks are read in which the answer can stand', async () => {
  const text =
    head +
    ordinary(0, 400) +
    row(3, '/ecp/y.js', '203.0.113.9') +
    ordinary(400, 400) +
    row(5, '/owa/', '192.0.2.1', 'bad.example') +
    ordinary(800, 100);
  const made: Tree = { '/case/u_ex210303.log': text };
  const blocks = Math.ceil(text.length / 4096);
  expect(await asksOf(made, { rules: [ruleOn('a', 'iis-w3c', 'cs-uri-stem', 'contains', '.js')] })).toEqual([blocks, 1, 1]);
  expect(await asksOf(made, { rules: [ruleOn('a', 'iis-w3c', 'cs-uri-stem', 'contains', '.php')] })).toEqual([blocks, 0, 0]);
  expect(await asksOf(made, { indicators: listed('203.0.113.9,ip') })).toEqual([blocks, 1, 1]);
  expect(await asksOf(made, { indicators: listed('bad.example,domain') })).toEqual([blocks, 1, 1]);
  expect(await asksOf(made, { indicators: listed('198.51.100.1,ip') })).toEqual([blocks, 0, 0]);
  // Nobody kept what stands in a query: all is read, the ordinary way.
  expect(await asksOf(made, { rules: [ruleOn('a', 'iis-w3c', 'cs-uri-query', 'contains', 'cmd')] })).toEqual([0, 0, 0]);
});

test('where not every value found room, the block is read', async () => {
  // More pages and more addresses than are kept of a block; the one that matters comes last.
  const many = Array.from({ length: 6000 }, (_, index) => row(index, `/p${index}`, `10.${index >> 8}.${index & 255}.1`)).join('');
  const made: Tree = { '/case/u_ex210303.log': head + many + row(1, '/ecp/y.js', '203.0.113.9') };
  expect(await asksOf(made, { rules: [ruleOn('a', 'iis-w3c', 'cs-uri-stem', 'contains', '.js')] }, 4 << 20)).toEqual([0, 0, 1]);
  expect(await asksOf(made, { indicators: listed('203.0.113.9,ip') }, 4 << 20)).toEqual([0, 0, 1]);
});
