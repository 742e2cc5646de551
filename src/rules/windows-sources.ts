/**
 * The community's names for what Windows logs: categories by event, services by log. A long table of facts.
 * @see https://github.com/SigmaHQ/sigma-specification (taxonomy appendix)
 */
import type { FieldSource, Get, SourceVariant } from './source-variant.ts';

/** Rows of Windows events; some of them are told as what they say (a cmdlet, a detection). */
export const eventSources: readonly string[] = ['windows-event', 'admin-audit', 'antivirus'];

const sysmonLog = 'Microsoft-Windows-Sysmon/Operational';
const powershellLogs = ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational'];

/** `SHA1=…,MD5=…,SHA256=…,IMPHASH=…`: each as a field of its own, as older rules name them. */
const hashOf = (name: string): FieldSource => ({
  of: ['Hashes', 'Hash'],
  make: (get) => new RegExp(`(?:^|,)${name}=([0-9A-Fa-f]{8,128})(?:,|$)`).exec(get('Hashes') ?? get('Hash') ?? '')?.[1] ?? null,
});
const hashes: Readonly<Record<string, FieldSource>> = {
  Imphash: hashOf('IMPHASH'),
  imphash: hashOf('IMPHASH'),
  md5: hashOf('MD5'),
  sha1: hashOf('SHA1'),
  sha256: hashOf('SHA256'),
};

const sysmon = (eventIds: readonly number[], where?: SourceVariant['where']): SourceVariant => ({
  logSources: eventSources,
  channels: [sysmonLog],
  providers: ['Microsoft-Windows-Sysmon', 'Linux-Sysmon'],
  eventIds: eventIds.map(String),
  fields: hashes,
  ...(where === undefined ? {} : { where }),
});

const security = (eventId: number, fields: SourceVariant['fields'], where?: SourceVariant['where']): SourceVariant => ({
  logSources: eventSources,
  channels: ['Security'],
  providers: ['Microsoft-Windows-Security-Auditing'],
  eventIds: [String(eventId)],
  ...(fields === undefined ? {} : { fields }),
  ...(where === undefined ? {} : { where }),
});

const powershell = (eventId: number): SourceVariant => ({
  logSources: eventSources,
  channels: powershellLogs,
  providers: ['Microsoft-Windows-PowerShell', 'PowerShellCore'],
  eventIds: [String(eventId)],
});

const classicPowershell = (eventId: number): SourceVariant => ({
  logSources: eventSources,
  channels: ['Windows PowerShell'],
  providers: ['PowerShell'],
  eventIds: [String(eventId)],
});

/** A program that was started: 4688 says the same as Sysmon's first event, with other names. */
const process4688 = security(4688, {
  Image: 'NewProcessName',
  ParentImage: 'ParentProcessName',
  ProcessId: 'NewProcessId',
  ParentProcessId: 'ProcessId',
  User: 'SubjectUserName',
  LogonId: 'SubjectLogonId',
  IntegrityLevel: 'MandatoryLabel',
});

const registryPath = (get: Get): string | null => {
  const key = get('ObjectName');
  if (key === null) return null;
  const value = get('ObjectValueName');
  const path = key.replace(/^\\REGISTRY\\MACHINE/i, 'HKLM').replace(/^\\REGISTRY\\USER/i, 'HKU');
  return value === null ? path : `${path}\\${value}`;
};

/** A value of the registry that was changed (4657, where the key is audited). */
const registry4657 = security(
  4657,
  {
    TargetObject: { of: ['ObjectName', 'ObjectValueName'], make: registryPath },
    Details: 'NewValue',
    Image: 'ProcessName',
    User: 'SubjectUserName',
    EventType: { of: [], make: () => 'SetValue' },
  },
  { OperationType: ['%%1904', '%%1905'] },
);

/** A connection that the Windows firewall let pass. */
const connection5156 = security(5156, {
  Image: 'Application',
  DestinationIp: 'DestAddress',
  DestinationPort: 'DestPort',
  SourceIp: 'SourceAddress',
  Initiated: {
    of: ['Direction'],
    make: (get) => {
      const direction = get('Direction');
      return direction === null ? null : direction === '%%14593' ? 'true' : 'false';
    },
  },
});

/** Category → where it stands. */
export const windowsCategories: Readonly<Record<string, readonly SourceVariant[]>> = {
  process_creation: [sysmon([1]), process4688, { logSources: ['process-listing'], toldBy: [] }],
  file_change: [sysmon([2])],
  network_connection: [sysmon([3]), connection5156],
  sysmon_status: [sysmon([4, 16])],
  process_termination: [sysmon([5]), security(4689, { Image: 'ProcessName', User: 'SubjectUserName' })],
  driver_load: [sysmon([6])],
  image_load: [sysmon([7])],
  create_remote_thread: [sysmon([8])],
  raw_access_thread: [sysmon([9])],
  process_access: [sysmon([10])],
  file_event: [sysmon([11])],
  registry_event: [sysmon([12, 13, 14]), registry4657],
  registry_add: [sysmon([12], { EventType: ['CreateKey'] })],
  registry_delete: [sysmon([12], { EventType: ['DeleteKey', 'DeleteValue'] })],
  registry_set: [sysmon([13]), registry4657],
  registry_rename: [sysmon([14])],
  create_stream_hash: [sysmon([15])],
  pipe_created: [sysmon([17, 18])],
  wmi_event: [sysmon([19, 20, 21])],
  dns_query: [sysmon([22])],
  file_delete: [sysmon([23])],
  clipboard_capture: [sysmon([24])],
  clipboard_change: [sysmon([24])],
  process_tampering: [sysmon([25])],
  file_delete_detected: [sysmon([26])],
  file_block_executable: [sysmon([27])],
  file_block_shredding: [sysmon([28])],
  file_executable_detected: [sysmon([29])],
  sysmon_error: [sysmon([255])],
  ps_module: [powershell(4103)],
  ps_script: [powershell(4104)],
  ps_classic_start: [classicPowershell(400)],
  ps_classic_provider_start: [classicPowershell(600)],
  ps_classic_script: [classicPowershell(800)],
};

