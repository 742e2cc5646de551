/**
 * What the evidence says beside its hits: servers, builds, coverage, whose addresses are shared. The same for every row that stands in
 * it, and for every row that might have stood in it (`--measure-blindness`): both are judged by {@link judgedOn}.
 */
import type { LedgerEntry } from '../core/assessment.ts';
import type { Hit } from '../core/hit.ts';
import type { Pack } from '../core/pack.ts';
import { byCodeUnit } from '../core/text.ts';
import { readers } from '../read/index.ts';
import type { Observed } from '../run/index.ts';
import { type Acknowledgement } from '../core/acknowledged.ts';
import { acknowledgedIn } from './acknowledged.ts';
import { timelineOf } from './build-timeline.ts';
import { learntProofs } from './built-in-proofs.ts';
import { buildsSeen, type SeenOnHost, type Sighting } from './builds-seen.ts';
import { fitOf } from './campaigns.ts';
import type { Claim } from './claims.ts';
import { type Standings, standingsOf } from './clients.ts';
import { type Clocks, clocksOf } from './clocks.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { type Event, eventsOf, type RuleBook } from './event.ts';
import { type Hosts, hostsOf } from './hosts.ts';
import { intrusionsOf, type Judged } from './intrusions.ts';
import type { KnownActivity } from './known.ts';
import type { JudgeOptions } from './index.ts';
import { inventoryOf } from './inventory.ts';
import { inventorySentences } from './inventory-messages.ts';
import { inventoryProofs } from './inventory-proofs.ts';
import { ledgersOf } from './ledgers.ts';
import { zonedHits } from './local-times.ts';
import type { StatedKey } from './presence.ts';
import { onceEach } from './once.ts';
import { silencesOf } from './silences.ts';
import { windowStartsOf, withStarts } from './window-starts.ts';

export interface Ground {
  readonly observed: Observed;
  readonly packs: readonly Pack[];
  readonly hosts: Hosts;
  readonly seen: ReadonlyMap<string | null, SeenOnHost>;
  readonly ledgers: readonly LedgerEntry[];
  /** Files held against what Exchange ships; its hits leave out what only names a shipped one. */
  readonly inventory: ReturnType<typeof inventoryOf>;
  readonly statedKeys: readonly StatedKey[];
  readonly silences: ReturnType<typeof silencesOf>;
  readonly coverage: Coverage;
  readonly readable: ReadonlySet<string>;
  readonly book: RuleBook;
  readonly standings: Standings;
}

export function groundOf(
  observed: Observed,
  { packs, knowledge, shipped }: Pick<JudgeOptions, 'packs' | 'knowledge' | 'shipped'>,
): Ground {
  const hosts = hostsOf(observed);
  const named = buildsSeen(observed, hosts);
  const statedKeys = statedKeysOf(observed, hosts);
  const inventory = withKeys(
    inventoryOf({ ...observed, hits: onceEach(observed, hosts) }, hosts, named, shipped ?? null),
    statedKeys,
  );
  const seen = withSightings(named, inventory.sightings);
  const builds = new Map([...seen].map(([host, { sightings }]) => [host, sightings.map(({ build }) => build)]));
  const ledgers = ledgersOf(observed, hosts);
  const silences = silencesOf(observed, hosts);
  const whole = coverageOf(observed, hosts, builds, ledgers, silences);
  const coverage = withStarts(whole, windowStartsOf(observed, seen, { hosts, packs, coverage: whole, knowledge }));
  return {
    observed,
    packs,
    hosts,
    seen,
    ledgers,
    inventory,
    statedKeys,
    silences,
    coverage,
    readable: new Set(readers.map(({ kind }) => kind)),
    book: { ...ruleBook(packs), fits: fitOf(seen) },
    standings: standingsOf(observed),
  };
}

export interface JudgedRows {
  readonly clocks: Clocks;
  readonly events: readonly Event[];
  readonly judged: readonly Judged[];
}

