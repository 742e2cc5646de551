/**
 * Several collections of one server (last month's backup, a shadow copy, today) are one history: what stands in one and not in another came
 * or went between their days. A thing is missing of a day only where that day's collection has what it would stand in: its folder, or a list of
 * its kind. Logs of all days are united where they are read; rows that two of them share are one event (docs/adr/0014-duplicates.md).
 */
import type { WayBackKind } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import type { ServerDay, ServerOverTime, ThingOverTime } from '../core/over-time.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtc, isoUtcOrNull } from '../core/time.ts';
import { pageOfFile } from '../detect/index.ts';
import type { Observed, ObservedArtifact } from '../run/index.ts';
import type { Event } from './event.ts';
import type { Hosts } from './hosts.ts';
import type { Judged } from './intrusions.ts';
import { overTimeSentences as say } from './over-time-messages.ts';

/** Things that are listed of one server. */
const thingLimit = 300;

interface Day {
  readonly key: string;
  readonly root: string;
  readonly snapshot: string | null;
  readonly asOfMs: number;
  readonly by: ServerDay['by'];
  readonly artifacts: readonly ObservedArtifact[];
}

interface Thing {
  readonly kind: WayBackKind;
  readonly what: string;
  /** Where it would stand: a folder, or the kind of a list. */
  readonly place: string;
  readonly days: Set<string>;
  readonly findings: Set<string>;
  madeMs: number | null;
}

export function overTimeOf(observed: Observed, hosts: Hosts, judged: readonly Judged[]): ServerOverTime[] {
  const twins = new Twins(observed.artifacts);
  const byHost = groupBy(
    observed.artifacts.filter(({ role }) => role === 'evidence'),
    ({ path }) => hosts.ofArtifact(path) ?? '',
  );
  return [...byHost]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([name, artifacts]): ServerOverTime[] => {
      const host = name === '' ? null : name;
      const days = comparable(daysOf(artifacts));
      return days.length < 2 ? [] : [ofServer(host, days, hosts, judged, twins)];
    });
}

function ofServer(
  host: string | null,
  days: readonly Day[],
  hosts: Hosts,
  judged: readonly Judged[],
  twins: Twins,
): ServerOverTime {
  const places = new Map(days.map((day) => [day.key, placesOf(day, twins)]));
  const things = new Map<string, Thing>();
  const dayOf = new Map(days.flatMap((day) => day.artifacts.map(({ path }) => [path, day.key] as const)));
  const put = (kind: WayBackKind, what: string, place: string, day: string | undefined): Thing | null => {
    if (day === undefined) return null;
    const key = `${kind}\u0000${what.toLowerCase()}`;
    const thing: Thing = things.get(key) ?? { kind, what, place, days: new Set(), findings: new Set(), madeMs: null };
    things.set(key, thing);
    thing.days.add(day);
    return thing;
  };
  for (const day of days)
    for (const artifact of day.artifacts)
      for (const { kind, what, place } of namesIn(artifact, twins)) put(kind, what, place, day.key);
  for (const one of judged)
    for (const [index, claim] of one.claims.entries())
      for (const event of claim.events) {
        if (event.role !== 'left' || hosts.ofRow(event.row) !== host) continue;
        const seen = seenThing(event);
        const day = dayOf.get(event.row.artifact);
        const thing = seen === null ? null : put(seen.kind, seen.what, seen.place, day);
        if (thing === null) continue;
        if (one.declared === null && claim.confidence !== 'possible') thing.findings.add(one.findings[index]!.id);
        thing.madeMs ??= event.row.timeMs;
        // The same bytes on another day were left out as a copy of these.
        for (const copy of twins.copies.get(event.row.artifact) ?? []) {
          const other = dayOf.get(copy);
          if (other !== undefined) thing.days.add(other);
        }
      }
  const told = [...things.values()]
    .map((thing) => bracketed(thing, days, places))
    .filter((thing) => thing.findings.length > 0 || thing.notYetUtc !== null || thing.goneUtc !== null)
    .sort(
      (a, b) =>
        Number(b.findings.length > 0) - Number(a.findings.length > 0) ||
        byCodeUnit(a.firstUtc, b.firstUtc) ||
        byCodeUnit(a.kind, b.kind) ||
        byCodeUnit(a.what, b.what),
    );
  const theirs = [...things.values()].filter(({ findings }) => findings.size > 0);
  const firstMs = firstHostile(host, judged);
  const standing = (day: Day): ServerDay['standing'] => {
    if (theirs.some((thing) => thing.days.has(day.key))) return 'hostile';
    const looked = theirs.length > 0 && theirs.every((thing) => places.get(day.key)!.has(thing.place));
    return firstMs !== null && day.asOfMs < firstMs && (looked || theirs.length === 0) ? 'clean' : 'unknown';
  };
  const shown = days.map((day) => ({
    root: day.root,
    snapshot: day.snapshot,
    asOfUtc: isoUtc(day.asOfMs),
    by: day.by,
    files: day.artifacts.length,
    standing: standing(day),
  }));
  const clean = shown.findLast((day) => day.standing === 'clean');
  return {
    host,
    days: shown,
    things: told.slice(0, thingLimit),
    left: Math.max(0, told.length - thingLimit),
    lastClean: clean === undefined ? null : { root: clean.root, asOfUtc: clean.asOfUtc },
    says:
      clean === undefined
        ? firstMs === null && theirs.length === 0
          ? ''
          : say.noClean(host, isoUtcOrNull(firstMs))
        : say.clean(host, clean.asOfUtc, clean.root),
  };
}

