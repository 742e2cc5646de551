/** Where a case is written: made before anything is read, never below the evidence, never over something that is not ours. */
import fs from 'node:fs';
import path from 'node:path';
import { audiences, historyFiles, historyFolder, historyName, nextNumber } from '../case/index.ts';
import { UserError } from '../core/errors.ts';
import { workFolderName } from '../host/work-folder.ts';
import { lockCase, lockName } from './case-lock.ts';

const safeName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80) || 'evidence';

/** A folder of its own for each hand-over: a case of other paths that lies there already is not replaced. */
export function defaultFolder(paths: readonly string[]): string {
  const name = `afterpatch-${paths[0] === '-' ? 'pasted' : safeName(path.basename(path.resolve(paths[0]!)))}`;
  for (let number = 1; ; number++) {
    const folder = number === 1 ? name : `${name}-${number}`;
    if (number > 999 || !isOfOthers(folder, paths)) return folder;
  }
}

function isOfOthers(folder: string, paths: readonly string[]): boolean {
  let text: string;
  try {
    text = fs.readFileSync(path.join(folder, 'run.json'), 'utf8');
  } catch {
    return false;
  }
  try {
    const run: unknown = JSON.parse(text);
    const from = typeof run === 'object' && run !== null && 'arguments' in run ? run.arguments : null;
    if (!Array.isArray(from)) return false;
    const full = (list: readonly unknown[]): string =>
      JSON.stringify(list.map((one) => (one === '-' ? one : path.resolve(String(one)))));
    // What was pasted is another text each time.
    return paths.includes('-') || full(from) !== full(paths);
  } catch {
    return false;
  }
}

export class CaseFolder {
  readonly path: string;

  /**
   * @param published folders of this computer's own web server, where it is one
   * @throws UserError when it cannot be used
   */
  constructor(folder: string, evidence: readonly string[], published: readonly string[] = []) {
    this.path = folder;
    const full = path.resolve(folder);
    for (const root of evidence) {
      if (root === '-') continue;
      const top = realPath(path.resolve(root));
      if (isInside(realPath(full), top)) {
        throw new UserError(
          'out.inside',
          `The case folder ${folder} would lie inside the evidence ${root}.`,
          'Evidence is never changed: name a folder elsewhere with --out.',
        );
      }
    }
    for (const folderOfServer of published) {
      if (!isInside(realPath(full), realPath(path.resolve(folderOfServer)))) continue;
      throw new UserError(
        'out.published',
        `The case folder ${folder} would lie in ${folderOfServer}, which this server publishes or works in.`,
        'The report holds what an intruder would like to know: name a folder elsewhere, best on another disk, with --out.',
      );
    }
    try {
      fs.mkdirSync(full, { recursive: true });
    } catch (error) {
      throw new UserError(
        'out.unwritable',
        `The case folder ${folder} cannot be made (${error instanceof Error ? error.message : String(error)}).`,
        'Name a folder that you may write to with --out.',
        { cause: error },
      );
    }
    const there = fs.readdirSync(full);
    // A run that was killed before its first file was whole leaves a draft.
    const ours = there.includes('run.json') || there.every((name) => name === 'run.json.part' || name === lockName);
    if (!ours) {
      throw new UserError(
        'out.foreign',
        `The folder ${folder} holds files that are no case of Afterpatch.`,
        'Nothing of yours is overwritten: name a new folder with --out.',
      );
    }
    for (const name of [verifiedFolder, historyFolder, workFolderName, ...audiences]) refuseLink(path.join(full, name));
  }

  /**
   * Against another run into the same case, until this process ends.
   * @throws UserError where one is at work
   */
  lock(): void {
    lockCase(this.path, writeTrouble);
  }

  write(name: string, pieces: Iterable<string>): void {
    writeWhole(this.path, name, pieces);
  }

  /** An older answer must not stand beside files of a run that did not end; it goes into the history of the case. */
  invalidate(record: string): void {
    keepInHistory(this.path);
    for (const name of answers) for (const left of [name, `${name}.part`]) fs.rmSync(path.join(this.path, left), { force: true });
    // What `afterpatch report` made of it for others.
    for (const audience of audiences)
      for (const name of answers) fs.rmSync(path.join(this.path, audience, name), { force: true });
    this.write('run.json', [record]);
  }

  /** A file of an older run; null: there is none. */
  before(name: string): string | null {
    try {
      return fs.readFileSync(this.file(name), 'utf8');
    } catch {
      return null;
    }
  }

  file(name: string): string {
    return path.join(this.path, name);
  }
}

