/**
 * Where a file stood on its server, told from where it stands now: collectors, archives and people put `C:\…` under folders of their
 * own. The leftmost thing that can only be a server's decides; the language and number of the folders before it do not matter.
 * Names are the intruder's too: decoding happens once, where the collector encoded, and never makes a name that leads elsewhere.
 */
import { percentDecode } from './text.ts';
import { hostName } from './host-name.ts';
import { labelledFolder } from './log-collector-labels.ts';

export interface Placement {
  /** `C:\…`, or the known tail alone; null when nothing of the path is known. */
  readonly canonicalPath: string | null;
  /** What stands before it: the folder of one server in one collection, with `/`. */
  readonly root: string;
  /** The shadow copy it was taken from (`VSS1`, `HarddiskVolumeShadowCopy1`); null: the live disk, or nothing says. */
  readonly snapshot: string | null;
  /** A server's name where the path can mean nothing else: `\\MAIL01\C$`, `Collection-MAIL01-2021-03-10T10_11_12Z`. */
  readonly host: string | null;
}

/** `C:`, and a raw device as a collector writes it (`%5C%5C.%5CC%3A`). No name on a server holds a colon: this can only be a drive. */
const colonDrive = /^([A-Za-z]):$/;
const encodedDrive = /^(?:%5C%5C(?:[.?]|%3F)%5C)?([A-Za-z])%3A$/i;
/** `C$`, `[C]`: drives, unless they stand deeper in a server's own path. */
const markedDrive = /^(?:([A-Za-z])\$|\[([A-Za-z])\])$/;
const letter = /^[A-Za-z]$/;
const shadowDevice =
  /^(?:(?:%5C%5C|\\\\)(?:[.?]|%3F)(?:%5C|\\))?(?:GLOBALROOT(?:%5C|\\)Device(?:%5C|\\))?(HarddiskVolumeShadowCopy)(\d{1,9})$/i;
const shadowFolder = /^(?:VSS\d{1,4}|@GMT-\d{4}\.\d\d\.\d\d-\d\d\.\d\d\.\d\d)$/i;
/** Folders that mounting programs put where a volume begins. */
const volume =
  /^(?:\[root\]|\$fs\$|fs|sysvol|(?:vol|volume|part|partition|p)[ _-]?\d{1,3}|NONAME \[NTFS\]|Basic data partition.{0,40})$/i;
const tops =
  /^(?:windows(?:\.old)?|program files(?: \(x86\))?|inetpub|users|programdata|exchangesetuplogs|exchange|exchsrvr|\$mft|\$extend|\$recycle\.bin|system volume information|resources)$/i;
const accessors = /^(?:auto|ntfs|lazy_ntfs|raw_ntfs|ntfs_vss|vss|file|raw_file|fs|mft|sparse|windows)$/i;
const archive = /\.(?:zip|7z|rar|tar|tgz|gz|tar\.gz|tbz2?|bz2|xz|cab)$/i;

/** Beginnings of paths that Exchange, IIS and Windows write, longest first. */
const tails: readonly (readonly RegExp[])[] = [
  [/^windows\.old$/i, /^(?:windows|program files(?: \(x86\))?|inetpub|users|programdata)$/i],
  [/^program files(?: \(x86\))?$/i, /^microsoft$/i, /^exchange server$/i],
  [/^exchange server$/i, /^v1[45]$/i],
  [/^v1[45]$/i, /^(?:logging|transportroles|frontend|clientaccess)$/i],
  [/^windows$/i, /^(?:system32|syswow64|temp|microsoft\.net)$/i],
  [
    /^logging$/i,
    /^(?:httpproxy|ecp|cmdletinfra|ews|mapihttp|oabgenerator(?:simple)?log|autodiscover|owa|httprequestfiltering|addriver|monitoring|mapi addressbook service|mitigationservice|rpc client access|rpchttp|cosmosqueue|localqueue)$/i,
  ],
  [/^transportroles$/i, /^logs$/i],
  [/^frontend$/i, /^httpproxy$/i],
  [/^httpproxy$/i, /^(?:autodiscover|eas|ecp|ews|mapi|oab|owa|owacalendar|powershell|pushnotifications|rest|rpchttp|rpsoauth)$/i],
  [/^ecp$/i, /^(?:server|activity)$/i],
  [/^inetpub$/i, /^(?:logs|wwwroot|temp|history)$/i],
  [/^logfiles$/i, /^(?:w3svc\d+|httperr)$/i],
  [/^w3svc\d+$/i],
  [/^winevt$/i, /^logs$/i],
];

const nowhere: Placement = { canonicalPath: null, root: '', snapshot: null, host: null };
/** Windows has no paths this deep; looking for drives in them would only cost time. */
const mostParts = 256;

