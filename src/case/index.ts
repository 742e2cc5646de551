/**
 * The case folder: an organisation's assessment as files. In: what was judged, or the text of a case that was written before. Out:
 * the files of a case and their text; an assessment read again; and the same assessment with what others must not read masked.
 */
export { caseFiles, type CaseRenderers, type RulesRecord, type RunRecord } from './write.ts';
export { knownUtcIn, knownUtcOf } from './known-since.ts';
export { readAssessment, readRendering, type Rendering } from './read.ts';
export { type Audience, audiences, masked } from './mask.ts';
