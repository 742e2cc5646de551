/** What is said of indicators of others that were met. */
import type { IndicatorKind, Weakness } from '../rules/index.ts';
import { sayDay } from './messages.ts';

const kinds: Readonly<Record<IndicatorKind, string>> = {
  md5: 'file hash (MD5)',
  sha1: 'file hash (SHA-1)',
  sha256: 'file hash (SHA-256)',
  address: 'address',
  range: 'range of addresses',
  domain: 'domain',
  url: 'web address',
  user_agent: 'user agent',
  path: 'path',
  file_name: 'file name',
  account: 'account',
  email: 'mail address',
};

const meets: Readonly<Record<string, string>> = {
  equal: '',
  range: ' (an address in it)',
  below: ' (a name below it)',
  host: ' (its host, in another address)',
  tail: ' (a path that ends with it)',
  folder: ' (a file in it)',
  name: ' (a file of this name)',
  page: ' (the page under which it is published)',
};

const weak: Readonly<Record<Weakness, string>> = {
  common_agent: 'Very many programs send this user agent.',
  shared_host: 'The host belongs to a large service.',
};

const day = (ms: number | null): string | null => (ms === null ? null : sayDay(ms));
const times = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export const indicatorSentences = {
  title: (kind: IndicatorKind, value: string) => `Listed by others: the ${kinds[kind]} ${value}`,
  fileTitle: (kind: IndicatorKind, value: string) => `A file has a hash that others list: ${kinds[kind]} ${value}`,
  more: (count: number, file: string) => `Listed by others: ${times(count, 'further indicator')} of ${file}`,
  moreProves: (count: number, file: string) =>
    `${times(count, 'more indicator')} of ${file} ${count === 1 ? 'stands' : 'stand'} in what was handed in. A list that meets so much says more of itself than of your server.`,
  where: (field: string, how: string, written: string | null) =>
    `${field}${meets[how] ?? ''}${written === 'client' ? ', which the client wrote itself' : ''}`,
  stands: (fields: readonly string[], more: number) =>
    `It stands in ${fields.join('; ')}${more === 0 ? '' : `; and ${more} more fields`}.`,
  listed: (
    file: string,
    at: string,
    facts: {
      readonly says: string | null;
      readonly by: string | null;
      readonly confidence: number | null;
      readonly sightings: number;
      readonly falseAlarms: number;
      readonly firstSeenMs: number | null;
      readonly lastSeenMs: number | null;
      readonly more: readonly string[];
    },
  ) => {
    const parts = [
      facts.says === null ? null : `“${facts.says}”`,
      facts.by,
      facts.confidence === null ? null : `confidence ${facts.confidence} of 100`,
      facts.firstSeenMs === null ? null : `first seen ${day(facts.firstSeenMs)}`,
      facts.lastSeenMs === null ? null : `last seen ${day(facts.lastSeenMs)}`,
      facts.sightings === 0 ? null : times(facts.sightings, 'sighting'),
      facts.falseAlarms === 0 ? null : `${times(facts.falseAlarms, 'false alarm')} reported`,
    ].filter((part) => part !== null);
    const also = facts.more.length === 0 ? '' : ` It stands in ${facts.more.join(', ')}, too.`;
    return `Listed in ${file}${at === '' ? '' : ` (${at})`}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.${also}`;
  },
  outside: (outside: number, count: number, fromMs: number | null, untilMs: number | null) =>
    `Its list says that it is valid ${fromMs === null ? '' : `from ${day(fromMs)}`}${untilMs === null ? '' : ` until ${day(untilMs)}`}: ${outside === count ? 'all' : String(outside)} of the ${count} lie outside.`.replace(
      '  ',
      ' ',
    ),
  file: (place: string | null, published: boolean) =>
    place === null
      ? 'A file with exactly this content was handed in.'
      : published
        ? `A file with exactly this content stood at ${place}, where the web server publishes it.`
        : `A file with exactly this content stood at ${place}.`,
  fileShown: (path: string, sha256: string | null) => `${path}${sha256 === null ? '' : ` (SHA-256 of the file: ${sha256})`}`,
  joins: (count: number, firstMs: number | null) =>
    count === 1
      ? `The same stands in the traces of the intruder${firstMs === null ? '' : ` of ${sayDay(firstMs)}`} that this report tells of.`
      : `The same stands in the traces of ${count} of those whom this report tells of.`,
  own: 'It is an address of your own server: its list is wrong about it, or means something else.',
  doesNotProve: (kind: IndicatorKind, isFile: boolean) =>
    isFile
      ? 'That anybody asked for it or ran it. It has no stage and the answer is made without it.'
      : kind === 'address' || kind === 'range'
        ? 'That anybody got in: addresses scan, are rented, and change hands. It has no stage and the answer is made without it.'
        : kind === 'file_name' || kind === 'user_agent'
          ? 'Much: a name alone is weak, anybody can give it to anything. It has no stage and the answer is made without it.'
          : 'How far anybody got: nobody has said what a match proves here, so it has no stage and the answer is made without it.',
  innocent: (kind: IndicatorKind, weakness: Weakness | null) => {
    const reason = weakness === null ? '' : ` ${weak[weakness]}`;
    switch (kind) {
      case 'address':
      case 'range':
        return `The address belonged to somebody else at that time (another customer of the same provider, a VPN, a scanner of researchers).${reason}`;
      case 'domain':
      case 'url':
        return `Somebody mentioned it: a mail, a link, a filter, a report about the attack.${reason}`;
      case 'user_agent':
        return `Another program, or a scanner of researchers, sends the same.${reason}`;
      case 'file_name':
      case 'path':
        return `Another file has this name.${reason}`;
      case 'account':
      case 'email':
        return `Somebody else has this name, or its owner was attacked and is no attacker.${reason}`;
      case 'md5':
      case 'sha1':
      case 'sha256':
        return `A sample that researchers or a scanner keep, or a file that its list names by mistake.${reason}`;
    }
  },
} as const;
