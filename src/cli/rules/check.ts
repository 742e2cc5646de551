import { Command } from 'commander';
import { nodePlatform } from '../../host/node-platform.ts';
import { rulesChecked, renderRulesChecked } from '../../report/index.ts';
import { printed } from '../printed.ts';
import { readPlaceholders, readRules } from './read-rules.ts';

interface Options {
  readonly json?: true;
  readonly all?: true;
  readonly placeholders?: string;
}

/** Some rule cannot run. */
const exitUnrun = 2;

/** `afterpatch rules check`: every rule that cannot run, and why. */
export function checkCommand(earn: (code: number) => void): Command {
  return new Command('check')
    .summary('which rules cannot run, and why')
    .description(
      'Reads Sigma rules and says of each that cannot run why not, with its place (docs/reference/rule-errors.md). Rules about logs that nobody reads here are counted by their reason; --all names them. Ends with 0 when every rule runs or is about other logs, with 2 when one cannot run.',
    )
    .argument('<path...>', 'folders and files of rules (.yml, .yaml)')
    .option('--json', 'as JSON, one object')
    .option('--all', 'name each rule about other logs, too')
    .option('--placeholders <file>', 'YAML map of names to values for rules with `expand`')
    .action(async (paths: string[], options: Options) => {
      const { files } = nodePlatform;
      const read = readRules(paths, files, readPlaceholders(options.placeholders, files));
      const checked = rulesChecked(read.set, read.files);
      await printed(options.json ? `${JSON.stringify(checked, null, 2)}\n` : renderRulesChecked(checked, options.all === true));
      earn(checked.cannotRun === 0 ? 0 : exitUnrun);
    });
}
