/** Every record of the evidence, one after the other, in order of artifact and place: to look at, not to judge. */
import { FileError } from '../core/platform.ts';
import type { Problem } from '../core/problem.ts';
import type { Layout, Rows, Seam } from '../core/record.ts';
import type { Artifact } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';
import { cut, cutsRow, readBlock, readUnits, rowEnd, tailBytes } from './blocks.ts';
import { MendedTexts, partSource } from './part-source.ts';
import { everyRow } from './row-keys.ts';
import { scannedFile } from './scanned-file.ts';

export interface ListedRecord {
  readonly artifact: string;
  readonly offsetBytes: number;
  /** From 1; null: the source has no lines. */
  readonly line: number | null;
  readonly recordId: string | null;
  /** UTC milliseconds; null: unknown. */
  readonly timeMs: number | null;
  readonly layout: Layout;
  text(field: string): string | null;
  /** null: it is none. */
  xml(): string | null;
  /** The JSON object that other tools write for such a record; null: there is none. */
  json(): string | null;
}

const always = (): boolean => true;

/**
 * Gives the records of one artifact block by block; a record is valid until the next one is asked for. Returns what was odd; a
 * machine that refuses to read further ends the list.
 */
export function* recordsOf(artifact: Artifact): Generator<readonly ListedRecord[], readonly Problem[]> {
  const problems: Problem[] = [];
  if (artifact.parts.length === 0) return problems;
  try {
    const opened = artifact.open();
    try {
      const mended = new MendedTexts();
      for (const of of artifact.parts) {
        const { source, part, encoding, lineEnd, place } = partSource(artifact, of, opened, mended);
        const reader = readerOf(part.kind)!;
        const scanner = reader.scanner(everyRow(reader.logSource));
        const frame = reader.frame ?? null;
        let seam: Seam = { header: '', date: '', midRow: false, encoding, lineEnd };
        let lines = part.firstLine;
        for (const block of cut(part, reader.blockBytes, frame)) {
          const buffer = new Uint8Array(block.end - block.at + (frame === null ? tailBytes : 0));
          const bytes =
            frame === null
              ? readBlock(source, block, part.end, encoding, rowEnd(reader, lineEnd), buffer, null)
              : readUnits(source, block, buffer, null);
          const found: ListedRecord[] = [];
          const onRows = (rows: Rows): void => {
            for (let row = 0; row < rows.length; row++) {
              const id = rows.recordId(row);
              const timeMs = rows.timeMs(row);
              const placed = place?.row(rows.offset(row), 1);
              found.push({
                artifact: artifact.path,
                offsetBytes: placed?.at ?? rows.offset(row),
                line: placed !== undefined ? placed.line + 1 : id === null ? rows.line(row) + lines + 1 : null,
                recordId: id === null ? null : String(id),
                timeMs: Number.isNaN(timeMs) ? null : timeMs,
                layout: rows.layout(row),
                text: (field) => rows.text(row, field),
                xml: () => rows.xml?.(row) ?? null,
                json: () => rows.json?.(row) ?? null,
              });
            }
          };
          const facts = scanner.scan(block, bytes, seam, always, onRows, undefined, scannedFile(artifact));
          yield found;
          const midRow = frame === null && cutsRow(bytes, block.end - block.at, seam);
          seam = { ...facts.after, midRow };
          lines += facts.lines;
          problems.push(...(place?.problems(facts.problems) ?? facts.problems));
        }
      }
    } finally {
      opened.close();
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    problems.push({ code: error.problem, at: 0, count: 1, found: error.code });
  }
  return problems;
}
