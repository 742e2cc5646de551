/** One reader over one text, cut and read as a run does it, in order. */
import { type Problem, Problems } from '../../src/core/problem.ts';
import type { Books, Demand, JudgeTuple, Literal, OpenDoors, Reader, Rows, Seam, Unit } from '../../src/core/record.ts';
import { groupsOfReader } from '../../src/detect/index.ts';
import { readHead } from '../../src/evidence/text-head.ts';
import { cut, cutsRow, readBlock, readUnits, rowEnd, tailBytes } from '../../src/run/blocks.ts';
import { memorySource } from './memory.ts';

export interface SeenRow {
  readonly at: number;
  /** From 1. */
  readonly line: number;
  readonly time: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly literals: readonly number[];
  readonly raw: Uint8Array;
  readonly layout: string;
}

export interface Seen {
  readonly rows: readonly SeenRow[];
  readonly count: number;
  readonly lines: number;
  readonly problems: readonly Problem[];
  /** By group: tuple as JSON → rows. */
  readonly groups: readonly ReadonlyMap<string, number>[];
  readonly overflow: number;
  readonly spanMs: readonly [number, number];
  readonly hours: ReadonlyMap<number, number>;
  /** Of each block. */
  readonly books: readonly Books[];
}

export interface ScanOptions {
  readonly blockBytes?: number;
  readonly groupLimit?: number;
  readonly groups?: Demand['groups'];
  readonly literals?: readonly Literal[];
  /** Which tuples matter; every row, if not said. */
  readonly judge?: JudgeTuple;
  /** Keep the books of requests. */
  readonly books?: true;
  /** All doors are open, if not said. */
  readonly opens?: OpenDoors;
  /** Gets the candidate rows as the run does. */
  readonly onRows?: (rows: Rows) => void;
  /** Told instead of found out from the head. */
  readonly encoding?: Seam['encoding'];
  readonly lineEnd?: Seam['lineEnd'];
}

export function scanText(reader: Reader, text: string | Uint8Array, options: ScanOptions = {}): Seen {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const head = readHead(bytes.subarray(0, 64 << 10));
  const encoding = options.encoding ?? head.encoding;
  const lineEnd = options.lineEnd ?? head.lineEnd;
  const demand: Demand = {
    hash: 'test',
    logSource: reader.logSource,
    literals: options.literals ?? [],
    groups: options.groups ?? (groupsOfReader(reader).length > 0 ? groupsOfReader(reader) : [['none']]),
    groupLimit: options.groupLimit ?? 4096,
    ...(options.books === true ? { books: true } : {}),
  };
  const judge = options.judge ?? (() => true);
  const scanner = reader.scanner(demand);
  const source = memorySource(bytes);
  const blockBytes = reader.blockBytes === null ? null : (options.blockBytes ?? reader.blockBytes);
  const rows: SeenRow[] = [];
  const problems = new Problems();
  const groups = demand.groups.map(() => new Map<string, number>());
  const hours = new Map<number, number>();
  const books: Books[] = [];
  let [count, lines, overflow, first, last] = [0, 0, 0, Number.NaN, Number.NaN];
  let seam: Seam = { header: '', date: '', midRow: false, encoding, lineEnd };
  const part = { kind: reader.kind, at: 0, end: bytes.length, firstLine: 0, excerpt: false };
  const frame = reader.frame ?? null;
  const units: Unit[] = [];
  let stated = 0;
  for (const block of cut(part, blockBytes, frame)) {
    const buffer = new Uint8Array(block.end - block.at + tailBytes);
    const got =
      frame === null
        ? readBlock(source, block, part.end, encoding, rowEnd(reader, lineEnd), buffer, null)
        : readUnits(source, block, buffer, null);
    const onRows = (candidates: Rows): void => {
      options.onRows?.(candidates);
      for (let row = 0; row < candidates.length; row++) {
        const layout = candidates.layout(row);
        const fields: Record<string, string> = {};
        for (const { name } of layout.fields) {
          const value = candidates.text(row, name);
          if (value !== null) fields[name] = value;
        }
        const timeMs = candidates.timeMs(row);
        rows.push({
          at: candidates.offset(row),
          line: candidates.line(row) + lines + 1,
          time: Number.isNaN(timeMs) ? null : new Date(timeMs).toISOString(),
          fields,
          literals: candidates.literals(row),
          raw: candidates.raw(row),
          layout: layout.hash,
        });
      }
    };
    const facts = scanner.scan(block, got, seam, judge, onRows, options.opens);
    if (facts.books !== undefined) books.push(facts.books);
    units.push(...(facts.units ?? []));
    stated = Math.max(stated, facts.unitsStated ?? 0);
    const midRow = frame === null && cutsRow(got, block.end - block.at, seam);
    seam = { ...facts.after, midRow };
    count += facts.rows;
    lines += facts.lines;
    if (!(facts.firstMs >= first) && !Number.isNaN(facts.firstMs)) first = facts.firstMs;
    if (!(facts.lastMs <= last) && !Number.isNaN(facts.lastMs)) last = facts.lastMs;
    problems.addAll(facts.problems);
    for (const [i, hour] of facts.hours.hours.entries()) hours.set(hour, (hours.get(hour) ?? 0) + facts.hours.counts[i]!);
    for (const [index, group] of facts.groups.entries()) {
      overflow += group.overflow;
      for (const [i, tuple] of group.tuples.entries()) {
        const key = JSON.stringify(tuple);
        groups[index]!.set(key, (groups[index]!.get(key) ?? 0) + group.counts[i]!);
      }
    }
  }
  problems.addAll(reader.conclude?.(units, stated, bytes.length) ?? []);
  return { rows, count, lines, problems: problems.list(), groups, overflow, spanMs: [first, last], hours, books };
}

/** Problems as `code@offset×count`. */
export const told = ({ problems }: Seen): string[] => problems.map(({ code, at, count }) => `${code}@${at}×${count}`);
export const fieldsOf = ({ rows }: Seen): Readonly<Record<string, string>>[] => rows.map(({ fields }) => fields);
