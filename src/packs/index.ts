/**
 * Campaign packs. In: the text of `packs/<id>/pack.yaml` and `packs/<id>/rules/*.yml`, by whatever reads files. Out: checked
 * packs and rules as plain data. Nothing of a pack is code; what is wrong in one is shown in its line.
 */
export { type CaseFailure, CaseRunner, isCaseFile, readCase, type RuleCase, tryCase } from './cases.ts';
export { keepPacks, keptPacks, packsKey } from './kept.ts';
export { loadPacks, type LoadedPacks, type PackFile } from './load.ts';
export { PackError } from './pack-error.ts';
export { steps, wayBackKinds } from './read-pack.ts';
export { isSignatureCase, readSignatureCase, type SignatureCase, type SignatureCaseFile } from './signature-cases.ts';
