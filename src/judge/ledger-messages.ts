/** What an assessment says of books that do not agree, English. */
import type { LedgerEntry } from '../core/assessment.ts';
import { sayDay, sayList } from './messages.ts';

const books: Readonly<Record<LedgerEntry['book'], string>> = {
  iis_front: 'IIS log of the front end (W3SVC1)',
  httpproxy: 'HttpProxy log',
  iis_back: 'IIS log of the back end (W3SVC2)',
};
const minute = (utc: string): string => utc.slice(11, 16);
/** `between 04:11 and 04:13 UTC on 3 March 2021` */
const when = ({ fromUtc, toUtc }: LedgerEntry['missing'][number]): string =>
  fromUtc.slice(0, 10) === toUtc.slice(0, 10)
    ? `between ${minute(fromUtc)} and ${minute(toUtc)} UTC on ${sayDay(Date.parse(fromUtc))}`
    : `between ${minute(fromUtc)} UTC on ${sayDay(Date.parse(fromUtc))} and ${minute(toUtc)} UTC on ${sayDay(Date.parse(toUtc))}`;
const shown = 3;

export const ledgerSentences = {
  missing: ({ host, book, against, missing }: LedgerEntry, rows: number) => {
    const silent = missing.every((one) => one.silent);
    const places = missing.slice(0, shown).map(when);
    const more = missing.length > shown ? [`at ${missing.length - shown} more places`] : [];
    const what = `${rows === 1 ? 'One row is' : `${rows} rows are`} missing in the ${books[book]}${host === null ? '' : ` of ${host}`}: ${sayList([...places, ...more])}.`;
    return `${what} The ${books[against]} has ${rows === 1 ? 'it' : 'them'}. ${
      silent
        ? 'In that time it has no row at all: a file is missing, or was taken away.'
        : 'The rows before and after are there: these were taken out, or never written down.'
    }`;
  },
} as const;
