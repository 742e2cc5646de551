// The log-forging corpus: intruders put words that they control into logs, to raise or to lower the judgement. Each forgery names
// its base, which is the same evidence without the forging, and what must not change. See README.md. This file is whole because
// it is one table.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { forgedRequest, pageRequest, tools } from '../../examples/intruders.mjs';
import { agents, ecpCommand, exchangeRequest } from '../../examples/organisation.mjs';
import { at, bases, createEvidence, filesOf, intruder, key, page, visitor } from './bases.mjs';

const decode = (text) => Buffer.from(text, 'base64').toString('utf8');
/** A script element whose body is a comment, in the forms that browsers of code know. Encoded for antivirus' sake. */
const script = {
  plain: decode('PHNjcmlwdCBsYW5ndWFnZT0iSlNjcmlwdCIgcnVuYXQ9InNlcnZlciI+LyogaW5lcnQgKi88L3NjcmlwdD4='),
  oddCase: decode('PFNjUmlQdAlMQU5HVUFHRT1KU2NyaXB0IFJ1bkF0ID0gJ1NFUlZFUic+LyogaW5lcnQgKi88L3NDcklwVD4='),
  directive: decode('PCVAIFBhZ2UgTGFuZ3VhZ2U9IkpTY3JpcHQiICU+PCUgLyogaW5lcnQgKi8gJT4='),
  open: decode('PHNjcmlwdCBsYW5ndWFnZT0iSlNjcmlwdCIgcnVuYXQ9InNlcnZlciI+LyogaW5lcnQgKi8='),
};
const anException = 'Microsoft.Exchange.Data.Directory.ADNoSuchObjectException:The object does not exist.';
const falseException = `S:EX=${anException}`;
const falseSet = `S:CMD=Set-OabVirtualDirectory.ExternalUrl='http://f/#${script.plain}'.Identity='b9e20568-770e-432f-ad60-393a87ffb473'`;
const canary = 'm0nS7vN1xQ2hK5rT8wZ3bC6fJ9dL4gP7.';
const anchorWords = `ServerInfo~a]@MAIL01.haven.example:444/ecp/proxyLogon.ecp?#`;
const resetWords = `ServerInfo~a]@MAIL01.haven.example:444/ecp/DDI/DDIService.svc/SetObject?msExchEcpCanary=${canary}&schema=ResetOABVirtualDirectory#`;
const logon = { stem: '/owa/auth/logon.aspx', status: 200 };

const all = ['answer', 'stage', 'entered'];
/** Exactly as the base in answer, stage and entered. */
const same = (base) => ({ sameAs: base, same: all, ...bases[base].expect });
/** Words of a passer-by in the logs of a clean server: at most somebody looked. */
const onlyLooked = { sameAs: 'clean', same: ['answer', 'entered'], ...bases.clean.expect, stage: ['none', 'probed'] };
/** As `onlyLooked`, but the words are themselves an attack that got nowhere. */
const onlyTried = {
  answer: ['cannot_tell', 'attempted'],
  stage: ['none', 'probed', 'attempted'],
  entered: ['cannot_tell', 'no_sign'],
};
/** Two values of one key in one record: may raise to a suspicion, is never proof. */
const mayRaise = {
  answer: ['cannot_tell', 'attempted', 'suspected'],
  stage: ['none', 'probed', 'attempted', 'exploited', 'implanted'],
  mustNotClaim: ['confirmed', 'operated'],
};

/** One forgery that changes how a base is made. */
const made = (id, base, why, options, expect = same(base)) => ({
  id,
  base,
  why,
  expect,
  files: () => filesOf(createEvidence(base, options)),
});
/** One forgery that changes a base after it was made. */
const changed = (id, base, why, change, { expect = same(base), options } = {}) => ({
  id,
  base,
  why,
  expect,
  files: () => {
    const evidence = createEvidence(base, options);
    change(evidence);
    return filesOf(evidence);
  },
});
/** A passer-by on a clean server. */
const visited = (id, why, request, expect = onlyLooked) => changed(id, 'clean', why, (e) => e.visit(request), { expect });

