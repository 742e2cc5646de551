/** Addresses as logs write them: with ports, scopes, brackets and masks. */

/** Answers that are remembered: the same addresses stand in every log. */
const remembered = 1 << 15;
const bare = new Map<string, string | null>();

/** Takes off port, brackets and IPv6 scope, lower case; null when it is not an IP address (masked, a name, empty). */
export function bareAddress(text: string): string | null {
  let answer = bare.get(text);
  if (answer === undefined) {
    answer = readAddress(text);
    if (bare.size >= remembered) bare.clear();
    if (text.length <= 64) bare.set(text, answer);
  }
  return answer;
}

function readAddress(text: string): string | null {
  // As nearly all are written.
  if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(text))
    return text.split('.').every((part) => Number(part) <= 255) ? text : null;
  let address = text.trim().toLowerCase();
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address);
  if (bracketed) address = bracketed[1]!;
  address = address.replace(/%.*$/, '');
  const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(address);
  if (v4) return v4[1]!.split('.').every((part) => Number(part) <= 255) ? v4[1]! : null;
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address);
  if (mapped) return bareAddress(mapped[1]!);
  return isV6(address) ? address : null;
}

/** Eight groups, or fewer around one `::`; a time of day is no address. */
function isV6(text: string): boolean {
  if (text.length > 45 || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const dotted = last.includes('.');
  if (dotted && bareAddress(last) !== last) return false;
  const plain = dotted ? groups.slice(0, -1) : groups;
  const count = plain.length + (dotted ? 2 : 0);
  return plain.every((group) => /^[0-9a-f]{1,4}$/.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** RFC 1918, link-local, unique local, carrier NAT, loopback: not an address on the internet. */
export function isPrivate(address: string): boolean {
  if (isLoopback(address)) return true;
  if (address.includes(':')) return /^f[cd]|^fe[89ab]|^::$/.test(address);
  const [a = 0, b = 0] = address.split('.').map(Number);
  return (
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127) ||
    a === 0
  );
}
