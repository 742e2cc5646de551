/**
 * Values of binary XML as text, as Windows shows them in an event's XML.
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-even6/c73573ae-1c90-43a2-a65f-ad7501155956 (types)
 */
import { decodeText } from '../../core/text.ts';
import { fileTimeMs, u16, u32, u64, u64Number, utf16 } from './bytes.ts';
import { knownText, trimmed } from './known-texts.ts';

export const valueTypes = {
  null: 0x00,
  string: 0x01,
  ansi: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  size: 0x10,
  fileTime: 0x11,
  systemTime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  handle: 0x20,
  binXml: 0x21,
  xml: 0x23,
} as const;
export const arrayFlag = 0x80;

/** Types that are always written with `0-9 a-f x s t z : . { } + -`, in either case, also where the bytes are no such value. */
export const figureTypes: ReadonlySet<number> = new Set([
  valueTypes.int8,
  valueTypes.uint8,
  valueTypes.int16,
  valueTypes.uint16,
  valueTypes.int32,
  valueTypes.uint32,
  valueTypes.int64,
  valueTypes.uint64,
  valueTypes.binary,
  valueTypes.guid,
  valueTypes.size,
  valueTypes.fileTime,
  valueTypes.systemTime,
  valueTypes.sid,
  valueTypes.hex32,
  valueTypes.hex64,
  valueTypes.handle,
]);

/** The same as a table. */
export const isFigureType = Uint8Array.from({ length: 256 }, (_, type) => (figureTypes.has(type) ? 1 : 0));

/** Bytes of one item; 0: it takes what there is. */
const widths: Readonly<Record<number, number>> = {
  0x03: 1,
  0x04: 1,
  0x05: 2,
  0x06: 2,
  0x07: 4,
  0x08: 4,
  0x09: 8,
  0x0a: 8,
  0x0b: 4,
  0x0c: 8,
  0x0d: 4,
  0x0f: 16,
  0x11: 8,
  0x12: 16,
  0x14: 4,
  0x15: 8,
};
/** Bytes of one value of a fixed width; 0: it has none. */
export const widthOf = (type: number): number => widths[type] ?? 0;
/** A hostile array of single bytes is never a list of so many texts. */
export const mostItems = 1024;

const hexBytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase());

