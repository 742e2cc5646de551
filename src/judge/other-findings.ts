/**
 * What rules of others matched, one finding for each rule: no stage, `possible`. What such a rule proves nobody has said; so it stands
 * beside what was judged and takes no part in it. Rows that belong to an intrusion (`join-others.ts`) are a finding of their own, which
 * stands with that intrusion and proves no more than what it is tied to.
 */
import type { Finding, Togetherness } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { sha256Hex } from '../core/hash.ts';
import type { HitRow } from '../core/hit.ts';
import type { OtherHit } from '../core/other-hit.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import { correlate, type RuleSet } from '../rules/index.ts';
import type { Observed } from '../run/index.ts';
import { evidenceOf } from './findings.ts';
import type { Hosts } from './hosts.ts';
import type { Judged } from './intrusions.ts';
import { joinOthers, type OtherJoin, rowId } from './join-others.ts';
import { bondTexts, otherBondTexts } from './joining-texts.ts';
import { sentences } from './messages.ts';
import { byFinding, byRule, once } from './because.ts';

/** Lines shown per finding. */
const evidenceLimit = 10;
/** Fields in which the decisive part of an event is usually found; marked where they stand in the line. */
const telling = [
  'CommandLine',
  'ScriptBlockText',
  'TargetFilename',
  'TargetObject',
  'ImageLoaded',
  'cs-uri-query',
  'cs-uri-stem',
];

type About = RuleSet['rules'][number]['about'];

interface Told {
  readonly about: About;
  readonly count: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly rows: readonly HitRow[];
}

const least = (times: readonly (number | null)[]): number | null =>
  times.reduce((all, time) => (time !== null && (all === null || time < all) ? time : all), null);
const most = (times: readonly (number | null)[]): number | null =>
  times.reduce((all, time) => (time !== null && (all === null || time > all) ? time : all), null);

/** Findings, and what stands with which intrusion (by its place among those that were judged). */
export interface OtherFindings {
  readonly findings: readonly Finding[];
  readonly joined: ReadonlyMap<number, { readonly findings: readonly string[]; readonly together: readonly Togetherness[] }>;
}

interface Joined {
  readonly finding: Finding;
  readonly joins: readonly OtherJoin[];
}

export function otherFindings(observed: Observed, set: RuleSet, judged: readonly Judged[], hosts: Hosts): OtherFindings {
  const findings: Finding[] = [];
  const joins = joinOthers(observed, judged, hosts);
  const joined = new Map<number, Joined[]>();
  const hits = groupBy(observed.otherHits, ({ rule }) => rule);
  for (const { id, about } of set.rules) {
    const own = hits.get(id);
    if (own === undefined) continue;
    const known = new Map(inOrder(own.flatMap(({ rows, tied, unlike }) => [...rows, ...tied, ...unlike])));
    let count = own.reduce((sum, hit) => sum + hit.count, 0);
    for (const [intrusion, rows] of groupBy(known.values(), (row) => joins.get(rowId(row))?.intrusion ?? null)) {
      const ties = rows.map((row) => joins.get(rowId(row))!);
      const told = findingOf({ about, count: rows.length, ...spanOf(rows), rows }, hosts);
      const finding = joinedFinding(told, ties, judged[intrusion]!);
      findings.push(finding);
      joined.set(intrusion, [...(joined.get(intrusion) ?? []), { finding, joins: ties }]);
      count -= rows.length;
      for (const row of rows) known.delete(rowId(row));
    }
    if (count === 0) continue;
    const rest = own.flatMap(({ rows }) => rows).filter((row) => known.has(rowId(row)));
    // Where rows are left that were not kept, any of them may be the first or the last.
    const { firstMs, lastMs } = spanOf(count === known.size ? [...known.values()] : own.flatMap(timesOf));
    findings.push(findingOf({ about, count, firstMs, lastMs, rows: rest.length > 0 ? rest : [...known.values()] }, hosts));
  }
  const { hits: correlated } = correlate(set.correlations, observed.marks);
  const byCorrelation = groupBy(correlated, ({ correlation }) => correlation);
  for (const { id, about, silent } of set.correlations) {
    const own = silent ? undefined : byCorrelation.get(id);
    if (own === undefined) continue;
    findings.push(
      findingOf(
        {
          about,
          count: own.length,
          firstMs: least(own.map(({ firstMs }) => firstMs)),
          lastMs: most(own.map(({ lastMs }) => lastMs)),
          rows: [],
        },
        hosts,
      ),
    );
  }
  return { findings, joined: new Map([...joined].map(([intrusion, all]) => [intrusion, standingWith(all)])) };
}

