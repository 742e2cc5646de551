/** Of which log a part of the evidence is, for which times it speaks, and what it proves to have been written down. */
import type { RecordedSetting } from '../core/assessment.ts';
import type { BookQuestion } from '../core/booked-row.ts';
import type { Question } from '../core/pack.ts';
import { Problems } from '../core/problem.ts';
import { hourMs } from '../core/time.ts';
import type { Observed, ObservedPart } from '../run/index.ts';
import { isBackEndPort } from './event.ts';
import { shortName } from './hosts.ts';

/** A log that is silent for longer than this has a gap: health probes write far more often, and a missing daily file is one. */
export const silenceMs = 12 * hourMs;

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Source {
  readonly kind: string;
  readonly host: string | null;
  readonly speaksFor: 'span' | 'state' | 'excerpt';
  readonly hours: Set<number>;
  firstMs: number;
  lastMs: number;
  records: number;
  readonly problems: Problems;
  readonly proven: Set<RecordedSetting>;
}

/**
 * A log of which one server keeps several: IIS one for each site (the front end takes visitors, the back end works for the front
 * ends), HttpProxy one for each protocol. One of them never speaks for another.
 */
export type Book = 'front' | 'back' | NonNullable<Question['book']> | 'all';

/** One log in several dresses (IIS in its own or the NCSA form) is one source; what was picked from it is what the tool made of it. */
export const sourceOf = (part: ObservedPart): string =>
  part.kind === 'evtx' ? eventLogOf(part) : part.speaksFor === 'span' ? part.logSource : part.kind;

/** The log that an event log is, by the channel of all its events. */
const channels: ReadonlyMap<string, string> = new Map([
  ['security', 'security-events'],
  ['application', 'application-events'],
  ['msexchange management', 'msexchange-management'],
]);

/** Logs of which packs ask, and which are read for single signs: what is here of them is said, and no answer rests on them yet. */
export const eventLogs: ReadonlySet<string> = new Set(channels.values());

function eventLogOf(part: ObservedPart): string {
  const events = part.groups.get('Channel|Provider_Name|EventID') ?? [];
  const found = new Set(events.map(({ tuple }) => (tuple[0] ?? '').toLowerCase()));
  const [channel] = found;
  const kind = found.size === 1 ? channels.get(channel!) : undefined;
  return kind ?? part.logSource;
}

/** Events with which the service says that the log that they stand in was cleared. */
const clearing: ReadonlySet<string> = new Set(['1102', '517']);

/** First and last clearing of this log; it says so in its own first event behind it. */
export const clearedAt = (part: ObservedPart): Span[] =>
  (part.groups.get('Channel|Provider_Name|EventID') ?? [])
    .filter(({ tuple }) => clearing.has(tuple[2] ?? '') && /eventlog|^security$/i.test(tuple[1] ?? ''))
    .flatMap(({ firstMs, lastMs }) => [...new Set([firstMs, lastMs])])
    .filter((ms) => !Number.isNaN(ms))
    .map((ms) => ({ fromMs: ms - 1, toMs: ms }));

/** Where new programs are not written down (event 4688), the Security log tells nothing of them. */
const writesPrograms = (part: ObservedPart): boolean =>
  (part.groups.get('Channel|Provider_Name|EventID') ?? []).some(({ tuple }) => tuple[2] === '4688');

export function addTo(sources: Map<string, Source>, key: string, part: ObservedPart, host: string | null): Source {
  const source: Source = sources.get(key) ?? {
    kind: sourceOf(part),
    host,
    speaksFor: part.speaksFor,
    hours: new Set(),
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    records: 0,
    problems: new Problems(),
    proven: new Set(),
  };
  sources.set(key, source);
  for (const hour of part.hours.keys()) source.hours.add(hour);
  source.records += part.records;
  if (!(part.firstMs >= source.firstMs) && !Number.isNaN(part.firstMs)) source.firstMs = part.firstMs;
  if (!(part.lastMs <= source.lastMs) && !Number.isNaN(part.lastMs)) source.lastMs = part.lastMs;
  return source;
}

/** Settings that a row of it proves to have been on. */
export function provenBy(part: ObservedPart): RecordedSetting[] {
  const told = (group: string, position: number): boolean =>
    (part.groups.get(group) ?? []).some(({ tuple }) => (tuple[position] ?? null) !== null);
  const source = sourceOf(part);
  if (source === 'security-events') return writesPrograms(part) ? ['programs'] : [];
  if (source === 'httpproxy') return told('Protocol|HttpStatus|BackEndStatus', 1) ? ['status'] : [];
  if (source !== 'iis-w3c') return [];
  return [
    ...(told('cs-method|cs-uri-stem|sc-status', 2) ? (['status'] as const) : []),
    ...(told('c-ip|cs-username', 1) ? (['account'] as const) : []),
  ];
}

