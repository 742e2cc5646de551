/**
 * Who took a page away, and what says so: a scanner that did, an event of the file's end, a command, a request to the page itself, or
 * the time of declared activity. A page that is not found any more says nothing of it by itself.
 */
import type { WayBack } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { percentDecode } from '../core/text.ts';
import { dayMs } from '../core/time.ts';
import { pageOfFile } from '../detect/index.ts';
import { type Event, isGone } from './event.ts';
import type { KnownActivity } from './known.ts';
import { removalSentences as say } from './removal-messages.ts';

export interface Removal {
  readonly by: NonNullable<WayBack['removedBy']>;
  /** null: nobody says when. */
  readonly atMs: number | null;
  readonly why: string;
  readonly host: string | null;
}

/** By page, lower case. Of several the one that says most comes first. */
export type Removals = ReadonlyMap<string, readonly Removal[]>;

const microsoftTools = /^(?:MSERT|MSRT|MRT|EOMT)$/i;
const microsoftPrograms = /(?:^|\\)(?:mrt|msert|eomt)\.exe$/i;
/** Engines of antivirus and EDR products that delete files themselves. */
const scanners =
  /(?:^|\\)(?:MsMpEng|MpCmdRun|MsSense|SenseIR|ekrn|avp|savservice|SophosFileScanner|SEDService|ccSvcHst|Rtvscan|TmCCSF|coreServiceShell|ntrtscan|tmlisten|PccNTMon|bdservicehost|EPSecurityService|fshoster32|fsav32|mcshield|mfetp|mfeesp|SentinelAgent|SentinelServiceHost|CSFalconService|cb|RepMgr|xagt|cortex-xdr-payload|cyserver|TaniumClient|AVGSvc|AvastSvc|WRSA|avguard|avgnt|NisSrv)\.exe$/i;
