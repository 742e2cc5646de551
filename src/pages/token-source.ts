/** Tokens, and the text that they are made of. */
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
export const textLimit = 1 << 20;

export const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36 || code >= 0x80;
export const isNamePart = (code: number): boolean => isNameStart(code) || (code >= 48 && code <= 57);
export const isBasic = (language: PageLanguage): boolean => language === 'visual-basic' || language === 'vbscript';

export abstract class TokenSource {
  protected readonly text: string;
  protected readonly to: number;
  protected readonly language: PageLanguage;
  protected readonly into: Tokens;
  protected readonly depth: number;
  protected readonly shift: number;
  protected readonly basic: boolean;

  constructor(text: string, to: number, language: PageLanguage, into: Tokens, depth: number, shift: number) {
    this.text = text;
    this.to = to;
    this.language = language;
    this.into = into;
    this.depth = depth;
    this.shift = shift;
    this.basic = isBasic(language);
  }

  protected put(kind: TokenKind, value: string, at: number, end: number): void {
    this.into.list.push({ kind, value, at: at + this.shift, end: end + this.shift });
  }

  protected mark(at: number, length: number): number {
    this.put('mark', this.text.slice(at, at + length), at, at + length);
    return at + length;
  }
}
