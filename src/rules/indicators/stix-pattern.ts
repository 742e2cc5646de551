/**
 * Patterns of STIX 2: parsed whole, so that what may be taken out of one is known. A comparison can be matched alone when nothing of the
 * pattern is needed beside it; of others of one file its hash says all.
 * @see https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_e8slinrhxcc9 (STIX Patterning)
 */

export interface Comparison {
  /** `ipv4-addr`, `file` … */
  readonly object: string;
  /** What follows the colon, with `'` taken off: `value`, `hashes.SHA-256`, `dst_ref.value`. */
  readonly property: string;
  /** `=`, `IN`, `LIKE`, `MATCHES`, `ISSUBSET`, `EXISTS`, `<` … */
  readonly operator: string;
  readonly values: readonly string[];
  readonly negated: boolean;
  /** Nothing beside it is needed. */
  readonly alone: boolean;
  /** Needed together with others that all speak of the same object's file: a hash among them says all. */
  readonly sameFile: boolean;
}

export interface Pattern {
  readonly comparisons: readonly Comparison[];
  /** `START t'…' STOP t'…'`. */
  readonly start: string | null;
  readonly stop: string | null;
}

interface Draft extends Omit<Comparison, 'alone' | 'sameFile'> {
  alone: boolean;
  sameFile: boolean;
}

/** Longer patterns, deeper brackets and more comparisons are refused, not guessed at. */
export const patternLimits = { characters: 1 << 20, depth: 64, comparisons: 20_000 } as const;

export class PatternError extends Error {
  override readonly name = 'PatternError';
}

type Token = { readonly kind: 'word' | 'text' | 'mark' | 'end'; readonly text: string };

