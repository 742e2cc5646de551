/**
 * The texts that rules ask of one field, and which of them a value holds: one automaton, and of values that come again what it said.
 */
import type { KnownText } from '../core/known-text.ts';
import { Remembered } from '../core/remembered.ts';
import { compareText } from './evaluate.ts';
import { fold } from './fold.ts';
import type { Test, TextHow } from './rule.ts';
import { TextAutomaton } from './text-automaton.ts';

/** A test, as far as a text stands in it. */
export interface TextAtom {
  readonly id: number;
  readonly test: Test;
  /** The text that is looked for, folded: the value itself, or what a pattern cannot do without. */
  readonly text: string;
  /** What holds when the text stands there: the test, or only the way to it. */
  readonly decides: boolean;
}

/** What one value holds. */
export interface HeldTexts {
  /** Ids of atoms whose text stands in it. */
  readonly atoms: readonly number[];
  /** Rules that wait on one of them. */
  readonly rules: readonly number[];
}

const mostValues = 2048;
/** Longer ones seldom come again. */
const longestValue = 400;
const none: readonly number[] = [];
const emptySet: Set<number> = new Set();
const nothing: HeldTexts = { atoms: none, rules: none };

export class FieldTexts {
  readonly #atoms = new Map<string, TextAtom[]>();
  readonly #waiting: (atom: number) => readonly number[] | undefined;
  readonly #known = new Remembered<HeldTexts>(mostValues);
  #automaton: TextAutomaton | null = null;
  #byText: readonly (readonly TextAtom[])[] = [];

  /** @param waiting rules that wait on an atom; asked when a value is looked at */
  constructor(waiting: (atom: number) => readonly number[] | undefined) {
    this.#waiting = waiting;
  }

  /** Before any value is looked at. */
  add(atom: TextAtom): void {
    const list = this.#atoms.get(atom.text);
    if (list === undefined) this.#atoms.set(atom.text, [atom]);
    else list.push(atom);
  }

  held(value: string): HeldTexts {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const held = this.#look(value);
    if (value.length <= longestValue) this.#known.set(value, held);
    return held;
  }

  /** The same of a text that is known. */
  ofKnown(value: KnownText): HeldTexts {
    let held = value.found(this) as HeldTexts | undefined;
    if (held === undefined) value.note(this, (held = value.text === '' ? nothing : this.#look(value.text)));
    return held;
  }

  #look(value: string): HeldTexts {
    if (this.#automaton === null) {
      this.#automaton = new TextAutomaton([...this.#atoms.keys()]);
      this.#byText = [...this.#atoms.values()];
    }
    const byText = this.#byText;
    const folded = fold(value);
    // Made when there is something to put into it: most values hold nothing.
    let seen = emptySet;
    this.#automaton.scan(folded, (text, end) => {
      for (const { id, test, decides, text: wanted } of byText[text]!) {
        if (seen.has(id)) continue;
        if (decides) {
          if ((test.how === 'starts' || test.how === 'is') && end !== wanted.length) continue;
          if ((test.how === 'ends' || test.how === 'is') && end !== folded.length) continue;
          const { cased, text: exact } = test as { cased: boolean; text: string };
          if (cased && !compareText(test.how as TextHow, value, exact)) continue;
        }
        if (seen === emptySet) seen = new Set<number>();
        seen.add(id);
      }
    });
    if (seen.size === 0) return nothing;
    const rules = new Set<number>();
    for (const atom of seen) for (const rule of this.#waiting(atom) ?? none) rules.add(rule);
    return { atoms: [...seen], rules: rules.size === 0 ? none : [...rules] };
  }
}
