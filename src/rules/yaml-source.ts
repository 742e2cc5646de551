import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  parseDocument,
  type Scalar,
} from 'yaml';
import { quickYaml } from './quick-yaml.ts';
import type { RuleCode } from './rule-codes.ts';
import { SourceError } from './source-error.ts';

/** `code`: which kind of mistake, where there is more to say than that something is wrong. */
export type Fail = (what: string, fix: string, offset: number, length: number, code?: RuleCode) => SourceError;

/** One value of a YAML file that knows where it stands, so that whatever is wrong with it can be shown in its line. */
export class Located {
  readonly #node: Node | null;
  readonly #source: YamlSource;
  readonly #offset: number;
  readonly #length: number;

  constructor(source: YamlSource, node: Node | null, offset: number, length: number) {
    this.#source = source;
    this.#node = node;
    this.#offset = offset;
    this.#length = length;
  }

  /** Where it begins in the file. */
  get offset(): number {
    return this.#offset;
  }

  get kind(): 'map' | 'list' | 'text' | 'number' | 'boolean' | 'null' {
    const node = this.#node;
    if (node === null) return 'null';
    if (isMap(node)) return 'map';
    if (isSeq(node)) return 'list';
    if (isAlias(node)) throw this.error('aliases (`*name`) are not supported', 'write the value out', 'rule.alias');
    const value: unknown = node.value;
    if (value === null) return 'null';
    if (typeof value === 'string') return 'text';
    if (typeof value === 'number' || typeof value === 'bigint') return 'number';
    if (typeof value === 'boolean') return 'boolean';
    throw this.error('this kind of YAML value is not supported', 'use text, a number, a list or a map');
  }

  /** The characters this value was written with, where it is a plain scalar on one line; else null. */
  get written(): string | null {
    const node = this.#node;
    return isScalar(node) && node.type === 'PLAIN' && typeof node.source === 'string' ? node.source : null;
  }

  error(what: string, fix: string, code?: RuleCode): SourceError {
    return this.#source.fail(what, fix, this.#offset, this.#length, code);
  }

