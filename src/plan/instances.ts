/** What a step is made for: each thing that it is about, with the values that its texts can name and what tells that it was done. */
import type { Missing } from '../core/assessment.ts';
import type { PlanBackup, PlanRebuild, PlanSecret, PlanUpgrade, StepCheck } from '../core/plan.ts';
import type { StepAbout } from '../core/step-rule.ts';
import { stageRank } from '../core/stage.ts';
import { kindName, sayList } from '../judge/index.ts';
import { type Bound, isPlainAddress, isPlainPath, named, said, word } from './bindings.ts';
import type { PlanFacts } from './facts.ts';
import { planWords as say } from './messages.ts';

export interface Instance {
  /** The same in a later assessment. */
  readonly key: string;
  readonly host: string | null;
  readonly values: ReadonlyMap<string, Bound>;
  /** What the step rests on, beside what its values rest on. */
  readonly findings: readonly string[];
  /** Of these kinds it can tell whether it was done. */
  readonly checks: readonly StepCheck[];
  /** What its commands read; null: nothing that a command can be given. */
  readonly file: { readonly path: string; readonly sha256: string; readonly host: string | null } | null;
  /** Why commands that need the thing are left out; null: they are not. */
  readonly byHand: string | null;
  readonly missing: Missing | null;
}

export interface Made {
  readonly secrets: readonly PlanSecret[];
  readonly rebuild: readonly PlanRebuild[];
  readonly backup: readonly PlanBackup[];
  readonly upgrade: readonly PlanUpgrade[];
}

const plain = { findings: [], checks: [], file: null, byHand: null, missing: null } as const;

