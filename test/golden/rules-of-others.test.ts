/**
 * Rules of others change no answer: with the whole of the community's rules every example and every published case is judged as
 * without them, and what they match stands beside it, one finding for each rule, or with the intrusion that it belongs to.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { assess, loadContent } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { stageRank } from '../../src/core/stage.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { inlineExecutor } from '../../src/run/index.ts';
import { bindRules, parseCollection, type RuleSet } from '../../src/rules/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { sigmaRules } from '../support/sigma-rules.ts';
import { shortened } from '../support/soak.ts';

const home = path.resolve(import.meta.dirname, '..', '..');
const examples = path.join(home, 'examples');
const evidence = evidenceFolder();
const rulesFolder = path.join(evidence ?? '', 'sigma', 'sigmahq');
const content = loadContent(nodePlatform);

async function assessed(folder: string, others?: RuleSet): Promise<Assessment> {
  const { assessment } = await assess([folder], {
    organisation: 'x',
    known: [],
    executor: inlineExecutor(),
    platform: nodePlatform,
    content,
    ...(others === undefined ? {} : { others }),
  });
  return assessment;
}

const othersBonds = new Set(['row', 'process', 'logon', 'file']);

/** The whole assessment but for what rules of others matched; what of that stands with an intrusion says no more than the intrusion. */
function without(assessment: Assessment): Assessment {
  const own = new Map(assessment.findings.filter(({ rule }) => rule.startsWith('other/')).map((one) => [one.id, one]));
  for (const { stage, findings } of assessment.intrusions)
    for (const id of findings) {
      const joined = own.get(id);
      if (joined === undefined) continue;
      expect(stageRank(joined.stage)).toBeLessThanOrEqual(stageRank(stage));
      expect(joined.confidence).toBe('probable');
    }
  return {
    ...assessment,
    intrusions: assessment.intrusions.map((one) => ({
      ...one,
      findings: one.findings.filter((id) => !own.has(id)),
      together: one.together.filter(({ by }) => !othersBonds.has(by)),
    })),
    findings: assessment.findings.filter(({ id }) => !own.has(id)),
    // How they are judged is said where there are any.
    rules: assessment.rules.filter(({ id }) => !id.startsWith('others.')),
  };
}

const small = bindRules([
  parseCollection(
    `title: Any answer
id: 6b0c1f0e-5d49-4d8e-9c5b-0f6f0a1d2c3b
logsource: { category: webserver }
detection:
  sel: { sc-status: 200 }
  condition: sel
level: critical
tags: [attack.t1190, cve.2021-26855]
---
title: Many answers
name: many
logsource: { category: webserver }
detection:
  sel: { cs-method: GET }
  condition: sel
---
title: Four in a day
correlation:
  type: event_count
  rules: [many]
  group-by: [c-ip]
  timespan: 1d
  condition: { gte: 4 }
`,
    'small.yml',
  ),
]);

test('what a rule matches is one finding, possible, without a stage, with a count; the rest is what it was', async () => {
  const folder = path.join(examples, 'healthy');
  const [plain, more] = [await assessed(folder), await assessed(folder, small)];
  expect(without(more)).toEqual(plain);
  const others = more.findings.filter(({ rule }) => rule.startsWith('other/'));
  expect(others.map(({ title, stage, confidence }) => [title, stage, confidence])).toEqual(
    expect.arrayContaining([
      ['A rule of others matched: Any answer', 'none', 'possible'],
      ['A rule of others matched: Four in a day', 'none', 'possible'],
    ]),
  );
  expect(others).toHaveLength(2);
  const [any] = others.filter(({ title }) => title.endsWith('Any answer'));
  expect(any!.techniques).toEqual(['T1190']);
  expect(any!.cves).toEqual(['CVE-2021-26855']);
  const logs = fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /u_ex\d+\.log$/.test(name));
  const rows = logs
    .flatMap((name) => fs.readFileSync(path.join(folder, name), 'latin1').split('\n'))
    .filter((line) => / 200 \d+ \d+ \d+/.test(line));
  expect(any!.count).toBe(rows.length);
  expect(any!.evidence.length).toBeLessThanOrEqual(10);
  expect(any!.evidence[0]!.line).toBeGreaterThan(0);
});

const sets = fs
  .readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  .map(({ name }) => path.join(examples, name));
const cases =
  evidence === null
    ? []
    : ['cases', 'logs']
        .flatMap((part) => fs.readdirSync(path.join(evidence, part)).map((name) => path.join(evidence, part, name)))
        .filter((name) => fs.statSync(name).isDirectory())
        .sort();

describe.skipIf(evidence === null)('all of the community’s rules', () => {
  test.each(
    shortened('sets', [...sets, ...cases], (folder) => /healthy|written-shell|exchange-formats|30-/.test(folder)).map(
      (folder) => [path.basename(folder), folder] as const,
    ),
  )(
    '%s is judged as without them',
    async (_name, folder) => {
      const { set } = sigmaRules(rulesFolder);
      expect(without(await assessed(folder, set))).toEqual(await assessed(folder));
    },
    600_000,
  );
});
