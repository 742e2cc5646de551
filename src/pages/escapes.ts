/** What stands behind a backslash. */

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  0: '\0',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
};

export function escapeAt(text: string, at: number): { readonly character: string; readonly length: number } {
  const next = text[at + 1] ?? '';
  const coded = /^\\(?:u+\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{8})|([0-3]?[0-7]{1,2}))/.exec(
    text.slice(at, at + 16),
  );
  if (coded !== null && (next !== '0' || /^\\0[0-7]/.test(text.slice(at, at + 3)))) {
    const hex = coded[1] ?? coded[2] ?? coded[3];
    const code = hex === undefined ? Number.parseInt(coded[4]!, 8) : Number.parseInt(hex, 16);
    // `\xHH` has two digits but in C#.
    if (coded[2] !== undefined && coded[2].length > 2)
      return { character: String.fromCharCode(Number.parseInt(coded[2].slice(0, 2), 16)), length: 4 };
    return { character: String.fromCharCode(code & 0xffff), length: coded[0].length };
  }
  return { character: simpleEscapes[next] ?? next, length: 2 };
}

export function phpEscapeAt(text: string, at: number): { readonly character: string; readonly length: number } {
  const coded = /^\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|u\{([0-9a-fA-F]{1,6})\})/.exec(text.slice(at, at + 12));
  if (coded !== null) {
    const code = coded[2] === undefined ? Number.parseInt((coded[1] ?? coded[3])!, 16) : Number.parseInt(coded[2], 8) & 0xff;
    return { character: code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd', length: coded[0].length };
  }
  const next = text[at + 1] ?? '';
  if (next === '"' || next === '\\' || next === '$' || next === '`') return { character: next, length: 2 };
  const simple = 'nrtvef'.includes(next) && next !== '' ? simpleEscapes[next] : undefined;
  return { character: simple ?? `\\${next}`, length: 2 };
}