/** A whole assessment that lies there is moved, with how it was made; what was only begun is not. */
function keepInHistory(folder: string): void {
  if (!fs.existsSync(path.join(folder, 'assessment.json'))) return;
  try {
    const history = path.join(folder, historyFolder);
    fs.mkdirSync(history, { recursive: true });
    const run = textOf(path.join(folder, 'run.json'));
    const ended = /"endedUtc": "([^"]{10,40})"/.exec(run)?.[1] ?? null;
    const kept = path.join(history, historyName(nextNumber(fs.readdirSync(history)), ended));
    // Under another name until it is whole: a run that is stopped here leaves no half of an assessment.
    const draft = path.join(history, 'part');
    fs.rmSync(draft, { recursive: true, force: true });
    fs.mkdirSync(draft);
    for (const name of historyFiles) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) fs.copyFileSync(file, path.join(draft, name));
    }
    fs.renameSync(draft, kept);
    fs.rmSync(path.join(folder, 'assessment.json'));
  } catch (error) {
    const why = diskTrouble(error);
    if (why === null) throw error;
    throw new UserError(
      'out.disk',
      `The assessment that lies in ${folder} could not be put into its history: ${why}. It was left as it is.`,
      'Make room, or name another folder with --out.',
      { cause: error },
    );
  }
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

export const verifiedFolder = 'verified';

const answers = [
  'assessment.json',
  'report.html',
  'plan.md',
  'plan-values.json',
  'timeline.csv',
  'findings.ndjson',
  'observables.ndjson',
  'verify.json',
];

/** Whole or not at all: written beside, then put in place. */
export function writeWhole(folder: string, name: string, pieces: Iterable<string>): void {
  const target = path.join(folder, name);
  const draft = `${target}.part`;
  try {
    // Where somebody else can write, too, a link of that name would lead what is written somewhere else.
    fs.rmSync(draft, { force: true });
    const handle = fs.openSync(draft, 'wx');
    try {
      for (const batch of batched(pieces)) fs.writeFileSync(handle, batch);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(draft, target);
  } catch (error) {
    throw writeTrouble(target, error);
  }
}

/** Said where the disk refuses; anything else is a bug and stays one. */
function writeTrouble(target: string, error: unknown): Error {
  const why = diskTrouble(error);
  if (why !== null)
    return new UserError(
      'out.disk',
      `${target} could not be written: ${why}. No answer was given; the evidence is as it was.`,
      adviceFor(error),
      { cause: error },
    );
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * What is written into a case stays in it: a folder that leads elsewhere is somebody else's doing.
 * @throws UserError
 */
export function refuseLink(folder: string): void {
  let isLink = false;
  try {
    isLink = fs.lstatSync(folder).isSymbolicLink();
  } catch {
    return;
  }
  if (isLink)
    throw new UserError(
      'out.link',
      `${folder} is a link to another place, and what is written there would leave the case.`,
      'See who made it, and delete the link; or name a new folder.',
    );
}

/** The next number of its own, also where another run takes one at the same time. */
export function makeNumbered(all: string, nameOf: (number: number) => string): string {
  for (let number = nextNumber(fs.readdirSync(all)); ; number++) {
    const folder = path.join(all, nameOf(number));
    try {
      fs.mkdirSync(folder);
      return folder;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw writeTrouble(folder, error);
    }
  }
}

/** A folder in a case, with those above it. */
export function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch (error) {
    const why = diskTrouble(error);
    if (why === null) throw error;
    throw new UserError('out.disk', `The folder ${folder} could not be made: ${why}. Nothing was changed.`, adviceFor(error), {
      cause: error,
    });
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Not every command has --out: a case lies where it lies. */
const adviceFor = (error: unknown): string =>
  ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
    ? 'Make room on that disk, and run it again.'
    : 'Run it as somebody who may write to that folder, or copy the whole case to a folder of yours and name the copy.';

/** What the disk refuses in the middle of writing; null: something else went wrong. */
function diskTrouble(error: unknown): string | null {
  const code = codeOf(error);
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'you may not use more of the disk',
    EIO: 'the disk does not answer as it should',
    EROFS: 'the disk cannot be written to',
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    ENOENT: 'the folder is gone',
    EEXIST: 'something that is no folder lies there',
    ENOTDIR: 'something that is no folder lies there',
  };
  return Object.hasOwn(reasons, code) ? `${reasons[code]!} (${code})` : null;
}

const batchChars = 1 << 20;

/** The same in fewer pieces: each is one call of the system. */
export function* batched(pieces: Iterable<string>): Generator<string> {
  let batch: string[] = [];
  let chars = 0;
  for (const piece of pieces) {
    batch.push(piece);
    chars += piece.length;
    if (chars < batchChars) continue;
    yield batch.join('');
    batch = [];
    chars = 0;
  }
  if (chars > 0) yield batch.join('');
}

/** The real place of a path that may not exist yet. */
function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realPath(parent), path.basename(file));
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}
