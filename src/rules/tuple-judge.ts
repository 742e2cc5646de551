/**
 * Whether rules can still be true when nothing but the values of one group are known: `truthOf(…) !== false`, for many rules and many
 * tuples. What is not known can be either way, and falls out when this is made. A test that several rules share is asked once of a tuple.
 */
import { type FoldedValue, foldedValue, type Matchers, truthOfTest } from './evaluate.ts';
import type { Expr, Test } from './rule.ts';
import { testKey } from './atom-test.ts';
import { classesOf, isTold, type ValueClasses } from './value-classes.ts';

/** Holds, or fails, whatever the tuple is; or a test of it. */
type Check = boolean | (() => boolean);

/** Judgements that are remembered, and steps to them. */
const mostSteps = 1 << 16;
/** More classes have no room in a number that tells a step. */
const classLimit = 1 << 20;

/** A test of the tuple at hand that no class tells, as a judgement asked it. */
type Asking = () => boolean;

/** Whoever finds out what is to be said of a tuple. */
interface Judging {
  take(tuple: readonly (string | null)[]): void;
  say(tuple: readonly (string | null)[], asked: [Asking, boolean][] | null): number;
}

/** What was said, or the first thing that was asked on the way to it. */
type Way = number | { readonly ask: Asking; yes: Way | null; no: Way | null };

/**
 * What was said of tuples whose values have the same classes ({@link ValueClasses}), and the same answers to what no class tells. Found value
 * by value: a step leads from what came before and a class to a number, and from the last number the ways lead to what was said.
 */
class Said {
  readonly #classes: readonly (ValueClasses | null)[];
  readonly #steps = new Map<number, number>();
  readonly #ways = new Map<number, Way>();
  #kept = 0;
  #version = -1;

  constructor(classes: readonly (ValueClasses | null)[]) {
    this.#classes = classes;
  }

  /**
   * @param judging takes a tuple in hand, and says what is to be said of it; what it asks on the way is noted, in order, with the answers
   */
  of(tuple: readonly (string | null)[], judging: Judging): number {
    let version = 0;
    let step = 0;
    for (let i = 0; i < this.#classes.length; i++) {
      const classes = this.#classes[i] ?? null;
      if (classes === null) continue;
      const one = classes.of(tuple[i] ?? null);
      version += classes.version;
      if (one === -1 || one >= classLimit || this.#kept >= mostSteps) {
        if (this.#kept >= mostSteps) this.#forget(version);
        return judging.say(tuple, null);
      }
      const key = step * classLimit + one;
      let next = this.#steps.get(key);
      if (next === undefined) this.#steps.set(key, (next = ++this.#kept));
      step = next;
    }
    // Numbers that mean nothing any more led here.
    if (version !== this.#version) {
      this.#forget(version);
      return judging.say(tuple, null);
    }
    let way: Way | null = this.#ways.get(step) ?? null;
    if (typeof way === 'number') return way;
    if (way !== null) judging.take(tuple);
    let last: Exclude<Way, number> | null = null;
    let answer = false;
    while (way !== null && typeof way !== 'number') {
      last = way;
      answer = way.ask();
      way = answer ? way.yes : way.no;
    }
    if (typeof way === 'number') return way;
    const asked: [Asking, boolean][] = [];
    const said = judging.say(tuple, asked);
    // From behind: what was asked last leads to what was said.
    let known: Way = said;
    const from = last === null ? 0 : asked.findIndex(([ask]) => ask === last.ask) + 1;
    for (const [ask, yes] of asked.slice(from).reverse()) {
      known = yes ? { ask, yes: known, no: null } : { ask, yes: null, no: known };
      this.#kept++;
    }
    if (last === null) this.#ways.set(step, known);
    else if (answer) last.yes = known;
    else last.no = known;
    return said;
  }

  #forget(version: number): void {
    this.#steps.clear();
    this.#ways.clear();
    this.#kept = 0;
    this.#version = version;
  }
}

export class TupleJudge {
  readonly #fields: readonly string[];
  readonly #matchers: Matchers;
  readonly #values: (FoldedValue | null)[];
  readonly #atoms = new Map<string, Check>();
  readonly #checks: readonly Check[];
  /** Fields of which something is asked. */
  readonly #asked = new Set<string>();
  readonly #any: Said;
  readonly #bits: Said;
  /** Of the tuple at hand. */
  #stamp = 0;
  #asking: [Asking, boolean][] | null = null;
  readonly #anyJudging = this.#judging(() => (this.#findAny() ? 1 : 0));
  readonly #bitsJudging = this.#judging(() => this.#findBits());

  constructor(fields: readonly string[], exprs: readonly Expr[], matchers: Matchers) {
    this.#fields = fields;
    this.#matchers = matchers;
    this.#values = fields.map(() => null);
    this.#checks = exprs.map((expr) => this.#can(expr, true));
    const classes = fields.map((field) => (this.#asked.has(field) ? classesOf(matchers, field) : null));
    this.#any = new Said(classes);
    this.#bits = new Said(classes);
  }

  /** One of them can be true. */
  any(tuple: readonly (string | null)[]): boolean {
    return this.#any.of(tuple, this.#anyJudging) === 1;
  }

  #findAny(): boolean {
    for (const check of this.#checks) if (check === true || (check !== false && check())) return true;
    return false;
  }

  /** Which of them can be true, one bit each, the first one in bit 1. */
  bits(tuple: readonly (string | null)[]): number {
    return this.#bits.of(tuple, this.#bitsJudging);
  }

  #findBits(): number {
    let bits = 0;
    for (let i = 0; i < this.#checks.length; i++) {
      const check = this.#checks[i]!;
      if (check === true || (check !== false && check())) bits |= 1 << (i + 1);
    }
    return bits;
  }

  #judging(find: () => number): Judging {
    return {
      take: (tuple) => this.#take(tuple),
      // What was answered of the tuple before is asked, and noted, once more.
      say: (tuple, asked) => {
        this.#take(tuple);
        this.#asking = asked;
        const found = find();
        this.#asking = null;
        return found;
      },
    };
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
    this.#asked.add(field);
    classesOf(this.#matchers, field).add(test);
    const key = `${at} ${wanted} ${testKey(test)}`;
    let atom = this.#atoms.get(key);
    if (atom === undefined) {
      let stamp = 0;
      let can = false;
      const matchers = this.#matchers;
      const told = isTold(test);
      const made = (): boolean => {
        if (stamp !== this.#stamp) {
          stamp = this.#stamp;
          can = truthOfTest(test, this.#values[at]!, matchers) !== !wanted;
          if (!told) this.#asking?.push([made, can]);
        }
        return can;
      };
      atom = made;
      this.#atoms.set(key, atom);
    }
    return atom;
  }
}
