/**
 * Where the logs that the community's rules speak about stand in ours. Out: which rows, under which names; or why nobody reads them.
 */
import { logSourceNames, type SigmaLogSource } from './log-source.ts';
import type { RuleCode } from './rule-codes.ts';
import type { FieldSource, SourceVariant } from './source-variant.ts';
import { eventSources, serviceVariant, windowsCategories, windowsServices } from './windows-sources.ts';

export interface ResolvedSource {
  /** The community's words, `product/category/service`. */
  readonly key: string;
  readonly variants: readonly SourceVariant[];
}

export interface Unread {
  readonly key: string;
  readonly code: Extract<RuleCode, 'skipped.product' | 'skipped.source'>;
  /** The word that decides. */
  readonly word: string;
}

/** Path and query as one. */
const wholeUri: FieldSource = {
  of: ['cs-uri-stem', 'cs-uri-query'],
  make: (get) => {
    const [stem, query] = [get('cs-uri-stem'), get('cs-uri-query')];
    return stem === null ? query : query === null ? stem : `${stem}?${query}`;
  },
};

const uriNames = {
  'cs-uri': wholeUri,
  'c-uri': wholeUri,
  'c-uri-stem': 'cs-uri-stem',
  'c-uri-query': 'cs-uri-query',
  src_ip: 'c-ip',
  'c-dns': 'cs-host',
  'r-dns': 'cs-host',
} as const;

/** W3C names in brackets have none in the community's. */
export const iisVariant: SourceVariant = {
  logSources: ['iis-w3c'],
  fields: {
    ...uriNames,
    'cs-user-agent': 'cs(User-Agent)',
    'c-useragent': 'cs(User-Agent)',
    'cs-referer': 'cs(Referer)',
    'cs-referrer': 'cs(Referer)',
    'cs-cookie': 'cs(Cookie)',
    'c-win32-status': 'sc-win32-status',
  },
};

export const accessVariant: SourceVariant = {
  logSources: ['web-access'],
  fields: { ...uriNames, 'c-useragent': 'cs-user-agent', 'cs-referrer': 'cs-referer' },
};

/** Events of Windows that are told as rows of another log, by who writes them. */
const toldBy: Readonly<Record<string, readonly string[]>> = {
  antivirus: ['Microsoft-Windows-Windows Defender'],
  'admin-audit': ['MSExchange CmdletLogs'],
};

const ownVariant = (kind: string): SourceVariant => ({ logSources: [kind], toldBy: toldBy[kind] ?? [] });

const antivirusVariant: SourceVariant = {
  ...ownVariant('antivirus'),
  fields: { Signature: 'Threat', Filename: 'Path', FileName: 'Path', FilePath: 'Path', VirusName: 'Threat' },
};

/** Categories that are the same whatever the product. */
export const generalCategories: Readonly<Record<string, readonly SourceVariant[]>> = {
  webserver: [iisVariant, accessVariant],
  antivirus: [antivirusVariant],
};

const ourProducts = new Set(['windows', 'iis', 'exchange', 'afterpatch']);

/** Web servers whose access logs are read, whatever they are called. */
const accessProducts = new Set(['apache', 'nginx']);

export const keyOf = ({ product, category, service }: SigmaLogSource): string =>
  [product ?? '', category ?? '', service ?? ''].join('/').toLowerCase();

export const wordsOf = (key: string): string =>
  key
    .split('/')
    .filter((part) => part !== '')
    .join('/');

const known = new Map<string, ResolvedSource | Unread>();

/** By the key alone, so that a worker finds the same. */
export function sourceOfKey(key: string): ResolvedSource | Unread {
  let found = known.get(key);
  if (found === undefined) {
    if (known.size > 10_000) known.clear();
    found = resolve(key);
    known.set(key, found);
  }
  return found;
}

function resolve(key: string): ResolvedSource | Unread {
  const [product = '', category = '', service = ''] = key.split('/');
  const unread = (code: Unread['code'], word: string): Unread => ({ key, code, word });
  const of = (...variants: readonly SourceVariant[]): ResolvedSource => ({ key, variants });
  // Our own names: a reader's kind.
  if (logSourceNames.has(service) && category === '' && (product === '' || ourProducts.has(product))) {
    return of(
      service === 'iis-w3c' ? iisVariant : service === 'windows-event' ? { logSources: eventSources } : ownVariant(service),
    );
  }
  if (product === 'iis' || service === 'iis') return of(iisVariant);
  if (accessProducts.has(product) && (service === 'access' || category === 'webserver')) return of(accessVariant);
  if (product !== '' && product !== 'windows') return unread('skipped.product', product);
  if (category !== '' && Object.hasOwn(generalCategories, category)) return of(...generalCategories[category]!);
  if (category !== '') {
    const variants = Object.hasOwn(windowsCategories, category) ? windowsCategories[category]! : null;
    if (variants === null) return unread('skipped.source', category);
    if (service === '') return of(...variants);
    const channels = Object.hasOwn(windowsServices, service) ? windowsServices[service]! : [];
    const both = variants.filter((variant) => variant.channels?.some((channel) => channels.includes(channel)) === true);
    return both.length === 0 ? unread('skipped.source', `${category}/${service}`) : of(...both);
  }
  if (service !== '') {
    if (product === '' && !Object.hasOwn(windowsServices, service)) return unread('skipped.source', service);
    const variant = serviceVariant(service);
    return variant === null ? unread('skipped.source', service) : of(variant);
  }
  return of({ logSources: eventSources });
}
