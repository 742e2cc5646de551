/**
 * Hits and coverage → findings, intrusions, verdict, reasons, and what could NOT be seen. In: {@link Observed}, packs, declared
 * activity. Out: the assessment. No I/O, no clock, no locale: the same evidence gives the same bytes.
 */
import { type Assessment, assessmentSchema, type CollectionEntry, type EvidenceEntry } from '../core/assessment.ts';
import type { Pack } from '../core/pack.ts';
import { sha256Hex } from '../core/hash.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtcOrNull } from '../core/time.ts';
import { readerOf, readers } from '../read/index.ts';
import type { RuleSet } from '../rules/index.ts';
import type { AskedTime, Observed } from '../run/index.ts';
import { learntProofs } from './built-in-proofs.ts';
import { fitOf } from './campaigns.ts';
import { standingsOf } from './clients.ts';
import { type Clocks, clocksOf } from './clocks.ts';
import { buildsSeen, type SeenOnHost, type Sighting } from './builds-seen.ts';
import { packsInTime } from './campaigns.ts';
import { absentSources, campaignCoverage, coverageOf } from './coverage.ts';
import { type Event, eventsOf, type RuleBook } from './event.ts';
import { exposureOf } from './exposure.ts';
import type { Knowledge, Shipped } from '../knowledge/index.ts';
import { type Hosts, hostsOf } from './hosts.ts';
import { inventoryOf } from './inventory.ts';
import { inventoryProofs } from './inventory-proofs.ts';
import { indicatorFindings, type Indicators } from './indicator-findings.ts';
import { intrusionsOf, type Judged } from './intrusions.ts';
import type { KnownActivity } from './known.ts';
import { ledgersOf } from './ledgers.ts';
import { zonedHits } from './local-times.ts';
import { sentences } from './messages.ts';
import { type ObservableCount, observablesOfEvidence } from './observables.ts';
import { onceEach } from './once.ts';
import { otherFindings } from './other-findings.ts';
import { planOf } from './first-steps.ts';
import { impossibleDate } from './plausible-dates.ts';
import { toolNotesOf } from './tool-notes.ts';
import { hostVerdictsOf, verdictOf } from './verdict.ts';

export { type BuildExposure, exposureOfBuild, type NamedRelease } from './build-exposure.ts';
export type { Indicators } from './indicator-findings.ts';
export type { KnownActivity } from './known.ts';
export type { ObservableCount } from './observables.ts';

export interface JudgeOptions {
  readonly organisation: string;
  readonly packs: readonly Pack[];
  readonly known: readonly KnownActivity[];
  /** Rules of others that ran; null or left out: none. */
  readonly others?: RuleSet | null;
  /** Indicators of others that were looked for; null or left out: none. */
  readonly indicators?: Indicators | null;
  /** Only logs of this time were read; null or left out: all. */
  readonly asked?: AskedTime | null;
  /** Facts about builds and holes, loaded when a build was seen. */
  readonly knowledge: () => Knowledge;
  /** Files that are known to be good, loaded when files of the web folders are here; left out: none are. */
  readonly shipped?: () => Shipped;
}

export interface Judgement {
  readonly assessment: Assessment;
  readonly observables: readonly ObservableCount[];
  /** Rows whose values found no room in the tables of observables. */
  readonly observablesLeft: number;
}

