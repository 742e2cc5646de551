// The invented organisation: a harbour trust with twelve people, their devices, and the noise that every address on the internet
// gets. `exchangeRequest` writes one request into all logs that a real one stands in.

import { ecpEventData, ecpRow, httpProxyRow, iisRow, longBuild, rpsCmdletRow, rpsHttpRow } from './log-writers.mjs';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const domain = 'haven.example';
export const netbios = 'HAVEN';
export const mailHost = 'mail.haven.example';
const autodiscoverHost = 'autodiscover.haven.example';

export const agents = {
  chrome: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.190 Safari/537.36',
  outlook: 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.13127; Pro)',
  iphone: 'Apple-iPhone12C1/1804.52',
  android: 'Outlook-iOS-Android/1.0',
  mac: 'MacOutlook/16.46.21021202 (Intelx64 Mac OS X Version 10.15.7 (Build 19H524))',
  probe: 'AMProbe/Local/ClientAccess',
  zgrab: 'Mozilla/5.0 zgrab/0.x',
};

const people = [
  { name: 'a.berg', home: '192.0.2.14', phone: 'iPhone' },
  { name: 't.lind', home: '192.0.2.31', phone: 'Outlook' },
  { name: 'm.okafor', home: '192.0.2.47', phone: 'iPhone' },
  { name: 'j.silva', home: '192.0.2.58', phone: 'Outlook' },
  { name: 'k.haas', home: '192.0.2.77', phone: 'iPhone' },
  { name: 'r.novak', home: '192.0.2.90', phone: 'Outlook' },
  { name: 'e.dubois', home: '192.0.2.103', phone: 'iPhone' },
  { name: 'p.costa', home: '192.0.2.121', phone: 'iPhone' },
  { name: 's.yilmaz', home: '192.0.2.140', phone: 'Outlook' },
  { name: 'h.frost', home: '192.0.2.166', phone: 'iPhone' },
  { name: 'l.weber', home: '192.0.2.188', phone: 'Outlook' },
  { name: 'n.ito', home: '2001:db8:51::1f', phone: 'iPhone' },
].map((person, index) => ({
  ...person,
  account: `${netbios}\\${person.name}`,
  desk: `10.20.4.${21 + index}`,
  sid: `S-1-5-21-3141592653-271828182-1618033988-${1131 + index}`,
  mailbox: `6f0b2c${(41 + index).toString(16)}-5d1e-4b77-9c0a-2b8e4d10a7${(16 + index).toString(16)}@haven.example`,
  device: `${person.phone === 'iPhone' ? 'H7Q2' : '9E4B'}${'K3VX81TM0R5P'.slice(index)}${'K3VX81TM0R5P'.slice(0, index)}${index}0`,
}));

const administrator = { account: `${netbios}\\helga.admin`, desk: '10.20.4.5' };

/** `front` are the servers that clients reach, `back` is the one whose back end answers for the mailboxes. */
export function createWorld({ front, back, random, balancer }) {
  return { front, back, random, balancer };
}

/** FEAuth and cookies carry a server's version as one number. */
const versionNumber = (build) => {
  const [major, minor, third] = build.split('.').map(Number);
  return 0x70000000 + major * 0x400000 + minor * 0x10000 + 0x8000 + third;
};

/**
 * One request through the front end. `protocol` undefined: IIS alone answers (a path that Exchange does not own).
 * `backStem` undefined: it ends at the front end. Returns the ids under which it stands in the logs.
 */
