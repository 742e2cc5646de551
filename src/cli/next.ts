import path from 'node:path';
import { Command } from 'commander';
import { readAssessment } from '../case/index.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { renderNext } from '../report/index.ts';
import { caseFile } from './case-file.ts';
import { printed } from './printed.ts';

/** `afterpatch next`: which files can still change the answer? */
export function nextCommand(earn: (code: number) => void): Command {
  return new Command('next')
    .description(
      'Prints the shortest list of logs that can still change the answer of a case: of each where it lies, what it decides, and about how much there is to fetch. Assessing ran the judgement over what each missing source could hold; no evidence is read again. Exit code: 0 nothing that is missing could change the answer, 2 something could.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .option('--json', 'as JSON')
    .action(async (folder: string, options: { readonly json?: true }) => {
      const assessment = readAssessment(
        caseFile(folder, 'assessment.json'),
        path.join(folder, 'assessment.json'),
        nodePlatform.assets.text('schema/assessment-1.json'),
      );
      await printed(
        options.json === true
          ? `${JSON.stringify(assessment.next, null, 1)}\n`
          : renderNext(assessment, {
              width: process.stdout.columns ?? 80,
              bytesPerSecond: speedOf(caseFile(folder, 'run.json')),
            }),
      );
      earn(assessment.next.list.length === 0 ? 0 : 2);
    });
}

/** How fast the case was read on this machine; null: its record does not say. */
function speedOf(text: string): number | null {
  let run: unknown;
  try {
    run = JSON.parse(text);
  } catch {
    return null;
  }
  const fields: Record<string, unknown> = typeof run === 'object' && run !== null ? { ...run } : {};
  const seconds = (Date.parse(String(fields.endedUtc)) - Date.parse(String(fields.startedUtc))) / 1000;
  const bytes = fields.bytesRead;
  return typeof bytes === 'number' && seconds > 0 ? bytes / seconds : null;
}
