/**
 * The only way to make markup here. Whatever is put between the pieces of a template is escaped, unless it is markup already: a
 * forgotten escape does not exist.
 */
import { shown } from '../shown.ts';

/** Markup that {@link html}, {@link svg} or {@link trusted} made; a plain string never is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Part = Markup | string | number | null | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** The one function that every string passes: what cannot be seen is shown, addresses are defanged, markup is escaped. */
export const escaped = (text: string): string => shown(text).replace(/[&<>"'`]/g, (character) => entities[character]!);

/** For literals of ours (the style sheet), never for anything that was read. */
export const trusted = (text: string): Markup => new Markup(text);

/**
 * Words that signatures of web shells are made of. An empty element in their middle keeps the page from being one itself, and
 * changes neither what is read nor what is copied.
 */
const signatureWords =
  /eval|execute|unsafe|script|runat|request|page_load|frombase64string|base64_decode|createobject|assembly|cmd\.exe|powershell|passthru/gi;

export const broken = (escapedText: string): string =>
  escapedText.replace(signatureWords, (word) => `${word.slice(0, word.length >> 1)}<i></i>${word.slice(word.length >> 1)}`);

function inElement(part: Part, breaking: boolean): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return breaking ? broken(escaped(part)) : escaped(part);
  return part.map((one) => inElement(one, breaking)).join('');
}

function inAttribute(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  throw new Error('only text belongs into an attribute');
}

/** Whether a template, up to here, stands inside an attribute's value; values are always in double quotes here. */
const opensAttribute = (before: string): boolean => /="[^"]*$/.test(before.slice(before.lastIndexOf('<')));

function fill(pieces: TemplateStringsArray, parts: readonly Part[], breaking: boolean): Markup {
  // Told from our own pieces alone: what is put between them holds no quote that is not escaped.
  let own = pieces[0]!;
  let text = own;
  for (const [index, part] of parts.entries()) {
    text += (opensAttribute(own) ? inAttribute(part) : inElement(part, breaking)) + pieces[index + 1]!;
    own += pieces[index + 1]!;
  }
  return new Markup(text);
}

/** HTML from a template. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup => fill(pieces, parts, true);

/** SVG or plain-text elements (`title`) from a template: no elements inside words, which would end the picture. */
export const svg = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup => fill(pieces, parts, false);
