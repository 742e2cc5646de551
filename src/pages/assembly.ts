/**
 * A library that ASP.NET made of pages, read and never loaded: which methods of other libraries its code calls, and which texts it holds. Of
 * the format only what leads to them is read: PE → header of the runtime → metadata → the tables of types and members, the heaps of names
 * and of texts. Every place that the file names is checked before it is read; numbers of rows and of texts are bounded.
 * @see https://ecma-international.org/publications-and-standards/standards/ecma-335/ partition II, 22 and 24
 */
import type { Capability, PageGrade, PageSink } from './page-facts.ts';
import { sinkLimit } from './page-facts.ts';
import { dotNetSinks } from './sink-table.ts';

export interface AssemblyFacts {
  /** Full names of the classes in it. */
  readonly types: readonly string[];
  /** `Namespace.Type.Method` of other libraries, in the order of the table. */
  readonly calls: readonly string[];
  /** Texts of the code. */
  readonly texts: readonly string[];
  readonly cut: boolean;
}

const mostRows = 10_000;
const mostTexts = 5000;
const longestName = 256;
const longestText = 4096;

class Bytes {
  readonly #view: DataView;
  readonly length: number;
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.length;
  }
  /** -1: not there. */
  u8(at: number): number {
    return at >= 0 && at < this.length ? this.#view.getUint8(at) : -1;
  }
  u16(at: number): number {
    return at >= 0 && at + 2 <= this.length ? this.#view.getUint16(at, true) : -1;
  }
  u32(at: number): number {
    return at >= 0 && at + 4 <= this.length ? this.#view.getUint32(at, true) : -1;
  }
  text(at: number, most: number, stop = 0): string {
    let text = '';
    for (let i = at; i >= 0 && i < this.length && text.length < most; i++) {
      const byte = this.#view.getUint8(i);
      if (byte === stop) return text;
      text += String.fromCharCode(byte);
    }
    return text;
  }
}

/** Where a place of the loaded image lies in the file; -1: nowhere. */
function fileOffset(bytes: Bytes, sections: number, count: number, rva: number): number {
  for (let index = 0; index < Math.min(count, 96); index++) {
    const at = sections + index * 40;
    const [size, start, raw] = [bytes.u32(at + 16), bytes.u32(at + 12), bytes.u32(at + 20)];
    if (start >= 0 && raw >= 0 && rva >= start && rva < start + size) return raw + (rva - start);
  }
  return -1;
}

/** Where the metadata begins; -1: the file is no library of the runtime. */
function metadataAt(bytes: Bytes): number {
  const pe = bytes.u32(0x3c);
  if (bytes.u16(0) !== 0x5a4d || pe < 0 || bytes.u32(pe) !== 0x4550) return -1;
  const count = bytes.u16(pe + 6);
  const optional = pe + 24;
  const sections = optional + bytes.u16(pe + 20);
  const directories = optional + (bytes.u16(optional) === 0x20b ? 112 : 96);
  const header = fileOffset(bytes, sections, count, bytes.u32(directories + 14 * 8));
  if (header < 0) return -1;
  const at = fileOffset(bytes, sections, count, bytes.u32(header + 8));
  return at >= 0 && bytes.u32(at) === 0x424a5342 ? at : -1;
}

interface Streams {
  readonly tables: number;
  readonly names: number;
  readonly texts: number;
  readonly textsEnd: number;
}

function streamsOf(bytes: Bytes, at: number): Streams {
  const streams = { tables: -1, names: -1, texts: -1, textsEnd: -1 };
  const version = bytes.u32(at + 12);
  if (version < 0 || version > 255) return streams;
  let place = at + 16 + version + 4;
  const count = bytes.u16(place - 2);
  for (let index = 0; index < Math.min(count, 16); index++) {
    const [offset, size] = [bytes.u32(place), bytes.u32(place + 4)];
    const name = bytes.text(place + 8, 32);
    if (offset < 0 || size < 0) break;
    if (name === '#~' || name === '#-') streams.tables = at + offset;
    if (name === '#Strings') streams.names = at + offset;
    if (name === '#US') {
      streams.texts = at + offset;
      streams.textsEnd = Math.min(bytes.length, at + offset + size);
    }
    place += 8 + ((name.length >> 2) + 1) * 4;
  }
  return streams;
}

