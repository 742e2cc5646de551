/**
 * Follows what a visitor says through a page. The tokens are walked as if each statement were run once, in order, a few times over, until
 * nothing new is learnt: texts are put together where they are constant, words of the visitor stick to every variable they touch. Names
 * are all that tells variables apart, by function. It is whole in one file because parsing and following are one walk: there is no tree.
 */
import type { PageLanguage } from './page-facts.ts';
import type { Calls } from './calls.ts';
import { bracketsOf, functionsOf, type PageFunction } from './functions.ts';
import { lastName, xoredValues } from './known-calls.ts';
import { arithmetic, asText, incremented, inverted, number } from './operators.ts';
import type { Token } from './tokens.ts';
import { madeLimit } from './unfold.ts';
import { from, hiddenBy, joined, mixed, nothing, passed, textValue, type Value, wordsValue } from './value.ts';

/** Brackets within brackets. */
const depthLimit = 120;
const rounds = 3;
/** Functions that are short enough are followed anew for each call, so deep. */
const inlineDepth = 3;
const inlineTokens = 500;

interface Variable {
  value: Value;
  words: number;
  parameter: string | null;
  /** Constant texts that it held before. */
  others?: Value[];
}

interface Target {
  readonly name: string;
  /** The variable itself; else a part of it. */
  readonly whole: boolean;
  /** Of a part its name. */
  readonly part: string;
  /** The part is a field of a thing, no element of a list. */
  readonly member?: boolean;
}

const anyName = '$$';
const withName = '.with';
/** What PHP makes of a value by a bracket before it; any other name in one is that of a function. */
const phpTypes: ReadonlySet<string> = new Set(
  'int integer bool boolean float double real string array object unset binary'.split(' '),
);
/** The part that `$x[] = …` makes. */
const appended = '[]';
/** Elements of a list that is put together one by one. */
const appendLimit = 400;
/** Texts of a variable that are kept beside its last. */
const mostOthers = 8;

export class Flow {
  readonly tokens: readonly Token[];
  readonly language: PageLanguage;
  readonly calls: Calls;
  readonly pairs: Int32Array;
  readonly functions: readonly PageFunction[];
  readonly byName = new Map<string, PageFunction>();
  readonly byStart = new Map<number, PageFunction>();
  readonly #lower = new Map<string, PageFunction>();
  readonly basic: boolean;
  readonly php: boolean;
  readonly #variables = new Map<string, Variable>();
  readonly #globals = new Set<string>();
  readonly #results = new Map<number, Variable>();
  /** Classes of the page by what they inherit from. */
  readonly #parents = new Map<string, string>();
  /** All of them: what is asked of one is the page's own. */
  readonly #classes = new Set<string>();
  readonly #controls: ReadonlySet<string>;
  /** Of closures what they stand in. */
  readonly #outer = new Map<number, PageFunction>();
  /** What the statements of Basic stand within: `With x`. */
  readonly #with: Value[] = [];
  #p = 0;
  #depth = 0;
  #inline = 0;
  #scope: PageFunction | null = null;
  #target: Target | null = null;
  #budget: number;
  #returned: Value | null = null;
  /** Arguments of the last call that are variables: some calls put something into them. */
  #named: readonly string[] = [];
  /** The same for each argument of the last call; null: something else. */
  #plain: readonly (string | null)[] = [];
  /** The visitor sets variables by their names. */
  injected = false;
  cut = false;

  /** @param objects things that the page's markup makes, by the names that it gives them */
  constructor(
    tokens: readonly Token[],
    language: PageLanguage,
    controls: ReadonlySet<string>,
    calls: Calls,
    objects: ReadonlyMap<string, string> = new Map(),
  ) {
    this.tokens = tokens;
    this.language = language;
    this.calls = calls;
    this.basic = language === 'visual-basic' || language === 'vbscript';
    this.php = language === 'php';
    this.#controls = controls;
    this.pairs = bracketsOf(tokens);
    this.functions = functionsOf(tokens, this.pairs, language);
    for (const one of this.functions) {
      if (one.name !== '' && !this.byName.has(this.#key(one.name))) this.byName.set(this.#key(one.name), one);
      if (one.name !== '' && !this.#lower.has(one.name.toLowerCase())) this.#lower.set(one.name.toLowerCase(), one);
      this.byStart.set(one.from, one);
      if (one.published)
        for (const name of one.parameters)
          this.#variables.set(`${one.id}|${this.#key(name)}`, {
            value: { ...wordsValue(from.request, 0), parameter: name },
            words: from.request,
            parameter: name,
          });
    }
    this.#findOuter();
    for (const [name, path] of objects) this.set(name, { ...nothing, path }, null);
    this.#budget = tokens.length * 4 + 400_000;
  }

  #findOuter(): void {
    const open: PageFunction[] = [];
    for (const one of this.functions.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
      while (open.length > 0 && open.at(-1)!.to <= one.from) open.pop();
      const outer = open.at(-1);
      if (one.closure && outer !== undefined) this.#outer.set(one.id, outer);
      open.push(one);
    }
  }

  run(): void {
    const times = this.tokens.length > 150_000 ? 2 : rounds;
    for (let round = 0; round < times; round++) {
      this.calls.begin(round + 1 === times);
      this.#p = 0;
      this.#scope = null;
      this.#with.length = 0;
      const open: PageFunction[] = [];
      while (this.#p < this.tokens.length) {
        const at = this.#p;
        while (open.length > 0 && at >= open.at(-1)!.to) open.pop();
        const begun = this.byStart.get(at);
        if (begun !== undefined) open.push(begun);
        this.#scope = open.at(-1) ?? null;
        this.calls.inFunction = this.#scope !== null;
        this.#statement();
        if (this.#p <= at) this.#p = at + 1;
      }
    }
  }

  // Names.

  #key(name: string): string {
    return this.basic || (this.php && !name.startsWith('$')) ? name.toLowerCase() : name;
  }