export function judge(observed: Observed, options: JudgeOptions): Judgement {
  const { packs } = options;
  const hosts = hostsOf(observed);
  const named = buildsSeen(observed, hosts);
  const inventory = inventoryOf({ ...observed, hits: onceEach(observed, hosts) }, hosts, named, options.shipped ?? null);
  const seen = withSightings(named, inventory.sightings);
  const builds = new Map([...seen].map(([host, { sightings }]) => [host, sightings.map(({ build }) => build)]));
  const ledgers = ledgersOf(observed, hosts);
  const coverage = coverageOf(observed, hosts, builds, ledgers);
  const readable = new Set(readers.map(({ kind }) => kind));
  const hits = zonedHits({ ...observed, hits: inventory.hits });
  const clocks = clocksOf(hits, hosts);
  const events = eventsOf(hits, { ...ruleBook(packs), fits: fitOf(seen) }, hosts, standingsOf(observed), clocks);
  const judged = intrusionsOf(events, {
    packs,
    known: options.known,
    coverage,
    readable,
    statedKeys: statedKeysOf(observed, hosts),
    goneFrom: inventory.goneFrom,
  });
  const residueKinds = new Set(
    observed.artifacts.flatMap(({ parts }) =>
      parts.filter(({ speaksFor }) => speaksFor === 'state').flatMap(({ logSources }) => logSources),
    ),
  );
  const exposure = exposureOf(observed, seen, { hosts, packs, judged, endMs: coverage.endMs, knowledge: options.knowledge });
  const context = {
    packs,
    exposure,
    ledgers,
    coverage,
    hosts,
    readable,
    residueKinds,
    toolNotes: toolNotesOf(observed),
    declared: declaredOf(judged),
    asked: observed.artifacts.some(({ problems }) => problems.some(({ code }) => code === 'evidence.other_time'))
      ? (options.asked ?? null)
      : null,
    files: observed.artifacts.filter(({ role, notRead }) => role !== 'container' || notRead !== null).length,
    encrypted: observed.artifacts.filter(({ problems }) => problems.some(({ code }) => code === 'archive.encrypted')).length,
  };
  const verdict = verdictOf(judged, context);
  const findings = new Map(judged.flatMap((one) => one.findings).map((finding) => [finding.id, finding]));
  // Told beside the others; the answer is made without them.
  for (const finding of options.others == null ? [] : otherFindings(observed, options.others, hosts))
    findings.set(finding.id, finding);
  for (const finding of options.indicators == null ? [] : indicatorFindings(observed, options.indicators, hosts, judged))
    findings.set(finding.id, finding);
  const { rows, left } = observablesOfEvidence(observed, hosts, options.organisation);
  const assessment: Assessment = {
    schema: assessmentSchema,
    evidence: observed.artifacts.map((artifact) => evidenceEntry(artifact, hosts.ofArtifact(artifact.path), clocks)),
    organisation: {
      name: options.organisation,
      hosts: hosts.present,
      absentHosts: hosts.absent,
      evidenceEndUtc: isoUtcOrNull(coverage.endMs),
    },
    collections: collectionsOf(observed),
    campaigns: packs
      .filter(({ firstExploited }) => firstExploited !== null)
      .map((pack) => ({
        id: pack.id,
        name: pack.name,
        packVersion: pack.version,
        firstUtc: isoUtcOrNull(pack.firstExploited === null ? null : dayMs(pack.firstExploited)),
        patchedUtc: isoUtcOrNull(pack.patched === null ? null : dayMs(pack.patched)),
      })),
    verdict,
    hosts: hostVerdictsOf(judged, context),
    exposure,
    inventory: inventory.entries,
    coverage: {
      sources: [...coverage.sources, ...absentSources(packsInTime(packs, coverage), coverage, hosts, readable)].sort(
        (a, b) => byCodeUnit(a.kind, b.kind) || byCodeUnit(a.host ?? '', b.host ?? ''),
      ),
      campaigns: packs.map((pack) => campaignCoverage(pack, coverage)).filter((campaign) => campaign !== null),
      ledgers,
    },
    // What is only possible makes a finding, not an intruder.
    intrusions: judged
      .filter(({ claims }) => claims.some(({ confidence }) => confidence !== 'possible'))
      .map(({ intrusion }) => intrusion)
      .sort(
        (a, b) =>
          Number(a.role === 'visitor') - Number(b.role === 'visitor') ||
          stageRank(b.stage) - stageRank(a.stage) ||
          byCodeUnit(a.firstUtc ?? '~', b.firstUtc ?? '~') ||
          byCodeUnit(a.id, b.id),
      ),
    findings: [...findings.values()].sort(
      (a, b) =>
        stageRank(b.stage) - stageRank(a.stage) || byCodeUnit(a.timeUtc ?? '~', b.timeUtc ?? '~') || byCodeUnit(a.id, b.id),
    ),
    plan: planOf(verdict, judged, hosts, exposure),
    notRead: observed.artifacts
      .filter(({ notRead, role }) => notRead !== null && role !== 'collector')
      .map(({ path, bytes, notRead }) => ({ path, bytes, why: notRead! })),
    problems: [
      ...observed.placeProblems.map(({ path, code, found }) => ({
        artifact: path,
        code,
        at: 0,
        count: 1,
        ...(found === undefined ? {} : { found }),
      })),
      ...observed.artifacts.flatMap(({ path, problems }) => problems.map((problem) => ({ artifact: path, ...problem }))),
      ...impossibleDates(events),
    ],
  };
  return { assessment, observables: rows, observablesLeft: left };
}

