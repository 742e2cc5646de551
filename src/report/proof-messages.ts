/** What was new or rare, and each finding with its line. */
import type { Confidence } from '../core/stage.ts';
import { sayNumber, plural } from './say.ts';

export const proofMessages = {
  noveltyTitle: 'What was new or rare here',
  noveltyIntro:
    'No rule stands behind this list: the logs were held against themselves, and this is what these servers hardly ever do. It proves nothing and the answer is made without it. The farthest out of place stands first; each leads to its line.',
  noveltyNone: (unlearnt: boolean) =>
    unlearnt
      ? 'The logs are too few or too short to learn from them what is normal here, so nothing can be called new.'
      : 'The logs were held against themselves, without any rule: nothing in them is far from what these servers do every day.',
  noveltyKnown: 'A rule knows this:',
  noveltyMore: (count: number) => `${plural(count, 'more item')}`,
  noveltyLeft: (count: number) => `${plural(count, 'item')} more ${count === 1 ? 'is' : 'are'} not listed.`,
  noveltyNormal: 'What could be learnt from which log',
  noveltyOthers: (others: readonly string[], left: number) =>
    `Within five minutes: ${others.join('; ')}${left === 0 ? '' : `; and ${sayNumber(left)} more`}.`,

  proofTitle: 'The proof',
  proofIntro: 'Each line below is in your own logs, at the place given. Anyone can check it.',
  proofNone: 'There is no finding to show. What was read, and which days it covers, stands above.',
  proofCap: (shown: number, left: number) =>
    `The gravest ${sayNumber(shown)} findings stand here; ${sayNumber(left)} more are in findings.ndjson of the case only.`,
  proofFolded: (lines: number) =>
    `So many rules of others matched that of each the first line stands here; ${plural(lines, 'more line')} ${lines === 1 ? 'is' : 'are'} in findings.ndjson of the case.`,
  sameKind: (count: number) => `${sayNumber(count)} of these`,
  sameKindFold: (count: number) => `${sayNumber(count)} more of these`,
  /** Of an intruder, by what ties it to him. */
  byOthers: (stage: string) => `${stage}: what rules of others say of it, no more proven than what ties it to an intruder`,
  othersTitle: 'Matches of rules and lists of others, which prove nothing by themselves',
  provesStage: (stage: string, confidence: Confidence): readonly [string, string] =>
    confidence === 'confirmed' ? ['proves ', stage] : confidence === 'probable' ? ['probably ', stage] : ['may mean ', stage],
  /** A file whose hash others list, where it can be asked for: it has no stage, and "probably nothing" would be wrong. */
  provesFile: ['probably ', 'a file of theirs'] as readonly [string, string],
  times: (count: number) => `${plural(count, 'line')} say${count === 1 ? 's' : ''} so`,
  /** `here` more lines stand in the page, `count` lines say so in all. */
  moreLines: (here: number, count: number) =>
    here + 1 < count ? `${plural(here, 'more line')} of ${sayNumber(count)}` : plural(here, 'more line'),
  linesElsewhere: (count: number) => `${plural(count, 'more line')} ${count === 1 ? 'says' : 'say'} so; the logs hold them.`,
  until: (time: string) => `until ${time}`,
  atByte: (offset: number) => `byte ${sayNumber(offset)}`,
  atLine: (line: number) => `line ${sayNumber(line)}`,
  atRecord: (record: string) => `record ${record}`,
  exactBytes: 'exact bytes',
  exactBytesLabel: 'Bytes of the line, base64',
  exactBytesAre: 'The line as it was logged, base64. Its SHA-256 is the one above.',
  bytesMasked:
    'Secrets in it are masked here, so its SHA-256 is not the one above. The line itself is in the log, at the place given, and in findings.ndjson of the case.',
  binaryRecord: 'The record is binary; this is what it says.',
  notShown: (count: number) => `${plural(count, 'character')} not shown`,
  proves: 'What it proves',
  doesNotProve: 'What it does not prove',
  innocent: 'An innocent explanation?',
  lookAlikes: 'Looks like this and is harmless',
  seenValues: 'Seen with it',
  ruleIs: (rule: string) => `rule ${rule}`,
  findingsSearch: 'Search the findings',
  findingsHint: 'word, path, address',
  findingsWho: 'Who',
  findingsStage: 'Step',
  all: 'all',
  nobody: 'nobody of these',
  findingsShown: (from: number, to: number, matching: number, all: number) =>
    matching === 0
      ? `None of ${plural(all, 'finding')} matches.`
      : `${from === 1 && to === matching ? '' : `${sayNumber(from)} to ${sayNumber(to)} of `}${plural(matching, 'finding')}${matching === all ? '' : `, of ${sayNumber(all)}`}.`,
  pages: 'Pages of findings',
  pageBefore: 'Earlier ones',
  pageAfter: 'Next ones',
  printedUpTo: (count: number, all: number) =>
    `On paper stand the first ${sayNumber(count)} of ${sayNumber(all)} findings; all are in findings.ndjson.`,
  chain: 'Step by step',

  declared: (what: string) => `Declared by you: ${what}`,
  noTime: 'no time in the record',
} as const;