export function place(path: string): Placement {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  if (parts.some((part) => part === '..' || part.includes('\0'))) return nowhere;
  // As it is written on a server: by us, by a collector's table, or in an archive that was made there.
  if (parts.length > 1 && !path.includes('/') && (/^[A-Z]:\\/.test(path) || (/^[^\\]+\\/.test(path) && tops.test(parts[0]!))))
    return { ...nowhere, canonicalPath: parts.join('\\') };
  const unc = /^[/\\]{2}[^/\\.?]/.test(path) && markedDrive.test(parts[1] ?? '') ? hostName(parts[0]!) : null;
  let best: Placement | null = null;
  for (let from = 0; from < parts.length && parts.length <= mostParts;) {
    const { found, end } = placeIn(parts, from);
    // What lies in an archive stood where the archive says; where it says nothing, beside the archive.
    if (found !== null) best = found;
    from = end;
  }
  best ??= { ...nowhere, root: parts.slice(0, -1).join('/') };
  return { ...best, host: hostIn(parts) ?? unc };
}

/** Looks from `from` up to the next archive in the path; `end` is where what lies in that begins. */
function placeIn(whole: readonly string[], from: number): { readonly found: Placement | null; readonly end: number } {
  const outer = endOf(whole, from, whole.length - 1);
  const raw = whole.slice(from, outer);
  const at = decodeFrom(raw);
  const stored = at !== -1 && whole.slice(0, from + at).some((part) => /^[CF]\.[0-9A-Za-z]+$/.test(part));
  const decoded = at === -1 ? raw : [...raw.slice(0, at), ...raw.slice(at).map((part) => decodeName(part, stored))];
  const end = Math.min(outer, from + endOf(decoded, 0, outer === whole.length ? decoded.length - 1 : decoded.length));
  const parts = decoded.slice(0, end - from);
  const mark = markOf(parts, at, end < whole.length);
  if (mark === null) return { found: null, end };
  const below = [...mark.instead, ...parts.slice(mark.below), ...whole.slice(end)];
  const canonicalPath = `${mark.letter === null ? '' : `${mark.letter}:\\`}${below.join('\\')}`;
  return { found: { ...nowhere, canonicalPath, root: trimRoot(whole.slice(0, from + mark.at)), snapshot: mark.snapshot }, end };
}

/** After the first archive from `from` on and before `to`: the last part of a path is a file, whatever its name. */
function endOf(parts: readonly string[], from: number, to: number): number {
  for (let i = from; i < to; i++) if (archive.test(parts[i]!)) return i + 1;
  return parts.length;
}

/** Where a collector's percent codes begin; -1: nowhere. A server can have a folder `uploads` too: what stands above it tells. */
function decodeFrom(parts: readonly string[]): number {
  const letters = letterDrives(parts);
  for (let i = 0; i < parts.length; i++) {
    if (encodedDrive.test(parts[i]!) || (shadowDevice.test(parts[i]!) && parts[i]!.includes('%'))) return i;
    if (/^uploads$/i.test(parts[i]!) && accessors.test(parts[i + 1] ?? '') && i + 2 < parts.length) return i + 2;
    if (colonDrive.test(parts[i]!) || markedDrive.test(parts[i]!)) return -1;
    if (letters.has(i) || tailAt(parts, i)) return -1;
  }
  return -1;
}

/** One name, decoded once; as it was where that would lead elsewhere. */
function decodeName(part: string, stored: boolean): string {
  const once = percentDecode(part);
  // The store of the collector's server appends `_` to names that end as its own files do.
  const name = stored ? once.replace(/(\.db|_)_$/i, '$1') : once;
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return name === '' || name === '.' || name === '..' || /[/\\\u0000-\u001f]/.test(name) || colonDrive.test(name) ? part : name;
}

interface Mark {
  /** Where the server's own path begins, with its drive. */
  readonly at: number;
  /** Where it goes on below the drive. */
  readonly below: number;
  readonly letter: string | null;
  /** Parts that stand for what was skipped. */
  readonly instead: readonly string[];
  readonly snapshot: string | null;
}

