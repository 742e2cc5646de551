/**
 * What rules of others matched, one finding for each rule: no stage, `possible`. They stand beside what was judged and take no part in
 * it: what such a rule proves nobody has said, and a hit that would belong to an intrusion by its process, session or file is no more
 * than what the packs' own rules already make of that intrusion.
 */
import type { Finding } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { sha256Hex } from '../core/hash.ts';
import type { HitRow } from '../core/hit.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import { correlate, type RuleSet } from '../rules/index.ts';
import type { Observed } from '../run/index.ts';
import { evidenceOf } from './findings.ts';
import type { Hosts } from './hosts.ts';
import { sentences } from './messages.ts';

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

export function otherFindings(observed: Observed, set: RuleSet, hosts: Hosts): Finding[] {
  const findings: Finding[] = [];
  const hits = groupBy(observed.otherHits, ({ rule }) => rule);
  for (const { id, about } of set.rules) {
    const own = hits.get(id);
    if (own === undefined) continue;
    findings.push(
      findingOf(
        {
          about,
          count: own.reduce((sum, { count }) => sum + count, 0),
          firstMs: least(own.map(({ firstMs }) => firstMs)),
          lastMs: most(own.map(({ lastMs }) => lastMs)),
          rows: own.flatMap(({ rows }) => rows),
        },
        hosts,
      ),
    );
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
  return findings;
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
