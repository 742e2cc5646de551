/** How strongly operators bind, and what they make of two values. */
import { xoredValues } from './known-calls.ts';
import { arithmetic, asText, number } from './operators.ts';
import type { PageLanguage } from './page-facts.ts';
import { isBasic, type Token } from './token-source.ts';
import { madeLimit } from './unfold.ts';
import { from, joined, mixed, textValue, type Value, wordsValue } from './value.ts';

/** How strongly an operator binds; 0: it is none. */
export function binding(operator: string, kind: Token['kind'], language: PageLanguage): number {
  const basic = isBasic(language);
  if (kind === 'name') {
    switch (operator) {
      case 'or':
      case 'orelse':
      case 'xor':
        return 1;
      case 'and':
      case 'andalso':
        return 2;
      case 'instanceof':
      case 'is':
      case 'isnot':
      case 'like':
        return 3;
      case 'mod':
        return basic ? 8 : 0;
      default:
        return 0;
    }
  }
  switch (operator) {
    case '??':
    case '||':
      return 1;
    case '&&':
      return 2;
    case '==':
    case '!=':
    case '===':
    case '!==':
    case '<':
    case '>':
    case '<=':
    case '>=':
    case '<>':
    case '<=>':
      return 3;
    case '=':
      return basic ? 3 : 0;
    case '|':
      return 4;
    case '^':
      return 4.3;
    case '&':
      return basic ? 6 : 4.6;
    case '<<':
    case '>>':
    case '>>>':
      return 5;
    case '.':
      return language === 'php' ? 7 : 0;
    case '+':
    case '-':
      return 7;
    case '*':
    case '/':
    case '%':
    case '\\':
      return 8;
    default:
      return 0;
  }
}

/** What an operator makes of two values. */
export function combined(operator: string, left: Value, right: Value, at: number, language: PageLanguage): Value {
  const basic = isBasic(language);
  const php = language === 'php';
  switch (operator) {
    case '.':
      return php ? joined(asText(left), asText(right), madeLimit) : mixed(left, right);
    case '&':
      if (basic) return joined(unset(left, language), unset(right, language), madeLimit);
      return (php ? xoredValues(asText(left), asText(right), '&') : null) ?? arithmetic(operator, left, right, at);
    case '+':
      if (left.path === number && right.path === number) return arithmetic(operator, left, right, at);
      return php ? mixed(left, right) : joined(left, right, madeLimit);
    case '^': {
      const text = php ? xoredValues(asText(left), asText(right), '^') : xoredValues(left, right, '^');
      if (text !== null) return text;
      const sum = arithmetic(operator, left, right, at);
      return sum.path === number ? sum : { ...sum, words: sum.words | from.decoded };
    }
    case '|':
      if (php) {
        const text = xoredValues(asText(left), asText(right), '|');
        if (text !== null) return text;
      }
      return arithmetic(operator, left, right, at);
    case '-':
    case '*':
    case '/':
    case '%':
    case '\\':
    case 'mod':
    case '<<':
    case '>>':
      return arithmetic(operator, left, right, at);
    case '==':
    case '!=':
    case '===':
    case '!==':
    case '<':
    case '>':
    case '<=':
    case '>=':
    case '<>':
    case '<=>':
    case '=':
    case 'is':
    case 'isnot':
    case 'like':
    case 'instanceof':
      if (left.text !== null && right.text !== null && (operator === '==' || operator === '===' || operator === '!='))
        return { ...textValue((left.text === right.text) === operator.startsWith('=') ? '1' : '0', at), path: number };
      return wordsValue(from.unknown | from.narrowed, at);
    case 'or':
    case '||':
    case '??':
      // `open(…) or die(…)`
      return { ...mixed(left, right), path: left.path === right.path || right.path === '' ? left.path : '' };
    default:
      return { ...mixed(left, right), path: left.path === right.path ? left.path : '' };
  }
}

/** A name that nothing explains is an empty text in VBScript. */
function unset(value: Value, language: PageLanguage): Value {
  return language === 'vbscript' &&
    value.text === null &&
    value.parts === null &&
    value.words === 0 &&
    /^[a-z_]\w{0,60}$/.test(value.path)
    ? textValue('', value.at)
    : value;
}
