/**
 * Binary XML → a tree whose holes are the values of a template. Names are looked up in the chunk, so that a tree means the same
 * wherever it came from. Long: one grammar, and the definitions that it shares between chunks.
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-even6/e6fc7c72-b8c0-475b-aef7-25eaf1a814f3 (grammar)
 * @see https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc (as it is stored)
 */
import { u16, u32, utf16 } from './bytes.ts';
import { Damage, damage } from './damage.ts';
import { Instance, ValuePlaces } from './instance.ts';
import { standing, type Templates, type TemplatesById } from './templates.ts';
import type { Attribute, Element, Node, Template } from './tree.ts';
import { arrayFlag, guidText, valueText, valueTypes, widthOf } from './values.ts';

/** Depth of elements, and of XML within values. Real events have six and two. */
export const deepest = 64;
const deepestNested = 8;
const longestName = 512;
/** Bytes of definitions that a chunk of 64 KiB is worth: hostile ones that lie within each other are not read without end. */
const definitionBudget = 1 << 18;
export const mostValues = 4096;

export const tokens = {
  end: 0x00,
  open: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  charRef: 0x08,
  entityRef: 0x09,
  piTarget: 0x0a,
  piData: 0x0b,
  instance: 0x0c,
  slot: 0x0d,
  optionalSlot: 0x0e,
  fragment: 0x0f,
} as const;
export const moreFlag = 0x40;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export interface Name {
  readonly text: string;
  /** It fits its hash. */
  readonly hashed: boolean;
  /** Where it ends. */
  readonly end: number;
  /** Its number; see `skeletons.ts`. -1: none yet. */
  id: number;
}

interface Definition {
  readonly template: Template;
  /** Values of the instance of which {@link TemplatesById} heard last; -1: of none. */
  learnt: number;
}

/** The names and definitions of one chunk. */
export class ChunkXml {
  readonly bytes: Uint8Array;
  /** Where the chunk begins. */
  readonly base: number;
  readonly #end: number;
  readonly #templates: Templates;
  readonly #byId: TemplatesById;
  readonly #places: ValuePlaces;
  #substituted = false;
  readonly #names = new Map<number, Name | null>();
  readonly #definitions = new Map<number, Definition>();
  #budget = definitionBudget;
  /** Of a record that no chunk lists nothing is believed that its bytes do not bear out: its names may be overwritten. */
  #strict = false;
  /** Places of names of the definition that is being read; null: none is. */
  #noting: { readonly at: number; readonly name: string | null }[] | null = null;

  /** The chunk stands in [base, end) of `bytes`. */
  constructor(
    bytes: Uint8Array,
    base: number,
    end: number,
    templates: Templates,
    byId: TemplatesById,
    places: ValuePlaces = new ValuePlaces(),
  ) {
    this.bytes = bytes;
    this.base = base;
    this.#end = end;
    this.#templates = templates;
    this.#byId = byId;
    this.#places = places;
  }

  /** Whether a definition from elsewhere was put in for one that is overwritten, since this was last asked. */
  wasSubstituted(): boolean {
    const substituted = this.#substituted;
    this.#substituted = false;
    return substituted;
  }

  /** The tree of a record's XML. `strict`: only names that fit their hash. @throws Damage */
  record(at: number, end: number, strict = false): readonly Node[] {
    this.#strict = strict;
    return this.#fragment(at, end, true, 0);
  }

  /** The tree of a value that is XML itself. @throws Damage */
  nested(instance: Instance, slot: number, level: number): readonly Node[] {
    let nodes = instance.nested(slot);
    if (nodes === undefined) {
      const at = instance.at(slot);
      nodes = this.#fragment(at, at + instance.bytes(slot), false, level);
      instance.keepNested(slot, nodes);
    }
    return nodes;
  }

