import { countedName } from '../core/field-shape.ts';
import { UserError } from '../core/errors.ts';
import { sha256Hex } from '../core/hash.ts';
import type { Demand, Detector, Layout, Literal, Rows } from '../core/record.ts';
import { percentDecode } from '../core/text.ts';
import { cheapFirst } from './cheap-first.ts';
import { doorsOf } from './doors.ts';
import { compareNumber, Matchers, moreHolds, type ValueTest } from './evaluate.ts';
import { isAscii } from './fold.ts';
import { fieldsOf, type Expr, type Rule, type Test } from './rule.ts';
import { TupleJudge } from './tuple-judge.ts';

type WantedLiteral = Omit<Literal, 'selects' | 'door'>;

/** How the rows are found on which a rule may be true. Every such row is found; some others are, too. */
type Guard =
  /** At least one of these texts stands in the row whenever the rule is true. */
  | { readonly kind: 'literals'; readonly literals: readonly WantedLiteral[] }
  /** The rule is not false for the values that a row has in this group of counted fields. */
  | { readonly kind: 'tuple'; readonly group: number };

/** A text shorter than this selects too much where counted values could decide. */
const usefulLength = 3;

/**
 * Makes one detector of all rules that speak about `logSource` (one or several); rules of other sources are passed over, and `match` tells
 * indexes into `rules` as handed in.
 *
 * Each rule waits on something cheap. Best: the rarest text that it cannot be true without, on a field that is not counted.
 * Otherwise: the distinct values of one group, judged once each with all other fields unknown. A rule that names no field of any
 * group and no text (only `not`, `re`, `exists`, numbers on other fields) is guarded by every tuple of the first group: then every
 * row of the source is decoded and looked at, which costs about as much as having no index at all.
 *
 * @param groups fields that are counted exactly; see `Demand.groups`
 * @throws {UserError} `rule.no_guard` when a rule can wait on nothing because nothing is counted in its source
 */
export function compileRules(
  rules: readonly Rule[],
  logSource: string | readonly string[],
  groups: readonly (readonly string[])[],
  groupLimit: number,
): Detector {
  const sources = typeof logSource === 'string' ? [logSource] : logSource;
  const counted = new Set(groups.flat());
  const literals: WantedLiteral[] = [];
  const waiting = new Map<number, Expr[]>();
  const ids = new Map<string, number>();
  const idOf = (literal: WantedLiteral): number => {
    const key = JSON.stringify([
      literal.field,
      literal.how,
      literal.cased ? literal.text : literal.text.toLowerCase(),
      literal.cased,
    ]);
    let id = ids.get(key);
    if (id === undefined) {
      id = literals.length;
      ids.set(key, id);
      literals.push(literal);
    }
    return id;
  };

  const compiled: Compiled[] = [];
  for (const [index, rule] of rules.entries()) {
    if (!sources.includes(rule.logSource)) continue;
    const guard = guardOf(rule, groups, counted);
    const waits = guard.kind === 'literals' ? guard.literals.map(idOf) : [];
    for (const id of waits) waiting.set(id, [...(waiting.get(id) ?? []), rule.expr]);
    compiled.push({
      index,
      rule,
      group: guard.kind === 'tuple' ? guard.group : -1,
      waits,
      node: nodeOf(cheapFirst(rule.expr), idOf),
    });
  }

  const matchers = new Matchers();
  const doors = doorsOf(waiting, literals.length, groups, matchers);
  const stated: Omit<Demand, 'hash'> = {
    logSource: sources.join(' '),
    literals: literals.map((literal, id): Literal => {
      const door = doors.of[id] ?? null;
      return { ...literal, selects: waiting.has(id), ...(door === null ? {} : { door }) };
    }),
    groups,
    groupLimit,
  };
  const judged = compiled.map(({ rule, group }) => [rule.id, group, rule.expr]);
  const demand: Demand = { hash: sha256Hex(JSON.stringify([1, stated, judged])), ...stated };

  const byGroup = groups.map((names, group) => {
    const exprs = compiled.filter((entry) => entry.group === group).map(({ rule }) => cheapFirst(rule.expr));
    return exprs.length === 0 ? null : new TupleJudge(names, exprs, matchers);
  });
  const held = new Uint8Array(literals.length);
  const queues = new Map(
    sources.map((source) => [
      source,
      new Queue(
        compiled.filter(({ rule }) => rule.logSource === source),
        literals.length,
        groups,
        matchers,
      ),
    ]),
  );
  const percentFields = new WeakMap<Layout, ReadonlySet<string>>();

  return {
    demand,
    judge: (group, tuple) => byGroup[group]?.any(tuple) ?? false,
    opens: doors.opens,
    match: (rows, row) => {
      const found = rows.literals(row);
      const layout = rows.layout(row);
      const queue = queues.get(sources.length > 1 ? layout.logSource : sources[0]!);
      if (queue === undefined) return nothing;
      const called = queue.called(found, queue.openFor(rows, row));
      if (called.length === 0) return nothing;
      for (const id of found) held[id] = 1;
      let percent = percentFields.get(layout);
      if (percent === undefined) {
        percent = new Set(layout.fields.filter((field) => field.percent === true).map((field) => field.name));
        percentFields.set(layout, percent);
      }
      const matched: number[] = [];
      for (const { index, node } of called) if (holds(node, held, rows, row, percent, matchers)) matched.push(index);
      for (const id of found) held[id] = 0;
      return matched;
    },
  };
}

