import { Command, InvalidArgumentError, Option } from 'commander';
import { knowledgeOf, loadContent } from '../assess.ts';
import { UserError } from '../core/errors.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { exposureOfBuild } from '../judge/index.ts';
import { type Installed, type Knowledge, releaseName, spelled } from '../knowledge/index.ts';
import { renderBuildExposure } from '../report/index.ts';

interface Options {
  readonly build: string;
  readonly patched?: string;
  readonly json?: true;
}

const day = (text: string): string => {
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text))
    throw new InvalidArgumentError('Give a day such as 2021-03-09.');
  return text;
};

/** `afterpatch exposure`: what a build was open to, without any evidence. */
export function exposureCommand(earn: (code: number) => void): Command {
  return new Command('exposure')
    .description(
      'Says which release a build of Exchange is, which campaigns and holes it was open to and from when to when, what closes them, and what an update does not take away. It reads no evidence: whether anything happened, only the logs can say.',
    )
    .requiredOption(
      '--build <number>',
      'the build: 15.1.2106.2, 15.01.2106.002, "Version 15.1 (Build 2106.2)", "Exchange 2016 CU18 Mar21SU"',
    )
    .addOption(new Option('--patched <day>', 'day on which the next update was installed, such as 2021-03-09').argParser(day))
    .option('--json', 'as JSON, with all holes')
    .action((options: Options) => {
      const knowledge = knowledgeOf(nodePlatform);
      const installed = installedOf(knowledge, options.build);
      const exposure = exposureOfBuild(knowledge, loadContent(nodePlatform).packs, {
        given: options.build,
        installed,
        patched: options.patched ?? null,
      });
      if (options.patched !== undefined && exposure.released !== null && options.patched < exposure.released)
        throw new UserError(
          'exposure.patched',
          `On ${options.patched} this build did not exist: it was released on ${exposure.released}.`,
          'Check the day, or the build: --build is the one that ran before the update.',
        );
      process.stdout.write(
        options.json
          ? `${JSON.stringify(exposure, null, 2)}\n`
          : renderBuildExposure(exposure, { width: process.stdout.columns ?? 80 }),
      );
      earn(0);
    });
}

/** @throws UserError when the text names no build */
function installedOf(knowledge: Knowledge, given: string): Installed {
  const found = spelled(knowledge, given);
  switch (found.kind) {
    case 'build':
      return { from: found.build, to: found.build };
    case 'cu':
      return found.installed;
    case 'level': {
      const cus = found.of.map(({ product, cu, update }) => `${product} ${cu}${update === null ? '' : ` ${update}`}`);
      throw new UserError(
        'exposure.level',
        `${found.level} is a level that Exchange setup wrote into the directory (${cus.join(', ')}): it says what was prepared, not which build runs.`,
        'Give the file version of ExSetup.exe on the server, such as 15.1.2106.2.',
      );
    }
    case 'no_release':
      throw new UserError(
        'exposure.no_release',
        `No release that we know is called "${clean(given)}".`,
        `Near it: ${found.near.map((one) => `${releaseName(one)} (${one.build})`).join(', ')}.`,
      );
    case 'unreadable':
      throw new UserError(
        'exposure.build',
        `"${clean(given)}" is no build of Exchange 2010, 2013, 2016, 2019 or SE.`,
        'Give four numbers such as 15.1.2106.2 (the file version of ExSetup.exe), or a name such as "Exchange 2016 CU18 Mar21SU".',
      );
  }
}

const clean = (text: string): string => text.replaceAll(/[^ -~]/g, '?').slice(0, 80);
