/** What victims and responders published, against what is believed of it. One table: case, expected, got. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assessFolder, differences, type Expect, summary } from '../support/assess-folder.ts';
import { evidenceFolder } from '../support/evidence.ts';

/** Cases whose sources are read today. */
const readable = ['03', '04', '05', '11', '14', '24', '30', '38'];
const evidence = evidenceFolder();
const cases =
  evidence === null
    ? []
    : fs
        .readdirSync(path.join(evidence, 'cases'))
        .filter((name) => readable.includes(name.slice(0, 2)))
        .sort();

test.skipIf(evidence === null)('published cases match what is believed of them', async () => {
  const rows: Record<string, string>[] = [];
  const wrong: string[] = [];
  for (const name of cases) {
    const folder = path.join(evidence!, 'cases', name);
    const { expect: wanted } = JSON.parse(fs.readFileSync(path.join(folder, 'case.json'), 'utf8')) as { readonly expect: Expect };
    const assessment = await assessFolder(path.join(folder, 'evidence'));
    const different = differences(assessment, wanted);
    rows.push({
      case: name,
      expected: `${wanted.answer?.join('|')}/${wanted.stage?.join('|')}`,
      got: summary(assessment),
      verdict: different.join('; ') || 'as expected',
    });
    wrong.push(...different.map((text) => `${name}: ${text}`));
  }
  console.table(rows);
  expect(cases.length).toBe(readable.length);
  expect(wrong).toEqual([]);
});
