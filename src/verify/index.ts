/**
 * New evidence → which steps of a case's plan were done, and whether anything came after. In: the case, what people said, the assessment of
 * the new evidence and what it was made of. Out: each step done, not done or not to be told, with whose word it rests on; what is new; how
 * long it was watched. "Gone" is never an answer: that every known way back is closed, and that nothing new was seen for so many days, is.
 */
import type { Assessment } from '../core/assessment.ts';
import { isoUtcOrNull, oneDayMs } from '../core/time.ts';
import { type SaidDone, type Verification, type VerifiedStep, verifySchema } from '../core/verified.ts';
import type { Observed } from '../run/index.ts';
import { kindName } from '../judge/index.ts';
import { Facts, type HostsOf } from './facts.ts';
import { fileOutcome } from './file-checks.ts';
import { type Fresh, freshOf, pageAt } from './fresh.ts';
import { verifySentences as say } from './messages.ts';
import { cannotTell, isDone, latest, notDone, type Outcome } from './outcome.ts';
import { secretOutcome } from './secret-checks.ts';
import { buildOutcome, cutOutcome, sourceOutcome } from './server-checks.ts';
import { type CheckedStep, pageOf } from './step-rules.ts';
import { settingOutcome, thingOutcome } from './thing-checks.ts';
import { sayWays, type Ways, waysNow } from './ways.ts';

export { type CheckedStep, knownPages, stepRules } from './step-rules.ts';
export { stepsOf } from './steps-of.ts';
export { viewWords } from './messages.ts';

/** Whether anything of it may tell what was done since: it is newer than the case, or a state without a date that the case has not. */
export function isOfAfter({ before, after, observed, hosts }: Omit<VerifyInput, 'steps' | 'said'>): boolean {
  const facts = new Facts(before, after, observed, hosts);
  return facts.anyAfter || facts.anyUndated;
}

export interface VerifyInput {
  readonly before: Assessment;
  readonly steps: readonly CheckedStep[];
  readonly said: readonly SaidDone[];
  readonly after: Assessment;
  readonly observed: Observed;
  readonly hosts: HostsOf;
}

export function verify({ before, steps, said, after, observed, hosts }: VerifyInput): Verification {
  const facts = new Facts(before, after, observed, hosts);
  const lastSaid = new Map(said.toSorted((a, b) => (a.saidUtc < b.saidUtc ? -1 : 1)).map((one) => [one.step, one]));
  const { anyAfter } = facts;
  const outcomes = steps.map((step, number) => {
    const outcome = outcomeOf(facts, step, number, lastSaid.get(step.id) ?? null);
    // Old evidence that is handed in again has nothing in it either.
    return outcome?.state === 'done' && step.check.kind !== 'source_here' && !anyAfter
      ? cannotTell(say.allOld, outcome.evidence)
      : outcome?.state === 'cannot_tell' && ofState.has(step.check.kind) && facts.anyUnplaced
        ? { ...outcome, text: outcome.text + say.unplaced }
        : outcome;
  });
  const fresh = freshOf(facts, closedPages(steps, outcomes));
  // What was done last begins the time that is watched; where nothing tells when, the word of whoever did it does.
  const lastMs = latest([
    ...outcomes.map((outcome) => outcome?.doneMs ?? null),
    ...steps.map((step, number) =>
      outcomes[number]?.state === 'done' && outcomes[number].doneMs === null ? saidMs(lastSaid.get(step.id)) : null,
    ),
  ]);
  const watched = watchedOf(facts, lastMs, steps);
  const verified = steps.map((step, number): VerifiedStep => {
    const outcome = outcomes[number] ?? quietOutcome(step, watched, fresh);
    const own = lastSaid.get(step.id) ?? null;
    const contradicted = own !== null && outcome.state === 'not_done';
    return {
      id: step.id,
      title: step.title,
      host: step.host,
      check: step.check.kind,
      state: outcome.state,
      view: outcome.view ?? (own === null ? null : 'people'),
      doneUtc: isoUtcOrNull(outcome.doneMs),
      text:
        outcome.text +
        (own === null
          ? ''
          : contradicted
            ? say.contradicted(own.by, own.doneUtc)
            : outcome.state === 'cannot_tell'
              ? say.saidSo(own.by, own.doneUtc)
              : ''),
      evidence: outcome.evidence,
      back: outcome.back,
      said: own,
      contradicted,
    };
  });
  const ways = waysNow(before.verdict.presence.waysBack, steps, verified, fresh.findings);
  return concluded({ before, after, verified, fresh, watched, ways });
}

