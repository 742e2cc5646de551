import path from 'node:path';
import { Command } from 'commander';
import { masked, readAssessment } from '../case/index.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { renderPlanMarkdown, renderPlanTerminal } from '../report/index.ts';
import { caseFile } from './case-file.ts';

interface Options {
  readonly json?: true;
  readonly markdown?: true;
  readonly color: boolean;
}

/** `afterpatch plan`: what is to be done, in which order. No evidence is read, and nothing of the plan is run. */
export function planCommand(earn: (code: number) => void): Command {
  return new Command('plan')
    .description(
      'Prints the plan of a case: ordered steps, each with its reason, who has to do it, what it interrupts and for how long, what it breaks, how it is undone and how to see that it was done, with commands to review. Afterpatch runs none of them, and no text of the evidence stands in one. The case folder holds the same as plan.md; what commands read of the evidence stands in plan-values.json.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .option('--markdown', 'print it as Markdown, as plan.md has it')
    .option('--json', 'print it as JSON, as assessment.json has it')
    .option('--no-color', 'no bold letters')
    .action((folder: string, options: Options) => {
      const assessment = readAssessment(
        caseFile(folder, 'assessment.json'),
        path.join(folder, 'assessment.json'),
        nodePlatform.assets.text('schema/assessment-1.json'),
      );
      // Live secrets are for nobody.
      const shown = masked(assessment, 'own');
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(assessment.plan, null, 2)}\n`
          : options.markdown === true
            ? renderPlanMarkdown(shown)
            : renderPlanTerminal(shown, {
                width: process.stdout.columns ?? 80,
                color: options.color && process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
              }),
      );
      earn(0);
    });
}
