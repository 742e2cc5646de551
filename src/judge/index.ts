/**
 * Hits and coverage → findings, intrusions, verdict, reasons, and what could NOT be seen. In: {@link Observed}, packs, declared
 * activity. Out: the assessment. No I/O, no clock, no locale: the same evidence gives the same bytes.
 */
import {
  type Assessment,
  assessmentSchema,
  type CollectionEntry,
  type EvidenceEntry,
  type Finding,
  type Intrusion,
  type Said,
} from '../core/assessment.ts';
import type { Acknowledgement } from '../core/acknowledged.ts';
import type { Pack } from '../core/pack.ts';
import { sha256Hex } from '../core/hash.ts';
import { noPlan } from '../core/plan.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtcOrNull } from '../core/time.ts';
import { readerOf } from '../read/index.ts';
import { appliesTo, rulesBySource, type RuleSet } from '../rules/index.ts';
import type { AskedTime, Observed } from '../run/index.ts';
import { type AcknowledgedText, acknowledgedTold, holds, marked } from './acknowledged.ts';
import { byFinding, byRule, once } from './because.ts';
import type { Clocks } from './clocks.ts';
import { packsInTime } from './campaigns.ts';
import { absentSources, campaignCoverage } from './campaign-window.ts';
import type { Event } from './event.ts';
import { exposureOf } from './exposure.ts';
import type { Knowledge, Shipped } from '../knowledge/index.ts';
import { type Ground, groundOf, judgedOn } from './ground.ts';
import { indicatorFindings, type Indicators } from './indicator-findings.ts';
import type { Judged } from './intrusions.ts';
import type { KnownActivity } from './known.ts';
import { withFindings } from './ledgers.ts';
import { sentences } from './messages.ts';
import { type ObservableCount, observablesOfEvidence } from './observables.ts';
import { nextOf, notAsked } from './next.ts';
import { overTimeOf } from './over-time.ts';
import { noveltyOf } from './novelty/index.ts';
import { noveltyFinding, noveltyStand } from './novelty/told.ts';
import { otherFindings } from './other-findings.ts';
import { toldOnce } from './owners-settings.ts';
import { signatureFindings } from './signature-findings.ts';
import { impossibleDate } from './plausible-dates.ts';
import { logStepsOf } from './silences.ts';
import { toolNotesOf } from './tool-notes.ts';
import { rulesUsed } from './rules-of-judgement.ts';
import { hostVerdictsOf, verdictOf } from './verdict.ts';

export { windowOf } from './campaign-window.ts';
export { isBackEndPort } from './event.ts';
export { buildsThen, type Ground, groundOf, provenBy, type ProvenStage } from './ground.ts';
export { kindName, sayDay, sayDays, sayList } from './messages.ts';
export { type BuildExposure, exposureOfBuild, type NamedRelease } from './build-exposure.ts';
export type { Indicators } from './indicator-findings.ts';
export type { KnownActivity } from './known.ts';
export { wantedRows } from './novelty/index.ts';
export { bookQuestionsOf } from './ledgers.ts';
export type { ObservableCount } from './observables.ts';

export interface JudgeOptions {
  readonly organisation: string;
  readonly packs: readonly Pack[];
  readonly known: readonly KnownActivity[];
  /** Findings that the owner marked as known to be good, and the day of the report, on which some of that may have ended. */
  readonly acknowledged?: { readonly list: readonly Acknowledgement[]; readonly nowMs: number | null };
  /** The answer so far is asked for, and nothing beside it. */
  readonly soFar?: boolean;
  /** Rules of others that ran; null or left out: none. */
  readonly others?: RuleSet | null;
  /** Shipped files were left out of what signatures were asked of, by their hash. */
  readonly filesKnown?: boolean;
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
  /** Sorted by kind and value; made anew whenever they are gone through. */
  readonly observables: Iterable<ObservableCount>;
  /** Rows whose values found no room in the tables of observables. */
  readonly observablesLeft: number;
  /** What rules of others apply to, sorted by artifact; artifacts that none speaks about are left out. */
  readonly applied: readonly AppliedRules[];
  /** Rules of others that cannot run (`rule.…`), or speak about what nobody reads here (`skipped.…`). */
  readonly unrun: readonly UnrunRule[];
}

export interface UnrunRule {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** As docs/reference/rule-errors.md lists them. */
  readonly code: string;
  readonly what: string;
}

export interface AppliedRules {
  readonly artifact: string;
  readonly records: number;
  /** Rules that speak about its rows. */
  readonly rules: number;
  /** How often they matched. */
  readonly hits: number;
}

