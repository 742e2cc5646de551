/** A library of .NET of a few hundred bytes, with the tables and heaps that are read and nothing that runs. */
export interface AssemblyParts {
  /** `Namespace.Name`. */
  readonly types?: readonly string[];
  /** `Namespace.Type.Method`. */
  readonly calls?: readonly string[];
  readonly texts?: readonly string[];
}

const little = (value: number, width: number): number[] =>
  Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);
const latin = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const zeros = (length: number): number[] => Array.from({ length }, () => 0);
const padded = (bytes: readonly number[]): number[] => [...bytes, ...zeros((4 - (bytes.length % 4)) % 4)];

export function assemblyOf({ types = [], calls = [], texts = [] }: AssemblyParts): Uint8Array {
  const names = [0];
  const places = new Map<string, number>([['', 0]]);
  const name = (text: string): number[] => {
    if (!places.has(text)) {
      places.set(text, names.length);
      names.push(...latin(text), 0);
    }
    return little(places.get(text)!, 2);
  };
  const cut = (full: string): [space: string, own: string] => {
    const at = full.lastIndexOf('.');
    return [full.slice(0, Math.max(0, at)), full.slice(at + 1)];
  };
  const members = calls.map((call): [type: string, method: string] => {
    const at = call.endsWith('..ctor') ? call.length - 6 : call.lastIndexOf('.');
    return [call.slice(0, at), call.slice(at + 1)];
  });
  const owners = [...new Set(members.map(([type]) => type))];
  const typeRefs = owners.flatMap((type) => {
    const [space, own] = cut(type);
    return [...little(6, 2), ...name(own), ...name(space)];
  });
  const typeDefs = types.flatMap((type) => {
    const [space, own] = cut(type);
    return [...little(1, 4), ...name(own), ...name(space), ...little(0, 2), ...little(1, 2), ...little(1, 2)];
  });
  const memberRefs = members.flatMap(([type, method]) => [
    ...little((owners.indexOf(type) + 1) * 8 + 1, 2),
    ...name(method),
    ...little(0, 2),
  ]);
  const present = (1 << 1) | (1 << 2) | (1 << 10);
  const tables = padded([
    ...little(0, 4),
    2,
    0,
    0,
    1,
    ...little(present, 4),
    ...little(0, 4),
    ...little(0, 8),
    ...little(owners.length, 4),
    ...little(types.length, 4),
    ...little(calls.length, 4),
    ...typeRefs,
    ...typeDefs,
    ...memberRefs,
  ]);
  const strings = padded(names);
  const userStrings = padded([
    0,
    ...texts.flatMap((text) => {
      const units = latin(text).flatMap((unit) => little(unit, 2));
      const length = units.length + 1;
      return [...(length < 128 ? [length] : [0x80 | (length >> 8), length & 255]), ...units, 0];
    }),
  ]);
  const heads = 20 + 12 + 12 + 20 + 12;
  const streams: [string, readonly number[]][] = [
    ['#~', tables],
    ['#Strings', strings],
    ['#US', userStrings],
  ];
  let at = heads;
  const directory = streams.flatMap(([stream, bytes]) => {
    const own = [...little(at, 4), ...little(bytes.length, 4), ...padded([...latin(stream), 0])];
    at += bytes.length;
    return own;
  });
  const root = [
    ...little(0x424a5342, 4),
    ...little(1, 2),
    ...little(1, 2),
    ...little(0, 4),
    ...little(4, 4),
    ...latin('v4.0').slice(0, 4),
  ];
  const lead = [...root, ...little(0, 2), ...little(streams.length, 2), ...directory];
  const metadata = [...lead, ...zeros(heads - lead.length), ...streams.flatMap(([, bytes]) => bytes)];
  // One section: the header of the runtime, then the metadata.
  const cli = [...little(72, 4), ...little(2, 2), ...little(5, 2), ...little(0x2000 + 72, 4), ...little(metadata.length, 4)];
  const body = [...cli, ...zeros(72 - cli.length), ...metadata];
  const directories = zeros(16 * 8);
  directories.splice(14 * 8, 8, ...little(0x2000, 4), ...little(72, 4));
  const optional = [...little(0x10b, 2), ...zeros(94), ...directories];
  const section = [
    ...latin('.text\0\0\0'),
    ...little(body.length, 4),
    ...little(0x2000, 4),
    ...little(body.length, 4),
    ...little(0x200, 4),
    ...zeros(16),
  ];
  const pe = [
    ...latin('PE\0\0'),
    ...little(0x14c, 2),
    ...little(1, 2),
    ...zeros(12),
    ...little(optional.length, 2),
    ...little(0x2102, 2),
  ];
  const dos = [...latin('MZ'), ...zeros(58), ...little(0x80, 4), ...zeros(64)];
  const head = [...dos, ...pe, ...optional, ...section];
  return new Uint8Array([...head, ...zeros(0x200 - head.length), ...body]);
}
