/** `afterpatch case`: a case over time, as lines for a terminal. */
import type { CaseDiff, HandedBefore, LackingNow } from '../case/index.ts';
import type { Acknowledgement } from '../core/acknowledged.ts';
import type { StillOpen, Verification } from '../core/verified.ts';
import type { Assessment, Finding } from '../core/assessment.ts';
import { isoUtc } from '../core/time.ts';
import { answerWords, caseWords as say, sayUtcDay } from './case-words.ts';
import { messagesOf } from './messages.ts';
import { wrap } from './terminal-text.ts';

const columns = 100;
const listed = 12;

const block = (title: string, items: readonly string[]): string[] =>
  items.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...items
          .slice(0, listed)
          .flatMap((item) => wrap(item, columns, 4).map((line, at) => (at === 0 ? `  - ${line.trimStart()}` : line))),
        ...(items.length > listed ? [`    … and ${items.length - listed} more`] : []),
      ];

const counted = (title: string, items: readonly string[]): string => `${title} (${items.length})`;

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

export const renderAcknowledged = (list: readonly Acknowledgement[], nowMs: number): string =>
  text(
    list.length === 0
      ? [say.none]
      : list.flatMap((one) => [...wrap(say.acknowledged(one, nowMs), columns), ...wrap(say.said(one), columns, 4)]),
  );

export interface ShownAssessment {
  readonly number: number;
  readonly nowMs: number | null;
  readonly assessment: Assessment;
}

export function renderCaseShow(
  kept: readonly ShownAssessment[],
  list: readonly Acknowledgement[],
  verified: Verification | null,
  nowMs: number,
): string {
  const lines = [`${say.assessments}:`];
  for (const { number, nowMs: atMs, assessment } of kept) {
    const { verdict, organisation, findings } = assessment;
    const counted = findings.filter(({ confidence, declared }) => confidence !== 'possible' && declared === null).length;
    const day = atMs === null ? 'unknown day' : isoUtc(atMs).slice(0, 10);
    const told = say.assessment(number, day, sayUtcDay(organisation.evidenceEndUtc), verdict.headline, counted, verdict.exitCode);
    lines.push(...wrap(told, columns, 2));
  }
  const { verdict } = kept.at(-1)!.assessment;
  // What was looked at last knows more than the assessment of before.
  const all: readonly Omit<StillOpen, 'fresh'>[] = verified?.waysBack.list ?? verdict.presence.waysBack;
  const ways = (state: 'open' | 'closed' | 'unknown'): string[] =>
    all
      .filter((way) => way.state === state)
      .map(({ what, kind, host, why }) => `${what === '' ? kind : what}${host === null ? '' : ` on ${host}`}: ${why}`);
  if (verified !== null) {
    lines.push('', ...wrap(say.verified(verified.evidence.toUtc, verified.headline, verified.sentence), columns));
    lines.push(
      ...block(
        say.since,
        verified.fresh.map(({ title, text: what }) => `${title}: ${what}`),
      ),
      ...block(
        say.notDone,
        verified.steps.flatMap(({ state, title }) => (state === 'not_done' ? [title] : [])),
      ),
    );
  }
  if (all.length === 0) lines.push('', say.noWays);
  lines.push(
    ...block(counted(say.open, ways('open')), ways('open')),
    ...block(counted(say.unknown, ways('unknown')), ways('unknown')),
    ...block(counted(say.closed, ways('closed')), ways('closed')),
    ...block(
      say.missing,
      verdict.missing.map((one) => one.text),
    ),
    ...block(
      say.acknowledgements,
      list.map((one) => `${say.acknowledged(one, nowMs)}. ${say.said(one)}`),
    ),
    '',
    ...wrap(say.next, columns),
  );
  return text(lines);
}

export function renderCaseDiff(diff: CaseDiff, a: number, b: number): string {
  const findings = (list: readonly Finding[]): string[] =>
    list
      .filter(({ confidence }) => confidence !== 'possible')
      .map(
        ({ title, host, timeUtc, count }) =>
          `${title}${host === null ? '' : ` on ${host}`}${timeUtc === null ? '' : `, ${timeUtc.slice(0, 16).replace('T', ' ')} UTC`}${count > 1 ? ` (${count} rows)` : ''}`,
      );
  const spans = spansTold;
  const word = (answer: string): string => answerWords[answer as keyof typeof answerWords];
  return text([
    say.diff(a, b),
    diff.answer.changed
      ? say.otherAnswer(word(diff.answer.before), word(diff.answer.after))
      : say.sameAnswer(word(diff.answer.after)),
    ...block(say.lost, spans(diff.lost)),
    ...block(say.because, diff.because),
    ...block(say.noMore, diff.noMore),
    ...block(say.fresh, findings(diff.newFindings)),
    ...block(say.gone, findings(diff.goneFindings)),
    ...block(say.declared, findings(diff.declared)),
    ...block(say.undeclared, findings(diff.undeclared)),
    ...block(say.gained, spans(diff.gained)),
    ...block(say.missingNoMore, diff.missingNoMore),
    ...block(say.missingNow, diff.missingNow),
  ]);
}

function spansTold(list: CaseDiff['gained']): string[] {
  const { source } = messagesOf('en');
  return list.map(
    ({ kind, host, spans: own }) =>
      `${source(kind)}${host === null ? '' : ` of ${host}`}: ${own.map(({ fromUtc, toUtc }) => `${fromUtc.slice(0, 10)} to ${toUtc.slice(0, 10)}`).join(', ')}`,
  );
}

/** Before everything else: an assessment into a case, without what the one before it rested on. */
export function renderLackingNow(
  before: HandedBefore,
  { times, states }: LackingNow,
  { folder, paths, width }: { readonly folder: string; readonly paths: readonly string[]; readonly width: number },
): string {
  const room = Math.min(columns, Math.max(40, Math.floor(width)));
  const { source } = messagesOf('en');
  const typed = (one: string): string => (/^[\w./\\:-]+$/.test(one) ? one : `"${one}"`);
  const both = [...new Set([...before.paths, ...paths])].map(typed).join(' ');
  const items = [...spansTold(times), ...states.map((kind) => say.stateFiles(source(kind)))];
  return text([
    ...wrap(say.warning(before.headline), room),
    `${say.notHandedIn}:`,
    ...items.slice(0, listed).flatMap((item) => wrap(`- ${item}`, room, 2)),
    ...(items.length > listed ? [`    … and ${items.length - listed} more`] : []),
    ...wrap(
      say.handInBoth(`npx afterpatch assess ${both} --out ${typed(folder)}`, `npx afterpatch case show ${typed(folder)}`),
      room,
    ),
    '',
  ]);
}