const address = (text) => ({ chain: { address: text } });
const disguise = (more) => ({
  chain: { disguise: (request) => ({ ...request, ...(typeof more === 'function' ? more(request) : more) }) },
});
/** Changes the fields of the one ECP record that sets the script. */
const record = (change) => ({
  chain: { rewrite: (fields) => (fields.command.includes("ExternalUrl='") ? { ...fields, ...change(fields) } : fields) },
});
/** One step is asked under another spelling, in the forged address as in what the back end logs. */
const spelled = (from, to) => ({
  chain: {
    disguise: (request) => {
      if (request.backStem !== from) return request;
      const [backStem, query] = to.split('?');
      return { ...request, backStem, backQuery: query ?? request.backQuery };
    },
    rewrite: (fields) => ({ ...fields, url: fields.url.replace(from, to) }),
  },
});
/** The other quoting style: the value stands in single quotes inside an item that is not quoted. */
const inner = (command) => ({ rawCommand: `S:CMD=${command}` });
const setCommand = (url) => `Set-OabVirtualDirectory.ExternalUrl='${url}'.Identity='b9e20568-770e-432f-ad60-393a87ffb473'`;

/** A mailbox user's own, harmless ECP request with words in it. */
const userAsksEcp = (fields) => (e) => {
  const stem = '/ecp/RulesEditor/InboxRules.svc/GetList';
  const asked = exchangeRequest(e.world, {
    ms: at('10:20:30'),
    front: e.server,
    protocol: 'Ecp',
    method: 'POST',
    stem,
    backStem: stem,
    status: 200,
    user: 'HAVEN\\a.berg',
    client: '192.0.2.14',
    agent: agents.chrome,
    anchor: 'Sid~S-1-5-21-3141592653-271828182-1618033988-1131',
  });
  ecpCommand(e.world, e.server, at('10:20:30') - 40, {
    command: 'Get-InboxRule',
    url: stem,
    activity: asked.activity,
    ...fields,
  });
};

const eventData = [
  made(
    'exception-in-script-whole-item',
    'planted',
    'a false S:EX= inside the script; the item is quoted as a whole, inner quotes doubled',
    address(`http://f/#;${falseException};${script.plain}`),
  ),
  made(
    'exception-in-script-inner-quotes',
    'planted',
    'the same, value quoted inside an item that is not',
    record(() => inner(setCommand(`http://f/#;${falseException};${script.plain}`))),
  ),
  made(
    'exception-after-quote-whole-item',
    'planted',
    'the script closes a quote of its own before the false S:EX=; inside the item it is doubled',
    address(`http://f/#';${falseException};'${script.plain}`),
  ),
  made(
    'exception-after-quote-inner-quotes',
    'planted',
    'the same in the other style: only the first key may win',
    record(() => inner(setCommand(`http://f/#';${falseException};'${script.plain}`))),
  ),
  made(
    'exception-in-url',
    'planted',
    'S:URL is the path they asked; it stands before the true S:EX=',
    record((f) => ({ url: undefined, rawUrl: `S:URL=${f.url}&x=;${falseException}` })),
  ),
  made(
    'exception-in-quoted-url',
    'planted',
    'the same with the item quoted',
    record((f) => ({ rawUrl: `'S:URL=${f.url}&x=;${falseException}'` })),
  ),
  made(
    'exception-in-referer',
    'armed',
    'S:REFERRER is the header they sent',
    record(() => ({ rawReferer: `S:REFERRER=https://mail.haven.example/ecp/;${falseException}` })),
  ),
  made(
    'exception-after-the-true-one',
    'planted',
    'a second S:EX= behind the empty one of the server',
    record(() => ({ rawException: `S:EX=;${falseException}` })),
  ),
  made(
    'exception-before-command',
    'planted',
    'a false S:EX= in front of S:CMD=; not in reach of a client, but of somebody who edits the file',
    record((f) => ({ session: `${f.session};${falseException}` })),
  ),
  made(
    'unbalanced-quote-whole-item',
    'planted',
    "an odd number of quotes in the script; doubled, so the item's end can still be found",
    address(`http://f/#it's${script.plain}`),
  ),
  made(
    'unbalanced-quote-inner-quotes',
    'planted',
    'an odd number of quotes where nothing is doubled',
    record(() => inner(setCommand(`http://f/#it's${script.plain}`))),
  ),
  made(
    'identity-in-script',
    'planted',
    'the script ends the value early and names an object of its own',
    address(`http://f/'.Identity='none'.Force=$null#${script.plain}`),
  ),
  made('null-in-script', 'planted', 'looks like the tidying that removes the address', address(`$null#${script.plain}`)),
  made(
    'own-address-before-script',
    'planted',
    'begins as the plain https address that an administrator sets',
    address(`https://mail.haven.example/OAB#${script.plain}`),
  ),
  made(
    'script-odd-case',
    'planted',
    'upper and lower case, a tab, single quotes, blanks round the equals sign',
    address(`http://f/#${script.oddCase}`),
  ),
  made(
    'script-as-directive',
    'planted',
    'no script element at all: a page directive and a code block',
    address(`http://f/#${script.directive}`),
  ),
  made('script-without-end', 'planted', 'the closing tag is left out', address(`http://f/#${script.open}`)),
  made('script-long', 'planted', '40,000 letters before the script', address(`http://f/#${'A'.repeat(40_000)}${script.plain}`)),
  made(
    'script-with-commas-and-newlines',
    'planted',
    'commas, doubled quotes and written-out line ends, as CSV and the server escape them',
    address(`http://f/#a,"b",\\r\\n2021-03-03T04:12:19.300Z,MAIL01,ECP.Request,${script.plain}`),
  ),
  changed(
    'event-data-without-csv-quotes',
    'planted',
    'commas and quotes in a field that was not wrapped (an export did that)',
    (e) =>
      e.edit('ecp', 'Set-OabVirtualDirectory.ExternalUrl', (row) => {
        const start = row.indexOf(',"');
        return `${row.slice(0, start + 1)}${row.slice(start + 2, -1).replaceAll('""', '"')}`;
      }),
  ),
  changed('event-data-always-quoted', 'clean', 'every field wrapped although nothing needs it', (e) =>
    e.edit('ecp', 'ECP.Request', (row) => `"${row.split(',').join('","')}"`),
  ),
  changed(
    'true-exception-stays-one',
    'planted',
    'not a forgery: the cmdlet really failed; must not be called written',
    () => {},
    {
      options: record(() => ({ exception: `${anException}\\r\\n` })),
      expect: { answer: ['suspected'], stage: ['exploited'], entered: ['yes'], mustNotClaim: ['implanted'] },
    },
  ),
  changed(
    'true-exception-and-false-empty-one',
    'planted',
    'the cmdlet failed; the script claims an empty S:EX= first',
    () => {},
    {
      options: record((f) => ({ command: f.command.replace('http://f/#', 'http://f/#;S:EX=;S:RS=0;'), exception: anException })),
      expect: { answer: ['suspected'], stage: ['exploited'], entered: ['yes'], mustNotClaim: ['implanted'] },
    },
  ),
  changed(
    'command-in-url',
    'clean',
    'a user puts a Set into the path he asks; S:CMD= of the server says Get',
    userAsksEcp({ rawUrl: `S:URL=/ecp/?x=;${falseSet}` }),
    { expect: mayRaise },
  ),
  changed(
    'command-in-quoted-url',
    'clean',
    'the same inside a quoted item: one value, no second key',
    userAsksEcp({ url: `/ecp/?x=;${falseSet}` }),
    { expect: onlyTried },
  ),
  changed(
    'command-in-referer',
    'clean',
    'a user sends a Set as the page he comes from',
    userAsksEcp({ rawReferer: `S:REFERRER=https://x.example/;${falseSet}` }),
    { expect: mayRaise },
  ),
  changed(
    'command-in-parameter',
    'clean',
    'a Get whose parameter holds a Set',
    userAsksEcp({ command: `Get-InboxRule.Identity=';${falseSet}'` }),
    { expect: onlyTried },
  ),
];

