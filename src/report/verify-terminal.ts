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
  lines.push(
    '',
    ...wrap(`${say.report}  ${report}`, columns),
    ...wrap(`${say.data}  ${folder}`, columns),
    ...wrap(`${say.exit}  ${say.exitMeans(verified.exitCode)}`, columns),
  );
  return `${lines.join('\n')}\n`;
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
