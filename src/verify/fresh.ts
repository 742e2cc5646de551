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
  /** New, and nothing proves that it is hostile. */
  readonly possible: readonly FreshFinding[];
  /** Attempts that got nowhere. */
  readonly attempts: number;
}

const gravity: Readonly<Record<FreshFinding['kind'], number>> = { again: 3, new: 2, overlooked: 1, unknown: 0, possible: -1 };

/** @param closed pages whose step is done, as {@link pageAt} */
export function freshOf(facts: Facts, closed: ReadonlySet<string>): Fresh {
  const { before, after, beforeEndMs } = facts;
  const knownRows = rowsOf(before);
  const intrusions = before.intrusions.filter(({ role }) => role === 'intruder');
  const byMark = new Map(intrusions.toReversed().flatMap((one) => marksOf(one).map((mark) => [mark, one] as const)));
  // By server: a page of the same name on another one is another page, and no step takes it away.
  const ways = new Set(before.verdict.presence.waysBack.map(({ what, host }) => pageAt(what, host)));
  const isIn = (pages: ReadonlySet<string>, { host, ...finding }: Finding): boolean => {
    const names = pageNames(finding);
    return names.length > 0 && names.every((page) => pages.has(pageAt(page, null)) || pages.has(pageAt(page, host)));
  };
  /** Taken away at last, and used after the end of the case: what was done with it then is not in the case. */
  const isUsed = (finding: Finding): boolean => isIn(closed, finding) && Date.parse(finding.lastUtc ?? '') > beforeEndMs;
  const counted = after.findings.filter(({ confidence, declared }) => confidence !== 'possible' && declared === null);
  const files = new Map(after.evidence.map((entry) => [entry.path, entry]));
  const isKnown = (finding: Finding): boolean =>
    finding.evidence.length > 0 &&
    finding.evidence.every((row) => knownRows.has(contentOf(row, files.get(row.artifact)))) &&
    !(Date.parse(finding.lastUtc ?? '') > beforeEndMs);
  // What is done with a page that the case knows is told with the step that takes it away.
  const isOfStep = (finding: Finding): boolean => isIn(ways, finding) && !isUsed(finding);
  const told = counted
    .filter((finding) => stageRank(finding.stage) >= exploited && !isKnown(finding) && !isOfStep(finding))
    .flatMap(
      (
        finding,
      ): (Omit<FreshFinding, 'findings' | 'text'> & {
        readonly id: string;
        readonly owner: Intrusion | null;
        readonly used: string | null;
      })[] => {
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
            used: isUsed(finding) ? finding.lastUtc : null,
            what: pageNames(finding)[0] ?? null,
            timeUtc: firstAfter(finding, beforeEndMs),
          },
        ];
      },
    );
  const things = groupBy(told, ({ id, what, host }) => (what === null ? id : `${host ?? ''}\u0000${what}`));
  const sure = new Set(told.map(({ what, host }) => pageAt(what ?? '', host)));
  // What is rare in these logs is rare in any: that one of a few days has it says nothing of a return.
  const maybe = after.findings.filter(
    (finding) =>
      !finding.rule.startsWith('novelty/') &&
      finding.confidence === 'possible' &&
      finding.declared === null &&
      stageRank(finding.stage) >= exploited &&
      !isKnown(finding) &&
      !isIn(ways, finding) &&
      !sure.has(pageAt(pageNames(finding)[0] ?? '\u0000', finding.host)) &&
      isNewState(finding, facts),
  );
  const mayBe = groupBy(maybe, (finding) => `${pageAt(pageNames(finding)[0] ?? '', finding.host)}\u0000${finding.title}`);
  const possible = [...mayBe.values()].map((own): FreshFinding => {
    const [first] = own;
    const { title, host } = first!;
    const what = pageNames(first!)[0] ?? null;
    const timeUtc = own.flatMap((one) => firstAfter(one, beforeEndMs) ?? []).sort()[0] ?? null;
    const text = say.fresh.possible(what, host, timeUtc);
    return { what, findings: own.map(({ id }) => id), title, host, timeUtc, kind: 'possible', intrusion: null, text };
  });
  return {
    possible,
    findings: [...things.values()].map((own): FreshFinding => {
      const [first] = own;
      const { kind } = own.toSorted((a, b) => gravity[b.kind] - gravity[a.kind])[0]!;
      const owner = own.find((one) => one.owner !== null)?.owner ?? null;
      const timeUtc = own.flatMap((one) => one.timeUtc ?? []).sort()[0] ?? null;
      const host = first!.host;
      const used = own
        .flatMap((one) => one.used ?? [])
        .sort()
        .at(-1);
      return {
        what: first!.what,
        findings: own.map(({ id }) => id),
        title: first!.title,
        host,
        timeUtc,
        kind,
        intrusion: owner?.id ?? null,
        text:
          used !== undefined && first!.what !== null
            ? say.fresh.used(first!.what, host, used)
            : kind === 'new' && timeUtc !== null
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

export const pageAt = (page: string, host: string | null): string => `${host ?? ''}\u0000${page.toLowerCase()}`;

const pageNames = ({ observables }: Pick<Finding, 'observables'>): string[] =>
  observables.filter(({ kind }) => kind === 'page').map(({ value }) => value.toLowerCase());

/** `2 (203.0.113.151)`: its number in the case, and the address or page by which people know it. */
function whoIs(intrusion: Intrusion, all: readonly Intrusion[]): string {
  const name =
    intrusion.observables.find(({ kind, standing }) => kind === 'address' && standing === 'direct')?.value ??
    intrusion.observables.find(({ kind }) => kind === 'page')?.value;
  return `${all.indexOf(intrusion) + 1}${name === undefined ? '' : ` (${name})`}`;
}

function rowsOf({ findings, evidence }: Pick<Assessment, 'findings' | 'evidence'>): Set<string> {
  const files = new Map(evidence.map((entry) => [entry.path, entry]));
  return new Set(findings.flatMap((finding) => finding.evidence.map((row) => contentOf(row, files.get(row.artifact)))));
}

/** The first row of after the case. */
const firstAfter = (finding: Finding, beforeEndMs: number): string | null =>
  finding.evidence.map(({ timeUtc }) => timeUtc).find((utc) => utc !== null && Date.parse(utc) > beforeEndMs) ??
  finding.lastUtc ??
  finding.timeUtc;

/** Of after the case, and not what it has of the same rule already. */
function isNewState(finding: Finding, facts: Facts): boolean {
  const state = ofState(finding, facts);
  const lastMs = Date.parse(finding.lastUtc ?? finding.timeUtc ?? '');
  return Number.isNaN(lastMs) ? state === 'new' || state === 'unknown' : state !== null && lastMs > facts.beforeEndMs;
}

/** Of a file or setting without a time: when it was written tells; null: the case has a step for it. */
function ofState(finding: Finding, { before, after, beforeEndMs }: Facts): FreshFinding['kind'] | null {
  const nameOf = ({ rule, host, observables }: Finding): string => `${rule}\u0000${host ?? ''}\u0000${pagesOf(observables)}`;
  const name = nameOf(finding);
  const known = before.findings.filter((one) => nameOf(one) === name);
  // Of what has no page, the rule alone does not tell one from another: its rows do, or what is seen of it.
  const seen = seenOf(finding);
  const rows = rowsOf({ findings: known, evidence: before.evidence });
  const files = new Map(after.evidence.map((one) => [one.path, one]));
  if (
    known.some((one) => pagesOf(one.observables) !== '' || (seen !== '' && seenOf(one) === seen)) ||
    (known.length > 0 && finding.evidence.every((row) => rows.has(contentOf(row, files.get(row.artifact)))))
  )
    return null;
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

const seenOf = ({ observables }: Finding): string =>
  observables
    .map(({ kind, value }) => `${kind} ${value.toLowerCase()}`)
    .sort()
    .join('\n');
