/**
 * Which literals hold on the values of a field, for scanners that have values in hand. A value is looked at once: programs, users and
 * paths come again and again.
 */
import type { KnownText } from '../core/known-text.ts';
import type { Demand, Field, Layout, Literal } from '../core/record.ts';
import { Remembered } from '../core/remembered.ts';
import { foldCase, percentDecode } from '../core/text.ts';
import { foldedText } from './literal.ts';

export interface Held {
  /** Ids, ascending. */
  readonly ids: readonly number[];
  /** One of them makes its row a candidate. */
  readonly selects: boolean;
}

const none: Held = { ids: [], selects: false };
const mostKnown = 2048;
/** Longer values seldom come again. */
const knownLength = 400;

const holds = (literal: Literal, value: string, folded: string): boolean => {
  const text = literal.cased ? value : folded;
  const wanted = foldedText(literal);
  switch (literal.how) {
    case 'is':
      return text === wanted;
    case 'starts':
      return text.startsWith(wanted);
    case 'ends':
      return text.endsWith(wanted);
    case 'contains':
      return text.includes(wanted);
  }
};

/** The literals of one field. */
export class FieldLiterals {
  readonly name: string;
  /** One of its literals makes rows candidates. */
  readonly selects: boolean;
  readonly #percent: boolean;
  readonly #literals: readonly (readonly [id: number, literal: Literal])[];
  readonly #known = new Remembered<Held>(mostKnown);

  constructor({ name, percent }: Field, literals: readonly (readonly [id: number, literal: Literal])[]) {
    this.name = name;
    this.#percent = percent === true;
    this.#literals = literals;
    this.selects = literals.some(([, literal]) => literal.selects);
  }

  held(value: string | null): Held {
    if (value === null) return none;
    let held = this.#known.get(value);
    if (held === undefined) {
      held = this.#look(value);
      if (value.length <= knownLength) this.#known.set(value, held);
    }
    return held;
  }

  /** The same of a text that is known. */
  ofKnown(value: KnownText): Held {
    let held = value.found(this) as Held | undefined;
    if (held === undefined) value.note(this, (held = value.text === '' ? none : this.#look(value.text)));
    return held;
  }

  #look(value: string): Held {
    const folded = foldCase(value);
    const decoded = this.#percent && value.includes('%') ? percentDecode(value) : null;
    const decodedFolded = decoded === null ? '' : foldCase(decoded);
    const held = this.#literals.filter(
      ([, literal]) => holds(literal, value, folded) || (decoded !== null && holds(literal, decoded, decodedFolded)),
    );
    return held.length === 0 ? none : { ids: held.map(([id]) => id), selects: held.some(([, literal]) => literal.selects) };
  }
}

/** The literals of a demand, by the fields of a layout. */
export class LayoutLiterals {
  readonly #literals = new Map<string, (readonly [id: number, literal: Literal])[]>();
  readonly #fields = new Map<string, FieldLiterals>();
  readonly #layouts = new WeakMap<Layout, readonly FieldLiterals[]>();

  constructor(demand: Demand) {
    for (const [id, literal] of demand.literals.entries()) {
      const own = this.#literals.get(literal.field);
      if (own === undefined) this.#literals.set(literal.field, [[id, literal]]);
      else own.push([id, literal]);
    }
  }

  /** Fields of a layout for which there are literals. */
  of(layout: Layout): readonly FieldLiterals[] {
    let fields = this.#layouts.get(layout);
    if (fields === undefined) {
      fields = layout.fields.map((field) => this.#of(field)).filter((one) => one !== null);
      this.#layouts.set(layout, fields);
    }
    return fields;
  }

  #of(field: Field): FieldLiterals | null {
    const own = this.#literals.get(field.name);
    if (own === undefined) return null;
    const key = `${field.percent === true ? '%' : ''} ${field.name}`;
    let made = this.#fields.get(key);
    if (made === undefined) this.#fields.set(key, (made = new FieldLiterals(field, own)));
    return made;
  }
}
