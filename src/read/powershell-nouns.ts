/**
 * What the objects of a console are, whatever dress they come in (list, table, CSV, CLIXML): each noun with its fields, who wrote
 * them, and the names by which it is known. A noun is a log source of its own; the dress is the reader's matter. A long table.
 */
import { antivirusSource } from './antivirus-record.ts';
import { processFields, processLayout, processSource } from './command-lines.ts';
import { eventData } from './event-message.ts';
import { eventFields, eventSource } from './event-text.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';
import { finishMft, mftNames } from './mft-listing.ts';
import { joinPath, listingFields, listingSource, windowsPathOf } from './listing.ts';
import type { Layout } from '../core/record.ts';

export interface Noun {
  readonly logSource: string;
  readonly fields: Readonly<Record<string, FieldFacts>>;
  /** Sets of names (lower case); an object that has all names of one set is of this noun. */
  readonly known: readonly (readonly string[])[];
  /** Sets of names that stand in other nouns as well: they tell it only where all names of the object are its own. */
  readonly alone?: readonly (readonly string[])[];
  /** Other names for the fields, lower case: of other cmdlets, tools and languages. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Where its time stands, best first; `utc`: the name says the zone. */
  readonly times: readonly { readonly field: string; readonly utc?: true }[];
  /** Puts right what a dress left open; false: no object after all. */
  finish?(fields: Map<string, string>, folder: string | null): boolean;
}

const administrator = by('administrator');
const server = by('server');
const whenChanged = {
  WhenChanged: administrator,
  WhenChangedUTC: by('administrator', undefined, { type: 'time' }),
} as const;
const changedTimes = [{ field: 'WhenChangedUTC', utc: true }] as const;

/** Who wrote a property: an administrator, or whoever held an administrator's session. */
export const configFields: Readonly<Record<string, FieldFacts>> = {
  ExternalUrl: by('administrator', 'config.value', { percent: true }),
  InternalUrl: by('administrator', 'config.value', { percent: true }),
  Server: by('administrator', 'server.name'),
  Identity: administrator,
  Name: administrator,
  ...whenChanged,
};

const serverFields: Noun['fields'] = {
  Name: administrator,
  ServerName: by('administrator', 'server.name', { partOf: 'Name' }),
  Fqdn: administrator,
  ServerRole: administrator,
  Edition: administrator,
  Site: administrator,
  AdminDisplayVersion: administrator,
  ...whenChanged,
};

const agentFields: Noun['fields'] = {
  Identity: administrator,
  Enabled: administrator,
  Priority: by('administrator', undefined, { type: 'int' }),
  TransportAgentFactory: administrator,
  AssemblyPath: by('administrator'),
};

const inboxRuleFields: Noun['fields'] = {
  Name: administrator,
  Enabled: administrator,
  Priority: by('administrator', undefined, { type: 'int' }),
  Identity: administrator,
  RuleIdentity: administrator,
  MailboxOwnerId: by('administrator', 'user.name'),
  Description: administrator,
  From: administrator,
  FromAddressContainsWords: administrator,
  SubjectContainsWords: administrator,
  SubjectOrBodyContainsWords: administrator,
  BodyContainsWords: administrator,
  ForwardTo: administrator,
  ForwardAsAttachmentTo: administrator,
  RedirectTo: administrator,
  SendTextMessageNotificationTo: administrator,
  SentTo: administrator,
  RecipientAddressContainsWords: administrator,
  HeaderContainsWords: administrator,
  MoveToFolder: administrator,
  CopyToFolder: administrator,
  DeleteMessage: administrator,
  SoftDeleteMessage: administrator,
  MarkAsRead: administrator,
  StopProcessingRules: administrator,
};

const transportRuleFields: Noun['fields'] = {
  Name: administrator,
  State: administrator,
  Mode: administrator,
  Priority: by('administrator', undefined, { type: 'int' }),
  Comments: administrator,
  Description: administrator,
  Identity: administrator,
  From: administrator,
  SentTo: administrator,
  BlindCopyTo: administrator,
  CopyTo: administrator,
  RedirectMessageTo: administrator,
  AddToRecipients: administrator,
  DeleteMessage: administrator,
  ...whenChanged,
};

