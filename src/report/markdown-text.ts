/** Text for a Markdown file: nothing in it is read as markup, as a link or as HTML, by any reader of Markdown. */
import { shown } from './shown.ts';

/**
 * The one function that every string of the evidence passes on its way into Markdown: one line, all that Markdown means something by
 * escaped, and no address that readers turn into a link by themselves.
 */
export const markdownText = (text: string): string =>
  shown(text)
    .replace(/[\\`*_[\]{}<>#|~&!$^=@]/g, (character) => `\\${character}`)
    .replaceAll('://', ':\\//')
    .replace(/\b(www|ftp|mailto|xmpp)([.:])/gi, '$1\\$2')
    // What makes a list, a heading or a quote where a line begins.
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s|$)/, '$1\\$2');
