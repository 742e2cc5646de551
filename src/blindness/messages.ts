/** What is said of a measurement: the answer first, no comfort where something was not seen. */
import type { BlindShare, BlindTechnique } from '../core/assessment.ts';
import { kindName, sayDay, sayDays, sayList } from '../judge/index.ts';

/** Whole percents, and never all or nothing where it is not. */
export function sayPercent(share: number): string {
  const whole = Math.round(share * 100);
  if (share > 0 && whole === 0) return 'less than 1 %';
  if (share < 1 && whole === 100) return 'more than 99 %';
  return `${whole} %`;
}

/** `83 % of the time`, with its bounds where it is not exact; `at most 1 %` where nothing is sure. */
function sayShare({ low, high, seen }: BlindShare): string {
  const [from, to] = [Math.floor(low * 100), Math.ceil(high * 100)];
  if (seen === 0) return `at most ${to} % of the time`;
  const whole = Math.round(seen * 100);
  const exact = high - low < 0.005 || (from === whole && to === whole);
  return `${sayPercent(seen)} of the time${exact ? '' : ` (between ${from} and ${to} %)`}`;
}

const days = (count: number): string => (count === 1 ? 'on the one day' : `on any of the ${count} days`);

type Told = Omit<BlindTechnique, 'says'>;

const lackWords = {
  missing: 'missing',
  gap: 'not here for all of that time',
} as const;

/** Of more servers not each is asked what it lacks. */
const namedServers = 3;

const whatOf = ({ why, columns }: Told['lacks'][number]): string =>
  why === 'columns' ? `without ${sayList(columns.slice(0, 4))}${columns.length > 4 ? ' and more' : ''}` : lackWords[why];

/**
 * `; your EWS logs are missing`, or a sentence of its own where there are several: what decides alone, most first; where nothing does,
 * what is missing together. A log that several servers lack is said once; all of them need no names.
 */
function sayLacks(lacks: Told['lacks'], servers: number): string {
  const alone = lacks.some((lack) => lack.alone);
  const hosts = new Map<string, { readonly log: string; readonly what: string; readonly hosts: Set<string | null> }>();
  for (const lack of lacks) {
    if (lack.alone !== alone) continue;
    const [log, what] = [kindName(lack.kind), whatOf(lack)];
    const one = hosts.get(`${log} ${what}`) ?? { log, what, hosts: new Set() };
    one.hosts.add(lack.host);
    hosts.set(`${log} ${what}`, one);
  }
  const list = [...hosts.values()].map((one) => {
    const names = [...one.hosts].filter((host) => host !== null);
    return {
      ...one,
      log: names.length === 0 || names.length >= servers || servers > namedServers ? one.log : `${one.log} of ${sayList(names)}`,
    };
  });
  const [only] = list;
  if (only === undefined) return '.';
  if (list.length === 1) return `; your ${only.log} ${verbOf(only.log)} ${only.what}.`;
  const shown = list.slice(0, 4).map(({ log, what }) => `${log} (${what})`);
  const more = list.length > shown.length ? ` and ${list.length - shown.length} more` : '';
  return `. ${alone ? 'Each of these alone would have shown it' : 'What would have shown it is lacking together'}: ${shown.join(', ')}${more}.`;
}

const verbOf = (log: string): string => (/logs(?: of |$)/.test(log) ? 'are' : 'is');

/** @param servers that take visitors: where a log is lacking of all of them, none is named */
function technique(told: Told, firstDayMs: number, lastDayMs: number, servers: number): string {
  const { share, withAll, firstUtc, lastUtc, name } = told;
  const lacks = sayLacks(told.lacks, servers);
  const what = upperFirst(name);
  if (withAll === 'unseen') return `${what}: this version does not see it in any of these logs, even where all of them are here.`;
  if (withAll === 'partly') {
    const limit = `${what}: even where all of these logs are here, this version says no more than that somebody tried`;
    if (share.partly >= 1) return `${limit}. That it would have said at any of these times.`;
    if (share.partly === 0) return `${limit}. Here it would never have said so${lacks}`;
    return `${limit}. That it would have said ${sayPercent(share.partly)} of the time${lacks}`;
  }
  const rest =
    share.partly === 0
      ? ''
      : ` At ${sayPercent(share.partly)} of the times we would have seen somebody, and not how far they came.`;
  if (share.high === 0) return `${what}: never${lacks}${rest}`;
  if (share.seen === 0) return `${what}: ${sayShare(share)}${lacks}${rest}`;
  if (share.low === 1) return `${what}: always.`;
  const from = firstUtc === null || Date.parse(firstUtc) <= firstDayMs ? '' : `, never before ${sayDay(Date.parse(firstUtc))}`;
  const until = lastUtc === null || Date.parse(lastUtc) >= lastDayMs ? '' : `, never after ${sayDay(Date.parse(lastUtc))}`;
  return `${what}: ${sayShare(share)}${from}${until}${lacks}${rest}`;
}

interface Overall {
  readonly share: BlindShare;
  readonly fromMs: number;
  /** End of the last day. */
  readonly toMs: number;
  readonly days: number;
  readonly techniques: readonly BlindTechnique[];
  readonly evidenceEndMs: number;
  readonly servers: number;
}

function overall({ share, fromMs, toMs, days: count, techniques, evidenceEndMs, servers }: Overall): string[] {
  if (Number.isNaN(evidenceEndMs))
    return ['Nothing that was handed in carries a time: there is no day on which anything could be tried.'];
  if (techniques.length === 0)
    return [`None of the campaigns that can be tried had begun before your evidence ends, on ${sayDay(evidenceEndMs)}.`];
  const asked = `${days(count)} ${sayDays(fromMs, toMs - 1)}`;
  const how =
    share.high === 0
      ? 'we would never have seen how far they came'
      : share.low === 1
        ? 'we would have seen how far they came, whichever day, hour and server they chose'
        : `we would have seen how far they came ${sayShare(share)}`;
  const first = techniques.map(({ firstUtc }) => firstUtc).filter((day) => day !== null);
  const earliest = first.length === 0 ? null : Math.min(...first.map((day) => Date.parse(day)));
  const before = share.seen === 0 || earliest === null || earliest <= fromMs ? '' : `; never before ${sayDay(earliest)}`;
  const says = [`Had they come ${asked}, ${how}${before}.`];
  if (share.partly > 0)
    says.push(
      `At ${sayPercent(share.partly)} of the times we would have seen that somebody was there, and not how far they came.`,
    );
  const never = techniques.filter((one) => one.share.high === 0 && one.withAll === 'seen');
  // `Never mail read through the hole; your EWS logs are missing.`
  if (share.seen > 0) for (const one of never.slice(0, 3)) says.push(`Never ${one.name}${sayLacks(one.lacks, servers)}`);
  return says;
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const blindSentences = {
  technique,
  overall,
  unknownPack: { what: 'all of it', why: 'no visit of it is written yet' },
  otherProduct: { what: 'all of it', why: 'your servers are of a product that does not have this hole' },
  otherTime: { what: 'all of it', why: 'your evidence does not reach into its time' },
} as const;
