/**
 * Where the fields of an event stand: made once for each pair of templates, so that a rule decodes what it asks for and nothing
 * else. Names are flattened as the community's rules write them: `Provider_Name`, `EventID`, values of `EventData` by their own
 * names, values without a name as `Data_0`, `Data_1` … and all together as `Data`, leaves of `UserData` by theirs.
 */
import { KnownText } from '../../core/known-text.ts';
import { isSystemName } from '../windows-event-record.ts';
import type { ChunkXml } from './binary-xml.ts';
import { damage } from './damage.ts';
import type { Attribute, Element, Node, Template } from './tree.ts';
import { fileTimeMs } from './bytes.ts';
import { type Instance, noXml } from './instance.ts';
import type { QuickRecord } from './quick-record.ts';
import { arrayFlag, figureTypes, itemCount, valueItems, valueText, valueTypes } from './values.ts';

/** A value: pieces of text and holes of one instance. */
export interface Cell {
  /** Position among the instances of a record. */
  readonly of: number;
  readonly parts: readonly Node[];
  /** Which item of an array; -1: the whole. */
  readonly item: number;
}

export interface Shape {
  /** In the order of the event. */
  readonly fields: ReadonlyMap<string, FieldPlace>;
  /** What every record is asked for. */
  readonly provider: FieldPlace | null;
  readonly eventId: FieldPlace | null;
  readonly time: FieldPlace | null;
  /** The values of {@link fields} as a list, once somebody went through it. */
  all: readonly FieldPlace[] | null;
  /** What its records are counted by, once that was found out; see `kinds.ts`. */
  kinds: object | null;
  /** What its records are asked for, once that was found out; see `scanner.ts`. The second: of those that are left over from before. */
  bound: object | null;
  boundRecovered: object | null;
}

/** Where a field stands: in one slot of an instance; or else, `slot` -1, it is put together of its cells. */
export interface FieldPlace {
  /** The values that it is made of; several only for `Data`. */
  readonly cells: readonly Cell[];
  readonly of: number;
  readonly slot: number;
  /** What stands there in every record of this shape; null: that depends. */
  readonly constant: KnownText | null;
}

const placeOf = (cell: Cell): FieldPlace => {
  const { of, parts, item } = cell;
  const [part] = parts;
  const only = item === -1 && parts.length === 1;
  return {
    cells: [cell],
    of,
    slot: only && of >= 0 && part!.kind === 'slot' ? part!.id : -1,
    constant: only && part!.kind === 'text' ? new KnownText(part!.text) : null,
  };
};

export function shapeOf(fields: ReadonlyMap<string, FieldPlace>): Shape {
  return {
    fields,
    provider: fields.get('Provider_Name') ?? null,
    eventId: fields.get('EventID') ?? null,
    time: fields.get('TimeCreated') ?? null,
    all: null,
    kinds: null,
    bound: null,
    boundRecovered: null,
  };
}

/** A record taken apart: its tree, and the instances in it in their order. */
export class ParsedRecord {
  readonly nodes: readonly Node[];
  readonly instances: Instance[];
  #items: Map<number, readonly string[]> | null = null;

  constructor(nodes: readonly Node[], instances: Instance[]) {
    this.nodes = nodes;
    this.instances = instances;
  }

  /** The items of an array: that is taken apart once, however many fields are made of it. */
  items(bytes: Uint8Array, of: number, slot: number): readonly string[] {
    const key = of * 65_536 + slot;
    this.#items ??= new Map<number, readonly string[]>();
    let all = this.#items.get(key);
    if (all === undefined) {
      const instance = this.instances[of]!;
      all = valueItems(bytes, instance.at(slot), instance.bytes(slot), instance.type(slot));
      this.#items.set(key, all);
    }
    return all;
  }
}

const mostInstances = 64;
const mostFields = 512;
/** Values without a name that are told one by one. */
export const mostUnnamed = 64;
/** Shapes that are kept; a hostile log can have one in each record. */
const mostShapes = 2048;
/** Nodes of one record that are walked: definitions can be named many times over. */
const mostSteps = 20_000;
/** Fields that one value can stand in: a long one in very many would be more than the file holds. */
const mostUses = 8;
const longestName = 256;

const attributeNames: Readonly<Record<string, string>> = {
  'EventID Qualifiers': 'Qualifiers',
  'TimeCreated SystemTime': 'TimeCreated',
};

export interface ShapedRecord {
  readonly record: ParsedRecord;
  readonly shape: Shape;
  /** Every record of these templates, with arrays of the same lengths in the same places, has this shape. */
  readonly lasting: boolean;
}