interface BookHere {
  readonly book: Book;
  /** What answers a question was written down, proven by a row of it. */
  readonly told: boolean;
}

export function booksOf(part: ObservedPart, path: string): BookHere[] {
  // A log that does not write how a request ended records no answer to any question of ours.
  const told = (group: string, position: number): boolean =>
    (part.groups.get(group) ?? []).some(({ tuple }) => tuple[position] !== null);
  if (sourceOf(part) === 'httpproxy') {
    const protocols = (part.groups.get('Protocol|HttpStatus|BackEndStatus') ?? []).map(({ tuple }) => tuple[0]?.toLowerCase());
    const ended = told('Protocol|HttpStatus|BackEndStatus', 1);
    return (['ecp', 'autodiscover'] as const).filter((book) => protocols.includes(book)).map((book) => ({ book, told: ended }));
  }
  if (sourceOf(part) === 'security-events') return [{ book: 'all', told: writesPrograms(part) }];
  if (sourceOf(part) !== 'iis-w3c') return [{ book: 'all', told: true }];
  const ended = told('cs-method|cs-uri-stem|sc-status', 2);
  // Who called the back end is told by the account alone: all of its clients are front ends.
  const named = !part.groups.has('c-ip|cs-username') || told('c-ip|cs-username', 1);
  const book = (name: 'front' | 'back'): BookHere => ({ book: name, told: ended && (name === 'front' || named) });
  const ports = (part.groups.get('s-port|s-computername|s-ip') ?? [])
    .map(({ tuple }) => tuple[0])
    .filter((port) => port !== null && port !== undefined);
  if (ports.length === 0) return [book(/[\\/]W3SVC2[\\/]/i.test(path) ? 'back' : 'front')];
  return [
    ...(ports.some((port) => !isBackEndPort(port)) ? [book('front')] : []),
    ...(ports.some((port) => isBackEndPort(port)) ? [book('back')] : []),
  ];
}

export function learnRoles(part: ObservedPart, host: string | null, frontEnds: Set<string>, backEnds: Set<string>): void {
  for (const { tuple } of part.groups.get('ServerHostName|TargetServer|IsAuthenticated') ?? []) {
    const own = shortName(tuple[0]);
    const target = shortName(tuple[1]);
    if (own !== null) frontEnds.add(own);
    if (target !== null && /^true$/i.test(tuple[2] ?? '')) backEnds.add(target);
  }
  if (part.kind === 'ecp-server' && host !== null) backEnds.add(host);
  for (const { tuple } of part.groups.get('s-port|s-computername|s-ip') ?? []) {
    if (host === null || tuple[0] === null || tuple[0] === undefined) continue;
    if (isBackEndPort(tuple[0])) backEnds.add(host);
    else frontEnds.add(host);
  }
}

export function spansOf(source: Source): Span[] {
  const hours = [...source.hours].sort((a, b) => a - b);
  const spans: { fromMs: number; toMs: number }[] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last !== undefined && hour * hourMs - last.toMs <= silenceMs) last.toMs = (hour + 1) * hourMs;
    else spans.push({ fromMs: hour * hourMs, toMs: (hour + 1) * hourMs });
  }
  if (spans.length > 0) {
    spans[0]!.fromMs = Math.max(spans[0]!.fromMs, source.firstMs);
    spans.at(-1)!.toMs = Math.min(spans.at(-1)!.toMs, source.lastMs);
  }
  return spans;
}

/** Of a Security log the half hour in which the first new program stands: a command line in it proves the setting. */
export function programQuestionsOf({ artifacts }: Observed): BookQuestion[] {
  const asked = artifacts.flatMap(({ path, parts, duplicateOf }): BookQuestion[] => {
    const first = parts
      .filter(({ groups }) => groups.has('Channel|Provider_Name|EventID'))
      .flatMap((part) => part.groups.get('Channel|Provider_Name|EventID')!)
      .filter(({ tuple, firstMs }) => tuple[2] === '4688' && !Number.isNaN(firstMs))
      .map(({ firstMs }) => Math.floor(firstMs / minuteMs));
    return duplicateOf !== null || first.length === 0
      ? []
      : [{ artifact: path, spans: [[Math.min(...first), Math.min(...first) + programMinutes]] }];
  });
  return asked.slice(0, programFiles);
}

const minuteMs = 60_000;
const programMinutes = 30;
const programFiles = 20;
