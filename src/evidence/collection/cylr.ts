/**
 * CyLR: `<HOST>.zip` with the paths of the server without their colon, and its log `CyLR.log` in it or beside it.
 * @see https://github.com/orlikoski/CyLR
 */
import { hostName } from '../../core/host-name.ts';
import { folderOf, Gaps, joined, type Listing, mostCollections, type Recognised, stemOf, type Survey } from './collector.ts';
import { say } from './messages.ts';
import { writtenUtc } from './stamp.ts';

const drive = /^[A-Z]$/i;

export function cylr({ listing, side }: Survey): readonly Recognised[] {
  const found: Recognised[] = [];
  for (const log of listing.named('cylr.log').slice(0, mostCollections)) {
    const root = rootOf(listing, folderOf(log));
    if (root === null) continue;
    const text = side.text(log);
    const gaps = new Gaps(log);
    const collectedUtc = text === null ? null : readLog(text, gaps);
    found.push({
      collection: {
        root,
        collector: 'cylr',
        // The archive has the name of the computer unless another one was asked for.
        host: /\.zip$/i.test(root) ? hostName(stemOf(root)) : null,
        collectedUtc,
        clock: collectedUtc === null ? { basis: 'unknown', why: say.notSaid } : { basis: 'utc', why: say.cylrLog },
        snapshot: null,
      },
      own: [log],
      problems: gaps.list(),
    });
  }
  return found;
}

/** Where the drives stand: with the log, or in the one archive beside it. */
function rootOf(listing: Listing, folder: string): string | null {
  const children = [...(listing.folders.get(folder) ?? [])];
  if (children.some((child) => drive.test(child))) return folder;
  const archives = children
    .filter((child) => /\.zip$/i.test(child))
    .map((child) => joined(folder, child))
    .filter((path) => [...listing.folders.get(path)!].some((child) => drive.test(child)));
  return archives.length === 1 ? archives[0]! : null;
}

/** `2021-03-10T10:11:12 [error] …`, by `DateTime.UtcNow`. */
function readLog(text: string, gaps: Gaps): string | null {
  let last: string | null = null;
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const row = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d) \[([a-z]{4,8})\] (.{0,400})/.exec(text.slice(at, Math.min(end, at + 1024)));
    at = end + 1;
    if (row === null) continue;
    last = writtenUtc(row[1]) ?? last;
    if (/^(?:warn|error|critical)$/.test(row[2]!) && /[A-Za-z]:\\/.test(row[3]!)) gaps.add(row[3]!.trimEnd());
  }
  return last;
}
