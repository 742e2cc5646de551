/**
 * Values of a field that no test can tell apart that waits for a text. Nearly all paths that nobody asked for before hold none of these texts:
 * then they are all one value, and what was judged of the first of them holds for the next.
 */
import { neededTextOf } from './atom-test.ts';
import { type FoldedValue, foldedValue, type Matchers } from './evaluate.ts';
import { asciiFold } from './fold.ts';
import type { Test } from './rule.ts';
import { TextAutomaton } from './text-automaton.ts';

/** Values that have a class of their own. */
const mostValues = 4096;
/** A longer one has a class that nothing is remembered by. */
const longestValue = 400;

/** The class of all values that hold none. */
const alike = 1;

/** Whether the class of a value says what the test says of it. */
export const isTold = (test: Test): boolean => neededTextOf(test) !== '';

export class ValueClasses {
  /** Texts without which a test cannot hold. */
  readonly #texts = new Set<string>();
  #automaton: TextAutomaton | null = null;
  readonly #own = new Map<string, number>();
  #last = alike;
  #value: string | null = null;
  #class = 0;
  /** Another number: classes that were told mean nothing any more. */
  version = 0;

  add(test: Test): void {
    const text = asciiFold(neededTextOf(test));
    if (text === '' || this.#texts.has(text)) return;
    this.#texts.add(text);
    this.#automaton = null;
    this.#forget();
  }

  #forget(): void {
    this.#own.clear();
    this.#last = alike;
    this.#value = null;
    this.version++;
  }

  /** Equal for values of which every test says the same that needs a text; 0: no value; -1: nothing is to be remembered of it. */
  of(value: string | null): number {
    if (value === null) return 0;
    if (value === this.#value) return this.#class;
    const found = this.#classOf(value);
    this.#value = value;
    this.#class = found;
    return found;
  }

  #classOf(value: string): number {
    const own = this.#own.get(value);
    if (own !== undefined) return own;
    const folded = foldedValue(value);
    // Decoded, or folded otherwise, it might hold a text after all.
    if (folded.isAscii && value !== '' && !value.includes('%') && !this.#holdsText(folded)) return alike;
    if (value.length > longestValue) return -1;
    if (this.#own.size >= mostValues) this.#forget();
    this.#own.set(value, ++this.#last);
    return this.#last;
  }

  #holdsText({ ascii }: FoldedValue): boolean {
    if (this.#texts.size === 0) return false;
    this.#automaton ??= new TextAutomaton([...this.#texts]);
    let holds = false;
    this.#automaton.scan(ascii, () => {
      holds = true;
    });
    return holds;
  }
}

const ofMatchers = new WeakMap<Matchers, Map<string, ValueClasses>>();

/** Of a field, for all who judge with the same matchers. */
export function classesOf(matchers: Matchers, field: string): ValueClasses {
  let fields = ofMatchers.get(matchers);
  if (fields === undefined) ofMatchers.set(matchers, (fields = new Map<string, ValueClasses>()));
  let classes = fields.get(field);
  if (classes === undefined) fields.set(field, (classes = new ValueClasses()));
  return classes;
}
