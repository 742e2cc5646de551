/**
 * Velociraptor: archives of its offline collector (`Collection-<HOST>-<time>.zip`), downloads of flows, and folders of its server. Files
 * stand below `uploads/<accessor>/`, with percent codes in their names; records about them beside that.
 * @see https://docs.velociraptor.app/docs/deployment/offline_collections/
 * @see https://github.com/Velocidex/velociraptor/blob/master/reporting/container.go
 */
import type { Collection, FileTimes, Role } from '../../core/collection.ts';
import { byCodeUnit } from '../../core/text.ts';
import { place } from '../../core/canonical-path.ts';
import { hostName } from '../../core/host-name.ts';
import {
  type CollectionProblem,
  folderOf,
  Gaps,
  joined,
  type Listing,
  mostCollections,
  type Recognised,
  stemOf,
  type Survey,
} from './collector.ts';
import { say } from './messages.ts';
import { jsonObject, jsonRows, listOf, numberOf, objectOf, type SideFiles, textOf } from './side-file.ts';
import { epochUtc, namedUtc, writtenUtc } from './stamp.ts';

const own =
  /^(?:client_info\.json|collection_context\.json|requests\.json|metadata\.json|(?:uploads|logs?)\.(?:json|csv)(?:\.index)?|results\/[^/]+\.index)$/i;
/** Results that only list what was copied. */
const fileLists =
  /^(?:Windows\.KapeFiles\.Targets|Windows\.Triage\.Targets)(?:%2F|\/)(?:All File Metadata|All Matches Metadata|Uploads)\.json$/i;
const drive = /^(?:%5C%5C(?:\.|%3F|\?)%5C)?[A-Za-z](?:%3A|:)?$|GLOBALROOT/i;
const containerName = /^Collection-(.{1,80})-(\d{4}-\d\d-\d\dT\d\d_\d\d_\d\dZ?)/i;

export function velociraptor({ listing, side }: Survey): readonly Recognised[] {
  const roots = new Set<string>();
  for (const name of ['client_info.json', 'collection_context.json', 'uploads.json'])
    for (const path of listing.named(name)) if (isRoot(listing, folderOf(path))) roots.add(folderOf(path));
  for (const [folder, children] of listing.folders) if (children.has('uploads') && hasUploads(listing, folder)) roots.add(folder);
  const placed = new Placed(listing, roots);
  const open = [...roots].sort(byCodeUnit).slice(0, mostCollections);
  return [...open.map((root) => readCollection(listing, side, root, placed)), ...protectedOnes(listing, side, roots)];
}

/** A web application can have `uploads` and an `uploads.json`; none has a drive in them, or two of these records. */
function isRoot(listing: Listing, root: string): boolean {
  if (hasUploads(listing, root)) return true;
  const records = ['client_info.json', 'collection_context.json', 'requests.json', 'uploads.json'].filter(
    (name) => listing.find(joined(root, name)) !== null,
  );
  return records.length > 1 && records.some((name) => name.startsWith('c'));
}

function hasUploads(listing: Listing, root: string): boolean {
  const uploads = joined(root, 'uploads');
  for (const accessor of listing.folders.get(uploads) ?? []) {
    for (const name of listing.folders.get(joined(uploads, accessor)) ?? []) if (drive.test(name)) return true;
  }
  return false;
}

/** Where the files of each collection stood: asked for by the lists of times, made in one pass for all of them. */
class Placed {
  readonly #listing: Listing;
  readonly #roots: ReadonlySet<string>;
  #byRoot: Map<string, Map<string, string>> | null = null;

  constructor(listing: Listing, roots: ReadonlySet<string>) {
    this.#listing = listing;
    this.#roots = roots;
  }

  find(root: string, canonicalPath: string): string | undefined {
    this.#byRoot ??= this.#make();
    return this.#byRoot.get(root)?.get(canonicalPath.toLowerCase());
  }

