/** A document of a rule collection, and what stands for all documents. */
import type { Located } from './yaml-source.ts';

/** Later ones speak before earlier ones: a document, and what stands for all documents. */
export type Layers = readonly Located[];
export type Keys = ReadonlyMap<string, Layers>;

/** Keys of all layers; of each key what every layer says. */
export function keysOf(layers: Layers): Map<string, Located[]> {
  const keys = new Map<string, Located[]>();
  for (const layer of layers)
    for (const { name, value } of layer.entries()) {
      const known = keys.get(name);
      if (known === undefined) keys.set(name, [value]);
      else known.push(value);
    }
  return keys;
}

/** A plain value as text; what is none is ''. */
export function loose(value: Located): string {
  switch (value.kind) {
    case 'text':
      return value.text();
    case 'number':
      return value.written ?? String(value.number());
    case 'boolean':
      return String(value.boolean());
    default:
      return '';
  }
}
