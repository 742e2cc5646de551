/** What the evidence says of builds: each row or file that names one, on its server, with the time for which it speaks. */
import { cuKey, plainBuild } from '../core/build.ts';
import { byCodeUnit } from '../core/text.ts';
import { oneDayMs } from '../core/time.ts';
import type { Observed, ObservedPart, TupleCount } from '../run/index.ts';
import { type Hosts, shortName } from './hosts.ts';

/**
 * `ran`: rows that the running code wrote; `file`: the version of a file of the product, or what a tool read from it; `set_up`: a setup
 * that ended well; `failed`: one that did not; `registered`: what a setup found there, which names the CU and no update.
 */
export type SightingKind = 'ran' | 'file' | 'set_up' | 'failed' | 'registered';

export interface Sighting {
  readonly build: string;
  readonly how: SightingKind;
  /** Artifact kind; a log keeps to one component, whose files an update may leave as they were. */
  readonly source: string;
  /** NaN: no time. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** The time is the server's own wall clock, in a zone that nothing names. */
  readonly local: boolean;
}

export interface SeenOnHost {
  readonly sightings: readonly Sighting[];
  /** As a tool calls it. */
  readonly product: string | null;
  /** Updates that are said to be installed, `KB5000871`. */
  readonly updates: ReadonlySet<string>;
}

const columns = 'MajorVersion|MinorVersion|BuildVersion|RevisionVersion|ServerHostName';
/** Build and server in one tuple, of rows that the running code writes. */
const written = ['BLD|ServerName', 'Bld|ServerName', 'X-OWA-Version|X-FEServer'];

export function buildsSeen(observed: Observed, hosts: Hosts): Map<string | null, SeenOnHost> {
  const all = new Map<string | null, { sightings: Sighting[]; product: string | null; updates: Set<string> }>();
  const of = (host: string | null): { sightings: Sighting[]; product: string | null; updates: Set<string> } => {
    const own = all.get(host) ?? { sightings: [], product: null, updates: new Set<string>() };
    all.set(host, own);
    return own;
  };
  for (const artifact of observed.artifacts) {
    const fallback = hosts.ofArtifact(artifact.path);
    for (const part of artifact.parts) {
      const rows = (group: string): readonly TupleCount[] => part.groups.get(group) ?? [];
      const add = (host: string | null, text: string | null, sighting: Omit<Sighting, 'build' | 'source'>): void => {
        const build = plainBuild(text ?? '');
        if (build !== null) of(host).sightings.push({ build, source: part.kind, ...sighting });
      };
      for (const { tuple, firstMs, lastMs } of rows(columns)) {
        // A column that is not there is no zero.
        const digits = tuple.slice(0, 4).map((one) => one ?? '');
        if (!Number.isNaN(firstMs))
          add(shortName(tuple[4]) ?? fallback, digits.join('.'), { how: 'ran', firstMs, lastMs, local: false });
      }
      for (const group of written) {
        for (const { tuple, firstMs, lastMs } of rows(group))
          if (!Number.isNaN(firstMs))
            add(shortName(tuple[1]) ?? fallback, tuple[0]!, { how: 'ran', firstMs, lastMs, local: false });
      }
      // A tool that was run on the server; its text gives the time in a zone that it does not say.
      for (const { tuple, firstMs, lastMs } of rows('Build|Server|Seen')) {
        const local = Number.isNaN(firstMs) ? Date.parse(`${tuple[2] ?? ''}Z`) : Number.NaN;
        const at = Number.isNaN(local) ? { firstMs, lastMs, local: false } : { firstMs: local, lastMs: local, local: true };
        add(shortName(tuple[1]) ?? fallback, tuple[0]!, { how: 'file', ...at });
      }
      for (const { tuple } of rows('Build|Server|Product'))
        if (tuple[0] !== null && tuple[2] !== null && tuple[2] !== undefined)
          of(shortName(tuple[1]) ?? fallback).product = tuple[2];
      // Version of a file of the product, as a console or the registry tells it; when, nothing says.
      for (const { tuple, firstMs, lastMs } of rows('FileVersion|File|Computer')) {
        if (tuple[1] === 'ExSetup.exe' || tuple[1] === 'OwaVersion')
          add(shortName(tuple[2]) ?? fallback, tuple[0]!, { how: 'file', firstMs, lastMs, local: false });
      }
      for (const { tuple } of rows('Server|Kind|Value')) {
        if (part.logSource !== 'health-checker' || tuple[1] !== 'update') continue;
        for (const kb of (tuple[2] ?? '').match(/\bKB\d{6,8}\b/gi) ?? [])
          of(shortName(tuple[0]) ?? fallback).updates.add(kb.toUpperCase());
      }
      for (const sighting of setups(part)) of(fallback).sightings.push(sighting);
    }
  }
  for (const [host, { sightings }] of all) if (sightings.length === 0) all.delete(host);
  return new Map([...all].sort(([a], [b]) => byCodeUnit(a ?? '', b ?? '')));
}

/** No setup of a CU takes longer. */
const longestSetupMs = oneDayMs;

/**
 * Setups of a setup log. The build stands at the beginning of one and its outcome at the end: what lies between two builds belongs to
 * the first. A setup without any end that is followed by another one was broken off.
 */
function setups(part: ObservedPart): Sighting[] {
  const rows = (part.groups.get('Build|InstalledBuild|Result|Minute') ?? [])
    .filter(({ tuple, firstMs }) => !Number.isNaN(firstMs) && tuple.slice(0, 3).some((one) => one !== null))
    .toSorted(
      (a, b) => a.firstMs - b.firstMs || rank(a) - rank(b) || byCodeUnit(JSON.stringify(a.tuple), JSON.stringify(b.tuple)),
    );
  const sightings: Sighting[] = [];
  const add = (build: string, how: SightingKind, ms: number): void =>
    void sightings.push({ build, how, source: part.kind, firstMs: ms, lastMs: ms, local: false });
  let open: { readonly build: string; readonly atMs: number; lastMs: number } | null = null;
  for (const { tuple, firstMs } of rows) {
    const [build, installed, result] = [plainBuild(tuple[0] ?? ''), plainBuild(tuple[1] ?? ''), tuple[2] ?? null];
    if (build === null && open !== null) open.lastMs = firstMs;
    if (installed !== null && (open === null || cuKey(installed) !== cuKey(open.build))) add(installed, 'registered', firstMs);
    if (build !== null) {
      // Its first steps write the build more than once.
      if (open !== null && open.build === build && firstMs - open.atMs < longestSetupMs) continue;
      if (open !== null) add(open.build, 'failed', open.lastMs);
      open = { build, atMs: firstMs, lastMs: firstMs };
    }
    if (result === null || open === null) continue;
    add(open.build, result === 'completed' ? 'set_up' : 'failed', firstMs);
    open = null;
  }
  return sightings;
}

/** Of one minute: the beginning, what was found there, the end. */
const rank = ({ tuple }: TupleCount): number => (tuple[0] !== null ? 0 : tuple[1] !== null ? 1 : 2);
