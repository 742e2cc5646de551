import { Command } from 'commander';
import { gather } from '../../evidence/index.ts';
import { evidenceList, renderEvidenceList } from '../../report/index.ts';
import { checkPaths, passwordOption, platformFor } from '../paths.ts';
import { pathsOf, serverHere } from '../server.ts';

interface Options {
  readonly json?: true;
  readonly files?: true;
  readonly thisServer?: true;
  readonly password: readonly string[];
}

/** `afterpatch evidence list`: looks at the beginning of every file and reads none to its end. */
export function listCommand(earn: (code: number) => void): Command {
  return new Command('list')
    .summary('what would be read, as what, and what would not')
    .description(
      'Looks into folders, files and archives and says what each of them is, where it stood on its server, and what would not be read and why. Only beginnings are read; what is packed as one stream (tar.gz, 7z) has to be unpacked to see what is in it.',
    )
    .argument('[path...]', 'folders, files and archives; - reads pasted lines from standard input')
    .option('--files', 'every file by itself')
    .option('--json', 'as JSON')
    .option('--this-server', 'the logs of this computer, which is an Exchange or IIS server')
    .addOption(passwordOption())
    .action(async (named: string[], options: Options) => {
      const paths = pathsOf(named, options.thisServer === true, serverHere());
      const platform = platformFor(paths);
      checkPaths(paths, platform);
      const gathered = await gather(paths, platform, { passwords: options.password });
      try {
        const text = options.json
          ? `${JSON.stringify(evidenceList(gathered), null, 2)}\n`
          : renderEvidenceList(gathered, { lang: 'en', width: process.stdout.columns ?? 80, files: options.files === true });
        await new Promise<void>((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
      } finally {
        gathered.close();
      }
      earn(0);
    });
}
