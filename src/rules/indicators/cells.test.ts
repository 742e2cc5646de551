import { expect, test } from 'vitest';
import { rowsOf, separatorOf } from './cells.ts';

const cells = (text: string): (readonly string[])[] => [...rowsOf(text, ',')].map((row) => row.cells);

test('quotes, blanks, ends of lines', () => {
  expect(cells('a, "b,c" ,d\r\n"e""f","g\nh",i\n\nj,')).toEqual([['a', 'b,c', 'd'], ['e"f', 'g\nh', 'i'], [''], ['j', '']]);
  expect([...rowsOf('a,"b\nc"\nd', ',')].map(({ line }) => line)).toEqual([1, 3]);
  expect(separatorOf(['a;b', 'c;d', 'e'])).toBe(';');
});

test('a line of very many cells, and very many lines without a second one, are read in one pass', () => {
  const [row, ...rest] = cells(`${','.repeat(2_000_000)}\nb`);
  expect([row!.length, rest]).toEqual([256, [['b']]]);
  expect(cells(`${'a,b\n'.repeat(200)}${'x\n'.repeat(200_000)}`)).toHaveLength(200_200);
});
