/**
 * Text kernels. In: the bytes of one block and a demand. Out: exact counts, facts, and the candidate rows. `read` alone sees this
 * room; the plain TypeScript scanner is the reference that every faster kernel is tested against.
 */
export { type Cells, splitCsv, splitSpaces } from './cells.ts';
export { type FieldLiterals, type Held, LayoutLiterals } from './held-literals.ts';
export { literalHolds } from './literal.ts';
export { type PlainRecord, PlainScanner } from './plain-scanner.ts';
export { Tally, type Tuples } from './tally.ts';
export { transcodeUtf16 } from './utf16.ts';
export { type BoundLayout, longestLineBytes, type TextFormat, TextScanner, type TimeCells } from './text-scanner.ts';
