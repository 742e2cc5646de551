import { check, forgedRequest, looksForPages, tools } from './forged-anchor.ts';
import type { Story } from '../story.ts';

const wrongName = (host: string): Story['chapters'][number]['steps'][number] => ({
  name: 'wrong-name',
  afterS: [1, 3],
  request: forgedRequest({
    backStem: '/autodiscover/autodiscover.xml',
    agent: tools.first,
    host: `${host}.{DOMAIN}`,
    status: 503,
    error: 'NameResolutionFailure',
  }),
  stage: 'attempted',
});

export const probed: Story = {
  name: 'probed',
  what: 'They ask whether the hole is there, guess the name of the server wrongly, and look for pages of others; nothing answers.',
  sources: [
    'https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md',
    'https://learn.microsoft.com/en-us/answers/questions/302014',
  ],
  from: '2021-02-24',
  days: 18,
  builds: { before: '15.1.2176.2', after: '15.1.2176.9' },
  patchedAt: 0.75,
  intruders: { asker: {}, guesser: {}, passer: {} },
  chapters: [
    { name: 'asks', by: 'asker', at: [0.35, 0.5], steps: [check, { ...check, afterS: [2, 5] }] },
    { name: 'guesses', by: 'guesser', at: [0.5, 0.6], steps: ['exchange', 'mail', 'owa', 'ex01'].map(wrongName) },
    { name: 'passes', by: 'passer', at: [0.6, 0.9], steps: looksForPages },
  ],
  expect: { answer: 'attempted', stage: 'attempted', intruders: 0, why: 'every request was refused, and all books are there' },
};
