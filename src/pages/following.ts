/** Functions of the page: those that are values, those that are called by their names, and what they give back. */
import type { Calls } from './calls.ts';
import { depthLimit } from './cursor.ts';
import type { PageFunction } from './functions.ts';
import { lastName } from './known-calls.ts';
import type { PageLanguage } from './page-facts.ts';
import { Primary } from './primary.ts';
import type { Variable } from './scopes.ts';
import type { Token } from './token-source.ts';
import { from, mixed, nothing, passed, textValue, type Value, wordsValue } from './value.ts';

/** Functions that are short enough are followed anew for each call, so deep. */
const inlineDepth = 3;
const inlineTokens = 500;

export abstract class Following extends Primary {
  protected readonly results = new Map<number, Variable>();
  /** Classes of the page by what they inherit from. */
  protected readonly parents = new Map<string, string>();
  protected inline = 0;
  protected budget: number;
  protected returned: Value | null = null;

  protected abstract statement(): void;

  constructor(tokens: readonly Token[], language: PageLanguage, controls: ReadonlySet<string>, calls: Calls) {
    super(tokens, language, controls, calls);
    this.budget = tokens.length * 4 + 400_000;
  }

  protected returns(value: Value): void {
    this.returned = this.returned === null ? value : mixed(this.returned, value);
    if (this.scope === null) return;
    const known = this.results.get(this.scope.id);
    if (known === undefined) this.results.set(this.scope.id, { value, words: value.words, parameter: value.parameter });
    else {
      known.value = value;
      known.words |= value.words;
      known.parameter ??= value.parameter;
    }
  }

  /** Statements in braces, within an expression. */
  protected block(): void {
    const close = Math.min(this.pairs[this.p]!, this.tokens.length);
    this.p++;
    if (this.depth >= depthLimit) {
      this.cut = true;
      this.p = Math.max(this.p, close + 1);
      return;
    }
    this.depth++;
    this.walk(close);
    this.depth--;
    this.p = Math.max(this.p, close + 1);
  }

  protected walk(to: number): void {
    while (this.p < to) {
      const at = this.p;
      this.statement();
      if (this.p <= at) this.p = at + 1;
    }
  }

  /** The body of a function that is a value; the place is on its first token. */
  protected lambda(at: number): Value {
    const braced = this.is('{');
    const own = this.byStart.get(braced ? this.p + 1 : this.p);
    const [scope, returned] = [this.scope, this.returned];
    if (own !== undefined) this.scope = own;
    let words = from.unknown as number;
    if (braced) this.block();
    else if (own !== undefined && this.tokens[this.p]?.kind === 'end') this.walk(own.to);
    else {
      const value = this.expression();
      words |= value.words & ~from.page;
      if (own !== undefined) this.returns(value);
    }
    this.scope = scope;
    this.returned = returned;
    return { ...wordsValue(words, at), ...(own === undefined ? {} : { code: own }) };
  }

  protected closure(token: Token): Value {
    while (this.tokens[this.p]?.kind === 'name' || this.is('&')) this.p++;
    if (this.is('(')) this.p = Math.min(this.pairs[this.p]! + 1, this.tokens.length);
    if (this.word() === 'use') {
      this.p++;
      if (this.is('(')) this.p = Math.min(this.pairs[this.p]! + 1, this.tokens.length);
    }
    if (this.php && this.is('=>')) {
      this.p++;
      return this.lambda(token.at);
    }
    const own = this.byStart.get(this.p + 1);
    if (this.is('{')) {
      const [scope, returned] = [this.scope, this.returned];
      if (own !== undefined) this.scope = own;
      this.block();
      this.scope = scope;
      this.returned = returned;
    }
    return { ...wordsValue(from.unknown, token.at), ...(own === undefined ? {} : { code: own }) };
  }

  protected made(token: Token): Value {
    let path = '';
    if (this.php && this.tokens[this.p]?.kind === 'name' && this.tokens[this.p]!.value.startsWith('$')) {
      const type = this.primary();
      const args = this.is('(') ? this.arguments() : [];
      return this.calls.created(type.text?.toLowerCase() ?? '', args, token.at, this);
    }
    while (
      (this.tokens[this.p]?.kind === 'name' && (path === '' || path.endsWith('.') || path.endsWith('\\'))) ||
      (this.is('.') && this.tokens[this.p + 1]?.kind === 'name') ||
      this.is('\\')
    ) {
      path += this.tokens[this.p]!.value.toLowerCase();
      this.p++;
    }
    if (this.is('<')) {
      const past = this.generic();
      if (past !== -1) this.p = past;
    }
    if (this.basic && this.is('(') && this.word(this.p + 1) === 'of')
      this.p = Math.min(this.pairs[this.p]! + 1, this.tokens.length);
    let list: Value | null = null;
    let args: Value[] = [];
    if (this.is('[')) {
      // `new byte[] { … }`
      while (this.is('[')) this.p = Math.min(this.pairs[this.p]! + 1, this.tokens.length);
      if (this.is('{')) list = this.list();
      return list ?? { ...nothing, at: token.at };
    }
    if (this.is('(')) args = this.arguments();
    if (this.basic && this.is('{')) return this.list();
    if (this.word() === 'with' && this.isAt(this.p + 1, '{')) this.p++;
    let given = nothing;
    if (this.is('{') && !this.php) {
      // Properties that are set at once, or a body.
      if (this.language === 'csharp' || this.basic) given = this.properties();
      else this.block();
    }
    const value = this.calls.created(this.calls.typeName(path), args, token.at, this);
    const parent = this.php ? undefined : this.parents.get(path);
    const as = parent === undefined ? value.path : lastName(parent);
    return given === nothing
      ? as === value.path
        ? value
        : { ...value, path: as }
      : { ...mixed(value, passed(given)), path: as };
  }