const nothing: readonly number[] = [];

interface Compiled {
  readonly index: number;
  readonly rule: Rule;
  /** -1: waits on literals. */
  readonly group: number;
  readonly waits: readonly number[];
  readonly node: Node;
}

/** The rules of one source, by what they wait on. */
class Queue {
  /** Those that wait on no text: always asked. */
  readonly #open: readonly Compiled[];
  readonly #byLiteral: readonly (readonly Compiled[])[];
  /** Of each open rule whether the values of its group let it be true. */
  readonly #judges: readonly { readonly judge: TupleJudge; readonly names: readonly string[] }[];

  constructor(rules: readonly Compiled[], literals: number, groups: readonly (readonly string[])[], matchers: Matchers) {
    this.#open = rules.filter(({ waits }) => waits.length === 0);
    this.#judges = this.#open.map(({ rule, group }) => {
      const names = groups[group] ?? [];
      return { judge: new TupleJudge(names, [cheapFirst(rule.expr)], matchers), names };
    });
    const byLiteral = Array.from({ length: literals }, (): Compiled[] => []);
    for (const rule of rules) for (const id of rule.waits) byLiteral[id]!.push(rule);
    this.#byLiteral = byLiteral;
  }

  /** Those that wait on no text, but for those that can be true on no row of this one's kind. */
  openFor(rows: Rows, row: number): readonly Compiled[] {
    const kind = rows.kind?.(row) ?? null;
    if (kind === null || this.#open.length === 0) return this.#open;
    let open = kind.notes.get(this) as readonly Compiled[] | undefined;
    if (open === undefined) {
      open = this.#open.filter((_, index) => {
        const { judge, names } = this.#judges[index]!;
        // What is counted by its shape alone is asked for by no rule.
        return (
          !names.every((name) => kind.shared(countedName(name).field)) ||
          judge.any(names.map((name) => (countedName(name).shape === null ? rows.text(row, name) || null : null)))
        );
      });
      kind.notes.set(this, open);
    }
    return open;
  }

  /** In their order: those of `open`, and those that wait on one of these literals. */
  called(found: readonly number[], open: readonly Compiled[]): readonly Compiled[] {
    let called: Set<Compiled> | null = null;
    // Literals of rules of others stand behind ours in the same list.
    for (const id of found) for (const rule of this.#byLiteral[id] ?? []) (called ??= new Set(open)).add(rule);
    return called === null ? open : [...called].sort((a, b) => a.index - b.index);
  }
}

function guardOf(rule: Rule, groups: readonly (readonly string[])[], counted: ReadonlySet<string>): Guard {
  const required = requiredLiterals(rule.expr, counted);
  const fields = new Set(fieldsOf(rule.expr));
  let group = -1;
  let shared = -1;
  for (const [index, names] of groups.entries()) {
    const count = names.filter((name) => fields.has(name)).length;
    if (count > shared) [group, shared] = [index, count];
  }
  if (required !== null && (shortest(required) >= usefulLength || shared <= 0)) return { kind: 'literals', literals: required };
  if (group === -1) {
    throw new UserError(
      'rule.no_guard',
      `${rule.file}: nothing can be looked for: the rule needs no text, and no values are counted in \`${rule.logSource}\``,
      'add a condition with a plain text (`is`, `contains`, `startswith`, `endswith`) that must hold',
    );
  }
  return { kind: 'tuple', group };
}

const shortest = (literals: readonly WantedLiteral[]): number => Math.min(...literals.map(({ text }) => text.length));

