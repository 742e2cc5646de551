/** What may be asked for, and what it comes to. */
import { UserError } from '../core/errors.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
import { logKinds } from './log-kinds.ts';
import { stories } from './stories/index.ts';
import type { Story } from './story.ts';

export interface DemoOptions {
  readonly bytes: number;
  readonly stories: readonly string[];
  readonly seed: string;
  /** Left out: the story's, or fewer where the size is small. */
  readonly days?: number;
  /** `YYYY-MM-DD`; left out: the story's. */
  readonly from?: string;
  readonly hosts?: number;
  readonly users?: number;
  /** All clients come from its address; `forwarded` keeps their own in a column of the IIS log. */
  readonly loadBalancer?: 'hidden' | 'forwarded';
  /** Ahead of UTC. */
  readonly utcOffsetHours?: number;
  /** How far the clock of the last server is ahead. */
  readonly clockSkewMinutes?: number;
  /** Logs that were not collected: a name, or what stands before its slash. */
  readonly without?: readonly string[];
  /** Events of cmdlets, as somebody printed them. */
  readonly events?: boolean;
  /** Page files of the web folders: placeholders, where pages of Exchange and of intruders would stand. */
  readonly webFolders?: boolean;
  /** The logs begin so many days after everything else does. */
  readonly cutBeforeDays?: number;
  /** How many write something of their own, where a story leaves that open. */
  readonly intruders?: number;
  /** So many times one log is silent for some hours. */
  readonly gaps?: number;
  /** So many rows in a row are taken out of one book. */
  readonly removeRows?: number;
  readonly removeFrom?: string;
  /** Share of the files that got lost, from 0 to 1. */
  readonly lostFiles?: number;
}

const megabyte = 1_000_000;
export const leastBytes = megabyte;
const mostHosts = 8;
const mostDays = 3650;

/** Bytes of a server's day whatever its size: headers of files, and probes at their rarest. */
const dayAtRestBytes = 105_000;
const probeTickBytes = 14_500;
const probeMinutes = [5, 10, 15, 20, 30, 60, 120, 240] as const;

export interface DemoPlan {
  readonly options: DemoOptions;
  readonly stories: readonly Story[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly days: number;
  readonly hosts: number;
  readonly users: number;
  readonly utcOffsetHours: number;
  readonly probeMinutes: number;
  /** Hours that a file lasts that turns over every hour on a large server. */
  readonly hours: 1 | 24;
}

const wrong = (code: string, message: string, fix: string): UserError => new UserError(`demo.${code}`, message, fix);

function whole(name: string, value: number, from: number, to: number): number {
  if (!Number.isInteger(value) || value < from || value > to)
    throw wrong(name, `--${name} ${value} is no whole number from ${from} to ${to}.`, `Give a number from ${from} to ${to}.`);
  return value;
}

/** @throws UserError when what was asked for cannot be made */
export function planDemo(options: DemoOptions): DemoPlan {
  if (!Number.isFinite(options.bytes) || options.bytes < leastBytes)
    throw wrong('size', 'The size is below 1MB.', 'Give --size 1MB or more, such as 10MB, 1GB.');
  const chosen = options.stories.map((name) => {
    const story = stories.find((one) => one.name === name);
    if (story === undefined)
      throw wrong('story', `There is no story ${name}.`, `Stories: ${stories.map((one) => one.name).join(', ')}.`);
    return story;
  });
  if (chosen.length === 0) throw wrong('story', 'No story was named.', `Stories: ${stories.map((one) => one.name).join(', ')}.`);
  if (new Set(options.stories).size < chosen.length) throw wrong('story', 'A story was named twice.', 'Name each story once.');
  const hosts = whole('hosts', options.hosts ?? 1, 1, mostHosts);
  const atRest = dayAtRestBytes * hosts;
  const wanted = Math.max(...chosen.map(({ days }) => days));
  const affordable = Math.floor((options.bytes * 0.4) / atRest);
  const days = options.days === undefined ? Math.max(2, Math.min(wanted, affordable)) : whole('days', options.days, 1, mostDays);
  if (days * atRest > options.bytes * 0.6)
    throw wrong(
      'days',
      `${days} days of ${hosts} ${hosts === 1 ? 'server' : 'servers'} do not fit into that size.`,
      `Give --size ${Math.ceil((days * atRest) / 0.6 / megabyte)}MB or more, or fewer --days.`,
    );
  const from = options.from ?? chosen.map((story) => story.from).toSorted()[0]!;
  const fromMs = /^\d{4}-\d\d-\d\d$/.test(from) ? dayMs(from) : Number.NaN;
  if (
    Number.isNaN(fromMs) ||
    new Date(fromMs).toISOString().slice(0, 10) !== from ||
    fromMs < dayMs('2010-01-01') ||
    fromMs > dayMs('2090-01-01')
  )
    throw wrong('from', `--from ${from} is no day from 2010 to 2089.`, 'Write it as 2021-02-24.');
  const known = new Set(logKinds.flatMap(({ name }) => [name, name.replace(/\/.*$/, '')]));
  for (const name of [...(options.without ?? []), ...(options.removeFrom === undefined ? [] : [options.removeFrom])])
    if (!known.has(name)) throw wrong('log', `There is no log ${name}.`, `Logs: ${[...known].join(', ')}.`);
  if (options.removeFrom !== undefined && !logKinds.some(({ name }) => name === options.removeFrom))
    throw wrong('log', `${options.removeFrom} is several logs.`, 'Name one of them, such as httpproxy/Owa.');
  const utcOffsetHours = options.utcOffsetHours ?? 1;
  if (!(utcOffsetHours >= -12 && utcOffsetHours <= 14))
    throw wrong(
      'utc-offset',
      `--utc-offset ${utcOffsetHours} is not from -12 to 14.`,
      'Give hours ahead of UTC, such as 1 or -5.',
    );
  const lost = options.lostFiles ?? 0;
  if (!(lost >= 0 && lost <= 1))
    throw wrong('lost-files', 'The share of lost files is not from 0 to 100.', 'Give a number of percent.');
  whole('cut-before', options.cutBeforeDays ?? 0, 0, days - 1);
  whole('intruders', options.intruders ?? 2, 1, 5);
  if (options.intruders !== undefined && !chosen.some(({ writers }) => writers !== undefined))
    throw wrong(
      'intruders',
      'None of these stories leaves open how many come.',
      'Leave --intruders out, or name mixed-intruders.',
    );
  whole('gaps', options.gaps ?? 0, 0, 1000);
  whole('remove-rows', options.removeRows ?? 0, 0, 1_000_000);
  whole('clock-skew', options.clockSkewMinutes ?? 0, -100_000, 100_000);
  const perServerDay = options.bytes / days / hosts;
  const probing = probeMinutes.find((minutes) => (1440 / minutes) * probeTickBytes <= perServerDay * 0.25) ?? 240;
  return {
    options,
    stories: chosen,
    fromMs,
    toMs: fromMs + days * oneDayMs,
    days,
    hosts,
    users: whole('users', options.users ?? Math.max(12, Math.min(1500, Math.round(12 + options.bytes / megabyte))), 2, 20_000),
    utcOffsetHours,
    probeMinutes: probing,
    hours: perServerDay >= 8 * megabyte ? 1 : 24,
  };
}
