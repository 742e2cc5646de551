/**
 * What modules say of a file, asked by itself: `pe.imphash() == "…"`, `pe.exports("…")`. Rules of the field hold hundreds of such terms beside
 * patterns. Together they are one small set of rules, far cheaper than the rules that they stand in; and what the engine says of a term here is
 * what it would say there. Each term has its price, so that those of one kind are asked only of files of which a question for all of them holds.
 */
import { type Engine, EngineRefusal, type EngineRules } from './engine.ts';
import { quieted } from './quiet.ts';
import { outlineOf } from './source-rules.ts';

/** Whether a term holds for a file. */
export type Said = (term: string) => boolean;

/** Kinds of terms of which collections hold hundreds, and what none of them is true without. */
const kinds: readonly { readonly like: RegExp; readonly first: (terms: readonly string[]) => string }[] = [
  {
    like: /^pe \. imphash \( \) == "[0-9a-fA-F]*"$/,
    first: (terms) =>
      `with hash = pe.imphash() : ( ${terms.map((term) => `hash == ${term.slice(term.indexOf('"'))}`).join(' or ')} )`,
  },
  { like: /^pe \. exports \( "[\w.@?$-]*" \)$/, first: () => 'for any one in pe.export_details : ( true )' },
];

/** So many of a kind are worth a question of their own. */
const many = 8;
const namespace = 'terms';

/** Some terms as rules; what the engine refuses of them may hold. */
class Asked {
  readonly #rules: EngineRules | null;
  readonly #names = new Map<string, string>();

  constructor(engine: Engine, terms: readonly string[], modules: readonly string[]) {
    const imports = modules.map((module) => `import "${module}"\n`).join('');
    const textOf = (some: readonly string[]): string => {
      const text = `${imports}${some.map((term, index) => `rule term_${index} { condition: ${term} }\n`).join('')}`;
      const outline = outlineOf(text);
      return outline === null ? text : quieted(text, outline);
    };
    const compile = (some: readonly string[]): EngineRules | null => {
      try {
        return some.length === 0 ? null : engine.compile([{ namespace, text: textOf(some) }]);
      } catch (error) {
        if (!(error instanceof EngineRefusal)) throw error;
        return null;
      }
    };
    let taken = terms;
    let rules = compile(taken);
    if (rules === null) {
      taken = taken.filter((term) => engine.errors({ namespace, text: textOf([term]) }).length === 0);
      rules = compile(taken);
    }
    this.#rules = rules;
    if (rules !== null) for (const [index, term] of taken.entries()) this.#names.set(term, `term_${index}`);
  }

  /** The engine is asked once, when something is wanted. */
  of(bytes: Uint8Array): Said {
    let held: ReadonlySet<string> | null = null;
    return (term) => {
      const name = this.#names.get(term);
      if (name === undefined || this.#rules === null) return true;
      held ??= new Set(this.#rules.scan(bytes, {}, null).map(({ rule }) => rule));
      return held.has(name);
    };
  }

  free(): void {
    this.#rules?.free();
  }
}

export class ModuleTerms {
  /** By the module that they begin with: `math` looks at all of a file, and few rules ask it. */
  readonly #single: ReadonlyMap<string, Asked>;
  readonly #kinds: readonly { readonly terms: ReadonlySet<string>; readonly first: string; readonly asked: Asked }[];

  constructor(engine: Engine, terms: readonly string[], modules: readonly string[]) {
    this.#kinds = kinds.flatMap(({ like, first }) => {
      const own = terms.filter((term) => like.test(term));
      return own.length < many ? [] : [{ terms: new Set(own), first: first(own), asked: new Asked(engine, own, modules) }];
    });
    const single = terms.filter((term) => !this.#kinds.some((kind) => kind.terms.has(term)));
    const byModule = new Map<string, string[]>();
    for (const term of [...this.#kinds.map(({ first }) => first), ...single]) {
      const module = moduleOf(term);
      byModule.set(module, [...(byModule.get(module) ?? []), term]);
    }
    this.#single = new Map([...byModule].map(([module, own]) => [module, new Asked(engine, own, modules)]));
  }

  of(bytes: Uint8Array): Said {
    const byModule = new Map([...this.#single].map(([module, asked]) => [module, asked.of(bytes)]));
    const single: Said = (term) => byModule.get(moduleOf(term))?.(term) ?? true;
    const own = this.#kinds.map(({ asked }) => asked.of(bytes));
    return (term) => {
      const kind = this.#kinds.findIndex(({ terms }) => terms.has(term));
      return kind === -1 ? single(term) : single(this.#kinds[kind]!.first) && own[kind]!(term);
    };
  }

  free(): void {
    for (const asked of this.#single.values()) asked.free();
    for (const { asked } of this.#kinds) asked.free();
  }
}

const moduleOf = (term: string): string => /\b(?:pe|elf|macho|lnk|dotnet|math|hash)\b/.exec(term)?.[0] ?? '';
