/** Where evidence that others wrote lies, for conformance tests; absent on a bare clone. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const beside = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'evidence');
let said = false;

/** The folder, from AFTERPATCH_EVIDENCE or beside the checkout; null when there is none (then says so, once). */
export function evidenceFolder(): string | null {
  const folder = process.env['AFTERPATCH_EVIDENCE'] ?? beside;
  if (fs.existsSync(folder)) return folder;
  if (!said) console.warn('skipped: no collection of real evidence here (set AFTERPATCH_EVIDENCE to its folder)');
  said = true;
  return null;
}

/** The collected facts (builds, holes, how to compare) that `knowledge/` was made from, beside the evidence; null: not here. */
export function factsFolder(): string | null {
  const evidence = evidenceFolder();
  const folder = process.env['AFTERPATCH_FACTS'] ?? (evidence === null ? null : path.join(evidence, '..', 'facts'));
  return folder !== null && fs.existsSync(folder) ? folder : null;
}