export function exchangeRequest(world, r) {
  const { random } = world;
  const front = r.front;
  if (!front.runs(r.ms)) return undefined;
  const id = r.id ?? random.guid();
  const local = r.client === '127.0.0.1' || r.client === '::1';
  const seen = world.balancer !== undefined && !local ? world.balancer : r.client;
  const taken = r.taken ?? random.between(6, 160);
  const build = front.build(r.ms);
  const sizes = front.columns === 'sizes';
  const requestBytes = r.requestBytes ?? random.between(340, 1900);
  const responseBytes = r.responseBytes ?? random.between(420, 6400);
  const trail = r.protocol === undefined ? '' : `&CorrelationID=<empty>;&cafeReqId=${id};${r.encoding ? '&encoding=;' : ''}`;
  front.add(
    'iis1',
    r.ms,
    iisRow({
      ms: r.ms,
      serverIp: local ? r.client : front.ip,
      method: r.method,
      stem: r.stem,
      query: (r.query ?? '') + trail,
      port: 443,
      user: r.user ?? '',
      client: seen,
      agent: r.agent,
      referer: r.referer,
      status: r.status,
      substatus: r.substatus,
      win32: r.win32,
      taken: taken + 2,
      responseBytes: sizes ? responseBytes : undefined,
      requestBytes: sizes ? requestBytes : undefined,
      forwarded: front.columns === 'forwarded' ? (local ? '' : (r.forwarded ?? r.client)) : undefined,
    }),
  );
  if (r.protocol === undefined) return { id };
  const back = r.backServer ?? world.back;
  const proxied = r.proxied ?? r.backStem !== undefined;
  front.add(
    `HttpProxy/${r.protocol}`,
    r.ms,
    httpProxyRow({
      ms: r.ms,
      id,
      build,
      protocol: r.protocol,
      host: r.host ?? mailHost,
      stem: r.stem,
      query: r.query,
      authentication: r.authentication ?? (r.user ? 'Negotiate' : 'FBA'),
      user: r.user,
      anchor: r.anchor,
      agent: r.agent,
      client: seen,
      server: front.name,
      status: r.status,
      method: r.method,
      clientRequestId: r.clientRequestId,
      action: r.action,
      requestBytes,
      responseBytes,
      taken,
      error: r.error,
      errors: r.errors,
      note: r.note,
      back: proxied
        ? {
            target: r.target ?? back.fqdn,
            targetBuild: r.targetBuild ?? longBuild(back.build(r.ms)).replace(/\d+$/, '000'),
            status: r.noAnswer ? undefined : (r.backStatus ?? r.status),
            hint: r.hint,
            cookie: r.cookie,
            versionNumber: r.targetNumber ?? versionNumber(back.build(r.ms)),
          }
        : undefined,
    }),
  );
  if (r.backStem === undefined) return { id };
  const activity = random.guid();
  const ids = r.protocol === 'Mapi' ? `FrontEnd=${front.fqdn.toUpperCase()}&RequestId=${id}` : `reqId=${id}&ActID=${activity}`;
  if (back.runs(r.ms)) {
    back.add(
      'iis2',
      r.ms,
      iisRow({
        ms: r.ms - 2,
        serverIp: front === back ? front.linkLocal : back.ip,
        method: r.method,
        stem: r.backStem,
        query: r.backQuery ? `${r.backQuery}&${ids}` : `&${ids}`,
        port: 444,
        user: r.backUser ?? r.user ?? '',
        client: front === back ? front.linkLocal : front.ip,
        agent: r.agent,
        status: r.backStatus ?? r.status,
        taken: Math.max(1, taken - 3),
        responseBytes: sizes ? responseBytes : undefined,
        requestBytes: sizes ? requestBytes : undefined,
      }),
    );
  }
  return { id, activity, back };
}

/** What the ECP server log keeps of a cmdlet that a request ran. `msBefore` is how long before the answer it was written. */
export function ecpCommand(world, server, ms, fields) {
  if (!server.runs(ms)) return;
  const data = ecpEventData({
    taken: world.random.between(9, 900),
    session: world.random.guid(),
    activity: world.random.guid(),
    build: server.build(ms),
    ...fields,
  });
  server.add('ecp', ms, ecpRow(ms, server.name, data));
}

/** A request to remote PowerShell in its own log, and the cmdlet that it ran, if any. */
export function shellRequest(world, server, r) {
  if (!server.runs(r.ms)) return;
  const common = { id: r.id, build: server.build(r.ms), server: server.name, user: r.user, taken: r.taken ?? 120 };
  const row = {
    ...common,
    ms: r.ms,
    host: r.host,
    client: r.client,
    front: r.front,
    status: r.status,
    agent: r.agent,
    query: r.query,
  };
  server.add('CmdletInfra/Powershell-Proxy/Http', r.ms, rpsHttpRow(row));
  if (r.cmdlet === undefined) return;
  const ran = { ...common, ms: r.ms + 40, sid: r.sid, cmdlet: r.cmdlet, parameters: r.parameters, error: r.error };
  server.add('CmdletInfra/Powershell-Proxy/Cmdlet', r.ms + 40, rpsCmdletRow(ran));
}

