import { check, firstLook, looksForPages, orders, readSteps, sessionSteps, tools, writeSteps } from './forged-anchor.ts';
import type { Chapter, Story } from '../story.ts';

const writes = (by: string, at: Chapter['at'], owa: boolean): Chapter => ({
  name: 'writes',
  by,
  at,
  steps: [...sessionSteps, ...readSteps, ...writeSteps, firstLook(owa, tools.python)],
});
const uses = (by: string, at: Chapter['at'], owa: boolean, agent: string): Chapter => ({
  name: 'orders',
  by,
  at,
  steps: [orders(owa, agent, [3, 8], [8, 200])],
});

export const mixedIntruders: Story = {
  name: 'mixed-intruders',
  what: 'Two to five write pages of their own within days, some of them from behind one exit, their visits interleaved; two only look.',
  sources: [
    'https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md',
    'https://redcanary.com/blog/threat-intelligence/microsoft-exchange-attacks/',
  ],
  from: '2021-02-24',
  days: 14,
  builds: { before: '15.1.2176.2', after: '15.1.2176.9' },
  patchedAt: 0.8,
  intruders: {
    alpha: { page: '/owa/auth/{RANDOM8}.aspx' },
    bravo: { page: '/aspnet_client/{RANDOM8}.aspx', sharesAddressOf: 'alpha' },
    charlie: { page: '/aspnet_client/system_web/{RANDOM8}.aspx', addresses: 2 },
    delta: { page: '/owa/auth/{RANDOM8}.aspx' },
    echo: { page: '/aspnet_client/{LETTERS14}.aspx', sharesAddressOf: 'charlie' },
    asker: {},
    visitor: {},
  },
  writers: [2, 5],
  chapters: [
    { name: 'asks', by: 'asker', at: [0.15, 0.2], steps: [check] },
    writes('alpha', [0.2, 0.3], true),
    writes('bravo', [0.25, 0.35], false),
    uses('alpha', [0.3, 0.4], true, tools.crawler),
    writes('charlie', [0.3, 0.45], false),
    uses('bravo', [0.35, 0.5], false, tools.python),
    writes('delta', [0.4, 0.5], true),
    writes('echo', [0.42, 0.52], false),
    uses('charlie', [0.45, 0.55], false, tools.python),
    uses('alpha', [0.5, 0.6], true, tools.crawler),
    uses('delta', [0.5, 0.6], true, tools.python),
    { name: 'looks', by: 'visitor', at: [0.6, 0.7], steps: looksForPages },
    uses('bravo', [0.85, 0.9], false, tools.python),
    uses('charlie', [0.87, 0.95], false, tools.crawler),
    uses('echo', [0.85, 0.95], false, tools.python),
  ],
  expect: {
    answer: 'confirmed',
    stage: 'operated',
    intruders: 4,
    why: 'four pages, four sessions, four keys; two others left nothing',
  },
};
