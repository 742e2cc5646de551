import { Command } from 'commander';
import { listCommand } from './list.ts';

/** `afterpatch evidence …`: what was handed in, before anything is judged. */
export function evidenceCommand(earn: (code: number) => void): Command {
  return new Command('evidence')
    .description('What was handed in: what would be read, and what would not.')
    .addCommand(listCommand(earn));
}
