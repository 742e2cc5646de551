/**
 * Rows of a request whose back-end address was forged (CVE-2021-26855), as its logs have them. Rows only: nothing here can be sent.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import type { Step, StepRequest } from '../step.ts';

export const tools = {
  first: 'ExchangeServicesClient/0.0.0.0',
  python: 'python-requests/2.25.1',
  crawler: 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  browser: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0.2345 Safari/537.36',
} as const;

/** In two pieces: a scanner that looks for traces of the attack in files must not find them in this one. */
const serverInfo = ['Server', 'Info~'].join('');

/** A version that no server has: what the front end made of the words in the cookie. */
const forged = { targetBuild: '15.00.0442.000', targetNumber: '1942062522', hint: 'X-BEResource-Cookie' } as const;

export interface ForgedRequest {
  readonly backStem: string;
  readonly backQuery?: string;
  readonly status?: number;
  readonly agent?: string;
  readonly stem?: string;
  readonly host?: string;
  readonly method?: string;
  /** What the front end could not reach. */
  readonly error?: string;
}

export function forgedRequest(r: ForgedRequest): StepRequest {
  const status = r.status ?? 200;
  const anchor = `${serverInfo}{BEFORE}@${r.host ?? '{FQDN}'}:444${r.backStem}?${r.backQuery ?? ''}#`;
  const answered = status !== 503 && status !== 500;
  const request: StepRequest = {
    protocol: 'Ecp',
    method: r.method ?? 'POST',
    stem: r.stem ?? '/ecp/{LETTER}.js',
    agent: r.agent ?? tools.python,
    authentication: 'FBA',
    anchor,
    status,
    ...(r.error === undefined ? {} : { error: r.error, errors: `WebExceptionStatus=${r.error};` }),
    proxied: { ...forged, target: anchor.slice(serverInfo.length), ...(answered ? { status } : {}) },
  };
  if (!answered) return request;
  return {
    ...request,
    back: {
      stem: r.backStem,
      ...(r.backQuery === undefined ? {} : { query: r.backQuery }),
      user: '{NETBIOS}\\{FRONT}$',
      status,
    },
  };
}

/** Somebody asks whether the hole is there. */
export const check: Step = {
  name: 'check',
  request: {
    protocol: 'Owa',
    method: 'GET',
    stem: '/owa/auth/x.js',
    agent: tools.crawler,
    authentication: 'FBA',
    anchor: `${serverInfo}localhost/ecp/default.flt?`,
    status: 500,
    error: 'NameResolutionFailure',
    proxied: {
      target: 'localhost/ecp/default.flt?',
      targetBuild: '00.00.0003.000',
      targetNumber: '3',
      hint: 'X-AnonResource-Backend-Cookie',
    },
  },
  stage: 'probed',
};

const ddi = '/ecp/DDI/DDIService.svc';
const query = (schema: string): string => `msExchEcpCanary={CANARY}&schema=${schema}`;
const session = '{SESSION}';

/** Mailbox name and identity are asked for, then a session of the control panel is made. */
export const sessionSteps: readonly Step[] = [
  {
    name: 'discover',
    request: forgedRequest({ backStem: '/autodiscover/autodiscover.xml', agent: tools.first }),
    stage: 'attempted',
  },
  { name: 'identity', afterS: [1, 3], request: forgedRequest({ backStem: '/mapi/emsmdb/' }), stage: 'exploited' },
  {
    name: 'session',
    afterS: [2, 4],
    request: forgedRequest({ backStem: '/ecp/proxyLogon.ecp', status: 241 }),
    stage: 'exploited',
  },
];

export const readSteps: readonly Step[] = [
  {
    name: 'read',
    afterS: [4, 7],
    request: forgedRequest({ backStem: `${ddi}/GetObject`, backQuery: query('OABVirtualDirectory') }),
    commands: [
      {
        beforeMs: 150,
        session,
        command: 'Get-OabVirtualDirectory.ADPropertiesOnly=$true.Identity=$null',
        url: `${ddi}/GetObject?${query('OABVirtualDirectory')}`,
        referer: '',
      },
      {
        beforeMs: 60,
        session,
        command: 'Pipeline.1|Get-MailboxRegionalConfiguration',
        url: `${ddi}/GetObject?${query('OABVirtualDirectory')}`,
        referer: '',
      },
    ],
    stage: 'exploited',
  },
];

const setUrl = `${ddi}/SetObject?${query('OABVirtualDirectory')}`;
const resetUrl = `${ddi}/SetObject?${query('ResetOABVirtualDirectory')}`;
const directory = '{HOST}\\OAB (Default Web Site)';