const clientWords = [
  visited('anchor-in-query', 'the words of a forged address in a query', { ...logon, query: `x=${anchorWords}` }),
  visited('anchor-in-agent', 'in a user agent', { ...logon, agent: `${anchorWords} 241` }),
  visited('anchor-in-referer', 'in a Referer', { ...logon, referer: `https://x.example/${resetWords}` }),
  visited('anchor-in-path', 'in a path that does not exist', { stem: `/owa/auth/${anchorWords.replace('?#', '')}`, status: 404 }),
  visited('reset-in-agent', 'the last step in a user agent', { ...logon, agent: resetWords }),
  changed(
    'anchor-in-cookie',
    'clean',
    'the cookie column shows a forged address, HttpProxy shows that none was followed',
    (e) => {
      e.columns.iis1 = e.columns.iis1.replace('cs(Referer)', 'cs(Cookie) cs(Referer)');
      for (const entry of e.rows.filter((r) => r.log === 'iis1'))
        entry.row = entry.row.replace(/ (\S+ \d+ \d+ \d+ \d+)$/, ' - $1');
      e.visit({ ...logon });
      e.rows.findLast((r) => r.log === 'iis1').row = e.rows
        .findLast((r) => r.log === 'iis1')
        .row.replace(/ (\S+ \d+ \d+ \d+ \d+)$/, ' X-BEResource=a]@MAIL01.haven.example:444/ecp/proxyLogon.ecp?#~1942062522 $1');
    },
    { expect: onlyTried },
  ),
  visited('order-to-a-shipped-page', 'a logon page answers 200 to anything; nothing was run', {
    ...logon,
    query: 'cmd=whoami&exec=ipconfig',
  }),
  visited('post-to-a-shipped-page', 'a POST to the logon page with a known access word', {
    ...logon,
    method: 'POST',
    query: `${key}=whoami`,
  }),
  visited('page-name-in-query', 'a well-known page name in a query, not in the path', {
    ...logon,
    query: 'url=/aspnet_client/shell.aspx',
  }),
  visited('two-hundred-in-agent', 'a guessed page answered 404, the user agent says 200', {
    stem: '/aspnet_client/shell.aspx',
    agent: 'a - 200 0 0 15',
  }),
  changed(
    'two-hundred-in-agent-unescaped',
    'clean',
    'the same, blanks not written as plus: columns shift',
    (e) => {
      e.visit({ stem: '/aspnet_client/shell.aspx', agent: 'MARK' });
      e.edit('iis1', 'MARK', (row) => row.replace('MARK', 'a - 200 0 0 15'));
    },
    { expect: onlyLooked },
  ),
  visited('line-end-in-query', 'an encoded line end and a row of their own making behind it', {
    ...logon,
    query: `x=%0d%0a2021-03-03+04:12:07+10.20.0.11+POST+${page}+-+443+-+203.0.113.9+-+-+200+0+0+99`,
  }),
  visited('row-in-agent', 'a whole HttpProxy row as a user agent, quoted as CSV wants it', {
    ...logon,
    agent: `x"|2021-03-03T04:12:11.400Z|Ecp|/ecp/y.js|FBA|false|${anchorWords}|241|241|POST|`,
  }),
  changed(
    'commas-in-agent',
    'attempt',
    'a user agent with commas and quotes, wrapped: must not shift a 241 into the status',
    (e) => e.edit('HttpProxy/Ecp', '/ecp/y.js', (row) => row.replace(tools.first, `"a"",203.0.113.9,MAIL01,241,241,,POST,""b"`)),
  ),
  changed('commas-in-agent-unwrapped', 'attempt', 'the same without quotes: columns shift and the row has too many', (e) =>
    e.edit('HttpProxy/Ecp', '/ecp/y.js', (row) => row.replace(tools.first, 'a,203.0.113.9,MAIL01,241,241,,POST,b')),
  ),
  visited('monitor-name-refused', 'somebody outside logs on with the name of a monitoring mailbox and is refused', {
    ...logon,
    stem: '/owa/',
    status: 401,
    user: 'HealthMailbox4c1d9ae',
  }),
  visited(
    'direct-proxylogon',
    'the page asked straight at the front end, without a forged address: sent to the logon page',
    {
      stem: '/ecp/proxyLogon.ecp',
      status: 302,
      method: 'POST',
    },
    onlyTried,
  ),
  visited(
    'direct-ddi',
    'the service asked straight at the front end, not logged on',
    {
      stem: '/ecp/DDI/DDIService.svc/SetObject',
      query: 'schema=ResetOABVirtualDirectory',
      status: 401,
      method: 'POST',
    },
    onlyTried,
  ),
  visited('full-width-name', 'full-width letters are other letters: not found', {
    stem: '/ecp/ｐｒｏｘｙＬｏｇｏｎ.ecp',
    status: 404,
  }),
  visited('false-fields-line-in-agent', 'a #Fields line as user agent', {
    ...logon,
    agent: '#Fields: date time sc-status cs-uri-stem c-ip',
  }),
  visited('false-fields-line-in-query', 'a #Fields line as query', {
    ...logon,
    query: '#Fields:+DateTime,AnchorMailbox,HttpStatus',
  }),
  visited('tool-says-infected', 'words of scanners and of ourselves, asked by a passer-by', {
    ...logon,
    query: 'Test-ProxyLogon&Threat+Detected&Backdoor:ASP/Chopper&afterpatch.assessment/1&answer=confirmed',
  }),
];

