import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { assess, dutiesOf, loadContent, packSignatures } from '../assess.ts';
import { usualExperiments } from '../blindness/index.ts';
import {
  caseFiles,
  type HandedBefore,
  handedBefore,
  knownUtcOf,
  lackingNow,
  masked,
  readAssessment,
  type RunRecord,
  withOne,
} from '../case/index.ts';
import type { Acknowledgement } from '../core/acknowledged.ts';
import { assessmentJsonPieces, findingsNdjson, observablesPieces, planValuesJson, timelineCsv } from '../export/index.ts';
import { UserError } from '../core/errors.ts';
import type { Verification } from '../core/verified.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Platform } from '../core/platform.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { sevenZip, sevenZipLimits } from '../host/seven-zip.ts';
import type { ThisServer } from '../host/this-server.ts';
import { WorkFolder } from '../host/work-folder.ts';
import { workerExecutor } from '../host/worker-executor.ts';
import { yaraThread } from '../host/yara-thread.ts';
import type { Judgement } from '../judge/index.ts';
import { ofOthersWords, renderHtml, renderLackingNow, renderPlanMarkdown, renderTerminal } from '../report/index.ts';
import { inlineExecutor } from '../run/index.ts';
import { readBaselines } from './baseline/add.ts';
import { acknowledgedOf, writeAcknowledged } from './case/acknowledged-list.ts';
import { verifiedOf } from './case/verified-file.ts';
import { caseFile } from './case-file.ts';
import { batched, CaseFolder, defaultFolder } from './case-folder.ts';
import { readKnown } from './known-file.ts';
import { commandKept, goOnCommand, stoppedSaid } from './going-on.ts';
import { indicatorsLoaded, sayMet } from './indicators/loaded.ts';
import { beginWithin, keepHeapsSmall, leastMb, type MemoryPlan, memoryPlan, memoryWatch } from './memory.ts';
import { instant, wholeJobs, zone } from './options.ts';
import { type AskedOfOthers, ofOthers } from './of-others.ts';
import { checkPaths, passwordOption, platformFor } from './paths.ts';
import { Progress } from './progress.ts';
import { rulesLoaded, rulesRecord, sayMatched } from './rules/loaded.ts';
import { say } from './say.ts';
import { SoFar } from './so-far.ts';
import { pathsOf, serverHere } from './server.ts';
import { builtProgram, version } from './version.ts';
import { whenStopped } from './stopped.ts';
import { workTold } from './work-told.ts';
import { saySigned, signaturesLoaded } from './yara/loaded.ts';

interface Options {
  readonly out?: string;
  readonly json?: true;
  readonly known?: string;
  readonly case?: string;
  readonly rules: readonly string[];
  readonly packs: boolean;
  readonly indicators: readonly string[];
  readonly placeholders?: string;
  readonly yara: readonly string[];
  readonly explainRules?: true;
  readonly baseline: readonly string[];
  readonly organisation?: string;
  readonly password: readonly string[];
  readonly thisServer?: true;
  readonly measureBlindness?: true;
  readonly experiments: number;
  readonly resume?: true;
  readonly trustMtime?: true;
  readonly work: boolean;
  readonly memory?: number;
  readonly jobs: number;
  readonly since?: number;
  readonly until?: number;
  readonly now?: number;
  readonly tz: string;
  readonly lang: 'en';
  readonly color: boolean;
}

