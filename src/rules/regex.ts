/**
 * Regular expressions of rules. What they are run on was written by intruders, so they run on a linear-time engine: no
 * backtracking, no input that makes them slow. Look-around and back references do not exist there; each is an error.
 * @see https://github.com/google/re2/wiki/Syntax
 */
import { RE2JS } from 're2js';

export class RegexError extends Error {
  override readonly name = 'RegexError';
  /** Place in the pattern, as far as the engine tells. */
  readonly at: number;

  constructor(message: string, at: number, options?: ErrorOptions) {
    super(message, options);
    this.at = at;
  }
}

const longestPattern = 2000;
/** Rules repeat patterns, and a rule is compiled for checking and again for running. */
const made = new Map<string, (text: string) => boolean>();

/** @throws {RegexError} for a pattern that the engine does not have */
export function compileRegex(source: string, ignoreCase: boolean, dotAll: boolean): (text: string) => boolean {
  const key = `${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}/${source}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  if (source.length > longestPattern) throw new RegexError(`the pattern is longer than ${longestPattern} characters`, 0);
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(source, (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (dotAll ? RE2JS.DOTALL : 0));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const piece = /`([^`]+)`/.exec(message)?.[1] ?? '';
    throw new RegexError(message.replace(/^error parsing regexp: /, ''), Math.max(0, source.indexOf(piece)), { cause: error });
  }
  const matches = (text: string): boolean => pattern.matcher(text).find();
  made.set(key, matches);
  return matches;
}
