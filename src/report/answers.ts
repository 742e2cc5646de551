/** The short answers that stand in the page and in the terminal alike: an assessment and a clock in, plain text out. */
import { isAcknowledged } from '../core/acknowledged.ts';
import type { Assessment, Because, Finding, Intrusion, Said } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { msOf, sayAgo, sayDay, sayLength } from './clock.ts';
import type { Clock } from './clock.ts';
import { upperFirst } from './say.ts';
import type { Messages } from './messages.ts';

const hourMs = 3_600_000;

export interface ShortAnswer {
  readonly question: string;
  readonly answer: string;
  /** What it rests on. */
  readonly rests: readonly Because[];
  /** Sentences of why, the weightiest first. */
  readonly because: readonly Said[];
}

/** Of many reasons so many are named. */
const namedOf = 4;
const reasonsOf = (list: readonly { readonly because: readonly Because[] }[]): Because[] => {
  const all = list.flatMap(({ because }) => because);
  const rules = all.filter(({ kind }) => kind === 'rule');
  return [...all.filter(({ kind }) => kind !== 'rule').slice(0, namedOf), ...rules.slice(0, 1)];
};
const byId = (kind: Because['kind'], list: readonly { readonly id: string }[]): Because[] =>
  list.slice(0, namedOf).map(({ id }) => ({ kind, id }));

/** The verdict's sentences, without the first words where the headline above has just said them. */
export function leadOf({ headline, said }: Pick<Assessment['verdict'], 'headline' | 'said'>, say: Messages): readonly Said[] {
  const [first, ...others] = said;
  if (first === undefined) return [];
  const { text } = first;
  const rest = text.replace(say.yes, '');
  const told = /^[^.!?]+/u.exec(headline.replace(say.yes, ''))?.[0].trim().toLowerCase();
  const opening = /^(.+?)[.:]\s+(?=\S)/su.exec(rest);
  const shorter =
    opening !== null && opening[1]!.toLowerCase() === told
      ? upperFirst(rest.slice(opening[0].length))
      : say.yes.test(headline)
        ? upperFirst(rest)
        : text;
  return [{ ...first, text: shorter }, ...others];
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
  /** Each once, with the ids of all that say so. */
  readonly texts: readonly (Said & { readonly ids: readonly string[] })[];
  readonly where: string;
  readonly decides: string;
}

interface MissingText extends Said {
  readonly ids: string[];
}

/** The assessment says it in words only. */
const byHandWords = /\bnot (?:read|judged) by this version\b/i;

/** What would decide it first, then what this version cannot read whether or not it is here; each in the assessment's order. */
export function missingRecords(assessment: Assessment): { readonly deciding: MissingRecord[]; readonly byHand: MissingRecord[] } {
  const alike = new Map<string, Omit<MissingRecord, 'hosts' | 'texts'> & { hosts: string[]; texts: MissingText[] }>();
  for (const { id, kind, host, text, where, decides, because } of assessment.verdict.missing) {
    const key = JSON.stringify([kind, kind === 'host' ? host : '', where, decides]);
    const record = alike.get(key) ?? { kind, hosts: [], texts: [], where, decides };
    alike.set(key, record);
    if (host !== null) record.hosts.push(host);
    const same = record.texts.find((one) => one.text === text);
    if (same === undefined) record.texts.push({ text, because, ids: [id] });
    else same.ids.push(id);
  }
  const all = [...alike.values()];
  const isByHand = (record: MissingRecord): boolean => record.texts.every(({ text }) => byHandWords.test(text));
  return { deciding: all.filter((record) => !isByHand(record)), byHand: all.filter(isByHand) };
}

/** No log that is missing could change the answer, as `afterpatch next` says it, too. */
export const isSettled = ({ next, verdict }: Assessment): boolean =>
  verdict.exitCode === 0 || (next.says !== '' && next.list.length === 0);

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

/** What rules of others say stands with an intruder, and never above what is proven of him. */
const orderOf = (finding: Finding): number => (finding.stage === 'none' ? 2 : Number(isOfOthers(finding)));
export const isOfOthers = ({ rule }: Finding): boolean => /^(?:other|indicator|signature)\//.test(rule);

/** What is proven first, the gravest stage first, in each the earliest first, those without a time last. */
export function inOrderOfProof(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      orderOf(a) - orderOf(b) ||
      stageRank(b.stage) - stageRank(a.stage) ||
      byCodeUnit(a.timeUtc ?? '~', b.timeUtc ?? '~') ||
      byCodeUnit(a.id, b.id),
  );
}

/** The moment that the evidence ends, or now. */
export const endMs = (assessment: Assessment, clock: Clock): number =>
  msOf(assessment.organisation.evidenceEndUtc) ?? clock.nowMs;

export function stillThere(assessment: Assessment, clock: Clock, say: Messages): ShortAnswer {
  const { presence, stage, entered, answer, restsOn } = assessment.verdict;
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
  const rests = reached ? presence.because : restsOn.entered;
  const backRests = reasonsOf(open.length > 0 ? open : unknown.length > 0 ? unknown : presence.waysBack);
  // Somebody seen comes first; a door that stands open before "we see nobody".
  const seenFirst = presence.seen === 'active' || presence.seen === 'quiet' || ways === '';
  const told: Said[] = [
    { text: seen, because: rests },
    { text: since, because: rests },
  ];
  const back: Said = { text: ways, because: backRests };
  const [first, ...because] = [...(seenFirst ? [...told, back] : [back, ...told]), { text: ends, because: rests }];
  return {
    question: say.stillThere,
    answer: first.text,
    rests: first.because,
    because: because.filter(({ text }) => text !== ''),
  };
}

