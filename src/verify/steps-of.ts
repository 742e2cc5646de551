/** The steps of a case's plan, as far as they can be checked. */
import type { Assessment } from '../core/assessment.ts';
import type { CheckedStep } from './step-rules.ts';

export const stepsOf = ({ plan }: Pick<Assessment, 'plan'>): CheckedStep[] =>
  plan.steps.map(({ id, title, host, check }) => ({ id, title, host, check }));
