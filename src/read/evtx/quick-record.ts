/**
 * Records as nearly all are: one template, or one with another in it, and one array at most. Nothing is made of them but a list of where their values
 * stand. Whatever is not exactly so is left to the parser, which says what it is and what is wrong with it.
 */
import { type ChunkXml, moreFlag, mostValues, tokens } from './binary-xml.ts';
import { u32 } from './bytes.ts';
import type { ValuePlaces } from './instance.ts';
import type { Skeletons } from './skeletons.ts';
import type { Template } from './tree.ts';
import { arrayFlag, itemCount, mostItems, valueTypes } from './values.ts';

/** More values than any real event has in one template. */
export const mostHere = Math.min(512, mostValues);

export class QuickRecord {
  readonly #places: ValuePlaces;
  readonly #skeletons: Skeletons;
  /** Three numbers for each value; see {@link ValuePlaces}. */
  list = new Int32Array(0);
  outer: Template | null = null;
  outerFrom = 0;
  outerCount = 0;
  /** The slot in which the other template stands; -1: there is none. */
  slot = -1;
  inner: Template | null = null;
  innerFrom = 0;
  innerCount = 0;
  /** The inner one is XML as it stands, its texts taken for values. */
  isSkeleton = false;
  /** In what else two records of the same templates can differ: the slot of the inner one, and the place and length of an array. */
  form = 0;
  // Of the instance that was read last.
  #template: Template | null = null;
  #from = 0;
  #count = 0;
  #slot = -1;
  /** 0: there is none. */
  #array = 0;

  constructor(places: ValuePlaces, skeletons: Skeletons) {
    this.#places = places;
    this.#skeletons = skeletons;
  }

  /** False: it is no such record, or its template is not known yet. What it holds is gone with the next one, unless it is kept. */
  read(xml: ChunkXml, at: number, end: number): boolean {
    const places = this.#places;
    places.makeRoom(mostHere * 6);
    this.list = places.list;
    this.#array = 0;
    if (!this.#fragment(xml, at, end, places.next)) return false;
    this.isSkeleton = false;
    this.outer = this.#template;
    this.outerFrom = this.#from;
    this.outerCount = this.#count;
    this.slot = this.#slot;
    if (this.slot === -1) {
      this.inner = null;
      this.innerFrom = this.innerCount = 0;
      this.form = this.#array * mostHere * 2;
      return true;
    }
    const value = this.outerFrom + this.slot * 3;
    const start = this.list[value]!;
    // An array of this one, and one of the other are not told apart by one number.
    if (this.#array !== 0) return false;
    const stop = start + this.list[value + 1]!;
    const into = this.outerFrom + this.outerCount * 3;
    this.isSkeleton = !this.#fragment(xml, start, stop, into);
    if (this.isSkeleton) {
      this.#template = this.#skeletons.read(xml, start, stop, this.list, into, mostHere);
      if (this.#template === null) return false;
      this.#count = this.#skeletons.values;
    } else if (this.#slot !== -1) return false;
    this.inner = this.#template;
    this.innerFrom = into;
    this.innerCount = this.#count;
    this.form = this.#array * mostHere * 2 + this.slot + 1;
    return true;
  }

  /** The list is not written to where this record stands in it. */
  keep(): void {
    this.#places.next = this.slot === -1 ? this.outerFrom + this.outerCount * 3 : this.innerFrom + this.innerCount * 3;
  }

  /** The beginning of a fragment, which in values that are XML may be left out, a template with its values, and the end. */
  #fragment(xml: ChunkXml, from: number, end: number, into: number): boolean {
    const { bytes } = xml;
    const start = bytes[from] === tokens.fragment ? from + 4 : from;
    if (start + 14 > end || bytes[start] !== tokens.instance) return false;
    const id = u32(bytes, start + 2);
    const definition = u32(bytes, start + 6);
    let at = start + 10;
    if (xml.base + definition === at) at += 24 + u32(bytes, at + 20);
    if (at + 4 > end) return false;
    const count = u32(bytes, at);
    const template = xml.knownTemplate(definition, id, count);
    at += 4;
    if (template === null || count > mostHere || at + count * 4 > end) return false;
    const { list } = this;
    let place = at + count * 4;
    let slot = -1;
    for (let i = 0, to = into; i < count; i++, to += 3, at += 4) {
      const size = bytes[at]! | (bytes[at + 1]! << 8);
      const type = bytes[at + 2]!;
      if (type >= valueTypes.binXml) {
        if (type === valueTypes.binXml) {
          if (size > 0) {
            if (slot !== -1) return false;
            slot = i;
          }
        } else if ((type & arrayFlag) !== 0) {
          if (this.#array !== 0 || place + size > end) return false;
          this.#array = 1 + i * (mostItems + 1) + itemCount(bytes, place, size, type);
        }
      }
      list[to] = place;
      list[to + 1] = size;
      list[to + 2] = type;
      place += size;
    }
    if (place > end || (place < end && (bytes[place]! & ~moreFlag) !== tokens.end)) return false;
    this.#template = template;
    this.#from = into;
    this.#count = count;
    this.#slot = slot;
    return true;
  }
}
