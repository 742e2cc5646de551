/**
 * What was new or rare on a server, with no signature. In: counted tuples of {@link Observed}, and the few rows that {@link wantedRows}
 * asked for. Out: a short ranked list, and of each log whether anything normal could be learnt from it. It proves nothing: what it finds
 * is `possible` at most, and the answer is made without it.
 */
import type { HitRow } from '../../core/hit.ts';
import { byCodeUnit } from '../../core/text.ts';
import { oneDayMs } from '../../core/time.ts';
import { type Observed, wantedId, type WantedRow } from '../../run/index.ts';
import { standingsOf } from '../clients.ts';
import { type Hosts, hostsOf } from '../hosts.ts';
import { byRank, companyMs, type Draft, draftsOf, leastScore, likenessOf, wantedOf } from './items.ts';
import { type Book, booksOf } from './normal.ts';
import { fewestRows, settlingMs } from './rank.ts';
import { acquaintanceOf, looked } from './second-look.ts';

export interface NoveltyThing {
  readonly draft: Draft;
  readonly rows: readonly HitRow[];
}

export interface NoveltyItem {
  readonly lead: NoveltyThing;
  /** Other things out of place that began within minutes, the farthest first. */
  readonly others: readonly NoveltyThing[];
  /** Of them there are more than are listed. */
  readonly othersLeft: number;
}

/** Why nothing, or not all, could be learnt of a log. */
export type Learnt = 'yes' | 'few' | 'short' | 'begun' | 'unseen';

export interface Normal {
  readonly host: string | null;
  readonly logSource: string;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly rows: number;
  /** Rows that found no room in the tables. */
  readonly overflow: number;
  readonly learnt: Learnt;
}

export interface Novelty {
  readonly normal: readonly Normal[];
  readonly items: readonly NoveltyItem[];
  /** Items that are beyond what is listed. */
  readonly left: number;
}

/** Items of which a row is looked at; of the first ones a row of each log, and of some that began with them. */
const looks = 30;
const thorough = 10;
const otherLooks = 4;
/** Bytes that may be read again, and their share of the evidence. */
const leastReread = 32 << 20;
const rereadShare = 0.04;
const blockBytes = 4 << 20;
/** A record shorter than this teaches little. */
const shortMs = 3 * oneDayMs;
const itemsPerDay = 20;
const itemsPerHost = 30;
const othersListed = 7;
/** From here on it counts when it was there at the beginning. */
const begunScore = 9;
/** So far out of place that it cannot be a habit of the server. */
export const strongScore = 14;

/** What was made of the counts when rows were asked for serves once more when they are there. */
interface Kept {
  readonly hosts: readonly (string | null)[];
  readonly books: readonly Book[];
  readonly drafts: readonly Draft[];
}

const kept = new WeakMap<Observed['artifacts'], Kept>();

function draftsHere(observed: Observed, hosts: Hosts): Kept {
  const { artifacts } = observed;
  const named = artifacts.map(({ path }) => hosts.ofArtifact(path));
  let here = kept.get(artifacts);
  if (here === undefined || here.hosts.some((host, index) => host !== named[index])) {
    const books: Book[] = [];
    const drafts = draftsOf(
      (function* () {
        for (const one of booksOf(observed, hosts)) {
          books.push(one.book);
          yield one;
        }
      })(),
    );
    kept.set(artifacts, (here = { hosts: named, books, drafts }));
  }
  return here;
}

/** Rows to be read again, so that the list can be shown and put in its last order. */
export function wantedRows(observed: Observed): WantedRow[] {
  const things = draftsHere(observed, hostsOf(observed)).drafts.map((draft): NoveltyThing => ({ draft, rows: [] }));
  const perHost = new Map<string | null, number>();
  const wanted = new Map<string, WantedRow>();
  // A block is read again whole: of large logs no more than a small share of what was read already.
  const bytesOf = new Map(observed.artifacts.map(({ path, bytes }) => [path, bytes]));
  let left = Math.max(leastReread, rereadShare * observed.artifacts.reduce((sum, { bytes }) => sum + bytes, 0));
  const blocks = new Set<string>();
  const want = (thing: NoveltyThing, rows: number, always: boolean): void => {
    for (const [index, member] of thing.draft.members.slice(0, rows).entries()) {
      const row = wantedOf(member);
      const block = `${row.artifact}\u0000${row.partAt}\u0000${row.block}`;
      const cost = blocks.has(block) ? 0 : Math.min(blockBytes, bytesOf.get(row.artifact) ?? 0);
      if (cost > left && !(always && index === 0)) continue;
      left -= cost;
      blocks.add(block);
      wanted.set(wantedId(row), row);
    }
  };
  for (const { lead, others } of folded(things.filter(({ draft }) => draft.score >= leastScore / 2))) {
    const count = perHost.get(lead.draft.host) ?? 0;
    perHost.set(lead.draft.host, count + 1);
    if (count >= looks) continue;
    want(lead, count < thorough ? lead.draft.members.length : 1, count < thorough);
    for (const other of others.slice(0, count < thorough ? otherLooks : 0)) want(other, 1, false);
  }
  return [...wanted.values()];
}

