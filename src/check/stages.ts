/**
 * The stages once more, from what the case itself shows: what each rule may prove stands in its pack, what several rows prove together
 * stands here a second time, and the verdict follows from the findings by the rules of judgement.
 */
import { parse } from 'yaml';
import type { Answer, Assessment, Entered, Finding } from '../core/assessment.ts';
import type { Platform } from '../core/platform.ts';
import { confidenceRank, stageRank, stages } from '../core/stage.ts';
import type { Tally } from './tally.ts';

type Proven = Pick<Finding, 'stage' | 'confidence'>;
interface PackText {
  readonly id: string;
  readonly proofs?: readonly (Proven & { readonly rule: string; readonly chain?: Proven })[];
}

/** What no single row proves. A claim may be less, never more; what a rule of others says of an intruder, as much as it is tied to. */
const together: Readonly<Record<string, readonly Proven[]>> = {
  'together/chain': [{ stage: 'exploited', confidence: 'probable' }],
  'together/in-session': [{ stage: 'impact', confidence: 'probable' }],
  'together/after-order': [{ stage: 'impact', confidence: 'probable' }],
  'together/beside-attempt': [{ stage: 'impact', confidence: 'probable' }],
  'together/both-ends': [{ stage: 'exploited', confidence: 'confirmed' }],
  'together/mail-read': [{ stage: 'impact', confidence: 'confirmed' }],
  'together/written': [{ stage: 'implanted', confidence: 'confirmed' }],
  'together/page-answered': [{ stage: 'implanted', confidence: 'confirmed' }],
  'together/named-page-answered': [{ stage: 'implanted', confidence: 'confirmed' }],
  'together/orders': [{ stage: 'operated', confidence: 'probable' }],
  'together/asked-once': [{ stage: 'implanted', confidence: 'probable' }],
  'together/read-and-answered': [{ stage: 'implanted', confidence: 'confirmed' }],
  'together/visitor': [{ stage: 'probed', confidence: 'confirmed' }],
  'inventory/back-door-in-place': [{ stage: 'implanted', confidence: 'probable' }],
  'inventory/changed-back-door': [{ stage: 'implanted', confidence: 'probable' }],
  'inventory/not-shipped-in-place': [{ stage: 'implanted', confidence: 'probable' }],
  'learnt/page-answered': [{ stage: 'implanted', confidence: 'probable' }],
  'learnt/page-asked': [{ stage: 'probed', confidence: 'confirmed' }],
};
/** These rest on two rows or more. */
const joined = /^together\/(?:chain|both-ends|mail-read|written|page-answered|named-page-answered|read-and-answered|orders)$/;

export function checkStages(assessment: Assessment, platform: Platform, tally: Tally): void {
  const byId = new Map(assessment.findings.map((finding) => [finding.id, finding]));
  tally.same('findings: ids that differ', assessment.findings.length, byId.size);
  const proofs = proofsOf(platform);
  checkNames(assessment, byId, tally);
  const owned = assessment.intrusions.map((intrusion) => ({
    intrusion,
    // What rules of others say of it joined when the verdict was made.
    findings: intrusion.findings.flatMap((id) => byId.get(id) ?? []).filter(({ rule }) => proofs.has(rule)),
  }));
  const ties = new Map(owned.flatMap(({ intrusion, findings }) => intrusion.findings.map((id) => [id, strongest(findings)])));
  for (const finding of assessment.findings) checkFinding(finding, proofs, ties.get(finding.id), tally);
  for (const { intrusion, findings } of owned) {
    const best = strongest(findings) ?? findings.toSorted(byStrength)[0];
    tally.same(`intrusions[${intrusion.id}].stage`, intrusion.stage, best?.stage ?? null);
    tally.same(`intrusions[${intrusion.id}].confidence`, intrusion.confidence, best?.confidence ?? null);
    const { asOfUtc, lastUtc, seen } = intrusion.presence;
    tally.same(`intrusions[${intrusion.id}].presence.asOfUtc`, asOfUtc, assessment.organisation.evidenceEndUtc);
    const recent = Date.parse(lastUtc ?? '') >= Date.parse(asOfUtc ?? '') - 72 * 3600_000;
    tally.that(`intrusions[${intrusion.id}].presence.seen`, seen !== 'active' || recent, 'used within 72 hours', String(lastUtc));
  }
  // What its owner declared counts only where it went on for longer, which the case says in a sentence: both are allowed.
  const counted = owned.filter(({ intrusion }) => intrusion.declared === null);
  const some = checkVerdict(
    assessment,
    counted.flatMap(({ findings }) => findings),
  );
  const all =
    counted.length === owned.length
      ? some
      : checkVerdict(
          assessment,
          owned.flatMap(({ findings }) => findings),
        );
  for (const [claim, [expected, found]] of Object.entries(some))
    tally.that(`verdict.${claim}`, expected === found || all[claim]![0] === all[claim]![1], expected, found);
}

