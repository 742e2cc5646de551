/** Is the server cut off, is the update on it, is the missing source here? */
import type { CoverageSpan } from '../core/assessment.ts';
import { compareBuilds, productOf } from '../core/build.ts';
import type { StepCheck } from '../core/plan.ts';
import { hourMs } from '../core/time.ts';
import type { Facts } from './facts.ts';
import { verifySentences as say } from './messages.ts';
import { cannotTell, isDone, latest, notDone, type Outcome } from './outcome.ts';

type Of<Kind extends StepCheck['kind']> = Extract<StepCheck, { kind: Kind }>;

/** A pause that is shorter is nobody's cutting off. */
const leastPauseMs = 4 * hourMs;
/** So many times longer than any other one. */
const clearly = 1.5;

/** A step that is about several servers is done when it is done on each. */
export function cutOutcome(facts: Facts, hosts: readonly string[]): Outcome {
  const each = hosts.map((host) => cutOffOutcome(facts, host));
  const open = each.find(({ state }) => state === 'not_done') ?? each.find(({ state }) => state === 'cannot_tell');
  return (
    open ?? {
      ...each[0]!,
      doneMs: latest(each.map(({ doneMs }) => doneMs)),
      text: each.map(({ text }) => text).join(' '),
      evidence: each.flatMap(({ evidence }) => evidence),
    }
  );
}

/** The longest time in which nobody from outside was served, against the pauses that this server has anyway. */
function cutOffOutcome(facts: Facts, host: string): Outcome {
  const { spans, logs, toMs } = facts.outside(host);
  if (!(toMs > facts.beforeEndMs)) return cannotTell(say.noWebLog(host));
  const pauses: { fromMs: number; toMs: number }[] = [];
  let last = spans[0]?.fromMs ?? facts.beforeEndMs;
  for (const span of spans) {
    if (span.fromMs > last) pauses.push({ fromMs: last, toMs: span.fromMs });
    last = Math.max(last, span.toMs);
  }
  if (toMs > last) pauses.push({ fromMs: last, toMs });
  const longest = pauses.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));
  // Pauses that are over when the case ends are what is usual here.
  const own = longest.find((pause) => pause.toMs > facts.beforeEndMs);
  const usual = longest.find((pause) => pause !== own);
  const lengthMs = own === undefined ? 0 : own.toMs - own.fromMs;
  const usualMs = usual === undefined ? 0 : usual.toMs - usual.fromMs;
  const proof = spans.findLast((span) => span.toMs <= (own?.fromMs ?? Infinity)) ?? spans.at(-1);
  const evidence = proof === undefined ? [] : [facts.fileProof(facts.artifact(proof.artifact)!)];
  if (own === undefined || lengthMs < leastPauseMs) return notDone(say.notCut(host, last, lengthMs), 'server', evidence);
  if (lengthMs < usualMs * clearly) return cannotTell(say.cutUnsure(host, own.fromMs, own.toMs, usualMs), evidence);
  // Whoever has no log of that time has no silence either.
  const blind = gapIn(logs, own);
  if (blind !== null) return cannotTell(say.cutBlind(host, blind.fromMs, blind.toMs), evidence);
  return isDone(say.cut(host, own.fromMs, own.toMs), 'server', own.fromMs, evidence);
}

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A part of that time of which no log is here; a server that is cut off still asks itself whether it is well. */
function gapIn(logs: readonly Stretch[], { fromMs, toMs }: Stretch): Stretch | null {
  let reached = fromMs;
  for (const log of logs) {
    if (log.toMs <= reached) continue;
    if (log.fromMs - reached >= leastPauseMs) return { fromMs: reached, toMs: Math.min(log.fromMs, toMs) };
    reached = log.toMs;
    if (reached >= toMs) return null;
  }
  return toMs - reached >= leastPauseMs ? { fromMs: reached, toMs } : null;
}

export function buildOutcome(facts: Facts, { host, build }: Of<'build_at_least'>): Outcome {
  const exposure = facts.after.exposure.find((one) => one.host === host);
  const builds = (exposure?.builds ?? []).filter(
    ({ lastUtc, proof }) => proof !== 'registered' && lastUtc !== null && Date.parse(lastUtc) > facts.beforeEndMs,
  );
  const last = builds.toSorted((a, b) => Date.parse(a.lastUtc!) - Date.parse(b.lastUtc!)).at(-1);
  if (last === undefined) return cannotTell(say.buildUnknown(host));
  const artifact = facts.observed.artifacts.findLast(
    ({ kind, path }) => kind === last.source && facts.hosts.ofArtifact(path) === host,
  );
  const evidence = artifact === undefined ? [] : [facts.fileProof(artifact)];
  if (compareBuilds(last.build, build) < 0)
    return productOf(last.build) === productOf(build)
      ? notDone(say.buildOld(host, last.build, build), 'server', evidence)
      : cannotTell(say.buildOther(host, last.build, build), evidence);
  const since = builds.find((one) => compareBuilds(one.build, build) >= 0);
  const sinceMs = Date.parse(since?.firstUtc ?? '');
  return isDone(
    say.buildOk(host, last.build, Number.isNaN(sinceMs) ? null : sinceMs),
    'server',
    Number.isNaN(sinceMs) ? null : sinceMs,
    evidence,
  );
}

/** A log may be cut a little at both ends. */
const slackMs = 12 * hourMs;

export function sourceOutcome(facts: Facts, check: Of<'source_here'>, nameOf: (kind: string) => string): Outcome {
  const name = `${nameOf(check.source)}${check.host === null ? '' : ` of ${check.host}`}`;
  const of = ({ coverage }: Facts['after']): CoverageSpan[] =>
    coverage.sources
      .filter(
        ({ kind, host }) => (check.source === 'host' || kind === check.source) && (check.host === null || host === check.host),
      )
      .flatMap(({ spans }) => spans);
  const fresh = of(facts.after);
  const files = facts.observed.artifacts.filter(
    ({ path, parts, kind }) =>
      (kind === check.source || parts.some(({ logSource }) => logSource === check.source)) && facts.isOf(path, check.host),
  );
  const spans = [...of(facts.before), ...fresh].toSorted((a, b) => Date.parse(a.fromUtc) - Date.parse(b.fromUtc));
  const evidence = files.slice(0, 2).map((one) => facts.fileProof(one));
  if (fresh.length === 0 && files.length === 0) return notDone(say.sourceMissing(name), null, []);
  const fromMs = Date.parse(check.fromUtc ?? '');
  const toMs = Date.parse(check.toUtc ?? '');
  const first = spans[0];
  if (first === undefined || Number.isNaN(fromMs) || Number.isNaN(toMs))
    return isDone(say.sourceHere(name, first?.fromUtc ?? '', spans.at(-1)?.toUtc ?? ''), 'server', null, evidence);
  let reached = fromMs - slackMs;
  for (const span of spans)
    if (Date.parse(span.fromUtc) <= reached + 2 * slackMs) reached = Math.max(reached, Date.parse(span.toUtc));
  return reached + slackMs >= toMs
    ? isDone(say.sourceHere(name, first.fromUtc, spans.at(-1)!.toUtc), 'server', null, evidence)
    : cannotTell(
        say.sourcePartly(name, spans.map(({ fromUtc, toUtc }) => `${fromUtc.slice(0, 10)} to ${toUtc.slice(0, 10)}`).join(', ')),
        evidence,
      );
}
