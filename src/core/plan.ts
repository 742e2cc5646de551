/** What is to be done, in which order, and how it will be seen that it was done. A plan is data: nothing here is ever run. */

/** What decides the order: `A` theft or encryption goes on, `B` a back door and nothing beyond, `C` used, spread or chosen, `D` cannot tell, `N` nobody is seen to have got in. */
export type PlanKind = 'A' | 'B' | 'C' | 'D' | 'N';

/** How `afterpatch verify` looks whether a step was done. Values are as the evidence has them; `by_hand`: no evidence that we read tells. */
export type StepCheck =
  /** Nothing answers from outside any more: the last request of an outside address is before the step. */
  | { readonly kind: 'no_requests_from_outside'; readonly host: string }
  /** The file is gone, or other bytes stand there; with null any bytes count as still there. */
  | { readonly kind: 'file_gone'; readonly host: string | null; readonly path: string; readonly sha256: string | null }
  /** The page is no longer asked with an answer: for implants of which only the web address is known. */
  | { readonly kind: 'page_not_answered'; readonly host: string | null; readonly path: string }
  /** A property of an Exchange or IIS object no longer holds this text. */
  | {
      readonly kind: 'setting_lacks';
      readonly host: string | null;
      readonly object: string;
      readonly property: string;
      readonly lacks: string;
    }
  /** A module, handler, agent, task, service, rule, grant or account that must no longer be there. */
  | {
      readonly kind: 'thing_gone';
      readonly what: 'module' | 'handler' | 'agent' | 'task' | 'service' | 'rule' | 'grant' | 'account' | 'registry';
      readonly host: string | null;
      readonly name: string;
    }
  /** A secret was made new after this moment. `name`: account, thumbprint, place of the key. */
  | {
      readonly kind: 'secret_new';
      readonly what: 'password' | 'machine_key' | 'certificate' | 'krbtgt' | 'service_principal';
      readonly host: string | null;
      readonly name: string;
      readonly afterUtc: string;
    }
  | { readonly kind: 'build_at_least'; readonly host: string; readonly build: string }
  /** A source that was missing is here now, for these times. */
  | {
      readonly kind: 'source_here';
      readonly source: string;
      readonly host: string | null;
      readonly fromUtc: string | null;
      readonly toUtc: string | null;
    }
  /** Days without anything new after the last change. */
  | { readonly kind: 'quiet_since'; readonly days: number }
  | { readonly kind: 'by_hand' };

/** Parts of a plan, in the order in which they can come; which come, and when, is the kind's. */
export const planPhases = ['stop', 'keep', 'help', 'find', 'evict', 'secrets', 'renew', 'watch'] as const;
export type PlanPhase = (typeof planPhases)[number];

/** When a step is done: at once, in the one night on which all is closed, or in the days after. */
export const planTimes = ['now', 'night', 'days'] as const;
export type PlanTime = (typeof planTimes)[number];

/** Who has to do a step. One person can be several of them. */
export const planRoles = ['you', 'management', 'firewall', 'server', 'domain', 'backup', 'responder', 'everybody'] as const;
export type PlanRole = (typeof planRoles)[number];

/** A value of the evidence that a text of a step names, and where in the assessment it stands. */
export interface PlanBinding {
  /** Of the placeholder. */
  readonly name: string;
  /** As the text shows it: everything invisible made visible, and shortened. */
  readonly value: string;
  /** JSON pointers into the assessment (RFC 6901). */
  readonly at: readonly string[];
  readonly findings: readonly string[];
}

/** Something to be read and typed by a person. It holds nothing of the evidence: values come by number from `plan-values.json`. */
export interface PlanCommand {
  readonly does: string;
  /** `looks`: changes nothing. */
  readonly effect: 'looks' | 'changes' | 'undoes';
  /** PowerShell. */
  readonly text: string;
  /** Entry of `Plan.values` that it reads; null: none. */
  readonly value: number | null;
}

