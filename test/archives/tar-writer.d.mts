export interface TarEntry {
  readonly name: string | Uint8Array;
  readonly data?: string | Uint8Array;
  readonly type?: string;
  readonly size?: number;
  readonly sizeField?: Uint8Array;
  readonly checksumField?: Uint8Array;
  readonly timeField?: Uint8Array;
  readonly link?: string;
  readonly prefix?: string;
  readonly magic?: 'ustar' | 'gnu' | 'v7';
  readonly unpadded?: boolean;
}

export function base256(value: bigint, width?: number): Uint8Array;
export function tarHeader(entry: TarEntry): Uint8Array;
export function tarEntry(entry: TarEntry): Uint8Array;
export function paxRecord(key: string, value: string | Uint8Array): Uint8Array;
export function paxHeader(records: Readonly<Record<string, string>> | Uint8Array, type?: 'x' | 'g'): Uint8Array;
export function gnuLongName(name: string, type?: 'L' | 'K'): Uint8Array;
export function tar(parts: readonly (TarEntry | Uint8Array)[], options?: { readonly end?: number }): Uint8Array;
export function tarOf(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Uint8Array;
