/** Whether they are still there: what was seen last, and which ways back are open, closed or unknown. */
import type { Presence, WayBack } from '../core/assessment.ts';
import type { Pack } from '../core/pack.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import { byFinding, byRule, once } from './because.ts';
import type { Claim } from './claims.ts';
import type { GoneFrom } from './inventory-gone.ts';
import { uncertaintyMs } from './clocks.ts';
import { type Event, isGone, lastOf } from './event.ts';
import { scriptOf } from './implants.ts';
import type { KnownActivity } from './known.ts';
import { removalSentences as say } from './removal-messages.ts';
import { declaredRemoval, type Removal, type Removals } from './removals.ts';

/** Hostile use this close to the end of the evidence counts as going on. */
const activeMs = 72 * 3_600_000;

/** Called a rule, and none of those that send mail away: whoever set the one may have set the others. */
const scriptInAddress = 'the script in the virtual directory’s web address';

/** A configuration in which a machine key is written down. */
export interface StatedKey {
  readonly path: string;
  readonly host: string | null;
  /** Everybody has it. */
  readonly published: boolean;
}

export interface PresenceFacts {
  readonly claims: readonly Claim[];
  readonly events: readonly Event[];
  /** All requests for pages in the whole organisation, by page: also those of others tell whether a page still answers. */
  readonly requests: ReadonlyMap<string, readonly Event[]>;
  readonly endMs: number;
  readonly packs: readonly Pack[];
  readonly findingsOf: (event: Event) => readonly string[];
  /** True when the sources that would show use of a page cover the time from the given one to the end. */
  /** A log is here, not single lines alone. */
  readonly whole: boolean;
  readonly covered: (fromMs: number | null) => boolean;
  /** Who took pages away, as far as any row of the organisation says. */
  readonly removals: Removals;
  readonly known: readonly KnownActivity[];
  /** Configurations in which a machine key is written down. */
  readonly statedKeys: readonly StatedKey[];
  /** Whether a page is gone from a folder that was handed in whole. */
  readonly goneFrom: GoneFrom;
}

/** What is left of a page is not the page. */
const isCompiled = ({ row }: Event): boolean => row.fields.Shape === 'compiled-page';

const proven = (claim: Claim): boolean => claim.confidence !== 'possible';

export function presenceOf(facts: PresenceFacts): Presence {
  const { claims, endMs } = facts;
  const reached = claims.filter((claim) => proven(claim) && stageRank(claim.stage) >= stageRank('exploited'));
  const lastMs = lastOf(reached.flatMap((claim) => claim.events));
  const state = { asOfUtc: isoUtcOrNull(endMs), lastUtc: isoUtcOrNull(lastMs) };
  const rules = [byRule('presence.seen')];
  if (reached.length === 0) return { ...state, seen: facts.covered(null) ? 'not_seen' : 'unknown', waysBack: [], because: rules };
  // Single lines end where somebody stopped copying: only a log can say that it went on, or that it did not.
  const seen =
    lastMs === null || !facts.whole
      ? 'unknown'
      : endMs - lastMs <= activeMs
        ? 'active'
        : facts.covered(lastMs)
          ? 'quiet'
          : 'unknown';
  const last = reached.flatMap(({ events }) => events).filter(({ timeMs }) => timeMs !== null && timeMs === lastMs);
  const shown = [...new Set(last.flatMap((event) => facts.findingsOf(event)))].slice(0, 2).map(byFinding);
  const waysBack = waysBackOf(facts, reached).map((way): WayBack => ({ ...way, because: becauseOf(way) }));
  return { ...state, seen, waysBack, because: once(shown, rules, seen === 'quiet' ? [byRule('presence.never_evicted')] : []) };
}

type Way = Omit<WayBack, 'because'>;

function becauseOf({ kind, what, removedBy, findings }: Way): WayBack['because'] {
  const rule = what === '' ? 'presence.reckoned' : kind === 'file' ? 'presence.page' : 'presence.setting';
  return once(findings.map(byFinding), [byRule(rule)], removedBy === null ? [] : [byRule('removed.by')]);
}

/** Not there, as IIS says it: other 404s are made by filters and say nothing about the file. */
const isNotFound = ({ row }: Event): boolean =>
  row.values['http.status'] === '404' && (row.fields['sc-substatus'] ?? '0') === '0';

