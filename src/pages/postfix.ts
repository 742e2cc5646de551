/** An operand with all that is asked of it: members, calls, elements. */
import type { Calls } from './calls.ts';
import { depthLimit } from './cursor.ts';
import type { PageFunction } from './functions.ts';
import { Operands } from './operands.ts';
import { incremented } from './operators.ts';
import type { PageLanguage } from './page-facts.ts';
import { appended, type Target } from './scopes.ts';
import type { Token } from './token-source.ts';
import { from, mixed, nothing, passed, type Value, wordsValue } from './value.ts';

/** Calls that keep what they are given. */
const takes =
  /^(?:write|writetext|writeline|append|appendline|appendformat|add|addrange|insert|load|loadxml|print|println|put|set|push|open|addscript|addargument|addparameter|addcommand|setproperty|offer)$/;
/** Calls that put what they read into what they are given. */
const fills = /(?:^|\.)(?:read|readline|readfully|readblock|copyto|copytoasync|readasync|receive|receiveasync|savetostream)$/;

export abstract class Postfix extends Operands {
  /** Arguments of the last call that are variables: some calls put something into them. */
  protected named: readonly string[] = [];
  /** The same for each argument of the last call; null: something else. */
  protected plain: readonly (string | null)[] = [];
  protected readonly controls: ReadonlySet<string>;

  protected abstract primary(): Value;
  protected abstract lambda(at: number): Value;
  protected abstract called(callee: Value, args: readonly Value[], at: number, start: number): Value;
  protected abstract followed(own: PageFunction, args: readonly Value[], at: number, plain?: readonly (string | null)[]): Value;

  constructor(tokens: readonly Token[], language: PageLanguage, controls: ReadonlySet<string>, calls: Calls) {
    super(tokens, language, calls);
    this.controls = controls;
  }

  /** An operand with all that is asked of it: members, calls, elements. */
  protected postfix(statement: boolean): Value {
    const start = this.p;
    let value = this.primary();
    let target = this.target;
    for (let steps = 0; steps < 4096; steps++) {
      const token = this.tokens[this.p];
      if (token === undefined || token.kind !== 'mark') break;
      const mark = token.value;
      if (mark === '->' && this.language === 'java') {
        this.p++;
        value = this.lambda(token.at);
        target = null;
        continue;
      }
      if (
        mark === '->' ||
        mark === '::' ||
        mark === '?.' ||
        (mark === '.' && !this.php) ||
        (mark === '!' && this.basic && this.tokens[this.p + 1]?.kind === 'name')
      ) {
        const name = this.tokens[this.p + 1];
        if (name?.kind === 'name') {
          this.p += 2;
          const ownPart = this.php && value.path === '$this' && !this.is('(');
          target = ownPart
            ? { name: `->${name.value}`, whole: true, part: '' }
            : target === null
              ? null
              : { ...target, whole: false, part: name.value.toLowerCase(), member: true };
          if (ownPart) {
            value = { ...(this.own(`->${name.value}`) ?? wordsValue(from.unknown, token.at)), at: token.at };
            continue;
          }
          // So is what a class of the page's own keeps.
          const kept = this.classes.has(value.path) && !this.is('(');
          if (kept && start + 3 === this.p) target = { name: name.value, whole: true, part: '' };
          const own = kept ? this.own(name.value) : null;
          if (own !== null) {
            value = { ...own, at: token.at };
            continue;
          }
          // `this.x` is the page's own x.
          const read = value.path === 'this' && !this.is('(') ? this.byName.get(this.key(name.value)) : undefined;
          if (read?.property === true && read !== this.scope) {
            value = { ...this.followed(read, [], token.at), at: token.at };
            continue;
          }
          value =
            value.path === 'this' && !this.is('(')
              ? (this.own(name.value) ??
                (this.controls.has(name.value.toLowerCase())
                  ? { ...nothing, path: 'textbox', parameter: name.value, at: token.at }
                  : this.calls.member(value, name.value, token.at)))
              : this.calls.member(value, name.value, token.at);
          if (value.path.startsWith('this.') && start + 3 === this.p) target = { name: name.value, whole: true, part: '' };
          continue;
        }
        if (name !== undefined && this.php && (name.value === '{' || name.value === '$')) {
          this.p++;
          const by = this.is('{') ? this.bracketed() : this.deeper(() => this.unary());
          value = this.calls.dynamicMember(value, by, token.at);
          continue;
        }
        this.p++;
        continue;
      }
      if (mark === '(') {
        // A bracket on the next line of a statement of Basic is none of a call.
        const args = this.arguments();
        const into = this.named;
        const before = value;
        value = this.called(value, args, this.tokens[start]!.at, start);
        const said = /websocket\.receiveasync$/.test(before.path);
        // What is put into a file says nothing of where that is.
        const isFile = args.some((one) => one.path === 'filestream');
        if (((before.words & from.request) !== 0 || said) && !isFile && fills.test(before.path))
          for (const name of into) this.touch(name, said ? wordsValue(from.request, token.at) : passed(before));
        this.taken(target, args);
        if (before.path === 'array.reverse' && into.length === 1 && args.length === 1) this.set(into[0]!, value);
        if (target !== null && target.whole && !this.basic) target = null;
        else if (target !== null) target = { ...target, whole: false, part: '' };
        continue;
      }
      if (mark === '[' || (mark === '{' && this.php && !statement && this.elementInBraces(start))) {
        if (mark === '[' && this.language === 'csharp' && this.isAt(this.p + 1, ']')) {
          this.p += 2;
          continue;
        }
        const whole = this.pairs[this.p]! === this.p + 1;
        const key = whole ? nothing : this.bracketed();
        if (whole) this.p += 2;
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
        this.p++;
        if (mark === '++' && target?.whole === false && this.php) this.touch(target.name, nothing);
        if (mark === '++' && target?.whole === true && value.text !== null && value.text.length <= 64 && this.php)
          this.set(target.name, { ...value, text: incremented(value.text) });
        continue;
      }
      if (mark === '<' && (this.language === 'csharp' || this.language === 'java') && value.path !== '') {
        const past = this.generic();
        if (past === -1) break;
        this.p = past;
        continue;
      }
      if (mark === '=>' && !this.php) {
        this.p++;
        value = this.lambda(token.at);
        target = null;
        continue;
      }
      break;
    }
    this.target = target;
    return value;
  }

