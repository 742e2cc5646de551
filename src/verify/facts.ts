/** What the new evidence holds that the checks of steps ask for: rows that its rules found, files, states, requests from outside. */
import { bareAddress, isPrivate } from '../core/address.ts';
import type { Assessment } from '../core/assessment.ts';
import { fromBase64 } from '../core/hash.ts';
import type { Hit, HitRow } from '../core/hit.ts';
import { stageRank } from '../core/stage.ts';
import { decodeText, defang } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import type { StepProof, StepView } from '../core/verified.ts';
import type { Observed, ObservedArtifact } from '../run/index.ts';
import { type Asked, ruleName } from './step-rules.ts';

/** Which server an artifact and a row belong to. */
export interface HostsOf {
  ofArtifact(path: string): string | null;
  ofRow(row: HitRow): string | null;
}

export interface Found {
  readonly hit: Hit;
  readonly row: HitRow;
  readonly host: string | null;
}

const shownLength = 220;

/** What was handed in together, and, of a file that has its place on a server, the tree that holds that disk. */
function placesOf({ root, path, canonicalPath }: ObservedArtifact): string[] {
  const tail = (canonicalPath ?? '')
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:\//, '')
    .toLowerCase();
  const place = path.replaceAll('\\', '/');
  return tail !== '' && place.toLowerCase().endsWith(tail) ? [root, `${root}\u0000${place.slice(0, -tail.length)}`] : [root];
}

export class Facts {
  readonly observed: Observed;
  readonly hosts: HostsOf;
  /** The case, and the end of what it knew; NaN: its evidence has no time. */
  readonly before: Assessment;
  readonly beforeEndMs: number;
  /** The assessment of the new evidence, and its end. */
  readonly after: Assessment;
  readonly endMs: number;
  readonly #hits = new Map<string, Hit[]>();
  readonly #known: ReadonlySet<string>;
  readonly #artifacts: ReadonlyMap<string, ObservedArtifact>;
  /** Roots, and trees of servers in them, that hold something of after the case. */
  readonly #later = new Set<string>();

