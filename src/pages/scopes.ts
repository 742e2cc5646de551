/** The names of a page: which variable a name is, where it is used, and what has been put into it. */
import type { Calls } from './calls.ts';
import { Cursor } from './cursor.ts';
import type { Walk } from './findings.ts';
import { functionsOf, type PageFunction } from './functions.ts';
import { number } from './operators.ts';
import type { PageLanguage } from './page-facts.ts';
import type { Token } from './token-source.ts';
import { from, nothing, passed, type Value, wordsValue } from './value.ts';

export interface Variable {
  value: Value;
  words: number;
  parameter: string | null;
  /** Constant texts that it held before. */
  others?: Value[];
}

export interface Target {
  readonly name: string;
  /** The variable itself; else a part of it. */
  readonly whole: boolean;
  /** Of a part its name. */
  readonly part: string;
  /** The part is a field of a thing, no element of a list. */
  readonly member?: boolean;
}

export const anyName = '$$';
/** The part that `$x[] = …` makes. */
export const appended = '[]';
/** Elements of a list that is put together one by one. */
const appendLimit = 400;
/** Texts of a variable that are kept beside its last. */
const mostOthers = 8;
/** Characters that are compared to tell whether a text goes on, or is another. */
const mostCompared = 1 << 25;

export abstract class Scopes extends Cursor implements Walk {
  readonly calls: Calls;
  readonly functions: readonly PageFunction[];
  readonly byName = new Map<string, PageFunction>();
  readonly byStart = new Map<number, PageFunction>();
  protected readonly lower = new Map<string, PageFunction>();
  protected readonly variables = new Map<string, Variable>();
  protected readonly globals = new Set<string>();
  /** All of them: what is asked of one is the page's own. */
  protected readonly classes = new Set<string>();
  /** Those of PHP: what is called on one of them is the page's own function. */
  protected readonly phpClasses = new Set<string>();
  /** Of closures what they stand in. */
  protected readonly outer = new Map<number, PageFunction>();
  protected scope: PageFunction | null = null;
  private compared = 0;
  /** The visitor sets variables by their names. */
  injected = false;

  abstract invoke(name: string, args: readonly Value[], at: number): Value | null;

  constructor(tokens: readonly Token[], language: PageLanguage, calls: Calls) {
    super(tokens, language);
    this.calls = calls;
    this.functions = functionsOf(tokens, this.pairs, language);
    for (const one of this.functions) {
      if (one.name !== '' && !this.byName.has(this.key(one.name))) this.byName.set(this.key(one.name), one);
      if (one.name !== '' && !this.lower.has(one.name.toLowerCase())) this.lower.set(one.name.toLowerCase(), one);
      this.byStart.set(one.from, one);
      if (one.published)
        for (const name of one.parameters)
          this.variables.set(`${one.id}|${this.key(name)}`, {
            value: { ...wordsValue(from.request, 0), parameter: name },
            words: from.request,
            parameter: name,
          });
    }
    this.findOuter();
  }

  protected findOuter(): void {
    const open: PageFunction[] = [];
    for (const one of this.functions.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
      while (open.length > 0 && open.at(-1)!.to <= one.from) open.pop();
      const outer = open.at(-1);
      if (one.closure && outer !== undefined) this.outer.set(one.id, outer);
      open.push(one);
    }
  }

  protected key(name: string): string {
    return this.basic || (this.php && !name.startsWith('$')) ? name.toLowerCase() : name;
  }

  protected place(name: string, scope: PageFunction | null): string {
    const key = this.key(name);
    return scope === null || key.startsWith('->') || this.globals.has(`${scope.id}|${key}`) ? `|${key}` : `${scope.id}|${key}`;
  }

  protected find(name: string): Variable | undefined {
    let scope = this.scope;
    for (let count = 0; scope !== null && count < 64; count++) {
      const local = this.variables.get(this.place(name, scope));
      if (local !== undefined) return local;
      // A function of PHP does not see what stands outside it.
      if (this.php && !scope.closure) return undefined;
      scope = this.outer.get(scope.id) ?? null;
    }
    return this.variables.get(`|${this.key(name)}`);
  }

  /** Where a variable that is set here stands: the nearest that there is of its name. */
  protected placeToSet(name: string, scope: PageFunction | null): string {
    const own = this.place(name, scope);
    if (this.php || scope === null || this.variables.has(own) || scope.parameters.includes(this.key(name))) return own;
    let outer = this.outer.get(scope.id) ?? null;
    for (let count = 0; outer !== null && count < 64; count++) {
      const place = this.place(name, outer);
      if (this.variables.has(place)) return place;
      outer = this.outer.get(outer.id) ?? null;
    }
    return this.variables.has(`|${this.key(name)}`) ? `|${this.key(name)}` : own;
  }

