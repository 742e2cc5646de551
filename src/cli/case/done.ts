import path from 'node:path';
import { Command, Option } from 'commander';
import { doneFile, doneText, readAssessment, withDone } from '../../case/index.ts';
import { UserError } from '../../core/errors.ts';
import { visible } from '../../core/visible.ts';
import { isoUtc } from '../../core/time.ts';
import { nodePlatform } from '../../host/node-platform.ts';
import { stepsOf } from '../../verify/index.ts';
import { caseFile } from '../case-file.ts';
import { writeWhole } from '../case-folder.ts';
import { instant } from '../options.ts';
import { printed } from '../printed.ts';
import { doneOf } from './done-list.ts';

interface Options {
  readonly by?: string;
  readonly at?: number;
  readonly note?: string;
  readonly now?: number;
}

/** `afterpatch case done`: somebody says that a step of the plan was done. Verifying holds it against the evidence. */
export function doneCommand(earn: (code: number) => void): Command {
  return new Command('done')
    .summary('write down that a step of the plan was done; without a step, list them')
    .description(
      'Writes down who says that a step of the plan was done, and when. It proves nothing: `afterpatch verify` holds it against new evidence, and says so where it is not true.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .argument('[step]', 'number of the step in the plan, its id, or the beginning of that')
    .option('--by <name>', 'who says so')
    .addOption(new Option('--at <time>', 'when it was done (default: now)').argParser(instant))
    .option('--note <text>', 'what else is to be kept')
    .addOption(new Option('--now <time>', 'the moment that counts as now (default: now)').argParser(instant))
    .action(async (folder: string, step: string | undefined, options: Options) => {
      const nowMs = options.now ?? Date.now();
      const steps = stepsOf(
        readAssessment(
          caseFile(folder, 'assessment.json'),
          path.join(folder, 'assessment.json'),
          nodePlatform.assets.text('schema/assessment-1.json'),
        ),
      );
      const said = doneOf(folder);
      if (step === undefined) {
        const last = new Map(said.map((one) => [one.step, one]));
        const lines = steps.map(({ id, title }, index) => {
          const own = last.get(id);
          return `${index + 1}  ${id}  ${title}${own === undefined ? '' : `  (done on ${own.doneUtc.slice(0, 10)}, says ${own.by})`}`;
        });
        await printed(`${lines.map((line) => visible(line, ['<', '>'])).join('\n')}\n`);
        earn(0);
        return;
      }
      // The plan shows numbers, and ids beside them.
      const numbered = /^\d{1,4}$/.test(step) ? steps[Number(step) - 1] : undefined;
      const found = numbered === undefined ? steps.filter(({ id }) => id === step) : [numbered];
      const alike = found.length > 0 ? found : steps.filter(({ id }) => id.startsWith(step));
      if (alike.length !== 1)
        throw new UserError(
          'done.step',
          alike.length === 0 ? `The plan has no step ${step}.` : `${alike.length} steps begin with ${step}.`,
          '`npx afterpatch case done <case>` lists them.',
        );
      if (options.by === undefined || options.by.trim() === '' || options.by.length > 200)
        throw new UserError('done.by', 'Nobody says so.', 'Give --by the name of whoever did it.');
      const one = {
        step: alike[0]!.id,
        by: options.by.trim(),
        doneUtc: isoUtc(options.at ?? nowMs),
        saidUtc: isoUtc(nowMs),
        note: options.note ?? null,
      };
      writeWhole(folder, doneFile, [doneText(withDone(said, one))]);
      await printed(
        `Written down: ${visible(alike[0]!.title, ['<', '>'])}\nAfter all steps, collect again and run: npx afterpatch verify ${folder} <new evidence>\n`,
      );
      earn(0);
    });
}
