/**
 * The judgement run again over what each missing source could hold: nothing more, or what it is asked for. What is left of the list when
 * everything is taken out without which the answer would be the same is the shortest one that can still change it.
 */
import type { Missing, Verdict } from '../core/assessment.ts';
import type { NextFiles, NextSource, WouldBe } from '../core/next-files.ts';
import type { Question } from '../core/pack.ts';
import { stageRank } from '../core/stage.ts';
import { isoUtcOrNull, oneDayMs } from '../core/time.ts';
import type { Observed } from '../run/index.ts';
import { type Asked, type Coverage, type Lack, lacksOf } from './coverage.ts';
import { windowOf } from './campaign-window.ts';
import type { Hosts } from './hosts.ts';
import type { Judged } from './intrusions.ts';
import { nextSentences as say } from './next-messages.ts';
import { exploitedRank, type VerdictContext } from './verdict-context.ts';
import { verdictOf } from './verdict.ts';

/** A log that ends so shortly before the evidence does goes on to its end. */
const edgeMs = oneDayMs / 2;

type Filled = ReadonlySet<string>;
const keyOf = (kind: string, host: string | null): string => `${kind}\u0000${host ?? ''}`;

/** Sources that are tried; there are never so many kinds, only so many servers. */
const triedLimit = 60;

/** Where only the answer so far is asked for. */
export const notAsked = ({ answer, exitCode }: Verdict): NextFiles => ({
  answer: { answer, exitCode },
  ifNothing: { answer, exitCode },
  list: [],
  others: 0,
  bytes: null,
  files: null,
  says: '',
});

export function nextOf(judged: readonly Judged[], context: VerdictContext, verdict: Verdict, observed: Observed): NextFiles {
  const answer = wouldBe(verdict);
  // Nothing that is missing takes back what was proven.
  if (verdict.answer === 'confirmed') return { ...notAsked(verdict), others: verdict.missing.length, says: say.inside };
  const candidates = verdict.missing.filter(({ kind }) => kind === 'host' || context.readable.has(kind)).slice(0, triedLimit);
  const outcome = (filled: Filled): Verdict => verdictOf(judged, { ...context, ...withFilled(context, filled) });
  const keys = candidates.map(({ kind, host }) => keyOf(kind, host));
  const all = candidates.length === 0 ? verdict : outcome(new Set(keys));
  const needed = isSame(all, verdict) ? new Set<string>() : leastOf(keys, (filled) => isSame(outcome(filled), all));
  const rate = ratesOf(observed, context.hosts);
  const list = candidates.flatMap((missing): NextSource[] => {
    const key = keyOf(missing.kind, missing.host);
    const ifSomething = raised(missing, context, verdict);
    // What shows more than is known counts, even where its silence would change nothing.
    const tells = ifSomething !== null;
    if (!needed.has(key) && !(tells && decidesMore(missing, context, verdict))) return [];
    return [sourceOf(missing, wouldBe(outcome(new Set([key]))), ifSomething, context, rate)];
  });
  const sum = (of: (source: NextSource) => number | null): number | null =>
    list.some((source) => of(source) !== null) ? list.reduce((total, source) => total + (of(source) ?? 0), 0) : null;
  const [bytes, files] = [sum((source) => source.bytes), sum((source) => source.files)];
  return {
    answer,
    ifNothing: wouldBe(list.length === 0 ? verdict : outcome(new Set(list.map(({ kind, host }) => keyOf(kind, host))))),
    list,
    others: verdict.missing.length - list.length,
    bytes,
    files,
    says: list.length === 0 ? say.none : say.list(list.length, files, bytes),
  };
}

const wouldBe = ({ answer, exitCode }: Verdict): WouldBe => ({ answer, exitCode });

/** How sure "no further" is belongs to the answer; of whoever got in it changes nothing. */
const isSame = (a: Verdict, b: Verdict): boolean =>
  a.answer === b.answer && a.exitCode === b.exitCode && (a.exitCode === 1 || a.beyond === b.beyond);

/** Without one after the other, the least important first; linear, and none that is left could be left out. */
function leastOf(keys: readonly string[], suffices: (filled: Filled) => boolean): Set<string> {
  const kept = new Set(keys);
  for (const key of keys.toReversed()) {
    kept.delete(key);
    if (!suffices(kept)) kept.add(key);
  }
  return kept;
}

/** As if these were here, whole, and held nothing of theirs. */
function withFilled({ coverage, hosts }: VerdictContext, filled: Filled): { coverage: Coverage; hosts: Hosts } {
  const isHere = ({ source }: Asked, host: string | null): boolean =>
    filled.has(keyOf(source, host)) || (host !== null && filled.has(keyOf('host', host)));
  const lacks = (question: Asked, host: string | null, fromMs: number, toMs: number): readonly Lack[] =>
    isHere(question, host) ? [] : coverage.lacks(question, host, fromMs, toMs);
  return {
    coverage: {
      ...coverage,
      lacks,
      covers: (question, host, fromMs, toMs) => lacks(question, host, fromMs, toMs).length === 0,
    },
    hosts: { ...hosts, absent: hosts.absent.filter((host) => !filled.has(keyOf('host', host))) },
  };
}

