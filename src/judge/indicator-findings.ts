/**
 * Indicators of others that were met, one finding for each, whatever the number of rows: no stage, `possible`; the hash of a file that the
 * web server publishes, `probable`. They stand beside what was judged and take no part in it; where an intruder of ours has the same address
 * or page, the finding says so.
 */
import type { Finding } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { sha256Hex } from '../core/hash.ts';
import type { HitRow } from '../core/hit.ts';
import type { IndicatorHit } from '../core/indicator-hit.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import { pageOfFile } from '../detect/index.ts';
import { addressForm, type Indicator, type IndicatorKind, type IndicatorTable, pathForm } from '../rules/index.ts';
import type { Observed, ObservedArtifact } from '../run/index.ts';
import { evidenceOf } from './findings.ts';
import type { Hosts } from './hosts.ts';
import { indicatorSentences as say } from './indicator-messages.ts';
import type { Judged } from './intrusions.ts';

export interface Indicators {
  readonly list: readonly Indicator[];
  readonly table: IndicatorTable;
}

/** Lines shown per finding. */
const evidenceLimit = 10;
/** Findings of one list, and of all; what is met beyond is told in one finding per list. */
const mostOfList = 40;
const mostOfAll = 200;
const shownFields = 4;

/** What says most stands first. */
const ranks: readonly IndicatorKind[] = [
  'sha256',
  'sha1',
  'md5',
  'path',
  'url',
  'domain',
  'address',
  'email',
  'account',
  'range',
  'user_agent',
  'file_name',
];

interface Met {
  readonly number: number;
  readonly indicator: Indicator;
  readonly hits: IndicatorHit[];
  /** Files that have the hash, or stood at the path. */
  readonly files: { readonly artifact: ObservedArtifact; readonly how: string }[];
}

export function indicatorFindings(
  observed: Observed,
  { list, table }: Indicators,
  hosts: Hosts,
  judged: readonly Judged[],
): Finding[] {
  const met = new Map<number, Met>();
  const of = (number: number): Met => {
    let one = met.get(number);
    if (one === undefined) met.set(number, (one = { number, indicator: list[number]!, hits: [], files: [] }));
    return one;
  };
  for (const hit of observed.indicatorHits) of(hit.indicator).hits.push(hit);
  for (const artifact of observed.artifacts) filesOf(artifact, table, (number, how) => of(number).files.push({ artifact, how }));
  const joins = sharedWith(judged);
  const own = ownAddresses(observed);
  const sorted = [...met.values()].sort(
    (a, b) =>
      Number(b.files.length > 0) - Number(a.files.length > 0) ||
      ranks.indexOf(a.indicator.kind) - ranks.indexOf(b.indicator.kind) ||
      countOf(b) - countOf(a) ||
      a.number - b.number,
  );
  const findings: Finding[] = [];
  const shown = new Map<string, number>();
  const beyond: Met[] = [];
  for (const one of sorted) {
    const { file } = one.indicator;
    const before = shown.get(file) ?? 0;
    if (before >= mostOfList || findings.length >= mostOfAll) beyond.push(one);
    else {
      shown.set(file, before + 1);
      findings.push(findingOf(one, hosts, joins, own));
    }
  }
  for (const [file, rest] of groupBy(beyond, ({ indicator }) => indicator.file)) findings.push(summaryOf(file, rest, hosts));
  return findings;
}

/** A file itself: its hashes, and where it stood. Logs are what servers always have: their paths are asked as well, their hashes cost nothing. */
function filesOf(artifact: ObservedArtifact, table: IndicatorTable, on: (number: number, how: string) => void): void {
  // What came with the evidence and stood on no server is nobody's file: a list, a rule, a tool of whoever looked.
  if (artifact.role === 'collector' || (artifact.role === 'foreign' && artifact.canonicalPath === null)) return;
  const seen = new Set<number>();
  const once = (number: number, how: string): void => {
    if (seen.has(number)) return;
    seen.add(number);
    on(number, how);
  };
  for (const hash of [artifact.sha256, artifact.digests?.sha1, artifact.digests?.md5])
    if (hash !== null && hash !== undefined) table.hash(hash, once);
  if (artifact.canonicalPath !== null && artifact.role === 'evidence') table.path(pathForm(artifact.canonicalPath), once);
}

