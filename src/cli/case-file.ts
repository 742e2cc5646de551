/** A file of a case that somebody names, or why there is none. */
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/errors.ts';
import { goOnIn } from './going-on.ts';

/** @throws UserError where the folder is no complete case */
export function caseFile(folder: string, name: string): string {
  const file = path.join(folder, name);
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const there = fs.existsSync(folder);
    const what = !there
      ? `There is nothing at ${folder}.`
      : code === 'ENOENT' && name === 'assessment.json' && fs.existsSync(path.join(folder, 'run.json'))
        ? `The case ${folder} holds no assessment: the run that made it did not end.`
        : code === 'ENOENT' || code === 'ENOTDIR'
          ? `${folder} is no case of Afterpatch: there is no ${name} in it.`
          : `${file} cannot be read (${String(code)}).`;
    const goOn = goOnIn(folder);
    throw new UserError(
      'case.none',
      what,
      goOn === null
        ? 'Name a folder that `afterpatch assess` wrote, or run it over the evidence.'
        : `To go on with what was finished (without --resume it is removed): ${goOn}`,
      { cause: error },
    );
  }
}
