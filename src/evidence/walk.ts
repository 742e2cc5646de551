/** Folders → files. Links are told and not followed; folders that cannot be listed, loops and limits are problems with their place. */
import { FileError, type Files } from '../core/platform.ts';
import type { ProblemCode } from '../core/problem.ts';
import { readFully } from './archive/index.ts';

/** Problems of the hand-over itself: folders that could not be listed, links that were not followed. */
export interface PlaceProblem {
  readonly path: string;
  readonly code: ProblemCode;
  readonly found?: string;
}

export interface Found {
  /** On the machine. */
  readonly path: string;
  /** Relative to what was handed in, with `/`. */
  readonly label: string;
}

export const codeOf = (error: unknown): string => (error instanceof FileError ? error.code : String(error));

export function walk(
  files: Files,
  root: string,
  rootLabel: string,
  limits: { readonly depth: number; readonly files: number },
  found: Found[],
  problems: PlaceProblem[],
): void {
  const top = files.resolve(root);
  const pending = [{ path: root, label: rootLabel, depth: 0, above: [files.facts(root, true).identity] }];
  while (pending.length > 0) {
    const { path, label, depth, above } = pending.pop()!;
    let entries: ReturnType<Files['list']>;
    try {
      entries = files.list(path);
    } catch (error) {
      problems.push({ path: label === '' ? '.' : label, code: 'evidence.unreadable', found: codeOf(error) });
      continue;
    }
    if (isOwnCase(files, path, entries)) {
      problems.push({ path: label === '' ? '.' : label, code: 'evidence.own_output' });
      continue;
    }
    for (const { name, kind } of entries) {
      const entryPath = files.join(path, name);
      const entryLabel = label === '' ? name : `${label}/${name}`;
      if (kind === 'link') problems.push({ path: entryLabel, ...whereTo(files, path, entryPath, top) });
      else if (kind === 'file') {
        if (found.length >= limits.files) {
          // Said once: nobody reads a million of the same line.
          problems.push({ path: entryLabel, code: 'evidence.limit', found: `${limits.files} files` });
          return;
        }
        found.push({ path: entryPath, label: entryLabel });
      } else if (kind === 'directory') {
        let identity = '';
        try {
          identity = files.facts(entryPath, false).identity;
        } catch (error) {
          problems.push({ path: entryLabel, code: 'evidence.unreadable', found: codeOf(error) });
          continue;
        }
        if (above.includes(identity)) problems.push({ path: entryLabel, code: 'evidence.loop' });
        else if (depth + 1 > limits.depth)
          problems.push({ path: entryLabel, code: 'evidence.limit', found: `${limits.depth} folders deep` });
        else pending.push({ path: entryPath, label: entryLabel, depth: depth + 1, above: [...above, identity] });
      } else problems.push({ path: entryLabel, code: 'evidence.unreadable', found: 'neither a file nor a folder' });
    }
  }
}

const within = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`) || path.startsWith(`${folder}\\`);

function whereTo(files: Files, folder: string, link: string, top: string): Pick<PlaceProblem, 'code' | 'found'> {
  try {
    const target = files.resolve(link);
    if (within(files.resolve(folder), target)) return { code: 'evidence.loop' };
    const found = within(target, top) ? 'its target is read where it stands' : 'it leads out of what was handed in';
    return { code: 'evidence.link', found };
  } catch (error) {
    return { code: codeOf(error) === 'ELOOP' ? 'evidence.loop' : 'evidence.link', found: codeOf(error) };
  }
}

/** What a case folder of ours holds; a draft that was not finished ends in `.part`. */
const ownName = /^(?:(?:run|assessment)\.json|(?:findings|observables)\.ndjson|timeline\.csv|report\.html)(?:\.part)?$/;

function isOwnWork(files: Files, path: string): boolean {
  try {
    return files.list(path).every(({ name, kind }) => kind === 'file' && workName.test(name));
  } catch {
    return false;
  }
}

/** What a run keeps there for the next one. */
const workFolder = '.work';
const workName = /^(?:seal|kept-\d{1,9}\.bin)$/;

/**
 * A case folder of ours is never evidence. Whoever can write two files into a folder of logs must not make it one: with anything else
 * in it, it is a folder like others, and our outputs are told one by one.
 */
function isOwnCase(files: Files, path: string, entries: ReturnType<Files['list']>): boolean {
  const isOurs = ({ name, kind }: (typeof entries)[number]): boolean =>
    kind === 'file'
      ? ownName.test(name)
      : kind === 'directory' && name === workFolder && isOwnWork(files, files.join(path, name));
  if (!entries.every(isOurs)) return false;
  if (!entries.some(({ name }) => name === 'run.json') || !entries.some(({ name }) => name === 'assessment.json')) return false;
  try {
    const source = files.open(files.join(path, 'assessment.json'));
    try {
      return new TextDecoder()
        .decode(readFully(source, 0, new Uint8Array(Math.min(256, source.byteLength))))
        .includes('"afterpatch.assessment/');
    } finally {
      source.close();
    }
  } catch {
    return false;
  }
}
