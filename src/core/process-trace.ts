/** Which process did what a Windows event tells, and which one had started it: what trees of processes are made of. */

/** A process that a log says began: Sysmon 1 (by ids that no other process ever has) or Security 4688 (by numbers that are used again). */
export interface ProcessStart {
  /** Lower case; '': not said. */
  readonly host: string;
  /** UTC milliseconds; null: unknown. */
  readonly timeMs: number | null;
  /** Sysmon's id, lower case; '': the log has none. */
  readonly guid: string;
  readonly parentGuid: string;
  /** Decimal; '': not said. */
  readonly pid: string;
  readonly parentPid: string;
  /** Name of the program without its folder, lower case. */
  readonly image: string;
  /** '': not said. */
  readonly parentImage: string;
}

export type GetField = (name: string) => string | null | undefined;

const guidShape = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const nobody = '00000000-0000-0000-0000-000000000000';

/** Lower case, without braces; '' for what is none. */
export function guidOf(text: string | null | undefined): string {
  const guid = guidShape.exec(text ?? '')?.[1]?.toLowerCase() ?? '';
  return guid === nobody ? '' : guid;
}

/** Numbers of processes are written as decimal by some and as `0x…` by others. */
export function pidOf(text: string | null | undefined): string {
  if (!/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text ?? '')) return '';
  const number = Number(text);
  return number === 0 ? '' : String(number);
}

export const programOf = (path: string | null | undefined): string =>
  (path ?? '')
    .slice(-1024)
    .replace(/^.*[\\/]/s, '')
    .toLowerCase();

const hostOf = (get: GetField): string => (get('Computer') ?? '').slice(0, 255).toLowerCase();

/** Whether an event can be one that tells of a process that begins. */
export const mayStart = (eventId: string | null): boolean => eventId === '1' || eventId === '4688';

/** null: the event tells of no process that begins. */
export function processStart(get: GetField, timeMs: number | null): ProcessStart | null {
  switch (get('EventID')) {
    case '1':
      if (get('Provider_Name') !== 'Microsoft-Windows-Sysmon') return null;
      return {
        host: hostOf(get),
        timeMs,
        guid: guidOf(get('ProcessGuid')),
        parentGuid: guidOf(get('ParentProcessGuid')),
        pid: pidOf(get('ProcessId')),
        parentPid: pidOf(get('ParentProcessId')),
        image: programOf(get('Image')),
        parentImage: programOf(get('ParentImage')),
      };
    case '4688':
      if (get('Provider_Name') !== 'Microsoft-Windows-Security-Auditing') return null;
      return {
        host: hostOf(get),
        timeMs,
        guid: '',
        parentGuid: '',
        pid: pidOf(get('NewProcessId')),
        parentPid: pidOf(get('ProcessId')),
        image: programOf(get('NewProcessName')),
        parentImage: programOf(get('ParentProcessName')),
      };
    default:
      return null;
  }
}

/** The process that did what an event tells, where that is no start. */
export interface Doer {
  readonly host: string;
  readonly guid: string;
  readonly pid: string;
  /** '': not said. */
  readonly image: string;
}

export function doerOf(get: GetField): Doer | null {
  const provider = get('Provider_Name');
  if (provider === 'Microsoft-Windows-Sysmon') {
    const guid = guidOf(get('ProcessGuid') ?? get('SourceProcessGuid') ?? get('SourceProcessGUID'));
    return guid === '' ? null : { host: hostOf(get), guid, pid: '', image: programOf(get('Image') ?? get('SourceImage')) };
  }
  // The engine itself writes these: the process that the event names is the one that ran the script.
  if (provider === 'Microsoft-Windows-PowerShell' || provider === 'PowerShellCore') {
    const pid = pidOf(get('Execution_ProcessID'));
    return pid === '' ? null : { host: hostOf(get), guid: '', pid, image: provider === 'PowerShellCore' ? 'pwsh.exe' : '' };
  }
  return null;
}

/** Sessions that belong to the computer or its services, whoever makes them work: 0x3e7 and its kin. */
const everybodys = /^(?:0x0|0x3e[3-7]|0x0*3e[3-7]|99[5-9])$/i;

/** The session of a log-on in which it was done: Sysmon's id of it, or the number on its computer. null: none that is somebody's own. */
export function logonOf(get: GetField): string | null {
  const number = get('LogonId') ?? get('SubjectLogonId') ?? get('TargetLogonId') ?? '';
  if (everybodys.test(number)) return null;
  const user = get('User') ?? `${get('SubjectDomainName') ?? ''}\\${get('SubjectUserName') ?? ''}`;
  const sid = get('SubjectUserSid') ?? '';
  // A pool of the web server answers everybody in one session; so do other services with an account of their own.
  if (/^(?:IIS APPPOOL|NT SERVICE|NT AUTHORITY|Window Manager|Font Driver Host)\\/i.test(user)) return null;
  if (/^S-1-5-(?:18|19|20|80-.*|82-.*|90-.*|96-.*)$/.test(sid)) return null;
  const guid = guidOf(get('LogonGuid'));
  if (guid !== '') return `guid ${guid}`;
  const host = hostOf(get);
  return host === '' || !/^0x[0-9a-f]{2,16}$/i.test(number) ? null : `${host} ${number.toLowerCase()}`;
}
