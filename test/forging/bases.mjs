// The six small evidence sets that forgeries are made from: one server, one day (3 March 2021), a probe every four hours, a few
// people. Written with the example writers, held in memory, so that a forgery can change any row before it becomes a file.

import { ecpServerHeader, httpProxyHeader, iisFields, iisHeader } from '../../examples/log-writers.mjs';
import { addressBookChain, forgedRequest, pageRequest, tools } from '../../examples/intruders.mjs';
import { agents, createWorld, ecpCommand, exchangeRequest } from '../../examples/organisation.mjs';
import { createRandom } from '../../examples/random.mjs';

const exchange = 'C/Program Files/Microsoft/Exchange Server/V15/Logging';
const dayMs = Date.parse('2021-03-03T00:00:00Z');
const build = '15.1.2176.2';

export const at = (clock) => Date.parse(`2021-03-03T${clock}Z`) + 400;
export const intruder = '203.0.113.24';
export const visitor = '198.51.100.61';
export const page = '/owa/auth/zq0w7rhx.aspx';
export const key = 'k7Qm2x';

/** What is known of each base; `why` leans on the rules of judgement. */
export const bases = {
  clean: {
    why: 'nothing bad, but one day of logs cannot show the weeks before it',
    expect: { answer: ['cannot_tell'], stage: ['none'], entered: ['cannot_tell'] },
  },
  attempt: {
    why: 'a forged address that the front end could not reach, and one that Autodiscover answered; nothing further',
    expect: { answer: ['attempted'], stage: ['attempted'], entered: ['no_sign', 'cannot_tell'] },
  },
  session: {
    why: 'proxyLogon.ecp answered 241 and GetObject 200; the ECP server log is not there',
    expect: { answer: ['suspected'], stage: ['exploited'], entered: ['yes'] },
  },
  planted: {
    why: 'the cmdlet took a script as the address (no exception); no reset: planted, not armed',
    expect: { answer: ['confirmed'], stage: ['implanted'], entered: ['yes'] },
  },
  armed: {
    why: 'script set, reset done, page asked once and answered 200',
    expect: { answer: ['confirmed'], stage: ['implanted'], entered: ['yes'] },
  },
  used: {
    why: 'as armed, then POSTs answered 200 with changing time, and an order in the query that the page answered',
    expect: { answer: ['confirmed'], stage: ['operated'], entered: ['yes'] },
  },
};

/** Builds a base. `chain` goes to the attack: `rewrite`, `disguise`, `address`, `stem` ... */
export function createEvidence(base, { columns = 'plain', chain = {}, use = {} } = {}) {
  const rows = [];
  const server = {
    name: 'MAIL01',
    fqdn: 'MAIL01.haven.example',
    ip: '10.20.0.11',
    linkLocal: 'fe80::5efe:a14:b%4',
    columns,
    build: () => build,
    runs: () => true,
    add: (log, ms, row) => rows.push({ log, ms, row }),
  };
  const world = createWorld({ front: [server], back: server, random: createRandom(`forging ${base}`) });
  everydayRows(world, server);

  const attack = { ms: at('04:12:07'), client: intruder, key, ...chain };
  const reach = { session: 'read', planted: 'set', armed: 'tidy', used: 'tidy' }[base];
  if (base === 'attempt') {
    const attempt = { client: intruder, backStem: '/autodiscover/autodiscover.xml', agent: tools.first };
    const change = chain.disguise ?? ((request) => request);
    forgedRequest(world, change({ ...attempt, ms: at('04:12:07'), status: 503, host: 'exchange.haven.example' }));
    forgedRequest(world, change({ ...attempt, ms: at('04:12:11'), status: 200 }));
  }
  if (reach !== undefined) addressBookChain(world, { ...attack, upTo: reach });
  if (base === 'armed' || base === 'used') {
    pageRequest(world, {
      ms: at('04:12:33'),
      client: intruder,
      stem: page,
      status: 200,
      taken: 1840,
      agent: tools.python,
      ...use,
    });
  }
  if (base === 'used') {
    const order = { client: intruder, stem: page, status: 200, agent: tools.crawler, ...use };
    pageRequest(world, { ...order, ms: at('04:31:10'), method: 'POST', taken: 122 });
    pageRequest(world, { ...order, ms: at('04:31:52'), method: 'POST', taken: 1904 });
    pageRequest(world, { ...order, ms: at('04:35:17'), method: 'POST', taken: 640 });
    pageRequest(world, { ...order, ms: at('04:36:02'), query: `${key}=whoami${use.moreQuery ?? ''}`, taken: 213 });
  }
  return {
    world,
    server,
    rows,
    columns: { iis1: iisFields[columns], iis2: iisFields[columns === 'forwarded' ? 'plain' : columns] },
    without: base === 'session' ? ['ecp'] : [],
    inOrder: true,
    /** Changes every row of `log` that holds `text`; a forgery that changes nothing is a mistake. */
    edit(log, text, change) {
      const found = rows.filter((entry) => entry.log === log && entry.row.includes(text));
      if (found.length === 0) throw new Error(`no row of ${log} holds ${text}`);
      for (const entry of found) entry.row = change(entry.row);
    },
    visit: (request) => pageRequest(world, { ms: at('10:20:30'), client: visitor, status: 404, ...request }),
  };
}

