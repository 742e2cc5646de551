/** Ways in that need the password of one mailbox; remote PowerShell answers, and what was sent to it no log here keeps. */
import { tools } from '../stories/forged-anchor.ts';
import type { Step, StepRequest } from '../step.ts';
import type { Technique } from '../technique.ts';

const account = '{NETBIOS}\\j.lind';

function session(name: string, request: Omit<StepRequest, 'method' | 'agent' | 'status' | 'user'>, query: string): Step {
  return {
    name,
    afterS: [1, 4],
    times: [4, 4],
    request: {
      ...request,
      method: 'POST',
      agent: tools.python,
      user: account,
      authentication: 'Basic',
      status: 200,
      proxied: { hint: 'WindowsIdentity', status: 200 },
      back: { stem: '/powershell/', ...(query === '' ? {} : { query }), user: account, status: 200 },
    },
    shell: { user: account, sid: '{SIDBASE}-1311', query, application: 'PowerShell', client: '{FRONTIP}' },
    takenMs: [120, 900],
    stage: 'exploited',
  };
}

const mail = 'Email=autodiscover/autodiscover.json%3F@{DECOY}';

export const proxynotshell: readonly Technique[] = [
  {
    id: 'proxynotshell/session',
    name: 'remote PowerShell called through Autodiscover with a password',
    stage: 'exploited',
    sources: ['https://github.com/Neo23x0/signature-base/blob/master/yara/expl_proxynotshell_owassrf_dec22.yar'],
    steps: [
      session(
        'through-autodiscover',
        { protocol: 'Autodiscover', stem: '/autodiscover/autodiscover.json', query: `@{DECOY}/powershell/?X=1&${mail}` },
        mail,
      ),
    ],
  },
];

export const owassrf: readonly Technique[] = [
  {
    id: 'owassrf/session',
    name: 'remote PowerShell called through webmail with a password',
    stage: 'exploited',
    sources: ['https://github.com/Neo23x0/signature-base/blob/master/yara/expl_proxynotshell_owassrf_dec22.yar'],
    steps: [session('through-webmail', { protocol: 'Owa', stem: '/owa/mastermailbox%40{DECOY}/powershell', encoding: true }, '')],
  },
];

/** The state that a page was handed; its bytes are invented and mean nothing. */
const state = '%2fwEyhAYAAQAAAP%2f%2f%2f%2f8BAAAAAAAAAAwCAAAAXk1pbnZlbnRlZA';

export const viewState: readonly Technique[] = [
  {
    id: 'cve-2020-0688/state',
    name: 'orders in the state of a page',
    // The server answers 500 whether the code ran or not: no log here can tell more than that it was tried.
    stage: 'operated',
    before2013: true,
    sources: ['https://www.binarydefense.com/threat_watch/microsoft-exchange-cve-2020-0688-under-active-exploit/'],
    steps: [
      {
        name: 'state',
        request: {
          protocol: 'Ecp',
          method: 'GET',
          stem: '/ecp/default.aspx',
          query: `__VIEWSTATEGENERATOR=B97B4E27&__VIEWSTATE=${state}`,
          agent: tools.browser,
          user: account,
          authentication: 'FBA',
          encoding: true,
          status: 500,
          proxied: { hint: 'WindowsIdentity', status: 500 },
          back: {
            stem: '/ecp/default.aspx',
            query: `__VIEWSTATEGENERATOR=B97B4E27&__VIEWSTATE=${state}`,
            user: account,
            status: 500,
          },
        },
        stage: 'operated',
      },
    ],
  },
];
