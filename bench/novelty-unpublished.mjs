/**
 * Ways in that nobody has published, spliced into ordinary days: does novelty alone show them? Each family is written from what Exchange can be
 * asked for, by somebody who had not read `src/judge/novelty` (he had read docs/adr/0026, and that is said wherever these numbers stand), and before it was run once. None is used for tuning.
 *
 * `node bench/novelty-unpublished.mjs [--seeds 5] [--first 1] [--size 50MB] [--families a,b] [--note text]` writes `bench/runs/<date>/novelty-unpublished.json`.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { assess } from '../dist/assess.js';
import { generateDemo, planDemo } from '../dist/demo/index.js';
import { parseSize } from '../dist/cli/demo.js';
import { platformFor } from '../dist/cli/paths.js';
import { inlineExecutor } from '../dist/run/index.js';
import { generatorHash } from './novelty-frozen.mjs';
import { machine } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    first: { type: 'string', default: '1' },
    size: { type: 'string', default: '50MB' },
    families: { type: 'string' },
    note: { type: 'string' },
    date: { type: 'string' },
  },
});

const hour = 3_600_000;
const day = 24 * hour;
const chrome =
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/88.0.4324.190+Safari/537.36';

/** A request that the front end passed on: its rows in all three books. `back`: what the back end books, null: nothing. */
const passed = (
  atMs,
  { method, stem, query = '', status = '200', user = '-', protocol, bytes = 1800, agent, address, backPath = stem },
) => ({
  kind: 'passed',
  atMs,
  method,
  stem,
  query,
  status,
  user,
  protocol,
  bytes,
  agent,
  address,
  backPath,
});
/** A request that IIS answers itself: one row. */
const direct = (atMs, { method, stem, query = '', status = '200', user = '-', bytes = 600, agent, address }) => ({
  kind: 'direct',
  atMs,
  method,
  stem,
  query,
  status,
  user,
  bytes,
  agent,
  address,
});