type Proofs = ReadonlyMap<string, readonly Proven[]>;
function proofsOf({ assets }: Platform): Proofs {
  const proofs = new Map<string, readonly Proven[]>(Object.entries(together));
  for (const path of assets.list('packs').filter((name) => /^packs\/[^/]+\/pack\.yaml$/.test(name))) {
    const pack = parse(assets.text(path)) as PackText;
    for (const { rule, stage, confidence, chain } of pack.proofs ?? [])
      proofs.set(`${pack.id}/${rule}`, [{ stage, confidence }, ...(chain === undefined ? [] : [chain])]);
  }
  return proofs;
}

const within = (claimed: Proven, may: Proven): boolean =>
  stageRank(claimed.stage) < stageRank(may.stage) ||
  (claimed.stage === may.stage && confidenceRank(claimed.confidence) <= confidenceRank(may.confidence));

function checkFinding(finding: Finding, proofs: Proofs, tie: Finding | undefined, tally: Tally): void {
  const claim = `findings[${finding.id}]`;
  const told = (one: Proven): string => `${one.stage}, ${one.confidence}`;
  const tied = tie && finding.rule.startsWith('other/') ? [{ stage: tie.stage, confidence: 'probable' as const }] : undefined;
  const may = proofs.get(finding.rule) ?? tied;
  if (finding.stage === 'none' || finding.confidence === 'possible') tally.holds++;
  else if (may === undefined) tally.cannot(`no pack here has the rule ${finding.rule}`);
  else {
    const allowed = may.some((one) => within(finding, one));
    tally.that(`${claim}.stage`, allowed, told(finding), `${finding.rule} proves at most ${may.map(told).join(' or ')}`);
  }
  const rows = new Set(finding.evidence.map(({ artifact, offsetBytes }) => `${offsetBytes} ${artifact}`)).size;
  const fewest = joined.test(finding.rule) ? 2 : 1;
  tally.that(`${claim}.evidence`, rows >= fewest, `${fewest} rows or more`, `${rows}`);
  tally.that(`${claim}.count`, finding.count >= rows, `${rows} or more`, `${finding.count}`);
  const times = finding.evidence.flatMap(({ timeUtc }) => timeUtc ?? []);
  const early = least(times);
  if (early !== null && finding.timeUtc !== null)
    tally.that(`${claim}.timeUtc`, finding.timeUtc <= early, `${early} or earlier`, finding.timeUtc);
}

