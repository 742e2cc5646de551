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

/** ` (between 80 and 85 %)`, where it is not exact. */
function sayError({ low, high, seen }: BlindShare): string {
  const [from, to] = [Math.floor(low * 100), Math.ceil(high * 100)];
  const whole = Math.round(seen * 100);
  return high - low < 0.005 || (from === whole && to === whole) ? '' : ` (between ${from} and ${to} %)`;
}

const days = (count: number): string => (count === 1 ? 'on the one day' : `on any of the ${count} days`);

type Told = Omit<BlindTechnique, 'says'>;

/** `your EWS logs are missing`. */
function sayLack({ kind, host, why, columns }: Told['lacks'][number]): string {
  const log = `your ${kindName(kind)}${host === null ? '' : ` of ${host}`}`;
  switch (why) {
    case 'missing':
      return `${log} are missing`;
    case 'gap':
      return `${log} do not reach over all of that time`;
    case 'columns':
      return `${log} do not write ${sayList(columns.slice(0, 4))}${columns.length > 4 ? ' and more' : ''}`;
  }
}

/** What decides alone, most first; where nothing does, what is missing together. */
function sayLacks(lacks: Told['lacks']): string {
  const unique = [...new Set(lacks.slice(0, 3).map(sayLack))];
  return unique.length === 0 ? '' : `: ${sayList(unique)}`;
}

function technique(told: Told, firstDayMs: number, lastDayMs: number): string {
  const { share, withAll, firstUtc, lastUtc, lacks, name } = told;
  const what = name.charAt(0).toUpperCase() + name.slice(1);
  if (withAll === 'unseen') return `${what}: this version does not see it in any of these logs, even where all of them are here.`;
  if (withAll === 'partly') {
    const limit = `${what}: even where all of these logs are here, this version says no more than that somebody tried`;
    if (share.partly >= 1) return `${limit}; that it would have said at any of these times.`;
    if (share.partly === 0) return `${limit}; here it would never have said so${sayLacks(lacks)}.`;
    return `${limit}; that it would have said ${sayPercent(share.partly)} of the time${sayLacks(lacks)}.`;
  }
  const rest = share.partly === 0 ? '' : ` At ${sayPercent(share.partly)} of the times we would have seen somebody, and not how far they came.`;
  if (share.seen === 0) return `${what}: never${sayLacks(lacks)}.${rest}`;
  if (share.low === 1) return `${what}: always.`;
  const from = firstUtc === null || Date.parse(firstUtc) <= firstDayMs ? '' : `, never before ${sayDay(Date.parse(firstUtc))}`;
  const until = lastUtc === null || Date.parse(lastUtc) >= lastDayMs ? '' : `, never after ${sayDay(Date.parse(lastUtc))}`;
  return `${what}: ${sayPercent(share.seen)} of the time${sayError(share)}${from}${until}${sayLacks(lacks)}.${rest}`;
}

interface Overall {
  readonly share: BlindShare;
  readonly fromMs: number;
  /** End of the last day. */
  readonly toMs: number;
  readonly days: number;
  readonly techniques: readonly BlindTechnique[];
  readonly evidenceEndMs: number;
}

function overall({ share, fromMs, toMs, days: count, techniques, evidenceEndMs }: Overall): string[] {
  if (Number.isNaN(evidenceEndMs)) return ['Nothing that was handed in carries a time: there is no day on which anything could be tried.'];
  if (techniques.length === 0)
    return [`None of the campaigns that can be tried had begun before your evidence ends, on ${sayDay(evidenceEndMs)}.`];
  const asked = `${days(count)} ${sayDays(fromMs, toMs - 1)}`;
  const how =
    share.seen === 0
      ? `we would never have seen how far they came`
      : share.low === 1
        ? `we would have seen how far they came, whichever day, hour and server they chose`
        : `we would have seen how far they came ${sayPercent(share.seen)} of the time${sayError(share)}`;
  const first = techniques.map(({ firstUtc }) => firstUtc).filter((day) => day !== null);
  const earliest = first.length === 0 ? null : Math.min(...first.map((day) => Date.parse(day)));
  const before = earliest === null || earliest <= fromMs ? '' : `; never before ${sayDay(earliest)}`;
  const says = [`Had they come ${asked}, ${how}${before}.`];
  if (share.partly > 0)
    says.push(`At ${sayPercent(share.partly)} of the times we would have seen that somebody was there, and not how far they came.`);
  const never = techniques.filter((one) => one.share.seen === 0 && one.withAll === 'seen');
  if (never.length > 0 && share.seen > 0) says.push(...never.slice(0, 3).map((one) => `Never ${lowerFirst(one.says)}`).map(withoutNever));
  return says;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
/** `Never mail read through the hole: your EWS logs are missing.` */
const withoutNever = (text: string): string => text.replace(/: never(?=[:.])/, '');

export const blindSentences = {
  technique,
  overall,
  unknownPack: { what: 'all of it', why: 'no visit of it is written yet' },
  otherProduct: { what: 'all of it', why: 'your servers are of a product that does not have this hole' },
  otherTime: { what: 'all of it', why: 'your evidence does not reach into its time' },
} as const;
