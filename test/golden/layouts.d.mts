export interface CollectionWanted {
  readonly collector?: string | RegExp;
  readonly host?: string;
  readonly collectedUtc?: string;
  readonly clock?: 'utc' | 'local' | 'unknown';
  readonly snapshot?: string | RegExp | null;
  readonly root?: string;
}

export interface Layout {
  readonly id: string;
  readonly what: string;
  /** Path → content; `log`, `proxy`, `ecp`, `text` stand for a small file of that kind. */
  readonly files: Readonly<Record<string, string>>;
  /** Of every file that is evidence. */
  readonly all?: CollectionWanted;
  /** Of every file that is evidence, when it lies in an archive. */
  readonly packed?: CollectionWanted;
  /** What the archive is called; `evidence.zip` when left out. */
  readonly archive?: string;
  /** Path → canonical path (undefined: not said), role, and what is its own. */
  readonly expect: Readonly<Record<string, readonly [string | RegExp | null | undefined, string, CollectionWanted?]>>;
}

export const layouts: readonly Layout[];
