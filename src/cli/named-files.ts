/** Files that the operator names beside the evidence (rules, indicators, signatures): each path a file, or a folder that is gone through. */
import { UserError } from '../core/errors.ts';
import { FileError, type Files } from '../core/platform.ts';
import { byCodeUnit } from '../core/text.ts';

export interface NamedFile {
  readonly path: string;
  /** As it is called in messages: below the folder that was named. */
  readonly shown: string;
  readonly bytes: number;
}

export interface NamedKind {
  /** Begins the codes of its errors: `rules` gives `rules.many` and `rules.none`. */
  readonly code: string;
  /** For people: `rules`, `files of signatures`. */
  readonly called: string;
  /** Files of a folder that are taken; one that is named itself is taken whatever it is called. */
  readonly wanted: RegExp;
  readonly mostFiles: number;
  /** What is said where there are none: which ones there could be, and what to name. */
  readonly none: readonly [what: string, fix: string];
}

const deepest = 32;

/**
 * In order of path, by code unit; names that begin with a dot are passed over.
 * @throws {UserError} for a path that is not there or cannot be looked at, for too many files, and for none
 */
export function namedFiles(paths: readonly string[], files: Files, kind: NamedKind): NamedFile[] {
  const found: NamedFile[] = [];
  const add = (path: string, shown: string): void => {
    if (found.length >= kind.mostFiles)
      throw new UserError(
        `${kind.code}.many`,
        `More than ${kind.mostFiles} ${kind.called} in ${paths.join(', ')}.`,
        'Name a smaller folder.',
      );
    found.push({ path, shown, bytes: files.facts(path, true).bytes });
  };
  const walk = (folder: string, shown: string, depth: number): void => {
    for (const entry of [...files.list(folder)].sort((a, b) => byCodeUnit(a.name, b.name))) {
      if (entry.name.startsWith('.') || depth > deepest) continue;
      const below = files.join(folder, entry.name);
      const label = shown === '' ? entry.name : `${shown}/${entry.name}`;
      if (entry.kind === 'directory') walk(below, label, depth + 1);
      else if (entry.kind === 'file' && kind.wanted.test(entry.name)) add(below, label);
    }
  };
  try {
    for (const path of paths) {
      if (files.facts(path, true).kind === 'directory') walk(path, '', 0);
      else add(path, files.baseName(path));
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError(
      'path.missing',
      `The ${kind.called} cannot be looked at (${error.code}): ${paths.join(', ')}`,
      'Check the spelling.',
      { cause: error },
    );
  }
  if (found.length === 0) throw new UserError(`${kind.code}.none`, `No ${kind.none[0]} in ${paths.join(', ')}.`, kind.none[1]);
  return found;
}