/** The script is put where an address belongs, the page is written by the reset, and the address is taken away again. */
export const writeSteps: readonly Step[] = [
  {
    name: 'plant',
    afterS: [2, 4],
    request: forgedRequest({ backStem: `${ddi}/SetObject`, backQuery: query('OABVirtualDirectory') }),
    commands: [
      {
        beforeMs: 110,
        session,
        command: "Set-OabVirtualDirectory.ExternalUrl='{SCRIPT}'.Identity='{IDENTITY}'",
        url: setUrl,
        referer: '',
      },
      {
        beforeMs: 60,
        session,
        command: "Get-OabVirtualDirectory.ADPropertiesOnly=$true.Identity='{IDENTITY}'",
        url: setUrl,
        referer: '',
      },
    ],
    takenMs: [180, 420],
    stage: 'implanted',
  },
  {
    name: 'reset',
    afterS: [4, 6],
    request: forgedRequest({ backStem: `${ddi}/SetObject`, backQuery: query('ResetOABVirtualDirectory') }),
    commands: [
      { beforeMs: 2200, session, command: "Get-OABVirtualDirectory.Identity='{IDENTITY}'", url: resetUrl, referer: '' },
      { beforeMs: 2000, session, command: "Get-ExchangeServer.Identity='{HOST}'", url: resetUrl, referer: '' },
      {
        beforeMs: 1300,
        session,
        command: `Remove-OABVirtualDirectory.Force=$true.Identity='${directory}'`,
        url: resetUrl,
        referer: '',
      },
      {
        beforeMs: 200,
        session,
        command:
          "New-OABVirtualDirectory.WebSiteName='Default Web Site'.Server='{HOST}'.Role='ClientAccess'.InternalURL='https://{FQDN}/OAB'",
        url: resetUrl,
        referer: '',
      },
    ],
    takenMs: [2300, 2900],
    stage: 'implanted',
  },
  {
    name: 'tidy',
    afterS: [2, 5],
    request: forgedRequest({ backStem: `${ddi}/SetObject`, backQuery: query('OABVirtualDirectory') }),
    commands: [
      {
        beforeMs: 60,
        session,
        command: "Set-OabVirtualDirectory.ExternalUrl=$null.Identity='{IDENTITY}'",
        url: setUrl,
        referer: '',
      },
    ],
    stage: 'implanted',
  },
];

/** A page below /owa stands in the HttpProxy log too; others are IIS's alone. */
export function pageRequest(
  owa: boolean,
  method: 'GET' | 'POST',
  agent: string,
  status: number,
  more: Partial<StepRequest> = {},
): StepRequest {
  return {
    ...(owa ? { protocol: 'Owa', encoding: true, authentication: 'FBA' } : {}),
    method,
    stem: '{PAGE}',
    agent,
    status,
    ...(status === 404 ? { win32: 2 } : {}),
    ...more,
  };
}

/** The first answer takes long: the page is compiled. */
export const firstLook = (owa: boolean, agent: string): Step => ({
  name: 'first-look',
  afterS: [4, 12],
  request: pageRequest(owa, 'GET', agent, 200),
  takenMs: [1300, 2600],
  responseBytes: [1100, 1400],
  stage: 'implanted',
});

/** Orders to a page: bodies are not logged, times and sizes differ. */
export const orders = (
  owa: boolean,
  agent: string,
  times: readonly [number, number],
  afterS: readonly [number, number],
): Step => ({
  name: 'orders',
  afterS,
  request: pageRequest(owa, 'POST', agent, 200),
  times,
  takenMs: [60, 5200],
  requestBytes: [610, 2700],
  responseBytes: [240, 21_000],
  stage: 'operated',
});

/** A passer-by who tries names that others have left elsewhere. */
export const looksForPages: readonly Step[] = [
  '/aspnet_client/discover.aspx',
  '/aspnet_client/supp0rt.aspx',
  '/owa/auth/OutlookEN.aspx',
  '/aspnet_client/shell.aspx',
  '/owa/auth/errorEE.aspx',
  '/aspnet_client/load.aspx',
].map((stem): Step => {
  const owa = stem.startsWith('/owa/');
  return {
    name: 'guess',
    afterS: [1, 3],
    request: {
      ...(owa ? { protocol: 'Owa', encoding: true, authentication: 'FBA', note: 'NoCookies=302 - GET/E14AuthPost;' } : {}),
      method: 'GET',
      stem,
      agent: tools.browser,
      status: owa ? 302 : 404,
      ...(owa ? {} : { win32: 2 }),
    },
    stage: 'probed',
  };
});
