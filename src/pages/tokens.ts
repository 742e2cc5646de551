/**
 * Code → tokens, for seven languages by one table of what differs. What a text puts together from pieces (`$"…{x}…"`, `"…$x…"`) comes out
 * as the pieces joined by the language's own operator, so that whoever reads the tokens knows one way of joining. One class in layers:
 * `token-source`, `text-tokens` and `php-texts` (quotes), and here all else.
 */
import type { PageLanguage } from './page-facts.ts';
import { PhpTexts } from './php-texts.ts';
import { isNamePart, isNameStart, tokenLimit, type Tokens } from './token-source.ts';

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

/** Remarks of code without lines are shorter than this. */
const unbrokenLength = 200;

class TokenReader extends PhpTexts {
  /** No comment is closed behind the one that was looked at last. */
  protected neverClosed = false;
  protected begun = 0;
  protected isUnbroken: boolean | null = null;

  read(from: number): number {
    const text = this.text;
    this.begun = from;
    let at = from;
    let lineBegins = true;
    while (at < this.to) {
      if (this.into.list.length >= tokenLimit) {
        this.into.cut = true;
        break;
      }
      const code = text.charCodeAt(at);
      if (code === 10 || code === 13) {
        if (this.basic && !lineBegins) this.endOfLine(at);
        lineBegins = true;
        at++;
        continue;
      }
      if (code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x200b && code <= 0x200f)) {
        at++;
        continue;
      }
      if (this.language === 'php' && code === 63 && text.charCodeAt(at + 1) === 62) {
        this.put('end', '', at, at + 2);
        return at + 2;
      }
      if (this.language === 'php' && code === 37 && text.charCodeAt(at + 1) === 62) {
        this.put('end', '', at, at + 2);
        return at + 2;
      }
      const past = this.comment(at, lineBegins);
      if (past !== at) {
        at = past;
        continue;
      }
      lineBegins = false;
      at = this.token(at, code);
    }
    if (!lineBegins || !this.basic) this.put('end', '', Math.min(at, this.to), Math.min(at, this.to));
    return at;
  }

  /** In Visual Basic a line goes on behind ` _`, and behind an operator or an open bracket. */
  protected endOfLine(at: number): void {
    const last = this.into.list.at(-1);
    if (last === undefined || last.kind === 'end') return;
    if (last.kind === 'name' && last.value === '_') {
      this.into.list.pop();
      return;
    }
    if (last.kind === 'mark' && (last.value === ',' || last.value === '&' || last.value === '(' || last.value === '+')) return;
    this.put('end', '', at, at);
  }

  protected comment(at: number, lineBegins: boolean): number {
    const text = this.text;
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    const basic = this.basic;
    if (basic) {
      if (code === 39 || code === 0x2018 || code === 0x2019) return this.lineEnd(at);
      if (lineBegins && (code === 82 || code === 114) && /^rem[ \t\r\n]/i.test(text.slice(at, at + 4))) return this.lineEnd(at);
      return at;
    }
    if (code === 47 && next === 42) {
      const end = this.neverClosed ? -1 : text.indexOf('*/', at + 2);
      // What is never closed hides nothing: readers disagree about it.
      if (end === -1) {
        this.neverClosed = true;
        return at + 2;
      }
      const past = end + 2 > this.to ? this.to : end + 2;
      const last = this.into.list.at(-1);
      if (!lineBegins && last !== undefined && last.kind !== 'end' && !';{}'.includes(last.value)) this.into.noise++;
      return past;
    }
    if (code === 47 && next === 47) return this.unbroken(at) ?? this.lineEnd(at);
    if (code === 35 && this.language === 'php' && next !== 91) return this.lineEnd(at);
    // Regions, conditions, pragmas.
    if (code === 35 && this.language === 'csharp' && lineBegins) return this.lineEnd(at);
    return at;
  }

  /**
   * Code that has lost its line breaks does not compile, for what follows its first remark is a remark. It is read all the same: the remark goes to
   * the next tab or wide gap, else to the next end of a statement. null: there are lines.
   */
  protected unbroken(at: number): number | null {
    if (this.language === 'php' || this.to - at < unbrokenLength) return null;
    this.isUnbroken ??= !/[\r\n]/.test(this.text.slice(this.begun, this.to).trim());
    // A remark with which it begins is what somebody took out.
    if (!this.isUnbroken || this.into.list.length === 0 || at - this.begun < 20) return null;
    const rest = this.text.slice(at, Math.min(this.to, at + 1000));
    if ((rest.match(/[;{}]/g)?.length ?? 0) < 2) return null;
    const gap = /\t| {2}|(?<!:)\/\//.exec(rest.slice(2).trimStart());
    const lead = rest.length - rest.slice(2).trimStart().length;
    const stop = gap === null ? rest.search(/[;{}]/) : lead + gap.index;
    return at + Math.max(2, stop);
  }

  protected lineEnd(at: number): number {
    for (let i = at; i < this.to; i++) {
      const code = this.text.charCodeAt(i);
      if (code === 10 || code === 13) return i;
      if (this.language === 'php' && code === 63 && this.text.charCodeAt(i + 1) === 62) return i;
    }
    return this.to;
  }

  protected token(at: number, code: number): number {
    const text = this.text;
    const { length } = this.into.list;
    if (code === 34 || code === 39 || code === 96 || (this.language !== 'php' && (code === 0x201c || code === 0x201d)))
      return this.quoted(at, code);
    if (this.language === 'csharp' && (code === 64 || code === 36)) {
      const lead = /^(?:\$@?|@\$?)"/.exec(text.slice(at, at + 3))?.[0];
      if (lead !== undefined) return this.csharpText(at, lead);
      if (code === 64) return at + 1;
    }
    if (this.language === 'visual-basic' && code === 36 && text.charCodeAt(at + 1) === 34)
      return this.interpolated(at, at + 2, '&', true);
    if (this.language === 'php' && code === 60 && text.startsWith('<<<', at)) {
      const past = this.heredoc(at);
      if (past !== at) return past;
    }
    if (this.language === 'jscript' && code === 47 && this.regexBegins(length)) return this.regex(at);
    if (code >= 48 && code <= 57) return this.number(at);
    if (this.basic && code === 38 && /^&[HhOo][0-9A-Fa-f]{1,16}/.test(text.slice(at, at + 20))) return this.basicNumber(at);
    if (this.language === 'php' && code === 36 && (text[at + 1] === '$' || text[at + 1] === '{')) return this.mark(at, 1);
    const escaped =
      code === 92 &&
      (this.language === 'php'
        ? isNameStart(text.charCodeAt(at + 1)) && text[at + 1] !== '$'
        : text[at + 1] === 'u' || (this.language === 'csharp' && text[at + 1] === 'U'));
    if (isNameStart(code) || escaped) return this.name(at);
    if (this.basic && code === 91 && /^\[\w{1,60}\]/.test(text.slice(at, at + 64))) {
      const end = text.indexOf(']', at);
      this.put('name', text.slice(at + 1, end), at, end + 1);
      return end + 1;
    }
    if (this.basic && code === 58 && text.charCodeAt(at + 1) !== 61) {
      this.put('end', '', at, at + 1);
      return at + 1;
    }
    const three = text.slice(at, at + 3);
    if (!this.basic && marks3.includes(three)) return this.mark(at, 3);
    if (marks2.includes(three.slice(0, 2)) && !(this.basic && /^(?:\/\/|->|::|=>|\+\+|--|&&)/.test(three)))
      return this.mark(at, 2);
    return this.mark(at, 1);
  }

  protected inner(from: number, to: number): void {
    tokenize(this.text, from, to, this.language, this.into, this.depth + 1, this.shift);
  }

  protected name(at: number): number {
    const text = this.text;
    let value = '';
    let from = at;
    let i = at;
    while (i < this.to && i - at < 4096) {
      const code = text.charCodeAt(i);
      if (this.language === 'php' && code === 92 && isNameStart(text.charCodeAt(i + 1)) && text.charCodeAt(i + 1) !== 36) i++;
      else if (
        isNamePart(code) &&
        !(code === 36 && (this.basic || (this.language === 'php' && i > at))) &&
        !(code >= 0x2018 && code <= 0x201d) &&
        !((code === 0xa0 || code === 0x3000) && this.language !== 'php')
      )
        i++;
      else if (code === 92 && (text.charCodeAt(i + 1) | 32) === 117 && this.language !== 'php') {
        const escape = /^\\(?:u+\{?([0-9a-fA-F]{4,6})\}?|U0{4}([0-9a-fA-F]{4}))/.exec(text.slice(i, i + 16));
        if (escape === null) break;
        value += text.slice(from, i) + String.fromCharCode(Number.parseInt(escape[1] ?? escape[2]!, 16) & 0xffff);
        i += escape[0].length;
        from = i;
        this.into.escapedNames++;
      } else if ((code === 0x200b || code === 0x200c || code === 0x200d) && i > at) {
        value += text.slice(from, i);
        from = ++i;
      } else break;
    }
    value += text.slice(from, i);
    if (i === at) return this.mark(at, 1);
    // C# writes characters that show nothing into names, and the compiler takes them out.
    this.put(
      'name',
      value.length > 1 && this.language !== 'php' ? value.replace(/[\u200b-\u200f\u2060\ufeff]/g, '') : value,
      at,
      i,
    );
    return i;
  }

  protected number(at: number): number {
    const found = /^(?:0[xX][0-9a-fA-F_]{1,20}|0[bB][01_]{1,70}|[\d_]{1,30}(?:\.\d{1,20})?)[uUlLdDfFmM]{0,2}/.exec(
      this.text.slice(at, at + 80),
    )![0];
    const plain = found.replace(/[_uUlLmM]/g, '');
    const value = /^0[xX]/.test(plain)
      ? Number.parseInt(plain.slice(2), 16)
      : /^0[bB]/.test(plain)
        ? Number.parseInt(plain.slice(2), 2)
        : /^0[0-7]+$/.test(plain) && (this.language === 'php' || this.language === 'java')
          ? Number.parseInt(plain, 8)
          : Number.parseFloat(plain);
    this.put('number', String(value), at, at + found.length);
    return at + found.length;
  }

  protected basicNumber(at: number): number {
    const found = /^&([HhOo])([0-9A-Fa-f]{1,16})&?/.exec(this.text.slice(at, at + 20))!;
    const base = found[1]!.toLowerCase() === 'h' ? 16 : 8;
    this.put('number', String(Number.parseInt(found[2]!, base) || 0), at, at + found[0].length);
    return at + found[0].length;
  }

  /** A slash begins a regular expression where no value stands before it. */
  protected regexBegins(length: number): boolean {
    const last = this.into.list[length - 1];
    return last === undefined || last.kind === 'end' || (last.kind === 'mark' && !')]}'.includes(last.value));
  }

  protected regex(at: number): number {
    let inClass = false;
    for (let i = at + 1; i < this.to && i - at < 4000; i++) {
      const character = this.text[i]!;
      if (character === '\n') break;
      if (character === '\\') i++;
      else if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !inClass) {
        this.put('text', this.text.slice(at + 1, i), at, i + 1);
        const flags = /^[a-z]{0,8}/.exec(this.text.slice(i + 1, i + 10))![0];
        return i + 1 + flags.length;
      }
    }
    return this.mark(at, 1);
  }
}
