/** Who gathered the evidence, from which server, and when: what a collector tells of itself. */

export type Collector =
  | 'kape'
  | 'velociraptor'
  | 'cylr'
  | 'exchange-log-collector'
  | 'test-proxylogon'
  | 'uac'
  | 'acquire'
  | 'dfir-orc'
  | 'mounted-image'
  | 'plain';

/** One server at one time, as one collector brought it. */
export interface Collection {
  /** Path of the folder or archive that holds it, relative to what was handed in, with `/`; '' is all of it. */
  readonly root: string;
  readonly collector: Collector;
  /** As the collector says; null: it does not say, the logs themselves must. */
  readonly host: string | null;
  /** ISO 8601 UTC; null: not known. */
  readonly collectedUtc: string | null;
  /** Where the time comes from, and what its clock was. */
  readonly clock: { readonly basis: 'utc' | 'local' | 'unknown'; readonly why: string };
  /** Name of the shadow copy (`VSS1`), null: the live disk. */
  readonly snapshot: string | null;
}

/** When the file was written on its server, as a record of the collector says; the times of copies and archives are not believed. */
export interface FileTimes {
  readonly modifiedUtc: string | null;
  readonly createdUtc: string | null;
}

/** What an entry of the hand-over is. */
export type Role = 'evidence' | 'container' | 'collector' | 'foreign';
