/** The short answers that stand in the page and in the terminal alike: an assessment and a clock in, plain text out. */
import type { Assessment, Finding, Intrusion } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { msOf, sayAgo, sayDay } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Messages } from './messages.ts';

export interface ShortAnswer {
  readonly question: string;
  readonly answer: string;
  /** One or two sentences of why, may be empty. */
  readonly because: string;
}

/** From here on the page says what must not be done before anything else. */
export const isUrgent = (assessment: Assessment): boolean => stageRank(assessment.verdict.stage) >= stageRank('exploited');

/** Servers that somebody got into; all servers when none is named. */
export function enteredHosts(assessment: Assessment): readonly string[] {
  const entered = assessment.hosts.filter((one) => stageRank(one.verdict.stage) >= stageRank('exploited')).map((one) => one.host);
  return entered.length > 0 ? entered : assessment.organisation.hosts;
}

/** Intruders first, the furthest first; then visitors; each by time. */
export function people(assessment: Assessment): Intrusion[] {
  return assessment.intrusions.toSorted(
    (a, b) =>
      (a.role === b.role ? 0 : a.role === 'intruder' ? -1 : 1) ||
      stageRank(b.stage) - stageRank(a.stage) ||
      byCodeUnit(a.firstUtc ?? '~', b.firstUtc ?? '~') ||
      byCodeUnit(a.id, b.id),
  );
}

/** The gravest stage first, in each the earliest first, those without a time last. */
export function inOrderOfProof(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => stageRank(b.stage) - stageRank(a.stage) || byCodeUnit(a.timeUtc ?? '~', b.timeUtc ?? '~') || byCodeUnit(a.id, b.id),
  );
}

/** The moment that the evidence ends, or now. */
export const endMs = (assessment: Assessment, clock: Clock): number =>
  msOf(assessment.organisation.evidenceEndUtc) ?? clock.nowMs;

export function stillThere(assessment: Assessment, clock: Clock, say: Messages): ShortAnswer {
  const { presence, stage, entered, answer } = assessment.verdict;
  const reached = stageRank(stage) >= stageRank('exploited');
  const open = presence.waysBack.filter((way) => way.state === 'open');
  const unknown = presence.waysBack.filter((way) => way.state === 'unknown');
  const last = msOf(presence.lastUtc);
  const asOf = msOf(presence.asOfUtc);
  let seen: string;
  if (reached) {
    seen = say.seen(presence.seen, last === null ? null : sayDay(clock, last), last === null ? null : sayAgo(clock, last));
  } else if (entered === 'no_sign' && answer !== 'cannot_tell') {
    seen = say.nobodyInside;
  } else {
    seen = say.stillUnknown;
  }
  const ways =
    presence.waysBack.length > 0 && open.length === 0 && unknown.length === 0
      ? say.allWaysClosed(presence.waysBack.length)
      : say.openWays(open.length, unknown.length);
  const kinds = [...new Set([...open, ...unknown].map((way) => say.wayBack(way.kind)))].join(', ');
  const day = asOf === null ? '' : say.asOf(sayDay(clock, asOf), kinds);
  // Somebody seen comes first; a door that stands open before "we see nobody".
  const [answered, also] = presence.seen === 'active' || presence.seen === 'quiet' || ways === '' ? [seen, ways] : [ways, seen];
  return { question: say.stillThere, answer: answered, because: [also, day].filter((text) => text !== '').join(' ') };
}

/** The intruder whose targeting the page tells first: the furthest one who was not declared. */
export const foremost = (assessment: Assessment): Intrusion | undefined =>
  people(assessment).find((one) => one.role === 'intruder' && one.declared === null);

export function pickedOut(assessment: Assessment, say: Messages): ShortAnswer {
  const one = foremost(assessment);
  if (one === undefined) {
    const known = assessment.verdict.answer === 'no_evidence';
    return { question: say.pickedOut, answer: known ? say.nobodyToJudge : say.notKnownWho, because: '' };
  }
  const { targeting } = one;
  const reasons =
    targeting.word === 'chosen'
      ? [...targeting.for, ...targeting.open]
      : targeting.word === 'open'
        ? [...targeting.open, ...targeting.against]
        : [...targeting.against, ...targeting.open];
  return { question: say.pickedOut, answer: say.targeting(targeting.word), because: reasons.slice(0, 2).join(' ') };
}

export function howMany(assessment: Assessment, say: Messages): ShortAnswer {
  const own = assessment.intrusions.filter((one) => one.declared !== null);
  const others = assessment.intrusions.filter((one) => one.declared === null);
  const intruders = others.filter((one) => one.role === 'intruder');
  const visitors = others.length - intruders.length;
  const inside = intruders.filter((one) => stageRank(one.stage) >= stageRank('exploited')).length;
  const because = [say.counts(intruders.length - inside, inside), visitors > 0 ? say.visitorsAre : ''];
  return {
    question: say.howMany,
    answer: say.counted(intruders.length, visitors, own.length),
    because: because.filter((text) => text !== '').join(' '),
  };
}

export function notSeen(assessment: Assessment, clock: Clock, say: Messages): ShortAnswer {
  const { missing } = assessment.verdict;
  const kinds = [
    ...new Set(missing.map((one) => (one.host === null ? say.source(one.kind) : `${say.source(one.kind)} (${one.host})`))),
  ];
  const begins = assessment.coverage.sources
    .flatMap((source) => source.spans.map((span) => msOf(span.fromUtc)))
    .filter((ms) => ms !== null);
  const parts = [
    ...(kinds.length > 0 ? [`${kinds.slice(0, 4).join(', ')}${kinds.length > 4 ? ' …' : '.'}`] : []),
    ...(begins.length > 0
      ? [
          say.logsBegin(
            sayDay(
              clock,
              begins.reduce((a, b) => Math.min(a, b)),
            ),
          ),
        ]
      : []),
    ...(assessment.organisation.absentHosts.length > 0 ? [say.absent(assessment.organisation.absentHosts)] : []),
  ];
  return { question: say.notSeen, answer: say.notSeenCount(missing.length), because: parts.join(' ') };
}
