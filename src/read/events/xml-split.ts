/**
 * Where the events of an XML text begin and end: `<Event …>` to `</Event>`, whatever stands around them, so that it does not matter
 * where the text was cut.
 */
import type { Split } from './document-scanner.ts';

const less = 0x3c;
const open = new TextEncoder().encode('<Event');
const close = new TextEncoder().encode('</Event>');
const declaration = new TextEncoder().encode('<!DOCTYPE');

const isAt = (bytes: Uint8Array, at: number, word: Uint8Array): boolean => {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
};
/** The name ends here: it is not the beginning of `EventData`. */
const endsName = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x3e || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x2f;

export const splitXml: Split = (bytes, from, ownedEnd, isWhole, _state, found) => {
  let start = -1;
  for (let at = bytes.indexOf(less, from); at !== -1; at = bytes.indexOf(less, at + 1)) {
    if (at >= ownedEnd && start === -1) break;
    if (isAt(bytes, at, open) && endsName(bytes[at + open.length])) {
      if (start !== -1) found.broken(start, 'the next begins before it ends');
      start = at < ownedEnd ? at : -1;
      if (start === -1) return 'xml';
    } else if (start !== -1 && isAt(bytes, at, close)) {
      found.document(start, at + close.length);
      start = -1;
    } else if (start === -1 && isAt(bytes, at, declaration)) found.declared(at);
  }
  if (start !== -1) found.broken(start, isWhole ? 'it ends too early' : 'longer than an event is');
  return 'xml';
};
