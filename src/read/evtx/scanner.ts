/** Answers a demand over blocks of an event log: counts every record, decodes of it what is asked for, keeps those that matter. */
import { countedName } from '../../core/field-shape.ts';
import { Problems } from '../../core/problem.ts';
import type { Block, BlockFacts, Demand, JudgeTuple, Layout, Rows, Scanner, Seam, Unit } from '../../core/record.ts';
import { byCodeUnit } from '../../core/text.ts';
import { earliestPlausibleMs, hourMs, isoUtc, latestPlausibleMs } from '../../core/time.ts';
import { type FieldLiterals, LayoutLiterals, Tally } from '../../kernel/index.ts';
import { EventLayouts } from '../windows-event-layout.ts';
import { noteOf } from '../windows-event-notes.ts';
import { isSystemName, windowsEventSource } from '../windows-event-record.ts';
import { ChunkXml } from './binary-xml.ts';
import { Damage, damage } from './damage.ts';
import { Templates, TemplatesById } from './templates.ts';
import type { Node } from './tree.ts';
import { u64 } from './bytes.ts';
import { chunkBytes, type ChunkRecords, fileHeaderBytes, readChunk, readFileHeader, type RecordPlace } from './chunk.ts';
import { ValuePlaces } from './instance.ts';
import { eventJson } from './json.ts';
import { type Plain, plainOf, xmlOf } from './render.ts';
import { cellMs, fieldText, isFigures, mostUnnamed, ParsedRecord, type Shape, shapeOf, Shapes } from './shape.ts';
import { type View, viewOf } from './views.ts';

/** A shape under one provider and event: what its fields mean. */
interface Bound {
  readonly layout: Layout;
  readonly view: View | null;
  readonly literals: readonly FieldLiterals[];
  readonly selecting: readonly FieldLiterals[];
  /** Its fields are those of the shape, and each is what it is. */
  readonly plain: boolean;
  /** Groups that are counted of which its events can have a value. */
  readonly groups: readonly boolean[];
}

/** Of one shape: by provider, and by the view that an event of it has. */
class BoundShapes {
  readonly #known = new Map<string | null, Map<View | null, Bound>>();
  #count = 0;

  get(provider: string | null, view: View | null): Bound | undefined {
    return this.#known.get(provider)?.get(view);
  }

  set(provider: string | null, view: View | null, bound: Bound): void {
    if (this.#count >= mostLayouts) {
      this.#known.clear();
      this.#count = 0;
    }
    let all = this.#known.get(provider);
    if (all === undefined) this.#known.set(provider, (all = new Map<View | null, Bound>()));
    all.set(view, bound);
    this.#count++;
  }
}

/** What cannot be taken apart, or would be longer than any event. */
const noEvent = '{"Event":null}';
const nothing: Shape = shapeOf(new Map());
const noNodes: readonly Node[] = [];
const mostLayouts = 2048;
/** Backwards in time by more than this is no matter of threads that overtake each other. */
const jumpMs = hourMs;

export class EvtxScanner implements Scanner {
  readonly #demand: Demand;
  readonly #templates = new Templates();
  readonly #shapes = new Shapes();
  readonly #bound = new WeakMap<Shape, BoundShapes>();
  readonly #boundRecovered = new WeakMap<Shape, BoundShapes>();
  readonly #layouts = new EventLayouts();
  readonly #literals: LayoutLiterals;

  constructor(demand: Demand) {
    this.#demand = demand;
    this.#literals = new LayoutLiterals(demand);
  }

