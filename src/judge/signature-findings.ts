/**
 * What signatures of others matched, one finding for each file: without a stage, and never part of the answer. A match alone is `possible`;
 * of a page that the web server hands out and that nobody ships `probable`; `confirmed` where its writing or an answered use of it was
 * seen: then it stands among the findings of that intrusion.
 */
import type { Finding, FindingEvidence } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { fromBase64, sha256Hex } from '../core/hash.ts';
import type { SignatureHit, SignatureMatch } from '../core/signature.ts';
import { byCodeUnit } from '../core/text.ts';
import { pageOfFile } from '../detect/index.ts';
import type { Observed, ObservedArtifact } from '../run/index.ts';
import { isUse } from './event.ts';
import type { Hosts } from './hosts.ts';
import { isWriting } from './implants.ts';
import type { Judged } from './intrusions.ts';
import { sentences } from './messages.ts';

/** Matches shown per finding. */
const evidenceLimit = 10;
/** Files that get a finding of their own; what is beyond is one finding. */
const findingLimit = 500;
/** What the web server runs when it is asked for. */
const isPage = /\.(?:as[pm]x|ashx|asax|asp|asa|cer|cshtml|svc)$/i;

interface PageSeen {
  readonly how: 'written' | 'used';
  readonly judged: Judged;
  readonly host: string | null;
}

export interface SignatureFindings {
  readonly findings: readonly Finding[];
  /** Id of an intrusion → findings of files that are its own. */
  readonly joined: ReadonlyMap<string, readonly string[]>;
}

/** @param filesKnown of which server a list of shipped files fits, so that these were left out by their hash: what is left is not shipped */
export function signatureFindings(
  observed: Observed,
  judged: readonly Judged[],
  hosts: Hosts,
  filesKnown: (host: string | null) => boolean,
): SignatureFindings {
  const hits = groupBy(observed.signatureHits ?? [], ({ artifact }) => artifact);
  const artifacts = new Map(observed.artifacts.map((artifact) => [artifact.path, artifact]));
  const pages = hits.size === 0 ? new Map<string, PageSeen[]>() : pagesSeen(judged);
  const joined = new Map<string, string[]>();
  const findings: Finding[] = [];
  for (const [path, own] of [...hits].sort((a, b) => byCodeUnit(a[0], b[0])).slice(0, findingLimit)) {
    const artifact = artifacts.get(path)!;
    const host = hosts.ofArtifact(path);
    const page = isPage.test(path) ? pageOfFile(windowsPath(artifact)) : null;
    const seen =
      page === null ? undefined : pages.get(page)?.find((one) => host === null || one.host === null || one.host === host);
    const finding = findingOf(artifact, own, host, page, seen ?? null, filesKnown);
    findings.push(finding);
    if (seen === undefined) continue;
    const { id } = seen.judged.intrusion;
    joined.set(id, [...(joined.get(id) ?? []), finding.id]);
  }
  if (hits.size > findingLimit) findings.push(theRest(hits.size - findingLimit));
  return { findings, joined };
}

const windowsPath = ({ canonicalPath, path }: ObservedArtifact): string => (canonicalPath ?? path).replaceAll('/', '\\');

/** Pages that an intruder wrote, or that did something for him. */
function pagesSeen(judged: readonly Judged[]): Map<string, PageSeen[]> {
  const pages = new Map<string, PageSeen[]>();
  for (const one of judged)
    for (const { confidence, events } of one.claims)
      for (const event of confidence === 'possible' ? [] : events) {
        const { page, host } = event;
        const how = page === null ? null : isWriting(event) ? 'written' : isUse(event) ? 'used' : null;
        if (page === null || how === null) continue;
        const known = pages.get(page) ?? [];
        if (!known.some((other) => other.judged === one && other.how === how && other.host === host))
          pages.set(page, [...known, { how, judged: one, host }]);
      }
  return pages;
}

function findingOf(
  artifact: ObservedArtifact,
  hits: readonly SignatureHit[],
  host: string | null,
  page: string | null,
  seen: PageSeen | null,
  filesKnown: (host: string | null) => boolean,
): Finding {
  const place = windowsPath(artifact);
  const name = place.slice(place.lastIndexOf('\\') + 1);
  const rules = hits.map(({ about }) => about.rule);
  const confidence = seen !== null ? 'confirmed' : page !== null && filesKnown(host) ? 'probable' : 'possible';
  const first = hits[0]!.about;
  return {
    id: sha256Hex(`signature\n${artifact.path}\n${artifact.sha256 ?? ''}`).slice(0, 16),
    title: sentences.signatureTitle(name, rules),
    stage: 'none',
    confidence,
    timeUtc: null,
    lastUtc: null,
    count: hits.length,
    host,
    campaign: null,
    rule: `signature/${first.file}/${first.rule}`,
    techniques: [],
    cves: [...new Set(hits.flatMap(({ about }) => cvesIn(`${about.rule} ${about.description ?? ''}`)))].sort(byCodeUnit),
    proves: sentences.signatureProves(
      place,
      artifact.sha256,
      hits.map(({ about }) => saying(about)),
      seen?.how ?? null,
      page,
    ),
    doesNotProve: sentences.signatureDoesNotProve,
    innocent: sentences.signatureInnocent,
    observables: page === null ? [] : [{ kind: 'page', value: page, standing: 'direct' }],
    evidence: hits.slice(0, evidenceLimit).map((hit) => evidenceOf(artifact.path, hit)),
    falsePositives: [sentences.signatureInnocent],
    declared: seen?.judged.declared?.name ?? null,
  };
}

const saying = ({ rule, description }: SignatureHit['about']): string =>
  description === null ? rule : `${rule} (${description})`;

const cvesIn = (text: string): string[] =>
  [...text.matchAll(/cve[-_](\d{4})[-_](\d{4,7})/gi)].map(([, year, number]) => `CVE-${year}-${number}`);

/** The bytes of the first match; of a signature without patterns, none. */
function evidenceOf(artifact: string, { matches, about }: SignatureHit): FindingEvidence {
  const first = matches[0];
  const bytes = fromBase64(first?.bytesBase64 ?? '');
  return {
    artifact,
    offsetBytes: first?.offsetBytes ?? 0,
    line: null,
    recordId: null,
    timeUtc: null,
    rawBase64: first?.bytesBase64 ?? '',
    shown: `${about.rule}: ${matches.length === 0 ? sentences.signatureWhole : matches.map(shownMatch).join('; ')}`,
    decisiveBase64: [],
    sha256: sha256Hex(bytes),
  };
}

/** As numbers: a text that a signature knows would make a report that a virus scanner takes away. */
function shownMatch({ pattern, offsetBytes, lengthBytes, bytesBase64 }: SignatureMatch): string {
  const bytes = fromBase64(bytesBase64).subarray(0, 16);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${pattern} @ ${offsetBytes}: ${hex}${lengthBytes > bytes.length ? ' …' : ''}`;
}

const theRest = (files: number): Finding => ({
  id: sha256Hex('signature\nrest').slice(0, 16),
  title: sentences.signatureRest(files),
  stage: 'none',
  confidence: 'possible',
  timeUtc: null,
  lastUtc: null,
  count: files,
  host: null,
  campaign: null,
  rule: 'signature/rest',
  techniques: [],
  cves: [],
  proves: sentences.signatureRestProves,
  doesNotProve: sentences.signatureDoesNotProve,
  innocent: sentences.signatureInnocent,
  observables: [],
  evidence: [],
  falsePositives: [sentences.signatureInnocent],
  declared: null,
});