function waysBackOf(facts: PresenceFacts, reached: readonly Claim[]): Way[] {
  const ways: Way[] = [];
  const implanted = reached.filter(({ stage }) => stageRank(stage) >= stageRank('implanted'));
  const pages = new Set(
    implanted
      .flatMap(({ events }) => events)
      .filter(({ answered }) => answered)
      .map(({ page }) => page)
      .filter((page) => page !== null),
  );
  for (const page of [...pages].sort(byCodeUnit)) {
    const all = (facts.requests.get(page) ?? []).filter(({ timeMs }) => timeMs !== null);
    // The same name on two servers is two files.
    const hosts = [...new Set(all.filter(({ answered }) => answered).map(({ host }) => host))];
    for (const host of hosts.sort((a, b) => byCodeUnit(a ?? '', b ?? ''))) {
      const requests = all.filter((event) => event.host === host);
      const last = requests.at(-1)!;
      const lastAnswered = requests.findLast(({ answered }) => answered)!;
      const missed = isNotFound(last);
      const absent = facts.goneFrom(page, host, lastAnswered.timeMs);
      const removed = removalAfter(facts, page, host, lastAnswered, missed || absent);
      const notThere = !missed && removed === null && absent;
      const gone = missed || removed !== null || notThere;
      const who =
        removed ?? (missed ? declaredRemoval(facts.known, lastAnswered.timeMs, firstMissed(requests, lastAnswered)) : null);
      // What came back after it was gone is there since it came back.
      const goneBefore = requests.slice(0, requests.indexOf(lastAnswered)).findLastIndex(isNotFound);
      const since = missed ? last : gone ? lastAnswered : requests.slice(goneBefore + 1).find(({ answered }) => answered)!;
      ways.push({
        kind: 'file',
        what: page,
        host,
        state: gone ? 'closed' : 'open',
        why: who !== null ? who.why : notThere ? say.notInFolder : gone ? say.notFound : say.answers,
        removedBy: gone ? (who?.by ?? 'unknown') : null,
        sinceUtc: isoUtcOrNull(removed !== null && !missed ? (removed.atMs ?? since.timeMs) : since.timeMs),
        findings: facts.findingsOf(lastAnswered),
      });
    }
  }
  const told = new Set<string>();
  for (const event of implanted.flatMap(({ events }) => events)) {
    const file = event.row.values['file.path'];
    if (event.proof.step !== 'file' || file === undefined || (event.page !== null && pages.has(event.page))) continue;
    const key = `${event.host ?? ''}\u0000${file.toLowerCase()}`;
    if (told.has(key)) continue;
    told.add(key);
    const gone = isGone(event.row.values['threat.action']);
    const who = event.page === null ? null : removalAfter(facts, event.page, event.host, event, false);
    ways.push({
      kind: 'file',
      what: event.page ?? file,
      host: event.host,
      state: gone || who !== null ? 'closed' : 'unknown',
      why: gone
        ? (who?.why ?? say.antivirus(null))
        : (who?.why ?? (event.row.logSource === 'windows-event' ? say.eventWrote : say.scannerFound)),
      removedBy:
        gone || who !== null
          ? (who?.by ?? (/^MS[ER]RT$/.test(event.row.fields.Tool ?? '') ? 'microsoft_tool' : 'antivirus'))
          : null,
      sinceUtc: null,
      findings: facts.findingsOf(event),
    });
  }
  // A file in a listing stood there on the day of the listing; requests for it say more, where there are any.
  const files = new Map(
    implanted
      .flatMap(({ events }) => events)
      .filter(({ role, page, proof }) => role === 'left' && proof.step !== 'file' && page !== null && !pages.has(page))
      .map((event) => [`${event.host ?? ''}\u0000${event.page!}`, event]),
  );
  for (const [, event] of [...files].sort(([a], [b]) => byCodeUnit(a, b))) {
    const absent = isCompiled(event) && facts.goneFrom(event.page!, event.host, event.timeMs);
    const who = isCompiled(event) ? removalAfter(facts, event.page!, event.host, event, absent) : null;
    const gone = absent || who !== null;
    ways.push({
      kind: 'file',
      what: event.page!,
      host: event.host,
      state: isCompiled(event) ? (gone ? 'closed' : 'unknown') : 'open',
      why: isCompiled(event)
        ? gone
          ? (who?.why ?? say.compiledGone)
          : say.compiled
        : ['file', 'web-page', 'iis-config'].includes(event.row.logSource)
          ? say.onDisk
          : say.listed,
      removedBy: gone ? (who?.by ?? 'unknown') : null,
      sinceUtc: gone ? isoUtcOrNull(who?.atMs ?? null) : null,
      findings: facts.findingsOf(event),
    });
  }
  for (const { events, proof } of implanted) {
    if (proof.step !== 'plant' || events[0]!.page !== null) continue;
    const event = events[0]!;
    const set = settingOf(event);
    if (set !== null) {
      for (const one of events) {
        const { kind, what, state, why } = settingOf(one) ?? set;
        if (ways.some((way) => way.kind === kind && way.what === what && way.host === one.host)) continue;
        ways.push({
          kind,
          what,
          host: one.host,
          state,
          why,
          removedBy: null,
          sinceUtc: isoUtcOrNull(one.timeMs),
          findings: facts.findingsOf(one),
        });
      }
      continue;
    }
    const standing = event.role === 'left';
    ways.push({
      kind: 'rule',
      what: scriptInAddress,
      host: event.host,
      state: standing ? 'open' : 'unknown',
      why: standing
        ? 'it stands in the configuration that was handed in; another reset would write it out again'
        : 'the address was set to a script; nothing here shows that it was set back',
      removedBy: null,
      sinceUtc: isoUtcOrNull(event.timeMs),
      findings: facts.findingsOf(event),
    });
  }
  if (implanted.some(({ events }) => events.some(({ proof }) => proof.step === 'arm')) && pages.size === 0) {
    const event = implanted.flatMap(({ events }) => events).find(({ proof }) => proof.step === 'arm')!;
    ways.push({
      kind: 'file',
      what: event.page ?? 'the page that the reset wrote; its name is not in this log',
      host: event.host,
      state: 'unknown',
      why: 'nothing here shows whether it is still there; look in the web folders',
      removedBy: null,
      sinceUtc: isoUtcOrNull(event.timeMs),
      findings: facts.findingsOf(event),
    });
  }
  const highest = Math.max(...reached.map(({ stage }) => stageRank(stage)));
  // Whoever has a page on the server reads its files, too; keys that are made anew for each application stand in none.
  if (highest >= stageRank('implanted')) {
    const hosts = new Set(reached.flatMap(({ events }) => events.map(({ host }) => host)));
    for (const { path, host, published } of facts.statedKeys)
      if (hosts.has(host))
        ways.push({
          kind: 'key',
          what: path,
          host,
          state: published ? 'open' : 'unknown',
          why: published ? say.publishedKey : say.statedKey,
          removedBy: null,
          sinceUtc: null,
          findings: [],
        });
  }
  const seen = new Set<string>();
  for (const pack of facts.packs) {
    for (const { from, kind, why } of pack.waysBack) {
      if (stageRank(from) > highest || seen.has(kind) || ways.some((way) => way.kind === kind && way.what !== scriptInAddress))
        continue;
      seen.add(kind);
      ways.push({ kind, what: '', host: null, state: 'unknown', why, removedBy: null, sinceUtc: null, findings: [] });
    }
  }
  return ways;
}