const experiments = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 20 || count > 100_000)
    throw new InvalidArgumentError('Give a whole number from 20 to 100000.');
  return count;
};
const megabytes = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000)
    throw new InvalidArgumentError('Give a whole number of megabytes.');
  return count;
};
export function assessCommand(earn: (code: number) => void): Command {
  return new Command('assess')
    .description(
      'Reads log files and whatever else was handed in, says what happened, how far it went and what could not be seen, and writes a case folder with the report, the assessment as data and the timeline.',
    )
    .argument('[path...]', 'folders, files and archives of one organisation; - reads pasted lines from standard input')
    .option('--this-server', 'read the logs of this computer, which is an Exchange or IIS server, where it keeps them')
    .option('-o, --out <folder>', 'case folder (default: afterpatch-<name of the first path>)')
    .option('--json', 'print the assessment as JSON instead of the summary')
    .option('--known <file>', 'YAML list of declared activity: penetration tests, responders')
    .option(
      '--case <folder>',
      'an earlier case of the same servers: what was acknowledged in it is left out of this answer, too, and said (the case of --out is always asked)',
    )
    .addOption(
      new Option(
        '--rules <path>',
        'folder or file of Sigma rules of others; may stand several times. What they match is told without a stage and never raises the answer',
      )
        .argParser((path: string, before: readonly string[]) => [...before, path])
        .default([], 'none'),
    )
    .option('--no-packs', 'without any campaign’s rules: what was new or rare on the servers is all that is looked for')
    .addOption(
      new Option(
        '--indicators <path>',
        'file or folder of indicators of others (STIX, MISP, OpenIOC, CSV, plain lists); may stand several times. Where they are met is told without a stage and never raises the answer',
      )
        .argParser((path: string, before: readonly string[]) => [...before, path])
        .default([], 'none'),
    )
    .option('--placeholders <file>', 'YAML map of names to values for rules with `expand`')
    .addOption(
      new Option(
        '--yara <path>',
        'folder or file of YARA signatures of others; may stand several times. Files that they match are told without a stage and never raise the answer',
      )
        .argParser((path: string, before: readonly string[]) => [...before, path])
        .default([], 'none'),
    )
    .option('--explain-rules', 'name every rule of others that does not run, and every file that some apply to')
    .option(
      '--measure-blindness',
      'play visits of intruders into this evidence, in memory, and say what would have been seen of them; changes no answer',
    )
    .addOption(
      new Option('--experiments <number>', 'how many visits are judged for that, about')
        .argParser(experiments)
        .default(usualExperiments),
    )
    .addOption(
      new Option(
        '--baseline <file>',
        'list of files that are known to be good, made with “afterpatch baseline add”; may stand several times',
      )
        .argParser((path: string, before: readonly string[]) => [...before, path])
        .default([], 'those that come with the program'),
    )
    .addOption(passwordOption())
    .option('--organisation <name>', 'name of the organisation in the assessment (default: name of the first path)')
    .option(
      '--resume',
      'go on with what the last run into this case folder had finished: of files with the same bytes nothing is judged again',
    )
    .option('--trust-mtime', 'the same, and files whose size and times are as they were are not even read')
    .option('--no-work', 'keep nothing of this run for another one in .work of the case folder')
    .addOption(
      new Option('--jobs <number>', 'worker threads')
        .argParser(wholeJobs)
        .default(Math.min(os.availableParallelism(), 16), 'one for each core, 16 at most'),
    )
    .addOption(
      new Option(
        '--memory <MB>',
        `what the process may hold with its workers: fewer of them are started, and a run that needs more ends without an answer. At least ${leastMb}`,
      ).argParser(megabytes),
    )
    .addOption(
      new Option('--since <time>', 'leave logs out that end before; then "nothing was found" is never the answer').argParser(
        instant,
      ),
    )
    .addOption(new Option('--until <time>', 'leave logs out that begin then or later').argParser(instant))
    .addOption(new Option('--now <time>', 'the moment that the report calls now (default: now)').argParser(instant))
    .addOption(
      new Option('--tz <zone>', 'time zone of the report')
        .argParser(zone)
        .default(Intl.DateTimeFormat().resolvedOptions().timeZone, 'this computer’s'),
    )
    .addOption(new Option('--lang <language>', 'language of the report').choices(['en']).default('en'))
    .option('--no-color', 'no colours in the summary')
    .action(async (paths: string[], options: Options) => {
      const plan = options.memory === undefined ? null : memoryPlan(options.memory, options.jobs);
      const within = plan === null ? null : await beginWithin(plan);
      if (within !== null) {
        earn(within);
        return;
      }
      const server = serverHere();
      earn(await assessPaths(pathsOf(paths, options.thisServer === true, server), options, plan, server));
    });
}

/** Of the case that is written, and of the one that is named; of the same rows the later word counts. */
function acknowledgedFor(out: string, earlier: string | undefined): Acknowledgement[] {
  if (earlier !== undefined) caseFile(earlier, 'run.json');
  const said = [...acknowledgedOf(out), ...(earlier === undefined ? [] : acknowledgedOf(earlier))];
  return said.toSorted((a, b) => byCodeUnit(a.saidUtc, b.saidUtc)).reduce<Acknowledgement[]>(withOne, []);
}

/** What unpacks for us has its share. */
const within = (platform: Platform, plan: MemoryPlan | null): Platform =>
  plan === null || platform.unarchiver === null
    ? platform
    : {
        ...platform,
        unarchiver: sevenZip({ ...sevenZipLimits, memoryBytes: Math.min(sevenZipLimits.memoryBytes, plan.unpackMb << 20) }),
      };

