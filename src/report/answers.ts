/** The short answers that stand in the page and in the terminal alike: an assessment and a clock in, plain text out. */
import type { Assessment, Finding, Intrusion } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { msOf, sayAgo, sayDay, sayLength } from './clock.ts';
import type { Clock } from './clock.ts';
import { upperFirst } from './messages.ts';
import type { Messages } from './messages.ts';

const hourMs = 3_600_000;

export interface ShortAnswer {
  readonly question: string;
  readonly answer: string;
  /** Sentences of why, the weightiest first. */
  readonly because: readonly string[];
}

/** The verdict's sentence, without its first words where the headline above it has just said them. */
export function leadOf({ headline, sentence }: Assessment['verdict'], say: Messages): string {
  const rest = sentence.replace(say.yes, '');
  const said = /^[^.!?]+/u.exec(headline.replace(say.yes, ''))?.[0].trim().toLowerCase();
  const opening = /^(.+?)[.:]\s+(?=\S)/su.exec(rest);
  if (opening !== null && opening[1]!.toLowerCase() === said) return upperFirst(rest.slice(opening[0].length));
  return say.yes.test(headline) ? upperFirst(rest) : sentence;
}

/** What people call a campaign: its name up to the first comma where there is little room; the id where it has none. */
export function campaignName(assessment: Assessment, id: string, length: 'short' | 'full' = 'short'): string {
  const name = assessment.campaigns.find((campaign) => campaign.id === id)?.name ?? id;
  return length === 'full' ? name : name.replace(/,\s.*$/su, '');
}

/** Records of one kind that are missing, on all servers alike. */
export interface MissingRecord {
  readonly kind: string;
  readonly hosts: readonly string[];
  readonly texts: readonly string[];
  readonly where: string;
  readonly decides: string;
}

/** The assessment says it in words only. */
const byHandWords = /\bnot (?:read|judged) by this version\b/i;

/** What would decide it first, then what this version cannot read whether or not it is here; each in the assessment's order. */
export function missingRecords(assessment: Assessment): { readonly deciding: MissingRecord[]; readonly byHand: MissingRecord[] } {
  const alike = new Map<string, { kind: string; hosts: string[]; texts: string[]; where: string; decides: string }>();
  for (const { kind, host, text, where, decides } of assessment.verdict.missing) {
    const key = JSON.stringify([kind, kind === 'host' ? host : '', where, decides]);
    const record = alike.get(key) ?? { kind, hosts: [], texts: [], where, decides };
    alike.set(key, record);
    if (host !== null) record.hosts.push(host);
    if (!record.texts.includes(text)) record.texts.push(text);
  }
  const all = [...alike.values()];
  const isByHand = (record: MissingRecord): boolean => record.texts.every((text) => byHandWords.test(text));
  return { deciding: all.filter((record) => !isByHand(record)), byHand: all.filter(isByHand) };
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

/** What the page calls everybody: intruders by letters, visitors by numbers, in the order of {@link people}; by intrusion. */
export function namesOf(assessment: Assessment, say: Messages): Map<Intrusion, string> {
  const counts = { intruder: 0, visitor: 0 };
  return new Map(people(assessment).map((one) => [one, say.person(one.role, counts[one.role]++)] as const));
}

/** Findings that somebody has said what they prove: rules of others tell no story. */
export const judged = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ stage }) => stage !== 'none');

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
  let [seen, since] = ['', ''];
  if (reached) {
    const gap = last === null || asOf === null ? null : asOf - last;
    [seen, since] = say.seen(
      presence.seen,
      last === null
        ? null
        : { day: sayDay(clock, last), ago: sayAgo(clock, last), before: gap === null || gap < hourMs ? null : sayLength(gap) },
      asOf === null ? null : sayDay(clock, asOf),
    );
  } else if (entered === 'no_sign' && answer !== 'cannot_tell') {
    seen = say.nobodyInside;
  } else {
    seen = say.stillUnknown;
  }
  const ways =
    presence.waysBack.length > 0 && open.length === 0 && unknown.length === 0
      ? say.allWaysClosed(presence.waysBack.length)
      : say.openWays(open.length, unknown.length);
  const endSaid = reached && presence.seen !== 'unknown';
  const ends = asOf === null || endSaid ? '' : say.endsOn(sayDay(clock, asOf));
  // Somebody seen comes first; a door that stands open before "we see nobody".
  const [answered, ...because] =
    presence.seen === 'active' || presence.seen === 'quiet' || ways === ''
      ? [seen, since, ways, ends]
      : [ways, seen, since, ends];
  return { question: say.stillThere, answer: answered, because: because.filter((text) => text !== '') };
}

/** The intruder whose targeting the page tells first: the furthest one who was not declared. */
export const foremost = (assessment: Assessment): Intrusion | undefined =>
  people(assessment).find((one) => one.role === 'intruder' && one.declared === null);

export function pickedOut(assessment: Assessment, say: Messages): ShortAnswer {
  const one = foremost(assessment);
  if (one === undefined) {
    const known = assessment.verdict.answer === 'no_evidence';
    return { question: say.pickedOut, answer: known ? say.nobodyToJudge : say.notKnownWho, because: [] };
  }
  const { targeting } = one;
  const reasons =
    targeting.word === 'chosen'
      ? [...targeting.for, ...targeting.open]
      : targeting.word === 'open'
        ? [...targeting.open, ...targeting.against]
        : [...targeting.against, ...targeting.open];
  return { question: say.pickedOut, answer: say.targeting(targeting.word), because: reasons.slice(0, 2) };
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
    because: because.filter((text) => text !== ''),
  };
}

export function notSeen(assessment: Assessment, clock: Clock, say: Messages): ShortAnswer {
  const { deciding, byHand } = missingRecords(assessment);
  const listed = deciding.length > 0 ? deciding : byHand;
  const names = listed.slice(0, 3).map(({ kind, hosts }) => say.missingName(kind, hosts));
  if (listed.length > names.length) names.push(say.andMore(listed.length - names.length));
  const begins = assessment.coverage.sources
    .flatMap((source) => source.spans.map((span) => msOf(span.fromUtc)))
    .filter((ms) => ms !== null);
  const because = [
    ...(names.length > 0 ? [`${upperFirst(names.join(', '))}.`] : []),
    ...(deciding.length > 0 && byHand.length > 0 ? [say.notReadYet(byHand.length)] : []),
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
  return {
    question: say.notSeen,
    answer: say.notSeenCount(deciding.length, byHand.length, assessment.verdict.exitCode === 0),
    because,
  };
}
