/** The proof ladder: how far an intruder is proven to have come. */
export const stages = ['none', 'probed', 'attempted', 'exploited', 'implanted', 'operated', 'spread', 'impact'] as const;
export type Stage = (typeof stages)[number];

export const confidences = ['possible', 'probable', 'confirmed'] as const;
export type Confidence = (typeof confidences)[number];

/** Position on the ladder, `none` = 0. */
export const stageRank = (stage: Stage): number => stages.indexOf(stage);
export const confidenceRank = (confidence: Confidence): number => confidences.indexOf(confidence);

export const laterStage = (a: Stage, b: Stage): Stage => (stageRank(a) >= stageRank(b) ? a : b);
export const strongerConfidence = (a: Confidence, b: Confidence): Confidence => (confidenceRank(a) >= confidenceRank(b) ? a : b);
