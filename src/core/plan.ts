/** What is to be done, in which order, and how it will be seen that it was done. A plan is data: nothing here is ever run. */

/** What decides the order: `A` theft or encryption goes on, `B` a back door and nothing beyond, `C` used, spread or chosen, `D` cannot tell, `N` nobody got in. */
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
