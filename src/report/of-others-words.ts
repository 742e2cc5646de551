/** What is said of rules, signatures and indicators that others wrote. */
import { sayNumber, plural } from './say.ts';
/** Words of `rules check` and `hunt`. */
export const rulesWords = {
  summary: (files: number, documents: number, runs: number, cannot: number): string =>
    `${plural(files, 'file')}, ${plural(documents, 'rule')}: ${sayNumber(runs)} run, ${sayNumber(cannot)} cannot run, the others are about other logs`,
  reason: (count: number, code: string, words: string): string => `  ${String(count).padStart(6)}  ${code}: ${words}`,
  andMore: (count: number): string => `${count} more`,
  explain: '  --explain-rules names each of them, and `npx afterpatch rules check` shows the place',
  loaded: (files: number, runs: number, correlations: number, cannot: number, skipped: number): string =>
    `rules: ${plural(files, 'file')}; ${plural(runs, 'rule')} and ${plural(correlations, 'correlation')} run; ${sayNumber(cannot)} cannot run; ${sayNumber(skipped)} skipped`,
  notRead: (path: string, why: string): string => `${path}: not read (${why})`,
  applied: (path: string, records: number, rules: number, hits: number): string =>
    `${path}: ${plural(records, 'record')}, ${plural(rules, 'rule applies', 'rules apply')}, ${plural(hits, 'hit')}`,
  total: (hits: number, rules: number, correlations: number): string =>
    `${plural(hits, 'hit')} of ${plural(rules, 'rule')}, ${plural(correlations, 'hit')} of correlations`,
  appliedAll: (artifacts: number, all: number): string =>
    `rules of others apply to ${sayNumber(artifacts)} of ${plural(all, 'file')}; which to which, and which were skipped, stands in run.json`,
  matched: (rules: number, hits: number, joined: number): string =>
    `${plural(rules, 'rule')} of others matched ${plural(hits, 'time')}${joined === 0 ? '' : `, ${joined} of them as part of an intrusion`}; the answer is made without them`,
  withoutTime: (events: number): string =>
    `${plural(events, 'event')} without a time ${events === 1 ? 'was' : 'were'} left out of correlations`,
  marksLeft: (events: number): string =>
    `${plural(events, 'event')} found no room in the correlations: what ${events === 1 ? 'it' : 'they'} would have shown is not seen`,
} as const;

/** Words of `yara check` and of `--signatures`. */
export const signatureWords = {
  /** `packs`: those of the packs run beside them, and count. */
  loaded: (files: number, rules: number, unrun: number, packs = false): string =>
    `signatures: ${plural(files, 'file')}; ${plural(rules, 'signature runs', 'signatures run')}${packs ? ', those of the packs among them' : ''}; ${sayNumber(unrun)} ${unrun === 1 ? 'does' : 'do'} not`,
  unrun: ({
    file,
    line,
    column,
    rule,
    code,
    what,
  }: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly rule: string | null;
    readonly code: string;
    readonly what: string;
  }): string => `${file}:${line}:${column}: ${code}: ${rule === null ? '' : `${rule}: `}${what}`,
  more: (count: number): string => `  and ${count} more: \`npx afterpatch yara check\` names all`,
  matched: (files: number): string => `signatures matched ${plural(files, 'file')}; the answer is made without them`,
} as const;

/** At the end of an assessment: what was asked of others, and what came of it. */
export const ofOthersWords = {
  title: 'Of others',
  rules: (asked: number, found: number, times: number): string =>
    `${plural(asked, 'rule')} of others ran; ${found === 0 ? 'none matched' : `${sayNumber(found)} matched, ${plural(times, 'time')}`}.`,
  indicators: (asked: number, found: number, times: number): string =>
    `${plural(asked, 'indicator')} of others ${asked === 1 ? 'was' : 'were'} looked for; ${found === 0 ? 'none was met' : `${sayNumber(found)} met, ${plural(times, 'time')}`}.`,
  unused: (files: readonly string[]): string =>
    `NOT looked for: anything of ${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${plural(files.length - 3, 'further file')}` : ''}. No indicator could be read there; npx afterpatch indicators check says why.`,
  signatures: (asked: number, found: number, _times: number): string =>
    `${plural(asked, 'signature')} ran, those of the packs among them; ${found === 0 ? 'no file matched' : `${plural(found, 'file')} matched`}.`,
  standing: 'The answer is made without them.',
} as const;

/** Words of `indicators check` and of `--indicators`. */
export const indicatorWords = {
  summary: (files: number, indicators: number, repeated: number): string =>
    `${plural(files, 'file')}: ${plural(indicators, 'indicator is', 'indicators are')} looked for${repeated === 0 ? '' : `; ${sayNumber(repeated)} ${repeated === 1 ? 'stands' : 'stand'} in them more than once`}`,
  leftOut: (count: number): string => `${sayNumber(count)} ${count === 1 ? 'was' : 'were'} left out:`,
  morePlaces: (count: number): string => `and ${plural(count, 'further place')}`,
  loaded: (files: number, indicators: number, leftOut: number): string =>
    `indicators: ${plural(files, 'file')}; ${sayNumber(indicators)} ${indicators === 1 ? 'is' : 'are'} looked for; ${sayNumber(leftOut)} ${leftOut === 1 ? 'was' : 'were'} left out (afterpatch indicators check says which)`,
  /** Places behind the first: `line 7` beside `line 5` is said as a number. */
  alsoAt: (places: readonly string[]): string => places.map((at) => `, ${at.replace(/^line (?=\d+$)/, '')}`).join(''),
  unused: (file: string): string => `NOTHING of ${file} is looked for.`,
  unusedMore: (count: number): string => `Nor anything of ${plural(count, 'further file')}.`,
  met: (indicators: number, rows: number): string =>
    `${plural(indicators, 'indicator')} of others met ${plural(rows, 'time')}; the answer is made without them`,
} as const;