/** Texts on fields that are not counted, of which at least one holds whenever the expression is true; null when there are none. */
function requiredLiterals(expr: Expr, counted: ReadonlySet<string>): WantedLiteral[] | null {
  switch (expr.kind) {
    case 'match':
      return counted.has(expr.field) ? null : literalOf(expr.field, expr.test);
    case 'not':
      return null;
    case 'and': {
      let best: WantedLiteral[] | null = null;
      for (const child of expr.of) {
        const literals = requiredLiterals(child, counted);
        if (literals === null) continue;
        if (
          best === null ||
          shortest(literals) > shortest(best) ||
          (shortest(literals) === shortest(best) && literals.length < best.length)
        ) {
          best = literals;
        }
      }
      return best;
    }
    case 'or': {
      const all: WantedLiteral[] = [];
      for (const child of expr.of) {
        const literals = requiredLiterals(child, counted);
        if (literals === null) return null;
        all.push(...literals);
      }
      return all;
    }
  }
}

function literalOf(field: string, test: Test): WantedLiteral[] | null {
  switch (test.how) {
    case 'is':
    case 'starts':
    case 'ends':
    case 'contains':
      return [{ field, how: test.how, text: test.text, cased: test.cased }];
    case 'glob': {
      // The longest piece stands in every value that fits. Only ASCII: there every reader folds alike.
      let best = '';
      for (const part of test.parts)
        if (part.kind === 'text' && part.text.length > best.length && isAscii(part.text)) best = part.text;
      return best === '' ? null : [{ field, how: 'contains', text: best, cased: test.cased }];
    }
    default:
      return null;
  }
}

/** An expression whose texts are literal ids. */
type Node =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[] }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'literal'; readonly id: number }
  | { readonly kind: 'pattern'; readonly field: string; readonly test: ValueTest }
  | { readonly kind: 'exists'; readonly field: string }
  | { readonly kind: 'empty'; readonly field: string }
  | { readonly kind: 'more'; readonly field: string; readonly test: Extract<Test, { how: 'ref' | 'blank' | 'present' }> }
  | { readonly kind: 'number'; readonly field: string; readonly how: 'lt' | 'lte' | 'gt' | 'gte'; readonly number: number };

function nodeOf(expr: Expr, idOf: (literal: WantedLiteral) => number): Node {
  switch (expr.kind) {
    case 'not':
      return { kind: 'not', of: nodeOf(expr.of, idOf) };
    case 'and':
    case 'or':
      return { kind: expr.kind, of: expr.of.map((child) => nodeOf(child, idOf)) };
    case 'match': {
      const { field, test } = expr;
      switch (test.how) {
        case 'glob':
        case 're':
        case 'cidr':
        case 'time':
          return { kind: 'pattern', field, test };
        case 'ref':
        case 'blank':
        case 'present':
          return { kind: 'more', field, test };
        case 'exists':
        case 'empty':
          return { kind: test.how, field };
        case 'lt':
        case 'lte':
        case 'gt':
        case 'gte':
          return { kind: 'number', field, how: test.how, number: test.number };
        default:
          return { kind: 'literal', id: idOf({ field, how: test.how, text: test.text, cased: test.cased }) };
      }
    }
  }
}

function holds(node: Node, held: Uint8Array, rows: Rows, row: number, percent: ReadonlySet<string>, matchers: Matchers): boolean {
  switch (node.kind) {
    case 'literal':
      return held[node.id] === 1;
    case 'not':
      return !holds(node.of, held, rows, row, percent, matchers);
    case 'and':
      for (const child of node.of) if (!holds(child, held, rows, row, percent, matchers)) return false;
      return true;
    case 'or':
      for (const child of node.of) if (holds(child, held, rows, row, percent, matchers)) return true;
      return false;
    default: {
      const value = rows.text(row, node.field);
      const empty = value === null || value === '';
      if (node.kind === 'more')
        return moreHolds(
          node.test,
          value,
          () => hasField(rows.layout(row), node.field),
          (field) => rows.text(row, field),
        );
      if (node.kind === 'empty') return empty;
      if (empty) return false;
      if (node.kind === 'exists') return true;
      if (node.kind === 'number') return compareNumber(node.how, value, node.number);
      const matches = matchers.of(node.test);
      if (matches(value)) return true;
      return percent.has(node.field) && value.includes('%') && matches(percentDecode(value));
    }
  }
}

const hasField = (layout: Layout, name: string): boolean => layout.fields.some((field) => field.name === name);
