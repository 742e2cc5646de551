/**
 * Writings about attacks: a web page that was saved, an article or an advisory in Markdown with its indicators. They quote lines of logs
 * and orders of intruders, of some other server. Asked only where no reader is sure of a file; what such a text mentions is shown, and
 * nothing in it is matched. A ticket or a mail with lines in a fence is none.
 */

const heading = /^#{1,4} \S/;
/** A line of its own, a heading or the head of a table. */
const indicatorsLine = /^[#*_| \d.:-]{0,12}(?:.{0,40}\b)?(?:indicators? of compromise|IOCs?)\b.{0,40}$/i;
const defanged = /\bhxxps?\b|\d\[\.\]\d|[a-z0-9]\[\.\][a-z]|\[dot\]/i;
const link = /\]\(https?:\/\//;
const mostLines = 5000;

/** @param head the beginning as text */
export function articleOf(head: string): string | null {
  const text = head.replace(/^\uFEFF/, '');
  if (/^\s{0,400}(?:<!DOCTYPE html\b|<html[\s>])/i.test(text)) return 'a web page';
  const counts = { headings: 0, indicators: 0, defanged: 0, links: 0 };
  for (const line of text.split(/\r?\n/, mostLines)) {
    const short = line.slice(0, 1000);
    if (heading.test(short)) counts.headings++;
    if (short.length < 120 && indicatorsLine.test(short)) counts.indicators++;
    if (defanged.test(short)) counts.defanged++;
    if (link.test(short)) counts.links++;
  }
  const marks = [counts.indicators > 0, counts.defanged > 0, counts.links > 2, frontMatter(text)].filter(Boolean).length;
  if (counts.headings > 1 && marks > 0) return 'an article about attacks';
  return counts.indicators > 0 && counts.defanged > 2 ? 'an article about attacks' : null;
}

/** What generators of web sites put at the beginning of a page. */
function frontMatter(text: string): boolean {
  if (!/^---\r?\n/.test(text)) return false;
  const end = text.indexOf('\n---', 4);
  return (
    end !== -1 && end < 4000 && /^title:/m.test(text.slice(0, end)) && /^(?:date|author|tags|layout):/m.test(text.slice(0, end))
  );
}
