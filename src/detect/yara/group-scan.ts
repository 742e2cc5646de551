/**
 * Many small files in one call of the engine. A call has a price of its own, whatever the size: files are glued together and asked by
 * the weakened copy of all signatures; where one of these holds, its patterns say of which files it may be true; of those alone the real
 * signatures are asked, of one source at a time, compiled when they are first needed.
 *
 * Sound because nothing that is true of a file is lost on the way: see `condition.ts` and `relax.ts`. `test/…/group-scan` holds this
 * against one file at a time.
 */
import { base64 } from '../../core/hash.ts';
import type { SignatureAbout, SignatureMatch } from '../../core/signature.ts';
import { byCodeUnit } from '../../core/text.ts';
import type { CheckedSource } from './check-source.ts';
import type { Need } from './condition.ts';
import { type Engine, type EngineMatch, EngineRefusal, type EngineRules, type EngineSource } from './engine.ts';
import { externalNames, type FileNames, type TestedFile } from './file-tests.ts';
import { quieted } from './quiet.ts';
import { ModuleTerms, type Said } from './module-terms.ts';
import { mayHold, relaxed, termsIn } from './relax.ts';
import { outlineOf } from './source-rules.ts';

export interface FoundSignature {
  readonly about: SignatureAbout;
  readonly matches: readonly SignatureMatch[];
  readonly count: number;
}

/** Of one pattern in one group: who reaches it may be true of all files in it. */
const groupMatches = 8000;
/** Matches of one signature that are kept, and bytes of each. */
const keptMatches = 8;
const keptBytes = 32;
/** Between two files: no letter, digit or underscore of any width may stand beside another file's. */
const gap = 16;
/** Of more sources than these one call for all of those that groups do not decide is cheaper. */
const fewSources = 3;
/** Sources that stay compiled. */
const mostCompiled = 160;

interface Plan {
  readonly source: CheckedSource;
  readonly needs: ReadonlyMap<string, Need>;
  /** External variables that it asks for. */
  readonly names: readonly (keyof FileNames)[];
}

export class GroupScan {
  readonly #engine: Engine;
  readonly #plans = new Map<string, Plan>();
  /** Rules of which no copy is asked of groups. */
  readonly #alone: { readonly file: string; readonly need: Need }[] = [];
  readonly #group: EngineRules | null;
  /** Sources that hold rules which patterns alone do not decide: of many programs all of them are asked. */
  readonly #restSources: ReadonlySet<string>;
  readonly #terms: ModuleTerms;
  #rest: EngineRules | null = null;
  #all: EngineRules | null = null;
  readonly #compiled = new Map<string, EngineRules>();