  protected properties(): Value {
    const close = Math.min(this.pairs[this.p]!, this.tokens.length);
    this.p++;
    let sum = nothing;
    while (this.p < close) {
      const before = this.p;
      const at = this.tokens[before]!.at;
      if (this.is('.')) this.p++;
      const named = this.tokens[this.p]?.kind === 'name' && this.isAt(this.p + 1, '=');
      const name = named ? this.word() : '';
      if (named) this.p += 2;
      if (this.p < close && !this.is(',') && this.tokens[this.p]!.kind !== 'end') {
        const value = this.expression();
        if (named) this.calls.partAssigned('', name, value, at);
        sum = mixed(sum, value);
      }
      if (this.is(',') || this.tokens[this.p]?.kind === 'end') this.p++;
      if (this.p <= before) this.p = before + 1;
    }
    this.p = Math.max(this.p, close + 1);
    return sum;
  }

  protected called(callee: Value, args: readonly Value[], at: number, start: number): Value {
    if (callee.code !== undefined) return this.followed(callee.code, args, at);
    if (callee.path === 'getref' && args[0]?.text != null) {
      const code = this.lower.get(args[0].text.toLowerCase());
      if (code !== undefined) return { ...nothing, code, at };
    }
    this.givenToCode(callee, args);
    const first = this.tokens[start];
    const plain = lastName(callee.path);
    const ownName =
      callee.path === plain || callee.path === `this.${plain}` || /^(?:self|static|parent|\$this)\./.test(callee.path);
    const own = ownName && first?.kind === 'name' ? this.ownFunction(callee, first.value, plain) : undefined;
    if (own !== undefined) return this.followed(own, args, at, this.plain);
    // A method of something that the page itself made.
    const method = callee.path.includes('.') && plain !== '' ? this.lower.get(plain) : undefined;
    if (method !== undefined) {
      if (this.phpClasses.has(callee.path.slice(0, callee.path.indexOf('.')))) return this.followed(method, args, at);
      const given = this.followed(method, args, at);
      return mixed(this.calls.call(callee, args, at, this), given);
    }
    // What a class of PHP does not have goes to one function for all.
    const any = this.php && callee.path.includes('.') ? (this.lower.get('__call') ?? this.lower.get('__callstatic')) : undefined;
    if (any !== undefined && any !== this.scope && plain !== '') {
      const words = args.reduce((a, b) => mixed(a, b), nothing);
      this.followed(any, [textValue(plain, at), { ...passed(words), parts: [...args] }], at);
    }
    if (callee.text !== null && this.php) {
      const named = this.byName.get(callee.text.toLowerCase());
      if (named !== undefined) return this.followed(named, args, at);
    }
    return this.calls.call(callee, args, at, this);
  }

  /** Code that is handed to a call gets what else the call has. */
  protected givenToCode(callee: Value, args: readonly Value[]): void {
    if (!args.some(({ code }) => code !== undefined)) return;
    const words = args.reduce((sum, one) => (one.code === undefined ? mixed(sum, one) : sum), passed(callee));
    if (words.words === 0) return;
    const given = { ...passed(words), parameter: words.parameter };
    for (const { code } of args) if (code !== undefined) for (const name of code.parameters) this.set(name, given, code);
  }

  protected ownFunction(callee: Value, name: string, plain: string): PageFunction | undefined {
    return (
      this.byName.get(this.key(name)) ??
      (callee.path.includes('.') && !this.php ? this.lower.get(plain) : this.php ? this.byName.get(plain) : undefined)
    );
  }

  /** A function of the page, called by its name from within something else; null: it has none of that name. */
  invoke(name: string, args: readonly Value[], at: number): Value | null {
    const own = this.lower.get(name);
    return own === undefined ? null : this.followed(own, args, at);
  }

  protected followed(own: PageFunction, args: readonly Value[], at: number, plain: readonly (string | null)[] = []): Value {
    for (const [index, name] of own.parameters.entries()) {
      const given = args[index];
      if (given !== undefined) this.set(name, given, own);
    }
    const length = own.to - own.from;
    if (this.inline < inlineDepth && length <= inlineTokens && this.budget > length && this.depth < depthLimit - 8) {
      this.budget -= length + 20;
      const [p, scope, returned, depth] = [this.p, this.scope, this.returned, this.depth];
      this.inline++;
      this.scope = own;
      this.calls.inFunction = true;
      this.returned = null;
      this.p = own.from;
      this.walk(own.to);
      const result = this.returned as Value | null;
      this.inline--;
      this.p = p;
      this.scope = scope;
      this.calls.inFunction = scope !== null;
      this.returned = returned;
      this.depth = depth;
      // What is put into a variable that is the caller's own is there afterwards.
      for (const [index, name] of own.references.size === 0 ? [] : own.parameters.entries()) {
        const variable = plain[index];
        if (variable == null || !own.references.has(name)) continue;
        const left = this.variables.get(this.place(name, own));
        if (left !== undefined) this.set(variable, { ...left.value, words: left.words, parameter: left.parameter });
      }
      if (result !== null) return result;
    }
    const known = this.results.get(own.id);
    if (known === undefined) return wordsValue(from.unknown, at);
    return { ...known.value, words: known.words, parameter: known.parameter, text: null, parts: null };
  }
}
