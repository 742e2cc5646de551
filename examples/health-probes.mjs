// The monitoring of Exchange asks its own server on loopback, every hour of the day.

import { isoTime, w3cTime } from './log-writers.mjs';
import { agents, ecpCommand, exchangeRequest, netbios, shellRequest } from './organisation.mjs';

const hourMs = 3_600_000;
const healthMailbox = `${netbios}\\HealthMailbox4c1d9ae`;
const healthAddress = 'HealthMailbox4c1d9ae@haven.example';

const quietProbes = [
  [3, 'Autodiscover', '/autodiscover/'],
  [7, 'Eas', '/Microsoft-Server-ActiveSync/'],
  [11, 'Ews', '/ews/'],
  [19, 'Owa', '/owa/'],
  [27, 'Mapi', '/mapi/emsmdb/'],
];
const inbox = '/ecp/RulesEditor/InboxRules.svc/GetList';
const local = { client: '127.0.0.1', host: 'localhost', agent: agents.probe, status: 200 };

/**
 * The monitoring of Exchange asks its own server, all day long: proof that a log was kept in that hour. These rows are most of a
 * set, so each kind is made once through `exchangeRequest` and then stamped with its time and id.
 */
export function healthProbes(world, server, fromMs, toMs) {
  const { random } = world;
  const anchor = 'Sid~S-1-5-21-3141592653-271828182-1618033988-1142';
  const user = healthMailbox;
  const plain = { ...local, user, anchor, method: 'GET', proxied: true, noAnswer: true, taken: 1, responseBytes: '' };
  const ecp = { ...local, user, anchor, method: 'POST', authentication: 'FBA', taken: 21, responseBytes: 480 };
  const discover = { ...plain, user: undefined, anchor: '', authentication: '', stem: '/autodiscover/autodiscover.json' };
  const makers = new Map(); // per build: the stamps of that build
  const stampsOf = (ms) => {
    const build = server.build(ms);
    if (!makers.has(build)) {
      const make = (request) => requestStamp({ ...world, random }, server, ms, request);
      makers.set(build, {
        quiet: quietProbes.map(([minute, protocol, stem]) => [minute, make({ ...plain, protocol, stem })]),
        ecp: make({ ...ecp, protocol: 'Ecp', stem: inbox, backStem: inbox }),
        discover: make({ ...discover, protocol: 'Autodiscover', query: `Email=${healthAddress}&Protocol=ActiveSync` }),
      });
    }
    return makers.get(build);
  };
  for (let hour = Math.ceil(fromMs / hourMs) * hourMs; hour < toMs; hour += hourMs) {
    const at = (minute) => hour + minute * 60_000 + 5000 + random.between(250, 900);
    const stamps = stampsOf(hour);
    for (const [minute, stamp] of stamps.quiet) stamp(at(minute));
    const ms = at(34);
    const activity = stamps.ecp(ms);
    ecpCommand(world, server, ms - 40, { command: 'Get-InboxRule', url: inbox, activity });
    if ((hour / hourMs) % 8 === 0) stamps.discover(at(46));
    if (server.shell)
      shellRequest(world, server, {
        ms: at(41),
        id: random.guid(),
        user: healthMailbox,
        sid: 'S-1-5-21-3141592653-271828182-1618033988-1142',
        host: 'localhost',
        client: '127.0.0.1',
        front: server.fqdn,
        status: 200,
        agent: 'Microsoft WinRM Client',
        query: 'clientApplication=ActiveMonitor;PSVersion=5.1.14393.4467',
        cmdlet: 'Get-Mailbox',
        parameters: '-ResultSize "1"',
      });
  }
}

/** Makes a request once on paper and returns a function that writes it again at another time with other ids. */
function requestStamp(world, server, ms, request) {
  const marks = ['00000000-0000-4000-a000-00000000000a', '00000000-0000-4000-a000-00000000000b'];
  const drafts = [];
  const draft = {
    ...server,
    runs: () => true,
    build: () => server.build(ms),
    add: (log, _ms, row) => drafts.push([log, row]),
  };
  const draftMs = 500;
  const paper = { ...world, random: { ...world.random, guid: () => marks[1] } };
  exchangeRequest(paper, { ...request, id: marks[0], front: draft, backServer: draft, ms: draftMs });
  const begin = isoTime(draftMs - request.taken);
  const end = isoTime(draftMs);
  const second = w3cTime(draftMs);
  const cut = new RegExp(`(${[...marks, begin, end, second].map((text) => text.replaceAll('.', '\\.')).join('|')})`);
  const parts = drafts.map(([log, row]) => [log, row.split(cut)]);
  return (at) => {
    const activity = world.random.guid();
    if (!server.runs(at)) return activity;
    const values = { [marks[0]]: world.random.guid(), [marks[1]]: activity };
    values[begin] = isoTime(at - request.taken);
    values[end] = isoTime(at);
    values[second] = w3cTime(at);
    for (const [log, pieces] of parts) {
      let row = '';
      for (let i = 0; i < pieces.length; i++) row += i % 2 === 1 ? values[pieces[i]] : pieces[i];
      server.add(log, at, row);
    }
    return activity;
  };
}
