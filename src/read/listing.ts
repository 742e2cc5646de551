/** What all listings of files have in common: their fields, and one spelling for a path however it was printed. */
import { place } from '../core/canonical-path.ts';
import type { Layout } from '../core/record.ts';
import type { PlainRecord } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

export const listingSource = 'file-listing';

/** Of all listings of files. */
export const listingFields: Readonly<Record<string, FieldFacts>> = {
  Path: by('server', 'file.path'),
  Name: by('server'),
  Bytes: by('server', undefined, { type: 'int' }),
  Modified: by('server'),
  Created: by('server'),
  Attributes: by('server'),
  Owner: by('server'),
  Hash: by('server', 'file.hash'),
  Asked: by('administrator'),
};

const layout: Layout = layoutOf(listingSource, Object.keys(listingFields), listingFields);

export interface Listed {
  readonly path: string;
  readonly bytes?: string;
  readonly modified?: string;
  readonly created?: string;
  readonly attributes?: string;
  readonly owner?: string;
  /** The command that printed the list, where it stands above it. */
  readonly asked?: string;
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** The record of one listed file. Times are as printed; `timeMs` is known only where the listing says its zone. */
export function listedFile({ start, end, number }: Stretch, listed: Listed, timeMs = Number.NaN): PlainRecord {
  const fields = new Map<string, string>([
    ['Path', listed.path],
    ['Name', listed.path.slice(listed.path.lastIndexOf('\\') + 1)],
  ]);
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') fields.set(name, value);
  };
  put('Bytes', listed.bytes);
  put('Modified', listed.modified);
  put('Created', listed.created);
  put('Attributes', listed.attributes);
  put('Owner', listed.owner);
  put('Asked', listed.asked);
  return { start, end, line: number, timeMs, layout, fields };
}

/** A path is not longer than this on any Windows; beyond, the text is none. */
const longestPath = 4096;
const windowsPath = /^(?:\\\\[?.]\\)?([A-Za-z]):[\\/]([^:*?"<>|]*)$/;
const sharePath = /^\\\\[^\\/:*?"<>|\s]{1,64}\\[^:*?"<>|]+$/;
const imagePath = /^(?:\.{0,2}\/|[\w.-]{1,64}\/)[^\\:*?"<>|]+$/;

/**
 * One spelling: `C:\…` with backslashes, single ones also where a copy doubled them; paths of a mounted image by the folder that
 * Windows has (`/mnt/c/inetpub/…`). A share stays a share. null: no path of a Windows disk.
 */
export function windowsPathOf(printed: string): string | null {
  const text = printed.trim().replace(/^"(.*)"$/, '$1');
  if (text.length > longestPath) return null;
  const drive = windowsPath.exec(text);
  if (drive !== null) return `${drive[1]!.toUpperCase()}:${`\\${drive[2]!}`.replaceAll('/', '\\').replace(/\\{2,}/g, '\\')}`;
  if (sharePath.test(text)) return `\\\\${text.slice(2).replace(/\\{2,}/g, '\\')}`;
  return imagePath.test(text) ? (place(text).canonicalPath?.replaceAll('/', '\\') ?? null) : null;
}

/** A folder and a name in it. */
export const joinPath = (folder: string, name: string): string => (folder.endsWith('\\') ? folder + name : `${folder}\\${name}`);
