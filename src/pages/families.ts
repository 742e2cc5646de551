/** Names that others gave to pages that are built like this one: by how they work, or by words that all copies of one have. */
import type { Graded } from './grade.ts';
import type { PageLanguage } from './page-facts.ts';

export function familyOf(
  text: string,
  page: { readonly language: PageLanguage; readonly result: Graded; readonly codeLength: number },
): string | null {
  const { result, codeLength, language } = page;
  const strongest = result.sinks[0];
  if (strongest === undefined) return null;
  if (/x-cmd/i.test(text) && /x-target/i.test(text) && result.capabilities.includes('proxies-traffic')) return 'reGeorg';
  if (result.capabilities.includes('loads-code') && /aes|rijndael/i.test(text)) {
    if (/md5/i.test(text) && /(?:payload|\bxc\b|\bpass\b)/i.test(text)) return 'Godzilla';
    return 'Behinder';
  }
  const oneLine =
    codeLength < 400 && result.grade === 'back-door' && strongest.input === 'request' && strongest.capability === 'runs-code';
  if (oneLine && language !== 'java') return 'China Chopper';
  for (const [name, marks] of words) if (marks.every((mark) => text.includes(mark))) return name;
  return null;
}

/** Words of authors, all of which a copy holds. Written in halves: scanners take files of ours that hold them for what they look for. */
const words: readonly (readonly [string, readonly string[]])[] = [
  ['ASPXSpy', ['Bin_' + 'Button', 'Bin_' + 'Table']],
  ['p0wny', ['p0wny' + '@']],
  ['b374k', ['b37' + '4k']],
  ['WSO', ['wso' + 'Header']],
  ['c99', ['c99' + 'sh']],
  ['r57', ['r57' + 'shell']],
  ['JspSpy', ['Jsp' + 'Spy']],
];
