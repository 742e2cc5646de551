/** One file of signatures → its rules with the places of their parts: as much of YARA's grammar as scanning in groups needs. */
import { type Token, tokensOf } from './lexer.ts';

export interface PatternDefinition {
  /** With its `$`; anonymous ones are all `$`. */
  readonly name: string;
  /** From the name to the last modifier. */
  readonly text: string;
  readonly value: Token;
  readonly modifiers: readonly string[];
}

export interface SourceRule {
  readonly name: string;
  readonly private: boolean;
  readonly global: boolean;
  /** From its first modifier to its closing brace. */
  readonly at: number;
  readonly end: number;
  readonly line: number;
  readonly patterns: readonly PatternDefinition[];
  readonly condition: readonly Token[];
}

export interface SourceOutline {
  readonly rules: readonly SourceRule[];
  /** Places behind the name of an `import`. */
  readonly imports: readonly { readonly module: string; readonly at: number; readonly end: number }[];
  /** Places of `include`. */
  readonly includes: readonly { readonly at: number; readonly end: number }[];
}

const modifierWords: ReadonlySet<string> = new Set([
  'wide',
  'ascii',
  'nocase',
  'fullword',
  'private',
  'xor',
  'base64',
  'base64wide',
]);

class Reading {
  readonly tokens: readonly Token[];
  at = 0;
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }
  is(text: string): boolean {
    return this.peek()?.text === text && this.peek()!.kind !== 'text';
  }
  take(): Token {
    const token = this.tokens[this.at];
    if (token === undefined || token.kind === 'odd') throw new OutlineError();
    this.at++;
    return token;
  }
  want(text: string): Token {
    if (!this.is(text)) throw new OutlineError();
    return this.take();
  }
}

class OutlineError extends Error {
  override readonly name = 'OutlineError';
}

/** null: this is not YARA as far as we know it; only the engine can say what it is. */
export function outlineOf(source: string): SourceOutline | null {
  const reading = new Reading(tokensOf(source));
  const rules: SourceRule[] = [];
  const imports: { module: string; at: number; end: number }[] = [];
  const includes: { at: number; end: number }[] = [];
  const lineOf = lineCounter(source);
  try {
    while (reading.peek() !== undefined) {
      const first = reading.take();
      if (first.text === 'import' || first.text === 'include') {
        const named = reading.take();
        if (named.kind !== 'text') return null;
        if (first.text === 'import') imports.push({ module: named.text.slice(1, -1), at: first.at, end: named.end });
        else includes.push({ at: first.at, end: named.end });
        continue;
      }
      reading.at--;
      rules.push(ruleOf(reading, source, lineOf));
    }
  } catch (error) {
    if (error instanceof OutlineError) return null;
    throw error;
  }
  return { rules, imports, includes };
}

/** Lines are asked for in ascending order. */
function lineCounter(source: string): (at: number) => number {
  let line = 1;
  let from = 0;
  return (at) => {
    for (let next = source.indexOf('\n', from); next !== -1 && next < at; next = source.indexOf('\n', from)) {
      line++;
      from = next + 1;
    }
    return line;
  };
}

function ruleOf(reading: Reading, source: string, lineOf: (at: number) => number): SourceRule {
  const { at } = reading.peek()!;
  let isPrivate = false;
  let isGlobal = false;
  for (;;) {
    const word = reading.take();
    if (word.text === 'private') isPrivate = true;
    else if (word.text === 'global') isGlobal = true;
    else if (word.text === 'rule') break;
    else throw new OutlineError();
  }
  const named = reading.take();
  if (named.kind !== 'word') throw new OutlineError();
  if (reading.is(':')) while (!reading.is('{')) reading.take();
  reading.want('{');
  if (reading.is('meta')) {
    reading.take();
    reading.want(':');
    while (reading.peek(1)?.text !== ':') reading.take();
  }
  const patterns: PatternDefinition[] = [];
  if (reading.is('strings')) {
    reading.take();
    reading.want(':');
    while (reading.peek()?.kind === 'pattern') patterns.push(patternOf(reading, source));
  }
  reading.want('condition');
  reading.want(':');
  const condition: Token[] = [];
  for (let token = reading.take(); ; token = reading.take()) {
    if (token.text === '}' && token.kind === 'sign')
      return {
        name: named.text,
        private: isPrivate,
        global: isGlobal,
        at,
        end: token.end,
        line: lineOf(at),
        patterns,
        condition,
      };
    condition.push(token);
  }
}

function patternOf(reading: Reading, source: string): PatternDefinition {
  const name = reading.take();
  reading.want('=');
  const value = reading.take();
  if (value.kind !== 'text' && value.kind !== 'regex' && value.kind !== 'hex') throw new OutlineError();
  const modifiers: string[] = [];
  let { end } = value;
  while (reading.peek()?.kind === 'word' && modifierWords.has(reading.peek()!.text)) {
    const word = reading.take();
    modifiers.push(word.text);
    end = word.end;
    if (reading.is('(')) {
      while (!reading.is(')')) reading.take();
      end = reading.take().end;
    }
  }
  return { name: name.text, text: source.slice(name.at, end), value, modifiers };
}
