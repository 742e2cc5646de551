/**
 * A record as JSON, in the form that `evtx_dump` made common: elements by their names, attributes under `#attributes`, words beside
 * either under `#text`; values of `EventData` by their own names, those without a name as a list; numbers and truth values as such,
 * everything else as text. What is empty is null, among named values the empty text. A name that comes again gets `_1`, `_2` …
 * Written straight into text: numbers of eight bytes stay exact, and a record is no tree of objects first.
 *
 * Blanks at the end of a text are left out, as evtx_dump did up to 0.9, with which the regression data of SigmaHQ was made; the
 * fields and the XML of a record hold them.
 *
 * Long, because the writer's methods call each other in a circle: elements, their members, their values.
 * @see https://github.com/omerbenamram/evtx (the form)
 */
import type { ChunkXml } from './binary-xml.ts';
import { damage } from './damage.ts';
import type { Element, Node } from './tree.ts';
import { u16 } from './bytes.ts';
import type { Instance } from './instance.ts';
import type { ParsedRecord } from './shape.ts';
import { arrayFlag, bareGuidText, fileTimeText, valueText, valueTypes, widthOf } from './values.ts';

const mostNodes = 20_000;
/** Characters: a value that is named many times over is longer than any event. */
const mostCharacters = 1 << 22;
const deepest = 80;

/** One element within its instance, where an array made several of it also which item it is. */
interface Placed {
  readonly element: Element;
  /** Position among the instances of the record. */
  readonly of: number;
  readonly item: Item | null;
}

/** Slots whose array stands for one of its items here. */
interface Item {
  readonly slot: number;
  readonly index: number;
  readonly outer: Item | null;
}

/** What of an element is the same in every record. */
class Plan {
  readonly key: string;
  readonly isData: boolean;
  readonly isContainer: boolean;
  readonly attributes: readonly { readonly key: string; readonly parts: readonly Node[] }[];
  /** Of `Data`: what its name is made of. */
  readonly name: readonly Node[] | null;
  /** Its name where that is the same in every record, as a key. */
  readonly nameKey: string | null;
  /** All slots of children and attributes: where an array can stand. */
  readonly slots: readonly number[];
  /** One value or one text is all that is in it. */
  readonly isLeaf: boolean;
  /** Keys of what stands in it are known to differ, in every record. */
  readonly isDistinct: boolean;
  /** Elements stand in it and nothing else, their keys are known: it is written without being gathered first. */
  readonly members: readonly { readonly key: string; readonly element: Element; readonly isValue: boolean }[] | null;

  constructor({ name, attributes, children }: Element) {
    this.key = `${JSON.stringify(name)}:`;
    this.isData = name === 'Data';
    this.isContainer = name === 'EventData' || name === 'UserData';
    this.attributes = attributes.map((one) => ({ key: `${JSON.stringify(one.name)}:`, parts: one.parts }));
    this.name = attributes.find((one) => one.name === 'Name')?.parts ?? null;
    const fixed = this.name?.every(({ kind }) => kind === 'text') === true;
    const text = fixed ? this.name.map((part) => (part.kind === 'text' ? part.text : '')).join('') : '';
    this.nameKey = text === '' ? null : `${JSON.stringify(text)}:`;
    const slots: number[] = [];
    for (const node of [...children, ...attributes.flatMap(({ parts }) => parts)]) if (node.kind === 'slot') slots.push(node.id);
    this.slots = slots;
    this.isLeaf = children.length === 1 && (children[0]!.kind === 'slot' || children[0]!.kind === 'text');
    const keys = children.map((child) =>
      child.kind === 'element' ? (this.isContainer ? (planOf(child).nameKey ?? planOf(child).key) : planOf(child).key) : null,
    );
    this.isDistinct = new Set(keys).size === keys.length && !keys.includes(null);
    const elements = children.filter((child) => child.kind === 'element');
    const isPlain = !this.isContainer || elements.every((child) => child.name !== 'Data' || planOf(child).nameKey !== null);
    this.members =
      this.isDistinct && isPlain && children.length > 0
        ? elements.map((element, i) => ({ key: keys[i]!, element, isValue: this.isContainer && element.name === 'Data' }))
        : null;
  }
}

const planOf = (element: Element): Plan => {
  element.plan ??= new Plan(element);
  return element.plan as Plan;
};

