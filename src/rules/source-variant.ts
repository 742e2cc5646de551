/** A log of the community as it stands in ours: which rows it is, and how its fields are called there. */

/** One value of a row, by our name for it; null: absent or empty. */
export type Get = (field: string) => string | null;

/** Our name of a field, or how its value is made of others, and of which. */
export type FieldSource = string | { readonly of: readonly string[]; readonly make: (get: Get) => string | null };

export interface SourceVariant {
  /** Ours. */
  readonly logSources: readonly string[];
  /** Of Windows events: the logs; undefined: any. Compared without case. */
  readonly channels?: readonly string[];
  /** Who writes there, for events that do not name their log. */
  readonly providers?: readonly string[];
  readonly eventIds?: readonly string[];
  /** Of a log that is none of Windows events: who writes the events that are told as rows of it. */
  readonly toldBy?: readonly string[];
  /** Besides: a field has one of these values. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** The community's name → ours. Other names are ours. */
  readonly fields?: Readonly<Record<string, FieldSource>>;
}
