/** The verdict where it is confirmed: what the furthest intruder did, who else got in, who only looked. */
import type { Because, Said } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { byIntrusion, byRule, bySources, once } from './because.ts';
import type { Claim } from './claims.ts';
import { isMailOpened } from './event.ts';
import type { Judged } from './intrusions.ts';
import { sentences, type StoryFacts } from './messages.ts';
import { findingsNamed, insideSince, isMailOnly, type SentenceFacts, shown } from './story-facts.ts';
import { exploitedRank, most, proven, rankOf, type VerdictContext } from './verdict-context.ts';

export function confirmedSentences(
  facts: SentenceFacts,
  best: Claim,
  owner: Judged,
  story: StoryFacts,
  context: VerdictContext,
): Said[] {
  const tail = [...othersInside(facts, owner), ...visitorsOf(facts)];
  const certainly = (own: readonly Claim[], ...rules: readonly Because[]): Because[] =>
    once(shown(facts, own), [byRule('answer.confirmed')], rules);
  if (isMailOnly(facts.claims)) {
    const calls = best.events.filter(isMailOpened);
    const mailboxes = new Set(calls.map(({ row }) => row.values['user.impersonated'] ?? '').filter((name) => name !== ''));
    const count = [...new Set(calls.map(({ hit }) => hit))].reduce((sum, hit) => sum + hit.count, 0);
    return [
      {
        text: sentences.tookMail(story, count, [...mailboxes].sort(byCodeUnit)),
        because: certainly([best], byRule('stage.mail')),
      },
      { text: sentences.mailLeavesNothing, because: [byRule('stage.impact')] },
      { text: sentences.mailKnown, because: [byRule('advice.passwords')] },
      ...tail,
    ];
  }
  if (rankOf(best) >= stageRank('operated')) {
    // The request that gave a session stands beside what was done in it, and is no order.
    const isOrder = ({ proof: { step } }: Judged['events'][number]): boolean =>
      step !== 'check' && step !== 'try' && step !== 'enter' && step !== 'read';
    const ordering = owner.claims.filter(
      ({ stage, confidence }) => stageRank(stage) >= stageRank('operated') && confidence !== 'possible',
    );
    const uses = ordering.flatMap(({ events }) => events.filter(isOrder));
    const countOf = (events: Judged['events']): number =>
      [...new Set(events.map(({ hit }) => hit))].reduce((sum, hit) => sum + hit.count, 0);
    const certain = owner.claims
      .filter((claim) => rankOf(claim) >= stageRank('operated') && claim.confidence === 'confirmed')
      .flatMap(({ events }) => events.filter(isOrder));
    const lastMs = most(uses.map(({ timeMs }) => timeMs));
    const text = sentences.operated(
      { ...story, firstMs: insideSince(owner), lastMs },
      countOf(certain),
      countOf(uses) - countOf(certain),
    );
    return [
      { text, because: certainly([best, ...ordering], byRule('stage.operated')) },
      { text: sentences.passwords, because: [byRule('advice.passwords')] },
      ...tail,
    ];
  }
  const written = owner.claims.find(
    ({ stage, events }) => stage === 'implanted' && events.some(({ proof }) => proof.step === 'arm'),
  );
  const page =
    owner.events.find((event) => event.page !== null && (event.answered || event.proof.step === 'file'))?.page ??
    written?.events.find((event) => event.page !== null)?.page ??
    null;
  const configured = best.events[0]!.role === 'left';
  const planted = page !== null || written !== undefined ? 'page' : configured ? 'configured' : 'planted';
  const watched =
    owner.firstMs !== null &&
    context.coverage
      .hostsFor('iis-w3c')
      .every((host) => context.coverage.covers({ source: 'iis-w3c' }, host, owner.firstMs!, context.coverage.endMs));
  const implanted = owner.claims.filter(({ stage, confidence }) => stage === 'implanted' && confidence !== 'possible');
  return [
    {
      text: sentences.implanted(story, planted, page),
      because: certainly([best, ...implanted], byRule('stage.implanted')),
    },
    ...(planted !== 'page'
      ? []
      : [
          {
            text: watched ? sentences.useNot(story.endMs) : sentences.useUnknown,
            because: once(bySources(context.sources, ['iis-w3c']), [byRule('presence.unlogged')]),
          },
        ]),
    ...tail,
  ];
}

const addressOf = ({ events }: Judged): string | null =>
  events.find(({ client }) => client?.standing === 'direct')?.client?.address ?? null;

/** Each other one who got in is named: one eviction does not end the other's. */
function othersInside(facts: SentenceFacts, owner: Judged): Said[] {
  const others = facts.counted.flatMap((one) => {
    const inside = one.claims.filter((claim) => rankOf(claim) >= exploitedRank && proven(claim));
    if (one === owner || one.intrusion.role !== 'intruder' || inside.length === 0) return [];
    return [
      {
        address: addressOf(one),
        sinceMs: insideSince(one),
        sure: inside.some(({ confidence }) => confidence === 'confirmed'),
        because: once(shown(facts, inside).slice(0, 1), [byIntrusion(one.intrusion.id), byRule('answer.others')]),
      },
    ];
  });
  // Without an address and a time nobody can tell whose it was.
  const told = others.filter(({ address, sinceMs }) => address !== null || sinceMs !== null);
  const untold = others.filter((one) => !told.includes(one));
  const ownAddress = addressOf(owner);
  return [
    ...told.map(({ address, sinceMs, sure, because }) => ({
      // An address that the one before has, too, tells no second one.
      text:
        address !== null && address === ownAddress
          ? sentences.sameAddress(address, sinceMs)
          : sentences.another(address, sinceMs, sure),
      because,
    })),
    ...(untold.length > 0
      ? [{ text: sentences.unjoined, because: once(...untold.map(({ because }) => because), [byRule('apart.unsure')]) }]
      : []),
  ];
}

function visitorsOf({ counted }: SentenceFacts): Said[] {
  const visitors = counted.filter(({ intrusion }) => intrusion.role === 'visitor');
  if (visitors.length === 0) return [];
  const named = visitors
    .filter(({ claims }) => claims.some(proven))
    .slice(0, findingsNamed)
    .map(({ intrusion }) => byIntrusion(intrusion.id));
  return [{ text: sentences.visitors(visitors.length), because: once(named, [byRule('role.visitor')]) }];
}
