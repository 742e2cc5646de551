import path from 'node:path';
import { Command, Option } from 'commander';
import { acknowledge, readAssessment, refuseProven, withdrawn, withOne } from '../../case/index.ts';
import { UserError } from '../../core/errors.ts';
import { nodePlatform } from '../../host/node-platform.ts';
import { renderAcknowledged } from '../../report/index.ts';
import { caseFile } from '../case-file.ts';
import { instant } from '../options.ts';
import { printed } from '../printed.ts';
import { acknowledgedOf, writeAcknowledged } from './acknowledged-list.ts';

interface Options {
  readonly reason?: string;
  readonly by?: string;
  readonly until?: string;
  readonly list?: true;
  readonly althoughProven?: true;
  readonly withdraw?: string;
  readonly now?: number;
}

/** `afterpatch case acknowledge`: a finding is known to be good, says somebody, for a reason, until a day. */
export function acknowledgeCommand(earn: (code: number) => void): Command {
  return new Command('acknowledge')
    .summary('mark a finding as known to be good')
    .description(
      'Marks a finding as known to be good, with who says so, why, and until when. It is matched by what stands in its rows, not by where they stand: the next row of the same rule is not covered. When the evidence is assessed again (--out or --case with this case), the finding stays visible, is left out of the answer, and the answer says so.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .argument('[finding]', 'id of the finding, or the beginning of it')
    .option('--reason <text>', 'why it is known to be good')
    .option('--by <name>', 'who says so')
    .option('--until <day>', 'last day on which that holds, such as 2021-04-30 (UTC)')
    .option('--although-proven', 'do so where the case proves that it is an intruder’s')
    .option('--list', 'show what was acknowledged in this case')
    .option('--withdraw <id>', 'take one back: it counts again from the next assessment on')
    .addOption(new Option('--now <time>', 'the moment that counts as now (default: now)').argParser(instant))
    .action(async (folder: string, finding: string | undefined, options: Options) => {
      const nowMs = options.now ?? Date.now();
      const before = acknowledgedOf(folder);
      if (options.list === true) {
        caseFile(folder, 'run.json');
        await printed(renderAcknowledged(before, nowMs));
      } else if (options.withdraw !== undefined) {
        writeAcknowledged(folder, withdrawn(before, options.withdraw, nowMs));
        await printed('Taken back. Assess the evidence again with this case, and it counts again.\n');
      } else {
        if (finding === undefined || options.reason === undefined || options.by === undefined || options.until === undefined)
          throw new UserError(
            'acknowledge.incomplete',
            'A finding, --reason, --by and --until are needed.',
            'npx afterpatch case acknowledge <case> <finding> --reason "our own page" --by "A. Berg" --until 2021-04-30',
          );
        const assessment = readAssessment(
          caseFile(folder, 'assessment.json'),
          path.join(folder, 'assessment.json'),
          nodePlatform.assets.text('schema/assessment-1.json'),
        );
        const one = acknowledge(assessment, finding, {
          reason: options.reason,
          by: options.by,
          until: options.until,
          saidMs: nowMs,
        });
        const although = refuseProven(assessment, finding, options.althoughProven === true);
        writeAcknowledged(folder, withOne(before, one));
        await printed(renderAcknowledged([one], nowMs));
        if (although !== null) await printed(`${although}\n`);
        await printed('Assess the evidence again with --out or --case and this case: the answer will say what it leaves out.\n');
      }
      earn(0);
    });
}