/** The first moment at which anybody was inside of it. */
function firstHostile(host: string | null, judged: readonly Judged[]): number | null {
  const times = judged
    .filter(({ declared }) => declared === null || declared.goesOn)
    .flatMap(({ claims }) => claims)
    .filter(({ stage, confidence }) => confidence !== 'possible' && stageRank(stage) >= stageRank('exploited'))
    .flatMap(({ events }) => events)
    .filter((event) => event.host === host || event.host === null)
    .flatMap(({ timeMs }) => (timeMs === null ? [] : [timeMs]));
  return times.length === 0 ? null : times.reduce((least, ms) => Math.min(least, ms));
}

/** What was gathered on one day: by collection, or by the folder of one server. Of which nobody can tell the day, nothing is told. */
function daysOf(artifacts: readonly ObservedArtifact[]): Day[] {
  const groups = groupBy(
    artifacts,
    ({ collection, root }) => `${rootOf(collection?.root ?? null, root)}\u0000${collection?.snapshot ?? ''}`,
  );
  return [...groups]
    .flatMap(([key, own]): Day[] => {
      const [root = '', snapshot = ''] = key.split('\u0000');
      const collected = own.map(({ collection }) => Date.parse(collection?.collectedUtc ?? '')).find((ms) => !Number.isNaN(ms));
      const named = dayInName(snapshot) ?? dayInName(root);
      const last = own
        .flatMap(({ parts }) => parts)
        .filter(({ speaksFor, lastMs }) => speaksFor !== 'state' && !Number.isNaN(lastMs))
        .reduce<number | null>((latest, { lastMs }) => (latest === null || lastMs > latest ? lastMs : latest), null);
      // A shadow copy is of its own day, whenever it was collected.
      const known: readonly (readonly [number | null | undefined, ServerDay['by']])[] =
        snapshot === ''
          ? [
              [collected, 'collector'],
              [named, 'name'],
              [last, 'logs'],
            ]
          : [
              [named, 'name'],
              [last, 'logs'],
            ];
      const found = known.find(([ms]) => ms !== null && ms !== undefined);
      return found === undefined
        ? []
        : [{ key, root, snapshot: snapshot === '' ? null : snapshot, asOfMs: found[0]!, by: found[1], artifacts: own }];
    })
    .sort((a, b) => a.asOfMs - b.asOfMs || byCodeUnit(a.key, b.key));
}

/** `backup-2021-02-01/MAIL01` is of that day; a list beside the folder of its server is of the same. */
const rootOf = (collected: string | null, root: string): string => collected ?? root;

