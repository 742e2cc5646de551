/** What is hostile in the new evidence and not in the case: done since, or overlooked then. */
import type { Assessment, Finding, Intrusion } from '../core/assessment.ts';
import { contentOf } from '../core/acknowledged.ts';
import { groupBy } from '../core/group.ts';
import { stageRank } from '../core/stage.ts';
import type { FreshFinding } from '../core/verified.ts';
import type { Facts } from './facts.ts';
import { verifySentences as say } from './messages.ts';

const exploited = stageRank('exploited');

/** Pages and addresses by which an intrusion of the case is known. */
const marksOf = ({ observables }: Pick<Intrusion, 'observables'>): string[] =>
  observables
    .filter(({ kind, standing }) => kind === 'page' || kind === 'shell_key' || (kind === 'address' && standing === 'direct'))
    .map(({ kind, value }) => `${kind}\u0000${value.toLowerCase()}`);

export interface Fresh {
  readonly findings: readonly FreshFinding[];
  /** Attempts that got nowhere. */
  readonly attempts: number;
}

const gravity: Readonly<Record<FreshFinding['kind'], number>> = { again: 3, new: 2, overlooked: 1, unknown: 0 };

export function freshOf(facts: Facts): Fresh {
  const { before, after, beforeEndMs } = facts;
  const knownRows = rowsOf(before);
  const intrusions = before.intrusions.filter(({ role }) => role === 'intruder');
  const byMark = new Map(intrusions.toReversed().flatMap((one) => marksOf(one).map((mark) => [mark, one] as const)));
  const ways = new Set(before.verdict.presence.waysBack.map(({ what }) => what.toLowerCase()));
  const counted = after.findings.filter(({ confidence, declared }) => confidence !== 'possible' && declared === null);
  const files = new Map(after.evidence.map((entry) => [entry.path, entry]));
  const isKnown = (finding: Finding): boolean =>
    finding.evidence.length > 0 &&
    finding.evidence.every((row) => knownRows.has(contentOf(row, files.get(row.artifact)))) &&
    !(Date.parse(finding.lastUtc ?? '') > beforeEndMs);
  // What is done with a page that the case knows is told with the step that takes it away.
  const isOfStep = (finding: Finding): boolean => {
    const pages = pageNames(finding);
    return pages.length > 0 && pages.every((page) => ways.has(page));
  };
  const told = counted
    .filter((finding) => stageRank(finding.stage) >= exploited && !isKnown(finding) && !isOfStep(finding))
    .flatMap(
      (finding): (Omit<FreshFinding, 'findings' | 'text'> & { readonly id: string; readonly owner: Intrusion | null })[] => {
        const owner = marksOf(finding).flatMap((mark) => byMark.get(mark) ?? [])[0] ?? null;
        const lastMs = Date.parse(finding.lastUtc ?? finding.timeUtc ?? '');
        const kind = Number.isNaN(lastMs)
          ? ofState(finding, facts)
          : lastMs <= beforeEndMs
            ? 'overlooked'
            : owner === null
              ? 'new'
              : 'again';
        if (kind === null) return [];
        const { id, title, host } = finding;
        return [
          {
            id,
            title,
            host,
            kind,
            owner,
            intrusion: null,
            what: pageNames(finding)[0] ?? null,
            timeUtc: firstAfter(finding, beforeEndMs),
          },
        ];
      },
    );
  const things = groupBy(told, ({ id, what, host }) => (what === null ? id : `${host ?? ''}\u0000${what}`));
  return {
    findings: [...things.values()].map((own): FreshFinding => {
      const [first] = own;
      const { kind } = own.toSorted((a, b) => gravity[b.kind] - gravity[a.kind])[0]!;
      const owner = own.find((one) => one.owner !== null)?.owner ?? null;
      const timeUtc = own.flatMap((one) => one.timeUtc ?? []).sort()[0] ?? null;
      const host = first!.host;
      return {
        what: first!.what,
        findings: own.map(({ id }) => id),
        title: first!.title,
        host,
        timeUtc,
        kind,
        intrusion: owner?.id ?? null,
        text:
          kind === 'new' && timeUtc !== null
            ? say.fresh.new(first!.what, host, timeUtc)
            : kind === 'again'
              ? say.fresh.again(first!.what, host, timeUtc, owner === null ? null : whoIs(owner, intrusions))
              : kind === 'overlooked' && timeUtc !== null
                ? say.fresh.overlooked(first!.what, host, timeUtc)
                : say.fresh.unknown(first!.what, host),
      };
    }),
    attempts: counted.filter(
      ({ stage, timeUtc }) => stageRank(stage) < exploited && stage !== 'none' && Date.parse(timeUtc ?? '') > beforeEndMs,
    ).length,
  };
}

const pageNames = ({ observables }: Pick<Finding, 'observables'>): string[] =>
  observables.filter(({ kind }) => kind === 'page').map(({ value }) => value.toLowerCase());

/** `2 (203.0.113.151)`: its number in the case, and the address or page by which people know it. */
function whoIs(intrusion: Intrusion, all: readonly Intrusion[]): string {
  const name =
    intrusion.observables.find(({ kind, standing }) => kind === 'address' && standing === 'direct')?.value ??
    intrusion.observables.find(({ kind }) => kind === 'page')?.value;
  return `${all.indexOf(intrusion) + 1}${name === undefined ? '' : ` (${name})`}`;
}

function rowsOf({ findings, evidence }: Assessment): Set<string> {
  const files = new Map(evidence.map((entry) => [entry.path, entry]));
  return new Set(findings.flatMap((finding) => finding.evidence.map((row) => contentOf(row, files.get(row.artifact)))));
}

/** The first row of after the case. */
const firstAfter = (finding: Finding, beforeEndMs: number): string | null =>
  finding.evidence.map(({ timeUtc }) => timeUtc).find((utc) => utc !== null && Date.parse(utc) > beforeEndMs) ??
  finding.lastUtc ??
  finding.timeUtc;

/** Of a file or setting without a time: when it was written tells; null: the case has a step for it. */
function ofState(finding: Finding, { before, after, beforeEndMs }: Facts): FreshFinding['kind'] | null {
  const titles = new Set(
    before.findings.map(({ rule, host, observables }) => `${rule}\u0000${host ?? ''}\u0000${pagesOf(observables)}`),
  );
  if (titles.has(`${finding.rule}\u0000${finding.host ?? ''}\u0000${pagesOf(finding.observables)}`)) return null;
  const entry = after.evidence.find(({ path }) => path === finding.evidence[0]?.artifact);
  const odd = after.inventory.flatMap((one) => one.odd).find(({ artifact }) => artifact === entry?.path);
  const written = [entry?.times?.createdUtc, entry?.times?.modifiedUtc, odd?.createdUtc, odd?.modifiedUtc]
    .map((utc) => Date.parse(utc ?? ''))
    .filter((ms) => !Number.isNaN(ms));
  if (written.length === 0) return 'unknown';
  return Math.max(...written) > beforeEndMs ? 'new' : 'overlooked';
}

const pagesOf = (observables: Finding['observables']): string =>
  observables
    .filter(({ kind }) => kind === 'page')
    .map(({ value }) => value.toLowerCase())
    .join(' ');
