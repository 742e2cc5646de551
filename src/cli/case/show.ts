import { Command, Option } from 'commander';
import { renderCaseShow } from '../../report/index.ts';
import { instant } from '../options.ts';
import { printed } from '../printed.ts';
import { acknowledgedOf } from './acknowledged-list.ts';
import { assessmentsOf } from './assessments.ts';

/** `afterpatch case show`: the answers of a case over time, and what is open. */
export function showCommand(earn: (code: number) => void): Command {
  return new Command('show')
    .summary('its answers over time, and what is open')
    .description('Lists every assessment of a case with its answer, then what is open today.')
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .addOption(new Option('--now <time>', 'the moment that counts as now (default: now)').argParser(instant))
    .action(async (folder: string, options: { readonly now?: number }) => {
      const kept = assessmentsOf(folder).map((one) => ({ ...one, assessment: one.read() }));
      await printed(renderCaseShow(kept, acknowledgedOf(folder), options.now ?? Date.now()));
      earn(0);
    });
}