const webServer = /(?:^|[\\/ ])w3wp(?:\.exe)?(?: >|$)/i;
const deletes =
  /(?:^|[\s"'&|;(=/])(?:del|erase|rm|rmdir|ri|Remove-Item|unlink)(?:[\s("'/]|$)|\b(?:File\.Delete|DeleteFile|FileDelete)\b/i;

/** Days in which the removals ran that a court had ordered (the warrant of 9 April 2021 was good for two weeks). */
const courtFromMs = dayMs('2021-04-09');
const courtToMs = dayMs('2021-04-24');

const nameOf = (page: string): string => page.slice(page.lastIndexOf('/') + 1);

export function removalsOf(events: readonly Event[]): Removals {
  const found = new Map<string, Removal[]>();
  const add = (page: string, removal: Removal): void => {
    const known = found.get(page);
    if (known === undefined) found.set(page, [removal]);
    else known.push(removal);
  };
  const pages = new Set(events.flatMap(({ page }) => (page === null ? [] : [page])));
  const byName = groupBy(pages, nameOf);
  for (const event of events) {
    const { row, host, timeMs: atMs } = event;
    if (isGone(row.values['threat.action']) && event.page !== null) {
      const tool = row.fields.Tool ?? null;
      add(event.page, {
        by: microsoftTools.test(tool ?? '') ? 'microsoft_tool' : 'antivirus',
        atMs,
        host,
        why: say.antivirus(tool),
      });
      continue;
    }
    const ended = deletedFile(event);
    if (ended !== null) {
      const page = pageOfFile(ended);
      if (page !== null) add(page, { ...deleter(event), atMs, host });
      continue;
    }
    const command = row.values['process.command_line'];
    if (command !== undefined && deletes.test(command))
      for (const page of namedIn(command, byName)) add(page, { ...commander(event), atMs, host });
    const query = event.proof.step === 'order' && event.answered ? row.values['url.query'] : undefined;
    if (query !== undefined && event.page !== null) {
      const text = percentDecode(query.replaceAll('+', ' '));
      if (deletes.test(text)) for (const page of namedIn(text, byName)) add(page, { ...asker(event, events), atMs, host });
    }
  }
  return new Map([...found].map(([page, all]) => [page, all.toSorted((a, b) => weight(b) - weight(a))]));
}

const order: readonly Removal['by'][] = ['unknown', 'administrator', 'intruder', 'authority', 'microsoft_tool', 'antivirus'];
const weight = ({ by }: Removal): number => order.indexOf(by);

/** Pages whose file a command names. */
function namedIn(text: string, byName: ReadonlyMap<string, readonly string[]>): string[] {
  const names = text.toLowerCase().match(/[\w.-]{1,200}\.(?:aspx|ashx|asmx|asp|cer|asa|cshtml|svc)\b/g) ?? [];
  return [...new Set(names)].flatMap((name) => byName.get(name) ?? []);
}

/** The file whose end a row of the event log is; null: it is no such row. */
function deletedFile({ row }: Event): string | null {
  if (row.logSource !== 'windows-event') return null;
  const { EventID, TargetFilename, ObjectName, Provider_Name } = row.fields;
  if ((EventID === '23' || EventID === '26') && /Sysmon/i.test(Provider_Name ?? '')) return TargetFilename ?? null;
  // A handle with the right to delete: on a page nobody asks for it but to do so.
  if (EventID === '4663' || EventID === '4660') return ObjectName ?? null;
  return null;
}

function accountOf({ row }: Event): string | null {
  const account = row.values['user.name'] ?? null;
  return account === null || account.endsWith('$') || /(?:^|\\)(?:SYSTEM|LOCAL SERVICE|NETWORK SERVICE)$/i.test(account)
    ? null
    : account;
}

function deleter(event: Event): Pick<Removal, 'by' | 'why'> {
  const { Image, ProcessName } = event.row.fields;
  const program = Image ?? ProcessName ?? '';
  const name = program.slice(program.lastIndexOf('\\') + 1);
  const account = accountOf(event);
  if (microsoftPrograms.test(program)) return { by: 'microsoft_tool', why: say.deletedBy(name, null) };
  if (scanners.test(program)) return { by: 'antivirus', why: say.deletedBy(name, null) };
  if (webServer.test(program)) return { by: 'intruder', why: say.byPage };
  const why = say.deletedBy(name === '' ? 'a program' : name, account);
  return account === null ? { by: 'unknown', why } : { by: 'administrator', why: `${why}; ${say.ofAdministrator}` };
}

function commander(event: Event): Pick<Removal, 'by' | 'why'> {
  const { fields, values } = event.row;
  const callers = `${fields.Ancestors ?? ''} > ${values['process.parent'] ?? ''}`;
  if (webServer.test(callers)) return { by: 'intruder', why: say.commandOfServer };
  const account = accountOf(event);
  return account === null
    ? { by: 'unknown', why: say.command(null) }
    : { by: 'administrator', why: `${say.command(account)}; ${say.ofAdministrator}` };
}

/** A page that was told to delete itself: by whoever has its key, or in the days in which a court had this done. */
function asker(event: Event, events: readonly Event[]): Pick<Removal, 'by' | 'why'> {
  const address = event.client?.address ?? null;
  const inDays = event.timeMs !== null && event.timeMs >= courtFromMs && event.timeMs < courtToMs;
  if (!inDays || address === null) return { by: 'intruder', why: say.throughPage };
  const own = events.filter(({ client }) => client?.address === address);
  const nothingElse = own.every(
    ({ timeMs, page, proof }) =>
      timeMs !== null &&
      timeMs >= courtFromMs &&
      timeMs < courtToMs &&
      page !== null &&
      (proof.step === 'page' || proof.step === 'order'),
  );
  return nothingElse ? { by: 'authority', why: say.court } : { by: 'intruder', why: say.throughPage };
}

/** Declared activity that was under way somewhere between the last answer and the first time it was not there. */
export function declaredRemoval(
  known: readonly KnownActivity[],
  fromMs: number | null,
  toMs: number | null,
): Pick<Removal, 'by' | 'why'> | null {
  if (fromMs === null || toMs === null) return null;
  const activity = known.find((one) => one.fromMs <= toMs && one.toMs >= fromMs);
  return activity === undefined ? null : { by: 'administrator', why: say.declared(activity.name) };
}
