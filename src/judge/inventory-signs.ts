/** What of a file disagrees with the files beside it: its name, its times, its attributes, its owner. Each is a reason to look, no proof. */
import { groupBy } from '../core/group.ts';
import { oneDayMs } from '../core/time.ts';
import type { Shipped } from '../knowledge/index.ts';
import type { FileSeen } from './inventory-files.ts';
import { inventorySentences as say } from './inventory-messages.ts';
import { sayDay } from './messages.ts';

interface Neighbours {
  /** Latest day on which a shipped file of the folder was made; NaN: nobody says. */
  readonly lastMadeMs: number;
  /** Time of writing → name. */
  readonly written: ReadonlyMap<string, string>;
  /** The one owner of all; null: several, or nobody says. */
  readonly owner: string | null;
}

const folderOf = ({ host, path }: FileSeen): string =>
  `${host ?? ''}\u0000${path.slice(0, path.lastIndexOf('\\')).toLowerCase()}`;

/** Shipped files by their folder. */
export function neighbours(files: readonly FileSeen[]): (file: FileSeen) => Neighbours | null {
  const byFolder = new Map(
    [...groupBy(files, folderOf)].map(([folder, own]): [string, Neighbours] => {
      const made = own.map(({ createdUtc }) => Date.parse(createdUtc ?? '')).filter((ms) => !Number.isNaN(ms));
      const owners = new Set(own.map(({ owner }) => owner));
      const written = new Map<string, string>();
      for (const { path, modifiedUtc } of own)
        if (modifiedUtc !== null && !written.has(modifiedUtc)) written.set(modifiedUtc, path.slice(path.lastIndexOf('\\') + 1));
      return [
        folder,
        {
          lastMadeMs: made.length === 0 ? Number.NaN : made.reduce((a, b) => Math.max(a, b)),
          written,
          owner: owners.size === 1 && own.length > 1 ? [...owners][0]! : null,
        },
      ];
    }),
  );
  return (file) => byFolder.get(folderOf(file)) ?? null;
}

export function oddTimes(file: FileSeen, beside: (file: FileSeen) => Neighbours | null): string[] {
  const others = beside(file);
  const madeMs = Date.parse(file.createdUtc ?? '');
  if (others === null || Number.isNaN(madeMs) || Number.isNaN(others.lastMadeMs)) return [];
  if (madeMs <= others.lastMadeMs + oneDayMs) return [];
  const lender = file.modifiedUtc === null ? undefined : others.written.get(file.modifiedUtc);
  return [
    say.madeLater(sayDay(madeMs), sayDay(others.lastMadeMs)),
    ...(lender === undefined ? [] : [say.borrowedTime(sayDay(Date.parse(file.modifiedUtc!)), lender)]),
  ];
}

export function hiddenBy(file: FileSeen, beside: (file: FileSeen) => Neighbours | null): string[] {
  const owner = beside(file)?.owner ?? null;
  const letters = file.attributes ?? '';
  const hidden = /hidden|system/i.test(letters) || /^[-darhsli]*[hs][-darhsli]*$/i.test(letters);
  return [
    ...(hidden ? [say.hidden(letters)] : []),
    ...(owner !== null && file.owner !== null && owner !== file.owner ? [say.owner(file.owner, owner)] : []),
  ];
}

/** Letters that the eye takes for each other: digits, Cyrillic and Greek ones. */
const same: Readonly<Record<string, string>> = {
  '0': 'o', '1': 'l', i: 'l', '5': 's', '3': 'e', '\u0430': 'a', '\u0435': 'e', '\u043E': 'o', '\u0440': 'p', '\u0441': 'c', '\u0445': 'x',
  '\u0456': 'l', '\u03BF': 'o', '\u03B1': 'a',
}; // prettier-ignore

const longestName = 64;

/** The name of a shipped file of the same folder that this one passes for; null: none. */
export function alikeName({ shippedPath, path }: FileSeen, shipped: Shipped): string | null {
  if (shippedPath === null) return null;
  const cut = shippedPath.lastIndexOf('\\');
  const name = path.slice(path.lastIndexOf('\\') + 1).toLowerCase();
  if (name.length > longestName) return null;
  const plain = (text: string): string => text.replace(/[^a-hj-z]/g, (letter) => same[letter] ?? letter);
  const stem = (text: string): string => text.replace(/\.[^.]*$/, '');
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const other of shipped.namesIn(shippedPath.slice(0, cut))) {
    if (other.length > longestName) continue;
    const distance = distanceOf(plain(stem(name)), plain(stem(other)));
    // A seventh of the name: three letters of `redirsuiteserviceproxy`, one of `logon`.
    if (distance <= Math.max(1, Math.floor(stem(other).length / 7)) && (best === null || distance < best.distance))
      best = { name: other, distance };
  }
  return best?.name ?? null;
}

/** Letters to be put in, taken out or changed. Both are short. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