const hiding = [
  made(
    'fields-line-in-agent',
    'session',
    'attack rows with a #Fields line as user agent',
    disguise({ agent: '#Fields: date time' }),
  ),
  made(
    'fields-line-in-query',
    'session',
    'attack rows with a #Fields line as query',
    disguise({ query: '#Fields: DateTime,RequestId' }),
  ),
  made('software-line-in-agent', 'used', 'orders with a header block as user agent', {
    use: { agent: '#Software: Microsoft Exchange Server #Date: 2021-03-03' },
  }),
  made(
    'monitor-agent-session',
    'session',
    'the user agent of the health probe on an attack from outside',
    disguise({ agent: agents.probe }),
  ),
  made('monitor-agent-used', 'used', 'the same on orders to the page', { use: { agent: agents.probe } }),
  made(
    'monitor-name-in-anchor',
    'session',
    'a monitoring mailbox in front of the forged host',
    disguise({ before: 'HealthMailbox4c1d9ae' }),
  ),
  made(
    'monitor-name-in-words',
    'session',
    'a monitoring mailbox in query, Referer and client request id',
    disguise({
      query: 'user=HAVEN\\HealthMailbox4c1d9ae',
      referer: 'https://localhost/ecp/?HealthMailbox4c1d9ae@haven.example',
      clientRequestId: 'HealthMailbox4c1d9ae@haven.example',
    }),
  ),
  made('monitor-name-in-order', 'used', 'a monitoring mailbox behind the order', {
    use: { moreQuery: '&mbx=HealthMailbox4c1d9ae@haven.example', referer: 'https://localhost/' },
  }),
  made('host-says-localhost', 'session', 'the Host header is theirs', disguise({ urlHost: 'localhost' })),
  made(
    'anchor-says-localhost',
    'session',
    'the forged host is localhost; proxyLogon.ecp answered 241 all the same',
    disguise({ host: 'localhost' }),
  ),
  made('forwarded-loopback', 'session', 'X-Forwarded-For 127.0.0.1 from an address that is no balancer of ours', {
    columns: 'forwarded',
    ...disguise({ forwarded: '127.0.0.1' }),
  }),
  made('forwarded-private', 'session', 'X-Forwarded-For with the address of a desk', {
    columns: 'forwarded',
    ...disguise({ forwarded: '10.20.4.21' }),
  }),
  made('forwarded-victim', 'used', "X-Forwarded-For with a real user's address on orders", {
    columns: 'forwarded',
    use: { forwarded: '192.0.2.14' },
  }),
  made('forwarded-list', 'used', 'X-Forwarded-For with a list, a port, blanks and nonsense', {
    columns: 'forwarded',
    use: { forwarded: '127.0.0.1, ::1, 192.0.2.14:443, unknown, <script>' },
  }),
  made('stem-of-the-monitor', 'session', 'the forged requests use the path that the health probe uses', {
    chain: { stem: '/ecp/RulesEditor/InboxRules.svc/GetList' },
  }),
  made('stem-of-owa-style', 'session', 'the forged requests use a picture of the logon page', {
    chain: { stem: '/ecp/15.1.2176.2/themes/default/logo.gif' },
  }),
  changed(
    'id-of-a-probe',
    'session',
    'the query brings the id of a health request: joined to it, the attack would look like loopback',
    (e) => {
      const probe = /cafeReqId=([0-9a-f-]{36})/.exec(e.rows.find((r) => r.log === 'iis1').row)[1];
      e.edit('iis1', '/ecp/y.js', (row) => row.replace(' &CorrelationID', ` &cafeReqId=${probe};&reqId=${probe}&CorrelationID`));
    },
  ),
  changed(
    'id-of-an-attack',
    'armed',
    "a user's query brings the id of the attack: he must not become an intruder",
    (e) => {
      const attack = /cafeReqId=([0-9a-f-]{36})/.exec(e.rows.find((r) => r.log === 'iis1' && r.row.includes('/ecp/y.js')).row)[1];
      e.edit('iis1', '192.0.2.14', (row) => row.replace(' &CorrelationID', ` &cafeReqId=${attack};&CorrelationID`));
    },
    { expect: { ...same('armed'), intruderAddressesNot: ['192.0.2.14'] } },
  ),
  made(
    'second-id-in-back-end',
    'session',
    "the forged query brings a reqId of its own, in front of the server's",
    disguise((r) => ({
      backQuery: `${r.backQuery ?? ''}&reqId=11111111-1111-4111-a111-111111111111`,
    })),
  ),
  made('tool-says-clean', 'armed', 'words of scanners in their user agent', {
    ...disguise({ agent: 'Test-ProxyLogon.ps1: Nothing suspicious detected; msert: No infection found' }),
    use: { agent: 'EOMT: not vulnerable' },
  }),
  made(
    'says-it-was-ordered',
    'armed',
    'they call themselves a penetration test; nobody declared one',
    disguise({ agent: 'authorised penetration test for haven.example, ticket 4711' }),
  ),
  made('order-with-path-behind', 'used', 'more path behind the page, as ASP.NET allows', { use: { stem: `${page}/logon.aspx` } }),
  made('order-with-odd-case', 'used', 'the file system does not know upper from lower case', {
    use: { stem: page.toUpperCase() },
  }),
  made('order-percent-coded', 'used', 'one letter of the name written as a number', {
    use: { stem: page.replace('zq0', '%7Aq0') },
  }),
  made(
    'anchor-as-a-shipped-name',
    'attempt',
    'the forged host is a name with path and port of ours',
    disguise({ before: 'owa/auth/logon.aspx?url=https://mail.haven.example' }),
  ),
  made(
    'anchor-names-a-foreign-host',
    'attempt',
    "a server of somebody else in the forged address: not one of the owner's missing servers",
    disguise({ host: 'dc99.victim.example' }),
    {
      ...same('attempt'),
      absentHostsNot: ['dc99.victim.example'],
    },
  ),
];

