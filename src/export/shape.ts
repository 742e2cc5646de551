/**
 * The order of keys in everything that is written as JSON: one literal per type of the contract. The compiler holds it complete
 * (a field that the contract has and this table lacks does not type-check), the schema's test holds it equal to the schema.
 */
import type {
  Assessment,
  Because,
  Blindness,
  BlindShare,
  Campaign,
  CampaignCoverage,
  CollectionEntry,
  CoverageSpan,
  EvidenceEntry,
  Exposure,
  Finding,
  FindingEvidence,
  HostVerdict,
  Inventory,
  Intrusion,
  Missing,
  NoveltyStand,
  Observable,
  Rule,
  Presence,
  SourceCoverage,
  StageView,
  Targeting,
  Verdict,
  WaveAnswer,
  WayBack,
} from '../core/assessment.ts';
import type { NextFiles } from '../core/next-files.ts';
import type { ServerOverTime } from '../core/over-time.ts';
import type { Plan, PlanReason, PlanStep, StepCheck } from '../core/plan.ts';
import type { Problem } from '../core/problem.ts';

/** A plain value: text, number, truth value or null. */
type Leaf = 0;
type Scalar = string | number | boolean | null | undefined;

/** The shape of `T`: a leaf, the shape of a list's elements, or the shapes of an object's fields in the order of writing. */
export type ShapeOf<T> = [T] extends [Scalar]
  ? Leaf
  : NonNullable<T> extends readonly (infer Element)[]
    ? ShapeOf<Element>
    : { readonly [Key in keyof Required<NonNullable<T>>]: ShapeOf<Required<NonNullable<T>>[Key]> };

/** Any shape, as the writer walks it. */
export type Shape = Leaf | { readonly [key: string]: Shape };

const because: ShapeOf<Because> = { kind: 0, id: 0 };
const rule: ShapeOf<Rule> = { id: 0, chapter: 0, says: 0, why: 0 };
const problem: ShapeOf<Problem> = { code: 0, at: 0, count: 0, expected: 0, found: 0 };

const evidenceEntry: ShapeOf<EvidenceEntry> = {
  id: 0,
  host: 0,
  kind: 0,
  path: 0,
  canonicalPath: 0,
  bytes: 0,
  sha256: 0,
  records: 0,
  firstUtc: 0,
  lastUtc: 0,
  clock: { basis: 0, zone: 0, skewMs: 0, why: 0 },
  times: { modifiedUtc: 0, createdUtc: 0 },
  problems: problem,
};

const collection: ShapeOf<CollectionEntry> = {
  root: 0,
  collector: 0,
  host: 0,
  collectedUtc: 0,
  clock: { basis: 0, why: 0 },
  snapshot: 0,
  files: 0,
};

const wayBack: ShapeOf<WayBack> = {
  kind: 0,
  what: 0,
  host: 0,
  state: 0,
  why: 0,
  removedBy: 0,
  sinceUtc: 0,
  findings: 0,
  because,
};
const presence: ShapeOf<Presence> = { asOfUtc: 0, seen: 0, lastUtc: 0, waysBack: wayBack, because };
const missing: ShapeOf<Missing> = { id: 0, text: 0, where: 0, decides: 0, host: 0, kind: 0, because };
const waveAnswer: ShapeOf<WaveAnswer> = { campaign: 0, wave: 0, name: 0, fromUtc: 0, toUtc: 0, answer: 0, coverage: 0, because };
const stageView: ShapeOf<StageView> = { stage: 0, state: 0, firstUtc: 0, text: 0, because };
const campaign: ShapeOf<Campaign> = { id: 0, name: 0, packVersion: 0, firstUtc: 0, patchedUtc: 0 };

const verdict: ShapeOf<Verdict> = {
  answer: 0,
  entered: 0,
  beyond: 0,
  stage: 0,
  confidence: 0,
  toAuthority: 0,
  exitCode: 0,
  presence,
  headline: 0,
  sentence: 0,
  said: { text: 0, because },
  because,
  restsOn: { answer: because, entered: because, beyond: because, stage: because, toAuthority: because, exitCode: because },
  reasons: { text: 0, findings: 0, because },
  missing,
  waves: waveAnswer,
  ladder: stageView,
};

const hostVerdict: ShapeOf<HostVerdict> = {
  host: 0,
  verdict: { answer: 0, entered: 0, beyond: 0, stage: 0, confidence: 0 },
  because,
};

const findingEvidence: ShapeOf<FindingEvidence> = {
  artifact: 0,
  offsetBytes: 0,
  line: 0,
  recordId: 0,
  timeUtc: 0,
  rawBase64: 0,
  shown: 0,
  decisiveBase64: 0,
  sha256: 0,
};

