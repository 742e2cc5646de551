/** Statements: declarations, loops, what is assigned, and what Basic calls without brackets. */
import { Following } from './following.ts';
import { madeLimit } from './unfold.ts';
import { from, joined, nothing, passed, textValue, type Value, wordsValue } from './value.ts';

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

export abstract class Statements extends Following {
  protected statement(): void {
    const token = this.tokens[this.p]!;
    if (token.kind === 'end') {
      this.p++;
      return;
    }
    if (token.kind === 'mark') {
      // Attributes.
      if (token.value === '[' && this.language === 'csharp') this.p = this.pairs[this.p]! + 1;
      else if (token.value === '.' && this.within.length > 0) this.basicStatement();
      else if ('(+-!~@&$['.includes(token.value) || token.value === '++' || token.value === '--') this.expression();
      else this.p++;
      return;
    }
    if (token.kind === 'name' && this.keyword(token.value.toLowerCase())) return;
    if (this.basic) this.basicStatement();
    else this.expression();
  }

  /** true: dealt with, or passed over. */
  protected keyword(word: string): boolean {
    switch (word) {
      case 'return':
        if (this.basic && this.language === 'vbscript') return false;
        this.p++;
        this.returns(this.ends() ? nothing : this.expression());
        return true;
      case 'if':
      case 'elseif':
      case 'while':
      case 'until':
      case 'case':
      case 'select':
      case 'loop':
        this.p++;
        if (this.basic && !this.ends()) this.expression();
        return true;
      case 'yield':
        if (!this.php && this.word(this.p + 1) !== 'return') return false;
        this.p++;
        if (this.php && this.word() !== 'from') this.returns(this.ends() ? nothing : this.expression());
        return true;
      case 'const':
        // `const X = …;`
        if (!this.php || this.tokens[this.p + 1]?.kind !== 'name' || !this.isAt(this.p + 2, '=')) {
          this.p++;
          return true;
        }
        this.p += 3;
        this.set(this.tokens[this.p - 2]!.value.toLowerCase(), this.expression(), null);
        return true;
      case 'echo':
      case 'print':
        this.p++;
        if (this.php) this.calls.shown(this.ends() ? nothing : this.expression(), this.tokens[this.p - 1]?.at ?? 0);
        return true;
      case 'with':
        if (!this.basic) return false;
        this.p++;
        if (this.within.length < 64) this.within.push(this.ends() ? nothing : this.expression());
        return true;
      case 'for':
      case 'foreach':
        this.p++;
        this.loop();
        return true;
      case 'function':
      case 'sub':
        if (this.basic || this.tokens[this.p + 1]?.kind === 'name' || this.tokens[this.p + 1]?.value === '&') {
          this.definition();
          return true;
        }
        return false;
      case 'using':
      case 'import':
      case 'imports':
      case 'namespace':
      case 'package':
        return this.imports(word);
      case 'class':
        if (!this.basic) this.inherits();
        this.p++;
        return true;
      case 'interface':
      case 'enum':
      case 'struct':
      case 'trait':
      case 'end':
      case 'exit':
        if (this.php && word === 'exit') return false;
        if (this.basic && word === 'end' && this.word(this.p + 1) === 'with') this.within.pop();
        this.p += this.basic && (word === 'end' || word === 'exit') ? 2 : 1;
        return true;
      case 'include':
      case 'include_once':
      case 'require':
      case 'require_once':
        if (!this.php) return false;
        this.p++;
        this.calls.included(word, this.expression(), this.tokens[this.p - 1]?.at ?? 0);
        return true;
      case 'public':
      case 'private':
      case 'protected':
      case 'var':
        if (this.php) return this.field();
        this.p++;
        return true;
      case 'global':
        if (!this.php || this.scope === null) return false;
        for (this.p++; this.tokens[this.p]?.kind === 'name' || this.is(','); this.p++)
          if (this.tokens[this.p]!.kind === 'name') this.globals.add(`${this.scope.id}|${this.tokens[this.p]!.value}`);
        return true;
      case 'dim':
        if (this.basic && this.scope === null) this.declare();
        this.p++;
        return true;
      default:
        if (!passedOver.has(word)) return false;
        // `new`, `in` and the like may be names of something in other languages.
        this.p++;
        return true;
    }
  }

