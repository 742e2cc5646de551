import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field, Layout } from '../core/record.ts';
import { percentDecode } from '../core/text.ts';
import { compileRules } from './compile.ts';
import { compareNumber, Matchers, truthOf } from './evaluate.ts';
import { fold } from './fold.ts';
import { MemoryRows, type PlainRow } from './memory-rows.ts';
import type { Expr, GlobPart, Rule, Test } from './rule.ts';
import { TupleJudge } from './tuple-judge.ts';

// Rows and rules share a small alphabet, so that they meet often. `q` and `p` are percent-coded by the client.
const fieldNames = ['m', 'p', 's', 'q', 'u', 'n'];
const percentNames = new Set(['p', 'q']);
const layout: Layout = {
  hash: 'x',
  logSource: 'test',
  fields: fieldNames.map((name): Field => ({
    name,
    type: 'text',
    writtenBy: 'client',
    ...(percentNames.has(name) ? { percent: true } : {}),
  })),
};
const groups = [['m', 'p'], ['s']];

const letters = fc.constantFrom('a', 'b', 'A', 'ä', 'Ä', 'Σ', 'K', '1', '2', '%', '%41', '%C3%A4', '/', '.', '~');
const text = fc.array(letters, { maxLength: 6 }).map((parts) => parts.join(''));
const needle = fc.array(letters, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
const glob = fc
  .array(
    fc.oneof(
      needle.map((value): GlobPart => ({ kind: 'text', text: value })),
      fc.constant<GlobPart>({ kind: 'any' }),
      fc.constant<GlobPart>({ kind: 'one' }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.filter((part, i) => part.kind !== 'any' || parts[i - 1]?.kind !== 'any'));
const oneTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ how: fc.constantFrom('is', 'starts', 'ends', 'contains'), text: needle, cased: fc.boolean() }),
  fc.record({ how: fc.constant('glob' as const), parts: glob, cased: fc.boolean() }),
  fc.record({
    how: fc.constant('re' as const),
    source: fc.constantFrom('a+b', '^a.*b$', '[0-9]{2}', 'ä|/'),
    ignoreCase: fc.boolean(),
    dotAll: fc.constant(false),
  }),
  fc.constant<Test>({ how: 'exists' }),
  fc.constant<Test>({ how: 'empty' }),
  fc.record({ how: fc.constantFrom('lt', 'lte', 'gt', 'gte'), number: fc.integer({ min: 0, max: 30 }) }),
);
const { expr } = fc.letrec<{ expr: Expr; match: Expr }>((tie) => ({
  match: fc.record({ kind: fc.constant('match' as const), field: fc.constantFrom(...fieldNames), test: oneTest }),
  expr: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('match'),
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      of: fc.array(tie('expr'), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Expr>,
    fc.record({ kind: fc.constant('not' as const), of: tie('expr') }),
  ),
}));
const row: fc.Arbitrary<PlainRow> = fc.record(
  Object.fromEntries(fieldNames.map((name) => [name, fc.oneof(fc.constant(null), text, fc.constantFrom('12', '1', 'ab'))])),
);

const ruleOf = (id: number, made: Expr): Rule => ({
  id: `r${id}`,
  file: `r${id}.yml`,
  uuid: null,
  title: '',
  description: null,
  status: null,
  level: null,
  author: null,
  references: [],
  falsepositives: [],
  tags: [],
  logSource: 'test',
  expr: made,
});

