/** Cases of rules: rows on which a rule must and must not fire, tried the way a scanner finds rows. */
import type { Detector, Field, Layout } from '../core/record.ts';
import { compileRules, MemoryRows, type PlainRow, type Rule, YamlSource } from '../rules/index.ts';
import type { PackFile } from './load.ts';
import { PackError } from './pack-error.ts';

export interface RuleCase {
  /** `<pack>/<file stem>`, as the rule that it is about. */
  readonly rule: string;
  readonly path: string;
  readonly positive: readonly PlainRow[];
  readonly benign: readonly PlainRow[];
  /** Rules that may match the positive rows, too. */
  readonly companions: readonly string[];
}

const place = /(?:^|\/)packs\/([^/]+)\/cases\/([^/]+)\.yaml$/;

export const isCaseFile = (path: string): boolean => place.test(path.replaceAll('\\', '/'));

/** @throws {PackError} with file, line, column and the marked place */
export function readCase({ path, text }: PackFile): RuleCase {
  const [, folder = '', name = ''] = place.exec(path.replaceAll('\\', '/')) ?? [];
  const { root } = new YamlSource(
    text,
    (what, fix, offset, length) => new PackError('case.invalid', what, fix, path, text, offset, length),
  );
  const entries = root.record(['positive', 'benign', 'with'], ['positive', 'benign']);
  const rows = (key: string): PlainRow[] =>
    entries
      .get(key)!
      .list()
      .map((row) => Object.fromEntries(row.entries().map(({ name: field, value }) => [field, decoded(value.text())])));
  return {
    rule: `${folder}/${name}`,
    path,
    positive: rows('positive'),
    benign: rows('benign'),
    companions: entries.get('with')?.texts() ?? [],
  };
}

/** Text that an antivirus would take for a web shell is kept as `base64:…`. */
function decoded(value: string): string {
  if (!value.startsWith('base64:')) return value;
  const bytes = Uint8Array.from(atob(value.slice('base64:'.length)), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/** Fields that a client may percent-encode: their values are compared as logged and decoded once. */
const percentCoded: ReadonlySet<string> = new Set(
  'cs-uri-stem cs-uri-query cs(Referer) cs(Cookie) AnchorMailbox UrlStem UrlQuery BackEndCookie CMD URL REFERRER ExternalUrl InternalUrl'.split(
    ' ',
  ),
);

/** Tries rows on rules; what is made of a log source's rules is kept. */
export class CaseRunner {
  readonly #rules: readonly Rule[];
  readonly #countings: (logSource: string) => readonly (readonly (readonly string[])[])[];
  readonly #detectors = new Map<string, readonly Detector[]>();

  /** @param countings what may be counted of a log source's rows: a rule has to be found whichever of these is. */
  constructor(rules: readonly Rule[], countings: (logSource: string) => readonly (readonly (readonly string[])[])[]) {
    this.#rules = rules;
    this.#countings = countings;
  }

  /** Ids of the rules that match the row, for each counting. */
  matching(row: PlainRow, logSource: string): string[][] {
    let ways = this.#detectors.get(logSource);
    if (ways === undefined) {
      ways = this.#countings(logSource).map((groups) => compileRules(this.#rules, logSource, groups, 1000));
      this.#detectors.set(logSource, ways);
    }
    const fields = Object.keys(row).map((name): Field => ({
      name,
      type: 'text',
      writtenBy: 'client',
      ...(percentCoded.has(name) ? { percent: true } : {}),
    }));
    const layout: Layout = { hash: fields.map(({ name }) => name).join(), logSource, fields };
    return ways.map((detector) => {
      const memory = new MemoryRows(detector.demand, layout, [row]);
      return memory.selected(0, detector) ? detector.match(memory, 0).map((index) => this.#rules[index]!.id) : [];
    });
  }
}

export interface CaseFailure {
  readonly path: string;
  readonly kind: 'positive' | 'benign';
  /** From 0. */
  readonly row: number;
  /** Rules that matched, without the one that the case is about. */
  readonly others: readonly string[];
}

/** What is wrong with a case; empty: nothing. */
export function tryCase(one: RuleCase, rule: Rule, runner: CaseRunner): CaseFailure[] {
  const failures: CaseFailure[] = [];
  for (const kind of ['positive', 'benign'] as const) {
    for (const [index, row] of one[kind].entries()) {
      for (const matched of runner.matching(row, rule.logSource)) {
        const others = matched.filter((id) => id !== rule.id);
        const unexpected = others.filter((id) => !one.companions.includes(id));
        const own = matched.includes(rule.id);
        if (kind === 'positive' ? !own || unexpected.length > 0 : own) {
          failures.push({ path: one.path, kind, row: index, others: kind === 'positive' ? unexpected : [] });
          break;
        }
      }
    }
  }
  return failures;
}
