/**
 * Where a file stood on its server, told from where it stands now: collectors, archives and people put `C:\…` under folders of their
 * own. The leftmost thing that can only be a server's decides; the language and number of the folders before it do not matter.
 * Names are the intruder's too: decoding happens once, where the collector encoded, and never makes a name that leads elsewhere.
 */
import { percentDecode } from './text.ts';
import { hostName } from './host-name.ts';
import { lastPartOf, partOf, type PathPart, tailAt } from './path-part.ts';

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

const nowhere: Placement = { canonicalPath: null, root: '', snapshot: null, host: null };
/** Windows has no paths this deep; looking for drives in them would only cost time. */
const mostParts = 256;

export function place(path: string): Placement {
  const names = path.split(/[/\\]/).filter((name) => name !== '' && name !== '.');
  if (path.includes('\0') || names.includes('..')) return nowhere;
  const here = { ...nowhere, root: names.slice(0, -1).join('/') };
  if (names.length > mostParts) return here;
  const parts = names.map((name, i) => (i + 1 === names.length ? lastPartOf(name) : partOf(name)));
  // As it is written on a server: by us, by a collector's table, or in an archive that was made there.
  if (parts.length > 1 && !path.includes('/') && (/^[A-Z]:\\/.test(path) || (path[0] !== '\\' && parts[0]!.top)))
    return { ...nowhere, canonicalPath: names.join('\\') };
  let best: Placement | null = null;
  for (let from = 0; from < parts.length;) {
    const { found, end } = placeIn(parts, from);
    // What lies in an archive stood where the archive says; where it says nothing, beside the archive.
    if (found !== null) best = found;
    from = end;
  }
  const host = parts.findLast((part) => part.host !== null)?.host ?? shareHost(path, parts);
  return host === null ? (best ?? here) : { ...(best ?? here), host };
}

/** `\\MAIL01\C$\…` */
const shareHost = (path: string, parts: readonly PathPart[]): string | null =>
  /^[/\\]{2}[^/\\.?]/.test(path) && parts[1]?.markedDrive != null ? hostName(parts[0]!.text) : null;

/** Looks from `from` up to the next archive in the path; `end` is where what lies in that begins. */
function placeIn(whole: readonly PathPart[], from: number): { readonly found: Placement | null; readonly end: number } {
  const outer = endOf(whole, from, whole.length - 1);
  const raw = from === 0 && outer === whole.length ? whole : whole.slice(from, outer);
  const at = decodeFrom(raw);
  const stored = at !== -1 && whole.slice(0, from + at).some(({ text }) => /^[CF]\.[0-9A-Za-z]+$/.test(text));
  const decoded = at === -1 ? raw : [...raw.slice(0, at), ...raw.slice(at).map((part) => decodeName(part, stored))];
  const end = Math.min(outer, from + endOf(decoded, 0, outer === whole.length ? decoded.length - 1 : decoded.length));
  const parts = end - from === decoded.length ? decoded : decoded.slice(0, end - from);
  const mark = markOf(parts, at, end < whole.length);
  if (mark === null) return { found: null, end };
  const below = [...mark.instead, ...namesOf(parts, mark.below), ...namesOf(whole, end)];
  const canonicalPath = `${mark.letter === null ? '' : `${mark.letter}:\\`}${below.join('\\')}`;
  return { found: { canonicalPath, root: rootOf(whole, from + mark.at), snapshot: mark.snapshot, host: null }, end };
}

const namesOf = (parts: readonly PathPart[], from: number): string[] => parts.slice(from).map(({ text }) => text);

/** After the first archive from `from` on and before `to`: the last part of a path is a file, whatever its name. */
function endOf(parts: readonly PathPart[], from: number, to: number): number {
  for (let i = from; i < to; i++) if (parts[i]!.archive) return i + 1;
  return parts.length;
}

/** Where a collector's percent codes begin; -1: nowhere. A server can have a folder `uploads` too: what stands above it tells. */
function decodeFrom(parts: readonly PathPart[]): number {
  if (!parts.some(({ lower, encodedDrive, device }) => lower === 'uploads' || encodedDrive !== null || device)) return -1;
  const letters = letterDrives(parts);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.encodedDrive !== null || (part.device && part.text.includes('%'))) return i;
    if (part.lower === 'uploads' && parts[i + 1]?.accessor === true && i + 2 < parts.length) return i + 2;
    if (part.colonDrive !== null || part.markedDrive !== null || letters.has(i) || tailAt(parts, i)) return -1;
  }
  return -1;
}

