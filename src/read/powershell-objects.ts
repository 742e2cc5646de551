/** Objects of a console, in whatever dress they were read → records of the log source that their noun is. */
import { claimDate, DateColumn, type StatedDates } from '../core/local-time.ts';
import { Problems } from '../core/problem.ts';
import type { Demand, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { processSource } from './command-lines.ts';
import { eventSource } from './event-text.ts';
import { consoleEvent } from './events/console-event.ts';
import { evtxEcmdEvent, isEvtxEcmd } from './events/evtxecmd-event.ts';
import { fieldOfNoun, layoutOfNoun, type Noun, nounOf } from './powershell-nouns.ts';
import type { PropertyObject } from './property-list.ts';
import { EventLayouts } from './windows-event-layout.ts';

export interface ConsoleObject extends PropertyObject {
  /** The folder whose contents are listed, where a heading names one. */
  readonly folder?: string | null;
  /** Names of its table's or file's columns, where a row may lack some of them. */
  readonly names?: readonly string[];
}

const utc: StatedDates = { zoneMinutes: 0 };

interface Known {
  readonly noun: Noun;
  readonly fields: Map<string, string>;
}

/** Rows of one table share their names; what they are is asked once. */
const byNames = new WeakMap<readonly string[], Noun | null>();

function nounOfObject({ names, fields }: ConsoleObject): Noun | null {
  if (names === undefined) return nounOf(fields.keys());
  let noun = byNames.get(names);
  if (noun === undefined) {
    noun = nounOf(names);
    byNames.set(names, noun);
  }
  return noun;
}

function knownOf(object: ConsoleObject): Known | null {
  const noun = nounOfObject(object);
  if (noun === null) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of object.fields) {
    const field = fieldOfNoun(noun, name);
    // The first of several names for one field wins; an empty one is none.
    if (field !== null && value !== '' && !fields.has(field)) fields.set(field, value);
  }
  return noun.finish?.(fields, object.folder ?? null) === false ? null : { noun, fields };
}

/** Process ids are known for as long as one list is read; of two processes with one id the later one counts. */
const mostProcesses = 100_000;
const mostCallers = 16;

class ObjectReader {
  readonly #eventLayouts = new EventLayouts();
  readonly #columns = new Map<string, DateColumn>();
  readonly #processes = new Map<string, { readonly image: string; readonly parent: string | undefined }>();

  #column(noun: Noun, field: string, isUtc: boolean): DateColumn {
    const key = `${noun.logSource} ${field}`;
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = new DateColumn(isUtc ? utc : {});
      this.#columns.set(key, column);
    }
    return column;
  }

  /** Day and month are told apart by all dates of a column; a parent may stand behind its child. */
  learn(object: ConsoleObject): void {
    const known = knownOf(object);
    if (known === null) return;
    for (const { field, utc: isUtc } of known.noun.times) {
      const text = known.fields.get(field);
      if (text !== undefined) this.#column(known.noun, field, isUtc === true).learn(text);
    }
    const id = known.fields.get('ProcessId');
    const image = known.fields.get('Image');
    if (id !== undefined && image !== undefined && this.#processes.size < mostProcesses)
      this.#processes.set(id, { image, parent: known.fields.get('ParentProcessId') });
  }

  /** The programs that called this one, outermost first; process ids that go round in a circle end. */
  #callers(of: string | undefined): string[] {
    const found: string[] = [];
    const seen = new Set<string>();
    for (let id = of; id !== undefined && !seen.has(id) && found.length < mostCallers;) {
      seen.add(id);
      const caller = this.#processes.get(id);
      if (caller === undefined) break;
      found.unshift(caller.image);
      id = caller.parent;
    }
    return found;
  }

  read(object: ConsoleObject, problems: Problems): PlainRecord | null {
    const known = knownOf(object);
    if (known === null) return null;
    const { noun, fields } = known;
    if (noun.logSource === eventSource) return this.#event(object, known, problems);
    let timeMs = Number.NaN;
    for (const { field, utc: isUtc } of noun.times) {
      const text = fields.get(field);
      if (text === undefined) continue;
      const date = this.#column(noun, field, isUtc === true).read(text);
      const claimed = claimDate(date, text, object.start, problems);
      if (Number.isNaN(timeMs)) timeMs = claimed.timeMs;
      if (claimed.local !== null) fields.set(field, claimed.local);
    }
    if (noun.logSource === processSource) {
      const callers = this.#callers(fields.get('ParentProcessId'));
      const stated = fields.get('ParentImage');
      if (stated === undefined && callers.length > 0) fields.set('ParentImage', callers.at(-1)!);
      const all = callers.length > 0 || stated === undefined ? callers : [stated];
      if (all.length > 0) fields.set('Ancestors', all.join(' > '));
    }
    return { start: object.start, end: object.end, line: object.line, timeMs, layout: layoutOfNoun(noun), fields };
  }

  /** An event has the fields that its provider gave it, however it was written down. */
  #event(object: ConsoleObject, { noun, fields }: Known, problems: Problems): PlainRecord | null {
    const names = new Set([...object.fields.keys(), ...(object.names ?? [])].map((name) => name.toLowerCase()));
    const draft = isEvtxEcmd((name) => names.has(name)) ? evtxEcmdEvent(object.fields) : consoleEvent(object.fields, null);
    const text = fields.get('TimeCreated');
    if (text !== undefined && Number.isNaN(draft.timeMs)) {
      const { timeMs, local } = claimDate(this.#column(noun, 'TimeCreated', false).read(text), text, object.start, problems);
      if (!Number.isNaN(timeMs)) draft.time(new Date(timeMs).toISOString());
      else if (local !== null) draft.local(local);
    }
    const event = draft.finish(this.#eventLayouts);
    return event === null ? null : { start: object.start, end: object.end, line: object.line, ...event };
  }
}

/** `objects` is asked twice: dates of a column are told apart by all of them. */
export function* recordsOf(objects: () => Iterable<ConsoleObject>, problems: Problems): Generator<PlainRecord> {
  const reader = new ObjectReader();
  for (const object of objects()) reader.learn(object);
  for (const object of objects()) {
    const record = reader.read(object, problems);
    if (record !== null) yield record;
    else if (object.fields.size > 0 && nounOfObject(object) === null)
      problems.add('object.unknown', object.start, { found: namesOf(object) });
  }
}

/** Of one dress: its objects are gone through twice, and its problems told once. */
export const objectScanner = (
  demand: Demand,
  objectsIn: (text: string, problems: Problems) => Iterable<ConsoleObject>,
): Scanner =>
  new PlainScanner('exchange-config', demand, (text, problems) => {
    let first = true;
    return recordsOf(() => {
      const objects = objectsIn(text, first ? new Problems() : problems);
      first = false;
      return objects;
    }, problems);
  });

const namesOf = ({ fields }: ConsoleObject): string => [...fields.keys()].slice(0, 4).join(', ').slice(0, 120);
