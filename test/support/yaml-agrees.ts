/** Whether YAML that is read in one pass is read as the library reads it. */
import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import { quickYaml } from '../../src/rules/quick-yaml.ts';

/** What rules see of a node: what it is, where it stands and how it was written. */
function seen(text: string, node: Node | null): unknown {
  if (node === null) return null;
  const [start, end] = node.range!;
  const lineEnd = text.indexOf('\n', start);
  const place = [start, Math.max(1, Math.min(end, lineEnd === -1 ? end : lineEnd) - start)];
  if (isMap(node))
    return ['map', place, node.items.map(({ key, value }) => [seen(text, key as Node), seen(text, value as Node)])];
  if (isSeq(node)) return ['list', place, node.items.map((item) => seen(text, item as Node))];
  if (!isScalar(node)) return ['other'];
  return [node.value, place, node.type === 'PLAIN', node.type === 'PLAIN' ? node.source : null];
}

/** null: it is left to the library; else whether both read the same. */
export function agrees(text: string): boolean | null {
  const quick = quickYaml(text);
  if (quick === null) return null;
  const documents = [...parseAllDocuments(text, { prettyErrors: false, version: '1.2', logLevel: 'error', uniqueKeys: false })];
  const [only] = documents;
  if (documents.length !== 1 || only!.errors.length > 0) return false;
  return JSON.stringify(seen(text, quick)) === JSON.stringify(seen(text, only!.contents));
}
