import { check, firstLook, looksForPages, readSteps, sessionSteps, tools, writeSteps } from './forged-anchor.ts';
import type { Story } from '../story.ts';

export const proxylogonMass: Story = {
  name: 'proxylogon-mass',
  what: 'A machine comes by, finds the hole, writes a page, looks once whether it answers, and does not return. Others look for pages later.',
  sources: [
    'https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md',
    'https://redcanary.com/blog/threat-intelligence/microsoft-exchange-attacks/',
  ],
  from: '2021-02-24',
  days: 14,
  builds: { before: '15.1.2176.2', after: '15.1.2176.9' },
  patchedAt: 0.65,
  intruders: { machine: { page: '/aspnet_client/{RANDOM8}.aspx' }, asker: {}, passer: {} },
  chapters: [
    { name: 'asks', by: 'asker', at: [0.2, 0.3], steps: [check] },
    {
      name: 'writes',
      by: 'machine',
      at: [0.4, 0.6],
      steps: [...sessionSteps, ...readSteps, ...writeSteps, firstLook(false, tools.python)],
    },
    { name: 'passes', by: 'passer', at: [0.75, 0.9], steps: looksForPages },
  ],
  expect: { answer: 'confirmed', stage: 'implanted', intruders: 1, why: 'the cmdlet was accepted and the page answers' },
};
