/** Makes a header into a layout: fields by name, from the source's own table of what is known about them. */
import { sha256Hex } from '../core/hash.ts';
import type { Field, Layout, Meaning, WrittenBy } from '../core/record.ts';

/** What is known of a field beyond its name. */
export type FieldFacts = Omit<Field, 'name'>;

export const by = (writtenBy: WrittenBy, means?: Meaning, rest: Partial<FieldFacts> = {}): FieldFacts => ({
  type: 'text',
  writtenBy,
  ...(means === undefined ? {} : { means }),
  ...rest,
});

/**
 * Fields of a header in its order; names compare without case and take the spelling of the table, so that a rule names a field
 * once. A name that the table does not know is the client's word until somebody knows better.
 */
export function layoutOf(logSource: string, names: readonly string[], known: Readonly<Record<string, FieldFacts>>): Layout {
  const spelling = new Map(Object.keys(known).map((name) => [name.toLowerCase(), name]));
  const fields = names.map((raw): Field => {
    const name = spelling.get(raw.toLowerCase()) ?? raw;
    return { name, ...(Object.hasOwn(known, name) ? known[name]! : by('client')) };
  });
  return { logSource, fields, hash: sha256Hex(`${logSource}\n${JSON.stringify(fields)}`).slice(0, 16) };
}