/** Configurations in which a machine key is written down. */
const statedKeysOf = (observed: Observed, hosts: Hosts): { path: string; host: string | null }[] =>
  observed.artifacts
    .filter(({ parts }) =>
      parts.some((part) =>
        (part.groups.get('Section|State') ?? []).some(({ tuple }) => tuple[0] === 'machine-key' && tuple[1] === 'stated'),
      ),
    )
    .map(({ path, canonicalPath }) => ({
      path: (canonicalPath ?? path).replaceAll('/', '\\'),
      host: hosts.ofArtifact(path),
    }));

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

/** Collections that files of the evidence belong to, each with their number. */
function collectionsOf(observed: Observed): CollectionEntry[] {
  const entries = new Map<string, CollectionEntry>();
  for (const { collection } of observed.artifacts) {
    if (collection === null) continue;
    const key = `${collection.root}\n${collection.snapshot ?? ''}`;
    entries.set(key, { ...collection, files: (entries.get(key)?.files ?? 0) + 1 });
  }
  return [...entries].sort((a, b) => byCodeUnit(a[0], b[0])).map(([, entry]) => entry);
}

const declaredOf = (judged: readonly Judged[]): string[] => [
  ...new Set(judged.flatMap(({ declared }) => (declared === null ? [] : [sentences.declared(declared.name, declared.goesOn)]))),
];

function ruleBook(packs: readonly Pack[]): Pick<RuleBook, 'proofs'> {
  const proofs = new Map<string, RuleBook['proofs'] extends ReadonlyMap<string, infer Entry> ? Entry : never>();
  for (const pack of packs) for (const proof of pack.proofs) proofs.set(proof.rule, { pack, proof });
  for (const proof of [...learntProofs, ...inventoryProofs]) proofs.set(proof.rule, { pack: null, proof });
  return { proofs };
}

function evidenceEntry(artifact: Observed['artifacts'][number], host: string | null, clocks: Clocks): EvidenceEntry {
  const { parts } = artifact;
  const firsts = parts.map(({ firstMs }) => firstMs).filter((ms) => !Number.isNaN(ms));
  const lasts = parts.map(({ lastMs }) => lastMs).filter((ms) => !Number.isNaN(ms));
  const bases = new Set(parts.map(({ kind }) => readerOf(kind)?.clock ?? 'unknown'));
  const basis = bases.size === 1 ? [...bases][0]! : 'unknown';
  return {
    id: sha256Hex(`${artifact.path}\n${artifact.sha256 ?? ''}`).slice(0, 16),
    host,
    kind: artifact.kind,
    path: artifact.path,
    canonicalPath: artifact.canonicalPath,
    bytes: artifact.bytes,
    sha256: artifact.sha256,
    records: parts.reduce((sum, { records }) => sum + records, 0),
    firstUtc: firsts.length === 0 ? null : isoUtcOrNull(Math.min(...firsts)),
    lastUtc: lasts.length === 0 ? null : isoUtcOrNull(Math.max(...lasts)),
    clock:
      basis === 'utc'
        ? {
            basis,
            zone: 'UTC',
            skewMs: clocks.shared(host) === 0 ? null : clocks.skewMs(host),
            why: clocks.shared(host) === 0 ? sentences.clockUtc : sentences.clockShared(clocks.shared(host), clocks.skewMs(host)),
          }
        : {
            basis,
            zone: null,
            skewMs: null,
            why: parts.length === 0 ? sentences.clockNone : basis === 'local' ? sentences.clockLocal : sentences.clockUnknown,
          },
    times: artifact.times,
    problems: artifact.problems,
  };
}

/** One problem for each artifact whose matched rows carry a date that cannot be. */
function impossibleDates(events: readonly Event[]): Assessment['problems'] {
  const problems = new Map<string, Assessment['problems'][number]>();
  for (const event of events) {
    const found = impossibleDate(event);
    if (found === null) continue;
    const { artifact, offsetBytes } = event.row;
    const known = problems.get(artifact);
    problems.set(artifact, {
      artifact,
      code: 'row.date_contradicted',
      at: Math.min(known?.at ?? offsetBytes, offsetBytes),
      count: (known?.count ?? 0) + 1,
      found: known?.found ?? found,
    });
  }
  return [...problems.values()].sort((a, b) => byCodeUnit(a.artifact, b.artifact));
}
