/**
 * Writes small event logs, byte for byte as Windows lays them out, for tests on a bare clone. Written from the format's description,
 * not from the reader.
 * @see https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
 */
import { crc32 } from 'node:zlib';

export type Value =
  | { readonly type: number; readonly bytes: readonly number[] }
  | string
  | number
  | null
  | Date
  | { readonly xml: EventXml };

/** A template: elements, attributes, texts, and holes by number. */
export type EventXml = { readonly guid: number; readonly root: XmlElement; readonly values: readonly Value[] };
export interface XmlElement {
  readonly name: string;
  readonly attributes?: readonly (readonly [name: string, value: string | Hole])[];
  readonly children?: readonly (XmlElement | string | Hole)[];
}
export interface Hole {
  readonly slot: number;
  readonly type?: number;
  readonly optional?: boolean;
}

export const hole = (slot: number, type = 1, optional = true): Hole => ({ slot, type, optional });
export const el = (
  name: string,
  children: XmlElement['children'] = [],
  attributes: XmlElement['attributes'] = [],
): XmlElement => ({ name, children, attributes });

export interface EventSpec {
  readonly id: number;
  readonly time: Date;
  /** Time in the record's header; the event's own, if not said. */
  readonly headerTime?: Date | null;
  readonly xml: EventXml;
}

const utf16 = (text: string): number[] => [...Buffer.from(text, 'utf16le')];
const le16 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
const le32 = (value: number): number[] => [...le16(value & 0xffff), ...le16((value >>> 16) & 0xffff)];
const le64 = (value: bigint): number[] => Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(i * 8)) & 0xffn));
export const fileTime = (date: Date): number[] => le64((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n);

const hashOf = (name: string): number => {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 65_599) + name.charCodeAt(i)) | 0;
  return hash & 0xffff;
};

class ChunkWriter {
  readonly bytes: number[] = Array.from({ length: 512 }, () => 0);
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<number, number>();

