/**
 * The command line: parses, starts, and is the one place where wrong usage is said and exit codes are set. Bugs pass through to
 * `bin/afterpatch.js`, which says them and ends with 70.
 */
import { Command, CommanderError } from 'commander';
import { UserError } from '../core/errors.ts';
import { commandsFor } from './commands.ts';
import { endWhenStopped } from './stopped.ts';
import { version } from './version.ts';

/** Exit codes of their own: wrong usage, and a bug. 0, 1 and 2 are answers, and only a complete assessment gives one. */
const exitUsage = 64;
const exitBug = 70;

const epilogue = `
Examples:
  afterpatch assess D:\\Collected\\MAIL01           a folder of logs, any drive, any layout
  afterpatch assess logs/ exported.csv             several folders and files, one organisation
  afterpatch assess Collection-MAIL01.zip          what a collector brought, packed as it is
  Get-Content rows.txt | afterpatch assess -       lines pasted from anywhere
  afterpatch assess evidence --json > out.json     the whole assessment as data
  afterpatch report afterpatch-MAIL01 --for public the report again, with nothing in it that names you
  afterpatch check afterpatch-MAIL01 logs/         look everything in the case up once more
  afterpatch exposure --build 15.1.2106.2          what a build was open to, without evidence

It reads and never changes anything; it contacts nobody.

Exit codes:
  0  no evidence of an intrusion, and the logs cover the time; or attempts that demonstrably got nowhere
  1  suspected or confirmed
  2  cannot tell, or not all of it: look at "what could not be seen"
  64 wrong usage     70 a bug; please report it`;

export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = exitBug;
  // A reader that went away (`| head`) or a request to stop leaves no answer behind.
  process.stdout.on('error', () => process.exit(exitBug));
  process.stderr.on('error', () => process.exit(exitBug));
  endWhenStopped();

  const program = new Command('afterpatch')
    .description(
      'Tells the owner of an on-premises mail server whether intruders got in, how far they went, and what the evidence could not show.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', epilogue)
    .showHelpAfterError('(afterpatch --help shows what there is)')
    .exitOverride();
  const earn = (code: number): void => {
    process.exitCode = code;
  };
  for (const command of await commandsFor(argv, earn)) program.addCommand(command);
  const strict = (commands: readonly Command[], above: string): void => {
    for (const command of commands) {
      const name = `${above} ${command.name()}`;
      command.exitOverride().showHelpAfterError(`(${name} --help shows its options)`);
      strict(command.commands, name);
    }
  };
  strict(program.commands, 'afterpatch');
  try {
    if (argv.length === 0) {
      program.outputHelp();
      process.exitCode = exitUsage;
      return;
    }
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitUsage;
    else if (error instanceof UserError) {
      process.stderr.write(`afterpatch: ${error.message}\n  ${error.fix}\n`);
      process.exitCode = exitUsage;
    } else throw error;
  }
}
