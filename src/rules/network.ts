/** Networks in CIDR notation, and whether an address is in one. An IPv4 address that is written as IPv6 counts as IPv4. */

let lastText = '';
let lastBytes: Uint8Array | null = null;

/** 16 bytes; IPv4 as `::ffff:a.b.c.d`. null: no address. Rules ask for one network after the other, all of the same address. */
export function addressBytes(text: string): Uint8Array | null {
  if (text !== lastText) {
    lastBytes = readAddress(text);
    lastText = text;
  }
  return lastBytes;
}

function readAddress(text: string): Uint8Array | null {
  if (text.length > 64) return null;
  const bare = text.trim().replace(/%[\w.-]*$/, '');
  const v4 = v4Bytes(bare);
  if (v4 !== null) return Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...v4]);
  if (!bare.includes(':') || !/^[\da-f:.]+$/i.test(bare)) return null;
  const halves = bare.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0]!);
  const tail = halves.length === 2 ? groupsOf(halves[1]!) : [];
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return null;
  return Uint8Array.from([...head, ...Array.from({ length: missing }, () => 0), ...tail]);
}

function v4Bytes(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  return bytes.every((byte) => byte < 256) ? bytes : null;
}

/** The bytes of colon-separated groups, the last of which may be an IPv4 address. */
function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const v4 = index === parts.length - 1 ? v4Bytes(part) : null;
      if (v4 === null) return null;
      bytes.push(...v4);
    } else if (/^[\da-f]{1,4}$/i.test(part)) {
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return null;
  }
  return bytes;
}

/** null: no network. */
export function networkMatcher(network: string): ((address: string) => boolean) | null {
  const [written, length, ...more] = network.split('/');
  const base = addressBytes(written ?? '');
  if (base === null || more.length > 0) return null;
  const isV4 = !written!.includes(':');
  const widest = isV4 ? 32 : 128;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return null;
  const stated = length === undefined ? widest : Number(length);
  if (stated > widest) return null;
  const bits = isV4 ? stated + 96 : stated;
  return (text) => {
    const address = addressBytes(text);
    if (address === null) return false;
    // `::/0` is every IPv6 address and no IPv4 one.
    if (!isV4 && bits < 96 && isMapped(address)) return false;
    const whole = bits >> 3;
    for (let i = 0; i < whole; i++) if (address[i] !== base[i]) return false;
    const rest = bits & 7;
    return rest === 0 || (address[whole]! ^ base[whole]!) >> (8 - rest) === 0;
  };
}

const isMapped = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