/** Each: the rows of one attack, from a moment on; `who`: address and program of whoever does it, `user`: an account that works here. */
const families = {
  /** Another virtual directory answers somebody who is nobody. */
  'other-directory': (at, who) =>
    [0, 40, 95].map((s) =>
      passed(at + s * 1000, {
        ...who,
        method: 'POST',
        stem: '/mapi/nspi/',
        query: 'mailboxId=5c1f6f0e-0c43-4c0f-9f3f-1f2a6b7f9a11@haven.example',
        protocol: 'Mapi',
        bytes: 4100,
      }),
    ),
  /** A handler of the control panel that nobody uses takes a file. */
  'other-handler': (at, who) => [
    passed(at, { ...who, method: 'GET', stem: '/ecp/Reporting/Export.ashx', query: 'type=audit', protocol: 'Ecp' }),
    passed(at + 9000, {
      ...who,
      method: 'POST',
      stem: '/ecp/Reporting/Export.ashx',
      query: 'type=audit&out=..%2f..%2fx',
      protocol: 'Ecp',
      bytes: 90,
    }),
  ],
  /** A verb that no client of mail uses, answered. */
  'odd-verb': (at, who) => [passed(at, { ...who, method: 'SEARCH', stem: '/owa/', protocol: 'Owa', status: '207', bytes: 9300 })],
  /** WebDAV on a folder of pages. */
  webdav: (at, who) => [
    direct(at, { ...who, method: 'PROPFIND', stem: '/aspnet_client/', status: '207' }),
    direct(at + 4000, { ...who, method: 'PUT', stem: '/aspnet_client/notes.txt', status: '201' }),
    direct(at + 7000, { ...who, method: 'MOVE', stem: '/aspnet_client/notes.txt', status: '201' }),
    direct(at + 15000, { ...who, method: 'GET', stem: '/aspnet_client/notes.aspx', status: '200' }),
  ],
  /** All of it in a header: an ordinary address, answered where everybody without a name is sent to the logon page. */
  'header-only': (at, who) =>
    [0, 3, 8, 31].map((s) =>
      passed(at + s * 1000, { ...who, agent: chrome, method: 'GET', stem: '/owa/', protocol: 'Owa', bytes: 48_000 }),
    ),
  /** One request a day, for a week. */
  slow: (at, who) =>
    [0, 1, 2, 3, 4, 5, 6].map((d) =>
      passed(at + d * day + d * 1_111_000, {
        ...who,
        agent: chrome,
        method: 'POST',
        stem: '/autodiscover/autodiscover.svc',
        protocol: 'Autodiscover',
        bytes: 3100,
      }),
    ),
  /** Bodies to things that are only ever fetched. */
  'post-to-static': (at, who) =>
    [0, 5, 11].map((s) =>
      passed(at + s * 1000, {
        ...who,
        agent: chrome,
        method: 'POST',
        stem: '/owa/prem/15.1.2176.2/resources/images/0/sprite1.mouse.png',
        protocol: 'Owa',
        bytes: 2200,
      }),
    ),
  /** A file that was not there before, asked for once. */
  'new-file-once': (at, who) => [
    direct(at, { ...who, agent: chrome, method: 'GET', stem: '/aspnet_client/system_web/4_0_30319/zwk.aspx', bytes: 310 }),
  ],
  /** A page that everybody uses, with a parameter that nobody has. */
  'new-parameter': (at, who) =>
    [0, 12].map((s) =>
      direct(at + s * 1000, {
        ...who,
        agent: chrome,
        method: 'GET',
        stem: '/owa/auth/logon.aspx',
        query: `replaceCurrent=1&tmpl=${Buffer.from('../../../../inetpub/wwwroot/x'.repeat(3)).toString('base64url')}`,
        bytes: 7400,
      }),
    ),
  /** One account reads everybody's mail by the services that it may use. */
  'one-account': (at, who, user) => [
    ...Array.from({ length: 240 }, (_, i) =>
      passed(at + i * 21_000, {
        ...who,
        agent: 'ExchangeServicesClient/15.00.0913.015',
        user,
        method: 'POST',
        stem: '/EWS/Exchange.asmx',
        protocol: 'Ews',
        bytes: 260_000,
      }),
    ),
    ...Array.from({ length: 240 }, (_, i) => ({
      kind: 'ews',
      atMs: at + i * 21_000 + 120,
      user,
      address: who.address,
      action: 'ExportItems',
      impersonated: `user${i % 17}@haven.example`,
      bytes: 260_000,
    })),
  ],
  /** Orders to the management shell that nobody here ever gave. */
  cmdlets: (at, _who, user) => [
    {
      kind: 'cmdlet',
      atMs: at,
      user,
      name: 'New-JournalRule',
      parameters: '-Name ""x"" -JournalEmailAddress ""a@example.test""',
    },
    {
      kind: 'cmdlet',
      atMs: at + 41_000,
      user,
      name: 'Set-IRMConfiguration',
      parameters: '-JournalReportDecryptionEnabled ""True""',
    },
  ],
  /** The same by the control panel. */
  'panel-cmdlets': (at, who, user) => [
    passed(at, {
      ...who,
      agent: chrome,
      user,
      method: 'POST',
      stem: '/ecp/DDI/DDIService.svc/NewObject',
      query: 'schema=JournalRule',
      protocol: 'Ecp',
    }),
    {
      kind: 'ecp',
      atMs: at + 60,
      name: "New-JournalRule.Name='x'.JournalEmailAddress='a@example.test'",
      url: '/ecp/DDI/DDIService.svc/NewObject?schema=JournalRule',
    },
  ],
  /** Remote procedure calls over the web, without a name. */
  'rpc-verbs': (at, who) => [
    passed(at, {
      ...who,
      agent: 'MSRPC',
      method: 'RPC_IN_DATA',
      stem: '/rpc/rpcproxy.dll',
      query: 'dc01.haven.example:593',
      protocol: 'RpcHttp',
    }),
    passed(at + 100, {
      ...who,
      agent: 'MSRPC',
      method: 'RPC_OUT_DATA',
      stem: '/rpc/rpcproxy.dll',
      query: 'dc01.haven.example:593',
      protocol: 'RpcHttp',
      bytes: 5100,
    }),
  ],
  /** A telephone's protocol, with an order that no telephone gives, and no account. */
  'phone-order': (at, who) => [
    passed(at, {
      ...who,
      agent: 'Apple-iPhone11C8/1803.118',
      method: 'POST',
      stem: '/Microsoft-Server-ActiveSync/default.eas',
      query: 'Cmd=Ping&User=..%5c..%5cx&DeviceId=X&DeviceType=iPhone',
      protocol: 'Eas',
      bytes: 900,
    }),
  ],
};

