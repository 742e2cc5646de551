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
    const found = new Set<number>();
    const words = this.#passesFigures && rows.words !== undefined ? rows.words(row) : null;
    if (words === null)
      for (const { name, percent } of fields) {
        const text = rows.text(row, name);
        if (text === null || text === '') continue;
        this.#look(text, found);
        if (percent && text.includes('%')) this.#look(percentDecode(text), found);
      }
    else for (let i = 0; i < words.length; i++) this.#look(words[i]!, found);
    this.#found = found.size === 0 ? nobody : [...found];
    return this.#found;
  }

  #look(text: string, found: Set<number>): void {
    const { atoms } = this.#texts.held(text);
    for (let i = 0; i < atoms.length; i++) found.add(atoms[i]!);
  }
}
