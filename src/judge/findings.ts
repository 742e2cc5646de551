/** Claims → findings: hits said once, for a person, each with its lines. */
import type { Finding, FindingEvidence, Observable } from '../core/assessment.ts';
import { base64, fromBase64, sha256Hex } from '../core/hash.ts';
import { byCodeUnit, decodeText, defang } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import type { Claim } from './claims.ts';
import { type Event, lastOf } from './event.ts';

/** Lines shown per finding. */
export const evidenceLimit = 10;
export const observableLimit = 200;
const utf8 = new TextEncoder();

export function findingOf(claim: Claim, declared: string | null): Finding {
  const { proof, events } = claim;
  const first = events[0]!;
  const firstMs = events.reduce<number | null>(
    (least, { timeMs }) => (timeMs !== null && (least === null || timeMs < least) ? timeMs : least),
    null,
  );
  const hits = new Set(events.map(({ hit }) => hit));
  // A hit counts all its rows; rows of it that another claim speaks for are only those that are shown.
  const count = [...hits].reduce(
    (sum, hit) =>
      sum +
      (hit.rows.every((row) => events.some((event) => event.row === row))
        ? hit.count
        : events.filter((event) => event.hit === hit).length),
    0,
  );
  const shown = events.length <= evidenceLimit ? events : [...events.slice(0, evidenceLimit - 1), events.at(-1)!];
  return {
    id: sha256Hex(`${proof.rule}\n${claim.stage}\n${first.host ?? ''}\n${first.row.artifact}\n${first.row.offsetBytes}`).slice(
      0,
      16,
    ),
    title: proof.title,
    stage: claim.stage,
    confidence: claim.confidence,
    timeUtc: isoUtcOrNull(firstMs),
    lastUtc: isoUtcOrNull(lastOf(events)),
    count,
    host: first.host,
    campaign: claim.pack?.firstExploited == null ? null : claim.pack.id,
    rule: proof.rule,
    techniques: proof.techniques,
    cves: proof.cves,
    proves: proof.proves,
    doesNotProve: proof.doesNotProve,
    innocent: proof.innocent,
    observables: observablesOf(events),
    evidence: shown.map((event) => evidenceOf(event, proof.decisive)),
    falsePositives: /^None\b/.test(proof.innocent) ? [] : [proof.innocent],
    declared,
  };
}

export function evidenceOf({ row }: Pick<Event, 'row'>, decisive: readonly string[]): FindingEvidence {
  const raw = fromBase64(row.rawBase64);
  const text = row.readable ?? decodeText(raw);
  const marks = decisive
    .map((name) => row.fields[name])
    .filter((value) => value !== undefined)
    .map((value) => asWritten(value).find((form) => form.length >= 3 && text.includes(form)))
    .filter((form) => form !== undefined)
    // Of a record that is no text: as it stands in it.
    .map((form) => (row.readable === undefined ? utf8.encode(form) : utf16Of(form)))
    .filter((form) => row.readable === undefined || holds(raw, form))
    .map((form) => base64(form));
  return {
    artifact: row.artifact,
    offsetBytes: row.offsetBytes,
    line: row.line,
    recordId: row.recordId,
    timeUtc: isoUtcOrNull(row.timeMs),
    rawBase64: row.rawBase64,
    shown: defang(text, row.readable === undefined ? undefined : 1200),
    decisiveBase64: [...new Set(marks)].slice(0, 8),
    sha256: row.sha256,
  };
}

function utf16Of(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    bytes[i * 2] = text.charCodeAt(i) & 0xff;
    bytes[i * 2 + 1] = text.charCodeAt(i) >> 8;
  }
  return bytes;
}

/** Whether the bytes stand there: as characters of one byte, for which every engine has a search. */
const holds = (bytes: Uint8Array, part: Uint8Array): boolean => latin1(bytes).includes(latin1(part));

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 4096) as unknown as number[]);
  return text;
}

/** How a value can stand in its line: plain, or with the quotes of CSV and of EventData doubled. */
const asWritten = (value: string): string[] => [
  value,
  value.replaceAll('"', '""'),
  value.replaceAll("'", "''"),
  value.replaceAll("'", "''").replaceAll('"', '""'),
];

export function observablesOf(events: readonly Event[]): Observable[] {
  const found = new Map<string, Observable>();
  const add = (kind: Observable['kind'], value: string | null | undefined, standing: Observable['standing']): void => {
    if (value === null || value === undefined || value === '') return;
    const cut = value.slice(0, 1024);
    found.set(`${kind}\u0000${cut}\u0000${standing}`, { kind, value: cut, standing });
  };
  for (const event of events.slice(0, 2000)) {
    // A shared address is the balancer's or the servers' own: nothing of theirs.
    if (event.client !== null && event.client.standing !== 'shared') add('address', event.client.address, event.client.standing);
    add('user_agent', event.userAgent, 'claimed');
    add('page', event.page, 'direct');
    const user = event.row.values['user.name'];
    if (user !== undefined && !user.endsWith('$')) add('account', user, 'direct');
    for (const tie of event.ties) if (tie.startsWith('session:')) add('session', tie.slice('session:'.length), 'direct');
  }
  return [...found.entries()]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, observable]) => observable)
    .slice(0, observableLimit);
}
