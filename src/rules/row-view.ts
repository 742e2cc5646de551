/** A row as the community's rules see it: their names of fields, made once for each layout and log. */
import type { Layout, Rows } from '../core/record.ts';
import type { RowView } from './program.ts';
import type { FieldSource, Get, SourceVariant } from './source-variant.ts';

interface Resolved {
  /** Our field; null: none, or made of others. */
  readonly name: string | null;
  readonly make: ((get: Get) => string | null) | null;
  readonly percent: boolean;
}

const nothing: Resolved = { name: null, make: null, percent: false };

/** Names of one layout under one variant, as far as they were asked for. */
class Names {
  readonly #layout: Layout;
  readonly #variant: SourceVariant;
  readonly #known = new Map<string, Resolved>();
  readonly #own: ReadonlyMap<string, boolean>;
  /** Without blanks: the community writes `ThreatName` for `Threat Name`. */
  readonly #bare = new Map<string, string>();

  constructor(layout: Layout, variant: SourceVariant) {
    this.#layout = layout;
    this.#variant = variant;
    this.#own = new Map(layout.fields.map(({ name, percent }) => [name, percent === true]));
    for (const { name } of layout.fields) {
      const bare = name.replaceAll(' ', '');
      if (bare !== name && !this.#bare.has(bare)) this.#bare.set(bare, name);
    }
  }

  get fields(): Layout['fields'] {
    return this.#layout.fields;
  }

  of(name: string): Resolved {
    let found = this.#known.get(name);
    if (found === undefined) this.#known.set(name, (found = this.#resolve(name)));
    return found;
  }

  #resolve(name: string): Resolved {
    const renames = this.#variant.fields;
    const other: FieldSource | undefined = renames !== undefined && Object.hasOwn(renames, name) ? renames[name] : undefined;
    if (typeof other === 'string') {
      const there = this.#named(other);
      if (there !== nothing) return there;
    } else if (other !== undefined && !this.#own.has(name)) {
      if (other.of.length > 0 && !other.of.some((one) => this.#own.has(one))) return nothing;
      return { name: null, make: other.make, percent: other.of.some((one) => this.#own.get(one) === true) };
    }
    return this.#named(name);
  }

  #named(name: string): Resolved {
    const percent = this.#own.get(name);
    if (percent !== undefined) return { name, make: null, percent };
    const bare = this.#bare.get(name);
    return bare === undefined ? nothing : { name: bare, make: null, percent: this.#own.get(bare) === true };
  }
}

export class VariantView implements RowView {
  readonly #variant: SourceVariant;
  readonly #layouts = new WeakMap<Layout, Names>();
  #names: Names | null = null;
  #rows: Rows | null = null;
  #row = 0;
  readonly #values = new Map<string, string | null>();
  #all: { text: string; percent: boolean }[] | null = null;

  constructor(variant: SourceVariant) {
    this.#variant = variant;
  }

  bind(rows: Rows, row: number): void {
    const layout = rows.layout(row);
    let names = this.#layouts.get(layout);
    if (names === undefined) this.#layouts.set(layout, (names = new Names(layout, this.#variant)));
    this.#names = names;
    this.#rows = rows;
    this.#row = row;
    this.#values.clear();
    this.#all = null;
  }

  /** The log has conditions besides channel and number. */
  applies(): boolean {
    const { where } = this.#variant;
    if (where === undefined) return true;
    for (const [name, values] of Object.entries(where)) {
      const value = this.value(name);
      if (value === null || !values.includes(value)) return false;
    }
    return true;
  }

  value(field: string): string | null {
    const known = this.#values.get(field);
    if (known !== undefined) return known;
    const { name, make } = this.#names!.of(field);
    const rows = this.#rows!;
    const row = this.#row;
    const found = make !== null ? make((own) => rows.text(row, own)) : name === null ? null : rows.text(row, name);
    const value = found === '' ? null : found;
    this.#values.set(field, value);
    return value;
  }

  present(field: string): boolean {
    const { name, make } = this.#names!.of(field);
    return name !== null || make !== null;
  }

  percent(field: string): boolean {
    return this.#names!.of(field).percent;
  }

  all(): readonly { readonly text: string; readonly percent: boolean }[] {
    if (this.#all === null) {
      this.#all = [];
      for (const { name, percent, partOf } of this.#names!.fields) {
        // What is a part of another value stands in that one.
        if (partOf !== undefined) continue;
        const text = this.#rows!.text(this.#row, name);
        if (text !== null && text !== '') this.#all.push({ text, percent: percent === true });
      }
    }
    return this.#all;
  }
}