  /** Nearly every record is the beginning of a fragment, one template with its values, and the end: that needs no parser. */
  #fragment(from: number, end: number, dependency: boolean, level: number): readonly Node[] {
    const { bytes } = this;
    if (level <= deepestNested && from + 18 < end && bytes[from] === tokens.fragment && bytes[from + 4] === tokens.instance) {
      const { instance, next } = this.#instance(from + 4, end, level);
      if (next >= end || (bytes[next]! & ~moreFlag) === tokens.end) return [instance];
    }
    return this.#parse(from, end, dependency, level);
  }

  #parse(from: number, end: number, dependency: boolean, level: number): readonly Node[] {
    if (level > deepestNested) throw damage('XML in values too deep');
    const { bytes } = this;
    const roots: Node[] = [];
    const open: Element[] = [];
    let target = roots;
    let at = from;
    while (at < end) {
      const token = bytes[at]! & ~moreFlag;
      switch (token) {
        case tokens.end:
          return roots;
        case tokens.fragment:
          at += 4;
          break;
        case tokens.open: {
          if (open.length >= deepest) throw damage('elements too deep');
          const start = this.#openElement(at, end, dependency);
          const element: Element = { kind: 'element', name: start.name, attributes: [], children: [], plan: null };
          (open.at(-1)?.children ?? roots).push(element);
          open.push(element);
          target = element.children;
          at = start.at + ((bytes[at]! & moreFlag) !== 0 ? 4 : 0);
          break;
        }
        case tokens.closeStart:
          target = open.at(-1)?.children ?? roots;
          at++;
          break;
        case tokens.closeEmpty:
        case tokens.endElement:
          if (open.pop() === undefined) throw damage('an element ends that did not begin');
          target = open.at(-1)?.children ?? roots;
          at++;
          break;
        case tokens.attribute: {
          const element = open.at(-1);
          if (element === undefined) throw damage('an attribute of nothing');
          const name = this.#name(at + 1, end);
          const attribute: Attribute = { name: name.text, parts: [] };
          element.attributes.push(attribute);
          target = attribute.parts;
          at = name.at;
          break;
        }
        case tokens.value: {
          const type = bytes[at + 1]!;
          const { text, next } = this.#inlineValue(at + 2, end, type);
          target.push({ kind: 'text', text });
          at = next;
          break;
        }
        case tokens.cdata:
        case tokens.piData: {
          const { text, next } = this.#inlineValue(at + 1, end, valueTypes.string);
          if (token === tokens.cdata) target.push({ kind: 'text', text });
          at = next;
          break;
        }
        case tokens.charRef:
          target.push({ kind: 'text', text: String.fromCharCode(u16(bytes, at + 1)) });
          at += 3;
          break;
        case tokens.entityRef: {
          const name = this.#name(at + 1, end);
          target.push({ kind: 'text', text: Object.hasOwn(entities, name.text) ? entities[name.text]! : `&${name.text};` });
          at = name.at;
          break;
        }
        case tokens.piTarget:
          at = this.#name(at + 1, end).at;
          break;
        case tokens.slot:
        case tokens.optionalSlot:
          target.push({ kind: 'slot', id: u16(bytes, at + 1), optional: token === tokens.optionalSlot });
          at += 4;
          break;
        case tokens.instance: {
          // Its values would stand in one chunk, and the definition is everybody's.
          if (dependency && level > 0) throw damage('a template instance within a definition');
          const { instance, next } = this.#instance(at, end, level);
          target.push(instance);
          at = next;
          break;
        }
        default:
          throw damage(`token 0x${bytes[at]!.toString(16)}`);
      }
    }
    // A tree that was cut off is none.
    if (open.length > 0 || at > end) throw damage('the XML ends within an element');
    return roots;
  }

  /**
   * `[0x01] [u16 dependency] u32 size, u32 name`: in a value that is XML the dependency is left out, in a definition it stands, and
   * in bare records it may be either: the hash of the name tells.
   */
  #openElement(at: number, end: number, dependency: boolean): { readonly name: string; readonly at: number } {
    const likely = at + (dependency ? 7 : 5);
    const other = at + (dependency ? 5 : 7);
    const first = this.#peekName(likely, end);
    if (first?.hashed === true) return this.#noted(likely, first);
    const second = this.#peekName(other, end);
    // The other way of writing it, and what may be a name, are looked at anew in each chunk.
    this.#noting = null;
    if (second?.hashed === true) return { name: second.text, at: second.at };
    if (first === null || this.#strict) throw damage('an element without a name');
    return { name: first.text, at: first.at };
  }

  #name(at: number, end: number): { readonly text: string; readonly at: number } {
    const name = this.#peekName(at, end);
    if (name === null || (this.#strict && !name.hashed)) throw damage('a name that is not there');
    // What is doubtful in one chunk may be certain in another.
    if (!name.hashed) this.#noting = null;
    else if (this.#noting !== null) this.#noted(at, name);
    return name;
  }

  #noted(at: number, name: { readonly text: string; readonly at: number }): { readonly name: string; readonly at: number } {
    if (this.#noting !== null) {
      this.#noting.push({ at, name: standing(name, at) });
      // It stands right here, and begins with a link to another name.
      if (name.at !== at + 4) this.#noting.push({ at: at + 4, name: null });
    }
    return { name: name.text, at: name.at };
  }

  /** The name whose place in the chunk stands at `at`; it may stand right there. */
  #peekName(at: number, end: number): { readonly text: string; readonly hashed: boolean; readonly at: number } | null {
    const name = this.nameAt(at, end);
    return name === null ? null : { text: name.text, hashed: name.hashed, at: this.behindName(at, name) };
  }

  /** The name whose place in the chunk stands at `at`. */
  nameAt(at: number, end: number): Name | null {
    if (at + 4 > end) return null;
    const offset = u32(this.bytes, at);
    let name = this.#names.get(offset);
    if (name === undefined) {
      name = this.#readName(this.base + offset);
      this.#names.set(offset, name);
    }
    return name;
  }

  /** What follows the place of a name: it may stand right there. */
  behindName(at: number, name: Name): number {
    return this.base + u32(this.bytes, at) === at + 4 ? name.end : at + 4;
  }

  /** `u32 next, u16 hash, u16 characters, the characters, u16 zero`. */
  #readName(at: number): Name | null {
    if (at + 10 > this.#end) return null;
    const count = u16(this.bytes, at + 6);
    const end = at + 8 + count * 2;
    if (count === 0 || count > longestName || end + 2 > this.#end) return null;
    const text = utf16(this.bytes, at + 8, end);
    let hash = 0;
    for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 65_599) + text.charCodeAt(i)) | 0;
    return { text, hashed: (hash & 0xffff) === u16(this.bytes, at + 4), end: end + 2, id: -1 };
  }

  #inlineValue(at: number, end: number, type: number): { readonly text: string; readonly next: number } {
    if ((type & ~arrayFlag) === valueTypes.string || type === valueTypes.ansi) {
      const size = u16(this.bytes, at) * (type === valueTypes.ansi ? 1 : 2);
      if (at + 2 + size > end) throw damage('a text that is longer than what is there');
      return { text: valueText(this.bytes, at + 2, size, type) ?? '', next: at + 2 + size };
    }
    const width = type === 0x00 ? 0 : widthOf(type) || undefined;
    if (width === undefined || at + width > end) throw damage(`a value of type 0x${type.toString(16)} among the XML`);
    return { text: valueText(this.bytes, at, width, type) ?? '', next: at + width };
  }

  /** `0x0c, u8, u32 id, u32 definition, [the definition], u32 count, count × (u16 bytes, u8 type, u8), the values`. */
  #instance(start: number, end: number, level: number): { readonly instance: Instance; readonly next: number } {
    const { bytes } = this;
    if (start + 14 > end) throw damage('a template instance that is cut off');
    const id = u32(bytes, start + 2);
    const definitionAt = this.base + u32(bytes, start + 6);
    let at = start + 10;
    const own = this.#strict ? this.#definitionOrDamage(definitionAt, id, level) : this.#definition(definitionAt, id, level);
    if (definitionAt === at) at += 24 + u32(bytes, at + 20);
    if (at + 4 > end) throw damage('a template instance without values');
    const count = u32(bytes, at);
    at += 4;
    const template = this.#standIn(own, id, count);
    if (count > mostValues || at + count * 4 > end) throw damage('more values than there is room for');
    const from = this.#places.take(count);
    const { list } = this.#places;
    let place = at + count * 4;
    for (let i = 0, into = from; i < count; i++, into += 3, at += 4) {
      const size = bytes[at]! | (bytes[at + 1]! << 8);
      list[into] = place;
      list[into + 1] = size;
      list[into + 2] = bytes[at + 2]!;
      place += size;
    }
    if (place > end) throw damage('a value that is longer than what is there');
    return { instance: new Instance(template, list, from, count), next: place };
  }

  #definitionOrDamage(at: number, id: number, level: number): Template | Damage {
    try {
      return this.#definition(at, id, level);
    } catch (error) {
      if (error instanceof Damage) return error;
      throw error;
    }
  }

  /** The record's own definition, or that of the same id and as many values elsewhere. */
  #standIn(own: Template | Damage, id: number, count: number): Template {
    if (!(own instanceof Damage)) {
      if (!this.#strict) this.#byId.learn(id, own, count);
      return own;
    }
    const other = this.#byId.find(id, count);
    if (other === null) throw own;
    this.#substituted = true;
    return other;
  }

  /** `u32 next, 16 bytes GUID, u32 size, XML`. The id of an instance is the beginning of the GUID. */
  #definition(at: number, id: number, level: number): Template {
    if (at < this.base || at + 24 > this.#end) throw damage('a template outside of the chunk');
    if (u32(this.bytes, at + 4) !== id) throw damage('another template stands where it should');
    const known = this.#definitions.get(at);
    if (known !== undefined) return known.template;
    const size = u32(this.bytes, at + 20);
    if (at + 24 + size > this.#end) throw damage('a template that is longer than the chunk');
    if (size > this.#budget) throw damage('more templates than a chunk can hold');
    this.#budget -= size;
    const guid = guidText(this.bytes, at + 4);
    const template = this.#shared(guid, at + 24, size) ?? this.#read(guid, at + 24, size, level);
    this.#definitions.set(at, { template, learnt: -1 });
    return template;
  }

  /** One that was seen in another chunk. */
  #shared(guid: string, from: number, size: number): Template | null {
    return this.#templates.find(guid, this.bytes, from, size, (place) => {
      const name = this.#peekName(place, from + size);
      return name?.hashed === true ? standing(name, place) : null;
    });
  }

  /**
   * The definition of an instance with so many values, where it is known already, here or from another chunk; null: it has to be read, or
   * there is something about it. Does nothing that reading it would not do.
   */
  knownTemplate(place: number, id: number, count: number): Template | null {
    const at = this.base + place;
    let known = this.#definitions.get(at);
    if (known === undefined) {
      if (at + 24 > this.#end || u32(this.bytes, at + 4) !== id) return null;
      const size = u32(this.bytes, at + 20);
      if (at + 24 + size > this.#end || size > this.#budget) return null;
      const template = this.#shared(guidText(this.bytes, at + 4), at + 24, size);
      if (template === null) return null;
      this.#budget -= size;
      this.#definitions.set(at, (known = { template, learnt: -1 }));
    } else if (u32(this.bytes, at + 4) !== id) return null;
    if (known.learnt !== count) {
      this.#byId.learn(id, known.template, count);
      known.learnt = count;
    }
    return known.template;
  }

  /** Those that were noted; null: something was doubtful, and the definition is read anew in the next chunk. */
  #notedPlaces(): { readonly at: number; readonly name: string | null }[] | null {
    return this.#noting;
  }

  #read(guid: string, from: number, size: number, level: number): Template {
    const outer = this.#noting;
    this.#noting = [];
    try {
      const template = this.#templates.share(guid, this.#parse(from, from + size, true, level + 1));
      const places = this.#notedPlaces();
      if (places !== null)
        this.#templates.store(guid, {
          template,
          bytes: this.bytes.slice(from, from + size),
          places: places.map(({ at }) => at - from),
          names: places.map(({ name }) => name),
        });
      return template;
    } finally {
      this.#noting = outer;
    }
  }
}