const countOf = ({ hits, files }: Met): number => hits.reduce((sum, { count }) => sum + count, 0) + files.length;

/** Addresses and pages of those whom the report tells of. */
function sharedWith(judged: readonly Judged[]): ReadonlyMap<string, ReadonlySet<Judged>> {
  const shared = new Map<string, Set<Judged>>();
  const add = (key: string, one: Judged): void => {
    const known = shared.get(key);
    if (known === undefined) shared.set(key, new Set([one]));
    else known.add(one);
  };
  for (const one of judged) {
    if (!one.claims.some(({ confidence }) => confidence !== 'possible')) continue;
    for (const { client, page, row } of one.events) {
      if (client !== null && client.standing !== 'shared') {
        const form = addressForm(client.address);
        if (form !== null) add(`address ${form}`, one);
      }
      if (page !== null) add(`page ${page.toLowerCase()}`, one);
      const path = row.values['file.path'];
      if (path !== undefined) add(`path ${pathForm(path)}`, one);
    }
  }
  return shared;
}

function joinedBy(one: Met, joins: ReadonlyMap<string, ReadonlySet<Judged>>): ReadonlySet<Judged> {
  const found = new Set<Judged>();
  const look = (key: string): void => {
    for (const judged of joins.get(key) ?? []) found.add(judged);
  };
  const { kind, value } = one.indicator;
  if (kind === 'address') look(`address ${value}`);
  if (kind === 'path') {
    look(`path ${value}`);
    const page = value.startsWith('/') ? value : pageOfFile(value);
    if (page !== null) look(`page ${page}`);
  }
  for (const { rows } of one.hits)
    for (const { values } of rows) {
      const stem = values['url.path'];
      if (stem !== undefined && (kind === 'path' || kind === 'file_name')) look(`page ${stem.toLowerCase()}`);
      const path = values['file.path'];
      if (path !== undefined) look(`path ${pathForm(path)}`);
    }
  for (const { artifact } of one.files) if (artifact.canonicalPath !== null) look(`path ${pathForm(artifact.canonicalPath)}`);
  return found;
}

/** Under which addresses the servers themselves answered. */
function ownAddresses(observed: Observed): ReadonlySet<string> {
  const own = new Set<string>();
  for (const { parts } of observed.artifacts)
    for (const { groups } of parts)
      for (const { tuple } of groups.get('s-port|s-computername|s-ip') ?? []) {
        const form = tuple[2] == null ? null : addressForm(tuple[2]);
        if (form !== null && own.size < 1000) own.add(form);
      }
  return own;
}

const least = (times: readonly (number | null)[]): number | null =>
  times.reduce((all, time) => (time !== null && (all === null || time < all) ? time : all), null);
const most = (times: readonly (number | null)[]): number | null =>
  times.reduce((all, time) => (time !== null && (all === null || time > all) ? time : all), null);

