/** Small observations for tests of judging: what a run would have found out, written by hand. */
import type { Hit, HitRow } from '../core/hit.ts';
import { base64, sha256Hex } from '../core/hash.ts';
import type { Meaning } from '../core/record.ts';
import type { Observed, ObservedArtifact, ObservedPart, TupleCount } from '../run/index.ts';

const hourMs = 3_600_000;

export interface PartSketch {
  readonly kind?: string;
  readonly logSource?: string;
  readonly speaksFor?: ObservedPart['speaksFor'];
  /** Pairs of first and last hour with rows, both included, ISO. */
  readonly hours?: readonly (readonly [string, string])[];
  readonly groups?: Readonly<Record<string, readonly (readonly (string | null)[])[]>>;
}

export function part({
  kind = 'iis-w3c',
  logSource = kind,
  speaksFor = 'span',
  hours = [],
  groups = {},
}: PartSketch): ObservedPart {
  const counted = new Map<number, number>();
  for (const [from, to] of hours)
    for (let hour = Date.parse(from) / hourMs; hour <= Date.parse(to) / hourMs; hour++) counted.set(hour, 1);
  const all = [...counted.keys()];
  const firstMs = all.length === 0 ? Number.NaN : Math.min(...all) * hourMs;
  const lastMs = all.length === 0 ? Number.NaN : Math.max(...all) * hourMs;
  // An ordinary log tells how requests ended.
  const usual = kind === 'iis-w3c' ? { 'cs-method|cs-uri-stem|sc-status': [['GET', '/', '200']] } : {};
  const tuples = Object.entries({ ...usual, ...groups }).map(([name, rows]): [string, TupleCount[]] => [
    name,
    rows.map((tuple) => ({ tuple, count: 1, firstMs, lastMs, block: 0 })),
  ]);
  return {
    kind,
    at: 0,
    logSource,
    logSources: [logSource],
    speaksFor,
    records: all.length,
    firstMs,
    lastMs,
    hours: counted,
    groups: new Map(tuples),
    groupOverflow: 0,
    shapeOverflow: 0,
  };
}

export const artifact = (path: string, parts: readonly ObservedPart[], root = ''): ObservedArtifact => ({
  path,
  parts,
  root,
  canonicalPath: null,
  collection: null,
  times: null,
  role: 'evidence',
  within: null,
  kind: parts[0]?.kind ?? null,
  bytes: 1,
  sha256: sha256Hex(path),
  duplicateOf: null,
  notRead: null,
  problems: [],
});

export const observed = (artifacts: readonly ObservedArtifact[], hits: readonly Hit[] = []): Observed => ({
  artifacts,
  hits,
  otherHits: [],
  marks: [],
  marksLeft: 0,
  bookRows: { rows: [], events: [], programs: [], unread: [] },
  indicatorHits: [],
  starts: [],
  placeProblems: [],
  looked: new Map(),
});

let offset = 0;
export function row(
  rule: string,
  timeUtc: string | null,
  values: Partial<Record<Meaning, string>>,
  logSource = 'httpproxy',
  artifactPath = 'a.log',
): HitRow {
  const raw = new TextEncoder().encode(JSON.stringify(values));
  return {
    artifact: artifactPath,
    offsetBytes: (offset += 100),
    line: 1,
    recordId: null,
    timeMs: timeUtc === null ? null : Date.parse(timeUtc),
    logSource,
    fields: {},
    values,
    rawBase64: base64(raw),
    sha256: sha256Hex(raw),
    rules: [rule],
  };
}

export const hit = (only: HitRow): Hit => ({
  artifact: only.artifact,
  rules: only.rules,
  key: String(only.offsetBytes),
  count: 1,
  firstMs: only.timeMs,
  lastMs: only.timeMs,
  answered: { bytes: 0, rows: 0 },
  days: only.timeMs === null ? [] : [[Math.floor(only.timeMs / 86_400_000), 1]],
  rows: [only],
});
