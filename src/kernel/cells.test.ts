import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cells, cellText, splitCsv, splitSpaces } from './cells.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const textsOf = (bytes: Uint8Array, cells: Cells): string[] =>
  Array.from({ length: cells.count }, (_, i) => cellText(bytes, cells.starts[i]!, cells.ends[i]!, cells.marks[i]!));

function csv(text: string, torn = false): { readonly closed: boolean; readonly texts: string[] } {
  const cells = new Cells();
  const bytes = encode(text);
  const closed = splitCsv(bytes, 0, bytes.length, cells, torn);
  return { closed, texts: textsOf(bytes, cells) };
}

describe('commas', () => {
  test.each([
    ['a,b', true, ['a', 'b']],
    ['', true, ['']],
    [',', true, ['', '']],
    ['"a,b",c', true, ['a,b', 'c']],
    ['"a""b","",""""', true, ['a"b', '', '"']],
    ['a"b",c', true, ['a"b"', 'c']],
    ['"a"b,c', true, ['"a"b', 'c']],
    ['"open,b,"c"', true, ['"open,b,"c"']],
    ['x,"open,b', false, ['x', '"open', 'b']],
    ['"', false, ['"']],
  ])('%s', (text, closed, texts) => {
    expect(csv(text)).toEqual({ closed, texts });
  });
  test('a torn line: the open value runs to the end', () => {
    expect(csv('x,"a,""b', true)).toEqual({ closed: false, texts: ['x', 'a,"b'] });
  });
  test('what is written by the rules is read back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ maxLength: 8 }).filter((text) => !/[\ud800-\udfff]/.test(text)),
          { minLength: 1, maxLength: 6 },
        ),
        (values) => {
          const line = values.map((value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
          expect(csv(line)).toEqual({ closed: true, texts: values });
        },
      ),
    );
  });
  test('a line of quotes costs no more than its length', () => {
    const began = performance.now();
    csv(`${',"a'.repeat(300_000)}`);
    csv('"'.repeat(999_999));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

test('blanks: any number of cells, a limit, joining, collapsing', () => {
  const cells = new Cells();
  const line = encode(Array.from({ length: 10_000 }, (_, i) => i).join(' '));
  splitSpaces(line, 0, line.length, cells);
  expect([cells.count, textsOf(line, cells)[4095], textsOf(line, cells)[4096]!.startsWith('4096 4097')]).toEqual([
    4097,
    '4095',
    true,
  ]);
  const odd = encode('a  b c d');
  splitSpaces(odd, 0, odd.length, cells);
  expect(textsOf(odd, cells)).toEqual(['a', '', 'b', 'c', 'd']);
  cells.collapse();
  expect(textsOf(odd, cells)).toEqual(['a', 'b', 'c', 'd']);
  cells.join(1, 2);
  expect(textsOf(odd, cells)).toEqual(['a', 'b c', 'd']);
});

test('joined cells keep the quotes between them', () => {
  const cells = new Cells();
  const bytes = encode('x,"a",b,"c",y');
  splitCsv(bytes, 0, bytes.length, cells, false);
  cells.join(1, 3);
  expect(textsOf(bytes, cells)).toEqual(['x', '"a",b,"c"', 'y']);
});
