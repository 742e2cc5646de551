import { Command } from 'commander';
import { nodePlatform } from '../../host/node-platform.ts';
import { yaraThread } from '../../host/yara-thread.ts';
import { renderSignaturesChecked } from '../../report/index.ts';
import { printed } from '../printed.ts';
import { readSignatures } from './read-signatures.ts';

/** Some signature does not run. */
const exitUnrun = 2;

/** `afterpatch yara check`: every signature that does not run, and why. */
export function checkCommand(earn: (code: number) => void): Command {
  return new Command('check')
    .summary('which signatures do not run, and why')
    .description(
      'Compiles YARA signatures and says of each that does not compile why not, with file, line and column; the others run. Ends with 0 when all run, with 2 when one does not.',
    )
    .argument('<path...>', 'folders and files of signatures (.yar, .yara)')
    .option('--json', 'as JSON, one object')
    .action(async (paths: string[], options: { readonly json?: true }) => {
      const read = readSignatures(paths, nodePlatform.files);
      const scanner = yaraThread();
      try {
        const loaded = await scanner.load(read.sources);
        const checked = {
          files: read.sources.length + read.unrun.length,
          runs: loaded.rules,
          unrun: [...read.unrun, ...loaded.unrun],
        };
        await printed(options.json ? `${JSON.stringify(checked, null, 2)}\n` : renderSignaturesChecked(checked));
        earn(checked.unrun.length === 0 ? 0 : exitUnrun);
      } finally {
        await scanner.close();
      }
    });
}
