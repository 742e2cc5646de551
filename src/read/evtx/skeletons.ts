/**
 * XML that stands in a record as it is, under no template: some logs write long trees of it, in which nothing but the texts differs from record
 * to record. Such a tree without its texts is taken for a template, and the texts for its values, so that it is taken apart no more than
 * others are. Whatever is not as plain as that is left to the parser. Where a record is shown, it is parsed as it stands.
 */
import { type ChunkXml, deepest, moreFlag, type Name, tokens } from './binary-xml.ts';
import { u16 } from './bytes.ts';
import type { Attribute, Element, Node, Template } from './tree.ts';
import { valueTypes } from './values.ts';

interface Skeleton {
  readonly codes: Int32Array;
  readonly template: Template;
}

/** A hostile log can have one in each record. */
const mostSkeletons = 1024;
const mostCodes = 4096;
/** Different names of elements and attributes; records with others are left to the parser. */
const mostNames = 1 << 16;

// Codes: what comes, and the number of its name.
const opens = 0;
const attribute = 1;
const startEnds = 2;
const ends = 3;
const value = 4;
const codeBits = 3;

export class Skeletons {
  readonly #names = new Map<string, number>();
  /** The same by their numbers: to list them anew for each skeleton would be the work of all names for every record of a hostile log. */
  readonly #nameList: string[] = [];
  readonly #known = new Map<number, Skeleton[]>();
  readonly #codes = new Int32Array(mostCodes);
  #count = 0;
  #serial = 0;
  /** Values of the tree that was read last. */
  values = 0;

  /** The tree in [from, end) as a template; its values are written to `list`. null: it is left to the parser. @param most values that there is room for */
  read(xml: ChunkXml, from: number, end: number, list: Int32Array, into: number, most: number): Template | null {
    const { bytes } = xml;
    const codes = this.#codes;
    let count = 0;
    let values = 0;
    let depth = 0;
    let at = from;
    let hash = 0;
    loop: while (at < end) {
      if (count === mostCodes) return null;
      const token = bytes[at]!;
      let code: number;
      switch (token & ~moreFlag) {
        case tokens.end:
          break loop;
        case tokens.fragment:
          at += 4;
          continue;
        case tokens.open: {
          const name = xml.nameAt(at + 5, end);
          const id = this.#idOf(name);
          // Names of its values would be values of this record alone.
          if (id === -1 || depth >= deepest || name!.text === 'EventData') return null;
          depth++;
          code = opens | (id << codeBits);
          at = xml.behindName(at + 5, name!) + ((token & moreFlag) === 0 ? 0 : 4);
          break;
        }
        case tokens.attribute: {
          const name = xml.nameAt(at + 1, end);
          const id = this.#idOf(name);
          if (id === -1 || depth === 0) return null;
          code = attribute | (id << codeBits);
          at = xml.behindName(at + 1, name!);
          break;
        }
        case tokens.closeStart:
          code = startEnds;
          at++;
          break;
        case tokens.closeEmpty:
        case tokens.endElement:
          if (depth-- === 0) return null;
          code = ends;
          at++;
          break;
        case tokens.value: {
          const size = u16(bytes, at + 2) * 2;
          if (bytes[at + 1] !== valueTypes.string || at + 4 + size > end || values === most || size > 0xffff) return null;
          const to = into + values * 3;
          list[to] = at + 4;
          list[to + 1] = size;
          list[to + 2] = valueTypes.string;
          values++;
          code = value;
          at += 4 + size;
          break;
        }
        default:
          return null;
      }
      codes[count++] = code;
      hash = Math.imul(hash ^ code ^ (hash >>> 15), 0x9e3779b1);
    }
    if (depth > 0 || at > end) return null;
    this.values = values;
    return this.#find(hash, count) ?? this.#make(hash, count);
  }

  #idOf(name: Name | null): number {
    if (name === null || !name.hashed) return -1;
    if (name.id !== -1) return name.id;
    let id = this.#names.get(name.text);
    if (id === undefined) {
      if (this.#names.size >= mostNames) return -1;
      this.#names.set(name.text, (id = this.#names.size));
      this.#nameList.push(name.text);
    }
    return (name.id = id);
  }

  #find(hash: number, count: number): Template | null {
    next: for (const { codes, template } of this.#known.get(hash) ?? []) {
      if (codes.length !== count) continue;
      for (let i = 0; i < count; i++) if (codes[i] !== this.#codes[i]) continue next;
      return template;
    }
    return null;
  }

  #make(hash: number, count: number): Template {
    if (this.#count >= mostSkeletons) {
      this.#known.clear();
      this.#count = 0;
    }
    this.#count++;
    const codes = this.#codes.slice(0, count);
    const template: Template = { serial: -++this.#serial, guid: '', nodes: treeOf(codes, this.#nameList) };
    const others = this.#known.get(hash);
    if (others === undefined) this.#known.set(hash, [{ codes, template }]);
    else others.push({ codes, template });
    return template;
  }
}

/** As the parser makes it, but for texts, which are slots. */
function treeOf(codes: Int32Array, names: readonly string[]): readonly Node[] {
  const roots: Node[] = [];
  const open: Element[] = [];
  let target = roots;
  let values = 0;
  for (const code of codes) {
    const name = names[code >> codeBits]!;
    switch (code & ((1 << codeBits) - 1)) {
      case opens: {
        const element: Element = { kind: 'element', name, attributes: [], children: [], plan: null };
        (open.at(-1)?.children ?? roots).push(element);
        open.push(element);
        target = element.children;
        break;
      }
      case attribute: {
        const made: Attribute = { name, parts: [] };
        open.at(-1)!.attributes.push(made);
        target = made.parts;
        break;
      }
      case startEnds:
        target = open.at(-1)?.children ?? roots;
        break;
      case ends:
        open.pop();
        target = open.at(-1)?.children ?? roots;
        break;
      default:
        target.push({ kind: 'slot', id: values++, optional: false });
    }
  }
  return roots;
}
