import os from 'node:os';
import { Command, Option } from 'commander';
import { UserError } from '../core/errors.ts';
import { gather } from '../evidence/index.ts';
import { type HitFormat, hitFormats, hitHead, hitText, type PrintedHit } from '../export/index.ts';
import { workerExecutor } from '../host/worker-executor.ts';
import { rulesWords } from '../report/index.ts';
import { appliesTo, correlate, type CorrelationHit, levels, type Mark, type RuleSet, rulesBySource } from '../rules/index.ts';
import { huntArtifact, type HuntedRow, inlineExecutor, type ScanExecutor, startHunt } from '../run/index.ts';
import { wholeJobs } from './options.ts';
import { checkPaths, passwordOption, platformFor } from './paths.ts';
import { printed } from './printed.ts';
import { rulesLoaded, unable } from './rules/loaded.ts';
import { say } from './say.ts';

interface Options {
  readonly rules: readonly string[];
  readonly format: HitFormat;
  readonly level?: string;
  readonly tag: readonly string[];
  readonly status: readonly string[];
  readonly placeholders?: string;
  readonly explainRules?: true;
  readonly password: readonly string[];
  readonly jobs: number;
}

/** Hits were found. */
const exitHits = 1;
const exitNothing = 0;
/** Nothing was found, and something was not read or some rule cannot run: not an all-clear. */
const exitNotAll = 2;