  /** Offset of the name, and the name itself where it is new: it is then written right there. */
  #name(name: string, at: number): number[] {
    const known = this.#names.get(name);
    if (known !== undefined) return le32(known);
    this.#names.set(name, at + 4);
    return [...le32(at + 4), ...le32(0), ...le16(hashOf(name)), ...le16(name.length), ...utf16(name), 0, 0];
  }

  #element({ name, attributes = [], children = [] }: XmlElement, at: number, dependency: boolean): number[] {
    const out: number[] = [attributes.length > 0 ? 0x41 : 0x01, ...(dependency ? [0xff, 0xff] : []), 0, 0, 0, 0];
    const put = (make: (at: number) => number[]): void => void out.push(...make(at + out.length));
    put((here) => this.#name(name, here));
    if (attributes.length > 0) {
      out.push(0, 0, 0, 0);
      for (const [index, [key, value]] of attributes.entries()) {
        out.push(index + 1 < attributes.length ? 0x46 : 0x06);
        put((here) => this.#name(key, here));
        out.push(...this.#piece(value));
      }
    }
    if (children.length === 0) out.push(0x03);
    else {
      out.push(0x02);
      for (const child of children)
        if (typeof child === 'object' && 'name' in child) put((here) => this.#element(child, here, dependency));
        else out.push(...this.#piece(child));
      out.push(0x04);
    }
    const size = le32(out.length - (dependency ? 7 : 5));
    for (let i = 0; i < 4; i++) out[(dependency ? 3 : 1) + i] = size[i]!;
    return out;
  }

  #piece(piece: string | Hole): number[] {
    if (typeof piece === 'string') return [0x05, 0x01, ...le16(piece.length), ...utf16(piece)];
    return [piece.optional === false ? 0x0d : 0x0e, ...le16(piece.slot), piece.type ?? 1];
  }

  #instance({ guid, root, values }: EventXml, at: number): number[] {
    const out = [0x0f, 1, 1, 0, 0x0c, 1, ...le32(guid)];
    const known = this.#templates.get(guid);
    const definition = known ?? at + out.length + 4;
    out.push(...le32(definition));
    if (known === undefined) {
      this.#templates.set(guid, definition);
      const head = [...le32(0), ...le32(guid), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
      const body = [0x0f, 1, 1, 0];
      body.push(...this.#element(root, at + out.length + head.length + 4 + body.length, true), 0x00);
      out.push(...head, ...le32(body.length), ...body);
    }
    const descriptors: number[] = [];
    const data: number[] = [];
    // XML within values names places in the chunk: where it will stand has to be known.
    const dataAt = at + out.length + 4 + values.length * 4;
    for (const value of values) {
      const [type, bytes] = this.#value(value, dataAt + data.length);
      descriptors.push(...le16(bytes.length), type, 0);
      data.push(...bytes);
    }
    return [...out, ...le32(values.length), ...descriptors, ...data];
  }

  #value(value: Value, at: number): [type: number, bytes: number[]] {
    if (value === null) return [0x00, []];
    if (typeof value === 'string') return [0x01, utf16(value)];
    if (typeof value === 'number') return [0x08, le32(value)];
    if (value instanceof Date) return [0x11, fileTime(value)];
    if ('xml' in value) return [0x21, [...this.#instance(value.xml, at), 0x00]];
    return [value.type, [...value.bytes]];
  }

  add({ id, time, headerTime, xml }: EventSpec): void {
    const at = this.bytes.length;
    const body = [...this.#instance(xml, at + 24), 0x00];
    while ((body.length + 28) % 8 !== 0) body.push(0);
    const size = body.length + 28;
    const written = headerTime === null ? le64(0n) : fileTime(headerTime ?? time);
    this.bytes.push(0x2a, 0x2a, 0, 0, ...le32(size), ...le64(BigInt(id)), ...written, ...body, ...le32(size));
  }
}

export interface ChunkOptions {
  /** Of the events, the last so many are not listed by the header. */
  readonly unlisted?: number;
}

export function evtxChunk(events: readonly EventSpec[], options: ChunkOptions = {}): Uint8Array {
  const writer = new ChunkWriter();
  let listedEnd = 512;
  let lastAt = 512;
  const listed = events.length - (options.unlisted ?? 0);
  for (const [index, event] of events.entries()) {
    if (index < listed) lastAt = writer.bytes.length;
    writer.add(event);
    if (index < listed) listedEnd = writer.bytes.length;
  }
  if (writer.bytes.length > 65_536) throw new Error('more events than a chunk holds');
  const chunk = Buffer.alloc(65_536);
  chunk.set(writer.bytes);
  chunk.write('ElfChnk\0', 0, 'latin1');
  const first = BigInt(events[0]?.id ?? 1);
  const last = BigInt(events[listed - 1]?.id ?? 0);
  for (const at of [8, 24]) chunk.writeBigUInt64LE(first, at);
  for (const at of [16, 32]) chunk.writeBigUInt64LE(last, at);
  chunk.writeUInt32LE(128, 40);
  chunk.writeUInt32LE(lastAt, 44);
  chunk.writeUInt32LE(listedEnd, 48);
  chunk.writeUInt32LE(crc32(chunk.subarray(512, listedEnd)), 52);
  chunk.writeUInt32LE(1, 120);
  chunk.writeUInt32LE(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))), 124);
  return new Uint8Array(chunk);
}

export function evtxFile(
  chunks: readonly Uint8Array[],
  options: { readonly dirty?: boolean; readonly stated?: number } = {},
): Uint8Array {
  const head = Buffer.alloc(4096);
  head.write('ElfFile\0', 0, 'latin1');
  head.writeBigUInt64LE(BigInt(Math.max(0, chunks.length - 1)), 16);
  head.writeBigUInt64LE(1n, 24);
  head.writeUInt32LE(128, 32);
  head.writeUInt16LE(1, 36);
  head.writeUInt16LE(3, 38);
  head.writeUInt16LE(4096, 40);
  head.writeUInt16LE(options.stated ?? chunks.length, 42);
  head.writeUInt32LE(options.dirty === true ? 1 : 0, 120);
  head.writeUInt32LE(crc32(head.subarray(0, 120)), 124);
  return new Uint8Array(Buffer.concat([head, ...chunks]));
}

/** `System` as Windows writes it: provider, id, time, record number, channel and computer are values 0 to 5, the event's own XML is 6. */
const systemRoot: XmlElement = el(
  'Event',
  [
    el('System', [
      el('Provider', [], [['Name', hole(0)]]),
      el('EventID', [hole(1, 6)]),
      el('TimeCreated', [], [['SystemTime', hole(2, 0x11)]]),
      el('EventRecordID', [hole(3, 0x0a)]),
      el('Channel', [hole(4)]),
      el('Computer', [hole(5)]),
      el('Security', [], [['UserID', hole(7, 0x13)]]),
    ]),
    hole(6, 0x21),
  ],
  [['xmlns', 'http://schemas.microsoft.com/win/2004/08/events/event']],
);

export interface SimpleEvent {
  readonly id: number;
  readonly time: string;
  readonly channel?: string;
  readonly provider?: string;
  readonly eventId?: number;
  readonly computer?: string;
  /** Values by name, or without names. */
  readonly data?: Readonly<Record<string, Value>> | readonly Value[];
  readonly headerTime?: Date | null;
}

const guids = new Map<string, number>();

export function simpleEvent(event: SimpleEvent): EventSpec {
  const time = new Date(event.time);
  const data = event.data ?? {};
  const named = !Array.isArray(data);
  const names = named ? Object.keys(data) : [];
  const values: readonly Value[] = named ? Object.values(data) : data;
  const key = named ? `n ${names.join(' ')}` : `u ${values.length}`;
  if (!guids.has(key)) guids.set(key, 0x1000 + guids.size);
  const inner: EventXml = {
    guid: guids.get(key)!,
    root: el(
      'EventData',
      values.map((_, index) => el('Data', [hole(index)], named ? [['Name', names[index]!]] : [])),
    ),
    values,
  };
  return {
    id: event.id,
    time,
    ...(event.headerTime === undefined ? {} : { headerTime: event.headerTime }),
    xml: {
      guid: 0x77,
      root: systemRoot,
      values: [
        event.provider ?? 'Microsoft-Windows-Security-Auditing',
        { type: 0x06, bytes: le16(event.eventId ?? 4688) },
        time,
        { type: 0x0a, bytes: le64(BigInt(event.id)) },
        event.channel ?? 'Security',
        event.computer ?? 'MAIL01.haven.example',
        { xml: inner },
        { type: 0x13, bytes: [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0] },
      ],
    },
  };
}
