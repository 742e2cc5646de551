/** Ordinary logs of other people's servers give nothing above `probed`. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stageRank } from '../../src/core/stage.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { evidenceFolder } from '../support/evidence.ts';

const evidence = evidenceFolder();
const files =
  evidence === null
    ? []
    : ['logs', path.join('cases', '30-healthy-exchange2016-zgrab-probe', 'evidence')]
        .flatMap((place) => fs.readdirSync(path.join(evidence, place), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && !/attack|block0|LICENSE|license|ACKNOWLEDG|\.md$/.test(entry.name))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();

test.skipIf(evidence === null)('benign logs give nothing above probed', async () => {
  const above: string[] = [];
  let records = 0;
  for (const file of files) {
    const assessment = await assessFolder(file);
    records += assessment.evidence.reduce((sum, entry) => sum + entry.records, 0);
    for (const finding of assessment.findings) {
      if (stageRank(finding.stage) > stageRank('probed'))
        above.push(`${path.basename(file)}: ${finding.rule} ${finding.stage} ${finding.confidence}`);
    }
  }
  // Of the logs alone; event logs add theirs once they are read.
  expect(records).toBeGreaterThanOrEqual(1376);
  expect(above).toEqual([]);
});

test.skipIf(evidence === null)('the attack excerpts among them are seen', async () => {
  const file = path.join(evidence!, 'logs', 'exchange-formats', 'logs', '00_block0');
  expect((await assessFolder(file)).verdict).toMatchObject({ answer: 'confirmed', stage: 'operated' });
  const lab = path.join(evidence!, 'logs', 'exchange-excerpts', 'iis-attack-webshell-m365internals-lab.log');
  expect((await assessFolder(lab)).verdict.answer).toMatch(/confirmed|suspected/);
});