const writeChars = 1 << 16;
/** Events that correlations are made of, over all the evidence. */
const mostMarks = 2_000_000;

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** `afterpatch hunt`: what Sigma rules of others match, and nothing else. */
export function huntCommand(earn: (code: number) => void): Command {
  return new Command('hunt')
    .description(
      'Runs Sigma rules of others over files, folders and archives and prints each row that one matches. Nothing is judged: a hit is what its rule says and no more. What was loaded, applied and skipped is said on standard error. Ends with 1 when there are hits, with 0 when there are none, with 2 when there are none but something could not be read or some rule cannot run.',
    )
    .argument('<path...>', 'folders, files and archives; - reads pasted lines from standard input')
    .addOption(
      new Option('--rules <path>', 'folder or file of Sigma rules; may stand several times')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(new Option('--format <format>', 'how hits are printed').choices([...hitFormats]).default('table'))
    .addOption(new Option('--level <level>', 'rules of this level and above').choices([...levels]))
    .addOption(
      new Option('--tag <tag>', 'rules with this tag or one below it (attack.t1505); may stand several times')
        .argParser(collect)
        .default([], 'all'),
    )
    .addOption(
      new Option('--status <status>', 'rules of this status; may stand several times').argParser(collect).default([], 'all'),
    )
    .option('--placeholders <file>', 'YAML map of names to values for rules with `expand`')
    .option('--explain-rules', 'name every rule that does not run')
    .addOption(passwordOption())
    .addOption(
      new Option('--jobs <number>', 'worker threads')
        .argParser(wholeJobs)
        .default(Math.min(os.availableParallelism(), 16), 'one for each core, 16 at most'),
    )
    .action(async (paths: string[], options: Options) => {
      earn(await hunt(paths, options));
    });
}

/** Rules that were asked for; what a wanted correlation is made of runs without hits of its own. */
function chosen(set: RuleSet, { level, tag, status }: Options): RuleSet {
  const least = level === undefined ? -1 : levels.indexOf(level as (typeof levels)[number]);
  const wanted = (about: RuleSet['rules'][number]['about']): boolean =>
    (least === -1 || (levels as readonly string[]).indexOf(about.level ?? '') >= least) &&
    (tag.length === 0 ||
      tag.some((one) =>
        about.tags.some(
          (own) => own.toLowerCase() === one.toLowerCase() || own.toLowerCase().startsWith(`${one.toLowerCase()}.`),
        ),
      )) &&
    (status.length === 0 || status.includes(about.status ?? ''));
  const correlations = set.correlations.map((one) => (wanted(one.about) ? one : { ...one, silent: true }));
  return {
    ...set,
    rules: set.rules.flatMap((rule) => (wanted(rule.about) ? [rule] : rule.marked ? [{ ...rule, silent: true }] : [])),
    correlations,
  };
}

async function hunt(paths: readonly string[], options: Options): Promise<number> {
  if (options.rules.length === 0)
    throw new UserError('hunt.rules', 'No rules were named.', 'Add --rules <folder with Sigma rules>.');
  const platform = platformFor(paths);
  checkPaths(paths, platform);
  const { set } = rulesLoaded(options, platform.files, (all) => chosen(all, options));
  const cannot = unable(set).length;

  const executor = options.jobs === 1 ? inlineExecutor() : workerExecutor(options.jobs);
  try {
    const { hits, complete } = await huntAll(paths, options, set, executor);
    return hits > 0 ? exitHits : complete && cannot === 0 ? exitNothing : exitNotAll;
  } finally {
    await executor.close();
  }
}

async function huntAll(
  paths: readonly string[],
  options: Options,
  set: RuleSet,
  executor: ScanExecutor,
): Promise<{ readonly hits: number; readonly complete: boolean }> {
  const platform = platformFor(paths);
  startHunt(executor, set.rules);
  const bySource = rulesBySource(set.rules);
  const abouts = new Map(set.rules.map((rule) => [rule.id, rule.about]));
  const marks: Mark[] = [];
  const fired = new Set<string>();
  let marksLeft = 0;
  let hits = 0;
  /** Files that some rule speaks about, and none matched in. */
  let quiet = 0;
  let complete = true;
  let pending = hitHead[options.format];
  const write = async (text: string): Promise<void> => {
    pending += text;
    if (pending.length < writeChars) return;
    const whole = pending;
    pending = '';
    await printed(whole);
  };
  const gathered = await gather(paths, platform, { passwords: options.password });
  try {
    for (const artifact of gathered.artifacts.toSorted((a, b) => a.order - b.order)) {
      if (artifact.parts.length === 0) {
        if (artifact.role !== 'container') {
          complete = false;
          say(rulesWords.notRead(artifact.path, artifact.notRead ?? 'nothing to read'));
        }
        continue;
      }
      let own = 0;
      const done = await huntArtifact(artifact, {
        executor,
        platform,
        signal: new AbortController().signal,
        onRows: async (rows) => {
          for (const row of rows)
            for (const id of row.rules) {
              own++;
              fired.add(id);
              await write(hitText(rowHit(row, abouts.get(id)!), options.format));
            }
        },
        onMarks: (found, left) => {
          const room = Math.max(0, mostMarks - marks.length);
          for (const mark of found.slice(0, room)) marks.push(mark);
          marksLeft += left + Math.max(0, found.length - room);
        },
      });
      hits += own;
      if (done.problems.some(({ code }) => /unreadable|vanished|limit|truncated/.test(code))) complete = false;
      if (own === 0 && options.explainRules !== true) quiet++;
      else say(rulesWords.applied(artifact.path, done.records, appliesTo(bySource, done.logSources, done.events), own));
    }
  } finally {
    gathered.close();
  }
  if (quiet > 0) say(rulesWords.quiet(quiet));
  const found = correlate(set.correlations, marks);
  const loud = new Map(set.correlations.filter(({ silent }) => !silent).map((one) => [one.id, one]));
  let correlated = 0;
  for (const hit of found.hits) {
    const run = loud.get(hit.correlation);
    if (run === undefined) continue;
    correlated++;
    await write(hitText(correlationHit(hit, run.about, run.correlation.groupBy), options.format));
  }
  await printed(pending);
  if (found.withoutTime > 0) say(rulesWords.withoutTime(found.withoutTime));
  if (marksLeft > 0) say(rulesWords.marksLeft(marksLeft));
  say(rulesWords.total(hits, fired.size, correlated));
  return { hits: hits + correlated, complete: complete && marksLeft === 0 };
}

type About = RuleSet['rules'][number]['about'];

const said = ({ id, title, level, status, tags, file }: About) =>
  ({ rule: id, title, level, status, tags, ruleFile: file }) as const;

const rowHit = (row: HuntedRow, about: About): PrintedHit => ({
  ...said(about),
  timeMs: row.timeMs,
  lastMs: null,
  computer: row.fields.Computer ?? row.fields['s-computername'] ?? row.fields.ServerHostName ?? null,
  logSource: row.logSource,
  channel: row.fields.Channel ?? null,
  eventId: row.fields.EventID ?? null,
  artifact: row.artifact,
  line: row.line,
  offsetBytes: row.offsetBytes,
  recordId: row.recordId,
  events: 1,
  fields: row.fields,
});

const correlationHit = (hit: CorrelationHit, about: About, groupBy: readonly string[]): PrintedHit => {
  const last = hit.shown.at(-1)!;
  return {
    ...said(about),
    timeMs: hit.firstMs,
    lastMs: hit.lastMs,
    computer: null,
    logSource: 'correlation',
    channel: null,
    eventId: null,
    artifact: last.artifact,
    line: null,
    offsetBytes: last.offsetBytes,
    recordId: last.recordId,
    events: hit.events,
    fields: Object.fromEntries(groupBy.flatMap((name, index) => (hit.group[index] == null ? [] : [[name, hit.group[index]]]))),
  };
};
