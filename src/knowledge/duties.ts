/** Whom an owner has to tell, and by when: dated entries with the page that says so. Facts about laws, not legal advice. */
import { byCodeUnit } from '../core/text.ts';
import { factsOf, type KnowledgeFile } from './lines.ts';

export interface Duty {
  readonly id: string;
  /** ISO 3166 codes; `EU`: every country of the European Union. */
  readonly where: readonly string[];
  readonly law: string;
  readonly tell: string;
  readonly applies: string;
  /** From the moment on which it was known; null: the law names no number. */
  readonly hours: number | null;
  readonly by: string;
  /** `YYYY-MM-DD`, on which the page was looked at. */
  readonly asOf: string;
  readonly url: string;
}

const union: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '),
);

/** @throws KnowledgeError at the first line that is wrong */
export function loadDuties(file: KnowledgeFile): Duty[] {
  const urls = sourcesIn(file.text);
  return factsOf(file, (fact): Duty => {
    const from = fact.list('from');
    return {
      id: fact.text('duty'),
      where: fact.list('where', /^[A-Z]{2}$/),
      law: fact.text('law'),
      tell: fact.text('tell'),
      applies: fact.text('applies'),
      hours: fact.count('hours'),
      by: fact.text('by'),
      asOf: fact.day('asOf') ?? '',
      url: urls.get(from[0] ?? '') ?? '',
    };
  });
}

/** Of one country, or all. */
export const dutiesIn = (duties: readonly Duty[], country: string | null): readonly Duty[] =>
  country === null
    ? duties
    : duties.filter(({ where }) => where.includes(country) || (union.has(country) && where.includes('EU')));

/** Countries of which something is known, sorted. */
export const countriesOf = (duties: readonly Duty[]): string[] =>
  [...new Set([...duties.flatMap(({ where }) => where).filter((one) => one !== 'EU'), ...union])].sort(byCodeUnit);

/** The addresses behind the short names of sources; the file's form is checked by {@link factsOf}. */
function sourcesIn(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, url] of text.matchAll(/^\{ "source": "([a-z0-9-]+)", "what": "(https:\/\/[\x21\x23-\x7e]+)" \}$/gm))
    found.set(name!, url!);
  return found;
}
