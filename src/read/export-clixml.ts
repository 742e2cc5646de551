/**
 * `Get-* | Export-Clixml`: objects as XML, each with its properties (`Props`, `MS`), text with `_x000A_` for what XML cannot hold.
 * Objects within objects become one value: what they print as, or their parts.
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp/ (serialization of objects)
 */
import type { Problems } from '../core/problem.ts';
import type { Reader } from '../core/record.ts';
import { nounSources } from './powershell-nouns.ts';
import { type ConsoleObject, objectScanner } from './powershell-objects.ts';
import { xmlPieces } from './xml-pieces.ts';

const deepest = 64;
const mostProperties = 1000;
const longestValue = 65_536;

/** `_x000A_` → the character; `_x005F_` is the underscore itself. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

interface Open {
  readonly name: string;
  readonly property: string | null;
}

interface Draft {
  readonly start: number;
  readonly line: number;
  readonly fields: Map<string, string>;
}

/** The value of a property that is an object: the words it prints as, else its own properties or the items of its list. */
class Inner {
  #printed: string | null = null;
  readonly #parts: string[] = [];
  #chars = 0;
  #name = '';

  add(element: string, property: string | null, text: string): void {
    if (element === 'T' || this.#chars > longestValue) return;
    if (element === 'ToString') this.#printed ??= text;
    else if (property === 'Name') this.#name = text;
    else if (property === 'Value' && this.#name !== '') {
      this.#put(`${this.#name}=${text}`);
      this.#name = '';
    } else if (property === null) this.#put(text);
    else this.#put(`${property}=${text}`);
  }

  #put(text: string): void {
    this.#parts.push(text);
    this.#chars += text.length;
  }

  get value(): string {
    const printed = this.#printed;
    // What prints as the name of its type says nothing.
    const typeName = printed !== null && /^(?:[A-Za-z_]\w*\.){2,}[A-Za-z_][\w`[\], =.]*$/.test(printed);
    const parts = this.#parts.length > 0 ? this.#parts.join(', ') : this.#name;
    return (printed !== null && !typeName ? printed : parts).slice(0, longestValue);
  }
}

function* clixmlObjects(text: string, problems: Problems): Generator<ConsoleObject> {
  const stack: Open[] = [];
  let draft: Draft | null = null;
  /** Depth of the top object, and of the property of it that is open. */
  let objectDepth = -1;
  let propertyDepth = -1;
  let property = '';
  let inner: Inner | null = null;
  let value = '';
  let line = 0;
  let counted = 0;
  const lineAt = (at: number): number => {
    for (let found = text.indexOf('\n', counted); found !== -1 && found < at; found = text.indexOf('\n', counted)) {
      line++;
      counted = found + 1;
    }
    return line;
  };
  const put = (name: string, text_: string): void => {
    if (draft !== null && !draft.fields.has(name) && draft.fields.size < mostProperties)
      draft.fields.set(name, unescaped(text_).slice(0, longestValue).trim());
  };
  for (const piece of xmlPieces(text)) {
    if (piece.kind === 'declaration') problems.add('xml.entities', piece.start);
    else if (piece.kind === 'broken') problems.add('xml.broken', piece.start);
    else if (piece.kind === 'text') {
      if (propertyDepth !== -1 && value.length < longestValue) value += piece.text;
    } else if (piece.kind === 'open') {
      const name = piece.attributes.get('N') ?? null;
      const depth = stack.length;
      if (piece.name === 'Obj' && draft === null) {
        draft = { start: piece.start, line: lineAt(piece.start), fields: new Map() };
        objectDepth = depth;
      } else if (
        draft !== null &&
        propertyDepth === -1 &&
        depth === objectDepth + 2 &&
        name !== null &&
        /^(?:Props|MS)$/.test(stack.at(-1)!.name)
      ) {
        propertyDepth = depth;
        property = unescaped(name);
        inner = piece.name === 'Obj' ? new Inner() : null;
      }
      value = '';
      if (piece.empty) {
        if (propertyDepth === depth) propertyDepth = -1;
        if (objectDepth === depth) {
          draft = null;
          objectDepth = -1;
        }
        continue;
      }
      if (depth >= deepest) {
        problems.add('xml.broken', piece.start, { expected: `at most ${deepest} levels` });
        return;
      }
      stack.push({ name: piece.name, property: name });
    } else {
      const top = stack.at(-1);
      if (top?.name !== piece.name) {
        problems.add('xml.broken', piece.start, {
          expected: top === undefined ? 'nothing' : `</${top.name}>`,
          found: `</${piece.name}>`.slice(0, 80),
        });
        // What closes something further out closes all within it; what closes nothing is passed over.
        const at = stack.findLastIndex(({ name }) => name === piece.name);
        if (at === -1) continue;
        stack.length = at + 1;
      }
      const closed = stack.pop()!;
      const depth = stack.length;
      if (propertyDepth !== -1 && depth >= propertyDepth) {
        if (depth > propertyDepth) {
          if (value.trim() !== '' && !/^(?:Props|MS|LST|DCT|TN|Obj)$/.test(closed.name))
            inner?.add(closed.name, closed.property, value.trim());
        } else {
          put(property, inner === null ? value : inner.value);
          propertyDepth = -1;
        }
      } else if (propertyDepth !== -1) propertyDepth = -1;
      value = '';
      if (draft !== null && depth <= objectDepth) {
        yield { start: draft.start, end: piece.end, line: draft.line, fields: draft.fields };
        draft = null;
        objectDepth = -1;
      }
    }
  }
  if (draft !== null) {
    problems.add('xml.broken', draft.start, { expected: '</Obj>' });
    yield { start: draft.start, end: text.length, line: draft.line, fields: draft.fields };
  }
}

export const exportClixml: Reader = {
  kind: 'export-clixml',
  logSource: 'exchange-config',
  logSources: nounSources,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (/<Objs\b[^<>]{0,200}schemas\.microsoft\.com\/powershell\//.test(head.slice(0, 2000)) ? 0.98 : 0),
  claims(line, previous) {
    if (/^\s*<Objs\b/.test(line)) return 2;
    return previous && /^\s*</.test(line) ? 1 : 0;
  },
  scanner: (demand) => objectScanner(demand, clixmlObjects),
};
