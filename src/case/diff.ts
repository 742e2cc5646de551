/** Two assessments of the same servers held against each other: what is new, what is gone, what could be seen in addition, and why the answer changed. */
import { contentOf } from '../core/acknowledged.ts';
import type { Assessment, SourceCoverage, CoverageSpan, EvidenceEntry, Finding } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';

export interface CaseDiff {
  readonly answer: { readonly before: string; readonly after: string; readonly changed: boolean };
  readonly stage: { readonly before: string; readonly after: string };
  /** Sentences: reasons that only the later one has, and those that only the earlier one had. */
  readonly because: readonly string[];
  readonly noMore: readonly string[];
  readonly newFindings: readonly Finding[];
  readonly goneFindings: readonly Finding[];
  /** In both, and counted otherwise: acknowledged, declared, or no more so. */
  readonly declared: readonly Finding[];
  readonly undeclared: readonly Finding[];
  /** Times for which a log is here now and was not. */
  readonly gained: readonly {
    readonly kind: string;
    readonly host: string | null;
    readonly spans: readonly CoverageSpan[];
  }[];
  readonly lost: CaseDiff['gained'];
  readonly missingNoMore: readonly string[];
  readonly missingNow: readonly string[];
}

/** What a finding is, wherever its rows stood: rule, server and what its rows say. */
export function findingKeys(assessment: Pick<Assessment, 'evidence' | 'findings'>): Map<string, Finding> {
  const files = new Map(assessment.evidence.map((entry) => [entry.path, entry]));
  return new Map(assessment.findings.map((finding) => [findingKey(finding, files), finding]));
}

const findingKey = (finding: Finding, files: ReadonlyMap<string, EvidenceEntry>): string => {
  const first = finding.evidence[0];
  return [
    finding.rule,
    finding.stage,
    finding.host ?? '',
    first === undefined ? finding.id : contentOf(first, files.get(first.artifact)),
  ].join('\u0000');
};

export function diffOf(before: Assessment, after: Assessment): CaseDiff {
  const [old, now] = [findingKeys(before), findingKeys(after)];
  const both = [...now].flatMap(([key, finding]) => {
    const known = old.get(key);
    return known === undefined ? [] : [[known, finding] as const];
  });
  const texts = (list: readonly { readonly text: string }[]): Set<string> => new Set(list.map(({ text }) => text));
  const only = (list: ReadonlySet<string>, other: ReadonlySet<string>): string[] => [...list].filter((one) => !other.has(one));
  const reasons = [texts(before.verdict.reasons), texts(after.verdict.reasons)] as const;
  const missing = [texts(before.verdict.missing), texts(after.verdict.missing)] as const;
  const changed = before.verdict.answer !== after.verdict.answer || before.verdict.beyond !== after.verdict.beyond;
  return {
    answer: { before: before.verdict.answer, after: after.verdict.answer, changed },
    stage: { before: before.verdict.stage, after: after.verdict.stage },
    because: only(reasons[1], reasons[0]),
    noMore: only(reasons[0], reasons[1]),
    newFindings: [...now].filter(([key]) => !old.has(key)).map(([, finding]) => finding),
    goneFindings: [...old].filter(([key]) => !now.has(key)).map(([, finding]) => finding),
    declared: both.filter(([a, b]) => a.declared === null && b.declared !== null).map(([, b]) => b),
    undeclared: both.filter(([a, b]) => a.declared !== null && b.declared === null).map(([, b]) => b),
    gained: timesLost(after.coverage.sources, before.coverage.sources),
    lost: timesLost(before.coverage.sources, after.coverage.sources),
    missingNoMore: only(missing[0], missing[1]),
    missingNow: only(missing[1], missing[0]),
  };
}

/** An hour at an edge is no gain: a log that was copied later is a little longer. */
const leastMs = 3_600_000;

type Source = Pick<SourceCoverage, 'kind' | 'host' | 'spans'>;

/** Times that `a` covers and `b` does not. */
export function timesLost(a: readonly Source[], b: readonly Source[]): CaseDiff['gained'][number][] {
  return a
    .map(({ kind, host, spans }) => ({
      kind,
      host,
      spans: without(
        spans,
        b.filter((one) => one.kind === kind && one.host === host).flatMap((one) => one.spans),
      ),
    }))
    .filter(({ spans }) => spans.length > 0)
    .sort((x, y) => byCodeUnit(x.kind, y.kind) || byCodeUnit(x.host ?? '', y.host ?? ''));
}

/** What of these times lies in none of the others. */
export function without(spans: readonly CoverageSpan[], others: readonly CoverageSpan[]): CoverageSpan[] {
  const taken = others.map(({ fromUtc, toUtc }) => [Date.parse(fromUtc), Date.parse(toUtc)] as const).sort((a, b) => a[0] - b[0]);
  const left: CoverageSpan[] = [];
  for (const span of spans) {
    let from = Date.parse(span.fromUtc);
    const to = Date.parse(span.toUtc);
    for (const [begin, end] of taken) {
      if (end <= from || begin >= to) continue;
      if (begin - from > leastMs) left.push({ fromUtc: iso(from), toUtc: iso(begin) });
      from = Math.max(from, end);
    }
    if (to - from > leastMs) left.push({ fromUtc: iso(from), toUtc: iso(to) });
  }
  return left;
}

const iso = (ms: number): string => new Date(ms).toISOString();