  /** `Dim x, y`: functions that set them set these. */
  protected declare(): void {
    for (let at = this.p; at < this.p + 200; at += 2) {
      const name = this.tokens[at + 1];
      if (name?.kind !== 'name' || (at > this.p && !this.isAt(at, ','))) return;
      const place = `|${this.key(name.value)}`;
      const value = this.language === 'vbscript' ? textValue('', name.at) : nothing;
      if (!this.variables.has(place) && this.variables.size < 100_000)
        this.variables.set(place, { value: { ...value, words: 0, bare: true }, words: 0, parameter: null });
    }
  }

  /** `using X = A.B;` gives a name to a name; others are passed over. A `using (…)` is a statement. */
  protected imports(word: string): boolean {
    if (word === 'using' && (this.isAt(this.p + 1, '(') || this.basic)) {
      this.p++;
      return true;
    }
    const start = this.p + 1;
    let at = start;
    if (word === 'using' && this.word(start) === 'static') {
      let path = '';
      for (at = start + 1; !this.endsAt(at) && at < start + 40; at++) path += this.tokens[at]!.value.toLowerCase();
      this.calls.staticly(path);
      this.p = at;
      return true;
    }
    while (at < this.tokens.length && at < start + 40 && !this.endsAt(at)) at++;
    if (this.tokens[start + 1]?.value === '=' && this.tokens[start]?.kind === 'name') {
      const path = this.tokens
        .slice(start + 2, at)
        .map(({ value }) => value)
        .join('')
        .toLowerCase();
      this.set(this.tokens[start].value, { ...nothing, path }, null);
    }
    // `using var x = …` declares.
    this.p = word === 'using' && this.tokens[start + 2]?.value === '=' ? start : at;
    return true;
  }

  /** `class X : Y`, `class X extends Y`: what is made as X is used as Y. */
  protected inherits(): void {
    const name = this.tokens[this.p + 1];
    if (name?.kind === 'name' && this.classes.size < 400)
      (this.php ? this.phpClasses : this.classes).add(name.value.toLowerCase());
    const by = this.tokens[this.p + 2]?.value;
    if (name?.kind !== 'name' || (by !== ':' && by !== 'extends') || this.parents.size > 200) return;
    let path = '';
    for (let at = this.p + 3; at < this.p + 24; at++) {
      const token = this.tokens[at];
      if (token?.kind !== 'name' && token?.value !== '.') break;
      if (token.kind === 'name' && path !== '' && !path.endsWith('.')) break;
      path += token.value.toLowerCase();
    }
    if (path !== '' && !path.endsWith('.')) this.parents.set(name.value.toLowerCase(), path);
  }

  /** `private static $x = …;` is `$this->x` in the functions of its class. */
  protected field(): boolean {
    this.p++;
    while (
      /^(?:static|readonly|public|private|protected|var|\w{2,20})$/.test(this.word()) &&
      this.word() !== 'function' &&
      !this.isAt(this.p, '(')
    )
      this.p++;
    const name = this.tokens[this.p];
    if (name?.kind !== 'name' || !name.value.startsWith('$') || !this.isAt(this.p + 1, '=')) return true;
    this.p += 2;
    this.set(`->${name.value.slice(1)}`, this.expression(), null);
    return true;
  }

  /** The head of a function is passed over; what stands in its body is walked like all else. */
  protected definition(): void {
    for (let at = this.p; at < this.p + 8 && at < this.tokens.length; at++) {
      if (this.isAt(at, '(')) {
        this.p = Math.min(this.pairs[at]! + 1, this.tokens.length);
        return;
      }
      if (this.tokens[at]!.kind === 'end') {
        this.p = at;
        return;
      }
    }
    this.p++;
  }

