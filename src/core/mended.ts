/**
 * A stretch of text that was damaged or dressed up on its way here, as it was before: what readers read instead of the bytes handed in, and
 * for each of its lines the place in those bytes. Whatever is found in it is shown with its place and bytes as handed in.
 */

/** One line of the mended text: where it begins there, and what it was made from. */
export interface MendedLine {
  /** Byte offset in the mended text. */
  readonly mendedAt: number;
  /** Byte range in the artifact, without what parts lines. */
  readonly at: number;
  readonly end: number;
  /** Line in the artifact, from 0. */
  readonly line: number;
}

export interface Mended {
  /** UTF-8, lines end in LF. */
  readonly bytes: Uint8Array;
  /** In ascending order of `mendedAt`; at least one. */
  readonly lines: readonly MendedLine[];
}

/** The line that holds byte `at` of the mended text. */
export function mendedLine({ lines }: Mended, at: number): MendedLine {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]!.mendedAt <= at) low = middle;
    else high = middle - 1;
  }
  return lines[low]!;
}

const utf8 = new TextEncoder();

/** Puts lines together; none of them may hold a line end. */
export function mendedOf(lines: readonly (Omit<MendedLine, 'mendedAt'> & { readonly text: string })[]): Mended {
  let mendedAt = 0;
  const places: MendedLine[] = [];
  const pieces: Uint8Array[] = [];
  for (const { text, at, end, line } of lines) {
    const piece = utf8.encode(`${text}\n`);
    places.push({ mendedAt, at, end, line });
    pieces.push(piece);
    mendedAt += piece.length;
  }
  const bytes = new Uint8Array(mendedAt);
  let to = 0;
  for (const piece of pieces) {
    bytes.set(piece, to);
    to += piece.length;
  }
  return { bytes, lines: places };
}
