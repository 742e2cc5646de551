/** Fields of a header by their names; a number, or bytes where the field is a name. */
export type HeaderFields = Readonly<Record<string, number | bigint | string | Uint8Array>>;

export interface WrittenEntry {
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array;
  /** The bytes as they are stored, whatever `data` is. */
  readonly packed?: Uint8Array;
  readonly method?: number;
  /** Flags the name as UTF-8. */
  readonly utf8?: boolean;
  readonly zip64?: boolean;
  readonly descriptor?: 'none' | 'signed' | 'unsigned';
  readonly descriptorFields?: HeaderFields;
  readonly both?: HeaderFields;
  readonly local?: HeaderFields;
  readonly central?: HeaderFields;
  readonly extra?: Uint8Array;
  readonly localExtra?: Uint8Array;
  readonly centralExtra?: Uint8Array;
  readonly comment?: string | Uint8Array;
  readonly before?: Uint8Array;
  readonly hidden?: boolean;
  readonly sharesWith?: number;
}

export interface ZipOptions {
  readonly prefix?: Uint8Array;
  readonly adjusted?: boolean;
  readonly between?: Uint8Array;
  readonly end?: HeaderFields;
  readonly noEnd?: boolean;
  readonly zip64?: true | HeaderFields;
  readonly suffix?: Uint8Array;
}

export function pack(...parts: readonly (Uint8Array | readonly [number, number | bigint])[]): Uint8Array;
export function utf8(text: string): Uint8Array;
export function extraField(id: number, bytes: Uint8Array, length?: number): Uint8Array;
export function endRecord(said: HeaderFields): Uint8Array;
export function endRecords64(said: HeaderFields): Uint8Array;
export function zip(entries: readonly WrittenEntry[], options?: ZipOptions): Uint8Array;
