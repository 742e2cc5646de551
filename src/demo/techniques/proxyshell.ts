import { orders, tools } from '../stories/forged-anchor.ts';
import { exportedPage, shellSession } from '../stories/proxyshell.ts';
import type { Technique } from '../technique.ts';

const sources = [
  'https://github.com/SigmaHQ/sigma/tree/master/rules-emerging-threats/2021/Exploits/ProxyShell-Exploit',
  'https://github.com/SigmaHQ/sigma/blob/master/rules/windows/builtin/msexchange/win_exchange_proxyshell_mailbox_export.yml',
];
const page = '/aspnet_client/{LETTERS14}.aspx';

export const proxyshell: readonly Technique[] = [
  {
    id: 'proxyshell/session',
    name: 'a session of remote PowerShell through Autodiscover',
    what: 'get a session of remote PowerShell through Autodiscover',
    stage: 'exploited',
    sources,
    steps: shellSession,
  },
  {
    id: 'proxyshell/page',
    name: 'a mailbox exported to a page',
    what: 'export a mailbox to a page and look whether it answers',
    stage: 'implanted',
    sources,
    page,
    // The right to export is given on the way; what is asked here is whether the page is seen.
    steps: [...shellSession, ...exportedPage],
  },
  {
    id: 'proxyshell/orders',
    name: 'a mailbox exported to a page that is given orders',
    what: 'export a mailbox to a page and give it orders',
    stage: 'operated',
    sources,
    page,
    steps: [...shellSession, ...exportedPage, orders(false, tools.python, [6, 6], [20, 120])],
  },
];
