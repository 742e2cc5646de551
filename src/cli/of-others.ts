/** What rules, indicators and signatures of others were asked, and what came of it: for the end of the screen and for `run.json`. */
import type { Finding } from '../core/assessment.ts';
import { ofOthersWords } from '../report/index.ts';

export interface AskedOfOthers {
  /** How many ran or were looked for; null: none were named. */
  readonly rules: number | null;
  readonly indicators: number | null;
  readonly signatures: number | null;
  /** Lists of indicators of which nothing is looked for. */
  readonly unusedLists: readonly string[];
}

export function ofOthers(asked: AskedOfOthers, findings: readonly Finding[]): string[] {
  const told = (kind: 'rules' | 'indicators' | 'signatures', prefix: string): string[] => {
    const count = asked[kind];
    if (count === null) return [];
    const own = findings.filter(({ rule }) => rule.startsWith(prefix));
    return [
      ofOthersWords[kind](
        count,
        own.length,
        own.reduce((sum, one) => sum + one.count, 0),
      ),
    ];
  };
  return [
    ...told('rules', 'other/'),
    ...told('indicators', 'indicator/'),
    ...(asked.unusedLists.length === 0 ? [] : [ofOthersWords.unused(asked.unusedLists)]),
    ...told('signatures', 'signature/'),
  ];
}