/** The assessment that lies in the folder; null: none, or one that this version does not read. */
function earlierOf(folder: CaseFolder): HandedBefore | null {
  const [text, run] = [folder.before('assessment.json'), folder.before('run.json')];
  if (text === null || run === null) return null;
  try {
    return handedBefore(
      readAssessment(text, folder.file('assessment.json'), nodePlatform.assets.text('schema/assessment-1.json')),
      run,
    );
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function verifiedBefore(folder: string): Verification | null {
  try {
    return verifiedOf(folder);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** A case is what came out, and no evidence. */
function refuseCases(paths: readonly string[]): void {
  for (const one of paths) {
    if (one === '-') continue;
    let run: string;
    try {
      run = fs.readFileSync(path.join(one, 'run.json'), 'utf8');
    } catch {
      continue;
    }
    if (/"schema": ?"afterpatch\.run\//.test(run.slice(0, 200)))
      throw new UserError(
        'path.case',
        `${one} is a case of Afterpatch: what came out of evidence, not evidence.`,
        `To see it: npx afterpatch case show ${one}. To assess again, name the folder with the logs, and the case with --out.`,
      );
  }
}

async function assessPaths(
  paths: readonly string[],
  options: Options,
  plan: MemoryPlan | null,
  server: ThisServer | null,
): Promise<number> {
  keepHeapsSmall();
  const startedMs = Date.now();
  const nowMs = options.now ?? startedMs;
  const jobs = plan?.jobs ?? options.jobs;
  const platform = within(platformFor(paths), plan);
  checkPaths(paths, platform);
  refuseCases(paths);
  if (options.since !== undefined && options.until !== undefined && options.since >= options.until)
    throw new UserError('time.order', '--since is not before --until.', 'Give the earlier time with --since.');
  const known = options.known === undefined ? [] : readKnown(options.known);
  const baselines = readBaselines(options.baseline);
  const folder = new CaseFolder(options.out ?? defaultFolder(paths), paths, server?.published ?? []);
  folder.lock();
  const acknowledged = acknowledgedFor(folder.path, options.case);
  // The moment of knowledge outlives the run that found it.
  const before = folder.before('run.json');
  const earlier = earlierOf(folder);
  const verified = verifiedBefore(folder.path);
  const whole = loadContent(platform);
  const content = options.packs ? whole : { ...whole, packs: [], rules: [] };
  const own = options.packs ? packSignatures(platform) : [];
  const scanner = yaraThread();
  const signatures = options.yara.length === 0 ? null : await signaturesLoaded(options.yara, own, platform.files, scanner);
  const others = options.rules.length === 0 ? null : rulesLoaded(options, platform.files);
  const indicators = options.indicators.length === 0 ? null : indicatorsLoaded(options.indicators, platform.files);
  const resume = options.resume === true || options.trustMtime === true;
  let kept: readonly string[] = [];
  const asked: AskedOfOthers = {
    rules: others?.set.rules.length ?? null,
    indicators: indicators?.prepared.list.length ?? null,
    signatures,
    unusedLists: indicators?.unused ?? [],
  };
  const reading = { percent: 0, bytes: 0 };
  const record = (
    judgement: Judgement | null,
    stopped: { readonly code: number; readonly files: number } | null = null,
  ): string => {
    const run: RunRecord = {
      schema: 'afterpatch.run/1',
      version,
      packs: content.packs.map((pack) => ({ id: pack.id, version: pack.version })),
      startedUtc: new Date(startedMs).toISOString(),
      endedUtc: new Date().toISOString(),
      jobs,
      bytesRead: judgement?.assessment.evidence.reduce((sum, { bytes }) => sum + bytes, 0) ?? reading.bytes,
      filesRead: judgement?.assessment.evidence.length ?? stopped?.files ?? 0,
      platform: `${process.platform} ${process.arch} node ${process.versions.node}`,
      arguments: paths,
      command: commandKept(process.argv.slice(2)),
      knownUtc: knownUtcOf(before, judgement?.assessment.verdict.answer ?? '', new Date(nowMs).toISOString()),
      nowUtc: new Date(nowMs).toISOString(),
      timeZone: options.tz,
      answer: judgement?.assessment.verdict.answer ?? 'not finished',
      exitCode: judgement?.assessment.verdict.exitCode ?? stopped?.code ?? 70,
      rules: others === null ? null : rulesRecord(others, judgement?.applied ?? []),
      others: judgement === null ? [] : ofOthers(asked, judgement.assessment.findings),
      kept,
    };
    return `${JSON.stringify(run, null, 2)}\n`;
  };
  folder.invalidate(record(null));
  const work =
    options.work || resume
      ? new WorkFolder(folder.path, { program: builtProgram(), resume, trusting: options.trustMtime === true })
      : null;

  const progress = new Progress(process.stderr, () => Date.now());
  const soFar = new SoFar(
    (line) => progress.say(line),
    () => Date.now(),
  );
  const watch = plan === null ? (): void => {} : memoryWatch(plan.megabytes);
  const executor = jobs === 1 ? inlineExecutor() : workerExecutor(jobs, plan === null ? null : plan.workerMb);
  let judgement: Judgement;
  whenStopped((code) => {
    const files = work?.keptFiles ?? null;
    progress.end();
    process.stderr.write(stoppedSaid(files, goOnCommand(process.argv.slice(2), folder.path), reading.percent));
    folder.write('run.json', [record(null, { code, files: files ?? 0 })]);
    return false;
  });
  try {
    judgement = await assess(paths, {
      organisation: options.organisation ?? platform.files.baseName(paths[0]!),
      known,
      ...(acknowledged.length === 0 ? {} : { acknowledged: { list: acknowledged, nowMs } }),
      executor,
      platform,
      content,
      ...(options.yara.length + own.length === 0
        ? {}
        : { signatures: { scanner, ...(options.yara.length > 0 ? {} : { later: own }) } }),
      ...(others === null ? {} : { others: others.set }),
      ...(options.measureBlindness === true ? { blindness: { experiments: options.experiments } } : {}),
      ...(indicators === null ? {} : { indicators: indicators.prepared }),
      ...(work === null ? {} : { kept: work }),
      passwords: options.password,
      baselines,
      onProgress: (done, total) => {
        watch();
        reading.bytes = done;
        reading.percent = (done / Math.max(total, 1)) * 100;
        progress.update(done, total);
      },
      ...(options.since === undefined && options.until === undefined
        ? {}
        : { asked: { fromMs: options.since ?? -Infinity, toMs: options.until ?? Infinity } }),
      onSoFar: (look, first) => soFar.look(look, first ? null : reading.percent),
      onScanned: () => executor.close(),
    });
  } finally {
    progress.end();
    await scanner.close();
    await executor.close();
    work?.close();
  }
  if (work !== null) kept = workTold(work.end(), resume);
  for (const line of kept) say(line);
  if (others !== null) sayMatched(judgement.assessment, judgement.applied, options);
  if (indicators !== null) sayMet(judgement.assessment.findings);
  saySigned(judgement.assessment.findings);
  const { assessment } = judgement;
  const files = caseFiles(judgement, {
    assessment: (done) => assessmentJsonPieces(done.assessment),
    findings: (done) => findingsNdjson(done.assessment),
    observables: (done) => observablesPieces(done.observables, done.observablesLeft),
    timeline: (done) => timelineCsv(done.assessment),
    plan: (done) => renderPlanMarkdown(masked(done.assessment, 'own')),
    values: (done) => planValuesJson(done.assessment.plan),
    report: (done) =>
      renderHtml(done.assessment, {
        nowMs,
        timeZone: options.tz,
        lang: options.lang,
        audience: 'own',
        verified,
        tell: {
          knownUtc: knownUtcOf(before, done.assessment.verdict.answer, new Date(nowMs).toISOString()),
          duties: dutiesOf(platform),
          country: null,
        },
      }),
  });
  for (const { name, text } of files) folder.write(name, text);
  // A case that rests on what another one knows keeps it.
  if (acknowledged.length > 0) writeAcknowledged(folder.path, acknowledged);
  // What was verified of the plan before is a fact of the case, whatever the plan is now.
  if (verified !== null) folder.write('verify.json', [`${JSON.stringify(verified, null, 1)}\n`]);
  folder.write('run.json', [record(judgement)]);
  whenStopped(null);
  const lacking = earlier === null ? null : lackingNow(earlier, assessment);
  const warning =
    earlier === null || lacking === null
      ? ''
      : renderLackingNow(earlier, lacking, { folder: folder.path, paths, width: process.stdout.columns ?? 80 });
  if (options.json === true) process.stderr.write(warning);
  const told = ofOthers(asked, assessment.findings);
  const printed: Iterable<string> = options.json
    ? batched(assessmentJsonPieces(assessment))
    : [
        warning,
        renderTerminal(assessment, {
          nowMs,
          timeZone: options.tz,
          lang: options.lang,
          width: process.stdout.columns ?? 80,
          color: options.color && process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
          caseFolder: folder.path,
          reportPath: folder.file('report.html'),
        }),
        ...(told.length === 0 ? [] : [`${[ofOthersWords.title, ...told, ofOthersWords.standing].join('\n  ')}\n`]),
      ];
  for (const text of printed)
    await new Promise<void>((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
  return assessment.verdict.exitCode;
}
