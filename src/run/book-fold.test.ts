import { describe, expect, test } from 'vitest';
import type { Course, Seam } from '../core/record.ts';
import { readerOf } from '../read/index.ts';
import { BookFold } from './book-fold.ts';

const fields = '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip sc-status\r\n';
const rows = (...clocks: readonly string[]): string =>
  clocks
    .map((time, index) =>
      time.startsWith('#')
        ? `${time}\r\n`
        : `2021-03-03 ${time} 10.0.0.5 GET /ecp/ &cafeReqId=0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f${index % 10} 443 192.0.2.1 200\r\n`,
    )
    .join('');

function course(text: string, blockBytes: number): Course {
  const fold = new BookFold();
  const bytes = new TextEncoder().encode(text);
  const scanner = readerOf('iis-w3c')!.scanner({
    hash: 't',
    logSource: 'iis-w3c',
    literals: [],
    groups: [],
    groupLimit: 1,
    books: true,
  });
  let seam: Seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };
  for (let at = 0, index = 0; at < bytes.length; at += blockBytes, index++) {
    const end = Math.min(bytes.length, at + blockBytes);
    const facts = scanner.scan(
      { index, at, end, last: end === bytes.length },
      bytes.subarray(at),
      { ...seam, midRow: at > 0 && bytes[at - 1] !== 10 },
      () => false,
      () => {},
    );
    seam = facts.after;
    fold.add(facts.books);
  }
  return fold.observed()!.course!;
}
const clock = (minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16);
const steps = (text: string, blockBytes: number): string[] =>
  course(text, blockBytes).steps.map(({ fromMinute, toMinute }) => `${clock(fromMinute)}>${clock(toMinute)}`);
const cuts = Array.from({ length: 30 }, (_, index) => 150 + index * 37);

describe('how time goes on in a log, cut anywhere', () => {
  test('five minutes back are the way of logging, more are said', () => {
    const text = fields + rows('04:10:00', '04:05:01', '04:20:00', '04:03:00', '04:04:00', '05:00:00', '04:00:00');
    for (const blockBytes of cuts) expect(steps(text, blockBytes)).toEqual(['04:20>04:03', '05:00>04:00']);
  });
  test('behind a head line it is another log: begun anew, or put behind the first', () => {
    const text = fields + rows('04:10:00', '04:20:00', '#Date: 2021-03-03 03:00:00', '03:00:01', '03:01:00', '02:00:00');
    for (const blockBytes of cuts) {
      expect(steps(text, blockBytes)).toEqual(['03:01>02:00']);
      expect(course(text, blockBytes).starts).toEqual([Date.UTC(2021, 2, 3, 3)]);
    }
  });
});
