/** Why it is said: findings first, then who they are, what is missing, the books of requests, how the servers stood, other tools. */
import type { Because, Finding, LedgerEntry, Missing, Verdict } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';
import { byExposure, byFinding, byIntrusion, byLedger, byMissing, byRule, bySilence, byStage, once } from './because.ts';
import { shortPackName } from './campaigns.ts';
import type { Claim } from './claims.ts';
import { exposureSentences } from './exposure-messages.ts';
import { type Judged, toldApart } from './intrusions.ts';
import { ledgerSentences } from './ledger-messages.ts';
import { sentences } from './messages.ts';
import { proven, type VerdictContext } from './verdict-context.ts';

type Reason = Verdict['reasons'][number];

/** Findings or intruders that are named with a reason. */
const namedOf = 6;

export function reasonsOf(
  judged: readonly Judged[],
  claims: readonly Claim[],
  missing: readonly Missing[],
  context: VerdictContext,
): Verdict['reasons'] {
  const reasons: Reason[] = [];
  const said = new Set<string>();
  for (const claim of claims) {
    const owner = judged.find((one) => one.claims.includes(claim))!;
    const finding = owner.findings[owner.claims.indexOf(claim)]!;
    if (said.has(finding.title) || reasons.length >= 8) continue;
    said.add(finding.title);
    reasons.push({
      text: `${finding.title}.`,
      findings: [finding.id],
      because: once([byFinding(finding.id)], byStage(finding.stage), together(finding)),
    });
  }
  const intruders = judged.filter(({ intrusion, declared }) => intrusion.role === 'intruder' && declared === null);
  const apart = toldApart(intruders);
  if (apart > 1)
    reasons.push({
      text: sentences.intruders(apart),
      findings: [],
      because: once(
        intruders
          .filter(({ claims: own }) => own.some(proven))
          .slice(0, namedOf)
          .map(({ intrusion }) => byIntrusion(intrusion.id)),
        [byRule('apart.writers')],
      ),
    });
  for (const { declared, findings } of judged) {
    if (declared === null || declared.acknowledged === true) continue;
    const ids = findings.map(({ id }) => id);
    reasons.push({
      text: sentences.declared(declared.name, declared.goesOn),
      findings: ids,
      because: once(ids.slice(0, namedOf).map(byFinding), [byRule('answer.declared')]),
    });
  }
  for (const { text, names } of context.acknowledged) {
    const own = judged.filter(({ declared }) => declared !== null && names.includes(declared.name));
    const ids = own.flatMap(({ findings }) => findings.map(({ id }) => id));
    reasons.push({
      text,
      findings: ids,
      because: once(ids.slice(0, namedOf).map(byFinding), [byRule('answer.acknowledged')]),
    });
  }
  if (context.hosts.absent.length > 0)
    reasons.push({
      text: sentences.absentHosts(context.hosts.absent),
      findings: [],
      because: once(
        missing.filter(({ kind }) => kind === 'host').map(({ id }) => byMissing(id)),
        [byRule('coverage.absent_server')],
      ),
    });
  reasons.push(...ledgerReasons(context, intruders.length > 0), ...exposureReasons(context));
  for (const note of context.toolNotes) reasons.push({ ...note, findings: [] });
  return reasons;
}

/** How the servers stood. It tells why something could have happened, and never that it did. */
function exposureReasons({ exposure, packs }: VerdictContext): Reason[] {
  return exposure.flatMap(({ host, says, campaigns }) => {
    const reason = (text: string, ids: readonly string[]): Reason => ({
      text,
      findings: [],
      because: once(ids.map(byExposure), [byRule('exposure.build'), byRule('exposure.reason')]),
    });
    return [
      ...campaigns.flatMap(({ id, campaign, whenTheyCame, fixedSinceUtc }) => {
        const pack = packs.find((one) => one.id === campaign);
        if (pack === undefined) return [];
        const name = shortPackName(pack);
        if (whenTheyCame === 'open') return [reason(exposureSentences.cameOpen(host, name), [id])];
        if (whenTheyCame !== 'fixed') return [];
        const since = fixedSinceUtc === null ? null : Date.parse(fixedSinceUtc);
        return [reason(exposureSentences.cameFixed(host, name, since), [id])];
      }),
      ...(says === null
        ? []
        : [
            reason(
              says,
              campaigns.filter(({ state }) => state === 'vulnerable').map(({ id }) => id),
            ),
          ]),
    ];
  });
}

/** What several rows prove only together. */
const together = ({ rule, confidence }: Finding): Because[] =>
  rule === 'together/chain'
    ? [byRule('field.chain')]
    : rule.startsWith('together/') && confidence === 'probable'
      ? [byRule('stage.weak_signs')]
      : [];

const silencesSaid = 3;

/** Rows that one book has not and another one of the same requests has: of each book once, where most are missing. */
function ledgerReasons({ ledgers, silences }: VerdictContext, entered: boolean): Reason[] {
  const worst = new Map<string, LedgerEntry>();
  const rowsOf = ({ missing }: LedgerEntry): number => missing.reduce((sum, { rows }) => sum + rows, 0);
  for (const entry of ledgers) {
    const key = `${entry.book}\u0000${entry.host ?? ''}`;
    const known = worst.get(key);
    if (entry.missing.length > 0 && (known === undefined || rowsOf(entry) > rowsOf(known))) worst.set(key, entry);
  }
  const told = [...worst.values()].map((entry) => ({
    text: ledgerSentences.missing(entry, rowsOf(entry)),
    findings: [...new Set(entry.missing.flatMap(({ findings }) => findings))].sort(byCodeUnit),
    because: [byLedger(entry.id), byRule('coverage.books')],
  }));
  const silent = silences
    .filter(({ explained }) => explained === null)
    .slice(0, silencesSaid)
    .map((one) => ({
      text: ledgerSentences.silent(one),
      findings: [],
      because: [bySilence(one.id), byRule('coverage.silence')],
    }));
  return [...told, ...silent, ...(entered || told.length + silent.length > 0 ? [] : agreeing(ledgers))];
}

/** Where all three books agree over a time, nothing was taken out of one of them then. */
function agreeing(ledgers: readonly LedgerEntry[]): Reason[] {
  const back = ledgers.find(({ book, against }) => book === 'httpproxy' && against === 'iis_back');
  if (back === undefined || ledgers.some(({ state }) => state !== 'agree')) return [];
  return ledgers
    .filter(({ book, host }) => book === 'iis_front' && (back.host === null || back.host === host))
    .map((entry) => {
      const fromMs = Math.max(Date.parse(entry.fromUtc), Date.parse(back.fromUtc));
      const toMs = Math.min(Date.parse(entry.toUtc), Date.parse(back.toUtc));
      const because = [byLedger(entry.id), byLedger(back.id), byRule('coverage.books')];
      return { text: ledgerSentences.agree(entry.host, entry.rows, fromMs, toMs), findings: [], because };
    });
}
