/** Values of the evidence, made fit to be shown, and put into texts of steps. */
import type { PlanBinding } from '../core/plan.ts';
import { visible } from '../core/visible.ts';

export interface Bound {
  readonly text: string;
  readonly at: readonly string[];
  readonly findings: readonly string[];
  /** It is ours, not the evidence's: it is not listed among what a step names. */
  readonly word: boolean;
}

/** A name is cut here; the whole of it stands in the assessment. */
const longest = 300;

/** One line that reads as it is stored. */
export function shownName(text: string, most = longest): string {
  const line = visible(text);
  return line.length <= most ? line : `${line.slice(0, most)}…`;
}

export const named = (text: string, at: readonly string[], findings: readonly string[]): Bound => ({
  text: shownName(text),
  at,
  findings,
  word: false,
});
/** A sentence of ours, in which names of the evidence are shortened already. */
export const said = (text: string, at: readonly string[], findings: readonly string[]): Bound => ({
  text: shownName(text, 5000),
  at,
  findings,
  word: false,
});
export const word = (text: string): Bound => ({ text, at: [], findings: [], word: true });

/** null: something that the text speaks of is not there. */
export function filled(template: string, values: ReadonlyMap<string, Bound>, used: Set<string>): string | null {
  const pieces = template.replace(/\s*\n\s*/g, ' ').split(/\{([^{}]*)\}/);
  let text = pieces[0]!;
  for (let at = 1; at < pieces.length; at += 2) {
    const value = values.get(pieces[at]!);
    if (value === undefined || value.text === '') return null;
    used.add(pieces[at]!);
    // A word of ours begins a sentence with a capital; names stand as they are.
    const begins = value.word && (text === '' || /[.?!] $/.test(text));
    text += (begins ? value.text.charAt(0).toUpperCase() + value.text.slice(1) : value.text) + pieces[at + 1]!;
  }
  return text;
}

/** What of the evidence a step names, in the order of names. */
export const bindingsOf = (values: ReadonlyMap<string, Bound>, used: ReadonlySet<string>): PlanBinding[] =>
  [...values]
    .filter(([name, { word: ours }]) => used.has(name) && !ours)
    .map(([name, { text, at, findings }]) => ({ name, value: text, at, findings }));

/**
 * A path that a person may be asked to type or a console to read: plain letters, no character that a console or a reader takes for
 * something else, on a local drive, no alternate stream, no way up.
 */
export function isPlainPath(path: string): boolean {
  return path.length <= 250 && /^[A-Za-z]:\\[^\\]/.test(path) && path.slice(3).split('\\').every(isPlainPart);
}

/** The same for an address below a web server. */
export const isPlainAddress = (page: string): boolean =>
  page.length <= 250 && page.startsWith('/') && page.slice(1).split('/').every(isPlainPart);

/** Names that Windows takes for a device, whatever their ending. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const isPlainPart = (part: string): boolean =>
  /^[A-Za-z0-9_(](?:[A-Za-z0-9_()+,=~-]| (?![ .])|\.(?!\.))*$/.test(part) && !/[ .]$/.test(part) && !device.test(part);