/** `{"Event":…}`; '' where no element stands in the record. @throws Damage */
export function eventJson(xml: ChunkXml, record: ParsedRecord): string {
  const writer = new JsonWriter(xml, record);
  const [root] = writer.elements(record.nodes, -1, 0);
  return root === undefined ? '' : `{${planOf(root.element).key}${writer.value(root, 0)}}`;
}

class JsonWriter {
  readonly #xml: ChunkXml;
  readonly #bytes: Uint8Array;
  readonly #record: ParsedRecord;
  /** An array stands in it: elements come more than once. */
  readonly #hasArrays: boolean;
  #nodes = 0;
  #characters = 0;

  constructor(xml: ChunkXml, record: ParsedRecord) {
    this.#xml = xml;
    this.#bytes = xml.bytes;
    this.#record = record;
    this.#hasArrays = record.instances.some(({ hasArrays }) => hasArrays);
  }

  #instance(of: number): Instance | undefined {
    return this.#record.instances[of];
  }

  #count(characters: number): void {
    this.#characters += characters;
    if (this.#characters > mostCharacters) throw damage('longer than an event can be');
  }

  /** Elements among nodes, through instances and values that are XML; one that holds an array as often as that has items. */
  elements(nodes: readonly Node[], of: number, depth: number, item: Item | null = null): Placed[] {
    const found: Placed[] = [];
    this.#collect(nodes, of, depth, item, found);
    return found;
  }

  #collect(nodes: readonly Node[], of: number, depth: number, item: Item | null, into: Placed[]): void {
    if (depth > deepest) throw damage('elements too deep');
    for (const node of nodes) {
      if (++this.#nodes > mostNodes) throw damage('more elements than an event has');
      switch (node.kind) {
        case 'element':
          this.#expand(node, of, item, into);
          break;
        case 'instance':
          this.#collect(node.template.nodes, this.#record.instances.indexOf(node), depth + 1, null, into);
          break;
        case 'slot': {
          const instance = this.#instance(of);
          if (instance?.isXml(node.id) === true) this.#collect(this.#xml.nested(instance, node.id, 1), of, depth + 1, item, into);
          break;
        }
        case 'text':
      }
    }
  }

  #expand(element: Element, of: number, item: Item | null, into: Placed[]): void {
    const instance = this.#instance(of);
    if (instance !== undefined)
      for (const slot of planOf(element).slots) {
        if (slot >= instance.count || (instance.type(slot) & arrayFlag) === 0 || itemOf(item, slot) !== -1) continue;
        const count = this.#record.items(this.#bytes, of, slot).length;
        if (count < 2) continue;
        for (let index = 0; index < count; index++) {
          if (++this.#nodes > mostNodes) throw damage('more elements than an event has');
          this.#expand(element, of, { slot, index, outer: item }, into);
        }
        return;
      }
    into.push({ element, of, item });
  }

  /** What stands at a name: null, a word or number, or an object. */
  value({ element, of, item }: Placed, depth: number): string {
    return this.#value(element, of, item, depth);
  }

  /** Of an element whose members are known, in a record without arrays. */
  #members(plan: Plan, of: number, depth: number): string {
    if (depth > deepest) throw damage('elements too deep');
    const attributes = this.#attributes(plan, of, null);
    let out = attributes === '' ? '' : `"#attributes":{${attributes}}`;
    for (const { key, element, isValue } of plan.members!) {
      if (++this.#nodes > mostNodes) throw damage('more elements than an event has');
      const value = isValue ? this.#data(element, of, null, depth) : this.#value(element, of, null, depth + 1);
      out = out === '' ? key + value : `${out},${key}${value}`;
    }
    return `{${out}}`;
  }

  #value(element: Element, of: number, item: Item | null, depth: number): string {
    const plan = planOf(element);
    if (plan.members !== null && !this.#hasArrays) return this.#members(plan, of, depth);
    if (plan.isLeaf && plan.attributes.length === 0 && !this.#opens(element.children[0]!, of))
      return this.#scalar(element.children, of, item) || 'null';
    const attributes = this.#attributes(plan, of, item);
    const children =
      plan.isLeaf && !this.#opens(element.children[0]!, of) ? noElements : this.elements(element.children, of, depth + 1, item);
    const text = this.#scalar(element.children, of, item);
    if (children.length === 0 && attributes === '') return text === '' ? 'null' : text;
    return this.#body(attributes, text, children, plan, depth);
  }

  #body(attributes: string, text: string, children: readonly Placed[], plan: Plan, depth: number): string {
    let out = attributes === '' ? '' : `"#attributes":{${attributes}}`;
    const put = (member: string): void => {
      out = out === '' ? member : `${out},${member}`;
    };
    if (text !== '') put(`"#text":${text}`);
    const { isContainer } = plan;
    const isNamed = isContainer && children.some((child) => planOf(child.element).isData && this.#nameKey(child) !== null);
    const copies = plan.isDistinct && children.every(({ item }) => item === null) ? null : new Map<string, number>();
    for (let at = 0; at < children.length; at++) {
      const child = children[at]!;
      const own = planOf(child.element);
      if (isContainer && own.isData && !isNamed) {
        // All of them stand where the first does.
        if (copies?.has('"Data":') === true) continue;
        copies?.set('"Data":', 1);
        const values = children.filter(({ element }) => planOf(element).isData).map((one) => this.#dataOf(one, depth));
        put(`"Data":{"#text":${values.length === 1 ? values[0]! : `[${values.join(',')}]`}}`);
        continue;
      }
      const isValue = isContainer && own.isData;
      const key = isValue ? this.#nameKey(child) : own.key;
      // A value without a name among such that have one is told by no name.
      if (key === null) continue;
      if (!isValue) put(keyOf(key, copies) + this.value(child, depth + 1));
      else if (child.item === null) put(keyOf(key, copies) + this.#dataOf(child, depth));
      else {
        // The items of one array are the list that they are.
        const items: string[] = [];
        for (; at < children.length && children[at]!.element === child.element && children[at]!.item !== null; at++)
          items.push(this.#dataOf(children[at]!, depth));
        at--;
        put(`${keyOf(key, copies)}[${items.join(',')}]`);
      }
    }
    return `{${out}}`;
  }

  /** `"Name":` of a value of the event; null: it has none. */
  #nameKey({ element, of, item }: Placed): string | null {
    const plan = planOf(element);
    if (plan.nameKey !== null || plan.name === null) return plan.nameKey;
    const name = this.#text(plan.name, of, item);
    return name === '' ? null : `${JSON.stringify(name)}:`;
  }

  #dataOf({ element, of, item }: Placed, depth: number): string {
    return this.#data(element, of, item, depth);
  }

  /** A value of the event: never null. */
  #data(element: Element, of: number, item: Item | null, depth: number): string {
    const plan = planOf(element);
    const leaf = plan.isLeaf && !this.#opens(element.children[0]!, of);
    const children = leaf || element.children.length === 0 ? noElements : this.elements(element.children, of, depth + 1, item);
    const text = this.#scalar(element.children, of, item);
    if (children.length === 0) return text === '' ? '""' : text;
    return this.#body('', text, children, plan, depth + 1);
  }

  #attributes(plan: Plan, of: number, item: Item | null): string {
    let out = '';
    for (const { key, parts } of plan.attributes) {
      const value = this.#scalar(parts, of, item);
      if (value !== '') out += out === '' ? key + value : `,${key}${value}`;
    }
    return out;
  }

  /** Elements stand behind this node. */
  #opens(node: Node, of: number): boolean {
    if (node.kind !== 'slot') return node.kind !== 'text';
    const instance = this.#instance(of);
    return instance?.isXml(node.id) === true;
  }

  /** Words and values among nodes as one value; '': there is none. Only a value that stands alone is a number. */
  #scalar(nodes: readonly Node[], of: number, item: Item | null): string {
    if (nodes.length === 1) {
      const [node] = nodes;
      if (node!.kind === 'text') {
        this.#count(node!.text.length);
        return node!.text === '' ? '' : JSON.stringify(withoutBlanks(node!.text));
      }
      if (node!.kind === 'slot') return this.#slot(node!.id, of, item);
      return '';
    }
    let only: Node | null = null;
    let several = false;
    for (const node of nodes) {
      if (node.kind === 'text' ? node.text === '' : node.kind !== 'slot' || this.#slotText(node.id, of, item) === '') continue;
      several = only !== null;
      only = node;
      if (several) break;
    }
    if (only === null) return '';
    if (!several && only.kind === 'slot') return this.#slot(only.id, of, item);
    return JSON.stringify(this.#text(nodes, of, item));
  }

  #text(nodes: readonly Node[], of: number, item: Item | null): string {
    let text = '';
    for (const node of nodes) {
      if (node.kind === 'text') text += node.text;
      else if (node.kind === 'slot') text += this.#slotText(node.id, of, item);
    }
    this.#count(text.length);
    return text;
  }

  #slot(slot: number, of: number, item: Item | null): string {
    const instance = this.#instance(of);
    if (instance === undefined || slot >= instance.count) return '';
    const size = instance.bytes(slot);
    if (size === 0) return '';
    let type = instance.type(slot);
    const index = (type & arrayFlag) === 0 ? -1 : itemOf(item, slot);
    if (index !== -1) type &= ~arrayFlag;
    const text = this.#slotText(slot, of, item);
    if (text === '') return '';
    // Bytes that are no such number were told in hex.
    const isNumber =
      (type >= valueTypes.int8 && type <= valueTypes.uint64 && (index !== -1 || size >= widthOf(type))) ||
      type === valueTypes.bool;
    return isNumber ? text : JSON.stringify(type === valueTypes.string && index === -1 ? withoutBlanks(text) : text);
  }

  #slotText(slot: number, of: number, item: Item | null): string {
    const instance = this.#instance(of);
    if (instance === undefined || slot >= instance.count) return '';
    const at = instance.at(slot);
    const size = instance.bytes(slot);
    const type = instance.type(slot);
    if (size === 0 || type === valueTypes.binXml || type === valueTypes.null) return '';
    let text: string;
    if ((type & arrayFlag) === 0) text = jsonText(this.#bytes, at, size, type);
    else {
      const items = this.#record.items(this.#bytes, of, slot);
      const index = itemOf(item, slot);
      const kind = type & ~arrayFlag;
      text = index === -1 ? items.map((one) => restyled(one, kind)).join(',') : restyled(items[index] ?? '', kind);
    }
    this.#count(text.length);
    return text;
  }
}

