import type { Expr } from './rule.ts';

function costOf(expr: Expr): number {
  switch (expr.kind) {
    case 'match':
      return expr.test.how === 're' ? 1000 : expr.test.how === 'glob' ? 30 : 1;
    case 'not':
      return costOf(expr.of);
    case 'and':
    case 'or':
      return expr.of.reduce((sum, child) => sum + costOf(child), 0);
  }
}

/**
 * The same expression with what is cheap to tell first: a status or a method decides most rules before a regular expression is
 * asked. `and` and `or` mean the same in any order, with "cannot tell" too.
 */
export function cheapFirst(expr: Expr): Expr {
  switch (expr.kind) {
    case 'match':
      return expr;
    case 'not':
      return { kind: 'not', of: cheapFirst(expr.of) };
    case 'and':
    case 'or': {
      const of = expr.of.map(cheapFirst);
      return { kind: expr.kind, of: of.sort((a, b) => costOf(a) - costOf(b)) };
    }
  }
}
