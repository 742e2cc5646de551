/** One matched row with everything that ties it to other rows: what judging reasons about. */
import type { Hit, HitRow } from '../core/hit.ts';
import type { Pack, Proof } from '../core/pack.ts';
import { byCodeUnit, percentDecode } from '../core/text.ts';
import { confidenceRank, stageRank } from '../core/stage.ts';
import { type Client, clientOf, type Standings } from './clients.ts';
import { pageOfFile, pagesNamed } from '../detect/index.ts';
import type { Hosts } from './hosts.ts';

/** A strong tie: two events that share one are the same request, session or page. */
export type Tie = `request:${string}` | `session:${string}` | `activity:${string}`;

export interface Event {
  /** Artifact and offset: unique, and in the order of the evidence. */
  readonly id: string;
  readonly row: HitRow;
  readonly hit: Hit;
  readonly pack: Pack | null;
  readonly proof: Proof;
  readonly host: string | null;
  /** `asked`: a front end took the request; `executed`: a back end worked on it; `left`: something stands there. */
  readonly role: 'asked' | 'executed' | 'left';
  /** UTC milliseconds, put right by what is known of the server's clock; the row keeps what it says. */
  readonly timeMs: number | null;
  readonly client: Client | null;
  readonly ties: readonly Tie[];
  /** Path of a page that is no part of the product, lower case. */
  readonly page: string | null;
  /** The server answered with what was asked for. */
  readonly answered: boolean;
  readonly method: string | null;
  readonly userAgent: string | null;
  /** Authority in an anchor (`ServerInfo`, a tilde, `a]@HOST:444/…`), lower case. */
  readonly anchorHost: string | null;
}

export interface RuleBook {
  /** Rule id → what it proves. */
  readonly proofs: ReadonlyMap<string, { readonly pack: Pack | null; readonly proof: Proof }>;
  /** How well a campaign fits a row of that time on that server; of two whose requests look alike the better fitting one speaks. */
  fits(pack: Pack, host: string | null, timeMs: number | null): number;
}

/** Logs of the back end: what stands there was carried out, whoever took the request. */
const executing = new Set([
  'ecp-server',
  'ecp-excerpt',
  'ecp-activity',
  'rps-http',
  'rps-cmdlet',
  'ews',
  'mapihttp',
  'autodiscover',
  'owa-backend',
  'rca',
  'oab-generator',
  'process-listing',
  'mailbox-export',
  'admin-audit',
  'windows-event',
]);

/** What was done with a file: it is not there any more. */
export const isGone = (action: string | undefined): boolean => /^(?:removed|quarantined|cleaned)$/.test(action ?? '');

/** Logs of cmdlets: they say what was done in a session, and nothing of who opened it. */
export const cmdletLogs: ReadonlySet<string> = new Set(['rps-cmdlet', 'admin-audit', 'windows-event']);

const strength = ({ stage, confidence }: Proof): number => stageRank(stage) * 4 + confidenceRank(confidence);

/** Of several rules that match a row the one that proves most speaks for it; of equals that of the campaign that fits the row. */
function strongest(
  rules: readonly string[],
  book: RuleBook,
  host: string | null,
  timeMs: number | null,
): { pack: Pack | null; proof: Proof } | null {
  let best: { pack: Pack | null; proof: Proof } | null = null;
  for (const rule of [...rules].sort(byCodeUnit)) {
    const found = book.proofs.get(rule);
    if (found === undefined) continue;
    const more = best === null ? 1 : strength(found.proof) - strength(best.proof);
    const fitsBetter =
      more === 0 &&
      found.pack !== null &&
      best!.pack !== null &&
      found.pack !== best!.pack &&
      book.fits(found.pack, host, timeMs) > book.fits(best!.pack, host, timeMs);
    if (more > 0 || fitsBetter) best = found;
  }
  return best;
}

const guidShape = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * Ids that join one request over the logs: front-end IIS `cafeReqId` = HttpProxy `RequestId` = first id in the back-end IIS row;
 * ECP `ACTID` = back-end `ActID`; the canary that a session was given.
 */