const exportFields: Noun['fields'] = {
  Name: administrator,
  Mailbox: by('administrator', 'user.name'),
  FilePath: by('administrator', 'file.path'),
  Status: server,
  StatusDetail: server,
  PercentComplete: by('server', undefined, { type: 'int' }),
  SourceAlias: server,
  Direction: server,
  ContentFilter: administrator,
  BatchName: administrator,
  RequestGuid: by('server', undefined, { type: 'guid' }),
  Identity: server,
  WhenCreatedUTC: by('server', undefined, { type: 'time' }),
  WhenChangedUTC: by('server', undefined, { type: 'time' }),
  QueuedTimestamp: server,
  StartTimestamp: server,
  CompletionTimestamp: server,
};

const roleFields: Noun['fields'] = {
  Name: administrator,
  Role: administrator,
  RoleAssignee: administrator,
  RoleAssigneeName: by('administrator', 'user.name'),
  RoleAssigneeType: administrator,
  RoleAssignmentDelegationType: administrator,
  AssignmentMethod: administrator,
  EffectiveUserName: administrator,
  Enabled: administrator,
  WhenCreatedUTC: by('administrator', undefined, { type: 'time' }),
  ...whenChanged,
};

const permissionFields: Noun['fields'] = {
  Identity: administrator,
  User: by('administrator', 'user.name'),
  AccessRights: administrator,
  IsInherited: administrator,
  Deny: administrator,
};

const folderPermissionFields: Noun['fields'] = {
  Identity: administrator,
  FolderName: administrator,
  User: by('administrator', 'user.name'),
  AccessRights: administrator,
};

const directoryPermissionFields: Noun['fields'] = {
  Identity: administrator,
  User: by('administrator', 'user.name'),
  ExtendedRights: administrator,
  AccessRights: administrator,
  IsInherited: administrator,
  Deny: administrator,
};

const mailboxFields: Noun['fields'] = {
  Name: administrator,
  DisplayName: administrator,
  Alias: administrator,
  PrimarySmtpAddress: by('administrator', 'user.name'),
  ForwardingAddress: administrator,
  ForwardingSmtpAddress: administrator,
  DeliverToMailboxAndForward: administrator,
  AuditEnabled: administrator,
  WhenMailboxCreated: administrator,
  ...whenChanged,
};

const certificateFields: Noun['fields'] = {
  Thumbprint: administrator,
  Subject: administrator,
  Issuer: administrator,
  Services: administrator,
  NotBefore: administrator,
  NotAfter: administrator,
  CertificateDomains: administrator,
  HasPrivateKey: administrator,
  IsSelfSigned: administrator,
  Status: server,
};

export const auditSource = 'admin-audit';
export const auditFields: Noun['fields'] = {
  CmdletName: by('server', 'cmdlet'),
  CmdletParameters: server,
  ObjectModified: server,
  ModifiedProperties: server,
  Caller: by('server', 'user.name'),
  ExternalAccess: server,
  Succeeded: server,
  Error: by('server', 'cmdlet.error'),
  RunDate: by('server', undefined, { type: 'time' }),
  OriginatingServer: server,
  Server: by('server', 'server.name', { partOf: 'OriginatingServer' }),
  Identity: server,
};

const userFields: Noun['fields'] = {
  Name: by('administrator', 'user.name'),
  FullName: administrator,
  Description: administrator,
  Enabled: administrator,
  SID: by('server', undefined, { type: 'sid' }),
  LastLogon: server,
  PasswordLastSet: server,
  Group: administrator,
  ObjectClass: server,
  PrincipalSource: server,
  Computer: by('server', 'server.name'),
};

const taskFields: Noun['fields'] = {
  TaskName: administrator,
  TaskPath: administrator,
  State: server,
  Author: administrator,
  Date: administrator,
  Actions: administrator,
  UserId: by('administrator', 'user.name'),
  Computer: by('server', 'server.name'),
};

const serviceFields: Noun['fields'] = {
  Name: administrator,
  DisplayName: administrator,
  Status: server,
  StartType: administrator,
  PathName: administrator,
  StartName: by('administrator', 'user.name'),
};

/** What runs when something happens: `Get-WmiObject -Namespace root\\subscription -Class CommandLineEventConsumer` and its kin. */
const consumerFields: Noun['fields'] = {
  Name: administrator,
  Class: server,
  CommandLineTemplate: administrator,
  ExecutablePath: administrator,
  ScriptingEngine: administrator,
  ScriptText: administrator,
  ScriptFileName: administrator,
  Computer: by('server', 'server.name'),
};

/** `Get-Command ExSetup` and `Get-Item … | % VersionInfo`, and the Setup key of the registry. */
export const versionSource = 'file-version';
export const versionFields: Noun['fields'] = {
  FileVersion: by('server', 'build'),
  ProductVersion: server,
  FileName: by('server', 'file.path'),
  /** Last part of the path; `OwaVersion`: the registry's word for what is installed. */
  File: by('server', undefined, { partOf: 'FileName' }),
  Computer: by('server', 'server.name'),
};

