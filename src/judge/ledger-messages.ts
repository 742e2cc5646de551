/** What an assessment says of books that do not agree, and of those that do, English. */
import type { LedgerEntry, Silence } from '../core/assessment.ts';
import { sayDay, sayDays, sayList } from './messages.ts';

type Place = LedgerEntry['missing'][number];
type Request = Place['requests'][number];

const books: Readonly<Record<LedgerEntry['book'], string>> = {
  iis_front: 'IIS log of the front end (W3SVC1)',
  httpproxy: 'HttpProxy log',
  iis_back: 'IIS log of the back end (W3SVC2)',
};
const minute = (utc: string): string => utc.slice(11, 16);
/** `between 04:11 and 04:13 UTC on 3 March 2021` */
const when = ({ fromUtc, toUtc }: Pick<Place, 'fromUtc' | 'toUtc'>): string =>
  fromUtc.slice(0, 10) === toUtc.slice(0, 10)
    ? `between ${minute(fromUtc)} and ${minute(toUtc)} UTC on ${sayDay(Date.parse(fromUtc))}`
    : `between ${minute(fromUtc)} UTC on ${sayDay(Date.parse(fromUtc))} and ${minute(toUtc)} UTC on ${sayDay(Date.parse(toUtc))}`;
const shown = 3;
const pathCharacters = 60;
const clipped = (text: string): string => (text.length > pathCharacters ? `${text.slice(0, pathCharacters - 1)}…` : text);
const distinct = (list: readonly (string | null)[]): string[] => [...new Set(list.filter((one) => one !== null))];
const some = (list: readonly string[]): string[] =>
  list.length > shown ? [...list.slice(0, shown), `${list.length - shown} more`] : [...list];
const count = (rows: number): string => String(rows).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** `203.0.113.24 asked for /ecp/y.js and /ecp/proxyLogon.ecp` */
function asked(requests: readonly Request[]): string | null {
  const paths = distinct(requests.map(({ path }) => path)).map(clipped);
  if (paths.length === 0) return null;
  const addresses = distinct(requests.map(({ address }) => address));
  return `${addresses.length === 0 ? 'somebody' : sayList(some(addresses))} asked for ${sayList(some(paths))}`;
}

export const ledgerSentences = {
  missing: ({ host, book, against, missing }: LedgerEntry, rows: number) => {
    const one = rows === 1;
    const silent = missing.every((place) => place.silent);
    const hostile = missing.some(({ findings }) => findings.length > 0);
    const places = [
      ...missing.slice(0, shown).map(when),
      ...(missing.length > shown
        ? [missing.length - shown === 1 ? 'at one more place' : `at ${missing.length - shown} more places`]
        : []),
    ];
    const of = `the ${books[book]}${host === null ? '' : ` of ${host}`}`;
    const what = hostile
      ? `${one ? 'One row was' : `${count(rows)} rows were`} taken out of ${of}`
      : `${one ? 'One row is' : `${count(rows)} rows are`} missing in ${of}`;
    const requests = missing.flatMap((place) => place.requests);
    const kinds = distinct(requests.flatMap((request) => request.books.map((row) => row.book)));
    const them = one ? 'it' : 'them';
    const told = asked(requests);
    const has = kinds.length > 1 ? `The other two books have ${them}` : `The ${books[against]} has ${them}`;
    return [
      `${what}: ${sayList(places)}.`,
      `${has}${told === null ? '' : `: ${told}`}.`,
      silent
        ? 'Where they would stand is no row at all in that time: a file is missing, or was taken away.'
        : hostile
          ? 'Rows before and after are there, and what is gone belongs to the intrusion: somebody wanted it not to be seen.'
          : `The rows before and after are there: ${one ? 'this one was' : 'these were'} taken out, or never written down.`,
    ].join(' ');
  },
  silent: ({ host, fromUtc, toUtc, otherDays, usualMinutes, systemLog }: Silence) =>
    `${host ?? 'The server'} wrote nothing into any of its logs of requests ${when({ fromUtc, toUtc })}; at that time of ${otherDays} other days it did, and was never quiet for longer than ${usualMinutes === 1 ? 'a minute' : `${usualMinutes} minutes`} then; also no start of the web server is written behind it${systemLog ? ', nor a stop in the System event log' : ''}. Either the whole server stood still, or the rows of all logs were taken out.`,
  agree: (host: string | null, rows: number, fromMs: number, toMs: number) =>
    `The IIS logs of both sites and the HttpProxy logs${host === null ? '' : ` of ${host}`} hold the same ${count(rows)} requests ${sayDays(fromMs, toMs)}: from none of them a row was taken out alone.`,
} as const;
