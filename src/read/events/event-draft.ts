/**
 * An event that was written down in another form than its own (JSON, XML, objects of a console) → the fields that the event log
 * gives of it, under the same names: so a rule need not know in which dress an event comes.
 */
import type { Layout } from '../../core/record.ts';
import { earliestPlausibleMs, latestPlausibleMs } from '../../core/time.ts';
import { type View, viewOf } from '../evtx/views.ts';
import type { EventLayouts } from '../windows-event-layout.ts';
import { isSystemName } from '../windows-event-record.ts';

const mostFields = 512;
const mostUnnamed = 64;
const longestName = 256;

export interface ReadEvent {
  readonly layout: Layout;
  readonly fields: ReadonlyMap<string, string>;
  /** UTC milliseconds; NaN: it has none that says its zone. */
  readonly timeMs: number;
}

export class EventDraft {
  readonly #fields = new Map<string, string>();
  readonly #unnamed: string[] = [];
  readonly #quoted = new Set<string>();
  #timeMs = Number.NaN;
  /** More fields than any event has: the rest was left out. */
  overfull = false;

  get(name: string): string | null {
    return this.#fields.get(name) || null;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** Of the service's own; the first counts. */
  system(name: string, value: string): void {
    if (!this.#fields.has(name)) this.#put(name, value);
  }

  /** A name that a provider chose is never one of the service's own, and one that comes again gets a number. */
  own(given: string, value: string): void {
    const name = given.slice(0, longestName);
    let free = isSystemName(name) || /^Data_\d+$/.test(name) ? `EventData_${name}` : name;
    const stem = free;
    for (let copy = 1; this.#fields.has(free) && copy <= mostFields; copy++) free = `${stem}_${copy}`;
    this.#put(free, value);
  }

  /** What the message of the event says, where the event itself says nothing of it. */
  fromMessage(name: string, value: string): void {
    if (this.#fields.has(name)) return;
    this.own(name, value);
    this.#quoted.add(name);
  }

  /** A value of the event without a name. */
  unnamed(value: string): void {
    if (this.#unnamed.length < 4096) this.#unnamed.push(value);
    else this.overfull = true;
  }

  /** A time in any of the forms that tools write; the first that says its zone counts. */
  time(value: string): void {
    const read = eventTime(value);
    if (read !== null && Number.isNaN(this.#timeMs)) {
      this.#timeMs = read.ms;
      this.#fields.set('TimeCreated', read.text);
    } else if (!this.#fields.has('TimeCreated')) this.#put('TimeCreated', value);
  }

  get timeMs(): number {
    return this.#timeMs;
  }

  /** A wall clock time of a zone that nobody says. */
  local(value: string): void {
    this.#fields.set('TimeCreated', value);
  }

  /** A time of the event's own, where nothing else says its zone. */
  zoned(value: string): void {
    if (Number.isNaN(this.#timeMs)) this.#timeMs = eventTime(value)?.ms ?? Number.NaN;
  }

  #put(name: string, value: string): void {
    if (this.#fields.size < mostFields) this.#fields.set(name, value);
    else this.overfull = true;
  }

  /** null: nothing of it is what an event has. */
  finish(layouts: EventLayouts): ReadEvent | null {
    const fields = this.#fields;
    if (!fields.has('EventID') && !fields.has('Provider_Name')) return null;
    if (this.#unnamed.length > 0) {
      fields.set('Data', this.#unnamed.join('\n'));
      for (const [index, value] of this.#unnamed.slice(0, mostUnnamed).entries()) this.#put(`Data_${index}`, value);
    }
    const provider = this.get('Provider_Name');
    const names = new Set(fields.keys());
    const view = this.#view(provider);
    const plausible = this.#timeMs >= earliestPlausibleMs && this.#timeMs <= latestPlausibleMs;
    return { layout: layouts.of(names, provider, view, this.#quoted), fields, timeMs: plausible ? this.#timeMs : Number.NaN };
  }

  /** What the event says in the words of another source; null where its values are not here (only a message, of a console). */
  #view(provider: string | null): View | null {
    const view = viewOf(provider, this.get('EventID'));
    if (view === null) return null;
    const told = Object.entries(view.values).map(([name, value]) => [name, value((own) => this.get(own))] as const);
    if (told.some(([name, value]) => value === null && (name === 'CmdletName' || name === 'Threat'))) return null;
    for (const [name, value] of told) this.#fields.set(name, value ?? '');
    return view;
  }
}

const iso = /^\s{0,8}(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d\d:?\d\d)\s{0,8}$/;
/** What PowerShell 5 makes of a time in JSON. */
const javaScript = /^\s{0,8}\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/\s{0,8}$/;
/** Seconds since 1970 as Velociraptor writes them; an event is never so old that it could be a year. */
const seconds = /^(\d{9,10})(?:\.(\d{1,12}))?$/;

/** UTC milliseconds, and the time as an event log has it; null: no time that says its zone. */
export function eventTime(text: string): { readonly ms: number; readonly text: string } | null {
  if (text.length > 64) return null;
  const written = iso.exec(text);
  if (written !== null) {
    const [, year, month, day, hour, minute, second, fraction = '', zone] = written;
    const offset = /^[+-]/.test(zone!) ? Number(`${zone![0]}1`) * (Number(zone!.slice(1, 3)) * 60 + Number(zone!.slice(-2))) : 0;
    const wholeMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
    const real = new Date(wholeMs);
    // A day that no month has would be another day.
    if (real.getUTCDate() !== Number(day) || real.getUTCMonth() !== Number(month) - 1 || Number(hour) > 23) return null;
    return timeOf(wholeMs - offset * 60_000, fraction);
  }
  const date = javaScript.exec(text);
  if (date !== null) {
    const ms = Number(date[1]);
    return timeOf(Math.floor(ms / 1000) * 1000, String(((ms % 1000) + 1000) % 1000).padStart(3, '0'));
  }
  const unix = seconds.exec(text);
  return unix === null ? null : timeOf(Number(unix[1]) * 1000, unix[2] ?? '');
}

function timeOf(wholeMs: number, fraction: string): { readonly ms: number; readonly text: string } | null {
  if (!(Math.abs(wholeMs) < 8.64e15)) return null;
  const head = new Date(wholeMs).toISOString();
  if (head.length !== 24) return null;
  return {
    ms: wholeMs + Number(fraction.slice(0, 3).padEnd(3, '0')),
    text: `${head.slice(0, 19)}.${fraction.slice(0, 7).padEnd(7, '0')}Z`,
  };
}