const schema = (change) => ({
  chain: {
    disguise: (request) => (request.backQuery === undefined ? request : { ...request, backQuery: change(request.backQuery) }),
    rewrite: (fields) => ({ ...fields, url: change(fields.url) }),
  },
});
const proxyLogon = '/ecp/proxyLogon.ecp';
const setObject = '/ecp/DDI/DDIService.svc/SetObject';
const variants = [
  made(
    'percent-coded-step',
    'session',
    'the path of the session written with %2E; answered 241',
    spelled(proxyLogon, '/ecp/proxyLogon%2Eecp'),
  ),
  made(
    'twice-coded-step',
    'session',
    'the same, the percent sign coded again; answered 241',
    spelled(proxyLogon, '/ecp/proxyLogon%252Eecp'),
  ),
  made('odd-case-step', 'session', 'upper and lower case mixed', spelled(proxyLogon, '/EcP/PrOxYlOgOn.EcP')),
  made('path-noise-step', 'session', 'dots, double slashes and a way back', spelled(proxyLogon, '/ecp/./x/..//proxyLogon.ecp')),
  made('zero-byte-step', 'session', '%00 and a picture name behind the step', spelled(proxyLogon, '/ecp/proxyLogon.ecp%00.gif')),
  made(
    'parameter-behind-step',
    'session',
    'a query that names something harmless',
    spelled(proxyLogon, `${proxyLogon}?x=/owa/auth/logon.aspx`),
  ),
  made('odd-case-service', 'armed', 'the service in odd case', spelled(setObject, '/eCp/dDi/DdIsErViCe.SvC/sEtObJeCt')),
  made(
    'percent-coded-service',
    'armed',
    'the service written with numbers',
    spelled(setObject, '/ecp/%44DI/DDI%53ervice.svc/SetObject'),
  ),
  made('twice-coded-service', 'armed', 'the service coded twice', spelled(setObject, '/ecp/DDI/DDI%2553ervice.svc/SetObject')),
  made(
    'schema-coded',
    'armed',
    'the schema of the reset coded and in odd case',
    schema((query) => query.replace('schema=ResetOABVirtualDirectory', 'SCHEMA=%52esetOAB%56irtualdirectory')),
  ),
  made(
    'schema-twice',
    'armed',
    'a harmless schema in front of the one that counts',
    schema((query) => query.replace('schema=', 'schema=MailboxFolder&schema=')),
  ),
];

