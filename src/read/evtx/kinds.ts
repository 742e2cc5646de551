/**
 * Records that are alike in everything that is counted. Which log, event and computer a record is of stands in bytes that are the same in
 * thousands: what was made of them once is found again by all of those bytes, and nothing of such a record is decoded.
 */
import { countedName } from '../../core/field-shape.ts';
import type { Demand, RowKind } from '../../core/record.ts';
import type { FieldLiterals, Tuples } from '../../kernel/index.ts';
import type { Bound } from './event-row.ts';
import type { QuickRecord } from './quick-record.ts';
import type { FieldPlace, Shape } from './shape.ts';

/** All records of a shape with the same bytes in all values that are counted. */
export interface Kind extends RowKind {
  readonly shape: Shape;
  readonly hash: number;
  /** The values that it is known by: bytes and type of each, and what stands there, one after the other. */
  readonly sizes: Int32Array;
  readonly bytes: Uint8Array;
  readonly words: DataView;
  readonly bound: Bound;
  readonly provider: string | null;
  readonly eventId: string | null;
  /** It may say something of the log itself. */
  readonly noted: boolean;
  /** Everything that is counted is told by those values: of an event that is told as something else it may not be. */
  readonly whole: boolean;
  /** Texts that make it a candidate stand in one of those values. */
  readonly selected: boolean;
  /** Other fields in which such a text may stand. */
  readonly selecting: readonly PlacedLiterals[];
  /** Literals that hold on those values, ascending; and other fields on which some may. */
  readonly literals: readonly number[];
  readonly otherLiterals: readonly PlacedLiterals[];
  /** What it is counted as in the block that was scanned last, and which that was. */
  tuples: Tuples | null;
  scan: number;
}

/** Literals of a field, and where it stands. */
export interface PlacedLiterals {
  readonly field: FieldLiterals;
  readonly place: FieldPlace | null;
}

type OwnPart = Pick<Kind, 'shape' | 'hash' | 'sizes' | 'bytes' | 'words' | keyof RowKind>;
export type MadePart = Omit<Kind, keyof OwnPart>;

/** A hostile log can have one in each record. */
const mostKinds = 4096;
const slotMask = mostKinds * 4 - 1;
const mostProbes = 8;
/** Longer ones are told by each record anew. */
const mostKeyBytes = 4096;

/** What records of one shape are known by. */
interface ShapeKey {
  readonly serial: number;
  /** Instance and slot of each value. */
  readonly slots: Int32Array;
  /** Values of one record are often those of the one before. */
  last: Kind | null;
}

export class Kinds {
  readonly #names: ReadonlySet<string>;
  readonly #slots = new Int32Array(slotMask + 1);
  readonly #kinds: Kind[] = [];
  #serial = 0;
  #words: DataView = new DataView(new ArrayBuffer(0));
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(demand: Demand) {
    const counted = [...demand.groups, ...(demand.asked ?? [])].flat().map((name) => countedName(name).field);
    this.#names = new Set([...counted, 'Provider_Name', 'EventID']);
  }