  #place(name: string, scope: PageFunction | null): string {
    const key = this.#key(name);
    return scope === null || key.startsWith('->') || this.#globals.has(`${scope.id}|${key}`) ? `|${key}` : `${scope.id}|${key}`;
  }

  #find(name: string): Variable | undefined {
    let scope = this.#scope;
    for (let count = 0; scope !== null && count < 64; count++) {
      const local = this.#variables.get(this.#place(name, scope));
      if (local !== undefined) return local;
      // A function of PHP does not see what stands outside it.
      if (this.php && !scope.closure) return undefined;
      scope = this.#outer.get(scope.id) ?? null;
    }
    return this.#variables.get(`|${this.#key(name)}`);
  }

  /** Where a variable that is set here stands: the nearest that there is of its name. */
  #placeToSet(name: string, scope: PageFunction | null): string {
    const own = this.#place(name, scope);
    if (this.php || scope === null || this.#variables.has(own) || scope.parameters.includes(this.#key(name))) return own;
    let outer = this.#outer.get(scope.id) ?? null;
    for (let count = 0; outer !== null && count < 64; count++) {
      const place = this.#place(name, outer);
      if (this.#variables.has(place)) return place;
      outer = this.#outer.get(outer.id) ?? null;
    }
    return this.#variables.has(`|${this.#key(name)}`) ? `|${this.#key(name)}` : own;
  }

  /** A value is put into a variable: its text for now, its words for good. */
  set(name: string, value: Value, scope: PageFunction | null = this.#scope): void {
    const place = this.#placeToSet(name, scope);
    const known = this.#variables.get(place);
    if (known === undefined) {
      if (this.#variables.size < 100_000) this.#variables.set(place, { value, words: value.words, parameter: value.parameter });
      return;
    }
    const path = value.path === '' || value.path === number ? known.value.path : value.path;
    const { text } = known.value;
    if (text !== null && text.length > 2 && value.text !== null && !value.text.startsWith(text)) {
      known.others ??= [];
      if (known.others.length < mostOthers && known.others.every((one) => one.text !== text)) known.others.push(known.value);
    }
    known.words |= value.words;
    known.parameter = value.parameter ?? known.parameter;
    known.value = path === value.path || value.path === number ? value : { ...value, path };
  }

  /** Something is put into a part of a variable. */
  #touch(name: string, value: Value): void {
    const known = this.#find(name);
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

  variable(name: string): Value | null {
    const known = this.#find(name);
    if (known === undefined) return null;
    const { words, parameter, others } = known;
    const value = others === undefined ? known.value : { ...known.value, others };
    return value.words === words && value.parameter === parameter
      ? value
      : { ...value, words, parameter: value.parameter ?? parameter, bare: value.bare && (words & from.page) === 0 };
  }

  // Statements.

  #is(value: string): boolean {
    const token = this.tokens[this.#p];
    return token !== undefined && token.kind === 'mark' && token.value === value;
  }

  #word(at = this.#p): string {
    const token = this.tokens[at];
    return token?.kind === 'name' ? token.value.toLowerCase() : '';
  }

  #statement(): void {
    const token = this.tokens[this.#p]!;
    if (token.kind === 'end') {
      this.#p++;
      return;
    }
    if (token.kind === 'mark') {
      // Attributes.
      if (token.value === '[' && this.language === 'csharp') this.#p = this.pairs[this.#p]! + 1;
      else if (token.value === '.' && this.#with.length > 0) this.#basicStatement();
      else if ('(+-!~@&$['.includes(token.value) || token.value === '++' || token.value === '--') this.#expression();
      else this.#p++;
      return;
    }
    if (token.kind === 'name' && this.#keyword(token.value.toLowerCase())) return;
    if (this.basic) this.#basicStatement();
    else this.#expression();
  }

  /** true: dealt with, or passed over. */
  #keyword(word: string): boolean {
    switch (word) {
      case 'return':
        if (this.basic && this.language === 'vbscript') return false;
        this.#p++;
        this.#return(this.#ends() ? nothing : this.#expression());
        return true;
      case 'if':
      case 'elseif':
      case 'while':
      case 'until':
      case 'case':
      case 'select':
      case 'loop':
        this.#p++;
        if (this.basic && !this.#ends()) this.#expression();
        return true;
      case 'yield':
        if (!this.php && this.#word(this.#p + 1) !== 'return') return false;
        this.#p++;
        if (this.php && this.#word() !== 'from') this.#return(this.#ends() ? nothing : this.#expression());
        return true;
      case 'const':
        // `const X = …;`
        if (!this.php || this.tokens[this.#p + 1]?.kind !== 'name' || !this.#isAt(this.#p + 2, '=')) {
          this.#p++;
          return true;
        }
        this.#p += 3;
        this.set(this.tokens[this.#p - 2]!.value.toLowerCase(), this.#expression(), null);
        return true;
      case 'echo':
      case 'print':
        this.#p++;
        if (this.php) this.calls.shown(this.#ends() ? nothing : this.#expression(), this.tokens[this.#p - 1]?.at ?? 0);
        return true;
      case 'with':
        if (!this.basic) return false;
        this.#p++;
        if (this.#with.length < 64) this.#with.push(this.#ends() ? nothing : this.#expression());
        return true;
      case 'for':
      case 'foreach':
        this.#p++;
        this.#loop();
        return true;
      case 'function':
      case 'sub':
        if (this.basic || this.tokens[this.#p + 1]?.kind === 'name' || this.tokens[this.#p + 1]?.value === '&') {
          this.#definition();
          return true;
        }
        return false;
      case 'using':
      case 'import':
      case 'imports':
      case 'namespace':
      case 'package':
        return this.#import(word);
      case 'class':
        if (!this.basic) this.#inherits();
        this.#p++;
        return true;
      case 'interface':
      case 'enum':
      case 'struct':
      case 'trait':
      case 'end':
      case 'exit':
        if (this.php && word === 'exit') return false;
        if (this.basic && word === 'end' && this.#word(this.#p + 1) === 'with') this.#with.pop();
        this.#p += this.basic && (word === 'end' || word === 'exit') ? 2 : 1;
        return true;
      case 'include':
      case 'include_once':
      case 'require':
      case 'require_once':
        if (!this.php) return false;
        this.#p++;
        this.calls.included(word, this.#expression(), this.tokens[this.#p - 1]?.at ?? 0);
        return true;
      case 'public':
      case 'private':
      case 'protected':
      case 'var':
        if (this.php) return this.#field();
        this.#p++;
        return true;
      case 'global':
        if (!this.php || this.#scope === null) return false;
        for (this.#p++; this.tokens[this.#p]?.kind === 'name' || this.#is(','); this.#p++)
          if (this.tokens[this.#p]!.kind === 'name') this.#globals.add(`${this.#scope.id}|${this.tokens[this.#p]!.value}`);
        return true;
      case 'dim':
        if (this.basic && this.#scope === null) this.#declare();
        this.#p++;
        return true;
      default:
        if (!passedOver.has(word)) return false;
        // `new`, `in` and the like may be names of something in other languages.
        this.#p++;
        return true;
    }
  }

  /** `Dim x, y`: functions that set them set these. */
  #declare(): void {
    for (let at = this.#p; at < this.#p + 200; at += 2) {
      const name = this.tokens[at + 1];
      if (name?.kind !== 'name' || (at > this.#p && !this.#isAt(at, ','))) return;
      const place = `|${this.#key(name.value)}`;
      const value = this.language === 'vbscript' ? textValue('', name.at) : nothing;
      if (!this.#variables.has(place) && this.#variables.size < 100_000)
        this.#variables.set(place, { value: { ...value, words: 0, bare: true }, words: 0, parameter: null });
    }
  }

  #return(value: Value): void {
    this.#returned = this.#returned === null ? value : mixed(this.#returned, value);
    if (this.#scope === null) return;
    const known = this.#results.get(this.#scope.id);
    if (known === undefined) this.#results.set(this.#scope.id, { value, words: value.words, parameter: value.parameter });
    else {
      known.value = value;
      known.words |= value.words;
      known.parameter ??= value.parameter;
    }
  }

  #ends(): boolean {
    const token = this.tokens[this.#p];
    return token === undefined || token.kind === 'end' || (token.kind === 'mark' && (token.value === ';' || token.value === '}'));
  }

  /** `using X = A.B;` gives a name to a name; others are passed over. A `using (…)` is a statement. */
  #import(word: string): boolean {
    if (word === 'using' && (this.#isAt(this.#p + 1, '(') || this.basic)) {
      this.#p++;
      return true;
    }
    const start = this.#p + 1;
    let at = start;
    if (word === 'using' && this.#word(start) === 'static') {
      let path = '';
      for (at = start + 1; !this.#endsAt(at) && at < start + 40; at++) path += this.tokens[at]!.value.toLowerCase();
      this.calls.staticly(path);
      this.#p = at;
      return true;
    }
    while (at < this.tokens.length && at < start + 40 && !this.#endsAt(at)) at++;
    if (this.tokens[start + 1]?.value === '=' && this.tokens[start]?.kind === 'name') {
      const path = this.tokens
        .slice(start + 2, at)
        .map(({ value }) => value)
        .join('')
        .toLowerCase();
      this.set(this.tokens[start].value, { ...nothing, path }, null);
    }
    // `using var x = …` declares.
    this.#p = word === 'using' && this.tokens[start + 2]?.value === '=' ? start : at;
    return true;
  }

  #isAt(at: number, value: string): boolean {
    const token = this.tokens[at];
    return token?.kind === 'mark' && token.value === value;
  }

  #endsAt(at: number): boolean {
    const token = this.tokens[at];
    return token === undefined || token.kind === 'end' || (token.kind === 'mark' && (token.value === ';' || token.value === '{'));
  }

  /** `class X : Y`, `class X extends Y`: what is made as X is used as Y. */
  #inherits(): void {
    const name = this.tokens[this.#p + 1];
    if (name?.kind === 'name' && this.#classes.size < 400 && !this.php) this.#classes.add(name.value.toLowerCase());
    const by = this.tokens[this.#p + 2]?.value;
    if (name?.kind !== 'name' || (by !== ':' && by !== 'extends') || this.#parents.size > 200) return;
    let path = '';
    for (let at = this.#p + 3; at < this.#p + 24; at++) {
      const token = this.tokens[at];
      if (token?.kind !== 'name' && token?.value !== '.') break;
      if (token.kind === 'name' && path !== '' && !path.endsWith('.')) break;
      path += token.value.toLowerCase();
    }
    if (path !== '' && !path.endsWith('.')) this.#parents.set(name.value.toLowerCase(), path);
  }

  /** `private static $x = …;` is `$this->x` in the functions of its class. */
  #field(): boolean {
    this.#p++;
    while (
      /^(?:static|readonly|public|private|protected|var|\w{2,20})$/.test(this.#word()) &&
      this.#word() !== 'function' &&
      !this.#isAt(this.#p, '(')
    )
      this.#p++;
    const name = this.tokens[this.#p];
    if (name?.kind !== 'name' || !name.value.startsWith('$') || !this.#isAt(this.#p + 1, '=')) return true;
    this.#p += 2;
    this.set(`->${name.value.slice(1)}`, this.#expression(), null);
    return true;
  }

  /** The head of a function is passed over; what stands in its body is walked like all else. */
  #definition(): void {
    for (let at = this.#p; at < this.#p + 8 && at < this.tokens.length; at++) {
      if (this.#isAt(at, '(')) {
        this.#p = Math.min(this.pairs[at]! + 1, this.tokens.length);
        return;
      }
      if (this.tokens[at]!.kind === 'end') {
        this.#p = at;
        return;
      }
    }
    this.#p++;
  }

  #loop(): void {
    const closed = this.#is('(');
    if (closed) this.#p++;
    if (this.#word() === 'each') this.#p++;
    const end = Math.min(closed ? (this.pairs[this.#p - 1] ?? this.tokens.length) : this.tokens.length, this.#p + 400);
    // `x in list`, `T x : list`, `list as k => v`
    let split = -1;
    for (let at = this.#p; at < end; at++) {
      const token = this.tokens[at]!;
      if (token.kind === 'end' || this.#isAt(at, ';')) break;
      const word = this.#word(at);
      if (word === 'in' || (this.php && word === 'as') || (this.language === 'java' && this.#isAt(at, ':'))) {
        split = at;
        break;
      }
      if (token.kind === 'mark' && token.value === '(' && this.pairs[at]! < end) at = this.pairs[at]!;
    }
    if (split === -1) {
      this.#counted(end);
      return;
    }
    const into: string[] = [];
    const namesFrom = this.php ? split + 1 : this.#p;
    const namesTo = this.php ? end : split;
    for (let at = namesFrom; at < namesTo && at < namesFrom + 40; at++)
      if (this.tokens[at]!.kind === 'name') into.push(this.tokens[at]!.value);
    if (!this.php) this.#p = split + 1;
    const list = this.#expression();
    this.calls.listed(list.path, list.at);
    const words = list.path === '$_server' ? from.request : 0;
    const asVariable = this.basic ? into.slice(0, 1) : this.php ? into : into.slice(-1);
    // Of several texts the one that names what a visitor sends is the one that matters.
    const parts = list.parts ?? [];
    const telling =
      parts.length === 1
        ? parts[0]
        : parts.find(({ text }) => text !== null && /^_(?:GET|POST|REQUEST|COOKIE|SERVER|FILES)$/.test(text));
    const one = telling ?? { ...passed(list), parameter: list.parameter };
    for (const name of asVariable) this.set(name, words === 0 ? one : { ...one, words: one.words | words });
    if (this.php) this.#p = Math.max(this.#p, Math.min(end, this.tokens.length));
  }

  /** `i = 0 To …`, `i = 0; i < …`: what counts has no value that stays. */
  #counted(end: number): void {
    const names: string[] = [];
    for (let at = this.#p; at < end && !this.#isAt(at, ';') && this.#word(at) !== 'to' && this.tokens[at]!.kind !== 'end'; at++)
      if (this.tokens[at]!.kind === 'name' && this.#isAt(at + 1, '=') && names.length < 8) names.push(this.tokens[at]!.value);
    if (names.length === 0) return;
    if (this.basic) this.#basicStatement();
    else
      for (let count = 0; count < 40 && this.#p < end && !this.#ends(); count++) {
        const at = this.#p;
        if (this.#is(',') || this.#word() === 'var' || this.#word() === 'let') this.#p++;
        else this.#expression();
        if (this.#p <= at) this.#p = at + 1;
      }
    for (const name of names) this.set(name, wordsValue(from.unknown | from.narrowed, this.tokens[this.#p]?.at ?? 0));
  }

  /** `target = value`, `Dim x As T = value`, `target argument, argument`, or an expression. */
  #basicStatement(): void {
    const start = this.#p;
    const value = this.#postfix(true);
    const target = this.#target;
    this.#target = null;
    if (this.#word() === 'as') {
      this.#p++;
      const type = this.#typeOfBasic();
      if (target !== null && type !== null) this.set(target.name, type);
    }
    if (this.#is('=') || this.#is('&=') || this.#is('+=')) {
      const adds = !this.#is('=');
      const at = this.tokens[this.#p]!.at;
      this.#p++;
      const given = this.#expression();
      this.#assign(target, adds ? joined(value, given, madeLimit) : given, value, at);
      // A function of Basic returns what is put into its own name.
      if (this.#scope !== null && target?.whole === true && this.#key(target.name) === this.#scope.name) this.#return(given);
      return;
    }
    if (this.#is(',') || this.#begins()) {
      // Without brackets. The value was a name, and is called now.
      const args: Value[] = [];
      for (let count = 0; count < 40; count++) {
        if (!this.#is(',') && !this.#ends()) args.push(this.#expression());
        if (!this.#is(',')) break;
        this.#p++;
      }
      this.#called(value, args, this.tokens[start]!.at, start);
      this.#taken(target, args);
      return;
    }
    if (this.#p === start) this.#p++;
    else if (!this.#ends() && this.tokens[this.#p]?.kind === 'mark') this.#continue(value, 0);
    else if (value.path !== '' && !this.#isAt(this.#p - 1, ')')) this.#called(value, [], this.tokens[start]!.at, start);
  }

  #begins(): boolean {
    const token = this.tokens[this.#p];
    if (token === undefined || token.kind === 'end') return false;
    if (token.kind === 'text' || token.kind === 'number') return true;
    if (token.kind === 'name') return !basicStops.has(token.value.toLowerCase());
    return token.value === '(' || (token.value === '.' && this.#with.length > 0);
  }

  #typeOfBasic(): Value | null {
    if (this.#word() === 'new') return this.#unary();
    let path = '';
    while (this.tokens[this.#p]?.kind === 'name' || this.#is('.')) {
      path += this.tokens[this.#p]!.value.toLowerCase();
      this.#p++;
    }
    if (this.#is('(')) this.#p = Math.min(this.pairs[this.#p]! + 1, this.tokens.length);
    return path === '' ? null : { ...nothing, path: this.calls.typeName(path) };
  }

  #assign(target: Target | null, value: Value, before: Value, at: number): void {
    if (target === null) return;
    // The visitor's words in a variable whose name is not known: it may be any.
    if (target.name === anyName || (target.name === '$GLOBALS' && target.part === '')) {
      if ((value.words & from.request) !== 0) this.injected = true;
      return;
    }
    if (target.whole) this.set(target.name, value);
    else {
      if (!this.php || !this.#append(target, value)) this.#touch(target.name, value);
      // Of a class that stands in the same page it is `$this->x`.
      if (this.php && this.#scope === null && target.part !== '' && (value.words & from.request) !== 0 && this.#lower.size > 0)
        if (target.member === true && target.part !== appended) this.set(`->${target.part}`, value, null);
      this.calls.partAssigned(before.path, target.part, value, at);
    }
  }

  /** `$x[] = …`, `$x[3] = …`: an element more; false: it is none of a list that is known. */
  #append({ name, part }: Target, value: Value): boolean {
    if (part !== appended && !/^\d{1,3}$/.test(part)) return false;
    const known = this.#find(name);
    const parts = known === undefined ? [] : known.value.parts;
    if (parts === null || parts.length >= appendLimit) return false;
    const index = part === appended ? parts.length : Number(part);
    if (index > parts.length || (known === undefined && this.calls.named(name, 0) !== null)) return false;
    const next = [...parts];
    next[index] = value;
    this.set(name, { ...nothing, words: value.words, parameter: value.parameter, bare: value.bare, at: value.at, parts: next });
    return true;
  }

  // Expressions.

  #expression(): Value {
    if (this.#depth >= depthLimit) return this.#tooDeep();
    this.#depth++;
    const value = this.#continue(this.#operand(), 0);
    this.#depth--;
    return value;
  }

  #tooDeep(): Value {
    this.cut = true;
    const pair = this.pairs[this.#p] ?? -1;
    this.#p = pair > this.#p ? Math.min(pair + 1, this.tokens.length) : this.#p + 1;
    return wordsValue(from.unknown, 0);
  }

  #operand(): Value {
    const at = this.tokens[this.#p]?.at ?? 0;
    this.#target = null;
    const value = this.#unary();
    const target = this.#target as Target | null;
    this.#target = null;
    if (this.basic) return value;
    const mark = this.tokens[this.#p];
    // `T x = …`: a type stands before the name.
    if (
      mark?.kind === 'name' &&
      (this.language === 'csharp' || this.language === 'java') &&
      value.path !== '' &&
      !notNames.has(mark.value)
    ) {
      // What has a bracket behind it is a function.
      if (!this.#isAt(this.#p + 1, '(')) this.set(mark.value, { ...nothing, path: this.calls.typeName(value.path) });
      return this.#operand();
    }
    if (mark?.kind !== 'mark' || target === null) return value;
    if (mark.value === '=') {
      this.#p++;
      const given = this.#expression();
      this.#assign(target, given, value, at);
      return given;
    }
    if (mark.value.length === 2 && mark.value.endsWith('=') && '.+-&|^*/%'.includes(mark.value[0]!)) {
      this.#p++;
      const given = this.#expression();
      const sum = mark.value === '.=' || mark.value === '+=' ? joined(value, given, madeLimit) : mixed(value, given);
      this.#assign(target, sum, value, at);
      return sum;
    }
    if (mark.value === '??=') {
      this.#p++;
      const given = this.#expression();
      this.#assign(target, mixed(value, given), value, at);
      return given;
    }
    return value;
  }

  /** What stands behind an operand, as far as its operators bind at least so strongly. */
  #continue(first: Value, least: number): Value {
    let value = first;
    for (;;) {
      const token = this.tokens[this.#p];
      if (token === undefined) return value;
      const operator = token.kind === 'mark' ? token.value : token.kind === 'name' ? token.value.toLowerCase() : '';
      if (operator === '?' && !this.basic && least === 0) {
        this.#p++;
        // `a ?: b`
        const yes = this.#is(':') ? value : this.#expression();
        if (this.#is(':')) this.#p++;
        const no = this.#expression();
        value = mixed(yes, no);
        continue;
      }
      const binds = this.#binding(operator, token.kind);
      if (binds === 0 || binds < least) return value;
      this.#p++;
      if (this.#depth >= depthLimit) return this.#tooDeep();
      this.#depth++;
      const right = this.#continue(this.#operand(), binds + 0.1);
      this.#depth--;
      value = this.#combined(operator, value, right, token.at);
    }
  }

  #binding(operator: string, kind: Token['kind']): number {
    if (kind === 'name') {
      switch (operator) {
        case 'or':
        case 'orelse':
        case 'xor':
          return 1;
        case 'and':
        case 'andalso':
          return 2;
        case 'instanceof':
        case 'is':
        case 'isnot':
        case 'like':
          return 3;
        case 'mod':
          return this.basic ? 8 : 0;
        default:
          return 0;
      }
    }
    switch (operator) {
      case '??':
      case '||':
        return 1;
      case '&&':
        return 2;
      case '==':
      case '!=':
      case '===':
      case '!==':
      case '<':
      case '>':
      case '<=':
      case '>=':
      case '<>':
      case '<=>':
        return 3;
      case '=':
        return this.basic ? 3 : 0;
      case '|':
        return 4;
      case '^':
        return 4.3;
      case '&':
        return this.basic ? 6 : 4.6;
      case '<<':
      case '>>':
      case '>>>':
        return 5;
      case '.':
        return this.php ? 7 : 0;
      case '+':
      case '-':
        return 7;
      case '*':
      case '/':
      case '%':
      case '\\':
        return 8;
      default:
        return 0;
    }
  }

  #combined(operator: string, left: Value, right: Value, at: number): Value {
    switch (operator) {
      case '.':
        return this.php ? joined(asText(left), asText(right), madeLimit) : mixed(left, right);
      case '&':
        if (this.basic) return joined(this.#unset(left), this.#unset(right), madeLimit);
        return (this.php ? xoredValues(asText(left), asText(right), '&') : null) ?? arithmetic(operator, left, right, at);
      case '+':
        if (left.path === number && right.path === number) return arithmetic(operator, left, right, at);
        return this.php ? mixed(left, right) : joined(left, right, madeLimit);
      case '^': {
        const text = this.php ? xoredValues(asText(left), asText(right), '^') : xoredValues(left, right, '^');
        if (text !== null) return text;
        const sum = arithmetic(operator, left, right, at);
        return sum.path === number ? sum : { ...sum, words: sum.words | from.decoded };
      }
      case '|':
        if (this.php) {
          const text = xoredValues(asText(left), asText(right), '|');
          if (text !== null) return text;
        }
        return arithmetic(operator, left, right, at);
      case '-':
      case '*':
      case '/':
      case '%':
      case '\\':
      case 'mod':
      case '<<':
      case '>>':
        return arithmetic(operator, left, right, at);
      case '==':
      case '!=':
      case '===':
      case '!==':
      case '<':
      case '>':
      case '<=':
      case '>=':
      case '<>':
      case '<=>':
      case '=':
      case 'is':
      case 'isnot':
      case 'like':
      case 'instanceof':
        if (left.text !== null && right.text !== null && (operator === '==' || operator === '===' || operator === '!='))
          return { ...textValue((left.text === right.text) === operator.startsWith('=') ? '1' : '0', at), path: number };
        return wordsValue(from.unknown | from.narrowed, at);
      case 'or':
      case '||':
      case '??':
        // `open(…) or die(…)`
        return { ...mixed(left, right), path: left.path === right.path || right.path === '' ? left.path : '' };
      default:
        return { ...mixed(left, right), path: left.path === right.path ? left.path : '' };
    }
  }

  /** A name that nothing explains is an empty text in VBScript. */
  #unset(value: Value): Value {
    return this.language === 'vbscript' &&
      value.text === null &&
      value.parts === null &&
      value.words === 0 &&
      /^[a-z_]\w{0,60}$/.test(value.path)
      ? textValue('', value.at)
      : value;
  }

  #unary(): Value {
    let casts = 0;
    for (;;) {
      const token = this.tokens[this.#p];
      if (token === undefined) return nothing;
      if (token.kind === 'mark' && unaryMarks.has(token.value)) {
        this.#p++;
        if (token.value === '-' && this.tokens[this.#p]?.kind === 'number') {
          const value = this.tokens[this.#p++]!;
          return { ...textValue(`-${value.value}`, value.at), path: number };
        }
        if (token.value === '!') casts |= from.narrowed;
        if (token.value === '~' && this.php) {
          const value = this.#unary();
          return value.text === null
            ? { ...passed(value), words: value.words | from.decoded }
            : hiddenBy({ ...value, text: inverted(value.text) }, 'encrypted');
        }
        continue;
      }
      if (token.kind === 'name') {
        const word = token.value.toLowerCase();
        if (word === 'not' && this.basic) {
          this.#p++;
          continue;
        }
        if (
          word === 'await' ||
          word === 'clone' ||
          word === 'throw' ||
          word === 'byval' ||
          word === 'ref' ||
          word === 'out' ||
          word === 'yield' ||
          word === 'addressof'
        ) {
          const next = this.tokens[this.#p + 1];
          if (next !== undefined && (next.kind === 'name' || next.kind === 'text')) {
            this.#p++;
            continue;
          }
        }
        if (this.php && /^(?:include|require)(?:_once)?$/.test(word)) {
          this.#p++;
          const value = this.#expression();
          this.calls.included(word, value, token.at);
          return passed(value, from.unknown);
        }
        if (this.php && (word === 'print' || word === 'echo')) {
          this.#p++;
          return this.#expression();
        }
      }
      break;
    }
    const value = this.#postfix(false);
    return casts === 0 ? value : wordsValue(from.unknown | from.narrowed, value.at);
  }

  /** An operand with all that is asked of it: members, calls, elements. */
  #postfix(statement: boolean): Value {
    const start = this.#p;
    let value = this.#primary();
    let target = this.#target;
    for (let steps = 0; steps < 4096; steps++) {
      const token = this.tokens[this.#p];
      if (token === undefined || token.kind !== 'mark') break;
      const mark = token.value;
      if (mark === '->' && this.language === 'java') {
        this.#p++;
        value = this.#lambda(token.at);
        target = null;
        continue;
      }
      if (
        mark === '->' ||
        mark === '::' ||
        mark === '?.' ||
        (mark === '.' && !this.php) ||
        (mark === '!' && this.basic && this.tokens[this.#p + 1]?.kind === 'name')
      ) {
        const name = this.tokens[this.#p + 1];
        if (name?.kind === 'name') {
          this.#p += 2;
          const ownPart = this.php && value.path === '$this' && !this.#is('(');
          target = ownPart
            ? { name: `->${name.value}`, whole: true, part: '' }
            : target === null
              ? null
              : { ...target, whole: false, part: name.value.toLowerCase(), member: true };
          if (ownPart) {
            value = { ...(this.#own(`->${name.value}`) ?? wordsValue(from.unknown, token.at)), at: token.at };
            continue;
          }
          // So is what a class of the page's own keeps.
          const kept = this.#classes.has(value.path) && !this.#is('(');
          if (kept && start + 3 === this.#p) target = { name: name.value, whole: true, part: '' };
          const own = kept ? this.#own(name.value) : null;
          if (own !== null) {
            value = { ...own, at: token.at };
            continue;
          }
          // `this.x` is the page's own x.
          const read = value.path === 'this' && !this.#is('(') ? this.byName.get(this.#key(name.value)) : undefined;
          if (read?.property === true && read !== this.#scope) {
            value = { ...this.#invoke(read, [], token.at), at: token.at };
            continue;
          }
          value =
            value.path === 'this' && !this.#is('(')
              ? (this.#own(name.value) ??
                (this.#controls.has(name.value.toLowerCase())
                  ? { ...nothing, path: 'textbox', parameter: name.value, at: token.at }
                  : this.calls.member(value, name.value, token.at)))
              : this.calls.member(value, name.value, token.at);
          if (value.path.startsWith('this.') && start + 3 === this.#p) target = { name: name.value, whole: true, part: '' };
          continue;
        }
        if (name !== undefined && this.php && (name.value === '{' || name.value === '$')) {
          this.#p++;
          const by = this.#is('{') ? this.#bracketed() : this.#unary();
          value = this.calls.dynamicMember(value, by, token.at);
          continue;
        }
        this.#p++;
        continue;
      }
      if (mark === '(') {
        // A bracket on the next line of a statement of Basic is none of a call.
        const args = this.#arguments();
        const into = this.#named;
        const before = value;
        value = this.#called(value, args, this.tokens[start]!.at, start);
        const said = /websocket\.receiveasync$/.test(before.path);
        if (((before.words & from.request) !== 0 || said) && fills.test(before.path))
          for (const name of into) this.#touch(name, said ? wordsValue(from.request, token.at) : passed(before));
        this.#taken(target, args);
        if (before.path === 'array.reverse' && into.length === 1 && args.length === 1) this.set(into[0]!, value);
        if (target !== null && target.whole && !this.basic) target = null;
        else if (target !== null) target = { ...target, whole: false, part: '' };
        continue;
      }
      if (mark === '[' || (mark === '{' && this.php && !statement && this.#elementInBraces(start))) {
        if (mark === '[' && this.language === 'csharp' && this.#isAt(this.#p + 1, ']')) {
          this.#p += 2;
          continue;
        }
        const whole = this.pairs[this.#p]! === this.#p + 1;
        const key = whole ? nothing : this.#bracketed();
        if (whole) this.#p += 2;
        value = this.calls.element(value, key, token.at, this);
        target =
          target === null
            ? null
            : value.path.startsWith('$') && value.path.length > 1
              ? { name: value.path, whole: true, part: '' }
              : { ...target, member: false, whole: false, part: whole ? appended : (key.text?.toLowerCase() ?? '') };
        continue;
      }
      if (mark === '++' || mark === '--') {
        this.#p++;
        if (mark === '++' && target?.whole === false && this.php) this.#touch(target.name, nothing);
        if (mark === '++' && target?.whole === true && value.text !== null && value.text.length <= 64 && this.php)
          this.set(target.name, { ...value, text: incremented(value.text) });
        continue;
      }
      if (mark === '<' && (this.language === 'csharp' || this.language === 'java') && value.path !== '') {
        const past = this.#generic();
        if (past === -1) break;
        this.#p = past;
        continue;
      }
      if (mark === '=>' && !this.php) {
        this.#p++;
        value = this.#lambda(token.at);
        target = null;
        continue;
      }
      break;
    }
    this.#target = target;
    return value;
  }

  /** What is put into a thing by a call stays in it. */
  #taken(target: Target | null, args: readonly Value[]): void {
    if (target === null || target.whole || !takes.test(target.part)) return;
    const words = args.reduce((sum, one) => sum | one.words, 0) & (from.request | from.upload | from.fetched);
    if (words !== 0) this.#touch(target.name, passed(args.find((one) => (one.words & words) !== 0)!));
  }

  #own(name: string): Value | null {
    const known = this.#variables.get(`|${this.#key(name)}`);
    return known === undefined ? null : { ...known.value, words: known.words, parameter: known.parameter };
  }

  /** `$x{3}`: an element, as old PHP has it. */
  #elementInBraces(start: number): boolean {
    return (
      this.#p === start + 1 &&
      this.tokens[start]!.kind === 'name' &&
      this.pairs[this.#p]! <= this.#p + 4 &&
      this.tokens[this.#p + 1]?.kind === 'number'
    );
  }

  /** `<T>` behind a name and before a bracket; -1: it is a comparison. */
  #generic(): number {
    let depth = 0;
    for (let at = this.#p; at < this.tokens.length && at < this.#p + 24; at++) {
      const { kind, value } = this.tokens[at]!;
      if (kind === 'mark') {
        if (value === '<') depth++;
        else if (value === '>' || value === '>>') {
          depth -= value.length;
          if (depth <= 0)
            return this.#isAt(at + 1, '(') || this.tokens[at + 1]?.kind === 'name' || this.#isAt(at + 1, '.') ? at + 1 : -1;
        } else if (!',.[]?'.includes(value)) return -1;
      } else if (kind !== 'name') return -1;
    }
    return -1;
  }

  /** The value in a bracket that opens here; the place is behind it afterwards. */
  #bracketed(): Value {
    const close = Math.min(this.pairs[this.#p]!, this.tokens.length);
    this.#p++;
    if (this.#depth >= depthLimit) {
      this.cut = true;
      this.#p = Math.max(this.#p, close + 1);
      return wordsValue(from.unknown, 0);
    }
    let value: Value | null = null;
    while (this.#p < close) {
      const at = this.#p;
      if (this.tokens[at]!.kind === 'end' || this.#is(',') || this.#is(';')) {
        this.#p++;
        continue;
      }
      const one = this.#expression();
      value = value === null ? one : mixed(value, one);
      if (this.#p <= at) this.#p = at + 1;
    }
    this.#p = Math.max(this.#p, close + 1);
    return value ?? nothing;
  }

  #arguments(): Value[] {
    const close = Math.min(this.pairs[this.#p]!, this.tokens.length);
    this.#p++;
    const named: string[] = [];
    const plainly: (string | null)[] = [];
    const args: Value[] = [];
    if (this.#depth >= depthLimit) {
      this.cut = true;
      this.#p = Math.max(this.#p, close + 1);
      return [wordsValue(from.unknown, 0)];
    }
    let waiting = true;
    while (this.#p < close) {
      const at = this.#p;
      if (this.#is(',')) {
        if (waiting) args.push(nothing);
        waiting = true;
        this.#p++;
        continue;
      }
      // Names of arguments: `x: value`, `x := value`.
      if (this.tokens[at]!.kind === 'name' && this.#isAt(at + 1, ':') && !this.php) {
        this.#p += this.#isAt(at + 2, '=') ? 3 : 2;
        continue;
      }
      if (
        this.tokens[at]!.kind === 'end' ||
        (this.tokens[at]!.kind === 'mark' && (this.tokens[at]!.value === ';' || this.tokens[at]!.value === '...'))
      ) {
        this.#p++;
        continue;
      }
      const plain =
        this.tokens[at]!.kind === 'name' && (this.#isAt(at + 1, ',') || at + 1 === close) ? this.tokens[at]!.value : null;
      const value = this.#expression();
      if (plain !== null && named.length < 8) named.push(plain);
      const referred = plain ?? (this.#isAt(this.#p, ',') || this.#p === close ? this.#referred(at) : null);
      if (waiting) {
        if (args.length < 4096) args.push(value);
        if (args.length <= 64) plainly[args.length - 1] = referred;
        waiting = false;
      } else if (args.length > 0) args[args.length - 1] = mixed(args.at(-1)!, value);
      if (this.#p <= at) this.#p = at + 1;
    }
    this.#p = Math.max(this.#p, close + 1);
    this.#named = named;
    this.#plain = plainly;
    return args;
  }

  /** `ref x`, `out x`: the name; null: it is no variable of the caller's. */
  #referred(at: number): string | null {
    const word = this.#word(at);
    if ((word !== 'ref' && word !== 'out') || this.tokens[at + 1]?.kind !== 'name') return null;
    // `out var x`
    const declared = this.tokens[at + 2]?.kind === 'name' && at + 3 === this.#p;
    return declared ? this.tokens[at + 2]!.value : at + 2 === this.#p ? this.tokens[at + 1]!.value : null;
  }

  /** Statements in braces, within an expression. */
  #block(): void {
    const close = Math.min(this.pairs[this.#p]!, this.tokens.length);
    this.#p++;
    if (this.#depth >= depthLimit) {
      this.cut = true;
      this.#p = Math.max(this.#p, close + 1);
      return;
    }
    this.#depth++;
    this.#walk(close);
    this.#depth--;
    this.#p = Math.max(this.#p, close + 1);
  }

  #walk(to: number): void {
    while (this.#p < to) {
      const at = this.#p;
      this.#statement();
      if (this.#p <= at) this.#p = at + 1;
    }
  }

  #primary(): Value {
    const token = this.tokens[this.#p];
    this.#target = null;
    if (token === undefined) return nothing;
    switch (token.kind) {
      case 'text':
        this.#p++;
        return textValue(token.value, token.at);
      case 'number':
        this.#p++;
        return { ...textValue(token.value, token.at), path: number };
      case 'name':
        return this.#byName(token);
      case 'end':
        return nothing;
      default:
        return this.#marked(token);
    }
  }

  #marked(token: Token): Value {
    switch (token.value) {
      case '(': {
        const from_ = this.#p;
        const value = this.#bracketed();
        const names = this.#p - from_ - 2;
        const next = this.tokens[this.#p];
        // `(T)x`: a cast, where nothing but a name stands in the bracket and a value behind it.
        const cast =
          !this.basic &&
          names >= 1 &&
          names <= 6 &&
          this.tokens[from_ + 1]?.kind === 'name' &&
          !this.tokens[from_ + 1]!.value.startsWith('$') &&
          (next?.kind === 'name' ||
            next?.kind === 'text' ||
            next?.kind === 'number' ||
            (next?.kind === 'mark' && (next.value === '(' || (next.value === '@' && this.php))));
        if (cast && !notNames.has(next.value.toLowerCase()) && (!this.php || phpTypes.has(this.#word(from_ + 1)))) {
          const given = this.#unary();
          const type = this.#word(from_ + 1);
          if (/^(?:int|integer|long|bool|boolean|float|double|byte|short|decimal)$/.test(type) && names === 1)
            return wordsValue(from.unknown | from.narrowed, given.at);
          if (type === 'char' && given.path === number && given.text !== null)
            return textValue(String.fromCharCode(Number(given.text) & 0xffff), given.at, ['character-codes']);
          return type === '' || /^(?:string|object|array|char|byte)$/.test(type)
            ? given
            : { ...given, path: given.path === '' ? value.path : given.path };
        }
        // `(a, b) => …`
        if (this.#is(this.language === 'java' ? '->' : '=>') && !this.php) return wordsValue(from.unknown, token.at);
        return value;
      }
      case '[': {
        const parts = this.#list();
        return parts;
      }
      case '{':
        if (this.language === 'java' || this.language === 'csharp' || this.language === 'visual-basic') return this.#list();
        this.#block();
        return nothing;
      case '$':
        if (this.php) return this.#variableNamed(token);
        this.#p++;
        return nothing;
      case '.': {
        const within = this.basic ? this.#with.at(-1) : undefined;
        if (within === undefined || this.tokens[this.#p + 1]?.kind !== 'name') {
          this.#p++;
          return nothing;
        }
        this.#target = { name: withName, whole: true, part: '' };
        return { ...within, at: token.at };
      }
      default:
        this.#p++;
        return nothing;
    }
  }

  /** `$$x`, `${'x'.'y'}`: a variable whose name is put together. */
  #variableNamed(token: Token): Value {
    this.#p++;
    const name = this.#is('{') ? this.#bracketed() : this.#primary();
    if (name.text === null) {
      if ((name.words & from.request) !== 0) this.injected = true;
      this.#target = { name: anyName, whole: true, part: '' };
      return hiddenBy(passed(name, from.unknown), 'dynamic-names');
    }
    const variable = `$${name.text}`;
    const value = this.#variableValue(variable, token.at);
    this.#target = { name: variable, whole: true, part: '' };
    return hiddenBy(value, 'dynamic-names');
  }

  /** A list in brackets; keys are passed over. */
  #list(): Value {
    const open = this.#p;
    const close = Math.min(this.pairs[open]!, this.tokens.length);
    const at = this.tokens[open]!.at;
    this.#p++;
    if (this.#depth >= depthLimit) {
      this.cut = true;
      this.#p = Math.max(this.#p, close + 1);
      return wordsValue(from.unknown, at);
    }
    const parts: Value[] = [];
    let sum = nothing;
    while (this.#p < close) {
      const before = this.#p;
      if (this.#is(',') || this.tokens[this.#p]!.kind === 'end' || this.#is(';') || this.#is('=>') || this.#is(':')) {
        // What stood before an arrow was the key.
        if ((this.#is('=>') || this.#is(':')) && parts.length > 0) parts.pop();
        this.#p++;
        continue;
      }
      const value = this.#expression();
      sum = mixed(sum, value);
      if (parts.length < 20_000) parts.push(value);
      if (this.#p <= before) this.#p = before + 1;
    }
    this.#p = Math.max(this.#p, close + 1);
    return { ...sum, at, path: '', parts };
  }

  #byName(token: Token): Value {
    const word = token.value.toLowerCase().replace(/^\\/, '');
    this.#p++;
    if (word === 'new' && !token.value.startsWith('$')) return this.#new(token);
    if (this.php) {
      if (token.value.startsWith('$')) {
        if (token.value === '$') {
          this.#p--;
          return this.#variableNamed(token);
        }
        const value = this.#variableValue(token.value, token.at);
        this.#target = { name: token.value, whole: true, part: '' };
        return value;
      }
      if (word === 'array' && this.#is('(')) return this.#list();
      if (word === 'list' && this.#is('(')) {
        this.#p = Math.min(this.pairs[this.#p]! + 1, this.tokens.length);
        return nothing;
      }
      if (word === 'function' || word === 'fn') return this.#closure(token);
      if (/^__(?:file|dir|class|function|method|line|namespace)__$/.test(word)) return wordsValue(from.server, token.at);
      const constant = this.#is('(') || this.#is('::') ? undefined : this.#variables.get(`|${word}`);
      if (constant !== undefined) return constant.value;
      return { ...nothing, path: word.replaceAll('\\', '.'), bare: false, at: token.at, spelled: token.value };
    }
    if (word === 'function' && (this.#is('(') || this.language === 'jscript')) return this.#closure(token);
    if (word === 'delegate' && this.#is('(')) return this.#closure(token);
    if (this.basic && (word === 'function' || word === 'sub') && this.#is('(')) {
      this.#p = Math.min(this.pairs[this.#p]! + 1, this.tokens.length);
      return this.#lambda(token.at);
    }
    if (word === 'me' || word === 'this') return { ...nothing, path: 'this', at: token.at };
    if (word === 'null' || word === 'nothing' || word === 'true' || word === 'false') return { ...nothing, at: token.at };
    if (word === 'vbcrlf' || word === 'vblf' || word === 'vbnewline') return textValue('\n', token.at);
    if (word === 'eval' && this.language === 'jscript' && !this.#is('(')) this.calls.called('eval', token.at);
    this.#target = { name: token.value, whole: true, part: '' };
    return this.#variableValue(token.value, token.at);
  }

  #variableValue(name: string, at: number): Value {
    const own = this.calls.named(name, at);
    if (own !== null) return own;
    const read = this.php || this.#is('(') ? undefined : this.byName.get(this.#key(name));
    if (read?.property === true && read !== this.#scope) return { ...this.#invoke(read, [], at), at };
    const known = this.variable(name);
    if (known !== null) return { ...known, at };
    if (this.php) {
      if (this.injected && (this.#scope === null || this.#globals.has(`${this.#scope.id}|${name}`)))
        return { ...wordsValue(from.request, at), parameter: name.slice(1) };
      return wordsValue(this.#scope === null ? from.unset : from.unknown, at);
    }
    if (this.#scope?.parameters.includes(this.#key(name)) === true) return wordsValue(from.unknown, at);
    // Basic calls without brackets, too.
    if (this.basic && read !== undefined && read !== this.#scope && read.parameters.length === 0)
      return { ...this.#invoke(read, [], at), at };
    if (this.#controls.has(name.toLowerCase())) return { ...nothing, path: 'textbox', parameter: name, at };
    return { ...nothing, path: this.calls.typeName(name.toLowerCase()), bare: false, at };
  }

  /** The body of a function that is a value; the place is on its first token. */
  #lambda(at: number): Value {
    const braced = this.#is('{');
    const own = this.byStart.get(braced ? this.#p + 1 : this.#p);
    const [scope, returned] = [this.#scope, this.#returned];
    if (own !== undefined) this.#scope = own;
    let words = from.unknown as number;
    if (braced) this.#block();
    else if (own !== undefined && this.tokens[this.#p]?.kind === 'end') this.#walk(own.to);
    else {
      const value = this.#expression();
      words |= value.words & ~from.page;
      if (own !== undefined) this.#return(value);
    }
    this.#scope = scope;
    this.#returned = returned;
    return { ...wordsValue(words, at), ...(own === undefined ? {} : { code: own }) };
  }

  #closure(token: Token): Value {
    while (this.tokens[this.#p]?.kind === 'name' || this.#is('&')) this.#p++;
    if (this.#is('(')) this.#p = Math.min(this.pairs[this.#p]! + 1, this.tokens.length);
    if (this.#word() === 'use') {
      this.#p++;
      if (this.#is('(')) this.#p = Math.min(this.pairs[this.#p]! + 1, this.tokens.length);
    }
    if (this.php && this.#is('=>')) {
      this.#p++;
      return this.#lambda(token.at);
    }
    const own = this.byStart.get(this.#p + 1);
    if (this.#is('{')) {
      const [scope, returned] = [this.#scope, this.#returned];
      if (own !== undefined) this.#scope = own;
      this.#block();
      this.#scope = scope;
      this.#returned = returned;
    }
    return { ...wordsValue(from.unknown, token.at), ...(own === undefined ? {} : { code: own }) };
  }

  #new(token: Token): Value {
    let path = '';
    if (this.php && this.tokens[this.#p]?.kind === 'name' && this.tokens[this.#p]!.value.startsWith('$')) {
      const type = this.#primary();
      const args = this.#is('(') ? this.#arguments() : [];
      return this.calls.created(type.text?.toLowerCase() ?? '', args, token.at, this);
    }
    while (
      (this.tokens[this.#p]?.kind === 'name' && (path === '' || path.endsWith('.') || path.endsWith('\\'))) ||
      (this.#is('.') && this.tokens[this.#p + 1]?.kind === 'name') ||
      this.#is('\\')
    ) {
      path += this.tokens[this.#p]!.value.toLowerCase();
      this.#p++;
    }
    if (this.#is('<')) {
      const past = this.#generic();
      if (past !== -1) this.#p = past;
    }
    if (this.basic && this.#is('(') && this.#word(this.#p + 1) === 'of')
      this.#p = Math.min(this.pairs[this.#p]! + 1, this.tokens.length);
    let list: Value | null = null;
    let args: Value[] = [];
    if (this.#is('[')) {
      // `new byte[] { … }`
      while (this.#is('[')) this.#p = Math.min(this.pairs[this.#p]! + 1, this.tokens.length);
      if (this.#is('{')) list = this.#list();
      return list ?? { ...nothing, at: token.at };
    }
    if (this.#is('(')) args = this.#arguments();
    if (this.basic && this.#is('{')) return this.#list();
    if (this.#word() === 'with' && this.#isAt(this.#p + 1, '{')) this.#p++;
    let given = nothing;
    if (this.#is('{') && !this.php) {
      // Properties that are set at once, or a body.
      if (this.language === 'csharp' || this.basic) given = this.#properties();
      else this.#block();
    }
    const value = this.calls.created(this.calls.typeName(path), args, token.at, this);
    const parent = this.php ? undefined : this.#parents.get(path);
    const as = parent === undefined ? value.path : lastName(parent);
    return given === nothing
      ? as === value.path
        ? value
        : { ...value, path: as }
      : { ...mixed(value, passed(given)), path: as };
  }

  #properties(): Value {
    const close = Math.min(this.pairs[this.#p]!, this.tokens.length);
    this.#p++;
    let sum = nothing;
    while (this.#p < close) {
      const before = this.#p;
      const at = this.tokens[before]!.at;
      if (this.#is('.')) this.#p++;
      const named = this.tokens[this.#p]?.kind === 'name' && this.#isAt(this.#p + 1, '=');
      const name = named ? this.#word() : '';
      if (named) this.#p += 2;
      if (this.#p < close && !this.#is(',') && this.tokens[this.#p]!.kind !== 'end') {
        const value = this.#expression();
        if (named) this.calls.partAssigned('', name, value, at);
        sum = mixed(sum, value);
      }
      if (this.#is(',') || this.tokens[this.#p]?.kind === 'end') this.#p++;
      if (this.#p <= before) this.#p = before + 1;
    }
    this.#p = Math.max(this.#p, close + 1);
    return sum;
  }

  // Calls.

  #called(callee: Value, args: readonly Value[], at: number, start: number): Value {
    if (callee.code !== undefined) return this.#invoke(callee.code, args, at);
    if (callee.path === 'getref' && args[0]?.text != null) {
      const code = this.#lower.get(args[0].text.toLowerCase());
      if (code !== undefined) return { ...nothing, code, at };
    }
    this.#givenToCode(callee, args);
    const first = this.tokens[start];
    const plain = lastName(callee.path);
    const ownName =
      callee.path === plain || callee.path === `this.${plain}` || /^(?:self|static|parent|\$this)\./.test(callee.path);
    const own = ownName && first?.kind === 'name' ? this.#ownFunction(callee, first.value, plain) : undefined;
    if (own !== undefined) return this.#invoke(own, args, at, this.#plain);
    // A method of something that the page itself made.
    const method = callee.path.includes('.') && plain !== '' ? this.#lower.get(plain) : undefined;
    if (method !== undefined) {
      const given = this.#invoke(method, args, at);
      return mixed(this.calls.call(callee, args, at, this), given);
    }
    // What a class of PHP does not have goes to one function for all.
    const any =
      this.php && callee.path.includes('.') ? (this.#lower.get('__call') ?? this.#lower.get('__callstatic')) : undefined;
    if (any !== undefined && any !== this.#scope && plain !== '') {
      const words = args.reduce((a, b) => mixed(a, b), nothing);
      this.#invoke(any, [textValue(plain, at), { ...passed(words), parts: [...args] }], at);
    }
    if (callee.text !== null && this.php) {
      const named = this.byName.get(callee.text.toLowerCase());
      if (named !== undefined) return this.#invoke(named, args, at);
    }
    return this.calls.call(callee, args, at, this);
  }

  /** Code that is handed to a call gets what else the call has. */
  #givenToCode(callee: Value, args: readonly Value[]): void {
    if (!args.some(({ code }) => code !== undefined)) return;
    const words = args.reduce((sum, one) => (one.code === undefined ? mixed(sum, one) : sum), passed(callee));
    if (words.words === 0) return;
    const given = { ...passed(words), parameter: words.parameter };
    for (const { code } of args) if (code !== undefined) for (const name of code.parameters) this.set(name, given, code);
  }

  #ownFunction(callee: Value, name: string, plain: string): PageFunction | undefined {
    return (
      this.byName.get(this.#key(name)) ??
      (callee.path.includes('.') && !this.php ? this.#lower.get(plain) : this.php ? this.byName.get(plain) : undefined)
    );
  }

  /** A function of the page, called by its name from within something else; null: it has none of that name. */
  invoke(name: string, args: readonly Value[], at: number): Value | null {
    const own = this.#lower.get(name);
    return own === undefined ? null : this.#invoke(own, args, at);
  }

  #invoke(own: PageFunction, args: readonly Value[], at: number, plain: readonly (string | null)[] = []): Value {
    for (const [index, name] of own.parameters.entries()) {
      const given = args[index];
      if (given !== undefined) this.set(name, given, own);
    }
    const length = own.to - own.from;
    if (this.#inline < inlineDepth && length <= inlineTokens && this.#budget > length && this.#depth < depthLimit - 8) {
      this.#budget -= length + 20;
      const [p, scope, returned, depth] = [this.#p, this.#scope, this.#returned, this.#depth];
      this.#inline++;
      this.#scope = own;
      this.calls.inFunction = true;
      this.#returned = null;
      this.#p = own.from;
      this.#walk(own.to);
      const result = this.#returned as Value | null;
      this.#inline--;
      this.#p = p;
      this.#scope = scope;
      this.calls.inFunction = scope !== null;
      this.#returned = returned;
      this.#depth = depth;
      // What is put into a variable that is the caller's own is there afterwards.
      for (const [index, name] of own.references.size === 0 ? [] : own.parameters.entries()) {
        const variable = plain[index];
        if (variable == null || !own.references.has(name)) continue;
        const left = this.#variables.get(this.#place(name, own));
        if (left !== undefined) this.set(variable, { ...left.value, words: left.words, parameter: left.parameter });
      }
      if (result !== null) return result;
    }
    const known = this.#results.get(own.id);
    if (known === undefined) return wordsValue(from.unknown, at);
    return { ...known.value, words: known.words, parameter: known.parameter, text: null, parts: null };
  }
}

/** Calls that keep what they are given. */
const takes =
  /^(?:write|writetext|writeline|append|appendline|appendformat|add|addrange|insert|load|loadxml|print|println|put|set|push|open|addscript|addargument|addparameter|addcommand|setproperty|offer)$/;
/** Calls that put what they read into what they are given. */
const fills = /(?:^|\.)(?:read|readline|readfully|readblock|copyto|copytoasync|readasync|receive|receiveasync|savetostream)$/;
const unaryMarks: ReadonlySet<string> = new Set(['-', '+', '!', '~', '@', '&', '++', '--', '*', '^']);
const passedOver: ReadonlySet<string> = new Set(
  (
    'public private protected internal static final abstract const readonly virtual override sealed async partial unsafe extern volatile transient ' +
    'var let dim set call redim preserve shared friend shadows overrides overridable withevents then else try catch finally do break continue ' +
    'next wend default switch goto lock echo print throws implements extends inherits handles option strict explicit on error resume declare use'
  ).split(' '),
);
const basicStops: ReadonlySet<string> = new Set(
  'then else as and or xor is mod to step in not like handles implements end loop next wend andalso orelse isnot'.split(' '),
);
const notNames: ReadonlySet<string> = new Set(
  'in is as and or xor instanceof else catch finally where when insteadof then mod'.split(' '),
);
