/**
 * The community's names of log sources, told as ours. A reader's kind is its log-source name; rules may also name it directly
 * (`service: httpproxy`).
 */
import { readers } from '../read/index.ts';

export const logSourceNames: ReadonlySet<string> = new Set(
  readers.flatMap(({ logSource, logSources }) => logSources ?? [logSource]),
);

const aliases: readonly (readonly [key: 'category' | 'service' | 'product', value: string, kind: string])[] = [
  ['category', 'webserver', 'iis-w3c'],
  ['service', 'iis', 'iis-w3c'],
  ['product', 'iis', 'iis-w3c'],
  ['service', 'event-text', 'windows-event'],
];

export interface SigmaLogSource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** Our kind where one is meant, else the community's words joined by `/`, which no reader answers to. */
export function logSourceOf(source: SigmaLogSource): string {
  const service = source.service?.toLowerCase();
  if (service !== undefined && logSourceNames.has(service)) return service;
  for (const [key, value, kind] of aliases) if (source[key]?.toLowerCase() === value) return kind;
  return [source.product, source.category, source.service]
    .filter((part) => part !== undefined)
    .join('/')
    .toLowerCase();
}
