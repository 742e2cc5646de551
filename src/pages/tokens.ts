/**
 * Code → tokens, for seven languages by one table of what differs. What a text puts together from pieces (`$"…{x}…"`, `"…$x…"`) comes out
 * as the pieces joined by the language's own operator, so that whoever reads the tokens knows one way of joining. Whole in one
 * file because each language is a column of the same table.
 */
import type { PageLanguage } from './page-facts.ts';

export type TokenKind = 'name' | 'text' | 'number' | 'mark' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Of a text its value; `end`: a statement ends here without a mark. */
  readonly value: string;
  /** Place in the page's text. */
  readonly at: number;
  readonly end: number;
}

export interface Tokens {
  readonly list: Token[];
  /** Stopped at the limit. */
  cut: boolean;
  /** Comments between two tokens of one line: put there to keep a text from being found. */
  noise: number;
  /** Names written with escapes. */
  escapedNames: number;
}

export const tokenLimit = 400_000;
/** A single text is kept up to here. */
const textLimit = 1 << 20;

const marks3 = ['===', '!==', '<=>', '...', '**=', '<<=', '>>=', '??=', '>>>'];
const marks2 = [
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '=>',
  '->',
  '::',
  '.=',
  '+=',
  '-=',
  '&=',
  '|=',
  '^=',
  '*=',
  '/=',
  '%=',
  '++',
  '--',
  '<<',
  '>>',
  '??',
  '?.',
  '<>',
];

const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36 || code >= 0x80;
const isNamePart = (code: number): boolean => isNameStart(code) || (code >= 48 && code <= 57);
const isBasic = (language: PageLanguage): boolean => language === 'visual-basic' || language === 'vbscript';

/**
 * Reads [from, to) of a text. Returns where it stopped: PHP ends its block by itself.
 * @param shift added to every place, where the text stands in for another
 */
export function tokenize(
  text: string,
  from: number,
  to: number,
  language: PageLanguage,
  into: Tokens,
  depth = 0,
  shift = 0,
): number {
  const reader = new TokenReader(text, to, language, into, depth, shift);
  return reader.read(from);
}

class TokenReader {
  readonly #text: string;
  readonly #to: number;
  readonly #language: PageLanguage;
  readonly #into: Tokens;
  readonly #depth: number;
  readonly #shift: number;
  readonly #basic: boolean;
  /** No comment is closed behind the one that was looked at last. */
  #neverClosed = false;

  constructor(text: string, to: number, language: PageLanguage, into: Tokens, depth: number, shift: number) {
    this.#text = text;
    this.#to = to;
    this.#language = language;
    this.#into = into;
    this.#depth = depth;
    this.#shift = shift;
    this.#basic = isBasic(language);
  }

