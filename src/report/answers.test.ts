import { expect, test } from 'vitest';
import { implanted } from './assessments.fixture.ts';
import { inOrderOfProof } from './answers.ts';

test('what rules of others say of an intruder stands behind all that is proven, and before what has no stage', () => {
  const finding = (id: string, rule: string, stage: 'none' | 'implanted' | 'operated', timeUtc: string | null = null) => ({
    ...implanted.findings[0]!,
    id,
    rule,
    stage,
    timeUtc,
  });
  const sorted = inOrderOfProof([
    finding('a', 'other/1', 'operated', '2021-03-01T00:00:00.000Z'),
    finding('b', 'other/2', 'none'),
    finding('c', 'web-shell/page', 'implanted'),
    finding('d', 'together/orders', 'operated'),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b']);
});