const noElements: readonly Placed[] = [];

const itemOf = (item: Item | null, slot: number): number => {
  for (let one = item; one !== null; one = one.outer) if (one.slot === slot) return one.index;
  return -1;
};

/** A key that came before gets a number: `Header`, `Header_1` … `copies` null: none comes twice. */
function keyOf(key: string, copies: Map<string, number> | null): string {
  if (copies === null) return key;
  const copy = copies.get(key) ?? 0;
  copies.set(key, copy + 1);
  return copy === 0 ? key : `${key.slice(0, -2)}_${copy}":`;
}

/** A value as this form writes it: GUIDs bare and in capitals, times to the microsecond. */
function jsonText(bytes: Uint8Array, at: number, size: number, type: number): string {
  switch (type) {
    case valueTypes.guid:
      return size < 16 ? (valueText(bytes, at, size, type) ?? '') : bareGuidText(bytes, at);
    case valueTypes.systemTime:
    case valueTypes.real32:
    case valueTypes.real64:
      return restyled(valueText(bytes, at, size, type) ?? '', type, type === valueTypes.systemTime && u16(bytes, at) === 0);
    case valueTypes.fileTime:
      return size < 8 ? (valueText(bytes, at, size, type) ?? '') : fileTimeText(bytes, at, 6);
    case valueTypes.string: {
      // What stands behind a zero is no part of it.
      const text = valueText(bytes, at, size, type) ?? '';
      const zero = text.indexOf('\u0000');
      return zero === -1 ? text : text.slice(0, zero);
    }
    default:
      return valueText(bytes, at, size, type) ?? '';
  }
}

