/** Puts one value of a list into the set, or says why not. */
import type { IndicatorSet, Mention } from './indicator.ts';
import { type TypeMeaning } from './type-words.ts';
import { byLook, check, type Checked } from './values.ts';

function settle(set: IndicatorSet, checked: Checked, raw: string, mention: Mention): void {
  if ('leftOut' in checked) set.leaveOut(checked.leftOut, checked.what, mention, raw);
  else set.add(checked.kind, checked.value, mention, checked.weak);
}

/** Hashes of one file in one cell: each is the file. */
const hashList = /^[0-9a-f]{32,64}(?:\s*[,;|/\s]\s*[0-9a-f]{32,64}){1,4}$/i;

/** @param word the type as the list calls it, for what is left out */
export function take(set: IndicatorSet, meaning: TypeMeaning, word: string, raw: string, mention: Mention): void {
  if (typeof meaning === 'object') set.leaveOut(meaning.leftOut, word, mention, raw);
  else if (raw.length <= 400 && hashList.test(raw.trim()))
    for (const one of raw.trim().split(/[^0-9a-f]+/i)) settle(set, check('md5', one), one, mention);
  else if (meaning === 'look') {
    const checked = byLook(raw);
    if (checked === null) set.leaveOut('unreadable', word, mention, raw);
    else settle(set, checked, raw, mention);
  } else settle(set, check(meaning, raw), raw, mention);
}
