/**
 * Keywords: texts that may stand in any field. Nearly every log has a rule with some, and there are many fields: the programs of all logs
 * look for theirs together, once in a row.
 */
import type { KnownText } from '../core/known-text.ts';
import type { Rows } from '../core/record.ts';
import { percentDecode } from '../core/text.ts';
import { FieldTexts, type TextAtom } from './field-texts.ts';

/** Nothing but what numbers, times, ids and addresses are written with; or what only values put together hold. */
const notInWords = /^[0-9a-fxstz:.{}+-]*$|\n/;

const nobody: readonly number[] = [];
const nothing = (): undefined => undefined;

export class KeywordTexts {
  readonly #texts = new FieldTexts(nothing);
  #count = 0;
  /** No text is looked for that `Rows.words` may not tell. */
  #asksWords = true;
  readonly #words: (string | KnownText)[] = [];
  #row = -1;
  #found: readonly number[] = nobody;

  /** The number under which it is told. */
  add(atom: Omit<TextAtom, 'id'>): number {
    const id = this.#count++;
    this.#texts.add({ ...atom, id });
    if (notInWords.test(atom.text)) this.#asksWords = false;
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
    this.#found = nobody;
    const count = this.#asksWords && rows.words !== undefined ? rows.words(row, this.#words) : -1;
    if (count === -1)
      for (const { name, percent } of fields) {
        const text = rows.text(row, name);
        if (text === null || text === '') continue;
        this.#look(text);
        if (percent && text.includes('%')) this.#look(percentDecode(text));
      }
    else for (let i = 0; i < count; i++) this.#look(this.#words[i]!);
    return this.#found;
  }

  #look(text: string | KnownText): void {
    const { atoms } = typeof text === 'string' ? this.#texts.held(text) : this.#texts.ofKnown(text);
    if (atoms.length > 0) this.#found = this.#found.length === 0 ? atoms : [...new Set([...this.#found, ...atoms])];
  }
}
