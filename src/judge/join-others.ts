/**
 * What rules of others matched, and whose it is: rows that an intrusion already holds, and rows that its processes, its log-on sessions or
 * its files tie to it. Time, address and the name of a program tie nothing. What would belong to two intrusions belongs to none.
 *
 * A row that is joined proves no more than what it is tied to: the claim's stage, `operated` at most by process and session, `implanted` by
 * file, and never `confirmed`, for nobody has said what such a rule proves. So it raises no answer, and it is made after the answer.
 */
import type { HitRow } from '../core/hit.ts';
import { doerOf, logonOf, type ProcessStart, processStart } from '../core/process-trace.ts';
import type { Stage } from '../core/stage.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Togetherness } from '../core/assessment.ts';
import type { Observed } from '../run/index.ts';
import { pageOfFile } from '../detect/index.ts';
import type { Claim } from './claims.ts';
import { type Event, tiesOf } from './event.ts';
import type { Hosts } from './hosts.ts';
import type { Judged } from './intrusions.ts';
import { isEverybodys, isOfWebServer, processKey, ProcessTree } from './process-tree.ts';

export type OtherBond = Extract<Togetherness['by'], 'row' | 'process' | 'logon' | 'file'>;

/** Why a row belongs to an intrusion, and how far that proves anything. */
export interface OtherJoin {
  /** Its place among those that were judged. */
  readonly intrusion: number;
  readonly bond: OtherBond;
  readonly stage: Stage;
  /** The event that it is tied to. */
  readonly event: Event;
}

interface Anchor {
  readonly intrusion: number;
  readonly claim: Claim;
  readonly event: Event;
}

export const rowId = (row: HitRow): string => `${row.artifact}#${row.offsetBytes}`;

/** How far each tie reaches at most. */
const reach: Readonly<Record<OtherBond, Stage>> = { row: 'impact', process: 'operated', logon: 'operated', file: 'implanted' };

/** Of nothing: every empty file has them. */
const hashesOfNothing = /^(?:d41d8cd98f00b204e9800998ecf8427e|da39a3ee5e6b4b0d3255bfef95601890afd80709|e3b0c44298fc1c14.*)$/;
const hashShape = /\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b/gi;

function hashesOf(row: HitRow): string[] {
  const text = `${row.values['file.hash'] ?? ''} ${row.fields.Hashes ?? ''} ${row.fields.Hash ?? ''}`.slice(0, 2048);
  return [...text.matchAll(hashShape)].map(([hash]) => hash.toLowerCase()).filter((hash) => !hashesOfNothing.test(hash));
}

const startOf = (row: HitRow): ProcessStart | null => processStart((name) => row.fields[name], row.timeMs);

/** The files that a row is about. Requests for a page are anybody's, and so is an order that names a file. */
function filesOf(row: HitRow): string[] {
  const named =
    row.logSource === 'windows-event'
      ? [row.fields.TargetFilename, row.fields.Image ?? row.fields.NewProcessName, row.fields.ImageLoaded]
      : row.values['url.path'] === undefined
        ? [row.values['file.path']]
        : [];
  return named.filter((path) => path !== undefined && path.includes('\\')).map((path) => path!.toLowerCase());
}

/** What is known of the intrusions, to be asked by what a row has. */
class Anchors {
  readonly #known = new Map<string, Anchor[]>();
  readonly #hosts: Hosts;

  constructor(judged: readonly Judged[], hosts: Hosts) {
    this.#hosts = hosts;
    for (const [intrusion, { claims, intrusion: told }] of judged.entries()) {
      if (told.role === 'visitor') continue;
      for (const claim of claims)
        if (claim.confidence !== 'possible') for (const event of claim.events) this.#learn({ intrusion, claim, event });
    }
  }

