/**
 * The engine writes all warnings of its rules anew at every call, which takes ten times as long as looking at a small file. Its own
 * comments for that turn them off, rule by rule.
 * @see https://virustotal.github.io/yara-x/docs/writing_rules/ the warnings and how they are suppressed
 */
import type { SourceOutline } from './source-rules.ts';

const warnings = [
  'ambiguous_expr',
  'bool_int_comparison',
  'consecutive_jumps',
  'deprecated_field',
  'duplicate_import',
  'duplicate_pattern_value',
  'global_rule_misuse',
  'ignored_rule',
  'invariant_expr',
  'non_bool_expr',
  'potentially_slow_loop',
  'redundant_modifier',
  'slow_pattern',
  'text_as_hex',
  'too_many_iterations',
  'unintended_pattern_in_set',
  'unsatisfiable_expr',
  'unsupported_module',
  'unused_identifier',
];
const comment = `/* suppress: ${warnings.join(',')} */`;

/**
 * What the engine is handed in the place of a source. Besides warnings: YARA-X looks for a text only in files of the size, or with the first
 * bytes, that the condition demands; where two rules look for the same text, 1.20 takes the demand of one of them for both, and misses what
 * the other one matches. It sees no demand in a size that is calculated, nor in a condition that has a second way to be true; the one given
 * here no file takes. A line of its own would move what the engine says of later ones.
 */
export function quieted(source: string, outline: SourceOutline): string {
  const pieces: string[] = [];
  let from = 0;
  const places = [
    ...outline.rules.map(({ at }) => ({ at, text: `${comment} ` })),
    ...outline.rules.flatMap(({ condition }) =>
      condition
        .filter(({ kind, text }) => kind === 'word' && text === 'filesize')
        .flatMap(({ at, end }) => [
          { at, text: '(' },
          { at: end, text: '+0)' },
        ]),
    ),
    // Behind those above where they end at one place.
    ...outline.rules.flatMap(({ condition }) =>
      condition.length === 0
        ? []
        : [
            { at: condition[0]!.at, text: '(' },
            { at: condition.at(-1)!.end, text: ') or (filesize+0) < 0' },
          ],
    ),
    ...outline.imports.map(({ end }) => ({ at: end, text: ` ${comment}` })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, text } of places) {
    pieces.push(source.slice(from, at), text);
    from = at;
  }
  pieces.push(source.slice(from));
  return pieces.join('');
}

/** The same text with these stretches blank: lines stay where they are. */
export function blanked(source: string, stretches: readonly { readonly at: number; readonly end: number }[]): string {
  let text = source;
  for (const { at, end } of stretches) text = text.slice(0, at) + text.slice(at, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
  return text;
}