/** `decodedFrom`: where percent codes begin, and with them a drive; `isArchive`: the last of the parts is one that was opened. */
function markOf(parts: readonly string[], decodedFrom: number, isArchive: boolean): Mark | null {
  // No name on a server holds a colon, so that the last of several drives is the one that was collected.
  for (let i = parts.length - 2; i >= 0; i--) {
    const drive = colonDrive.exec(parts[i]!) ?? (i === decodedFrom ? encodedDrive.exec(parts[i]!) : null);
    if (drive !== null) return driveMark(parts, i, drive[1]!);
  }
  const letters = letterDrives(parts);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const instead = i + 1 < parts.length || isArchive ? labelledFolder(part) : null;
    if (instead !== null) return { at: i, below: i + 1, letter: null, instead, snapshot: null };
    if (i + 1 === parts.length) break;
    const marked = markedDrive.exec(part);
    if (marked !== null) return driveMark(parts, i, (marked[1] ?? marked[2])!);
    if (letters.has(i) || (i === decodedFrom && letter.test(part))) return driveMark(parts, i, part);
    const shadow = shadowName(part);
    const mark =
      (shadow !== null && (shadowDevice.test(part) || isTop(parts, i + 1))) || (volume.test(part) && tops.test(parts[i + 1]!))
        ? volumeMark(parts, i, shadow)
        : null;
    if (mark !== null) return mark;
    if (tailAt(parts, i)) return { at: i, below: i, letter: null, instead: [], snapshot: null };
  }
  return null;
}

/**
 * Letters alone that are drives: a server's folder follows at once, or (from C on) further down with no other drive before it. In one
 * pass from the right, so that a path of nothing but letters costs no more than any other.
 */
function letterDrives(parts: readonly string[]): ReadonlySet<number> {
  const drives = new Set<number>();
  let ahead: 'drive' | 'tail' | null = null;
  for (let i = parts.length - 2; i >= 0; i--) {
    const part = parts[i]!;
    if (letter.test(part)) {
      const floppy = /[ab]/i.test(part);
      const strong = floppy
        ? tops.test(parts[i + 1]!)
        : isTop(parts, i + 1) || (shadowFolder.test(parts[i + 1]!) && isTop(parts, i + 2));
      if (strong || (!floppy && ahead === 'tail')) drives.add(i);
      if (strong) ahead = 'drive';
    } else if (colonDrive.test(part) || markedDrive.test(part) || encodedDrive.test(part)) ahead = 'drive';
    else if (tailAt(parts, i) || labelledFolder(part) !== null) ahead = 'tail';
  }
  return drives;
}

const isTop = (parts: readonly string[], i: number): boolean => tops.test(parts[i] ?? '') || tailAt(parts, i);

function tailAt(parts: readonly string[], i: number): boolean {
  return tails.some((tail) => tail.every((pattern, offset) => pattern.test(parts[i + offset] ?? '')));
}

function driveMark(parts: readonly string[], i: number, drive: string): Mark {
  const inside = shadowFolder.test(parts[i + 1] ?? '') && isTop(parts, i + 2) ? shadowName(parts[i + 1]!) : null;
  const before = i > 0 ? shadowName(parts[i - 1]!) : null;
  return { at: i, below: inside === null ? i + 1 : i + 2, letter: drive.toUpperCase(), instead: [], snapshot: inside ?? before };
}

/** A volume without a letter: what can be known of it is its folders. */
function volumeMark(parts: readonly string[], i: number, snapshot: string | null): Mark | null {
  for (let j = i + 1; j < parts.length - 1; j++) {
    if (j === i + 1 ? tops.test(parts[j]!) || tailAt(parts, j) : tailAt(parts, j))
      return { at: i, below: j, letter: null, instead: [], snapshot };
  }
  return null;
}

function shadowName(part: string): string | null {
  if (shadowFolder.test(part)) return part.toUpperCase();
  const device = shadowDevice.exec(part);
  return device === null ? null : `HarddiskVolumeShadowCopy${device[2]!}`;
}

/** Folders that a collector puts between the server and its drive say nothing of the server. */
function trimRoot(parts: readonly string[]): string {
  let end = parts.length;
  for (; end > 0; end--) {
    const last = parts[end - 1]!;
    if (volume.test(last) || shadowName(last) !== null || /^(?:\?|GLOBALROOT|Device)$/i.test(last)) continue;
    if (end > 1 && accessors.test(last) && /^uploads$/i.test(parts[end - 2]!)) {
      end--;
      continue;
    }
    break;
  }
  return parts.slice(0, end).join('/');
}

/** Names that only a collector gives, and that hold the server's. */
const hostPatterns: readonly RegExp[] = [
  /^Collection-([A-Za-z0-9._-]{1,80})-\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d/i,
  /^([A-Za-z0-9._-]{1,80})-C\.[0-9a-f]{16}-[FH]\.[A-Z0-9]{8,20}(?:\.|$)/i,
  /^(?:DFIR-)?ORC_(?:Server|WorkStation|DomainController)_([A-Za-z0-9._-]{1,80}?)(?:_[A-Za-z0-9]+)?(?:_\d{8}_\d{6})?\.(?:7z|zip)$/i,
];

function hostIn(parts: readonly string[]): string | null {
  for (let i = parts.length - 1; i >= 0; i--) {
    for (const pattern of hostPatterns) {
      const host = pattern.exec(parts[i]!)?.[1];
      if (host !== undefined) return hostName(host);
    }
  }
  return null;
}
