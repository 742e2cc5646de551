import { Command } from 'commander';
import { ownPacks } from './folders.ts';

/** `afterpatch packs check`: whether packs can be used as they stand. */
export function checkCommand(earn: (code: number) => void): Command {
  return new Command('check')
    .description('whether packs can be used as they stand; what is wrong is shown in its line')
    .argument('[folder...]', 'folders of packs; without one, those that come with the program')
    .action((folders: readonly string[]) => {
      const { packs, rules, asked } = ownPacks(folders);
      for (const pack of packs.filter(({ id }) => asked.includes(id))) {
        const own = rules.filter(({ id }) => id.startsWith(`${pack.id}/`));
        process.stdout.write(`${pack.id}  ${pack.version}  ${own.length} rules, ${pack.waves.length} waves: as it should be\n`);
      }
      earn(0);
    });
}
