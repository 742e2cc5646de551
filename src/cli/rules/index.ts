import { Command } from 'commander';
import { checkCommand } from './check.ts';

/** `afterpatch rules …`: Sigma rules of others, before they are run. */
export function rulesCommand(earn: (code: number) => void): Command {
  return new Command('rules')
    .description('Sigma rules of others: which of them run here, on which logs, and which cannot and why.')
    .addCommand(checkCommand(earn));
}
