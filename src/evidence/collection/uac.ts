/**
 * UAC (Unix-like Artifacts Collector): `uac-<host>-<system>-<time>.tar.gz` with `uac.log`, `[root]`, `live_response` and `bodyfile`;
 * and acquire of dissect: `<host>_<time>.tar` with `fs/C:/…` or `$fs$/C:/…`. Of Exchange servers UAC sees only what stands in front of
 * them, or their disks when they are mounted on Linux.
 * @see https://tclahr.github.io/uac-docs/
 * @see https://docs.dissect.tools/en/latest/projects/acquire/
 */
import { byCodeUnit } from '../../core/text.ts';
import { hostName } from '../../core/host-name.ts';
import { folderOf, joined, type Listing, type Recognised, stemOf, type Survey } from './collector.ts';
import { say } from './messages.ts';
import { namedUtc } from './stamp.ts';

const uacName = /^uac-(.{1,80})-(?:aix|android|esxi|freebsd|linux|macos|netbsd|netscaler|openbsd|solaris)-(\d{14})$/i;
const acquireName = /^(.{1,80})_(\d{14})$/;

export function uac({ listing }: Survey): readonly Recognised[] {
  return listing
    .named('uac.log')
    .map((path) => folderOf(path))
    .filter((root) => listing.has(root, '[root]') || listing.has(root, 'live_response'))
    .map((root) => {
      const name = uacName.exec(nameAbove(root));
      const stamp = name === null ? null : namedUtc(name[2]!);
      return {
        collection: {
          root,
          collector: 'uac',
          host: name === null ? null : hostName(name[1]!),
          collectedUtc: null,
          clock:
            stamp === null
              ? { basis: 'unknown', why: say.notSaid }
              : { basis: 'local', why: say.uacName(stamp.slice(0, 19).replace('T', ' ')) },
          snapshot: null,
        },
        roleOf: (below: string) => (/^(?:uac\.log(?:\.stderr)?|uac\.info)$/i.test(below) ? 'collector' : null),
      };
    });
}

/** `.tar.gz` unpacks to a tar inside a gz: the name may stand one higher. */
const nameAbove = (root: string): string =>
  [root, folderOf(root)].map((path) => stemOf(path).replace(/\.tar$/i, '')).find((name) => uacName.test(name)) ?? '';

export function acquire({ listing }: Survey): readonly Recognised[] {
  const found: Recognised[] = [];
  for (const root of [...listing.folders.keys()].sort(byCodeUnit)) {
    const name = acquireName.exec(stemOf(root).replace(/\.tar$/i, ''));
    const disks = name === null ? null : (['fs', '$fs$', 'sysvol'].find((folder) => isVolume(listing, root, folder)) ?? null);
    if (name === null || disks === null) continue;
    const collectedUtc = namedUtc(name[2]!);
    found.push({
      collection: {
        root,
        collector: 'acquire',
        host: hostName(name[1]!),
        collectedUtc,
        clock: collectedUtc === null ? { basis: 'unknown', why: say.notSaid } : { basis: 'utc', why: say.acquireName },
        snapshot: null,
      },
      own: [listing.find(`${joined(folderOf(root), name[0])}.log`)].filter((path) => path !== null),
    });
  }
  return found;
}

const isVolume = (listing: Listing, root: string, name: string): boolean => {
  if (!listing.has(root, name)) return false;
  const children = [...(listing.folders.get(joined(root, name)) ?? [])];
  return children.some((child) => /^(?:[a-z]:|sysvol|windows)$/i.test(child));
};
