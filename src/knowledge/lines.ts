/**
 * Files of facts: one JSON object a line, so that a fact is changed, compared and cited by itself; lines that begin with `#` are
 * comments. The first lines name the sources, every fact names which of them say so. What is wrong is shown in its line.
 */
import { SourceError } from '../rules/index.ts';

/** A file of facts that cannot be used as it stands. */
export class KnowledgeError extends SourceError {}

export interface KnowledgeFile {
  readonly path: string;
  readonly text: string;
}

type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

const dayShape = /^\d{4}-\d\d(?:-\d\d)?$/;
export const buildShape = /^\d{1,2}\.\d{1,2}\.\d{1,5}\.\d{1,5}$/;
export const cveShape = /^(?:CVE-\d{4}-\d{4,7}|ADV\d{6,9})$/;

/** One fact, whose names are asked for one by one; what nobody asked for is a mistake in the file. */
export class Fact {
  readonly #values: { readonly [name: string]: Value };
  readonly #asked = new Set<string>();
  readonly #file: KnowledgeFile;
  readonly #offset: number;

  constructor(file: KnowledgeFile, offset: number, values: { readonly [name: string]: Value }) {
    this.#file = file;
    this.#offset = offset;
    this.#values = values;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name);
  }

  text(name: string, shape?: RegExp): string {
    const value = this.#take(name);
    if (typeof value !== 'string' || value === '') throw this.error(`\`${name}\` is no text`, 'write it in quotes');
    if (shape !== undefined && !shape.test(value))
      throw this.error(`\`${name}\` cannot be \`${value}\``, 'see its form in other lines');
    return value;
  }

  optional(name: string, shape?: RegExp): string | null {
    if (this.has(name) && this.#values[name] !== null) return this.text(name, shape);
    this.#asked.add(name);
    return null;
  }

  among<T extends string>(name: string, words: readonly T[]): T {
    const value = this.text(name);
    const word = words.find((one) => one === value);
    if (word === undefined) throw this.error(`\`${name}\` cannot be \`${value}\``, `one of: ${words.join(', ')}`);
    return word;
  }

  /** A day, or a month where the day is not known. */
  day(name: string): string | null {
    const day = this.optional(name, dayShape);
    if (day !== null && Number.isNaN(Date.parse(day))) throw this.error(`\`${day}\` is no day`, 'write YYYY-MM-DD or YYYY-MM');
    return day;
  }

  /** null: written as null, for what nobody knows. */
  count(name: string): number | null {
    const value = this.#take(name);
    if (value === null) return null;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw this.error(`\`${name}\` is no number`, 'a whole number');
    return value;
  }

  flag(name: string): boolean {
    const value = this.has(name) ? this.#take(name) : (this.#asked.add(name), false);
    if (typeof value !== 'boolean') throw this.error(`\`${name}\` is neither true nor false`, 'write true or leave it out');
    return value;
  }

  /** Texts; empty when it is not there. */
  list(name: string, shape?: RegExp): string[] {
    if (!this.has(name)) return (this.#asked.add(name), []);
    return this.#texts(name, this.#take(name), shape);
  }

  /** Text → texts, or text → text. */
  table<T extends 'lists' | 'texts'>(name: string, of: T, shape?: RegExp): Map<string, T extends 'lists' ? string[] : string> {
    const table = new Map<string, T extends 'lists' ? string[] : string>();
    const value = this.has(name) ? this.#take(name) : (this.#asked.add(name), {});
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.error(`\`${name}\` is no table`, 'write { … }');
    for (const [key, entry] of Object.entries(value as { readonly [name: string]: Value })) {
      const texts = this.#texts(name, of === 'texts' ? [entry] : entry, shape);
      table.set(key, (of === 'texts' ? texts[0]! : texts) as T extends 'lists' ? string[] : string);
    }
    return table;
  }

  /** The facts's sources, and that nothing stands in the line that nobody knows. */
  end(sources: ReadonlySet<string>): void {
    const from = this.list('from');
    if (from.length === 0) throw this.error('`from` is missing', 'name the sources that say so');
    const unknown = from.find((one) => !sources.has(one));
    if (unknown !== undefined)
      throw this.error(`there is no source \`${unknown}\``, `sources of this file: ${[...sources].join(', ')}`);
    const surplus = Object.keys(this.#values).find((name) => !this.#asked.has(name));
    if (surplus !== undefined)
      throw this.error(`nobody knows \`${surplus}\``, 'leave it out, or see docs/reference/knowledge.md');
  }

  error(what: string, fix: string): KnowledgeError {
    return new KnowledgeError('knowledge.invalid', what, fix, this.#file.path, this.#file.text, this.#offset);
  }

  #take(name: string): Value {
    this.#asked.add(name);
    const value = this.#values[name];
    if (value === undefined) throw this.error(`\`${name}\` is missing`, 'add it');
    return value;
  }

  #texts(name: string, value: Value, shape?: RegExp): string[] {
    const list = Array.isArray(value) ? (value as readonly Value[]) : null;
    if (list === null) throw this.error(`\`${name}\` is no list`, 'write [ … ]');
    return list.map((one) => {
      if (typeof one !== 'string' || (shape !== undefined && !shape.test(one)))
        throw this.error(`\`${name}\` cannot hold \`${JSON.stringify(one)}\``, 'see its form in other lines');
      return one;
    });
  }
}

/** The facts of a file, its sources taken out and checked for. */
export function factsOf<T>(file: KnowledgeFile, read: (fact: Fact) => T | null): T[] {
  const sources = new Set<string>();
  const facts: T[] = [];
  let offset = 0;
  for (const line of file.text.split('\n')) {
    const at = offset;
    offset += line.length + 1;
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const wrong = (what: string): KnowledgeError =>
      new KnowledgeError('knowledge.invalid', what, 'one object a line, as JSON', file.path, file.text, at);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw wrong('this line is no JSON');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('this line is no object');
    const fact = new Fact(file, at, value as { readonly [name: string]: Value });
    if (fact.has('source')) {
      sources.add(fact.text('source'));
      fact.text('what');
      continue;
    }
    const made = read(fact);
    fact.end(sources);
    if (made !== null) facts.push(made);
  }
  return facts;
}
