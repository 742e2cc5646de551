import fs from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { UserError } from '../core/errors.ts';
import { type DemoOptions, generateDemo, planDemo, type Sink, stories } from '../demo/index.ts';

interface Options {
  readonly size: string;
  readonly story: string;
  readonly seed: string;
  readonly out: string;
  readonly days?: string;
  readonly from?: string;
  readonly hosts?: string;
  readonly users?: string;
  readonly loadBalancer?: true | 'hidden' | 'forwarded';
  readonly utcOffset?: string;
  readonly clockSkew?: string;
  readonly without?: string;
  readonly events?: true;
  readonly webFolders?: true;
  readonly cutBefore?: string;
  readonly intruders?: string;
  readonly gaps?: string;
  readonly removeRows?: string;
  readonly removeFrom?: string;
  readonly lostFiles?: string;
}

const units: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

export function parseSize(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)\s*([KMGT]i?B)$/i.exec(text.trim());
  const unit = match === null ? undefined : units[match[2]!.toUpperCase()];
  if (match === null || unit === undefined)
    throw new UserError('demo.size', `--size ${text} is no size.`, 'Write a number and a unit, such as 10MB or 1.5GB.');
  return Math.round(Number(match[1]) * unit);
}

function parseNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^-?\d{1,9}(?:\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new UserError(`demo.${name}`, `--${name} ${text} is no number.`, 'Give digits alone.');
  return value;
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function demoOptions(o: Options): DemoOptions {
  const numbers = {
    days: parseNumber('days', o.days),
    hosts: parseNumber('hosts', o.hosts),
    users: parseNumber('users', o.users),
    utcOffsetHours: parseNumber('utc-offset', o.utcOffset),
    clockSkewMinutes: parseNumber('clock-skew', o.clockSkew),
    cutBeforeDays: parseNumber('cut-before', o.cutBefore),
    intruders: parseNumber('intruders', o.intruders),
    gaps: parseNumber('gaps', o.gaps),
    removeRows: parseNumber('remove-rows', o.removeRows),
  };
  const lost = parseNumber('lost-files', o.lostFiles);
  return {
    bytes: parseSize(o.size),
    stories: listOf(o.story),
    seed: o.seed,
    ...(o.from === undefined ? {} : { from: o.from }),
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)),
    ...(lost === undefined ? {} : { lostFiles: lost / 100 }),
    ...(o.loadBalancer === undefined ? {} : { loadBalancer: o.loadBalancer === true ? 'hidden' : o.loadBalancer }),
    ...(o.events === true ? { events: true } : {}),
    ...(o.webFolders === true ? { webFolders: true } : {}),
    ...(o.without === undefined ? {} : { without: listOf(o.without) }),
    ...(o.removeFrom === undefined ? {} : { removeFrom: o.removeFrom }),
  };
}

/** Files below a folder that was made for them. */
class FolderSink implements Sink {
  readonly #folder: string;
  readonly #made = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  open(name: string): number {
    const file = path.join(this.#folder, ...name.split('/'));
    const folder = path.dirname(file);
    if (!this.#made.has(folder)) {
      fs.mkdirSync(folder, { recursive: true });
      this.#made.add(folder);
    }
    return fs.openSync(file, 'wx');
  }
  write(file: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += fs.writeSync(file, bytes, at);
  }
  close(file: number): void {
    fs.closeSync(file);
  }
}

/** A folder of its own, so that nothing of anybody's is written over. */
function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(path.dirname(path.resolve(folder)), { recursive: true });
    fs.mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UserError('demo.out', `${folder} is there already.`, 'Nothing is written over: name another folder with --out.', {
        cause: error,
      });
    throw new UserError(
      'demo.out',
      `${folder} cannot be made: ${(error as Error).message}.`,
      'Name a folder that you may write to.',
      {
        cause: error,
      },
    );
  }
}

/** `afterpatch demo`: makes up evidence, and writes the truth about it beside it. */
export function demoCommand(earn: (code: number) => void): Command {
  return new Command('demo')
    .description(
      'Writes the logs of an invented organisation into DIR/evidence: people at work, monitoring, scanners, administrators, and what the named stories let happen. What is true about it stands in DIR/truth.json: every hostile row with its place and hash. Log rows alone are written: no exploit and no page of an intruder. The same options and seed give the same bytes.',
    )
    .requiredOption('--size <size>', 'how much, such as 1MB, 250MB, 20GB; what is taken out counts as well')
    .requiredOption('--story <name,...>', `what happens: ${stories.map(({ name }) => name).join(', ')}`)
    .requiredOption('--out <dir>', 'a folder that is not there yet')
    .option('--seed <text>', 'draws everything that the story leaves open', '1')
    .option('--days <n>', 'how long; else as the story has it, or fewer where the size is small')
    .option('--from <date>', 'first day, such as 2021-02-24; else as the story has it')
    .option('--hosts <n>', 'servers, each with a front end and a back end', '1')
    .option('--users <n>', 'people with a mailbox; else by the size')
    .addOption(
      new Option(
        '--load-balancer [kind]',
        'all clients have its address; forwarded: theirs stands in a column of the IIS log',
      ).choices(['hidden', 'forwarded']),
    )
    .option('--utc-offset <hours>', 'where the people work', '1')
    .option('--clock-skew <minutes>', 'how far the clock of the last server is ahead')
    .option('--without <log,...>', 'logs that were not collected, such as ews,httpproxy/Ecp')
    .option('--events', 'also the events of cmdlets that changed something, as somebody printed them')
    .option('--web-folders', 'also page files, as placeholders: those of Exchange, and where an intruder left one')
    .option('--intruders <n>', 'how many write pages, in mixed-intruders; else drawn, two to five')
    .option('--cut-before <days>', 'the logs begin so many days after the story does')
    .option('--gaps <n>', 'so many times a log is silent for 4 to 36 hours')
    .option('--remove-rows <n>', 'so many rows in a row are taken out of one book')
    .option('--remove-from <log>', 'which book; else iis-front')
    .option('--lost-files <percent>', 'share of the log files that are not there')
    .action((options: Options) => {
      const plan = planDemo(demoOptions(options));
      makeFolder(options.out);
      const evidence = path.join(options.out, 'evidence');
      fs.mkdirSync(evidence);
      const loud = process.stderr.isTTY && plan.options.bytes >= 1e8;
      const truth = generateDemo(plan, new FolderSink(evidence), (bytes) => {
        if (loud) process.stderr.write(`\r${Math.floor((bytes / plan.options.bytes) * 100)} %`);
      });
      if (loud) process.stderr.write('\r     \r');
      fs.writeFileSync(path.join(options.out, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`, { flag: 'wx' });
      process.stdout.write(
        `${evidence}: ${truth.records} records in ${truth.files.length} files, ${(truth.bytes / 1e6).toFixed(1)} MB, ` +
          `${truth.fromUtc.slice(0, 10)} to ${truth.toUtc.slice(0, 10)}\n` +
          `${path.join(options.out, 'truth.json')}: ${truth.rows.length} hostile rows\n`,
      );
      earn(0);
    });
}
