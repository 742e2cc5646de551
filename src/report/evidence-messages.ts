/** What was handed in, by whom it was collected, what was read and what not, and what was odd about it. */
import type { Audience } from '../case/index.ts';
import type { Collector } from '../core/collection.ts';
import { sayNumber, plural, sayList, pick } from './say.ts';

const collectors = {
  kape: 'KAPE',
  velociraptor: 'Velociraptor',
  cylr: 'CyLR',
  'exchange-log-collector': 'ExchangeLogCollector',
  'test-proxylogon': 'Test-ProxyLogon',
  uac: 'UAC',
  acquire: 'acquire',
  'dfir-orc': 'DFIR ORC',
  'mounted-image': 'the disk itself (a mounted image)',
  plain: 'nobody says (files copied by hand)',
} as const;

export const evidenceMessages = {
  overTimeTitle: 'One server on several days',
  overTimeIntro:
    'More than one state of a server was handed in. What stands in one and not in another came or went between their days. What is listed and is nobody’s may be an administrator’s work.',
  overTimeHead: { what: 'What', when: 'Between which days' },
  overTimeNothing: 'Nothing that is listed differs between these days.',
  overTimeBy: (by: 'collector' | 'name' | 'logs') =>
    pick({ collector: 'the collector says so', name: 'its folder is called so', logs: 'the last row of its logs' }, by),
  overTimeStanding: (standing: 'clean' | 'hostile' | 'unknown') =>
    pick({ clean: 'nothing of theirs', hostile: 'something of theirs stands in it', unknown: '' }, standing),
  overTimeUnrelated: 'No finding is about it.',
  overTimeMore: (count: number) => `… and ${sayNumber(count)} more; all stand in assessment.json.`,

  collectedTitle: 'Who collected this, and when',
  collectedIntro: 'What happened after a server was collected is not in this report.',
  collectedHead: { host: 'Server', collector: 'Collected by', when: 'When', files: 'Files', root: 'In' },
  collectedUnknown: 'not said',
  collectedAll: 'all of it',
  collectedSnapshot: (name: string) => `from the shadow copy ${name}`,
  collector: (collector: Collector): string => pick(collectors, collector),
  /** For the head of the page; `days`: none, one, or first and last. */
  collectedBy: (names: readonly string[], days: readonly string[]) =>
    `collected${days.length === 0 ? '' : ` ${days.join(' to ')}`}${names.length === 0 ? '' : ` by ${sayList(names)}`}`,

  audience: (audience: Audience): string =>
    pick({ own: 'For the owner', responder: 'For the responder', public: 'For the public' }, audience),
  maskedFor: (audience: Audience): string =>
    pick(
      {
        own: 'Masked in this report: tokens, cookies, session ids and the access words of back doors, as ‹token 1›; the same number is the same value. The exact lines are in findings.ndjson of the case.',
        responder:
          'For whoever responds. Masked in this report: tokens, cookies and session ids, as ‹token 1›; the same number is the same value. Access words of back doors are shown.',
        public:
          'For the public. Masked: names of servers, domains, accounts and the organisation, mail addresses, your own network addresses, tokens, session ids and access words; the same number is the same value. Lines stand here without their exact bytes.',
      },
      audience,
    ),

  readTitle: 'What was read',
  readIntro: 'Each file with its SHA-256, so that anyone can show that it is the same file.',
  readHead: { path: 'File', kind: 'Kind', bytes: 'Size', records: 'Records', days: 'Days', hash: 'SHA-256' },
  readSummary: (count: number) => `${plural(count, 'file')}, with size and hash`,
  clockBasis: (basis: 'local' | 'unknown') =>
    basis === 'local' ? 'Written in local time:' : 'It is not known which clock wrote it:',
  readMore: (count: number) => `${plural(count, 'more file')} ${count === 1 ? 'is' : 'are'} in assessment.json.`,
  notReadTitle: 'What was not read',
  notReadIntro: 'These were handed in and not read, for the reason beside them. They say nothing for or against.',
  notReadFold: (count: number) => `${plural(count, 'more file')} that ${count === 1 ? 'was' : 'were'} not read`,
  notReadNone: 'Every file that was handed in was read.',
  problemsTitle: 'What was odd about the evidence',
  problemsNone: 'Nothing was odd about the files that were read.',
  problemAt: (at: number) => `at byte ${sayNumber(at)}`,
  problemTimes: (count: number) => `${sayNumber(count)} times`,
  problemFound: (expected: string, found: string) => `expected ${expected}, found ${found}`,
  problemCoverage: (coverage: 'none' | 'partial' | 'lost'): string =>
    pick(
      {
        none: 'The rest was read; nothing is lost by it.',
        partial: 'What stands before and after it was read.',
        lost: 'What this file would show is missing.',
      },
      coverage,
    ),

  evidenceList: {
    summary: (read: number, size: string, archives: number, others: number) =>
      `${plural(read, 'file')} would be read (${size})${archives === 0 ? '' : `, with what is in ${plural(archives, 'archive')}`}; ${others === 0 ? 'none' : String(others)} would not.`,
    read: 'Would be read',
    archives: 'Archives',
    notRead: 'Would not be read',
    problems: 'Problems',
    filesOf: (count: number) => plural(count, 'file'),
    more: (count: number) => `and ${count} more (--files shows all)`,
    roles: { evidence: '', container: '', collector: 'what a collector wrote about its own work', foreign: 'no evidence' },
  },
} as const;
