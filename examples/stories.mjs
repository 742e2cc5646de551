// One entry per set: which servers, which days, what happened, and which logs were collected.

import { cleanUpAfter, cleanUpBefore } from './clean-up-stories.mjs';
import { createServer } from './evidence-folder.mjs';
import { healthProbes } from './health-probes.mjs';
import { addressBookChain, forgedRequest, looksForPages, orders, pageRequest, tools } from './intruders.mjs';
import { ruleWithoutLogOn, stateInAddress } from './mailbox-intruders.mjs';
import { throughAutodiscover, throughWebmail } from './proxynotshell-intruders.mjs';
import { exportChain, hiddenPathRequest } from './proxyshell-intruders.mjs';
import { administratorSetsAddress, createWorld, daysAtWork, domain, exchangeRequest, internetNoise } from './organisation.mjs';
import { createRandom } from './random.mjs';

const utc = (text) => Date.parse(`${text.replace(' ', 'T')}Z`);
/** A whole second plus 400 ms, so that the rows of one request agree on the second. */
const at = (text) => utc(text) + 400;

function oneServer(name, from, to, { patched, columns, busy = 1, builds, shell } = {}) {
  const random = createRandom(name);
  const mail = createServer({
    name: 'MAIL01',
    ip: '10.20.0.11',
    linkLocal: 'fe80::5efe:a14:b%4',
    domain,
    firstMs: utc(from),
    lastMs: utc(to),
    patchedMs: patched === undefined ? undefined : utc(patched),
    columns,
    builds,
    shell,
  });
  const world = createWorld({ front: [mail], back: mail, random });
  healthProbes(world, mail, utc(from), utc(to));
  daysAtWork(world, utc(from), utc(to), busy);
  internetNoise(world, utc(from), utc(to));
  return { world, servers: [mail] };
}

/** Written by 203.0.113.24 on 3 March, asked once, then left alone. */
function writtenPage(world, page, client, when) {
  addressBookChain(world, { ms: at(when), client, upTo: 'tidy', key: 'k7Qm2x' });
  pageRequest(world, {
    ms: at(when) + 26_000,
    client,
    stem: page,
    status: 200,
    taken: 1840,
    responseBytes: 1187,
    agent: tools.python,
  });
}

/** Phones ask Autodiscover v2 where their mailbox is: an address with an `@` in the query, and nothing wrong with it. */
function phonesAsk(world, fromMs, toMs) {
  const names = ['a.berg', 'm.okafor', 'k.haas', 'e.dubois'];
  for (let day = fromMs; day < toMs; day += 86_400_000) {
    const name = world.random.pick(names);
    exchangeRequest(world, {
      ms: day + world.random.between(6, 21) * 3_600_000 + 450,
      front: world.front[0],
      protocol: 'Autodiscover',
      method: 'GET',
      stem: '/autodiscover/autodiscover.json',
      query: `Email=${name}${world.random.pick(['@', '%40'])}${domain}&Protocol=ActiveSync&RedirectCount=1`,
      backStem: '/autodiscover/autodiscover.json',
      client: '192.0.2.14',
      agent: 'Outlook-iOS-Android/1.0',
      status: 200,
    });
  }
}

const visitors = (world) => {
  looksForPages(world, { ms: at('2021-03-05 09:41:12'), client: '198.51.100.61', agent: tools.browser });
  looksForPages(world, { ms: at('2021-03-06 17:27:44'), client: '203.0.113.118', agent: 'curl/7.64.1' });
};

function splitChain(name) {
  const random = createRandom('split-chain'); // both sets are the same days, seen with and without the back end
  const from = utc('2021-02-27 00:00:00');
  const to = utc('2021-03-07 00:00:00');
  const make = (host, last, columns) =>
    createServer({
      name: host,
      ip: `10.20.0.${last}`,
      linkLocal: `fe80::5efe:a14:${last}%4`,
      domain,
      firstMs: from,
      lastMs: to,
      patchedMs: utc('2021-03-05 20:01:00'),
      columns,
    });
  const fronts = [make('MAIL01', 11, 'forwarded'), make('MAIL02', 12, 'forwarded')];
  const back = make('MBX01', 21, 'plain');
  const world = createWorld({ front: fronts, back, random, balancer: '10.20.0.5' });
  for (const server of [...fronts, back]) healthProbes(world, server, from, to);
  daysAtWork(world, from, to);
  internetNoise(world, from, to);
  const client = '203.0.113.87';
  addressBookChain(world, { ms: at('2021-03-03 11:20:03'), client, upTo: 'tidy', key: 'p4Wz9c', fronts });
  // It was written to a share of MAIL01: the other front end does not have it.
  const stem = '/aspnet_client/hx81tqow.aspx';
  pageRequest(world, { ms: at('2021-03-03 11:20:33'), client, stem, status: 404, front: fronts[1], agent: tools.python });
  pageRequest(world, {
    ms: at('2021-03-03 11:20:36'),
    client,
    stem,
    status: 200,
    front: fronts[0],
    agent: tools.python,
    taken: 1510,
  });
  return { world, servers: name === 'split-chain' ? [...fronts, back] : fronts, perHost: true };
}

