/**
 * Mutated evidence for every reader. A fixed number of rounds from a fixed seed; for longer runs set AFTERPATCH_FUZZ_SECONDS, and
 * AFTERPATCH_FUZZ_SEED to begin elsewhere. What this finds becomes a case in the reader's own tests.
 */
import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/core/hash.ts';
import { segment } from '../../src/evidence/pasted.ts';
import { readHead } from '../../src/evidence/text-head.ts';
import { readers } from '../../src/read/index.ts';
import { logForms } from '../support/log-forms.ts';
import { utf16 } from '../support/memory.ts';
import { scanText } from '../support/scan.ts';

const seconds = Number(process.env['AFTERPATCH_FUZZ_SECONDS'] ?? 0);
const rounds = 250;

const seeds: Readonly<Record<string, string>> = {
  'iis-w3c':
    '#Software: Microsoft Internet Information Services 10.0\r\n#Date: 2021-03-03 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken\r\n2021-03-03 04:12:11 10.0.0.5 POST /ecp/y.js a=%41%C3%A9 443 - 203.0.113.9 curl/7.6 200 15\r\n2021-03-03 04:12:12 10.0.0.5 GET /owa/ - 443 CORP\\é fe80::1%3 Mozilla/5.0+(X) 302 1\r\n',
  httpproxy:
    'DateTime,RequestId,UrlStem,AnchorMailbox,UserAgent,HttpStatus\r\n#Log-type: HttpProxy Logs\r\n#Fields: DateTime,RequestId,UrlStem,AnchorMailbox,UserAgent,HttpStatus\r\n2021-03-03T04:12:11.400Z,8c1b0e1e-0000-4d84-9a3c-ab1c72a5c8b1,/ecp/y.js,ServerInfo~a]@mx:444/x?#,"Moz ""5"", like",241\r\n',
  'ecp-server': `#Log-type: ECP Server Log\n#Fields: TimeStamp,ServerName,EventId,EventData\n2021-03-03T04:12:11.400Z,MX1,ECP.Request,"S:TIME=1;'S:CMD=Set-X.Url=''http://f/;S:EX=a''';S:REQID=;S:URL=/a?b=1;S:REFERRER=;S:EX=;S:BLD=15.1"\n`,
  'test-proxylogon': '#TYPE x\r\n"DateTime","AnchorMailbox"\r\n"2021-03-03T04:12:11.400Z","ServerInfo~a]@mx:444/x?#"\r\n',
  'powershell-table': 'DateTime AnchorMailbox\n-------- -------------\n2021-03-03T04:12:11.400Z ServerInfo~a]@mx:444/a b?#\n',
  'powershell-list': 'Name : OAB\nServer : MX1\nExternalUrl : http://f/#<s\n   x>\n\nName : é\nInternalUrl :\n',
  'httpproxy-list': 'DateTime : 2021-03-03T04:12:11.400Z\nAnchorMailbox : ServerInfo~a]@mx:444/x?#\n   y\n\nAnchorMailbox : é\n',
  'path-list':
    'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx\r\n"c:\\a b\\é.txt"\r\n/mnt/c/inetpub/wwwroot/y.asp\r\nA  SH   C:\\inetpub\\wwwroot\\z.aspx\r\n',
  'dir-listing':
    ' Volume in drive C is OS\r\n\r\n Directory of C:\\inetpub\\wwwroot\r\n\r\n03/22/2021  05:31 AM    <DIR>          .\r\n03/22/2021  05:31 AM             2,048 NT AUTHORITY\\SYSTEM    x é.aspx\r\n               1 File(s)          2,048 bytes\r\n',
  'command-lines':
    '"cmd" /c cd /d "C:\\inetpub"&whoami&echo [S]&cd&echo [E]\r\n2021-03-03T05:31:20Z w3wp.exe -> cmd.exe -> C:\\é b\\net1.exe user\r\n',
  'ecp-excerpt': `they sent me S:CMD=Set-X.Url='http://f/;x';S:REQID=;S:URL=/a;S:EX=\r\n'S:CMD=Get-é''x''';S:EX=Boom\r\n`,
  'test-proxylogon-console':
    'ProxyLogon Status: Exchange Server MX1\r\n  Log age days: Oabgen  Ecp 29,5\r\n  [CVE-2021-26855] Suspicious activity found in Http Proxy log!\r\n      C:\\x.csv\r\n',
};
const scraps = [
  '\n',
  '\r',
  '\0',
  '"',
  '""',
  "'",
  ',',
  ';',
  ' ',
  '%',
  '%2',
  '\ufeff',
  '#',
  '#Fields: ',
  'S:EX=',
  'S:CMD=',
  ':',
  '-',
  '\t',
  'é',
  '😀',
  '2021-03-03',
  '9'.repeat(30),
  'a'.repeat(3000),
].map((text) => new TextEncoder().encode(text));

