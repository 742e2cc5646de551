/** A list without columns: one value a line, comments beside or between. */
import { type IndicatorSet, nothingSaid } from './indicator.ts';
import { take } from './take.ts';
import { byLook } from './values.ts';

const comment = /^(?:#|;|\/\/|--|\*\s)/;
const longestLine = 8192;
/** Lines by which a text is known as a list. */
const sampled = 5000;

interface Line {
  readonly number: number;
  readonly text: string;
  /** The part of it that could be one; null: none could. */
  readonly value: string | null;
}

function* linesOf(text: string): Generator<Line> {
  let number = 0;
  for (let at = 0; at < text.length;) {
    const feed = text.indexOf('\n', at);
    const end = feed === -1 ? text.length : feed;
    number++;
    const raw = text.slice(at, Math.min(end, at + longestLine)).trim();
    at = end + 1;
    if (raw === '' || comment.test(raw)) continue;
    const value = byLook(raw) === null ? (/^(\S+)\s+\S/.exec(raw)?.[1] ?? raw) : raw;
    yield { number, text: raw, value: byLook(value) === null ? null : value };
  }
}

/** @returns false: most lines hold no indicator, so that none is taken */
export function readPlain(set: IndicatorSet, text: string, file: string): boolean {
  let found = 0;
  let others = 0;
  for (const { value } of linesOf(text)) {
    if (value === null) others++;
    else found++;
    if (found + others >= sampled) break;
  }
  if (found <= others) {
    set.leaveOut('not_a_list', '', { file, at: 'line 1' }, text.trim().split('\n', 1)[0]!.slice(0, 80));
    return false;
  }
  for (const { number, text: line, value } of linesOf(text)) {
    const mention = { file, at: `line ${number}`, about: nothingSaid };
    if (value === null) set.leaveOut('unreadable', '', mention, line);
    else take(set, 'look', '', value, mention);
  }
  return true;
}
