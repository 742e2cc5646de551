/** The case folder: an organisation's assessment as files. */
export { caseFiles, type CaseRenderers, type RunRecord } from './write.ts';
