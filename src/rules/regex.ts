/**
 * Regular expressions of rules. What they are run on was written by intruders, so they run on a linear-time engine: no
 * backtracking, no input that makes them slow. Look-around and back references do not exist there; each is an error.
 * @see https://github.com/google/re2/wiki/Syntax
 */
import { RE2JS } from 're2js';
import { requiredText } from './regex-literal.ts';
import type { RuleCode } from './rule-codes.ts';

export class RegexError extends Error {
  override readonly name = 'RegexError';
  /** Place in the pattern, as far as the engine tells. */
  readonly at: number;
  readonly code: RuleCode;

  constructor(message: string, at: number, options?: ErrorOptions & { readonly code?: RuleCode }) {
    super(message, options);
    this.at = at;
    this.code = options?.code ?? 'rule.regex';
  }
}

/** Of one text many expressions are asked, one after the other. */
let lastText = '';
let lastLower = '';
function lowerOf(text: string): string {
  if (text !== lastText) {
    lastLower = text.toLowerCase();
    lastText = text;
  }
  return lastLower;
}

const longestPattern = 2000;
/** Rules repeat patterns, and a rule is compiled for checking and again for running. */
const made = new Map<string, (text: string) => boolean>();

/** @throws {RegexError} for a pattern that the engine does not have */
export function compileRegex(source: string, ignoreCase: boolean, dotAll: boolean, multiline = false): (text: string) => boolean {
  const key = `${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}${multiline ? 'm' : ''}/${source}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  if (source.length > longestPattern)
    throw new RegexError(`the pattern is longer than ${longestPattern} characters`, 0, { code: 'rule.regex_large' });
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(
      source,
      (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (dotAll ? RE2JS.DOTALL : 0) | (multiline ? RE2JS.MULTILINE : 0),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const piece = /`([^`]+)`/.exec(message)?.[1] ?? '';
    const [code, at] = reasonOf(source, message);
    throw new RegexError(message.replace(/^error parsing regexp: /, ''), at ?? Math.max(0, source.indexOf(piece)), {
      cause: error,
      code,
    });
  }
  // Nearly all values lack what the pattern cannot do without. Of letters that are found in either case there are no others in it.
  const needed = requiredText(source, ignoreCase);
  const folds = /[a-z]/i.test(needed) && (ignoreCase || /\(\?[a-zA-Z]*i/.test(source));
  const wanted = folds ? needed.toLowerCase() : needed;
  const matches = (text: string): boolean =>
    (wanted === '' || (folds ? lowerOf(text) : text).includes(wanted)) && pattern.matcher(text).find();
  made.set(key, matches);
  return matches;
}

/** Which of the things that this engine does not have is asked for, and where. */
function reasonOf(source: string, message: string): readonly [RuleCode, number | null] {
  for (let at = 0; at < source.length; at++) {
    if (source[at] === '\\') {
      if (/[1-9]/.test(source[at + 1] ?? '')) return ['rule.regex_backreference', at];
      at++;
    } else if (source[at] === '(' && /^\(\?(?:[=!]|<[=!])/.test(source.slice(at, at + 4))) return ['rule.regex_lookaround', at];
  }
  return [/repeat|too large|size/i.test(message) ? 'rule.regex_large' : 'rule.regex', null];
}
