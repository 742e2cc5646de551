/** Texts in quotes, by what each language has for quotes and for escapes. */
import { escapeAt } from './escapes.ts';
import { isNamePart, textLimit, TokenSource } from './token-source.ts';

export abstract class TextTokens extends TokenSource {
  protected abstract phpText(at: number, start: number, quote: string, limit?: number): number;
  protected abstract inner(from: number, to: number): void;

  protected quoted(at: number, code: number): number {
    const quote = code === 0x201c || code === 0x201d ? 34 : code;
    if (this.basic) return quote === 34 ? this.basicText(at) : this.mark(at, 1);
    if (code !== quote) return this.typographicText(at);
    if (quote === 96) return this.backtick(at);
    if (this.language === 'php' && quote === 34) return this.phpText(at, at + 1, '"');
    if (this.text.startsWith('"""', at) && (this.language === 'java' || this.language === 'csharp')) {
      const end = this.text.indexOf('"""', at + 3);
      const stop = end === -1 || end > this.to ? this.to : end;
      this.put('text', this.text.slice(at + 3, Math.min(stop, at + textLimit)), at, Math.min(stop + 3, this.to));
      return Math.min(stop + 3, this.to);
    }
    return this.escapedText(at, quote);
  }

  /** Quotes that an editor made round: to the next of their kind in the line. */
  protected typographicText(at: number): number {
    for (let i = at + 1; i < this.to; i++) {
      const code = this.text.charCodeAt(i);
      if (code === 10 || code === 13) break;
      if (code !== 0x201c && code !== 0x201d && code !== 34) continue;
      this.put('text', this.text.slice(at + 1, i), at, i + 1);
      return i + 1;
    }
    return at + 1;
  }

  /** C, Java, JScript; PHP with single quotes knows two escapes. */
  protected escapedText(at: number, quote: number): number {
    const text = this.text;
    const plain = this.language === 'php';
    let value = '';
    let from = at + 1;
    let i = at + 1;
    for (; i < this.to; i++) {
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
        const { character, length } = escapeAt(text, i);
        value += character;
        from = i + length;
      }
      i = from - 1;
    }
    value += text.slice(from, Math.min(i, from + textLimit));
    const end = Math.min(i + 1, this.to);
    // A single character of C# and Java joins as a text does.
    this.put('text', value, at, end);
    return Math.max(end, at + 1);
  }

  protected basicText(at: number): number {
    const text = this.text;
    let value = '';
    let from = at + 1;
    let i = at + 1;
    const isQuote = (code: number): boolean => code === 34 || code === 0x201c || code === 0x201d;
    for (; i < this.to; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || code === 13) break;
      if (!isQuote(code)) continue;
      if (!isQuote(text.charCodeAt(i + 1))) break;
      value += text.slice(from, i + 1);
      from = i + 2;
      i++;
    }
    value += text.slice(from, i);
    let end = i < this.to && isQuote(text.charCodeAt(i)) ? i + 1 : i;
    if (this.language === 'visual-basic' && /[cC]/.test(text[end] ?? '') && !isNamePart(text.charCodeAt(end + 1))) end++;
    this.put('text', value, at, end);
    return Math.max(end, at + 1);
  }

  protected csharpText(at: number, lead: string): number {
    const start = at + lead.length;
    if (lead.includes('$')) return this.interpolated(at, start, '+', lead.includes('@'));
    let value = '';
    let from = start;
    let i = start;
    for (; i < this.to; i++) {
      if (this.text.charCodeAt(i) !== 34) continue;
      if (this.text.charCodeAt(i + 1) !== 34) break;
      value += this.text.slice(from, i + 1);
      from = i + 2;
      i++;
    }
    value += this.text.slice(from, i);
    this.put('text', value, at, Math.min(i + 1, this.to));
    return Math.min(i + 1, this.to);
  }

  /** `$"a{b}c"` → `("a" + (b) + "c")`. */
  protected interpolated(at: number, start: number, join: string, verbatim: boolean): number {
    const text = this.text;
    this.put('mark', '(', at, at);
    let value = '';
    let i = start;
    for (; i < this.to; i++) {
      const character = text[i]!;
      if (character === '"') {
        if (!verbatim || text[i + 1] !== '"') break;
        i++;
      } else if (character === '\n' && !verbatim) break;
      else if (character === '\\' && !verbatim) {
        const { character: plain, length } = escapeAt(text, i);
        value += plain;
        i += length - 1;
        continue;
      } else if ((character === '{' || character === '}') && text[i + 1] === character) i++;
      else if (character === '{') {
        const end = this.hole(i + 1, '"');
        this.put('text', value, i, i);
        value = '';
        this.joined(i + 1, end, join);
        i = end;
        continue;
      }
      value += text[i]!;
    }
    this.put('text', value, i, i);
    this.put('mark', ')', i, Math.min(i + 1, this.to));
    return Math.min(i + 1, this.to);
  }

  protected hole(from: number, _quote: string): number {
    let depth = 1;
    const limit = Math.min(this.to, from + 4000);
    for (let i = from; i < limit; i++) {
      const character = this.text[i];
      if (character === '{') depth++;
      else if (character === '}' && --depth === 0) return i;
    }
    return limit;
  }

  /** `join (…) join` of what stands in [from, to). */
  protected joined(from: number, to: number, join: string): void {
    this.put('mark', join, from, from);
    this.put('mark', '(', from, from);
    if (this.depth < 4) {
      const before = this.into.list.length;
      this.inner(from, to);
      // Its end is no end of a statement.
      if (this.into.list.length > before && this.into.list.at(-1)!.kind === 'end') this.into.list.pop();
    }
    this.put('mark', ')', to, to);
    this.put('mark', join, to, to);
  }

  protected backtick(at: number): number {
    if (this.language === 'php') {
      // A command of nothing, or of a comment, gives an empty text: noise within names.
      const empty = /^`\s{0,40}(?:\/\*[^`]{0,200}\*\/|#[^`\n]{0,200})?\s{0,40}`/.exec(
        this.text.slice(at, Math.min(at + 300, this.to)),
      )?.[0];
      if (empty !== undefined) {
        this.put('text', '', at, at + empty.length);
        return at + empty.length;
      }
      this.put('name', 'shell_exec', at, at + 1);
      this.put('mark', '(', at, at);
      const end = this.phpText(at, at + 1, '`');
      this.put('mark', ')', end, end);
      return end;
    }
    if (this.language !== 'jscript') return this.mark(at, 1);
    const end = this.text.indexOf('`', at + 1);
    const stop = end === -1 || end > this.to ? this.to : end;
    this.put('text', this.text.slice(at + 1, stop), at, Math.min(stop + 1, this.to));
    return Math.min(stop + 1, this.to);
  }
}
