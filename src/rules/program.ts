/**
 * All rules of one log of the community, compiled together. Each distinct test on a field is one atom. The texts of all atoms on a
 * field are one automaton, that tells in one pass over the value which of them hold. A rule waits on the rarest set of texts that
 * it cannot be true without; rules on which nothing of what they wait on holds are not looked at.
 */
import type { KnownText } from '../core/known-text.ts';
import { percentDecode } from '../core/text.ts';
import { isTextTest, neededTextOf, testKey, valueHolds } from './atom-test.ts';
import { Matchers, moreHolds } from './evaluate.ts';
import { FieldTexts, type HeldTexts } from './field-texts.ts';
import { fold } from './fold.ts';
import { KeywordTexts } from './keyword-texts.ts';
import { anyField, type Expr, type Test, type TextHow } from './rule.ts';

/** What a program asks of a row. Its fields are told by their index among {@link Program.fieldNames}. */
export interface RowView {
  /** Fields on which rules wait and which this row has, ascending; {@link anyField} is one that every row has. */
  readonly guards: readonly number[];
  /** null: not there, or there and empty. */
  value(field: number): string | null;
  /** Its value, where it is a text that is known. */
  known(field: number): KnownText | null;
  present(field: number): boolean;
  /** The client may have percent-encoded it. */
  percent(field: number): boolean;
  /** The value of a field that may be none of the program's. */
  named(name: string): string | null;
  /** Every value of the row: what keywords are looked for in. */
  all(): readonly { readonly text: string; readonly percent: boolean }[];
  /** Which keywords stand in one of them, by their numbers in {@link KeywordTexts}. */
  keywords(): readonly number[];
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
  /** The texts that rules ask of it; null: none, or keywords, which all programs ask together. */
  texts: FieldTexts | null;
  /** Rules wait on it: it is read of every row. */
  guards: boolean;
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
  readonly #keywords: KeywordTexts;
  /** Number of a keyword → atom. */
  readonly #keywordAtoms = new Map<number, number>();
  // State of the row at hand: a number that is not this row's stamp means "not known yet".
  #stamp = 0;
  readonly #textHolds: Int32Array;
  readonly #known: Int32Array;
  readonly #truth: Uint8Array;
  /** By field: its value was looked at; what it holds is entered in {@link #textHolds}. */
  readonly #looked: Int32Array;
  readonly #entered: Int32Array;
  readonly #held: (HeldTexts | null)[];
  /** The same of the value decoded, where the client may have percent-encoded it. */
  readonly #heldDecoded: (HeldTexts | null)[];
  readonly #ruleSeen: Int32Array;
  /** Rules that something they wait on called. */
  readonly #candidates: Int32Array;
  #candidateCount = 0;
  #view: RowView | null = null;

  /** @param keywords what all programs look for in any field */
  constructor(exprs: readonly Expr[], keywords = new KeywordTexts()) {
    this.#keywords = keywords;
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
    this.#looked = new Int32Array(this.#fields.length);
    this.#entered = new Int32Array(this.#fields.length);
    this.#held = this.#fields.map(() => null);
    this.#heldDecoded = this.#fields.map(() => null);
    this.#ruleSeen = new Int32Array(this.#rules.length);
    this.#candidates = new Int32Array(this.#rules.length);
  }

  get fieldNames(): readonly string[] {
    return this.#fields.map(({ name }) => name);
  }

  /** Fields on which rules wait. */
  get guardFields(): readonly number[] {
    return this.#guardFields;
  }

