/** The first half of the pipeline on files in memory: rows that are hits, in whatever order the files are read. */
import { learnPages } from '../../src/detect/index.ts';
import { gather, type Gathered } from '../../src/evidence/index.ts';
import type { Rule } from '../../src/rules/index.ts';
import { inlineExecutor, type Observed, run, type RunOptions } from '../../src/run/index.ts';
import { type Entry, memoryFiles, memoryPlatform } from './memory.ts';

export const ruleOn = (id: string, logSource: string, field: string, how: 'is' | 'contains' | 'starts', text: string): Rule => ({
  id,
  file: '',
  uuid: null,
  title: id,
  description: null,
  status: null,
  level: null,
  author: null,
  references: [],
  falsepositives: [],
  tags: [],
  logSource,
  expr: { kind: 'match', field, test: { how, text, cased: false } },
});

export async function observeTree(
  tree: Readonly<Record<string, Entry>>,
  rules: readonly Rule[],
  options: Partial<RunOptions> & { readonly order?: (gathered: Gathered) => Gathered } = {},
): Promise<Observed> {
  const platform = memoryPlatform(memoryFiles(tree));
  const { order, ...rest } = options;
  const gathered = await gather(['/case'], platform);
  return run(order?.(gathered) ?? gathered, {
    rules,
    platform,
    executor: inlineExecutor(),
    learn: learnPages,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...rest,
  });
}

/** Artifact → why it does not count, and which one does. */
export const verdicts = ({ artifacts }: Observed): Record<string, string> =>
  Object.fromEntries(
    artifacts.map(({ path, duplicateOf, problems }) => [
      path,
      [
        ...problems
          .filter(({ code }) => /^evidence\.(?:duplicate|prefix|same_rows|compare_limit)$/.test(code))
          .map(({ code, found }) => `${code.slice('evidence.'.length)} ${found}`),
        ...(duplicateOf === null ? [] : [`→ ${duplicateOf}`]),
      ].join('; '),
    ]),
  );

/** The files in another order of reading; the seed says which. */
export const shuffledBy =
  (seed: number) =>
  (gathered: Gathered): Gathered => {
    const rank = ({ path }: { readonly path: string }): number => {
      let hash = seed;
      for (const character of path) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
      return hash >>> 0;
    };
    const artifacts = gathered.artifacts.toSorted((a, b) => rank(a) - rank(b));
    return { ...gathered, artifacts: artifacts.map((artifact, order) => ({ ...artifact, order })) };
  };

/** Hits without their place: what counts, however often and in whatever form it was handed in. */
export const countsOf = ({ hits }: Observed): [string, number][] =>
  hits.map(({ rules, key, count }): [string, number] => [`${rules.join()} ${key}`, count]).sort();
