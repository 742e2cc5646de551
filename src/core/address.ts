/** Addresses as logs write them: with ports, scopes, brackets and masks. */

/** Takes off port, brackets and IPv6 scope, lower case; null when it is not an IP address (masked, a name, empty). */
export function bareAddress(text: string): string | null {
  let address = text.trim().toLowerCase();
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address);
  if (bracketed) address = bracketed[1]!;
  address = address.replace(/%.*$/, '');
  const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(address);
  if (v4) return v4[1]!.split('.').every((part) => Number(part) <= 255) ? v4[1]! : null;
  if (!/^[0-9a-f:.]+$/.test(address) || !address.includes(':') || address.length > 45) return null;
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address);
  return mapped ? mapped[1]! : address;
}

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** RFC 1918, link-local, unique local, carrier NAT, loopback: not an address on the internet. */
export function isPrivate(address: string): boolean {
  if (isLoopback(address)) return true;
  if (address.includes(':')) return /^f[cd]|^fe[89ab]|^::$/.test(address);
  const [a = 0, b = 0] = address.split('.').map(Number);
  return a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127) || a === 0;
}