  /** What is put into a thing by a call stays in it. */
  protected taken(target: Target | null, args: readonly Value[]): void {
    if (target === null || target.whole || !takes.test(target.part)) return;
    const words = args.reduce((sum, one) => sum | one.words, 0) & (from.request | from.upload | from.fetched);
    if (words !== 0) this.touch(target.name, passed(args.find((one) => (one.words & words) !== 0)!));
  }

  /** The value in a bracket that opens here; the place is behind it afterwards. */
  protected bracketed(): Value {
    const close = Math.min(this.pairs[this.p]!, this.tokens.length);
    this.p++;
    if (this.depth >= depthLimit) {
      this.cut = true;
      this.p = Math.max(this.p, close + 1);
      return wordsValue(from.unknown, 0);
    }
    let value: Value | null = null;
    while (this.p < close) {
      const at = this.p;
      if (this.tokens[at]!.kind === 'end' || this.is(',') || this.is(';')) {
        this.p++;
        continue;
      }
      const one = this.expression();
      value = value === null ? one : mixed(value, one);
      if (this.p <= at) this.p = at + 1;
    }
    this.p = Math.max(this.p, close + 1);
    return value ?? nothing;
  }

  protected arguments(): Value[] {
    const close = Math.min(this.pairs[this.p]!, this.tokens.length);
    this.p++;
    const named: string[] = [];
    const plainly: (string | null)[] = [];
    const args: Value[] = [];
    if (this.depth >= depthLimit) {
      this.cut = true;
      this.p = Math.max(this.p, close + 1);
      return [wordsValue(from.unknown, 0)];
    }
    let waiting = true;
    while (this.p < close) {
      const at = this.p;
      if (this.is(',')) {
        if (waiting) args.push(nothing);
        waiting = true;
        this.p++;
        continue;
      }
      // Names of arguments: `x: value`, `x := value`.
      if (this.tokens[at]!.kind === 'name' && this.isAt(at + 1, ':') && !this.php) {
        this.p += this.isAt(at + 2, '=') ? 3 : 2;
        continue;
      }
      if (
        this.tokens[at]!.kind === 'end' ||
        (this.tokens[at]!.kind === 'mark' && (this.tokens[at]!.value === ';' || this.tokens[at]!.value === '...'))
      ) {
        this.p++;
        continue;
      }
      const plain =
        this.tokens[at]!.kind === 'name' && (this.isAt(at + 1, ',') || at + 1 === close) ? this.tokens[at]!.value : null;
      const value = this.expression();
      if (plain !== null && named.length < 8) named.push(plain);
      const referred = plain ?? (this.isAt(this.p, ',') || this.p === close ? this.referred(at) : null);
      if (waiting) {
        if (args.length < 4096) args.push(value);
        if (args.length <= 64) plainly[args.length - 1] = referred;
        waiting = false;
      } else if (args.length > 0) args[args.length - 1] = mixed(args.at(-1)!, value);
      if (this.p <= at) this.p = at + 1;
    }
    this.p = Math.max(this.p, close + 1);
    this.named = named;
    this.plain = plainly;
    return args;
  }

  /** `ref x`, `out x`: the name; null: it is no variable of the caller's. */
  protected referred(at: number): string | null {
    const word = this.word(at);
    if ((word !== 'ref' && word !== 'out') || this.tokens[at + 1]?.kind !== 'name') return null;
    // `out var x`
    const declared = this.tokens[at + 2]?.kind === 'name' && at + 3 === this.p;
    return declared ? this.tokens[at + 2]!.value : at + 2 === this.p ? this.tokens[at + 1]!.value : null;
  }
}
