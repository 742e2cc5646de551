/** What a folder of rules of others holds: how many run, on which logs, and why the others do not. */
import { visible } from '../core/visible.ts';
import { byCodeUnit } from '../core/text.ts';
import { ruleCodes, type RuleSet, type Unrun, wordsOf } from '../rules/index.ts';
import { rulesWords } from './of-others-words.ts';

export interface RulesChecked {
  readonly files: number;
  /** Rules, correlations and filters that were read. */
  readonly documents: number;
  readonly runs: number;
  readonly correlations: number;
  readonly filters: number;
  /** Rules that run, by the log that they are about. */
  readonly logs: Readonly<Record<string, number>>;
  /** Rules that cannot run. */
  readonly cannotRun: number;
  /** Nothing is wrong with them; by code and word. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly unrun: readonly Unrun[];
}

const isSkipped = ({ code }: Unrun): boolean => ruleCodes[code].kind === 'skipped';

export function rulesChecked({ rules, correlations, unrun, documents, filters }: RuleSet, files: number): RulesChecked {
  const logs: Record<string, number> = {};
  for (const { source } of rules) logs[wordsOf(source)] = (logs[wordsOf(source)] ?? 0) + 1;
  const skipped: Record<string, number> = {};
  for (const one of unrun.filter(isSkipped)) {
    const reason = `${one.code}: ${one.what}`;
    skipped[reason] = (skipped[reason] ?? 0) + 1;
  }
  const sorted = (counts: Record<string, number>): Record<string, number> =>
    Object.fromEntries(Object.entries(counts).sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)));
  return {
    files,
    documents,
    runs: rules.length,
    correlations: correlations.length,
    filters,
    logs: sorted(logs),
    cannotRun: unrun.filter((one) => !isSkipped(one)).length,
    skipped: sorted(skipped),
    unrun,
  };
}

const safe = (text: string): string => visible(text, ['<', '>']);

/** @param all name those too with which nothing is wrong */
export function renderRulesChecked(checked: RulesChecked, all: boolean): string {
  const lines: string[] = [];
  for (const one of checked.unrun) {
    if (isSkipped(one)) {
      if (all) lines.push(`${one.file}:${one.line}: ${one.code}: ${one.what}`);
      continue;
    }
    const excerpt = one.message?.split('\n').slice(1) ?? [];
    lines.push(`${one.file}:${one.line}:${one.column}: ${one.code}: ${one.what}`, ...excerpt);
    if (one.fix !== '') lines.push(`      ${one.fix}`);
  }
  if (lines.length > 0) lines.push('');
  lines.push(rulesWords.summary(checked.files, checked.documents, checked.runs, checked.cannotRun));
  lines.push(...reasonLines(checked.unrun));
  return `${lines.map(safe).join('\n')}\n`;
}

const counted = (words: readonly string[]): [word: string, count: number][] => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, left], [b, right]) => right - left || byCodeUnit(a, b));
};

/** Products and logs that are named of those that rules are skipped for. */
const namedLimit = 6;

/** Why rules do not run: a line for each code with its number and what most of them are about; those of errors first. */
export function reasonLines(unrun: readonly Unrun[]): string[] {
  const lines: { readonly skipped: boolean; readonly line: string }[] = [];
  for (const [code, count] of counted(unrun.map((one) => one.code))) {
    const { kind, says } = ruleCodes[code as Unrun['code']];
    const abouts = counted(unrun.flatMap((one) => (one.code === code && one.about !== null ? [one.about] : [])));
    const shown = abouts.slice(0, namedLimit).map(([word, number]) => `${word} ${number}`);
    const words = abouts.length > namedLimit ? [...shown, rulesWords.andMore(abouts.length - namedLimit)] : shown;
    const skipped = kind === 'skipped';
    lines.push({ skipped, line: rulesWords.reason(count, code, words.length === 0 ? says : words.join(', ')) });
  }
  return lines.sort((a, b) => Number(a.skipped) - Number(b.skipped)).map(({ line }) => line);
}
