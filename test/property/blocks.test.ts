/** Where a text is cut into blocks cannot be seen in what is read from it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Literal } from '../../src/core/record.ts';
import { ecpServer } from '../../src/read/ecp-server.ts';
import { httpproxy } from '../../src/read/httpproxy.ts';
import { iisW3c } from '../../src/read/iis-w3c.ts';
import { readerOf } from '../../src/read/index.ts';
import { logForms } from '../support/log-forms.ts';
import { utf16 } from '../support/memory.ts';
import { scanText, type Seen, told } from '../support/scan.ts';

const runs = { numRuns: process.env['AFTERPATCH_SOAK'] === '1' ? 20_000 : 150 };
const block = fc.integer({ min: 32, max: 600 }).map((half) => half * 2);
const word = fc.stringMatching(/^[a-zA-Z0-9/._é%ü€😀-]{1,30}$/u);
const end = fc.constantFrom('\n', '\r\n');

const iisHeaders = [
  'date time cs-method cs-uri-stem c-ip cs(User-Agent) sc-status',
  'time cs-uri-stem sc-status',
  'date time s-ip cs-uri-stem cs-username',
  'x y z',
];
const iisLine = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 59 }), word, word, fc.constantFrom('200', '404', '-'))
      .map(
        ([s, stem, agent, status]) =>
          `2021-03-03 04:12:${String(s).padStart(2, '0')} GET /${stem} 192.0.2.${s} ${agent} ${status}`,
      ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...iisHeaders).map((names) => `#Fields: ${names}`) },
  fc.constantFrom(
    '#Date: 2021-03-04 00:00:00',
    '#Software: x',
    '',
    ' ',
    '2021-03-03',
    '\0\0\0',
    '\ufeff#Fields: date time cs-uri-stem',
    '\ufeff',
    '\ufeff\ufeff2021-03-03 04:12:11 GET /marked 192.0.2.1 a 200',
    '2021-03-03 04:12:11 GET /marked 192.0.2.1 a 200\ufeff',
    '\ufeff'.repeat(90),
  ),
  word,
);
const csvCell = fc.oneof(word, fc.constantFrom('', '"a,b"', '"a""b"', 'a"b', '"open', '"a"b', '""'));
const csvLine = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(csvCell, csvCell, csvCell).map((cells) => `2021-03-03T04:12:11.000Z,id,/${cells.join(',')}`) },
  fc.constantFrom(
    'DateTime,RequestId,UrlStem,UserAgent,UrlQuery',
    '#Fields: DateTime,RequestId,UrlStem',
    'DateTime,RequestId,UrlStem,Method',
    '#Version: 15',
    '',
  ),
);
const ecpLine = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(word, word, fc.constantFrom('', ';S:EX=x', "';S:CMD=y", ';'))
      .map(
        ([command, url, odd]) =>
          `2021-03-03T04:12:11.000Z,MX,ECP.Request,"S:TIME=1;S:CMD=${command}${odd};S:REQID=;S:URL=/${url};S:EX=;S:BLD=15.1"`,
      ),
  },
  fc.constantFrom('TimeStamp,ServerName,EventId,EventData', '#Log-type: ECP Server Log', ''),
);

const literals: Literal[] = [
  { field: 'cs(User-Agent)', how: 'contains', text: 'ab', cased: false, selects: true },
  { field: 'cs-uri-stem', how: 'ends', text: 'É', cased: false, selects: true },
  { field: 'UserAgent', how: 'contains', text: 'a"b', cased: true, selects: true },
  { field: 'CMD', how: 'contains', text: 'a', cased: false, selects: true },
];
const judge = (_group: number, tuple: readonly (string | null)[]): boolean =>
  tuple.some((value) => value !== null && value.length % 3 === 0);

const plain = (seen: Seen): unknown => ({
  rows: seen.rows.map((row) => ({ ...row, raw: Buffer.from(row.raw).toString('hex') })),
  count: seen.count,
  lines: seen.lines,
  problems: told(seen),
  groups: seen.groups.map((group) => [...group].sort()),
  overflow: seen.overflow,
  spanMs: seen.spanMs,
  hours: [...seen.hours].sort((a, b) => a[0] - b[0]),
});

test.each([
  ['iis-w3c', iisW3c, iisLine],
  ['httpproxy', httpproxy, csvLine],
  ['ecp-server', ecpServer, ecpLine],
] as const)('%s: any cut gives the same', (_name, reader, line) => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 60 }),
      end,
      block,
      fc.boolean(),
      fc.constantFrom('utf8', 'utf16le', 'utf16be'),
      (lines, ending, blockBytes, closed, encoding) => {
        const text = lines.join(ending) + (closed ? ending : '');
        const bytes = encoding === 'utf8' ? new TextEncoder().encode(text) : utf16(text, encoding === 'utf16be');
        const options = { encoding, lineEnd: 10, literals, judge } as const;
        const whole = scanText(reader, bytes, options);
        expect(plain(scanText(reader, bytes, { ...options, blockBytes }))).toEqual(plain(whole));
        for (const { at, raw } of whole.rows) expect(bytes.slice(at, at + raw.length)).toEqual(raw);
      },
    ),
    runs,
  );
});

const scraps = [
  '',
  ' ',
  '\t',
  '"',
  ',',
  'a,b',
  '[',
  '#Date: 2021-03-04T00:00:00Z',
  '#Fields: a,b',
  'Timestamp\tProcess\tTID\t',
  '\0',
];

test.each(Object.keys(logForms))('%s: its own lines in any order, any cut, give the same', (kind) => {
  const lines = [...logForms[kind]!.text.split('\r\n'), ...scraps];
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...lines) },
    fc.tuple(fc.constantFrom(...lines), fc.nat(200)).map(([text, length]) => text.slice(0, length)),
  );
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 25 }),
      end,
      block,
      fc.constantFrom('utf8', 'utf16le'),
      (chosen, ending, blockBytes, encoding) => {
        const text = chosen.join(ending);
        const bytes = encoding === 'utf8' ? new TextEncoder().encode(text) : utf16(text);
        const options = { encoding, lineEnd: 10, judge } as const;
        const whole = scanText(readerOf(kind)!, bytes, options);
        expect(plain(scanText(readerOf(kind)!, bytes, { ...options, blockBytes }))).toEqual(plain(whole));
        for (const { at, raw } of whole.rows) expect(bytes.slice(at, at + raw.length)).toEqual(raw);
      },
    ),
    { numRuns: 25 },
  );
});

test('the attack rows of one block are all found, wherever they stand and however many they are', () => {
  const fields = '#Fields: date time cs-method cs-uri-stem sc-status\n';
  const attack = '2021-03-03 04:12:11 POST /aspnet_client/x.aspx 200\n';
  const other = '2021-03-03 04:12:11 GET /owa/ 200\n';
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 400 }),
      block,
      (count, before, after, blockBytes) => {
        const text = fields + other.repeat(before) + attack.repeat(count) + other.repeat(after);
        for (const cutAt of [blockBytes * 20, undefined]) {
          const seen = scanText(iisW3c, text, {
            judge: (_group, tuple) => tuple.includes('/aspnet_client/x.aspx'),
            ...(cutAt === undefined ? {} : { blockBytes: cutAt }),
          });
          expect(seen.rows.length).toBe(count);
          expect(seen.rows[0]).toMatchObject({ at: fields.length + before * other.length, line: before + 2 });
          expect(seen.rows.at(-1)!.line).toBe(before + count + 1);
        }
      },
    ),
    { numRuns: 12 },
  );
});
