import { describe, expect, test } from 'vitest';
import { UserError } from '../core/errors.ts';
import { loadPacks, PackError, type PackFile } from './index.ts';

const pack = `id: demo
version: 1.0.0
name: Demo
summary: A demonstration
cves:
  - { id: CVE-2021-26855, role: the way in, sources: [https://example.test/] }
firstExploited: 2021-01-03
patched: 2021-03-02
fixedBuilds:
  - { from: 15.1.2176.9, below: 15.1.2177.0 }
waves:
  - { id: W1, name: first, from: 2021-01-03, to: 2021-02-25, meaning: few, sources: [https://example.test/] }
  - { id: W2, name: second, from: 2021-02-25, to: 2021-03-02, meaning: many, sources: [https://example.test/] }
proofs:
  - rule: one
    step: try
    stage: attempted
    confidence: confirmed
    title: Somebody tried
    proves: this
    doesNotProve: that
    innocent: a test
    techniques: [T1190]
    cves: [CVE-2021-26855]
    decisive: [AnchorMailbox]
    chain: { after: [one], withinSeconds: 600, stage: exploited, confidence: probable }
questions:
  - { stage: attempted, source: httpproxy, kind: trace, shows: requests, where: there }
traits:
  - id: early
    weighs: for
    when: { kind: wave, ids: [W1] }
    text: early
    sources: [https://example.test/]
waysBack:
  - { from: implanted, kind: file, why: pages }
knownPages: [shell.aspx]
sources: [https://example.test/]
`;
const rule = `title: One
id: 5d5a4c1a-0000-4000-8000-000000000001
status: test
author: Afterpatch
references: [https://example.test/]
falsepositives: [None known]
logsource:
  service: httpproxy
detection:
  a:
    AnchorMailbox|startswith: x
  condition: a
`;
const files = (packText = pack, ruleText: string | null = rule): PackFile[] => [
  { path: 'packs/demo/pack.yaml', text: packText },
  ...(ruleText === null ? [] : [{ path: 'packs/demo/rules/one.yml', text: ruleText }]),
];

test('loads', () => {
  const { packs, rules } = loadPacks([
    ...files(),
    { path: 'packs/demo/README.md', text: '' },
    { path: 'packs/demo/cases/one.yaml', text: '!' },
  ]);
  expect(rules.map(({ id }) => id)).toEqual(['demo/one']);
  expect(packs[0]!.proofs[0]).toMatchObject({ rule: 'demo/one', chain: { after: ['demo/one'] } });
  expect(packs[0]).toMatchObject({ firstExploited: '2021-01-03', fixedBuilds: [{ from: '15.1.2176.9', below: '15.1.2177.0' }] });
  expect(structuredClone(packs)).toEqual(packs);
  expect(loadPacks(files().map(({ path, text }) => ({ path: `D:\\x\\${path.replaceAll('/', '\\')}`, text }))).rules).toHaveLength(
    1,
  );
});

describe('what is wrong is shown in its line', () => {
  test.each<[string, string, string, RegExp]>([
    ['unknown key', 'name: Demo', 'name: Demo\ncolour: red', /pack\.yaml:4:1: unknown key `colour`/],
    ['missing key', 'summary: A demonstration\n', '', /`summary` is missing/],
    ['proof without rule', 'rule: one', 'rule: two', /:15:11: there is no rule `demo\/two`/],
    ['chain without rule', 'after: [one]', 'after: [two]', /:26:22: there is no rule `demo\/two`/],
    ['proof of another pack', 'rule: one', 'rule: other/one', /proves with its own rules/],
    ['bad stage', 'stage: attempted\n    confidence', 'stage: tried\n    confidence', /:17:12: `tried` is not known here/],
    ['no stage at all', 'stage: attempted\n    confidence', 'stage: none\n    confidence', /`none` is not known here/],
    ['bad confidence', 'confidence: confirmed', 'confidence: sure', /`sure` is not known/],
    [
      'a chain never confirms',
      'stage: exploited, confidence: probable',
      'stage: exploited, confidence: confirmed',
      /`confirmed` is not known/,
    ],
    ['bad step', 'step: try', 'step: jump', /`jump` is not known/],
    ['no such day', 'patched: 2021-03-02', 'patched: 2021-02-30', /:8:10: there is no day 2021-02-30/],
    ['no date', 'patched: 2021-03-02', 'patched: March', /does not have the right form/],
    ['wave backwards', 'to: 2021-02-25', 'to: 2021-01-01', /ends before it begins/],
    ['waves out of order', 'from: 2021-02-25', 'from: 2021-01-01', /wave before begins later/],
    ['wave twice', 'id: W2', 'id: W1', /two waves/],
    ['builds as text', '15.1.2177.0', '15.1.2176.8', /range ends before/],
    ['unknown CVE', 'cves: [CVE-2021-26855]', 'cves: [CVE-2021-27065]', /not among the pack's CVEs/],
    ['unknown wave', 'ids: [W1]', 'ids: [W9]', /no wave `W9`/],
    ['full stop', 'title: Somebody tried', 'title: Somebody tried.', /no full stop/],
    ['upper case', 'shell.aspx', 'Shell.aspx', /lower case/],
    ['page twice', '[shell.aspx]', '[shell.aspx, shell.aspx]', /stands twice/],
    ['other id', 'id: demo', 'id: test', /the id is `test` and the folder is `demo`/],
    ['wild pattern', '{ kind: wave, ids: [W1] }', "{ kind: page_pattern, pattern: '^(a+)+$' }", /anchored, short/],
    ['no list', 'techniques: [T1190]', 'techniques: T1190', /a list is needed here/],
    ['seconds', 'withinSeconds: 600', 'withinSeconds: 0', /whole number of seconds/],
  ])('%s', (_name, from, to, message) => {
    expect(pack).toContain(from);
    const load = (): unknown => loadPacks(files(pack.replace(from, () => to)));
    expect(load).toThrow(PackError);
    expect(load).toThrow(message);
    expect(load).toThrow(/\n +\d+ \| .*\n +\| +\^/);
  });
  test.each<[string, string, string, RegExp]>([
    ['no id', 'id: 5d5a4c1a-0000-4000-8000-000000000001\n', '', /`id` is missing/],
    ['no status', 'status: test\n', '', /`status` is missing/],
    ['no author', 'author: Afterpatch\n', '', /`author` is missing/],
    ['no references', 'references: [https://example.test/]\n', '', /`references` are missing/],
    ['nothing innocent', 'falsepositives: [None known]\n', '', /`falsepositives` are missing/],
    ['no title', 'title: One\n', '', /`title` is missing/],
  ])('rule with %s', (_name, from, to, message) => {
    expect(() =>
      loadPacks(
        files(
          pack,
          rule.replace(from, () => to),
        ),
      ),
    ).toThrow(message);
  });
  test('files that do not belong together', () => {
    expect(() => loadPacks(files().slice(1))).toThrow(/no packs\/demo\/pack\.yaml/);
    expect(() => loadPacks(files(pack, null))).toThrow(/no rule `demo\/one`/);
    const second = { path: 'packs/demo/rules/two.yml', text: rule.replace('0001', '0002') };
    expect(() => loadPacks([...files(), second])).toThrow(/the rule `demo\/two` has no proof/);
    expect(() => loadPacks([...files(), { ...second, text: rule }])).toThrow(/the UUID is that of `demo\/one`/);
    expect(() => loadPacks([...files(), { ...second, path: 'packs/demo/rules/two.yaml' }])).toThrow(/ends in `\.yml`/);
    expect(() => loadPacks(files('id: ['))).toThrow(UserError);
  });
});
