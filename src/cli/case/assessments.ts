/** All assessments of a case, oldest first; the last one lies in the case itself. */
import fs from 'node:fs';
import path from 'node:path';
import { historyFolder, historyNumber, readAssessment, readRendering } from '../../case/index.ts';
import type { Assessment } from '../../core/assessment.ts';
import { UserError } from '../../core/errors.ts';
import { nodePlatform } from '../../host/node-platform.ts';
import { caseFile } from '../case-file.ts';

export interface Kept {
  readonly number: number;
  readonly folder: string;
  /** What its report calls now; null: nobody says. */
  readonly nowMs: number | null;
  readonly read: () => Assessment;
}

export function assessmentsOf(folder: string): Kept[] {
  const history = path.join(folder, historyFolder);
  const numbered = (fs.existsSync(history) ? fs.readdirSync(history) : [])
    .map((name) => ({ number: historyNumber(name), folder: path.join(history, name) }))
    .filter((one): one is { number: number; folder: string } => one.number !== null)
    .sort((a, b) => a.number - b.number);
  const last = fs.existsSync(path.join(folder, 'assessment.json'))
    ? [{ number: Math.max(0, ...numbered.map(({ number }) => number)) + 1, folder }]
    : [];
  // Says what is wrong where there is nothing at all.
  if (numbered.length + last.length === 0) caseFile(folder, 'assessment.json');
  return [...numbered, ...last].map(({ number, folder: own }) => ({
    number,
    folder: own,
    nowMs: readRendering(caseFile(own, 'run.json')).nowMs,
    read: () =>
      readAssessment(
        caseFile(own, 'assessment.json'),
        path.join(own, 'assessment.json'),
        nodePlatform.assets.text('schema/assessment-1.json'),
      ),
  }));
}

/** @throws UserError where the case has none of that number */
export function numbered(kept: readonly Kept[], number: number): Kept {
  const found = kept.find((one) => one.number === number);
  if (found !== undefined) return found;
  throw new UserError(
    'case.number',
    `The case has no assessment ${number}.`,
    `It has ${kept.map((one) => one.number).join(', ')}; \`npx afterpatch case show\` lists them.`,
  );
}