function everydayRows(world, server) {
  const probe = { front: server, client: '127.0.0.1', host: 'localhost', agent: agents.probe, status: 200 };
  const inbox = '/ecp/RulesEditor/InboxRules.svc/GetList';
  const monitor = { ...probe, user: 'HAVEN\\HealthMailbox4c1d9ae', anchor: 'Sid~S-1-5-21-3141592653-271828182-1618033988-1142' };
  for (let hour = 0; hour < 24; hour += 4) {
    const ms = dayMs + hour * 3_600_000 + 65_400;
    exchangeRequest(world, {
      ...monitor,
      ms,
      protocol: 'Owa',
      method: 'GET',
      stem: '/owa/',
      proxied: true,
      noAnswer: true,
      taken: 1,
    });
    const asked = exchangeRequest(world, {
      ...monitor,
      ms: ms + 9000,
      protocol: 'Ecp',
      method: 'POST',
      stem: inbox,
      backStem: inbox,
    });
    ecpCommand(world, server, ms + 8960, { command: 'Get-InboxRule', url: inbox, activity: asked.activity });
  }
  const person = { front: server, user: 'HAVEN\\a.berg', client: '192.0.2.14', status: 200 };
  const anchor = 'Sid~S-1-5-21-3141592653-271828182-1618033988-1131';
  const soap = { stem: '/EWS/Exchange.asmx', backStem: '/EWS/Exchange.asmx', method: 'POST', protocol: 'Ews', agent: agents.mac };
  exchangeRequest(world, { ...person, ...soap, anchor, ms: at('08:03:11') });
  exchangeRequest(world, { ...person, ...soap, anchor, ms: at('13:40:52') });
}

/** The files of an evidence, ready to be written: `{ path, bytes }[]`. */
export function filesOf(evidence) {
  const logs = new Map();
  for (const entry of evidence.rows) {
    if (evidence.without.includes(entry.log)) continue;
    if (!logs.has(entry.log)) logs.set(entry.log, []);
    logs.get(entry.log).push(entry);
  }
  const files = [];
  for (const [log, entries] of logs) {
    if (evidence.inOrder) entries.sort((a, b) => a.ms - b.ms);
    const lines = [...headerOf(log, evidence), ...entries.map((entry) => entry.row)];
    files.push({ path: pathOf(log), bytes: Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8') });
  }
  return files;
}

function headerOf(log, evidence) {
  if (log.startsWith('iis')) return iisHeader(dayMs + 65_400, evidence.columns[log]);
  if (log === 'ecp') return ecpServerHeader(dayMs + 65_400);
  return httpProxyHeader(dayMs + 65_400, build);
}

function pathOf(log) {
  if (log === 'iis1') return 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
  if (log === 'iis2') return 'C/inetpub/logs/LogFiles/W3SVC2/u_ex210303.log';
  if (log === 'ecp') return `${exchange}/ECP/Server/ECPServer20210303-1.LOG`;
  return `${exchange}/${log}/HttpProxy_2021030300-1.LOG`;
}
