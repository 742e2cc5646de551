/**
 * Where the fields of an event stand: made once for each pair of templates, so that a rule decodes what it asks for and nothing
 * else. Names are flattened as the community's rules write them: `Provider_Name`, `EventID`, values of `EventData` by their own
 * names, values without a name as `Data_0`, `Data_1` … and all together as `Data`, leaves of `UserData` by theirs.
 */
import { type Attribute, type ChunkXml, damage, type Element, type Instance, type Node } from './binary-xml.ts';
import { fileTimeMs } from './bytes.ts';
import { isSystemName } from '../windows-event-record.ts';
import { arrayFlag, valueItems, valueText, valueTypes } from './values.ts';

/** A value: pieces of text and holes of one instance. */
export interface Cell {
  /** Position among the instances of a record. */
  readonly of: number;
  readonly parts: readonly Node[];
  /** Which item of an array; -1: the whole. */
  readonly item: number;
}

export interface Shape {
  /** Field → the values that it is made of; several only for `Data`. */
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** Names in the order of the event. */
  readonly names: readonly string[];
}

/** A record taken apart: its tree, and the instances in it in their order. */
export interface ParsedRecord {
  readonly nodes: readonly Node[];
  readonly instances: Instance[];
  /** Items of arrays, by instance and slot: an array is taken apart once, however many fields are made of it. */
  readonly items: Map<number, readonly string[]>;
}

const mostInstances = 64;
const mostFields = 512;
const mostUnnamed = 64;
/** Shapes that are kept; a hostile log can have one in each record. */
const mostShapes = 2048;
/** Nodes of one record that are walked: definitions can be named many times over. */
const mostSteps = 20_000;
/** Fields that one value can stand in: a long one in very many would be more than the file holds. */
const mostUses = 8;
const longestName = 256;

/** What stands in a slot is XML of its own. */
export const isXml = (instance: Instance, slot: number): boolean =>
  instance.values[slot * 3 + 2] === valueTypes.binXml && instance.values[slot * 3 + 1]! > 0;

export const slotCount = (instance: Instance): number => instance.values.length / 3;

const attributeNames: Readonly<Record<string, string>> = {
  'EventID Qualifiers': 'Qualifiers',
  'TimeCreated SystemTime': 'TimeCreated',
};

export class Shapes {
  readonly #known = new Map<string, Shape>();

  /** @throws Damage */
  of(xml: ChunkXml, nodes: readonly Node[]): { readonly record: ParsedRecord; readonly shape: Shape } {
    const record: ParsedRecord = { nodes, instances: [], items: new Map() };
    const [only] = nodes;
    const key = nodes.length === 1 && only?.kind === 'instance' ? keyOf(xml, only.instance, record.instances, 0) : null;
    const known = key === null ? undefined : this.#known.get(key);
    if (known !== undefined) return { record, shape: known };
    const walker = new Walker(xml, record);
    walker.event(nodes);
    const shape = walker.shape();
    if (key !== null && !walker.dynamic) {
      if (this.#known.size >= mostShapes) this.#known.clear();
      this.#known.set(key, shape);
    }
    return { record, shape };
  }
}

/** The templates of a record and the lengths of its arrays; null: something in it stands under no template. Collects the instances. */
function keyOf(xml: ChunkXml, instance: Instance, into: Instance[], level: number): string | null {
  if (into.length >= mostInstances) throw damage('more templates in a record than an event has');
  into.push(instance);
  let key = String(instance.template.serial);
  for (let slot = 0, count = slotCount(instance); slot < count; slot++) {
    const type = instance.values[slot * 3 + 2]!;
    if (isXml(instance, slot)) {
      const nodes = xml.nested(instance, slot, level + 1);
      const [only] = nodes;
      if (nodes.length !== 1 || only?.kind !== 'instance') return null;
      const nested = keyOf(xml, only.instance, into, level + 1);
      if (nested === null) return null;
      key += `[${slot}:${nested}]`;
    } else if ((type & arrayFlag) !== 0) {
      const at = instance.values[slot * 3]!;
      key += `[${slot}x${valueItems(xml.bytes, at, instance.values[slot * 3 + 1]!, type).length}]`;
    }
  }
  return key;
}

class Walker {
  /** A name depends on a value: the shape is this record's alone. */
  dynamic = false;
  readonly #xml: ChunkXml;
  readonly #record: ParsedRecord;
  readonly #cells = new Map<string, Cell[]>();
  readonly #unnamed: Cell[] = [];
  readonly #uses = new Map<number, number>();
  #steps = 0;

  constructor(xml: ChunkXml, record: ParsedRecord) {
    this.#xml = xml;
    this.#record = record;
  }

  shape(): Shape {
    if (this.#unnamed.length > 0) {
      this.#cells.set('Data', this.#unnamed);
      for (const [index, cell] of this.#unnamed.slice(0, mostUnnamed).entries()) this.#add(`Data_${index}`, cell);
    }
    return { cells: this.#cells, names: [...this.#cells.keys()] };
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
    if (slot === -1 || instance === undefined || slot >= slotCount(instance)) return -1;
    const type = instance.values[slot * 3 + 2]!;
    if ((type & arrayFlag) === 0) return -1;
    return valueItems(this.#xml.bytes, instance.values[slot * 3]!, instance.values[slot * 3 + 1]!, type).length;
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
    if (this.#cells.size >= mostFields) throw damage('more fields than an event has');
    this.#use(cell);
    let free = name;
    for (let copy = 1; this.#cells.has(free); copy++) free = `${name}_${copy}`;
    this.#cells.set(free, [cell]);
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
          this.#each(node.instance.template.nodes, this.#index(node.instance), depth + 1, visit);
          break;
        case 'slot': {
          const instance = this.#record.instances[of];
          if (instance !== undefined && node.id < slotCount(instance) && isXml(instance, node.id) && depth < 16)
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
export function cellText(bytes: Uint8Array, { instances, items }: ParsedRecord, cell: Cell): string | null {
  const instance = instances[cell.of];
  let text = '';
  for (const part of cell.parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'slot' && instance !== undefined && part.id < slotCount(instance)) {
      const at = instance.values[part.id * 3]!;
      const size = instance.values[part.id * 3 + 1]!;
      const type = instance.values[part.id * 3 + 2]!;
      if (type === valueTypes.binXml) continue;
      if (cell.item === -1) text += valueText(bytes, at, size, type) ?? '';
      else {
        const key = cell.of * 65_536 + part.id;
        let all = items.get(key);
        if (all === undefined) items.set(key, (all = valueItems(bytes, at, size, type)));
        text += all[cell.item] ?? '';
      }
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
  if (cell.parts.length === 1 && part?.kind === 'slot' && instance !== undefined && part.id < slotCount(instance)) {
    const slot = part.id * 3;
    if (instance.values[slot + 2] === valueTypes.fileTime && instance.values[slot + 1] === 8)
      return fileTimeMs(bytes, instance.values[slot]!);
  }
  const text = cellText(bytes, record, cell) ?? '';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text)
    ? Date.parse(text.replace(/(\.\d{3})\d+Z$/, '$1Z'))
    : Number.NaN;
}
