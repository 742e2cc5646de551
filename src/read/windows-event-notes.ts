/**
 * What events say of the log itself and of the clock: after a log was cleared, while its service did not run, when events were dropped,
 * "nothing found" is worth less. Told as problems with their places, so that coverage can count them.
 * @see https://learn.microsoft.com/windows-server/identity/ad-ds/plan/appendix-l--events-to-monitor
 */
import type { ProblemCode } from '../core/problem.ts';
import { hourMs, isoUtc } from '../core/time.ts';
import { eventTime } from './events/event-draft.ts';

export interface Note {
  readonly code: ProblemCode;
  readonly found: string;
}

type Get = (name: string) => string | null;

/** By provider, lower case, and event. */
const byEvent: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['microsoft-windows-eventlog 104', 'evtx.cleared'],
  ['microsoft-windows-eventlog 1102', 'evtx.cleared'],
  ['eventlog 104', 'evtx.cleared'],
  ['eventlog 1102', 'evtx.cleared'],
  ['eventlog 517', 'evtx.cleared'],
  ['security 517', 'evtx.cleared'],
  // The service shut down; it was shut down without warning (told at the next start); it shut down for Security.
  ['eventlog 6006', 'evtx.stopped'],
  ['eventlog 6008', 'evtx.stopped'],
  ['microsoft-windows-eventlog 1100', 'evtx.stopped'],
  ['eventlog 1100', 'evtx.stopped'],
  // Events were dropped; the log is full; an event could not be written.
  ['microsoft-windows-eventlog 1101', 'evtx.dropped'],
  ['microsoft-windows-eventlog 1104', 'evtx.dropped'],
  ['microsoft-windows-eventlog 1108', 'evtx.dropped'],
  // Which events are recorded was changed.
  ['microsoft-windows-security-auditing 4719', 'evtx.audit_changed'],
  ['microsoft-windows-sysmon 16', 'evtx.audit_changed'],
]);

/** Most events are none of these. */
const told: ReadonlySet<string> = new Set([
  ...[...byEvent.keys()].map((key) => key.slice(key.lastIndexOf(' ') + 1)),
  '7036',
  '7040',
  '4',
  '1',
  '4616',
]);

/** `EventLog/1` in UTF-16, as the service manager notes beside the words of the server's language: the service has stopped. */
const stoppedServices = /^(?:4500760065006E0074004C006F006700|5300790073006D006F006E00(?:36003400)?)2F003100/;
/** Further than this a clock is not put right, it is set. */
const jumpMs = hourMs;

/** Whether an event can say anything of the kind. */
export const mayNote = (provider: string | null, eventId: string | null): boolean =>
  provider !== null && eventId !== null && told.has(eventId);

/** null: it says nothing of the kind. */
export function noteOf(provider: string | null, eventId: string | null, get: Get, timeMs: number): Note | null {
  if (provider === null || eventId === null || !told.has(eventId)) return null;
  const source = provider.toLowerCase();
  const code = byEvent.get(`${source} ${eventId}`) ?? byValues(source, eventId, get);
  if (code !== null && typeof code !== 'string') return code;
  return code === null ? null : { code, found: `event ${eventId}, ${Number.isNaN(timeMs) ? 'no time' : isoUtc(timeMs)}` };
}

function byValues(source: string, eventId: string, get: Get): ProblemCode | Note | null {
  switch (`${source} ${eventId}`) {
    case 'service control manager 7036':
      return stoppedServices.test((get('Binary') ?? '').toUpperCase()) || isStopped(get) ? 'evtx.stopped' : null;
    case 'service control manager 7040':
      return /^(?:EventLog|Sysmon(?:64)?)$/i.test(get('param4') ?? '') ? 'evtx.audit_changed' : null;
    case 'microsoft-windows-sysmon 4':
      return /^stopped$/i.test(get('State') ?? '') ? 'evtx.stopped' : null;
    case 'microsoft-windows-kernel-general 1':
      return clock(get('OldTime'), get('NewTime'));
    case 'microsoft-windows-security-auditing 4616':
      return clock(get('PreviousTime'), get('NewTime'));
    default:
      return null;
  }
}

/** In English; other languages are told by the bytes beside them. */
const isStopped = (get: Get): boolean =>
  /^Windows Event Log$/i.test(get('param1') ?? '') && /^stopped$/i.test(get('param2') ?? '');

function clock(before: string | null, after: string | null): Note | null {
  const [from, to] = [eventTime(before ?? ''), eventTime(after ?? '')];
  if (from === null || to === null || Math.abs(to.ms - from.ms) <= jumpMs) return null;
  return { code: 'evtx.time_jump', found: `the clock was set from ${isoUtc(from.ms)} to ${isoUtc(to.ms)}` };
}
