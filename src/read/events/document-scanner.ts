/**
 * Scanner for texts whose rows are documents (objects of JSON, elements of XML) that may reach over line ends: a block is cut into
 * documents by what begins in it, and each is read on its own. What cannot be read is told and hides nothing beside it.
 */
import { type ProblemCode, Problems } from '../../core/problem.ts';
import type { Block, BlockFacts, Demand, Field, JudgeTuple, Layout, Literal, Rows, Scanner, Seam } from '../../core/record.ts';
import { byCodeUnit, decodeText } from '../../core/text.ts';
import { literalHolds, Tally, transcodeUtf16 } from '../../kernel/index.ts';
import { noteOf } from '../windows-event-notes.ts';
import type { ReadEvent } from './event-draft.ts';

/** What a splitter finds, in order of place. */
export interface Found {
  document(start: number, end: number): void;
  broken(at: number, why: string): void;
  /** Something among the documents that is none. */
  note(at: number): void;
  /** A document type, which can hold entities. */
  declared(at: number): void;
}

/**
 * Finds the documents that begin in [from, ownedEnd) of `bytes`, which go on behind it as far as the last of them needs, and no
 * further than is read. `isWhole`: nothing stands behind them. Returns the state at `ownedEnd`; '' is the beginning.
 */
export type Split = (bytes: Uint8Array, from: number, ownedEnd: number, isWhole: boolean, state: string, found: Found) => string;

export interface DocumentForm {
  readonly logSource: string;
  readonly split: Split;
  /** Told where a document cannot be read. */
  readonly broken: ProblemCode;
  /** A line that the block begins in belongs to the block before. */
  readonly byLines: boolean;
  /** @throws anything that {@link isDamage} knows */
  read(text: string, odd: (code: ProblemCode, found: string) => void): readonly ReadEvent[];
  isDamage(error: unknown): error is Error;
}

interface Row {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly event: ReadEvent;
}

interface BoundLiteral {
  readonly id: number;
  readonly literal: Literal;
  readonly field: Field;
}

const lf = 0x0a;

export class DocumentScanner implements Scanner {
  readonly #demand: Demand;
  readonly #form: DocumentForm;
  readonly #bound = new WeakMap<Layout, readonly BoundLiteral[]>();

  constructor(demand: Demand, form: DocumentForm) {
    this.#demand = demand;
    this.#form = form;
  }