/** People at work: desks from 7 to 18 o'clock on weekdays, phones from 6 to 22, a few requests an hour. */
export function daysAtWork(world, fromMs, toMs, busy = 1) {
  const { random } = world;
  for (let day = Math.floor(fromMs / dayMs) * dayMs; day < toMs; day += dayMs) {
    const weekday = new Date(day).getUTCDay();
    const working = weekday > 0 && weekday < 6;
    const count = Math.round((working ? 24 : 6) * busy);
    for (let i = 0; i < count; i++) {
      const hour = working ? random.between(6, 19) : random.between(8, 21);
      const ms = day + hour * hourMs + random.between(0, 3599) * 1000 + random.between(250, 900);
      if (ms < fromMs || ms >= toMs) continue;
      const person = random.pick(people);
      const kinds = working
        ? ['mapi', 'mapi', 'mapi', 'phone', 'phone', 'owa', 'mac', 'autodiscover']
        : ['phone', 'phone', 'owa'];
      personAsks(world, ms, person, random.pick(kinds));
    }
  }
}

function personAsks(world, ms, person, kind) {
  const { random } = world;
  const front = random.pick(world.front);
  const user = { front, ms, user: person.account, anchor: `Sid~${person.sid}`, status: 200 };
  if (kind === 'mapi') {
    exchangeRequest(world, {
      ...user,
      protocol: 'Mapi',
      method: 'POST',
      stem: '/mapi/emsmdb/',
      query: `MailboxId=${person.mailbox}`,
      backStem: '/mapi/emsmdb/',
      backQuery: `MailboxId=${person.mailbox}`,
      client: person.desk,
      agent: agents.outlook,
      anchor: `MailboxGuid~${person.mailbox.split('@')[0]}`,
      hint: 'MailboxGuidWithDomain',
    });
  } else if (kind === 'phone') {
    const type = person.phone;
    const query = `Cmd=${random.pick(['Ping', 'Sync', 'Sync', 'FolderSync'])}&User=${person.name}&DeviceId=${person.device}&DeviceType=${type}`;
    exchangeRequest(world, {
      ...user,
      protocol: 'Eas',
      method: 'POST',
      stem: '/Microsoft-Server-ActiveSync/default.eas',
      query,
      backStem: '/Microsoft-Server-ActiveSync/Proxy/default.eas',
      backQuery: `${query}&Log=SC1:1_PrxFrom:${front.ip}_Ver1:161_HH:${mailHost}_Hb:600_Mbx:${world.back.fqdn}`,
      client: person.home,
      agent: type === 'iPhone' ? agents.iphone : agents.android,
      authentication: 'Basic',
    });
  } else if (kind === 'owa') {
    const referer = `https://${mailHost}/owa/`;
    const browser = {
      ...user,
      protocol: 'Owa',
      client: person.home,
      agent: agents.chrome,
      authentication: 'FBA',
      encoding: true,
    };
    const page = { ...browser, user: undefined, anchor: '', method: 'GET', ms: ms - 4000 };
    exchangeRequest(world, { ...page, stem: '/owa/auth/logon.aspx', query: 'replaceCurrent=1', referer: '' });
    exchangeRequest(world, {
      ...browser,
      method: 'POST',
      stem: '/owa/service.svc',
      query: 'action=FindItem',
      backStem: '/owa/service.svc',
      backQuery: 'action=FindItem',
      referer,
    });
  } else if (kind === 'mac') {
    const soap = { protocol: 'Ews', method: 'POST', stem: '/EWS/Exchange.asmx', backStem: '/EWS/Exchange.asmx' };
    exchangeRequest(world, { ...user, ...soap, client: person.home, agent: agents.mac, authentication: 'NTLM' });
  } else {
    const find = { protocol: 'Autodiscover', method: 'POST', stem: '/autodiscover/autodiscover.xml', host: autodiscoverHost };
    const challenge = { ...find, front, ms: ms - 1000, client: person.home, agent: agents.outlook };
    exchangeRequest(world, { ...challenge, status: 401, substatus: 1, win32: 2148074254, authentication: 'NTLM' });
    exchangeRequest(world, {
      ...user,
      ...find,
      client: person.home,
      agent: agents.outlook,
      backStem: find.stem,
      authentication: 'NTLM',
    });
  }
}

