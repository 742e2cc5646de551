/** Brackets that belong together, and the functions that a page defines. */
import type { PageLanguage } from './page-facts.ts';
import type { Token } from './token-source.ts';

export interface PageFunction {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly string[];
  /** Those of them that are the caller's own variable. */
  readonly references: ReadonlySet<string>;
  /** Its body: tokens [from, to). */
  readonly from: number;
  readonly to: number;
  /** Called from outside with what the visitor sends (a web method). */
  readonly published: boolean;
  /** It stands within something and sees the variables of that. */
  readonly closure: boolean;
  /** It is read like a field. */
  readonly property: boolean;
}

const opening: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** For each opening bracket the place of the one that closes it; what is never closed ends with the tokens. */
/** @param basic only round brackets: any other that closes is a slip of the writer's */
export function bracketsOf(tokens: readonly Token[], basic: boolean): Int32Array {
  const pairs = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [at, { kind, value: mark }] of tokens.entries()) {
    if (kind !== 'mark' || mark.length !== 1) continue;
    const value = basic && mark === ']' ? ')' : mark;
    if (opening[value] !== undefined) open.push(at);
    else if (value === ')' || value === ']' || value === '}') {
      // A bracket that fits none of the last ones is somebody's mistake: it closes nothing.
      let back = open.length - 1;
      while (back >= 0 && open.length - back <= 4 && opening[tokens[open[back]!]!.value] !== value) back--;
      if (back >= 0 && opening[tokens[open[back]!]!.value] === value) {
        // What was opened within it ends with it: no bracket reaches out of another.
        for (let inner = back; inner < open.length; inner++) pairs[open[inner]!] = at;
        open.length = back;
      }
    }
  }
  for (const at of open) pairs[at] = tokens.length;
  for (let at = 0; at < pairs.length; at++) {
    const token = tokens[at]!;
    if (pairs[at] === -1 && token.kind === 'mark' && opening[token.value] !== undefined && token.value.length === 1)
      pairs[at] = tokens.length;
  }
  return pairs;
}

const notFunctions: ReadonlySet<string> = new Set(
  'if for while switch catch using lock foreach function new return else await throw elseif synchronized try do sizeof typeof fixed when base this super'.split(
    ' ',
  ),
);

export function functionsOf(tokens: readonly Token[], pairs: Int32Array, language: PageLanguage): PageFunction[] {
  return language === 'visual-basic' || language === 'vbscript'
    ? basicFunctions(tokens, pairs)
    : bracedFunctions(tokens, pairs, language);
}

function bracedFunctions(tokens: readonly Token[], pairs: Int32Array, language: PageLanguage): PageFunction[] {
  const found: PageFunction[] = [];
  const typed = language === 'csharp' || language === 'java';
  const contracts = typed ? contractsOf(tokens) : new Set<string>();
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind !== 'mark' || value !== '(') continue;
    const before = tokens[at - 1];
    if (before === undefined) continue;
    const name = nameOf(tokens, at, typed);
    if (name === null) continue;
    const close = pairs[at]!;
    const brace = bodyBegins(tokens, pairs, close + 1, typed);
    if (brace === -1) continue;
    found.push({
      id: found.length,
      name,
      parameters: parametersOf(tokens, at + 1, close, language),
      references: referencesOf(tokens, at + 1, close, language),
      from: brace + 1,
      to: Math.min(pairs[brace]!, tokens.length),
      published: (typed || language === 'jscript') && (publishedBefore(tokens, at) || contracts.has(name)),
      closure: language === 'jscript' || name === '' || before.value === 'function',
      property: false,
    });
  }
  arrowFunctions(tokens, pairs, language, found);
  if (language === 'csharp') getters(tokens, pairs, found);
  return found;
}