  protected loop(): void {
    const closed = this.is('(');
    if (closed) this.p++;
    if (this.word() === 'each') this.p++;
    const end = Math.min(closed ? (this.pairs[this.p - 1] ?? this.tokens.length) : this.tokens.length, this.p + 400);
    // `x in list`, `T x : list`, `list as k => v`
    let split = -1;
    for (let at = this.p; at < end; at++) {
      const token = this.tokens[at]!;
      if (token.kind === 'end' || this.isAt(at, ';')) break;
      const word = this.word(at);
      if (word === 'in' || (this.php && word === 'as') || (this.language === 'java' && this.isAt(at, ':'))) {
        split = at;
        break;
      }
      if (token.kind === 'mark' && token.value === '(' && this.pairs[at]! < end) at = this.pairs[at]!;
    }
    if (split === -1) {
      this.counted(end);
      return;
    }
    const into: string[] = [];
    const namesFrom = this.php ? split + 1 : this.p;
    const namesTo = this.php ? end : split;
    for (let at = namesFrom; at < namesTo && at < namesFrom + 40; at++)
      if (this.tokens[at]!.kind === 'name') into.push(this.tokens[at]!.value);
    if (!this.php) this.p = split + 1;
    const list = this.expression();
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
    if (this.php) this.p = Math.max(this.p, Math.min(end, this.tokens.length));
  }

  /** `i = 0 To …`, `i = 0; i < …`: what counts has no value that stays. */
  protected counted(end: number): void {
    const names: string[] = [];
    for (let at = this.p; at < end && !this.isAt(at, ';') && this.word(at) !== 'to' && this.tokens[at]!.kind !== 'end'; at++)
      if (this.tokens[at]!.kind === 'name' && this.isAt(at + 1, '=') && names.length < 8) names.push(this.tokens[at]!.value);
    if (names.length === 0) return;
    if (this.basic) this.basicStatement();
    else
      for (let count = 0; count < 40 && this.p < end && !this.ends(); count++) {
        const at = this.p;
        if (this.is(',') || this.word() === 'var' || this.word() === 'let') this.p++;
        else this.expression();
        if (this.p <= at) this.p = at + 1;
      }
    for (const name of names) this.set(name, wordsValue(from.unknown | from.narrowed, this.tokens[this.p]?.at ?? 0));
  }

  /** `target = value`, `Dim x As T = value`, `target argument, argument`, or an expression. */
  protected basicStatement(): void {
    const start = this.p;
    const value = this.postfix(true);
    const target = this.target;
    this.target = null;
    if (this.word() === 'as') {
      this.p++;
      const type = this.typeOfBasic();
      if (target !== null && type !== null) this.set(target.name, type);
    }
    if (this.is('=') || this.is('&=') || this.is('+=')) {
      const adds = !this.is('=');
      const at = this.tokens[this.p]!.at;
      this.p++;
      const given = this.expression();
      this.assign(target, adds ? joined(value, given, madeLimit) : given, value, at);
      // A function of Basic returns what is put into its own name.
      if (this.scope !== null && target?.whole === true && this.key(target.name) === this.scope.name) this.returns(given);
      return;
    }
    if (this.is(',') || this.begins()) {
      // Without brackets. The value was a name, and is called now.
      const args: Value[] = [];
      for (let count = 0; count < 40; count++) {
        if (!this.is(',') && !this.ends()) args.push(this.expression());
        if (!this.is(',')) break;
        this.p++;
      }
      this.called(value, args, this.tokens[start]!.at, start);
      this.taken(target, args);
      return;
    }
    if (this.p === start) this.p++;
    else if (!this.ends() && this.tokens[this.p]?.kind === 'mark') this.continued(value, 0);
    else if (value.path !== '' && !this.isAt(this.p - 1, ')')) this.called(value, [], this.tokens[start]!.at, start);
  }

  protected begins(): boolean {
    const token = this.tokens[this.p];
    if (token === undefined || token.kind === 'end') return false;
    if (token.kind === 'text' || token.kind === 'number') return true;
    if (token.kind === 'name') return !basicStops.has(token.value.toLowerCase());
    return token.value === '(' || (token.value === '.' && this.within.length > 0);
  }

  protected typeOfBasic(): Value | null {
    if (this.word() === 'new') return this.unary();
    let path = '';
    while (this.tokens[this.p]?.kind === 'name' || this.is('.')) {
      path += this.tokens[this.p]!.value.toLowerCase();
      this.p++;
    }
    if (this.is('(')) this.p = Math.min(this.pairs[this.p]! + 1, this.tokens.length);
    return path === '' ? null : { ...nothing, path: this.calls.typeName(path) };
  }
}
