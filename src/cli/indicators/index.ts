import { Command } from 'commander';
import { checkCommand } from './check.ts';

/** `afterpatch indicators …`: lists of others, before they are looked for. */
export function indicatorsCommand(earn: (code: number) => void): Command {
  return new Command('indicators')
    .summary('look at lists of indicators before they are looked for')
    .description('Lists of indicators of others: what of them can be looked for here, what cannot, and why.')
    .addCommand(checkCommand(earn));
}
