/** A template with its values. Of where they stand one list of numbers serves many records: making one for each costs more than reading it. */
import type { Node, Template } from './tree.ts';
import { arrayFlag, valueTypes } from './values.ts';

const oneList = 1 << 15;

/** Where values stand: three numbers for each: place, bytes, type. For the records of one block. */
export class ValuePlaces {
  list: Int32Array<ArrayBuffer> = new Int32Array(oneList);
  /** Where the next value goes. */
  next = 0;
  /** Those of earlier blocks, too: a block has room for some hundred thousand values at most. */
  readonly #lists: Int32Array<ArrayBuffer>[] = [this.list];
  #used = 1;

  /** Nothing of what was written is needed any more. */
  reset(): void {
    this.list = this.#lists[0]!;
    this.next = 0;
    this.#used = 1;
  }

  /** Where so many values can be written in {@link list}, which may be another one from now on. */
  take(count: number): number {
    const size = count * 3;
    this.makeRoom(size);
    const from = this.next;
    this.next += size;
    return from;
  }

  /** From now on {@link list} has room for so many numbers. */
  makeRoom(size: number): void {
    if (this.next + size <= this.list.length) return;
    this.next = 0;
    if (size > oneList) {
      this.list = new Int32Array(size);
      return;
    }
    this.list = this.#lists[this.#used] ??= new Int32Array(oneList);
    this.#used++;
  }
}

/** What {@link Instance.xmlSlot} says where no value, or more than one, is XML itself. */
export const noXml = -1;
export const severalXml = -2;

export class Instance {
  readonly kind = 'instance';
  readonly template: Template;
  readonly count: number;
  /** One of its values is an array. */
  readonly hasArrays: boolean;
  /** The one slot that holds XML of its own. */
  readonly xmlSlot: number;
  readonly #list: Int32Array;
  readonly #from: number;
  #nestedSlot = -1;
  #nested: readonly Node[] | null = null;
  #others: Map<number, readonly Node[]> | null = null;

  /** @param from where its values begin in `list` */
  constructor(template: Template, list: Int32Array, from: number, count: number) {
    this.template = template;
    this.count = count;
    this.#list = list;
    this.#from = from;
    let hasArrays = false;
    let xmlSlot = noXml;
    for (let slot = 0, at = from + 2; slot < count; slot++, at += 3) {
      const type = list[at]!;
      if (type < valueTypes.binXml) continue;
      if (type === valueTypes.binXml && list[at - 1]! > 0) xmlSlot = xmlSlot === noXml ? slot : severalXml;
      else if ((type & arrayFlag) !== 0) hasArrays = true;
    }
    this.hasArrays = hasArrays;
    this.xmlSlot = xmlSlot;
  }

  at(slot: number): number {
    return this.#list[this.#from + slot * 3]!;
  }

  bytes(slot: number): number {
    return this.#list[this.#from + slot * 3 + 1]!;
  }

  type(slot: number): number {
    return this.#list[this.#from + slot * 3 + 2]!;
  }

  /** What stands in a slot is XML of its own. */
  isXml(slot: number): boolean {
    return slot < this.count && this.type(slot) === valueTypes.binXml && this.bytes(slot) > 0;
  }

  /** The tree of a value that is XML itself, once it was made. */
  nested(slot: number): readonly Node[] | undefined {
    return slot === this.#nestedSlot ? this.#nested! : this.#others?.get(slot);
  }

  keepNested(slot: number, nodes: readonly Node[]): void {
    if (this.#nested === null) {
      this.#nestedSlot = slot;
      this.#nested = nodes;
    } else (this.#others ??= new Map<number, readonly Node[]>()).set(slot, nodes);
  }
}
