/**
 * What people read. In: an assessment and who reads it when (zone, now, width). Out: one HTML file that is safe to open, or a
 * screenful of text. Everything that comes from the evidence is hostile and passes one function per medium; nothing is judged here.
 */
export { renderHtml } from './html/index.ts';
export type { RenderOptions } from './html/index.ts';
export { renderBuildExposure } from './build-exposure.ts';
export { renderPlanMarkdown } from './plan-markdown.ts';
export { renderPlanTerminal, type PlanTerminalOptions } from './plan-terminal.ts';
export { renderTellMarkdown, renderTellTerminal, tellOf, type TellFacts, type TellSection } from './tell.ts';
export { renderTerminal } from './terminal.ts';
export type { TerminalOptions } from './terminal.ts';
export { evidenceList, renderEvidenceList } from './evidence-list.ts';
export type { EvidenceList, EvidenceListOptions, ListedFile } from './evidence-list.ts';
export { reasonLines, type RulesChecked, rulesChecked, renderRulesChecked } from './rules-checked.ts';
export { indicatorWords, ofOthersWords, rulesWords, signatureWords } from './of-others-words.ts';
export { type IndicatorsChecked, indicatorsChecked, renderIndicatorsChecked } from './indicators-checked.ts';
export { renderSignaturesChecked, type SignaturesChecked } from './signatures-checked.ts';
export { renderAcknowledged, renderCaseDiff, renderCaseShow, renderLackingNow, type ShownAssessment } from './case-terminal.ts';
export { renderVerified, type VerifyTextOptions } from './verify-terminal.ts';
export { renderNext, type NextTextOptions } from './next-terminal.ts';
