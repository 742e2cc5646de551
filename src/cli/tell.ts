import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { dutiesOf } from '../assess.ts';
import { knownUtcIn, masked, readAssessment } from '../case/index.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { countriesOf, dutiesIn } from '../knowledge/index.ts';
import { renderTellMarkdown, renderTellTerminal, tellOf } from '../report/index.ts';
import { UserError } from '../core/errors.ts';
import { caseFile } from './case-file.ts';

interface Options {
  readonly country?: string;
  readonly markdown?: true;
  readonly color: boolean;
}

const country = (text: string): string => {
  const code = text.toUpperCase() === 'UK' ? 'GB' : text.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) throw new InvalidArgumentError('Give a country by two letters, such as DE.');
  return code;
};

/** `afterpatch tell`: whose mail, which data, since when it is known, whom to tell by when, and what to say. No evidence is read. */
export function tellCommand(earn: (code: number) => void): Command {
  return new Command('tell')
    .description(
      'Prints the owner’s other questions about a case: whose mail was read, which data to look at, since when it is known (fixed once in the case), whom to tell by when, with the law and its page, and a notice and a phone script. Not legal advice.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .addOption(
      new Option('--country <code>', 'only what applies there, such as DE (default: all that is known)').argParser(country),
    )
    .option('--markdown', 'print it as Markdown, to be printed')
    .option('--no-color', 'no bold letters')
    .action((folder: string, options: Options) => {
      const assessment = masked(
        readAssessment(
          caseFile(folder, 'assessment.json'),
          path.join(folder, 'assessment.json'),
          nodePlatform.assets.text('schema/assessment-1.json'),
        ),
        'own',
      );
      const duties = dutiesOf(nodePlatform);
      if (options.country !== undefined && dutiesIn(duties, options.country).length === 0)
        throw new UserError(
          'country.unknown',
          `Nothing is known here of the laws of ${options.country}.`,
          `Known: ${countriesOf(duties).join(', ')}. Ask the data protection authority there.`,
        );
      const sections = tellOf(assessment, {
        knownUtc: knownUtcIn(caseFile(folder, 'run.json')),
        duties,
        country: options.country ?? null,
      });
      process.stdout.write(
        options.markdown === true
          ? renderTellMarkdown(sections)
          : renderTellTerminal(sections, {
              width: process.stdout.columns ?? 80,
              color: options.color && process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
            }),
      );
      earn(0);
    });
}
