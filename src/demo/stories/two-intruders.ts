import { firstLook, looksForPages, orders, pageRequest, readSteps, sessionSteps, tools, writeSteps } from './forged-anchor.ts';
import type { Story } from '../story.ts';

export const twoIntruders: Story = {
  name: 'two-intruders',
  what: 'Two write pages of their own, days apart, and both use them; a third only looks for what others have left.',
  sources: [
    'https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md',
    'https://redcanary.com/blog/threat-intelligence/microsoft-exchange-attacks/',
  ],
  from: '2021-02-24',
  days: 14,
  builds: { before: '15.1.2176.2', after: '15.1.2176.9' },
  patchedAt: 0.8,
  intruders: {
    first: { page: '/owa/auth/{RANDOM8}.aspx' },
    second: { page: '/aspnet_client/system_web/{RANDOM8}.aspx' },
    visitor: {},
  },
  chapters: [
    {
      name: 'writes',
      by: 'first',
      at: [0.25, 0.33],
      steps: [...sessionSteps, ...readSteps, ...writeSteps, firstLook(true, tools.python)],
    },
    { name: 'orders', by: 'first', at: [0.38, 0.44], steps: [orders(true, tools.crawler, [5, 9], [8, 200])] },
    {
      name: 'writes',
      by: 'second',
      at: [0.48, 0.55],
      steps: [
        ...sessionSteps,
        ...readSteps,
        ...writeSteps,
        firstLook(false, tools.python),
        orders(false, tools.python, [3, 6], [10, 60]),
      ],
    },
    { name: 'looks', by: 'visitor', at: [0.6, 0.65], steps: looksForPages },
    { name: 'comes-back', by: 'first', at: [0.67, 0.75], steps: [orders(true, tools.crawler, [4, 8], [8, 200])] },
    {
      name: 'comes-back',
      by: 'second',
      at: [0.85, 0.95],
      steps: [{ ...orders(false, tools.python, [3, 7], [10, 60]), request: pageRequest(false, 'POST', tools.python, 200) }],
    },
  ],
  expect: {
    answer: 'confirmed',
    stage: 'operated',
    intruders: 2,
    why: 'two pages, two sessions, two keys; the third left nothing',
  },
};
