import { Command } from 'commander';
import { ownPacks } from './folders.ts';
import { checkSignatures } from './signatures.ts';

/** `afterpatch packs check`: whether packs can be used as they stand. */
export function checkCommand(earn: (code: number) => void): Command {
  return new Command('check')
    .description('whether packs can be used as they stand; what is wrong is shown in its line')
    .argument('[folder...]', 'folders of packs; without one, those that come with the program')
    .action(async (folders: readonly string[]) => {
      const { packs, rules, asked, signatures } = ownPacks(folders);
      await checkSignatures(signatures);
      for (const pack of packs.filter(({ id }) => asked.includes(id))) {
        const own = rules.filter(({ id }) => id.startsWith(`${pack.id}/`));
        const files = signatures.filter(({ file }) => file.startsWith(`packs/${pack.id}/`)).length;
        process.stdout.write(
          `${pack.id}  ${pack.version}  ${own.length} rules${files === 0 ? '' : `, ${files} ${files === 1 ? 'file' : 'files'} of signatures`}, ${pack.waves.length} waves: as it should be\n`,
        );
      }
      earn(0);
    });
}
