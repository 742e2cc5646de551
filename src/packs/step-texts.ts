/** What texts and commands of steps may hold. Asked when the file is read, so that a step that hedges is shown in its line. */
import type { StepAbout } from '../core/step-rule.ts';

/** A plan says what is to be done. Whoever cannot say it without these says it in another way, or has two steps. */
const hedges = /\b(?:if|may|maybe|might|possibly|perhaps|potentially|presumably|hopefully)\b/i;

/** null: none; else the word, and where it stands. */
export function hedgeIn(text: string): { readonly word: string; readonly at: number } | null {
  const found = hedges.exec(text);
  return found === null ? null : { word: found[0], at: found.index };
}

const always = ['servers', 'entered', 'them', 'were'] as const;

/** Names that a text may speak of, by what the step is about. */
export const namesOf: Readonly<Record<StepAbout['kind'], readonly string[]>> = {
  case: always,
  file: [...always, 'page', 'host', 'pool'],
  address: [...always, 'host'],
  module: [...always, 'module', 'host'],
  way: [...always, 'because'],
  missing: [...always, 'what', 'where', 'decides'],
  absent_host: ['host'],
  secret: [...always, 'names', 'because'],
  rebuild: ['host', 'because', 'newest'],
  backup: [...always, 'before'],
  upgrade: ['host', 'from', 'to', 'stages', 'build'],
  mailbox: [...always, 'mailbox', 'how'],
  finding: [...always, 'host', 'account', 'page', 'address'],
};

/** Placeholders in the order in which they stand. */
export const placeholders = (text: string): { readonly name: string; readonly at: number }[] =>
  [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => ({ name: match[1]!, at: match.index }));

/** Cmdlets, functions and programs that a command of a step may call. Those that change something are few, and each has a reason. */
const callable: ReadonlySet<string> = new Set(
  `Get-Item Get-ChildItem Get-FileHash Get-Content ConvertFrom-Json Select-Object Sort-Object Format-List Format-Table Where-Object
  Select-String Join-Path Get-Date Export-Csv New-Item Copy-Item Move-Item
  Get-NetFirewallRule New-NetFirewallRule Remove-NetFirewallRule Get-NetTCPConnection
  Get-ScheduledTask Get-CimInstance Get-WinEvent Get-LocalGroupMember Get-Process
  Get-WebGlobalModule Get-WebManagedModule Get-WebHandler Get-WebApplication Get-WebVirtualDirectory Restart-WebAppPool Get-WebAppPoolState
  Get-ADUser Get-ADComputer Get-ADGroupMember Get-ADReplicationPartnerMetadata
  Get-ExchangeServer Get-OabVirtualDirectory Get-EcpVirtualDirectory Get-OwaVirtualDirectory Get-Mailbox Get-MailboxPermission Get-InboxRule
  Get-TransportRule Get-TransportAgent Get-ManagementRoleAssignment Get-RoleGroupMember Get-MailboxExportRequest Get-ExchangeCertificate
  Get-AuthConfig Get-ADPermission Get-AuthenticodeSignature Get-ServerComponentState Get-ReceiveConnector Get-SendConnector Get-HybridConfiguration
  wevtutil.exe`.split(/\s+/),
);

export const isCallable = (name: string): boolean => callable.has(name);

const callNames = /(?:^|[|({=;\n]|\bin\b)\s*([A-Za-z]+-[A-Za-z]+|[a-z]+\.exe)\b/g;

/** What cannot stand in a command of a step; null: it is as it should be. A test parses each with a whole grammar besides. */
export function commandFault(run: string, about: StepAbout['kind']): string | null {
  if (/[^\x20-\x7e\n]/.test(run)) return 'a command holds plain characters alone';
  // What stands in single quotes is a constant, whatever it is.
  const bare = run.replace(/'[^'\n]*'/g, "''");
  if (bare.replaceAll("''", '').includes("'")) return 'a quote does not end in its line';
  for (const match of bare.matchAll(callNames))
    if (!callable.has(match[1]!)) return `\`${match[1]!}\` is not on the list of what a step may call`;
  // What runs code, expands a text, or goes on where nobody looks.
  const forbidden = /"|`|@["']|\$\(|&|;|>|<|%|\?|-EncodedCommand|\bInvoke-|\biex\b|::|\[(?!#\]|\d)/i.exec(bare);
  if (forbidden !== null) return `\`${forbidden[0]}\` does not stand in a command: constants alone, in single quotes`;
  for (const [name] of bare.matchAll(/\$[A-Za-z_:?^$]*/g))
    if (
      ![
        '$value',
        '$box',
        '$file',
        '$env:ExchangeInstallPath',
        '$env:SystemDrive',
        '$env:COMPUTERNAME',
        '$null',
        '$true',
        '$false',
      ].includes(name)
    )
      return `\`${name}\` is no variable that a command may use`;
  if (run.includes('[#]') && about !== 'file') return 'a value by number is there for steps about a file alone';
  return null;
}
