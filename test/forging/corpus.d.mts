export interface ForgedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Expectation {
  /** The base whose result the forged evidence must have, in the fields of `same`. */
  readonly sameAs?: string;
  readonly same?: readonly ('answer' | 'stage' | 'entered')[];
  /** What is acceptable in absolute terms; the base's own expectation where `sameAs` is given. */
  readonly answer?: readonly string[];
  readonly stage?: readonly string[];
  readonly entered?: readonly string[];
  readonly mustNotClaim?: readonly string[];
  /** Hosts that must not be named as missing servers of the owner. */
  readonly absentHostsNot?: readonly string[];
  /** Addresses that must not be tied to an intrusion. */
  readonly intruderAddressesNot?: readonly string[];
}

export interface Forgery {
  readonly id: string;
  readonly base: string;
  readonly why: string;
  readonly expect: Expectation;
  files(): ForgedFile[];
}

export const forgeries: readonly Forgery[];
export const bases: Readonly<Record<string, { readonly why: string; readonly expect: Expectation }>>;
export function baseFiles(base: string): ForgedFile[];
export function writeForgery(id: string, folder: string): void;