  constructor(engine: Engine, sources: readonly CheckedSource[]) {
    this.#engine = engine;
    const undecided = new Set<string>();
    const terms = new Set<string>();
    const modules = new Set<string>();
    const copies: { namespace: string; text: string }[] = [];
    for (const source of sources) {
      const rules = source.outline === null ? [] : relaxed(source.outline);
      this.#plans.set(source.file, {
        source,
        needs: new Map(rules.map(({ name, need }) => [name, need])),
        names: namesIn(source),
      });
      const text = rules.map(({ copy }) => copy ?? '').join('');
      if (text !== '') copies.push({ namespace: source.file, text: quieted(text, outlineOf(text)!) });
      if (source.outline === null) this.#alone.push({ file: source.file, need: { kind: 'true' } });
      for (const { module } of source.outline?.imports ?? []) modules.add(module);
      for (const { need, copy, tells } of rules) {
        termsIn(need, terms);
        if (copy === null) this.#alone.push({ file: source.file, need });
        if (tells) undecided.add(source.file);
      }
    }
    this.#group = this.#compileCopies(copies);
    this.#terms = new ModuleTerms(engine, [...terms].sort(byCodeUnit), [...modules].sort(byCodeUnit));
    for (const { file } of this.#alone) undecided.add(file);
    // External variables cost a call each: sources that ask for them are asked by themselves.
    this.#restSources = new Set([...undecided].filter((file) => this.#plans.get(file)!.names.length === 0));
  }

  /** A copy that the engine refuses leaves its whole source to be asked of every file. */
  #compileCopies(copies: readonly EngineSource[]): EngineRules | null {
    if (copies.length === 0) return null;
    try {
      return this.#engine.compile(copies);
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
    }
    const taken = copies.filter((copy) => this.#engine.errors(copy).length === 0);
    for (const copy of copies) if (!taken.includes(copy)) this.#alone.push({ file: copy.namespace, need: { kind: 'true' } });
    return taken.length === 0 ? null : this.#engine.compile(taken);
  }

  /** Of each file what matches it, by source and name. */
  scan(files: readonly TestedFile[]): FoundSignature[][] {
    const said = files.map((file) => this.#terms.of(file.bytes));
    const wanted = files.map((file, index) => this.#wantedAlone(file, said[index]!));
    if (this.#group !== null) this.#askGroup(files, wanted, said);
    return files.map((file, index) => this.#one(file, wanted[index]!));
  }

  /** All signatures of one file in one call: what groups are held against. */
  scanAlone(file: TestedFile): FoundSignature[] {
    this.#all ??= this.#engine.compile([...this.#plans.keys()].sort(byCodeUnit).map((source) => this.#engineSource(source)));
    const asked = [...this.#plans.values()].flatMap((plan) => plan.names);
    const names: Partial<FileNames> = Object.fromEntries(asked.map((name) => [name, file.names[name]]));
    return ordered(
      this.#all
        .scan(file.bytes, names, null)
        .filter((match) => !match.private)
        .map((match) => foundOf(match, file.bytes)),
    );
  }

  free(): void {
    this.#group?.free();
    this.#terms.free();
    this.#rest?.free();
    this.#all?.free();
    for (const rules of this.#compiled.values()) rules.free();
    this.#compiled.clear();
  }

  #wantedAlone(file: TestedFile, said: Said): Set<string> {
    const wanted = new Set<string>();
    for (const { file: source, need } of this.#alone) if (!wanted.has(source) && may(need, file, null, said)) wanted.add(source);
    return wanted;
  }

  #askGroup(files: readonly TestedFile[], wanted: readonly Set<string>[], said: readonly Said[]): void {
    const { bytes, starts } = glued(files);
    for (const match of this.#group!.scan(bytes, {}, groupMatches)) {
      const need = this.#plans.get(match.namespace)!.needs.get(match.rule)!;
      const holders = holdersOf(match, starts);
      for (const [index, file] of files.entries()) {
        if (wanted[index]!.has(match.namespace)) continue;
        const has = (pattern: string): boolean => {
          const held = holders.get(pattern);
          return held !== undefined && (held === 'all' || held.has(index));
        };
        if (may(need, file, has, said[index]!)) wanted[index]!.add(match.namespace);
      }
    }
  }

  #one(file: TestedFile, sources: ReadonlySet<string>): FoundSignature[] {
    const found: FoundSignature[] = [];
    const rest = [...sources].filter((source) => this.#restSources.has(source));
    const left = new Set(sources);
    if (rest.length > fewSources) {
      for (const match of this.#restRules().scan(file.bytes, {}, null))
        if (!match.private && left.has(match.namespace)) found.push(foundOf(match, file.bytes));
      for (const source of rest) left.delete(source);
    }
    for (const source of [...left].sort(byCodeUnit))
      for (const match of this.#rulesOf(source).scan(file.bytes, this.#namesFor(source, file.names), null))
        if (!match.private) found.push(foundOf(match, file.bytes));
    return ordered(found);
  }

  #restRules(): EngineRules {
    this.#rest ??= this.#engine.compile([...this.#restSources].sort(byCodeUnit).map((file) => this.#engineSource(file)));
    return this.#rest;
  }

  #engineSource(file: string): EngineSource {
    const { source } = this.#plans.get(file)!;
    return { namespace: file, text: source.outline === null ? source.text : quieted(source.text, source.outline) };
  }

  #namesFor(source: string, names: FileNames): Partial<FileNames> {
    return Object.fromEntries(this.#plans.get(source)!.names.map((name) => [name, names[name]]));
  }

  #rulesOf(file: string): EngineRules {
    let rules = this.#compiled.get(file);
    if (rules === undefined) {
      rules = this.#engine.compile([this.#engineSource(file)]);
      if (this.#compiled.size >= mostCompiled) {
        const [oldest, first] = this.#compiled.entries().next().value!;
        first.free();
        this.#compiled.delete(oldest);
      }
    } else this.#compiled.delete(file);
    this.#compiled.set(file, rules);
    return rules;
  }
}

/** Without a call of the engine where that decides nothing. */
const may = (need: Need, file: TestedFile, has: ((pattern: string) => boolean) | null, said: Said): boolean =>
  mayHold(need, file, has, () => true) && mayHold(need, file, has, said);

const namesIn = ({ text, outline }: CheckedSource): (keyof FileNames)[] =>
  externalNames.filter((name) =>
    outline === null
      ? text.includes(name)
      : outline.rules.some(({ condition }) => condition.some((token) => token.kind === 'word' && token.text === name)),
  );

const ordered = (found: FoundSignature[]): FoundSignature[] =>
  found.sort((a, b) => byCodeUnit(a.about.file, b.about.file) || byCodeUnit(a.about.rule, b.about.rule));

/** All files one behind the other, and where each begins. */
function glued(files: readonly TestedFile[]): { readonly bytes: Uint8Array; readonly starts: readonly number[] } {
  if (files.length === 1) return { bytes: files[0]!.bytes, starts: [0] };
  const starts: number[] = [];
  let at = 0;
  for (const { bytes } of files) {
    starts.push(at);
    at += bytes.length + gap;
  }
  const bytes = new Uint8Array(at).fill(10);
  for (const [index, file] of files.entries()) bytes.set(file.bytes, starts[index]);
  return { bytes, starts };
}

type Holders = ReadonlySet<number> | 'all';

/** Of each pattern the files in which it begins; all of them where not all places are told. */
function holdersOf({ patterns }: EngineMatch, starts: readonly number[]): Map<string, Holders> {
  const holders = new Map<string, Holders>();
  for (const { identifier, matches } of patterns) {
    const known = holders.get(identifier);
    if (known === 'all') continue;
    if (matches.length >= groupMatches) {
      holders.set(identifier, 'all');
      continue;
    }
    const held = new Set(known);
    for (const { offset } of matches) held.add(fileAt(starts, offset));
    holders.set(identifier, held);
  }
  return holders;
}

function fileAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const textIn = ({ metadata }: EngineMatch, names: readonly string[]): string | null => {
  for (const { identifier, value } of metadata)
    if (names.includes(identifier.toLowerCase()) && typeof value === 'string' && value !== '') return value.slice(0, 500);
  return null;
};

function foundOf(match: EngineMatch, bytes: Uint8Array): FoundSignature {
  const places = match.patterns
    .flatMap(({ identifier, matches }) => matches.map(({ offset, length }) => ({ pattern: identifier, offset, length })))
    .sort((a, b) => a.offset - b.offset || byCodeUnit(a.pattern, b.pattern));
  return {
    about: {
      file: match.namespace,
      rule: match.rule,
      tags: match.tags,
      description: textIn(match, ['description', 'desc', 'info']),
      author: textIn(match, ['author']),
      reference: textIn(match, ['reference', 'references', 'ref']),
    },
    matches: places.slice(0, keptMatches).map(({ pattern, offset, length }) => ({
      pattern,
      offsetBytes: offset,
      lengthBytes: length,
      bytesBase64: base64(bytes.subarray(offset, offset + Math.min(length, keptBytes))),
    })),
    count: places.length,
  };
}
