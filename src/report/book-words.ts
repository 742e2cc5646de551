/** Words about the three books of requests, English: a part of the catalogue. */
import type { LedgerEntry, Silence } from '../core/assessment.ts';

type Book = LedgerEntry['book'];

const bookNames: Readonly<Record<Book, string>> = {
  iis_front: 'IIS, front end',
  httpproxy: 'HttpProxy',
  iis_back: 'IIS, back end',
};

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;

export const bookWords = {
  title: 'Was anything taken out of the logs?',
  contents: 'Taken out?',
  intro:
    'Each request stands in three logs under one id: IIS of the front end, HttpProxy, IIS of the back end. Whoever takes rows out of one leaves them in the others.',
  agree: (rows: number) =>
    `No. All ${plural(rows, 'request')} stand in each of the logs that have to hold them: from none of these a row was taken out alone.`,
  gone: (rows: number, books: readonly Book[], theirs: boolean) =>
    theirs
      ? `Yes. ${plural(rows, 'row')} ${rows === 1 ? 'was' : 'were'} taken out of ${books.map((book) => bookNames[book]).join(' and ')}; another log of the same requests still has ${rows === 1 ? 'it' : 'them'}, and it is of the intrusion that they tell.`
      : `Yes, or never written down: ${plural(rows, 'row')} ${rows === 1 ? 'is' : 'are'} missing in ${books.map((book) => bookNames[book]).join(' and ')}, and stand${rows === 1 ? 's' : ''} in another log of the same requests.`,
  file: (books: readonly Book[]) =>
    `A file is missing, or was taken away: in ${books.map((book) => bookNames[book]).join(' and ')} there is a time without any row, and other logs have requests of it.`,
  /** For a screen: `8 rows are missing in IIS, front end, of MAIL01; the other logs of these requests have them.` */
  short: (rows: number, books: readonly Book[], hosts: readonly string[]) =>
    `${plural(rows, 'row')} ${rows === 1 ? 'is' : 'are'} missing in ${books.map((book) => bookNames[book]).join(' and ')}${hosts.length === 0 ? '' : `, of ${hosts.join(', ')}`}; other logs of these requests have ${rows === 1 ? 'it' : 'them'}.`,
  shortSilence: (hosts: readonly string[], times: number) =>
    `${hosts.length === 0 ? 'The server' : hosts.join(', ')} wrote into none of these logs for ${times === 1 ? 'a time' : `${times} times`}, and nothing says that it had stopped.`,
  cannot: 'This cannot be told: the logs differ so often, or overlap so little, that a missing row would mean nothing.',
  silent:
    'From none of them alone; but there is a time in which all of them are silent, and nothing says that the server had stopped. It stands below.',
  partly: 'Some of these logs could not be held against each other; the table says which.',
  book: (book: Book) => bookNames[book],
  pairHead: { host: 'Server', books: 'Held against each other', when: 'Time that both cover', rows: 'Requests', state: 'Result' },
  anyServer: 'all servers together',
  state: (state: LedgerEntry['state'], missing: number) =>
    state === 'agree'
      ? 'every request stands in both'
      : state === 'differ'
        ? `${plural(missing, 'row')} ${missing === 1 ? 'is' : 'are'} in one only`
        : 'cannot be compared',
  missingTitle: 'Requests that are missing in one log, as the others have them',
  missingHead: {
    when: 'When',
    who: 'From',
    what: 'Request',
    missing: 'Missing in',
    stands: 'Stands in',
  },
  answered: (status: string) => `answered ${status}`,
  line: (line: number) => `line ${line}`,
  /** Of a place that could not be read again, or that has more requests than are named. */
  unnamed: (rows: number) => `${plural(rows, 'more row')} of this time`,
  silentFile: 'no row at all in this time: a file is missing, or was taken away',
  more: (count: number) => `${plural(count, 'more place')} in assessment.json.`,
  silencesTitle: 'Silent times',
  silence: ({ otherDays, explained, systemLog }: Silence) =>
    explained === 'service'
      ? 'the System log says that the server or its web service stopped or started'
      : explained === 'log_begun'
        ? 'a log was begun anew behind it, as after a start of the web server'
        : `on ${plural(otherDays, 'other day')} there are rows at that time, and no start of the web server is written behind it${systemLog ? ', nor a stop in the System log' : '; the System log of that time is not here'}`,
  stepsTitle: 'Where time runs backwards',
  step: (clockSet: boolean) =>
    clockSet ? 'the System log says that the clock was set' : 'the clock was set, or rows were put in',
} as const;
