/** Items as findings and as the section of the assessment. */
import type { Finding, NoveltyStand, SourceCoverage } from '../../core/assessment.ts';
import { sha256Hex } from '../../core/hash.ts';
import { defang } from '../../core/text.ts';
import { isoUtcOrNull } from '../../core/time.ts';
import { evidenceOf } from '../findings.ts';
import { kindName } from '../messages.ts';
import type { Novelty, NoveltyItem, NoveltyThing } from './index.ts';
import { strongScore } from './index.ts';
import { companyMs } from './items.ts';
import { noveltySentences as say } from './messages.ts';
import { settlingMs } from './rank.ts';
import { byFinding, byRule, bySources, once } from '../because.ts';

/** Lines of one item. */
const evidenceLimit = 10;
/** From here on it is told as an attempt. */
const clearScore = 10;
/** Marked in the line. */
const telling = [
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'sc-status',
  'UrlStem',
  'AnchorMailbox',
  'HttpStatus',
  'SoapAction',
  'Cmdlet',
  'CMD',
];

const thingOf = ({ draft }: NoveltyThing): string => say.thing(draft.kind, draft.members[0]!.seen.deed);

function stageOf({ lead: { draft } }: NoveltyItem): Finding['stage'] {
  const { actor, how, outcome } = draft.members[0]!.seen.deed;
  if (draft.score < clearScore) return 'none';
  // To be shown a page that anybody may see is no way in.
  const looks =
    draft.kind === 'page' && /^(?:get|head|options)$/i.test(how) && !draft.reasons.some(({ code }) => code === 'given');
  return draft.score >= strongScore && !looks && outcome === 'given' && actor !== 'person' ? 'exploited' : 'attempted';
}

export function noveltyFinding(item: NoveltyItem): Finding {
  const { lead, others } = item;
  const { draft, rows } = lead;
  const place = rows[0]!;
  // Another log counts in other words: the first row that they fit may be somebody else's, at another time.
  const near = rows.filter(({ timeMs }) => timeMs === null || Math.abs(timeMs - (place.timeMs ?? timeMs)) <= companyMs);
  const evidence = [...near, ...others.flatMap((one) => one.rows)].slice(0, evidenceLimit);
  return {
    id: sha256Hex(`novelty\n${draft.host ?? ''}\n${draft.kind} ${draft.what}\n${place.artifact}\n${place.offsetBytes}`).slice(
      0,
      16,
    ),
    title: defang(say.title(thingOf(lead))),
    stage: stageOf(item),
    confidence: 'possible',
    // With what stands beside it, which may have begun a little before.
    timeUtc: isoUtcOrNull(Math.min(draft.firstMs, ...evidence.flatMap(({ timeMs }) => timeMs ?? []))),
    lastUtc: isoUtcOrNull(draft.lastMs),
    count: Math.max(
      evidence.length,
      others.reduce((sum, one) => sum + one.draft.count, draft.count),
    ),
    host: draft.host,
    campaign: null,
    rule: `novelty/${draft.kind}`,
    techniques: [],
    cves: [],
    proves: [
      ...draft.reasons.toSorted((a, b) => b.bits - a.bits).map((reason) => say.reason(reason)),
      ...others.map((one) => say.also(thingOf(one))),
      ...(item.othersLeft === 0 ? [] : [say.more(item.othersLeft)]),
    ].join(' '),
    doesNotProve: say.doesNotProve,
    innocent: say.innocent,
    observables: [],
    evidence: evidence.map((row) => evidenceOf({ row }, telling)),
    falsePositives: [say.innocent],
    declared: null,
  };
}

const placeOf = ({ artifact, offsetBytes }: Finding['evidence'][number]): string => `${artifact}\u0000${offsetBytes}`;

/** @param findings of the items, in their order; `others` are what rules found */
export function noveltyStand(
  novelty: Novelty,
  findings: readonly Finding[],
  others: Iterable<Finding> = [],
  sources: readonly SourceCoverage[] = [],
): NoveltyStand {
  const known = new Map<string, string>();
  for (const { id, evidence } of others) for (const row of evidence) if (!known.has(placeOf(row))) known.set(placeOf(row), id);
  return {
    normal: novelty.normal.map(({ host, logSource, firstMs, lastMs, rows, overflow, learnt }) => {
      const from = isoUtcOrNull(firstMs + settlingMs);
      return {
        host,
        kind: logSource,
        fromUtc: isoUtcOrNull(firstMs),
        toUtc: isoUtcOrNull(lastMs),
        learntFromUtc: learnt === 'yes' ? from : null,
        rows,
        overflow,
        learnt,
        says: [
          say.learnt(
            learnt,
            kindName(logSource),
            host,
            from === null ? 'its first day ends' : `${from.slice(0, 16).replace('T', ' ')} UTC`,
          ),
          ...(overflow === 0 ? [] : [say.overflow(overflow, kindName(logSource), host)]),
        ].join(' '),
        because: once(bySources(sources, [logSource], host), [byRule('novelty.normal')]),
      };
    }),
    items: novelty.items.map(({ lead, others, othersLeft }, index) => ({
      finding: findings[index]!.id,
      known: findings[index]!.evidence.map((row) => known.get(placeOf(row))).find((id) => id !== undefined) ?? null,
      host: lead.draft.host,
      timeUtc: isoUtcOrNull(lead.draft.firstMs),
      score: Math.round(lead.draft.score * 10) / 10,
      what: thingOf(lead),
      reasons: lead.draft.reasons
        .toSorted((a, b) => b.bits - a.bits)
        .map((reason) => ({ code: reason.code, text: say.reason(reason) })),
      others: others.map((one) => thingOf(one)),
      othersLeft,
      because: [byFinding(findings[index]!.id), byRule('novelty.no_answer')],
    })),
    left: novelty.left,
  };
}
