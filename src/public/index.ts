/**
 * Afterpatch as a library: `import { assess } from 'afterpatch'`.
 *
 * Assesses the evidence of one organisation on this computer (Node), and turns the assessment into what people and tools read. It
 * opens no network connection and writes no file. Nothing else of the package is public.
 */
import os from 'node:os';
import { assess as assessOn } from '../assess.ts';
import { readRules } from '../cli/rules/read-rules.ts';
import { UserError } from '../core/errors.ts';
import { FileError } from '../core/platform.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { workerExecutor } from '../host/worker-executor.ts';
import type { Judgement, KnownActivity } from '../judge/index.ts';
import { inlineExecutor } from '../run/index.ts';

/** How an assessment is made; every field may be left out. */
export interface AssessOptions {
  /** Name of the organisation in the assessment, and key of the hashed accounts in `observables`; default: the last part of the first path. */
  readonly organisation?: string;
  /** Activity that the owner declares (penetration tests, responders); default: none. Times in UTC milliseconds, the end exclusive. */
  readonly known?: readonly KnownActivity[];
  /**
   * Folders and files of Sigma rules of others; default: none. What they match is told in `assessment.findings` (`other/<id>`), beside the
   * answer or with an intrusion that it belongs to, and raises nothing. `applied` says on which artifacts they ran.
   */
  readonly rules?: readonly string[];
  /** Values for rules with the modifier `expand`, by name without `%`; a rule whose name is not here does not run. */
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  /** Worker threads, 1 to 64; 1 works in the calling thread. Default: the computer's cores, at most 16. The result is the same for every number. */
  readonly jobs?: number;
  /** Called while reading, in bytes; the path is relative to what was handed in. */
  readonly onProgress?: (doneBytes: number, totalBytes: number, path: string) => void;
  /** Stops the run between two blocks; `assess` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads files and folders of one organisation and judges what they show. Bad evidence is never thrown: it stands in
 * `assessment.problems`. The same evidence gives the same assessment, whatever `jobs`, platform or time zone.
 *
 * @param paths files and folders of this computer, at least one; folders are read with everything below them, links are not followed
 * @returns the assessment, and every address, script, user agent and account that the evidence holds, counted
 * @throws {UserError} `usage.paths` without a path, `usage.jobs` for a number of threads that is none, `path.missing` when a path is not there or may not be read, `rules.none` for rules that hold no rule file
 * @throws the reason of `signal` when it was aborted; anything else is a bug of Afterpatch
 */
export async function assess(paths: readonly string[], options: AssessOptions = {}): Promise<Judgement> {
  const jobs = options.jobs ?? Math.min(os.availableParallelism(), 16);
  const [first] = paths;
  if (first === undefined) throw new UserError('usage.paths', 'No path was given.', 'Name at least one folder or file.');
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw new UserError('usage.jobs', `${jobs} is no number of threads.`, 'Give a whole number from 1 to 64.');
  for (const path of paths) mustBeThere(path);
  const others =
    options.rules === undefined || options.rules.length === 0
      ? null
      : readRules(options.rules, nodePlatform.files, options.placeholders ?? {}).set;
  const executor = jobs === 1 ? inlineExecutor() : workerExecutor(jobs);
  try {
    return await assessOn(paths, {
      organisation: options.organisation ?? nodePlatform.files.baseName(first),
      known: options.known ?? [],
      executor,
      platform: nodePlatform,
      ...(others === null ? {} : { others }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } finally {
    await executor.close();
  }
}

function mustBeThere(path: string): void {
  try {
    nodePlatform.files.facts(path, true);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError(
      'path.missing',
      `${path} cannot be looked at (${error.code}).`,
      'Check the spelling, and that you may read it.',
      { cause: error },
    );
  }
}

/** Wrong input of the caller: `code`, a message, and in `fix` what to do about it. */
export { UserError } from '../core/errors.ts';

/** What `assess` resolves to: `assessment`; `observables`, sorted by kind and value; `observablesLeft`, rows whose values found no room in the tables; `applied`, artifacts that `rules` speak about; `unrun`, those of `rules` that did not run. */
export type { Judgement } from '../judge/index.ts';
/** An address, script, user agent or account (hashed) of the evidence with first and last time (ISO 8601 UTC), number of rows and servers. */
export type { ObservableCount } from '../judge/index.ts';
/** An artifact that rules of others speak about (records, rules that apply, matches), and one that did not run (file, line, code, reason). */
export type { AppliedRules, UnrunRule } from '../judge/index.ts';
/** One declared activity: name, first and last moment in UTC milliseconds, and the marks by which it is known. */
export type { KnownActivity } from '../judge/index.ts';

/** The plan of an assessment and its parts. */
export type {
  Plan,
  PlanBackup,
  PlanBinding,
  PlanCommand,
  PlanKind,
  PlanPhase,
  PlanReason,
  PlanRebuild,
  PlanReference,
  PlanRole,
  PlanSecret,
  PlanStep,
  PlanUpgrade,
  PlanValue,
  SecretKind,
  StepCheck,
} from '../core/plan.ts';

/** The assessment, version 1, and its parts; each field is described in docs/reference/assessment.md. */
export type {
  Answer,
  Assessment,
  Beyond,
  CampaignCoverage,
  CoverageSpan,
  Entered,
  EvidenceEntry,
  Exposure,
  Finding,
  FindingEvidence,
  HostVerdict,
  Intrusion,
  LedgerEntry,
  LedgerRequest,
  LogStep,
  Missing,
  Observable,
  Presence,
  RecordedSetting,
  Seen,
  Silence,
  SourceCoverage,
  StageView,
  Targeting,
  TargetingWord,
  Verdict,
  WaveAnswer,
  WayBack,
  WayBackKind,
} from '../core/assessment.ts';
/** The steps of the proof ladder, from `none` to `impact`, and how sure a statement is. */
export type { Confidence, Stage } from '../core/stage.ts';
/** Something odd about the evidence, with its code (docs/reference/problems.md), byte offset and count. */
export type { Problem, ProblemCode } from '../core/problem.ts';

/**
 * `renderHtml(assessment, options)`: the report as one HTML file that loads nothing, for a zone, a language, a moment (`nowMs`) and
 * a reader (`audience`: what of it is masked).
 */
export { renderHtml } from '../report/index.ts';
export type { RenderOptions } from '../report/index.ts';
/** `renderTerminal(assessment, options)`: the answer in fewer than 30 lines at 80 columns. */
export { renderTerminal } from '../report/index.ts';
export type { TerminalOptions } from '../report/index.ts';

/** Texts for other tools: `assessment.json`, one finding a line, one observable a line, and a timeline for Timesketch (CSV, RFC 4180). */
export { assessmentJson, findingsNdjson, observablesNdjson, timelineCsv } from '../export/index.ts';
