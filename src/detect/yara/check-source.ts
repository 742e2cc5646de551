/** One file of signatures of others → what of it runs, and what does not, with its place. */
import type { SignatureSource, UnrunSignature } from '../../core/signature.ts';
import { type Engine } from './engine.ts';
import { blanked } from './quiet.ts';
import { outlineOf, type SourceOutline } from './source-rules.ts';

export interface CheckedSource {
  readonly file: string;
  /** Without what does not run; lines stand where they stood. */
  readonly text: string;
  /** null: not understood here, so that all of it is asked of every file. */
  readonly outline: SourceOutline | null;
  readonly rules: number;
}

export interface Checked {
  /** null: nothing of it runs. */
  readonly source: CheckedSource | null;
  readonly unrun: readonly UnrunSignature[];
}

/** Rules that need a rule that fell away fall away in the next round. */
const mostRounds = 16;

/** `error[E009]: unknown identifier …` and ` --> line:12:3` below it. */
function said(error: string): { readonly code: string; readonly what: string; readonly line: number; readonly column: number } {
  const [, code = 'E000', what = ''] = /^error\[(\w+)\]: ([^\n]*)/.exec(error) ?? [];
  const [, line = '1', column = '1'] = /-->\s*(?:[^\n]*?:)?(\d+):(\d+)/.exec(error) ?? [];
  return { code, what: what === '' ? error.slice(0, 200) : what.slice(0, 300), line: Number(line), column: Number(column) };
}

export function checkSource(engine: Engine, { file, text: given }: SignatureSource): Checked {
  let text = given;
  let outline = outlineOf(text);
  const unrun: UnrunSignature[] = [];
  if (outline !== null && outline.includes.length > 0) {
    for (const { at } of outline.includes)
      unrun.push({
        file,
        line: text.slice(0, at).split('\n').length,
        column: 1,
        rule: null,
        code: 'include',
        what: 'other files are not read from here: hand them in beside this one',
      });
    text = blanked(text, outline.includes);
    outline = outlineOf(text);
  }
  for (let round = 0; ; round++) {
    const errors = engine.errors({ namespace: file, text }).map(said);
    if (errors.length === 0) break;
    const rules = outline?.rules ?? [];
    const hit = errors.map((error) => ({ error, rule: rules.findLast(({ line }) => line <= error.line) }));
    if (round >= mostRounds || hit.some(({ rule }) => rule === undefined)) {
      for (const { error } of hit.slice(0, 20)) unrun.push({ file, rule: null, ...error });
      return { source: null, unrun };
    }
    const gone = [...new Set(hit.map(({ rule }) => rule!))];
    for (const one of gone) {
      const { error } = hit.find(({ rule }) => rule === one)!;
      unrun.push({ file, rule: one.name, ...error });
    }
    text = blanked(text, gone);
    outline = outlineOf(text);
  }
  const rules = outline === null ? 1 : outline.rules.length;
  return { source: rules === 0 ? null : { file, text, outline, rules }, unrun };
}
