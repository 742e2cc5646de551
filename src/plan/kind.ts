/** Which of the five orders of work it is, and why. */
import type { PlanKind, PlanReason } from '../core/plan.ts';
import { cameTo, type PlanFacts } from './facts.ts';
import { planWords as say } from './messages.ts';

export interface Chosen {
  readonly kind: PlanKind;
  readonly because: readonly PlanReason[];
}

export function kindOf(facts: PlanFacts): Chosen {
  const { assessment, intrusions, because, findings } = facts;
  const { answer, beyond, entered } = assessment.verdict;
  const going = intrusions.filter(
    ({ value }) => value.stage === 'impact' && value.confidence !== 'possible' && value.presence.seen === 'active',
  );
  if (going.length > 0 && cameTo(facts, 'impact')) {
    const own = new Set(going.flatMap(({ value }) => value.findings));
    return {
      kind: 'A',
      because: [
        {
          text: say.underWay,
          findings: findings
            .filter(({ id, stage }) => stage === 'impact' && own.has(id))
            .map(({ id }) => id)
            .slice(0, 5),
        },
        { text: say.orderA, findings: [] },
      ],
    };
  }
  const chosen = intrusions.find(({ value }) => value.targeting.word === 'chosen' && cameTo(facts, 'exploited'));
  if (cameTo(facts, 'operated') || chosen !== undefined) {
    const orders = findings.filter(({ stage }) => ['operated', 'spread', 'impact'].includes(stage));
    return {
      kind: 'C',
      because: [
        orders.length > 0
          ? { text: say.operated(facts.stage), findings: orders.slice(0, 5).map(({ id }) => id) }
          : { text: say.chosen, findings: chosen!.value.findings.slice(0, 5) },
        { text: say.orderC, findings: [] },
      ],
    };
  }
  if (answer === 'confirmed')
    return {
      kind: 'B',
      because: [
        { text: say.idle, findings: because },
        { text: say.orderB, findings: [] },
      ],
    };
  // A record that is missing is no reason to take mail down, where nothing hostile was seen and no hole is known to have been open.
  if (
    answer === 'suspected' ||
    (answer === 'cannot_tell' && wasOpen(facts)) ||
    (answer === 'attempted' && beyond === 'not_covered')
  )
    return {
      kind: 'D',
      because: [
        {
          text:
            entered === 'yes' || entered === 'probable'
              ? say.insideUnknown
              : answer === 'attempted'
                ? say.unknown
                : say.openUnknown,
          findings: because,
        },
        { text: say.orderD, findings: [] },
      ],
    };
  return {
    kind: 'N',
    because: [
      {
        text: answer === 'attempted' ? say.triedOnly : answer === 'cannot_tell' ? say.unseen : say.nobody,
        findings: findings.slice(0, 5).map(({ id }) => id),
      },
      { text: say.orderN, findings: [] },
    ],
  };
}

/** A build with a campaign's hole ran while the evidence goes on, and nothing shows that it was out of reach. */
const wasOpen = ({ assessment }: PlanFacts): boolean =>
  assessment.exposure.some(({ campaigns }) =>
    campaigns.some(({ state, open, exposed }) => (state === 'vulnerable' || open.length > 0) && exposed !== 'no'),
  );