  /** A value is put into a variable: its text for now, its words for good. */
  set(name: string, value: Value, scope: PageFunction | null = this.scope): void {
    const place = this.placeToSet(name, scope);
    const known = this.variables.get(place);
    if (known === undefined) {
      if (this.variables.size < 100_000) this.variables.set(place, { value, words: value.words, parameter: value.parameter });
      return;
    }
    const path = value.path === '' || value.path === number ? known.value.path : value.path;
    const { text } = known.value;
    if (text !== null && text.length > 2 && value.text !== null && !this.grows(text, value.text)) {
      known.others ??= [];
      if (known.others.length < mostOthers && known.others.every((one) => one.text !== text)) known.others.push(known.value);
    }
    known.words |= value.words;
    known.parameter = value.parameter ?? known.parameter;
    known.value = path === value.path || value.path === number ? value : { ...value, path };
  }

  /**
   * Whether a text goes on with what is put behind it. Of a long one that grows by little that is taken for granted: to look costs its whole length
   * each time. Of others no more is looked at than a page is worth.
   */
  private grows(text: string, into: string): boolean {
    if (text.length > 4096 && into.length >= text.length && into.length - text.length < 4096) return true;
    this.compared += into.length;
    if (this.compared <= mostCompared) return into.startsWith(text);
    this.cut = true;
    return true;
  }

  /** Something is put into a part of a variable. */
  protected touch(name: string, value: Value): void {
    const known = this.find(name);
    if (known === undefined) {
      // What the page has not made itself is a thing of the server's: its parts are not told apart.
      if (this.php) this.set(name, { ...passed(value), path: '' });
      return;
    }
    known.words |= value.words & ~from.page;
    known.parameter ??= value.parameter;
    // A part of an empty text makes a list of it.
    if (this.php && known.value.text === '') known.value = { ...known.value, text: null, parts: [] };
    else if (known.value.text !== null || known.value.parts !== null) known.value = { ...known.value, text: null, parts: null };
  }

  variable(name: string, outside = false): Value | null {
    const known = outside ? this.variables.get(`|${this.key(name)}`) : this.find(name);
    if (known === undefined) return null;
    const { words, parameter, others } = known;
    const value = others === undefined ? known.value : { ...known.value, others };
    return value.words === words && value.parameter === parameter
      ? value
      : { ...value, words, parameter: value.parameter ?? parameter, bare: value.bare && (words & from.page) === 0 };
  }

  protected own(name: string): Value | null {
    const known = this.variables.get(`|${this.key(name)}`);
    return known === undefined ? null : { ...known.value, words: known.words, parameter: known.parameter };
  }

  protected assign(target: Target | null, value: Value, before: Value, at: number): void {
    if (target === null) return;
    // The visitor's words in a variable whose name is not known: it may be any.
    if (target.name === anyName || (target.name === '$GLOBALS' && target.part === '')) {
      if ((value.words & from.request) !== 0) this.injected = true;
      return;
    }
    if (target.whole) this.set(target.name, value);
    else {
      if (!this.php || !this.append(target, value)) this.touch(target.name, value);
      // Of a class that stands in the same page it is `$this->x`.
      if (this.php && this.scope === null && target.part !== '' && (value.words & from.request) !== 0 && this.lower.size > 0)
        if (target.member === true && target.part !== appended) this.set(`->${target.part}`, value, null);
      this.calls.partAssigned(before.path, target.part, value, at);
    }
  }

  /** `$x[] = …`, `$x[3] = …`: an element more; false: it is none of a list that is known. */
  protected append({ name, part }: Target, value: Value): boolean {
    if (part !== appended && !/^\d{1,3}$/.test(part)) return false;
    const known = this.find(name);
    const parts = known === undefined ? [] : known.value.parts;
    if (parts === null || parts.length >= appendLimit) return false;
    const index = part === appended ? parts.length : Number(part);
    if (index > parts.length || (known === undefined && this.calls.named(name, 0) !== null)) return false;
    const next = [...parts];
    next[index] = value;
    this.set(name, { ...nothing, words: value.words, parameter: value.parameter, bare: value.bare, at: value.at, parts: next });
    return true;
  }
}
