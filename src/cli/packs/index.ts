import { Command } from 'commander';
import { checkCommand } from './check.ts';
import { listCommand } from './list.ts';
import { newCommand } from './new.ts';
import { showCommand } from './show.ts';
import { testCommand } from './test.ts';

/** `afterpatch packs …`: which campaigns this version knows, and how one is added. */
export function packsCommand(earn: (code: number) => void): Command {
  return new Command('packs')
    .description('The campaigns that this version knows, the rules by which it knows them, and what helps to write one.')
    .addCommand(listCommand(earn))
    .addCommand(showCommand(earn))
    .addCommand(checkCommand(earn))
    .addCommand(testCommand(earn))
    .addCommand(newCommand(earn));
}
