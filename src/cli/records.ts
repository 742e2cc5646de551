import { Command, Option } from 'commander';
import { UserError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { visible } from '../core/visible.ts';
import { gather } from '../evidence/index.ts';
import { type RecordFormat, recordFormats, recordFrame, recordText } from '../export/index.ts';
import { recordsOf } from '../run/index.ts';
import { checkPaths, passwordOption, platformFor } from './paths.ts';

interface Options {
  readonly format: RecordFormat;
  readonly password: readonly string[];
}

/** Characters that are gathered before they are written. */
const writeChars = 1 << 16;

/** `afterpatch records`: every record of what was named, as it is read. */
export function recordsCommand(earn: (code: number) => void): Command {
  return new Command('records')
    .description(
      'Prints every record of the files that were named, in the order in which they stand: from event logs, logs of lines and the output of tools alike. Nothing is judged. How many records and problems each file had is said on standard error.',
    )
    .argument('<path...>', 'folders, files and archives; - reads pasted lines from standard input')
    .addOption(
      new Option('--format <format>', 'ndjson: one JSON object a line; csv; xml: Windows events only')
        .choices([...recordFormats])
        .default('ndjson'),
    )
    .addOption(passwordOption())
    .action(async (paths: string[], options: Options) => {
      const platform = platformFor(paths);
      checkPaths(paths, platform);
      const gathered = await gather(paths, platform, { passwords: options.password });
      try {
        await printRecords(gathered.artifacts, options.format);
      } finally {
        gathered.close();
      }
      earn(0);
    });
}

async function printRecords(artifacts: Awaited<ReturnType<typeof gather>>['artifacts'], format: RecordFormat): Promise<void> {
  let pending = recordFrame[format].head;
  const write = async (text: string): Promise<void> => {
    pending += text;
    if (pending.length < writeChars) return;
    await flush();
  };
  // Whoever reads may be slower than the disk; one that went away ends the program (main.ts).
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    if (text !== '')
      await new Promise<void>((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
  };
  let all = 0;
  const said: string[] = [];
  for (const artifact of artifacts) {
    if (artifact.parts.length === 0) {
      if (artifact.role !== 'container') said.push(`${artifact.path}: not read (${artifact.notRead ?? 'nothing to read'})`);
      continue;
    }
    const blocks = recordsOf(artifact);
    let records = 0;
    for (let block = blocks.next(); ; block = blocks.next()) {
      if (block.done === true) {
        said.push(`${artifact.path}: ${records} records${problemsSaid([...artifact.problems, ...block.value])}`);
        break;
      }
      for (const record of block.value) {
        records++;
        const text = recordText(record, format);
        if (text !== null) {
          all++;
          await write(text);
        }
      }
    }
  }
  if (all === 0 && format === 'xml')
    throw new UserError('records.none', 'Nothing here has a form in XML.', 'Use --format ndjson, or name event logs (.evtx).');
  pending += recordFrame[format].foot;
  await flush();
  // Names in an archive are the evidence's own.
  process.stderr.write(said.map((line) => `${visible(line, ['<', '>'])}\n`).join(''));
}

/** `, problems: evtx.dirty 1, evtx.recovered 25`: codes alone, nothing that the evidence wrote. */
function problemsSaid(problems: readonly Problem[]): string {
  const counts = new Map<string, number>();
  for (const { code, count } of problems) counts.set(code, (counts.get(code) ?? 0) + count);
  return counts.size === 0 ? '' : `, problems: ${[...counts].map(([code, count]) => `${code} ${count}`).join(', ')}`;
}
