/** A campaign as data: what it looked like, what each trace proves, and when. Loaded and checked by `packs`, judged by `judge`. */
import type { Confidence, Stage } from './stage.ts';

/**
 * The place of a trace in an intrusion, the same for every campaign:
 * `check` someone looked whether the hole is there; `try` an exploit request; `enter` they got what the hole gives; `read` they
 * used it to read configuration; `plant` a script was put where a page will be made of it; `arm` the page was written;
 * `page` a request for a page that the product does not ship (its status tells the rest), or the page itself; `file` a file of
 * theirs that another tool names; `order` the page was told what to do; `spread` rights were changed or taken, or another computer was reached.
 */
export type Step = 'check' | 'try' | 'enter' | 'read' | 'plant' | 'arm' | 'page' | 'file' | 'order' | 'spread';

/** What one rule proves. The texts are the pack's own: they say what happened, not which rule fired. */
export interface Proof {
  /** Id of the rule: its file name without `.yml`, prefixed with the pack's id (`proxylogon/session-obtained`). */
  readonly rule: string;
  readonly step: Step;
  readonly stage: Stage;
  readonly confidence: Confidence;
  /** What happened, one sentence without a full stop. */
  readonly title: string;
  readonly proves: string;
  readonly doesNotProve: string;
  readonly innocent: string;
  readonly techniques: readonly string[];
  readonly cves: readonly string[];
  /**
   * Owners set this, too, and keep it for years (a role for a backup, a forwarding): it has its stage only beside an intrusion that had begun
   * by then, and is told without one elsewhere. Left out: it has it anywhere.
   */
  readonly ownersToo?: true;
  /** Fields whose value is the decisive part of the line; shown marked. */
  readonly decisive: readonly string[];
  /**
   * A request that needs the answer of an earlier one (a canary, a session id): when a row of one of `after` came before it on
   * the same server within the time, the chain itself proves this stage, as far as client-written requests can: never `confirmed`.
   */
  readonly chain?: {
    readonly after: readonly string[];
    readonly withinSeconds: number;
    readonly stage: Stage;
    readonly confidence: 'possible' | 'probable';
  };
}

export interface Wave {
  readonly id: string;
  readonly name: string;
  /** First and last day, `YYYY-MM-DD` UTC. */
  readonly from: string;
  readonly to: string;
  readonly meaning: string;
  readonly sources: readonly string[];
  /** From its first day on everybody was attacked; where no wave says so, it is the one in which the patch came. */
  readonly main?: boolean;
}

/** Which source shows which stage of the campaign, and where old records of it may still be. */
export interface Question {
  readonly stage: Stage;
  /** Artifact kind. */
  readonly source: string;
  /** `trace`: a span of time; `residue`: the state on one day. */
  readonly kind: 'trace' | 'residue';
  /** What it would show, for the reader. */
  readonly shows: string;
  /** Where the records are on a server, and where old ones may still be. */
  readonly where: string;
  /** False: it shows more, but "nothing found" does not rest on it, because another source answers the same. */
  readonly decides: boolean;
  /** Of a log of which a server keeps several (HttpProxy, one for each protocol), the one that is meant; `ecp` where nothing is said. */
  readonly book?: 'ecp' | 'autodiscover';
}

/** A reason for or against "they were chosen". `when` names what the engine knows how to ask. */
export interface Trait {
  readonly id: string;
  readonly weighs: 'for' | 'against';
  readonly when:
    | { readonly kind: 'wave'; readonly ids: readonly string[] }
    | { readonly kind: 'rule'; readonly rules: readonly string[] }
    | { readonly kind: 'page_name'; readonly names: readonly string[] }
    | { readonly kind: 'page_pattern'; readonly pattern: string }
    | { readonly kind: 'fast_chain'; readonly seconds: number }
    | { readonly kind: 'no_follow_up' }
    | { readonly kind: 'several_intruders' };
  readonly text: string;
  readonly sources: readonly string[];
}

/** A way back that has to be reckoned with once a stage is reached, whether or not it was seen. */
export interface WayBackRule {
  readonly from: Stage;
  readonly kind:
    | 'file'
    | 'module'
    | 'account'
    | 'password'
    | 'key'
    | 'certificate'
    | 'rule'
    | 'grant'
    | 'task'
    | 'memory'
    | 'other_host';
  readonly why: string;
}

export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly summary: string;
  readonly cves: readonly { readonly id: string; readonly role: string }[];
  /** First known exploitation and the day of the patch, `YYYY-MM-DD` UTC; null for a pack that is not a campaign. */
  readonly firstExploited: string | null;
  readonly patched: string | null;
  /** What getting in gives: a `session` of the control panel (where nothing is said), or an answer of the `inside` of the server. */
  readonly entry?: 'session' | 'inside';
  /**
   * When "nothing of it was found" is asked for at all. `always` (where nothing is said): from the first use to the end of the
   * evidence, for everybody was attacked. `in_time`: few were, so only while the evidence reaches into its waves. `when_found`: it
   * is of another product, or leaves so little that silence says nothing; it is spoken of where something of it was found.
   */
  readonly asked?: 'always' | 'in_time' | 'when_found';
  /** Builds from which the hole is closed, per `major.minor`: a row that carries such a build proves that the new code ran. */
  readonly fixedBuilds: readonly { readonly from: string; readonly below: string }[];
  readonly waves: readonly Wave[];
  readonly proofs: readonly Proof[];
  readonly questions: readonly Question[];
  readonly traits: readonly Trait[];
  readonly waysBack: readonly WayBackRule[];
  /** Pages of published web shells, lower case, and what their name says. */
  readonly knownPages: readonly string[];
  readonly sources: readonly string[];
}