/** Checks that lists and files of a server answer. */
const ofState: ReadonlySet<string> = new Set(['file_gone', 'page_not_answered', 'thing_gone', 'setting_lacks', 'secret_new']);

/** Pages whose file or answer is gone. */
const closedPages = (steps: readonly CheckedStep[], outcomes: readonly (Outcome | null)[]): ReadonlySet<string> =>
  new Set(
    steps.flatMap(({ check }, number) => {
      const page = check.kind === 'file_gone' || check.kind === 'page_not_answered' ? pageOf(check.path) : null;
      return page === null || outcomes[number]?.state !== 'done' || !('host' in check) ? [] : [pageAt(page, check.host)];
    }),
  );

const saidMs = (said: SaidDone | undefined): number | null => {
  const ms = Date.parse(said?.doneUtc ?? '');
  return Number.isNaN(ms) ? null : ms;
};

/** Null: it rests on all others. */
function outcomeOf(facts: Facts, { check, host }: CheckedStep, number: number, said: SaidDone | null): Outcome | null {
  switch (check.kind) {
    case 'file_gone':
    case 'page_not_answered':
      return fileOutcome(facts, number, check, saidMs(said ?? undefined));
    case 'thing_gone':
      return thingOutcome(facts, number, check);
    case 'setting_lacks':
      return settingOutcome(facts, number, check);
    case 'secret_new':
      return secretOutcome(facts, number, check);
    case 'no_requests_from_outside':
      return cutOutcome(facts, host === null ? [...new Set([check.host, ...facts.entered])] : [check.host]);
    case 'build_at_least':
      return buildOutcome(facts, check);
    case 'source_here':
      return sourceOutcome(facts, check, kindName);
    case 'by_hand':
      return cannotTell(say.byHand);
    case 'quiet_since':
      return null;
  }
}

type Watched = Verification['watched'];

/** Logs in which something new would stand. */
const telling = ['iis-w3c', 'httpproxy', 'ecp-server'];
const slackMs = oneDayMs / 2;

function watchedOf(facts: Facts, lastMs: number | null, steps: readonly CheckedStep[]): Watched {
  const asked = Math.max(0, ...steps.map(({ check }) => (check.kind === 'quiet_since' ? check.days : 0)));
  const { after, before, endMs } = facts;
  const fromMs = lastMs ?? facts.beforeEndMs;
  const touched = [...new Set(before.intrusions.flatMap(({ hosts }) => hosts.map(({ host }) => host)))];
  const named = touched.length > 0 ? touched : before.organisation.hosts;
  // Records in which no server has a name are one server's.
  const servers: readonly (string | null)[] = named.length > 0 ? named : [null];
  const kinds = telling.filter((kind) =>
    [...before.coverage.sources, ...after.coverage.sources].some((source) => source.kind === kind && source.spans.length > 0),
  );
  const lacking = kinds.flatMap((kind) =>
    servers
      .filter((host) =>
        before.coverage.sources.some((source) => source.kind === kind && source.host === host && source.spans.length > 0),
      )
      .filter(
        (host) =>
          !after.coverage.sources.some(
            (source) =>
              source.kind === kind &&
              source.host === host &&
              source.spans.some(
                (span) => Date.parse(span.fromUtc) - slackMs <= fromMs && Date.parse(span.toUtc) + slackMs >= endMs,
              ),
          ),
      )
      .map((host) => (host === null ? kindName(kind) : `${kindName(kind)} of ${host}`)),
  );
  return {
    fromUtc: isoUtcOrNull(fromMs),
    toUtc: isoUtcOrNull(endMs),
    days: Number.isNaN(fromMs) || Number.isNaN(endMs) ? 0 : Math.max(0, Math.floor((endMs - fromMs) / oneDayMs)),
    untilUtc: asked === 0 || Number.isNaN(fromMs) ? null : isoUtcOrNull(fromMs + asked * oneDayMs),
    covered: kinds.length > 0 && lacking.length === 0 && endMs > fromMs,
    lacking,
  };
}