/** Numbers of the tables that matter. */
const table = {
  module: 0,
  typeRef: 1,
  typeDef: 2,
  field: 4,
  method: 6,
  param: 8,
  member: 10,
  moduleRef: 26,
  typeSpec: 27,
  assemblyRef: 35,
} as const;

class Tables {
  readonly #bytes: Bytes;
  readonly #names: number;
  readonly #rows: readonly number[];
  /** Where each of the first tables begins, and how long a row of it is. */
  readonly #at: readonly number[];
  readonly #sizes: readonly number[];
  readonly #name: 2 | 4;
  readonly #parent: 2 | 4;
  readonly #scope: 2 | 4;

  constructor(bytes: Bytes, { tables, names }: Streams) {
    this.#bytes = bytes;
    this.#names = names;
    const heaps = bytes.u8(tables + 6);
    const present = [bytes.u32(tables + 8), bytes.u32(tables + 12)];
    const rows = Array.from({ length: 64 }, () => 0);
    let place = tables + 24;
    for (let index = 0; index < 64; index++) {
      if (((present[index >> 5]! >>> (index & 31)) & 1) === 0) continue;
      rows[index] = Math.max(0, bytes.u32(place));
      place += 4;
    }
    const name = (heaps & 1) === 0 ? 2 : 4;
    const guid = (heaps & 2) === 0 ? 2 : 4;
    const blob = (heaps & 4) === 0 ? 2 : 4;
    const index = (of: number): 2 | 4 => (rows[of]! < 0x10000 ? 2 : 4);
    const coded = (bits: number, ...of: readonly number[]): 2 | 4 => (of.every((one) => rows[one]! < 2 ** (16 - bits)) ? 2 : 4);
    const typeOrSpec = coded(2, table.typeDef, table.typeRef, table.typeSpec);
    this.#name = name;
    this.#rows = rows;
    this.#scope = coded(2, table.module, table.moduleRef, table.assemblyRef, table.typeRef);
    this.#parent = coded(3, table.typeDef, table.typeRef, table.moduleRef, table.method, table.typeSpec);
    this.#sizes = [
      2 + name + 3 * guid,
      this.#scope + 2 * name,
      4 + 2 * name + typeOrSpec + index(table.field) + index(table.method),
      index(table.field),
      2 + name + blob,
      index(table.method),
      8 + name + blob + index(table.param),
      index(table.param),
      4 + name,
      index(table.typeDef) + typeOrSpec,
      this.#parent + name + blob,
    ];
    const at: number[] = [];
    for (const [of, size] of this.#sizes.entries()) {
      at.push(place);
      place += size * rows[of]!;
    }
    this.#at = at;
  }

  count(of: number): number {
    return Math.min(this.#rows[of]!, mostRows);
  }

  isCut(of: number): boolean {
    return this.#rows[of]! > mostRows;
  }

  /** `Namespace.Type` of a row of the types of other libraries, or of its own. */
  type(of: typeof table.typeRef | typeof table.typeDef, row: number): string | null {
    if (row < 0 || row >= this.count(of)) return null;
    const place = this.#at[of]! + row * this.#sizes[of]! + (of === table.typeDef ? 4 : this.#scope);
    const [own, space] = [this.#nameAt(place), this.#nameAt(place + this.#name)];
    return own === null || own === '' ? null : space === null || space === '' ? own : `${space}.${own}`;
  }

  /** `Namespace.Type.Method` of a row of the members of other libraries; null: of none. */
  member(row: number): string | null {
    const place = this.#at[table.member]! + row * this.#sizes[table.member]!;
    const parent = this.#number(place, this.#parent);
    const own = this.#nameAt(place + this.#parent);
    if (parent < 0 || own === null || own === '' || (parent & 7) !== 1) return null;
    const type = this.type(table.typeRef, (parent >>> 3) - 1);
    return type === null ? null : `${type}.${own}`;
  }

  #number(place: number, width: 2 | 4): number {
    return width === 2 ? this.#bytes.u16(place) : this.#bytes.u32(place);
  }

  #nameAt(place: number): string | null {
    const at = this.#number(place, this.#name);
    return at < 0 ? null : this.#bytes.text(this.#names + at, longestName);
  }
}

