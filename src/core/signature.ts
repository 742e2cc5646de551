/** Signatures of others (YARA): what they are, what of them cannot run, and what they found in the files of a server. */

/** One file of signatures. */
export interface SignatureSource {
  /** As people know it: its path below what was named. */
  readonly file: string;
  readonly text: string;
}

/** A rule, or a whole file of rules, that does not run. */
export interface UnrunSignature {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** null: the file. */
  readonly rule: string | null;
  /** Of the engine (`E009`), or ours. */
  readonly code: string;
  readonly what: string;
}

/** What its author says of a signature. */
export interface SignatureAbout {
  readonly file: string;
  readonly rule: string;
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly author: string | null;
  readonly reference: string | null;
}

export interface SignatureMatch {
  /** `$a` */
  readonly pattern: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** The first of the matched bytes. */
  readonly bytesBase64: string;
}

/** One signature that matched one file. */
export interface SignatureHit {
  readonly artifact: string;
  readonly about: SignatureAbout;
  /** By offset; the first of them. */
  readonly matches: readonly SignatureMatch[];
  readonly count: number;
}