  /** An error inside the text of this value; exact for values written on one line without escapes, else at its beginning. */
  errorInside(at: number, length: number, what: string, fix: string, code?: RuleCode): SourceError {
    const node = this.#node;
    if (isScalar(node) && typeof node.value === 'string') {
      const skip = node.type === 'PLAIN' ? 0 : 1;
      const begin = this.#offset + skip;
      if (this.#source.text.startsWith(node.value, begin)) return this.#source.fail(what, fix, begin + at, length, code);
    }
    return this.error(what, fix, code);
  }

  text(): string {
    if (this.kind !== 'text') throw this.error(`text is needed here, not ${article(this.kind)}`, 'put the value in quotes');
    return (this.#node as Scalar<string>).value;
  }

  number(): number {
    if (this.kind !== 'number')
      throw this.error(`a number is needed here, not ${article(this.kind)}`, 'write a number without quotes');
    return Number((this.#node as Scalar).value);
  }

  boolean(): boolean {
    if (this.kind !== 'boolean')
      throw this.error(`true or false is needed here, not ${article(this.kind)}`, 'write true or false');
    return (this.#node as Scalar<boolean>).value;
  }

  list(): Located[] {
    const node = this.#node;
    if (!isSeq(node))
      throw this.error(`a list is needed here, not ${article(this.kind)}`, 'write one item per line, each after `- `');
    return node.items.map((item) => this.#source.locate(item as Node | null, this.#offset));
  }

  texts(): string[] {
    return this.list().map((item) => item.text());
  }

  entries(): Entry[] {
    const node = this.#node;
    if (!isMap(node)) throw this.error(`keys and values are needed here, not ${article(this.kind)}`, 'write `key: value` lines');
    const names = new Set<string>();
    return node.items.map((pair: Pair) => {
      const key = this.#source.locate(pair.key as Node | null, this.#offset);
      const name = key.kind === 'number' ? String(key.number()) : key.text();
      if (names.has(name)) throw key.error(`the key \`${name}\` stands twice`, 'leave one out', 'rule.yaml');
      names.add(name);
      const value = this.#source.locate(pair.value as Node | null, key.#offset, key.#length);
      return { name, key, value };
    });
  }

  /** The entries as a record of known keys; an unknown or a missing one is an error. */
  record(known: readonly string[], required: readonly string[] = known): Map<string, Located> {
    const record = new Map<string, Located>();
    for (const { name, key, value } of this.entries()) {
      if (!known.includes(name)) throw key.error(`unknown key \`${name}\``, `known here: ${known.join(', ')}`);
      record.set(name, value);
    }
    for (const name of required) {
      if (!record.has(name)) throw this.error(`\`${name}\` is missing`, `add \`${name}:\``);
    }
    return record;
  }
}

export interface Entry {
  readonly name: string;
  readonly key: Located;
  readonly value: Located;
}

const article = (kind: Located['kind']): string => (kind === 'null' ? 'nothing' : `a ${kind}`);

/** Texts above this are no rule and no pack. */
const longest = 2_000_000;
const mostDocuments = 5000;

const isSourceError = (error: unknown): error is SourceError => error instanceof SourceError;

function checkLength(text: string, fail: Fail): void {
  if (text.length > longest) throw fail('the file is longer than 2 million characters', 'split it', 0, 1, 'rule.large');
}

// The parser compares each key with every other: ours are looked at when they are read.
const options = { prettyErrors: false, version: '1.2', logLevel: 'error', uniqueKeys: false } as const;

const tooDeep = (fail: Fail): SourceError => fail('more levels than can be read', 'write it flat', 0, 1, 'rule.deep');

/** What is nested so deeply that the parser gives up is no rule. */
function parsed<T>(fail: Fail, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(fail);
    throw error;
  }
}

/** One YAML document read strictly: duplicate keys, aliases and several documents in one file are errors. */
export class YamlSource {
  readonly text: string;
  readonly root: Located;
  readonly fail: Fail;

  constructor(text: string, fail: Fail, made?: Pick<Document, 'contents' | 'errors'>) {
    this.text = text;
    this.fail = fail;
    checkLength(text, fail);
    const document = made ?? parsed(fail, () => parseDocument(text, { ...options, lineCounter: new LineCounter() }));
    const problem = document.errors[0];
    if (problem !== undefined && /call stack/i.test(problem.message)) throw tooDeep(fail);
    if (problem !== undefined) {
      const what =
        problem.code === 'MULTIPLE_DOCS'
          ? 'more than one document in one file'
          : `this is not valid YAML: ${problem.message.replace(/\s+/g, ' ').trim()}`;
      throw fail(what, 'correct the marked place', problem.pos[0], Math.max(1, problem.pos[1] - problem.pos[0]), 'rule.yaml');
    }
    this.root = this.locate(document.contents, 0);
  }

  /** Every document of a file, each by itself; a document that is no YAML is its error. Empty documents are left out. */
  static all(text: string, fail: Fail): (YamlSource | SourceError)[] {
    checkLength(text, fail);
    const quick = quickYaml(text);
    if (quick !== null) return [new YamlSource(text, fail, { contents: quick, errors: [] })];
    const documents = parsed(fail, () => [...parseAllDocuments(text, options)]);
    if (documents.length > mostDocuments) throw fail('more documents than a rule collection has', 'split it', 0, 1, 'rule.large');
    const sources: (YamlSource | SourceError)[] = [];
    for (const document of documents) {
      if (document.errors.length === 0 && document.contents === null) continue;
      try {
        sources.push(new YamlSource(text, fail, document));
      } catch (error) {
        if (!isSourceError(error)) throw error;
        sources.push(error);
      }
    }
    return sources;
  }

  locate(node: Node | null, fallbackOffset: number, fallbackLength = 1): Located {
    const range = node?.range;
    if (!range) return new Located(this, node, fallbackOffset, fallbackLength);
    const [start, end] = range;
    const lineEnd = this.text.indexOf('\n', start);
    const length = Math.max(1, Math.min(end, lineEnd === -1 ? end : lineEnd) - start);
    return new Located(this, node, start, length);
  }
}
