import { firstLook, orders, pageRequest, readSteps, sessionSteps, tools, writeSteps } from './forged-anchor.ts';
import type { Chapter, Story } from '../story.ts';

const order: Chapter['steps'][number] = {
  name: 'order-in-the-address',
  afterS: [20, 90],
  request: pageRequest(true, 'GET', tools.crawler, 200, { query: '{KEY}=whoami' }),
  takenMs: [150, 400],
  responseBytes: [400, 480],
  stage: 'operated',
};
const again = (name: string, at: Chapter['at']): Chapter => ({
  name,
  by: 'operator',
  at,
  steps: [orders(true, tools.crawler, [6, 14], [8, 240])],
});

export const handsOnChapters: readonly Chapter[] = [
  {
    name: 'writes',
    by: 'operator',
    at: [0.22, 0.35],
    steps: [...sessionSteps, ...readSteps, ...writeSteps, firstLook(true, tools.python)],
  },
  { ...again('first-orders', [0.42, 0.48]), steps: [orders(true, tools.crawler, [5, 9], [8, 200]), order] },
  again('comes-back', [0.6, 0.68]),
  again('is-still-there', [0.85, 0.95]),
];

export const proxylogonHandsOn: Story = {
  name: 'proxylogon-hands-on',
  what: 'A page is written, and days later somebody gives it orders, again and again, also after the update.',
  sources: [
    'https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md',
    'https://github.com/cisagov/CHIRP/blob/develop/indicators/AA21-062A/AA21062A.yaml',
  ],
  from: '2021-02-24',
  days: 14,
  builds: { before: '15.1.2176.2', after: '15.1.2176.9' },
  patchedAt: 0.75,
  intruders: { operator: { page: '/owa/auth/{RANDOM8}.aspx', addresses: 2 } },
  chapters: handsOnChapters,
  expect: { answer: 'confirmed', stage: 'operated', intruders: 1, why: 'an order in the address was answered by the page' },
};