export function instancesOf(about: StepAbout, facts: PlanFacts, made: Made): Instance[] {
  const common = commonOf(facts);
  const many = (values: readonly (readonly [string, Bound | null])[]): Map<string, Bound> =>
    new Map([...common, ...values.filter((pair): pair is readonly [string, Bound] => pair[1] !== null)]);
  const hostBound: HostBound = (host, at, findings) => (host === null ? unnamed(facts, findings) : named(host, [at], findings));
  const { because, ways } = facts;
  switch (about.kind) {
    case 'case':
      return [{ ...plain, key: '', host: onlyOne(facts), values: common, findings: because, checks: caseChecks(facts) }];
    case 'file':
      return filesOf(facts, many);
    case 'address':
      return ways
        .filter(({ value }) => value.kind === 'rule' && value.what !== '' && value.state !== 'closed')
        .map(({ value, at }) => ({
          ...plain,
          key: value.host ?? '',
          host: value.host,
          values: many([['host', hostBound(value.host, `${at}/host`, value.findings)]]),
          findings: value.findings,
          checks: [
            { kind: 'setting_lacks', host: value.host, object: 'OabVirtualDirectory', property: 'ExternalUrl', lacks: '<script' },
          ],
        }));
    case 'module':
      return ways
        .filter(({ value }) => value.kind === 'module' && value.what !== '' && value.state !== 'closed')
        .map(({ value, at }) => ({
          ...plain,
          key: `${value.host ?? ''}\n${value.what}`,
          host: value.host,
          values: many([
            ['host', hostBound(value.host, `${at}/host`, value.findings)],
            ['module', named(value.what, [`${at}/what`], value.findings)],
          ]),
          findings: value.findings,
          checks: [{ kind: 'thing_gone', what: 'module', host: value.host, name: value.what }],
        }));
    case 'way': {
      const found = ways.filter(({ value }) => about.ways.includes(value.kind) && value.what === '' && value.state !== 'closed');
      const first = found[0];
      return first === undefined
        ? []
        : [
            {
              ...plain,
              key: '',
              host: null,
              values: many([['because', said(first.value.why, [`${first.at}/why`], because)]]),
              findings: because,
            },
          ];
    }
    case 'missing':
      return facts.missing.slice(0, 3).map(({ value, at }) => ({
        ...plain,
        key: `${value.kind}\n${value.host ?? ''}`,
        host: value.host,
        values: many([
          ['what', whatOf(value, at)],
          ['where', said(value.where, [`${at}/where`], [])],
          ['decides', said(value.decides, [`${at}/decides`], [])],
        ]),
        checks: [{ kind: 'source_here', source: value.kind, host: value.host, ...windowOf(facts) }],
        missing: value,
      }));
    case 'absent_host':
      return facts.assessment.organisation.absentHosts.map((host, index) => ({
        ...plain,
        key: host,
        host,
        values: many([['host', named(host, [`/organisation/absentHosts/${index}`], [])]]),
        findings: because,
        checks: [{ kind: 'source_here', source: 'host', host, ...windowOf(facts) }],
      }));
    case 'secret':
      return made.secrets.flatMap((secret, index): Instance[] =>
        about.secrets.includes(secret.kind)
          ? [
              {
                ...plain,
                key: `${secret.kind}\n${secret.name ?? ''}\n${secret.host ?? ''}`,
                host: secret.host,
                values: many([
                  [
                    'names',
                    secret.name === null
                      ? secret.host === null
                        ? unnamed(facts, secret.findings)
                        : named(secret.host, [`/plan/secrets/${index}/host`], secret.findings)
                      : named(secret.name, secret.at, secret.findings),
                  ],
                  ['because', said(secret.because, [`/plan/secrets/${index}/because`], secret.findings)],
                ]),
                findings: secret.findings,
                checks: [newSecret(secret, facts)],
              },
            ]
          : [],
      );
    case 'rebuild':
      return made.rebuild.flatMap(({ host, advice, reasons }, index): Instance[] =>
        advice === about.advice
          ? [
              {
                ...plain,
                key: host ?? '',
                host,
                values: many([
                  ['host', hostBound(host, `/plan/rebuild/${index}/host`, [])],
                  ['newest', newestFor(host, made)],
                  [
                    'because',
                    said(
                      reasons.map(({ text }) => text).join(' '),
                      reasons.map((_, number) => `/plan/rebuild/${index}/reasons/${number}/text`),
                      [],
                    ),
                  ],
                ]),
                findings: reasons.flatMap(({ findings }) => findings),
              },
            ]
          : [],
      );
    case 'backup':
      return made.backup.map(({ host, text, findings }, index) => ({
        ...plain,
        key: host ?? '',
        host,
        values: many([['before', said(text, [`/plan/backup/${index}/text`], findings)]]),
        findings,
      }));
    case 'upgrade':
      return made.upgrade.flatMap(({ host, from, to, stages, downMinutes }, index): Instance[] =>
        made.rebuild.some((one) => one.advice === 'rebuild' && (one.host === host || host === null)) !== about.rebuilt
          ? []
          : [
              {
                ...plain,
                key: host ?? '',
                host,
                values: many([
                  ['host', hostBound(host, `/plan/upgrade/${index}/host`, [])],
                  ['from', named(from.name ?? from.build, [`/plan/upgrade/${index}/from`], [])],
                  ['to', to === null ? null : named(to.name, [`/plan/upgrade/${index}/to/name`], [])],
                  ['build', to === null ? null : named(to.build, [`/plan/upgrade/${index}/to/build`], [])],
                  ['stages', word(`${stages.length} stages, ${downMinutes} minutes without mail`)],
                ]),
                checks: host === null || to === null ? [] : [{ kind: 'build_at_least', host, build: to.build }],
              },
            ],
      );
    case 'mailbox': {
      const taken = facts.intrusions.flatMap(({ value, at }) =>
        value.mail.map((mail, index) => ({ mail, at: `${at}/mail/${index}` })),
      );
      const seen = new Set<string>();
      return taken
        .filter(({ mail }) => !seen.has(mail.mailbox.toLowerCase()) && seen.add(mail.mailbox.toLowerCase()))
        .map(({ mail, at }) => ({
          ...plain,
          key: mail.mailbox.toLowerCase(),
          host: null,
          values: many([
            ['mailbox', named(mail.mailbox, [`${at}/mailbox`], mail.findings)],
            ['how', word(mail.how)],
          ]),
          findings: mail.findings,
        }));
    }
    case 'finding':
      return findingsOf(about.rules, facts, many, hostBound);
  }
}

/** What is installed on a server that is built anew. */
function newestFor(host: string | null, { upgrade }: Made): Bound {
  const index = upgrade.findIndex((one) => one.to !== null && (one.host === host || one.host === null));
  const to = upgrade[index]?.to;
  return to === undefined || to === null
    ? word('the newest build that Microsoft offers')
    : named(to.name, [`/plan/upgrade/${index}/to/name`], []);
}

type HostBound = (host: string | null, at: string, findings: readonly string[]) => Bound;

/** The server of a record that names none: the only one that was entered, one of several, or one whose name nothing here says. */
function unnamed({ entered }: PlanFacts, findings: readonly string[]): Bound {
  const [first, ...others] = entered;
  if (first === undefined) return word(say.theServer);
  return others.length === 0
    ? named(first.value, [first.at], findings)
    : { ...listed(entered, findings), text: say.oneOf(listed(entered, findings).text) };
}

