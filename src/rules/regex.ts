/**
 * Regular expressions in linear time. What they are run on was written by intruders, so there is no backtracking at all: all
 * states are followed at once (Thompson 1968), and the time is at most length of the text times size of the pattern.
 * Left out: look-around, back references, `\p{…}` (they need backtracking or tables); each is an error with its place.
 * Whole in one file: syntax, program and run are one idea and of no use apart.
 * @see https://swtch.com/~rsc/regexp/regexp1.html
 */

export class RegexError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface CharSet {
  /** Pairs of first and last UTF-16 unit, both included. */
  readonly ranges: readonly (readonly [number, number])[];
  readonly negated: boolean;
}

type Node =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'begin' | 'end' | 'edge' | 'no_edge' };

const longestPattern = 2000;
const mostRepeats = 1000;
const mostInstructions = 5000;
const deepest = 50;

const digits: CharSet['ranges'] = [[48, 57]];
const words: CharSet['ranges'] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const spaces: CharSet['ranges'] = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const lineEnds: CharSet['ranges'] = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

function complement(ranges: CharSet['ranges']): [number, number][] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
  const rest: [number, number][] = [];
  let from = 0;
  for (const [first, last] of sorted) {
    if (first > from) rest.push([from, first - 1]);
    from = Math.max(from, last + 1);
  }
  if (from <= 0xffff) rest.push([from, 0xffff]);
  return rest;
}

class Parser {
  readonly #source: string;
  #at = 0;
  #depth = 0;
  ignoreCase: boolean;
  dotAll: boolean;

  constructor(source: string, ignoreCase: boolean, dotAll: boolean) {
    this.#source = source;
    this.ignoreCase = ignoreCase;
    this.dotAll = dotAll;
  }