export const stories = {
  'clean-up': cleanUpBefore,
  'clean-up-after': cleanUpAfter,

  healthy() {
    const story = oneServer('healthy', '2021-01-01 00:00:00', '2021-04-01 00:00:00', {
      patched: '2021-03-03 20:01:00',
      busy: 0.25,
    });
    administratorSetsAddress(story.world, at('2021-01-14 13:22:41'));
    return story;
  },

  attempt() {
    const story = oneServer('attempt', '2021-01-01 00:00:00', '2021-03-13 00:00:00', {
      patched: '2021-03-09 21:01:00',
      busy: 0.25,
    });
    const { world } = story;
    // Somebody asks whether the hole is there.
    exchangeRequest(world, {
      ms: at('2021-03-05 03:12:09'),
      front: world.front[0],
      protocol: 'Owa',
      method: 'GET',
      stem: '/owa/auth/x.js',
      client: '198.51.100.9',
      agent: tools.crawler,
      status: 500,
      anchor: `${'Server'}Info~localhost/ecp/default.flt?`,
      proxied: true,
      noAnswer: true,
      target: 'localhost/ecp/default.flt?',
      targetBuild: '00.00.0003.000',
      targetNumber: 3,
      hint: 'X-AnonResource-Backend-Cookie',
      error: 'NameResolutionFailure',
    });
    // A tool that guesses the name of the server, and guesses wrong.
    const guess = { client: '198.51.100.23', backStem: '/autodiscover/autodiscover.xml', agent: tools.first, status: 503 };
    ['exchange', 'mail', 'owa', 'ex01'].forEach((host, index) =>
      forgedRequest(world, {
        ...guess,
        ms: at('2021-03-05 14:02:51') + index * 2000,
        host: `${host}.${domain}`,
        error: 'NameResolutionFailure',
        errors: 'WebExceptionStatus=NameResolutionFailure;',
      }),
    );
    // Another one knows the name; Autodiscover answers that it does not know the mailbox, and nothing follows.
    const named = { client: '203.0.113.77', backStem: '/autodiscover/autodiscover.xml', agent: tools.first, status: 200 };
    forgedRequest(world, { ...named, ms: at('2021-03-07 22:47:30') });
    forgedRequest(world, { ...named, ms: at('2021-03-07 22:47:33') });
    return story;
  },

  session() {
    const story = oneServer('session', '2021-02-26 00:00:00', '2021-03-09 00:00:00', { patched: '2021-03-04 19:01:00' });
    const round = { client: '203.0.113.52', upTo: 'read', stem: '/ecp/y.js' };
    addressBookChain(story.world, { ...round, ms: at('2021-03-03 06:49:42') });
    addressBookChain(story.world, { ...round, ms: at('2021-03-03 06:59:10') });
    addressBookChain(story.world, { ...round, ms: at('2021-03-03 13:39:33') });
    return { ...story, without: ['ecp'] };
  },

  'written-shell'() {
    const story = oneServer('written-shell', '2021-02-26 00:00:00', '2021-03-11 00:00:00', { patched: '2021-03-04 21:01:00' });
    writtenPage(story.world, '/owa/auth/zq0w7rhx.aspx', '203.0.113.24', '2021-03-03 04:12:07');
    visitors(story.world);
    return story;
  },

  'used-shell'() {
    const days = ['2021-02-26 00:00:00', '2021-03-11 00:00:00'];
    const story = oneServer('used-shell', ...days, { patched: '2021-03-04 21:01:00', columns: 'sizes' });
    const { world } = story;
    const page = '/owa/auth/vt5k1jbe.aspx';
    const client = '198.51.100.87';
    writtenPage(world, page, client, '2021-02-27 23:16:44');
    orders(world, {
      client,
      page,
      agent: tools.crawler,
      times: [
        '2021-02-28 01:02:10',
        '2021-02-28 01:02:31',
        '2021-02-28 01:04:55',
        '2021-02-28 01:09:02',
        '2021-03-01 06:40:18',
        '2021-03-01 06:41:07',
        '2021-03-02 02:15:29',
        '2021-03-02 02:22:40',
        '2021-03-05 03:33:12',
        '2021-03-05 03:36:48',
        '2021-03-08 14:05:51',
        '2021-03-08 14:12:03',
      ].map(at),
    });
    // One order stands in the query: the only words of theirs that a web log keeps.
    pageRequest(world, {
      ms: at('2021-03-02 02:17:05'),
      client,
      agent: tools.crawler,
      stem: page,
      query: 'k7Qm2x=whoami',
      status: 200,
      taken: 212,
      responseBytes: 431,
    });
    const second = { client: '203.0.113.151', form: 'admin', stem: '/ecp/x7.js', key: 'r3Tn8b', scriptHost: 'ooo' };
    addressBookChain(world, { ...second, ms: at('2021-03-03 08:30:20'), upTo: 'reset' });
    const other = '/aspnet_client/system_web/n2c8ymfd.aspx';
    pageRequest(world, {
      ms: at('2021-03-03 08:30:52'),
      client: second.client,
      agent: tools.python,
      stem: other,
      status: 200,
      taken: 1622,
    });
    const later = ['2021-03-03 08:31:20', '2021-03-03 08:31:44', '2021-03-03 08:33:09', '2021-03-06 10:10:37'];
    orders(world, { client: second.client, page: other, agent: tools.python, times: later.map(at) });
    visitors(world);
    return story;
  },

  'too-young'() {
    const story = oneServer('too-young', '2021-03-09 00:00:00', '2021-03-18 00:00:00', { patched: '2021-03-04 00:00:00' });
    return story;
  },

  'proxyshell-export'() {
    const days = ['2021-08-05 00:00:00', '2021-08-27 00:00:00'];
    // The update of March was there, those of April and May were not.
    const builds = { before: '15.1.2176.9', after: '15.1.2176.14' };
    const story = oneServer('proxyshell-export', ...days, {
      patched: '2021-08-26 20:01:00',
      builds,
      columns: 'sizes',
      shell: true,
    });
    const { world } = story;
    hiddenPathRequest(world, {
      ms: at('2021-08-09 16:20:41'),
      client: '198.51.100.44',
      agent: tools.browser,
      method: 'GET',
      path: '/mapi/nspi/',
      status: 302,
    });
    const client = '203.0.113.61';
    const page = '/aspnet_client/kqzwvrtmblxs.aspx';
    exportChain(world, { ms: at('2021-08-21 03:14:07'), client, page, user: 'HAVEN\\administrator' });
    pageRequest(world, { ms: at('2021-08-21 03:15:20'), client, stem: page, status: 404, agent: tools.python });
    pageRequest(world, { ms: at('2021-08-21 03:15:41'), client, stem: page, status: 200, agent: tools.python, taken: 1766 });
    const times = ['2021-08-21 03:16:05', '2021-08-21 03:18:44', '2021-08-22 22:07:19', '2021-08-24 01:31:52'];
    orders(world, { client, page, agent: tools.python, times: times.map(at) });
    return story;
  },

  'proxyshell-probed'() {
    const days = ['2021-08-01 00:00:00', '2021-09-01 00:00:00'];
    const builds = { before: '15.1.2176.14', after: '15.1.2176.14' };
    const story = oneServer('proxyshell-probed', ...days, { builds, busy: 0.5, shell: true });
    const { world } = story;
    const looks = [
      ['2021-08-07 11:02:33', '198.51.100.44', 302, tools.browser],
      ['2021-08-08 02:47:10', '203.0.113.140', 401, 'curl/7.77.0'],
      ['2021-08-12 19:30:05', '203.0.113.17', 400, tools.python],
      ['2021-08-16 08:12:51', '198.51.100.23', 401, tools.python],
      ['2021-08-20 23:58:02', '198.51.100.71', 401, tools.browser],
    ];
    for (const [when, client, status, agent] of looks)
      hiddenPathRequest(world, { ms: at(when), client, agent, method: 'GET', path: '/mapi/nspi/', status });
    const shell = {
      client: '198.51.100.23',
      path: '/powershell/',
      token: true,
      status: 401,
      method: 'POST',
      agent: tools.python,
    };
    hiddenPathRequest(world, { ...shell, ms: at('2021-08-16 08:12:58') });
    hiddenPathRequest(world, { ...shell, ms: at('2021-08-16 08:13:02') });
    phonesAsk(world, utc(days[0]), utc(days[1]));
    return story;
  },

  'proxynotshell-session'() {
    const days = ['2022-09-26 00:00:00', '2022-10-13 00:00:00'];
    // The update of August 2022 was there: ProxyShell was closed, this was not.
    const builds = { before: '15.1.2507.12', after: '15.1.2507.12' };
    const story = oneServer('proxynotshell-session', ...days, { builds, busy: 0.5, shell: true });
    const { world } = story;
    phonesAsk(world, utc(days[0]), utc(days[1]));
    // Everybody is asked, by machines that have no password.
    for (const [when, client] of [
      ['2022-09-30 08:12:51', '198.51.100.23'],
      ['2022-10-02 21:47:10', '203.0.113.140'],
    ])
      throughAutodiscover(world, { ms: at(when), client, agent: tools.python, status: 401, substatus: 1 });
    const own = { client: '203.0.113.72', user: 'e.dubois', agent: tools.browser };
    throughAutodiscover(world, { ...own, ms: at('2022-10-04 02:11:38'), user: undefined, status: 401, substatus: 1 });
    for (const [index, when] of ['2022-10-04 02:11:40', '2022-10-04 02:11:44', '2022-10-04 02:12:09'].entries())
      throughAutodiscover(world, { ...own, ms: at(when), status: 200, taken: 180 + index * 420 });
    // From 7 October the mitigation stops it.
    throughAutodiscover(world, { ...own, ms: at('2022-10-09 03:40:12'), status: 403 });
    return story;
  },

  'owassrf-session'() {
    const days = ['2022-11-14 00:00:00', '2022-12-08 00:00:00'];
    const builds = { before: '15.1.2507.12', after: '15.1.2507.12' };
    const story = oneServer('owassrf-session', ...days, { builds, busy: 0.4, shell: true });
    const { world } = story;
    // The mitigation for Autodiscover is there and stops the first way; the second one leads around it.
    const own = { client: '198.51.100.91', user: 'p.costa', agent: tools.browser };
    throughAutodiscover(world, { ...own, ms: at('2022-11-29 19:02:11'), status: 403 });
    for (const [index, when] of ['2022-11-29 19:05:30', '2022-11-29 19:05:34', '2022-11-29 19:06:02'].entries())
      throughWebmail(world, { ...own, ms: at(when), status: 200, taken: 210 + index * 380 });
    // Another one guesses the way in and has no password.
    throughWebmail(world, {
      ms: at('2022-12-05 11:20:40'),
      client: '203.0.113.17',
      agent: tools.python,
      status: 401,
      mailbox: 'a%40outlook.test',
    });
    return story;
  },

  'proxytoken-rule'() {
    const days = ['2021-08-30 00:00:00', '2021-09-09 00:00:00'];
    // The update of March 2021 was there, that of April was not.
    const builds = { before: '15.1.2176.9', after: '15.1.2176.9' };
    const story = oneServer('proxytoken-rule', ...days, { builds, busy: 0.5, shell: true });
    const { world } = story;
    // One who was refused, and one whose rule was made although the answer was an error.
    ruleWithoutLogOn(world, {
      ms: at('2021-09-01 16:40:12'),
      client: '198.51.100.44',
      agent: tools.python,
      mailbox: 'k.haas',
      status: 401,
      made: false,
    });
    ruleWithoutLogOn(world, { ms: at('2021-09-03 02:31:07'), client: '203.0.113.61', agent: tools.browser, mailbox: 'e.dubois' });
    return story;
  },

  'viewstate-sent'() {
    const days = ['2020-02-26 00:00:00', '2020-03-12 00:00:00'];
    const builds = { before: '15.1.1913.5', after: '15.1.1913.5' };
    const story = oneServer('viewstate-sent', ...days, { builds, busy: 0.5 });
    const { world } = story;
    stateInAddress(world, { ms: at('2020-03-04 22:14:40'), client: '198.51.100.23', agent: tools.python, status: 302 });
    const own = { client: '203.0.113.87', agent: tools.browser, user: 'p.costa', status: 500 };
    stateInAddress(world, { ...own, ms: at('2020-03-06 03:07:21') });
    stateInAddress(world, { ...own, ms: at('2020-03-06 03:09:55') });
    return story;
  },

  'split-chain': () => splitChain('split-chain'),
  'split-chain-no-backend': () => splitChain('split-chain-no-backend'),
};