  /** Fields that all records of a kind have in common. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The records that follow stand in these bytes. */
  begin(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param make what a kind is; asked where it is met for the first time */
  of(shape: Shape, record: QuickRecord, make: () => MadePart): Kind {
    const key = (shape.kinds ??= this.#keyOf(shape)) as ShapeKey;
    if (key.last !== null && this.#isSame(key.last, key.slots, record)) return key.last;
    const hash = this.#hash(key, record);
    let free = -1;
    for (let probe = 0; probe < mostProbes; probe++) {
      const slot = (hash + probe) & slotMask;
      const id = this.#slots[slot]!;
      if (id === 0) {
        free = slot;
        break;
      }
      const kind = this.#kinds[id - 1]!;
      if (kind.hash === hash && kind.shape === shape && this.#isSame(kind, key.slots, record)) return (key.last = kind);
    }
    const made = this.#copied(shape, hash, key.slots, record, make());
    if (made.bytes.length > mostKeyBytes) return made;
    key.last = made;
    if (this.#kinds.length >= mostKinds) {
      this.#kinds.length = 0;
      this.#slots.fill(0);
    } else if (free !== -1) {
      this.#kinds.push(made);
      this.#slots[free] = this.#kinds.length;
    }
    return made;
  }

  #keyOf(shape: Shape): ShapeKey {
    const slots = new Set<number>();
    for (const name of this.#names)
      for (const { of, parts } of shape.fields.get(name)?.cells ?? [])
        for (const part of parts) if (part.kind === 'slot' && of >= 0) slots.add(of * 65_536 + part.id);
    return {
      serial: ++this.#serial,
      slots: Int32Array.from([...slots].flatMap((slot) => [slot >>> 16, slot & 0xffff])),
      last: null,
    };
  }

  /** Where a value stands in the record's list; -1: there is none. */
  #place(of: number, slot: number, record: QuickRecord): number {
    if (of === 0) return slot < record.outerCount ? record.outerFrom + slot * 3 : -1;
    return slot < record.innerCount ? record.innerFrom + slot * 3 : -1;
  }

  #isSame({ sizes, words }: Kind, slots: Int32Array, record: QuickRecord): boolean {
    const { list } = record;
    const here = this.#words;
    let from = 0;
    for (let i = 0; i < sizes.length; i++) {
      const value = this.#place(slots[i * 2]!, slots[i * 2 + 1]!, record);
      if (value === -1) {
        if (sizes[i] !== -1) return false;
        continue;
      }
      const size = list[value + 1]!;
      if (sizes[i] !== ((size << 8) | list[value + 2]!)) return false;
      const at = list[value]!;
      let k = 0;
      for (; k + 4 <= size; k += 4) if (words.getInt32(from + k, true) !== here.getInt32(at + k, true)) return false;
      for (; k < size; k++) if (words.getUint8(from + k) !== here.getUint8(at + k)) return false;
      from += size;
    }
    return true;
  }

  #hash({ serial, slots }: ShapeKey, record: QuickRecord): number {
    const { list } = record;
    const here = this.#words;
    let hash = Math.imul(serial, 0x9e3779b1);
    for (let i = 0; i < slots.length; i += 2) {
      const value = this.#place(slots[i]!, slots[i + 1]!, record);
      const size = value === -1 ? 0 : list[value + 1]!;
      const at = value === -1 ? 0 : list[value]!;
      hash = Math.imul(hash ^ size ^ (hash >>> 15), 0x9e3779b1);
      let k = 0;
      for (; k + 4 <= size; k += 4) hash = Math.imul(hash ^ here.getInt32(at + k, true) ^ (hash >>> 15), 0x9e3779b1);
      for (; k < size; k++) hash = Math.imul(hash ^ here.getUint8(at + k) ^ (hash >>> 15), 0x9e3779b1);
    }
    return hash ^ (hash >>> 15);
  }

  #copied(shape: Shape, hash: number, slots: Int32Array, record: QuickRecord, made: MadePart): Kind {
    const { list } = record;
    const sizes = new Int32Array(slots.length / 2);
    let total = 0;
    for (let i = 0; i < sizes.length; i++) {
      const value = this.#place(slots[i * 2]!, slots[i * 2 + 1]!, record);
      sizes[i] = value === -1 ? -1 : (list[value + 1]! << 8) | list[value + 2]!;
      if (value !== -1) total += list[value + 1]!;
    }
    const bytes = new Uint8Array(total);
    let to = 0;
    for (let i = 0; i < sizes.length; i++) {
      if (sizes[i] === -1) continue;
      const value = this.#place(slots[i * 2]!, slots[i * 2 + 1]!, record);
      const at = list[value]!;
      bytes.set(this.#bytes.subarray(at, at + list[value + 1]!), to);
      to += list[value + 1]!;
    }
    return {
      ...made,
      shape,
      hash,
      sizes,
      bytes,
      words: new DataView(bytes.buffer),
      notes: new Map(),
      shared: (name) => this.#names.has(name),
      placeOf: (name) => {
        const place = shape.fields.get(name);
        return place === undefined || (place.slot === -1 && place.constant === null) ? null : place;
      },
    };
  }
}
