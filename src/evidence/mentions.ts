/**
 * Addresses, pages, hashes and the like that stand in somebody's own words. A mention is no trace: it proves nothing and is never
 * matched; it is shown so that a reader sees what the note was about.
 */
const most = 20;
const longest = 120;
/** As people defang: `198[.]51[.]100[.]7`, `mail(dot)example`. */
const dot = '(?:\\.|\\[\\.\\]|\\(\\.\\)|\\[dot\\]|\\(dot\\))';

const shapes: readonly RegExp[] = [
  /\bCVE-\d{4}-\d{4,6}\b/gi,
  new RegExp(`(?<![\\d.])\\d{1,3}(?:${dot}\\d{1,3}){3}(?![\\d.]*\\d)`, 'gi'),
  /\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b/gi,
  /\bh(?:tt|xx)ps?(?::|\[:\])\/\/[^\s<>"']{3,200}/gi,
  /\b[A-Za-z]:\\[^\s"<>|*?]{3,200}/g,
  /\/(?:[\w.-]{1,64}\/){0,6}[\w-]{1,64}\.(?:aspx|ashx|asmx|asp)\b/gi,
  /\b[\w-]{1,64}\.(?:aspx|ashx|asmx)\b/gi,
];

const isAddress = (text: string): boolean => text.split('.').every((part) => Number(part) <= 255);

/** In the order in which they stand, each once, at most twenty. */
export function mentionsIn(text: string): string[] {
  const found: { readonly at: number; readonly end: number; readonly value: string }[] = [];
  for (const [index, shape] of shapes.entries()) {
    let taken = 0;
    for (const match of text.matchAll(shape)) {
      if (taken++ >= most) break;
      const end = match.index + match[0].length;
      // A page inside an address or a path is a part of that.
      if (found.some((other) => match.index >= other.at && end <= other.end)) continue;
      const value = match[0].replace(/[.,;:)\]}!?]+$/, '').slice(0, longest);
      const bare = index === 1 ? value.replace(/\[\.\]|\(\.\)|\[dot\]|\(dot\)/gi, '.') : value;
      if (index === 1 && !isAddress(bare)) continue;
      found.push({ at: match.index, end, value: bare });
    }
  }
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  return [...new Set(found.map(({ value }) => value))].slice(0, most);
}

/** What a text is that is not read, with what it mentions. */
export function noteWords(what: string, text: string): string {
  const mentions = mentionsIn(text);
  return mentions.length === 0 ? what : `${what}; it mentions ${mentions.join(', ')}, which proves nothing`;
}
