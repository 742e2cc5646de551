/**
 * Files that are known to be good: which file of which content belongs to which build. Texts in one form, ours and those that a user
 * makes of a clean installation. Kept as columns of numbers over the text: 3,400 files of 131 builds are loaded in a few milliseconds.
 *
 * The form, line by line: `afterpatch.baseline/1`; `source …`; `builds …`, which begins a stretch of its own; `set n a b-c`, which names
 * builds of the stretch by their number; `folder …`; then per file its name, a tab, and `hash:set` for each of its contents.
 */
import { compareBuilds } from '../core/build.ts';
import { byCodeUnit } from '../core/text.ts';
import { buildShape, KnowledgeError } from './lines.ts';

export const baselineMark = 'afterpatch.baseline/1';

/** Kinds of files that are compared: pages, and what pages are made of. */
export const shippedKinds = /\.(?:aspx|ascx|asmx|ashx|asax|svc|master|config|html?|skin|browser)$/i;

export interface ShippedFile {
  /** Below the folder of the installation, lower case, with backslashes. */
  readonly path: string;
  /** Builds, as positions in {@link Shipped.builds}. */
  readonly builds: ReadonlySet<number>;
}

export interface Shipped {
  /** Ascending. */
  readonly builds: readonly string[];
  /** Where these bytes are shipped; empty: nowhere that we know. */
  ofHash(sha256: string): readonly ShippedFile[];
  /** Whether these bytes are known by lists of the user's own alone. */
  byOwnAlone(sha256: string): boolean;
  /** The contents that a path is shipped with: hash → builds; null: no build ships it. */
  atPath(path: string): ReadonlyMap<string, ReadonlySet<number>> | null;
  /** Names that a folder is shipped with, in any build. */
  namesIn(folder: string): readonly string[];
  /** Paths that a build ships. */
  pathsOf(build: number): readonly string[];
  /** Who says so. */
  readonly sources: readonly string[];
}

/** Below the folder of the installation; null: not in the folders that are compared. Folders that are named after a build are one. */
export function shippedPathOf(path: string): string | null {
  const lower = path.replaceAll('/', '\\').toLowerCase();
  const found = /(?:^|\\)(?:clientaccess|frontend\\(?:httpproxy|callrouter|popimap|routingupdates))\\/.exec(lower);
  if (found === null) return null;
  const tail = lower.slice(found.index).replace(/^\\/, '');
  return tail.replace(/\\1[45]\.\d{1,2}\.\d{1,5}(?:\.\d{1,5})?(?=\\)/g, '\\version');
}

interface Entry {
  readonly path: string;
  readonly hash: string;
  readonly builds: ReadonlySet<number>;
}

/** @throws KnowledgeError at the first line that is wrong */
export function loadShipped(files: readonly { readonly path: string; readonly text: string; readonly own?: boolean }[]): Shipped {
  const sources: string[] = [];
  const stretches = files.flatMap((file) => stretchesOf(file, sources).map((one) => ({ ...one, own: file.own === true })));
  const published = new Set<string>();
  const builds = [...new Set(stretches.flatMap((stretch) => stretch.builds))].sort(compareBuilds);
  const position = new Map(builds.map((build, index) => [build, index]));
  const byHash = new Map<string, Entry[]>();
  const byPath = new Map<string, Map<string, ReadonlySet<number>>>();
  const inFolder = new Map<string, string[]>();
  for (const { builds: own, files: found, own: ofUser } of stretches) {
    // Most files of a stretch share a set: it is made once.
    const known = new Map<readonly number[], ReadonlySet<number>>();
    for (const { path, hash, set } of found) {
      if (!ofUser) published.add(hash);
      let now = known.get(set);
      if (now === undefined) known.set(set, (now = new Set(set.map((index) => position.get(own[index]!)!))));
      const contents = byPath.get(path) ?? new Map<string, ReadonlySet<number>>();
      const before = contents.get(hash);
      const all = before === undefined ? now : new Set([...before, ...now]);
      if (!byPath.has(path)) {
        byPath.set(path, contents);
        const cut = path.lastIndexOf('\\');
        const names = inFolder.get(path.slice(0, cut));
        if (names === undefined) inFolder.set(path.slice(0, cut), [path.slice(cut + 1)]);
        else names.push(path.slice(cut + 1));
      }
      contents.set(hash, all);
      const entries = byHash.get(hash);
      const entry = { path, hash, builds: all };
      if (entries === undefined) byHash.set(hash, [entry]);
      else {
        const same = entries.findIndex((one) => one.path === path);
        if (same === -1) entries.push(entry);
        else entries[same] = entry;
      }
    }
  }
  return {
    builds,
    sources,
    byOwnAlone: (sha256) => byHash.has(sha256.toLowerCase()) && !published.has(sha256.toLowerCase()),
    ofHash: (sha256) => byHash.get(sha256.toLowerCase()) ?? [],
    atPath: (path) => byPath.get(path) ?? null,
    namesIn: (folder) => inFolder.get(folder) ?? [],
    pathsOf: (build) =>
      [...byPath]
        .filter(([, contents]) => [...contents.values()].some((set) => set.has(build)))
        .map(([path]) => path)
        .sort(byCodeUnit),
  };
}

