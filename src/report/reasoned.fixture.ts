/** Assessments of the tests are written without what their sentences rest on; here each gets something of its own assessment. */
import type { Assessment, Because, EvidenceEntry, Finding, Presence, Rule } from '../core/assessment.ts';
import type { Problem } from '../core/problem.ts';
import { sha256Hex } from '../core/hash.ts';

type Filled = 'because' | 'said' | 'restsOn' | 'rules' | 'id' | 'reasons';

/** What need not be written: reasons, and ids that only they need. */
export type Bare<T> = T extends readonly (infer Element)[]
  ? readonly Bare<Element>[]
  : T extends Finding | EvidenceEntry | Problem
    ? T
    : T extends object
      ? { readonly [Key in keyof T as Key extends Filled ? never : Key]: Bare<T[Key]> } & {
          readonly [Key in keyof T & Filled]?: Bare<T[Key]>;
        }
      : T;

export const exampleRule: Rule = { id: 'answer.example', chapter: 3, says: 'What a test says is so.', why: 'It is a test.' };
const rule: Because = { kind: 'rule', id: exampleRule.id };
const named = (...parts: readonly (string | null)[]): string => sha256Hex(parts.join('\n')).slice(0, 16);
const resting = (findings: readonly string[] = []): Because[] => [
  ...findings.slice(0, 3).map((id): Because => ({ kind: 'finding', id })),
  rule,
];

function presenceOf(presence: Bare<Presence>): Presence {
  return {
    ...presence,
    because: resting(),
    waysBack: presence.waysBack.map((way) => ({ ...way, because: resting(way.findings) })),
  };
}

export function reasoned(bare: Bare<Assessment>): Assessment {
  const { verdict, coverage } = bare;
  const first = bare.findings.slice(0, 1).map(({ id }) => id);
  return {
    ...(bare as Assessment),
    rules: [exampleRule],
    verdict: {
      ...verdict,
      said: [{ text: verdict.sentence, because: resting(first) }],
      because: resting(first),
      restsOn: {
        answer: resting(first),
        entered: resting(),
        beyond: resting(),
        stage: resting(first),
        toAuthority: resting(),
        exitCode: resting(),
      },
      presence: presenceOf(verdict.presence),
      reasons: (verdict.reasons ?? []).map((one) => ({ ...one, because: resting(one.findings) })),
      missing: verdict.missing.map((one) => ({ ...one, id: named('missing', one.kind, one.host, one.text), because: [rule] })),
      waves: verdict.waves.map((one) => ({ ...one, because: [rule] })),
      ladder: verdict.ladder.map((one) => ({ ...one, because: [rule] })),
    },
    hosts: bare.hosts.map((one) => ({ ...one, because: [rule] })),
    exposure: bare.exposure.map((one) => ({
      ...one,
      mitigations: one.mitigations as Assessment['exposure'][number]['mitigations'],
      campaigns: one.campaigns.map((own) => ({ ...own, id: named('exposure', one.host, own.campaign), because: [rule] })),
    })),
    coverage: {
      ...coverage,
      sources: coverage.sources.map((one) => ({ ...one, id: named('source', one.kind, one.host), because: [rule] })),
      ledgers: coverage.ledgers.map((one) => ({
        ...one,
        id: named('ledger', one.host, one.book, one.against),
        missing: one.missing as Assessment['coverage']['ledgers'][number]['missing'],
      })),
      silences: coverage.silences.map((one) => ({ ...one, id: named('silence', one.host, one.fromUtc) })),
    },
    intrusions: bare.intrusions.map((one) => ({
      ...one,
      id: one.id!,
      presence: presenceOf(one.presence),
      targeting: {
        ...one.targeting,
        because: resting(one.findings.slice(0, 1)),
        reasons: (['for', 'against', 'open'] as const).flatMap((weighs) =>
          one.targeting[weighs].map((text) => ({ weighs, text, because: [rule] })),
        ),
      },
      together: one.together.map((own) => ({ ...own, because: resting(own.findings) })),
      apart: one.apart.map((own) => ({ ...own, because: [{ kind: 'intrusion' as const, id: own.other }, rule] })),
      mail: one.mail.map((own) => ({ ...own, because: resting(own.findings) })),
      because: resting(one.findings.slice(0, 1)),
    })),
    novelty: {
      ...bare.novelty,
      normal: bare.novelty.normal.map((one) => ({ ...one, because: [rule] })),
      items: bare.novelty.items.map((one) => ({ ...one, reasons: one.reasons ?? [], because: resting([one.finding]) })),
    },
  };
}
