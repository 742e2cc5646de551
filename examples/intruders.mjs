// What intruders do to a server in these stories, as rows. Text that looks like a web shell is kept encoded here, and its body
// is a comment: it has the form that the server would log and does nothing.

import { ecpCommand, exchangeRequest } from './organisation.mjs';

const decode = (text) => Buffer.from(text, 'base64').toString('utf8');

/** The script element with which they filled the address; `{key}` is the access word. */
const inertScript = decode(
  'PHNjcmlwdCBsYW5ndWFnZT0iSlNjcmlwdCIgcnVuYXQ9InNlcnZlciI+LyogaW5lcnQgZXhhbXBsZSwgcmVhZHMge2tleX0gKi88L3NjcmlwdD4=',
);

export const scriptAddress = (host, key) => `http://${host}/#${inertScript.replace('{key}', key)}`;

export const tools = {
  first: 'ExchangeServicesClient/0.0.0.0',
  python: 'python-requests/2.25.1',
  crawler: 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  browser: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0.2345 Safari/537.36',
};

/**
 * A forged back-end address (CVE-2021-26855). `form` is how the tool writes it: `bracket` ends in `#`, `admin` leaves the
 * front end's own path hanging on the query.
 */
export function forgedRequest(world, r) {
  const machine = r.host ?? world.back.fqdn;
  const back = `${machine}:444${r.backStem}?${r.backQuery ?? ''}`;
  const hanging = r.backQuery === undefined ? 'a=' : '&a=';
  const anchor = r.form === 'admin' ? `Admin@${back}${hanging}` : `${r.before ?? 'a]'}@${back}#`;
  const answered = r.status !== 503 && r.status !== 500;
  return exchangeRequest(world, {
    ms: r.ms,
    front: r.front ?? world.front[0],
    protocol: r.protocol ?? 'Ecp',
    method: 'POST',
    stem: r.stem ?? '/ecp/y.js',
    client: r.client,
    agent: r.agent ?? tools.python,
    status: r.status,
    // In two pieces: scanners look for the whole in files of programs, too.
    anchor: `${'Server'}Info~${anchor}`,
    proxied: true,
    noAnswer: !answered,
    target: anchor,
    targetBuild: '15.00.0442.000',
    targetNumber: 1942062522,
    hint: 'X-BEResource-Cookie',
    error: r.error,
    errors: r.errors,
    backStem: answered ? r.backStem : undefined,
    backQuery: r.form === 'admin' ? `${r.backQuery ?? ''}${hanging}:444${r.stem}` : r.backQuery,
    backUser: `HAVEN\\${(r.front ?? world.front[0]).name}$`,
    taken: r.taken,
    query: r.query,
    referer: r.referer,
    host: r.urlHost,
    forwarded: r.forwarded,
    clientRequestId: r.clientRequestId,
  });
}

const ddi = '/ecp/DDI/DDIService.svc';

/**
 * The known chain: mailbox name, identity, administrator's session, address book read, written, reset, tidied. `upTo` says
 * where it ends: `session`, `read`, `set`, `reset`, `tidy`. `fronts` are asked in turn. `rewrite` may change what the ECP server
 * log gets, `disguise` what the client sends, and `address` is put where the script would stand.
 */
