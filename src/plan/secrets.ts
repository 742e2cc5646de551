/** What has to be made new: every secret that whoever did what was seen could read, and why. */
import { productOf } from '../core/build.ts';
import type { PlanSecret, SecretKind } from '../core/plan.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { cameTo, type PlanFacts } from './facts.ts';
import { secretWords as say } from './messages.ts';

const order: readonly SecretKind[] = [
  'password',
  'session_passwords',
  'local_password',
  'mail_passwords',
  'machine_key',
  'auth_certificate',
  'service_principal',
  'certificate',
  'directory_sync',
  'krbtgt',
];

/** Reads the passwords of the domain: the database of a domain controller, replication, tickets made by hand. */
const domainTechniques: ReadonlySet<string> = new Set(['T1003.003', 'T1003.006', 'T1558', 'T1558.001']);

const syncAccount = /(?:^|\\)(?:MSOL_[0-9a-f]{12}|AAD_[0-9a-f]{12}|Sync_[^\\@]{1,60}_[0-9a-f]{12})(?:@|$)/i;
const ofWindows =
  /\$$|HealthMailbox|^(?:NT AUTHORITY|NT-AUTORITÄT|Window Manager|Font Driver Host|IIS APPPOOL)\\|^(?:SYSTEM|LOCAL SERVICE|NETWORK SERVICE|ANONYMOUS LOGON|-)$/i;

type Draft = Omit<PlanSecret, 'kind'>;

