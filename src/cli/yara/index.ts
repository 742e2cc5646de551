import { Command } from 'commander';
import { checkCommand } from './check.ts';

/** `afterpatch yara …`: signatures of others, before they are run. */
export function yaraCommand(earn: (code: number) => void): Command {
  return new Command('yara')
    .summary('look at YARA signatures before they are run')
    .description('YARA signatures of others: which of them run here, and which do not and why.')
    .addCommand(checkCommand(earn));
}