  scan(block: Block, bytes: Uint8Array, before: Seam, judge: JudgeTuple, onRows: (rows: Rows) => void): BlockFacts {
    const problems = new Problems();
    const tally = new Tally(this.#demand);
    const sources = new Set<string>();
    const units: Unit[] = [];
    const wanted: EventRow[] = [];
    const headed = block.index === 0;
    const stated = headed ? readFileHeader(bytes.subarray(0, fileHeaderBytes), block.at, problems) : 0;
    // Those of this block alone, so that it gives the same whatever was read before it.
    const byId = new TemplatesById();
    const places = new ValuePlaces();
    let row: EventRow | null = null;
    const value = (name: string): string | null => row!.text(name);
    for (let at = headed ? fileHeaderBytes : 0; at < bytes.length; at += chunkBytes) {
      const end = Math.min(at + chunkBytes, bytes.length);
      const chunk = readChunk(bytes, at, end, block.at, problems);
      const xml = new ChunkXml(bytes, at, end, this.#templates, byId, places);
      let lastMs = Number.NaN;
      for (const place of chunk.records) {
        row = this.#row(xml, place, block.at, problems);
        const substituted = xml.wasSubstituted();
        if (row === null) continue;
        sources.add(row.bound.layout.logSource);
        const { timeMs } = row;
        if (substituted) problems.add('evtx.template_elsewhere', block.at + place.at);
        if (place.recovered) problems.add('evtx.recovered', block.at + place.at);
        else if (Number.isNaN(timeMs)) problems.add('row.time', block.at + place.at);
        else {
          if (lastMs - timeMs > jumpMs)
            problems.add('evtx.time_jump', block.at + place.at, { found: `${isoUtc(lastMs)} before ${isoUtc(timeMs)}` });
          lastMs = timeMs;
        }
        this.#note(row, problems, block.at);
        // What was left over from before proves no span of time.
        const chosen = tally.add(value, place.recovered ? Number.NaN : timeMs, judge, row.bound.groups);
        if (chosen || row.isSelected()) wanted.push(row);
      }
      units.push(unitOf(block.at + at, chunk));
    }
    if (wanted.length > 0) onRows(new EventRows(wanted, block.at));
    const facts = tally.facts(block.at, problems);
    return {
      block,
      logSource: windowsEventSource,
      logSources: [...sources].sort(byCodeUnit),
      lines: 0,
      ...facts,
      after: { ...before, header: 'evtx', midRow: false },
      problems: problems.list(),
      units,
      unitsStated: stated,
    };
  }

  /** null: left over from before, and its template is gone. */
  #row(xml: ChunkXml, place: RecordPlace, offset: number, problems: Problems): EventRow | null {
    try {
      const { record, shape } = this.#shapes.of(xml, xml.record(place.at + 24, place.at + place.size - 4, place.recovered));
      if (shape.names.length === 0) throw damage('nothing in it');
      return this.#bind(xml, place, record, shape);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      if (place.recovered) {
        problems.add('evtx.leftover', offset + place.at);
        return null;
      }
      problems.add('evtx.record_damaged', offset + place.at, { found: error.message });
      return this.#bind(xml, place, new ParsedRecord(noNodes, []), nothing);
    }
  }

  #bind(xml: ChunkXml, place: RecordPlace, record: ParsedRecord, shape: Shape): EventRow {
    const provider = shape.provider === null ? null : fieldText(xml.bytes, record, shape.provider);
    const eventId = shape.eventId === null ? null : fieldText(xml.bytes, record, shape.eventId);
    const shapes = place.recovered ? this.#boundRecovered : this.#bound;
    let all = shapes.get(shape);
    if (all === undefined) shapes.set(shape, (all = new BoundShapes()));
    const view = viewOf(provider, eventId);
    let bound = all.get(provider, view);
    if (bound === undefined) {
      const layout = this.#layout(shape, provider, view, place.recovered);
      const literals = this.#literals.of(layout);
      bound = {
        layout,
        view,
        literals,
        selecting: literals.filter(({ selects }) => selects),
        groups: this.#groupsOf(layout),
        plain:
          view === null &&
          shape !== nothing &&
          !place.recovered &&
          layout.fields.every(({ percent, partOf }) => percent !== true && partOf === undefined),
      };
      all.set(provider, view, bound);
    }
    return new EventRow(xml, place, record, shape, bound, provider, eventId);
  }

  #layout(shape: Shape, provider: string | null, view: View | null, recovered: boolean): Layout {
    const names = new Set<string>(shape === nothing ? headerFields : shape.names);
    if (recovered) names.add('Recovered');
    return this.#layouts.of(names, provider, view);
  }

  #groupsOf(layout: Layout): readonly boolean[] {
    const names = new Set(layout.fields.map(({ name }) => name));
    return this.#demand.groups.map((group) => group.some((name) => names.has(countedName(name).field)));
  }

  /** Events that tell of the log itself. */
  #note(row: EventRow, problems: Problems, offset: number): void {
    const note = noteOf(row.provider, row.eventId, (name) => row.text(name), row.timeMs);
    if (note !== null) problems.add(note.code, offset + row.place.at, { found: note.found });
  }
}

