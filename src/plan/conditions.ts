/** Whether what a step asks of the assessment holds. */
import type { StepCondition } from '../core/step-rule.ts';
import { productOf } from '../core/build.ts';
import type { Missing } from '../core/assessment.ts';
import { cameTo, type PlanFacts } from './facts.ts';

/** @param about the missing record that the step is about; null: it is about something else, and any counts */
export function holds(condition: StepCondition, facts: PlanFacts, about: Missing | null): boolean {
  const { verdict, exposure } = facts.assessment;
  switch (condition.kind) {
    case 'answer':
      return condition.is.includes(verdict.answer);
    case 'entered':
      return condition.is.includes(verdict.entered);
    case 'seen':
      return condition.is.includes(verdict.presence.seen);
    case 'stage':
      return cameTo(facts, condition.from);
    case 'rule':
      return facts.findings.some(({ rule }) => condition.rules.includes(rule));
    case 'technique':
      return facts.findings.some(({ techniques }) => techniques.some((id) => condition.ids.includes(id)));
    case 'mail':
      return facts.intrusions.some(({ value }) => value.mail.some(({ how }) => condition.how.includes(how)));
    case 'product':
      return exposure.some(({ builds }) => {
        const build = builds.at(-1)?.build;
        const product = build === undefined ? null : productOf(build);
        return product !== null && condition.is.includes(product);
      });
    case 'hole': {
      const states = exposure.flatMap(({ campaigns }) => campaigns.map(({ state }) => state));
      return states.length === 0 ? condition.is.includes('unknown') : states.some((state) => condition.is.includes(state));
    }
    case 'build_unknown':
      return !facts.places.some((place) =>
        exposure.some(({ host, builds }) => (host === null || place === null || host === place) && builds.length > 0),
      );
    case 'missing':
      return about === null
        ? facts.missing.some(({ value }) => condition.sources.includes(value.kind))
        : condition.sources.includes(about.kind);
    case 'not':
      return !holds(condition.of, facts, about);
  }
}