const shapes = [
  made('long-agent', 'session', '60,000 letters of user agent', disguise({ agent: 'A'.repeat(60_000) })),
  made('long-query', 'used', '60,000 letters in front of the order', { use: { moreQuery: `&pad=${'B'.repeat(60_000)}` } }),
  changed('zero-bytes-in-row', 'used', 'NUL bytes in the user agent of the orders', (e) => {
    e.edit('iis1', page, (row) => row.replace('Mozilla/5.0+', 'Mozi\0lla/5.0+\0'));
    e.edit('HttpProxy/Owa', page, (row) => row.replace('Mozilla/5.0 ', 'Mozi\0lla/5.0 \0'));
  }),
  changed('zero-byte-first', 'session', 'a NUL byte in front of the rows of the attack', (e) =>
    e.edit('HttpProxy/Ecp', '/ecp/y.js', (row) => `\0${row}`),
  ),
  changed('more-columns-proxy', 'session', 'five columns more than the header names', (e) =>
    e.edit('HttpProxy/Ecp', '/ecp/y.js', (row) => `${row},,x,"y,z",,1`),
  ),
  changed('more-columns-iis', 'used', 'three columns more than the header names', (e) =>
    e.edit('iis1', page, (row) => `${row} 1 2 three`),
  ),
  changed('fewer-columns-proxy', 'session', 'the last columns of the attack rows are missing', (e) =>
    e.edit('HttpProxy/Ecp', '/ecp/y.js', (row) => row.replace(/,,,,,CafeV1$/, '')),
  ),
  changed('ten-thousand-attempts', 'attempt', 'one attempt, ten thousand times: no more than an attempt', (e) => {
    for (const log of ['iis1', 'HttpProxy/Ecp']) {
      const entry = e.rows.find((r) => r.log === log && r.row.includes('/ecp/y.js'));
      for (let i = 1; i < 10_000; i++) e.rows.push({ ...entry });
    }
  }),
  changed('ten-thousand-looks', 'armed', 'ten thousand guesses of page names round the one that counts', (e) => {
    for (let i = 0; i < 10_000; i++) e.visit({ ms: at('04:12:00') + i * 7, stem: `/aspnet_client/p${i}.aspx` });
  }),
  changed('out-of-order', 'armed', 'rows in the order of their writing to another disk', (e) => {
    e.rows.reverse();
    e.inOrder = false;
  }),
  changed('future-row-clean', 'clean', 'one row from the year 2031: a problem, not an attack', (e) =>
    e.visit({ ...logon, ms: Date.parse('2031-03-03T10:00:00Z') + 400 }),
  ),
  changed('future-row-armed', 'armed', 'one harmless row from the year 2031 among the attack', (e) =>
    e.visit({ ...logon, ms: Date.parse('2031-03-03T10:00:00Z') + 400 }),
  ),
  changed('past-row-armed', 'armed', 'one harmless row from the year 1999', (e) =>
    e.visit({ ...logon, ms: Date.parse('1999-12-31T23:59:59Z') + 400 }),
  ),
  changed('failed-try-after-success', 'armed', 'failed tries afterwards must not make the success a failure', (e) => {
    for (const second of [1, 2, 3]) {
      forgedRequest(e.world, { ms: at('05:00:00') + second * 1000, client: intruder, backStem: proxyLogon, status: 500 });
    }
    pageRequest(e.world, { ms: at('05:10:00'), client: visitor, stem: page, status: 404 });
  }),
];

