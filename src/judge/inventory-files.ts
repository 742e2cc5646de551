/** Files of the web folders as the evidence has them: those that were handed in, and those that a listing names with their hash. */
import { groupBy } from '../core/group.ts';
import { sha256Hex } from '../core/hash.ts';
import type { Hit, HitRow } from '../core/hit.ts';
import { byCodeUnit } from '../core/text.ts';
import { listedRule } from '../detect/index.ts';
import { shippedKinds, shippedPathOf } from '../knowledge/index.ts';
import type { Observed } from '../run/index.ts';
import type { Hosts } from './hosts.ts';

/** A file that its server has, or had when it was listed. */
export interface FileSeen {
  /** As it stood on the server, as far as that is known. */
  readonly path: string;
  /** Below the folder of the installation; null: in a published folder of the web server that Exchange leaves alone. */
  readonly shippedPath: string | null;
  readonly host: string | null;
  readonly artifact: string;
  /** SHA-256; null: nobody says. */
  readonly hash: string | null;
  readonly bytes: number | null;
  readonly onDisk: boolean;
  /** It stood there on an earlier day, of which a shadow copy was handed in. */
  readonly earlier: boolean;
  /** When the folder was copied, as a collector says; NaN: nobody says. */
  readonly copiedMs: number;
  readonly createdUtc: string | null;
  readonly modifiedUtc: string | null;
  readonly attributes: string | null;
  readonly owner: string | null;
  /** The row of it that a reader gave; null: none did. */
  readonly row: HitRow | null;
}

/** Folders of the web server from which anybody gets pages without a name, and in which Exchange has few or none. */
const openFolder =
  /(?:(?:^|\\)inetpub\\wwwroot\\(?:aspnet_client|owa|ecp)\\|(?:^|\\)frontend\\httpproxy\\(?:owa|ecp)\\auth\\|(?:^|\\)frontend\\httpproxy\\oab\\|(?:^|\\)clientaccess\\(?:owa|ecp)\\auth\\|(?:^|\\)inetpub\\wwwroot\\[^\\]+$)/i;
export const isOpenFolder = (path: string): boolean => openFolder.test(path);

/** What the web server runs when somebody asks for it by name. */
export const isServerPage = (path: string): boolean => /\.(?:aspx|ashx|asmx|asp|asa|cer|cdx|soap|cshtml|svc)$/i.test(path);
/** Pages that Windows puts into the root of a web site. */
const windowsOwn = /\\inetpub\\wwwroot\\(?:default|index|iisstart)\.(?:aspx|asp|html?)$/i;

/**
 * By server, path and content, each once: the file itself goes before a listing that names it. Two contents at one path are two files: of
 * another day, or of another server that nobody named; neither speaks for the other.
 */
export function filesSeen(observed: Observed, hosts: Pick<Hosts, 'ofArtifact' | 'ofRow'>): FileSeen[] {
  const rows = groupBy(
    observed.hits.filter(({ rules }) => rules.includes(listedRule)),
    ({ artifact }) => artifact,
  );
  const files = new Map<string, FileSeen>();
  const add = (file: FileSeen): void => {
    const key = `${file.host ?? ''}\u0000${file.path.toLowerCase()}\u0000${file.hash ?? ''}`;
    const known = files.get(key);
    if (known === undefined) files.set(key, file);
    else files.set(key, !known.onDisk && file.onDisk ? told(file, known) : told(known, file));
  };
  for (const artifact of observed.artifacts) {
    const own = rows.get(artifact.path) ?? [];
    if (artifact.role === 'evidence') {
      const path = (artifact.canonicalPath ?? artifact.path).replaceAll('/', '\\');
      const shippedPath = placeOf(path);
      if (shippedPath !== undefined)
        add({
          path,
          shippedPath,
          host: hosts.ofArtifact(artifact.path),
          artifact: artifact.path,
          hash: artifact.sha256,
          bytes: artifact.bytes,
          onDisk: true,
          earlier: (artifact.collection?.snapshot ?? null) !== null,
          copiedMs: Date.parse(artifact.collection?.collectedUtc ?? ''),
          createdUtc: artifact.times?.createdUtc ?? null,
          modifiedUtc: artifact.times?.modifiedUtc ?? null,
          attributes: null,
          owner: null,
          row:
            own.flatMap((hit) => hit.rows).find(({ logSource }) => logSource === 'web-page') ?? rowOfTwin(artifact, path, rows),
        });
    }
    for (const row of own.flatMap((hit) => hit.rows)) if (row.logSource !== 'web-page') addListed(row, hosts, add);
  }
  return [...files].sort(([a], [b]) => byCodeUnit(a, b)).map(([, file]) => file);
}