  /** Indexes of the rules that match, in no order. */
  match(view: RowView): readonly number[] {
    this.#stamp++;
    this.#view = view;
    this.#candidateCount = 0;
    const { guards } = view;
    for (let i = 0; i < guards.length; i++) {
      const field = guards[i]!;
      if (this.#fields[field]!.texts === null) {
        const keywords = view.keywords();
        for (let k = 0; k < keywords.length; k++) {
          const atom = this.#keywordAtoms.get(keywords[k]!);
          if (atom !== undefined) this.#await(this.#waiting.get(atom) ?? nobody);
        }
        continue;
      }
      this.#look(field);
      this.#await(this.#held[field]?.rules ?? nobody);
      this.#await(this.#heldDecoded[field]?.rules ?? nobody);
    }
    let matched: number[] | null = null;
    for (let i = 0; i < this.#candidateCount; i++) {
      const rule = this.#candidates[i]!;
      if (this.#holds(this.#rules[rule]!)) (matched ??= []).push(rule);
    }
    for (let i = 0; i < this.#always.length; i++) {
      const rule = this.#always[i]!;
      if (this.#holds(this.#rules[rule]!)) (matched ??= []).push(rule);
    }
    this.#view = null;
    return matched ?? nobody;
  }

  #await(rules: readonly number[]): void {
    const seen = this.#ruleSeen;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i]!;
      if (seen[rule] === this.#stamp) continue;
      seen[rule] = this.#stamp;
      this.#candidates[this.#candidateCount++] = rule;
    }
  }

  #fieldOf(name: string): number {
    let id = this.#fieldIds.get(name);
    if (id === undefined) {
      id = this.#fields.length;
      this.#fieldIds.set(name, id);
      this.#fields.push({ name, texts: null, guards: false });
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
      const atom = { id, test, text, decides: isTextTest(test) };
      if (name === anyField) this.#keywordAtoms.set(this.#keywords.add(atom), id);
      else (this.#fields[field]!.texts ??= new FieldTexts((one) => this.#waiting.get(one))).add(atom);
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

  /** Finds out which texts stand in a field of the row at hand. */
  #look(field: number): void {
    if (this.#looked[field] === this.#stamp) return;
    this.#looked[field] = this.#stamp;
    const { texts } = this.#fields[field]!;
    const view = this.#view!;
    this.#held[field] = this.#heldDecoded[field] = null;
    if (texts === null) return;
    const known = view.known(field);
    const value = known === null ? view.value(field) : known.text;
    if (value === null) return;
    this.#held[field] = known === null ? texts.held(value) : texts.ofKnown(known);
    if (view.percent(field) && value.includes('%')) this.#heldDecoded[field] = texts.held(percentDecode(value));
  }

  /** Enters what stands in a field, or of keywords in the row. */
  #enter(field: number): void {
    if (this.#entered[field] === this.#stamp) return;
    this.#entered[field] = this.#stamp;
    if (this.#fields[field]!.name === anyField) {
      for (const keyword of this.#view!.keywords()) {
        const atom = this.#keywordAtoms.get(keyword);
        if (atom !== undefined) this.#textHolds[atom] = this.#stamp;
      }
      return;
    }
    this.#look(field);
    for (const atom of this.#held[field]?.atoms ?? nobody) this.#textHolds[atom] = this.#stamp;
    for (const atom of this.#heldDecoded[field]?.atoms ?? nobody) this.#textHolds[atom] = this.#stamp;
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
      this.#enter(field);
      if (this.#textHolds[id] !== this.#stamp) return false;
      if (decides) return true;
    }
    const view = this.#view!;
    const { name } = this.#fields[field]!;
    if (name === anyField) return this.#anyHolds(test, view);
    const value = view.value(field);
    switch (test.how) {
      case 'present':
      case 'blank':
      case 'ref':
        return this.#moreHolds(test, field, value, view);
      case 'empty':
        return value === null;
      case 'exists':
        return value !== null;
      default: {
        // A field that is there and empty has the empty text for a value.
        const whole = value ?? (view.present(field) ? '' : null);
        return whole !== null && valueHolds(test, whole, view.percent(field), this.#matchers);
      }
    }
  }

  #anyHolds(test: Test, view: RowView): boolean {
    return view.all().some((one) => valueHolds(test, one.text, one.percent, this.#matchers));
  }

  #moreHolds(
    test: Extract<Test, { how: 'ref' | 'blank' | 'present' }>,
    field: number,
    value: string | null,
    view: RowView,
  ): boolean {
    return moreHolds(
      test,
      value,
      () => view.present(field),
      (other) => view.named(other),
    );
  }
}

const nobody: readonly number[] = [];

function eachAtom(node: Node, visit: (id: number) => void): void {
  if (node.kind === 'atom') visit(node.id);
  else if (node.kind === 'not') eachAtom(node.of, visit);
  else for (const child of node.of) eachAtom(child, visit);
}
