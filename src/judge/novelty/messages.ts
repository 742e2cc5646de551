/** What novelty says, English. Numbers and the log's own words; no adjective. */
import { visible } from '../../core/visible.ts';
import type { Deed } from './deed.ts';
import type { Learnt } from './index.ts';
import type { Reason } from './rank.ts';

const plural = (count: number, one: string, many = `${one}s`): string => `${sayCount(count)} ${count === 1 ? one : many}`;
const sayCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
const shortened = (text: string, most: number): string => {
  const shown = visible(text);
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown;
};

const actors: Readonly<Record<Deed['actor'], string>> = {
  nobody: 'without a login',
  service: 'by a process that serves the network',
  person: 'by somebody who was logged in',
  computer: 'as an account of a computer',
  sid: 'as an account that is named by its number',
  system: 'as the account of the system itself',
  monitor: 'as the server’s own monitoring',
  deputy: 'by an account that acted as another one',
};

const oddNames: Readonly<Record<string, string>> = {
  at: '@',
  brace: 'brackets or backslashes',
  slash: '/',
  colon: ':',
  markup: '< or >',
  quote: 'quotes, $ or parentheses',
  percent: '%',
  binary: 'bytes that are no text',
};

const ends = (deed: Deed): string => (deed.outcome === 'ran' ? 'broke while it was carried out' : 'was answered');

export const noveltySentences = {
  /** The thing itself, in one line. */
  thing: (kind: 'page' | 'action', deed: Deed) =>
    kind === 'page'
      ? // The method stands behind the path: signatures look for them side by side.
        `${shortened(deed.what, 120)}: ${shortened(deed.how, 20)} ${ends(deed)} (${shortened(deed.ended, 12)}) ${actors[deed.actor]}`
      : `${shortened(deed.what.trim(), 120)}${deed.how === '' ? '' : ` (${shortened(deed.how, 60)})`} ${
          deed.outcome === 'ran' ? 'ended in an error' : 'was carried out'
        } ${actors[deed.actor]}`,
  title: (thing: string) => `New or rare here: ${thing}`,
  reason(reason: Reason): string {
    switch (reason.code) {
      case 'rare':
        return reason.kind === 'page'
          ? `Of ${plural(reason.rows, 'request')} in this log ${sayCount(Math.max(1, reason.count))} got an answer from this page.`
          : `Of ${plural(reason.rows, 'row')} in this log ${sayCount(Math.max(1, reason.count))} tell of this.`;
      case 'how':
        return reason.others === 0
          ? `It was done with ${shortened(reason.how === '' ? 'nothing' : reason.how, 40)}, as pages of its kind hardly ever are.`
          : `It was done with ${shortened(reason.how === '' ? 'nothing' : reason.how, 40)}; ${plural(reason.others, 'other row')} of the same did it otherwise.`;
      case 'actor':
        if (reason.others === 0) return `It was done ${actors[reason.actor]}.`;
        return reason.actor === 'nobody'
          ? `Nobody was logged in; ${plural(reason.others, 'answered row')} under ${shortened(reason.realm, 40)} had somebody.`
          : `It was done ${actors[reason.actor]}; ${plural(reason.others, 'answered row')} under ${shortened(reason.realm, 40)} were not.`;
      case 'given':
        return `The server answered ${shortened(reason.ended, 12)}; others who were not logged in were turned away ${plural(reason.refused, 'time')}.`;
      case 'ended':
        return `It ended with ${shortened(reason.ended, 12)}, as almost none of ${plural(reason.others, 'answered row')} did.`;
      case 'shape':
        return `What was written as ${reason.shaped} had this form almost never${
          reason.odd.length === 0 ? '' : `: it holds ${reason.odd.map((odd) => oddNames[odd] ?? odd).join(', ')}`
        }; ${plural(reason.others, 'row')} had another one.`;
      case 'late':
        return `It was first seen ${plural(Math.floor(reason.quietMs / 86_400_000), 'day')} after the record begins.`;
      case 'agent':
        return `The program that asked is named in ${plural(reason.count, 'row')}, and never logged in.`;
      case 'address':
        return 'Nobody ever logged in from the address that asked.';
      case 'outside':
        return 'It was asked as the server’s own monitoring, and not from the server.';
      case 'company':
        return `Within five minutes ${plural(reason.others, 'other thing')} that ${reason.others === 1 ? 'is' : 'are'} out of place began as well.`;
    }
  },
  doesNotProve:
    'That it is an attack. It says only that this server hardly ever does this, as far as its own logs of these days tell.',
  innocent: 'A new program or device, an update, a scan by your own people, or work that is done once a month.',
  also: (thing: string) => `Within five minutes: ${thing}.`,
  more: (count: number) => `Within five minutes: ${plural(count, 'more thing')}.`,
  learnt: (learnt: Learnt, log: string, host: string | null, from: string) => {
    const of = `the ${log}${host === null ? '' : ` of ${host}`}`;
    switch (learnt) {
      case 'few':
        return `Of ${of} there are too few rows to learn what is normal.`;
      case 'short':
        return `From ${of} we cannot learn what is normal: the record is shorter than three days.`;
      case 'begun':
        return `From ${of} we cannot learn what is normal: things that are out of place were there before ${from}, when the record had hardly begun. Whoever was in by then is part of what we take for normal.`;
      case 'unseen':
        return `From ${of} we cannot learn what is normal: something that is out of place is used again and again, and how it came there is not in the record. Whoever brought it may have been in before the record begins, and is then part of what we take for normal.`;
      case 'yes':
        return `From ${of} we know what is new since ${from}. What was there before we cannot tell from what is normal: whoever was in by then is part of it.`;
    }
  },
  overflow: (rows: number, log: string, host: string | null) =>
    `In the ${log}${host === null ? '' : ` of ${host}`} ${plural(rows, 'row')} brought more different values than can be counted; what is new among them was not looked for. Somebody may have wanted that.`,
} as const;
