/** What is counted of every row, whatever the rules ask: the stuff of coverage, exposure, hosts, observables and pivots. */

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
  'test-proxylogon': [['Server', 'Kind', 'Value']],
  antivirus: [['Server', 'Tool', 'Kind', 'Action']],
  'compare-exchange-hashes': [['Error']],
  eomt: [['Server', 'Kind', 'Value']],
  'health-checker': [
    ['Build', 'Server', 'Product'],
    ['Server', 'Kind', 'Value'],
  ],
};

/** Distinct tuples kept per block and group. */
export const groupLimit = 4096;
