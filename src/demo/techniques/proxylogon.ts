import { firstLook, orders, readSteps, sessionSteps, tools, writeSteps } from '../stories/forged-anchor.ts';
import { atWebmail, mailboxSteps } from '../stories/proxylogon-mail-theft.ts';
import { forgedRequest } from '../stories/forged-anchor.ts';
import type { Technique } from '../technique.ts';

const sources = [
  'https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md',
  'https://redcanary.com/blog/threat-intelligence/microsoft-exchange-attacks/',
];

export const proxylogon: readonly Technique[] = [
  {
    id: 'proxylogon/session',
    name: 'an administrator’s session through the hole',
    stage: 'exploited',
    sources,
    steps: [...sessionSteps, ...readSteps],
  },
  {
    id: 'proxylogon/page',
    name: 'a page written by machine',
    stage: 'implanted',
    sources,
    page: '/aspnet_client/{RANDOM8}.aspx',
    steps: [...sessionSteps, ...readSteps, ...writeSteps, firstLook(false, tools.python)],
  },
  {
    id: 'proxylogon/orders',
    name: 'a page written and given orders',
    stage: 'operated',
    sources,
    page: '/owa/auth/{RANDOM8}.aspx',
    steps: [
      ...sessionSteps,
      ...readSteps,
      ...writeSteps,
      firstLook(true, tools.python),
      orders(true, tools.crawler, [6, 6], [8, 120]),
    ],
  },
  {
    id: 'proxylogon/mail',
    name: 'mail read through the hole',
    stage: 'impact',
    sources: ['https://github.com/cert-lv/exchange_webshell_detection/blob/main/Readme.md'],
    steps: [
      atWebmail({
        name: 'discover',
        request: forgedRequest({
          backStem: '/autodiscover/autodiscover.xml',
          agent: tools.crawler,
          stem: '/owa/auth/Current/themes/resources/{THEME}',
        }),
        stage: 'attempted',
      }),
      ...mailboxSteps('{VICTIM1}'),
    ],
  },
];
