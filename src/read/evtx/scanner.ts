/** Answers a demand over blocks of an event log: counts every record, decodes of it what is asked for, keeps those that matter. */
import { countedName } from '../../core/field-shape.ts';
import { Problems } from '../../core/problem.ts';
import type { Block, BlockFacts, Demand, JudgeTuple, Layout, Rows, Scanner, Seam, Unit } from '../../core/record.ts';
import { byCodeUnit } from '../../core/text.ts';
import { hourMs, isoUtc } from '../../core/time.ts';
import { type FieldLiterals, LayoutLiterals, Tally } from '../../kernel/index.ts';
import { EventLayouts } from '../windows-event-layout.ts';
import { mayNote, noteOf } from '../windows-event-notes.ts';
import { windowsEventSource } from '../windows-event-record.ts';
import { ChunkXml } from './binary-xml.ts';
import { chunkBytes, type ChunkRecords, fileHeaderBytes, readChunk, readFileHeader, type RecordPlace } from './chunk.ts';
import { Damage, damage } from './damage.ts';
import { type Bound, EventRow, nothing } from './event-row.ts';
import { EventRows } from './event-rows.ts';
import { ValuePlaces } from './instance.ts';
import { type Kind, Kinds, type PlacedLiterals } from './kinds.ts';
import { QuickRecord } from './quick-record.ts';
import { ParsedRecord, type Shape, type ShapedRecord, Shapes } from './shape.ts';
import { Skeletons } from './skeletons.ts';
import { Templates, TemplatesById } from './templates.ts';
import type { Node } from './tree.ts';
import { type View, viewOf } from './views.ts';

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

const noNodes: readonly Node[] = [];
const mostLayouts = 2048;
/** Rows of a block that are kept to be filled anew; a hostile one has more. */
const mostRows = 4096;
/** Backwards in time by more than this is no matter of threads that overtake each other. */
const jumpMs = hourMs;

export class EvtxScanner implements Scanner {
  readonly #demand: Demand;
  readonly #parsesAll: boolean;
  readonly #templates = new Templates();
  readonly #shapes = new Shapes();
  readonly #layouts = new EventLayouts();
  readonly #literals: LayoutLiterals;
  readonly #layoutsKnown = new WeakMap<Layout, Omit<Bound, 'layout' | 'view'>>();
  readonly #places = new ValuePlaces();
  readonly #skeletons = new Skeletons();
  readonly #kinds: Kinds;
  /** Those of the block before are filled anew. */
  readonly #rows: EventRow[] = [];
  #scans = 0;

  /** @param parsesAll for tests that show that records that need no parser are what the parser says */
  constructor(demand: Demand, parsesAll = false) {
    this.#parsesAll = parsesAll;
    this.#demand = demand;
    this.#kinds = new Kinds(demand);
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
    const places = this.#places;
    // Rows are those of one scan.
    places.reset();
    const quick = new QuickRecord(places, this.#skeletons);
    this.#kinds.begin(bytes);
    this.#scans++;
    const rows = this.#rows;
    let row = (rows[0] ??= new EventRow());
    const value = (name: string): string | null => row.text(name);
    for (let at = headed ? fileHeaderBytes : 0; at < bytes.length; at += chunkBytes) {
      const end = Math.min(at + chunkBytes, bytes.length);
      const chunk = readChunk(bytes, at, end, block.at, problems);
      const xml = new ChunkXml(bytes, at, end, this.#templates, byId, places);
      let lastMs = Number.NaN;
      for (const place of chunk.records) {
        let kind: Kind | null = null;
        const isQuick = !place.recovered && !this.#parsesAll && quick.read(xml, place.at + 24, place.at + place.size - 4);
        let shape = isQuick ? this.#shapes.known(quick) : null;
        if (shape === null && isQuick && quick.isSkeleton) shape = this.#skeletonShape(row, xml, place, quick);
        if (shape !== null) {
          row.takeQuick(xml, place, quick, shape);
          kind = this.#kindOf(row, shape, quick);
          row.kind = kind;
          row.bound = kind.bound;
          row.provider = kind.provider;
          row.eventId = kind.eventId;
        } else {
          const parsed = this.#parse(row, xml, place, isQuick && !quick.isSkeleton ? quick : null, block.at, problems);
          const substituted = xml.wasSubstituted();
          if (!parsed) continue;
          if (substituted) problems.add('evtx.template_elsewhere', block.at + place.at);
        }
        const { timeMs, bound } = row;
        if (place.recovered) problems.add('evtx.recovered', block.at + place.at);
        else if (Number.isNaN(timeMs)) problems.add('row.time', block.at + place.at);
        else {
          if (lastMs - timeMs > jumpMs)
            problems.add('evtx.time_jump', block.at + place.at, { found: `${isoUtc(lastMs)} before ${isoUtc(timeMs)}` });
          lastMs = timeMs;
        }
        if (kind === null || kind.noted) this.#note(row, problems, block.at);
        let chosen: boolean;
        if (kind === null || !kind.whole) {
          sources.add(bound.layout.logSource);
          // What was left over from before proves no span of time.
          chosen = tally.add(value, place.recovered ? Number.NaN : timeMs, judge, bound.groups);
        } else {
          if (kind.tuples === null || kind.scan !== this.#scans) {
            sources.add(bound.layout.logSource);
            kind.tuples = tally.tuplesOf(value, judge, bound.groups);
            kind.scan = this.#scans;
          }
          tally.count(kind.tuples, timeMs);
          chosen = kind.tuples.matters;
        }
        if (chosen || (kind === null ? row.isSelected() : kind.selected || row.isSelectedIn(kind.selecting))) {
          wanted.push(row);
          if (kind !== null) quick.keep();
          row = rows[wanted.length] ??= new EventRow();
        }
      }
      units.push(unitOf(block.at + at, chunk));
    }
    if (wanted.length > 0) onRows(new EventRows(wanted, block.at));
    if (rows.length > mostRows) rows.length = mostRows;
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

  /** False: left over from before, and its template is gone. */
  #parse(
    row: EventRow,
    xml: ChunkXml,
    place: RecordPlace,
    quick: QuickRecord | null,
    offset: number,
    problems: Problems,
  ): boolean {
    let made: ShapedRecord;
    try {
      made = this.#shapes.of(xml, xml.record(place.at + 24, place.at + place.size - 4, place.recovered));
      if (made.shape.fields.size === 0) throw damage('nothing in it');
      if (quick !== null && made.lasting) this.#shapes.learn(quick, made.shape);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      if (place.recovered) {
        problems.add('evtx.leftover', offset + place.at);
        return false;
      }
      problems.add('evtx.record_damaged', offset + place.at, { found: error.message });
      made = { record: new ParsedRecord(noNodes, []), shape: nothing, lasting: false };
    }
    row.takeParsed(xml, place, made.record, made.shape);
    row.bound = this.#boundOf(made.shape, row.provider, row.eventId, place.recovered);
    return true;
  }

  /** null: it is parsed as it stands. */
  #skeletonShape(row: EventRow, xml: ChunkXml, place: RecordPlace, quick: QuickRecord): Shape | null {
    row.takeQuick(xml, place, quick, nothing);
    try {
      const shape = this.#shapes.ofSkeleton(xml, row.parsed());
      if (shape === null || shape.fields.size === 0) return null;
      this.#shapes.learn(quick, shape);
      return shape;
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return null;
    }
  }

