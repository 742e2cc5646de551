import fs from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { type Audience, audiences, knownUtcIn, masked, readAssessment, readRendering } from '../case/index.ts';
import { dutiesOf } from '../assess.ts';
import { UserError } from '../core/errors.ts';
import { findingsNdjson, timelineCsv } from '../export/index.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { renderHtml } from '../report/index.ts';
import { caseFile } from './case-file.ts';
import { refuseLink, writeWhole } from './case-folder.ts';
import { verifiedOf } from './case/verified-file.ts';
import { instant, zone } from './options.ts';

interface Options {
  readonly for: Audience;
  readonly out?: string;
  readonly tz?: string;
  readonly lang: 'en';
  readonly now?: number;
}

/** `afterpatch report`: the report of a case again, for other eyes or another time zone. No evidence is read. */
export function reportCommand(earn: (code: number) => void): Command {
  return new Command('report')
    .description(
      'Writes the report of a case again from its assessment.json, without reading evidence. Without options it is the same, byte for byte. For a responder or the public it goes, with findings and timeline, into a folder of its own in the case: what each of them must not read is masked in all three files.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .addOption(
      new Option(
        '--for <reader>',
        'own: everything but live secrets; responder: access words of back doors, too; public: nothing that names the owner',
      )
        .choices([...audiences])
        .default('own'),
    )
    .option('-o, --out <folder>', 'where to write (default: the case; for others <case>/responder or <case>/public)')
    .addOption(new Option('--tz <zone>', 'time zone of the report (default: as it was)').argParser(zone))
    .addOption(new Option('--now <time>', 'the moment that the report calls now (default: as it was)').argParser(instant))
    .addOption(new Option('--lang <language>', 'language of the report; there is English only').choices(['en']).default('en'))
    .action((folder: string, options: Options) => {
      for (const line of written(folder, options)) process.stdout.write(`${line}\n`);
      earn(0);
    });
}

/** @returns the files that were written */
function written(folder: string, options: Options): string[] {
  const audience = options.for;
  const assessment = readAssessment(
    caseFile(folder, 'assessment.json'),
    path.join(folder, 'assessment.json'),
    nodePlatform.assets.text('schema/assessment-1.json'),
  );
  const before = readRendering(caseFile(folder, 'run.json'));
  const page = renderHtml(assessment, {
    // A case of an older version does not say: its evidence's end is the same on every day.
    nowMs: options.now ?? before.nowMs ?? Date.parse(assessment.organisation.evidenceEndUtc ?? '1970-01-01T00:00:00Z'),
    timeZone: options.tz ?? before.timeZone ?? 'UTC',
    lang: options.lang,
    audience,
    verified: verifiedOf(folder),
    tell: { knownUtc: knownUtcIn(caseFile(folder, 'run.json')), duties: dutiesOf(nodePlatform), country: null },
  });
  const out = options.out ?? (audience === 'own' ? folder : path.join(folder, audience));
  if (options.out === undefined && audience !== 'own') refuseLink(out);
  const files: [name: string, text: string][] = [['report.html', page]];
  // The owner's findings and timeline hold the exact lines and lie in the case already; beside it only masked ones are written.
  if (audience !== 'own' || path.resolve(out) !== path.resolve(folder)) {
    const less = masked(assessment, audience);
    files.push(['findings.ndjson', findingsNdjson(less)], ['timeline.csv', timelineCsv(less)]);
  }
  made(
    out,
    folder,
    files.map(([name]) => name),
  );
  for (const [name, text] of files) writeWhole(out, name, [text]);
  return files.map(([name]) => path.join(out, name));
}

/** Makes the folder; in one that is there only files of these names are replaced, and only where nothing else lies beside them. */
function made(out: string, folder: string, names: readonly string[]): void {
  if (path.resolve(out) === path.resolve(folder)) return;
  let there: string[];
  try {
    fs.mkdirSync(out, { recursive: true });
    there = fs.readdirSync(out);
  } catch (error) {
    throw new UserError(
      'out.unwritable',
      `The folder ${out} cannot be made (${error instanceof Error ? error.message : String(error)}).`,
      'Name a folder that you may write to with --out.',
      { cause: error },
    );
  }
  const others = there.filter((name) => !names.includes(name.replace(/\.part$/, '')));
  if (others.length === 0) return;
  throw new UserError(
    'out.foreign',
    `The folder ${out} holds other files (${others[0]}).`,
    'Nothing of yours is overwritten: name a new folder with --out.',
  );
}