export function noveltyOf(observed: Observed, hosts: Hosts): Novelty {
  const seen = observed.looked;
  // What is only said on the way is said without it.
  if (seen === null) return { normal: [], items: [], left: 0 };
  const { books, drafts } = draftsHere(observed, hosts);
  const known = acquaintanceOf(observed, hosts);
  const standings = standingsOf(observed);
  const things = drafts.map((draft): NoveltyThing => {
    const rows = draft.members.map((member) => seen.get(wantedId(wantedOf(member)))).filter((row) => row !== undefined);
    return { draft: looked(draft, rows[0] ?? null, known, standings), rows };
  });
  things.sort((a, b) => byRank(a.draft, b.draft));
  const items = folded(things.filter(({ draft }) => draft.score >= leastScore / 2)).filter(
    ({ lead }) => lead.draft.score >= leastScore && lead.rows.length > 0,
  );
  const kept = few(items);
  return { normal: normalOf(books, kept), items: kept, left: items.length - kept.length };
}

/** What began within minutes on one server is told as one, by its farthest. */
function folded(things: readonly NoveltyThing[]): NoveltyItem[] {
  const items: { lead: NoveltyThing; others: NoveltyThing[] }[] = [];
  for (const thing of things) {
    const { host, firstMs } = thing.draft;
    const same = items.find(({ lead }) => lead.draft.host === host && Math.abs(lead.draft.firstMs - firstMs) <= companyMs);
    if (same === undefined) items.push({ lead: thing, others: [] });
    else same.others.push(thing);
  }
  return items.map(({ lead, others }) => {
    // What is like another one comes behind what is not.
    const kinds = new Set([likenessOf(lead.draft.members[0]!)]);
    const fresh = others.filter(({ draft }) => {
      const kind = likenessOf(draft.members[0]!);
      return !kinds.has(kind) && kinds.add(kind);
    });
    const chosen = new Set(fresh);
    const ordered = [...fresh, ...others.filter((other) => !chosen.has(other))];
    return { lead, others: ordered.slice(0, othersListed), othersLeft: Math.max(0, ordered.length - othersListed) };
  });
}

function few(items: readonly NoveltyItem[]): NoveltyItem[] {
  const perDay = new Map<string, number>();
  const perHost = new Map<string, number>();
  return items.filter(({ lead: { draft } }) => {
    const host = draft.host ?? '';
    const day = `${host} ${Math.floor(draft.firstMs / oneDayMs)}`;
    const [ofDay, ofHost] = [(perDay.get(day) ?? 0) + 1, (perHost.get(host) ?? 0) + 1];
    if (ofDay > itemsPerDay || ofHost > itemsPerHost) return false;
    perDay.set(day, ofDay);
    perHost.set(host, ofHost);
    return true;
  });
}

/** More than looking, by nobody who works here: an intruder who was in when the record began goes on with this. */
function writes({ score, wrote, members }: Draft): boolean {
  const { actor } = members[0]!.seen.deed;
  return wrote && score >= begunScore && actor !== 'person' && actor !== 'monitor';
}

/** Uses of a thing that make it a habit of somebody's, and not the one request that brought it. */
const fewestUses = 3;
const usedForMs = 10 * 60_000;

/**
 * The first thing far out of place is a page that is used again and again, and nothing else began with it: how it came there is not in
 * the record. Whoever brought it may have been in before.
 */
function broughtUnseen(items: readonly NoveltyItem[], host: string | null): boolean {
  const strong = items
    .map(({ lead }) => lead.draft)
    .filter((draft) => draft.host === host && draft.score >= strongScore && writes(draft) && !Number.isNaN(draft.firstMs))
    .sort((a, b) => a.firstMs - b.firstMs);
  const [first] = strong;
  return (
    first !== undefined &&
    first.kind === 'page' &&
    first.count >= fewestUses &&
    first.lastMs - first.firstMs >= usedForMs &&
    !first.reasons.some(({ code }) => code === 'company')
  );
}

function normalOf(books: readonly Book[], items: readonly NoveltyItem[]): Normal[] {
  const logs = new Map<string, Normal>();
  for (const { host, logSource, firstMs, lastMs, rows, overflow } of books) {
    const begun = items.some(
      ({ lead: { draft } }) => draft.host === host && draft.firstMs < firstMs + settlingMs && writes(draft),
    );
    const unseen = broughtUnseen(items, host);
    const learnt: Learnt =
      rows < fewestRows ? 'few' : !(lastMs - firstMs >= shortMs) ? 'short' : begun ? 'begun' : unseen ? 'unseen' : 'yes';
    const key = `${host ?? ''} ${logSource}`;
    const known = logs.get(key);
    if (known === undefined || overflow > known.overflow)
      logs.set(key, { host, logSource, firstMs, lastMs, rows, overflow, learnt });
  }
  return [...logs].sort((a, b) => byCodeUnit(a[0], b[0])).map(([, normal]) => normal);
}
