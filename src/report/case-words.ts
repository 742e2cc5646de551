/** Words of `afterpatch case`. */
import type { Acknowledgement } from '../core/acknowledged.ts';
import type { Answer } from '../core/assessment.ts';
import { isoUtc, oneDayMs } from '../core/time.ts';

export const sayUtcDay = (utc: string | null): string => (utc === null ? 'unknown day' : utc.slice(0, 10));

export const answerWords: Readonly<Record<Answer, string>> = {
  confirmed: 'got in, and left something or did more',
  suspected: 'got in or probably did',
  attempted: 'tried',
  cannot_tell: 'cannot be told',
  no_evidence: 'nothing found',
};

const lastDay = (one: Acknowledgement): string => isoUtc(Date.parse(one.untilUtc) - oneDayMs).slice(0, 10);

export const caseWords = {
  none: 'Nothing was acknowledged in this case.',
  acknowledged: (one: Acknowledgement, nowMs: number) => {
    const state =
      one.withdrawnUtc !== null
        ? `taken back on ${sayUtcDay(one.withdrawnUtc)}`
        : Date.parse(one.untilUtc) <= nowMs
          ? `ended after ${lastDay(one)}: counts again`
          : `holds until ${lastDay(one)}`;
    return `${one.id}  ${one.title}${one.host === null ? '' : ` (${one.host})`}; ${state}`;
  },
  said: (one: Acknowledgement) =>
    `${one.by} said on ${sayUtcDay(one.saidUtc)}: “${one.reason}” (${one.contents.length === 1 ? 'one row or file' : `${one.contents.length} rows`})`,
  assessments: 'Assessments',
  assessment: (number: number, day: string, end: string, headline: string, findings: number, exit: number) =>
    `${number}  ${day}  evidence to ${end}  exit ${exit}  ${findings} findings  ${headline}`,
  open: 'Ways back that are open',
  unknown: 'Ways back of which it is not known',
  closed: 'Ways back that are closed',
  noWays: 'No way back is known.',
  missing: 'Still missing',
  acknowledgements: 'Acknowledged',
  verified: (endUtc: string | null, headline: string, sentence: string) =>
    `Verified last, with evidence to ${sayUtcDay(endUtc)}: ${headline} ${sentence}`,
  since: 'New since the case',
  notDone: 'Steps that are not done',
  next: 'npx afterpatch next <case> says which files would still change the answer; npx afterpatch verify <case> <new evidence> what was done.',
  diff: (a: number, b: number) => `Assessment ${a} → ${b}`,
  sameAnswer: (answer: string) => `The answer is the same: ${answer}.`,
  otherAnswer: (before: string, after: string) => `The answer changed: ${before} → ${after}.`,
  because: 'Because',
  noMore: 'What was a reason before and is none now',
  fresh: 'New findings',
  gone: 'Findings that are gone',
  declared: 'Left out of the answer now',
  undeclared: 'Counts again',
  gained: 'Logs gained',
  lost: 'Logs that were handed in before, and not this time: what they showed is not in this answer, and that alone can change it',
  warning: (headline: string) =>
    `WARNING: part of what this case rested on was not handed in this time. The answer below is given without it, and can be weaker for that alone. The answer before was: ${headline}`,
  notHandedIn: 'Not handed in this time',
  stateFiles: (kind: string) => `${kind}, on which findings rested`,
  handInBoth: (command: string, show: string) =>
    `Hand in both together: ${command}. To look only whether the clean-up was done, use npx afterpatch verify instead: it leaves the answer as it is. The answer before is kept: ${show}`,
  missingNoMore: 'Not missing any more',
  missingNow: 'Missing now',
  nothing: 'none',
} as const;