function quietOutcome({ check }: CheckedStep, watched: Watched, fresh: Fresh): Outcome {
  const days = check.kind === 'quiet_since' ? check.days : 0;
  if (fresh.findings.length > 0) return notDone(say.quietFresh(fresh.findings.length), 'server', []);
  if (fresh.possible.length > 0) return cannotTell(say.quietPossible(fresh.possible.length));
  if (!watched.covered)
    return cannotTell(
      say.quietBlind(
        watched.lacking.length === 0
          ? 'no log goes on after the last change'
          : `${watched.lacking.join(', ')} do not go on to the end`,
      ),
    );
  return watched.days >= days
    ? isDone(say.quietDone(watched.days, days), 'server', null)
    : cannotTell(say.quietYet(watched.days, days));
}

function concluded({
  before,
  after,
  verified,
  fresh,
  watched,
  ways,
}: {
  readonly before: Assessment;
  readonly after: Assessment;
  readonly verified: readonly VerifiedStep[];
  readonly fresh: Fresh;
  readonly watched: Watched;
  readonly ways: Ways;
}): Verification {
  const of = (state: VerifiedStep['state'], list: readonly VerifiedStep[] = verified): number =>
    list.filter((step) => step.state === state).length;
  // Where nobody could see it, the word of whoever did it ends the matter; the step says so.
  const unsure = verified.filter(({ state, check, said }) => state === 'cannot_tell' && !(check === 'by_hand' && said !== null));
  const people = verified.filter(({ state, check }) => state === 'cannot_tell' && check === 'by_hand');
  const open = of('not_done');
  const falsely = verified.filter(({ contradicted }) => contradicted).length;
  const exitCode =
    open > 0 || fresh.findings.length > 0 ? 1 : unsure.length > 0 || fresh.possible.length > 0 || !watched.covered ? 2 : 0;
  const { headline } = say;
  return {
    schema: verifySchema,
    of: { evidenceEndUtc: before.organisation.evidenceEndUtc, answer: before.verdict.answer, steps: verified.length },
    evidence: { files: after.evidence.length, fromUtc: firstOf(after), toUtc: after.organisation.evidenceEndUtc },
    steps: verified,
    fresh: [...fresh.findings, ...fresh.possible],
    attempts: fresh.attempts,
    watched,
    waysBack: ways,
    exitCode,
    headline: exitCode === 0 ? headline.closed : exitCode === 2 ? headline.unsure : open > 0 ? headline.open : headline.fresh,
    sentence: [
      say.steps(
        of('done'),
        open,
        of('cannot_tell') - people.length,
        people.length,
        people.filter(({ said }) => said !== null).length,
      ),
      ...(falsely > 0 ? [say.saidFalsely(falsely)] : []),
      ...(fresh.findings.length > 0 ? [say.quietFresh(fresh.findings.length)] : []),
      ...(fresh.possible.length > 0 ? [say.quietPossible(fresh.possible.length)] : []),
      ...sayWays(ways, fresh.findings.length + fresh.possible.length === 0 && watched.covered, watched.days),
      ...(watched.fromUtc === null || watched.toUtc === null || watched.toUtc <= watched.fromUtc
        ? []
        : [say.watched(Date.parse(watched.fromUtc), Date.parse(watched.toUtc), watched.days, watched.covered)]),
      ...(fresh.attempts > 0 ? [say.attempts(fresh.attempts)] : []),
    ].join(' '),
  };
}

const firstOf = ({ coverage }: Assessment): string | null =>
  coverage.sources.flatMap(({ spans }) => spans.map(({ fromUtc }) => fromUtc)).sort()[0] ?? null;
