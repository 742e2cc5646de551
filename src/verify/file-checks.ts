/** Is a file or page of theirs gone? Asked of the disk, of listings and of the web log. */
import type { StepCheck } from '../core/plan.ts';
import { stateOfFile } from './file-state.ts';
import type { Facts, Found } from './facts.ts';
import { verifySentences as say } from './messages.ts';
import { cannotTell, isDone, latest, notDone, type Outcome, strongest } from './outcome.ts';
import { pageOf } from './step-rules.ts';

type FileCheck = Extract<StepCheck, { kind: 'file_gone' | 'page_not_answered' }>;

/** @param evictedMs when the step is said to have been done; null: nobody says, the end of the case counts */
export function fileOutcome(facts: Facts, step: number, check: FileCheck, evictedMs: number | null): Outcome {
  const page = pageOf(check.path);
  const outcomes = [
    ...(page === null ? [] : [pageOutcome(facts, step, page, check.host)]),
    ...stateOfFile(facts, step, check, evictedMs ?? facts.beforeEndMs),
  ];
  const told = outcomes.filter(({ state }) => state !== 'cannot_tell');
  if (told.length === 0) {
    return outcomes.length > 0 ? outcomes[0]! : cannotTell(say.fileUnknown(check.path, check.host));
  }
  const best = strongest(told);
  if (best.state === 'not_done') {
    // A request for it and the file itself say one thing together: whether it was written anew is told by either.
    const again = told.find(({ state, back }) => state === 'not_done' && back === 'again');
    const others = told.filter((one) => one !== best && one.state === 'not_done');
    return {
      ...best,
      text: [best.text, ...others.map(({ text }) => text)].join(' '),
      evidence: told
        .filter(({ state }) => state === 'not_done')
        .flatMap(({ evidence }) => evidence)
        .slice(0, 6),
      back: again === undefined ? 'leftover' : 'again',
    };
  }
  return {
    ...best,
    doneMs: latest(told.map(({ doneMs }) => doneMs)),
    text: told.map(({ text }) => text).join(' '),
    evidence: told.flatMap(({ evidence }) => evidence).slice(0, 6),
  };
}

/** Requests of after the case. */
function pageOutcome(facts: Facts, step: number, page: string, host: string | null): Outcome {
  const since = ({ hit }: Found): boolean => hit.lastMs !== null && hit.lastMs > facts.beforeEndMs;
  const answered = facts.hits(step, 'answered', host).filter(since);
  const missed = facts.hits(step, 'missed', host).filter(since);
  const lastAnswered = latest(answered.map(({ hit }) => hit.lastMs));
  const lastMissed = latest(missed.map(({ hit }) => hit.lastMs));
  const proofs = (list: readonly Found[]): Outcome['evidence'] =>
    list
      .toSorted((a, b) => (b.hit.lastMs ?? 0) - (a.hit.lastMs ?? 0))
      .slice(0, 3)
      .map(({ hit }) => facts.proof(hit.rows.at(-1)!));
  const own = answered[0]?.host ?? missed[0]?.host ?? host;
  if (lastAnswered !== null && (lastMissed === null || lastMissed < lastAnswered)) {
    // Gone once, and there again: not the same file that nobody took away.
    const first = Math.min(...missed.map(({ hit }) => Math.max(hit.firstMs ?? Infinity, facts.beforeEndMs)));
    const cameBack = first < lastAnswered && !feigned(facts, page, host, []);
    return notDone(
      cameBack ? say.pageCameBack(page, own, first, lastAnswered) : say.pageAnswers(page, own, lastAnswered),
      'server',
      proofs(answered),
      cameBack ? 'again' : 'leftover',
    );
  }
  if (lastMissed !== null && feigned(facts, page, host, [...askedAt(answered, false), ...askedAt(missed, true)]))
    return cannotTell(say.pageMixed(page, own, lastMissed), proofs(missed));
  if (lastMissed !== null) {
    const firstMissed = Math.min(
      ...missed
        .flatMap(({ hit }) => hit.rows.map(({ timeMs }) => timeMs ?? Infinity))
        .filter((ms) => ms > (lastAnswered ?? facts.beforeEndMs)),
      lastMissed,
    );
    return isDone(
      say.pageMissed(page, own, firstMissed),
      facts.viewOf(missed[0]!.row.artifact, own),
      firstMissed,
      proofs(missed),
    );
  }
  const { toMs } = facts.outside(host);
  return cannotTell(toMs > facts.beforeEndMs ? say.pageUnasked(page, host) : say.noWebLog(host));
}

interface AskedAt {
  readonly ms: number;
  readonly missed: boolean;
}

const askedAt = (found: readonly Found[], missed: boolean): AskedAt[] =>
  found.flatMap(({ hit }) => hit.rows.flatMap(({ timeMs }) => (timeMs === null ? [] : [{ ms: timeMs, missed }])));

/** Whether it says "not found" at will: so in the case, or since, between two answers. */
function feigned(facts: Facts, page: string, host: string | null, since: readonly AskedAt[]): boolean {
  const known = facts.before.findings
    .filter(
      (finding) =>
        (host === null || finding.host === null || finding.host === host) &&
        finding.observables.some(({ kind, value }) => kind === 'page' && value.toLowerCase() === page),
    )
    .flatMap(({ evidence }) => evidence)
    .flatMap(({ shown, timeUtc }): AskedAt[] => {
      const ms = Date.parse(timeUtc ?? '');
      const status = / (404|2\d\d) \d/.exec(shown)?.[1];
      return Number.isNaN(ms) || status === undefined ? [] : [{ ms, missed: status === '404' }];
    });
  const times = (of: boolean): number[] => [...known, ...since].filter(({ missed }) => missed === of).map(({ ms }) => ms);
  const answers = times(false);
  const [first, last] = [Math.min(...answers), Math.max(...answers)];
  return times(true).some((ms) => first < ms && ms < last);
}