/** @param ground of the same evidence and packs, where it was already found out */
export function judge(observed: Observed, options: JudgeOptions, ground: Ground = groundOf(observed, options)): Judgement {
  const { packs } = options;
  const { hosts, seen, inventory, coverage, silences, readable } = ground;
  const said = options.acknowledged?.list ?? [];
  const holding = said.filter((one) => holds(one, coverage.endMs, options.acknowledged?.nowMs ?? null));
  const { clocks, events, judged } = judgedOn(ground, inventory.hits, options.known, holding);
  const ledgers = withFindings(ground.ledgers, judged);
  const residueKinds = new Set(
    observed.artifacts.flatMap(({ parts }) =>
      parts.filter(({ speaksFor }) => speaksFor === 'state').flatMap(({ logSources }) => logSources),
    ),
  );
  const sources = [...coverage.sources, ...absentSources(packsInTime(packs, coverage), coverage, hosts, readable)].sort(
    (a, b) => byCodeUnit(a.kind, b.kind) || byCodeUnit(a.host ?? '', b.host ?? ''),
  );
  const exposure = exposureOf(observed, seen, {
    sources,
    hosts,
    packs,
    judged,
    endMs: coverage.endMs,
    knowledge: options.knowledge,
  });
  const acknowledged = acknowledgedTold(
    holding,
    new Set(judged.flatMap(({ declared }) => (declared?.acknowledged === true ? [declared.name] : []))),
    said.filter((one) => !holding.includes(one)),
  );
  const context = {
    packs,
    exposure,
    ledgers,
    silences,
    coverage,
    sources,
    hosts,
    askedPages: inventory.asked,
    readable,
    residueKinds,
    toolNotes: toolNotesOf(observed, evidenceId),
    declared: [...declaredOf(judged), ...acknowledgedSaid(judged, acknowledged)],
    acknowledged,
    asked: observed.artifacts.some(({ problems }) => problems.some(({ code }) => code === 'evidence.other_time'))
      ? (options.asked ?? null)
      : null,
    files: observed.artifacts.filter(({ role, notRead }) => role !== 'container' || notRead !== null).length,
    encrypted: observed.artifacts.filter(({ problems }) => problems.some(({ code }) => code === 'archive.encrypted')).length,
  };
  const verdict = verdictOf(judged, context);
  const findings = new Map(toldOnce(judged).map((finding) => [finding.id, finding]));
  // Told beside the others; the answer is made without them.
  const others = options.others == null ? null : otherFindings(observed, options.others, judged, hosts);
  for (const finding of others?.findings ?? []) findings.set(finding.id, finding);
  for (const finding of options.indicators == null ? [] : indicatorFindings(observed, options.indicators, hosts, judged))
    findings.set(finding.id, finding);
  const signed = signatureFindings(
    observed,
    judged,
    hosts,
    // Where no list fits, nobody knows of a page that it is not shipped, or changed by its owner.
    (host) => options.filesKnown === true && inventory.entries.some((one) => one.host === host && one.build !== null),
  );
  for (const finding of signed.findings) findings.set(finding.id, finding);
  const novelty = noveltyOf(observed, hosts);
  const novel = novelty.items.map((item) => noveltyFinding(item));
  const noveltyTold = noveltyStand(
    novelty,
    novel,
    judged.flatMap((one) => one.findings),
    sources,
  );
  for (const finding of novel) findings.set(finding.id, finding);
  const { rows, left } =
    options.soFar === true ? { rows: [], left: 0 } : observablesOfEvidence(observed, hosts, options.organisation);
  const assessed: Omit<Assessment, 'rules'> = {
    schema: assessmentSchema,
    evidence: observed.artifacts.map((artifact) => evidenceEntry(artifact, hosts.ofArtifact(artifact.path), clocks)),
    organisation: {
      name: options.organisation,
      hosts: hosts.present,
      absentHosts: hosts.absent,
      evidenceEndUtc: isoUtcOrNull(coverage.endMs),
    },
    collections: collectionsOf(observed),
    overTime: options.soFar === true ? [] : overTimeOf(observed, hosts, judged),
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
    next: options.soFar === true ? notAsked(verdict) : nextOf(judged, context, verdict, observed),
    hosts: hostVerdictsOf(judged, context),
    exposure,
    inventory: inventory.entries,
    coverage: {
      sources,
      campaigns: packs.map((pack) => campaignCoverage(pack, coverage)).filter((campaign) => campaign !== null),
      ledgers,
      silences,
      steps: logStepsOf(observed, hosts),
    },
    blindness: null,
    // What is only possible makes a finding, not an intruder.
    intrusions: judged
      .map(({ intrusion, claims }, index) => ({ intrusion: standing(intrusion, others?.joined.get(index)), claims }))
      .filter(({ claims }) => claims.some(({ confidence }) => confidence !== 'possible'))
      .map(({ intrusion }) => ({ ...intrusion, findings: [...intrusion.findings, ...(signed.joined.get(intrusion.id) ?? [])] }))
      .sort(
        (a, b) =>
          Number(a.role === 'visitor') - Number(b.role === 'visitor') ||
          stageRank(b.stage) - stageRank(a.stage) ||
          byCodeUnit(a.firstUtc ?? '~', b.firstUtc ?? '~') ||
          byCodeUnit(a.id, b.id),
      ),
    findings: [...findings.values()]
      .map((finding) => marked(finding, holding, observed))
      .sort(
        (a, b) =>
          stageRank(b.stage) - stageRank(a.stage) || byCodeUnit(a.timeUtc ?? '~', b.timeUtc ?? '~') || byCodeUnit(a.id, b.id),
      ),
    novelty: noveltyTold,
    // Made of this assessment, when it is whole.
    plan: noPlan,
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
  const assessment: Assessment = {
    ...assessed,
    rules: rulesUsed(
      { ...assessed, evidence: [], findings: [], problems: [] },
      assessed.findings.some(isOfOthers) ? ['others.no_stage'] : [],
    ),
  };
  return {
    assessment,
    observables: rows,
    observablesLeft: left,
    applied: options.others == null ? [] : appliedOf(observed, options.others),
    unrun: options.others?.unrun.map(({ file, line, code, what }) => ({ file, line, code, what })) ?? [],
  };
}

const isOfOthers = ({ rule }: Finding): boolean => /^(?:other|signature|indicator)\//.test(rule);

function appliedOf({ artifacts, otherHits }: Observed, { rules }: RuleSet): AppliedRules[] {
  const bySource = rulesBySource(rules);
  const hits = new Map<string, number>();
  for (const { artifact, count } of otherHits) hits.set(artifact, (hits.get(artifact) ?? 0) + count);
  return artifacts.flatMap(({ path, parts }) => {
    const events = parts.flatMap(({ groups }) => (groups.get('Channel|Provider_Name|EventID') ?? []).map(({ tuple }) => tuple));
    const logSources = parts.flatMap((part) => part.logSources);
    const count = appliesTo(bySource, logSources, events);
    const records = parts.reduce((sum, part) => sum + part.records, 0);
    return count === 0 ? [] : [{ artifact: path, records, rules: count, hits: hits.get(path) ?? 0 }];
  });
}

/** With what rules of others matched and is theirs. */
const standing = (intrusion: Intrusion, joined: Pick<Intrusion, 'findings' | 'together'> | undefined): Intrusion =>
  joined === undefined
    ? intrusion
    : {
        ...intrusion,
        findings: [...intrusion.findings, ...joined.findings],
        together: [...intrusion.together, ...joined.together],
      };

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

function declaredOf(judged: readonly Judged[]): Said[] {
  const said = new Map<string, Said>();
  for (const { declared, findings } of judged) {
    if (declared === null || declared.acknowledged === true) continue;
    const text = sentences.declared(declared.name, declared.goesOn);
    const named = findings.slice(0, 2).map(({ id }) => byFinding(id));
    said.set(text, said.get(text) ?? { text, because: once(named, [byRule('answer.declared')]) });
  }
  return [...said.values()];
}

const evidenceId = ({ path, sha256 }: Observed['artifacts'][number]): string =>
  sha256Hex(`${path}\n${sha256 ?? ''}`).slice(0, 16);

/** What the owner marked as known to be good, with the findings that it is about. */
const acknowledgedSaid = (judged: readonly Judged[], acknowledged: readonly AcknowledgedText[]): Said[] =>
  acknowledged.map(({ text, names }) => ({
    text,
    because: once(
      judged
        .filter(({ declared }) => declared !== null && names.includes(declared.name))
        .flatMap(({ findings }) => findings.map(({ id }) => byFinding(id)))
        .slice(0, 2),
      [byRule('answer.acknowledged')],
    ),
  }));

function evidenceEntry(artifact: Observed['artifacts'][number], host: string | null, clocks: Clocks): EvidenceEntry {
  const { parts } = artifact;
  const firsts = parts.map(({ firstMs }) => firstMs).filter((ms) => !Number.isNaN(ms));
  const lasts = parts.map(({ lastMs }) => lastMs).filter((ms) => !Number.isNaN(ms));
  const bases = new Set(parts.map(({ kind }) => readerOf(kind)?.clock ?? 'unknown'));
  const basis = bases.size === 1 ? [...bases][0]! : 'unknown';
  return {
    id: evidenceId(artifact),
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
            why:
              parts.length === 0 || timeless.has(artifact.kind ?? '')
                ? sentences.clockNone
                : basis === 'local'
                  ? sentences.clockLocal
                  : sentences.clockUnknown,
          },
    times: artifact.times,
    problems: artifact.problems,
  };
}

/** Files in which no time stands. */
const timeless: ReadonlySet<string> = new Set(['web-page', 'iis-config', 'agents-config']);

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
