import type { Expr } from './rule.ts';
import type { RuleCode } from './rule-codes.ts';
import { globMatcher, parsePattern } from './wildcards.ts';

/** Where a condition goes wrong, in characters of the condition's text. */
export class ConditionError extends Error {
  readonly at: number;
  readonly length: number;
  readonly fix: string;
  readonly code: RuleCode;

  constructor(message: string, at: number, length: number, fix: string, code: RuleCode = 'rule.condition') {
    super(message);
    this.code = code;
    this.at = at;
    this.length = Math.max(1, length);
    this.fix = fix;
  }
}

interface Token {
  readonly text: string;
  readonly at: number;
}

const deepest = 64;

const longest = 20_000;
const name = /[()]|[\w*?.-]+/y;

function tokens(condition: string): Token[] {
  const found: Token[] = [];
  if (condition.length > longest)
    throw new ConditionError('the condition is longer than any', 0, 1, 'split the rule', 'rule.large');
  for (let at = 0; at < condition.length;) {
    if (/\s/.test(condition[at]!)) {
      at++;
      continue;
    }
    name.lastIndex = at;
    const text = name.exec(condition)?.[0];
    if (text === undefined) {
      const fix =
        condition[at] === '|'
          ? 'aggregations after `|` belong to the old Sigma and are not supported: use a correlation, or leave it out'
          : 'use names of selections, and, or, not, parentheses, `1 of …`, `all of …`';
      throw new ConditionError(
        `\`${condition[at]!}\` has no meaning in a condition`,
        at,
        1,
        fix,
        condition[at] === '|' ? 'rule.aggregation' : 'rule.condition',
      );
    }
    found.push({ text, at });
    at += text.length;
  }
  return found;
}

/**
 * `not` binds strongest, then `and`, then `or`. A pattern (`sel_*`, `them`) takes the selections that fit; `them` leaves out names
 * that begin with an underscore.
 */
export function parseCondition(condition: string, selections: ReadonlyMap<string, Expr>): Expr {
  const list = tokens(condition);
  let position = 0;
  const end = condition.length;
  const peek = (): string | undefined => list[position]?.text.toLowerCase();
  const here = (): Token => list[position] ?? { text: '', at: end };
  const expected = (what: string): ConditionError => {
    const { text, at } = here();
    return new ConditionError(
      text === '' ? `${what} is missing at the end` : `${what} is needed here, not \`${text}\``,
      at,
      text.length,
      'a condition reads like `selection and not 1 of filter_*`',
    );
  };

  const names = (pattern: Token): Expr[] => {
    const them = pattern.text.toLowerCase() === 'them';
    const fits = globMatcher(parsePattern(pattern.text), true);
    const found = [...selections].filter(([name]) => (them ? !name.startsWith('_') : fits(name)));
    if (found.length === 0) {
      throw new ConditionError(
        `no selection fits \`${pattern.text}\``,
        pattern.at,
        pattern.text.length,
        `selections here: ${[...selections.keys()].join(', ') || 'none'}`,
        'rule.condition_name',
      );
    }
    return found.map(([, expr]) => expr);
  };

  const atom = (depth: number): Expr => {
    if (depth > deepest)
      throw new ConditionError('too many parentheses', here().at, 1, `${deepest} levels are the limit`, 'rule.deep');
    const word = peek();
    if (word === '(') {
      position++;
      const inner = either(depth + 1);
      if (peek() !== ')') throw expected('`)`');
      position++;
      return inner;
    }
    if (word === 'not') {
      position++;
      return { kind: 'not', of: atom(depth + 1) };
    }
    if (word === undefined || word === ')' || word === 'and' || word === 'or' || word === 'of')
      throw expected('the name of a selection');
    const token = list[position++]!;
    if (peek() === 'of') {
      const least = word === 'any' ? 1 : word === 'all' ? 0 : /^[1-9]\d?$/.test(word) ? Number(word) : -1;
      if (least === -1) {
        throw new ConditionError(
          `\`${token.text} of\` is not supported`,
          token.at,
          token.text.length,
          'use `1 of`, `any of`, `all of` or a number up to 99',
        );
      }
      position++;
      const pattern = list[position];
      if (pattern === undefined || /^[()]$/.test(pattern.text)) throw expected('a pattern of names, or `them`');
      position++;
      const among = names(pattern);
      if (least === 0) return combine('and', among);
      if (least === 1) return combine('or', among);
      if (least > among.length)
        throw new ConditionError(
          `only ${among.length} selections fit \`${pattern.text}\``,
          token.at,
          token.text.length,
          'ask for fewer',
          'rule.condition_name',
        );
      return leastOf(least, among, token);
    }
    const selection = selections.get(token.text);
    if (selection === undefined) {
      throw new ConditionError(
        `there is no selection \`${token.text}\``,
        token.at,
        token.text.length,
        `selections here: ${[...selections.keys()].join(', ') || 'none'}`,
        'rule.condition_name',
      );
    }
    return selection;
  };
  const both = (depth: number): Expr => {
    const parts = [atom(depth)];
    while (peek() === 'and') {
      position++;
      parts.push(atom(depth));
    }
    return combine('and', parts);
  };
  const either = (depth: number): Expr => {
    const parts = [both(depth)];
    while (peek() === 'or') {
      position++;
      parts.push(both(depth));
    }
    return combine('or', parts);
  };

  const whole = either(0);
  if (position < list.length) throw expected('`and` or `or`');
  return whole;
}

const mostCombinations = 2000;

/** At least so many of them: every choice of so many, joined by `or`. */
function leastOf(least: number, among: readonly Expr[], { at, text }: Token): Expr {
  let choices: (readonly Expr[])[] = [[]];
  for (const [index, expr] of among.entries()) {
    const left = among.length - index - 1;
    choices = choices.flatMap((choice) => [
      ...(choice.length + left >= least ? [choice] : []),
      ...(choice.length < least ? [[...choice, expr]] : []),
    ]);
    if (choices.length > mostCombinations)
      throw new ConditionError('too many selections to choose from', at, text.length, 'write the condition out', 'rule.large');
  }
  return combine(
    'or',
    choices.map((choice) => combine('and', choice)),
  );
}

/** One child stands for itself; nested nodes of the same kind become one. */
export function combine(kind: 'and' | 'or', parts: readonly Expr[]): Expr {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  return flat.length === 1 ? flat[0]! : { kind, of: flat };
}
