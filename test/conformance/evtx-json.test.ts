/**
 * The JSON that evtx_dump wrote of event logs, beside what is read here of the same files: every field of every record the same. The
 * pairs are the regression data of SigmaHQ; the single records are snapshots of the reader's own tests.
 * @see https://github.com/SigmaHQ/sigma/tree/master/regression_data
 * @see https://github.com/omerbenamram/evtx
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { gather } from '../../src/evidence/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { recordsOf } from '../../src/run/index.ts';
import { evidenceFolder } from '../support/evidence.ts';

const evidence = evidenceFolder();
const pairsFolder = path.join(evidence ?? '', 'sigma', 'regression');
/** Event log → the JSON that stands beside it under the same name. */
const pairs = (evidence === null ? [] : fs.readdirSync(pairsFolder, { recursive: true }).map(String))
  .filter((name) => name.endsWith('.evtx'))
  .sort()
  .flatMap((name): [string, string][] => {
    const stem = path.basename(name, '.evtx');
    const beside = fs.readdirSync(path.join(pairsFolder, path.dirname(name))).find((other) => other === `${stem}.json`);
    return beside === undefined ? [] : [[name, path.join(path.dirname(name), beside)]];
  });

/** Where theirs and ours differ, and why: by file. */
const differences: Readonly<Record<string, readonly [ours: string, theirs: string, why: string][]>> = {
  'rules/windows/process_creation/proc_creation_win_susp_right_to_left_override/ad691d92-15f2-4181-9aa4-723c74f9ddc3.evtx': [
    [
      '2026-03-20T08:31:26.751156Z',
      '2026-03-20T08:31:26.751156500Z',
      'nine digits of a second, where the form of all others has six: another program wrote it',
    ],
    ['C:\\Windows\\Explorer.EXE', 'C:\\Windows\\Explorer.exe', 'the event log holds EXE: the JSON was edited'],
  ],
};

/** JSON texts that stand one behind the other, each parsed. */
function documentsOf(text: string): unknown[] {
  const found: unknown[] = [];
  let from = -1;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' && depth++ === 0) from = at;
    else if (character === '}' && --depth === 0) found.push(exact(text.slice(from, at + 1)));
  }
  return found;
}

/** Numbers by their digits: those of eight bytes are more than a number holds. */
const exact = (json: string): unknown =>
  JSON.parse(
    json.replace(
      /("(?:[^"\\]|\\.)*")|(-?\d+)(?=\s*[,}\]])/g,
      (_, text?: string, digits?: string) => text ?? `{"#number":"${digits}"}`,
    ),
  );

/** What chunks list; other readers do not look for what was left over. */
async function listed(file: string): Promise<string[]> {
  const { artifacts, close } = await gather([file], nodePlatform);
  const all = artifacts.flatMap((artifact) => [...recordsOf(artifact)]).flat();
  const json = all.filter((record) => record.text('Recovered') === null).map((record) => record.json() ?? 'null');
  close();
  return json;
}

test.skipIf(evidence === null)(
  'every pair of event log and JSON agrees in every field',
  async () => {
    expect(pairs).toHaveLength(129);
    let records = 0;
    for (const [log, json] of pairs) {
      let theirs = fs.readFileSync(path.join(pairsFolder, json), 'utf8');
      for (const [own, other] of differences[log] ?? []) {
        expect(theirs, log).toContain(JSON.stringify(other));
        theirs = theirs.replaceAll(JSON.stringify(other), JSON.stringify(own));
      }
      const wanted = documentsOf(theirs);
      expect((await listed(path.join(pairsFolder, log))).map(exact), log).toEqual(wanted);
      records += wanted.length;
    }
    expect(records).toBe(155);
  },
  120_000,
);

const snapshots = path.join(evidence ?? '', 'evtx', 'edge-cases', 'tests', 'snapshots');
/** Their own order: attributes beside their elements instead of in them. */
const isSeparate = (json: string): boolean => json.includes('_attributes":');

test.skipIf(evidence === null)(
  'single records read as the snapshots of another reader show them',
  async () => {
    const wanted = new Map(
      fs
        .readdirSync(snapshots)
        .filter((name) => name.includes('event_json'))
        .map((name) => [name, fs.readFileSync(path.join(snapshots, name), 'utf8').split('---\n').slice(2).join('---\n')] as const)
        .filter(([, json]) => json.startsWith('{') && !isSeparate(json))
        .map(([name, json]) => [name, JSON.stringify(exact(json))] as const),
    );
    expect(wanted.size).toBe(6);
    const { artifacts, close } = await gather([path.join(evidence!, 'evtx', 'edge-cases', 'samples')], nodePlatform);
    for (const artifact of artifacts)
      for (const block of recordsOf(artifact))
        for (const record of block) {
          const json = record.json();
          if (json === null) continue;
          const own = JSON.stringify(exact(json));
          for (const [name, shot] of wanted) if (shot === own) wanted.delete(name);
        }
    close();
    // The file that this one was made of is not in the collection.
    expect([...wanted.keys()]).toEqual(['test_record_samples__event_json_sample_with_event_data.snap']);
  },
  120_000,
);
