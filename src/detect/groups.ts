/**
 * What is counted of every row, whatever the rules ask: the stuff of coverage, exposure, hosts, observables and pivots.
 * A group that means the same in two logs has the same fields in the same order: judging looks groups up by their names.
 */

import type { Reader } from '../core/record.ts';

const build = ['MajorVersion', 'MinorVersion', 'BuildVersion', 'RevisionVersion', 'ServerHostName'];

/** Tuples per log source. The first group of a web log is the one by which later rounds find the blocks that hold a page. */
export const groupsOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'iis-w3c': [
    ['cs-method', 'cs-uri-stem', 'sc-status'],
    ['c-ip', 'cs-username'],
    ['s-port', 's-computername', 's-ip'],
    ['cs(User-Agent)'],
    ['X-Forwarded-For'],
    ['cs-method', 'cs-uri-stem', 'sc-status', 's-port', 'cs-username~who', 'cs-uri-query~text'],
    ['cs(User-Agent)', 'cs-username~who', 'sc-status'],
  ],
  httpproxy: [
    ['Protocol', 'HttpStatus', 'BackEndStatus'],
    ['ClientIpAddress', 'AuthenticatedUser'],
    ['ServerHostName', 'TargetServer', 'IsAuthenticated'],
    build,
    ['UserAgent'],
    ['Method', 'UrlStem', 'HttpStatus', 'BackEndStatus', 'AuthenticatedUser~who', 'AnchorMailbox~text'],
    ['Protocol', 'ProtocolAction', 'BackEndStatus', 'AuthenticatedUser~who', 'UrlQuery~text'],
    ['UserAgent', 'AuthenticatedUser~who', 'HttpStatus'],
    ['Protocol', 'TargetServer', 'RoutingHint~text', 'BackEndCookie~text', 'AuthenticatedUser~who', 'BackEndStatus'],
  ],
  'ecp-server': [
    ['ServerName', 'EventId'],
    ['BLD', 'ServerName'],
    ['EventId', 'CMD~head', 'URL~head', 'EX~head'],
  ],
  'ecp-activity': [['ServerName', 'EventId'], ['Bld', 'ServerName'], ['PSA']],
  'oab-generator': [['TemporaryFile']],
  'rps-http': [
    ['ServerHostName', 'HttpStatus'],
    ['ClientIpAddress', 'AuthenticatedUser'],
    build,
    ['ClientInfo', 'HttpStatus'],
    ['UrlStem', 'HttpStatus', 'AuthenticatedUser~who', 'Action', 'CommandName', 'UrlQuery~text'],
  ],
  'rps-cmdlet': [
    ['ServerHostName', 'ExecutionResult'],
    ['Cmdlet', 'AuthenticatedUser', 'ProcessName'],
    build,
    ['Cmdlet', 'AuthenticatedUser~who', 'ExecutionResult', 'Parameters~text'],
  ],
  ews: [
    ['ServerHostName', 'SoapAction', 'HttpStatus'],
    ['ClientIpAddress', 'AuthenticatedUser'],
    build,
    ['UserAgent'],
    ['SoapAction', 'HttpStatus', 'AuthenticatedUser~who', 'ImpersonatedUser~who', 'ActAsUser~who'],
    ['UserAgent', 'AuthenticatedUser~who', 'HttpStatus'],
  ],
  autodiscover: [['ServerHostName', 'HttpStatus'], ['ClientIpAddress', 'AuthenticatedUser'], build, ['UserAgent']],
  mapihttp: [
    ['RequestType', 'HttpStatusCode'],
    ['ClientIP', 'AuthenticatedUserEmail'],
    build,
    ['ClientSoftware'],
    ['RequestType', 'HttpStatusCode', 'AuthenticatedUserEmail~who', 'ActAsUserEmail~who'],
  ],
  'owa-backend': [['ServerName', 'EventId']],
  rca: [['client-ip', 'client-name'], ['client-software']],
  httprequestfiltering: [['ServerHostName', 'ScanResult'], build],
  'mitigation-service': [['ServerHostName', 'ServerName', 'Server']],
  'message-tracking': [['source', 'event-id', 'server-hostname'], ['client-ip']],
  'transport-agent': [['Agent', 'Event', 'Action'], ['EnteredOrgFromIP']],
  'smtp-receive': [['connector-id', 'event'], ['remote-ip']],
  'smtp-send': [['connector-id', 'event'], ['remote-ip']],
  connectivity: [['source', 'direction']],
  'exchange-setup': [['Server'], ['Build', 'Mode', 'Result'], ['Build', 'InstalledBuild', 'Result', 'Minute']],
  'exchange-log': [
    ['ServerHostName', 'ServerName', 'Server'],
    ['UserKey', 'AuthenticatedUser'],
  ],
  httperr: [['sc-status', 's-reason'], ['c-ip']],
  'web-access': [
    ['cs-method', 'cs-uri-stem', 'sc-status'],
    ['c-ip', 'cs-username'],
    ['cs-user-agent'],
    ['X-Forwarded-For'],
    ['cs-method', 'cs-uri-stem', 'sc-status', 's-port', 'cs-username~who', 'cs-uri-query~text'],
    ['cs-user-agent', 'cs-username~who', 'sc-status'],
  ],
  'sharepoint-uls': [['Process', 'Area', 'Level']],
  'iis-config': [
    ['Section', 'Does', 'Location', 'Name', 'Pattern', 'Input', 'Value', 'State'],
    ['Section', 'State'],
  ],
  'exchange-config': [['Server']],
  'exchange-server': [['ServerName', 'ServerRole']],
  'transport-agent-config': [['Identity', 'Enabled']],
  'inbox-rule': [['Enabled'], ['MailboxOwnerId', 'Name']],
  'transport-rule': [
    ['State', 'Mode'],
    ['Name', 'Mode'],
  ],
  'mailbox-export': [['Status']],
  'role-assignment': [['Role'], ['RoleAssigneeName', 'Role']],
  'mailbox-permission': [['AccessRights']],
  'mailbox-folder-permission': [['AccessRights']],
  'directory-permission': [['ExtendedRights']],
  mailbox: [['DeliverToMailboxAndForward']],
  'exchange-certificate': [['Services'], ['Thumbprint']],
  'admin-audit': [
    ['CmdletName', 'Succeeded'],
    ['Server', 'CmdletName'],
    ['CmdletName', 'Caller~who', 'Succeeded'],
  ],
  'local-user': [['Enabled'], ['Name', 'SID', 'Group']],
  'file-version': [['FileVersion', 'File', 'Computer']],
  'scheduled-task': [['State'], ['TaskPath', 'TaskName']],
  'wmi-consumer': [['Name']],
  'service-listing': [
    ['Status', 'StartType'],
    ['Name', 'PathName'],
  ],
  'file-listing': [['Attributes', 'Owner'], ['Path~folder']],
  'web-page': [['Grade', 'Language', 'Shape']],
  'windows-event': [
    ['Channel', 'Provider_Name', 'EventID'],
    ['Computer'],
    ['NewProcessName', 'ParentProcessName', 'Image', 'ParentImage', 'EventID~who'],
  ],
  'http-response': [['Status'], ['X-FEServer'], ['X-OWA-Version', 'X-FEServer']],
  'process-listing': [['Image'], ['Computer']],
  'test-proxylogon': [['Server', 'Kind', 'Value']],
  antivirus: [['Server', 'Tool', 'Kind', 'Action']],
  'compare-exchange-hashes': [['Error']],
  eomt: [
    ['Server', 'Kind', 'Value'],
    ['Kind', 'Seen'],
  ],
  'health-checker': [
    ['Build', 'Server', 'Product'],
    ['Build', 'Server', 'Seen'],
    ['Server', 'Kind', 'Value'],
  ],
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