export function secretsOf(facts: PlanFacts): PlanSecret[] {
  const { assessment, ways, findings, entered, places, because } = facts;
  if (!cameTo(facts, 'exploited')) return [];
  const found: PlanSecret[] = [];
  const add = (kind: SecretKind, draft: Draft): void => {
    if (!found.some((one) => one.kind === kind && one.name === draft.name && one.host === draft.host))
      found.push({ kind, ...draft });
  };
  const since = earliest(
    findings.filter(({ stage }) => stageRank(stage) >= stageRank('exploited')).map(({ timeUtc }) => timeUtc),
  );
  const ordersSince = earliest(
    findings.filter(({ stage }) => stageRank(stage) >= stageRank('operated')).map(({ timeUtc }) => timeUtc),
  );

  // Named in what is theirs.
  const accounts = new Map<string, Draft>();
  for (const [index, finding] of assessment.findings.entries()) {
    if (!findings.includes(finding) || stageRank(finding.stage) < stageRank('exploited')) continue;
    for (const [number, { kind, value }] of finding.observables.entries()) {
      if (kind !== 'account' || ofWindows.test(value)) continue;
      const key = value.toLowerCase();
      const known = accounts.get(key);
      const at = `/findings/${index}/observables/${number}/value`;
      accounts.set(
        key,
        known === undefined
          ? {
              name: value,
              host: null,
              standing: 'readable',
              because: say.usedAs(finding.title),
              sinceUtc: finding.timeUtc,
              findings: [finding.id],
              at: [at],
            }
          : {
              ...known,
              findings: [...known.findings, finding.id].slice(0, 5),
              sinceUtc: earliest([known.sinceUtc, finding.timeUtc]),
            },
      );
    }
  }
  for (const [, draft] of [...accounts].sort(([a], [b]) => byCodeUnit(a, b)))
    add(
      syncAccount.test(draft.name!) ? 'directory_sync' : 'password',
      syncAccount.test(draft.name!) ? { ...draft, because: say.sync } : draft,
    );

  // Ways back that have to be reckoned with, as the campaign's pack says from which stage on.
  const is2010 =
    assessment.exposure.length > 0 && assessment.exposure.every(({ builds }) => productOf(builds.at(-1)?.build ?? '') === '2010');
  for (const { value: way, at } of ways) {
    if (way.state === 'closed') continue;
    const draft = {
      standing: 'readable',
      because: way.why,
      sinceUtc: since,
      findings: way.findings.length > 0 ? way.findings : because,
      at: [way.what === '' ? `${at}/why` : `${at}/what`],
    } as const;
    const hosts = way.host === null ? places : [way.host];
    if (way.kind === 'key')
      for (const host of hosts) add('machine_key', { ...draft, name: way.what === '' ? null : way.what, host });
    if (way.kind === 'certificate') {
      for (const host of hosts) add('certificate', { ...draft, name: way.what === '' ? null : way.what, host });
      if (!is2010) add('auth_certificate', { ...draft, name: null, host: null, because: say.authCertificate });
    }
    if (way.kind === 'password')
      add(way.what === '' ? 'mail_passwords' : 'password', { ...draft, name: way.what === '' ? null : way.what, host: way.host });
  }
  // A key by its file says more than "the keys of this server".
  const keys = found.filter(({ kind, name }) => kind === 'machine_key' && name !== null).map(({ host }) => host);
  const kept = found.filter(({ kind, name, host }) => kind !== 'machine_key' || name !== null || !keys.includes(host));
  found.splice(0, found.length, ...kept);

  const orders = findings
    .filter(({ stage }) => stageRank(stage) >= stageRank('operated'))
    .map(({ id }) => id)
    .slice(0, 5);
  if (orders.length > 0 && !isMailOnly(facts)) {
    const draft = { name: null, standing: 'readable', sinceUtc: ordersSince, findings: orders } as const;
    for (const host of places) {
      const at = entered.filter(({ value }) => value === host).map((one) => one.at);
      add('local_password', { ...draft, host, because: say.orders, at });
      add('session_passwords', { ...draft, host, because: say.sessions, at });
    }
    if (found.some(({ kind }) => kind === 'auth_certificate')) {
      const hybrid = hybridSign(facts);
      if (hybrid !== null) add('service_principal', { ...draft, host: null, because: say.hybrid, at: [hybrid] });
    }
  }
  const changed = assessment.inventory.flatMap(({ host, odd }, index) =>
    odd.flatMap(({ path, standing, modifiedUtc }, number) =>
      standing === 'changed' && /\\(?:logon|ExpiredPassword)\.aspx$|\\flogon\.js$/i.test(path)
        ? [{ host, path, modifiedUtc, at: `/inventory/${index}/odd/${number}/path` }]
        : [],
    ),
  );
  const proven = findings.find(({ rule }) => rule === 'inventory/changed-back-door');
  for (const { host, path, modifiedUtc, at } of changed)
    if (proven !== undefined)
      add('mail_passwords', {
        name: path,
        host,
        standing: 'taken',
        because: say.logonPage,
        sinceUtc: modifiedUtc,
        findings: [proven.id],
        at: [at],
      });

  const domain = findings.filter(({ techniques }) => techniques.some((id) => domainTechniques.has(id)));
  if (domain.length > 0)
    add('krbtgt', {
      name: null,
      host: null,
      standing: 'taken',
      because: say.domainTaken,
      sinceUtc: earliest(domain.map(({ timeUtc }) => timeUtc)),
      findings: domain.slice(0, 5).map(({ id }) => id),
      at: [],
    });
  else if (orders.length > 0 && !isMailOnly(facts)) {
    const missing = assessment.verdict.missing.findIndex(({ kind }) => kind === 'domain-security-events');
    if (missing !== -1)
      add('krbtgt', {
        name: null,
        host: null,
        standing: 'not_excluded',
        because: say.domainOpen,
        sinceUtc: ordersSince,
        findings: orders,
        at: [`/verdict/missing/${missing}/kind`],
      });
  }
  return found.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Mail was read through the hole, and nothing shows that the server was given orders. */
const isMailOnly = ({ findings }: PlanFacts): boolean =>
  findings.every(({ stage }) => stage !== 'operated' && stage !== 'spread' && stage !== 'implanted');

/** Where the evidence shows that mail is shared with Microsoft 365; null: nowhere. */
function hybridSign({ assessment }: PlanFacts): string | null {
  const shared = /\.mail\.onmicrosoft\.com\b/i;
  for (const [index, { observables }] of assessment.findings.entries())
    for (const [number, { value }] of observables.entries())
      if (shared.test(value)) return `/findings/${index}/observables/${number}/value`;
  const file = assessment.evidence.findIndex(({ path }) => /HybridConfiguration/i.test(path));
  return file === -1 ? null : `/evidence/${file}/path`;
}

export const earliest = (times: readonly (string | null)[]): string | null =>
  times.filter((time) => time !== null).toSorted(byCodeUnit)[0] ?? null;
