/**
 * A HttpProxy log of a busy Exchange server, of any size, seeded: `node bench/generate-httpproxy.mjs 1000 /tmp/HttpProxy.LOG`. 400
 * users, their phones and Outlooks, health probes, scanners, and 20 rows of the hole in use, spread over the file. Real logs are
 * many files of an hour each; what is measured is reading, and that does not care.
 */
import fs from 'node:fs';
import { httpProxyHeader, httpProxyRow } from '../examples/log-writers.mjs';
import { agents, generator, scanners } from './generate-iis.mjs';

const build = '15.1.2176.2';

/** Writes `bytes` of log, evenly over `days` of March 2021 from `day` on; returns how many rows and how many of them are the intruder's. */
export function writeHttpProxyLog(file, bytes, seed = 1, day = 1, days = 30) {
  const random = generator(seed);
  const users = Array.from({ length: 400 }, (_, i) => ({
    name: `HAVEN\\user${i}`,
    address: `198.51.${100 + (i >> 8)}.${i & 255}`,
    mailbox: random.guid(),
    sid: `S-1-5-21-1004336348-1177238915-682003330-${1200 + i}`,
    device: random.hex(32).toUpperCase(),
    agent: random.pick(agents).replaceAll('+', ' '),
  }));
  const start = Date.UTC(2021, 2, day);
  const out = fs.openSync(file, 'w');
  let written = fs.writeSync(out, `${httpProxyHeader(start, build).join('\r\n')}\r\n`);
  let rows = 0;
  let planted = 0;
  let pending = '';
  const plantEvery = Math.floor(bytes / 20);
  let nextPlant = plantEvery / 2;
  const msPerByte = (days * 86_400_000) / bytes;
  const server = 'MAIL01';
  const backEnd = { target: 'mail01.haven.example', targetBuild: '15.01.2176.002', versionNumber: 1942063232 };
  const backOf = (status, rest = {}) => ({ status, ...backEnd, ...rest });
  while (written + pending.length < bytes) {
    const ms = Math.floor(start + (written + pending.length) * msPerByte);
    const user = random.pick(users);
    const kind = random.next();
    const base = {
      ms,
      id: random.guid(),
      build,
      server,
      host: 'mail.haven.example',
      requestBytes: Math.floor(random.next() * 900),
    };
    const known = { authentication: 'Negotiate', user: user.name, client: user.address, agent: user.agent };
    const sid = `Sid~${user.sid}`;
    const taken = Math.floor(random.next() * 400);
    const responseBytes = Math.floor(random.next() * 9000);
    let row;
    if (written + pending.length >= nextPlant) {
      nextPlant += plantEvery;
      planted++;
      const anchor = `ServerInfo~a]@mail01.haven.example:444/ecp/proxyLogon.ecp?a=~${planted}`;
      row = {
        ...base,
        protocol: 'Ecp',
        stem: '/ecp/y.js',
        method: 'POST',
        client: '203.0.113.24',
        agent: 'python-requests/2.25.1',
      };
      row = { ...row, anchor, status: 241, back: backOf(241), taken: 31 };
    } else if (kind < 0.3) {
      const query = `Cmd=Ping&User=haven.example%5C${user.name.slice(6)}&DeviceId=${user.device}&DeviceType=iPhone`;
      row = { ...base, ...known, protocol: 'Eas', stem: '/Microsoft-Server-ActiveSync/default.eas', method: 'POST', query };
      row = { ...row, authentication: 'Basic', anchor: sid, status: 200, back: backOf(200), taken: taken * 900, responseBytes };
    } else if (kind < 0.65) {
      const clientRequestId = `R:${random.guid()}:${Math.floor(random.next() * 90)};RT:Execute;CI:${random.guid()}:1;CID:${random.guid()}`;
      const cookie = `Database~${user.mailbox}~~2021-04-01T00:00:00`;
      row = {
        ...base,
        ...known,
        protocol: 'Mapi',
        stem: '/mapi/emsmdb/',
        method: 'POST',
        clientRequestId,
        agent: 'MapiHttpClient',
      };
      row = { ...row, query: `MailboxId=${user.mailbox}@haven.example`, anchor: `MailboxGuid~${user.mailbox}`, responseBytes };
      row = { ...row, status: 200, back: backOf(200, { cookie, hint: 'MailboxGuidWithDomain' }), taken };
    } else if (kind < 0.83) {
      const refused = random.next() < 0.2;
      row = { ...base, ...known, protocol: 'Ews', stem: '/EWS/Exchange.asmx', method: 'POST', anchor: sid, responseBytes, taken };
      row = refused ? { ...row, user: undefined, anchor: '', status: 401 } : { ...row, status: 200, back: backOf(200) };
    } else if (kind < 0.93) {
      const stem = `/owa/prem/15.1.2176.2/scripts/boot.${Math.floor(random.next() * 60)}.mouse.js`;
      row = {
        ...base,
        ...known,
        protocol: 'Owa',
        stem,
        method: 'GET',
        anchor: sid,
        status: 200,
        back: backOf(200),
        responseBytes,
      };
      row = { ...row, authentication: 'FBA', taken };
    } else if (kind < 0.98) {
      row = { ...base, protocol: 'Ews', host: 'localhost', stem: '/ews/', method: 'GET', authentication: 'Negotiate' };
      row = { ...row, user: 'HAVEN\\HealthMailbox4f1c', client: '127.0.0.1', agent: 'AMProbe/Local/ClientAccess', anchor: sid };
      row = { ...row, status: 200, back: backOf(undefined), taken: 1 };
    } else {
      const stem = `/owa/${random.hex(6)}.php`;
      row = {
        ...base,
        protocol: 'Owa',
        host: '198.51.100.1',
        stem,
        method: 'GET',
        client: `203.0.113.${Math.floor(random.next() * 250)}`,
      };
      const agent = random.pick(scanners).replaceAll('+', ' ');
      row = { ...row, agent, status: 302, taken: 0, note: 'NoCookies=302 - GET/E14AuthPost;' };
    }
    rows++;
    pending += `${httpProxyRow(row)}\r\n`;
    if (pending.length > 1 << 20) {
      written += fs.writeSync(out, pending);
      pending = '';
    }
  }
  fs.writeSync(out, pending);
  fs.closeSync(out);
  return { rows, planted };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [megabytes, file] = process.argv.slice(2);
  console.log(JSON.stringify(writeHttpProxyLog(file, Number(megabytes) * 1e6)));
}
