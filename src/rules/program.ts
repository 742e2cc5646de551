/**
 * All rules of one log of the community, compiled together. Each distinct test on a field is one atom. The texts of all atoms on a
 * field are one automaton, that tells in one pass over the value which of them hold. A rule waits on the rarest set of texts that
 * it cannot be true without; rules on which nothing of what they wait on holds are not looked at.
 */
import { percentDecode } from '../core/text.ts';
import { isTextTest, neededTextOf, testKey, valueHolds } from './atom-test.ts';
import { compareText, Matchers, moreHolds } from './evaluate.ts';
import { fold } from './fold.ts';
import { anyField, type Expr, type Test, type TextHow } from './rule.ts';
import { TextAutomaton } from './text-automaton.ts';

/** What a program asks of a row, by the community's names. */
export interface RowView {
  /** null: not there, or there and empty. */
  value(field: string): string | null;
  present(field: string): boolean;
  /** The client may have percent-encoded it. */
  percent(field: string): boolean;
  /** Every value of the row: what keywords are looked for in. */
  all(): readonly { readonly text: string; readonly percent: boolean }[];
}

/** A text that must stand in a field, or, for {@link anyField}, in one of the values. */
export interface NeededText {
  readonly field: string;
  readonly how: TextHow;
  readonly text: string;
  readonly cased: boolean;
}

type Node =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[] }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'atom'; readonly id: number };

interface Atom {
  readonly field: number;
  readonly test: Test;
  /** The text that is looked for, folded: the value itself, or what a pattern cannot do without. '' : none. */
  readonly text: string;
  /** What holds when the text stands there: the test, or only the way to it. */
  readonly decides: boolean;
}

interface FieldPlan {
  readonly name: string;
  /** Texts → atoms that ask for them. */
  readonly atoms: Map<string, number[]>;
  automaton: TextAutomaton | null;
  /** Atoms by index of the automaton's texts. */
  byText: (readonly number[])[];
  texts: string[];
  /** Rules wait on it: it is read of every row. */
  guards: boolean;
  /** Values seen before, and which atoms' texts they hold: the same programs and users come again and again. */
  readonly memo: Map<string, Int32Array>;
}

/** Fields that hold one of a few values: a value of theirs is never rare. */
const fewValues: ReadonlySet<string> = new Set([
  'cs-method',
  'sc-status',
  'EventID',
  'EventType',
  'Channel',
  'Provider_Name',
  'Level',
  'Initiated',
  'Protocol',
  'IntegrityLevel',
  'LogonType',
  'Signed',
  'SignatureStatus',
  'User',
]);
const memoEntries = 4096;
const memoChars = 400;

export class Program {
  readonly #fields: FieldPlan[] = [];
  readonly #fieldIds = new Map<string, number>();
  readonly #atoms: Atom[] = [];
  readonly #atomIds = new Map<string, number>();
  readonly #rules: Node[] = [];
  /** Per rule what it waits on, as needed texts; null: on nothing. */
  readonly guards: (readonly NeededText[] | null)[] = [];
  /** Atom → rules that wait on it. */
  readonly #waiting = new Map<number, number[]>();
  readonly #always: number[] = [];
  readonly #guardFields: number[] = [];
  readonly #matchers = new Matchers();
  // State of the row at hand: a number that is not this row's stamp means "not known yet".
  #stamp = 0;
  readonly #textHolds: Int32Array;
  readonly #known: Int32Array;
  readonly #truth: Uint8Array;
  readonly #scanned: Int32Array;
  readonly #ruleSeen: Int32Array;
  #view: RowView | null = null;