const rename = (fields: Map<string, string>, from: string, to: string): void => {
  const value = fields.get(from);
  if (value !== undefined && value !== '' && !fields.has(to)) fields.set(to, value);
};

export const nouns: readonly Noun[] = [
  {
    logSource: 'exchange-config',
    fields: configFields,
    known: [
      ['externalurl'],
      ['internalurl'],
      ['offlineaddressbooks'],
      ['pollinterval'],
      ['virtualdirectorytype'],
      ['websitesslenabled'],
      ['metabasepath'],
    ],
    times: changedTimes,
  },
  {
    logSource: auditSource,
    fields: auditFields,
    known: [
      ['cmdletname', 'caller'],
      ['cmdletname', 'cmdletparameters'],
      ['cmdletname', 'rundate'],
    ],
    times: [{ field: 'RunDate' }],
    finish(fields) {
      // `MAIL01 (15.01.2176.009)`
      const name = /^([A-Za-z0-9_-]{1,63})(?:\s|\.|$)/.exec(fields.get('OriginatingServer') ?? '');
      if (name !== null) fields.set('Server', name[1]!);
      return true;
    },
  },
  {
    logSource: 'mailbox-export',
    fields: exportFields,
    known: [
      ['filepath', 'mailbox'],
      ['filepath', 'status'],
      ['requestguid', 'status'],
      ['statusdetail', 'percentcomplete'],
      ['name', 'mailbox', 'status'],
    ],
    times: [
      { field: 'WhenCreatedUTC', utc: true },
      { field: 'QueuedTimestamp' },
      { field: 'StartTimestamp' },
      { field: 'CompletionTimestamp' },
    ],
  },
  {
    logSource: 'transport-agent-config',
    fields: agentFields,
    known: [['transportagentfactory'], ['assemblypath']],
    alone: [['identity', 'enabled', 'priority']],
    times: [],
  },
  {
    logSource: 'inbox-rule',
    fields: inboxRuleFields,
    known: [
      ['ruleidentity'],
      ['mailboxownerid'],
      ['forwardasattachmentto'],
      ['redirectto'],
      ['movetofolder'],
      ['markasread'],
      ['name', 'forwardto'],
      ['identity', 'forwardto'],
      ['name', 'deletemessage'],
      ['identity', 'deletemessage'],
    ],
    times: [],
  },
  {
    logSource: 'transport-rule',
    fields: transportRuleFields,
    known: [['state', 'mode'], ['manuallymodified'], ['ruleversion'], ['blindcopyto'], ['redirectmessageto']],
    times: changedTimes,
  },
  {
    logSource: 'role-assignment',
    fields: roleFields,
    known: [['roleassigneename'], ['roleassignee', 'role'], ['roleassigneetype']],
    times: [{ field: 'WhenCreatedUTC', utc: true }],
  },
  {
    logSource: 'mailbox',
    fields: mailboxFields,
    known: [['forwardingsmtpaddress'], ['delivertomailboxandforward'], ['forwardingaddress', 'name']],
    times: changedTimes,
  },
  {
    logSource: 'mailbox-folder-permission',
    fields: folderPermissionFields,
    known: [['accessrights', 'foldername', 'user']],
    times: [],
  },
  {
    logSource: 'directory-permission',
    fields: directoryPermissionFields,
    known: [['extendedrights', 'user']],
    times: [],
  },
  {
    logSource: 'mailbox-permission',
    fields: permissionFields,
    known: [['accessrights', 'user']],
    times: [],
  },
  {
    logSource: 'exchange-certificate',
    fields: certificateFields,
    known: [
      ['thumbprint', 'services'],
      ['thumbprint', 'subject'],
      ['thumbprint', 'certificatedomains'],
    ],
    times: [],
  },
  {
    logSource: 'exchange-server',
    fields: serverFields,
    known: [['admindisplayversion'], ['name', 'serverrole']],
    times: changedTimes,
    finish(fields) {
      rename(fields, 'Name', 'ServerName');
      return true;
    },
  },
  {
    logSource: 'scheduled-task',
    fields: taskFields,
    known: [['taskname']],
    aliases: {
      'task to run': 'Actions',
      'auszuf\u00fchrende aufgabe': 'Actions',
      aufgabenname: 'TaskName',
      'run as user': 'UserId',
      status: 'State',
      hostname: 'Computer',
      pscomputername: 'Computer',
    },
    times: [],
  },
  {
    logSource: processSource,
    fields: processFields,
    known: [
      ['commandline'],
      ['processcommandline'],
      ['processname', 'id'],
      ['image name', 'pid'],
      ['abbildname', 'pid'],
      ['name', 'processid'],
      ['process.command_line'],
      ['process.executable', 'process.parent.executable'],
      ['process.name', 'process.parent.name'],
    ],
    aliases: {
      // The Elastic Common Schema, and what agents of vendors call the same.
      'process.command_line': 'CommandLine',
      'process.executable': 'Path',
      'process.name': 'Name',
      'process.pid': 'ProcessId',
      'process.parent.executable': 'ParentImage',
      'process.parent.name': 'ParentName',
      'process.parent.pid': 'ParentProcessId',
      'user.name': 'User',
      'host.name': 'Computer',
      'host.hostname': 'Computer',
      '@timestamp': 'Time',
      imagefilename: 'Path',
      parentbasefilename: 'ParentName',
      executablepath: 'Path',
      imagepath: 'Path',
      folderpath: 'Path',
      name: 'Name',
      processname: 'Name',
      filename: 'Name',
      caption: 'Name',
      'image name': 'Name',
      abbildname: 'Name',
      username: 'User',
      'user name': 'User',
      benutzername: 'User',
      accountname: 'User',
      processcommandline: 'CommandLine',
      parentprocessname: 'ParentImage',
      parentpath: 'ParentImage',
      initiatingprocessfolderpath: 'ParentImage',
      initiatingprocessfilename: 'ParentName',
      parentname: 'ParentName',
      creationdate: 'Time',
      starttime: 'Time',
      timestamp: 'Time',
      timecreated: 'Time',
      csname: 'Computer',
      pscomputername: 'Computer',
      machinename: 'Computer',
      devicename: 'Computer',
      hostname: 'Computer',
      id: 'ProcessId',
      pid: 'ProcessId',
    },
    times: [{ field: 'Time' }],
    finish(fields) {
      rename(fields, 'Path', 'Image');
      rename(fields, 'Name', 'Image');
      rename(fields, 'ParentName', 'ParentImage');
      return fields.has('Image') || fields.has('CommandLine');
    },
  },
  {
    logSource: listingSource,
    fields: listingFields,
    known: [
      ['fullname', 'creationtime'],
      ['fullname', 'lastwritetime'],
      ['fullname', 'length'],
      ['fullname', 'mode'],
      ['mode', 'lastwritetime', 'name'],
      ['fullname', 'creationtimeutc'],
      ['fullname', 'lastwritetimeutc'],
      // Get-FileHash
      ['algorithm', 'hash', 'path'],
      // MFTECmd: what the file system itself says of each file, in UTC.
      ['parentpath', 'filename', 'created0x10'],
    ],
    aliases: {
      fullname: 'Path',
      length: 'Bytes',
      size: 'Bytes',
      lastwritetime: 'Modified',
      creationtime: 'Created',
      lastwritetimeutc: 'ModifiedUtc',
      creationtimeutc: 'CreatedUtc',
      mode: 'Attributes',
      attributes: 'Attributes',
      unixmode: 'Attributes',
      ...mftNames,
    },
    times: [{ field: 'CreatedUtc', utc: true }, { field: 'ModifiedUtc', utc: true }, { field: 'Created' }, { field: 'Modified' }],
    finish(fields, folder) {
      if (fields.has('MftParent') && !finishMft(fields)) return false;
      const name = fields.get('Name') ?? '';
      const printed = fields.get('Path') ?? (folder === null ? name : joinPath(folder, name));
      const path = windowsPathOf(printed) ?? printed;
      if (path === '' || /^d|Directory/.test(fields.get('Attributes') ?? '')) return false;
      fields.set('Path', path);
      fields.set('Name', path.slice(path.lastIndexOf('\\') + 1));
      rename(fields, 'CreatedUtc', 'Created');
      rename(fields, 'ModifiedUtc', 'Modified');
      return true;
    },
  },
  {
    logSource: eventSource,
    fields: eventFields,
    known: [
      ['providername', 'message'],
      ['instanceid', 'message'],
      ['eventid', 'message'],
      ['entrytype', 'message'],
      ['logname', 'id'],
      // EvtxECmd.
      ['eventrecordid', 'provider', 'channel', 'payload'],
    ],
    aliases: {
      providername: 'Provider_Name',
      source: 'Provider_Name',
      id: 'EventID',
      logname: 'Channel',
      machinename: 'Computer',
      leveldisplayname: 'Level',
      entrytype: 'Level',
      timegenerated: 'TimeCreated',
      time: 'TimeCreated',
      username: 'User',
      userid: 'User',
    },
    times: [{ field: 'TimeCreated' }],
    finish(fields) {
      for (const [name, value] of eventData(fields.get('Message') ?? ''))
        if (Object.hasOwn(eventFields, name) && !fields.has(name)) fields.set(name, value);
      return true;
    },
  },
  {
    logSource: versionSource,
    fields: versionFields,
    known: [['fileversion', 'filename'], ['fileversion', 'productversion'], ['owaversion']],
    aliases: { owaversion: 'ProductVersion', originalfilename: 'FileName', pscomputername: 'Computer' },
    times: [],
    finish(fields) {
      const name = fields.get('FileName') ?? '';
      const file = name.slice(name.lastIndexOf('\\') + 1);
      if (file !== '') fields.set('File', /^exsetup\.exe$/i.test(file) ? 'ExSetup.exe' : file);
      else if (!fields.has('FileVersion') && fields.has('ProductVersion')) {
        fields.set('File', 'OwaVersion');
        rename(fields, 'ProductVersion', 'FileVersion');
      }
      return fields.has('FileVersion');
    },
  },
  {
    logSource: 'local-user',
    fields: userFields,
    known: [
      ['objectclass', 'principalsource'],
      ['passwordlastset'],
      ['usermaychangepassword'],
      ['passwordrequired', 'enabled'],
      ['name', 'enabled', 'description'],
    ],
    times: [],
  },
  {
    logSource: 'wmi-consumer',
    fields: consumerFields,
    known: [['commandlinetemplate'], ['scripttext'], ['scriptfilename', 'scriptingengine']],
    aliases: { __class: 'Class', cimclass: 'Class', __server: 'Computer', pscomputername: 'Computer' },
    times: [],
  },
  {
    logSource: 'service-listing',
    fields: serviceFields,
    known: [
      ['status', 'displayname'],
      ['starttype', 'displayname'],
      ['pathname', 'startname'],
      ['pathname', 'displayname'],
    ],
    times: [],
  },
];