  #make(): Map<string, Map<string, string>> {
    const byRoot = new Map<string, Map<string, string>>([...this.#roots].map((root) => [root, new Map<string, string>()]));
    for (const path of this.#listing.sizes.keys()) {
      const at = `/${path}`.lastIndexOf('/uploads/');
      const places = at === -1 ? undefined : byRoot.get(path.slice(0, Math.max(0, at - 1)));
      const stands = places === undefined ? null : place(path);
      if (stands?.canonicalPath != null && stands.snapshot === null) places!.set(stands.canonicalPath.toLowerCase(), path);
    }
    return byRoot;
  }
}

function readCollection(listing: Listing, side: SideFiles, root: string, placed: Placed): Recognised {
  const stood = new Map<string, string>();
  const times = new Map<string, FileTimes>();
  const problems: CollectionProblem[] = [];
  const read = (name: string): string | null => {
    const path = listing.find(joined(root, name));
    return path === null ? null : side.text(path);
  };
  const name = [root, folderOf(root)].map((path) => containerName.exec(stemOf(path))).find((match) => match !== null);
  const uploads = read('uploads.json');
  if (uploads !== null) problems.push(...readUploads(uploads, listing, root, stood));
  const log = read('log.json');
  if (log !== null) problems.push(...readLog(log, joined(root, 'log.json')));
  for (const path of fileListsOf(listing, root)) {
    const text = side.text(path);
    if (text !== null) readTimes(text, placed, root, times);
  }
  const beside = [listing.find(`${root}.log`), listing.find(joined(folderOf(root), `${stemOf(root)}.log`))];
  return {
    collection: {
      root,
      collector: 'velociraptor',
      host: hostOf(read('client_info.json')) ?? (name === undefined ? null : hostName(name[1]!)) ?? place(`${root}/x`).host,
      ...timeOf(read('collection_context.json'), name?.[2] ?? null),
      snapshot: null,
    },
    own: root === '' || name === undefined ? [] : beside.filter((path) => path !== null),
    roleOf: (below): Role | null => {
      const results = /^results\/(.+)$/i.exec(below);
      if (results !== null) return fileLists.test(results[1]!) || /\.index$/i.test(below) ? 'collector' : null;
      // Ranges of a sparse file, beside it.
      if (/^uploads\/.+\.idx$/i.test(below) && listing.sizes.has(joined(root, below.slice(0, -4)))) return 'collector';
      return own.test(below) ? 'collector' : null;
    },
    stood,
    times,
    problems,
  };
}

/** `{"hostname": …}` of a client, `{"Hostname": …}` of the offline collector, `{"os_info": {"hostname": …}}` of the server's store. */
function hostOf(text: string | null): string | null {
  const info = text === null ? null : jsonObject(text);
  if (info === null || textOf(info, 'client_id') === 'server') return null;
  const system = objectOf(info, 'os_info') ?? info;
  return hostName(textOf(system, 'Hostname', 'hostname', 'Fqdn', 'fqdn') ?? '');
}

function timeOf(context: string | null, stamp: string | null): Pick<Collection, 'collectedUtc' | 'clock'> {
  const row = context === null ? null : jsonObject(context);
  const said =
    row === null ? null : (epochUtc(numberOf(row, 'active_time')) ?? epochUtc(numberOf(row, 'start_time', 'create_time')));
  if (said !== null) return { collectedUtc: said, clock: { basis: 'utc', why: say.velociraptorContext } };
  const named = stamp === null ? null : namedUtc(stamp);
  if (named !== null) return { collectedUtc: named, clock: { basis: 'utc', why: say.velociraptorName } };
  return { collectedUtc: null, clock: { basis: 'unknown', why: say.notSaid } };
}

/** Characters that are escaped in names of the archive. @see utils/sanitize.go */
const stored = (component: string): string =>
  component
    .replace(/[\u0000-\u001f?"*:|<>%/\\]/g, percent) // oxlint-disable-line no-control-regex -- what cannot stand in a name
    .replace(/^[. ]|[. ]$/g, percent);
const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** One row for each file: where it stood (`vfs_path`), where it is (`_Components`), and how much of it. */
function readUploads(text: string, listing: Listing, root: string, stood: Map<string, string>): CollectionProblem[] {
  const table = listing.find(joined(root, 'uploads.json'))!;
  const gaps = new Gaps(table);
  const sparse = new Set<string>();
  const short: { readonly key: string; readonly what: string }[] = [];
  for (const row of jsonRows(text)) {
    const components = listOf(row, '_Components').filter((item) => typeof item === 'string');
    const key = components.map((component) => stored(component)).join('/');
    if (textOf(row, 'Type') === 'idx') {
      sparse.add(key);
      continue;
    }
    const vfs = textOf(row, 'vfs_path') ?? components.slice(2).join('\\');
    const bytes = numberOf(row, 'file_size');
    const here = numberOf(row, 'uploaded_size');
    const error = textOf(row, 'Error', 'error');
    if (error !== null) gaps.add(`${vfs}: ${error}`);
    else if (bytes !== null && here !== null && here < bytes) short.push({ key, what: `${vfs}: ${say.stored(here, bytes)}` });
    const path = key === '' ? null : listing.find(joined(root, key));
    if (path === null || !/^(?:\\\\[.?]\\)?[A-Za-z]:[\\/]/.test(vfs)) continue;
    const { canonicalPath } = place(vfs.replaceAll('/', '\\'));
    if (canonicalPath !== null && canonicalPath !== place(path).canonicalPath) stood.set(path, canonicalPath);
  }
  // What a sparse file leaves out was never there.
  for (const { key, what } of short) if (!sparse.has(key)) gaps.add(what);
  return gaps.list();
}

function readLog(text: string, path: string): CollectionProblem[] {
  const gaps = new Gaps(path);
  for (const row of jsonRows(text)) {
    const message = textOf(row, 'message', 'Message') ?? '';
    if (/^error$/i.test(textOf(row, 'level', 'Level') ?? '') && /[A-Za-z]:[\\/]/.test(message)) gaps.add(message.trim());
  }
  return gaps.list();
}

function* fileListsOf(listing: Listing, root: string): Generator<string> {
  for (const target of ['Windows.KapeFiles.Targets', 'Windows.Triage.Targets']) {
    for (const list of ['All File Metadata', 'All Matches Metadata']) {
      for (const between of ['%2F', '/']) {
        const path = listing.find(joined(root, `results/${target}${between}${list}.json`));
        if (path !== null) yield path;
      }
    }
  }
}

function readTimes(text: string, placed: Placed, root: string, times: Map<string, FileTimes>): void {
  for (const row of jsonRows(text)) {
    const source = place((textOf(row, 'SourceFile') ?? '').replaceAll('/', '\\')).canonicalPath;
    const path = source === null ? undefined : placed.find(root, source);
    if (path === undefined) continue;
    times.set(path, { modifiedUtc: writtenUtc(textOf(row, 'Modified')), createdUtc: writtenUtc(textOf(row, 'Created')) });
  }
}

/** An outer archive with nothing but `metadata.json` and `data.zip`: what it collected is in the inner one, encrypted. */
function protectedOnes(listing: Listing, side: SideFiles, open: ReadonlySet<string>): Recognised[] {
  const found: Recognised[] = [];
  for (const data of listing.named('data.zip').slice(0, mostCollections)) {
    const root = folderOf(data);
    const metadata = listing.find(joined(root, 'metadata.json'));
    if (metadata === null || open.has(root)) continue;
    const text = side.text(metadata);
    const name = containerName.exec(stemOf(root));
    const row = text === null ? null : jsonObject(text);
    const scheme = row === null ? null : textOf(row, 'Scheme', 'scheme');
    const isOne = name !== null || (row !== null && textOf(row, 'EncryptedPass') !== null);
    if (!isOne) continue;
    found.push({
      collection: {
        root,
        collector: 'velociraptor',
        host: name === null ? null : hostName(name[1]!),
        ...timeOf(null, name?.[2] ?? null),
        snapshot: null,
      },
      own: [metadata],
      problems:
        open.has(data) || listing.folders.has(data)
          ? []
          : [{ path: data, code: 'archive.encrypted', found: protection(row, scheme) }],
    });
  }
  return found;
}

const protection = (row: ReturnType<typeof jsonObject>, scheme: string | null): string =>
  row !== null && textOf(row, 'EncryptedPass') !== null && !/^password$/i.test(scheme ?? '')
    ? say.protectedFor(scheme?.slice(0, 20) ?? 'X509')
    : say.protectedByPassword;