  constructor(exprs: readonly Expr[]) {
    for (const expr of exprs) this.#rules.push(this.#nodeOf(expr));
    const uses = new Int32Array(this.#atoms.length);
    for (const rule of this.#rules) eachAtom(rule, (id) => uses[id]!++);
    for (const [rule, node] of this.#rules.entries()) {
      const waits = this.#rarest(node, uses);
      if (waits === null) {
        this.#always.push(rule);
        this.guards.push(null);
        continue;
      }
      this.guards.push(waits.map((id) => this.#neededText(id)));
      for (const id of waits) {
        const list = this.#waiting.get(id);
        if (list === undefined) this.#waiting.set(id, [rule]);
        else list.push(rule);
        this.#fields[this.#atoms[id]!.field]!.guards = true;
      }
    }
    for (const [id, { guards }] of this.#fields.entries()) if (guards) this.#guardFields.push(id);
    this.#textHolds = new Int32Array(this.#atoms.length);
    this.#known = new Int32Array(this.#atoms.length);
    this.#truth = new Uint8Array(this.#atoms.length);
    this.#scanned = new Int32Array(this.#fields.length);
    this.#ruleSeen = new Int32Array(this.#rules.length);
  }

  /** Calls `found` with the index of each rule that matches, in no order. */
  match(view: RowView, found: (rule: number) => void): void {
    this.#stamp++;
    this.#view = view;
    const candidates: number[] = [];
    for (const field of this.#guardFields) {
      this.#scan(field, (atom) => {
        const rules = this.#waiting.get(atom);
        if (rules === undefined) return;
        for (const rule of rules)
          if (this.#ruleSeen[rule] !== this.#stamp) {
            this.#ruleSeen[rule] = this.#stamp;
            candidates.push(rule);
          }
      });
    }
    for (const rule of candidates) if (this.#holds(this.#rules[rule]!)) found(rule);
    for (const rule of this.#always) if (this.#holds(this.#rules[rule]!)) found(rule);
    this.#view = null;
  }

  #fieldOf(name: string): number {
    let id = this.#fieldIds.get(name);
    if (id === undefined) {
      id = this.#fields.length;
      this.#fieldIds.set(name, id);
      this.#fields.push({ name, atoms: new Map(), automaton: null, byText: [], texts: [], guards: false, memo: new Map() });
    }
    return id;
  }

  #nodeOf(expr: Expr): Node {
    switch (expr.kind) {
      case 'not':
        return { kind: 'not', of: this.#nodeOf(expr.of) };
      case 'and':
      case 'or': {
        const of = expr.of.map((child) => this.#nodeOf(child));
        return { kind: expr.kind, of: of.sort((a, b) => this.#cost(a) - this.#cost(b)) };
      }
      case 'match':
        return { kind: 'atom', id: this.#atomOf(expr.field, expr.test) };
    }
  }

  #cost(node: Node): number {
    switch (node.kind) {
      case 'not':
        return this.#cost(node.of);
      case 'and':
      case 'or':
        return node.of.reduce((sum, child) => sum + this.#cost(child), 0);
      case 'atom': {
        const { how } = this.#atoms[node.id]!.test;
        return how === 're' ? 1000 : how === 'glob' || how === 'cidr' || how === 'time' ? 30 : 1;
      }
    }
  }

  #atomOf(name: string, test: Test): number {
    const key = `${name}\u0000${testKey(test)}`;
    const known = this.#atomIds.get(key);
    if (known !== undefined) return known;
    const id = this.#atoms.length;
    this.#atomIds.set(key, id);
    const field = this.#fieldOf(name);
    const text = fold(neededTextOf(test));
    this.#atoms.push({ field, test, text, decides: isTextTest(test) });
    if (text !== '') {
      const { atoms } = this.#fields[field]!;
      const list = atoms.get(text);
      if (list === undefined) atoms.set(text, [id]);
      else list.push(id);
    }
    return id;
  }

  /** Texts of which one must stand in the row, the rarest such set; null: there is none. */
  #rarest(node: Node, uses: Int32Array): readonly number[] | null {
    switch (node.kind) {
      case 'atom':
        return this.#atoms[node.id]!.text === '' ? null : [node.id];
      case 'not':
        return null;
      case 'and': {
        let best: readonly number[] | null = null;
        let least = Infinity;
        for (const child of node.of) {
          const set = this.#rarest(child, uses);
          if (set === null) continue;
          const expected = set.reduce((sum, id) => sum + this.#commonness(id, uses), 0);
          if (expected < least) [best, least] = [set, expected];
        }
        return best;
      }
      case 'or': {
        const all: number[] = [];
        for (const child of node.of) {
          const set = this.#rarest(child, uses);
          if (set === null) return null;
          all.push(...set);
        }
        return all.length === 0 ? null : [...new Set(all)];
      }
    }
  }

  /** How often a text is to be reckoned with: short ones, and those that many rules ask for (`\powershell.exe`), are common. */
  #commonness(id: number, uses: Int32Array): number {
    const { text, test, field } = this.#atoms[id]!;
    if (fewValues.has(this.#fields[field]!.name)) return 10;
    const wide = test.how === 'is' ? 0.25 : test.how === 'ends' || test.how === 'starts' ? 0.5 : 1;
    return (wide * (1 + Math.sqrt(uses[id]!))) / Math.min(text.length, 24) ** 2;
  }

  #neededText(id: number): NeededText {
    const { field, test, text, decides } = this.#atoms[id]!;
    const name = this.#fields[field]!.name;
    return decides
      ? {
          field: name,
          how: test.how as TextHow,
          text: (test as { text: string }).text,
          cased: (test as { cased: boolean }).cased,
        }
      : { field: name, how: 'contains', text, cased: false };
  }

  #automaton(plan: FieldPlan): TextAutomaton {
    if (plan.automaton === null) {
      plan.texts = [...plan.atoms.keys()];
      plan.byText = plan.texts.map((text) => plan.atoms.get(text)!);
      plan.automaton = new TextAutomaton(plan.texts);
    }
    return plan.automaton;
  }

  /** Finds out which texts stand in a field of the row at hand; `told` gets each atom once or more. */
  #scan(field: number, told: (atom: number) => void): void {
    const plan = this.#fields[field]!;
    if (this.#scanned[field] === this.#stamp) return;
    this.#scanned[field] = this.#stamp;
    if (plan.atoms.size === 0) return;
    const view = this.#view!;
    if (plan.name === anyField) {
      for (const { text, percent } of view.all()) this.#scanValue(plan, text, percent, told);
      return;
    }
    const value = view.value(plan.name);
    if (value !== null) this.#scanValue(plan, value, view.percent(plan.name), told);
  }

  #scanValue(plan: FieldPlan, value: string, percent: boolean, told: (atom: number) => void): void {
    for (const atom of this.#heldIn(plan, value)) {
      this.#textHolds[atom] = this.#stamp;
      told(atom);
    }
    if (!percent || !value.includes('%')) return;
    for (const atom of this.#heldIn(plan, percentDecode(value))) {
      this.#textHolds[atom] = this.#stamp;
      told(atom);
    }
  }

  #heldIn(plan: FieldPlan, value: string): Int32Array {
    const known = plan.memo.get(value);
    if (known !== undefined) return known;
    const folded = fold(value);
    const held = new Set<number>();
    const { length } = folded;
    this.#automaton(plan).scan(folded, (text, end) => {
      for (const id of plan.byText[text]!) {
        if (held.has(id)) continue;
        const { test, decides, text: wanted } = this.#atoms[id]!;
        if (decides) {
          const at = end - wanted.length;
          if ((test.how === 'starts' || test.how === 'is') && at !== 0) continue;
          if ((test.how === 'ends' || test.how === 'is') && end !== length) continue;
          const { cased, text: exact } = test as { cased: boolean; text: string };
          if (cased && !compareText(test.how as TextHow, value, exact)) continue;
        }
        held.add(id);
      }
    });
    const list = Int32Array.from(held);
    if (value.length <= memoChars) {
      if (plan.memo.size >= memoEntries) plan.memo.clear();
      plan.memo.set(value, list);
    }
    return list;
  }

  #holds(node: Node): boolean {
    switch (node.kind) {
      case 'not':
        return !this.#holds(node.of);
      case 'and':
        for (const child of node.of) if (!this.#holds(child)) return false;
        return true;
      case 'or':
        for (const child of node.of) if (this.#holds(child)) return true;
        return false;
      case 'atom': {
        const { id } = node;
        if (this.#known[id] === this.#stamp) return this.#truth[id] === 1;
        const truth = this.#atomHolds(id);
        this.#known[id] = this.#stamp;
        this.#truth[id] = truth ? 1 : 0;
        return truth;
      }
    }
  }

  #atomHolds(id: number): boolean {
    const { field, test, text, decides } = this.#atoms[id]!;
    if (text !== '') {
      this.#scan(field, nobody);
      if (this.#textHolds[id] !== this.#stamp) return false;
      if (decides) return true;
    }
    const view = this.#view!;
    const { name } = this.#fields[field]!;
    if (name === anyField) return view.all().some((one) => valueHolds(test, one.text, one.percent, this.#matchers));
    const value = view.value(name);
    switch (test.how) {
      case 'present':
      case 'blank':
      case 'ref':
        return moreHolds(
          test,
          value,
          () => view.present(name),
          (other) => view.value(other),
        );
      case 'empty':
        return value === null;
      case 'exists':
        return value !== null;
      default: {
        // A field that is there and empty has the empty text for a value.
        const whole = value ?? (view.present(name) ? '' : null);
        return whole !== null && valueHolds(test, whole, view.percent(name), this.#matchers);
      }
    }
  }
}

const nobody = (): void => {};

function eachAtom(node: Node, visit: (id: number) => void): void {
  if (node.kind === 'atom') visit(node.id);
  else if (node.kind === 'not') eachAtom(node.of, visit);
  else for (const child of node.of) eachAtom(child, visit);
}