/** A day in the name of a folder, as people and programs put it there; null: none. */
function dayInName(path: string): number | null {
  const found = [...path.matchAll(/(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/g)].at(-1);
  if (found === undefined) return null;
  const ms = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Date(ms).getUTCDate() === Number(found[3]) ? ms : null;
}

/**
 * Folders that somebody made for the kinds of logs of one copy (`iis`, `exchange`) are no days: what is told by its logs alone is a state of
 * its own only beside another one that has a log or a list of the same kind.
 */
function comparable(days: readonly Day[]): Day[] {
  const kinds = new Map(
    days.map((day) => [day, new Set(day.artifacts.flatMap(({ parts }) => parts.flatMap(({ logSources }) => logSources)))]),
  );
  return days.filter(
    (day) =>
      day.by !== 'logs' ||
      days.some((other) => other !== day && [...kinds.get(other)!].some((kind) => kinds.get(day)!.has(kind))),
  );
}

const windows = (path: string): string => path.replaceAll('/', '\\').toLowerCase();
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('\\'));
const fileName = ({ canonicalPath, path }: ObservedArtifact): string => windows(canonicalPath ?? path);

const listing = 'file-listing';
const listPlace = (folder: string): string => `list ${listing} ${windows(folder)}`;

/** Folders and lists that this day has: what is not there is missing of it only where these are. */
function placesOf({ artifacts }: Day, twins: Twins): Set<string> {
  const places = new Set<string>();
  for (const artifact of artifacts) {
    const whole = twins.of(artifact);
    if (artifact.kind === 'web-page' || artifact.kind === 'iis-config') places.add(`folder ${folderOf(fileName(artifact))}`);
    for (const part of whole.parts) {
      if (part.speaksFor !== 'state' && part.logSource !== 'file-listing') continue;
      for (const source of part.logSources) places.add(`list ${source}`);
      // A list of files has what stands in the folders of which it has something.
      for (const { tuple } of part.groups.get('Path~folder') ?? []) places.add(listPlace(tuple[0] ?? ''));
    }
  }
  return places;
}

/** What was left out as the same bytes of something else, and what it is the same as. What is only the beginning of another is not the other. */
class Twins {
  readonly copies = new Map<string, string[]>();
  readonly #byPath: ReadonlyMap<string, ObservedArtifact>;

  constructor(artifacts: readonly ObservedArtifact[]) {
    this.#byPath = new Map(artifacts.map((artifact) => [artifact.path, artifact]));
    for (const artifact of artifacts) {
      const one = this.of(artifact);
      if (one !== artifact) {
        const own = this.copies.get(one.path);
        if (own === undefined) this.copies.set(one.path, [artifact.path]);
        else own.push(artifact.path);
      }
    }
  }

  /** The one that was read. */
  of(artifact: ObservedArtifact): ObservedArtifact {
    const other = artifact.duplicateOf === null ? undefined : this.#byPath.get(artifact.duplicateOf);
    return other !== undefined && other.sha256 === artifact.sha256 ? other : artifact;
  }
}

/** Counted names of a list: its group, where the name stands in a tuple, and what tells that the row is of that kind. */
const lists: readonly {
  readonly source: string;
  readonly group: string;
  readonly kind: WayBackKind;
  readonly name: (tuple: readonly (string | null)[]) => string | null;
}[] = [
  { source: 'local-user', group: 'Name|SID|Group', kind: 'account', name: ([name]) => name ?? null },
  {
    source: 'scheduled-task',
    group: 'TaskPath|TaskName',
    kind: 'task',
    name: ([path, name]) => (name == null ? null : `${path ?? ''}${name}`),
  },
  { source: 'service-listing', group: 'Name|PathName', kind: 'task', name: ([name]) => name ?? null },
  { source: 'transport-agent-config', group: 'Identity|Enabled', kind: 'module', name: ([name]) => name ?? null },
  { source: 'transport-rule', group: 'Name|Mode', kind: 'rule', name: ([name]) => name ?? null },
  {
    source: 'inbox-rule',
    group: 'MailboxOwnerId|Name',
    kind: 'rule',
    name: ([owner, name]) => (name == null ? null : `${owner ?? ''}: ${name}`),
  },
  {
    source: 'role-assignment',
    group: 'RoleAssigneeName|Role',
    kind: 'grant',
    name: ([who, role]) => (role == null ? null : `${role}: ${who ?? ''}`),
  },
  { source: 'exchange-certificate', group: 'Thumbprint', kind: 'certificate', name: ([thumbprint]) => thumbprint ?? null },
  {
    source: 'iis-config',
    group: 'Section|Does|Location|Name|Pattern|Input|Value|State',
    kind: 'module',
    name: ([section, does, , name]) =>
      /^(?:global-module|module|handler|isapi-filter)$/.test(section ?? '') && (does ?? 'add') === 'add' ? (name ?? null) : null,
  },
];

