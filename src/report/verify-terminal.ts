/** What verifying found, as lines for a terminal: what is not done first. */
import type { StepState, Verification, VerifiedStep } from '../core/verified.ts';
import { wrap } from './terminal-text.ts';
import { verifyWords as say } from './verify-words.ts';

export interface VerifyTextOptions {
  readonly width: number;
  /** Where everything lies. */
  readonly folder: string;
  readonly report: string;
}

const order: readonly StepState[] = ['not_done', 'cannot_tell', 'done'];
const listedProofs = 2;
/** Fresh findings that are told one by one. */
const listedFresh = 12;

export function renderVerified(verified: Verification, { width, folder, report }: VerifyTextOptions): string {
  const columns = Math.min(100, Math.max(40, Math.floor(width)));
  const lines = [...wrap(verified.headline, columns), ...wrap(verified.sentence, columns)];
  if (verified.fresh.length > 0) {
    lines.push('', `${say.fresh}:`);
    for (const one of verified.fresh.slice(0, listedFresh)) {
      lines.push(...wrap(`[!] ${one.title}`, columns, 2), ...wrap(one.text, columns, 6));
    }
    if (verified.fresh.length > listedFresh) lines.push(...wrap(say.more(verified.fresh.length - listedFresh), columns, 6));
  }
  for (const state of order) {
    const own = verified.steps.filter((step) => step.state === state && !isOfPeople(step));
    if (own.length === 0) continue;
    lines.push('', `${say.states[state]} (${own.length}):`);
    for (const step of own) lines.push(...stepLines(step, columns));
  }
  // Of these there is nothing to say but whether somebody did them.
  const people = verified.steps.filter(isOfPeople);
  if (people.length > 0) {
    lines.push('', ...wrap(`${say.people} (${people.length}):`, columns));
    for (const { title, said } of people)
      lines.push(
        ...wrap(
          `${said === null ? '[?]' : '[s]'} ${title}${said === null ? '' : `: ${say.said(said.by, said.doneUtc)}`}`,
          columns,
          2,
        ),
      );
  }
  lines.push('', `${say.nowTitle}:`, ...whatNow(verified).flatMap((line) => wrap(`- ${line}`, columns, 2)));
  lines.push(
    '',
    ...wrap(`${say.report}  ${report}`, columns),
    ...wrap(`${say.data}  ${folder}`, columns),
    ...wrap(`${say.exit}  ${say.exitMeans(verified.exitCode)}`, columns),
  );
  return `${lines.join('\n')}\n`;
}

/** What to do with this, the most pressing first; one to three lines. */
export function whatNow({ steps, fresh, watched, exitCode }: Verification): string[] {
  const numbered = steps.map((step, index) => ({ ...step, number: index + 1 }));
  const back = numbered.filter((step) => step.back === 'again');
  const came = fresh.filter(({ kind }) => kind === 'again' || kind === 'new');
  const hosts = [...new Set([...back, ...came].map(({ host }) => host).filter((host) => host !== null))];
  const isIn = back.length + came.length > 0;
  const closing = numbered.find(({ check }) => check === 'no_requests_from_outside');
  // That the log of before is not here is no step that closes anything.
  const open = numbered.filter(({ state, check }) => state === 'not_done' && check !== 'quiet_since');
  const pressing = open.toSorted((a, b) => Number(a.check === 'source_here') - Number(b.check === 'source_here'));
  const unsure = numbered.filter(({ state, check }) => state === 'cannot_tell' && check !== 'by_hand' && check !== 'quiet_since');
  return [
    ...(isIn ? [say.now.cutOff(hosts, closing?.number ?? null)] : []),
    ...(pressing.length > 0
      ? [
          say.now.open(
            pressing.map(({ number }) => number),
            pressing[0]!.title,
          ),
        ]
      : unsure.length > 0
        ? [
            say.now.unsure(
              unsure.map(({ number }) => number),
              unsure[0]!.title,
            ),
          ]
        : []),
    exitCode === 0 ? say.now.done : isIn || watched.untilUtc === null ? say.now.again : say.now.watch(watched.untilUtc),
  ];
}

/** Nothing but somebody’s word could tell. */
const isOfPeople = ({ check, state }: VerifiedStep): boolean => check === 'by_hand' && state === 'cannot_tell';

function stepLines(step: VerifiedStep, columns: number): string[] {
  const view = step.view === null ? '' : ` (${say.views[step.view]})`;
  const back = step.back === null ? '' : ` ${say.back[step.back]}`;
  return [
    ...wrap(`${say.marks[step.state]} ${step.title}`, columns, 2),
    ...wrap(`${step.text}${back}${view}`, columns, 6),
    ...step.evidence
      .slice(0, step.state === 'done' ? 1 : listedProofs)
      .flatMap(({ artifact, line }) => wrap(`${artifact}${line === null ? '' : `:${line}`}`, columns, 8)),
  ];
}
