/** What is counted of every row, whatever the rules ask: the stuff of coverage, exposure, hosts, observables and pivots. */
import type { Reader } from '../core/record.ts';

/** Tuples per log source. The first group of a web log is the one by which later rounds find the blocks that hold a page. */
export const groupsOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'iis-w3c': [
    ['cs-method', 'cs-uri-stem', 'sc-status'],
    ['c-ip', 'cs-username'],
    ['s-port', 's-computername', 's-ip'],
    ['cs(User-Agent)'],
    ['X-Forwarded-For'],
  ],
  httpproxy: [
    ['Protocol', 'HttpStatus', 'BackEndStatus'],
    ['ClientIpAddress', 'AuthenticatedUser'],
    ['ServerHostName', 'TargetServer', 'IsAuthenticated'],
    ['MajorVersion', 'MinorVersion', 'BuildVersion', 'RevisionVersion', 'ServerHostName'],
    ['UserAgent'],
  ],
  'ecp-server': [
    ['ServerName', 'EventId'],
    ['BLD', 'ServerName'],
  ],
  'exchange-config': [['Server']],
  'exchange-server': [['ServerName', 'ServerRole']],
  'transport-agent-config': [['Identity', 'Enabled']],
  'inbox-rule': [['Enabled']],
  'transport-rule': [['State', 'Mode']],
  'mailbox-export': [['Status']],
  'role-assignment': [['Role']],
  'mailbox-permission': [['AccessRights']],
  'exchange-certificate': [['Services']],
  'admin-audit': [
    ['CmdletName', 'Succeeded'],
    ['Server', 'CmdletName'],
  ],
  'local-user': [['Enabled']],
  'scheduled-task': [['State']],
  'service-listing': [['Status', 'StartType']],
  'file-listing': [['Attributes', 'Owner']],
  'event-text': [['Channel', 'Provider', 'EventID'], ['Computer']],
  'http-response': [['Status'], ['X-FEServer']],
  'process-listing': [['Image'], ['Computer']],
  'test-proxylogon': [['Server', 'Kind', 'Value']],
};

/** What is counted of a reader's rows: of a form that holds several kinds of things, what is counted of any of them. */
export function groupsOfReader(reader: Pick<Reader, 'logSource' | 'logSources'>): readonly (readonly string[])[] {
  const all = (reader.logSources ?? [reader.logSource]).flatMap((source) => groupsOf[source] ?? []);
  const seen = new Set<string>();
  return all.filter((names) => {
    const key = names.join('|');
    return !seen.has(key) && seen.add(key);
  });
}

/** Distinct tuples kept per block and group. */
export const groupLimit = 4096;
