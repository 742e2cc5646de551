/**
 * What owners set, too: a role for a backup, a forwarding for somebody who left. On a server of which nothing shows that anybody got in it is
 * a question and no sign; beside an intrusion it is theirs perhaps, unless it stood there before they came.
 */
import type { Finding } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Claim } from './claims.ts';
import type { Event } from './event.ts';
import { evidenceLimit, observableLimit } from './findings.ts';
import type { Judged } from './intrusions.ts';
import { sentences } from './messages.ts';

/** When the first intrusion began; null: there is none; -Infinity: there is one of which nobody knows when. */
export function firstEntry(all: readonly (readonly Claim[])[]): number | null {
  let first: number | null = null;
  for (const claims of all) {
    if (!claims.some(({ stage, confidence }) => confidence !== 'possible' && stageRank(stage) >= stageRank('exploited')))
      continue;
    const times = claims.flatMap(({ events }) =>
      events.flatMap(({ timeMs, proof }) => (timeMs === null || proof.ownersToo ? [] : [timeMs])),
    );
    const began = times.reduce((least, timeMs) => Math.min(least, timeMs), Number.POSITIVE_INFINITY);
    first = Math.min(first ?? Number.POSITIVE_INFINITY, times.length === 0 ? Number.NEGATIVE_INFINITY : began);
  }
  return first;
}

/** Claims with what stands beside no intrusion, or stood there before, told without a stage. @param entryMs as {@link firstEntry} gives it */
export function withOwnersSettings(claims: readonly Claim[], entryMs: number | null): Claim[] {
  return claims.flatMap((claim) => {
    if (claim.proof.ownersToo !== true) return [claim];
    const theirs = (event: Event): boolean => entryMs !== null && (event.timeMs === null || event.timeMs >= entryMs);
    const beside = claim.events.filter(theirs);
    const own = claim.events.filter((event) => !theirs(event));
    const settled: Claim = {
      ...claim,
      stage: 'none',
      confidence: 'possible',
      proof: { ...claim.proof, doesNotProve: `${claim.proof.doesNotProve} ${sentences.ownersToo(entryMs !== null)}` },
      events: own,
    };
    return [...(beside.length === 0 ? [] : [{ ...claim, events: beside }]), ...(own.length === 0 ? [] : [settled])];
  });
}

/** Each kind of them is said once for a server, however many there are; what belongs to an intrusion stands there. */
export function toldOnce(judged: readonly Judged[]): Finding[] {
  const own: Finding[] = [];
  const rest: Finding[] = [];
  for (const { claims, findings } of judged) {
    const alone = claims.every(({ confidence }) => confidence === 'possible');
    for (const [index, finding] of findings.entries())
      (alone && claims[index]!.proof.ownersToo === true ? own : rest).push(finding);
  }
  const kinds = groupBy(
    own,
    ({ rule, host, stage, declared }) => `${rule}\u0000${host ?? ''}\u0000${stage}\u0000${declared ?? ''}`,
  );
  return [...rest, ...[...kinds.values()].map(united)];
}

function united(findings: readonly Finding[]): Finding {
  const [first, ...others] = findings.toSorted(
    (a, b) => byCodeUnit(a.timeUtc ?? '~', b.timeUtc ?? '~') || byCodeUnit(a.id, b.id),
  );
  if (others.length === 0) return first!;
  const observables = new Map(
    findings.flatMap((one) => one.observables).map((one) => [`${one.kind} ${one.standing} ${one.value}`, one]),
  );
  return {
    ...first!,
    lastUtc: findings.reduce<string | null>((last, { lastUtc }) => ((lastUtc ?? '') > (last ?? '') ? lastUtc : last), null),
    count: findings.reduce((sum, { count }) => sum + count, 0),
    observables: [...observables]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([, one]) => one)
      .slice(0, observableLimit),
    evidence: [first!, ...others].flatMap(({ evidence }) => evidence).slice(0, evidenceLimit),
  };
}
