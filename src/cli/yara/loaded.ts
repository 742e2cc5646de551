/** Tells an engine the signatures, and says on standard error what of them does not run. */
import type { Finding } from '../../core/assessment.ts';
import type { Files } from '../../core/platform.ts';
import type { SignatureSource } from '../../core/signature.ts';
import { signatureWords } from '../../report/index.ts';
import type { SignatureScanner } from '../../run/index.ts';
import { say } from '../say.ts';
import { readSignatures } from './read-signatures.ts';

/** Places named one by one on the screen; `yara check` names all. */
const mostNamed = 20;

/** @param own signatures of the packs, which run beside those of others */
export async function signaturesLoaded(
  paths: readonly string[],
  own: readonly SignatureSource[],
  files: Files,
  scanner: SignatureScanner,
): Promise<number> {
  const read = readSignatures(paths, files);
  const loaded = await scanner.load([...own, ...read.sources]);
  const unrun = [...read.unrun, ...loaded.unrun];
  say(signatureWords.loaded(read.sources.length + read.unrun.length, loaded.rules, unrun.length, own.length > 0));
  for (const one of unrun.slice(0, mostNamed)) say(`  ${signatureWords.unrun(one)}`);
  if (unrun.length > mostNamed) say(signatureWords.more(unrun.length - mostNamed));
  return loaded.rules;
}

/** After an assessment: how many files they matched, and what that is worth. */
export function saySigned(findings: readonly Finding[]): void {
  const own = findings.filter(({ rule }) => rule.startsWith('signature/'));
  if (own.length > 0) say(signatureWords.matched(own.length));
}
