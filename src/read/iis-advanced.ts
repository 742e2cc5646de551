/**
 * IIS Advanced Logging (a module for IIS 7 and later): the names of W3C logs, blanks or tabs between columns, text in quotes.
 * Rows are rows of iis-w3c.
 * @see https://learn.microsoft.com/en-us/iis/extensions/advanced-logging-module/advanced-logging-for-iis-custom-logging
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type Cells, TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { iisFields } from './iis-w3c.ts';
import { w3cFormat } from './w3c.ts';

const quote = 0x22;
const blank = 0x20;
const tab = 0x09;
const gap = (byte: number | undefined): boolean => byte === blank || byte === tab;

/** A quote ends a value only where a gap or the end of the line follows. */
function split(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  let at = start;
  while (at < end) {
    while (at < end && gap(bytes[at])) at++;
    if (at >= end) return;
    let stop = at;
    if (bytes[at] === quote) {
      stop = at + 1;
      while (stop < end && !(bytes[stop] === quote && (stop + 1 === end || gap(bytes[stop + 1])))) stop++;
      if (stop < end) {
        cells.push(at + 1, stop, 0);
        at = stop + 1;
        continue;
      }
      // It never closes: an ordinary character.
      stop = at;
    }
    while (stop < end && !gap(bytes[stop])) stop++;
    cells.push(at, stop, 0);
    at = stop;
  }
}

const format = w3cFormat({
  logSource: 'iis-w3c',
  fields: iisFields,
  required: ['cs-uri-stem'],
  surplus: null,
  aliases: { 'cs(host)': 'cs-host', timetakenms: 'time-taken', 'cs(x-forwarded-for)': 'X-Forwarded-For' },
  split,
});

export const iisAdvanced: Reader = {
  kind: 'iis-advanced',
  logSource: 'iis-w3c',
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head) {
    const { software, fieldLists } = headOf(head);
    return /^IIS Advanced Logging/i.test(software ?? '') && fieldLists.some((names) => /\bcs-uri-stem\b/i.test(names)) ? 1 : 0;
  },
  claims(line, previous) {
    if (/^#\s*Software:\s*IIS Advanced Logging/i.test(line)) return 1;
    if (line.startsWith('#')) return previous && !/^#\s*Software/i.test(line) ? 1 : 0;
    return previous && /^\d{4}-\d\d-\d\d[ \t]/.test(line) ? 2 : 0;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
