/**
 * Where a file stood on its server, told from where it stands now: collectors and people put `C:\…` under folders of their own.
 * The tail decides, never the drive or the language of the folder names before it.
 */

export interface Placement {
  /** `C:\…`, or the known tail alone; null when nothing of the path is known. */
  readonly canonicalPath: string | null;
  /** What stands before it: the folder of one server in one collection, with `/`. */
  readonly root: string;
}

/** `C`, `C:`, `C$`, `C%3A`, and a raw device as a collector writes it (`%5C%5C.%5CC%3A`). */
const drive = /^(?:%5C%5C[.?]%5C)?([A-Za-z])(?:[:$]|%3A)?$/i;
const tops = /^(?:windows|program files(?: \(x86\))?|inetpub|users|programdata|exchangesetuplogs|exchange|exchsrvr)$/i;

/** Beginnings of paths that Exchange and IIS write, longest first. */
const tails: readonly (readonly RegExp[])[] = [
  [/^program files(?: \(x86\))?$/i, /^microsoft$/i, /^exchange server$/i],
  [/^exchange server$/i, /^v1[45]$/i],
  [/^v1[45]$/i, /^(?:logging|transportroles|frontend|clientaccess)$/i],
  [/^windows$/i, /^system32$/i],
  [/^logging$/i, /^(?:httpproxy|ecp|cmdletinfra|ews|mapihttp|oabgeneratorlog|autodiscover|owa|httprequestfiltering)$/i],
  [/^transportroles$/i, /^logs$/i],
  [/^frontend$/i, /^httpproxy$/i],
  [/^httpproxy$/i, /^(?:autodiscover|eas|ecp|ews|mapi|oab|owa|owacalendar|powershell|pushnotifications|rest|rpchttp|rpsoauth)$/i],
  [/^ecp$/i, /^(?:server|activity)$/i],
  [/^inetpub$/i, /^(?:logs|wwwroot)$/i],
  [/^logfiles$/i, /^(?:w3svc\d+|httperr)$/i],
  [/^w3svc\d+$/i],
  [/^winevt$/i, /^logs$/i],
];

export function place(path: string): Placement {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  for (let i = 0; i + 1 < parts.length; i++) {
    const letter = drive.exec(parts[i]!);
    if (letter === null) continue;
    const marked = parts[i]!.length > 1;
    const known = tops.test(parts[i + 1]!) || findTail(parts, i + 1) !== -1;
    if (!marked && !known) continue;
    return { canonicalPath: `${letter[1]!.toUpperCase()}:\\${parts.slice(i + 1).join('\\')}`, root: parts.slice(0, i).join('/') };
  }
  const at = findTail(parts, 0);
  if (at === -1) return { canonicalPath: null, root: parts.slice(0, -1).join('/') };
  return { canonicalPath: parts.slice(at).join('\\'), root: parts.slice(0, at).join('/') };
}

function findTail(parts: readonly string[], from: number): number {
  for (let i = from; i < parts.length; i++) {
    for (const tail of tails) if (tail.every((pattern, offset) => pattern.test(parts[i + offset] ?? ''))) return i;
  }
  return -1;
}