interface SettingLeft {
  readonly kind: WayBack['kind'];
  readonly what: string;
  readonly state: WayBack['state'];
  readonly why: string;
}

const longestWhat = 200;
const inWebFolder = /^(?:authentication|machine-key|view-state|switch|hidden-segment|file-extension|logging)$/;

/** What was set so that code of theirs runs again, or that they get in again; null: the row tells of no such thing. */
function settingOf(event: Event): SettingLeft | null {
  const { fields, logSource } = event.row;
  const left = (kind: WayBack['kind'], what: string | undefined, state: WayBack['state'], why: string): SettingLeft => ({
    kind,
    what: (what ?? '').slice(0, longestWhat),
    state,
    why,
  });
  switch (logSource) {
    case 'transport-agent-config':
      return left('module', fields.AssemblyPath ?? fields.Identity ?? 'a transport agent', 'open', say.agent);
    case 'iis-config': {
      const section = fields.Section ?? '';
      const loads = fields.Image ?? fields.Type ?? fields.Pattern ?? fields.Name ?? section;
      if (!inWebFolder.test(section)) return left('module', loads, 'open', say.configured);
      return left(section === 'machine-key' ? 'key' : 'rule', fields.Location ?? fields.Path ?? loads, 'open', say.configured);
    }
    case 'scheduled-task':
      return left('task', fields.TaskName, 'open', say.taskListed);
    case 'wmi-consumer':
      return left('task', fields.Name ?? fields.CommandLineTemplate, 'open', say.taskListed);
    case 'service-listing':
      return left('task', fields.Name ?? fields.DisplayName, 'open', say.serviceListed);
    case 'windows-event':
      if (fields.TaskName !== undefined) return left('task', fields.TaskName, 'unknown', say.taskMade);
      if (fields.ServiceName !== undefined) return left('task', fields.ServiceName, 'unknown', say.serviceMade);
      return scriptOf(event) !== null ? null : left('module', fields.CommandLine ?? fields.Message, 'unknown', say.moduleMade);
    default:
      return null;
  }
}

/** A removal that no later answer contradicts. One without a time counts only where something else says that the page is gone. */
function removalAfter(
  { removals }: PresenceFacts,
  page: string,
  host: string | null,
  lastSeen: Pick<Event, 'timeMs'>,
  gone: boolean,
): Removal | null {
  const fits = (removal: Removal): boolean =>
    (removal.host === null || host === null || removal.host === host) &&
    (removal.atMs === null || lastSeen.timeMs === null ? gone : removal.atMs >= lastSeen.timeMs - uncertaintyMs);
  return removals.get(page)?.find(fits) ?? null;
}

function firstMissed(requests: readonly Event[], lastAnswered: Event): number | null {
  return requests.slice(requests.indexOf(lastAnswered) + 1).find(isNotFound)?.timeMs ?? null;
}
