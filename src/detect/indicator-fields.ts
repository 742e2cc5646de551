/**
 * Where indicators are looked for. Of logs of lines, that may be of any size: in fields whose distinct values are judged once per block.
 * Of everything else (events, lists of consoles, what is read record by record): in every field, text taken apart into what could be one.
 */

/** What a value of a field can be. `text`: anything, to be taken apart. */
export type Look = 'address' | 'addresses' | 'host' | 'agent' | 'account' | 'email' | 'page' | 'text';

export const looksOf: Readonly<Record<string, Readonly<Record<string, Look>>>> = {
  'iis-w3c': {
    'c-ip': 'address',
    'cs-username': 'account',
    'cs-uri-stem': 'page',
    'cs(User-Agent)': 'agent',
    'X-Forwarded-For': 'addresses',
    'cs(Referer)': 'text',
    'cs-host': 'host',
  },
  'web-access': {
    'c-ip': 'address',
    'cs-username': 'account',
    'cs-uri-stem': 'page',
    'cs-user-agent': 'agent',
    'X-Forwarded-For': 'addresses',
    'cs-referer': 'text',
    'cs-host': 'host',
  },
  httpproxy: {
    ClientIpAddress: 'addresses',
    AuthenticatedUser: 'account',
    UserAgent: 'agent',
    UrlHost: 'host',
    UrlStem: 'page',
    AnchorMailbox: 'text',
  },
  ews: { ClientIpAddress: 'addresses', AuthenticatedUser: 'account', UserAgent: 'agent' },
  autodiscover: { ClientIpAddress: 'addresses', AuthenticatedUser: 'account', UserAgent: 'agent' },
  'rps-http': { ClientIpAddress: 'addresses', AuthenticatedUser: 'account', ClientInfo: 'agent' },
  mapihttp: { ClientIP: 'addresses', AuthenticatedUserEmail: 'account', ClientSoftware: 'agent' },
  rca: { 'client-ip': 'address', 'client-name': 'account', 'client-software': 'agent' },
  'owa-backend': {},
  'ecp-activity': { PSA: 'account' },
  'exchange-log': { UserKey: 'account', AuthenticatedUser: 'account', ClientIpAddress: 'addresses', UserAgent: 'agent' },
  httprequestfiltering: { ClientIpAddress: 'addresses' },
  httperr: { 'c-ip': 'address', 'cs-uri': 'page' },
  'message-tracking': {
    'client-ip': 'address',
    'original-client-ip': 'address',
    'sender-address': 'email',
    'return-path': 'email',
    'recipient-address': 'email',
  },
  'transport-agent': { EnteredOrgFromIP: 'address' },
  'smtp-receive': { 'remote-ip': 'address' },
  'smtp-send': { 'remote-ip': 'address' },
  connectivity: {},
  'sharepoint-uls': {},
  // Its hashes and its path are met as those of the file that it is.
  'web-page': {},
};

/** Letters of the keys (see `IndicatorTable`) that a look can meet: where there is none, the field is not asked. */
export const lettersOf: Readonly<Record<Look, string>> = {
  address: 'arx',
  addresses: 'arx',
  host: 'arxd',
  agent: 'g',
  account: 'ce',
  email: 'e',
  page: 'wn',
  text: 'harxdupfnew',
};

/** Fields in which every record of a source says the same, or a number: nothing is looked for in them. */
export const passedOver = new Set([
  'Channel',
  'Provider_Name',
  'Provider_Guid',
  'Provider_EventSourceName',
  'Computer',
  'EventID',
  'EventRecordID',
  'TimeCreated',
  'Level',
  'Version',
  'Task',
  'Opcode',
  'Keywords',
  'Qualifiers',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'Correlation_ActivityID',
  'Correlation_RelatedActivityID',
  'Recovered',
]);
