/** One file of indicators: which form it has, and who reads it. */
import type { IndicatorSet } from './indicator.ts';
import { separatorOf } from './cells.ts';
import { mispEvents, readMisp } from './misp.ts';
import { readOpenIoc } from './openioc.ts';
import { readPlain } from './plain.ts';
import { readStix, stixObjects } from './stix.ts';
import { readTable } from './table.ts';

/** Bytes of one file; what is longer is not read, and said. */
export const longestList = 256 << 20;

/** It stands in memory as a whole, many times as large. */
const longestJson = 96 << 20;

/** @param file as the operator named it */
export function readList(set: IndicatorSet, text: string, file: string): void {
  set.begin(file);
  const before = set.said;
  readForm(set, text, file);
  if (set.said === before) set.leaveOut('nothing', '', { file, at: '' }, '');
}

function readForm(set: IndicatorSet, text: string, file: string): void {
  const body = text.replace(/^\ufeff/, '');
  const place = { file, at: 'line 1' };
  const start = /\S/.exec(body)?.index ?? -1;
  if (start === -1) return;
  const first = body[start]!;
  if (first === '{' || (first === '[' && /^\[\s*[[{"\d\]]/.test(body.slice(start, start + 200)))) readJson(set, body, file);
  else if (first === '<' && !/^<{7} /.test(body.slice(start, start + 8))) {
    const head = body.slice(start, start + 16_384);
    if (/<(?:\w{1,20}:)?(?:ioc|openioc)[\s>]/i.test(head)) readOpenIoc(set, body, file);
    else
      set.leaveOut(
        /<(?:\w{1,20}:)?STIX_Package[\s>]/.test(head) ? 'form' : 'not_a_list',
        /STIX_Package/.test(head) ? 'STIX 1' : 'XML',
        place,
        '',
      );
  } else {
    const lines = body
      .slice(0, 64 << 10)
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && !/^\s*(?:#|\/\/)/.test(line))
      .slice(0, 200);
    const separator = separatorOf(lines);
    if (separator === null || !readTable(set, body, separator, file)) {
      if (separator === null) readPlain(set, body, file);
    }
  }
}

function readJson(set: IndicatorSet, text: string, file: string): void {
  if (text.length > longestJson) {
    set.leaveOut('limit', `JSON longer than ${longestJson >> 20} MiB`, { file, at: '' }, '');
    return;
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    // One object a line: exports of some tools.
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const parsed = lines.length < 2 ? [] : lines.map((line) => parsedLine(line));
    if (parsed.length === 0 || parsed.some((one) => one === undefined)) {
      set.leaveOut('broken', 'JSON', { file, at: 'line 1' }, text.slice(0, 80));
      return;
    }
    data = parsed;
  }
  const objects = stixObjects(data);
  if (objects !== null) {
    readStix(set, objects, file);
    return;
  }
  const events = mispEvents(data);
  if (events !== null) for (const event of events) readMisp(set, event, file);
  else if (Array.isArray(data) && data.length > 0 && data.every((one) => typeof one === 'string'))
    readPlain(set, data.join('\n'), file);
  else set.leaveOut('not_a_list', 'JSON', { file, at: 'line 1' }, text.slice(0, 80));
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
