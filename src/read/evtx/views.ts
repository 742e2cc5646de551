/**
 * Events that say what another source says, told in its fields, so that its rules hold on them: cmdlets of Exchange are the
 * administrators' audit log, detections of Defender are what an antivirus says.
 */
import { actionOf, antivirusFields, antivirusSource, isFile, resourceOf } from '../antivirus-record.ts';
import { auditFields, auditSource } from '../powershell-nouns.ts';
import type { FieldFacts } from '../layout.ts';

type Get = (name: string) => string | null;

export interface View {
  readonly logSource: string;
  readonly fields: Readonly<Record<string, FieldFacts>>;
  /** By field of the view; absent: null. */
  readonly values: Readonly<Record<string, (get: Get) => string | null>>;
}

/**
 * `MSExchange Management`, source `MSExchange CmdletLogs`: 1 a cmdlet succeeded, 6 it failed. Values without names: the cmdlet,
 * its parameters, who called it.
 */
const cmdlet = (succeeded: boolean): View => ({
  logSource: auditSource,
  fields: auditFields,
  values: {
    CmdletName: (get) => get('Data_0'),
    CmdletParameters: (get) => get('Data_1'),
    Caller: (get) => get('Data_2'),
    Succeeded: () => (succeeded ? 'True' : 'False'),
    RunDate: (get) => get('TimeCreated'),
    OriginatingServer: (get) => get('Computer'),
    Server: (get) => get('Computer')?.split('.', 1)[0] ?? null,
  },
});

/** The file first, where several things are named: the one that stands in a folder of the web server before the others. */
function pathOf(get: Get): string | null {
  const resources = (get('Path') ?? '').split(/;\s*(?=[A-Za-z-]{3,20}:(?:_|\/\/))/, 200).map(resourceOf);
  const files = resources.filter(({ scheme }) => isFile(scheme));
  const published = files.find(({ path }) =>
    /\\inetpub\\|\\FrontEnd\\|\\ClientAccess\\|\\Temporary ASP\.NET Files\\/i.test(path),
  );
  return (published ?? files[0])?.path ?? get('Path');
}

/** @see https://learn.microsoft.com/en-us/defender-endpoint/troubleshoot-microsoft-defender-antivirus */
const defender = (failed: boolean): View => ({
  logSource: antivirusSource,
  fields: antivirusFields,
  values: {
    Tool: () => 'Defender',
    Kind: () => 'detection',
    Threat: (get) => get('Threat Name'),
    Path: pathOf,
    Action: (get) => {
      const error = get('Error Code') ?? '';
      return failed || (/^0x/i.test(error) && !/^0x0+$/i.test(error)) ? 'failed' : actionOf(get('Action Name') ?? '') || null;
    },
    Result: (get) => ['event', get('EventID'), get('Action Name'), get('Error Code')].filter((word) => word !== null).join(' '),
    Server: (get) => get('Computer'),
    Seen: (get) => get('TimeCreated'),
    Process: (get) => get('Process Name'),
  },
});

const views: ReadonlyMap<string, View> = new Map([
  ['MSExchange CmdletLogs 1', cmdlet(true)],
  ['MSExchange CmdletLogs 6', cmdlet(false)],
  ...['1006', '1007', '1116', '1117'].map((id) => [`Microsoft-Windows-Windows Defender ${id}`, defender(false)] as const),
  ...['1008', '1118', '1119'].map((id) => [`Microsoft-Windows-Windows Defender ${id}`, defender(true)] as const),
]);

const viewed: ReadonlySet<string> = new Set([...views.keys()].map((key) => key.slice(0, key.lastIndexOf(' '))));

export const viewSources: readonly string[] = [auditSource, antivirusSource];

export const viewOf = (provider: string | null, eventId: string | null): View | null =>
  provider === null || eventId === null || !viewed.has(provider) ? null : (views.get(`${provider} ${eventId}`) ?? null);