const observable: ShapeOf<Observable> = { kind: 0, value: 0, standing: 0 };

export const findingShape: ShapeOf<Finding> = {
  id: 0,
  title: 0,
  stage: 0,
  confidence: 0,
  timeUtc: 0,
  lastUtc: 0,
  count: 0,
  host: 0,
  campaign: 0,
  rule: 0,
  techniques: 0,
  cves: 0,
  proves: 0,
  doesNotProve: 0,
  innocent: 0,
  observables: observable,
  evidence: findingEvidence,
  falsePositives: 0,
  declared: 0,
};

const targeting: ShapeOf<Targeting> = {
  word: 0,
  for: 0,
  against: 0,
  open: 0,
  because,
  reasons: { weighs: 0, text: 0, because },
};

const intrusion: ShapeOf<Intrusion> = {
  id: 0,
  campaign: 0,
  role: 0,
  stage: 0,
  confidence: 0,
  firstUtc: 0,
  lastUtc: 0,
  wave: 0,
  targeting,
  presence,
  hosts: { host: 0, role: 0 },
  observables: observable,
  findings: 0,
  declared: 0,
  together: { by: 0, count: 0, text: 0, findings: 0, because },
  apart: { by: 0, other: 0, shared: 0, text: 0, because },
  mail: { mailbox: 0, how: 0, requests: 0, bytes: 0, days: 0, findings: 0, because },
  because,
};

const span: ShapeOf<CoverageSpan> = { fromUtc: 0, toUtc: 0 };
const sourceCoverage: ShapeOf<SourceCoverage> = {
  id: 0,
  kind: 0,
  host: 0,
  state: 0,
  proven: 0,
  spans: span,
  gaps: span,
  records: 0,
  problems: problem,
  because,
};
const campaignCoverage: ShapeOf<CampaignCoverage> = {
  campaign: 0,
  fromUtc: 0,
  toUtc: 0,
  sources: { kind: 0, host: 0, stage: 0, state: 0, shows: 0 },
};
const exposure: ShapeOf<Exposure> = {
  host: 0,
  product: 0,
  builds: { build: 0, firstUtc: 0, lastUtc: 0, source: 0, name: 0, proof: 0 },
  changes: { kind: 0, from: 0, to: 0, afterUtc: 0, byUtc: 0, source: 0 },
  reached: { state: 0, firstUtc: 0, lastUtc: 0 },
  mitigations: { id: 0, state: 0, cves: 0, source: 0 },
  campaigns: { id: 0, campaign: 0, state: 0, fixedSinceUtc: 0, why: 0, open: span, exposed: 0, whenTheyCame: 0, because },
  holes: { cve: 0, name: 0, state: 0, kevSince: 0, open: span, fixedSinceUtc: 0, fix: 0 },
  fix: { build: 0, name: 0, kb: 0, sameCu: 0 },
  says: 0,
};
const novelty: ShapeOf<NoveltyStand> = {
  normal: { host: 0, kind: 0, fromUtc: 0, toUtc: 0, learntFromUtc: 0, rows: 0, overflow: 0, learnt: 0, says: 0, because },
  items: {
    finding: 0,
    known: 0,
    host: 0,
    timeUtc: 0,
    score: 0,
    what: 0,
    reasons: { code: 0, text: 0 },
    others: 0,
    othersLeft: 0,
    because,
  },
  left: 0,
};
const blindShare: ShapeOf<BlindShare> = { moments: 0, seen: 0, partly: 0, low: 0, high: 0 };
const blindness: ShapeOf<Blindness> = {
  seed: 0,
  fromUtc: 0,
  toUtc: 0,
  days: 0,
  experiments: 0,
  situations: 0,
  share: blindShare,
  says: 0,
  techniques: {
    id: 0,
    pack: 0,
    name: 0,
    stage: 0,
    share: blindShare,
    withAll: 0,
    firstUtc: 0,
    lastUtc: 0,
    waves: { wave: 0, fromUtc: 0, toUtc: 0, share: blindShare },
    spans: { fromUtc: 0, toUtc: 0, seen: 0, partly: 0 },
    lacks: { kind: 0, host: 0, why: 0, columns: 0, alone: 0, share: 0, where: 0 },
    says: 0,
  },
  notMeasured: { pack: 0, what: 0, why: 0 },
};
const inventory: ShapeOf<Inventory> = {
  host: 0,
  build: 0,
  basis: 0,
  files: 0,
  shipped: 0,
  otherBuild: 0,
  elsewhere: 0,
  changed: 0,
  notShipped: 0,
  notes: 0,
  odd: { path: 0, standing: 0, why: 0, sha256: 0, artifact: 0, createdUtc: 0, modifiedUtc: 0 },
};
const wouldBe = { answer: 0, exitCode: 0 } as const;
const nextFiles: ShapeOf<NextFiles> = {
  answer: wouldBe,
  ifNothing: wouldBe,
  list: {
    kind: 0,
    host: 0,
    fromUtc: 0,
    toUtc: 0,
    where: 0,
    decides: 0,
    ifNothing: wouldBe,
    ifSomething: wouldBe,
    bytes: 0,
    files: 0,
    rateOf: 0,
  },
  others: 0,
  bytes: 0,
  files: 0,
  says: 0,
};
const overTime: ShapeOf<ServerOverTime> = {
  host: 0,
  days: { root: 0, snapshot: 0, asOfUtc: 0, by: 0, files: 0, standing: 0 },
  things: { kind: 0, what: 0, notYetUtc: 0, firstUtc: 0, lastUtc: 0, goneUtc: 0, madeUtc: 0, findings: 0, says: 0 },
  left: 0,
  lastClean: { root: 0, asOfUtc: 0 },
  says: 0,
};
/** One of several: each has some of these keys. */
type EveryKey<Union> = { readonly [Key in Union extends unknown ? keyof Union : never]: Leaf };
const planCheck: EveryKey<StepCheck> = {
  kind: 0,
  host: 0,
  path: 0,
  sha256: 0,
  object: 0,
  property: 0,
  lacks: 0,
  what: 0,
  name: 0,
  afterUtc: 0,
  build: 0,
  source: 0,
  fromUtc: 0,
  toUtc: 0,
  days: 0,
};
const planReason: ShapeOf<PlanReason> = { text: 0, findings: 0 };
const planStep: ShapeOf<Omit<PlanStep, 'check'>> & { readonly check: Shape } = {
  id: 0,
  phase: 0,
  time: 0,
  host: 0,
  title: 0,
  text: 0,
  why: 0,
  findings: 0,
  bound: { name: 0, value: 0, at: 0, findings: 0 },
  who: 0,
  minutes: 0,
  stops: { what: 0, minutes: 0 },
  breaks: 0,
  undo: 0,
  verify: 0,
  check: planCheck,
  commands: { does: 0, effect: 0, text: 0, value: 0 },
  byHand: 0,
  references: { id: 0, title: 0, url: 0 },
};
const plan: ShapeOf<Omit<Plan, 'steps'>> & { readonly steps: Shape } = {
  kind: 0,
  because: planReason,
  steps: planStep,
  secrets: { kind: 0, name: 0, host: 0, standing: 0, because: 0, sinceUtc: 0, findings: 0, at: 0 },
  rebuild: { host: 0, advice: 0, reasons: planReason },
  backup: { host: 0, beforeUtc: 0, text: 0, findings: 0 },
  upgrade: {
    host: 0,
    from: { build: 0, name: 0 },
    to: { build: 0, name: 0, kb: 0 },
    downMinutes: 0,
    stages: { what: 0, minutes: 0, restart: 0, source: 0 },
    notKnown: 0,
  },
  values: { index: 0, kind: 0, host: 0, path: 0, sha256: 0 },
  left: 0,
};