/** The meaning of a rule, said a second time without literals, tuples or program. */
function plainly(made: Expr, values: PlainRow): boolean {
  switch (made.kind) {
    case 'and':
      return made.of.every((child) => plainly(child, values));
    case 'or':
      return made.of.some((child) => plainly(child, values));
    case 'not':
      return !plainly(made.of, values);
    case 'match': {
      const value = values[made.field] ?? '';
      const one = made.test;
      if (one.how === 'empty') return value === '';
      if (value === '') return false;
      if (one.how === 'exists') return true;
      if (one.how === 'lt' || one.how === 'lte' || one.how === 'gt' || one.how === 'gte')
        return compareNumber(one.how, value, one.number);
      return [value, percentNames.has(made.field) ? percentDecode(value) : value].some((form) => {
        if (one.how === 're') return new RegExp(one.source, one.ignoreCase ? 'i' : '').test(form);
        if (!('cased' in one) || one.how === 'ref') throw new Error('not generated here');
        const insensitive = (text_: string): string => (one.cased ? text_ : fold(text_));
        if (one.how === 'glob') {
          const source = one.parts.map((part) =>
            part.kind === 'any' ? '[^]*' : part.kind === 'one' ? '[^]' : insensitive(part.text).replace(/[^\w]/gu, '\\$&'),
          );
          return new RegExp(`^${source.join('')}$`).test(insensitive(form));
        }
        const [whole, part] = [insensitive(form), insensitive(one.text)];
        if (one.how === 'is') return whole === part;
        return one.how === 'starts' ? whole.startsWith(part) : one.how === 'ends' ? whole.endsWith(part) : whole.includes(part);
      });
    }
  }
}

test('selecting by literals or tuples, then matching, finds exactly what brute force finds', () => {
  fc.assert(
    fc.property(fc.array(expr, { minLength: 1, maxLength: 6 }), fc.array(row, { minLength: 1, maxLength: 8 }), (exprs, plain) => {
      const rules = exprs.map((made, id) => ruleOf(id, made));
      const detector = compileRules(rules, 'test', groups, 100);
      const rows = new MemoryRows(detector.demand, layout, plain);
      for (const [index, values] of plain.entries()) {
        const wanted = rules.flatMap((rule, id) => (plainly(rule.expr, values) ? [id] : []));
        const found = rows.selected(index, detector) ? detector.match(rows, index) : [];
        expect(found).toEqual(wanted);
      }
    }),
    { numRuns: 3000 },
  );
});

test('what can be true of a tuple is what is not false of it', () => {
  const fields = ['m', 'p', 's'];
  let open = 0;
  fc.assert(
    fc.property(
      fc.array(expr, { minLength: 1, maxLength: 5 }),
      fc.array(row, { minLength: 1, maxLength: 12 }),
      (exprs, plain) => {
        const matchers = new Matchers();
        // Another judge asks other things of the same values, and so may one that comes later.
        const others = [1, 2].map((from) => new TupleJudge(fields.toReversed(), exprs.slice(from), matchers));
        const judge = new TupleJudge(fields, exprs, matchers);
        for (const values of plain)
          for (const other of others) other.any(fields.map((name) => values[name] || null).toReversed());
        for (const values of plain) {
          const tuple = fields.map((name) => values[name] || null);
          const known = (name: string): string | null | undefined => {
            const at = fields.indexOf(name);
            return at === -1 ? undefined : tuple[at];
          };
          const can = exprs.map((one) => truthOf(one, known, matchers) !== false);
          expect(judge.any(tuple)).toBe(can.includes(true));
          expect(judge.bits(tuple)).toBe(can.reduce((bits, one, index) => bits | (one ? 2 << index : 0), 0));
          if (!can.includes(true)) open++;
        }
      },
    ),
    { numRuns: 1000 },
  );
  // Some tuples rule everything out, or nothing was tried.
  expect(open).toBeGreaterThan(100);
});

test('rules are plain data and the hash follows their content', () => {
  fc.assert(
    fc.property(expr, expr, (a, b) => {
      expect(structuredClone(ruleOf(0, a))).toEqual(ruleOf(0, a));
      const hashOf = (made: Expr): string => compileRules([ruleOf(0, made)], 'test', groups, 100).demand.hash;
      expect(hashOf(a)).toBe(hashOf(structuredClone(a)));
      expect(hashOf(a) === hashOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 200 },
  );
});
