/** What plans are made from, found in the assessment once: each thing with the place where it stands there. */
import type { Assessment, Finding, Intrusion, Missing, WayBack } from '../core/assessment.ts';
import { type Stage, stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';

/** Something of the assessment, and JSON pointers to it. */
export interface Placed<T> {
  readonly value: T;
  readonly at: string;
}

export interface PlanFacts {
  readonly assessment: Assessment;
  /** Servers that somebody got into; where nobody is seen inside, all that the evidence is of. With those of which nothing is here. */
  readonly servers: readonly Placed<string>[];
  /** Of these, those of which something is here. */
  readonly entered: readonly Placed<string>[];
  /** The same by name; null: of a server there is evidence, and nothing in it says its name. */
  readonly places: readonly (string | null)[];
  /** The furthest that an intruder came, more than possibly, whom nobody declared. */
  readonly stage: Stage;
  /** Proven or likely, of nobody's declared activity, the furthest first. */
  readonly findings: readonly Finding[];
  readonly intrusions: readonly Placed<Intrusion>[];
  readonly ways: readonly Placed<WayBack>[];
  readonly missing: readonly Placed<Missing>[];
  /** The gravest five: why anything is done at all. */
  readonly because: readonly string[];
}

const exploited = stageRank('exploited');

/** What this version cannot read is a matter of looking by hand, and no step fetches it. */
const byHand = /\bnot (?:read|judged) by this version\b/i;

/** Its place among what can still change the answer; behind all of these, where it cannot. */
function decides({ next }: Assessment, { kind, host }: Missing): number {
  const at = next.list.findIndex((one) => one.kind === kind && (one.host === host || one.host === null || host === null));
  return at === -1 ? next.list.length : at;
}

export function factsOf(assessment: Assessment): PlanFacts {
  const { verdict, organisation } = assessment;
  const findings = assessment.findings
    .filter(
      ({ rule, stage, confidence, declared }) =>
        // What rules of others match moves no answer, and so no plan.
        stage !== 'none' && confidence !== 'possible' && declared === null && !rule.startsWith('other/'),
    )
    .toSorted(
      (a, b) =>
        stageRank(b.stage) - stageRank(a.stage) || byCodeUnit(a.timeUtc ?? '~', b.timeUtc ?? '~') || byCodeUnit(a.id, b.id),
    );
  const inside = assessment.hosts.flatMap(({ host, verdict: { stage } }, index) =>
    stageRank(stage) >= exploited ? [{ value: host, at: `/hosts/${index}/host` }] : [],
  );
  const all = organisation.hosts.map((value, index) => ({ value, at: `/organisation/hosts/${index}` }));
  const entered = inside.length > 0 ? inside : all;
  const absent = organisation.absentHosts.map((value, index) => ({ value, at: `/organisation/absentHosts/${index}` }));
  return {
    assessment,
    servers: [...entered, ...absent].toSorted((a, b) => byCodeUnit(a.value, b.value)),
    entered,
    places: entered.length > 0 ? entered.map(({ value }) => value) : [null],
    stage: findings[0]?.stage ?? 'none',
    findings,
    intrusions: assessment.intrusions
      .map((value, index) => ({ value, at: `/intrusions/${index}` }))
      .filter(({ value }) => value.declared === null && value.role === 'intruder'),
    ways: verdict.presence.waysBack.map((value, index) => ({ value, at: `/verdict/presence/waysBack/${index}` })),
    missing: verdict.missing
      .map((value, index) => ({ value, at: `/verdict/missing/${index}` }))
      .filter(({ value }) => !byHand.test(value.text))
      // What can still change the answer comes first, in that order.
      .toSorted((a, b) => decides(assessment, a.value) - decides(assessment, b.value)),
    because: findings
      .filter(({ stage }) => stageRank(stage) >= exploited)
      .slice(0, 5)
      .map(({ id }) => id),
  };
}

/** Whether somebody came so far, or further. */
export const cameTo = ({ stage }: PlanFacts, from: Stage): boolean => stageRank(stage) >= stageRank(from);
