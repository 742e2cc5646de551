/** What every collector's module is told, and what it tells. */
import type { Collection, FileTimes, Role } from '../../core/collection.ts';
import type { ProblemCode } from '../../core/problem.ts';
import { byCodeUnit } from '../../core/text.ts';
import { say } from './messages.ts';
import type { SideFiles } from './side-file.ts';

export interface HandedIn {
  /** Relative to what was handed in, with `/`; entries of archives stand below the archive's path. */
  readonly path: string;
  readonly bytes: number;
}

export interface CollectionProblem {
  readonly path: string;
  readonly code: ProblemCode;
  readonly found: string;
}

/** One collection with what its own records say of single files. Maps are by path. */
export interface Recognised {
  readonly collection: Collection;
  /** The collector's own records that {@link roleOf} does not know, also beside the root. */
  readonly own?: readonly string[];
  /** What a file below the root is; null: evidence. */
  readonly roleOf?: (below: string) => Role | null;
  /** Where files stood that do not stand there in the collection. */
  readonly stood?: ReadonlyMap<string, string>;
  readonly times?: ReadonlyMap<string, FileTimes>;
  /** Files of the same root that come from a shadow copy. */
  readonly snapshots?: ReadonlyMap<string, string>;
  readonly problems?: readonly CollectionProblem[];
}

export interface Survey {
  readonly listing: Listing;
  readonly side: SideFiles;
}

export type Recogniser = (survey: Survey) => readonly Recognised[];

/** Collections beyond this are not told apart: nobody has so many, and an intruder must not make them. */
export const mostCollections = 10_000;
const mostGaps = 200;

/** Names of files that some collector is known by; only these are kept by name. */
const telling =
  /^(?:client_info\.json|collection_context\.json|requests\.json|uploads\.json|metadata\.json|data\.zip|cylr\.log|getthis\.csv|uac\.log|pagefile\.sys|hiberfil\.sys|bootmgr|\$boot|\$logfile|\d{4}-\d\d-\d\dT[\d_]{6,20}_(?:copylog|skiplog|consolelog)(?:\.[a-z]{2,4}){0,2}|exchangelogcollector.{0,60}\.(?:log|txt)|.{1,120}_\d{14}\.log)$/i;

/** Read besides those above, where one of them stands. */
const alsoRead =
  /^(?:log\.json|Windows\.(?:KapeFiles|Triage)\.Targets%2FAll (?:File|Matches) Metadata\.json|All (?:File|Matches) Metadata\.json)$/i;

/** Whether a file of this name may be asked for: an archive that can only be read forward keeps its beginning. */
export const mayBeRecord = (path: string): boolean => telling.test(nameOf(path)) || alsoRead.test(nameOf(path));

/** The hand-over as folders, and the files that collectors are known by. */
export class Listing {
  readonly sizes = new Map<string, number>();
  /** Folder → names of the folders in it; archives that were opened are folders. '' is the top. */
  readonly folders = new Map<string, Set<string>>([['', new Set()]]);
  /** Lower-case name → paths. */
  readonly #named = new Map<string, string[]>();
  #byLowerCase: Map<string, string> | null = null;

  constructor(files: readonly HandedIn[]) {
    for (const { path, bytes } of files) {
      this.sizes.set(path, bytes);
      let at = path.lastIndexOf('/');
      const name = path.slice(at + 1);
      if (telling.test(name)) {
        const key = name.toLowerCase();
        const paths = this.#named.get(key);
        if (paths === undefined) this.#named.set(key, [path]);
        else paths.push(path);
      }
      // Up to the first folder that is known already.
      for (let child: string | null = null; ; at = path.lastIndexOf('/', at - 1)) {
        const folder = at <= 0 ? '' : path.slice(0, at);
        const known = this.folders.get(folder);
        const children = known ?? new Set<string>();
        if (known === undefined) this.folders.set(folder, children);
        if (child !== null) children.add(child);
        if (known !== undefined || folder === '') break;
        child = folder.slice(folder.lastIndexOf('/') + 1);
      }
    }
  }

  /** Paths of files with this name, in any case; sorted. */
  named(name: string): readonly string[] {
    return (this.#named.get(name) ?? []).toSorted(byCodeUnit);
  }

  /** Names among those that collectors are known by. */
  names(pattern: RegExp): readonly string[] {
    return [...this.#named.entries()]
      .filter(([name]) => pattern.test(name))
      .flatMap(([, paths]) => paths)
      .toSorted(byCodeUnit);
  }

  /** The path as it is spelled here; Windows does not tell cases apart. */
  find(path: string): string | null {
    if (this.sizes.has(path)) return path;
    this.#byLowerCase ??= new Map([...this.sizes.keys()].map((key) => [key.toLowerCase(), key]));
    return this.#byLowerCase.get(path.toLowerCase()) ?? null;
  }

  has(folder: string, name: string): boolean {
    const wanted = name.toLowerCase();
    const children = this.folders.get(folder);
    if (children === undefined) return false;
    if (children.has(name)) return true;
    for (const child of children) if (child.toLowerCase() === wanted) return true;
    return false;
  }
}

export const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
export const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
/** Name of a folder or archive, without what says that it is one. */
export const stemOf = (path: string): string => nameOf(path).replace(/\.(?:zip|7z|rar|tar|tgz|tar\.gz|gz)$/i, '');

/** Gaps that one record tells of, the first of them by name. */
export class Gaps {
  readonly #path: string;
  readonly #found: string[] = [];
  #more = 0;

  constructor(path: string) {
    this.#path = path;
  }

  add(what: string): void {
    if (this.#found.length < mostGaps) this.#found.push(what.length > 400 ? `${what.slice(0, 400)}…` : what);
    else this.#more++;
  }

  list(): CollectionProblem[] {
    const found = this.#more === 0 ? this.#found : [...this.#found, say.more(this.#more)];
    return found.map((text) => ({ path: this.#path, code: 'evidence.collector_skipped', found: text }));
  }
}
