/**
 * Doors: what keeps a text that stands in every second row from making every second row a candidate. "/mapi/" is rare in the rows of
 * Autodiscover and in all others of the same log the rule is not true; which protocol a row has is counted anyway, so it is judged
 * once per distinct value. A literal whose every rule needs something of one group of counted fields selects only behind the door
 * that such a tuple opens.
 */
import type { Door, OpenDoors } from '../core/record.ts';
import { byCodeUnit } from '../core/text.ts';
import { cheapFirst } from './cheap-first.ts';
import type { Matchers } from './evaluate.ts';
import { type Expr, fieldsOf } from './rule.ts';
import { TupleJudge } from './tuple-judge.ts';

/** Doors have one bit each of a byte whose first says something else. */
const doorsPerGroup = 7;

/** What is asked of a group's fields by all rules that wait on one literal. */
interface Asked {
  readonly group: number;
  readonly key: string;
  readonly expr: Expr;
}

export interface Doors {
  /** By literal id; null: it selects everywhere. */
  readonly of: readonly (Door | null)[];
  readonly opens: OpenDoors;
}

/** @param waiting for each literal that selects, the expressions of all rules that wait on it; by literal id */
export function doorsOf(
  waiting: ReadonlyMap<number, readonly Expr[]>,
  literals: number,
  groups: readonly (readonly string[])[],
  matchers: Matchers,
): Doors {
  const asked = new Map<number, Asked>();
  for (const [id, exprs] of waiting) {
    const one = askedOf(exprs, groups);
    if (one !== null) asked.set(id, one);
  }
  const distinct = new Map([...asked.values()].map((one) => [`${one.group} ${one.key}`, one]));
  // Those that ask for most are shut most of the time.
  const ranked = [...distinct].sort((a, b) => fieldsOf(b[1].expr).length - fieldsOf(a[1].expr).length || byCodeUnit(a[0], b[0]));
  const built = groups.map((): Expr[] => []);
  const doors = new Map<string, Door>();
  for (const [key, { group, expr }] of ranked) {
    const here = built[group]!;
    if (here.length === doorsPerGroup) continue;
    here.push(cheapFirst(expr));
    doors.set(key, { group, number: here.length });
  }
  const judges = built.map((exprs, group) => (exprs.length === 0 ? null : new TupleJudge(groups[group]!, exprs, matchers)));
  return {
    of: Array.from({ length: literals }, (_, id) => {
      const one = asked.get(id);
      return one === undefined ? null : (doors.get(`${one.group} ${one.key}`) ?? null);
    }),
    opens: (group, tuple) => judges[group]?.bits(tuple) ?? 0,
  };
}

/** The one group of which each of the rules needs something, and what; the group of which most is needed. Null: there is none. */
function askedOf(exprs: readonly Expr[], groups: readonly (readonly string[])[]): Asked | null {
  let best: Asked | null = null;
  let most = 0;
  for (const [group, names] of groups.entries()) {
    const parts = new Map<string, Expr>();
    for (const expr of exprs) {
      const part = projected(expr, new Set(names));
      if (part === null) {
        parts.clear();
        break;
      }
      parts.set(JSON.stringify(part), part);
    }
    if (parts.size === 0) continue;
    const of = [...parts].sort((a, b) => byCodeUnit(a[0], b[0])).map(([, part]) => part);
    const expr: Expr = of.length === 1 ? of[0]! : { kind: 'or', of };
    const count = new Set(fieldsOf(expr)).size;
    if (count > most) [best, most] = [{ group, key: JSON.stringify(expr), expr }, count];
  }
  return best;
}

/** What must hold of these fields whenever the expression is true; null: nothing. */
function projected(expr: Expr, names: ReadonlySet<string>): Expr | null {
  switch (expr.kind) {
    case 'match':
      return names.has(expr.field) ? expr : null;
    case 'not':
      // What is true in some row behind the "not" says nothing, unless it speaks of nothing but these fields.
      return fieldsOf(expr).every((field) => names.has(field)) ? expr : null;
    case 'and': {
      const of = expr.of.map((child) => projected(child, names)).filter((child) => child !== null);
      if (of.length === 0) return null;
      return of.length === 1 ? of[0]! : { kind: 'and', of };
    }
    case 'or': {
      const of = expr.of.map((child) => projected(child, names));
      return of.every((child) => child !== null) ? { kind: 'or', of } : null;
    }
  }
}
