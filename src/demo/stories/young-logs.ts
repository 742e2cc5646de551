import type { Story } from '../story.ts';

export const youngLogs: Story = {
  name: 'young-logs',
  what: 'Somebody was in before the oldest log begins; since then nothing is to be seen.',
  sources: ['https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md'],
  from: '2021-03-12',
  days: 10,
  builds: { before: '15.1.2176.9', after: '15.1.2176.9' },
  patchedAt: null,
  intruders: {},
  chapters: [],
  before:
    'On 28 February 2021 a page was written; on 4 March it was given orders; on 9 March the update came. No row of these days is left.',
  expect: { answer: 'cannot_tell', stage: null, intruders: 0, why: 'nothing here could have shown the days that count' },
};
