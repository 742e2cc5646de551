import type { Story } from '../story.ts';

export const healthy: Story = {
  name: 'healthy',
  what: 'Nothing happens but work, monitoring and the noise of the internet.',
  sources: [],
  from: '2021-02-24',
  days: 21,
  builds: { before: '15.1.2176.2', after: '15.1.2176.9' },
  patchedAt: 0.36,
  intruders: {},
  chapters: [],
  expect: {
    answer: 'no_evidence',
    stage: null,
    intruders: 0,
    why: 'nothing was asked that an intruder asks, and all books are there',
  },
};