export function addressBookChain(world, chain) {
  const { ms, client, upTo, key, form, stem = '/ecp/y.js', fronts = world.front, scriptHost = 'f' } = chain;
  const { random, back } = world;
  const rewrite = chain.rewrite ?? ((fields) => fields);
  const disguise = chain.disguise ?? ((request) => request);
  const order = ['session', 'read', 'set', 'reset', 'tidy'];
  const last = order.indexOf(upTo);
  const session = random.guid();
  const canary = `${random.letters(42)}.`;
  const identity = random.guid();
  let step = 0;
  const ask = (afterMs, more) =>
    forgedRequest(
      world,
      disguise({ ms: ms + afterMs, client, form, stem, front: fronts[step++ % fronts.length], status: 200, ...more }),
    );
  const run = (asked, afterMs, url, command, exception) => {
    if (asked?.activity === undefined) return;
    const leaked = form === 'admin' ? `&a=:444${stem}` : '';
    ecpCommand(
      world,
      back,
      ms + afterMs,
      rewrite({ session, activity: asked.activity, command, url: `${url}${leaked}`, exception }),
    );
  };
  const query = (schema) =>
    form === 'admin' ? `schema=${schema}&msExchEcpCanary=${canary}` : `msExchEcpCanary=${canary}&schema=${schema}`;

  ask(0, { backStem: '/autodiscover/autodiscover.xml', agent: tools.first });
  ask(1500, { backStem: '/mapi/emsmdb/' });
  ask(4000, { backStem: '/ecp/proxyLogon.ecp', status: 241 });
  if (last < 1) return;

  const get = `${ddi}/GetObject`;
  const read = ask(9300, { backStem: get, backQuery: query('OABVirtualDirectory') });
  run(read, 9150, `${get}?${query('OABVirtualDirectory')}`, 'Get-OabVirtualDirectory.ADPropertiesOnly=$true.Identity=$null');
  run(read, 9260, `${get}?${query('OABVirtualDirectory')}`, 'Pipeline.1|Get-MailboxRegionalConfiguration');
  if (last < 2) return;

  const setObject = `${ddi}/SetObject`;
  const setUrl = `${setObject}?${query('OABVirtualDirectory')}`;
  const set = ask(12_300, { backStem: setObject, backQuery: query('OABVirtualDirectory') });
  const address = chain.address ?? scriptAddress(scriptHost, key);
  run(set, 12_190, setUrl, `Set-OabVirtualDirectory.ExternalUrl='${address}'.Identity='${identity}'`);
  run(set, 12_250, setUrl, `Get-OabVirtualDirectory.ADPropertiesOnly=$true.Identity='${identity}'`);
  if (last < 3) return;

  const resetUrl = `${setObject}?${query('ResetOABVirtualDirectory')}`;
  const reset = ask(16_300, { backStem: setObject, backQuery: query('ResetOABVirtualDirectory'), taken: 2460 });
  const directory = `${back.name}\\OAB (Default Web Site)`;
  run(reset, 14_100, resetUrl, `Get-OABVirtualDirectory.Identity='${identity}'`);
  run(reset, 14_300, resetUrl, `Get-ExchangeServer.Identity='${back.name}'`);
  run(reset, 15_000, resetUrl, `Remove-OABVirtualDirectory.Force=$true.Identity='${directory}'`);
  const newDirectory = `New-OABVirtualDirectory.WebSiteName='Default Web Site'.Server='${back.name}'.Role='ClientAccess'`;
  run(reset, 16_100, resetUrl, `${newDirectory}.InternalURL='https://${back.fqdn}/OAB'`);
  if (last < 4) return;

  const tidy = ask(19_300, { backStem: setObject, backQuery: query('OABVirtualDirectory') });
  run(tidy, 19_200, setUrl, `Set-OabVirtualDirectory.ExternalUrl=$null.Identity='${identity}'`);
}

/** A page asked at the front end. Pages below /owa/auth stand in the HttpProxy log too; others are IIS alone. */
export function pageRequest(world, r) {
  const owa = r.stem.startsWith('/owa/');
  exchangeRequest(world, {
    front: world.front[0],
    method: 'GET',
    agent: tools.browser,
    win32: r.status === 404 ? 2 : 0,
    ...r,
    protocol: owa ? 'Owa' : undefined,
    encoding: owa,
  });
}

/**
 * Orders to a page: POST, answered 200, never the same size or time twice.
 *
 * @param times milliseconds
 */
export function orders(world, { client, page, agent, times }) {
  for (const [index, ms] of times.entries())
    pageRequest(world, {
      ms,
      client,
      agent,
      stem: page,
      method: 'POST',
      status: 200,
      taken: 60 + ((index * 977) % 4300),
      requestBytes: 610 + ((index * 331) % 2100),
      responseBytes: 240 + ((index * 1879) % 21_000),
    });
}

/** A passer-by who tries page names that others have left elsewhere. */
export function looksForPages(world, { ms, client, agent }) {
  const names = ['discover', 'supp0rt', 'shell', 'OutlookEN', 'errorEE', 'TimeoutLogout', 'load'];
  names.forEach((name, index) => {
    const clientPage = index % 3 < 2;
    const stem = clientPage ? `/aspnet_client/${name}.aspx` : `/owa/auth/${name}.aspx`;
    // A missing page below /owa/auth is answered with 302 to the logon page, elsewhere with 404.
    pageRequest(world, { ms: ms + index * 1300, client, agent, stem, status: clientPage ? 404 : 302, front: world.front[0] });
  });
}
