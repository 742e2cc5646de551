/** A step as data: when it is part of a plan, what it is about, and its texts. Loaded and checked by `packs`, bound by `plan`. */
import type { Answer, Seen, TakenMail, WayBackKind } from './assessment.ts';
import type { PlanKind, PlanPhase, PlanReference, PlanRole, PlanTime, SecretKind, StepCheck } from './plan.ts';
import type { Product } from './build.ts';
import type { Stage } from './stage.ts';

/** What a step is about: it is made once for each of them. */
export type StepAbout =
  | { readonly kind: 'case' }
  /** A page or file that is theirs and not known to be gone. */
  | { readonly kind: 'file' }
  /** A script that stands in a web address of the configuration. */
  | { readonly kind: 'address' }
  /** A module or transport agent with a name. */
  | { readonly kind: 'module' }
  /** A way back that has to be reckoned with and was not seen. */
  | { readonly kind: 'way'; readonly ways: readonly WayBackKind[] }
  /** The record that decides most. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'absent_host' }
  | { readonly kind: 'secret'; readonly secrets: readonly SecretKind[] }
  | { readonly kind: 'rebuild'; readonly advice: 'rebuild' | 'clean' }
  | { readonly kind: 'backup' }
  /** `rebuilt`: of servers that are built anew, where the update is part of that; else of all others. */
  | { readonly kind: 'upgrade'; readonly rebuilt: boolean }
  | { readonly kind: 'mailbox' }
  /** What one of these rules found, server by server. */
  | { readonly kind: 'finding'; readonly rules: readonly string[] };

export type StepCondition =
  | { readonly kind: 'answer'; readonly is: readonly Answer[] }
  | { readonly kind: 'seen'; readonly is: readonly Seen[] }
  /** Somebody came so far, or further. */
  | { readonly kind: 'stage'; readonly from: Stage }
  /** One of these rules found something that is more than possible. */
  | { readonly kind: 'rule'; readonly rules: readonly string[] }
  | { readonly kind: 'technique'; readonly ids: readonly string[] }
  | { readonly kind: 'mail'; readonly how: readonly TakenMail['how'][] }
  | { readonly kind: 'product'; readonly is: readonly Product[] }
  /** A campaign's hole was open on some server at the end, or nothing tells. */
  | { readonly kind: 'hole'; readonly is: readonly ('vulnerable' | 'fixed' | 'unknown')[] }
  /** Of some server that was entered no build is known. */
  | { readonly kind: 'build_unknown' }
  /** A record of this kind is named as missing. */
  | { readonly kind: 'missing'; readonly sources: readonly string[] }
  /** Somebody got in, or nobody can tell. */
  | { readonly kind: 'entered'; readonly is: readonly ('yes' | 'probable' | 'no_sign' | 'cannot_tell')[] }
  | { readonly kind: 'not'; readonly of: StepCondition };

export interface StepRule {
  /** `<file's place>/<name>`: `exchange/cut-off`, `proxyshell/export-requests`. */
  readonly id: string;
  readonly phase: PlanPhase;
  /** Its place in plans of each kind, ascending; kinds that are not named leave it out. */
  readonly order: Readonly<Partial<Record<PlanKind, number>>>;
  readonly time: Readonly<Record<PlanKind, PlanTime>>;
  readonly about: StepAbout;
  /** All of them hold. */
  readonly when: readonly StepCondition[];
  readonly who: PlanRole;
  readonly minutes: number;
  readonly title: string;
  readonly text: string;
  readonly why: string;
  readonly stops: { readonly what: string; readonly minutes: number | null };
  readonly breaks: string;
  readonly undo: string;
  readonly verify: { readonly text: string; readonly check: StepCheck['kind'] };
  readonly commands: readonly {
    readonly does: string;
    readonly effect: 'looks' | 'changes' | 'undoes';
    /** Where `[#]` stands, the number of the value goes. */
    readonly run: string;
  }[];
  readonly byHand: string | null;
  readonly references: readonly PlanReference[];
}
