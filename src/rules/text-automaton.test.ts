import { expect, it } from 'vitest';
import { TextAutomaton } from './text-automaton.ts';

/** Numbers that look like none in particular, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % below;
}

it.each([
  ['few texts, a table of all states', 40, 'abc'],
  ['many texts, rows of their own for the states that are passed most', 6000, 'abcdefghijklmnopqrstuvwxyz\\.-_ 0123456789'],
  ['texts beyond ASCII', 300, 'abé\u4e00'],
])('%s: every place where a text ends is told', (_what, count, letters) => {
  const next = numbers(count);
  const word = (most: number): string => Array.from({ length: 1 + next(most) }, () => letters[next(letters.length)]!).join('');
  const texts = [...new Set(Array.from({ length: count }, () => word(24)))];
  const automaton = new TextAutomaton(texts);
  let places = 0;
  for (let turn = 0; turn < 30; turn++) {
    // Words, beginnings of words, and what stands in none.
    const value = Array.from(
      { length: 12 },
      () => texts[next(texts.length)]!.slice(0, 1 + next(24)) + (next(4) === 0 ? 'É' : word(3)),
    ).join('');
    const told: string[] = [];
    automaton.scan(value, (text, end) => told.push(`${end} ${texts[text]}`));
    const wanted: string[] = [];
    for (const text of texts)
      for (let at = value.indexOf(text); at !== -1; at = value.indexOf(text, at + 1)) wanted.push(`${at + text.length} ${text}`);
    expect(told.sort()).toEqual(wanted.sort());
    places += told.length;
  }
  expect(places).toBeGreaterThan(100);
});
