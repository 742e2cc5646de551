/** What files of signatures hold: how many run, and why the others do not. */
import type { UnrunSignature } from '../core/signature.ts';
import { visible } from '../core/visible.ts';
import { signatureWords } from './of-others-words.ts';

export interface SignaturesChecked {
  readonly files: number;
  readonly runs: number;
  readonly unrun: readonly UnrunSignature[];
}

export function renderSignaturesChecked({ files, runs, unrun }: SignaturesChecked): string {
  const lines = [
    ...unrun.map(signatureWords.unrun),
    ...(unrun.length > 0 ? [''] : []),
    signatureWords.loaded(files, runs, unrun.length),
  ];
  return `${lines.map((line) => visible(line, ['<', '>'])).join('\n')}\n`;
}
