/** An assessment as a folder of files. In: what was judged, and somewhere to write. Out: file names and their text. */
import type { Judgement } from '../judge/index.ts';

/** How the run went: what must not stand in the assessment, because it differs from run to run. */
export interface RunRecord {
  readonly schema: 'afterpatch.run/1';
  readonly version: string;
  readonly packs: readonly { readonly id: string; readonly version: string }[];
  readonly startedUtc: string;
  readonly endedUtc: string;
  readonly jobs: number;
  readonly bytesRead: number;
  readonly filesRead: number;
  readonly platform: string;
  readonly arguments: readonly string[];
  /** As it was called, without passwords. */
  readonly command: readonly string[];
  /** Since when the owner knows that somebody got in: fixed once, kept when the case is assessed again; null: nobody does. */
  readonly knownUtc: string | null;
  /** What the report calls now, and its time zone: with them it can be made again, byte for byte. */
  readonly nowUtc: string;
  readonly timeZone: string;
  readonly answer: string;
  readonly exitCode: number;
  /** Rules of others; null: none were named. */
  readonly rules: RulesRecord | null;
  /** What was asked of others beside it (rules, indicators, signatures), how much of it, and what came of it: a sentence each. */
  readonly others: readonly string[];
  /** What was taken from what an earlier run had kept, what was not and why: a sentence each. */
  readonly kept: readonly string[];
}

/** What came of rules of others: which ran, which did not and why, and on which artifacts. */
export interface RulesRecord {
  readonly files: number;
  readonly run: number;
  readonly correlations: number;
  readonly unrun: readonly { readonly file: string; readonly line: number; readonly code: string; readonly what: string }[];
  /** Artifacts that some rule speaks about; `hits` are those of rules, not of correlations. */
  readonly applied: readonly {
    readonly artifact: string;
    readonly records: number;
    readonly rules: number;
    readonly hits: number;
  }[];
}

/** Turns a judgement into texts; handed in so that this room needs no writer of its own. */
export interface CaseRenderers {
  /** In pieces: it grows with the number of files, observables with that of distinct values. */
  readonly assessment: (judgement: Judgement) => Iterable<string>;
  readonly findings: (judgement: Judgement) => string;
  readonly observables: (judgement: Judgement) => Iterable<string>;
  readonly timeline: (judgement: Judgement) => string;
  readonly report: (judgement: Judgement) => string;
  /** The plan on paper, and what its commands read. */
  readonly plan: (judgement: Judgement) => string;
  readonly values: (judgement: Judgement) => string;
}

/** Files of a case in the order in which they are written; `assessment.json` and `run.json` last: they make it complete. */
export function* caseFiles(
  judgement: Judgement,
  render: CaseRenderers,
): Generator<{ readonly name: string; readonly text: Iterable<string> }> {
  yield { name: 'findings.ndjson', text: [render.findings(judgement)] };
  yield { name: 'observables.ndjson', text: render.observables(judgement) };
  yield { name: 'timeline.csv', text: [render.timeline(judgement)] };
  yield { name: 'plan.md', text: [render.plan(judgement)] };
  yield { name: 'plan-values.json', text: [render.values(judgement)] };
  yield { name: 'report.html', text: [render.report(judgement)] };
  yield { name: 'assessment.json', text: render.assessment(judgement) };
}