  #put(kind: TokenKind, value: string, at: number, end: number): void {
    this.#into.list.push({ kind, value, at: at + this.#shift, end: end + this.#shift });
  }

  read(from: number): number {
    const text = this.#text;
    let at = from;
    let lineBegins = true;
    while (at < this.#to) {
      if (this.#into.list.length >= tokenLimit) {
        this.#into.cut = true;
        break;
      }
      const code = text.charCodeAt(at);
      if (code === 10 || code === 13) {
        if (this.#basic && !lineBegins) this.#endOfLine(at);
        lineBegins = true;
        at++;
        continue;
      }
      if (code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x200b && code <= 0x200f)) {
        at++;
        continue;
      }
      if (this.#language === 'php' && code === 63 && text.charCodeAt(at + 1) === 62) {
        this.#put('end', '', at, at + 2);
        return at + 2;
      }
      if (this.#language === 'php' && code === 37 && text.charCodeAt(at + 1) === 62) {
        this.#put('end', '', at, at + 2);
        return at + 2;
      }
      const past = this.#comment(at, lineBegins);
      if (past !== at) {
        at = past;
        continue;
      }
      lineBegins = false;
      at = this.#token(at, code);
    }
    if (!lineBegins || !this.#basic) this.#put('end', '', Math.min(at, this.#to), Math.min(at, this.#to));
    return at;
  }

  /** In Visual Basic a line goes on behind ` _`, and behind an operator or an open bracket. */
  #endOfLine(at: number): void {
    const last = this.#into.list.at(-1);
    if (last === undefined || last.kind === 'end') return;
    if (last.kind === 'name' && last.value === '_') {
      this.#into.list.pop();
      return;
    }
    if (last.kind === 'mark' && (last.value === ',' || last.value === '&' || last.value === '(' || last.value === '+')) return;
    this.#put('end', '', at, at);
  }

  #comment(at: number, lineBegins: boolean): number {
    const text = this.#text;
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    const basic = this.#basic;
    if (basic) {
      if (code === 39 || code === 0x2018 || code === 0x2019) return this.#lineEnd(at);
      if (lineBegins && (code === 82 || code === 114) && /^rem[ \t\r\n]/i.test(text.slice(at, at + 4))) return this.#lineEnd(at);
      return at;
    }
    if (code === 47 && next === 42) {
      const end = this.#neverClosed ? -1 : text.indexOf('*/', at + 2);
      // What is never closed hides nothing: readers disagree about it.
      if (end === -1) {
        this.#neverClosed = true;
        return at + 2;
      }
      const past = end + 2 > this.#to ? this.#to : end + 2;
      const last = this.#into.list.at(-1);
      if (!lineBegins && last !== undefined && last.kind !== 'end' && !';{}'.includes(last.value)) this.#into.noise++;
      return past;
    }
    if (code === 47 && next === 47) return this.#lineEnd(at);
    if (code === 35 && this.#language === 'php' && next !== 91) return this.#lineEnd(at);
    // Regions, conditions, pragmas.
    if (code === 35 && this.#language === 'csharp' && lineBegins) return this.#lineEnd(at);
    return at;
  }

  #lineEnd(at: number): number {
    for (let i = at; i < this.#to; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === 10 || code === 13) return i;
      if (this.#language === 'php' && code === 63 && this.#text.charCodeAt(i + 1) === 62) return i;
    }
    return this.#to;
  }

  #token(at: number, code: number): number {
    const text = this.#text;
    const { length } = this.#into.list;
    if (code === 34 || code === 39 || code === 96 || (this.#language !== 'php' && (code === 0x201c || code === 0x201d)))
      return this.#quoted(at, code);
    if (this.#language === 'csharp' && (code === 64 || code === 36)) {
      const lead = /^(?:\$@?|@\$?)"/.exec(text.slice(at, at + 3))?.[0];
      if (lead !== undefined) return this.#csharpText(at, lead);
      if (code === 64) return at + 1;
    }
    if (this.#language === 'visual-basic' && code === 36 && text.charCodeAt(at + 1) === 34)
      return this.#interpolated(at, at + 2, '&', true);
    if (this.#language === 'php' && code === 60 && text.startsWith('<<<', at)) {
      const past = this.#heredoc(at);
      if (past !== at) return past;
    }
    if (this.#language === 'jscript' && code === 47 && this.#regexBegins(length)) return this.#regex(at);
    if (code >= 48 && code <= 57) return this.#number(at);
    if (this.#basic && code === 38 && /^&[HhOo][0-9A-Fa-f]{1,16}/.test(text.slice(at, at + 20))) return this.#basicNumber(at);
    if (this.#language === 'php' && code === 36 && (text[at + 1] === '$' || text[at + 1] === '{')) return this.#mark(at, 1);
    const escaped =
      code === 92 &&
      (this.#language === 'php'
        ? isNameStart(text.charCodeAt(at + 1)) && text[at + 1] !== '$'
        : text[at + 1] === 'u' || (this.#language === 'csharp' && text[at + 1] === 'U'));
    if (isNameStart(code) || escaped) return this.#name(at);
    if (this.#basic && code === 91 && /^\[\w{1,60}\]/.test(text.slice(at, at + 64))) {
      const end = text.indexOf(']', at);
      this.#put('name', text.slice(at + 1, end), at, end + 1);
      return end + 1;
    }
    if (this.#basic && code === 58 && text.charCodeAt(at + 1) !== 61) {
      this.#put('end', '', at, at + 1);
      return at + 1;
    }
    const three = text.slice(at, at + 3);
    if (!this.#basic && marks3.includes(three)) return this.#mark(at, 3);
    if (marks2.includes(three.slice(0, 2)) && !(this.#basic && /^(?:\/\/|->|::|=>|\+\+|--|&&)/.test(three)))
      return this.#mark(at, 2);
    return this.#mark(at, 1);
  }

  #mark(at: number, length: number): number {
    this.#put('mark', this.#text.slice(at, at + length), at, at + length);
    return at + length;
  }

  #name(at: number): number {
    const text = this.#text;
    let value = '';
    let from = at;
    let i = at;
    while (i < this.#to && i - at < 4096) {
      const code = text.charCodeAt(i);
      if (this.#language === 'php' && code === 92 && isNameStart(text.charCodeAt(i + 1)) && text.charCodeAt(i + 1) !== 36) i++;
      else if (
        isNamePart(code) &&
        !(code === 36 && (this.#basic || (this.#language === 'php' && i > at))) &&
        !(code >= 0x2018 && code <= 0x201d) &&
        !((code === 0xa0 || code === 0x3000) && this.#language !== 'php')
      )
        i++;
      else if (code === 92 && (text.charCodeAt(i + 1) | 32) === 117 && this.#language !== 'php') {
        const escape = /^\\(?:u+\{?([0-9a-fA-F]{4,6})\}?|U0{4}([0-9a-fA-F]{4}))/.exec(text.slice(i, i + 16));
        if (escape === null) break;
        value += text.slice(from, i) + String.fromCharCode(Number.parseInt(escape[1] ?? escape[2]!, 16) & 0xffff);
        i += escape[0].length;
        from = i;
        this.#into.escapedNames++;
      } else if ((code === 0x200b || code === 0x200c || code === 0x200d) && i > at) {
        value += text.slice(from, i);
        from = ++i;
      } else break;
    }
    value += text.slice(from, i);
    if (i === at) return this.#mark(at, 1);
    // C# writes characters that show nothing into names, and the compiler takes them out.
    this.#put(
      'name',
      value.length > 1 && this.#language !== 'php' ? value.replace(/[\u200b-\u200f\u2060\ufeff]/g, '') : value,
      at,
      i,
    );
    return i;
  }

  #number(at: number): number {
    const found = /^(?:0[xX][0-9a-fA-F_]{1,20}|0[bB][01_]{1,70}|[\d_]{1,30}(?:\.\d{1,20})?)[uUlLdDfFmM]{0,2}/.exec(
      this.#text.slice(at, at + 80),
    )![0];
    const plain = found.replace(/[_uUlLmM]/g, '');
    const value = /^0[xX]/.test(plain)
      ? Number.parseInt(plain.slice(2), 16)
      : /^0[bB]/.test(plain)
        ? Number.parseInt(plain.slice(2), 2)
        : /^0[0-7]+$/.test(plain) && (this.#language === 'php' || this.#language === 'java')
          ? Number.parseInt(plain, 8)
          : Number.parseFloat(plain);
    this.#put('number', String(value), at, at + found.length);
    return at + found.length;
  }

  #basicNumber(at: number): number {
    const found = /^&([HhOo])([0-9A-Fa-f]{1,16})&?/.exec(this.#text.slice(at, at + 20))!;
    const base = found[1]!.toLowerCase() === 'h' ? 16 : 8;
    this.#put('number', String(Number.parseInt(found[2]!, base) || 0), at, at + found[0].length);
    return at + found[0].length;
  }

  /** A slash begins a regular expression where no value stands before it. */
  #regexBegins(length: number): boolean {
    const last = this.#into.list[length - 1];
    return last === undefined || last.kind === 'end' || (last.kind === 'mark' && !')]}'.includes(last.value));
  }

  #regex(at: number): number {
    let inClass = false;
    for (let i = at + 1; i < this.#to && i - at < 4000; i++) {
      const character = this.#text[i]!;
      if (character === '\n') break;
      if (character === '\\') i++;
      else if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !inClass) {
        this.#put('text', this.#text.slice(at + 1, i), at, i + 1);
        const flags = /^[a-z]{0,8}/.exec(this.#text.slice(i + 1, i + 10))![0];
        return i + 1 + flags.length;
      }
    }
    return this.#mark(at, 1);
  }

  #quoted(at: number, code: number): number {
    const quote = code === 0x201c || code === 0x201d ? 34 : code;
    if (this.#basic) return quote === 34 ? this.#basicText(at) : this.#mark(at, 1);
    if (code !== quote) return this.#typographicText(at);
    if (quote === 96) return this.#backtick(at);
    if (this.#language === 'php' && quote === 34) return this.#phpText(at, at + 1, '"');
    if (this.#text.startsWith('"""', at) && (this.#language === 'java' || this.#language === 'csharp')) {
      const end = this.#text.indexOf('"""', at + 3);
      const stop = end === -1 || end > this.#to ? this.#to : end;
      this.#put('text', this.#text.slice(at + 3, Math.min(stop, at + textLimit)), at, Math.min(stop + 3, this.#to));
      return Math.min(stop + 3, this.#to);
    }
    return this.#escapedText(at, quote);
  }

  /** Quotes that an editor made round: to the next of their kind in the line. */
  #typographicText(at: number): number {
    for (let i = at + 1; i < this.#to; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === 10 || code === 13) break;
      if (code !== 0x201c && code !== 0x201d && code !== 34) continue;
      this.#put('text', this.#text.slice(at + 1, i), at, i + 1);
      return i + 1;
    }
    return at + 1;
  }

  /** C, Java, JScript; PHP with single quotes knows two escapes. */
  #escapedText(at: number, quote: number): number {
    const text = this.#text;
    const plain = this.#language === 'php';
    let value = '';
    let from = at + 1;
    let i = at + 1;
    for (; i < this.#to; i++) {
      const code = text.charCodeAt(i);
      if (code === quote) break;
      // A text of one line that is not closed ends with it; PHP's go on.
      if (code === 10 && !plain) break;
      if (code !== 92) continue;
      value += text.slice(from, i);
      if (plain) {
        const next = text[i + 1] ?? '';
        value += next === "'" || next === '\\' ? next : `\\${next}`;
        from = i + 2;
      } else {
        const { character, length } = escape(text, i);
        value += character;
        from = i + length;
      }
      i = from - 1;
    }
    value += text.slice(from, Math.min(i, from + textLimit));
    const end = Math.min(i + 1, this.#to);
    // A single character of C# and Java joins as a text does.
    this.#put('text', value, at, end);
    return Math.max(end, at + 1);
  }

  #basicText(at: number): number {
    const text = this.#text;
    let value = '';
    let from = at + 1;
    let i = at + 1;
    const isQuote = (code: number): boolean => code === 34 || code === 0x201c || code === 0x201d;
    for (; i < this.#to; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || code === 13) break;
      if (!isQuote(code)) continue;
      if (!isQuote(text.charCodeAt(i + 1))) break;
      value += text.slice(from, i + 1);
      from = i + 2;
      i++;
    }
    value += text.slice(from, i);
    let end = i < this.#to && isQuote(text.charCodeAt(i)) ? i + 1 : i;
    if (this.#language === 'visual-basic' && /[cC]/.test(text[end] ?? '') && !isNamePart(text.charCodeAt(end + 1))) end++;
    this.#put('text', value, at, end);
    return Math.max(end, at + 1);
  }

  #csharpText(at: number, lead: string): number {
    const start = at + lead.length;
    if (lead.includes('$')) return this.#interpolated(at, start, '+', lead.includes('@'));
    let value = '';
    let from = start;
    let i = start;
    for (; i < this.#to; i++) {
      if (this.#text.charCodeAt(i) !== 34) continue;
      if (this.#text.charCodeAt(i + 1) !== 34) break;
      value += this.#text.slice(from, i + 1);
      from = i + 2;
      i++;
    }
    value += this.#text.slice(from, i);
    this.#put('text', value, at, Math.min(i + 1, this.#to));
    return Math.min(i + 1, this.#to);
  }

  /** `$"a{b}c"` → `("a" + (b) + "c")`. */
  #interpolated(at: number, start: number, join: string, verbatim: boolean): number {
    const text = this.#text;
    this.#put('mark', '(', at, at);
    let value = '';
    let i = start;
    for (; i < this.#to; i++) {
      const character = text[i]!;
      if (character === '"') {
        if (!verbatim || text[i + 1] !== '"') break;
        i++;
      } else if (character === '\n' && !verbatim) break;
      else if (character === '\\' && !verbatim) {
        const { character: plain, length } = escape(text, i);
        value += plain;
        i += length - 1;
        continue;
      } else if ((character === '{' || character === '}') && text[i + 1] === character) i++;
      else if (character === '{') {
        const end = this.#hole(i + 1, '"');
        this.#put('text', value, i, i);
        value = '';
        this.#joined(i + 1, end, join);
        i = end;
        continue;
      }
      value += text[i]!;
    }
    this.#put('text', value, i, i);
    this.#put('mark', ')', i, Math.min(i + 1, this.#to));
    return Math.min(i + 1, this.#to);
  }

  #hole(from: number, _quote: string): number {
    let depth = 1;
    const limit = Math.min(this.#to, from + 4000);
    for (let i = from; i < limit; i++) {
      const character = this.#text[i];
      if (character === '{') depth++;
      else if (character === '}' && --depth === 0) return i;
    }
    return limit;
  }

  /** `join (…) join` of what stands in [from, to). */
  #joined(from: number, to: number, join: string): void {
    this.#put('mark', join, from, from);
    this.#put('mark', '(', from, from);
    if (this.#depth < 4) {
      const before = this.#into.list.length;
      tokenize(this.#text, from, to, this.#language, this.#into, this.#depth + 1, this.#shift);
      // Its end is no end of a statement.
      if (this.#into.list.length > before && this.#into.list.at(-1)!.kind === 'end') this.#into.list.pop();
    }
    this.#put('mark', ')', to, to);
    this.#put('mark', join, to, to);
  }

  #backtick(at: number): number {
    if (this.#language === 'php') {
      this.#put('name', 'shell_exec', at, at + 1);
      this.#put('mark', '(', at, at);
      const end = this.#phpText(at, at + 1, '`');
      this.#put('mark', ')', end, end);
      return end;
    }
    if (this.#language !== 'jscript') return this.#mark(at, 1);
    const end = this.#text.indexOf('`', at + 1);
    const stop = end === -1 || end > this.#to ? this.#to : end;
    this.#put('text', this.#text.slice(at + 1, stop), at, Math.min(stop + 1, this.#to));
    return Math.min(stop + 1, this.#to);
  }

  #heredoc(at: number): number {
    const opening = /^<<<[ \t]{0,8}(["']?)(\w{1,60})\1\r?\n/.exec(this.#text.slice(at, at + 90));
    if (opening === null) return at;
    const from = at + opening[0].length;
    const label = opening[2]!;
    let line = from;
    while (line < this.#to) {
      if (new RegExp(`^[ \\t]{0,80}${label}\\b`).test(this.#text.slice(line, line + 160))) break;
      const next = this.#text.indexOf('\n', line);
      line = next === -1 ? this.#to : next + 1;
    }
    const stop = Math.min(line, this.#to);
    if (opening[1] === "'") this.#put('text', this.#text.slice(from, stop).replace(/\r?\n$/, ''), at, stop);
    // The end of its last line is none of the text's.
    else
      this.#phpText(
        at,
        from,
        '',
        Math.max(from, stop - (/\r?\n$/.exec(this.#text.slice(Math.max(from, stop - 2), stop))?.[0].length ?? 0)),
      );
    const past = stop + (/^[ \t]*\w+/.exec(this.#text.slice(stop, stop + 160))?.[0].length ?? 0);
    return Math.max(Math.min(past, this.#to), at + 3);
  }

  /** `"a $b c"`, a heredoc (`limit` says where it ends), or backticks → `("a " . $b . " c")`. */
  #phpText(at: number, start: number, quote: string, limit = this.#to): number {
    const text = this.#text;
    const first = this.#into.list.length;
    this.#put('mark', '(', at, at);
    let value = '';
    let holes = 0;
    let from = start;
    let i = start;
    const flush = (): void => {
      value += text.slice(from, i);
    };
    for (; i < limit; i++) {
      const character = text[i]!;
      if (character === quote) break;
      if (character === '\\') {
        flush();
        const { character: plain, length } = phpEscape(text, i);
        value += plain;
        i += length - 1;
        from = i + 1;
        continue;
      }
      const hole =
        (character === '$' && /^(?:[A-Za-z_\u0080-\uffff]|\{)/.test(text[i + 1] ?? '')) ||
        (character === '{' && text[i + 1] === '$');
      if (!hole || this.#into.list.length >= tokenLimit) continue;
      flush();
      this.#put('text', value, i, i);
      value = '';
      holes++;
      const end = this.#phpHole(i, limit);
      i = end - 1;
      from = end;
    }
    flush();
    const past = Math.min(quote === '' ? i : i + 1, this.#to);
    if (holes === 0) {
      this.#into.list.length = first;
      this.#put('text', value.length > textLimit ? value.slice(0, textLimit) : value, at, past);
    } else {
      this.#put('text', value, i, i);
      this.#put('mark', ')', i, past);
    }
    return Math.max(past, at + 1);
  }

  #phpHole(at: number, limit: number): number {
    const text = this.#text;
    if (text[at] === '{') {
      const end = Math.min(this.#hole(at + 1, '"'), limit);
      this.#joined(at + 1, end, '.');
      return Math.min(end + 1, limit);
    }
    if (text[at + 1] === '{') {
      // `${name}` and `${'na'.'me'}` name a variable.
      const end = Math.min(this.#hole(at + 2, '"'), limit);
      this.#joined(at, Math.min(end + 1, limit), '.');
      return Math.min(end + 1, limit);
    }
    const simple = /^\$[\w\u0080-\uffff]{1,120}(?:\[[^\]\n'"]{1,60}\]|->\w{1,60})?/.exec(
      text.slice(at, Math.min(at + 260, limit)),
    )![0];
    const index = simple.indexOf('[');
    this.#put('mark', '.', at, at);
    this.#put('name', index === -1 ? simple.split('->', 1)[0]! : simple.slice(0, index), at, at + simple.length);
    if (index !== -1) {
      this.#put('mark', '[', at, at);
      const key = simple.slice(index + 1, -1);
      if (key.startsWith('$')) this.#put('name', key, at, at);
      else this.#put('text', key, at, at);
      this.#put('mark', ']', at, at);
    } else if (simple.includes('->')) {
      this.#put('mark', '->', at, at);
      this.#put('name', simple.split('->')[1]!, at, at);
    }
    this.#put('mark', '.', at, at);
    return at + simple.length;
  }
}

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

function escape(text: string, at: number): { readonly character: string; readonly length: number } {
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

function phpEscape(text: string, at: number): { readonly character: string; readonly length: number } {
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