export interface PlanStep {
  /** The same for the same step in a later assessment: the rule that made it, and a hash of what it is about. */
  readonly id: string;
  readonly phase: PlanPhase;
  readonly time: PlanTime;
  /** Null: it is not about one server. */
  readonly host: string | null;
  readonly title: string;
  /** What is done, and how. */
  readonly text: string;
  /** Why: what was found. */
  readonly why: string;
  readonly findings: readonly string[];
  readonly bound: readonly PlanBinding[];
  readonly who: PlanRole;
  /** Work of whoever does it. */
  readonly minutes: number;
  /** What stands still meanwhile; `minutes` null: until a later step ends it; 0: nothing stands still. */
  readonly stops: { readonly what: string; readonly minutes: number | null };
  /** What does not work as before, afterwards. */
  readonly breaks: string;
  readonly undo: string;
  /** How to see that it was done: for people, and for `afterpatch verify`. */
  readonly verify: string;
  readonly check: StepCheck;
  /** For review; none is ever run by us. */
  readonly commands: readonly PlanCommand[];
  /** Why there is no command for it, or not for all of it; null: the commands do it. */
  readonly byHand: string | null;
  readonly references: readonly PlanReference[];
}

export interface PlanReference {
  /** `CM0106` of COUN7ER, `M1042` of ATT&CK, or the name of a page. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** A sentence and what it rests on. */
export interface PlanReason {
  readonly text: string;
  readonly findings: readonly string[];
}

export type SecretKind =
  | 'machine_key'
  | 'certificate'
  | 'auth_certificate'
  | 'service_principal'
  | 'directory_sync'
  | 'password'
  | 'session_passwords'
  | 'local_password'
  | 'mail_passwords'
  | 'krbtgt';

/** Something that opens a door and has to be made new. */
export interface PlanSecret {
  readonly kind: SecretKind;
  /** Account, file or thumbprint; null: there is one of it on every server, or its name is not in the evidence. */
  readonly name: string | null;
  readonly host: string | null;
  /** `taken`: seen; `readable`: whoever did what was seen could read it; `not_excluded`: what would rule it out is missing. */
  readonly standing: 'taken' | 'readable' | 'not_excluded';
  /** Could be read because … */
  readonly because: string;
  /** The moment from which on it could be read. */
  readonly sinceUtc: string | null;
  readonly findings: readonly string[];
  readonly at: readonly string[];
}

/** Whether a server can be trusted again after cleaning. */
export interface PlanRebuild {
  readonly host: string | null;
  readonly advice: 'rebuild' | 'clean';
  readonly reasons: readonly PlanReason[];
}

export interface PlanBackup {
  readonly host: string | null;
  /** Backups from before this are clean, as far as the evidence tells; null: no time of a write is known. */
  readonly beforeUtc: string | null;
  readonly text: string;
  readonly findings: readonly string[];
}

/** One server's way to a build that is looked after. */
export interface PlanUpgrade {
  readonly host: string | null;
  readonly from: { readonly build: string; readonly name: string | null };
  /** Null: no update closes what is open in it. */
  readonly to: { readonly build: string; readonly name: string; readonly kb: string | null } | null;
  /** Mail stands still so long, without what is not known. */
  readonly downMinutes: number;
  readonly stages: readonly {
    readonly what: string;
    readonly minutes: number;
    readonly restart: boolean;
    readonly source: string;
  }[];
  readonly notKnown: readonly string[];
}

/** What a command needs of the evidence. Written beside the plan as data, so that nothing of it stands in a command. */
export interface PlanValue {
  readonly index: number;
  readonly kind: 'file';
  readonly host: string | null;
  readonly path: string;
  readonly sha256: string;
}

export interface Plan {
  readonly kind: PlanKind;
  /** Why the order is as it is. */
  readonly because: readonly PlanReason[];
  readonly steps: readonly PlanStep[];
  readonly secrets: readonly PlanSecret[];
  readonly rebuild: readonly PlanRebuild[];
  readonly backup: readonly PlanBackup[];
  readonly upgrade: readonly PlanUpgrade[];
  readonly values: readonly PlanValue[];
  /** Things that would each have had a step, beyond those that are listed. */
  readonly left: number;
}

/** Before anybody planned. */
export const noPlan: Plan = {
  kind: 'N',
  because: [],
  steps: [],
  secrets: [],
  rebuild: [],
  backup: [],
  upgrade: [],
  values: [],
  left: 0,
};