/** What these rows of the evidence, or of its files if they had stood there, say together. */
export function judgedOn(
  ground: Ground,
  rows: readonly Hit[],
  known: readonly KnownActivity[],
  acknowledged: readonly Acknowledgement[] = [],
): JudgedRows {
  const { packs, hosts, coverage, readable } = ground;
  const observed = { ...ground.observed, hits: rows };
  const hits = zonedHits({ ...observed, hits: onceEach(observed, hosts) });
  const clocks = clocksOf(hits, hosts);
  const events = eventsOf(hits, ground.book, hosts, ground.standings, clocks);
  return {
    clocks,
    events,
    judged: intrusionsOf(events, {
      packs,
      known,
      acknowledged: acknowledgedIn(acknowledged, observed),
      coverage,
      readable,
      statedKeys: ground.statedKeys,
      goneFrom: ground.inventory.goneFrom,
    }),
  };
}

export type ProvenStage = Pick<Claim, 'stage' | 'confidence'>;

/** What would be said of these rows alone, each stage with its confidence. */
export const provenBy = (ground: Ground, rows: readonly Hit[]): ProvenStage[] =>
  judgedOn(ground, rows, []).judged.flatMap(({ claims }) => claims.map(({ stage, confidence }) => ({ stage, confidence })));

/** The build that ran on that server then: the last one seen before, else the first one known; null: none is known. */
export function buildsThen({ seen }: Pick<Ground, 'seen'>): (host: string | null, timeMs: number) => string | null {
  const ran = new Map([...seen].map(([host, { sightings }]) => [host, timelineOf(sightings)] as const));
  return (host, timeMs) => {
    const { periods, undated } = ran.get(host) ?? { periods: [], undated: [] };
    const running = periods.findLast((period) => !period.local && period.firstMs <= timeMs) ?? periods[0] ?? undated[0];
    return running?.build ?? null;
  };
}

function ruleBook(packs: readonly Pack[]): Pick<RuleBook, 'proofs'> {
  const proofs = new Map<string, RuleBook['proofs'] extends ReadonlyMap<string, infer Entry> ? Entry : never>();
  for (const pack of packs) for (const proof of pack.proofs) proofs.set(proof.rule, { pack, proof });
  for (const proof of [...learntProofs, ...inventoryProofs]) proofs.set(proof.rule, { pack: null, proof });
  return { proofs };
}

/** A key that everybody has is told whether anybody was seen to use it or not. */
const withKeys = (inventory: ReturnType<typeof inventoryOf>, keys: readonly StatedKey[]): ReturnType<typeof inventoryOf> => ({
  ...inventory,
  entries: inventory.entries.map((entry) => {
    const own = keys.filter(({ published, host }) => published && host === entry.host).map(({ path }) => path);
    return own.length === 0 ? entry : { ...entry, notes: [...entry.notes, inventorySentences.publishedKey(own)] };
  }),
});

/** Configurations in which a machine key is written down. */
const statedKeysOf = (observed: Observed, hosts: Hosts): StatedKey[] =>
  observed.artifacts.flatMap(({ path, canonicalPath, parts }): StatedKey[] => {
    const states = new Set(
      parts.flatMap((part) =>
        (part.groups.get('Section|State') ?? []).flatMap(({ tuple }) => (tuple[0] === 'machine-key' ? [tuple[1]] : [])),
      ),
    );
    if (!states.has('stated') && !states.has('published')) return [];
    const file = (canonicalPath ?? path).replaceAll('/', '\\');
    return [{ path: file, host: hosts.ofArtifact(path), published: states.has('published') }];
  });

/** A build that only files tell, of servers of which nothing else tells one. */
function withSightings(
  seen: ReadonlyMap<string | null, SeenOnHost>,
  more: ReadonlyMap<string | null, Sighting>,
): ReadonlyMap<string | null, SeenOnHost> {
  if (more.size === 0) return seen;
  const all = new Map(seen);
  for (const [host, sighting] of more) all.set(host, { sightings: [sighting], product: null, updates: new Set() });
  return new Map([...all].sort(([a], [b]) => byCodeUnit(a ?? '', b ?? '')));
}
