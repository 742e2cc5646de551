/** What lists of indicators hold: how many of each type are looked for, what was left out, and why. */
import { type IndicatorSet, type LeftOut, indicatorKinds, leftOutCodes } from '../rules/index.ts';
import { visible } from '../core/visible.ts';
import { indicatorWords } from './of-others-words.ts';

export interface IndicatorsChecked {
  readonly files: number;
  readonly indicators: number;
  /** Mentions of a value that stands in a list already. */
  readonly repeated: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly leftOut: readonly LeftOut[];
  /** Files of which nothing is looked for. */
  readonly unused: readonly string[];
}

export function indicatorsChecked(set: IndicatorSet): IndicatorsChecked {
  const counts = set.counts();
  return {
    files: set.files,
    indicators: set.size,
    repeated: set.repeated,
    counts: Object.fromEntries(indicatorKinds.flatMap((kind) => (counts[kind] === undefined ? [] : [[kind, counts[kind]]]))),
    leftOut: set.leftOut(),
    unused: set.unused(),
  };
}

/** Lines of one reason; beyond they are counted together. */
const shownPlaces = 12;

export function renderIndicatorsChecked({ files, indicators, repeated, counts, leftOut, unused }: IndicatorsChecked): string {
  const say = indicatorWords;
  const lines = [say.summary(files, indicators, repeated)];
  for (const [kind, count] of Object.entries(counts)) lines.push(`  ${String(count).padStart(9)}  ${kind}`);
  const byCode = new Map<string, LeftOut[]>();
  for (const one of leftOut) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  const total = (list: readonly LeftOut[]): number => list.reduce((sum, { count }) => sum + count, 0);
  if (leftOut.length > 0) lines.push('', say.leftOut(total(leftOut)));
  for (const [code, list] of [...byCode].sort((a, b) => total(b[1]) - total(a[1]) || (a[0] < b[0] ? -1 : 1))) {
    lines.push(`  ${String(total(list)).padStart(9)}  ${code}: ${leftOutCodes[code as keyof typeof leftOutCodes]}`);
    for (const { what, file, at, also, value, count } of list.slice(0, shownPlaces))
      lines.push(
        `             ${file}${at === '' ? '' : `, ${at}`}${say.alsoAt(also)}${what === '' ? '' : `: ${what}`}${count === 1 ? '' : ` (${count})`}${value === '' ? '' : `  ${value.slice(0, 60)}`}`,
      );
    if (list.length > shownPlaces) lines.push(`             ${say.morePlaces(list.length - shownPlaces)}`);
  }
  if (unused.length > 0) lines.push('', ...unused.slice(0, shownPlaces).map((file) => say.unused(file)));
  if (unused.length > shownPlaces) lines.push(say.unusedMore(unused.length - shownPlaces));
  return `${lines.map((line) => visible(line, ['<', '>'])).join('\n')}\n`;
}
