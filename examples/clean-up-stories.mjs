// One server before its clean-up and after it: used, a second intruder, and what was overlooked. Two sets of one story.

import { certificates, offlineAddressBook, securityLog, webFolders } from './clean-up.mjs';
import { createServer } from './evidence-folder.mjs';
import { healthProbes } from './health-probes.mjs';
import { addressBookChain, orders, pageRequest, tools } from './intruders.mjs';
import { createWorld, daysAtWork, domain, internetNoise } from './organisation.mjs';
import { createRandom } from './random.mjs';

const utc = (text) => Date.parse(`${text.replace(' ', 'T')}Z`);
const at = (text) => utc(text) + 400;

const first = { client: '198.51.100.87', page: '/owa/auth/h4mrx2pw.aspx', key: 'Wq8s3d', agent: tools.crawler };
const second = { client: '203.0.113.151', page: '/aspnet_client/system_web/c9tq1bns.aspx', key: 'r3Tn8b', agent: tools.python };
/** Written by the first one for later, asked once, and never used. */
const spare = '/aspnet_client/k2vd8ejs.aspx';
/** What the second one wrote when his first page was thought to be gone. */
const anew = '/owa/auth/n7zlq3tx.aspx';

const pages = [
  { page: first.page, bytes: 2174, made: '2021-02-27 23:17:00' },
  { page: spare, bytes: 2168, made: '2021-03-01 06:44:19' },
  { page: second.page, bytes: 2203, made: '2021-03-03 08:30:36' },
];

function server(name, from, to, more) {
  const mail = createServer({
    name: 'MAIL01',
    ip: '10.20.0.11',
    linkLocal: 'fe80::5efe:a14:b%4',
    domain,
    firstMs: utc(from),
    lastMs: utc(to),
    columns: 'sizes',
    ...more,
  });
  const world = createWorld({ front: [mail], back: mail, random: createRandom(name) });
  healthProbes(world, mail, utc(from), utc(to));
  return { world, mail };
}

const controller = 'DC01/Security.xml';
const listing = 'MAIL01/web-folders.csv';
const addresses = 'MAIL01/Get-OabVirtualDirectory.txt';
const certificateList = 'MAIL01/Get-ExchangeCertificate.csv';
const people = ['a.berg', 'm.okafor', 'k.haas', 'e.dubois', 'MAIL01$'];

/** Handed in on 11 March 2021. */
export function cleanUpBefore() {
  const [from, to] = ['2021-02-26 00:00:00', '2021-03-11 00:00:00'];
  const { world, mail } = server('clean-up', from, to);
  daysAtWork(world, utc(from), utc(to));
  internetNoise(world, utc(from), utc(to));
  addressBookChain(world, { ms: at('2021-02-27 23:16:44'), client: first.client, upTo: 'tidy', key: first.key });
  pageRequest(world, {
    ms: at('2021-02-27 23:17:10'),
    ...first,
    stem: first.page,
    status: 200,
    taken: 1840,
    responseBytes: 1187,
  });
  orders(world, {
    ...first,
    times: [
      '2021-02-28 01:02:10',
      '2021-02-28 01:04:55',
      '2021-03-01 06:40:18',
      '2021-03-01 06:44:07',
      '2021-03-05 03:33:12',
      '2021-03-08 14:12:03',
    ].map(at),
  });
  pageRequest(world, {
    ms: at('2021-03-02 02:17:05'),
    ...first,
    stem: first.page,
    query: `${first.key}=whoami`,
    status: 200,
    taken: 212,
    responseBytes: 431,
  });
  pageRequest(world, { ms: at('2021-03-01 06:45:02'), ...first, stem: spare, status: 200, taken: 1511, responseBytes: 1166 });
  const chain = { client: second.client, form: 'admin', stem: '/ecp/x7.js', key: second.key, scriptHost: 'ooo' };
  addressBookChain(world, { ...chain, ms: at('2021-03-03 08:30:20'), upTo: 'reset' });
  pageRequest(world, { ms: at('2021-03-03 08:30:52'), ...second, stem: second.page, status: 200, taken: 1622 });
  orders(world, {
    ...second,
    times: ['2021-03-03 08:31:20', '2021-03-03 08:33:09', '2021-03-06 10:10:37', '2021-03-09 22:18:40'].map(at),
  });
  return {
    servers: [mail],
    perHost: true,
    others: {
      [listing]: webFolders(pages),
      [controller]: securityLog('DC01.haven.example', { fromUtc: from, days: 13, people, passwords: [] }),
    },
  };
}

/**
 * Handed in on 29 March 2021. Cut off from Friday evening to Sunday evening, updated, the first page taken away, krbtgt set anew twice, the certificates made new. The
 * second page was reported as removed and stands there; the spare one was not thought of; and the second intruder came back through his.
 */
export function cleanUpAfter() {
  const [from, to] = ['2021-03-11 00:00:00', '2021-03-29 00:00:00'];
  const { world, mail } = server('clean-up-after', from, to, { patchedMs: utc('2021-03-13 21:01:00') });
  const [cut, open] = ['2021-03-12 18:00:00', '2021-03-14 20:00:00'];
  for (const [begin, end] of [
    [from, cut],
    [open, to],
  ]) {
    daysAtWork(world, utc(begin), utc(end));
    internetNoise(world, utc(begin), utc(end));
  }
  // The first one looks for his page and gets the logon page instead, as for every page that is not there.
  for (const when of ['2021-03-15 04:11:26', '2021-03-15 04:11:58', '2021-03-21 02:40:03'])
    pageRequest(world, { ms: at(when), ...first, stem: first.page, status: 302, taken: 8 });
  orders(world, { ...second, times: ['2021-03-16 21:02:44', '2021-03-18 02:13:09'].map(at) });
  pageRequest(world, { ms: at('2021-03-18 02:14:51'), ...second, stem: anew, status: 200, taken: 1580 });
  orders(world, { ...second, page: anew, times: ['2021-03-18 02:15:30', '2021-03-24 23:50:12'].map(at) });
  const passwords = [
    { at: '2021-03-13 09:00:12', name: 'krbtgt' },
    { at: '2021-03-13 20:30:41', name: 'krbtgt' },
    { at: '2021-03-13 09:05:00', name: 'helga.admin' },
  ];
  return {
    servers: [mail],
    perHost: true,
    others: {
      [listing]: webFolders([
        ...pages.filter(({ page }) => page !== first.page),
        { page: anew, bytes: 2203, made: '2021-03-18 02:14:40' },
      ]),
      [addresses]: offlineAddressBook('MAIL01'),
      [certificateList]: certificates([
        {
          thumbprint: '5C1E0F3A9B7D24680ACE13579BDF02468ACE1357',
          subject: 'CN=mail.haven.example',
          from: '2021-03-13',
          services: 'IMAP, POP, IIS, SMTP',
        },
        {
          thumbprint: '9D0B7C5A3E1F24680ACE13579BDF02468ACE9D0B',
          subject: 'CN=Microsoft Exchange Server Auth Certificate',
          from: '2021-03-13',
          services: 'SMTP',
        },
      ]),
      [controller]: securityLog('DC01.haven.example', { fromUtc: '2021-03-08 00:00:00', days: 21, people, passwords }),
    },
  };
}