/** Every id that is referred to exists, and no finding belongs to two intruders. */
function checkNames(assessment: Assessment, byId: ReadonlyMap<string, Finding>, tally: Tally): void {
  const known = new Set(assessment.evidence.map(({ path }) => path));
  const ids = (claim: string, named: readonly string[]): void => {
    for (const id of named) tally.that(claim, byId.has(id), id, 'no finding has this id');
  };
  for (const { text, findings } of assessment.verdict.reasons) ids(`verdict.reasons: ${text}`, findings);
  for (const { id, findings } of assessment.plan.steps) ids(`plan[${id}]`, findings);
  const owner = new Map<string, string>();
  for (const { id, findings, together: joined, presence } of assessment.intrusions) {
    ids(`intrusions[${id}].findings`, findings);
    for (const one of joined) ids(`intrusions[${id}].together`, one.findings);
    for (const way of presence.waysBack) ids(`intrusions[${id}].presence`, way.findings);
    for (const finding of findings) {
      const other = owner.get(finding) ?? id;
      owner.set(finding, other);
      tally.same(`findings[${finding}]: the one intruder`, other, id);
    }
  }
  for (const { id, evidence } of assessment.findings)
    for (const { artifact } of evidence)
      tally.that(`findings[${id}].evidence`, known.has(artifact), artifact, 'it is not among the evidence');
}

const byStrength = (a: Proven, b: Proven): number =>
  stageRank(b.stage) - stageRank(a.stage) || confidenceRank(b.confidence) - confidenceRank(a.confidence);
const provenOnes = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ confidence }) => confidence !== 'possible').toSorted(byStrength);
const strongest = (findings: readonly Finding[]): Finding | undefined => provenOnes(findings)[0];
const least = (times: readonly (string | null)[]): string | null =>
  times.reduce((found, time) => (time !== null && (found === null || time < found) ? time : found), null);

/** Claim → what the case says, and what follows from its findings. */
function checkVerdict({ verdict }: Assessment, findings: readonly Finding[]): Record<string, readonly [string, string]> {
  const proven = provenOnes(findings);
  const rank = stageRank('exploited');
  const has = (from: number, confirmed: boolean): boolean =>
    proven.some((one) => stageRank(one.stage) >= from && (!confirmed || one.confidence === 'confirmed'));
  const silent = verdict.answer === 'no_evidence' ? 'no_evidence' : 'cannot_tell';
  const answer: Answer = has(rank + 1, true)
    ? 'confirmed'
    : has(rank, false)
      ? 'suspected'
      : has(stageRank('attempted'), false)
        ? 'attempted'
        : silent;
  const further = answer === 'attempted' && verdict.beyond === 'covered';
  const noSign = answer === 'no_evidence' || further;
  const entered: Entered = has(rank, true) ? 'yes' : answer === 'suspected' ? 'probable' : noSign ? 'no_sign' : 'cannot_tell';
  const covered = verdict.waves.length > 0 && verdict.waves.every(({ coverage }) => coverage === 'trace');
  const traced = verdict.waves.some(({ coverage }) => coverage === 'trace');
  const exitCode = answer === 'confirmed' || answer === 'suspected' ? 1 : noSign && covered ? 0 : 2;
  const told: Record<string, readonly [string, string]> = {
    confidence: [verdict.confidence, proven[0]?.confidence ?? verdict.confidence],
    answer: [verdict.answer, answer === 'no_evidence' && !traced ? 'cannot_tell' : answer],
    entered: [verdict.entered, entered],
    stage: [verdict.stage, proven[0]?.stage ?? 'none'],
    exitCode: [String(verdict.exitCode), String(exitCode)],
    toAuthority: [verdict.toAuthority, entered === 'yes' ? 'confirmed' : noSign ? 'no_evidence' : 'suspected'],
  };
  for (const stage of stages) {
    const view = verdict.ladder.find((one) => one.stage === stage);
    if (view === undefined) continue;
    const own = proven.filter((one) => one.stage === stage);
    const isSeen = own.some(({ confidence }) => confidence === 'confirmed');
    told[`ladder.${stage}`] = [String(view.state === 'seen'), String(isSeen)];
    if (isSeen) told[`ladder.${stage}.firstUtc`] = [String(view.firstUtc), String(least(own.map(({ timeUtc }) => timeUtc)))];
    if (own.length > 0) told[`ladder.${stage}.ruled out`] = [String(view.state === 'ruled_out'), 'false'];
  }
  return told;
}
