/** What stands in the message of a Windows event: `Key: value` lines under headings, in tabs or blanks. */

const pair = /^\s*([A-Za-z\u00c0-\u017f][A-Za-z0-9\u00c0-\u017f '\u2019()/-]{1,60}?)\s*:(?:[ \t]+(\S.*)?)?$/;
const mostPairs = 64;

/** Keys without blanks; one that stands again gets the heading that it stands under before it. A value ends with its line. */
export function messagePairs(message: string): Map<string, string> {
  const found = new Map<string, string>();
  let heading = '';
  for (const line of message.split('\n', 1000)) {
    const match = line.length > 40_000 ? null : pair.exec(line.trimEnd());
    if (match === null) continue;
    const name = match[1]!.replace(/[^A-Za-z0-9\u00c0-\u017f]/g, '');
    const value = match[2]?.trim() ?? '';
    if (value === '') {
      heading = name;
      continue;
    }
    const key = found.has(name) ? `${heading}${name}` : name;
    if (!found.has(key) && found.size < mostPairs) found.set(key, value);
  }
  return found;
}

/** Keys of the message → the name that the event itself has for them (event 4688 and Sysmon 1), English, German, French. */
const known: ReadonlyMap<string, string> = new Map(
  Object.entries({
    NewProcessName: 'NewProcessName',
    NeuerProzessname: 'NewProcessName',
    Nomdunouveauprocessus: 'NewProcessName',
    Image: 'NewProcessName',
    CreatorProcessName: 'ParentProcessName',
    Erstellerprozessname: 'ParentProcessName',
    Nomduprocessuscréateur: 'ParentProcessName',
    ParentImage: 'ParentProcessName',
    ProcessCommandLine: 'CommandLine',
    Prozessbefehlszeile: 'CommandLine',
    Lignedecommandeduprocessus: 'CommandLine',
    CommandLine: 'CommandLine',
  }),
);

/**
 * Headings of the messages of Security, each with the beginning of the names that the event has for what stands under it. Several
 * headings say the same in different events.
 */
const parties: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Subject: 'Subject',
    CreatorSubject: 'Subject',
    NewLogon: 'Target',
    TargetSubject: 'Target',
    TargetAccount: 'Target',
    NewAccount: 'Target',
    AccountForWhichLogonFailed: 'Target',
    AccountWhoseCredentialsWereUsed: 'Target',
    AccountThatWasLockedOut: 'Target',
    AccountInformation: 'Target',
    Group: 'Target',
  }),
);
const partyNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    SecurityID: 'UserSid',
    UserID: 'UserSid',
    AccountName: 'UserName',
    GroupName: 'UserName',
    AccountDomain: 'DomainName',
    DomainName: 'DomainName',
    GroupDomain: 'DomainName',
    LogonID: 'LogonId',
    LogonGUID: 'LogonGuid',
  }),
);
const securityNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    NewProcessID: 'NewProcessId',
    NewProcessName: 'NewProcessName',
    CreatorProcessID: 'ProcessId',
    CreatorProcessName: 'ParentProcessName',
    ProcessCommandLine: 'CommandLine',
    TokenElevationType: 'TokenElevationType',
    MandatoryLabel: 'MandatoryLabel',
    LogonType: 'LogonType',
    WorkstationName: 'WorkstationName',
    SourceNetworkAddress: 'IpAddress',
    SourcePort: 'IpPort',
    LogonProcess: 'LogonProcessName',
    AuthenticationPackage: 'AuthenticationPackageName',
    FailureReason: 'FailureReason',
    Status: 'Status',
    SubStatus: 'SubStatus',
    ServiceName: 'ServiceName',
    ServiceFileName: 'ServiceFileName',
    ServiceType: 'ServiceType',
    ServiceStartType: 'ServiceStartType',
    ServiceAccount: 'ServiceAccount',
    TaskName: 'TaskName',
    TaskContent: 'TaskContent',
    ShareName: 'ShareName',
    ShareLocalPath: 'ShareLocalPath',
    RelativeTargetName: 'RelativeTargetName',
    ObjectName: 'ObjectName',
    ObjectType: 'ObjectType',
    ProcessID: 'ProcessId',
    ProcessName: 'ProcessName',
  }),
);

function securityData(message: string, data: Map<string, string>): void {
  let party = '';
  for (const line of message.split('\n', 1000)) {
    const match = line.length > 40_000 ? null : pair.exec(line.trimEnd());
    if (match === null) continue;
    const name = match[1]!.replace(/[^A-Za-z0-9\u00c0-\u017f]/g, '');
    const value = match[2]?.trim() ?? '';
    if (value === '' && !/^\s/.test(line)) {
      party = parties.get(name) ?? '';
      continue;
    }
    const key =
      party !== '' && partyNames.has(name) ? party + partyNames.get(name)! : (securityNames.get(name) ?? known.get(name));
    if (key !== undefined && value !== '' && !data.has(key) && data.size < mostPairs) data.set(key, value);
  }
}

const none: ReadonlyMap<string, string> = new Map();
const ofProcesses = ['NewProcessName', 'ParentProcessName', 'CommandLine', 'Image', 'ParentImage'] as const;
/** Labels of the messages of Defender, which differ from the names of the values. */
const defenderNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Name: 'Threat Name',
    ID: 'Threat ID',
    Severity: 'Severity Name',
    Category: 'Category Name',
    Action: 'Action Name',
    ErrorCode: 'Error Code',
    ProcessName: 'Process Name',
    User: 'Detection User',
  }),
);

/**
 * The pairs of a message under the names of the event's own data, where they are known. Sysmon prints those names themselves;
 * `provider` null: nobody says who wrote it.
 */
export function eventData(message: string, provider: string | null = null, eventId: string | null = null): Map<string, string> {
  const data = new Map<string, string>();
  if (provider === 'Microsoft-Windows-Security-Auditing') securityData(message, data);
  const names =
    provider === 'Microsoft-Windows-Sysmon' ? none : provider === 'Microsoft-Windows-Windows Defender' ? defenderNames : known;
  for (const [name, value] of messagePairs(message)) {
    const key = names.get(name) ?? name;
    if (!data.has(key)) data.set(key, value);
  }
  // Other events quote what others wrote: a line of it must not be taken for a process.
  if (eventId !== null && !(eventId === '4688' || provider === 'Microsoft-Windows-Sysmon'))
    for (const name of ofProcesses) data.delete(name);
  return data;
}