/** null: no library of the runtime. */
export function readAssembly(file: Uint8Array): AssemblyFacts | null {
  const bytes = new Bytes(file);
  const at = metadataAt(bytes);
  if (at === -1) return null;
  const streams = streamsOf(bytes, at);
  if (streams.tables === -1 || streams.names === -1) return null;
  const tables = new Tables(bytes, streams);
  const named = (of: number, name: (row: number) => string | null): string[] => [
    ...new Set(Array.from({ length: tables.count(of) }, (_, row) => name(row)).filter((one) => one !== null)),
  ];
  const texts = textsOf(bytes, streams);
  return {
    types: named(table.typeDef, (row) => tables.type(table.typeDef, row)),
    calls: named(table.member, (row) => tables.member(row)),
    texts: texts.found,
    cut: texts.cut || tables.isCut(table.typeDef) || tables.isCut(table.member),
  };
}

/** Each with its length in front: one, two or four bytes, as its first bits say. */
function textsOf(bytes: Bytes, { texts, textsEnd }: Streams): { readonly found: readonly string[]; readonly cut: boolean } {
  const found: string[] = [];
  let place = texts === -1 ? textsEnd : texts + 1;
  while (place < textsEnd && found.length < mostTexts) {
    const first = bytes.u8(place);
    const width = first < 0x80 ? 1 : first < 0xc0 ? 2 : 4;
    let length = first & (width === 1 ? 0x7f : width === 2 ? 0x3f : 0x1f);
    for (let more = 1; more < width; more++) length = length * 256 + Math.max(0, bytes.u8(place + more));
    place += width;
    const end = Math.min(place + length, textsEnd);
    if (length > 1) {
      let text = '';
      for (let i = place; i + 1 < end && text.length < longestText; i += 2) text += String.fromCharCode(bytes.u16(i));
      found.push(text);
    }
    place = end;
  }
  return { found, cut: place < textsEnd };
}

/** How a visitor's words come in. */
const asksVisitor =
  /^System\.Web\.(?:HttpRequest(?:Base)?\.(?:get_(?:Item|Form|QueryString|Params|Headers|Cookies|Files|InputStream|ServerVariables|Unvalidated|RawUrl)|BinaryRead|GetBufferlessInputStream)|HttpPostedFile(?:Base)?\.)/;

/** What its code can have done: that it calls such a thing is seen, and not what it is given. */
export function capabilitiesOf({ calls }: AssemblyFacts): {
  readonly grade: PageGrade;
  readonly capabilities: readonly Capability[];
  readonly sinks: readonly PageSink[];
  readonly asks: boolean;
} {
  const asks = calls.some((call) => asksVisitor.test(call));
  const sinks: PageSink[] = [];
  let isHard = false;
  for (const [at, call] of calls.entries()) {
    const [type, method] = call
      .toLowerCase()
      .split('.')
      .filter((part) => part !== '')
      .slice(-2);
    if (type === undefined || method === undefined) continue;
    const name = method === 'ctor' ? `new ${type}` : `${type}.${method.replace(/^[gs]et_/, '')}`;
    const kind = dotNetSinks.get(name) ?? (type === 'eval' ? dotNetSinks.get(method) : undefined);
    if (
      kind === undefined ||
      !/^(?:executes-commands|runs-code|loads-code|writes-files|takes-uploads|proxies-traffic|deserialises)$/.test(
        kind.capability,
      )
    )
      continue;
    if (kind.hard) isHard = true;
    if (sinks.length < sinkLimit) sinks.push({ name, capability: kind.capability, at, input: 'unknown' });
  }
  const grade = isHard && asks ? 'back-door' : isHard ? 'doubtful' : 'none';
  const told = grade === 'none' ? [] : sinks.filter(({ name }) => dotNetSinks.get(name)?.hard !== false);
  return { grade, asks, sinks, capabilities: [...new Set(told.map(({ capability }) => capability))] };
}
