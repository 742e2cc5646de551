/** A checked Sigma rule as plain data: it can be cloned to a worker and hashed. */

export type TextHow = 'is' | 'starts' | 'ends' | 'contains';

/** A piece of a wildcard pattern. */
export type GlobPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'any' } | { readonly kind: 'one' };

export type Test =
  | { readonly how: TextHow; readonly text: string; readonly cased: boolean }
  /** Wildcards elsewhere than at the ends; anchored at both. */
  | { readonly how: 'glob'; readonly parts: readonly GlobPart[]; readonly cased: boolean }
  /** Found anywhere in the value, as in the Sigma specification; `ignoreCase`, `dotAll`, `multiline`: the sub-modifiers `i`, `s`, `m`. */
  | {
      readonly how: 're';
      readonly source: string;
      readonly ignoreCase: boolean;
      readonly dotAll: boolean;
      readonly multiline?: true;
    }
  /** The field is there and not empty. A logged `-` or an empty cell counts as absent: no reader can tell them apart. */
  | { readonly how: 'exists' }
  /** `field: null` and `field: ''`: absent or empty. */
  | { readonly how: 'empty' }
  /** `field: ''` of the community's rules: the field is there and empty. */
  | { readonly how: 'blank' }
  /** `exists: true` of the community's rules: the field is there, with a value or without. */
  | { readonly how: 'present' }
  | { readonly how: NumberHow; readonly number: number }
  /** An address within a network, `10.0.0.0/8`, `fe80::/10`. */
  | { readonly how: 'cidr'; readonly network: string }
  /** Another field of the same record holds the text that is looked for. */
  | { readonly how: 'ref'; readonly field: string; readonly as: TextHow; readonly cased: boolean }
  /** A number taken from a date, as it is written. */
  | { readonly how: 'time'; readonly part: TimePart; readonly is: NumberHow | 'eq'; readonly number: number };

export type NumberHow = 'lt' | 'lte' | 'gt' | 'gte';
export const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type TimePart = (typeof timeParts)[number];

export type Expr =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expr[] }
  | { readonly kind: 'not'; readonly of: Expr }
  /** The field {@link anyField} stands for the whole record: a keyword. */
  | { readonly kind: 'match'; readonly field: string; readonly test: Test };

/** The field of keywords: one of the values of the record. */
export const anyField = '*';

export const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const;
export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const;

export interface Rule {
  /** File name without `.yml`; the pack loader puts the pack's id before it (`proxylogon/session-obtained`). */
  readonly id: string;
  readonly file: string;
  /** The rule's UUID (Sigma `id`), null where the file has none. */
  readonly uuid: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly status: (typeof statuses)[number] | null;
  readonly level: (typeof levels)[number] | null;
  readonly author: string | null;
  readonly references: readonly string[];
  readonly falsepositives: readonly string[];
  readonly tags: readonly string[];
  /** Our name of the log source: a reader's kind, or the community's own words where no reader is meant. */
  readonly logSource: string;
  readonly expr: Expr;
}

/** Every field a rule asks about, in order of first mention. */
export function fieldsOf(expr: Expr): string[] {
  const fields = new Set<string>();
  const walk = (node: Expr): void => {
    if (node.kind === 'match') fields.add(node.field);
    else if (node.kind === 'not') walk(node.of);
    else for (const child of node.of) walk(child);
  };
  walk(expr);
  return [...fields];
}