interface Stretch {
  readonly builds: readonly string[];
  readonly files: { readonly path: string; readonly hash: string; readonly set: readonly number[] }[];
}

function stretchesOf({ path: file, text }: { readonly path: string; readonly text: string }, sources: string[]): Stretch[] {
  const stretches: Stretch[] = [];
  let sets = new Map<string, readonly number[]>();
  let folder = '';
  let marked = false;
  let next = 0;
  for (const raw of text.split('\n')) {
    const offset = next;
    next += raw.length + 1;
    const line = raw.replace(/^\uFEFF/, '').replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) continue;
    const wrong = (what: string, how: string): KnowledgeError =>
      new KnowledgeError('knowledge.invalid', what, how, file, text, offset);
    if (line === baselineMark) {
      marked = true;
      continue;
    }
    if (!marked) throw wrong(`the file does not begin with \`${baselineMark}\``, 'make it with `afterpatch baseline add`');
    const now = stretches.at(-1);
    const tab = line.indexOf('\t');
    if (tab === -1) {
      const [word, ...rest] = line.split(' ');
      if (word === 'source') sources.push(rest.join(' '));
      else if (word === 'builds') {
        if (rest.length === 0 || !rest.every((build) => buildShape.test(build)))
          throw wrong('this names no builds', 'four numbers');
        stretches.push({ builds: rest, files: [] });
        sets = new Map();
      } else if (word === 'set' && now !== undefined) {
        const numbers = rest.slice(1).flatMap((range) => numbersOf(range, now.builds.length));
        if (numbers.length === 0 || numbers.includes(-1))
          throw wrong('a set names builds by their numbers', 'such as `set 0 0 2-4`');
        sets.set(rest[0]!, numbers);
      } else if (word === 'folder' && now !== undefined) folder = rest.join(' ');
      else throw wrong('no line of a list of known files looks like this', 'leave it out');
      continue;
    }
    if (now === undefined) throw wrong('files stand before the builds that they are of', 'put `builds` first');
    const path = `${folder}\\${line.slice(0, tab)}`;
    for (const one of line.slice(tab + 1).split('\t')) {
      const set = sets.get(one.slice(65));
      if (one[64] !== ':' || set === undefined || !hashShape.test(one.slice(0, 64)))
        throw wrong('a file has a hash and a set', '64 hex digits in lower case, a colon, the number of the set');
      now.files.push({ path, hash: one.slice(0, 64), set });
    }
  }
  return stretches;
}

const hashShape = /^[0-9a-f]{64}$/;

function numbersOf(range: string, most: number): number[] {
  const found = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range);
  if (found === null) return [-1];
  const from = Number(found[1]);
  const to = Number(found[2] ?? found[1]);
  if (to < from || to >= most) return [-1];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export interface KnownFile {
  readonly path: string;
  readonly sha256: string;
}

/** The text of a list of one build, as {@link loadShipped} reads it. `path`: as {@link shippedPathOf} gives it. */
export function writeBaseline(build: string, source: string, files: readonly KnownFile[]): string {
  const folders = new Map<string, Map<string, string>>();
  for (const { path, sha256 } of files) {
    const cut = path.lastIndexOf('\\');
    const own = folders.get(path.slice(0, cut)) ?? new Map<string, string>();
    folders.set(path.slice(0, cut), own);
    own.set(path.slice(cut + 1), sha256.toLowerCase());
  }
  const lines = [baselineMark, `source ${source}`, `builds ${build}`, 'set 0 0'];
  for (const [folder, names] of [...folders].sort(([a], [b]) => byCodeUnit(a, b))) {
    lines.push(`folder ${folder}`);
    for (const [name, hash] of [...names].sort(([a], [b]) => byCodeUnit(a, b))) lines.push(`${name}\t${hash}:0`);
  }
  return `${lines.join('\n')}\n`;
}
