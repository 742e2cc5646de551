/** Findings that the owner marked as known to be good (`afterpatch case acknowledge`): they stay visible and are judged apart. */
import { type Acknowledgement, contentOf } from '../core/acknowledged.ts';
import type { Finding } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Observed } from '../run/index.ts';
import { acknowledgedSentences as say } from './acknowledged-messages.ts';
import type { Cluster } from './cluster.ts';
import type { Event } from './event.ts';
import type { Declared } from './known.ts';

export interface Acknowledged {
  /** The acknowledgement under which a row stands that holds at the end of this evidence; null: none. */
  of(event: Pick<Event, 'proof' | 'host' | 'row'>): Acknowledgement | null;
  /** With what was said of findings that no rule of a pack made, and what ended. */
  readonly all: readonly Acknowledgement[];
}

export const nothingAcknowledged: Acknowledged = { of: () => null, all: [] };

/** Whether it holds: neither the evidence nor the day of the report is beyond its end. */
export const holds = ({ untilUtc, withdrawnUtc }: Acknowledgement, endMs: number, nowMs: number | null): boolean =>
  withdrawnUtc === null && Date.parse(untilUtc) > Math.max(Number.isNaN(endMs) ? -Infinity : endMs, nowMs ?? -Infinity);

/** @param list those that hold */
export function acknowledgedIn(list: readonly Acknowledgement[], { artifacts }: Pick<Observed, 'artifacts'>): Acknowledged {
  if (list.length === 0) return nothingAcknowledged;
  const files = new Map(artifacts.map((artifact) => [artifact.path, artifact]));
  const byKey = new Map<string, Acknowledgement>();
  for (const one of list) for (const content of one.contents) byKey.set(keyOf(one.rule, one.host, content), one);
  return {
    of: ({ proof, host, row }) => byKey.get(keyOf(proof.rule, host, contentOf(row, files.get(row.artifact)))) ?? null,
    all: list,
  };
}

const keyOf = (rule: string, host: string | null, content: string): string => `${rule}\u0000${host ?? ''}\u0000${content}`;

/** Rows under one acknowledgement are a group of their own: they are nobody's, and tie nobody to anybody. */
export function parted(
  events: readonly Event[],
  acknowledged: Acknowledged,
): { readonly rest: readonly Event[]; readonly groups: readonly { readonly cluster: Cluster; readonly declared: Declared }[] } {
  const by = new Map<Acknowledgement, Event[]>();
  const rest: Event[] = [];
  for (const event of events) {
    const one = acknowledged.of(event);
    if (one === null) rest.push(event);
    else by.set(one, [...(by.get(one) ?? []), event]);
  }
  return {
    rest,
    groups: [...by]
      .sort(([a], [b]) => byCodeUnit(a.id, b.id))
      .map(([one, own]) => ({
        cluster: { events: own, together: [], apart: [] },
        declared: { name: say.name(one), goesOn: false, acknowledged: true as const },
      })),
  };
}

/** Findings of others (rules, indicators, signatures, what is new): marked where each of their rows is acknowledged. */
export function marked(finding: Finding, list: readonly Acknowledgement[], { artifacts }: Pick<Observed, 'artifacts'>): Finding {
  if (finding.declared !== null || finding.evidence.length < finding.count) return finding;
  const own = list.filter(({ rule, host }) => rule === finding.rule && host === finding.host);
  if (own.length === 0) return finding;
  const files = new Map(artifacts.map((artifact) => [artifact.path, artifact]));
  const one = own.find(({ contents }) =>
    finding.evidence.every((row) => contents.includes(contentOf(row, files.get(row.artifact)))),
  );
  return one === undefined ? finding : { ...finding, declared: say.name(one) };
}

export interface AcknowledgedText {
  readonly text: string;
  /** `Finding.declared` of those that it is about. */
  readonly names: readonly string[];
}

/** What is left out of the answer because somebody said so, and what counts again. */
export function acknowledgedTold(
  list: readonly Acknowledgement[],
  leftOut: ReadonlySet<string>,
  ended: readonly Acknowledgement[],
): AcknowledgedText[] {
  const out = list.filter((one) => leftOut.has(say.name(one)));
  const told = groupBy(out, ({ by, reason, untilUtc }) => `${by}\u0000${reason}\u0000${untilUtc}`);
  return [
    ...[...told.values()].map((own) => ({ text: say.leftOut(own.length, own[0]!), names: own.map((one) => say.name(one)) })),
    ...ended.filter(({ withdrawnUtc }) => withdrawnUtc === null).map((one) => ({ text: say.ended(one), names: [] })),
  ];
}
