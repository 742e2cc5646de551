/** One record as the scanner hands it on; what is asked of it is decoded then. */
import { KnownText } from '../../core/known-text.ts';
import type { Layout } from '../../core/record.ts';
import { earliestPlausibleMs, isoUtc, latestPlausibleMs } from '../../core/time.ts';
import type { FieldLiterals, Held } from '../../kernel/index.ts';
import type { ChunkXml } from './binary-xml.ts';
import { fileTimeMs, u64, utf16 } from './bytes.ts';
import type { RecordPlace } from './chunk.ts';
import { Damage } from './damage.ts';
import { Instance } from './instance.ts';
import { eventJson } from './json.ts';
import type { Kind, PlacedLiterals } from './kinds.ts';
import { knownText, trimmed } from './known-texts.ts';
import { mostHere, type QuickRecord } from './quick-record.ts';
import { type Plain, plainOf } from './render.ts';
import {
  cellMs,
  fieldText,
  type FieldPlace,
  isFigures,
  mostUnnamed,
  ParsedRecord,
  type Shape,
  shapeOf,
  Shapes,
} from './shape.ts';
import type { Template } from './tree.ts';
import { isFigureType, valueText, valueTypes } from './values.ts';
import type { View } from './views.ts';

/** A shape under one provider and event: what its fields mean. */
export interface Bound {
  readonly layout: Layout;
  readonly view: View | null;
  readonly literals: readonly FieldLiterals[];
  readonly selecting: readonly FieldLiterals[];
  /** Its fields are those of the shape, and each is what it is. */
  readonly plain: boolean;
  /** Groups that are counted of which its events can have a value. */
  readonly groups: readonly boolean[];
}

/** The shape of what cannot be taken apart. */
export const nothing: Shape = shapeOf(new Map());
/** What cannot be taken apart, or would be longer than any event. */
const noEvent = '{"Event":null}';
const noList = new Int32Array(0);

const plausible = (ms: number): number => (ms >= earliestPlausibleMs && ms <= latestPlausibleMs ? ms : Number.NaN);

/** Texts of the row that is looked at, so that each is looked for once, however many ask. By instance and slot. */
const looked = {
  row: null as EventRow | null,
  stamp: 0,
  stamps: new Int32Array(mostHere * 2),
  texts: Array.from({ length: mostHere * 2 }, (): KnownText | null => null),
};

/** Is filled anew for each record until one is kept. */
export class EventRow {
  xml!: ChunkXml;
  place!: RecordPlace;
  bound!: Bound;
  provider: string | null = null;
  eventId: string | null = null;
  /** What the event says; what the record's header says only where the event says nothing. */
  timeMs = Number.NaN;
  /** null: nothing is known of rows like it. */
  kind: Kind | null = null;
  #shape: Shape = nothing;
  /** Its values are told by the list. */
  #isQuick = false;
  /** null: it is made of the list when somebody needs it. */
  #record: ParsedRecord | null = null;
  #list: Int32Array = noList;
  #outer: Template | null = null;
  #outerFrom = 0;
  #outerCount = 0;
  #slot = -1;
  #inner: Template | null = null;
  #innerFrom = 0;
  #innerCount = 0;
  #isSkeleton = false;

  /** @param record null: its shape is {@link nothing} */
  takeParsed(xml: ChunkXml, place: RecordPlace, record: ParsedRecord, shape: Shape): void {
    this.xml = xml;
    this.place = place;
    this.kind = null;
    this.#isQuick = false;
    this.#isSkeleton = false;
    this.#record = record;
    this.#shape = shape;
    const stated = shape.time === null ? Number.NaN : cellMs(xml.bytes, record, shape.time.cells[0]!);
    this.timeMs = plausible(Number.isNaN(stated) ? place.writtenMs : stated);
    this.provider = shape.provider === null ? null : this.at(shape.provider);
    this.eventId = shape.eventId === null ? null : this.at(shape.eventId);
  }