  scan(block: Block, stored: Uint8Array, before: Seam, judge: JudgeTuple, onRows: (rows: Rows) => void): BlockFacts {
    const form = this.#form;
    const owned = Math.min(block.end - block.at, stored.length);
    const wide = before.encoding === 'utf8' ? null : transcodeUtf16(stored, before.encoding === 'utf16le', owned);
    const bytes = wide === null ? stored : wide.bytes;
    const ownedEnd = wide === null ? owned : wide.ownedEnd;
    const toStored = (at: number): number => (wide === null ? at : wide.originalOffset(at));
    const problems = new Problems();
    const tally = new Tally(this.#demand);
    const sources = new Set<string>();
    const wanted: Row[] = [];
    let lines = 0;
    let counted = 0;
    const lineAt = (at: number): number => {
      for (let next = bytes.indexOf(lf, counted); next !== -1 && next < at; next = bytes.indexOf(lf, counted)) {
        lines++;
        counted = next + 1;
      }
      return lines;
    };
    let from = 0;
    if (form.byLines && before.midRow && !before.header.startsWith('stream')) {
      const end = bytes.indexOf(lf);
      from = end === -1 || end >= ownedEnd ? ownedEnd : end + 1;
    }
    const take = (event: ReadEvent, start: number, end: number): void => {
      sources.add(event.layout.logSource);
      const note = noteOf(
        event.fields.get('Provider_Name') ?? null,
        event.fields.get('EventID') ?? null,
        (name) => event.fields.get(name) || null,
        event.timeMs,
      );
      if (note !== null) problems.add(note.code, block.at + toStored(start), { found: note.found });
      // A time of the server's clock is one, though nobody says its zone.
      const time = event.fields.get('TimeCreated') ?? '';
      if (Number.isNaN(event.timeMs) && !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(time))
        problems.add('row.time', block.at + toStored(start), time === '' ? {} : { found: time.slice(0, 80) });
      const candidate = tally.add((name) => event.fields.get(name) ?? null, event.timeMs, judge);
      if (candidate || this.#holding(event).some((id) => this.#demand.literals[id]!.selects))
        wanted.push({ start, end, line: lineAt(start), event });
    };
    const after = form.split(bytes, from, ownedEnd, block.last, before.header, {
      document: (start, end) => {
        const place = block.at + toStored(start);
        try {
          const events = form.read(decodeText(bytes.subarray(start, end)), (code, found) => problems.add(code, place, { found }));
          for (const event of events) take(event, start, end);
        } catch (error) {
          if (!form.isDamage(error)) throw error;
          problems.add(form.broken, place, { found: error.message });
        }
      },
      broken: (at, why) => problems.add(form.broken, block.at + toStored(at), { found: why }),
      note: (at) => problems.add('text.note', block.at + toStored(at)),
      declared: (at) => problems.add('xml.entities', block.at + toStored(at)),
    });
    lineAt(ownedEnd);
    const facts = tally.facts(block.at, problems);
    if (wanted.length > 0)
      onRows(
        new DocumentRows(
          wanted,
          ({ start, end }) => {
            const at = toStored(start);
            return { offset: block.at + at, raw: stored.slice(at, toStored(end)) };
          },
          ({ event }) => this.#holding(event),
        ),
      );
    return {
      block,
      logSource: form.logSource,
      logSources: [...sources].sort(byCodeUnit),
      lines: lines + (block.last && ownedEnd > 0 && bytes[ownedEnd - 1] !== lf ? 1 : 0),
      ...facts,
      after: { ...before, header: after, midRow: false },
      problems: problems.list(),
    };
  }

  /** Ids of the literals that hold on an event, ascending. */
  #holding({ layout, fields }: ReadEvent): number[] {
    let bound = this.#bound.get(layout);
    if (bound === undefined) {
      const known = new Map(layout.fields.map((field) => [field.name, field]));
      bound = [...this.#demand.literals.entries()].flatMap(([id, literal]): BoundLiteral[] => {
        const field = known.get(literal.field);
        return field === undefined ? [] : [{ id, literal, field }];
      });
      this.#bound.set(layout, bound);
    }
    const holding: number[] = [];
    for (const { id, literal, field } of bound) {
      const value = fields.get(field.name);
      if (value !== undefined && value !== '' && literalHolds(literal, field, value)) holding.push(id);
    }
    return holding;
  }
}

class DocumentRows implements Rows {
  readonly #rows: readonly Row[];
  readonly #place: (row: Row) => { readonly offset: number; readonly raw: Uint8Array };
  readonly #holding: (row: Row) => readonly number[];

  constructor(
    rows: readonly Row[],
    place: (row: Row) => { readonly offset: number; readonly raw: Uint8Array },
    holding: (row: Row) => readonly number[],
  ) {
    this.#rows = rows;
    this.#place = place;
    this.#holding = holding;
  }

  get length(): number {
    return this.#rows.length;
  }
  offset(row: number): number {
    return this.#place(this.#rows[row]!).offset;
  }
  line(row: number): number {
    return this.#rows[row]!.line;
  }
  /** Its place is a line, which is easier to find than its number. */
  recordId(): bigint | null {
    return null;
  }
  timeMs(row: number): number {
    return this.#rows[row]!.event.timeMs;
  }
  layout(row: number): Layout {
    return this.#rows[row]!.event.layout;
  }
  text(row: number, field: string): string | null {
    return this.#rows[row]!.event.fields.get(field) || null;
  }
  raw(row: number): Uint8Array {
    return this.#place(this.#rows[row]!).raw;
  }
  literals(row: number): readonly number[] {
    return this.#holding(this.#rows[row]!);
  }
}
