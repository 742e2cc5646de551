import { expect, test } from 'vitest';
import { workTold } from './work-told.ts';

const nothing = {
  taken: 0,
  takenBytes: 0,
  anew: { artifacts: 0, blocks: 0, read: 0 },
  refused: new Map(),
  strange: 0,
  full: null,
};

test('what was taken and what was asked anew are one sentence: neither says that the other was read', () => {
  expect(workTold({ ...nothing, taken: 2, takenBytes: 3e6 }, true)).toEqual([
    'Taken from the last run: 2 files of 3.0 MB. All others were read.',
  ]);
  expect(workTold({ ...nothing, anew: { artifacts: 22, blocks: 62, read: 0 } }, true)).toEqual([
    'Taken from the last run: 0 files of 0.0 MB as they are, and 22 files of which something else is asked now: none of their 62 blocks can hold it. All others were read.',
  ]);
  expect(workTold({ ...nothing, anew: { artifacts: 1, blocks: 3, read: 1 }, refused: new Map([['answers', 20]]) }, true)).toEqual(
    [
      'Taken from the last run: 0 files of 0.0 MB as they are, and 1 file of which something else is asked now: 1 of their 3 blocks can hold it and was read. All others were read.',
      'Not taken: 20 files: each of their blocks may hold what is asked now, or holds what an indicator of the last run met.',
    ],
  );
});
