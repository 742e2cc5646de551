/** A record as the XML that it is: for showing evidence, never for matching. */
import type { ChunkXml } from './binary-xml.ts';
import { damage } from './damage.ts';
import type { Element, Node } from './tree.ts';
import { cellText, type ParsedRecord } from './shape.ts';
import { arrayFlag, valueItems } from './values.ts';

/** An element with its values in place. */
export interface Plain {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly (Plain | string)[];
}

const mostNodes = 20_000;
/** Characters of values: one that is named many times over is longer than any event. */
const mostCharacters = 1 << 21;

/** @throws Damage */
export function plainOf(xml: ChunkXml, record: ParsedRecord): readonly Plain[] {
  let nodes = 0;
  let characters = 0;
  const counted = (text: string): string => {
    characters += text.length;
    if (characters > mostCharacters) throw damage('longer than an event can be');
    return text;
  };
  const children = (list: readonly Node[], of: number, depth: number): (Plain | string)[] =>
    list.flatMap((node): (Plain | string)[] => {
      if (++nodes > mostNodes || depth > 80) throw damage('more elements than an event has');
      switch (node.kind) {
        case 'text':
          return [node.text];
        case 'element':
          return elements(node, of, depth);
        case 'instance': {
          return children(node.template.nodes, record.instances.indexOf(node), depth + 1);
        }
        case 'slot': {
          const instance = record.instances[of];
          if (instance?.isXml(node.id) === true) return children(xml.nested(instance, node.id, 1), of, depth + 1);
          const text = cellText(xml.bytes, record, { of, parts: [node], item: -1 });
          return text === null ? [] : [counted(text)];
        }
      }
    });
  const elements = (element: Element, of: number, depth: number): Plain[] => {
    const attributes = element.attributes.flatMap(({ name, parts }): (readonly [string, string])[] => {
      const value = cellText(xml.bytes, record, { of, parts, item: -1 });
      return value === null && parts.some((part) => part.kind === 'slot' && part.optional) ? [] : [[name, counted(value ?? '')]];
    });
    const only = element.children.length === 1 ? element.children[0]! : null;
    const instance = record.instances[of];
    if (only?.kind === 'slot' && instance !== undefined && only.id < instance.count) {
      const type = instance.type(only.id);
      // An array without items leaves the element as it is: empty.
      if ((type & arrayFlag) !== 0 && instance.bytes(only.id) > 0)
        return valueItems(xml.bytes, instance.at(only.id), instance.bytes(only.id), type).map((item) => ({
          name: element.name,
          attributes,
          children: item === '' ? [] : [item],
        }));
    }
    return [{ name: element.name, attributes, children: children(element.children, of, depth + 1) }];
  };
  return children(record.nodes, -1, 0).filter((child): child is Plain => typeof child !== 'string');
}

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
const escaped = (text: string): string =>
  text
    .replace(/[<>&"]/g, (character) => escapes[character]!)
    // oxlint-disable-next-line no-control-regex -- characters that no XML can hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
/** What can stand as a name; a hostile one is made into one. */
const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}_.:-]/gu, '_').replace(/^(?![\p{L}_])/u, '_');

export function xmlOf(plain: readonly Plain[]): string {
  return plain
    .map(({ name, attributes, children }) => {
      const own = safeName(name);
      const head = attributes.map(([key, value]) => ` ${safeName(key)}="${escaped(value)}"`).join('');
      const body = children.map((child) => (typeof child === 'string' ? escaped(child) : xmlOf([child]))).join('');
      return body === '' ? `<${own}${head}/>` : `<${own}${head}>${body}</${own}>`;
    })
    .join('');
}