/** `x => …`, `(x, y) => { … }`, `T f(T x) => …`, `T X => …`; Java has another arrow. */
function arrowFunctions(tokens: readonly Token[], pairs: Int32Array, language: PageLanguage, found: PageFunction[]): void {
  const arrow = language === 'java' ? '->' : '=>';
  const opens = new Map<number, number>();
  for (const [at, close] of pairs.entries()) if (close !== -1 && tokens[at]!.value === '(') opens.set(close, at);
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind !== 'mark' || value !== arrow || at === 0) continue;
    const before = tokens[at - 1]!;
    const open = before.value === ')' && before.kind === 'mark' ? opens.get(at - 1) : undefined;
    if (open === undefined && (before.kind !== 'name' || language === 'php')) continue;
    // An arrow of PHP belongs to a list, but behind `fn (…)`.
    if (language === 'php' && tokens[open! - 1]?.value.toLowerCase() !== 'fn') continue;
    const head = headOf(tokens, at, open, language);
    const braced = tokens[at + 1]?.kind === 'mark' && tokens[at + 1]!.value === '{';
    found.push({
      id: found.length,
      name: head.name,
      parameters: open === undefined ? (head.property ? [] : [before.value]) : parametersOf(tokens, open + 1, at - 1, language),
      references: open === undefined ? new Set() : referencesOf(tokens, open + 1, at - 1, language),
      from: braced ? at + 2 : at + 1,
      to: braced ? Math.min(pairs[at + 1]!, tokens.length) : expressionEnds(tokens, pairs, at + 1),
      published: false,
      closure: head.name === '',
      property: head.property,
    });
  }
}

function headOf(
  tokens: readonly Token[],
  at: number,
  open: number | undefined,
  language: PageLanguage,
): { readonly name: string; readonly property: boolean } {
  if (language === 'csharp' && open !== undefined) return { name: nameOf(tokens, open, true) ?? '', property: false };
  const [before, type, brace] = [tokens[at - 1]!, tokens[at - 2], tokens[at - 3]];
  if (language !== 'csharp' || open !== undefined) return { name: '', property: false };
  if (before.value === 'get' && type?.value === '{' && brace?.kind === 'name') return { name: brace.value, property: true };
  if (type?.kind === 'name' && !/^(?:async|return|in|case|await|static)$/.test(type.value))
    return { name: before.value, property: true };
  return { name: '', property: false };
}

/** Where an expression ends that begins here. */
function expressionEnds(tokens: readonly Token[], pairs: Int32Array, from: number): number {
  for (let at = from; at < tokens.length; at++) {
    const { kind, value } = tokens[at]!;
    if (kind === 'end') return at;
    if (kind !== 'mark') continue;
    if (value === ',' || value === ';' || value === ')' || value === ']' || value === '}') return at;
    if (pairs[at]! > at) at = pairs[at]!;
  }
  return tokens.length;
}

/** `T X { get { … } }` */
function getters(tokens: readonly Token[], pairs: Int32Array, found: PageFunction[]): void {
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind !== 'name' || value !== 'get' || tokens[at + 1]?.value !== '{' || tokens[at - 1]?.value !== '{') continue;
    const name = tokens[at - 2];
    if (name?.kind !== 'name') continue;
    found.push({
      id: found.length,
      name: name.value,
      parameters: [],
      references: new Set(),
      from: at + 2,
      to: Math.min(pairs[at + 1]!, tokens.length),
      published: false,
      closure: false,
      property: true,
    });
  }
}

/** Names of methods that an interface publishes. */
function contractsOf(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind !== 'name' || value !== 'OperationContract') continue;
    for (let next = at + 1; next < at + 40 && next + 1 < tokens.length; next++) {
      if (tokens[next]!.kind !== 'name' || tokens[next + 1]!.value !== '(' || tokens[next - 1]!.kind !== 'name') continue;
      names.add(tokens[next]!.value);
      break;
    }
  }
  return names;
}

