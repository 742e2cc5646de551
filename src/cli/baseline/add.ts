import fs from 'node:fs';
import { Command } from 'commander';
import { plainBuild } from '../../core/build.ts';
import { UserError } from '../../core/errors.ts';
import { visible } from '../../core/visible.ts';
import { loadShipped, writeBaseline } from '../../knowledge/index.ts';
import { checkPaths, platformFor } from '../paths.ts';
import { printed } from '../printed.ts';
import { say } from '../say.ts';
import { type Hostile, hostileAmong } from './hostile.ts';
import { knownFilesIn, type PageBytes } from './known-files.ts';

interface Options {
  readonly build: string;
  readonly into: string;
  readonly includeHostile?: true;
}

/** `afterpatch baseline add`: the files of a clean installation become a list. */
export function addCommand(earn: (code: number) => void): Command {
  return new Command('add')
    .summary('learn the files of a build from a clean installation')
    .description(
      'Reads the web folders of a clean installation (the server’s own folder, the tree of an installation medium, an archive of either) or a CSV of hashes (Get-FileHash, or SHA-256 and path in any columns), and writes the list of its pages and configurations. A build is added to a list that is there; nothing that stands in one is ever overwritten. Hand the list to “assess --baseline”.',
    )
    .argument('<path...>', 'folders, archives and CSV files of one build')
    .requiredOption('--build <number>', 'the build that they are of, as the file version of ExSetup.exe says it: 15.1.2507.61')
    .option('--into <file>', 'the list', 'afterpatch-baseline.txt')
    .option(
      '--include-hostile',
      'put files into it, too, whose text is that of a back door or that our signatures match: only where you know them to be the vendor’s',
    )
    .action(async (paths: string[], { build, into, includeHostile }: Options) => {
      const plain = plainBuild(build);
      if (plain === null)
        throw new UserError(
          'baseline.build',
          `"${build.replaceAll(/[^ -~]/g, '?').slice(0, 80)}" is no build.`,
          'Give four numbers such as 15.1.2507.61.',
        );
      const platform = platformFor(paths);
      checkPaths(paths, platform);
      const before = listIn(into);
      if (before !== null && loadShipped([{ path: into, text: before }]).builds.includes(plain))
        throw new UserError(
          'baseline.there',
          `${into} holds ${plain} already, and is not overwritten.`,
          'Name another file with --into.',
        );
      const pages: PageBytes[] = [];
      const files = await knownFilesIn(paths, platform, (page) => void pages.push(page));
      if (files.length === 0)
        throw new UserError(
          'baseline.empty',
          'No page or configuration below ClientAccess or FrontEnd is in there.',
          'Give the folder of the installation, such as “C:\\Program Files\\Microsoft\\Exchange Server\\V15”, or a CSV with SHA-256 and path.',
        );
      const hostile = await hostileAmong(pages, platform);
      if (hostile.length > 0 && includeHostile !== true)
        throw new UserError(
          'baseline.hostile',
          `${hostile.length === 1 ? 'One file' : `${hostile.length} files`} in there ${hostile.length === 1 ? 'looks' : 'look'} hostile, so that this may be no clean installation. No list was written.\n${shown(hostile)}`,
          'Take the files of an installation medium of the same build. If you know these files to be the vendor’s, say --include-hostile.',
        );
      if (hostile.length > 0) {
        say('WARNING: known to be good from now on, because you said so, though hostile by the look of it:');
        for (const line of shown(hostile).split('\n')) say(line);
      }
      const text = writeBaseline(plain, 'made with “afterpatch baseline add”', files);
      fs.writeFileSync(into, text, { flag: before === null ? 'wx' : 'a' });
      await printed(`${files.length} files of ${plain} stand in ${into} now.\n`);
      earn(0);
    });
}

const mostShown = 40;

function shown(hostile: readonly Hostile[]): string {
  const lines = hostile.slice(0, mostShown).map(({ path, why }) => `    ${visible(path)}: ${why}`);
  return [...lines, ...(hostile.length > mostShown ? [`    and ${hostile.length - mostShown} more`] : [])].join('\n');
}

/** null: there is no such file yet. */
function listIn(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new UserError('baseline.unreadable', `${file} cannot be read.`, 'Name another file with --into.', { cause: error });
  }
}

/** Lists that the user hands in. */
export function readBaselines(paths: readonly string[]): { readonly path: string; readonly text: string }[] {
  const files = paths.map((path) => {
    const text = listIn(path);
    if (text === null) throw new UserError('baseline.missing', `There is no ${path}.`, 'Make it with “afterpatch baseline add”.');
    return { path, text };
  });
  // What is wrong in one is said before anything is read.
  loadShipped(files);
  return files;
}
