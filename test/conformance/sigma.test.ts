/**
 * The community's own rules: each is read, and runs or is told why not; each finds in its makers' event log what it was made for; and
 * what the compiled engine finds in event logs of other people's machines is what a plain reading of the specification finds.
 * @see https://github.com/SigmaHQ/sigma
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Rows } from '../../src/core/record.ts';
import { groupsOfReader } from '../../src/detect/index.ts';
import { evtx } from '../../src/read/evtx.ts';
import { compileMany, isRuleCode, ruleCodes, type RunRule, sourceOfKey } from '../../src/rules/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { naiveMatches, type NaiveRecord } from '../support/naive-sigma.ts';
import { scanText } from '../support/scan.ts';
import { sigmaRules } from '../support/sigma-rules.ts';
import { shortened } from '../support/soak.ts';
import { agrees } from '../support/yaml-agrees.ts';

const evidence = evidenceFolder();
const rulesFolder = path.join(evidence ?? '', 'sigma', 'sigmahq');
const pairsFolder = path.join(evidence ?? '', 'sigma', 'regression');
const logsFolder = path.join(evidence ?? '', 'evtx');
const absent = evidence === null || !fs.existsSync(rulesFolder);

const below = (folder: string, ending: string): string[] =>
  (absent ? [] : fs.readdirSync(folder, { recursive: true }).map(String)).filter((name) => name.endsWith(ending)).sort();

const groups = groupsOfReader(evtx);
const sources = evtx.logSources!;

/** Ids of the rules that match, for each record of an event log. */
function matchesOf(file: string): { readonly row: NaiveRecord; readonly found: readonly string[] }[] {
  const { rules } = sigmaRules(rulesFolder).set;
  const many = (compiled ??= compileMany(rules, sources, groups, 'judged'));
  const all: { row: NaiveRecord; found: string[] }[] = [];
  const judge = (): boolean => true;
  scanText(evtx, new Uint8Array(fs.readFileSync(file)), {
    judge,
    groups,
    onRows: (rows) => {
      for (let row = 0; row < rows.length; row++) {
        const found = new Set<string>();
        // A row that would not be looked at finds nothing.
        if (
          groups.some((names, group) =>
            many.judge(
              group,
              names.map((name) => rows.text(row, name)),
            ),
          )
        )
          many.match(rows, row, (index) => found.add(rules[index]!.id));
        all.push({ row: recordOf(rows, row), found: [...found].sort() });
      }
    },
  });
  return all;
}
let compiled: ReturnType<typeof compileMany> | undefined;

function recordOf(rows: Rows, row: number): NaiveRecord {
  const { logSource, fields } = rows.layout(row);
  return {
    logSource,
    fields: new Map(
      fields.flatMap(({ name }) => [name.replaceAll(' ', ''), name].map((one) => [one, rows.text(row, name) ?? ''] as const)),
    ),
    percent: new Set(fields.filter(({ percent }) => percent === true).map(({ name }) => name)),
  };
}

test.skipIf(absent)('what is read in one pass is read as the YAML library reads it, and that is nearly every file', () => {
  const told = below(rulesFolder, '.yml').map((name) => agrees(fs.readFileSync(path.join(rulesFolder, name), 'utf8')));
  expect(told.filter((one) => one === false)).toHaveLength(0);
  expect(told.filter((one) => one === true).length).toBeGreaterThan(told.length * 0.9);
});

test.skipIf(absent)('every rule is read; each runs or is told why not, 20 at most', () => {
  const { set, files, errors, plain } = sigmaRules(rulesFolder);
  expect(files).toBe(3779);
  expect(errors).toBe(0);
  expect(plain.size).toBe(3779);
  expect(set.unrun.filter(({ code }) => !isRuleCode(code))).toEqual([]);
  const cannot = set.unrun.filter(({ code }) => ruleCodes[code].kind === 'error');
  expect(cannot.length).toBeLessThanOrEqual(20);
  // Nothing but values that only the owner of the network can give.
  expect(new Set(cannot.map(({ code }) => code))).toEqual(new Set(['rule.placeholder']));
  expect(set.rules.length + set.unrun.length).toBe(3779);
  expect(set.rules.length).toBe(2936);
});

test.skipIf(absent)('each rule finds what it was made for', () => {
  const { set, plain } = sigmaRules(rulesFolder);
  const missed: string[] = [];
  let pairs = 0;
  for (const name of below(pairsFolder, 'info.yml')) {
    const info = parse(fs.readFileSync(path.join(pairsFolder, name), 'utf8')) as {
      rule_metadata: { id: string }[];
      regression_tests_info?: { type: string; path: string; match_count?: number }[];
    };
    for (const { type, path: stated, match_count: count } of info.regression_tests_info ?? []) {
      if (type !== 'evtx') continue;
      pairs++;
      const file = path.join(pairsFolder, path.dirname(name), path.basename(stated));
      const wanted = info.rule_metadata.map(({ id }) => id);
      const records = matchesOf(file);
      const hits = records.filter(({ found }) => wanted.some((id) => found.includes(id))).length;
      // What they count is what they wanted to see; some logs hold the same event more than once.
      if (hits < (count ?? 1)) missed.push(`${name}: ${hits} of ${count ?? 'some'}`);
      for (const { row, found } of records)
        for (const id of wanted) {
          const resolved = sourceOfKey(set.rules.find((rule) => rule.id === id)?.source ?? '');
          const holds = 'variants' in resolved && naiveMatches(plain.get(id)!, resolved.variants, row);
          if (holds !== found.includes(id)) missed.push(`${name} ${row.fields.get('EventRecordID')}: ${id}`);
        }
    }
  }
  expect(missed).toEqual([]);
  expect(pairs).toBeGreaterThanOrEqual(120);
});

test.skipIf(absent)(
  'over event logs the engine finds what a plain reading of the specification finds',
  () => {
    const { set, plain } = sigmaRules(rulesFolder);
    const bySource = new Map<string, RunRule[]>();
    for (const rule of set.rules) bySource.set(rule.source, [...(bySource.get(rule.source) ?? []), rule]);
    const differences: string[] = [];
    let records = 0;
    let hits = 0;
    const files = below(logsFolder, '.evtx');
    for (const name of shortened('event logs', files, (file) => files.indexOf(file) % 24 === 0)) {
      for (const { row, found } of matchesOf(path.join(logsFolder, name))) {
        records++;
        const naive: string[] = [];
        for (const [source, rules] of bySource) {
          const resolved = sourceOfKey(source);
          if (!('variants' in resolved)) continue;
          for (const { id } of rules) if (naiveMatches(plain.get(id)!, resolved.variants, row)) naive.push(id);
        }
        naive.sort();
        hits += found.length;
        if (naive.join() !== found.join())
          differences.push(
            `${name} ${row.fields.get('EventRecordID')}: only engine ${found.filter((id) => !naive.includes(id)).join()}; only naive ${naive.filter((id) => !found.includes(id)).join()}`,
          );
        if (differences.length > 20) break;
      }
    }
    expect(differences).toEqual([]);
    console.info(`${records} records, ${hits} hits`);
    expect(hits).toBeGreaterThan(50);
  },
  3_600_000,
);
