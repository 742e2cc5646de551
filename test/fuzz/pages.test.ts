/**
 * Pages put together from pieces of pages: of several languages, cut anywhere, bytes changed. Whatever comes out is read to its end, and what is
 * told of it holds together. A fixed number of rounds from a fixed seed; AFTERPATCH_FUZZ_SECONDS and AFTERPATCH_FUZZ_SEED as for the readers.
 */
import { expect, test } from 'vitest';
import { backDoors, bytesOf, ordinary } from '../../src/pages/pages.fixture.ts';
import { readPage } from '../../src/pages/index.ts';

const seconds = Number(process.env['AFTERPATCH_FUZZ_SECONDS'] ?? 0);
const rounds = 400;
const pages = [...backDoors, ...ordinary].map((page) => ({ name: page.name, bytes: bytesOf(page) }));
const scraps = [
  '<%',
  '%>',
  '<?php',
  '?>',
  '"',
  "'",
  '`',
  '(',
  ')',
  '{',
  '}',
  '[',
  '$',
  '$$',
  '${',
  '/*',
  '*/',
  '\\u00',
  '@"',
  '$"',
  '<<<A\n',
  '+',
  '&',
  '.',
  '=>',
  '&H',
  '#@~^',
  '\0',
  '+AD',
  'é',
];

function randomFrom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test('pages of pieces', () => {
  const random = randomFrom(Number(process.env['AFTERPATCH_FUZZ_SEED'] ?? 20210303));
  const until = Date.now() + seconds * 1000;
  const grades = { 'back-door': 0, doubtful: 0, none: 0 };
  for (let round = 0; round < rounds || Date.now() < until; round++) {
    const parts: number[] = [];
    for (let pieces = 1 + random(4); pieces > 0; pieces--) {
      const { bytes } = pages[random(pages.length)]!;
      const at = random(bytes.length);
      const times = random(8) === 0 ? 1 + random(40) : 1;
      for (let i = 0; i < times; i++) parts.push(...bytes.subarray(at, at + 1 + random(bytes.length)));
      if (random(2) === 0) parts.push(...new TextEncoder().encode(scraps[random(scraps.length)]));
    }
    for (let changes = random(4); changes > 0; changes--) parts[random(parts.length)] = random(256);
    const bytes = Uint8Array.from(parts);
    const facts = readPage(bytes, pages[random(pages.length)]!.name);
    if (facts === null) continue;
    grades[facts.grade]++;
    expect(facts.sinks.length).toBeLessThanOrEqual(40);
    expect(facts.codeLength).toBeGreaterThanOrEqual(0);
    if (facts.grade === 'none') expect(facts.capabilities).toEqual([]);
    if (facts.decisive !== null) {
      expect(facts.decisive.atByte).toBeLessThanOrEqual(bytes.length + 8);
      expect(facts.decisive.byteLength).toBeGreaterThanOrEqual(0);
    }
  }
  // It is not nothing that was read.
  expect(Math.min(grades['back-door'], grades.none)).toBeGreaterThan(5);
});
