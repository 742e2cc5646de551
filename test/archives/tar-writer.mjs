// Writes tars, right ones and wrong ones: ustar, pax, GNU; every field of a header can be overridden.
// @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar, pax)
// @see https://www.gnu.org/software/tar/manual/html_node/Standard.html (GNU, base-256 numbers)

const none = new Uint8Array(0);
const bytesOf = (text) => (text instanceof Uint8Array ? text : new Uint8Array(Buffer.from(text, 'utf8')));

/** Octal with a NUL, as all tars write small numbers. */
const octal = (value, width) => Buffer.from(`${value.toString(8).padStart(width - 1, '0')}\0`, 'latin1');

/** A number as GNU tar writes large and negative ones: the first bit set, two's complement, big-endian. */
export function base256(value, width = 12) {
  const field = new Uint8Array(width);
  let rest = BigInt.asUintN(width * 8 - 1, BigInt(value));
  for (let at = width - 1; at >= 0; at--, rest >>= 8n) field[at] = Number(rest & 255n);
  field[0] |= 0x80;
  return field;
}

/**
 * One header of 512 bytes.
 * @param entry `name`, `type` ('0' file, '1' hard link, '2' link, '5' folder …), `link`, `prefix`, `magic` ('ustar', 'gnu', 'v7');
 *   `sizeField` and `checksumField` are the bytes themselves
 */
export function tarHeader(entry) {
  const header = new Uint8Array(512);
  const put = (at, width, bytes) => header.set(bytesOf(bytes).subarray(0, width), at);
  put(0, 100, entry.name ?? '');
  put(100, 8, octal(0o644, 8));
  put(108, 8, octal(0, 8));
  put(116, 8, octal(0, 8));
  put(124, 12, entry.sizeField ?? octal(entry.size ?? 0, 12));
  put(136, 12, entry.timeField ?? octal(1_614_758_400, 12));
  put(156, 1, entry.type ?? '0');
  put(157, 100, entry.link ?? '');
  const magic = entry.magic ?? 'ustar';
  if (magic === 'ustar') put(257, 8, Buffer.from('ustar\x0000', 'latin1'));
  if (magic === 'gnu') put(257, 8, Buffer.from('ustar  \0', 'latin1'));
  put(345, 155, entry.prefix ?? '');
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, 8, entry.checksumField ?? Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `, 'latin1'));
  return header;
}

const padding = (length) => new Uint8Array((512 - (length % 512)) % 512);

/** Header, bytes, and the rest of the last block. `size` and `sizeField` may say something else than is there. */
export function tarEntry(entry) {
  const data = bytesOf(entry.data ?? none);
  return Buffer.concat([tarHeader({ size: data.length, ...entry }), data, entry.unpadded === true ? none : padding(data.length)]);
}

/** One record of a pax header: `<length> <key>=<value>\n`, where the length counts itself. */
export function paxRecord(key, value) {
  const body = Buffer.concat([Buffer.from(` ${key}=`), bytesOf(value), Buffer.from('\n')]);
  let length = body.length + 1;
  while (`${length}`.length + body.length !== length) length = `${length}`.length + body.length;
  return Buffer.concat([Buffer.from(`${length}`), body]);
}

/** A pax header before the entry that it speaks of ('x'), or before all that follow ('g'). */
export const paxHeader = (records, type = 'x') =>
  tarEntry({
    name: 'PaxHeaders/0',
    type,
    data: records instanceof Uint8Array ? records : Buffer.concat(Object.entries(records).map(([k, v]) => paxRecord(k, v))),
  });

/** The name of the next entry as GNU tar writes what is longer than 100 bytes; 'K' is the target of a link. */
export const gnuLongName = (name, type = 'L') =>
  tarEntry({ name: '././@LongLink', type, magic: 'gnu', data: Buffer.concat([bytesOf(name), Buffer.from([0])]) });

/** @param options `end`: blocks of zeros that close it (two) */
export function tar(parts, options = {}) {
  const pieces = parts.map((part) => (part instanceof Uint8Array ? part : tarEntry(part)));
  return new Uint8Array(Buffer.concat([...pieces, new Uint8Array(512 * (options.end ?? 2))]));
}

/** A right tar of files, as a collector writes it: long names by pax. */
export const tarOf = (files) =>
  tar(
    files.flatMap(({ path, bytes }) => [
      ...(Buffer.byteLength(path) > 100 ? [paxHeader({ path })] : []),
      { name: Buffer.from(path).subarray(0, 100), data: bytes },
    ]),
  );
