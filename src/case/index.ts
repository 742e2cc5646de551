/**
 * The case folder: an organisation's assessment as files, and what people said of it. In: what was judged, or the text of a case that
 * was written before. Out: the files of a case and their text; an assessment read again; the same assessment with what others must not
 * read masked; what was acknowledged; and two assessments held against each other.
 */
export {
  acknowledge,
  acknowledgedFile,
  acknowledgedText,
  readAcknowledged,
  type Said,
  withdrawn,
  withOne,
} from './acknowledge.ts';
export { doneFile, doneText, readDone, withDone } from './done.ts';
export { type HandedBefore, handedBefore, lackingNow, type LackingNow } from './handed-before.ts';
export { provenBy, refuseProven } from './proven.ts';
export { type CaseDiff, diffOf, findingKeys } from './diff.ts';
export { historyFiles, historyFolder, historyName, historyNumber, nextNumber } from './history.ts';
export { caseFiles, type CaseRenderers, type RulesRecord, type RunRecord } from './write.ts';
export { knownUtcIn, knownUtcOf } from './known-since.ts';
export { readAssessment, readRendering, type Rendering } from './read.ts';
export { type Audience, audiences, masked } from './mask.ts';
