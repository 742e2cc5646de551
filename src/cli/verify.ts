import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { assess, dutiesOf, loadContent } from '../assess.ts';
import { historyName, knownUtcIn, readAssessment, readRendering } from '../case/index.ts';
import type { Assessment } from '../core/assessment.ts';
import { UserError } from '../core/errors.ts';
import type { Verification } from '../core/verified.ts';
import { assessmentJsonPieces } from '../export/index.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { workerExecutor } from '../host/worker-executor.ts';
import { renderHtml, renderVerified } from '../report/index.ts';
import { inlineExecutor } from '../run/index.ts';
import { isOfAfter, knownPages, stepRules, stepsOf, verify } from '../verify/index.ts';
import { readBaselines } from './baseline/add.ts';
import { acknowledgedOf } from './case/acknowledged-list.ts';
import { doneOf } from './case/done-list.ts';
import { caseFile } from './case-file.ts';
import { CaseFolder, makeFolder, makeNumbered, verifiedFolder, writeWhole } from './case-folder.ts';
import { readKnown } from './known-file.ts';
import { instant, wholeJobs, zone } from './options.ts';
import { checkPaths, passwordOption, platformFor } from './paths.ts';
import { printed } from './printed.ts';
import { Progress } from './progress.ts';

interface Options {
  readonly known?: string;
  readonly baseline: readonly string[];
  readonly password: readonly string[];
  readonly json?: true;
  readonly jobs: number;
  readonly now?: number;
  readonly tz?: string;
}

/** `afterpatch verify`: was it done, and did anything come after? */
export function verifyCommand(earn: (code: number) => void): Command {
  return new Command('verify')
    .description(
      'Reads new evidence, collected after the clean-up, and holds it against a case: each step of its plan is done, not done, or cannot be told, with the record that shows it and whose word that is; what is new since; how long nothing was seen. The case keeps each verification. Exit code: 0 every step is done and nothing is new, 1 something is open or new, 2 some of it cannot be told.',
    )
    .argument('<case>', 'folder that `afterpatch assess` wrote')
    .argument(
      '<evidence...>',
      'what was collected after the clean-up; logs of domain controllers and a disk that was read offline tell most',
    )
    .option('--json', 'print the result as JSON')
    .option('--known <file>', 'YAML list of declared activity, as for assess')
    .addOption(
      new Option('--baseline <file>', 'list of files that are known to be good; may stand several times')
        .argParser((file: string, before: readonly string[]) => [...before, file])
        .default([], 'those that come with the program'),
    )
    .addOption(passwordOption())
    .addOption(
      new Option('--jobs <number>', 'worker threads')
        .argParser(wholeJobs)
        .default(Math.min(os.availableParallelism(), 16), 'one for each core, 16 at most'),
    )
    .addOption(new Option('--now <time>', 'the moment that the report calls now (default: now)').argParser(instant))
    .addOption(new Option('--tz <zone>', 'time zone of the report (default: that of the case)').argParser(zone))
    .action(async (folder: string, paths: string[], options: Options) => {
      earn(await verifyPaths(folder, paths, options));
    });
}