  /** What it means is told afterwards: {@link bound}, {@link provider}, {@link eventId}. */
  takeQuick(xml: ChunkXml, place: RecordPlace, quick: QuickRecord, shape: Shape): void {
    this.xml = xml;
    this.place = place;
    if (looked.row === this) looked.row = null;
    this.#isQuick = true;
    this.#record = null;
    this.#shape = shape;
    this.#list = quick.list;
    this.#outer = quick.outer;
    this.#outerFrom = quick.outerFrom;
    this.#outerCount = quick.outerCount;
    this.#slot = quick.slot;
    this.#inner = quick.inner;
    this.#innerFrom = quick.innerFrom;
    this.#innerCount = quick.innerCount;
    this.#isSkeleton = quick.isSkeleton;
    const stated = this.#statedMs();
    this.timeMs = plausible(Number.isNaN(stated) ? place.writtenMs : stated);
  }

  text(name: string): string | null {
    const { view } = this.bound;
    if (view !== null && Object.hasOwn(view.values, name)) return view.values[name]!((own) => this.#own(own)) || null;
    return this.#own(name);
  }

  /** The value of a field of its shape. */
  at(field: FieldPlace): string | null {
    if (field.constant !== null) return field.constant.text || null;
    if (!this.#isQuick || field.slot === -1) return fieldText(this.xml.bytes, this.parsed(), field.cells);
    const known = this.known(field);
    if (known !== null) return known.text || null;
    const value = this.#valueAt(field);
    if (value === -1) return null;
    const list = this.#list;
    const type = list[value + 2]!;
    return type === valueTypes.binXml ? null : valueText(this.xml.bytes, list[value]!, list[value + 1]!, type) || null;
  }

  /** Holds a text that makes it a candidate. */
  isSelected(): boolean {
    for (const field of this.bound.selecting) if (field.held(this.text(field.name)).selects) return true;
    return false;
  }

  /** The same, where it is known in which fields one may stand. */
  isSelectedIn(fields: readonly PlacedLiterals[]): boolean {
    for (let i = 0; i < fields.length; i++) if (this.#held(fields[i]!).selects) return true;
    return false;
  }

  #held({ field, place }: PlacedLiterals): Held {
    if (place === null) return field.held(this.text(field.name));
    const known = this.known(place);
    return known === null ? field.held(this.at(place)) : field.ofKnown(known);
  }

  /** Ids of the literals that hold on it, ascending. */
  literals(): readonly number[] {
    const { kind } = this;
    let ids: number[] | null = null;
    if (kind === null) {
      const { literals } = this.bound;
      for (let i = 0; i < literals.length; i++) {
        const held = literals[i]!.held(this.text(literals[i]!.name)).ids;
        for (let k = 0; k < held.length; k++) (ids ??= []).push(held[k]!);
      }
    } else {
      const fields = kind.otherLiterals;
      for (let i = 0; i < fields.length; i++) {
        const held = this.#held(fields[i]!).ids;
        for (let k = 0; k < held.length; k++) (ids ??= [...kind.literals]).push(held[k]!);
      }
      if (ids === null) return kind.literals;
    }
    return ids === null ? noIds : ids.sort((a, b) => a - b);
  }

  /** What stands in a place of its shape, where it is a text that is known. */
  known(place: FieldPlace): KnownText | null {
    if (place.constant !== null) return place.constant;
    if (!this.#isQuick || place.slot === -1) return null;
    if (looked.row !== this) {
      looked.row = this;
      if (++looked.stamp > 0x7fff_ffff) {
        looked.stamps.fill(0);
        looked.stamp = 1;
      }
    }
    const here = place.of * mostHere + place.slot;
    if (looked.stamps[here] === looked.stamp) return looked.texts[here]!;
    const value = this.#valueAt(place);
    const list = this.#list;
    let known: KnownText | null = null;
    if (value !== -1 && list[value + 2] === valueTypes.string && list[value + 1]! > 0) {
      const at = list[value]!;
      const end = at + list[value + 1]!;
      // One that nobody keeps is kept for as long as its row is looked at.
      known = knownText(this.xml.bytes, at, end) ?? new KnownText(trimmed(utf16(this.xml.bytes, at, end)));
    }
    looked.stamps[here] = looked.stamp;
    looked.texts[here] = known;
    return known;
  }

  /** See `Rows.words`. */
  words(into: (string | KnownText)[]): number {
    if (!this.bound.plain) return -1;
    let count = 0;
    const all = (this.#shape.all ??= [...this.#shape.fields.values()]);
    for (let i = 0; i < all.length; i++) {
      const field = all[i]!;
      const { cells } = field;
      if (field.constant !== null) {
        if (field.constant.text !== '') into[count++] = field.constant;
        continue;
      }
      if (this.#isQuick && field.slot !== -1) {
        const value = this.#valueAt(field);
        if (value !== -1 && isFigureType[this.#list[value + 2]!] === 1) continue;
        const known = this.known(field);
        if (known !== null) {
          if (known.text !== '') into[count++] = known;
          continue;
        }
      } else if (cells.length === 1 ? isFigures(this.parsed(), cells[0]!) : cells.length <= mostUnnamed)
        // Several values make one only where they are told one by one, too.
        continue;
      const text = this.at(field);
      if (text !== null) into[count++] = text;
    }
    return count;
  }

  plain(): readonly Plain[] {
    try {
      return plainOf(this.xml, this.#asItStands());
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return [];
    }
  }

  json(): string {
    try {
      return eventJson(this.xml, this.#asItStands()) || noEvent;
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return noEvent;
    }
  }

  /** Where a value stands in the list; -1: the instance has none so late. */
  #valueAt({ of, slot }: FieldPlace): number {
    if (of === 0) return slot < this.#outerCount ? this.#outerFrom + slot * 3 : -1;
    return slot < this.#innerCount ? this.#innerFrom + slot * 3 : -1;
  }

  #statedMs(): number {
    const { time } = this.#shape;
    if (time === null) return Number.NaN;
    if (time.slot !== -1) {
      const value = this.#valueAt(time);
      const list = this.#list;
      if (value !== -1 && list[value + 2] === valueTypes.fileTime && list[value + 1] === 8)
        return fileTimeMs(this.xml.bytes, list[value]!);
    }
    return cellMs(this.xml.bytes, this.parsed(), time.cells[0]!);
  }

  /** With texts that stand in it as it is where they stand. @throws Damage */
  #asItStands(): ParsedRecord {
    const { at, size } = this.place;
    return this.#isSkeleton ? new Shapes().of(this.xml, this.xml.record(at + 24, at + size - 4)).record : this.parsed();
  }

  /** Its tree and its instances. */
  parsed(): ParsedRecord {
    if (this.#record !== null) return this.#record;
    const outer = new Instance(this.#outer!, this.#list, this.#outerFrom, this.#outerCount);
    const instances = [outer];
    if (this.#slot !== -1) {
      const inner = new Instance(this.#inner!, this.#list, this.#innerFrom, this.#innerCount);
      outer.keepNested(this.#slot, [inner]);
      instances.push(inner);
    }
    return (this.#record = new ParsedRecord([outer], instances));
  }

  #own(name: string): string | null {
    if (name === 'Provider_Name') return this.provider;
    if (name === 'EventID') return this.eventId;
    const field = this.#shape.fields.get(name);
    if (field !== undefined) return this.at(field);
    if (name === 'Recovered') return this.place.recovered ? 'true' : null;
    if (this.#shape !== nothing) return null;
    if (name === 'EventRecordID') return u64(this.xml.bytes, this.place.at + 8).toString();
    return name === 'TimeCreated' && !Number.isNaN(this.timeMs) ? isoUtc(this.timeMs) : null;
  }
}

const noIds: readonly number[] = [];
