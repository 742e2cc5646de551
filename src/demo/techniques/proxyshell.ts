import { orders, tools } from '../stories/forged-anchor.ts';
import { exportedPage, shellSession } from '../stories/proxyshell.ts';
import type { Technique } from '../technique.ts';

const sources = [
  'https://github.com/SigmaHQ/sigma/tree/master/rules-emerging-threats/2021/Exploits/ProxyShell-Exploit',
  'https://github.com/SigmaHQ/sigma/blob/master/rules/windows/builtin/msexchange/win_exchange_proxyshell_mailbox_export.yml',
];
/** Whoever has the right to export needs not give it first: what is asked here is whether the page is seen. */
const writesPage = exportedPage.filter(({ name }) => name !== 'role');
const page = '/aspnet_client/{LETTERS14}.aspx';

export const proxyshell: readonly Technique[] = [
  {
    id: 'proxyshell/session',
    name: 'a session of remote PowerShell through Autodiscover',
    stage: 'exploited',
    sources,
    steps: shellSession,
  },
  {
    id: 'proxyshell/rights',
    name: 'the right to export mailboxes, given in that session',
    stage: 'spread',
    sources,
    steps: [...shellSession, ...exportedPage.filter(({ name }) => name === 'role')],
  },
  {
    id: 'proxyshell/page',
    name: 'a mailbox exported to a page',
    stage: 'implanted',
    sources,
    page,
    steps: [...shellSession, ...writesPage],
  },
  {
    id: 'proxyshell/orders',
    name: 'a mailbox exported to a page that is given orders',
    stage: 'operated',
    sources,
    page,
    steps: [...shellSession, ...writesPage, orders(false, tools.python, [6, 6], [20, 120])],
  },
];