  #put(key: string, anchor: Anchor): void {
    const known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, [anchor]);
    // Of one intrusion the strongest claim comes first, and is enough.
    else if (!known.some(({ intrusion }) => intrusion === anchor.intrusion)) known.push(anchor);
  }

  #learn(anchor: Anchor): void {
    const { event, claim } = anchor;
    const { row } = event;
    this.#put(`row ${rowId(row)}`, anchor);
    for (const tie of event.ties) this.#put(`tie ${tie}`, anchor);
    const host = event.host ?? '';
    if (stageRank(claim.stage) >= stageRank('implanted')) {
      if (event.page !== null) this.#put(`page ${host} ${event.page}`, anchor);
      // What an event names as a file may be the program of an order: theirs is what was left, not what was started.
      if (event.role === 'left' || event.proof.step === 'file' || event.proof.step === 'page') {
        for (const path of filesOf(row)) this.#put(`file ${host} ${path}`, anchor);
        for (const hash of startOf(row) === null ? hashesOf(row) : []) this.#put(`hash ${hash}`, anchor);
      }
    }
    if (stageRank(claim.stage) < stageRank('operated') || row.logSource !== 'windows-event') return;
    const start = startOf(row);
    const doer = start === null ? doerOf((name) => row.fields[name]) : null;
    const key = start === null ? (doer?.guid ?? '') : processKey(start);
    if (key !== null && key !== '' && !isEverybodys((start ?? doer)!.image)) this.#put(`process ${key}`, anchor);
    if (start !== null && isOfWebServer(start)) this.#put(`web ${start.host}`, anchor);
    const logon = logonOf((name) => row.fields[name]);
    if (logon !== null) this.#put(`logon ${logon}`, anchor);
  }

  /** null: nobody's, or that of several. */
  sole(key: string): Anchor | null {
    const known = this.#known.get(key);
    return known?.length === 1 ? known[0]! : null;
  }

  ofRow(row: HitRow): Anchor | null {
    return this.sole(`row ${rowId(row)}`) ?? this.first(tiesOf(row).map((tie) => `tie ${tie}`));
  }

  ofProcess(row: HitRow, tree: ProcessTree): Anchor | null {
    if (row.logSource !== 'windows-event') return null;
    const start = startOf(row);
    const doer = start === null ? doerOf((name) => row.fields[name]) : null;
    if (doer !== null && doer.guid !== '' && !isEverybodys(doer.image)) {
      const own = this.sole(`process ${doer.guid}`);
      if (own !== null) return own;
    }
    const first = start ?? (doer === null ? null : tree.doer(doer, row.timeMs));
    for (const one of first === null ? [] : tree.line(first)) {
      const key = `process ${processKey(one)}`;
      const found = this.sole(key) ?? (isOfWebServer(one) ? this.sole(`web ${one.host}`) : null);
      // Where several share it, what stands above it is theirs, too.
      if (found !== null || this.#known.has(key)) return found;
    }
    // The parent's own start may be in no log that was handed in; Sysmon names it all the same.
    return start === null || start.parentGuid === '' || isEverybodys(start.parentImage)
      ? null
      : this.sole(`process ${start.parentGuid}`);
  }

  ofLogon(row: HitRow): Anchor | null {
    const logon = row.logSource === 'windows-event' ? logonOf((name) => row.fields[name]) : null;
    return logon === null ? null : this.sole(`logon ${logon}`);
  }

  ofFile(row: HitRow): Anchor | null {
    const host = this.#hosts.ofRow(row) ?? '';
    const paths = filesOf(row);
    return this.first([
      ...paths.map((path) => `file ${host} ${path}`),
      ...paths.flatMap((path) => {
        const page = pageOfFile(path);
        return page === null ? [] : [`page ${host} ${page}`];
      }),
      ...hashesOf(row).map((hash) => `hash ${hash}`),
    ]);
  }

  first(keys: readonly string[]): Anchor | null {
    for (const key of keys) {
      const found = this.sole(key);
      if (found !== null) return found;
    }
    return null;
  }
}

/** The rows of rules of others that belong to an intrusion, by {@link rowId}. */
export function joinOthers(observed: Observed, judged: readonly Judged[], hosts: Hosts): Map<string, OtherJoin> {
  const joins = new Map<string, OtherJoin>();
  if (observed.otherHits.length === 0) return joins;
  const anchors = new Anchors(judged, hosts);
  const rows = new Map<string, HitRow>();
  for (const hit of observed.otherHits)
    for (const row of [...hit.rows, ...hit.tied, ...hit.unlike]) if (!rows.has(rowId(row))) rows.set(rowId(row), row);
  const tree = new ProcessTree(observed.starts);
  for (const [id, row] of [...rows].sort(([a], [b]) => byCodeUnit(a, b))) {
    const ways: readonly (readonly [OtherBond, () => Anchor | null])[] = [
      ['row', () => anchors.ofRow(row)],
      ['process', () => anchors.ofProcess(row, tree)],
      ['logon', () => anchors.ofLogon(row)],
      ['file', () => anchors.ofFile(row)],
    ];
    for (const [bond, find] of ways) {
      const found = find();
      if (found === null) continue;
      const { intrusion, claim, event } = found;
      const stage = stageRank(claim.stage) <= stageRank(reach[bond]) ? claim.stage : reach[bond];
      joins.set(id, { intrusion, bond, stage, event });
      break;
    }
  }
  return joins;
}