  #kindOf(row: EventRow, shape: Shape, quick: QuickRecord): Kind {
    return this.#kinds.of(shape, quick, () => {
      const provider = shape.provider === null ? null : row.at(shape.provider);
      const eventId = shape.eventId === null ? null : row.at(shape.eventId);
      const bound = this.#boundOf(shape, provider, eventId, false);
      row.bound = bound;
      row.provider = provider;
      row.eventId = eventId;
      const whole = bound.view === null;
      const shared = ({ name }: FieldLiterals): boolean => whole && this.#kinds.has(name);
      const placed = (field: FieldLiterals): PlacedLiterals => {
        const place = whole ? shape.fields.get(field.name) : undefined;
        return { field, place: place === undefined || (place.slot === -1 && place.constant === null) ? null : place };
      };
      return {
        bound,
        provider,
        eventId,
        whole,
        noted: mayNote(provider, eventId),
        selected: bound.selecting.some((field) => shared(field) && field.held(row.text(field.name)).selects),
        selecting: bound.selecting.filter((field) => !shared(field)).map(placed),
        literals: bound.literals
          .filter(shared)
          .flatMap((field) => field.held(row.text(field.name)).ids)
          .sort((a, b) => a - b),
        otherLiterals: bound.literals.filter((field) => !shared(field)).map(placed),
        tuples: null,
        scan: 0,
      };
    });
  }

  #boundOf(shape: Shape, provider: string | null, eventId: string | null, recovered: boolean): Bound {
    const all = recovered
      ? ((shape.boundRecovered ??= new BoundShapes()) as BoundShapes)
      : ((shape.bound ??= new BoundShapes()) as BoundShapes);
    const view = viewOf(provider, eventId);
    let bound = all.get(provider, view);
    if (bound === undefined) {
      const layout = this.#layout(shape, provider, view, recovered);
      const about = this.#aboutLayout(layout);
      bound = { ...about, layout, view, plain: about.plain && view === null && shape !== nothing && !recovered };
      all.set(provider, view, bound);
    }
    return bound;
  }

  /** What is asked of rows of one layout. */
  #aboutLayout(layout: Layout): Omit<Bound, 'layout' | 'view'> {
    let about = this.#layoutsKnown.get(layout);
    if (about === undefined) {
      const literals = this.#literals.of(layout);
      about = {
        literals,
        selecting: literals.filter(({ selects }) => selects),
        groups: this.#groupsOf(layout),
        plain: layout.fields.every(({ percent, partOf }) => percent !== true && partOf === undefined),
      };
      this.#layoutsKnown.set(layout, about);
    }
    return about;
  }

  #layout(shape: Shape, provider: string | null, view: View | null, recovered: boolean): Layout {
    const names = new Set<string>(shape === nothing ? headerFields : shape.fields.keys());
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