/** What every public address gets: scanners that look at everybody and get the public pages or nothing. */
export function internetNoise(world, fromMs, toMs) {
  const { random } = world;
  const chrome62 =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/62.0.3202.62 Safari/537.36';
  const owa = { protocol: 'Owa', encoding: true };
  const exportTool = '/ecp/Current/exporttool/microsoft.exchange.ediscovery.exporttool.application';
  const looks = [
    { stem: '/', status: 200, agent: agents.zgrab },
    { stem: '/owa/auth/logon.aspx', status: 200, agent: agents.zgrab, ...owa },
    { stem: '/admin', status: 404, win32: 2, agent: chrome62 },
    { stem: '/.env', status: 404, win32: 2, agent: 'curl/7.64.1' },
    { stem: '/wp-login.php', status: 404, win32: 2, agent: chrome62 },
    { stem: '/owa/admin.cfg', status: 302, agent: chrome62, note: 'NoCookies=302 - GET/E14AuthPost;', ...owa },
    { stem: '/favicon.ico', status: 404, win32: 2, agent: 'Mozilla/5.0 (compatible; CensusBot/1.1; +https://census.example/)' },
    {
      stem: exportTool,
      status: 200,
      agent: agents.zgrab,
      protocol: 'Ecp',
      anchor: 'ServerVersion~Version 15.0 (Build 0.0)',
      backStem: exportTool,
      hint: 'EDiscoveryExportTool-ServerVersion',
    },
  ];
  for (let day = Math.floor(fromMs / dayMs) * dayMs; day < toMs; day += dayMs) {
    for (let i = random.between(1, 3); i > 0; i--) {
      const ms = day + random.between(0, 86_399) * 1000 + random.between(250, 900);
      const client = `${random.pick(['203.0.113', '198.51.100'])}.${random.between(201, 249)}`;
      if (ms < fromMs || ms >= toMs) continue;
      exchangeRequest(world, {
        ms,
        front: random.pick(world.front),
        method: 'GET',
        client,
        host: '192.0.2.200',
        ...random.pick(looks),
      });
    }
  }
}

/** An administrator at her desk sets the address of the address book: a Set that is meant, with a plain https address. */
export function administratorSetsAddress(world, ms) {
  const stem = '/ecp/DDI/DDIService.svc/SetObject';
  const canary = `${world.random.letters(40)}.`;
  const query = `msExchEcpCanary=${canary}&schema=OABVirtualDirectory`;
  const asked = exchangeRequest(world, {
    ms,
    front: world.front[0],
    protocol: 'Ecp',
    method: 'POST',
    stem,
    query,
    backStem: stem,
    backQuery: query,
    user: administrator.account,
    client: administrator.desk,
    agent: agents.chrome,
    anchor: 'Sid~S-1-5-21-3141592653-271828182-1618033988-1105',
    authentication: 'FBA',
    status: 200,
    referer: `https://${mailHost}/ecp/VDirMgmt/EditOABVirtualDirectory.aspx`,
  });
  if (asked === undefined) return;
  ecpCommand(world, world.back, ms - 60, {
    command: `Set-OabVirtualDirectory.ExternalUrl='https://${mailHost}/OAB'.Identity='5e0b7c1a-40f2-4a8e-9f2d-7b6c91d3e804'`,
    url: `${stem}?${query}`,
    referer: `https://${mailHost}/ecp/VDirMgmt/EditOABVirtualDirectory.aspx`,
    activity: asked.activity,
  });
}
