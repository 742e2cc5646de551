import { expect, test } from 'vitest';
import type { Books, Demand, Reader, Seam } from '../core/record.ts';
import { httpproxy } from '../read/httpproxy.ts';
import { iisW3c } from '../read/iis-w3c.ts';

const iisHead = '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n';
const proxyHead =
  '#Log-type: HttpProxy Logs\r\n#Fields: DateTime,RequestId,Protocol,UrlStem,UserAgent,HttpStatus,BackEndStatus\r\n';
const id = (last: string): string => `0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f${last}`;
const iis = (time: string, query: string, port = '443', agent = 'x'): string =>
  `2021-03-03 ${time} 10.0.0.5 GET /ecp/ ${query} ${port} - 192.0.2.1 ${agent} 200\r\n`;

/** All blocks of a text, put together: rows per book and minute, and the sum of their ids. */
function booked(reader: Reader, text: string, blockBytes = 1 << 20): Record<string, Record<string, readonly [number, string]>> {
  const bytes = new TextEncoder().encode(text);
  const demand: Demand = { hash: 't', logSource: reader.logSource, literals: [], groups: [], groupLimit: 1, books: true };
  const scanner = reader.scanner(demand);
  const sums = new Map<string, { rows: number; ids: number[] }>();
  let seam: Seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };
  for (let at = 0, index = 0; at < bytes.length; at += blockBytes, index++) {
    const end = Math.min(bytes.length, at + blockBytes);
    const midRow = at > 0 && bytes[at - 1] !== 10;
    const facts = scanner.scan(
      { index, at, end, last: end === bytes.length },
      bytes.subarray(at),
      { ...seam, midRow },
      () => false,
      () => {},
    );
    seam = facts.after;
    for (const name of ['front', 'proxy', 'proxied', 'back'] as const) {
      const own: Books[typeof name] = facts.books?.[name];
      for (const [place, minute] of (own?.minutes ?? new Float64Array()).entries()) {
        const key = `${name} ${new Date(minute * 60_000).toISOString().slice(11, 16)}`;
        const sum = sums.get(key) ?? { rows: 0, ids: [0, 0, 0, 0] };
        sums.set(key, sum);
        sum.rows += own!.rows[place]!;
        for (let word = 0; word < 4; word++) sum.ids[word]! ^= own!.ids[place * 4 + word]!;
      }
    }
  }
  const books: Record<string, Record<string, readonly [number, string]>> = {};
  for (const [key, { rows, ids }] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [name, minute] = key.split(' ') as [string, string];
    (books[name] ??= {})[minute] = [rows, ids.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')];
  }
  return books;
}
const sumOf = (...guids: readonly string[]): string =>
  [0, 8, 16, 24]
    .map((at) => guids.reduce((sum, guid) => sum ^ Number.parseInt(guid.replaceAll('-', '').slice(at, at + 8), 16), 0))
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');

const front =
  iisHead +
  iis('04:11:02', `&CorrelationID=<empty>;&cafeReqId=${id('1')};`) +
  iis('04:11:58', `a=b&cafeReqId=${id('9')}&CorrelationID=<empty>;&cafeReqId=${id('2')};&encoding=;`) +
  iis('04:12:00', `&CorrelationID=<empty>;&cafeReqId=${id('3')};`, '443', `cafeReqId=${id('8')}`) +
  iis('04:12:01', '-') +
  iis('04:12:02', `reqId=${id('7')}`) +
  iis('04:12:03', `&reqId=${id('4')}&ActID=${id('5')}`, '444') +
  iis('04:12:04', `FrontEnd=MAIL01&RequestId=${id('6')}`, '444') +
  iis('04:12:05', `xcafeReqId=${id('7')}`) +
  iis('04:12:06', `cafeReqId=${id('g')}`);

test('IIS: the last id is the server’s own; by the port it is the front or the back; what names none is in no book', () => {
  expect(booked(iisW3c, front)).toEqual({
    front: { '04:11': [2, sumOf(id('1'), id('2'))], '04:12': [1, sumOf(id('3'))] },
    back: { '04:12': [2, sumOf(id('4'), id('6'))] },
  });
});

const proxy =
  proxyHead +
  `2021-03-03T04:11:02.123Z,${id('1')},Ecp,/ecp/,"Mozilla (X11, ""Linux""), x",200,200\r\n` +
  `2021-03-03T04:11:59.999Z,${id('2')},Owa,"/owa/a,b",x,302,\r\n` +
  `2021-03-03T04:12:00.000Z,${id('3')},Ecp,/ecp/,x,200,500\r\n` +
  `2021-03-03T04:12:00.000Z,not-an-id,Ecp,/ecp/,x,200,500\r\n` +
  `2021-03-03T04:12:00.000Z,${id('4')}\r\n` +
  `2098-13-03T04:12:00.000Z,${id('5')},Ecp,/ecp/,x,200,500\r\n`;

test('HttpProxy: quotes are heeded; what the back end answered is a book of its own', () => {
  expect(booked(httpproxy, proxy)).toEqual({
    proxy: { '04:11': [2, sumOf(id('1'), id('2'))], '04:12': [1, sumOf(id('3'))] },
    proxied: { '04:11': [1, sumOf(id('1'))], '04:12': [1, sumOf(id('3'))] },
  });
});

test('any cut gives the same books', () => {
  for (const [reader, text] of [
    [iisW3c, front],
    [httpproxy, proxy],
  ] as const) {
    const whole = booked(reader, text);
    for (let blockBytes = 200; blockBytes < 1200; blockBytes += 37) expect(booked(reader, text, blockBytes)).toEqual(whole);
  }
});

test('nobody who did not ask is given books', () => {
  const demand: Demand = { hash: 't', logSource: 'iis-w3c', literals: [], groups: [], groupLimit: 1 };
  const bytes = new TextEncoder().encode(front);
  const seam: Seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };
  const facts = iisW3c.scanner(demand).scan(
    { index: 0, at: 0, end: bytes.length, last: true },
    bytes,
    seam,
    () => false,
    () => {},
  );
  expect(facts.rows).toBe(9);
  expect(facts.books).toBe(undefined);
});