/** White space by Unicode's definition, which is not JavaScript's. */
function withoutBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  return end === text.length ? text : text.slice(0, end);
}

const isBlank = (code: number): boolean =>
  code <= 0x20
    ? code === 0x20 || (code >= 0x09 && code <= 0x0d)
    : code >= 0x85 &&
      (code === 0x85 ||
        code === 0xa0 ||
        code === 0x1680 ||
        (code >= 0x2000 && code <= 0x200a) ||
        code === 0x2028 ||
        code === 0x2029 ||
        code === 0x202f ||
        code === 0x205f ||
        code === 0x3000);

const microseconds = (text: string): string => (text.length === 28 ? `${text.slice(0, 26)}Z` : text);

function restyled(text: string, type: number, unset = false): string {
  switch (type) {
    case valueTypes.guid:
      return text.length === 38 ? text.slice(1, 37).toUpperCase() : text;
    case valueTypes.fileTime:
      return microseconds(text);
    case valueTypes.systemTime:
      if (unset && /^0000-00-00T00:00:00\.000Z$/.test(text)) return '1601-01-01T00:00:00.000000Z';
      return text.length === 24 ? `${text.slice(0, 23)}000Z` : text;
    case valueTypes.real32:
    case valueTypes.real64:
      return /^-?\d+$/.test(text) ? `${text}.0` : text;
    default:
      return text;
  }
}