function listed(list: PlanFacts['servers'], findings: readonly string[]): Bound {
  const shown = list.map(({ value }) => named(value, [], []).text);
  return {
    text: sayList(shown.length > 8 ? [...shown.slice(0, 8), `${shown.length - 8} more`] : shown),
    at: list.map(({ at }) => at),
    findings,
    word: false,
  };
}

type Many = (values: readonly (readonly [string, Bound | null])[]) => Map<string, Bound>;

/** Server by server: the first finding of these rules speaks, and the others stand behind it. */
function findingsOf(rules: readonly string[], facts: PlanFacts, many: Many, hostBound: HostBound): Instance[] {
  const byHost = new Map<string, { index: number; ids: string[] }>();
  for (const finding of facts.findings) {
    if (!rules.includes(finding.rule)) continue;
    const known = byHost.get(finding.host ?? '');
    if (known === undefined)
      byHost.set(finding.host ?? '', { index: facts.assessment.findings.indexOf(finding), ids: [finding.id] });
    else known.ids.push(finding.id);
  }
  return [...byHost].map(([key, { index, ids }]) => {
    const finding = facts.assessment.findings[index]!;
    const findings = ids.slice(0, 5);
    const observed = (kind: string): Bound | null => {
      const number = finding.observables.findIndex((one) => one.kind === kind);
      return number === -1
        ? null
        : named(finding.observables[number]!.value, [`/findings/${index}/observables/${number}/value`], findings);
    };
    return {
      ...plain,
      key,
      host: finding.host,
      values: many([
        ['host', hostBound(finding.host, `/findings/${index}/host`, findings)],
        ['account', observed('account')],
        ['page', observed('page')],
        ['address', observed('address')],
      ]),
      findings,
      checks: [],
    };
  });
}

function filesOf(facts: PlanFacts, many: Many): Instance[] {
  const { assessment, ways } = facts;
  return ways
    .filter(({ value }) => value.kind === 'file' && value.state !== 'closed' && isName(value.what))
    .map(({ value, at }) => {
      const file = onDisk(facts, value.what, value.host);
      const page = value.what.startsWith('/');
      const host = value.host ?? (facts.entered.length === 1 ? facts.entered[0]!.value : null);
      const hostile = !isPlainName(value.what) || (file !== null && !isPlainPath(file.path));
      const checks: StepCheck[] = [];
      if (file !== null) checks.push({ kind: 'file_gone', host, path: file.path, sha256: file.sha256 });
      else if (!page) checks.push({ kind: 'file_gone', host, path: value.what, sha256: null });
      if (page) checks.push({ kind: 'page_not_answered', host, path: value.what });
      const usable = !hostile && file !== null && file.sha256 !== null;
      return {
        ...plain,
        key: `${value.host ?? ''}\n${value.what}`,
        host,
        values: many([
          ['page', named(value.what, [`${at}/what`], value.findings)],
          ['pool', word(poolOf(page ? value.what : (file?.path ?? value.what)))],
          ['host', value.host === null ? unnamed(facts, value.findings) : named(value.host, [`${at}/host`], value.findings)],
        ]),
        findings: value.findings.length > 0 ? value.findings : assessment.findings.length > 0 ? facts.because : [],
        checks,
        file: usable ? { path: file.path, sha256: file.sha256!, host } : null,
        byHand: hostile ? say.hostileName : usable ? null : say.fileBytes,
      };
    });
}

/**
 * The pool that serves what stands there, as Setup of Exchange makes it: the front end's virtual directories have pools of their own, and
 * whatever else the default web site hands out is served by its own pool.
 */