const layouts = new Map<Noun, Layout>();
export function layoutOfNoun(noun: Noun): Layout {
  if (noun.logSource === processSource) return processLayout;
  let layout = layouts.get(noun);
  if (layout === undefined) {
    layout = layoutOf(noun.logSource, Object.keys(noun.fields), noun.fields);
    layouts.set(noun, layout);
  }
  return layout;
}

/** An event of an antivirus is told as what it says. */
export const nounSources: readonly string[] = [...nouns.map(({ logSource }) => logSource), antivirusSource];

/** What PowerShell and Exchange put to any object. */
const ofAll: ReadonlySet<string> = new Set('runspaceid pscomputername psshowcomputername isvalid objectstate'.split(' '));

/**
 * The noun of an object with these names; null: of none that is read. Of several that know it the one with the most of its names: a name
 * or two that stand in one noun alone do not hide what the rest of the object is. Of equals the first.
 */
export function nounOf(names: Iterable<string>): Noun | null {
  const lower = new Set([...names].map((name) => name.toLowerCase()));
  let best: Noun | null = null;
  let most = -1;
  for (const noun of nouns) {
    const has = (sets: readonly (readonly string[])[]): boolean => sets.some((set) => set.every((name) => lower.has(name)));
    if (
      !has(noun.known) &&
      !(has(noun.alone ?? []) && [...lower].every((name) => ofAll.has(name) || fieldOfNoun(noun, name) !== null))
    )
      continue;
    let own = 0;
    for (const name of lower) if (fieldOfNoun(noun, name) !== null) own++;
    if (own > most) [best, most] = [noun, own];
  }
  return best;
}

const spellings = new Map<Noun, ReadonlyMap<string, string>>();
/** The noun's own name for a property, null: it has none. */
export function fieldOfNoun(noun: Noun, name: string): string | null {
  let spelling = spellings.get(noun);
  if (spelling === undefined) {
    spelling = new Map([
      ...Object.keys(noun.fields).map((field): [string, string] => [field.toLowerCase(), field]),
      ...Object.entries(noun.aliases ?? {}),
    ]);
    spellings.set(noun, spelling);
  }
  return spelling.get(name.toLowerCase()) ?? null;
}