/** Words of ProxyShell where any server answers them, or where they are somebody's own. */
const mark = 'Email=autodiscover/autodiscover.json%3F@foo.test';
const whole = 'Email=t.lind@haven.example&Protocol=ActiveSync';
const jsonStem = '/autodiscover/autodiscover.json';
const json = { protocol: 'Autodiscover', method: 'POST', stem: jsonStem, backStem: jsonStem, status: 200 };
const asks = (id, why, request, expect = onlyLooked) =>
  changed(
    id,
    'clean',
    why,
    ({ world }) =>
      exchangeRequest(world, { ms: at('10:20:30'), front: world.front[0], client: visitor, agent: tools.python, ...request }),
    { expect },
  );
const hiddenPaths = [
  asks(
    'v2-with-powershell',
    'a whole request of Autodiscover v2, answered on any server, with the words of the exploit behind it',
    {
      ...json,
      query: `${whole}&x=@foo.test/powershell/?X-Rps-CAT=VgEA`,
      backQuery: `${whole}&x=@foo.test/powershell/?X-Rps-CAT=VgEA`,
    },
    onlyTried,
  ),
  asks(
    'v2-with-mail-services',
    'the same for the mail services, with the mark of the exploit',
    {
      ...json,
      query: `${whole}&x=@foo.test/ews/exchange.asmx?&${mark}`,
      backQuery: `${whole}&x=@foo.test/ews/exchange.asmx?&${mark}`,
    },
    onlyTried,
  ),
  asks(
    'mark-on-webmail',
    'somebody with an account writes the mark of the exploit into an address of webmail, which is passed on',
    {
      protocol: 'Owa',
      method: 'POST',
      stem: '/owa/service.svc',
      query: mark,
      backStem: '/owa/service.svc',
      backQuery: mark,
      user: 'HAVEN\\t.lind',
      status: 200,
    },
  ),
];

