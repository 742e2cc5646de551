/** `done.json` of a case: what people say of the steps of its plan. `afterpatch verify` holds it against the evidence. */
import { UserError } from '../core/errors.ts';
import { byCodeUnit } from '../core/text.ts';
import type { SaidDone } from '../core/verified.ts';

export const doneFile = 'done.json';
const schema = 'afterpatch.done/1';

export const doneText = (list: readonly SaidDone[]): string => `${JSON.stringify({ schema, done: list }, null, 2)}\n`;

/** With one more; of one step the last word counts, and all of them are kept. */
export const withDone = (list: readonly SaidDone[], one: SaidDone): SaidDone[] =>
  [...list, one].sort((a, b) => byCodeUnit(a.saidUtc, b.saidUtc) || byCodeUnit(a.step, b.step));

/** @throws UserError where it is not what this version writes */
export function readDone(text: string, file: string): SaidDone[] {
  const fail = (what: string, cause?: unknown): never => {
    throw new UserError(
      'done.invalid',
      `${file} ${what}.`,
      'It is written by `afterpatch case done`; take it away, and nothing was said.',
      cause === undefined ? undefined : { cause },
    );
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return fail('is not JSON', cause);
  }
  const list: unknown =
    typeof value === 'object' && value !== null && 'schema' in value && value.schema === schema && 'done' in value
      ? value.done
      : null;
  if (!Array.isArray(list)) return fail(`is not of ${schema}`);
  return list.map((one: unknown, index): SaidDone => {
    const fields: Record<string, unknown> = typeof one === 'object' && one !== null ? { ...one } : {};
    const word = (key: string): string =>
      typeof fields[key] === 'string' && fields[key].length <= 2000 ? fields[key] : fail(`has no ${key} in entry ${index + 1}`);
    const time = (key: string): string =>
      Number.isNaN(Date.parse(word(key))) ? fail(`has no time in ${key} of entry ${index + 1}`) : word(key);
    return {
      step: word('step'),
      by: word('by'),
      doneUtc: time('doneUtc'),
      saidUtc: time('saidUtc'),
      note: fields.note === null || fields.note === undefined ? null : word('note'),
    };
  });
}
