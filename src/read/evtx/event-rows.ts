/** The records of a block that matter. */
import type { KnownText } from '../../core/known-text.ts';
import type { Layout, RowKind, Rows } from '../../core/record.ts';
import { isSystemName } from '../windows-event-record.ts';
import { u64 } from './bytes.ts';
import type { EventRow } from './event-row.ts';
import { xmlOf } from './render.ts';
import type { FieldPlace } from './shape.ts';

export class EventRows implements Rows {
  readonly #rows: readonly EventRow[];
  readonly #at: number;

  constructor(rows: readonly EventRow[], at: number) {
    this.#rows = rows;
    this.#at = at;
  }

  get length(): number {
    return this.#rows.length;
  }
  offset(row: number): number {
    return this.#at + this.#rows[row]!.place.at;
  }
  line(): number {
    return 0;
  }
  recordId(row: number): bigint {
    const { xml, place } = this.#rows[row]!;
    const stated = this.#rows[row]!.text('EventRecordID');
    return stated !== null && /^\d{1,20}$/.test(stated) ? BigInt(stated) : u64(xml.bytes, place.at + 8);
  }
  timeMs(row: number): number {
    return this.#rows[row]!.timeMs;
  }
  layout(row: number): Layout {
    return this.#rows[row]!.bound.layout;
  }
  text(row: number, field: string): string | null {
    return this.#rows[row]!.text(field);
  }
  words(row: number, into: (string | KnownText)[]): number {
    return this.#rows[row]!.words(into);
  }
  kind(row: number): RowKind | null {
    const { kind } = this.#rows[row]!;
    return kind === null || !kind.whole ? null : kind;
  }
  known(row: number, place: object): KnownText | null {
    return this.#rows[row]!.known(place as FieldPlace);
  }
  raw(row: number): Uint8Array {
    const { xml, place } = this.#rows[row]!;
    return xml.bytes.slice(place.at, place.at + place.size);
  }
  literals(row: number): readonly number[] {
    return this.#rows[row]!.literals();
  }
  /** What wrote it, when, where; then what it says. */
  readable(row: number): string {
    const one = this.#rows[row]!;
    const head = ['Channel', 'EventID', 'Provider_Name', 'TimeCreated', 'Computer', 'EventRecordID'];
    const own = one.bound.layout.fields.map(({ name }) => name).filter((name) => !isSystemName(name) && name !== 'Data');
    return [...head, ...own]
      .map((name) => [name, one.text(name)] as const)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  }
  xml(row: number): string {
    return xmlOf(this.#rows[row]!.plain());
  }
  json(row: number): string {
    return this.#rows[row]!.json();
  }
}