export class Shapes {
  /** Of records that need no parser: by their templates, and by {@link QuickRecord.form}. */
  readonly #quick = new Map<Template, Map<Template | null, Map<number, Shape>>>();
  readonly #known = new Map<string, Shape>();
  #quickCount = 0;
  // That of the record before: many come one after the other.
  #outer: Template | null = null;
  #inner: Template | null = null;
  #form = -1;
  #last: Shape | null = null;

  /** null: such a record must be looked at. */
  known({ outer, inner, form }: QuickRecord): Shape | null {
    if (outer === this.#outer && inner === this.#inner && form === this.#form) return this.#last;
    const known = this.#quick.get(outer!)?.get(inner)?.get(form) ?? null;
    this.#outer = outer;
    this.#inner = inner;
    this.#form = form;
    return (this.#last = known);
  }

  /** What such a record was found to be. */
  learn({ outer, inner, form }: QuickRecord, shape: Shape): void {
    if (this.#quickCount >= mostShapes) {
      this.#quick.clear();
      this.#quickCount = 0;
    }
    this.#form = -1;
    let byInner = this.#quick.get(outer!);
    if (byInner === undefined) this.#quick.set(outer!, (byInner = new Map<Template | null, Map<number, Shape>>()));
    let byForm = byInner.get(inner);
    if (byForm === undefined) byInner.set(inner, (byForm = new Map<number, Shape>()));
    byForm.set(form, shape);
    this.#quickCount++;
  }

  /** @throws Damage */
  of(xml: ChunkXml, nodes: readonly Node[]): ShapedRecord {
    const [only] = nodes;
    if (nodes.length !== 1 || only?.kind !== 'instance') return this.#walk(xml, new ParsedRecord(nodes, []), null);
    const record = new ParsedRecord(nodes, []);
    const key = keyOf(xml, only, record.instances, 0);
    const known = key === null ? undefined : this.#known.get(key);
    return known === undefined ? this.#walk(xml, record, key) : { record, shape: known, lasting: true };
  }

  /** Of a record that is made of a skeleton and its texts; null: what it is depends on them. @throws Damage */
  ofSkeleton(xml: ChunkXml, record: ParsedRecord): Shape | null {
    const walker = new Walker(xml, record);
    walker.event(record.nodes);
    return walker.dynamic ? null : walker.shape();
  }

  #walk(xml: ChunkXml, record: ParsedRecord, key: string | null): ShapedRecord {
    const walker = new Walker(xml, record);
    walker.event(record.nodes);
    const shape = walker.shape();
    const lasting = key !== null && !walker.dynamic;
    if (lasting) {
      if (this.#known.size >= mostShapes) this.#known.clear();
      this.#known.set(key, shape);
    }
    return { record, shape, lasting };
  }
}

/** The templates of a record and the lengths of its arrays; null: something in it stands under no template. Collects the instances. */
function keyOf(xml: ChunkXml, instance: Instance, into: Instance[], level: number): string | null {
  if (into.length >= mostInstances) throw damage('more templates in a record than an event has');
  into.push(instance);
  let key = String(instance.template.serial);
  if (!instance.hasArrays && instance.xmlSlot === noXml) return key;
  for (let slot = 0; slot < instance.count; slot++) {
    if (instance.isXml(slot)) {
      const nodes = xml.nested(instance, slot, level + 1);
      const [only] = nodes;
      if (nodes.length !== 1 || only?.kind !== 'instance') return null;
      const nested = keyOf(xml, only, into, level + 1);
      if (nested === null) return null;
      key += `[${slot}:${nested}]`;
    } else if ((instance.type(slot) & arrayFlag) !== 0)
      key += `[${slot}x${itemCount(xml.bytes, instance.at(slot), instance.bytes(slot), instance.type(slot))}]`;
  }
  return key;
}

class Walker {
  /** A name depends on a value: the shape is this record's alone. */
  dynamic = false;
  readonly #xml: ChunkXml;
  readonly #record: ParsedRecord;
  readonly #fields = new Map<string, FieldPlace>();
  /** Of a name that stands more than once the number that was given last. */
  readonly #copies = new Map<string, number>();
  readonly #unnamed: Cell[] = [];
  readonly #uses = new Map<number, number>();
  #steps = 0;

  constructor(xml: ChunkXml, record: ParsedRecord) {
    this.#xml = xml;
    this.#record = record;
  }

  shape(): Shape {
    if (this.#unnamed.length > 0) {
      this.#fields.set(
        'Data',
        this.#unnamed.length === 1 ? placeOf(this.#unnamed[0]!) : { cells: this.#unnamed, of: -1, slot: -1, constant: null },
      );
      for (const [index, cell] of this.#unnamed.slice(0, mostUnnamed).entries()) this.#add(`Data_${index}`, cell);
    }
    return shapeOf(this.#fields);
  }

  event(nodes: readonly Node[]): void {
    this.#each(nodes, -1, 0, (element, of) => {
      if (element.name === 'Event') this.#each(element.children, of, 0, (part, at) => this.#part(part, at));
      else this.#part(element, of);
    });
  }

  #part(element: Element, of: number): void {
    switch (element.name) {
      case 'System':
        this.#each(element.children, of, 0, (child, at) => {
          for (const attribute of child.attributes)
            this.#add(
              attributeNames[`${child.name} ${attribute.name}`] ?? `${child.name}_${attribute.name}`,
              cellOf(at, attribute.parts),
            );
          if (hasValue(child)) this.#add(child.name, cellOf(at, child.children));
        });
        break;
      case 'EventData':
        this.#attributes('EventData', element.attributes, of);
        this.#each(element.children, of, 0, (child, at) => this.#data(child, at));
        break;
      case 'RenderingInfo':
        this.#each(element.children, of, 0, (child, at) => {
          if (hasValue(child))
            this.#add(child.name === 'Message' ? 'Message' : `RenderingInfo_${child.name}`, cellOf(at, child.children));
        });
        break;
      default:
        // `UserData`, `DebugData`, `ProcessingErrorData`, and what is none of them: leaves by their names.
        this.#each(element.children, of, 0, (child, at) => this.#leaf(child, at, 0));
        if (hasValue(element)) this.#own(element.name, cellOf(of, element.children));
        this.#attributes(element.name, element.attributes, of);
    }
  }

  #data(element: Element, of: number): void {
    const named = element.attributes.find(({ name }) => name === 'Name');
    for (const attribute of element.attributes)
      if (attribute !== named && attribute.name !== 'Type')
        this.#own(`${element.name}_${attribute.name}`, cellOf(of, attribute.parts));
    const nested = element.children.some((child) => child.kind === 'element');
    if (named !== undefined) {
      const name = this.#plain(named.parts, of);
      if (nested) this.#each(element.children, of, 1, (child, at) => this.#leaf(child, at, 1));
      else this.#own(name === '' ? 'Data' : name.slice(0, longestName), cellOf(of, element.children));
      return;
    }
    if (element.name !== 'Data') {
      this.#leaf(element, of, 0);
      return;
    }
    const count = this.#items(element, of);
    if (count === -1) {
      this.#use(cellOf(of, element.children));
      this.#unnamed.push(cellOf(of, element.children));
    } else for (let item = 0; item < count; item++) this.#unnamed.push({ of, parts: element.children, item });
    if (this.#unnamed.length > 4096) throw damage('more values than an event has');
  }

  /** An element whose only value is an array stands for as many elements as the array has items; -1: it is none. */
  #items(element: Element, of: number): number {
    const only = element.children.length === 1 ? element.children[0]! : null;
    const slot = only?.kind === 'slot' ? only.id : -1;
    const instance = this.#record.instances[of];
    if (slot === -1 || instance === undefined || slot >= instance.count) return -1;
    const type = instance.type(slot);
    if ((type & arrayFlag) === 0) return -1;
    return itemCount(this.#xml.bytes, instance.at(slot), instance.bytes(slot), type);
  }

  #leaf(element: Element, of: number, depth: number): void {
    this.#attributes(element.name, element.attributes, of);
    const items = this.#items(element, of);
    if (items > 1) for (let item = 0; item < items; item++) this.#own(element.name, { of, parts: element.children, item });
    else if (hasValue(element)) this.#own(element.name, cellOf(of, element.children));
    if (depth < 32) this.#each(element.children, of, depth + 1, (child, at) => this.#leaf(child, at, depth + 1));
  }

  #attributes(name: string, attributes: readonly Attribute[], of: number): void {
    for (const attribute of attributes)
      if (!attribute.name.startsWith('xmlns')) this.#own(`${name}_${attribute.name}`, cellOf(of, attribute.parts));
  }

  /** A name that a provider chose is never one of the service's own. */
  #own(name: string, cell: Cell): void {
    this.#add(isSystemName(name) || /^Data_\d+$/.test(name) ? `EventData_${name}` : name, cell);
  }

  #add(name: string, cell: Cell): void {
    if (this.#fields.size >= mostFields) throw damage('more fields than an event has');
    this.#use(cell);
    let free = name;
    if (this.#fields.has(name)) {
      let copy = this.#copies.get(name) ?? 0;
      do free = `${name}_${++copy}`;
      while (this.#fields.has(free));
      this.#copies.set(name, copy);
    }
    this.#fields.set(free, placeOf(cell));
  }

  #use({ of, parts, item }: Cell): void {
    if (item !== -1) return;
    for (const part of parts) {
      if (part.kind !== 'slot') continue;
      const key = of * 65_536 + part.id;
      const uses = (this.#uses.get(key) ?? 0) + 1;
      if (uses > mostUses) throw damage('one value in more fields than an event has');
      this.#uses.set(key, uses);
    }
  }

  /** Elements among nodes, through instances and values that are XML themselves. */
  #each(nodes: readonly Node[], of: number, depth: number, visit: (element: Element, of: number) => void): void {
    for (const node of nodes) {
      if (++this.#steps > mostSteps) throw damage('more elements than an event has');
      switch (node.kind) {
        case 'element':
          visit(node, of);
          break;
        case 'instance':
          this.#each(node.template.nodes, this.#index(node), depth + 1, visit);
          break;
        case 'slot': {
          const instance = this.#record.instances[of];
          if (instance?.isXml(node.id) === true && depth < 16)
            this.#each(this.#xml.nested(instance, node.id, depth + 1), of, depth + 1, visit);
          break;
        }
        case 'text':
      }
    }
  }

  #index(instance: Instance): number {
    const { instances } = this.#record;
    const known = instances.indexOf(instance);
    if (known !== -1) return known;
    if (instances.length >= mostInstances) throw damage('more templates in a record than an event has');
    return instances.push(instance) - 1;
  }

  #plain(parts: readonly Node[], of: number): string {
    if (parts.some(({ kind }) => kind !== 'text')) this.dynamic = true;
    return cellText(this.#xml.bytes, this.#record, cellOf(of, parts)) ?? '';
  }
}

