/** A row as the community's rules see it: their names of fields, made once for each layout and log. */
import type { KnownText } from '../core/known-text.ts';
import type { Layout, RowKind, Rows } from '../core/record.ts';
import type { KeywordTexts } from './keyword-texts.ts';
import type { Program, RowView } from './program.ts';
import { anyField } from './rule.ts';
import type { FieldSource, Get, SourceVariant } from './source-variant.ts';

interface Resolved {
  /** Our field; null: none, or made of others. */
  readonly name: string | null;
  readonly make: ((get: Get) => string | null) | null;
  readonly percent: boolean;
}

const nothing: Resolved = { name: null, make: null, percent: false };

interface KeywordField {
  readonly name: string;
  readonly percent: boolean;
}

/** Names of one layout under one variant. */
class Names {
  /** By the program's fields. */
  readonly fields: readonly Resolved[];
  readonly guards: readonly number[];
  /** Where keywords are looked for: what is a part of another value stands in that one. */
  readonly keywordFields: readonly KeywordField[];
  readonly #variant: SourceVariant;
  readonly #others = new Map<string, Resolved>();
  readonly #own: ReadonlyMap<string, boolean>;
  /** Without blanks: the community writes `ThreatName` for `Threat Name`. */
  readonly #bare = new Map<string, string>();

  constructor(layout: Layout, variant: SourceVariant, program: Program) {
    this.#variant = variant;
    this.#own = new Map(layout.fields.map(({ name, percent }) => [name, percent === true]));
    for (const { name } of layout.fields) {
      const bare = name.replaceAll(' ', '');
      if (bare !== name && !this.#bare.has(bare)) this.#bare.set(bare, name);
    }
    const names = program.fieldNames;
    this.fields = names.map((name) => this.#resolve(name));
    this.guards = program.guardFields.filter((field) => names[field] === anyField || this.fields[field] !== nothing);
    this.keywordFields = layout.fields
      .filter(({ partOf }) => partOf === undefined)
      .map(({ name, percent }) => ({ name, percent: percent === true }));
  }

  named(name: string): Resolved {
    let found = this.#others.get(name);
    if (found === undefined) this.#others.set(name, (found = this.#resolve(name)));
    return found;
  }

  #resolve(name: string): Resolved {
    const renames = this.#variant.fields;
    const other: FieldSource | undefined = renames !== undefined && Object.hasOwn(renames, name) ? renames[name] : undefined;
    if (typeof other === 'string') {
      const there = this.#ofOurs(other);
      if (there !== nothing) return there;
    } else if (other !== undefined && !this.#own.has(name)) {
      if (other.of.length > 0 && !other.of.some((one) => this.#own.has(one))) return nothing;
      return { name: null, make: other.make, percent: other.of.some((one) => this.#own.get(one) === true) };
    }
    return this.#ofOurs(name);
  }

  #ofOurs(name: string): Resolved {
    const percent = this.#own.get(name);
    if (percent !== undefined) return { name, make: null, percent };
    const bare = this.#bare.get(name);
    return bare === undefined ? nothing : { name: bare, make: null, percent: this.#own.get(bare) === true };
  }
}

export class VariantView implements RowView {
  readonly #variant: SourceVariant;
  readonly #program: Program;
  readonly #keywords: KeywordTexts;
  readonly #layouts = new WeakMap<Layout, Names>();
  #layout: Layout | null = null;
  #names: Names | null = null;
  #kind: RowKind | null = null;
  #places: readonly (object | null)[] | null = null;
  #rows: Rows | null = null;
  #row = 0;
  /** Values of the row at hand, where the stamp is its. */
  readonly #values: (string | null)[];
  readonly #stamps: Int32Array;
  #stamp = 0;
  #all: { text: string; percent: boolean }[] | null = null;

  constructor(variant: SourceVariant, program: Program, keywords: KeywordTexts) {
    this.#variant = variant;
    this.#program = program;
    this.#keywords = keywords;
    this.#values = program.fieldNames.map(() => null);
    this.#stamps = new Int32Array(this.#values.length);
  }

  /** @param kind of the row, where it has one */
  bind(rows: Rows, row: number, kind: RowKind | null = null): void {
    const layout = rows.layout(row);
    if (layout !== this.#layout) {
      let names = this.#layouts.get(layout);
      if (names === undefined) this.#layouts.set(layout, (names = new Names(layout, this.#variant, this.#program)));
      this.#layout = layout;
      this.#names = names;
    }
    this.#rows = rows;
    this.#row = row;
    this.#stamp++;
    this.#all = null;
    if (kind !== this.#kind) {
      this.#kind = kind;
      this.#places = kind === null ? null : this.#placesOf(kind);
    }
  }

  /** By the program's fields where each stands in rows of a kind. */
  #placesOf(kind: RowKind): readonly (object | null)[] {
    let places = kind.notes.get(this) as readonly (object | null)[] | undefined;
    if (places === undefined) {
      places = this.#names!.fields.map(({ name }) => (name === null ? null : kind.placeOf(name)));
      kind.notes.set(this, places);
    }
    return places;
  }

  known(field: number): KnownText | null {
    const place = this.#places === null ? null : this.#places[field]!;
    return place === null ? null : this.#rows!.known!(this.#row, place);
  }

  /** The log has conditions besides channel and number. */
  applies(): boolean {
    const { where } = this.#variant;
    if (where === undefined) return true;
    for (const [name, values] of Object.entries(where)) {
      const value = this.named(name);
      if (value === null || !values.includes(value)) return false;
    }
    return true;
  }

  get guards(): readonly number[] {
    return this.#names!.guards;
  }

  value(field: number): string | null {
    if (this.#stamps[field] === this.#stamp) return this.#values[field]!;
    const known = this.known(field);
    const value = known === null ? this.#read(this.#names!.fields[field]!) : known.text === '' ? null : known.text;
    this.#values[field] = value;
    this.#stamps[field] = this.#stamp;
    return value;
  }

  named(name: string): string | null {
    return this.#read(this.#names!.named(name));
  }

  #read({ name, make }: Resolved): string | null {
    const rows = this.#rows!;
    const row = this.#row;
    const found = name !== null ? rows.text(row, name) : make === null ? null : make((own) => rows.text(row, own));
    return found === '' ? null : found;
  }

  present(field: number): boolean {
    return this.#names!.fields[field] !== nothing;
  }

  percent(field: number): boolean {
    return this.#names!.fields[field]!.percent;
  }

  all(): readonly { readonly text: string; readonly percent: boolean }[] {
    if (this.#all === null) {
      this.#all = [];
      for (const { name, percent } of this.#names!.keywordFields) {
        const text = this.#rows!.text(this.#row, name);
        if (text !== null && text !== '') this.#all.push({ text, percent });
      }
    }
    return this.#all;
  }

  keywords(): readonly number[] {
    return this.#keywords.of(this.#rows!, this.#row, this.#names!.keywordFields);
  }
}