export function tiesOf(row: HitRow): Tie[] {
  const ties = new Set<Tie>();
  const own = row.values['request.id'];
  if (own !== undefined && guidShape.test(own)) ties.add(`request:${guidShape.exec(own)![0].toLowerCase()}`);
  if (row.logSource === 'iis-w3c') {
    const query = row.values['url.query'] ?? '';
    const last = (name: string): string | undefined =>
      [...query.matchAll(new RegExp(`(?:^|[&;?])${name}=(${guidShape.source})`, 'gi'))].at(-1)?.[0]?.slice(-36).toLowerCase();
    // The front end appends `cafeReqId` behind everything that the client wrote; there every other id is the client's own word.
    // Requests to the back end are written by the front end.
    const backEnd = isBackEndPort(row.values['server.port']);
    for (const name of backEnd ? ['cafeReqId', 'reqId', 'RequestId'] : ['cafeReqId']) {
      const id = last(name);
      if (id !== undefined) ties.add(`request:${id}`);
    }
    const activity = backEnd ? last('ActID') : undefined;
    if (activity !== undefined) ties.add(`activity:${activity}`);
  }
  const activity = row.logSource === 'ecp-server' || row.logSource === 'ecp-activity' ? row.values['activity.id'] : undefined;
  if (activity !== undefined && guidShape.test(activity)) ties.add(`activity:${guidShape.exec(activity)![0].toLowerCase()}`);
  // What the server turned away shows no session: anybody can write a canary that he has read somewhere.
  const refused = /^(?:401|403|404|440)$/.test(row.values['http.status'] ?? '');
  for (const text of [
    row.values.anchor,
    row.values['url.query'],
    row.logSource === 'ecp-server' ? row.values['url.path'] : undefined,
    row.logSource === 'ecp-activity' ? row.values['url.original'] : undefined,
  ]) {
    const canary = text === undefined ? null : /msExchEcpCanary=([^&;#\s"]{16,})/i.exec(percentDecode(text));
    if (canary !== null && !refused) ties.add(`session:${canary[1]!}`);
  }
  return [...ties].sort(byCodeUnit);
}

export function anchorHostOf(anchor: string | undefined): string | null {
  if (anchor === undefined) return null;
  // The tilde stands apart: in the files of this program no signature of such an anchor is to be met.
  const match = /^ServerInfo[~](.*)$/is.exec(percentDecode(anchor).trim());
  if (match === null) return null;
  const authority = match[1]!.split(/[/?#]/, 1)[0]!;
  const host = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d+$/, '')
    .trim()
    .toLowerCase();
  return host === '' ? null : host;
}

/** What stands somewhere, on a disk or in a configuration. */
const left: ReadonlySet<string> = new Set([
  'exchange-config',
  'file-listing',
  'web-page',
  'transport-agent-config',
  'role-assignment',
  'compare-exchange-hashes',
  'inbox-rule',
  'transport-rule',
  'mailbox',
  'mailbox-permission',
  'mailbox-folder-permission',
  'directory-permission',
  'iis-config',
  'file',
]);

export function eventsOf(
  hits: readonly Hit[],
  book: RuleBook,
  hosts: Hosts,
  standings: Standings,
  clocks: { skewMs(host: string | null): number },
): Event[] {
  const events = new Map<string, Event>();
  for (const hit of hits) {
    for (const row of hit.rows) {
      const host = hosts.ofRow(row);
      const timeMs = row.timeMs === null ? null : row.timeMs - clocks.skewMs(host);
      const found = strongest(row.rules, book, host, timeMs);
      if (found === null) continue;
      const id = `${row.artifact}#${String(row.offsetBytes).padStart(16, '0')}`;
      const known = events.get(id);
      // A later round may meet a row that the first one had already; the stronger reading stays.
      if (known !== undefined && stageRank(known.proof.stage) >= stageRank(found.proof.stage)) continue;
      const isPage = found.proof.step === 'page' || found.proof.step === 'order';
      const isFile = found.proof.step === 'file';
      const status = row.values['http.status'] ?? null;
      const backEnd = row.logSource === 'iis-w3c' && isBackEndPort(row.values['server.port']);
      events.set(id, {
        id,
        row,
        hit,
        ...found,
        host,
        role: left.has(row.logSource) || isFile ? 'left' : executing.has(row.logSource) || backEnd ? 'executed' : 'asked',
        timeMs,
        client: clientOf(row, standings, backEnd),
        ties: tiesOf(row),
        page:
          (isPage ? pageOf(row.values['url.path']) : null) ??
          pageOfFile(row.values['file.path'] ?? '') ??
          (found.proof.step === 'arm' && cmdletLogs.has(row.logSource) ? (pagesNamed(row)[0] ?? null) : null),
        answered: status !== null && /^2\d\d$/.test(status),
        method: row.values['http.method']?.toUpperCase() ?? null,
        userAgent: row.values.user_agent ?? null,
        anchorHost: anchorHostOf(row.values.anchor),
      });
    }
  }
  return [...events.values()].sort((a, b) => (a.timeMs ?? Infinity) - (b.timeMs ?? Infinity) || byCodeUnit(a.id, b.id));
}

/** What stands in a query beyond the ids that the server appends. */
const hasParameters = (event: Event): boolean =>
  (event.row.values['url.query'] ?? '')
    .replace(/(?:^|&)(?:CorrelationID|cafeReqId|ClientId|ClientRequestId|encoding)=[^&]*/gi, '')
    .replace(/^[&;?]+$/, '') !== '';

/** The page did something for whoever asked: data was sent to it, or it was told something in its address, and it answered. */
export const isUse = (event: Event): boolean =>
  event.page !== null && event.answered && (event.method === 'POST' || event.proof.step === 'order' || hasParameters(event));

/** One request with a body and no order in the address: what it told the page is not logged. */
export const isSinglePost = (event: Event): boolean =>
  isUse(event) && event.method === 'POST' && event.proof.step === 'page' && !hasParameters(event) && event.hit.count === 1;

/** Calls of the mail services that hand out what stands in a mailbox. */
const opening: ReadonlySet<string> = new Set(['GetItem', 'GetAttachment', 'ExportItems']);

/** The mail services handed out items; their own log says so. */
export const isMailOpened = ({ row, answered }: Event): boolean =>
  row.logSource === 'ews' && answered && opening.has(row.values['event.action'] ?? '');

/** The log of the mail services and the request that asked for them are written this close to each other. */
const sameCallMs = 2000;

/** One call in two logs: the front end passed it on to the mail services, and they booked it, in one moment and for one program. */
export const isOneCall = (asked: Event, booked: Event): boolean =>
  asked.role === 'asked' &&
  booked.row.logSource === 'ews' &&
  asked.timeMs !== null &&
  booked.timeMs !== null &&
  Math.abs(asked.timeMs - booked.timeMs) <= sameCallMs &&
  asked.userAgent !== null &&
  asked.userAgent === booked.userAgent &&
  /[/\\]ews(?:[/\\?#]|$)/i.test(
    `${asked.row.values.anchor ?? ''} ${asked.row.values['url.path'] ?? ''} ${asked.row.values['url.query'] ?? ''}`,
  );

export const isBackEndPort = (port: string | undefined): boolean => port === '444' || port === '81';

/** One name for one page: lower case, decoded, single slashes. */
export function pageOf(path: string | undefined): string | null {
  if (path === undefined) return null;
  return percentDecode(path)
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/\/{2,}/g, '/');
}

/** The last row of these; a hit's own last row counts only where all of the hit is theirs. */
export function lastOf(events: readonly Event[]): number | null {
  const own = new Set(events.map(({ row }) => row));
  return events.reduce<number | null>((latest, { hit, timeMs }) => {
    const last = hit.lastMs !== null && hit.rows.every((row) => own.has(row)) ? hit.lastMs : timeMs;
    return last !== null && (latest === null || last > latest) ? last : latest;
  }, null);
}
