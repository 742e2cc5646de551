/**
 * YARA source → tokens with their places. Linear; never throws: what is no token becomes one of kind `odd`, and the parser gives the
 * file up. Regular expressions and hex strings are one token each.
 * @see https://yara.readthedocs.io/en/stable/writingrules.html
 */

export type TokenKind = 'word' | 'pattern' | 'number' | 'text' | 'regex' | 'hex' | 'sign' | 'odd';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const isWordStart = (code: number): boolean => (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWord = (code: number): boolean => isWordStart(code) || isDigit(code);

const signs = ['...', '..', '==', '!=', '<=', '>=', '<<', '>>'];

/** Behind one of these a `/` divides. */
const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'number' ||
    token.kind === 'pattern' ||
    (token.kind === 'sign' && (token.text === ')' || token.text === ']')) ||
    (token.kind === 'word' && !/^(?:matches|and|or|not|in|of|at)$/.test(token.text)));

/** Where a quoted text ends; -1: not in this line. */
function quotedEnd(source: string, at: number): number {
  for (let i = at + 1; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i + 1;
    else if (code === 10) return -1;
  }
  return -1;
}

function regexEnd(source: string, at: number): number {
  for (let i = at + 1; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 10) return -1;
    // The engine ends it at the first bare slash, in a class too.
    else if (code === 47) {
      let end = i + 1;
      while (end < source.length && isWordStart(source.charCodeAt(end))) end++;
      return end;
    }
  }
  return -1;
}

/** Where a comment that begins here ends; -1: none begins here. */
function commentEnd(source: string, at: number): number {
  if (source.charCodeAt(at) !== 47) return -1;
  const next = source.charCodeAt(at + 1);
  if (next === 47) {
    const end = source.indexOf('\n', at);
    return end === -1 ? source.length : end;
  }
  if (next === 42) {
    const end = source.indexOf('*/', at + 2);
    return end === -1 ? source.length : end + 2;
  }
  return -1;
}

/** Where the hex string that begins at `{` ends; -1: this is none. */
function hexEnd(source: string, at: number): number {
  for (let i = at + 1; i < source.length; i++) {
    const comment = commentEnd(source, i);
    if (comment !== -1) i = comment - 1;
    else {
      const char = source[i]!;
      if (char === '}') return i + 1;
      if (!/[0-9A-Fa-f?~()|[\]\-\s]/.test(char)) return -1;
    }
  }
  return -1;
}

export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const put = (kind: TokenKind, at: number, end: number): number => {
    tokens.push({ kind, text: source.slice(at, end), at, end });
    return end;
  };
  for (let at = 0; at < source.length;) {
    const code = source.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0) {
      at++;
      continue;
    }
    const comment = commentEnd(source, at);
    if (comment !== -1) {
      at = comment;
      continue;
    }
    const char = source[at]!;
    const before = tokens.at(-1);
    if (isWordStart(code)) {
      let end = at + 1;
      while (isWord(source.charCodeAt(end))) end++;
      at = put('word', at, end);
    } else if (isDigit(code)) {
      let end = at + 1;
      while (isWord(source.charCodeAt(end))) end++;
      // A fraction, but not a range.
      if (source[end] === '.' && isDigit(source.charCodeAt(end + 1))) {
        end++;
        while (isWord(source.charCodeAt(end))) end++;
      }
      at = put('number', at, end);
    } else if (char === '$' || char === '#' || char === '@' || (char === '!' && source[at + 1] !== '=')) {
      let end = at + 1;
      while (isWord(source.charCodeAt(end))) end++;
      if (char === '$' && source[end] === '*') end++;
      at = put('pattern', at, end);
    } else if (char === '"') {
      const end = quotedEnd(source, at);
      at = put(end === -1 ? 'odd' : 'text', at, end === -1 ? at + 1 : end);
    } else if (char === '/' && !endsOperand(before)) {
      const end = regexEnd(source, at);
      at = put(end === -1 ? 'odd' : 'regex', at, end === -1 ? at + 1 : end);
    } else if (char === '{' && before?.text === '=' && tokens.at(-2)?.kind === 'pattern') {
      const end = hexEnd(source, at);
      at = put(end === -1 ? 'odd' : 'hex', at, end === -1 ? at + 1 : end);
    } else {
      const sign = signs.find((one) => source.startsWith(one, at)) ?? char;
      at = put(/[{}()[\]:=,.<>+\-*\\/&|^~%]/.test(sign) ? 'sign' : 'odd', at, at + sign.length);
    }
  }
  return tokens;
}
