/**
 * A front-end IIS log of a busy Exchange server, of any size, seeded: `node bench/generate-iis.mjs 1000 /tmp/iis.log` writes 1000 MB.
 * 400 users, their phones and Outlooks, health probes, scanners, and 20 rows of a web shell in use, spread over the file.
 */
import fs from 'node:fs';

export const header =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2021-03-01 00:00:00\r\n' +
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n';

export function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(next() * list.length)];
  const hex = (count) => {
    let text = '';
    while (text.length < count)
      text += Math.floor(next() * 0x10000)
        .toString(16)
        .padStart(4, '0');
    return text.slice(0, count);
  };
  const guid = () => `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
  return { next, pick, hex, guid };
}

export const agents = [
  'Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.4954;+Pro)',
  'Apple-iPhone12C1/1803.107',
  'Android-Mail/2021.02.21.361145996.Release',
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/88.0.4324.190+Safari/537.36',
  'Mozilla/5.0+(Macintosh;+Intel+Mac+OS+X+10_15_7)+AppleWebKit/605.1.15+(KHTML,+like+Gecko)+Version/14.0.3+Safari/605.1.15',
  'AppleExchangeWebServices/818.0.1',
];
export const scanners = ['Mozilla/5.0+zgrab/0.x', 'python-requests/2.25.1', 'Mozilla/5.0+(compatible;+Nimbostratus-Bot/v1.3.2)'];

/** Writes `bytes` of log, evenly over `days` of March 2021 from `day` on; returns how many rows and how many of them are the shell's. */
export function writeIisLog(file, bytes, seed = 1, day = 1, days = 30) {
  const random = generator(seed);
  const users = Array.from({ length: 400 }, (_, i) => ({
    name: `HAVEN\\user${i}`,
    address: `198.51.${100 + (i >> 8)}.${i & 255}`,
    device: random.hex(32).toUpperCase(),
    agent: random.pick(agents),
  }));
  const out = fs.openSync(file, 'w');
  let written = fs.writeSync(out, header);
  let rows = 0;
  let planted = 0;
  let pending = '';
  const shellEvery = Math.floor(bytes / 20);
  let nextShell = shellEvery / 2;
  const start = Date.UTC(2021, 2, day);
  // A day has as many rows as the size asks for: time runs evenly over 30 days.
  const msPerByte = (days * 86_400_000) / bytes;
  while (written + pending.length < bytes) {
    const stamp = new Date(start + (written + pending.length) * msPerByte).toISOString();
    const when = `${stamp.slice(0, 10)} ${stamp.slice(11, 19)} 10.0.0.5`;
    const user = random.pick(users);
    const kind = random.next();
    const tail = `&CorrelationID=<empty>;&cafeReqId=${random.guid()};`;
    let row;
    if (written + pending.length >= nextShell) {
      nextShell += shellEvery;
      planted++;
      row = `${when} POST /aspnet_client/zq0w7rhx.aspx - 443 - 203.0.113.24 Mozilla/5.0 - 200 0 0 ${31 + (planted % 7)}`;
    } else if (kind < 0.4)
      row = `${when} POST /Microsoft-Server-ActiveSync/default.eas Cmd=Ping&User=${user.name.slice(6)}&DeviceId=${user.device}&DeviceType=iPhone${tail} 443 ${user.name} ${user.address} ${user.agent} - 200 0 0 ${Math.floor(random.next() * 3e5)}`;
    else if (kind < 0.65)
      row = `${when} POST /mapi/emsmdb/ MailboxId=${user.device.slice(0, 8)}-0000-4000-8000-${user.device.slice(8, 20)}@haven.example${tail} 443 ${user.name} ${user.address} ${agents[0]} - 200 0 0 ${Math.floor(random.next() * 200)}`;
    else if (kind < 0.8)
      row = `${when} POST /EWS/Exchange.asmx ${tail} 443 ${random.next() < 0.2 ? '-' : user.name} ${user.address} ${user.agent} - ${random.next() < 0.2 ? '401 1 2148074254' : '200 0 0'} ${Math.floor(random.next() * 500)}`;
    else if (kind < 0.93)
      row = `${when} GET /owa/prem/15.1.2176.2/scripts/boot.${Math.floor(random.next() * 60)}.mouse.js ${tail} 443 ${user.name} ${user.address} ${user.agent} https://mail.haven.example/owa/ 200 0 0 ${Math.floor(random.next() * 90)}`;
    else if (kind < 0.98) row = `${when} GET /owa/healthcheck.htm - 443 - 127.0.0.1 AMProbe/Local/ClientAccess - 200 0 0 1`;
    else
      row = `${when} GET /${random.hex(6)}.php - 443 - 203.0.113.${Math.floor(random.next() * 250)} ${random.pick(scanners)} - 404 0 2 ${Math.floor(random.next() * 9)}`;
    rows++;
    pending += `${row}\r\n`;
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
  console.log(JSON.stringify(writeIisLog(file, Number(megabytes) * 1e6)));
}
