/** `done.json` of a case: what people say of the steps of its plan. `afterpatch verify` holds it against the evidence. */
import { byCodeUnit } from '../core/text.ts';
import type { SaidDone } from '../core/verified.ts';
import { readSaid } from './said-list.ts';

export const doneFile = 'done.json';
const schema = 'afterpatch.done/1';

export const doneText = (list: readonly SaidDone[]): string => `${JSON.stringify({ schema, done: list }, null, 2)}\n`;

/** With one more; of one step the last word counts, and all of them are kept. */
export const withDone = (list: readonly SaidDone[], one: SaidDone): SaidDone[] =>
  [...list, one].sort((a, b) => byCodeUnit(a.saidUtc, b.saidUtc) || byCodeUnit(a.step, b.step));

/** @throws UserError where it is not what this version writes */
export const readDone = (text: string, file: string): SaidDone[] =>
  readSaid(
    text,
    file,
    {
      code: 'done.invalid',
      advice: 'It is written by `afterpatch case done`; take it away, and nothing was said.',
      schema,
      name: 'done',
      longest: 2000,
    },
    ({ fields, word, time }) => ({
      step: word('step'),
      by: word('by'),
      doneUtc: time('doneUtc'),
      saidUtc: time('saidUtc'),
      note: fields.note === null || fields.note === undefined ? null : word('note'),
    }),
  );