export const assessmentShape: ShapeOf<Omit<Assessment, 'plan'>> & { readonly plan: Shape } = {
  schema: 0,
  evidence: evidenceEntry,
  organisation: { name: 0, hosts: 0, absentHosts: 0, evidenceEndUtc: 0 },
  collections: collection,
  overTime,
  campaigns: campaign,
  rules: rule,
  verdict,
  next: nextFiles,
  hosts: hostVerdict,
  exposure,
  inventory,
  coverage: {
    sources: sourceCoverage,
    campaigns: campaignCoverage,
    ledgers: {
      id: 0,
      host: 0,
      book: 0,
      against: 0,
      fromUtc: 0,
      toUtc: 0,
      rows: 0,
      state: 0,
      missing: {
        fromUtc: 0,
        toUtc: 0,
        rows: 0,
        request: 0,
        silent: 0,
        requests: {
          id: 0,
          timeUtc: 0,
          method: 0,
          path: 0,
          address: 0,
          account: 0,
          status: 0,
          books: { book: 0, artifact: 0, line: 0 },
        },
        findings: 0,
      },
    },
    silences: { id: 0, host: 0, fromUtc: 0, toUtc: 0, otherDays: 0, usualMinutes: 0, explained: 0, systemLog: 0 },
    steps: { artifact: 0, host: 0, fromUtc: 0, toUtc: 0, clockSet: 0 },
  },
  blindness,
  intrusions: intrusion,
  findings: findingShape,
  novelty,
  plan,
  notRead: { path: 0, bytes: 0, why: 0 },
  problems: { code: 0, at: 0, count: 0, expected: 0, found: 0, artifact: 0 },
};