const addresses = ['203.0.113.44', '198.51.100.77', '203.0.113.190', '198.51.100.9'];
const libraries = ['python-requests/2.25.1', 'Go-http-client/1.1', 'curl/7.68.0', chrome];

const utc = (ms) => new Date(ms).toISOString();
const id = (text) => {
  const h = createHash('sha256').update(text).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-9${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

/** Puts a line into a log of one server, by time; makes the file where that hour has none. Returns its place when all are in. */
class Logs {
  /** @readonly */
  #texts = new Map();
  /** @readonly */
  #added = [];
  constructor(folder) {
    this.folder = folder;
    const root = fs.readdirSync(folder).find((name) => name !== 'C' && fs.existsSync(path.join(folder, name, 'C')));
    this.base = root === undefined ? folder : path.join(folder, root);
  }
  /** The file of that kind which holds this time, or the last before it. */
  #file(dir, atMs) {
    const place = path.join(this.base, dir);
    if (!fs.existsSync(place)) return null;
    const name = utc(atMs).replaceAll(/[-:T]/g, '');
    const stamp = (file) => {
      const digits = /(\d{6,10})(?:-\d+)?\.log$/i.exec(file)?.[1] ?? '';
      return (digits.length === 6 ? `20${digits}` : digits).padEnd(10, '0');
    };
    const files = fs.readdirSync(place).sort((a, b) => (stamp(a) < stamp(b) ? -1 : 1));
    const found = files.findLast((file) => stamp(file) <= name.slice(0, 10));
    return found === undefined ? null : path.join(place, found);
  }
  add(dir, atMs, make) {
    const file = this.#file(dir, atMs);
    if (file === null) return;
    const text = this.#texts.get(file) ?? fs.readFileSync(file, 'latin1').split('\r\n');
    this.#texts.set(file, text);
    const fields = text.find((line) => line.startsWith('#Fields: ')).slice(9);
    const blank = dir.includes('LogFiles');
    const names = fields.split(blank ? ' ' : ',');
    const cells = make(names);
    const line = names.map((name) => cells[name] ?? (blank ? '-' : '')).join(blank ? ' ' : ',');
    const time = (one) => (blank ? one.slice(0, 19).replace(' ', 'T') : one.slice(0, 19));
    let where = text.length - 1;
    while (where > 0 && (text[where] === '' || (!text[where - 1].startsWith('#') && time(text[where - 1]) > time(line)))) where--;
    text.splice(where, 0, line);
    this.#added.push({ file, line });
  }
  close() {
    const places = [];
    for (const [file, text] of this.#texts) {
      const bytes = text.join('\r\n');
      fs.writeFileSync(file, bytes, 'latin1');
      for (const { line } of this.#added.filter((one) => one.file === file))
        places.push(`${path.relative(this.folder, file).split(path.sep).join('/')}\n${bytes.indexOf(line)}`);
    }
    return new Set(places);
  }
}

const logging = 'C/Program Files/Microsoft/Exchange Server/V15/Logging';
function splice(logs, row, seed, number) {
  const request = id(`${seed} ${number} ${row.atMs}`);
  const iis = (atMs, more) => ({
    date: utc(atMs).slice(0, 10),
    time: utc(atMs).slice(11, 19),
    'sc-substatus': '0',
    'sc-win32-status': '0',
    'time-taken': '87',
    ...more,
  });
  const { atMs } = row;
  if (row.kind === 'direct' || row.kind === 'passed') {
    const ids = row.kind === 'passed' ? `&CorrelationID=<empty>;&cafeReqId=${request};` : '';
    logs.add('C/inetpub/logs/LogFiles/W3SVC1', atMs, () =>
      iis(atMs, {
        's-ip': '10.20.0.11',
        'cs-method': row.method,
        'cs-uri-stem': row.stem,
        'cs-uri-query': `${row.query}${ids}` || '-',
        's-port': '443',
        'cs-username': row.user,
        'c-ip': row.address,
        'cs(User-Agent)': row.agent,
        'sc-status': row.status,
        'sc-bytes': String(row.bytes),
        'cs-bytes': '740',
      }),
    );
  }
  if (row.kind === 'passed') {
    logs.add(`${logging}/HttpProxy/${row.protocol}`, atMs, () => ({
      DateTime: utc(atMs),
      RequestId: request,
      MajorVersion: '15',
      MinorVersion: '1',
      BuildVersion: '2176',
      RevisionVersion: '2',
      Protocol: row.protocol,
      UrlHost: 'mail.haven.example',
      UrlStem: row.stem,
      AuthenticationType: row.user === '-' ? '' : 'Negotiate',
      IsAuthenticated: String(row.user !== '-'),
      AuthenticatedUser: row.user === '-' ? '' : row.user,
      UserAgent: row.agent.replaceAll('+', ' ').replaceAll(',', ' '),
      ClientIpAddress: row.address,
      ServerHostName: 'MAIL01',
      HttpStatus: row.status,
      BackEndStatus: row.status,
      Method: row.method,
      ProxyAction: 'Proxy',
      TargetServer: 'MAIL01.haven.example',
      RequestBytes: '740',
      ResponseBytes: String(row.bytes),
    }));
    logs.add('C/inetpub/logs/LogFiles/W3SVC2', atMs, () =>
      iis(atMs, {
        's-ip': '10.20.0.11',
        'cs-method': row.method,
        'cs-uri-stem': row.backPath,
        'cs-uri-query': `${row.query}&reqId=${request}&ActID=${id(request)}`,
        's-port': '444',
        'cs-username': row.user === '-' ? 'HAVEN\\MAIL01$' : row.user,
        'c-ip': '10.20.0.11',
        'cs(User-Agent)': row.agent,
        'sc-status': row.status,
        'sc-bytes': String(row.bytes),
        'cs-bytes': '740',
      }),
    );
  }
  if (row.kind === 'ews')
    logs.add(`${logging}/Ews`, atMs, () => ({
      DateTime: utc(atMs),
      RequestId: request,
      MajorVersion: '15',
      MinorVersion: '1',
      BuildVersion: '2176',
      RevisionVersion: '2',
      AuthenticationType: 'Negotiate',
      IsAuthenticated: 'true',
      AuthenticatedUser: row.user,
      UserAgent: 'ExchangeServicesClient/15.00.0913.015',
      ClientIpAddress: row.address,
      ServerHostName: 'MAIL01',
      SoapAction: row.action,
      HttpStatus: '200',
      RequestSize: '700',
      ResponseSize: String(row.bytes),
      ImpersonatedUser: row.impersonated,
    }));
  if (row.kind === 'cmdlet')
    logs.add(`${logging}/CmdletInfra/Powershell-Proxy/Cmdlet`, atMs, () => ({
      DateTime: utc(atMs),
      StartTime: utc(atMs - 5),
      RequestId: request,
      MajorVersion: '15',
      MinorVersion: '1',
      BuildVersion: '2176',
      RevisionVersion: '2',
      ServerHostName: 'MAIL01',
      ProcessId: '6832',
      ProcessName: 'w3wp#MSExchangePowerShellAppPool',
      ThreadId: '5',
      AuthenticatedUser: row.user,
      IsAdmin: 'True',
      ClientApplication: '',
      Cmdlet: row.name,
      Parameters: `"${row.parameters}"`,
    }));
  if (row.kind === 'ecp')
    logs.add(`${logging}/ECP/Server`, atMs, () => ({
      TimeStamp: utc(atMs),
      ServerName: 'MAIL01',
      EventId: 'ECP.Request',
      EventData: `S:TIME=90;S:SID=${id(request)};S:CMD=${row.name};S:REQID=;S:URL=${row.url};S:REFERRER=;S:EX=;S:ACTID=${id(request)};S:RS=0;S:BLD=15.1.2176.2`,
    }));
}

async function run(family, seed) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-unpublished-'));
  try {
    const sink = {
      open(name) {
        const file = path.join(folder, ...name.split('/'));
        fs.mkdirSync(path.dirname(file), { recursive: true });
        return fs.openSync(file, 'wx');
      },
      write: (file, bytes) => void fs.writeSync(file, bytes),
      close: (file) => fs.closeSync(file),
    };
    const truth = generateDemo(planDemo({ bytes: parseSize(options.size), stories: ['healthy'], seed }), sink);
    let places = new Set();
    if (family !== 'none') {
      const number = Number.parseInt(createHash('sha256').update(`${family} ${seed}`).digest('hex').slice(0, 8), 16);
      const [fromMs, toMs] = [Date.parse(truth.fromUtc), Date.parse(truth.toUtc)];
      // In the second half, at any hour; a week before the end at the latest, for the slow one.
      const atMs = fromMs + (toMs - fromMs) * (0.4 + (number % 97) / 450) + (number % 86_400) * 1000 * 0.3;
      const who = { address: addresses[number % addresses.length], agent: libraries[(number >>> 3) % libraries.length] };
      const user = 'HAVEN\\anna.berg';
      const logs = new Logs(folder);
      for (const [index, row] of families[family](Math.floor(atMs / 1000) * 1000, who, user).entries())
        splice(logs, row, `${family} ${seed}`, index);
      places = logs.close();
      if (places.size === 0) throw new Error(`${family}: nothing was spliced in`);
    }
    const { assessment } = await assess([folder], {
      organisation: 'bench',
      known: [],
      executor: inlineExecutor(),
      platform: platformFor([folder]),
      content: { packs: [], rules: [], steps: [] },
    });
    const findings = new Map(assessment.findings.map((finding) => [finding.id, finding]));
    const { items } = assessment.novelty;
    const rank = items.findIndex(({ finding }) =>
      findings.get(finding).evidence.some(({ artifact, offsetBytes }) => places.has(`${artifact}\n${offsetBytes}`)),
    );
    const perDay = new Map();
    for (const { host, timeUtc } of items)
      perDay.set(`${host} ${timeUtc?.slice(0, 10)}`, (perDay.get(`${host} ${timeUtc?.slice(0, 10)}`) ?? 0) + 1);
    return {
      family,
      seed,
      rows: places.size,
      rank: rank === -1 ? null : rank + 1,
      what: rank === -1 ? null : items[rank].what,
      items: items.length,
      mostPerServerDay: Math.max(0, ...perDay.values()),
      problems: assessment.problems.length,
      answer: assessment.verdict.answer,
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

os.setPriority(10);
const asked = options.families?.split(',') ?? ['none', ...Object.keys(families)];
const results = [];
for (const family of asked) {
  const own = [];
  for (let index = 0; index < Number(options.seeds); index++) own.push(await run(family, String(Number(options.first) + index)));
  results.push(...own);
  const ranks = own.map(({ rank }) => rank ?? '-');
  console.log(
    [
      family.padEnd(16),
      `top 10: ${own.filter(({ rank }) => rank !== null && rank <= 10).length}/${own.length}`,
      `ranks ${ranks.join(' ')}`,
      `items ${own.map(({ items }) => items).join(' ')}`,
      `most a day ${Math.max(...own.map(({ mostPerServerDay }) => mostPerServerDay))}`,
      own.find(({ what }) => what !== null)?.what ?? '',
    ].join('  '),
  );
}
const date = options.date ?? new Date().toISOString().slice(0, 10);
const folder = path.join(path.dirname(new URL(import.meta.url).pathname), 'runs', date);
fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(
  path.join(folder, 'novelty-unpublished.json'),
  `${JSON.stringify({ command: `node bench/novelty-unpublished.mjs ${process.argv.slice(2).join(' ')}`.trim(), note: options.note ?? null, generator: generatorHash(), machine: machine(), size: options.size, results })}\n`,
);
