import { Command } from 'commander';
import { acknowledgeCommand } from './acknowledge.ts';
import { diffCommand } from './diff.ts';
import { doneCommand } from './done.ts';
import { showCommand } from './show.ts';

/** `afterpatch case …`: what a case knows beside its last assessment. */
export function caseCommand(earn: (code: number) => void): Command {
  return new Command('case')
    .summary('a case over time: its answers, what is open, what was acknowledged')
    .description(
      'A case keeps every assessment that was made into its folder, and what people said of it. Nothing here reads evidence.',
    )
    .addCommand(showCommand(earn))
    .addCommand(diffCommand(earn))
    .addCommand(doneCommand(earn))
    .addCommand(acknowledgeCommand(earn));
}
