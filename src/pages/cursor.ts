/** Where a walk over the tokens of a page stands, and what stands there. */
import { bracketsOf } from './functions.ts';
import type { PageLanguage } from './page-facts.ts';
import type { Token } from './token-source.ts';

/** Brackets within brackets. */
export const depthLimit = 120;

export abstract class Cursor {
  readonly tokens: readonly Token[];
  readonly language: PageLanguage;
  readonly pairs: Int32Array;
  readonly basic: boolean;
  readonly php: boolean;
  protected p = 0;
  protected depth = 0;
  cut = false;

  constructor(tokens: readonly Token[], language: PageLanguage) {
    this.tokens = tokens;
    this.language = language;
    this.basic = language === 'visual-basic' || language === 'vbscript';
    this.php = language === 'php';
    this.pairs = bracketsOf(tokens, this.basic);
  }

  protected is(value: string): boolean {
    const token = this.tokens[this.p];
    return token !== undefined && token.kind === 'mark' && token.value === value;
  }

  protected isAt(at: number, value: string): boolean {
    const token = this.tokens[at];
    return token?.kind === 'mark' && token.value === value;
  }

  protected word(at = this.p): string {
    const token = this.tokens[at];
    return token?.kind === 'name' ? token.value.toLowerCase() : '';
  }

  protected ends(): boolean {
    const token = this.tokens[this.p];
    return token === undefined || token.kind === 'end' || (token.kind === 'mark' && (token.value === ';' || token.value === '}'));
  }

  protected endsAt(at: number): boolean {
    const token = this.tokens[at];
    return token === undefined || token.kind === 'end' || (token.kind === 'mark' && (token.value === ';' || token.value === '{'));
  }

  /** `<T>` behind a name and before a bracket; -1: it is a comparison. */
  protected generic(): number {
    let depth = 0;
    for (let at = this.p; at < this.tokens.length && at < this.p + 24; at++) {
      const { kind, value } = this.tokens[at]!;
      if (kind === 'mark') {
        if (value === '<') depth++;
        else if (value === '>' || value === '>>') {
          depth -= value.length;
          if (depth <= 0)
            return this.isAt(at + 1, '(') || this.tokens[at + 1]?.kind === 'name' || this.isAt(at + 1, '.') ? at + 1 : -1;
        } else if (!',.[]?'.includes(value)) return -1;
      } else if (kind !== 'name') return -1;
    }
    return -1;
  }

  /** `$x{3}`: an element, as old PHP has it. */
  protected elementInBraces(start: number): boolean {
    return (
      this.p === start + 1 &&
      this.tokens[start]!.kind === 'name' &&
      this.pairs[this.p]! <= this.p + 4 &&
      this.tokens[this.p + 1]?.kind === 'number'
    );
  }
}