/** A file and what another source says of the same one: a copy has lost what a listing of the server has, its letters and its owner. */
const told = (file: FileSeen, other: FileSeen): FileSeen => ({
  ...file,
  createdUtc: file.createdUtc ?? other.createdUtc,
  modifiedUtc: file.modifiedUtc ?? other.modifiedUtc,
  attributes: file.attributes ?? other.attributes,
  owner: file.owner ?? other.owner,
  row: file.row ?? other.row,
});

/** What a reader said of the same bytes where they were handed in before, said of this file. */
function rowOfTwin(
  artifact: Observed['artifacts'][number],
  path: string,
  rows: ReadonlyMap<string, readonly Hit[]>,
): HitRow | null {
  const twin = artifact.duplicateOf === null ? [] : (rows.get(artifact.duplicateOf) ?? []).flatMap((hit) => hit.rows);
  const row = twin.find(({ logSource }) => logSource === 'web-page');
  if (row === undefined) return null;
  return {
    ...row,
    artifact: artifact.path,
    rules: [listedRule],
    fields: { ...row.fields, Path: path },
    values: { ...row.values, 'file.path': path },
  };
}

function addListed(row: HitRow, hosts: Pick<Hosts, 'ofRow'>, add: (file: FileSeen) => void): void {
  const path = (row.values['file.path'] ?? '').replaceAll('/', '\\');
  const shippedPath = placeOf(path);
  const hash = (row.values['file.hash'] ?? '').toLowerCase();
  if (shippedPath === undefined || !/^[0-9a-f]{64}$/.test(hash)) return;
  const utc = (text: string | undefined): string | null => (text !== undefined && /^\d{4}-.*Z$/.test(text) ? text : null);
  add({
    path,
    shippedPath,
    host: hosts.ofRow(row),
    artifact: row.artifact,
    hash,
    bytes: null,
    onDisk: false,
    earlier: false,
    copiedMs: Number.NaN,
    createdUtc: utc(row.fields.Created),
    modifiedUtc: utc(row.fields.Modified ?? row.fields.Written),
    attributes: row.fields.Attributes ?? null,
    owner: row.fields.Owner ?? null,
    row,
  });
}

/** undefined: no file that is looked at here. */
function placeOf(path: string): string | null | undefined {
  if (!shippedKinds.test(path) && !isServerPage(path)) return undefined;
  const shippedPath = shippedPathOf(path);
  if (shippedPath !== null) return shippedPath;
  return isServerPage(path) && isOpenFolder(path) && !windowsOwn.test(path) ? null : undefined;
}

/** A hit of a file without a row of its own: what it says is what is known of it. */
export function hitOfFile(file: FileSeen, rule: string, why: readonly string[]): Hit {
  const said = [
    file.path,
    ...(file.bytes === null ? [] : [`${file.bytes} bytes`]),
    ...(file.hash === null ? [] : [`SHA-256 ${file.hash}`]),
    ...(file.createdUtc === null ? [] : [`made ${file.createdUtc}`]),
    ...(file.modifiedUtc === null ? [] : [`written ${file.modifiedUtc}`]),
    ...why,
  ].join(' · ');
  const row: HitRow = file.row ?? {
    artifact: file.artifact,
    offsetBytes: 0,
    line: null,
    recordId: null,
    timeMs: null,
    logSource: 'file',
    fields: { Path: file.path },
    values: { 'file.path': file.path, ...(file.hash === null ? {} : { 'file.hash': file.hash }) },
    rawBase64: '',
    readable: said,
    // Of what is quoted, as of every row: nothing is. The file's own hash stands in what is said of it.
    sha256: sha256Hex(''),
    rules: [],
  };
  const ruled: HitRow = { ...row, rules: [...row.rules.filter((one) => one !== listedRule), rule].sort(byCodeUnit) };
  return {
    artifact: file.artifact,
    rules: ruled.rules,
    key: `${rule}\u0001${file.path}`,
    count: 1,
    firstMs: null,
    lastMs: null,
    answered: { bytes: 0, rows: 0 },
    days: [],
    rows: [ruled],
  };
}
