/** What `afterpatch verify` found out of new evidence about the steps of a case's plan: the contract of `verify.json`, version 1. */
import type { WayBack } from './assessment.ts';
import type { StepCheck } from './plan.ts';

export const verifySchema = 'afterpatch.verify/1';

export type StepState = 'done' | 'not_done' | 'cannot_tell';
/**
 * Whose word it rests on. `outside`: another machine's record, which whoever holds the server cannot write; `disk`: a disk that was read
 * without its server; `server`: the server itself reports it; `people`: somebody says so.
 */
export type StepView = 'outside' | 'disk' | 'server' | 'people';

/** A row or file of the new evidence. */
export interface StepProof {
  /** `EvidenceEntry.path` of the new assessment. */
  readonly artifact: string;
  readonly line: number | null;
  readonly timeUtc: string | null;
  /** Shortened and defanged. */
  readonly shown: string;
}

/** What somebody said of a step (`afterpatch case done`). */
export interface SaidDone {
  readonly step: string;
  readonly by: string;
  /** When it was done, as they say. */
  readonly doneUtc: string;
  readonly saidUtc: string;
  readonly note: string | null;
}

/** `leftover`: it stands there since before; `again`: it was gone, or was written anew, and is there. */
export type CameBack = 'leftover' | 'again';

export interface VerifiedStep {
  /** `PlanStep.id`. */
  readonly id: string;
  readonly title: string;
  readonly host: string | null;
  readonly check: StepCheck['kind'];
  readonly state: StepState;
  /** Null: nothing tells. */
  readonly view: StepView | null;
  /** First moment at which it is seen to be done; null: not done, or nobody can tell when. */
  readonly doneUtc: string | null;
  /** What was looked at, and what it shows. */
  readonly text: string;
  readonly evidence: readonly StepProof[];
  /** Of what is still there. */
  readonly back: CameBack | null;
  readonly said: SaidDone | null;
  /** Somebody said that it was done, and the evidence shows that it was not. */
  readonly contradicted: boolean;
}

/** Something hostile of after the case that the case does not know, or of before that it did not see. */
export interface FreshFinding {
  /** The page, or another name of what it is about; null: it has none. */
  readonly what: string | null;
  /** Findings of the new assessment, the gravest first. */
  readonly findings: readonly string[];
  readonly title: string;
  readonly host: string | null;
  readonly timeUtc: string | null;
  /** `new`: done since; `again`: with or from what the case knows; `overlooked`: from before, and the case has it not; `unknown`: without a time;
   * `possible`: new, and its rows do not prove that it is hostile. */
  readonly kind: 'new' | 'again' | 'overlooked' | 'unknown' | 'possible';
  /** Intrusion of the case whose address or page it has; null: of none. */
  readonly intrusion: string | null;
  readonly text: string;
}

/** A way back as it stands now. */
export interface StillOpen extends Pick<WayBack, 'kind' | 'what' | 'host' | 'state' | 'why'> {
  /** The case does not have it. */
  readonly fresh: boolean;
}

export interface Verification {
  readonly schema: typeof verifySchema;
  /** The case that it is about, and the evidence that it was made of. */
  readonly of: { readonly evidenceEndUtc: string | null; readonly answer: string; readonly steps: number };
  readonly evidence: { readonly files: number; readonly fromUtc: string | null; readonly toUtc: string | null };
  readonly steps: readonly VerifiedStep[];
  readonly fresh: readonly FreshFinding[];
  /** Attempts from outside that got nowhere, since: everybody has them. */
  readonly attempts: number;
  /** From the last change that is seen to the end of the new evidence. */
  readonly watched: {
    readonly fromUtc: string | null;
    readonly toUtc: string | null;
    readonly days: number;
    /** As long as the plan asks to watch; null: it does not, or nobody knows since when. */
    readonly untilUtc: string | null;
    /** The logs that would show something new are here for all of that time. */
    readonly covered: boolean;
    /** Logs that are not, as people call them. */
    readonly lacking: readonly string[];
  };
  /** `known`: all but those that nothing names; `unknown`: that may be open; new ones are among the open. */
  readonly waysBack: {
    readonly known: number;
    readonly closed: number;
    readonly open: number;
    readonly unknown: number;
    readonly list: readonly StillOpen[];
  };
  readonly exitCode: 0 | 1 | 2;
  readonly headline: string;
  readonly sentence: string;
}
