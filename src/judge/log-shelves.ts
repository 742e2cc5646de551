/**
 * Where a request would stand in a book if it stood there: the folder of a site, or of one protocol of HttpProxy, of one server. A row is
 * missing only where a log that is here goes over its time; where a file is not here, or ends before, nothing is missing of it.
 */
import { percentDecode } from '../core/text.ts';
import type { Observed } from '../run/index.ts';
import type { Hosts } from './hosts.ts';

/** A folder without any file for so long lacks one. */
export const silentMinutes = 30;
/** At the ends of what is here a request may have been on its way. */
const edgeMs = 2 * 60_000;

/** `inside`: a log that is here goes over this time. `gap`: files before and after are here. `outside`: they begin later or end before. */
export type Standing = 'inside' | 'gap' | 'outside';

export type BookOf = 'front' | 'proxy' | 'back';

interface Shelf {
  readonly host: string | null;
  readonly book: BookOf;
  readonly protocol: string | null;
  /** By time, those that overlap put together. */
  files: { fromMs: number; toMs: number }[];
}

export class Shelves {
  readonly #shelves = new Map<string, Shelf>();

  constructor(observed: Observed, hosts: Hosts) {
    for (const artifact of observed.artifacts) {
      if (artifact.duplicateOf !== null) continue;
      const host = hosts.ofArtifact(artifact.path);
      for (const { books, speaksFor, groups, firstMs, lastMs } of artifact.parts) {
        if (books === undefined || speaksFor !== 'span' || Number.isNaN(firstMs)) continue;
        const file = { fromMs: firstMs, toMs: lastMs };
        if (books.front !== undefined) this.#put(host, 'front', null, file);
        if (books.back !== undefined) this.#put(host, 'back', null, file);
        if (books.proxy === undefined) continue;
        const protocols = new Set(
          (groups.get('Protocol|HttpStatus|BackEndStatus') ?? []).map(({ tuple }) => tuple[0]?.toLowerCase() ?? null),
        );
        for (const protocol of protocols) this.#put(host, 'proxy', protocol, file);
      }
    }
    for (const shelf of this.#shelves.values()) {
      const sorted = shelf.files.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
      shelf.files = [];
      for (const file of sorted) {
        const last = shelf.files.at(-1);
        if (last !== undefined && file.fromMs - last.toMs <= silentMinutes * 60_000) last.toMs = Math.max(last.toMs, file.toMs);
        else shelf.files.push({ ...file });
      }
    }
  }

  #put(host: string | null, book: BookOf, protocol: string | null, file: Shelf['files'][number]): void {
    const key = `${host ?? ''}\u0000${book}\u0000${protocol ?? ''}`;
    const shelf = this.#shelves.get(key) ?? { host, book, protocol, files: [] };
    shelf.files.push(file);
    this.#shelves.set(key, shelf);
  }

  /** @param host undefined: it may be any server's, and all of them have to be here */
  standing(book: BookOf, host: string | null | undefined, path: string | null, timeMs: number): Standing {
    const own = [...this.#shelves.values()].filter((one) => one.book === book && (host === undefined || one.host === host));
    if (own.length === 0) return 'outside';
    const servers = [...new Set(own.map((one) => one.host))];
    const protocol = book === 'proxy' ? protocolOf(path) : null;
    const standings = servers.map((server): Standing => {
      const shelves = own.filter((one) => one.host === server && (protocol === null || one.protocol === protocol));
      return shelves.length === 0 ? 'outside' : shelves.map(({ files }) => inFiles(files, timeMs)).reduce(worse);
    });
    return standings.reduce(worse);
  }
}

const order: readonly Standing[] = ['inside', 'gap', 'outside'];
const worse = (a: Standing, b: Standing): Standing => (order.indexOf(a) >= order.indexOf(b) ? a : b);

function inFiles(files: Shelf['files'], timeMs: number): Standing {
  const [first, last] = [files[0]!, files.at(-1)!];
  if (timeMs < first.fromMs + edgeMs || timeMs > last.toMs - edgeMs) return 'outside';
  return files.some(({ fromMs, toMs }) => fromMs <= timeMs && timeMs <= toMs) ? 'inside' : 'gap';
}

/** First folder of the path → the protocol in whose folder HttpProxy writes it. */
const protocols: ReadonlyMap<string, string> = new Map([
  ['ecp', 'ecp'],
  ['owa', 'owa'],
  ['ews', 'ews'],
  ['microsoft-server-activesync', 'eas'],
  ['autodiscover', 'autodiscover'],
  ['mapi', 'mapi'],
  ['oab', 'oab'],
  ['rpc', 'rpchttp'],
  ['powershell', 'powershell'],
]);

/** null: any of them. */
const protocolOf = (path: string | null): string | null =>
  protocols.get(/^[/\\]+([^/\\?]+)/.exec(percentDecode(path ?? ''))?.[1]?.toLowerCase() ?? '') ?? null;
