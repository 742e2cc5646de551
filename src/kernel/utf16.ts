/** UTF-16 logs (PowerShell's `>` writes them) are transcoded to UTF-8 per block; offsets stay those of the original. */

export interface Transcoded {
  readonly bytes: Uint8Array;
  /** Where the characters that begin in the block's own bytes end, in transcoded bytes. */
  readonly ownedEnd: number;
  /** Offset of a transcoded byte in the stored block; exact for the first byte of a character. */
  originalOffset(at: number): number;
}

/** The position of about every 64th unit is kept; what lies between is counted again. */
const stride = 64;
const byteOrderMark = 0xfeff;
const replacement = 0xfffd;

/** Byte order marks are left out, wherever they stand; half a surrogate pair becomes U+FFFD; a last odd byte is not looked at. */
export function transcodeUtf16(stored: Uint8Array, littleEndian: boolean, owned: number): Transcoded {
  const units = stored.length >> 1;
  const out = new Uint8Array(units * 3);
  const markedOut: number[] = [];
  const markedUnit: number[] = [];
  const lowByte = littleEndian ? 0 : 1;
  const unit = (index: number): number => stored[index * 2 + lowByte]! | (stored[index * 2 + 1 - lowByte]! << 8);
  /** The character at a unit; one above U+FFFF takes two units. */
  const characterAt = (index: number): number => {
    const code = unit(index);
    if (code < 0xd800 || code >= 0xe000) return code;
    if (code < 0xdc00 && index + 1 < units) {
      const low = unit(index + 1);
      if (low >= 0xdc00 && low < 0xe000) return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    return replacement;
  };
  let used = 0;
  let ownedEnd = -1;
  let nextMark = 0;
  for (let index = 0; index < units; index++) {
    if (ownedEnd === -1 && index * 2 >= owned) ownedEnd = used;
    if (index >= nextMark) {
      markedOut.push(used);
      markedUnit.push(index);
      nextMark = index + stride;
    }
    const code = characterAt(index);
    if (code === byteOrderMark) continue;
    if (code < 0x80) out[used++] = code;
    else if (code < 0x800) {
      out[used++] = 0xc0 | (code >> 6);
      out[used++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      out[used++] = 0xe0 | (code >> 12);
      out[used++] = 0x80 | ((code >> 6) & 63);
      out[used++] = 0x80 | (code & 63);
    } else {
      out[used++] = 0xf0 | (code >> 18);
      out[used++] = 0x80 | ((code >> 12) & 63);
      out[used++] = 0x80 | ((code >> 6) & 63);
      out[used++] = 0x80 | (code & 63);
      index++;
    }
  }
  return {
    bytes: out.subarray(0, used),
    ownedEnd: ownedEnd === -1 ? used : ownedEnd,
    originalOffset(at) {
      let low = 0;
      let high = markedOut.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (markedOut[middle]! <= at) low = middle;
        else high = middle - 1;
      }
      let position = markedOut[low] ?? 0;
      let index = markedUnit[low] ?? 0;
      // A mark that stands before the character wanted belongs to the text before it.
      while (index < units && (position < at || unit(index) === byteOrderMark)) {
        const code = characterAt(index);
        if (code !== byteOrderMark) position += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        index += code < 0x10000 ? 1 : 2;
      }
      return index * 2;
    },
  };
}
