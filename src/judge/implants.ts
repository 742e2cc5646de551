/** Who wrote something: the mark by which two are told apart even behind one address. */
import { percentDecode } from '../core/text.ts';
import { type Event, isUse } from './event.ts';
import type { Groups } from './groups.ts';

/** The log of the cmdlet and the request that asked for it are written this close to each other. */
const sameStepMs = 5000;

/** A script was accepted, or written out as a page. */
export const isWriting = (event: Event): boolean =>
  (event.proof.step === 'plant' || event.proof.step === 'arm') &&
  event.proof.stage === 'implanted' &&
  event.proof.confidence !== 'possible';

/** A request that only looks: it says nothing about who left the page. */
export const onlyLooks = (event: Event): boolean => event.proof.step === 'page' && event.role !== 'left' && !isUse(event);

/** A file that stands on a disk: it belongs to whoever uses the page that it is. */
export const isFile = (event: Event): boolean => event.role === 'left' && event.page !== null;

/** One name on two servers is two files. A row of which nobody knows the server is taken for the first of them. */
export function pageKeysOf(events: readonly Event[]): (event: Event) => string | null {
  const hostOf = new Map<string, string>();
  for (const { page, host } of events) if (page !== null && host !== null && !hostOf.has(page)) hostOf.set(page, host);
  return ({ page, host }) => (page === null ? null : `${host ?? hostOf.get(page) ?? ''}\u0000${page}`);
}

/** Marks who wrote something, who has something of his own here, and whose address is known. What the server refused wrote nothing. */
export function markWriters(events: readonly Event[], groups: Groups): void {
  const refusals = new Map<string, { first: number; last: number }>();
  const placeOf = (index: number, span: number): string => `${groups.of(index)} ${events[index]!.proof.step} ${span}`;
  for (const [index, { row, timeMs }] of events.entries()) {
    if (row.logSource !== 'ecp-server' || row.values['cmdlet.error'] === undefined || timeMs === null) continue;
    const place = placeOf(index, Math.floor(timeMs / sameStepMs));
    const known = refusals.get(place);
    if (known === undefined) refusals.set(place, { first: timeMs, last: timeMs });
    else known.last = timeMs;
  }
  const refused = (index: number, timeMs: number | null): boolean => {
    if (timeMs === null) return false;
    const span = Math.floor(timeMs / sameStepMs);
    return (
      refusals.has(placeOf(index, span)) ||
      timeMs - (refusals.get(placeOf(index, span - 1))?.last ?? -Infinity) <= sameStepMs ||
      (refusals.get(placeOf(index, span + 1))?.first ?? Infinity) - timeMs <= sameStepMs
    );
  };
  const writers: number[] = [];
  for (const [index, event] of events.entries()) {
    if (event.ties.some((tie) => tie.startsWith('session:'))) groups.mark(index, 'session');
    if (event.client?.standing === 'direct') groups.mark(index, 'direct');
    if (isWriting(event) && !refused(index, event.timeMs)) writers.push(index);
    else if (event.page !== null && (isUse(event) || event.role === 'left')) groups.mark(index, 'owns');
  }
  for (const index of writers) {
    groups.mark(index, 'writes');
    groups.mark(index, 'owns');
  }
}

/** Where a row of the server's names the script that was planted. */
const scriptSources = ({ row }: Event): (string | undefined)[] => [
  row.values.cmdlet,
  row.values['cmdlet.parameters'],
  row.values['config.value'],
  row.logSource === 'windows-event' ? row.fields.Message : undefined,
];

/** The planted script, without what logs put around it; null: none in this row. */
export function scriptOf(event: Event): string | null {
  if (event.proof.step !== 'plant') return null;
  for (const said of scriptSources(event)) {
    if (said === undefined) continue;
    const text = percentDecode(said);
    const at = text.search(/<(?:script|%|object)/i);
    if (at === -1) continue;
    const end = Math.max(text.lastIndexOf('</script>'), text.lastIndexOf('%>'));
    // How quotes are doubled and blanks are kept differs from log to log.
    const script = text.slice(at, end > at ? end : at + 2000).replace(/["'\s\\]+/g, '');
    if (script.length >= 12) return script;
  }
  return null;
}

/** Names of parameters that any page may have. */
const commonKeys =
  /^(?:cmd|exec|code|pass|passwd|password|command|action|param|query|orange|data|file|path|id|op|do|method|type)$/i;

/** A script with a word that everybody has, as it was published with the attack: whoever plants it is anybody. */
export function isPublished(script: string): boolean {
  const word = /request(?:\.(?:item|form|querystring|params))?[[(]([a-z0-9_]{1,64})[\])]/i.exec(script)?.[1];
  return word !== undefined && commonKeys.test(word);
}

/** The word by which a page is told what to do, where it stands in the address. */
export function accessKeyOf(event: Event): string | null {
  if (event.proof.step !== 'order') return null;
  const key = /^[?&]?([A-Za-z0-9_]{4,64})=/.exec(event.row.values['url.query'] ?? '')?.[1] ?? null;
  return key === null || commonKeys.test(key) || /^(?:CorrelationID|cafeReqId|ClientId|encoding)$/i.test(key) ? null : key;
}
