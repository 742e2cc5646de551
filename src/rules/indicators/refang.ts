/** Takes back what authors do to an indicator so that nobody clicks on it: `hxxp`, `[.]`, `(dot)`, `[at]`. */

/** Blanks of all kinds, quotes, and marks without width. */
// oxlint-disable-next-line no-control-regex -- control characters are what is taken off
const edge = /[\s\u0000-\u001f"'`\u00a0\u200b-\u200f\u2018-\u201f\u202a-\u202e\u2060\ufeff]/;

/** Character by character: a pattern for the end of a text would try every blank within it. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && edge.test(text[start]!)) start++;
  while (end > start && (edge.test(text[end - 1]!) || text[end - 1] === ',' || text[end - 1] === ';')) end--;
  return text.slice(start, end);
}

const marks: readonly (readonly [RegExp, string])[] = [
  [/[[({]\s?(?:\.|dot|punkt|d0t)\s?[\])}]/gi, '.'],
  [/[[({]\s?(?:@|at)\s?[\])}]/gi, '@'],
  [/[[({]:\/\/[\])}]/g, '://'],
  [/[[({]:[\])}]/g, ':'],
  [/[[({]\/[\])}]/g, '/'],
  // Half of a pair that somebody forgot: no name or address holds a bracket.
  [/\[\.|\.\]/g, '.'],
];
const scheme = /^(?:h[tx*]{2}p|meow)(s?):\/{1,3}(?=[^/])/i;
const ftp = /^f[tx]p(?=:\/\/)/i;

/** As it was before it was made harmless. Windows paths are left alone: their brackets are letters of names. */
export function refang(text: string): string {
  let value = trimmed(text);
  if (value.length > 4096) return value;
  if (/[[({]/.test(value)) for (const [mark, plain] of marks) value = value.replace(mark, plain);
  // A note in brackets behind the value: `bad.example (compromised)`.
  const note = /^\S+ \([^()]{1,200}\)$/.test(value) ? value.slice(0, value.indexOf(' ')) : value;
  return note.replace(scheme, 'http$1://').replace(ftp, 'ftp');
}