function namesIn(artifact: ObservedArtifact, twins: Twins): Pick<Thing, 'kind' | 'what' | 'place'>[] {
  const whole = twins.of(artifact);
  const found: Pick<Thing, 'kind' | 'what' | 'place'>[] = [];
  if (artifact.kind === 'web-page' && artifact.canonicalPath !== null)
    found.push({
      kind: 'file',
      what: artifact.canonicalPath.replaceAll('/', '\\'),
      place: `folder ${folderOf(fileName(artifact))}`,
    });
  for (const part of whole.parts) {
    if (part.groupOverflow > 0) continue;
    for (const { source, group, kind, name } of lists) {
      // In a text of several kinds of things nobody can tell whose a name is.
      if (part.logSources.length !== 1 || part.logSources[0] !== source) continue;
      for (const { tuple } of part.groups.get(group) ?? []) {
        const what = name(tuple);
        if (what !== null && what !== '') found.push({ kind, what, place: `list ${source}` });
      }
    }
    if (artifact.kind !== 'iis-config' || artifact.sha256 === null) continue;
    const stated = (part.groups.get('Section|State') ?? []).some(
      ({ tuple }) => tuple[0] === 'machine-key' && (tuple[1] === 'stated' || tuple[1] === 'published'),
    );
    if (stated)
      found.push({
        kind: 'key',
        what: say.key((artifact.canonicalPath ?? artifact.path).replaceAll('/', '\\'), artifact.sha256),
        place: `folder ${folderOf(fileName(artifact))}`,
      });
  }
  return found;
}

/** What a row of a finding says that stands there. */
function seenThing({ row, page }: Event): Pick<Thing, 'kind' | 'what' | 'place'> | null {
  const path = row.values['file.path'];
  if (path !== undefined) {
    const file = path.replaceAll('/', '\\');
    const folder = folderOf(windows(file));
    const isDisk = row.logSource === 'web-page' || row.logSource === 'file';
    return {
      kind: 'file',
      what: file,
      place: isDisk ? `folder ${folder}` : row.logSource === listing ? listPlace(folder) : `list ${row.logSource}`,
    };
  }
  if (page !== null && pageOfFile(page) === null && row.logSource === 'web-page')
    return { kind: 'file', what: page, place: 'list web-page' };
  const name =
    row.fields.Identity ?? row.fields.Name ?? row.fields.TaskName ?? row.fields.Image ?? row.fields.ExternalUrl ?? null;
  return name === null ? null : { kind: kindOf(row.logSource), what: name, place: `list ${row.logSource}` };
}

const kindOf = (logSource: string): WayBackKind =>
  /rule|exchange-config/.test(logSource)
    ? 'rule'
    : /permission|role|mailbox/.test(logSource)
      ? 'grant'
      : /task|service/.test(logSource)
        ? 'task'
        : 'module';

function bracketed(thing: Thing, days: readonly Day[], places: ReadonlyMap<string, ReadonlySet<string>>): ThingOverTime {
  const there = days.map((day) => thing.days.has(day.key));
  const first = there.indexOf(true);
  const last = there.lastIndexOf(true);
  const isMissing = (day: Day, index: number): boolean => !there[index]! && places.get(day.key)!.has(thing.place);
  const before = days.findLast((day, index) => index < first && isMissing(day, index));
  const behind = days.find((day, index) => index > last && isMissing(day, index));
  const notYetUtc = before === undefined ? null : isoUtc(before.asOfMs);
  const goneUtc = behind === undefined ? null : isoUtc(behind.asOfMs);
  const [firstUtc, lastUtc] = [isoUtc(days[first]!.asOfMs), isoUtc(days[last]!.asOfMs)];
  return {
    kind: thing.kind,
    what: thing.what,
    notYetUtc,
    firstUtc,
    lastUtc,
    goneUtc,
    madeUtc: isoUtcOrNull(thing.madeMs),
    findings: [...thing.findings].sort(byCodeUnit),
    says: say.thing(firstUtc, lastUtc, notYetUtc, goneUtc),
  };
}