/** Words of later campaigns, of strangers and of people with an account; none of these requests was passed on by a hole. */
const user = 'HAVEN\\t.lind';
const power = { protocol: 'PowerShell', method: 'POST', stem: '/powershell/', backStem: '/powershell/', status: 200, user };
const viewState = `__VIEWSTATEGENERATOR=B97B4E27&__VIEWSTATE=%2fwEy${'inert0'.repeat(20)}`;
const laterCampaigns = [
  asks(
    'proxynotshell-v2-logged-on',
    'somebody with an account writes the words of ProxyNotShell behind a whole request of Autodiscover v2, which any server answers',
    { ...json, query: `${whole}&x=@foo.test/powershell/?${mark}`, backQuery: `${whole}&x=@foo.test/powershell/?${mark}`, user },
    onlyTried,
  ),
  asks(
    'proxynotshell-mark-in-powershell',
    'somebody who may use remote PowerShell writes the mark of the hole into its own address, which is passed on and answered',
    {
      ...power,
      agent: 'Microsoft WinRM Client',
      query: `PSVersion=5.1.17763.1&${mark}`,
      backQuery: `PSVersion=5.1.17763.1&${mark}`,
    },
  ),
  asks('owassrf-odd-program', 'somebody who may use remote PowerShell calls his client a browser', {
    ...power,
    agent: tools.browser,
    backQuery: 'PSVersion=5.1.17763.1',
  }),
  asks('owassrf-words-in-query', 'the path of OWASSRF stands in the query of webmail', {
    protocol: 'Owa',
    method: 'POST',
    stem: '/owa/service.svc',
    query: 'x=/owa/mastermailbox%40foo.test/powershell',
    backStem: '/owa/service.svc',
    backQuery: 'x=/owa/mastermailbox%40foo.test/powershell',
    user,
    status: 200,
  }),
  asks(
    'owassrf-refused',
    'the request of OWASSRF without a log-on, sent to the logon page',
    { protocol: 'Owa', method: 'POST', stem: '/owa/mastermailbox%40foo.test/powershell', status: 302 },
    onlyTried,
  ),
  asks(
    'proxytoken-cookie-of-a-user',
    'somebody who has logged on writes the word of ProxyToken into the address of his own settings',
    {
      protocol: 'Ecp',
      method: 'GET',
      stem: '/ecp/t.lind@haven.example/default.aspx',
      query: 'SecurityToken=x',
      backStem: '/ecp/t.lind@haven.example/default.aspx',
      backQuery: 'SecurityToken=x',
      user,
      status: 200,
    },
  ),
  asks(
    'proxytoken-refused',
    'a rule asked for without a log-on and refused',
    { protocol: 'Ecp', method: 'POST', stem: '/ecp/t.lind@haven.example/RulesEditor/InboxRules.svc/NewObject', status: 401 },
    onlyTried,
  ),
  asks(
    'viewstate-on-the-logon-page',
    'the state of a page in the address of the logon page, which answers everybody',
    { protocol: 'Owa', method: 'GET', stem: '/owa/auth/logon.aspx', query: viewState, status: 200 },
    onlyTried,
  ),
  asks(
    'viewstate-of-a-user',
    'somebody with an account sends the state of a page to the control panel; 500 says nothing of whether it worked',
    {
      protocol: 'Ecp',
      method: 'GET',
      stem: '/ecp/default.aspx',
      query: viewState,
      backStem: '/ecp/default.aspx',
      backQuery: viewState,
      user,
      status: 500,
    },
    onlyTried,
  ),
  asks('toolshell-words-on-webmail', 'the words of ToolShell in the query and the Referer of the logon page', {
    protocol: 'Owa',
    method: 'GET',
    stem: '/owa/auth/logon.aspx',
    query: 'DisplayMode=Edit&a=/ToolPane.aspx&x=/_layouts/15/spinstall0.aspx',
    referer: '/_layouts/SignOut.aspx',
    status: 200,
  }),
  asks('toolshell-page-not-there', 'the page of ToolShell is looked for on a mail server', {
    method: 'GET',
    stem: '/_layouts/15/spinstall0.aspx',
    status: 404,
  }),
  asks(
    'toolshell-request-not-there',
    'the request of ToolShell on a mail server, which has no such page',
    {
      method: 'POST',
      stem: '/_layouts/15/ToolPane.aspx',
      query: 'DisplayMode=Edit&a=/ToolPane.aspx',
      referer: '/_layouts/SignOut.aspx',
      status: 404,
    },
    onlyTried,
  ),
  changed(
    'later-campaigns-beside-used',
    'used',
    'requests of later campaigns, all refused, beside a shell that is used: they take nothing from it',
    ({ world }) => {
      const refused = { front: world.front[0], client: visitor, agent: tools.python, method: 'POST', status: 401 };
      exchangeRequest(world, { ...refused, ms: at('11:00:00'), protocol: 'Owa', stem: '/owa/a%40foo.test/powershell' });
      exchangeRequest(world, {
        ...refused,
        ms: at('11:01:00'),
        protocol: 'Autodiscover',
        stem: jsonStem,
        query: `@foo.test/powershell/?${mark}`,
      });
    },
  ),
];

/** Every forgery: `{ id, base, why, expect, files() }`. */
export const forgeries = [...eventData, ...clientWords, ...hiding, ...variants, ...shapes, ...hiddenPaths, ...laterCampaigns];

export { bases };

/** The bytes of a base without any forging. */
export const baseFiles = (base, options) => filesOf(createEvidence(base, options));

/** Writes the files of a forgery, or of a base, below `folder`. */
export function writeForgery(id, folder) {
  const forgery = forgeries.find((entry) => entry.id === id);
  if (forgery === undefined && bases[id] === undefined) throw new Error(`no such forgery or base: ${id}`);
  for (const file of forgery === undefined ? baseFiles(id) : forgery.files()) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.bytes);
  }
}
