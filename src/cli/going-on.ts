/** A run that did not end: with which call it goes on, and what is said of it. */
import fs from 'node:fs';
import path from 'node:path';

/** As somebody would type it, for this computer's shell. Passwords are left for them to type. */
export function goOnCommand(argv: readonly string[], folder: string): string {
  const told = withoutPasswords(argv);
  const has = (...names: readonly string[]): boolean => told.some((one) => names.some((name) => isOption(one, name)));
  const more = [...(has('-o', '--out') ? [] : ['--out', folder]), ...(has('--resume', '--trust-mtime') ? [] : ['--resume'])];
  return ['npx', 'afterpatch', ...told, ...more].map(quoted).join(' ');
}

const isOption = (given: string, name: string): boolean =>
  given === name || (name.startsWith('--') ? given.startsWith(`${name}=`) : given.startsWith(name) && !given.startsWith('--'));

function withoutPasswords(argv: readonly string[]): string[] {
  return argv.map((one, index) =>
    argv[index - 1] === '--password' ? '<password>' : one.startsWith('--password=') ? '--password=<password>' : one,
  );
}

/** Both shells take it so; what holds a quote of its own is not worth more. */
const quoted = (one: string): string => (/^[\w./:\\@=,+-]+$/.test(one) ? one : `"${one.replaceAll('"', '\\"')}"`);

/** The call that goes on with the run that was begun in a case, as it stands in its `run.json`; null: it says none. */
export function goOnIn(folder: string): string | null {
  try {
    const run: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'run.json'), 'utf8'));
    const command = typeof run === 'object' && run !== null && 'command' in run ? run.command : null;
    const answer = typeof run === 'object' && run !== null && 'answer' in run ? run.answer : null;
    if (answer !== 'not finished' || !Array.isArray(command) || !command.every((one) => typeof one === 'string')) return null;
    return goOnCommand(command, folder);
  } catch {
    return null;
  }
}

/** What the record of a case holds of it. */
export const commandKept = withoutPasswords;

export const stoppedSaid = (files: number | null, command: string, percent: number): string =>
  [
    `afterpatch was stopped after ${Math.floor(percent)} % of the reading. No answer was given.`,
    files === null
      ? '  Nothing is kept of it (--no-work): the next run reads everything.'
      : files === 0
        ? '  No file was finished, so that nothing is kept. Again:'
        : `  ${files === 1 ? '1 file that was finished is' : `${files} files that were finished are`} kept. To go on with ${files === 1 ? 'it' : 'them'} (without --resume what is kept is removed):`,
    ...(files === null ? [] : [`  ${command}`]),
    '',
  ].join('\n');