/** What the header of a record says, whatever stands in it. */
const headerFields: ReadonlySet<string> = new Set(['EventRecordID', 'TimeCreated']);

function unitOf(at: number, { state, records }: ChunkRecords): Unit {
  const own = records.filter(({ recovered }) => !recovered);
  return { at, state, records: own.length, firstId: own[0]?.id ?? 0, lastId: own.at(-1)?.id ?? 0 };
}

const plausible = (ms: number): number => (ms >= earliestPlausibleMs && ms <= latestPlausibleMs ? ms : Number.NaN);

/** One record; what is asked of it is decoded then. */
class EventRow {
  readonly xml: ChunkXml;
  readonly place: RecordPlace;
  readonly bound: Bound;
  readonly provider: string | null;
  readonly eventId: string | null;
  /** What the event says; what the record's header says only where the event says nothing. */
  readonly timeMs: number;
  readonly #record: ParsedRecord;
  readonly #shape: Shape;

  constructor(
    xml: ChunkXml,
    place: RecordPlace,
    record: ParsedRecord,
    shape: Shape,
    bound: Bound,
    provider: string | null,
    eventId: string | null,
  ) {
    this.xml = xml;
    this.place = place;
    this.bound = bound;
    this.provider = provider;
    this.eventId = eventId;
    this.#record = record;
    this.#shape = shape;
    const stated = shape.time === null ? Number.NaN : cellMs(xml.bytes, record, shape.time);
    this.timeMs = plausible(Number.isNaN(stated) ? place.writtenMs : stated);
  }

  text(name: string): string | null {
    const { view } = this.bound;
    if (view !== null && Object.hasOwn(view.values, name)) return view.values[name]!((own) => this.#own(own)) || null;
    return this.#own(name);
  }

  /** Holds a text that makes it a candidate. */
  isSelected(): boolean {
    for (const field of this.bound.selecting) if (field.held(this.text(field.name)).selects) return true;
    return false;
  }

  /** Ids of the literals that hold on it, ascending. */
  literals(): readonly number[] {
    const ids: number[] = [];
    for (const field of this.bound.literals) for (const id of field.held(this.text(field.name)).ids) ids.push(id);
    return ids.sort((a, b) => a - b);
  }

  /** See `Rows.words`. */
  words(into: string[]): number {
    if (!this.bound.plain) return -1;
    let count = 0;
    const { lists } = this.#shape;
    for (let i = 0; i < lists.length; i++) {
      const cells = lists[i]!;
      // Several values make one only where they are told one by one, too.
      if (cells.length === 1 ? isFigures(this.#record, cells[0]!) : cells.length <= mostUnnamed) continue;
      const text = fieldText(this.xml.bytes, this.#record, cells);
      if (text !== null) into[count++] = text;
    }
    return count;
  }

  plain(): readonly Plain[] {
    try {
      return plainOf(this.xml, this.#record);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return [];
    }
  }

  json(): string {
    try {
      return eventJson(this.xml, this.#record) || noEvent;
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return noEvent;
    }
  }

  #own(name: string): string | null {
    if (name === 'Provider_Name') return this.provider;
    if (name === 'EventID') return this.eventId;
    const cells = this.#shape.cells.get(name);
    if (cells !== undefined) return fieldText(this.xml.bytes, this.#record, cells);
    if (name === 'Recovered') return this.place.recovered ? 'true' : null;
    if (this.#shape !== nothing) return null;
    if (name === 'EventRecordID') return u64(this.xml.bytes, this.place.at + 8).toString();
    return name === 'TimeCreated' && !Number.isNaN(this.timeMs) ? isoUtc(this.timeMs) : null;
  }
}

class EventRows implements Rows {
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
  words(row: number, into: string[]): number {
    return this.#rows[row]!.words(into);
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