/** A small generator of our own (xorshift), so that a failure can be repeated anywhere. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const parts = [...bytes];
  for (let times = 1 + random(6); times > 0; times--) {
    const at = random(parts.length + 1);
    switch (random(6)) {
      case 0:
        parts.splice(at, 1 + random(40));
        break;
      case 1:
        parts.splice(at, 0, ...scraps[random(scraps.length)]!);
        break;
      case 2:
        parts[at] = random(256);
        break;
      case 3:
        parts.splice(at, 0, ...parts.slice(random(parts.length + 1), at));
        break;
      case 4:
        parts.length = at;
        break;
      default:
        if (at < parts.length) parts[at]! ^= 1 << random(8);
    }
    if (parts.length > 60_000) parts.length = 60_000;
  }
  return Uint8Array.from(parts, (byte) => byte ?? 0);
}

test.each(readers.map((reader) => [reader.kind, reader] as const))('%s', (kind, reader) => {
  const seed = Number(process.env['AFTERPATCH_FUZZ_SEED'] ?? 20210302);
  const random = randomFrom(seed);
  const text = seeds[kind] ?? logForms[kind]?.text;
  expect(text, 'every reader has a seed').toBeDefined();
  const until = Date.now() + seconds * 1000;
  let slowestMs = 0;
  let rows = 0;
  for (let round = 0; round < rounds || Date.now() < until; round++) {
    const wide = random(4);
    const start = wide < 2 ? new TextEncoder().encode(text) : utf16(text!, wide === 3);
    const bytes = mutate(start, random);
    const began = performance.now();
    const seen = scanText(reader, bytes, { blockBytes: 64 + 2 * random(2000) });
    let line = 0;
    let at = -1;
    for (const row of seen.rows) {
      // One line of console text can hold several records.
      expect(row.at).toBeGreaterThan(reader.blockBytes === null ? at - 1 : at);
      expect(row.at + row.raw.length).toBeLessThanOrEqual(bytes.length);
      expect(sha256Hex(row.raw)).toBe(sha256Hex(bytes.slice(row.at, row.at + row.raw.length)));
      expect(row.line).toBeGreaterThan(reader.blockBytes === null ? line - 1 : line);
      ({ at, line } = row);
    }
    expect(line).toBeLessThanOrEqual(Math.max(seen.lines, 1));
    for (const problem of seen.problems) expect(problem.at).toBeLessThanOrEqual(bytes.length);
    const head = readHead(bytes);
    const { parts } = segment(bytes, head.encoding, head.lineEnd);
    for (const [i, part] of parts.entries()) {
      expect(part.at).toBeGreaterThanOrEqual(i === 0 ? 0 : parts[i - 1]!.end);
      expect(part.end).toBeGreaterThan(part.at);
    }
    rows += seen.rows.length;
    slowestMs = Math.max(slowestMs, performance.now() - began);
  }
  expect(rows).toBeGreaterThan(0);
  expect(slowestMs).toBeLessThan(5000);
});
