/**
 * JSON as it is written: numbers keep their digits (record numbers and masks of events have more than a number holds), names that
 * come again are both there, and nothing is deeper or more than an event has. Strict otherwise: what is not well-formed is told.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */

export type JsonValue =
  | { readonly kind: 'text'; readonly text: string }
  /** `text` as it is written: `-1`, `1e3`, `true`. */
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: JsonValue])[] };

/** Not well-formed, deeper or more than is read. It is caught where a document is read. */
export class BadJson extends Error {
  override readonly name = 'BadJson';
}

const deepest = 64;
/** A list of events can be one document. */
const mostValues = 500_000;
const quote = 0x22;
const backslash = 0x5c;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const nothing: JsonValue = { kind: 'null' };

export function parseJson(text: string): JsonValue {
  const parser = new Parser(text);
  return parser.document();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue {
    const value = this.#value(0);
    this.#blanks();
    if (this.#at < this.#text.length) throw new BadJson('more than one value');
    return value;
  }

  #blanks(): void {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #value(depth: number): JsonValue {
    if (depth > deepest) throw new BadJson('deeper than an event is');
    if (++this.#values > mostValues) throw new BadJson('more values than an event has');
    this.#blanks();
    switch (this.#text.charCodeAt(this.#at)) {
      case quote:
        return { kind: 'text', text: this.#string() };
      case 0x7b:
        return this.#object(depth);
      case 0x5b:
        return this.#list(depth);
      case 0x74:
        return this.#word('true', { kind: 'plain', text: 'true' });
      case 0x66:
        return this.#word('false', { kind: 'plain', text: 'false' });
      case 0x6e:
        return this.#word('null', nothing);
      default: {
        number.lastIndex = this.#at;
        const found = number.exec(this.#text);
        if (found === null) throw new BadJson('no value where one should stand');
        this.#at += found[0].length;
        return { kind: 'plain', text: found[0] };
      }
    }
  }

  #word(word: string, value: JsonValue): JsonValue {
    if (!this.#text.startsWith(word, this.#at)) throw new BadJson('no value where one should stand');
    this.#at += word.length;
    return value;
  }

  #string(): string {
    const text = this.#text;
    const from = this.#at + 1;
    for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
      let slashes = 0;
      while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
      if (slashes % 2 === 1) continue;
      this.#at = at + 1;
      const inside = text.slice(from, at);
      if (!inside.includes('\\')) return inside;
      try {
        // Line ends within a string are not allowed, and harmless.
        return JSON.parse(`"${inside.replace(/[\n\r\t]/g, ' ')}"`) as string;
      } catch {
        throw new BadJson('a string that cannot be read');
      }
    }
    throw new BadJson('a string that does not end');
  }

  #object(depth: number): JsonValue {
    const members: (readonly [string, JsonValue])[] = [];
    this.#at++;
    this.#blanks();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return { kind: 'object', members };
    }
    for (;;) {
      this.#blanks();
      if (this.#text.charCodeAt(this.#at) !== quote) throw new BadJson('no name where one should stand');
      const name = this.#string();
      this.#blanks();
      if (this.#text[this.#at] !== ':') throw new BadJson('no value behind a name');
      this.#at++;
      members.push([name, this.#value(depth + 1)]);
      if (this.#ends('}')) return { kind: 'object', members };
    }
  }

  #list(depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.#at++;
    this.#blanks();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return { kind: 'list', items };
    }
    for (;;) {
      items.push(this.#value(depth + 1));
      if (this.#ends(']')) return { kind: 'list', items };
    }
  }

  /** Behind a value: true at the end of what holds it, false before the next. */
  #ends(bracket: string): boolean {
    this.#blanks();
    const mark = this.#text[this.#at];
    this.#at++;
    if (mark === bracket) return true;
    if (mark !== ',') throw new BadJson(mark === undefined ? 'it ends too early' : 'neither comma nor end behind a value');
    return false;
  }
}
