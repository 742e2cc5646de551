/**
 * What the script in the page is given: the assessment as far as it draws it, as base64 of JSON. Nothing in it stands in clear in the
 * file, and all of it becomes text in the page and nothing else.
 */
import type { Assessment, Finding, FindingEvidence } from '../../core/assessment.ts';
import { base64, fromBase64 } from '../../core/hash.ts';
import { noPlan } from '../../core/plan.ts';
import { defang } from '../../core/text.ts';
import type { PageOptions } from './context.ts';
import { textOf } from './raw-line.ts';

/** Base64 characters of lines in one page; of lines beyond it the page holds what is shown, and `findings.ndjson` the bytes. */
const bytesLimit = 6_000_000;
const lineCharacters = 120;

type Shared = Pick<
  Finding,
  | 'title'
  | 'stage'
  | 'confidence'
  | 'campaign'
  | 'rule'
  | 'techniques'
  | 'cves'
  | 'proves'
  | 'doesNotProve'
  | 'innocent'
  | 'falsePositives'
  | 'declared'
>;
type Own = Omit<Finding, keyof Shared>;

interface Model {
  readonly options: PageOptions;
  readonly assessment: Omit<Assessment, 'findings'>;
  /** What findings of one kind have in common, once. */
  readonly kinds: readonly Shared[];
  readonly findings: readonly (Own & { readonly kind: number })[];
}

export function packedModel(assessment: Assessment, { nowMs, timeZone, lang }: PageOptions): string {
  const kinds: Shared[] = [];
  const places = new Map<string, number>();
  let room = bytesLimit;
  const evidenceOf = (evidence: FindingEvidence): FindingEvidence => {
    room -= evidence.rawBase64.length;
    if (room < 0) return { ...evidence, rawBase64: '' };
    // Made again from the bytes where these are text.
    return textOf(evidence).binary ? evidence : { ...evidence, shown: '' };
  };
  const findings = assessment.findings.map((finding) => {
    const {
      title,
      stage,
      confidence,
      campaign,
      rule,
      techniques,
      cves,
      proves,
      doesNotProve,
      innocent,
      falsePositives,
      declared,
      ...own
    } = finding;
    const shared: Shared = {
      title,
      stage,
      confidence,
      campaign,
      rule,
      techniques,
      cves,
      proves,
      doesNotProve,
      innocent,
      falsePositives,
      declared,
    };
    const key = JSON.stringify(shared);
    let kind = places.get(key);
    if (kind === undefined) places.set(key, (kind = kinds.push(shared) - 1));
    return { ...own, evidence: own.evidence.map(evidenceOf), kind };
  });
  const model: Model = {
    options: { nowMs, timeZone, lang },
    // What is not drawn again is left out.
    assessment: {
      schema: assessment.schema,
      evidence: [],
      organisation: assessment.organisation,
      collections: [],
      overTime: [],
      next: { ...assessment.next, list: [] },
      campaigns: assessment.campaigns,
      rules: assessment.rules.filter(({ id }) => id === 'others.no_stage'),
      verdict: { ...assessment.verdict, said: [], reasons: [], missing: [], ladder: [] },
      hosts: [],
      exposure: assessment.exposure,
      inventory: [],
      coverage: {
        sources: assessment.coverage.sources.map((source) => ({ ...source, problems: [] })),
        campaigns: [],
        ledgers: [],
        silences: [],
        steps: [],
      },
      blindness: null,
      intrusions: assessment.intrusions,
      novelty: { normal: [], items: [], left: 0 },
      plan: noPlan,
      notRead: [],
      problems: [],
    },
    kinds,
    findings,
  };
  const text = base64(new TextEncoder().encode(JSON.stringify(model)));
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += lineCharacters) lines.push(text.slice(at, at + lineCharacters));
  return lines.join('\n');
}

export function unpackedModel(text: string): { readonly assessment: Assessment; readonly options: PageOptions } {
  const json = new TextDecoder().decode(fromBase64(text.replace(/\s+/g, '')));
  // Written by `packedModel` into the same file.
  const { options, assessment, kinds, findings } = JSON.parse(json) as Model;
  return {
    options,
    assessment: { ...assessment, findings: findings.map(({ kind, ...own }) => ({ ...own, ...kinds[kind]! })) },
  };
}

/** As {@link FindingEvidence.shown}, also where only the bytes were packed. */
export const shownOf = (evidence: FindingEvidence): string =>
  evidence.shown === '' ? defang(textOf(evidence).text) : evidence.shown;