const questionsOf = ({ kind }: Missing, { packs }: VerdictContext): Question[] =>
  packs.flatMap((pack) =>
    pack.questions.filter(({ source, kind: how }) => how === 'trace' && (kind === 'host' || source === kind)),
  );

/** The answer if it showed the furthest that it is asked for; null: that is known already. */
function raised(missing: Missing, context: VerdictContext, verdict: Verdict): WouldBe | null {
  const furthest = Math.max(...questionsOf(missing, context).map(({ stage }) => stageRank(stage)), -1);
  if (furthest <= stageRank(verdict.stage)) return null;
  const answer = furthest > exploitedRank ? 'confirmed' : furthest === exploitedRank ? 'suspected' : 'attempted';
  if (answer === verdict.answer || furthest < exploitedRank) return null;
  return { answer, exitCode: 1 };
}

/** It is one of those on which an answer rests. */
const decidesMore = (missing: Missing, context: VerdictContext, verdict: Verdict): boolean =>
  questionsOf(missing, context).some(({ decides, stage }) => decides && stageRank(stage) > stageRank(verdict.stage));

interface Rate {
  /** Bytes and files a day. */
  readonly bytes: number;
  readonly files: number;
}

/** How much of each log each server writes a day, as far as it is here. */
function ratesOf({ artifacts }: Observed, hosts: Hosts): Map<string, Rate> {
  const sums = new Map<string, { bytes: number; files: number; hours: Set<number> }>();
  for (const { path, parts, bytes, duplicateOf } of artifacts) {
    const part = parts[0];
    if (part === undefined || part.speaksFor !== 'span' || duplicateOf !== null || part.hours.size === 0) continue;
    const key = keyOf(part.logSource, hosts.ofArtifact(path));
    const sum = sums.get(key) ?? { bytes: 0, files: 0, hours: new Set<number>() };
    sums.set(key, sum);
    sum.bytes += bytes;
    sum.files++;
    for (const hour of part.hours.keys()) sum.hours.add(Math.floor(hour / 24));
  }
  return new Map(
    [...sums].map(([key, { bytes, files, hours }]) => [key, { bytes: bytes / hours.size, files: files / hours.size }]),
  );
}

function sourceOf(
  missing: Missing,
  ifNothing: WouldBe,
  ifSomething: WouldBe | null,
  context: VerdictContext,
  rates: ReadonlyMap<string, Rate>,
): NextSource {
  const { kind, host } = missing;
  const span = lackingOf(missing, context);
  const own = rates.get(keyOf(kind, host));
  const other = [...rates].find(([key]) => key.startsWith(`${kind}\u0000`))?.[1];
  const perServer =
    kind === 'host'
      ? [...rates].reduce<Map<string, Rate>>((most, [key, rate]) => {
          const name = key.split('\u0000', 1)[0]!;
          const known = most.get(name);
          if (known === undefined || known.bytes < rate.bytes) most.set(name, rate);
          return most;
        }, new Map())
      : null;
  const rate: Rate | undefined =
    own ??
    (perServer !== null && perServer.size > 0
      ? [...perServer.values()].reduce((a, b) => ({ bytes: a.bytes + b.bytes, files: a.files + b.files }))
      : other);
  const days = span === null ? null : Math.max(1, Math.round((span.toMs - span.fromMs) / oneDayMs));
  return {
    kind,
    host,
    fromUtc: isoUtcOrNull(span?.fromMs),
    toUtc: isoUtcOrNull(span?.toMs),
    where: missing.where,
    decides: missing.decides,
    ifNothing,
    ifSomething,
    bytes: rate === undefined || days === null ? null : Math.round(rate.bytes * days),
    files: rate === undefined || days === null ? null : Math.max(1, Math.round(rate.files * days)),
    rateOf: own !== undefined ? 'this_server' : rate !== undefined ? 'other_server' : 'nobody',
  };
}

/** From the first to the last moment that is missing of it, in any campaign's time. */
function lackingOf(missing: Missing, { packs, coverage }: VerdictContext): { fromMs: number; toMs: number } | null {
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const pack of packs) {
    const window = windowOf(pack, coverage);
    if (window === null || Number.isNaN(window.toMs) || window.toMs < window.fromMs) continue;
    for (const question of pack.questions) {
      if (question.kind !== 'trace' || (missing.kind !== 'host' && question.source !== missing.kind)) continue;
      if (missing.kind !== 'host' && !coverage.hostsFor(question.source).includes(missing.host)) continue;
      for (const lack of lacksOf(coverage, pack, question, missing.host, window.fromMs, window.toMs)) {
        // What is here of it at the end of the time needs not be fetched again.
        const first = lack.spans[0];
        const last = lack.spans.at(-1);
        const cutFirst = lack.cut[0]?.fromMs ?? Number.POSITIVE_INFINITY;
        fromMs = Math.min(
          fromMs,
          first !== undefined && first.fromMs - edgeMs <= window.fromMs ? Math.min(first.toMs, cutFirst) : window.fromMs,
        );
        toMs = Math.max(
          toMs,
          last !== undefined && last.toMs + edgeMs >= window.toMs
            ? Math.max(last.fromMs, lack.cut.at(-1)?.toMs ?? 0)
            : window.toMs,
        );
      }
    }
  }
  return fromMs <= toMs ? { fromMs, toMs } : null;
}
