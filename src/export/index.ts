/**
 * What leaves for other tools. In: an assessment. Out: text, the same bytes for the same assessment: `assessment.json`,
 * `findings.ndjson`, `observables.ndjson` and `timeline.csv`. Nothing is judged here and no file is written here.
 */
export { assessmentJson, assessmentJsonPieces, findingsNdjson, observablesNdjson, observablesPieces } from './json.ts';
export type { ObservableRow } from './json.ts';
export { timelineColumns, timelineCsv } from './timeline-csv.ts';
export { type ExportedRecord, recordFormats, recordFrame, recordText } from './records.ts';
export type { RecordFormat } from './records.ts';
export { type HitFormat, hitFormats, hitHead, hitText, type PrintedHit } from './hits.ts';
export { planValuesJson } from './plan-values.ts';
