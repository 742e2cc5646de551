/** Expressions: operands, what stands before them, and the operators that join them. */
import { binding, combined } from './combining.ts';
import { depthLimit } from './cursor.ts';
import { inverted, number } from './operators.ts';
import { Scopes, type Target } from './scopes.ts';
import { madeLimit } from './unfold.ts';
import { from, hiddenBy, joined, mixed, nothing, passed, textValue, type Value, wordsValue } from './value.ts';

const unaryMarks: ReadonlySet<string> = new Set(['-', '+', '!', '~', '@', '&', '++', '--', '*', '^']);
/** Words that are no name of something that is declared. */
export const notNames: ReadonlySet<string> = new Set(
  'in is as and or xor instanceof else catch finally where when insteadof then mod'.split(' '),
);

export abstract class Operands extends Scopes {
  protected target: Target | null = null;

  protected abstract postfix(statement: boolean): Value;

  protected expression(): Value {
    if (this.depth >= depthLimit) return this.tooDeep();
    this.depth++;
    const value = this.continued(this.operand(), 0);
    this.depth--;
    return value;
  }

  protected tooDeep(): Value {
    this.cut = true;
    const pair = this.pairs[this.p] ?? -1;
    this.p = pair > this.p ? Math.min(pair + 1, this.tokens.length) : this.p + 1;
    return wordsValue(from.unknown, 0);
  }

  /** What is read within what is read, however many marks, casts or names of names stand one before the other. */
  protected deeper(read: () => Value): Value {
    if (this.depth >= depthLimit) return this.tooDeep();
    this.depth++;
    const value = read();
    this.depth--;
    return value;
  }

  protected operand(): Value {
    let at = this.tokens[this.p]?.at ?? 0;
    let [value, target] = this.targeted();
    if (this.basic) return value;
    let mark = this.tokens[this.p];
    // `T x = …`: a type stands before the name. Of names in a row each may be a type: there can be as many as a page has words.
    while (
      mark?.kind === 'name' &&
      (this.language === 'csharp' || this.language === 'java') &&
      value.path !== '' &&
      !notNames.has(mark.value)
    ) {
      // What has a bracket behind it is a function.
      if (!this.isAt(this.p + 1, '(')) this.set(mark.value, { ...nothing, path: this.calls.typeName(value.path) });
      at = mark.at;
      [value, target] = this.targeted();
      mark = this.tokens[this.p];
    }
    if (mark?.kind !== 'mark' || target === null) return value;
    if (mark.value === '=') {
      this.p++;
      const given = this.expression();
      this.assign(target, given, value, at);
      return given;
    }
    if (mark.value.length === 2 && mark.value.endsWith('=') && '.+-&|^*/%'.includes(mark.value[0]!)) {
      this.p++;
      const given = this.expression();
      const sum = mark.value === '.=' || mark.value === '+=' ? joined(value, given, madeLimit) : mixed(value, given);
      this.assign(target, sum, value, at);
      return sum;
    }
    if (mark.value === '??=') {
      this.p++;
      const given = this.expression();
      this.assign(target, mixed(value, given), value, at);
      return given;
    }
    return value;
  }

  /** A value, and what of the page's own it is. */
  private targeted(): [Value, Target | null] {
    this.target = null;
    const value = this.unary();
    const target = this.target as Target | null;
    this.target = null;
    return [value, target];
  }

  /** What stands behind an operand, as far as its operators bind at least so strongly. */
  protected continued(first: Value, least: number): Value {
    let value = first;
    for (;;) {
      const token = this.tokens[this.p];
      if (token === undefined) return value;
      const operator = token.kind === 'mark' ? token.value : token.kind === 'name' ? token.value.toLowerCase() : '';
      if (operator === '?' && !this.basic && least === 0) {
        this.p++;
        // `a ?: b`
        const yes = this.is(':') ? value : this.expression();
        if (this.is(':')) this.p++;
        const no = this.expression();
        value = mixed(yes, no);
        continue;
      }
      const binds = binding(operator, token.kind, this.language);
      if (binds === 0 || binds < least) return value;
      this.p++;
      if (this.depth >= depthLimit) return this.tooDeep();
      this.depth++;
      const right = this.continued(this.operand(), binds + 0.1);
      this.depth--;
      value = combined(operator, value, right, token.at, this.language);
    }
  }

  protected unary(): Value {
    let casts = 0;
    for (;;) {
      const token = this.tokens[this.p];
      if (token === undefined) return nothing;
      if (token.kind === 'mark' && unaryMarks.has(token.value)) {
        this.p++;
        if (token.value === '-' && this.tokens[this.p]?.kind === 'number') {
          const value = this.tokens[this.p++]!;
          return { ...textValue(`-${value.value}`, value.at), path: number };
        }
        if (token.value === '!') casts |= from.narrowed;
        if (token.value === '~' && this.php) {
          const value = this.deeper(() => this.unary());
          return value.text === null
            ? { ...passed(value), words: value.words | from.decoded }
            : hiddenBy({ ...value, text: inverted(value.text) }, 'encrypted');
        }
        continue;
      }
      if (token.kind === 'name') {
        const word = token.value.toLowerCase();
        if (word === 'not' && this.basic) {
          this.p++;
          continue;
        }
        if (
          word === 'await' ||
          word === 'clone' ||
          word === 'throw' ||
          word === 'byval' ||
          word === 'ref' ||
          word === 'out' ||
          word === 'yield' ||
          word === 'addressof'
        ) {
          const next = this.tokens[this.p + 1];
          if (next !== undefined && (next.kind === 'name' || next.kind === 'text')) {
            this.p++;
            continue;
          }
        }
        if (this.php && /^(?:include|require)(?:_once)?$/.test(word)) {
          this.p++;
          const value = this.expression();
          this.calls.included(word, value, token.at);
          return passed(value, from.unknown);
        }
        if (this.php && (word === 'print' || word === 'echo')) {
          this.p++;
          return this.expression();
        }
      }
      break;
    }
    const value = this.postfix(false);
    return casts === 0 ? value : wordsValue(from.unknown | from.narrowed, value.at);
  }
}
