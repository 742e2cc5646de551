/** Was a secret made new? Of passwords the domain controller's own log tells; a key is never kept, so that only its file can be compared. */
import type { StepCheck } from '../core/plan.ts';
import { byCodeUnit } from '../core/text.ts';
import { hourMs } from '../core/time.ts';
import type { Facts, Found } from './facts.ts';
import { verifySentences as say } from './messages.ts';
import { cannotTell, isDone, latest, notDone, type Outcome } from './outcome.ts';
import { accountName, isThumbprint } from './step-rules.ts';

type SecretCheck = Extract<StepCheck, { kind: 'secret_new' }>;

/** Between two changes of krbtgt: the life of a ticket. */
const ticketMs = 10 * hourMs;

export function secretOutcome(facts: Facts, step: number, check: SecretCheck): Outcome {
  switch (check.what) {
    case 'password':
    case 'krbtgt':
      return passwordOutcome(facts, step, check);
    case 'certificate':
      return certificateOutcome(facts, step, check);
    case 'machine_key':
      return keyOutcome(facts, check);
    case 'service_principal':
      return cannotTell(say.principalUnknown);
  }
}

function passwordOutcome(facts: Facts, step: number, check: SecretCheck): Outcome {
  const afterMs = Date.parse(check.afterUtc);
  const name = check.what === 'krbtgt' ? 'krbtgt' : accountName(check.name);
  const changes = facts
    .hits(step, 'anew', null)
    .flatMap(({ hit }) => hit.rows)
    .filter(({ timeMs }) => timeMs !== null && timeMs > afterMs)
    .toSorted((a, b) => a.timeMs! - b.timeMs!);
  if (check.what === 'krbtgt' && changes.length > 0) {
    const [first, last] = [changes[0]!, changes.at(-1)!];
    const view = facts.viewOf(last.artifact, check.host);
    return last.timeMs! - first.timeMs! >= ticketMs
      ? isDone(say.krbtgtTwice(first.timeMs!, last.timeMs!), view, last.timeMs, [facts.proof(first), facts.proof(last)])
      : cannotTell(say.krbtgtOnce(first.timeMs!), [facts.proof(first)]);
  }
  if (changes.length > 0) {
    const last = changes.at(-1)!;
    return isDone(say.secretNew(check.name, last.timeMs!), facts.viewOf(last.artifact, check.host), last.timeMs, [
      facts.proof(last),
    ]);
  }
  // A listing of accounts says when each password was set last.
  // An account of the domain is listed where the domain is.
  const ofDomain = check.what === 'krbtgt' || check.name.includes('\\') || check.name.includes('@');
  for (const { row } of facts.hits(step, 'there', ofDomain ? null : check.host)) {
    const set = row.fields.PasswordLastSet ?? '';
    const ms = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(set)
      ? Date.parse(`${set.slice(0, 10)}T${set.slice(11, 16)}:00Z`)
      : Number.NaN;
    if (facts.isOld(row.artifact) || !facts.isAfter(row.artifact) || Number.isNaN(ms)) continue;
    const view = facts.viewOf(row.artifact, check.host);
    // A list has the last time alone.
    if (check.what === 'krbtgt' && ms > afterMs) return cannotTell(say.krbtgtListed(ms), [facts.proof(row)]);
    return ms > afterMs
      ? isDone(say.secretNew(check.name, ms), view, ms, [facts.proof(row)])
      : notDone(say.secretOld(check.name, ms), view, [facts.proof(row)]);
  }
  return unchanged(facts, check, name, afterMs);
}

/**
 * A domain controller's Security log that goes on after the step, and has no change of this password. The one that was asked writes it
 * down, and no evidence lists all of them: so nobody is told that he did not do it.
 */
function unchanged(facts: Facts, check: SecretCheck, name: string, afterMs: number): Outcome {
  const touched = new Set(facts.before.intrusions.flatMap(({ hosts }) => hosts.map(({ host }) => host)));
  const silent = facts.observed.artifacts.flatMap((artifact) => {
    const host = facts.hosts.ofArtifact(artifact.path);
    if (host === null || touched.has(host)) return [];
    const part = artifact.parts.find(({ groups, firstMs, lastMs }) => {
      const events = groups.get('Channel|Provider_Name|EventID') ?? [];
      // Tickets are given out by domain controllers alone; passwords of its own accounts every machine sets.
      const controller = events.some(({ tuple }) => ['4768', '4769'].includes(tuple[2] ?? ''));
      return controller && firstMs <= Math.max(afterMs, facts.beforeEndMs) && lastMs > afterMs;
    });
    return part === undefined ? [] : [{ artifact, host }];
  });
  if (silent.length > 0) {
    const hosts = [...new Set(silent.map(({ host }) => host))].sort(byCodeUnit);
    return cannotTell(
      say.secretUnseen(name, hosts),
      silent.slice(0, 3).map(({ artifact }) => facts.fileProof(artifact)),
    );
  }
  return cannotTell(say.secretUnknown(check.name));
}

