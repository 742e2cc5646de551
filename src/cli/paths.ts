/** What the user names on the command line: is it there, and may it be read? */
import { Option } from 'commander';
import { UserError } from '../core/errors.ts';
import { FileError, type Platform } from '../core/platform.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { readStdin, withPasted } from './stdin.ts';

/** The machine, with what was pasted as one more file where `-` was named. */
export function platformFor(paths: readonly string[]): Platform {
  return paths.includes('-') ? { ...nodePlatform, files: withPasted(nodePlatform.files, readStdin()) } : nodePlatform;
}

/** @throws UserError for a path that is not there or is no file or folder */
export function checkPaths(paths: readonly string[], platform: Platform): void {
  for (const path of paths) {
    try {
      const { kind } = platform.files.facts(path, true);
      if (kind !== 'file' && kind !== 'directory')
        throw new UserError('path.kind', `${path} is neither a file nor a folder.`, 'Name a folder with logs, or a log file.');
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new UserError(
        'path.missing',
        error.code === 'ENOENT' ? `There is nothing at ${path}.` : `${path} cannot be looked at (${error.code}).`,
        error.code === 'ENOENT' ? 'Check the spelling; put a path with blanks in quotes.' : 'Check that you may read it.',
        { cause: error },
      );
    }
  }
}

/** `--password`, once for each password. */
export function passwordOption(): Option {
  return new Option('--password <password>', 'tried on encrypted archives, after none and "infected"; may stand several times')
    .argParser((password: string, before: readonly string[]) => [...before, password])
    .default([], 'none');
}