function nameOf(tokens: readonly Token[], at: number, typed: boolean): string | null {
  const before = tokens[at - 1]!;
  if (typed) {
    const type = tokens[at - 2];
    if (before.kind === 'name' && before.value === 'delegate') return '';
    if (before.kind !== 'name' || notFunctions.has(before.value) || type === undefined) return null;
    const isType = type.kind === 'name' ? !notFunctions.has(type.value) : type.value === '>' || type.value === ']';
    return isType ? before.value : null;
  }
  if (before.kind !== 'name') return null;
  if (before.value.toLowerCase() === 'function') {
    // Without a name: it is called by that of the variable it is put into.
    const to = tokens[at - 2];
    const variable = tokens[at - 3];
    return to?.value === '=' && variable?.kind === 'name' ? variable.value : '';
  }
  const word = tokens[at - 2];
  const isFunction =
    word?.value.toLowerCase() === 'function' || (word?.value === '&' && tokens[at - 3]?.value.toLowerCase() === 'function');
  return isFunction ? before.value : null;
}

/** Between the parameters and the body may stand a type, exceptions, what a closure takes along. */
function bodyBegins(tokens: readonly Token[], pairs: Int32Array, from: number, typed: boolean): number {
  for (let at = from; at < tokens.length && at < from + 40; at++) {
    const { kind, value } = tokens[at]!;
    if (kind === 'mark' && value === '{') return at;
    if (kind === 'mark' && value === '(') {
      if (pairs[at]! > at + 200) return -1;
      at = pairs[at]!;
    } else if (kind === 'end' || (kind === 'mark' && !':,?|.<>'.includes(value))) return -1;
    else if (kind === 'mark' && value === '.' && !typed) return -1;
  }
  return -1;
}

function parametersOf(tokens: readonly Token[], from: number, to: number, language: PageLanguage): string[] {
  const names: string[] = [];
  let last: string | null = null;
  let value = false;
  for (let at = from; at < to && at < tokens.length && names.length < 64; at++) {
    const token = tokens[at]!;
    if (token.kind === 'mark' && token.value === ',') {
      if (last !== null) names.push(last);
      last = null;
      value = false;
    } else if (token.kind === 'mark' && (token.value === '=' || (token.value === ':' && language === 'jscript'))) value = true;
    else if (token.kind === 'name' && !value && (language !== 'php' || token.value.startsWith('$'))) last = token.value;
  }
  if (last !== null) names.push(last);
  return names;
}

/** `&$x`, `ref x`, `out x`. */
function referencesOf(tokens: readonly Token[], from: number, to: number, language: PageLanguage): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = from; at < to && at < tokens.length && names.size < 64; at++) {
    const { kind, value } = tokens[at]!;
    if (language === 'php' && kind === 'mark' && value === '&' && tokens[at + 1]?.kind === 'name')
      names.add(tokens[at + 1]!.value);
    if (language === 'csharp' && kind === 'name' && (value === 'ref' || value === 'out'))
      for (let next = at + 1; next < to && tokens[next]!.value !== ','; next++)
        if (tokens[next]!.kind === 'name' && (next + 1 >= to || tokens[next + 1]!.value === ',')) names.add(tokens[next]!.value);
  }
  return names;
}

/** `[WebMethod]`, `[OperationContract]` and the like in the line before. */
function publishedBefore(tokens: readonly Token[], at: number): boolean {
  for (let back = at - 2; back >= 0 && back > at - 40; back--) {
    const { kind, value } = tokens[back]!;
    if (kind === 'mark' && (value === '}' || value === ';' || value === '{')) return false;
    if (
      kind === 'name' &&
      /^(?:WebMethod(?:Attribute)?|OperationContract|ScriptMethod|Http(?:Get|Post)|Route|GET|POST|Path|WebInvoke|WebGet)$/i.test(
        value,
      )
    )
      return true;
  }
  return false;
}

