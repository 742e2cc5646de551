/**
 * What the evidence would have shown (`--measure-blindness`): seeded visits of intruders are put into it in memory, hour by hour,
 * with its gaps, its columns and its servers, and judged like everything else. In: the ground of the judgement and packs. Out:
 * {@link Blindness}. It changes no answer, and nothing that was played stands in any other part of the assessment.
 * @see docs/adr/0020-coverage-by-experiment.md
 */
export { measureBlindness, type MeasureOptions, usualExperiments } from './measure.ts';
