/**
 * What collected the evidence. In: the paths of a hand-over, with those of opened archives, and a way to read the beginning of a
 * file. Out: the collections in it (who, from which server, when), and for each path the collection that it belongs to, whether it is
 * evidence or the collector's own record, where it stood and when it was written, where a record says so. Pure but for `read`.
 */
import type { Collection, FileTimes, Role } from '../../core/collection.ts';
import { byCodeUnit } from '../../core/text.ts';
import { place } from '../../core/canonical-path.ts';
import {
  type CollectionProblem,
  folderOf,
  type HandedIn,
  joined,
  Listing,
  mostCollections,
  nameOf,
  type Recognised,
  type Recogniser,
} from './collector.ts';
import { cylr } from './cylr.ts';
import { dfirOrc } from './dfir-orc.ts';
import { exchangeLogCollector } from './exchange-log-collector.ts';
import { kape } from './kape.ts';
import { say } from './messages.ts';
import { mountedImage } from './mounted-image.ts';
import { type ReadBytes, SideFiles } from './side-file.ts';
import { testProxylogon } from './test-proxylogon.ts';
import { acquire, uac } from './uac.ts';
import { velociraptor } from './velociraptor.ts';

export type { CollectionProblem, HandedIn } from './collector.ts';
export { mayBeRecord } from './collector.ts';
export { allSideBytes, type ReadBytes, sideFileBytes } from './side-file.ts';

export interface Belonging {
  readonly collection: Collection | null;
  readonly role: Role;
  /** Where it stood, when a record says something else than the path; null: as the path says. */
  readonly canonicalPath: string | null;
  readonly times: FileTimes | null;
}

export interface Collections {
  /** Sorted by root, then snapshot. */
  readonly collections: readonly Collection[];
  of(path: string): Belonging;
  /** What a collector says that it could not copy; sorted by path. */
  readonly problems: readonly CollectionProblem[];
}

/** In this order where two claim one root: those that leave records of their own first. */
const recognisers: readonly Recogniser[] = [
  velociraptor,
  kape,
  dfirOrc,
  cylr,
  uac,
  acquire,
  testProxylogon,
  exchangeLogCollector,
];

const mostCutShort = 100;
/** Nobody reads more, and an intruder must not fill the memory with them. */
const mostProblems = 20_000;

export function collectionsOf(files: readonly HandedIn[], read: ReadBytes): Collections {
  const listing = new Listing(files);
  const side = new SideFiles(read, listing.sizes);
  const byRoot = new Map<string, Recognised>();
  const own = new Set<string>();
  const problems: CollectionProblem[] = [];
  const add = (found: readonly Recognised[]): void => {
    for (const one of found) {
      if (standsOnServer(one.collection)) continue;
      for (const path of one.own ?? []) own.add(path);
      for (const problem of one.problems ?? []) if (problems.length < mostProblems) problems.push(problem);
      const { root } = one.collection;
      if (!byRoot.has(root) && byRoot.size < mostCollections) byRoot.set(root, one);
    }
  };
  const above = (folder: string): Recognised | undefined => {
    for (let at = folder; ; at = folderOf(at)) {
      const found = byRoot.get(at);
      if (found !== undefined || at === '') return found;
    }
  };
  for (const recogniser of recognisers) add(recogniser({ listing, side }));
  // The drives that a collector copied look like an image's.
  add(mountedImage({ listing, side }).filter(({ collection }) => above(collection.root) === undefined));
  add(snapshotsIn(listing, above));
  for (const path of side.cut.slice(0, mostCutShort)) problems.push({ path, code: 'evidence.limit', found: say.cutShort });

  if (byRoot.size >= mostCollections)
    problems.push({ path: '.', code: 'evidence.limit', found: say.collections(mostCollections) });
  if (problems.length >= mostProblems) problems.push({ path: '.', code: 'evidence.limit', found: say.gaps(mostProblems) });

  // One object for each snapshot of a root, so that they compare as one.
  const variants = new Map<string, Collection>();
  const collectionOf = (one: Recognised, path: string): Collection => {
    const snapshot = one.snapshots?.get(path);
    if (snapshot === undefined) return one.collection;
    const key = `${snapshot}\n${one.collection.root}`;
    const known = variants.get(key) ?? { ...one.collection, snapshot };
    variants.set(key, known);
    return known;
  };
  for (const one of byRoot.values()) for (const path of one.snapshots?.keys() ?? []) collectionOf(one, path);
  const collections = [...[...byRoot.values()].map(({ collection }) => collection), ...variants.values()];
  return {
    collections: collections.sort((a, b) => byCodeUnit(a.root, b.root) || byCodeUnit(a.snapshot ?? '', b.snapshot ?? '')),
    problems: problems.sort((a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.code, b.code) || byCodeUnit(a.found, b.found)),
    of(path) {
      const one = byRoot.get(path) ?? above(folderOf(path));
      const role: Role = own.has(path) ? 'collector' : 'evidence';
      if (one === undefined) return { collection: null, role, canonicalPath: null, times: null };
      const { root } = one.collection;
      return {
        collection: collectionOf(one, path),
        role: role === 'collector' ? role : (one.roleOf?.(root === '' ? path : path.slice(root.length + 1)) ?? role),
        canonicalPath: one.stood?.get(path) ?? null,
        times: one.times?.get(path) ?? null,
      };
    },
  };
}

/**
 * A record of a collector within a server's own folders was put there by whoever could write to them: it must not say that a page
 * stood elsewhere. What lies in an archive of its own is judged by its place in that.
 */
function standsOnServer({ root, collector, snapshot }: Collection): boolean {
  if (collector === 'mounted-image' || snapshot !== null) return false;
  return root !== '' && place(joined(root, 'x')).canonicalPath !== null && !archiveName.test(root);
}

const archiveName = /\.(?:zip|7z|rar|tar|tgz|gz)$/i;

const shadowName = /^(?:VSS\d{1,4}|.*HarddiskVolumeShadowCopy\d{1,9})$/i;
/** Where collectors put them: above or below a drive, or as a device. Deeper down it is a folder of the server with that name. */
const shadowPlace = /^(?:(?:[A-Z]\/)?(VSS\d{1,4})|uploads\/[^/]+\/[^/]*(HarddiskVolumeShadowCopy\d{1,9}))$/i;

/** Shadow copies have folders of their own below a collection: the same server, at another time. */
function snapshotsIn(listing: Listing, above: (folder: string) => Recognised | undefined): readonly Recognised[] {
  const found: Recognised[] = [];
  for (const folder of [...listing.folders.keys()].filter((path) => shadowName.test(nameOf(path))).sort(byCodeUnit)) {
    const parent = above(folder);
    if (parent === undefined) continue;
    const { root } = parent.collection;
    const toParent = (path: string): string => (root === '' ? path : path.slice(root.length + 1));
    const name = shadowPlace.exec(toParent(folder));
    if (name === null) continue;
    const snapshot = name[1]?.toUpperCase() ?? name[2]!;
    found.push({
      ...parent,
      collection: {
        ...parent.collection,
        root: folder,
        snapshot,
        collectedUtc: null,
        clock: { basis: 'unknown', why: say.notSaid },
      },
      roleOf: (below) => parent.roleOf?.(toParent(`${folder}/${below}`)) ?? null,
      own: [],
      problems: [],
    });
  }
  return found;
}
