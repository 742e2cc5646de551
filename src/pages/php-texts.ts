/** Texts of PHP with variables in them. */
import { phpEscapeAt } from './escapes.ts';
import { TextTokens } from './text-tokens.ts';
import { textLimit, tokenLimit } from './token-source.ts';

export abstract class PhpTexts extends TextTokens {
  protected heredoc(at: number): number {
    const opening = /^<<<[ \t]{0,8}(["']?)(\w{1,60})\1\r?\n/.exec(this.text.slice(at, at + 90));
    if (opening === null) return at;
    const from = at + opening[0].length;
    const label = opening[2]!;
    let line = from;
    while (line < this.to) {
      if (new RegExp(`^[ \\t]{0,80}${label}\\b`).test(this.text.slice(line, line + 160))) break;
      const next = this.text.indexOf('\n', line);
      line = next === -1 ? this.to : next + 1;
    }
    const stop = Math.min(line, this.to);
    if (opening[1] === "'") this.put('text', this.text.slice(from, stop).replace(/\r?\n$/, ''), at, stop);
    // The end of its last line is none of the text's.
    else
      this.phpText(
        at,
        from,
        '',
        Math.max(from, stop - (/\r?\n$/.exec(this.text.slice(Math.max(from, stop - 2), stop))?.[0].length ?? 0)),
      );
    const past = stop + (/^[ \t]*\w+/.exec(this.text.slice(stop, stop + 160))?.[0].length ?? 0);
    return Math.max(Math.min(past, this.to), at + 3);
  }

  /** `"a $b c"`, a heredoc (`limit` says where it ends), or backticks → `("a " . $b . " c")`. */
  protected phpText(at: number, start: number, quote: string, limit = this.to): number {
    const text = this.text;
    const first = this.into.list.length;
    this.put('mark', '(', at, at);
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
        const { character: plain, length } = phpEscapeAt(text, i);
        value += plain;
        i += length - 1;
        from = i + 1;
        continue;
      }
      const hole =
        (character === '$' && /^(?:[A-Za-z_\u0080-\uffff]|\{)/.test(text[i + 1] ?? '')) ||
        (character === '{' && text[i + 1] === '$');
      if (!hole || this.into.list.length >= tokenLimit) continue;
      flush();
      this.put('text', value, i, i);
      value = '';
      holes++;
      const end = this.phpHole(i, limit);
      i = end - 1;
      from = end;
    }
    flush();
    const past = Math.min(quote === '' ? i : i + 1, this.to);
    if (holes === 0) {
      this.into.list.length = first;
      this.put('text', value.length > textLimit ? value.slice(0, textLimit) : value, at, past);
    } else {
      this.put('text', value, i, i);
      this.put('mark', ')', i, past);
    }
    return Math.max(past, at + 1);
  }

  protected phpHole(at: number, limit: number): number {
    const text = this.text;
    if (text[at] === '{') {
      const end = Math.min(this.hole(at + 1, '"'), limit);
      this.joined(at + 1, end, '.');
      return Math.min(end + 1, limit);
    }
    if (text[at + 1] === '{') {
      // `${name}` and `${'na'.'me'}` name a variable.
      const end = Math.min(this.hole(at + 2, '"'), limit);
      this.joined(at, Math.min(end + 1, limit), '.');
      return Math.min(end + 1, limit);
    }
    const simple = /^\$[\w\u0080-\uffff]{1,120}(?:\[[^\]\n'"]{1,60}\]|->\w{1,60})?/.exec(
      text.slice(at, Math.min(at + 260, limit)),
    )![0];
    const index = simple.indexOf('[');
    this.put('mark', '.', at, at);
    this.put('name', index === -1 ? simple.split('->', 1)[0]! : simple.slice(0, index), at, at + simple.length);
    if (index !== -1) {
      this.put('mark', '[', at, at);
      const key = simple.slice(index + 1, -1);
      if (key.startsWith('$')) this.put('name', key, at, at);
      else this.put('text', key, at, at);
      this.put('mark', ']', at, at);
    } else if (simple.includes('->')) {
      this.put('mark', '->', at, at);
      this.put('name', simple.split('->')[1]!, at, at);
    }
    this.put('mark', '.', at, at);
    return at + simple.length;
  }
}
