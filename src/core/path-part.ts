/** What one name in a path can be. Folders come back in path after path: what was found of them is kept. */
import { hostName } from './host-name.ts';
import { labelledFolder } from './log-collector-labels.ts';

export interface PathPart {
  readonly text: string;
  readonly lower: string;
  /** `C:`. No name on a server holds a colon: this can only be a drive. */
  readonly colonDrive: string | null;
  /** `C%3A`, and a raw device as a collector writes it (`%5C%5C.%5CC%3A`). */
  readonly encodedDrive: string | null;
  /** `C$`, `[C]`: drives, unless they stand deeper in a server's own path. */
  readonly markedDrive: string | null;
  readonly letter: boolean;
  /** Name of a shadow copy. */
  readonly shadow: string | null;
  /** It is named as the device is: nothing but a shadow copy has such a name. */
  readonly device: boolean;
  /** A folder of shadow copies, as KAPE and shares name them. */
  readonly shadowFolder: boolean;
  /** A folder that mounting programs put where a volume begins. */
  readonly volume: boolean;
  /** A folder that stands at the top of a server's drive. */
  readonly top: boolean;
  /** Of Velociraptor, below `uploads`. */
  readonly accessor: boolean;
  readonly archive: boolean;
  /** What a label of ExchangeLogCollector stands for. */
  readonly label: readonly string[] | null;
  /** Names that make a known beginning of a path when they follow. */
  readonly tails: readonly (readonly string[])[];
  /** A server's name in a name that only a collector gives. */
  readonly host: string | null;
}

const encodedDrive = /^(?:%5C%5C(?:[.?]|%3F)%5C)?([A-Za-z])%3A$/i;
const markedDrive = /^(?:([A-Za-z])\$|\[([A-Za-z])\])$/;
const device =
  /^(?:(?:%5C%5C|\\\\)(?:[.?]|%3F)(?:%5C|\\))?(?:GLOBALROOT(?:%5C|\\)Device(?:%5C|\\))?HarddiskVolumeShadowCopy(\d{1,9})$/i;
const shadowFolder = /^(?:VSS\d{1,4}|@GMT-\d{4}\.\d\d\.\d\d-\d\d\.\d\d\.\d\d)$/i;
const volume =
  /^(?:\[root\]|\$fs\$|fs|sysvol|(?:vol|volume|part|partition|p)[ _-]?\d{1,3}|NONAME \[NTFS\]|Basic data partition.{0,40})$/i;
const archive = /\.(?:zip|7z|rar|tar|tgz|gz|tbz2?|bz2|xz|cab)$/i;
const words = (text: string): ReadonlySet<string> => new Set(text.split('|'));
const tops = words(
  'windows|windows.old|program files|program files (x86)|inetpub|users|programdata|exchangesetuplogs|exchange|exchsrvr|$mft|$extend|$recycle.bin|system volume information|resources',
);
const accessors = words('auto|ntfs|lazy_ntfs|raw_ntfs|ntfs_vss|vss|file|raw_file|fs|mft|sparse|windows');

/** Beginnings of paths that Exchange, IIS and Windows write: a folder, and those of which one has to follow. */
const known: Readonly<Record<string, string>> = {
  'windows.old': 'windows|program files|program files (x86)|inetpub|users|programdata',
  'program files': 'microsoft/exchange server',
  'program files (x86)': 'microsoft/exchange server',
  'exchange server': 'v14|v15',
  v14: 'logging|transportroles|frontend|clientaccess',
  v15: 'logging|transportroles|frontend|clientaccess',
  windows: 'system32|syswow64|temp|microsoft.net',
  logging:
    'httpproxy|ecp|cmdletinfra|ews|mapihttp|oabgeneratorlog|oabgeneratorsimplelog|autodiscover|owa|httprequestfiltering|addriver|monitoring|mapi addressbook service|mitigationservice|rpc client access|rpchttp|cosmosqueue|localqueue',
  transportroles: 'logs',
  frontend: 'httpproxy',
  httpproxy: 'autodiscover|eas|ecp|ews|mapi|oab|owa|owacalendar|powershell|pushnotifications|rest|rpchttp|rpsoauth',
  ecp: 'server|activity',
  inetpub: 'logs|wwwroot|temp|history',
  logfiles: 'w3svc#|httperr',
  winevt: 'logs',
};
const tailsOf = new Map(Object.entries(known).map(([first, next]) => [first, next.split('|').map((names) => names.split('/'))]));
const site = /^w3svc\d{1,9}$/;
const none: readonly (readonly string[])[] = [];
const alone: readonly (readonly string[])[] = [[]];

const hostPatterns: readonly RegExp[] = [
  /^Collection-([A-Za-z0-9._-]{1,80})-\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d/i,
  /^([A-Za-z0-9._-]{1,80})-C\.[0-9a-f]{16}-[FH]\.[A-Z0-9]{8,20}(?:\.|$)/i,
  /^(?:DFIR-)?ORC_(?:Server|WorkStation|DomainController)_([A-Za-z0-9._-]{1,80}?)(?:_[A-Za-z0-9]+)?(?:_\d{8}_\d{6})?\.(?:7z|zip)$/i,
];

function hostOf(text: string): string | null {
  for (const pattern of hostPatterns) {
    const host = pattern.exec(text)?.[1];
    if (host !== undefined) return hostName(host);
  }
  return null;
}

function look(text: string): PathPart {
  const lower = text.toLowerCase();
  const marked = markedDrive.exec(text);
  const shadow = device.exec(text);
  const inShadowFolder = shadowFolder.test(text);
  return {
    text,
    lower,
    colonDrive: text.length === 2 && /^[A-Za-z]:$/.test(text) ? text[0]! : null,
    encodedDrive: encodedDrive.exec(text)?.[1] ?? null,
    markedDrive: marked === null ? null : (marked[1] ?? marked[2])!,
    letter: text.length === 1 && /[A-Za-z]/.test(text),
    shadow: inShadowFolder ? text.toUpperCase() : shadow === null ? null : `HarddiskVolumeShadowCopy${shadow[1]!}`,
    device: shadow !== null,
    shadowFolder: inShadowFolder,
    volume: volume.test(text),
    top: tops.has(lower),
    accessor: accessors.has(lower),
    archive: archive.test(text),
    label: labelledFolder(text),
    tails: site.test(lower) ? alone : (tailsOf.get(lower) ?? none),
    host: hostOf(text),
  };
}

/** Whether a known beginning of a path begins at `i`. */
export function tailAt(parts: readonly PathPart[], i: number): boolean {
  for (const tail of parts[i]?.tails ?? none) {
    let fits = true;
    for (let k = 0; k < tail.length && fits; k++) {
      const lower = parts[i + 1 + k]?.lower;
      fits = lower !== undefined && (lower === tail[k] || (tail[k] === 'w3svc#' && site.test(lower)));
    }
    if (fits) return true;
  }
  return false;
}

const kept = new Map<string, PathPart>();
const mostKept = 20_000;

/** Pure: what is kept saves time and changes nothing. */
export function partOf(text: string): PathPart {
  const before = kept.get(text);
  if (before !== undefined) return before;
  const part = look(text);
  if (text.length <= 64) {
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, part);
  }
  return part;
}

/** The name of a file, which hardly ever comes back. */
export const lastPartOf = (text: string): PathPart => kept.get(text) ?? look(text);