function findingOf(one: Met, hosts: Hosts, joins: ReadonlyMap<string, ReadonlySet<Judged>>, own: ReadonlySet<string>): Finding {
  const { indicator, hits, files } = one;
  const { kind, value, about, file, at } = indicator;
  const isHash = kind === 'md5' || kind === 'sha1' || kind === 'sha256';
  const isFile = files.length > 0;
  const published = isHash && files.some(({ artifact }) => pageOfFile(artifact.canonicalPath ?? '') !== null);
  const count = countOf(one);
  const outside = hits.reduce((sum, hit) => sum + hit.outside, 0);
  const joined = joinedBy(one, joins);
  const fields = new Map(
    hits.map((hit) => {
      const words = say.where(hit.field, hit.how, hit.writtenBy);
      return [words, words] as const;
    }),
  );
  const rows = hits.flatMap((hit) => hit.rows);
  const place = files.find(({ artifact }) => artifact.canonicalPath !== null)?.artifact.canonicalPath ?? null;
  const proves = [
    isFile && isHash ? say.file(place, published) : null,
    fields.size === 0
      ? null
      : say.stands([...fields.keys()].sort(byCodeUnit).slice(0, shownFields), Math.max(0, fields.size - shownFields)),
    say.listed(file, at, {
      ...about,
      more: (indicator.more ?? []).map((mention) => mention.file),
    }),
    outside === 0 ? null : say.outside(outside, count, about.validFromMs, about.validUntilMs),
    joined.size === 0 ? null : say.joins(joined.size, joined.size === 1 ? [...joined][0]!.firstMs : null),
  ].filter((part) => part !== null);
  const innocent = own.has(value) ? `${say.own} ${say.innocent(kind, indicator.weak)}` : say.innocent(kind, indicator.weak);
  return {
    ...shell(`indicator\n${kind}\n${value}`, rows, hosts, files),
    title: (isFile && isHash ? say.fileTitle : say.title)(kind, value),
    confidence: published ? 'probable' : 'possible',
    timeUtc: isoUtcOrNull(least(hits.map(({ firstMs }) => firstMs))),
    lastUtc: isoUtcOrNull(most(hits.map(({ lastMs }) => lastMs))),
    count,
    rule: `indicator/${kind}`,
    proves: proves.join(' '),
    doesNotProve: say.doesNotProve(kind, isFile && isHash),
    innocent,
    falsePositives: [innocent],
    evidence: [
      ...files.slice(0, evidenceLimit).map(({ artifact }) => fileEvidence(artifact)),
      ...shownRows(rows, evidenceLimit - Math.min(files.length, evidenceLimit - 1)).map((row) =>
        evidenceOf({ row }, fieldsOf(hits)),
      ),
    ].slice(0, evidenceLimit),
  };
}

const fieldsOf = (hits: readonly IndicatorHit[]): string[] => [...new Set(hits.map(({ field }) => field))];

const shownRows = (rows: readonly HitRow[], limit: number): readonly HitRow[] =>
  rows.length <= limit ? rows : [...rows.slice(0, limit - 1), rows.at(-1)!];

/** The file itself: no bytes of it are shown (it may be a live shell), and the hash of a row is that of the bytes shown. */
const fileEvidence = (artifact: ObservedArtifact): Finding['evidence'][number] => ({
  artifact: artifact.path,
  offsetBytes: 0,
  line: null,
  recordId: null,
  timeUtc: null,
  rawBase64: '',
  shown: say.fileShown(artifact.canonicalPath ?? artifact.path, artifact.sha256),
  decisiveBase64: [],
  sha256: sha256Hex(''),
});

function shell(
  id: string,
  rows: readonly HitRow[],
  hosts: Hosts,
  files: Met['files'],
): Pick<Finding, 'id' | 'stage' | 'host' | 'campaign' | 'techniques' | 'cves' | 'observables' | 'declared'> {
  const named = new Set([
    ...rows.map((row) => hosts.ofRow(row)),
    ...files.map(({ artifact }) => hosts.ofArtifact(artifact.path)),
  ]);
  return {
    id: sha256Hex(id).slice(0, 16),
    stage: 'none',
    host: named.size === 1 ? [...named][0]! : null,
    campaign: null,
    techniques: [],
    cves: [],
    observables: [],
    declared: null,
  };
}

function summaryOf(file: string, rest: readonly Met[], hosts: Hosts): Finding {
  const hits = rest.flatMap((one) => one.hits);
  const rows = rest.slice(0, evidenceLimit).flatMap((one) => one.hits[0]?.rows.slice(0, 1) ?? []);
  const kind = rest[0]!.indicator.kind;
  return {
    ...shell(`indicators\n${file}`, rows, hosts, []),
    title: say.more(rest.length, file),
    confidence: 'possible',
    timeUtc: isoUtcOrNull(least(hits.map(({ firstMs }) => firstMs))),
    lastUtc: isoUtcOrNull(most(hits.map(({ lastMs }) => lastMs))),
    count: rest.reduce((sum, one) => sum + countOf(one), 0),
    rule: 'indicator/more',
    proves: say.moreProves(rest.length, file),
    doesNotProve: say.doesNotProve(kind, false),
    innocent: say.innocent(kind, null),
    falsePositives: [say.innocent(kind, null)],
    evidence: rows.map((row) => evidenceOf({ row }, fieldsOf(hits.slice(0, 100)))),
  };
}
