/** Build numbers of Exchange: four whole numbers, compared part by part, never as text and never as fractions. */

const dot = 0x2e;

/** Part by part as numbers: 15.1.2176.9 comes before 15.1.2176.12. Called for every pair of a build and a fix: it makes nothing new. */
export function compareBuilds(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    let [left, right] = [0, 0];
    for (; i < a.length && a.charCodeAt(i) !== dot; i++) left = left * 10 + a.charCodeAt(i) - 48;
    for (; j < b.length && b.charCodeAt(j) !== dot; j++) right = right * 10 + b.charCodeAt(j) - 48;
    if (left !== right) return left < right ? -1 : 1;
    i++;
    j++;
  }
  return 0;
}

/** `15.01.2106.002` → `15.1.2106.2`; null: not four numbers that a build of Exchange could have. */
export function plainBuild(text: string): string | null {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{1,5})\.(\d{1,5})$/.exec(text.trim());
  return match === null ? null : match.slice(1).map(Number).join('.');
}

/** Products whose builds and holes are known, as they are called in short. */
export const products = ['2010', '2013', '2016', '2019', 'SE'] as const;
export type Product = (typeof products)[number];

/** First third part of Exchange SE, which goes on with 15.2: a comparison by numbers alone would take it for a patched 2019. */
const firstOfSe = 2562;

export function productOf(build: string): Product | null {
  const [major, minor, third] = build.split('.').map(Number);
  if (major === 14) return '2010';
  if (major !== 15) return null;
  if (minor === 0) return '2013';
  if (minor === 1) return '2016';
  return minor === 2 ? ((third ?? 0) >= firstOfSe ? 'SE' : '2019') : null;
}

/**
 * What a build has in common with the others of its CU: the third part. Of Exchange 2010 it is the service pack, whose rollups
 * count the third part up.
 */
export function cuKey(build: string): string {
  const parts = build.split('.');
  return parts.slice(0, parts[0] === '14' ? 2 : 3).join('.');
}
