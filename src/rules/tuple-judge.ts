/**
 * Whether rules can still be true when nothing but the values of one group are known: `truthOf(…) !== false`, for many rules and many
 * tuples. What is not known can be either way, and falls out when this is made. A test that several rules share is asked once of a tuple.
 */
import { type FoldedValue, foldedValue, type Matchers, truthOfTest } from './evaluate.ts';
import type { Expr, Test } from './rule.ts';
import { testKey } from './atom-test.ts';

/** Holds, or fails, whatever the tuple is; or a test of it. */
type Check = boolean | (() => boolean);

export class TupleJudge {
  readonly #fields: readonly string[];
  readonly #matchers: Matchers;
  readonly #values: (FoldedValue | null)[];
  readonly #atoms = new Map<string, Check>();
  readonly #checks: readonly Check[];
  /** Of the tuple at hand. */
  #stamp = 0;

  constructor(fields: readonly string[], exprs: readonly Expr[], matchers: Matchers) {
    this.#fields = fields;
    this.#matchers = matchers;
    this.#values = fields.map(() => null);
    this.#checks = exprs.map((expr) => this.#can(expr, true));
  }

  /** One of them can be true. */
  any(tuple: readonly (string | null)[]): boolean {
    this.#take(tuple);
    for (const check of this.#checks) if (check === true || (check !== false && check())) return true;
    return false;
  }

  /** Which of them can be true, one bit each, the first one in bit 1. */
  bits(tuple: readonly (string | null)[]): number {
    this.#take(tuple);
    let bits = 0;
    for (let i = 0; i < this.#checks.length; i++) {
      const check = this.#checks[i]!;
      if (check === true || (check !== false && check())) bits |= 1 << (i + 1);
    }
    return bits;
  }

  #take(tuple: readonly (string | null)[]): void {
    this.#stamp++;
    for (let i = 0; i < this.#values.length; i++) {
      const value = tuple[i] ?? null;
      if (value === null) this.#values[i] = null;
      else if (this.#values[i]?.value !== value) this.#values[i] = foldedValue(value);
    }
  }

  /** Whether an expression can be true, or, with `wanted` false, can be false. */
  #can(expr: Expr, wanted: boolean): Check {
    switch (expr.kind) {
      case 'match':
        return this.#atom(expr.field, expr.test, wanted);
      case 'not':
        return this.#can(expr.of, !wanted);
      case 'and':
      case 'or': {
        // All must be able to, or one of them.
        const all = (expr.kind === 'and') === wanted;
        const checks = expr.of.map((child) => this.#can(child, wanted));
        if (checks.includes(!all)) return !all;
        const open = checks.filter((check) => typeof check !== 'boolean');
        if (open.length < 2) return open[0] ?? all;
        return () => {
          for (const check of open) if (check() !== all) return !all;
          return all;
        };
      }
    }
  }

  #atom(field: string, test: Test, wanted: boolean): Check {
    const at = this.#fields.indexOf(field);
    if (at === -1) return true;
    const key = `${at} ${wanted} ${testKey(test)}`;
    let atom = this.#atoms.get(key);
    if (atom === undefined) {
      let stamp = 0;
      let can = false;
      const matchers = this.#matchers;
      atom = () => {
        if (stamp !== this.#stamp) {
          stamp = this.#stamp;
          can = truthOfTest(test, this.#values[at]!, matchers) !== !wanted;
        }
        return can;
      };
      this.#atoms.set(key, atom);
    }
    return atom;
  }
}