const cellOf = (of: number, parts: readonly Node[]): Cell => ({ of, parts, item: -1 });

/** Something stands in it besides elements. What only holds blanks or XML of its own gives nothing when it is asked. */
const hasValue = (element: Element): boolean => element.children.some(({ kind }) => kind === 'text' || kind === 'slot');

/** null: empty, or nothing there. */
export function cellText(bytes: Uint8Array, record: ParsedRecord, cell: Cell): string | null {
  const instance = record.instances[cell.of];
  let text = '';
  for (const part of cell.parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'slot' && instance !== undefined && part.id < instance.count) {
      const type = instance.type(part.id);
      if (type === valueTypes.binXml) continue;
      text +=
        cell.item === -1
          ? (valueText(bytes, instance.at(part.id), instance.bytes(part.id), type) ?? '')
          : (record.items(bytes, cell.of, part.id)[cell.item] ?? '');
    }
  }
  return text === '' ? null : text;
}

/** A field of a record; of several values each on its own line. */
export function fieldText(bytes: Uint8Array, record: ParsedRecord, cells: readonly Cell[]): string | null {
  if (cells.length === 1) return cellText(bytes, record, cells[0]!);
  const text = cells.map((cell) => cellText(bytes, record, cell) ?? '').join('\n');
  return /[^\n]/.test(text) ? text : null;
}

/** A value that is a time, in UTC milliseconds; NaN: it is none. */
export function cellMs(bytes: Uint8Array, record: ParsedRecord, cell: Cell): number {
  const [part] = cell.parts;
  const instance = record.instances[cell.of];
  if (cell.parts.length === 1 && part?.kind === 'slot' && instance !== undefined && part.id < instance.count) {
    if (instance.type(part.id) === valueTypes.fileTime && instance.bytes(part.id) === 8)
      return fileTimeMs(bytes, instance.at(part.id));
  }
  const text = cellText(bytes, record, cell) ?? '';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text)
    ? Date.parse(text.replace(/(\.\d{3})\d+Z$/, '$1Z'))
    : Number.NaN;
}

/** A value that stands alone, and whose type tells that it is written with figures; see `Rows.words`. */
export function isFigures(record: ParsedRecord, { of, parts }: Cell): boolean {
  const [part] = parts;
  const instance = record.instances[of];
  return (
    parts.length === 1 &&
    part?.kind === 'slot' &&
    instance !== undefined &&
    part.id < instance.count &&
    figureTypes.has(instance.type(part.id))
  );
}