/** Service → its logs. */
export const windowsServices: Readonly<Record<string, readonly string[]>> = {
  application: ['Application'],
  'application-experience': [
    'Microsoft-Windows-Application-Experience/Program-Telemetry',
    'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
  ],
  applocker: [
    'Microsoft-Windows-AppLocker/MSI and Script',
    'Microsoft-Windows-AppLocker/EXE and DLL',
    'Microsoft-Windows-AppLocker/Packaged app-Deployment',
    'Microsoft-Windows-AppLocker/Packaged app-Execution',
  ],
  'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
  'appxdeployment-server': ['Microsoft-Windows-AppXDeploymentServer/Operational'],
  'appxpackaging-om': ['Microsoft-Windows-AppxPackaging/Operational'],
  bitlocker: ['Microsoft-Windows-BitLocker/BitLocker Management'],
  'bits-client': ['Microsoft-Windows-Bits-Client/Operational'],
  capi2: ['Microsoft-Windows-CAPI2/Operational'],
  'certificateservicesclient-lifecycle-system': ['Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational'],
  'codeintegrity-operational': ['Microsoft-Windows-CodeIntegrity/Operational'],
  dhcp: ['Microsoft-Windows-DHCP-Server/Operational'],
  'diagnosis-scripted': ['Microsoft-Windows-Diagnosis-Scripted/Operational'],
  'dns-client': ['Microsoft-Windows-DNS Client Events/Operational', 'Microsoft-Windows-DNS-Client/Operational'],
  'dns-server': ['DNS Server'],
  'dns-server-analytic': ['Microsoft-Windows-DNS-Server/Analytical'],
  'dns-server-audit': ['Microsoft-Windows-DNSServer/Audit', 'Microsoft-Windows-DNS-Server/Audit'],
  'driver-framework': ['Microsoft-Windows-DriverFrameworks-UserMode/Operational'],
  'firewall-as': ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'],
  'hyper-v-worker': ['Microsoft-Windows-Hyper-V-Worker', 'Microsoft-Windows-Hyper-V-Worker-Admin'],
  'iis-configuration': ['Microsoft-IIS-Configuration/Operational', 'Microsoft-IIS-Configuration/Administrative'],
  'kernel-event-tracing': ['Microsoft-Windows-Kernel-EventTracing', 'Microsoft-Windows-Kernel-EventTracing/Admin'],
  'kernel-shimengine': ['Microsoft-Windows-Kernel-ShimEngine/Operational', 'Microsoft-Windows-Kernel-ShimEngine/Diagnostic'],
  ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
  ldap_debug: ['Microsoft-Windows-LDAP-Client/Debug'],
  'lsa-server': ['Microsoft-Windows-LSA/Operational'],
  'microsoft-servicebus-client': ['Microsoft-ServiceBus-Client/Admin', 'Microsoft-ServiceBus-Client/Operational'],
  'msexchange-management': ['MSExchange Management'],
  ntfs: ['Microsoft-Windows-Ntfs/Operational'],
  ntlm: ['Microsoft-Windows-NTLM/Operational'],
  openssh: ['OpenSSH/Operational'],
  powershell: powershellLogs,
  'powershell-classic': ['Windows PowerShell'],
  'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
  'printservice-operational': ['Microsoft-Windows-PrintService/Operational'],
  security: ['Security'],
  'security-mitigations': [
    'Microsoft-Windows-Security-Mitigations/Kernel Mode',
    'Microsoft-Windows-Security-Mitigations/User Mode',
  ],
  sense: ['Microsoft-Windows-SENSE/Operational'],
  'servicebus-client': ['Microsoft-ServiceBus-Client/Admin', 'Microsoft-ServiceBus-Client/Operational'],
  'shell-core': ['Microsoft-Windows-Shell-Core/Operational'],
  'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
  'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
  'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
  sysmon: [sysmonLog],
  system: ['System'],
  taskscheduler: ['Microsoft-Windows-TaskScheduler/Operational'],
  'terminalservices-localsessionmanager': ['Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'],
  vhdmp: ['Microsoft-Windows-VHDMP/Operational'],
  windefend: ['Microsoft-Windows-Windows Defender/Operational'],
  wmi: ['Microsoft-Windows-WMI-Activity/Operational'],
};

/** Who writes to a log, for events that were printed without naming it. */
const providersOf: Readonly<Record<string, readonly string[]>> = {
  security: ['Microsoft-Windows-Security-Auditing', 'Microsoft-Windows-Eventlog'],
  sysmon: ['Microsoft-Windows-Sysmon'],
  powershell: ['Microsoft-Windows-PowerShell'],
  'powershell-classic': ['PowerShell'],
  windefend: ['Microsoft-Windows-Windows Defender'],
  'msexchange-management': ['MSExchange CmdletLogs'],
  taskscheduler: ['Microsoft-Windows-TaskScheduler'],
};

export function serviceVariant(service: string): SourceVariant | null {
  if (!Object.hasOwn(windowsServices, service)) return null;
  const providers = providersOf[service];
  return {
    logSources: eventSources,
    channels: windowsServices[service]!,
    ...(providers === undefined ? {} : { providers }),
    ...(service === 'sysmon' ? { fields: hashes } : {}),
  };
}
