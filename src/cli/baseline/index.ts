import { Command } from 'commander';
import { addCommand } from './add.ts';

/** `afterpatch baseline …`: lists of files that are known to be good. */
export function baselineCommand(earn: (code: number) => void): Command {
  return new Command('baseline')
    .summary('lists of files that are known to be good')
    .description(
      'Lists of the files that a build of Exchange ships. Those up to March 2021 come with the program; of later builds no public list exists: “add” makes one of a clean installation.',
    )
    .addCommand(addCommand(earn));
}
