/** What an operand begins with: a text, a number, a name, a list, something in brackets. */
import { depthLimit } from './cursor.ts';
import { notNames } from './operands.ts';
import { number } from './operators.ts';
import { Postfix } from './postfix.ts';
import { anyName } from './scopes.ts';
import type { Token } from './token-source.ts';
import { from, hiddenBy, mixed, nothing, ownFile, passed, textValue, type Value, wordsValue } from './value.ts';

const withName = '.with';
/** What PHP makes of a value by a bracket before it; any other name in one is that of a function. */
const phpTypes: ReadonlySet<string> = new Set(
  'int integer bool boolean float double real string array object unset binary'.split(' '),
);

export abstract class Primary extends Postfix {
  /** What the statements of Basic stand within: `With x`. */
  protected readonly within: Value[] = [];

  protected abstract block(): void;
  protected abstract closure(token: Token): Value;
  protected abstract made(token: Token): Value;

  protected primary(): Value {
    const token = this.tokens[this.p];
    this.target = null;
    if (token === undefined) return nothing;
    switch (token.kind) {
      case 'text':
        this.p++;
        return textValue(token.value, token.at);
      case 'number':
        this.p++;
        return { ...textValue(token.value, token.at), path: number };
      case 'name':
        return this.nameValue(token);
      case 'end':
        return nothing;
      default:
        return this.marked(token);
    }
  }

  protected marked(token: Token): Value {
    switch (token.value) {
      case '(': {
        const from_ = this.p;
        const value = this.bracketed();
        const names = this.p - from_ - 2;
        const next = this.tokens[this.p];
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
        if (cast && !notNames.has(next.value.toLowerCase()) && (!this.php || phpTypes.has(this.word(from_ + 1)))) {
          const given = this.deeper(() => this.unary());
          const type = this.word(from_ + 1);
          if (/^(?:int|integer|long|bool|boolean|float|double|decimal)$/.test(type) && names === 1)
            return wordsValue(from.unknown | from.narrowed, given.at);
          if (type === 'char' && given.path === number && given.text !== null)
            return textValue(String.fromCharCode(Number(given.text) & 0xffff), given.at, ['character-codes']);
          return type === '' || /^(?:string|object|array|char|s?byte|short)$/.test(type)
            ? given
            : { ...given, path: given.path === '' ? value.path : given.path };
        }
        // `(a, b) => …`
        if (this.is(this.language === 'java' ? '->' : '=>') && !this.php) return wordsValue(from.unknown, token.at);
        return value;
      }
      case '[': {
        const parts = this.list();
        return parts;
      }
      case '{':
        if (this.language === 'java' || this.language === 'csharp' || this.language === 'visual-basic') return this.list();
        this.block();
        return nothing;
      case '$':
        if (this.php) return this.variableNamed(token);
        this.p++;
        return nothing;
      case '.': {
        const within = this.basic ? this.within.at(-1) : undefined;
        if (within === undefined || this.tokens[this.p + 1]?.kind !== 'name') {
          this.p++;
          return nothing;
        }
        this.target = { name: withName, whole: true, part: '' };
        return { ...within, at: token.at };
      }
      default:
        this.p++;
        return nothing;
    }
  }

  /** `$$x`, `${'x'.'y'}`: a variable whose name is put together. */
  protected variableNamed(token: Token): Value {
    this.p++;
    const name = this.is('{') ? this.bracketed() : this.deeper(() => this.primary());
    if (name.text === null) {
      if ((name.words & from.request) !== 0) this.injected = true;
      this.target = { name: anyName, whole: true, part: '' };
      return hiddenBy(passed(name, from.unknown), 'dynamic-names');
    }
    const variable = `$${name.text}`;
    const value = this.variableValue(variable, token.at);
    this.target = { name: variable, whole: true, part: '' };
    return hiddenBy(value, 'dynamic-names');
  }

  /** A list in brackets; keys are passed over. */
  protected list(): Value {
    const open = this.p;
    const close = Math.min(this.pairs[open]!, this.tokens.length);
    const at = this.tokens[open]!.at;
    this.p++;
    if (this.depth >= depthLimit) {
      this.cut = true;
      this.p = Math.max(this.p, close + 1);
      return wordsValue(from.unknown, at);
    }
    const parts: Value[] = [];
    let sum = nothing;
    while (this.p < close) {
      const before = this.p;
      if (this.is(',') || this.tokens[this.p]!.kind === 'end' || this.is(';') || this.is('=>') || this.is(':')) {
        // What stood before an arrow was the key.
        if ((this.is('=>') || this.is(':')) && parts.length > 0) parts.pop();
        this.p++;
        continue;
      }
      const value = this.expression();
      sum = mixed(sum, value);
      if (parts.length < 20_000) parts.push(value);
      if (this.p <= before) this.p = before + 1;
    }
    this.p = Math.max(this.p, close + 1);
    return { ...sum, at, path: '', parts };
  }