  parse(): Node {
    const flags = /^\(\?([a-z]+)\)/.exec(this.#source);
    if (flags) {
      for (const flag of flags[1]!) {
        if (flag === 'i') this.ignoreCase = true;
        else if (flag === 's') this.dotAll = true;
        else throw new RegexError(`the flag \`${flag}\` is not supported`, 2);
      }
      this.#at = flags[0].length;
    }
    const whole = this.#alternatives();
    if (this.#at < this.#source.length) throw new RegexError('this `)` closes nothing', this.#at);
    return whole;
  }

  #peek(): string | undefined {
    return this.#source[this.#at];
  }

  #alternatives(): Node {
    if (++this.#depth > deepest) throw new RegexError('groups are nested too deep', this.#at);
    const branches: Node[] = [];
    for (;;) {
      const sequence: Node[] = [];
      while (this.#peek() !== undefined && this.#peek() !== '|' && this.#peek() !== ')') sequence.push(this.#repeated());
      branches.push(sequence.length === 1 ? sequence[0]! : { kind: 'all', of: sequence });
      if (this.#peek() !== '|') break;
      this.#at++;
    }
    this.#depth--;
    return branches.length === 1 ? branches[0]! : { kind: 'any', of: branches };
  }

  #repeated(): Node {
    const start = this.#at;
    let node = this.#single();
    for (let times = 0; ; times++) {
      const rest = this.#source.slice(this.#at);
      const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
      let min: number;
      let max: number;
      if (counted) {
        min = Number(counted[1]);
        max = counted[2] === undefined ? min : counted[3] === '' ? Infinity : Number(counted[3]);
        if (min > mostRepeats || (max !== Infinity && max > mostRepeats)) {
          throw new RegexError(`more than ${mostRepeats} repetitions`, this.#at);
        }
        if (max < min) throw new RegexError('the second number is smaller than the first', this.#at);
      } else if (rest.startsWith('*')) [min, max] = [0, Infinity];
      else if (rest.startsWith('+')) [min, max] = [1, Infinity];
      else if (rest.startsWith('?')) [min, max] = [0, 1];
      else return node;
      if (times > 0) throw new RegexError('there is nothing to repeat here', this.#at);
      if (/^(?:\^|\$|\\[bB])$/.test(this.#source.slice(start, this.#at))) {
        throw new RegexError('a place cannot be repeated', start);
      }
      this.#at += counted ? counted[0].length : 1;
      // Lazy or greedy makes no difference to whether there is a match.
      if (this.#peek() === '?') this.#at++;
      node = { kind: 'repeat', of: node, min, max };
    }
  }

  #single(): Node {
    const at = this.#at;
    const character = this.#source[this.#at++]!;
    switch (character) {
      case '(': {
        if (this.#peek() === '?') {
          if (this.#source[this.#at + 1] !== ':') {
            throw new RegexError('look-around, named groups and flags inside the pattern are not supported', at);
          }
          this.#at += 2;
        }
        const inner = this.#alternatives();
        if (this.#peek() !== ')') throw new RegexError('this `(` is never closed', at);
        this.#at++;
        return inner;
      }
      case '[':
        return { kind: 'set', set: this.#class(at) };
      case '.':
        return { kind: 'set', set: { ranges: this.dotAll ? [] : lineEnds, negated: true } };
      case '^':
        return { kind: 'begin' };
      case '$':
        return { kind: 'end' };
      case '*':
      case '+':
      case '?':
        throw new RegexError('there is nothing to repeat here', at);
      case '\\':
        if (this.#peek() === 'b' || this.#peek() === 'B') return { kind: this.#source[this.#at++] === 'b' ? 'edge' : 'no_edge' };
        return { kind: 'set', set: { ranges: this.#escape(at), negated: false } };
      default:
        return { kind: 'set', set: { ranges: [[character.charCodeAt(0), character.charCodeAt(0)]], negated: false } };
    }
  }

  /** After a backslash. */
  #escape(at: number): CharSet['ranges'] {
    const character = this.#source[this.#at++];
    if (character === undefined) throw new RegexError('a backslash at the end', at);
    switch (character) {
      case 'd':
        return digits;
      case 'D':
        return complement(digits);
      case 'w':
        return words;
      case 'W':
        return complement(words);
      case 's':
        return spaces;
      case 'S':
        return complement(spaces);
      default:
    }
    const hex = character === 'x' ? 2 : character === 'u' ? 4 : 0;
    if (hex > 0) {
      const digitsHere = this.#source.slice(this.#at, this.#at + hex);
      if (!new RegExp(`^[0-9a-fA-F]{${hex}}$`).test(digitsHere))
        throw new RegexError(`\`\\${character}\` needs ${hex} hexadecimal digits`, at);
      this.#at += hex;
      const code = Number.parseInt(digitsHere, 16);
      return [[code, code]];
    }
    const control = controls[character];
    if (control !== undefined) return [[control, control]];
    if (/[a-zA-Z1-9]/.test(character)) throw new RegexError(`\`\\${character}\` is not supported`, at);
    return [[character.charCodeAt(0), character.charCodeAt(0)]];
  }

  #class(open: number): CharSet {
    const negated = this.#peek() === '^';
    if (negated) this.#at++;
    const ranges: [number, number][] = [];
    for (;;) {
      const at = this.#at;
      const character = this.#source[this.#at++];
      if (character === undefined) throw new RegexError('this `[` is never closed', open);
      if (character === ']') return { ranges, negated };
      const first = character === '\\' ? this.#classEscape(at) : ([[character.charCodeAt(0), character.charCodeAt(0)]] as const);
      const next = this.#source[this.#at + 1];
      if (this.#peek() === '-' && next !== undefined && next !== ']') {
        this.#at++;
        const lastAt = this.#at;
        const lastCharacter = this.#source[this.#at++]!;
        const last =
          lastCharacter === '\\'
            ? this.#classEscape(lastAt)
            : ([[lastCharacter.charCodeAt(0), lastCharacter.charCodeAt(0)]] as const);
        const from = first[0]![0];
        const to = last[0]![0];
        if (first.length !== 1 || first[0]![1] !== from || last.length !== 1 || last[0]![1] !== to) {
          throw new RegexError('a class cannot be the end of a range', at);
        }
        if (to < from) throw new RegexError('the range runs backwards', at);
        ranges.push([from, to]);
      } else for (const [from, to] of first) ranges.push([from, to]);
    }
  }

  #classEscape(at: number): CharSet['ranges'] {
    if (this.#peek() === 'b') {
      this.#at++;
      return [[8, 8]];
    }
    return this.#escape(at);
  }
}

const CHAR = 0;
const SPLIT = 1;
const JUMP = 2;
const BEGIN = 3;
const END = 4;
const EDGE = 5;
const NO_EDGE = 6;
const MATCH = 7;

interface Instruction {
  readonly op: number;
  x: number;
  y: number;
  readonly holds: ((unit: number) => boolean) | null;
}

function otherCases(unit: number): number[] {
  const character = String.fromCharCode(unit);
  return [character.toLowerCase(), character.toUpperCase()].filter((text) => text.length === 1).map((text) => text.charCodeAt(0));
}

/** Membership of one UTF-16 unit: a table for ASCII, ranges above. */
function membership({ ranges, negated }: CharSet, ignoreCase: boolean): (unit: number) => boolean {
  const inRanges = (unit: number): boolean => ranges.some(([first, last]) => unit >= first && unit <= last);
  const member = (unit: number): boolean => {
    if (inRanges(unit)) return !negated;
    // Nothing outside ASCII counts as a form of an ASCII letter (JavaScript without the flag `u` does the same).
    const found = ignoreCase && otherCases(unit).some((form) => form < 128 === unit < 128 && inRanges(form));
    return found !== negated;
  };
  const ascii = Uint8Array.from({ length: 128 }, (_, unit) => (member(unit) ? 1 : 0));
  return (unit) => (unit < 128 ? ascii[unit] === 1 : member(unit));
}

function assemble(node: Node, ignoreCase: boolean): Instruction[] {
  const program: Instruction[] = [];
  const emit = (op: number, holds: Instruction['holds'] = null): Instruction => {
    if (program.length >= mostInstructions)
      throw new RegexError('the pattern is too large once its repetitions are written out', 0);
    const instruction = { op, x: 0, y: 0, holds };
    program.push(instruction);
    return instruction;
  };
  const put = (part: Node): void => {
    switch (part.kind) {
      case 'set':
        emit(CHAR, membership(part.set, ignoreCase));
        break;
      case 'all':
        for (const child of part.of) put(child);
        break;
      case 'any': {
        const exits: Instruction[] = [];
        for (const [i, child] of part.of.entries()) {
          if (i === part.of.length - 1) {
            put(child);
            break;
          }
          const split = emit(SPLIT);
          split.x = program.length;
          put(child);
          exits.push(emit(JUMP));
          split.y = program.length;
        }
        for (const exit of exits) exit.x = program.length;
        break;
      }
      case 'repeat': {
        for (let i = 0; i < part.min; i++) put(part.of);
        if (part.max === Infinity) {
          const split = emit(SPLIT);
          const at = program.length - 1;
          split.x = program.length;
          put(part.of);
          emit(JUMP).x = at;
          split.y = program.length;
          break;
        }
        const splits: Instruction[] = [];
        for (let i = part.min; i < part.max; i++) {
          const split = emit(SPLIT);
          split.x = program.length;
          splits.push(split);
          put(part.of);
        }
        for (const split of splits) split.y = program.length;
        break;
      }
      case 'begin':
        emit(BEGIN);
        break;
      case 'end':
        emit(END);
        break;
      case 'edge':
        emit(EDGE);
        break;
      case 'no_edge':
        emit(NO_EDGE);
        break;
    }
  };
  put(node);
  emit(MATCH);
  return program;
}

const isWord = (unit: number): boolean => words.some(([first, last]) => unit >= first && unit <= last);

/** @throws {RegexError} with the place in the pattern. */
export function compileRegex(source: string, ignoreCase = false, dotAll = false): (text: string) => boolean {
  if (source.length > longestPattern) throw new RegexError(`the pattern is longer than ${longestPattern} characters`, 0);
  const parser = new Parser(source, ignoreCase, dotAll);
  const node = parser.parse();
  const program = assemble(node, parser.ignoreCase);
  const seen = new Uint32Array(program.length);
  let generation = 0;
  let now = new Int32Array(program.length);
  let then = new Int32Array(program.length);
  const stack = new Int32Array(program.length * 2 + 2);
  const turn = (): void => {
    if (++generation > 0xfffffff0) {
      seen.fill(0);
      generation = 1;
    }
  };

  return (text) => {
    let nowCount = 0;
    let matched = false;
    /** Follows everything that takes no character; collects the states that wait for one. */
    const reach = (into: Int32Array, count: number, start: number, at: number): number => {
      let top = 0;
      stack[top++] = start;
      while (top > 0) {
        const pc = stack[--top]!;
        if (seen[pc] === generation) continue;
        seen[pc] = generation;
        const { op, x, y } = program[pc]!;
        switch (op) {
          case CHAR:
            into[count++] = pc;
            break;
          case SPLIT:
            stack[top++] = y;
            stack[top++] = x;
            break;
          case JUMP:
            stack[top++] = x;
            break;
          case BEGIN:
            if (at === 0) stack[top++] = pc + 1;
            break;
          case END:
            if (at === text.length) stack[top++] = pc + 1;
            break;
          case EDGE:
          case NO_EDGE: {
            const before = at > 0 && isWord(text.charCodeAt(at - 1));
            const after = at < text.length && isWord(text.charCodeAt(at));
            if ((before !== after) === (op === EDGE)) stack[top++] = pc + 1;
            break;
          }
          default:
            matched = true;
        }
      }
      return count;
    };
    turn();
    for (let at = 0; ; at++) {
      // A match may begin at every place.
      nowCount = reach(now, nowCount, 0, at);
      if (matched) return true;
      if (at >= text.length) return false;
      const unit = text.charCodeAt(at);
      turn();
      let thenCount = 0;
      for (let i = 0; i < nowCount; i++) {
        const pc = now[i]!;
        if (program[pc]!.holds!(unit)) thenCount = reach(then, thenCount, pc + 1, at + 1);
        if (matched) return true;
      }
      [now, then] = [then, now];
      nowCount = thenCount;
    }
  };
}
