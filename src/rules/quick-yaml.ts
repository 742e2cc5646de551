/**
 * YAML as nearly all rules are written: one document of maps and lists in lines, plain and quoted values on one line, texts behind `|`. It is
 * read in one pass, ten times as fast as the library reads it, into the same nodes. Whatever is not exactly so, or may be wrong, is
 * left to the library (null), which says what it is.
 * @see https://yaml.org/spec/1.2.2/
 */
import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** Letters that begin no plain value, or none here. */
const begins = /[-?:,[\]{}#&*!|>'"%@` ~]/;
const keyShape = /[A-Za-z_][\w.|-]*(?=:[ \n])/y;
const singleQuoted = /'((?:[^'\n]|'')*)'/y;
const doubleQuoted = /"([^"\\\n]*)"/y;
/** What may stand behind a value in its line. */
const behind = / *(?: #.*)?\n/y;
/** Words that are no text. */
const otherWords: ReadonlyMap<string, boolean | null> = new Map([
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const likeNumber = /^[+.\d]/;
const plainNumber = /^(?:0|[1-9]\d{0,14})$/;
const otherNumber =
  /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** What begins or ends documents. */
const documentMark = /^(?:---|\.\.\.|%)/m;
const deepest = 32;

/** The lines are not what this reads. */
class Unusual extends Error {}
const unusualLine = new Unusual();

/** The map that a document is; null: the library has to look at it. */
export function quickYaml(text: string): Node | null {
  if (!text.endsWith('\n') || documentMark.test(text) || !hasPlainCharacters(text)) return null;
  try {
    const reader = new Reader(text);
    return reader.document();
  } catch (error) {
    if (error === unusualLine) return null;
    throw error;
  }
}

/** None of those that are written in other ways, end lines in other ways, or may not stand in YAML. */
function hasPlainCharacters(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 ? code !== 0x0a : code > 0x7e && (code <= 0xa0 || code === 0x2028 || code === 0x2029 || code >= 0xfeff))
      return false;
  }
  return true;
}

class Reader {
  readonly #text: string;
  /** Where the line at hand begins, and its first character that is no blank; at the end: the length of the text. */
  #line = 0;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#take(0);
  }

  document(): Node {
    if (this.#at >= this.#text.length || this.#at !== this.#line) throw unusualLine;
    const map = this.#map(0);
    if (this.#at < this.#text.length) throw unusualLine;
    return map;
  }

  /** Goes to the next line that says something, from the beginning of a line on. */
  #take(from: number): void {
    const text = this.#text;
    let line = from;
    while (line < text.length) {
      let at = line;
      while (text.charCodeAt(at) === 0x20) at++;
      const code = text.charCodeAt(at);
      if (code !== 0x0a && code !== 0x23) {
        this.#line = line;
        this.#at = at;
        return;
      }
      line = text.indexOf('\n', at) + 1;
    }
    this.#line = this.#at = text.length;
  }

  get #indent(): number {
    return this.#at - this.#line;
  }

  #isEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** A list goes on here. */
  #isItem(): boolean {
    return this.#text.charCodeAt(this.#at) === 0x2d && this.#text.charCodeAt(this.#at + 1) === 0x20;
  }

  /** From its first key, which stands at {@link #at}, so many characters from the beginning of its line. */
  #map(indent: number): YAMLMap {
    if (++this.#depth > deepest) throw unusualLine;
    const text = this.#text;
    const map = new YAMLMap();
    const start = this.#at;
    do {
      keyShape.lastIndex = this.#at;
      const [key] = keyShape.exec(text) ?? [];
      if (key === undefined || otherWords.has(key)) throw unusualLine;
      const end = this.#at + key.length;
      const name = scalar(key, this.#at, end, 'PLAIN', key);
      map.items.push(new Pair(name, this.#value(end + 1, indent)));
      if (!this.#isEnd() && this.#indent > indent) throw unusualLine;
    } while (!this.#isEnd() && this.#indent === indent);
    map.range = [start, text.length, text.length];
    this.#depth--;
    return map;
  }

  #list(indent: number): YAMLSeq {
    if (++this.#depth > deepest) throw unusualLine;
    const text = this.#text;
    const list = new YAMLSeq();
    const start = this.#at;
    while (!this.#isEnd() && this.#indent === indent && this.#isItem()) {
      let at = this.#at + 1;
      while (text.charCodeAt(at) === 0x20) at++;
      keyShape.lastIndex = at;
      if (keyShape.test(text)) {
        const column = at - this.#line;
        this.#at = at;
        list.items.push(this.#map(column));
      } else list.items.push(this.#scalar(at, indent));
      if (!this.#isEnd() && this.#indent > indent) throw unusualLine;
    }
    list.range = [start, text.length, text.length];
    this.#depth--;
    return list;
  }

  /** What stands behind the colon of a key. */
  #value(from: number, indent: number): Node {
    const text = this.#text;
    let at = from;
    while (text.charCodeAt(at) === 0x20) at++;
    const code = text.charCodeAt(at);
    if (code === 0x7c) return this.#literal(at, indent);
    if (code !== 0x0a) return this.#scalar(at, indent);
    this.#take(at + 1);
    if (!this.#isEnd()) {
      if (this.#isItem() && this.#indent >= indent) return this.#list(this.#indent);
      if (this.#indent > indent) return this.#map(this.#indent);
    }
    // Blanks before the line end would make it stand elsewhere.
    if (at !== from) throw unusualLine;
    return scalar(null, from, from, 'PLAIN', '');
  }

  /** A value in its line, which nothing but a remark follows. */
  #scalar(at: number, indent: number): Node {
    const text = this.#text;
    const code = text.charCodeAt(at);
    let node: Scalar;
    if (code === 0x27 || code === 0x22) {
      const shape = code === 0x27 ? singleQuoted : doubleQuoted;
      shape.lastIndex = at;
      const found = shape.exec(text);
      if (found === null) throw unusualLine;
      const inside = found[1]!;
      node =
        code === 0x27
          ? scalar(inside.includes("''") ? inside.replaceAll("''", "'") : inside, at, shape.lastIndex, 'QUOTE_SINGLE', inside)
          : scalar(inside, at, shape.lastIndex, 'QUOTE_DOUBLE', inside);
      behind.lastIndex = shape.lastIndex;
      if (!behind.test(text)) throw unusualLine;
    } else node = this.#plain(at);
    this.#take(text.indexOf('\n', at) + 1);
    // It may go on in the next line.
    if (!this.#isEnd() && this.#indent > indent) throw unusualLine;
    return node;
  }

  #plain(at: number): Scalar {
    const text = this.#text;
    if (begins.test(text.charAt(at))) throw unusualLine;
    const line = text.slice(at, text.indexOf('\n', at));
    const remark = line.indexOf(' #');
    const value = withoutBlanksBehind(remark === -1 ? line : line.slice(0, remark));
    if (value === '' || value.includes(': ') || value.endsWith(':')) throw unusualLine;
    const end = at + value.length;
    const other = otherWords.get(value);
    if (other !== undefined) return scalar(other, at, end, 'PLAIN', value);
    if (likeNumber.test(value)) {
      if (plainNumber.test(value)) return scalar(Number(value), at, end, 'PLAIN', value);
      if (otherNumber.test(value)) throw unusualLine;
    }
    return scalar(value, at, end, 'PLAIN', value);
  }

  /** Behind `|`: lines as they stand, but for the blanks before all of them, and one line end behind the last. */
  #literal(start: number, indent: number): Scalar {
    const text = this.#text;
    if (text.charCodeAt(start + 1) !== 0x0a) throw unusualLine;
    let at = start + 2;
    let own = at;
    while (text.charCodeAt(own) === 0x20) own++;
    const blanks = own - at;
    if (blanks <= indent || text.charCodeAt(own) === 0x0a || own >= text.length) throw unusualLine;
    const lines: string[] = [];
    while (at < text.length) {
      const end = text.indexOf('\n', at);
      let first = at;
      while (first < end && text.charCodeAt(first) === 0x20) first++;
      if (first === end) {
        // Blanks in an empty line may belong to it.
        if (end !== at) throw unusualLine;
        lines.push('');
      } else {
        if (first - at < blanks) {
          if (first - at > indent) throw unusualLine;
          break;
        }
        lines.push(text.slice(at + blanks, end));
      }
      at = end + 1;
    }
    while (lines.at(-1) === '') lines.pop();
    this.#take(at);
    return scalar(`${lines.join('\n')}\n`, start, at, 'BLOCK_LITERAL', null);
  }
}

/** By hand: an expression would begin anew at each of many blanks that stand in the midst of a line. */
function withoutBlanksBehind(line: string): string {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === 0x20) end--;
  return line.slice(0, end);
}

function scalar(value: unknown, start: number, end: number, type: Scalar.Type, source: string | null): Scalar {
  const node = new Scalar(value);
  node.range = [start, end, end];
  node.type = type;
  if (source !== null) node.source = source;
  return node;
}
