/**
 * What is read of a part: its bytes as handed in, or the text that they were before they were damaged or carried here. What is found in
 * such a text is told by the place and with the bytes that were handed in.
 */
import { base64, fromBase64, sha256Hex } from '../core/hash.ts';
import type { Hit, HitRow } from '../core/hit.ts';
import { type Mended, mendedLine } from '../core/mended.ts';
import type { OpenSource } from '../core/platform.ts';
import type { Problem } from '../core/problem.ts';
import type { Seam } from '../core/record.ts';
import { type Artifact, bytesSource, type Part, readFully } from '../evidence/index.ts';
import type { ScanResult } from './scan-task.ts';

const rawLimit = 65_536;
const sharedLimit = 1024;

export interface PartSource {
  readonly source: OpenSource;
  /** Range that is read of it. */
  readonly part: Part;
  readonly encoding: Seam['encoding'];
  readonly lineEnd: Seam['lineEnd'];
  /** null: the part is read as it stands. */
  readonly place: Placing | null;
}

/** The places of what was found, in the artifact. */
export interface Placing {
  /** @param linesBefore those that will be added to the line of each row */
  result(result: ScanResult, linesBefore: number): ScanResult;
  /** @param raw length of the row in the mended text */
  row(offsetBytes: number, raw: number): { readonly at: number; readonly end: number; readonly line: number };
  problems(problems: readonly Problem[]): Problem[];
}

/** The text of the artifact that was asked for last: what asks for one of its parts mostly asks for another one. */
export class MendedTexts {
  #of: Artifact | null = null;
  #texts: readonly (Mended | null)[] = [];
  #whole: OpenSource | null = null;

  /** Throws what reading throws. */
  of(artifact: Artifact, source: OpenSource): { readonly texts: readonly (Mended | null)[]; readonly whole: OpenSource } {
    if (this.#of !== artifact || this.#whole === null) {
      // It is small, and what is found in it is placed when the source may be closed.
      this.#whole = bytesSource(readFully(source, 0, new Uint8Array(source.byteLength)));
      this.#texts = artifact.mend?.(this.#whole) ?? [];
      this.#of = artifact;
    }
    return { texts: this.#texts, whole: this.#whole };
  }
}

const asItStands = (artifact: Artifact, source: OpenSource, part: Part): PartSource => ({
  source,
  part,
  encoding: artifact.encoding,
  lineEnd: artifact.lineEnd,
  place: null,
});

/** Throws what reading throws. */
export function partSource(artifact: Artifact, part: Part, source: OpenSource, mended: MendedTexts): PartSource {
  if (part.mended !== true) return asItStands(artifact, source, part);
  const { texts, whole } = mended.of(artifact, source);
  const text = texts[artifact.parts.indexOf(part)] ?? null;
  // A file that has become another one since it was recognised has no such part any more.
  if (text === null) return asItStands(artifact, source, { ...part, end: part.at });
  return {
    source: bytesSource(text.bytes),
    part: { ...part, at: 0, end: text.bytes.length },
    encoding: 'utf8',
    lineEnd: 10,
    place: placing(text, whole),
  };
}
function placing(mended: Mended, source: OpenSource): Placing {
  const row: Placing['row'] = (offsetBytes, raw) => {
    const first = mendedLine(mended, offsetBytes);
    const last = mendedLine(mended, offsetBytes + Math.max(0, raw - 1));
    return { at: first.at, end: last.end, line: first.line };
  };
  const problems: Placing['problems'] = (list) => list.map((problem) => ({ ...problem, at: mendedLine(mended, problem.at).at }));
  // Many rows may stand in one object of which nobody can say where each is: read once, and shown by its beginning.
  let span: { readonly at: number; readonly end: number; readonly rawBase64: string; readonly sha256: string } | null = null;
  const rawOf = (at: number, end: number): NonNullable<typeof span> => {
    if (span === null || span.at !== at || span.end !== end) {
      const raw = readFully(source, at, new Uint8Array(Math.max(0, end - at)));
      const shared = mended.lines.length > 1 && mended.lines.at(-1)!.at === at && mended.lines[0]!.at === at;
      span = { at, end, rawBase64: base64(raw.subarray(0, shared ? sharedLimit : rawLimit)), sha256: sha256Hex(raw) };
    }
    return span;
  };
  const placedRow = (of: HitRow, linesBefore: number): HitRow => {
    const { at, end, line } = row(of.offsetBytes, fromBase64(of.rawBase64).length);
    const { rawBase64, sha256 } = rawOf(at, end);
    return { ...of, offsetBytes: at, line: line - linesBefore, rawBase64, sha256 };
  };
  const placedHit = (hit: Hit, linesBefore: number): Hit => ({
    ...hit,
    rows: hit.rows.map((one) => placedRow(one, linesBefore)),
  });
  return {
    row,
    problems,
    result: ({ facts, hits, others, indicators, wanted, ...rest }, linesBefore) => ({
      ...rest,
      ...(indicators === undefined
        ? {}
        : {
            indicators: {
              ...indicators,
              hits: indicators.hits.map((hit) => ({ ...hit, rows: hit.rows.map((one) => placedRow(one, linesBefore)) })),
            },
          }),
      ...(wanted === undefined ? {} : { wanted: wanted.map((one) => (one === null ? null : placedRow(one, linesBefore))) }),
      ...(others === undefined
        ? {}
        : {
            others: {
              ...others,
              hits: others.hits.map((hit) => ({ ...hit, rows: hit.rows.map((one) => placedRow(one, linesBefore)) })),
              listed: others.listed.map((one) => {
                const { at, line } = row(one.offsetBytes, 1);
                return { ...one, offsetBytes: at, line: one.line === null ? null : line - linesBefore };
              }),
              marks: others.marks.map((mark) => ({ ...mark, offsetBytes: row(mark.offsetBytes, 1).at })),
            },
          }),
      facts: { ...facts, problems: problems(facts.problems) },
      hits: hits.map((hit) => placedHit(hit, linesBefore)),
    }),
  };
}
