/**
 * What is counted of every row, whatever the rules ask: the stuff of coverage, exposure, hosts, observables and pivots.
 * A group that means the same in two logs has the same fields in the same order: judging looks groups up by their names.
 */

const build = ['MajorVersion', 'MinorVersion', 'BuildVersion', 'RevisionVersion', 'ServerHostName'];

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
    build,
    ['UserAgent'],
  ],
  'ecp-server': [
    ['ServerName', 'EventId'],
    ['BLD', 'ServerName'],
  ],
  'ecp-activity': [['ServerName', 'EventId'], ['Bld', 'ServerName'], ['PSA']],
  'oab-generator': [['TemporaryFile']],
  'rps-http': [['ServerHostName', 'HttpStatus'], ['ClientIpAddress', 'AuthenticatedUser'], build, ['ClientInfo']],
  'rps-cmdlet': [['ServerHostName', 'ExecutionResult'], ['Cmdlet', 'AuthenticatedUser', 'ProcessName'], build],
  ews: [['ServerHostName', 'SoapAction', 'HttpStatus'], ['ClientIpAddress', 'AuthenticatedUser'], build, ['UserAgent']],
  autodiscover: [['ServerHostName', 'HttpStatus'], ['ClientIpAddress', 'AuthenticatedUser'], build, ['UserAgent']],
  'exchange-config': [['Server']],
  'test-proxylogon': [['Server', 'Kind', 'Value']],
};

/** Distinct tuples kept per block and group. */
export const groupLimit = 4096;