/** By artifact and place, each once. */
const inOrder = (rows: readonly HitRow[]): (readonly [string, HitRow])[] =>
  rows
    .toSorted((a, b) => byCodeUnit(a.artifact, b.artifact) || a.offsetBytes - b.offsetBytes)
    .map((row) => [rowId(row), row] as const);

const timesOf = ({ firstMs, lastMs }: OtherHit): { readonly timeMs: number | null }[] => [
  { timeMs: firstMs },
  { timeMs: lastMs },
];
const spanOf = (
  rows: readonly Pick<HitRow, 'timeMs'>[],
): { readonly firstMs: number | null; readonly lastMs: number | null } => ({
  firstMs: least(rows.map(({ timeMs }) => timeMs)),
  lastMs: most(rows.map(({ timeMs }) => timeMs)),
});

/** The same, as what it is within an intrusion. Several rows prove what the furthest of them does. */
function joinedFinding(finding: Finding, joins: readonly OtherJoin[], { intrusion, declared }: Judged): Finding {
  const bonds = new Set(joins.map(({ bond }) => bond));
  return {
    ...finding,
    id: sha256Hex(`${finding.id}\n${intrusion.id}`).slice(0, 16),
    stage: joins.reduce((furthest, { stage }) => (stageRank(stage) > stageRank(furthest) ? stage : furthest), joins[0]!.stage),
    confidence: 'probable',
    proves: [finding.proves, ...[...bonds].sort(byCodeUnit).map((bond) => otherBondTexts[bond])].join(' '),
    doesNotProve: sentences.otherJoinedDoesNotProve,
    declared: declared?.name ?? null,
  };
}

/** In the order of time; one sentence for each kind of tie. */
function standingWith(all: readonly Joined[]): {
  readonly findings: readonly string[];
  readonly together: readonly Togetherness[];
} {
  const sorted = all.toSorted(
    (a, b) => byCodeUnit(a.finding.timeUtc ?? '~', b.finding.timeUtc ?? '~') || byCodeUnit(a.finding.id, b.finding.id),
  );
  const together = (['row', 'process', 'logon', 'file'] as const).flatMap((by): Togetherness[] => {
    const own = sorted.filter(({ joins }) => joins.some(({ bond }) => bond === by));
    const count = own.reduce((sum, { joins }) => sum + joins.filter(({ bond }) => bond === by).length, 0);
    const findings = own.slice(0, 2).map(({ finding }) => finding.id);
    return count === 0
      ? []
      : [{ by, count, text: bondTexts[by], findings, because: once(findings.map(byFinding), [byRule('others.joined')]) }];
  });
  return { findings: sorted.map(({ finding }) => finding.id), together };
}

const techniqueShape = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;
const cveShape = /^cve[.-](\d{4})[.-](\d{4,})$/i;

function findingOf({ about, count, firstMs, lastMs, rows }: Told, hosts: Hosts): Finding {
  const named = new Set(rows.map((row) => hosts.ofRow(row)));
  const tagged = (shape: RegExp, make: (match: RegExpExecArray) => string): string[] =>
    [...new Set(about.tags.map((tag) => shape.exec(tag)).flatMap((match) => (match === null ? [] : [make(match)])))].sort(
      byCodeUnit,
    );
  const shown = rows.length <= evidenceLimit ? rows : [...rows.slice(0, evidenceLimit - 1), rows.at(-1)!];
  const innocent = about.falsepositives.filter((one) => !/^(?:unknown|none|unlikely)\b/i.test(one)).join('; ');
  return {
    id: sha256Hex(`other\n${about.id}`).slice(0, 16),
    title: sentences.otherTitle(about.title),
    stage: 'none',
    confidence: 'possible',
    timeUtc: isoUtcOrNull(firstMs),
    lastUtc: isoUtcOrNull(lastMs),
    count,
    host: named.size === 1 ? [...named][0]! : null,
    campaign: null,
    rule: `other/${about.id}`,
    techniques: tagged(techniqueShape, (match) => match[1]!.toUpperCase()),
    cves: tagged(cveShape, (match) => `CVE-${match[1]!}-${match[2]!}`),
    proves: sentences.otherProves(about.file, about.level),
    doesNotProve: sentences.otherDoesNotProve,
    innocent: innocent === '' ? sentences.otherInnocent : innocent,
    observables: [],
    evidence: shown.map((row) => evidenceOf({ row }, telling)),
    falsePositives: about.falsepositives,
    declared: null,
  };
}
