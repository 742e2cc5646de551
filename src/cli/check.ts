import { Command } from 'commander';
import path from 'node:path';
import { readAssessment } from '../case/index.ts';
import { type Checked, checkCase } from '../check/index.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { caseFile } from './case-file.ts';
import { checkPaths } from './paths.ts';

const shownBreaches = 20;

/** `afterpatch check`: does what the case says hold? Another program than the one that wrote it looks. */
export function checkCommand(earn: (code: number) => void): Command {
  return new Command('check')
    .description(
      'Reads the evidence of a case again and looks up every row that a finding shows: its bytes, line, number and hash. Derives every stage and the verdict again from the findings. It shares no reader, no rule engine and no judgement with `assess`. Exit code: 0 all of it holds, 1 something does not, 2 nothing is wrong, but not all of it could be checked.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .argument('<evidence...>', 'the files and folders that it assessed, as they were given to it')
    .option('--json', 'print the result as JSON')
    .action((folder: string, roots: readonly string[], options: { readonly json?: true }) => {
      const assessment = readAssessment(
        caseFile(folder, 'assessment.json'),
        path.join(folder, 'assessment.json'),
        nodePlatform.assets.text('schema/assessment-1.json'),
      );
      checkPaths(roots, nodePlatform);
      const checked = checkCase(assessment, roots, nodePlatform);
      process.stdout.write(options.json === true ? `${JSON.stringify(checked, null, 1)}\n` : told(checked));
      earn(checked.broken > 0 ? 1 : checked.unchecked.length > 0 ? 2 : 0);
    });
}

function told({ holds, broken, breaches, unchecked }: Checked): string {
  const left = unchecked.reduce((sum, { claims }) => sum + claims, 0);
  const lines = [`${holds} of ${holds + broken + left} claims hold.`];
  if (broken > 0) lines.push(`${broken} do not:`);
  for (const { claim, expected, found } of breaches.slice(0, shownBreaches))
    lines.push(`  ${claim}`, `    the case says  ${expected}`, `    here it is     ${found}`);
  if (broken > shownBreaches) lines.push(`  … and ${broken - shownBreaches} more (--json shows a thousand)`);
  for (const { why, claims } of unchecked) lines.push(`${claims} could not be checked: ${why}.`);
  return `${lines.join('\n')}\n`;
}