function* tokens(text: string): Generator<Token> {
  const rest = /\s*/y;
  const word = /[A-Za-z_][\w-]*(?::[\w-]+(?:\.[\w-]+|\.'(?:[^'\\]|\\.)*'|\[(?:\d+|\*)\])*|:'(?:[^'\\]|\\.)*'(?:\.[\w-]+)*)?/y;
  const number = /[+-]?\d+(?:\.\d+)?/y;
  for (let at = 0; at < text.length;) {
    rest.lastIndex = at;
    rest.exec(text);
    at = Math.max(at, rest.lastIndex);
    if (at >= text.length) break;
    const prefixed = /^[bhtx]'/.test(text.slice(at, at + 2));
    if (text[at] === "'" || prefixed) {
      let value = '';
      let i = at + (prefixed ? 2 : 1);
      for (; i < text.length && text[i] !== "'"; i++) {
        if (text[i] === '\\') i++;
        value += text[i] ?? '';
      }
      if (i >= text.length) throw new PatternError('a text does not end');
      at = i + 1;
      yield { kind: 'text', text: value };
      continue;
    }
    word.lastIndex = at;
    number.lastIndex = at;
    const found =
      word.exec(text)?.[0] ?? number.exec(text)?.[0] ?? /^(?:<=|>=|!=|<>|==|[[\]()=<>,])/.exec(text.slice(at, at + 2))?.[0];
    if (found === undefined) throw new PatternError(`nothing that a pattern holds: ${text.slice(at, at + 20)}`);
    at += found.length;
    yield { kind: /^[A-Za-z_\d+-]/.test(found) ? 'word' : 'mark', text: found };
  }
}

const operators = /^(?:=|==|!=|<>|<=|>=|<|>|IN|LIKE|MATCHES|ISSUBSET|ISSUPERSET)$/i;

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  start: string | null = null;
  stop: string | null = null;
  readonly all: Draft[] = [];

  constructor(text: string) {
    this.#tokens = [...tokens(text)];
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #is(text: string): boolean {
    const { kind, text: here } = this.#peek();
    return kind !== 'text' && here.toUpperCase() === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new PatternError(`${text} is missing before ${this.#peek().text.slice(0, 20) || 'the end'}`);
  }

  #deeper<T>(work: () => T): T {
    if (++this.#depth > patternLimits.depth) throw new PatternError('brackets stand too deep');
    const result = work();
    this.#depth--;
    return result;
  }

  /** Observations: FOLLOWEDBY, OR, AND, each weaker than the one behind it. */
  observations(): Draft[] {
    const parts = [this.#andedObservations()];
    let needed = false;
    for (;;) {
      if (this.#take('OR')) parts.push(this.#andedObservations());
      else if (this.#take('FOLLOWEDBY')) {
        needed = true;
        parts.push(this.#andedObservations());
      } else break;
    }
    const found = parts.flat();
    if (needed) dependent(found);
    return found;
  }

  #andedObservations(): Draft[] {
    const parts = [this.#observation()];
    while (this.#take('AND')) parts.push(this.#observation());
    const found = parts.flat();
    if (parts.length > 1) dependent(found);
    return found;
  }

  #observation(): Draft[] {
    let found: Draft[];
    if (this.#take('(')) {
      found = this.#deeper(() => this.observations());
      this.#need(')');
    } else {
      this.#need('[');
      found = this.#comparisons();
      this.#need(']');
    }
    for (;;) {
      if (this.#take('WITHIN')) {
        this.#at++;
        this.#need('SECONDS');
      } else if (this.#take('REPEATS')) {
        const times = Number(this.#peek().text);
        this.#at++;
        this.#need('TIMES');
        if (times > 1) dependent(found);
      } else if (this.#take('START')) {
        this.start = this.#peek().text;
        this.#at++;
        this.#need('STOP');
        this.stop = this.#peek().text;
        this.#at++;
      } else return found;
    }
  }

  #comparisons(): Draft[] {
    const parts = [this.#anded()];
    while (this.#take('OR')) parts.push(this.#anded());
    return parts.flat();
  }

  #anded(): Draft[] {
    const parts = [this.#comparison()];
    while (this.#take('AND')) parts.push(this.#comparison());
    const found = parts.flat();
    if (parts.length > 1) {
      const file = found.every(({ object }) => object === 'file');
      // Within brackets a choice may stand: what is certain of one hash is not of two to choose from.
      const certain = parts.every((part) => part.length === 1);
      for (const one of found) {
        one.sameFile = file && certain && (one.alone || one.sameFile);
        one.alone = false;
      }
    }
    return found;
  }

  #comparison(): Draft[] {
    if (this.#take('(')) {
      const found = this.#deeper(() => this.#comparisons());
      this.#need(')');
      return found;
    }
    if (this.all.length >= patternLimits.comparisons) throw new PatternError('more comparisons than are read');
    const exists = this.#take('EXISTS');
    let negated = this.#take('NOT');
    const path = this.#peek();
    const colon = path.text.indexOf(':');
    if (path.kind !== 'word' || colon === -1) throw new PatternError(`no property: ${path.text.slice(0, 40)}`);
    this.#at++;
    const place = { object: path.text.slice(0, colon).toLowerCase(), property: path.text.slice(colon + 1).replaceAll("'", '') };
    if (exists) return this.#keep({ ...place, operator: 'EXISTS', values: [], negated });
    if (this.#take('NOT')) negated = !negated;
    const operator = this.#peek().text.toUpperCase();
    if (this.#peek().kind === 'text' || !operators.test(operator))
      throw new PatternError(`no comparison: ${operator.slice(0, 20)}`);
    this.#at++;
    const values: string[] = [];
    if (operator === 'IN') {
      this.#need('(');
      do values.push(this.#value());
      while (this.#take(','));
      this.#need(')');
    } else values.push(this.#value());
    const unequal = operator === '!=' || operator === '<>';
    return this.#keep({
      ...place,
      operator: operator === '==' || unequal ? '=' : operator,
      values,
      negated: negated !== unequal,
    });
  }

  #value(): string {
    const { kind, text } = this.#peek();
    if (kind === 'mark' || kind === 'end') throw new PatternError('a value is missing');
    this.#at++;
    return text;
  }

  #keep(one: Omit<Comparison, 'alone' | 'sameFile'>): Draft[] {
    const draft: Draft = { ...one, alone: true, sameFile: false };
    this.all.push(draft);
    return [draft];
  }
}

function dependent(found: readonly Draft[]): void {
  for (const one of found) {
    one.alone = false;
    one.sameFile = false;
  }
}

/** @throws {PatternError} what it says is all that is known of the place */
export function parsePattern(text: string): Pattern {
  if (text.length > patternLimits.characters) throw new PatternError('longer than is read');
  const parser = new Parser(text);
  parser.observations();
  if (!parser.done) throw new PatternError('something stands behind its end');
  return { comparisons: parser.all, start: parser.start, stop: parser.stop };
}
