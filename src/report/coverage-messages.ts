/** What would have been seen, which log covers which days, and which book misses what. */
import { bookWords } from './book-words.ts';
import type { RecordedSetting, SourceCoverage } from '../core/assessment.ts';
import { sayNumber, percent, plural, sayList, pick } from './say.ts';

export const coverageMessages = {
  blindTitle: 'Had they come, would we have seen it?',
  blindIntro: (experiments: number) =>
    `We played visits of intruders into what you handed in, in memory: rows as they leave them, where your logs would have kept them, at every hour of the days in question. ${plural(experiments, 'visit')} ${experiments === 1 ? 'was' : 'were'} judged in the same way as your evidence. None of them is in any other part of this report, and none changes the answer.`,
  blindHead: { what: 'What they would have done', seen: 'Seen', days: 'On which days', says: 'In words' },
  blindShare: (share: number) => percent(share),
  blindBetween: (low: number, high: number) => `${Math.floor(low * 100)} to ${Math.ceil(high * 100)} %`,
  blindPartly: (share: number) => `${percent(share)} in part`,
  blindBar: (from: string, to: string) => `${from} – ${to}`,
  blindStrip: (seen: number, partly: number) => `seen ${percent(seen)}, in part ${percent(partly)}`,
  blindKey:
    'Full: how far they came would have been seen. Pale: that somebody was there, and not how far they came. Hatched: nothing.',
  blindNotTitle: 'What was not played',

  coverageTitle: 'Coverage, as a table',
  coverageState: (state: SourceCoverage['state']): string =>
    pick(
      {
        covers: 'here',
        not_recording: 'here, but was not recording this',
        missing: 'missing',
        does_not_exist: 'does not exist on this product',
      },
      state,
    ),
  /** What its rows prove to have been written down. */
  provenSettings: (settings: readonly RecordedSetting[]) =>
    `rows with ${sayList(settings.map((one) => pick({ status: 'status', account: 'account', programs: 'new programs', command_lines: 'command lines' }, one)))}`,
  coverageHead: { source: 'Log', host: 'Server', state: 'State', spans: 'Days', gaps: 'Holes', records: 'Records' },
  moreSpans: (count: number) => `and ${sayNumber(count)} more`,

  books: bookWords,
} as const;
