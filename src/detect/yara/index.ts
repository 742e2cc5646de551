/**
 * YARA signatures of others over the files of a server. In: files of rules and an {@link Engine}. Out: which of them run, and what
 * matches which file. No I/O; the engine is brought by the machine.
 */
export { type Checked, type CheckedSource, checkSource } from './check-source.ts';
export { type Engine, type EngineMatch, EngineRefusal, type EngineRules, type EngineSource } from './engine.ts';
export { externalNames, type FileNames, type TestedFile } from './file-tests.ts';
export { type FoundSignature, GroupScan } from './group-scan.ts';
export { outlineOf } from './source-rules.ts';
