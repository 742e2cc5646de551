/**
 * What people's programs ask, as a table: each line is one request of a device, with slots for whose it is. Paths, anchors and hints
 * as published logs of 2016 have them (docs/reference/sources.md#httpproxy). Whole, and long, because it is one table.
 */
import type { Extras, Range } from './exchange.ts';
import { ewsForm, ecpServerForm, type RequestForm } from './log-forms.ts';
import type { Organisation } from './organisation.ts';
import { number, text } from './row.ts';

export type Device = 'outlook' | 'browser' | 'mac' | 'phone' | 'desk-browser' | 'app';

export interface Action {
  readonly name: string;
  readonly device: Device;
  /** How often, while desks are manned and while they are not. 0: only as what follows another. */
  readonly work: number;
  readonly off: number;
  readonly request: RequestForm;
  readonly extras?: Extras;
  /** What the same program asks next. */
  readonly next?: { readonly name: string; readonly afterMs: Range; readonly share?: number };
}

export function actionsOf(o: Organisation): readonly Action[] {
  const sid = `Sid~${text('sid')}`;
  const account = text('account');
  const home = {
    target: text('backFqdn'),
    targetBuild: text('backLong'),
    targetNumber: text('backNumber'),
  };
  const proxied = (status: number, hint = 'WindowsIdentity'): NonNullable<RequestForm['proxied']> => ({ ...home, hint, status });
  const host = o.mailHost;
  const mailboxQuery = `MailboxId=${text('mailboxId')}`;
  const mapi = (stem: string, kind: string, user: string | undefined, status: number): RequestForm => ({
    protocol: 'Mapi',
    method: 'POST',
    stem,
    query: mailboxQuery,
    host,
    ...(user === undefined ? {} : { user }),
    authentication: 'Negotiate',
    anchor: user === undefined ? '' : `MailboxGuid~${text('mailboxId')}`,
    clientRequestId: `R:${text('freshId')}:${number('count')};RT:${kind};CI:${text('freshId')}:1;CID:${text('requestId')}`,
    status,
    ...(status === 401 ? { substatus: 1, win32: 2148074254 } : {}),
    ...(user === undefined
      ? {}
      : { proxied: proxied(status, 'MailboxGuidWithDomain'), back: { stem, query: mailboxQuery, user, status } }),
  });
  const rpc = (method: string): RequestForm => ({
    protocol: 'RpcHttp',
    method,
    stem: '/rpc/rpcproxy.dll',
    query: `${text('mailboxId')}:6001`,
    host,
    user: account,
    authentication: 'NTLM',
    anchor: `MailboxGuid~${text('mailboxId')}`,
    agent: 'MSRPC',
    status: 200,
    proxied: proxied(200, 'MailboxGuidWithDomain'),
    back: { stem: '/rpc/rpcproxy.dll', query: `${text('mailboxId')}:6001`, user: account, status: 200 },
  });
  const eas = (command: string, status = 200): RequestForm => {
    const query = `Cmd=${command}&User=${text('userName')}&DeviceId=${text('device')}&DeviceType=${text('deviceType')}`;
    return {
      protocol: 'Eas',
      method: 'POST',
      stem: '/Microsoft-Server-ActiveSync/default.eas',
      query,
      host,
      user: account,
      authentication: 'Basic',
      anchor: sid,
      status,
      proxied: proxied(status),
      back: {
        stem: '/Microsoft-Server-ActiveSync/Proxy/default.eas',
        query: `${query}&Log=SC1:1_PrxFrom:${text('frontIp')}_Ver1:161_HH:${host}_Hb:600_Mbx:${text('backFqdn')}`,
        user: account,
        status,
      },
    };
  };
  const service = (action: string): RequestForm => ({
    protocol: 'Owa',
    method: 'POST',
    stem: '/owa/service.svc',
    query: `action=${action}`,
    host,
    user: account,
    authentication: 'FBA',
    anchor: sid,
    referer: `https://${host}/owa/`,
    encoding: true,
    status: 200,
    proxied: proxied(200),
    back: { stem: '/owa/service.svc', query: `action=${action}`, user: account, status: 200 },
  });
  const webCall = (user: string, authentication: string, agent?: string): RequestForm => ({
    protocol: 'Ews',
    method: 'POST',
    stem: '/EWS/Exchange.asmx',
    host,
    user,
    authentication,
    anchor: sid,
    ...(agent === undefined ? {} : { agent }),
    status: 200,
    proxied: proxied(200),
    back: { stem: '/EWS/Exchange.asmx', user, status: 200 },
  });
  const webChallenge: RequestForm = {
    protocol: 'Ews',
    method: 'POST',
    stem: '/EWS/Exchange.asmx',
    host,
    authentication: 'Negotiate',
    status: 401,
    substatus: 1,
    win32: 2148074254,
  };
  const discover = (user: string | undefined): RequestForm => ({
    protocol: 'Autodiscover',
    method: 'POST',
    stem: '/autodiscover/autodiscover.xml',
    host: o.autodiscoverHost,
    ...(user === undefined ? {} : { user }),
    authentication: 'NTLM',
    anchor: user === undefined ? '' : sid,
    status: user === undefined ? 401 : 200,
    ...(user === undefined
      ? { substatus: 1, win32: 2148074254 }
      : { proxied: proxied(200), back: { stem: '/autodiscover/autodiscover.xml', user, status: 200 } }),
  });
  const rules = '/ecp/RulesEditor/InboxRules.svc/GetList';
  const rulesQuery = `msExchEcpCanary=${text('sequence')}`;
  const roomAgent = 'ExchangeServicesClient/15.00.0913.015';
  const ews = (action: string, user = account, agent?: string): Extras => ({
    ews: ewsForm({
      action,
      user,
      authentication: 'Negotiate',
      status: 200,
      ...(agent === undefined ? {} : { agent, impersonated: text('mailbox') }),
    }),
  });
  const roomCall = (name: string, action: string, weight: number): Action => ({
    name,
    device: 'app',
    work: weight,
    off: weight * 3,
    request: webCall(o.roomApp.account, 'Negotiate', roomAgent),
    extras: { ...ews(action, o.roomApp.account, roomAgent), taken: [9, 240], requestBytes: [900, 2400] },
  });

  return [
    {
      name: 'outlook-connect',
      device: 'outlook',
      work: 5,
      off: 1,
      request: mapi('/mapi/emsmdb/', 'Connect', undefined, 401),
      next: { name: 'outlook-execute', afterMs: [30, 400] },
    },
    {
      name: 'outlook-execute',
      device: 'outlook',
      work: 60,
      off: 6,
      request: mapi('/mapi/emsmdb/', 'Execute', account, 200),
      extras: { taken: [4, 900], responseBytes: [180, 24_000] },
    },
    { name: 'outlook-names', device: 'outlook', work: 8, off: 1, request: mapi('/mapi/nspi/', 'QueryRows', account, 200) },
    { name: 'outlook-rpc-in', device: 'outlook', work: 3, off: 1, request: rpc('RPC_IN_DATA'), extras: { taken: [900, 90_000] } },
    {
      name: 'outlook-rpc-out',
      device: 'outlook',
      work: 3,
      off: 1,
      request: rpc('RPC_OUT_DATA'),
      extras: { taken: [900, 90_000] },
    },
    {
      name: 'outlook-discover',
      device: 'outlook',
      work: 4,
      off: 1,
      request: discover(undefined),
      next: { name: 'outlook-discovered', afterMs: [40, 900] },
    },
    {
      name: 'outlook-discovered',
      device: 'outlook',
      work: 0,
      off: 0,
      request: discover(account),
      extras: { responseBytes: [3800, 5200] },
    },
    {
      name: 'outlook-free-busy',
      device: 'outlook',
      work: 4,
      off: 0,
      request: webCall(account, 'Negotiate'),
      extras: { ...ews('GetUserAvailability'), responseBytes: [900, 9000] },
    },
    {
      name: 'outlook-book',
      device: 'outlook',
      work: 1,
      off: 1,
      request: {
        protocol: 'Oab',
        method: 'GET',
        stem: '/OAB/5a1c3e70-9b1d-4f58-8d0c-2f3a6a1d77e4/oab.xml',
        host,
        user: account,
        authentication: 'Negotiate',
        anchor: sid,
        agent: 'Microsoft BITS/7.8',
        status: 200,
        proxied: proxied(200),
        back: { stem: '/OAB/5a1c3e70-9b1d-4f58-8d0c-2f3a6a1d77e4/oab.xml', user: account, status: 200 },
      },
      extras: { responseBytes: [1900, 2300] },
    },
    {
      name: 'phone-ping',
      device: 'phone',
      work: 14,
      off: 40,
      request: eas('Ping'),
      extras: { taken: [400, 590_000], responseBytes: [200, 420] },
    },
    { name: 'phone-sync', device: 'phone', work: 12, off: 26, request: eas('Sync'), extras: { responseBytes: [240, 30_000] } },
    { name: 'phone-folders', device: 'phone', work: 2, off: 3, request: eas('FolderSync') },
    { name: 'phone-send', device: 'phone', work: 1, off: 1, request: eas('SendMail'), extras: { requestBytes: [900, 40_000] } },
    { name: 'phone-find', device: 'phone', work: 1, off: 1, request: eas('ItemOperations') },
    { name: 'phone-settings', device: 'phone', work: 1, off: 1, request: eas('Settings') },
    {
      name: 'phone-discover',
      device: 'phone',
      work: 1,
      off: 1,
      request: {
        protocol: 'Autodiscover',
        method: 'GET',
        stem: '/autodiscover/autodiscover.json',
        query: `Email=${text('userName')}@${o.domain}&Protocol=ActiveSync&RedirectCount=1`,
        host: o.autodiscoverHost,
        status: 200,
      },
    },
    {
      name: 'webmail-logon',
      device: 'browser',
      work: 3,
      off: 4,
      request: {
        protocol: 'Owa',
        method: 'GET',
        stem: '/owa/auth/logon.aspx',
        query: `replaceCurrent=1&url=https%3a%2f%2f${host}%2fowa%2f`,
        host,
        authentication: 'FBA',
        encoding: true,
        status: 200,
      },
      next: { name: 'webmail-password', afterMs: [4000, 40_000] },
    },
    {
      name: 'webmail-password',
      device: 'browser',
      work: 0,
      off: 0,
      request: {
        protocol: 'Owa',
        method: 'POST',
        stem: '/owa/auth.owa',
        host,
        user: account,
        authentication: 'FBA',
        referer: `https://${host}/owa/auth/logon.aspx?replaceCurrent=1&url=https%3a%2f%2f${host}%2fowa%2f`,
        encoding: true,
        status: 302,
      },
      next: { name: 'webmail-start', afterMs: [30, 300] },
    },
    {
      name: 'webmail-start',
      device: 'browser',
      work: 0,
      off: 0,
      request: {
        protocol: 'Owa',
        method: 'GET',
        stem: '/owa/',
        host,
        user: account,
        authentication: 'FBA',
        anchor: sid,
        referer: `https://${host}/owa/auth/logon.aspx?replaceCurrent=1&url=https%3a%2f%2f${host}%2fowa%2f`,
        encoding: true,
        status: 200,
        proxied: proxied(200),
        back: { stem: '/owa/', user: account, status: 200 },
      },
      next: { name: 'webmail-folders', afterMs: [200, 1500] },
    },
    { name: 'webmail-folders', device: 'browser', work: 1, off: 1, request: service('FindFolder') },
    {
      name: 'webmail-list',
      device: 'browser',
      work: 7,
      off: 6,
      request: service('FindConversation'),
      extras: { responseBytes: [900, 40_000] },
    },
    {
      name: 'webmail-read',
      device: 'browser',
      work: 6,
      off: 5,
      request: service('GetItem'),
      extras: { responseBytes: [900, 60_000] },
    },
    {
      name: 'webmail-write',
      device: 'browser',
      work: 2,
      off: 1,
      request: service('CreateItem'),
      extras: { requestBytes: [900, 30_000] },
    },
    {
      name: 'mac-ask',
      device: 'mac',
      work: 2,
      off: 2,
      request: webChallenge,
      next: { name: 'mac-sync', afterMs: [20, 200] },
    },
    {
      name: 'mac-sync',
      device: 'mac',
      work: 3,
      off: 3,
      request: webCall(account, 'NTLM'),
      extras: { ...ews('SyncFolderItems'), responseBytes: [700, 50_000] },
    },
    {
      name: 'mac-read',
      device: 'mac',
      work: 2,
      off: 2,
      request: webCall(account, 'NTLM'),
      extras: { ...ews('GetItem'), responseBytes: [700, 90_000] },
    },
    roomCall('rooms-find', 'FindItem', 3),
    roomCall('rooms-read', 'GetItem', 2),
    {
      name: 'options-page',
      device: 'desk-browser',
      work: 1,
      off: 1,
      request: {
        protocol: 'Ecp',
        method: 'GET',
        stem: '/ecp/',
        query: 'rfr=owa&p=PersonalSettings/HomePage.aspx',
        host,
        user: account,
        authentication: 'FBA',
        anchor: sid,
        referer: `https://${host}/owa/`,
        encoding: true,
        status: 200,
        proxied: proxied(200),
        back: { stem: '/ecp/', query: 'rfr=owa&p=PersonalSettings/HomePage.aspx', user: account, status: 200 },
      },
      next: { name: 'options-rules', afterMs: [2000, 9000] },
    },
    {
      name: 'options-rules',
      device: 'desk-browser',
      work: 0,
      off: 0,
      request: {
        protocol: 'Ecp',
        method: 'POST',
        stem: rules,
        query: rulesQuery,
        host,
        user: account,
        authentication: 'FBA',
        anchor: sid,
        referer: `https://${host}/ecp/?rfr=owa&p=PersonalSettings/HomePage.aspx`,
        encoding: true,
        status: 200,
        proxied: proxied(200),
        back: { stem: rules, query: rulesQuery, user: account, status: 200 },
      },
      extras: {
        ecp: [ecpServerForm({ session: text('freshId'), command: 'Get-InboxRule', url: `${rules}?${rulesQuery}` })],
        taken: [90, 600],
      },
    },
  ];
}