const hex = (bytes: Uint8Array, at: number, end: number): string => {
  let text = '';
  for (let i = at; i < end; i++) text += hexBytes[bytes[i]!]!;
  return text;
};
/** Eight bytes as `0x…`. */
const hex64 = (bytes: Uint8Array, at: number): string => {
  const high = u32(bytes, at + 4);
  const low = u32(bytes, at).toString(16);
  return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, '0')}`;
};
const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export function guidText(bytes: Uint8Array, at: number): string {
  return guidOf(bytes, at, '0123456789abcdef', '{', '}');
}

/** As `evtx_dump` writes it. */
export const bareGuidText = (bytes: Uint8Array, at: number): string => guidOf(bytes, at, '0123456789ABCDEF', '', '');

/** Which byte each two characters are of; -1: `-`. */
const guidOrder = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
const guidCodes = new Uint8Array(36);

function guidOf(bytes: Uint8Array, at: number, digits: string, open: string, close: string): string {
  let next = 0;
  for (const place of guidOrder) {
    if (place === -1) guidCodes[next++] = 0x2d;
    else {
      const byte = bytes[at + place] ?? 0;
      guidCodes[next++] = digits.charCodeAt(byte >> 4);
      guidCodes[next++] = digits.charCodeAt(byte & 15);
    }
  }
  return `${open}${String.fromCharCode.apply(null, guidCodes as unknown as number[])}${close}`;
}

/** `S-1-5-21-…`: one byte of revision, one of the count, six of the authority (big-endian), then the parts. */
export function sidText(bytes: Uint8Array, at: number, end: number): string | null {
  const count = bytes[at + 1]!;
  if (end - at < 8 || bytes[at]! !== 1 || 8 + count * 4 > end - at) return null;
  let authority = 0;
  for (let i = 2; i < 8; i++) authority = authority * 256 + bytes[at + i]!;
  let text = `S-1-${authority < 2 ** 32 ? authority : `0x${authority.toString(16)}`}`;
  for (let i = 0; i < count; i++) text += `-${u32(bytes, at + 8 + i * 4)}`;
  return text;
}

/** The first moment that a date of four digits cannot show. */
const endOfDatesMs = 253_402_300_800_000;
/** Events come many in a second. */
let lastSecondMs = Number.NaN;
let lastSecond = '';

/** 100 nanoseconds since 1601 → a date with so many digits of a second. */
export function fileTimeText(bytes: Uint8Array, at: number, digits = 7): string {
  const ms = fileTimeMs(bytes, at);
  if (ms >= endOfDatesMs) return hex64(bytes, at);
  const secondMs = Math.floor(ms / 1000) * 1000;
  if (secondMs !== lastSecondMs) {
    lastSecondMs = secondMs;
    lastSecond = `${new Date(secondMs).toISOString().slice(0, 19)}.`;
  }
  // 2^32 is 429,496 × 10,000 + 7,296.
  const ticks = (u32(bytes, at + 4) * 7_296 + u32(bytes, at)) % 10_000;
  const fraction = String((ms - secondMs) * 10_000 + ticks).padStart(7, '0');
  return `${lastSecond}${digits === 7 ? fraction : fraction.slice(0, digits)}Z`;
}

function systemTimeText(bytes: Uint8Array, at: number): string {
  const [year, month, , day, hour, minute, second, ms] = [0, 2, 4, 6, 8, 10, 12, 14].map((i) => u16(bytes, at + i));
  return `${pad(year!, 4)}-${pad(month!, 2)}-${pad(day!, 2)}T${pad(hour!, 2)}:${pad(minute!, 2)}:${pad(second!, 2)}.${pad(ms!, 3)}Z`;
}

/** The shortest text that is the same number of four bytes. */
function real32Text(value: number): string {
  for (let digits = 1; digits < 10 && Number.isFinite(value); digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

/** One value as text; null: there is none, or its bytes are no such value. */
export function valueText(bytes: Uint8Array, at: number, size: number, type: number): string | null {
  const end = at + size;
  if (size === 0 || type === valueTypes.null) return null;
  if ((type & arrayFlag) !== 0) return valueItems(bytes, at, size, type).join('\n');
  if (size < (widths[type] ?? 0)) return type === valueTypes.bool ? String(anySet(bytes, at, end)) : hex(bytes, at, end);
  switch (type) {
    case valueTypes.string:
    case valueTypes.xml:
      return knownText(bytes, at, end)?.text ?? trimmed(utf16(bytes, at, end));
    case valueTypes.ansi:
      return trimmed(decodeText(bytes.subarray(at, end)));
    case valueTypes.int8:
      return String((bytes[at]! << 24) >> 24);
    case valueTypes.uint8:
      return String(bytes[at]!);
    case valueTypes.int16:
      return String((u16(bytes, at) << 16) >> 16);
    case valueTypes.uint16:
      return String(u16(bytes, at));
    case valueTypes.int32:
      return String(u32(bytes, at) | 0);
    case valueTypes.uint32:
      return String(u32(bytes, at));
    case valueTypes.int64:
      return BigInt.asIntN(64, u64(bytes, at)).toString();
    case valueTypes.uint64:
      return u32(bytes, at + 4) < 0x20_0000 ? String(u64Number(bytes, at)) : u64(bytes, at).toString();
    case valueTypes.real32:
    case valueTypes.real64: {
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
      return type === valueTypes.real32 ? real32Text(view.getFloat32(0, true)) : String(view.getFloat64(0, true));
    }
    case valueTypes.bool:
      // Some write numbers other than one.
      return String(anySet(bytes, at, end));
    case valueTypes.guid:
      return guidText(bytes, at);
    case valueTypes.size:
      return size >= 8 ? hex64(bytes, at) : size >= 4 ? `0x${u32(bytes, at).toString(16)}` : hex(bytes, at, end);
    case valueTypes.hex32:
    case valueTypes.handle:
      return size >= 8 ? hex64(bytes, at) : `0x${u32(bytes, at).toString(16)}`;
    case valueTypes.hex64:
      return hex64(bytes, at);
    case valueTypes.fileTime:
      return fileTimeText(bytes, at);
    case valueTypes.systemTime:
      return systemTimeText(bytes, at);
    case valueTypes.sid:
      return sidText(bytes, at, end) ?? hex(bytes, at, end);
    default:
      return hex(bytes, at, end);
  }
}

function anySet(bytes: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (bytes[i] !== 0) return true;
  return false;
}

/** The items of an array; of any other value the value itself. */
export function valueItems(bytes: Uint8Array, at: number, size: number, type: number): string[] {
  if ((type & arrayFlag) === 0) {
    const text = valueText(bytes, at, size, type);
    return text === null ? [] : [text];
  }
  const item = type & ~arrayFlag;
  if (item === valueTypes.string || item === valueTypes.ansi) {
    // Each ends in a zero; the empty ones among them count, too.
    const all = item === valueTypes.string ? utf16(bytes, at, at + size) : decodeText(bytes.subarray(at, at + size));
    const items = all.split('\u0000', mostItems + 1);
    if (items.at(-1) === '') items.pop();
    return items.slice(0, mostItems);
  }
  const items: string[] = [];
  if (item === valueTypes.sid) {
    for (let i = at; i + 8 <= at + size && items.length < mostItems;) {
      const length = 8 + bytes[i + 1]! * 4;
      items.push(sidText(bytes, i, Math.min(i + length, at + size)) ?? hex(bytes, i, Math.min(i + length, at + size)));
      i += length;
    }
    return items;
  }
  const width = item === valueTypes.size ? (size % 8 === 0 ? 8 : 4) : (widths[item] ?? size);
  for (let i = at; i + width <= at + size && items.length < mostItems; i += width)
    items.push(valueText(bytes, i, width, item) ?? '');
  return items;
}

/** How many items {@link valueItems} gives of an array. */
export function itemCount(bytes: Uint8Array, at: number, size: number, type: number): number {
  if (type !== (arrayFlag | valueTypes.string)) return valueItems(bytes, at, size, type).length;
  const end = at + (size & ~1);
  let count = 0;
  let open = false;
  for (let i = at; i < end; i += 2) {
    open = bytes[i] !== 0 || bytes[i + 1] !== 0;
    if (!open) count++;
  }
  return Math.min(mostItems, open ? count + 1 : count);
}
