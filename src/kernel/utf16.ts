/** UTF-16 logs (PowerShell's `>` writes them) are transcoded to UTF-8 per block; offsets stay those of the original. */

export interface Transcoded {
  readonly bytes: Uint8Array;
  /** Where the lines that begin in the block end, in transcoded bytes. */
  readonly ownedEnd: number;
  /** Offset of a transcoded byte in the stored block, exact for the first byte of a character. */
  originalOffset(at: number): number;
}

/** Every 64th character's position is kept; what lies between is counted again. */
const stride = 64;

export function transcodeUtf16(stored: Uint8Array, littleEndian: boolean, owned: number): Transcoded {
  const units = stored.length >> 1;
  const out = new Uint8Array(units * 3);
  const marksOut: number[] = [];
  let used = 0;
  let ownedEnd = -1;
  const unit = (index: number): number =>
    littleEndian ? stored[index * 2]! | (stored[index * 2 + 1]! << 8) : (stored[index * 2]! << 8) | stored[index * 2 + 1]!;
  for (let index = 0; index < units; index++) {
    if (index * 2 >= owned && ownedEnd === -1) ownedEnd = used;
    if (index % stride === 0) marksOut.push(used);
    let code = unit(index);
    if (code === 0xfeff) continue;
    if (code >= 0xd800 && code < 0xdc00 && index + 1 < units) {
      const low = unit(index + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        index++;
        if (index % stride === 0) marksOut.push(used);
      }
    }
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
    }
  }
  const bytes = out.subarray(0, used);
  return {
    bytes,
    ownedEnd: ownedEnd === -1 ? used : ownedEnd,
    originalOffset(at) {
      let low = 0;
      let high = marksOut.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (marksOut[middle]! <= at) low = middle;
        else high = middle - 1;
      }
      let position = marksOut[low] ?? 0;
      let index = low * stride;
      while (position < at && index < units) {
        const code = unit(index);
        if (code === 0xfeff) index++;
        else if (code >= 0xd800 && code < 0xdc00) {
          position += 4;
          index += 2;
        } else {
          position += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
          index++;
        }
      }
      return index * 2;
    },
  };
}
