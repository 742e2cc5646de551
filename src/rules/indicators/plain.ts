/** A list without columns: one value a line, comments beside or between. */
import { type IndicatorSet, nothingSaid } from './indicator.ts';
import { take } from './take.ts';
import { byLook } from './values.ts';

const comment = /^(?:#|;|\/\/|--|\*\s)/;

/** @returns false: most lines hold no indicator, so that none is taken */
export function readPlain(set: IndicatorSet, text: string, file: string): boolean {
  const found: { readonly value: string; readonly line: number }[] = [];
  let others = 0;
  let firstOther = { at: '', value: '' };
  let line = 0;
  for (let at = 0; at < text.length;) {
    const feed = text.indexOf('\n', at);
    const end = feed === -1 ? text.length : feed;
    const raw = end - at > 8192 ? '' : text.slice(at, end).trim();
    at = end + 1;
    line++;
    if (raw === '' && end - at <= 8192) continue;
    if (comment.test(raw)) continue;
    const value = byLook(raw) === null ? (/^(\S+)\s+(?:[#;/(|-].*|\S.*)$/.exec(raw)?.[1] ?? raw) : raw;
    if (byLook(value) === null) {
      if (others++ === 0) firstOther = { at: `line ${line}`, value: raw };
    } else found.push({ value, line });
    // A text that is none is not read to its end.
    if (others > 1000 && found.length < others) break;
  }
  if (found.length <= others) {
    set.leaveOut('not_a_list', '', { file, at: 'line 1' }, text.trim().split('\n', 1)[0]!.slice(0, 80));
    return false;
  }
  for (const { value, line: number } of found) take(set, 'look', '', value, { file, at: `line ${number}`, about: nothingSaid });
  if (others > 0) set.leaveOut('unreadable', '', { file, at: firstOther.at }, firstOther.value, others);
  return true;
}
