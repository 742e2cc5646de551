// What intruders of autumn 2022 do to a server in these stories, as rows: they log on with the password of one mailbox, and reach
// remote PowerShell through Autodiscover (ProxyNotShell) or through webmail (OWASSRF).

import { exchangeRequest, netbios, shellRequest } from './organisation.mjs';

const decoy = 'evil.test';

/** One request to remote PowerShell through a front door that is not its own, in all logs that it stands in. */
function throughDoor(world, r, door) {
  const inside = r.status >= 200 && r.status < 300;
  const user = r.user === undefined ? undefined : `${netbios}\\${r.user}`;
  const asked = exchangeRequest(world, {
    ms: r.ms,
    front: world.front[0],
    method: r.method ?? 'POST',
    client: r.client,
    agent: r.agent,
    user,
    status: r.status,
    substatus: r.substatus,
    backStem: inside ? '/powershell/' : undefined,
    backUser: user,
    taken: r.taken,
    ...door,
    backQuery: inside ? door.backQuery : undefined,
  });
  if (asked !== undefined && inside)
    shellRequest(world, world.back, {
      ms: r.ms - 60,
      id: world.random.guid(),
      user,
      host: world.back.fqdn,
      client: r.client,
      front: world.front[0].fqdn,
      status: 200,
      agent: r.agent,
      query: door.backQuery,
    });
  return asked;
}

/** CVE-2022-41040: the address hides the path of remote PowerShell. */
export const throughAutodiscover = (world, r) =>
  throughDoor(world, r, {
    protocol: 'Autodiscover',
    stem: '/autodiscover/autodiscover.json',
    query: `@${decoy}/powershell/?X=1&Email=autodiscover/autodiscover.json%3F@${decoy}`,
    backQuery: `X=1&Email=autodiscover/autodiscover.json%3F@${decoy}`,
    anchor: `ExplicitLogon-SMTP~autodiscover/autodiscover.json?@${decoy}`,
    hint: 'ExplicitLogon-SMTP',
  });

/** CVE-2022-41080: webmail is asked for somebody else's mailbox, and behind it stands the path of remote PowerShell. */
export const throughWebmail = (world, r) =>
  throughDoor(world, r, {
    protocol: 'Owa',
    stem: `/owa/${r.mailbox ?? `mastermailbox%40${decoy}`}/powershell`,
    query: '',
    backQuery: 'sessionID=Version_15.1_(Build_2506.11)',
    anchor: `ExplicitLogon-SMTP~mastermailbox@${decoy}`,
    hint: 'ExplicitLogon-SMTP',
  });
