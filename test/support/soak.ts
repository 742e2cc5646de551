/** Long forms of tests: `npm run soak` runs them, the ordinary run has shorter ones and says so. */
export const soak = process.env['AFTERPATCH_SOAK'] === '1';

/** All of them in the long form; else those that `inShort` picks, with a line about the rest. */
export function shortened<T>(what: string, all: readonly T[], inShort: (one: T) => boolean): T[] {
  const chosen = all.filter((one) => soak || inShort(one));
  if (chosen.length < all.length) console.info(`${all.length - chosen.length} of ${all.length} ${what} only in \`npm run soak\``);
  return chosen;
}