  constructor(before: Assessment, after: Assessment, observed: Observed, hosts: HostsOf) {
    this.before = before;
    this.after = after;
    this.observed = observed;
    this.hosts = hosts;
    this.beforeEndMs = Date.parse(before.organisation.evidenceEndUtc ?? '');
    this.endMs = Date.parse(after.organisation.evidenceEndUtc ?? '');
    this.#known = new Set(before.evidence.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])));
    this.#artifacts = new Map(observed.artifacts.map((artifact) => [artifact.path, artifact]));
    for (const artifact of observed.artifacts)
      if (this.#isLater(artifact)) for (const place of placesOf(artifact)) this.#later.add(place);
    for (const hit of observed.hits)
      for (const rule of hit.rules) {
        if (!rule.startsWith('verify/')) continue;
        const own = this.#hits.get(rule);
        if (own === undefined) this.#hits.set(rule, [hit]);
        else own.push(hit);
      }
  }

  /** Hits of one question of a step, on that server where it names one. */
  hits(step: number, asked: Asked, host: string | null): Found[] {
    return (this.#hits.get(ruleName(step, asked)) ?? [])
      .map((hit) => ({ hit, row: hit.rows[0]!, host: this.hosts.ofRow(hit.rows[0]!) }))
      .filter((found) => host === null || found.host === null || found.host === host);
  }

  /** The case had the same bytes: it is a copy of what was known, and says nothing of today. */
  isOld(path: string): boolean {
    const sha256 = this.#artifacts.get(path)?.sha256 ?? null;
    return sha256 !== null && this.#known.has(sha256);
  }

  /** Of after the case by its own word, or by that of what lies in the same tree of a server; a loose list goes with all that was handed in with it. */
  isAfter(path: string): boolean {
    if (Number.isNaN(this.beforeEndMs)) return true;
    const artifact = this.#artifacts.get(path);
    if (artifact === undefined) return false;
    const collected = Date.parse(artifact.collection?.collectedUtc ?? '');
    if (!Number.isNaN(collected)) return collected > this.beforeEndMs;
    return this.#isLater(artifact) || this.#later.has(placesOf(artifact).at(-1)!);
  }

  #isLater({ collection, times, parts }: ObservedArtifact): boolean {
    return (
      [collection?.collectedUtc, times?.modifiedUtc, times?.createdUtc].some((utc) => Date.parse(utc ?? '') > this.beforeEndMs) ||
      parts.some(({ lastMs }) => lastMs > this.beforeEndMs)
    );
  }

  /** A state is here of which nothing tells that it is of after the case. */
  get anyUnplaced(): boolean {
    return this.observed.artifacts.some(
      ({ path, role, parts, kind }) =>
        role === 'evidence' &&
        (kind === 'web-page' || parts.some(({ records, speaksFor }) => records > 0 && speaksFor === 'state')) &&
        !this.isAfter(path),
    );
  }

  /** Servers of the case that somebody is seen inside. */
  get entered(): readonly string[] {
    const exploited = stageRank('exploited');
    return this.before.hosts.flatMap(({ host, verdict: { stage } }) => (stageRank(stage) >= exploited ? [host] : []));
  }

  /** Whether anything of it is known to be of after the case. */
  get anyAfter(): boolean {
    const { beforeEndMs, endMs } = this;
    const later = (utc: string | null | undefined): boolean => Date.parse(utc ?? '') > beforeEndMs;
    return (
      Number.isNaN(beforeEndMs) ||
      endMs > beforeEndMs ||
      this.observed.artifacts.some(
        ({ collection, times }) => later(collection?.collectedUtc) || later(times?.modifiedUtc) || later(times?.createdUtc),
      )
    );
  }

  /** A state of a server (a list, a setting) that nobody dated, and whose bytes the case has not. */
  get anyUndated(): boolean {
    return this.observed.artifacts.some(
      ({ path, role, parts }) =>
        role === 'evidence' && !this.isOld(path) && parts.some(({ records, speaksFor }) => records > 0 && speaksFor === 'state'),
    );
  }

  artifact(path: string): ObservedArtifact | undefined {
    return this.#artifacts.get(path);
  }

  /** New files that tell a state of that server: those that hold things of one of these sources. */
  states(sources: readonly string[], host: string | null): ObservedArtifact[] {
    return this.observed.artifacts.filter(
      ({ path, parts, collection }) =>
        parts.some(({ records, logSources }) => records > 0 && logSources.some((source) => sources.includes(source))) &&
        !this.isOld(path) &&
        this.isAfter(path) &&
        collection?.snapshot == null &&
        this.isOf(path, host),
    );
  }

  isOf(path: string, host: string | null): boolean {
    const own = this.hosts.ofArtifact(path);
    return host === null || own === null || own === host;
  }

  /** Whose word a row or file is: that of another machine, of a disk, or of the server that it is about. */
  viewOf(path: string, about: string | null): StepView {
    const artifact = this.#artifacts.get(path);
    if (artifact?.collection?.collector === 'mounted-image' || (artifact?.collection?.snapshot ?? null) !== null) return 'disk';
    const own = this.hosts.ofArtifact(path);
    const touched = new Set(this.before.intrusions.flatMap(({ hosts }) => hosts.map((one) => one.host)));
    if (own !== null && own !== about && !touched.has(own)) return 'outside';
    return 'server';
  }

  /** When a state is of: as its collector says, or its rows; null: nobody says. */
  stateMs(artifact: ObservedArtifact): number | null {
    const collected = Date.parse(artifact.collection?.collectedUtc ?? '');
    return Number.isNaN(collected) ? null : collected;
  }

  proof(row: HitRow): StepProof {
    return {
      artifact: row.artifact,
      line: row.line,
      timeUtc: isoUtcOrNull(row.timeMs),
      shown: defang(row.readable ?? decodeText(fromBase64(row.rawBase64)), shownLength),
    };
  }

  fileProof(artifact: ObservedArtifact): StepProof {
    const times = artifact.times?.modifiedUtc ?? null;
    return {
      artifact: artifact.path,
      line: null,
      timeUtc: times,
      shown: defang(
        `${artifact.canonicalPath ?? artifact.path}, ${artifact.bytes} bytes, SHA-256 ${artifact.sha256 ?? 'unknown'}`,
        shownLength,
      ),
    };
  }

  /** Rows of requests that somebody on the internet made, as stretches of time in which they lie, in order; and the logs they stand in. */
  outside(host: string | null): {
    readonly spans: readonly {
      readonly fromMs: number;
      readonly toMs: number;
      readonly artifact: string;
      readonly address: string;
    }[];
    /** Of the logs that they stand in, in order. */
    readonly logs: readonly { readonly fromMs: number; readonly toMs: number }[];
    readonly fromMs: number;
    readonly toMs: number;
  } {
    const spans: { fromMs: number; toMs: number; artifact: string; address: string }[] = [];
    const logs: { fromMs: number; toMs: number }[] = [];
    let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { path, parts } of this.observed.artifacts) {
      if (!this.isOf(path, host)) continue;
      for (const part of parts) {
        if (part.speaksFor !== 'span' || !['iis-w3c', 'web-access', 'httpproxy'].includes(part.logSource)) continue;
        if (part.firstMs <= part.lastMs) logs.push({ fromMs: part.firstMs, toMs: part.lastMs });
        if (!Number.isNaN(part.firstMs)) fromMs = Math.min(fromMs, part.firstMs);
        if (!Number.isNaN(part.lastMs)) toMs = Math.max(toMs, part.lastMs);
        for (const group of ['c-ip|cs-username', 'ClientIpAddress|AuthenticatedUser'])
          for (const { tuple, firstMs, lastMs } of part.groups.get(group) ?? []) {
            const address = bareAddress(tuple[0] ?? '');
            if (address === null || isPrivate(address) || Number.isNaN(firstMs)) continue;
            spans.push({ fromMs: firstMs, toMs: lastMs, artifact: path, address });
          }
      }
    }
    const inOrder = <T extends { fromMs: number; toMs: number }>(list: T[]): T[] =>
      list.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
    return { spans: inOrder(spans), logs: inOrder(logs), fromMs, toMs };
  }
}
