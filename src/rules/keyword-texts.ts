/**
 * Keywords: texts that may stand in any field. Nearly every log has a rule with some, and there are many fields: the programs of all logs
 * look for theirs together, once in a row.
 */
import type { Rows } from '../core/record.ts';
import { percentDecode } from '../core/text.ts';
import { FieldTexts, type TextAtom } from './field-texts.ts';

/** Nothing but what numbers, times, ids and addresses are written with. */
const figures = /^[0-9a-fxstz:.{}+-]*$/;

const nobody: readonly number[] = [];
const nothing = (): undefined => undefined;

export class KeywordTexts {
  readonly #texts = new FieldTexts(nothing);
  #count = 0;
  /** No text of figures alone is looked for: values that are nothing else hold none. */
  #passesFigures = true;
  #row = -1;
  #found: readonly number[] = nobody;

  /** The number under which it is told. */
  add(atom: Omit<TextAtom, 'id'>): number {
    const id = this.#count++;
    this.#texts.add({ ...atom, id });
    if (figures.test(atom.text)) this.#passesFigures = false;
    return id;
  }

  /** Another row is at hand. */
  next(): void {
    this.#row = -1;
  }

  /** Which stand in the row at hand. @param fields those that are no part of another one */
  of(rows: Rows, row: number, fields: readonly { readonly name: string; readonly percent: boolean }[]): readonly number[] {
    if (this.#row === row) return this.#found;
    this.#row = row;
    let found: Set<number> | null = null;
    const passes = this.#passesFigures && rows.figures !== undefined;
    for (const { name, percent } of fields) {
      if (passes && rows.figures!(row, name)) continue;
      const text = rows.text(row, name);
      if (text === null || text === '') continue;
      const { atoms } = this.#texts.held(text);
      for (let i = 0; i < atoms.length; i++) (found ??= new Set<number>()).add(atoms[i]!);
      if (percent && text.includes('%'))
        for (const atom of this.#texts.held(percentDecode(text)).atoms) (found ??= new Set<number>()).add(atom);
    }
    this.#found = found === null ? nobody : [...found];
    return this.#found;
  }
}