async function verifyPaths(folder: string, paths: readonly string[], options: Options): Promise<number> {
  const startedMs = Date.now();
  const nowMs = options.now ?? startedMs;
  const before = caseOf(folder);
  const platform = platformFor(paths);
  checkPaths(paths, platform);
  // The same rules as for every case folder: it never lies among the evidence.
  new CaseFolder(folder, paths).lock();
  // Said before an hour of reading, not after it.
  makeFolder(path.join(folder, verifiedFolder));
  writable(folder);
  const steps = stepsOf(before);
  if (steps.length === 0)
    throw new UserError('verify.no_steps', `The plan of ${folder} has no steps.`, 'Assess the evidence again with this version.');
  const content = loadContent(platform);
  const pages = before.verdict.presence.waysBack.map(({ what }) => what).filter((what) => what.startsWith('/'));
  const acknowledged = acknowledgedOf(folder);
  const progress = new Progress(process.stderr, () => Date.now());
  const executor = options.jobs === 1 ? inlineExecutor() : workerExecutor(options.jobs);
  let verified: Verification | null = null;
  let after: Assessment;
  try {
    let observe: Parameters<NonNullable<Parameters<typeof assess>[1]['onObserved']>> | null = null;
    const judgement = await assess(paths, {
      organisation: before.organisation.name,
      known: options.known === undefined ? [] : readKnown(options.known),
      ...(acknowledged.length === 0 ? {} : { acknowledged: { list: acknowledged, nowMs } }),
      executor,
      platform,
      content,
      passwords: options.password,
      baselines: readBaselines(options.baseline),
      alsoAsk: [...stepRules(steps), ...knownPages([...new Set(pages)])],
      onObserved: (...observed) => void (observe = observed),
      onProgress: (done, total) => progress.update(done, total),
    });
    after = judgement.assessment;
    const [observed, hosts] = observe!;
    if (!isOfAfter({ before, after, observed, hosts }))
      throw new UserError(
        'verify.old',
        `Nothing in ${paths.join(', ')} is newer than the case, which ends on ${(before.organisation.evidenceEndUtc ?? '').slice(0, 10)}: it cannot show what was done since.`,
        'What was verified last is kept as it was. Collect from the server and the domain controllers again, today, and name that folder.',
      );
    verified = verify({ before, steps, said: doneOf(folder), after, observed, hosts });
  } finally {
    progress.end();
    await executor.close();
  }
  const kept = keep(folder, verified, after, { nowMs, startedMs, paths, timeZone: options.tz ?? null });
  await printed(
    options.json === true
      ? `${JSON.stringify(verified, null, 1)}\n`
      : renderVerified(verified, {
          width: process.stdout.columns ?? 80,
          folder: path.join(kept, 'verify.json'),
          report: path.join(folder, 'report.html'),
        }),
  );
  return verified.exitCode;
}

/** @throws UserError where nothing can be written into the case */
function writable(folder: string): void {
  const probe = path.join(verifiedFolder, '.part');
  writeWhole(folder, probe, []);
  fs.rmSync(path.join(folder, probe), { force: true });
}

const caseOf = (folder: string): Assessment =>
  readAssessment(
    caseFile(folder, 'assessment.json'),
    path.join(folder, 'assessment.json'),
    nodePlatform.assets.text('schema/assessment-1.json'),
  );

/** Each verification in a folder of its own; the last one beside the case, and in its report. */
function keep(
  folder: string,
  verified: Verification,
  after: Assessment,
  run: {
    readonly nowMs: number;
    readonly startedMs: number;
    readonly paths: readonly string[];
    readonly timeZone: string | null;
  },
): string {
  const all = path.join(folder, verifiedFolder);
  makeFolder(all);
  const endedUtc = new Date().toISOString();
  const own = makeNumbered(all, (number) => historyName(number, endedUtc));
  const rendering = readRendering(caseFile(folder, 'run.json'));
  const timeZone = run.timeZone ?? rendering.timeZone ?? 'UTC';
  const record = {
    schema: 'afterpatch.run/1',
    startedUtc: new Date(run.startedMs).toISOString(),
    endedUtc,
    arguments: run.paths,
    nowUtc: new Date(run.nowMs).toISOString(),
    timeZone,
    answer: after.verdict.answer,
    exitCode: verified.exitCode,
  };
  const text = `${JSON.stringify(verified, null, 1)}\n`;
  writeWhole(own, 'run.json', [`${JSON.stringify(record, null, 2)}\n`]);
  writeWhole(own, 'verify.json', [text]);
  writeWhole(own, 'assessment.json', assessmentJsonPieces(after));
  writeWhole(own, 'report.html', [renderHtml(after, { nowMs: run.nowMs, timeZone, lang: 'en', audience: 'own' })]);
  writeWhole(folder, 'verify.json', [text]);
  writeWhole(folder, 'report.html', [
    renderHtml(caseOf(folder), {
      nowMs: rendering.nowMs ?? run.nowMs,
      timeZone: rendering.timeZone ?? 'UTC',
      lang: 'en',
      audience: 'own',
      verified,
      tell: { knownUtc: knownUtcIn(caseFile(folder, 'run.json')), duties: dutiesOf(nodePlatform), country: null },
    }),
  ]);
  return own;
}