  /** `list($a, $b) = …`: each gets its own part, or the words of the whole. */
  protected setFromList(): Value {
    const open = this.p;
    const close = Math.min(this.pairs[open]!, this.tokens.length);
    const names = this.tokens
      .slice(open + 1, Math.min(close, open + 80))
      .filter(({ kind, value }) => kind === 'name' && value.startsWith('$'));
    this.p = Math.min(close + 1, this.tokens.length);
    if (!this.is('=')) return nothing;
    this.p++;
    const given = this.expression();
    for (const [index, { value }] of names.entries())
      this.set(value, given.parts?.[index] ?? { ...passed(given), parameter: given.parameter });
    return given;
  }

  protected nameValue(token: Token): Value {
    const word = token.value.toLowerCase().replace(/^\\/, '');
    this.p++;
    if (word === 'new' && !token.value.startsWith('$')) return this.made(token);
    if (this.php) {
      if (token.value.startsWith('$')) {
        if (token.value === '$') {
          this.p--;
          return this.variableNamed(token);
        }
        const value = this.variableValue(token.value, token.at);
        this.target = { name: token.value, whole: true, part: '' };
        return value;
      }
      if (word === 'array' && this.is('(')) return this.list();
      if (word === 'list' && this.is('(')) return this.setFromList();
      if (word === 'function' || word === 'fn') return this.closure(token);
      if ((word === 'null' || word === 'false') && !this.is('(')) return { ...nothing, text: '', at: token.at };
      if (/^__(?:file|dir|class|function|method|line|namespace)__$/.test(word))
        return { ...wordsValue(from.server, token.at), ...(word === '__file__' ? { spelled: ownFile } : {}) };
      const constant = this.is('(') || this.is('::') ? undefined : this.variables.get(`|${word}`);
      if (constant !== undefined) return constant.value;
      return { ...nothing, path: word.replaceAll('\\', '.'), bare: false, at: token.at, spelled: token.value };
    }
    if (word === 'function' && (this.is('(') || this.language === 'jscript')) return this.closure(token);
    if (word === 'delegate' && this.is('(')) return this.closure(token);
    if (this.basic && (word === 'function' || word === 'sub') && this.is('(')) {
      this.p = Math.min(this.pairs[this.p]! + 1, this.tokens.length);
      return this.lambda(token.at);
    }
    if (word === 'me' || word === 'this') return { ...nothing, path: 'this', at: token.at };
    if (word === 'null' || word === 'nothing' || word === 'true' || word === 'false') return { ...nothing, at: token.at };
    if (word === 'vbcrlf' || word === 'vblf' || word === 'vbnewline') return textValue('\n', token.at);
    if (word === 'eval' && this.language === 'jscript' && !this.is('(')) this.calls.called('eval', token.at);
    this.target = { name: token.value, whole: true, part: '' };
    return this.variableValue(token.value, token.at);
  }

  protected variableValue(name: string, at: number): Value {
    const own = this.calls.named(name, at);
    if (own !== null) return own;
    const read = this.php || this.is('(') ? undefined : this.byName.get(this.key(name));
    if (read?.property === true && read !== this.scope) return { ...this.followed(read, [], at), at };
    const known = this.variable(name);
    if (known !== null) return { ...known, at };
    if (this.php) {
      if (this.injected && (this.scope === null || this.globals.has(`${this.scope.id}|${name}`)))
        return { ...wordsValue(from.request, at), parameter: name.slice(1) };
      return wordsValue(this.scope === null ? from.unset : from.unknown, at);
    }
    if (this.scope?.parameters.includes(this.key(name)) === true) return wordsValue(from.unknown, at);
    // Basic calls without brackets, too.
    if (this.basic && read !== undefined && read !== this.scope && read.parameters.length === 0)
      return { ...this.followed(read, [], at), at };
    if (this.controls.has(name.toLowerCase())) return { ...nothing, path: 'textbox', parameter: name, at };
    return { ...nothing, path: this.calls.typeName(name.toLowerCase()), bare: false, at };
  }
}
