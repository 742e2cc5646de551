/** Each invented hand-over against what the rules of judgement allow to say of it. One table: name, expected, got. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessFolder, differences } from '../support/assess-folder.ts';
import { anchors } from './hand-overs/anchors.ts';
import { logs } from './hand-overs/logs.ts';
import { looks } from './hand-overs/looks.ts';
import { machine } from './hand-overs/machine.ts';
import { tools } from './hand-overs/tools.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-hand-overs-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each([...anchors, ...logs, ...tools, ...machine, ...looks].map((one, index) => ({ ...one, index })))(
  '$name',
  async ({ index, files, expect: wanted }) => {
    const place = path.join(folder, String(index));
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(place, ...name.split('/'));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    const assessment = await assessFolder(place);
    expect(differences(assessment, wanted)).toEqual([]);
    // Whatever was put right to read it: what is shown are the bytes that were handed in, at their place.
    for (const { evidence } of assessment.findings)
      for (const { artifact, offsetBytes, line, rawBase64 } of evidence) {
        const bytes = fs.readFileSync(path.join(place, ...artifact.split('/')));
        const raw = Buffer.from(rawBase64, 'base64');
        expect(bytes.subarray(offsetBytes, offsetBytes + raw.length).equals(raw)).toBe(true);
        // What is said of a file as a whole has no line.
        if (raw.length > 0) expect(line).toBe(bytes.subarray(0, offsetBytes).toString('latin1').split('\n').length);
      }
  },
);
