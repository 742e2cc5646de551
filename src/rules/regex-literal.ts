/** A text that stands in everything that a regular expression finds: looked for first, because that is much cheaper. */

/** What a single escaped letter stands for, where that is one character. */
const plainEscape = /[\\.+*?()[\]{}|^$/"'`#%&,:;<=>@!~ _-]/;

/**
 * The longest run of plain ASCII characters that the expression cannot do without, as it is written; '' where none is known. Only
 * what stands outside of groups and classes is looked at. With `ignoreCase` letters that have relatives beyond ASCII (k, s) end a run.
 */
export function requiredText(source: string, ignoreCase: boolean): string {
  // A flag within the expression can change what letters mean.
  const insensitive = ignoreCase || /\(\?[a-zA-Z]*i/.test(source);
  if (/\(\?[a-zA-Z]*x|\\[QE]/.test(source)) return '';
  let best = '';
  let run = '';
  const end = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  let depth = 0;
  for (let at = 0; at < source.length;) {
    const character = source[at]!;
    let plain: string | null = null;
    let next = at + 1;
    if (character === '\\') {
      const escaped = source[at + 1] ?? '';
      next = at + 2;
      if (plainEscape.test(escaped)) plain = escaped;
      // `\x41`, `\p{…}`, `\d`: longer than they look; skipped with care.
      else if (/[xpPuU0-7]/.test(escaped)) {
        const braced = /^\{[^}]*\}/.exec(source.slice(next));
        next += braced === null ? (escaped === 'x' ? 2 : escaped === 'u' ? 4 : escaped === 'U' ? 8 : 1) : braced[0].length;
      }
    } else if (character === '[') next = classEnd(source, at);
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|') {
      if (depth === 0) return '';
    } else if (!/[.^$*+?{}]/.test(character)) plain = character;
    const quantifier = /^(?:[*?]|\{0?,|\{0\})/.test(source.slice(next, next + 4));
    const repeated = /^[*+?{]/.test(source.slice(next, next + 1));
    if (depth !== 0 || plain === null || plain.charCodeAt(0) > 0x7e || plain.charCodeAt(0) < 0x20) end();
    else if (quantifier || (insensitive && /[ks]/i.test(plain))) end();
    else {
      run += plain;
      // Behind `x+` and `x{2}` other characters may stand between.
      if (repeated) end();
    }
    // What a quantifier says is no text.
    const braces = /^\{\d*,?\d*\}/.exec(source.slice(next, next + 16));
    if (braces !== null) next += braces[0].length;
    at = next;
  }
  end();
  return best;
}

function classEnd(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  while (at < source.length && source[at] !== ']') {
    if (source[at] === '\\') at++;
    else if (source[at] === '[' && source[at + 1] === ':') {
      const close = source.indexOf(':]', at + 2);
      if (close !== -1) at = close + 1;
    }
    at++;
  }
  return at + 1;
}
