/**
 * XML cut into its pieces, one by one and without recursion: as much of it as exports of Windows need. No entity of the text's own
 * is ever put in, so that nothing can grow; what is not well-formed is passed over up to the next mark.
 */

export type XmlPiece =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      /** `<x/>`: no piece that closes follows. */
      readonly empty: boolean;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'close'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'declaration'; readonly start: number; readonly end: number }
  | { readonly kind: 'broken'; readonly start: number; readonly end: number };

const mostAttributes = 64;
const longestTag = 65_536;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five entities that all XML knows, and numbers; any other stays as it is written. */
export const decodeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, name) => {
        if (name !== undefined) return named[String(name).toLowerCase()]!;
        const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
      })
    : text;

const nameStart = /^[A-Za-z_][\w.:-]{0,200}/;
const attribute = /\s([A-Za-z_][\w.:-]{0,200})\s{0,20}=\s{0,20}(?:"([^"<]*)"|'([^'<]*)')/g;

export function* xmlPieces(text: string): Generator<XmlPiece> {
  for (let at = 0; at < text.length;) {
    const mark = text.indexOf('<', at);
    if (mark === -1 || mark > at) {
      const end = mark === -1 ? text.length : mark;
      yield { kind: 'text', text: decodeXml(text.slice(at, end)), start: at, end };
      at = end;
      continue;
    }
    const piece = markup(text, mark);
    if (piece !== null) yield piece;
    at = Math.max(piece === null ? skipped(text, mark) : piece.end, mark + 1);
  }
}

const behind = (text: string, from: number, what: string): number => {
  const found = text.indexOf(what, from);
  return found === -1 ? text.length : found + what.length;
};

/** Behind a comment or a processing instruction. */
const skipped = (text: string, mark: number): number =>
  text.startsWith('<!--', mark) ? behind(text, mark + 4, '-->') : behind(text, mark + 2, '?>');

function markup(text: string, mark: number): XmlPiece | null {
  if (text.startsWith('<!--', mark) || text.startsWith('<?', mark)) return null;
  if (text.startsWith('<![CDATA[', mark)) {
    const end = behind(text, mark + 9, ']]>');
    return { kind: 'text', text: text.slice(mark + 9, end).replace(/\]\]>$/, ''), start: mark, end };
  }
  if (text.startsWith('<!', mark)) {
    const close = text.indexOf('>', mark);
    if (close === -1) return { kind: 'declaration', start: mark, end: text.length };
    const inner = text.slice(mark, close).includes('[');
    return { kind: 'declaration', start: mark, end: inner ? behind(text, behind(text, mark, ']'), '>') : close + 1 };
  }
  const closing = text[mark + 1] === '/';
  const name = nameStart.exec(text.slice(mark + (closing ? 2 : 1), mark + 210))?.[0];
  if (name === undefined) return { kind: 'broken', start: mark, end: mark + 1 };
  const end = tagEnd(text, mark);
  if (end === -1) return { kind: 'broken', start: mark, end: mark + 1 };
  if (closing) return { kind: 'close', name, start: mark, end };
  const tag = text.slice(mark + 1 + name.length, end - 1);
  const attributes = new Map<string, string>();
  for (const [, key, double, single] of tag.matchAll(attribute)) {
    if (attributes.size >= mostAttributes) break;
    if (!attributes.has(key!)) attributes.set(key!, decodeXml(double ?? single ?? ''));
  }
  return { kind: 'open', name, attributes, empty: tag.endsWith('/'), start: mark, end };
}

/** Behind the `>` of a tag; one within quotes does not end it. -1: it does not end within the limit. */
function tagEnd(text: string, mark: number): number {
  const most = Math.min(text.length, mark + longestTag);
  let quote = '';
  for (let at = mark + 1; at < most; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
    else if (character === '<') return -1;
  }
  return -1;
}
