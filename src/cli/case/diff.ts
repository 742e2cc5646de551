import { Command, InvalidArgumentError } from 'commander';
import { diffOf } from '../../case/index.ts';
import { UserError } from '../../core/errors.ts';
import { renderCaseDiff } from '../../report/index.ts';
import { printed } from '../printed.ts';
import { assessmentsOf, numbered } from './assessments.ts';

const number = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Give the number of an assessment.');
  return value;
};

/** `afterpatch case diff`: two assessments of a case held against each other. */
export function diffCommand(earn: (code: number) => void): Command {
  return new Command('diff')
    .summary('what changed from one assessment of a case to another')
    .description(
      'Findings that are new or gone, logs that were gained or lost, and whether the answer changed and why. Without numbers the last two are compared.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .argument('[a]', 'number of the earlier one (default: the one before the last)', number)
    .argument('[b]', 'number of the later one (default: the last)', number)
    .option('--json', 'as JSON')
    .action(async (folder: string, a: number | undefined, b: number | undefined, options: { readonly json?: true }) => {
      const kept = assessmentsOf(folder);
      const after = b === undefined ? kept.at(-1)! : numbered(kept, b);
      const before = a === undefined ? kept.filter((one) => one.number < after.number).at(-1) : numbered(kept, a);
      if (before === undefined)
        throw new UserError(
          'case.one',
          `The case ${folder} has one assessment only.`,
          'Assess the servers again into the same folder (--out), and compare then.',
        );
      const diff = diffOf(before.read(), after.read());
      await printed(
        options.json === true ? `${JSON.stringify(diff, null, 1)}\n` : renderCaseDiff(diff, before.number, after.number),
      );
      earn(0);
    });
}