function poolOf(what: string): string {
  const path = what.replaceAll('\\', '/').toLowerCase();
  const [, front] = /\/frontend\/httpproxy\/([a-z]+)\//.exec(path) ?? /^\/([a-z_]+)\//.exec(path) ?? [];
  if (front === 'owa') return 'MSExchangeOWAAppPool';
  if (front === 'ecp') return 'MSExchangeECPAppPool';
  if (front === 'aspnet_client' || /\/inetpub\/wwwroot\//.test(path)) return 'DefaultAppPool';
  return 'every pool (iisreset)';
}

/** Presence says some files in words ("the page that the reset wrote; …"): such a one has no name that a step could use. */
const isName = (what: string): boolean => /^[/\\]|^[A-Za-z]:|\.[A-Za-z0-9]{2,6}$/.test(what);
const isPlainName = (what: string): boolean => isPlainPath(what) || isPlainAddress(what);

/** Where a page stands on the disk of its server, with its bytes, as far as a listing or the file itself is here. */
function onDisk({ assessment }: PlanFacts, page: string, host: string | null): { path: string; sha256: string | null } | null {
  const tail = page.startsWith('/') ? page.slice(1).replaceAll('/', '\\').toLowerCase() : page.toLowerCase();
  const fits = (path: string | null): path is string =>
    path !== null && (path.toLowerCase() === tail || path.toLowerCase().endsWith(`\\${tail}`));
  for (const { host: own, odd } of assessment.inventory) {
    if (host !== null && own !== null && own !== host) continue;
    const found = odd.find(({ path }) => fits(path));
    if (found !== undefined && /^[A-Za-z]:\\/.test(found.path)) return found;
  }
  const entry = assessment.evidence.find(
    ({ canonicalPath, host: own, sha256 }) =>
      fits(canonicalPath) &&
      /^[A-Za-z]:\\/.test(canonicalPath) &&
      sha256 !== null &&
      (host === null || own === null || own === host),
  );
  return entry === undefined ? null : { path: entry.canonicalPath!, sha256: entry.sha256 };
}

function commonOf({ servers, entered, because }: PlanFacts): Map<string, Bound> {
  if (servers.length === 0)
    return new Map([
      ['servers', word(say.theServer)],
      ['entered', word(say.theServer)],
      ['them', word('it')],
      ['were', word('was')],
    ]);
  return new Map([
    ['servers', listed(servers, because)],
    // What was done is never said of a server of which nothing is here.
    ['entered', entered.length === 0 ? word('one of them') : listed(entered, because)],
    ['them', word(servers.length === 1 ? 'it' : 'them')],
    ['were', word(servers.length === 1 ? 'was' : 'were')],
  ]);
}

const onlyOne = ({ servers }: PlanFacts): string | null => (servers.length === 1 ? servers[0]!.value : null);

function caseChecks(facts: PlanFacts): StepCheck[] {
  const host = facts.entered[0]?.value;
  const checks: StepCheck[] = [{ kind: 'quiet_since', days: stageRank(facts.stage) >= stageRank('operated') ? 90 : 30 }];
  if (host !== undefined) checks.push({ kind: 'no_requests_from_outside', host });
  return checks;
}

const special: Readonly<Record<string, string>> = {
  'load-balancer': 'the log of the load balancer',
};

function whatOf({ kind, host, text }: Missing, at: string): Bound {
  if (kind === 'host' && host !== null) return named(`the logs of ${shownHost(host)}`, [`${at}/host`], []);
  const name = special[kind] ?? `the ${text.includes(': only ') ? 'older ' : ''}${kindName(kind)}`;
  return named(
    host === null ? name : `${name} of ${shownHost(host)}`,
    host === null ? [`${at}/kind`] : [`${at}/kind`, `${at}/host`],
    [],
  );
}

const shownHost = (host: string): string => named(host, [], []).text;

/** The time for which the record is asked: from the first attack that was looked for to the end of the evidence. */
function windowOf({ assessment }: PlanFacts): { fromUtc: string | null; toUtc: string | null } {
  const firsts = assessment.coverage.campaigns.map(({ fromUtc }) => fromUtc).toSorted();
  const tries = assessment.intrusions
    .map(({ firstUtc }) => firstUtc)
    .filter((time) => time !== null)
    .toSorted();
  return { fromUtc: tries[0] ?? firsts[0] ?? null, toUtc: assessment.organisation.evidenceEndUtc };
}

function newSecret({ kind, name, host }: PlanSecret, facts: PlanFacts): StepCheck {
  // Made new before this moment, it was made new under their eyes.
  const { asOfUtc } = facts.assessment.verdict.presence;
  const afterUtc = asOfUtc ?? facts.assessment.organisation.evidenceEndUtc;
  if (afterUtc === null) return { kind: 'by_hand' };
  switch (kind) {
    case 'machine_key':
      return { kind: 'secret_new', what: 'machine_key', host, name: name ?? '', afterUtc };
    case 'certificate':
    case 'auth_certificate':
      return { kind: 'secret_new', what: 'certificate', host, name: name ?? kind, afterUtc };
    case 'service_principal':
      return { kind: 'secret_new', what: 'service_principal', host, name: name ?? '', afterUtc };
    case 'krbtgt':
      return { kind: 'secret_new', what: 'krbtgt', host: null, name: 'krbtgt', afterUtc };
    case 'password':
    case 'directory_sync':
      return name === null ? { kind: 'by_hand' } : { kind: 'secret_new', what: 'password', host, name, afterUtc };
    case 'session_passwords':
    case 'local_password':
    case 'mail_passwords':
      return { kind: 'by_hand' };
  }
}