function basicFunctions(tokens: readonly Token[], pairs: Int32Array): PageFunction[] {
  const found: PageFunction[] = [];
  const word = (at: number): string => (tokens[at]?.kind === 'name' ? tokens[at].value.toLowerCase() : '');
  let open: {
    name: string;
    parameters: string[];
    references: ReadonlySet<string>;
    from: number;
    published: boolean;
    property: boolean;
  } | null = null;
  /** Of several lines, not ended yet. */
  const lambdas: Omit<PageFunction, 'id' | 'to'>[] = [];
  const close = (to: number): void => {
    if (open !== null) found.push({ id: found.length, ...open, to, closure: false });
    open = null;
  };
  for (let at = 0; at < tokens.length; at++) {
    const kind = word(at);
    if (kind === 'property' && word(at + 1) !== '') {
      const before = word(at - 1);
      if (before === 'end') close(at - 1);
      const begun = before === 'end' || before === 'exit' ? -1 : getBegins(tokens, at);
      if (begun === -1) continue;
      close(at);
      open = { name: word(at + 1), parameters: [], references: new Set(), from: begun, published: false, property: true };
      continue;
    }
    if (kind !== 'function' && kind !== 'sub') continue;
    const before = word(at - 1);
    if (before === 'end') {
      const inner = lambdas.pop();
      if (inner === undefined) close(at - 1);
      else found.push({ id: found.length, ...inner, to: at - 1 });
      continue;
    }
    if (tokens[at + 1]?.kind === 'mark' && tokens[at + 1]!.value === '(' && before !== 'exit') {
      const bracket = Math.min(pairs[at + 1]!, tokens.length);
      const lambda = {
        name: '',
        parameters: basicParameters(tokens, at + 2, Math.min(bracket, at + 400)),
        references: new Set<string>(),
        from: bracket + 1,
        published: false,
        closure: true,
        property: false,
      };
      if (tokens[bracket + 1]?.kind !== 'end')
        found.push({ id: found.length, ...lambda, to: expressionEnds(tokens, pairs, bracket + 1) });
      else if (lambdas.length < 64) lambdas.push(lambda);
      continue;
    }
    if (
      before === 'exit' ||
      before === 'declare' ||
      before === 'delegate' ||
      before === 'ansi' ||
      before === 'auto' ||
      before === 'unicode'
    )
      continue;
    const name = word(at + 1);
    if (name === '') continue;
    close(at);
    const parens = tokens[at + 2]?.value === '(' ? at + 2 : -1;
    const end = parens === -1 ? at + 1 : Math.min(pairs[parens]!, parens + 400);
    open = {
      name,
      parameters: parens === -1 ? [] : basicParameters(tokens, parens + 1, end),
      references: parens === -1 ? new Set() : basicReferences(tokens, parens + 1, end),
      from: end + 1,
      published: publishedBasic(tokens, at),
      property: false,
    };
  }
  close(tokens.length);
  return found;
}

/** `Property X As T`, and `Get` on a line of its own; -1: it has none near by. */
function getBegins(tokens: readonly Token[], at: number): number {
  for (let next = at + 1; next < at + 40 && next < tokens.length; next++)
    if (tokens[next]!.kind === 'name' && /^get$/i.test(tokens[next]!.value) && tokens[next - 1]!.kind === 'end') return next + 1;
  return -1;
}

function basicReferences(tokens: readonly Token[], from: number, to: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = from; at < to && at < tokens.length && names.size < 64; at++)
    if (tokens[at]!.value.toLowerCase() === 'byref' && tokens[at + 1]?.kind === 'name')
      names.add(tokens[at + 1]!.value.toLowerCase());
  return names;
}

function basicParameters(tokens: readonly Token[], from: number, to: number): string[] {
  const names: string[] = [];
  let waiting = true;
  for (let at = from; at < to && at < tokens.length && names.length < 64; at++) {
    const token = tokens[at]!;
    if (token.kind === 'mark' && token.value === ',') waiting = true;
    else if (waiting && token.kind === 'name' && !/^(?:byval|byref|optional|paramarray)$/i.test(token.value)) {
      names.push(token.value.toLowerCase());
      waiting = false;
    }
  }
  return names;
}

function publishedBasic(tokens: readonly Token[], at: number): boolean {
  for (let back = at - 1; back >= 0 && back > at - 24; back--) {
    const { kind, value } = tokens[back]!;
    if (kind === 'name' && /^(?:WebMethod|OperationContract)$/i.test(value)) return true;
    if (kind === 'name' && /^(?:end|dim)$/i.test(value)) return false;
  }
  return false;
}