/** The intruder whose targeting the page tells first: the furthest one who was not declared. */
export const foremost = (assessment: Assessment): Intrusion | undefined =>
  people(assessment).find((one) => one.role === 'intruder' && one.declared === null);

export function pickedOut(assessment: Assessment, say: Messages): ShortAnswer {
  const one = foremost(assessment);
  const question = say.pickedOut;
  if (one === undefined) {
    const known = assessment.verdict.answer === 'no_evidence';
    const answer = known ? say.nobodyToJudge : say.notKnownWho;
    return { question, answer, rests: assessment.verdict.restsOn.answer, because: [] };
  }
  const { targeting } = one;
  const order: readonly ('for' | 'against' | 'open')[] =
    targeting.word === 'chosen' ? ['for', 'open'] : targeting.word === 'open' ? ['open', 'against'] : ['against', 'open'];
  const because = order.flatMap((weighs) => targeting.reasons.filter((reason) => reason.weighs === weighs)).slice(0, 2);
  return { question, answer: say.targeting(targeting.word), rests: targeting.because, because };
}

export function howMany(assessment: Assessment, say: Messages): ShortAnswer {
  const own = assessment.intrusions.filter((one) => one.declared !== null);
  const others = assessment.intrusions.filter((one) => one.declared === null);
  const intruders = others.filter((one) => one.role === 'intruder');
  const visiting = others.filter((one) => one.role === 'visitor');
  const inside = intruders.filter((one) => stageRank(one.stage) >= stageRank('exploited')).length;
  // Beside somebody who is known, what nothing ties to anybody is no second person.
  const unplaced = intruders.filter(isUnplaced).length;
  const unsure = unplaced < intruders.length ? unplaced : 0;
  const who = (list: readonly Intrusion[]): Because[] => [
    ...byId('intrusion', list),
    ...reasonsOf(list).filter(({ kind }) => kind === 'rule'),
  ];
  const because: Said[] = [
    { text: say.counts(intruders.length - inside, inside, unsure), because: who(intruders) },
    { text: visiting.length > 0 ? say.visitorsAre : '', because: who(visiting) },
  ];
  return {
    question: say.howMany,
    answer: say.counted(
      intruders.length - unsure,
      unsure,
      visiting.length,
      own.filter(({ declared }) => !isAcknowledged(declared)).length,
      own.filter(({ declared }) => isAcknowledged(declared)).length,
    ),
    rests: assessment.intrusions.length === 0 ? assessment.verdict.restsOn.answer : who([...intruders, ...visiting, ...own]),
    because: because.filter(({ text }) => text !== ''),
  };
}

/** No time and no address that the server saw. */
const isUnplaced = ({ firstUtc, observables }: Intrusion): boolean =>
  firstUtc === null && !observables.some(({ kind, standing }) => kind === 'address' && standing === 'direct');

export function notSeen(assessment: Assessment, clock: Clock, say: Messages): ShortAnswer {
  const { deciding, byHand } = missingRecords(assessment);
  const listed = deciding.length > 0 ? deciding : byHand;
  const names = listed.slice(0, 3).map(({ kind, hosts }) => say.missingName(kind, hosts));
  if (listed.length > names.length) names.push(say.andMore(listed.length - names.length));
  const { sources } = assessment.coverage;
  const begins = sources.flatMap((source) =>
    source.spans.flatMap((span) => {
      const ms = msOf(span.fromUtc);
      return ms === null ? [] : [{ ms, source }];
    }),
  );
  const oldest = begins.reduce<(typeof begins)[number] | null>(
    (least, one) => (least === null || one.ms < least.ms ? one : least),
    null,
  );
  const restsOf = (records: readonly MissingRecord[]): Because[] =>
    byId(
      'missing',
      records.flatMap(({ texts }) => texts.flatMap(({ ids }) => ids.slice(0, 1).map((id) => ({ id })))),
    );
  const absent = assessment.organisation.absentHosts;
  const because: Said[] = [
    ...(names.length > 0 ? [{ text: `${upperFirst(names.join(', '))}.`, because: restsOf(listed) }] : []),
    ...(deciding.length > 0 && byHand.length > 0 ? [{ text: say.notReadYet(byHand.length), because: restsOf(byHand) }] : []),
    ...(oldest === null
      ? []
      : [
          {
            text: say.logsBegin(sayDay(clock, oldest.ms)),
            because: [...byId('source', [oldest.source]), ...oldest.source.because],
          },
        ]),
    ...(absent.length > 0 ? [{ text: say.absent(absent), because: restsOf(listed.filter(({ kind }) => kind === 'host')) }] : []),
  ];
  const settled = listed.length === 0 ? assessment.verdict.restsOn.beyond : restsOf(listed);
  return {
    question: say.notSeen,
    answer: say.notSeenCount(deciding.length, byHand.length, isSettled(assessment)),
    rests: settled,
    because: because.map((one) => (one.because.length > 0 ? one : { ...one, because: assessment.verdict.restsOn.beyond })),
  };
}
