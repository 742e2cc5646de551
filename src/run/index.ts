/**
 * Running the pipeline's first half: one queue of blocks over all artifacts, workers, limits, further rounds. In: recognised
 * artifacts and rules. Out: {@link Observed}.
 */
export type { Digests, Observed, ObservedArtifact, ObservedPart, TupleCount } from './observed.ts';
export { Shelf } from './shelf.ts';
export { type Learn, type Look, run, type RunOptions } from './run.ts';
export { wantedId, type WantedRow } from './wanted-rows.ts';
export type { KeptAbout, KeptArtifact, KeptBlock, KeptDraft, KeptRefusal, KeptWork } from './kept.ts';
export type { Questions } from './asked-anew.ts';
export type { AskedTime } from './asked-time.ts';
export type { ContentHash } from './content-hash.ts';
export {
  inlineExecutor,
  type PackedIndicators,
  type Preparation,
  ScanBench,
  type ScanExecutor,
  type ScanResult,
  type ScanTask,
} from './scan-task.ts';
export { type ListedRecord, recordsOf } from './records.ts';
export { type HuntedArtifact, type HuntedRow, huntArtifact, startHunt } from './hunt.ts';
export {
  type Checked,
  type CheckedSource,
  checkSource,
  type Engine,
  type EngineMatch,
  EngineRefusal,
  type EngineRules,
  type EngineSource,
  externalNames,
  type FileNames,
  type FoundSignature,
  GroupScan,
  outlineOf,
  type TestedFile,
} from '../detect/index.ts';
export {
  inlineSignatures,
  type LoadedSignatures,
  scanSignatures,
  type SignatureLimits,
  signatureLimits,
  type SignatureOptions,
  type SignatureScanner,
} from './signature-scan.ts';
