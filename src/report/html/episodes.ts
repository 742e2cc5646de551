/** Findings in the order of time, those of one person in one second, or of the same kind one after another, as one. */
import type { Finding } from '../../core/assessment.ts';
import { byCodeUnit } from '../../core/text.ts';
import { inOrderOfProof } from '../answers.ts';
import { msOf } from '../clock.ts';
import type { Page } from './context.ts';

export interface Episode {
  readonly who: string;
  readonly findings: readonly Finding[];
  /** The finding that tells most of it: the gravest, of those the surest. */
  readonly telling: Finding;
}

const earliestFirst = (a: Finding, b: Finding): number =>
  byCodeUnit(a.timeUtc ?? '~', b.timeUtc ?? '~') || byCodeUnit(a.id, b.id);

function tellingOf(findings: readonly Finding[]): Finding {
  const gravest = inOrderOfProof(findings);
  return gravest.find((one) => one.stage === gravest[0]!.stage && one.confidence === 'confirmed') ?? gravest[0]!;
}

export function episodesOf(page: Page, findings: readonly Finding[]): Episode[] {
  const episodes: { who: string; second: number | null; findings: Finding[] }[] = [];
  for (const finding of findings.toSorted(earliestFirst)) {
    const who = page.who.get(finding.id) ?? '';
    const ms = msOf(finding.timeUtc);
    const second = ms === null ? null : Math.floor(ms / 1000);
    const last = episodes.at(-1);
    if (last !== undefined && last.who === who && (last.second === second || last.findings[0]!.title === finding.title))
      last.findings.push(finding);
    else episodes.push({ who, second, findings: [finding] });
  }
  return episodes.map((one) => ({ who: one.who, findings: one.findings, telling: tellingOf(one.findings) }));
}
