import { Command } from 'commander';
import { nodePlatform } from '../../host/node-platform.ts';
import { indicatorsChecked, renderIndicatorsChecked } from '../../report/index.ts';
import { printed } from '../printed.ts';
import { readIndicators } from './read-indicators.ts';

/** Nothing of some file is looked for. */
const exitUnused = 2;

interface Options {
  readonly json?: true;
}

/** `afterpatch indicators check`: what was imported, by type; what was not, and why. */
export function checkCommand(earn: (code: number) => void): Command {
  return new Command('check')
    .summary('what is imported of lists of indicators, and what is left out and why')
    .description(
      'Reads lists of indicators (STIX 2, MISP, OpenIOC, CSV, plain lists) and prints how many of each type are looked for, and what was left out, with the reason and where they stand (docs/reference/indicators.md). Ends with 2 when nothing of some file can be used.',
    )
    .argument('<path...>', 'files and folders')
    .option('--json', 'as JSON, one object')
    .action(async (paths: string[], options: Options) => {
      const checked = indicatorsChecked(readIndicators(paths, nodePlatform.files));
      await printed(options.json ? `${JSON.stringify(checked, null, 2)}\n` : renderIndicatorsChecked(checked));
      earn(checked.unused.length === 0 ? 0 : exitUnused);
    });
}