/** One name, decoded once; as it was where that would lead elsewhere. */
function decodeName(part: PathPart, stored: boolean): PathPart {
  const once = percentDecode(part.text);
  // The store of the collector's server appends `_` to names that end as its own files do.
  const name = stored ? once.replace(/(\.db|_)_$/i, '$1') : once;
  if (name === part.text || name === '' || name === '.' || name === '..') return part;
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return /[/\\\u0000-\u001f]|^[A-Za-z]:$/.test(name) ? part : lastPartOf(name);
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
function markOf(parts: readonly PathPart[], decodedFrom: number, isArchive: boolean): Mark | null {
  // No name on a server holds a colon, so that the last of several drives is the one that was collected.
  for (let i = parts.length - 2; i >= 0; i--) {
    const drive = parts[i]!.colonDrive ?? (i === decodedFrom ? parts[i]!.encodedDrive : null);
    if (drive !== null) return driveMark(parts, i, drive);
  }
  const letters = letterDrives(parts);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const last = i + 1 === parts.length;
    if (part.label !== null && (!last || isArchive))
      return { at: i, below: i + 1, letter: null, instead: part.label, snapshot: null };
    if (last) break;
    if (part.markedDrive !== null) return driveMark(parts, i, part.markedDrive);
    if (letters.has(i) || (i === decodedFrom && part.letter)) return driveMark(parts, i, part.text);
    const begins = (part.shadow !== null && (part.device || isTop(parts, i + 1))) || (part.volume && parts[i + 1]!.top);
    const mark = begins ? volumeMark(parts, i, part.shadow) : null;
    if (mark !== null) return mark;
    if (tailAt(parts, i)) return { at: i, below: i, letter: null, instead: [], snapshot: null };
  }
  return null;
}

/**
 * Letters alone that are drives: a server's folder follows at once, or (from C on) further down with no other drive before it. In one
 * pass from the right, so that a path of nothing but letters costs no more than any other.
 */
function letterDrives(parts: readonly PathPart[]): ReadonlySet<number> {
  if (!parts.some((part) => part.letter)) return noLetters;
  const drives = new Set<number>();
  let ahead: 'drive' | 'tail' | null = null;
  for (let i = parts.length - 2; i >= 0; i--) {
    const part = parts[i]!;
    if (part.letter) {
      const floppy = part.lower === 'a' || part.lower === 'b';
      const next = parts[i + 1]!;
      const strong = floppy ? next.top : isTop(parts, i + 1) || (next.shadowFolder && isTop(parts, i + 2));
      if (strong || (!floppy && ahead === 'tail')) drives.add(i);
      if (strong) ahead = 'drive';
    } else if (part.colonDrive !== null || part.markedDrive !== null || part.encodedDrive !== null) ahead = 'drive';
    else if (part.label !== null || tailAt(parts, i)) ahead = 'tail';
  }
  return drives;
}

const noLetters: ReadonlySet<number> = new Set();

const isTop = (parts: readonly PathPart[], i: number): boolean => parts[i]?.top === true || tailAt(parts, i);

function driveMark(parts: readonly PathPart[], i: number, drive: string): Mark {
  const inside = parts[i + 1]?.shadowFolder === true && isTop(parts, i + 2) ? parts[i + 1]!.shadow : null;
  const before = parts[i - 1]?.shadow ?? null;
  return { at: i, below: inside === null ? i + 1 : i + 2, letter: drive.toUpperCase(), instead: [], snapshot: inside ?? before };
}

/** A volume without a letter: what can be known of it is its folders. */
function volumeMark(parts: readonly PathPart[], i: number, snapshot: string | null): Mark | null {
  for (let j = i + 1; j < parts.length - 1; j++) {
    if ((j === i + 1 && parts[j]!.top) || tailAt(parts, j)) return { at: i, below: j, letter: null, instead: [], snapshot };
  }
  return null;
}

/** Folders that a collector puts between the server and its drive say nothing of the server. */
function rootOf(parts: readonly PathPart[], at: number): string {
  let end = at;
  for (; end > 0; end--) {
    const last = parts[end - 1]!;
    if (last.volume || last.shadow !== null || last.text === '?' || last.lower === 'globalroot' || last.lower === 'device')
      continue;
    if (end > 1 && last.accessor && parts[end - 2]!.lower === 'uploads') end--;
    else break;
  }
  return parts
    .slice(0, end)
    .map(({ text }) => text)
    .join('/');
}