function certificateOutcome(facts: Facts, step: number, check: SecretCheck): Outcome {
  const there = facts
    .hits(step, 'there', check.host)
    .filter(({ row }) => !facts.isOld(row.artifact) && facts.isAfter(row.artifact));
  if (!isThumbprint(check.name)) return youngest(facts, check, there);
  if (there.length > 0)
    return notDone(say.certificateThere(check.name), facts.viewOf(there[0]!.row.artifact, check.host), [
      facts.proof(there[0]!.row),
    ]);
  const states = facts.states(['exchange-certificate'], check.host);
  return states.length === 0
    ? cannotTell(say.certificateUnknown)
    : isDone(
        say.certificateGone(check.name),
        facts.viewOf(states[0]!.path, check.host),
        latest(states.map((one) => facts.stateMs(one))),
        [facts.fileProof(states[0]!)],
      );
}

/**
 * Of certificates that nobody named: is none in use that is of before the step? A new one beside an old one tells of an order, not of a
 * change. Days in a form that only one country reads tell nothing.
 */
function youngest(facts: Facts, check: SecretCheck, there: readonly Found[]): Outcome {
  const rows = new Map(there.flatMap(({ hit }) => hit.rows).map((row) => [row.fields.Thumbprint ?? '', row]));
  const listed = [...rows.values()];
  const dated = listed
    .flatMap((row) => {
      const ms = Date.parse(/^\d{4}-\d\d-\d\d/.exec(row.fields.NotBefore ?? '')?.[0] ?? '');
      return Number.isNaN(ms) ? [] : [{ row, ms }];
    })
    .toSorted((a, b) => b.ms - a.ms);
  const last = dated[0];
  if (last === undefined || dated.length < listed.length)
    return cannotTell(there.length === 0 ? say.certificateUnknown : say.certificateUndated);
  const view = facts.viewOf(last.row.artifact, check.host);
  // Whole days are told: one of the day of the step may be of before it.
  const isNew = ({ ms }: { readonly ms: number }): boolean => ms > Date.parse(check.afterUtc);
  if (!isNew(last)) return notDone(say.certificateOld(last.ms), view, [facts.proof(last.row)]);
  // Which one Exchange signs with, its services do not tell; of the others an old one that does nothing, or that nobody can take along, may stay.
  const isAuth = check.name === 'auth_certificate';
  const used = dated.filter(({ row }) => isAuth || isServing(row.fields.Services));
  const old = used.find((one) => !isNew(one) && (isAuth || !/^false$/i.test(one.row.fields.PrivateKeyExportable ?? '')));
  const proof = [facts.proof(last.row), ...(old === undefined ? [] : [facts.proof(old.row)])];
  if (old !== undefined) return cannotTell(say.certificateBoth(last.ms, old.row.fields.Thumbprint ?? 'no number', old.ms), proof);
  const fresh = used.filter(isNew);
  return fresh.length === 0
    ? cannotTell(say.certificateIdle(last.ms), proof)
    : isDone(say.certificateNew(fresh.length, fresh.at(-1)!.ms), view, fresh.at(-1)!.ms, proof);
}

/** `IMAP, POP, IIS, SMTP`; `None`, or nothing where the list has no such column. */
const isServing = (services: string | undefined): boolean =>
  services !== undefined && services.trim() !== '' && !/^none$/i.test(services.trim());

function keyOutcome(facts: Facts, check: SecretCheck): Outcome {
  const wanted = check.name.replaceAll('/', '\\').toLowerCase();
  const isThis = (entry: { readonly path: string; readonly canonicalPath: string | null }): boolean =>
    (entry.canonicalPath ?? entry.path).replaceAll('/', '\\').toLowerCase().endsWith(wanted);
  const now =
    wanted === ''
      ? undefined
      : facts.observed.artifacts.find(
          (one) =>
            isThis(one) &&
            facts.isOf(one.path, check.host) &&
            facts.isAfter(one.path) &&
            (one.collection?.snapshot ?? null) === null,
        );
  if (now === undefined) return cannotTell(say.keyUnknown(check.name === '' ? 'machine.config' : check.name));
  const view = facts.viewOf(now.path, check.host);
  if (facts.isOld(now.path)) return notDone(say.keySame(check.name), view, [facts.fileProof(now)]);
  if (now.bytes === 0 || now.problems.length > 0 || now.parts.length === 0)
    return cannotTell(say.keyUnread(check.name), [facts.fileProof(now)]);
  const stated = now.parts.some((part) =>
    (part.groups.get('Section|State') ?? []).some(
      ({ tuple }) => tuple[0] === 'machine-key' && (tuple[1] === 'stated' || tuple[1] === 'published'),
    ),
  );
  return stated
    ? cannotTell(say.keyOther(check.name), [facts.fileProof(now)])
    : isDone(say.keyAuto(check.name), view, facts.stateMs(now), [facts.fileProof(now)]);
}
