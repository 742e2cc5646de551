/** Nothing that matters is left out, counts are exact, and no input makes the tables grow beyond their limits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Demand, Field, Literal } from '../../src/core/record.ts';
import { percentDecode } from '../../src/core/text.ts';
import { Automaton } from '../../src/kernel/automaton.ts';
import { literalHolds } from '../../src/kernel/index.ts';
import { freshRoom } from '../../src/kernel/room.ts';
import { ValueTable } from '../../src/kernel/tables.ts';
import { httpproxy } from '../../src/read/httpproxy.ts';
import { iisW3c } from '../../src/read/iis-w3c.ts';
import { readers } from '../../src/read/index.ts';
import { scanText } from '../support/scan.ts';

const fields = '#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status\n';
const cell = fc.stringMatching(/^[abAB%46é/.-]{1,6}$/u);
const row = fc.tuple(
  fc.constantFrom('GET', 'POST', '-'),
  cell,
  cell,
  fc.integer({ min: 1, max: 9 }),
  cell,
  fc.constantFrom('200', '302', '-'),
);
const lineOf = ([method, stem, query, ip, agent, status]: readonly (string | number)[]): string =>
  `2021-03-03 04:12:11 ${method} /${stem} ${query} 192.0.2.${ip} ${agent} ${status}\n`;
const value = (text: string | number): string | null => (text === '-' ? null : String(text));

test('groups are exact against a naive split', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 80 }), fc.integer({ min: 32, max: 400 }), (rows, half) => {
      const groups: Demand['groups'] = [['cs-method', 'cs-uri-stem', 'sc-status'], ['cs(User-Agent)'], ['no-such-field', 'c-ip']];
      const seen = scanText(iisW3c, fields + rows.map(lineOf).join(''), { groups, blockBytes: half * 2 });
      const wanted = groups.map(() => new Map<string, number>());
      for (const [method, stem, , ip, agent, status] of rows) {
        const tuples = [[value(method), `/${stem}`, value(status)], [value(agent)], [null, `192.0.2.${ip}`]];
        for (const [i, tuple] of tuples.entries())
          wanted[i]!.set(JSON.stringify(tuple), (wanted[i]!.get(JSON.stringify(tuple)) ?? 0) + 1);
      }
      for (const [i, group] of wanted.entries()) expect(new Map(seen.groups[i])).toEqual(group);
      expect(seen.overflow).toBe(0);
    }),
    { numRuns: 150 },
  );
});

const literal = fc.record({
  field: fc.constantFrom('cs-uri-stem', 'cs-uri-query', 'cs(User-Agent)'),
  how: fc.constantFrom('is', 'starts', 'ends', 'contains'),
  text: fc.stringMatching(/^[abAB%46é/]{1,3}$/u),
  cased: fc.boolean(),
  selects: fc.constant(true),
}) as fc.Arbitrary<Literal>;

test('every row on which a selecting literal holds, or whose tuple matters, is a candidate, also when the tables are full', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 60 }),
      fc.array(literal, { maxLength: 4 }),
      cell,
      fc.constantFrom(1, 2, 5, 4096),
      (rows, literals, wanted, groupLimit) => {
        const groups = [['cs-method', 'cs-uri-stem'], ['c-ip']];
        const judge = (group: number, tuple: readonly (string | null)[]): boolean => group === 0 && tuple[1] === `/${wanted}`;
        const seen = scanText(iisW3c, fields + rows.map(lineOf).join(''), { groups, literals, judge, groupLimit });
        const lines = new Set(seen.rows.map(({ line }) => line));
        for (const [i, [, stem, query, , agent]] of rows.entries()) {
          const texts: Record<string, string | null> = {
            'cs-uri-stem': `/${stem}`,
            'cs-uri-query': value(query),
            'cs(User-Agent)': value(agent),
          };
          const holds = literals.some((asked) => {
            const text = texts[asked.field]!;
            const field: Field = {
              name: asked.field,
              type: 'text',
              writtenBy: 'client',
              ...(asked.field === 'cs(User-Agent)' ? {} : { percent: true }),
            };
            return text !== null && literalHolds(asked, field, text);
          });
          expect(lines.has(i + 2)).toBe(holds || stem === wanted);
        }
        // What is not counted one by one is counted as overflow.
        const counted = seen.groups.map((group) => [...group.values()].reduce((a, b) => a + b, 0));
        expect(counted[0]! + counted[1]! + seen.overflow).toBe(rows.length * 2);
        for (const group of seen.groups) expect(group.size).toBeLessThanOrEqual(groupLimit);
        expect(seen.problems.some(({ code }) => code === 'row.groups_overflow')).toBe(seen.overflow > 0);
      },
    ),
    { numRuns: 300 },
  );
});

test('a quoted and a plain cell with the same bytes are two values', () => {
  const seen = scanText(
    httpproxy,
    'DateTime,RequestId,UrlStem\n2021-03-03T04:12:11Z,1,x""y\n2021-03-03T04:12:11Z,2,"x""y"\n2021-03-03T04:12:11Z,3,"z"\n2021-03-03T04:12:11Z,4,z\n',
    {
      groups: [['UrlStem']],
      judge: (_group, [stem]) => stem === 'x"y',
    },
  );
  expect(seen.rows.map(({ fields: { RequestId } }) => RequestId)).toEqual(['2']);
  expect(new Map(seen.groups[0])).toEqual(
    new Map([
      ['["x\\"\\"y"]', 1],
      ['["x\\"y"]', 1],
      ['["z"]', 2],
    ]),
  );
});

test('values made to collide cost no more than a bounded search, and none is lost', () => {
  // Two-byte values with the same hash in the table's lowest bits, found by trying.
  const table = new ValueTable(4096, freshRoom);
  const bytes = new Uint8Array(60_000 * 3);
  for (let i = 0; i < 60_000; i++) bytes.set([i & 255, (i >> 8) & 255, 7], i * 3);
  table.begin(bytes);
  let refused = 0;
  for (let i = 0; i < 60_000; i++) if (table.intern(i * 3, i * 3 + 3, 0) === -1) refused++;
  expect(table.count).toBeLessThanOrEqual(4097);
  expect(refused).toBe(60_000 - (table.count - 1));
  const first = table.intern(0, 3, 0);
  expect(table.intern(0, 3, 0)).toBe(first);
  const flood = Array.from({ length: 20_000 }, (_, i) => `2021-03-03 04:12:11 GET /${i.toString(36)} - 192.0.2.1 a 200\n`).join(
    '',
  );
  const seen = scanText(iisW3c, fields + flood, {
    groups: [['cs-uri-stem']],
    groupLimit: 64,
    judge: (_group, [stem]) => stem === '/fe9',
  });
  expect(seen.rows.map(({ fields: found }) => found['cs-uri-stem'])).toEqual(['/fe9']);
  expect(seen.overflow + [...seen.groups[0]!.values()].reduce((a, b) => a + b, 0)).toBe(20_000);
});

const anyCell = fc.oneof(
  fc.stringMatching(/^[abkK%2541'"ſ\u212aéÉ]{0,12}$/u),
  fc.string({ maxLength: 12 }),
  fc.string({ maxLength: 6 }).map((text) => encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/g, ''))),
);

test('the automaton never says no where a literal holds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyCell, fc.boolean(), fc.constantFrom('is', 'starts', 'ends', 'contains')), {
        minLength: 1,
        maxLength: 5,
      }),
      anyCell,
      fc.boolean(),
      (asked, text, percent) => {
        const automaton = new Automaton(
          asked.map(([wanted]) => wanted),
          [0x22],
          percent,
        );
        const bytes = new TextEncoder().encode(`xx${text}yy`);
        const may = automaton.mayHold(bytes, 2, bytes.length - 2);
        const field: Field = { name: 'f', type: 'text', writtenBy: 'client', ...(percent ? { percent: true } : {}) };
        for (const [wanted, cased, how] of asked) {
          if (literalHolds({ field: 'f', how, text: wanted, cased, selects: true }, field, text)) expect(may).toBe(true);
        }
        // And it does not cry wolf on plain ASCII.
        const folded = [text, ...(percent ? [percentDecode(text)] : [])].map((one) => one.toLowerCase());
        // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
        const ascii =
          [text, ...folded].every((one) => /^[\u0000-\u007f]*$/.test(one)) &&
          asked.every(([wanted]) => /^[\u0000-\u007f]+$/.test(wanted));
        if (
          ascii &&
          !folded.some((one) => one.includes('"')) &&
          !asked.some(([wanted]) => folded.some((one) => one.includes(wanted.toLowerCase())))
        )
          expect(may).toBe(false);
      },
    ),
    { numRuns: 3000 },
  );
});

test('no bytes make a reader throw or stand still', () => {
  const odd = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ maxLength: 300 }).map((text) => new TextEncoder().encode(text)),
    fc
      .array(
        fc.constantFrom(
          '#Fields: ',
          'date time cs-uri-stem',
          ',',
          '"',
          ' ',
          '\n',
          '\r',
          '\0',
          'S:CMD=',
          ';',
          "'",
          '2021-03-03',
          '04:12:11',
          'DateTime,AnchorMailbox',
          'ExternalUrl : x',
          '\ufeff',
          '{',
          ':',
        ),
        { maxLength: 60 },
      )
      .map((parts) => new TextEncoder().encode(parts.join(''))),
  );
  fc.assert(
    fc.property(
      odd,
      fc.integer({ min: 32, max: 200 }),
      fc.constantFrom('utf8', 'utf16le', 'utf16be'),
      fc.constantFrom(10, 13),
      (bytes, half, encoding, lineEnd) => {
        for (const reader of readers) {
          const seen = scanText(reader, bytes, { blockBytes: half * 2, encoding, lineEnd });
          expect(seen.rows.length).toBeLessThanOrEqual(bytes.length);
          reader.recognise(new TextDecoder().decode(bytes), 'C:\\x');
          reader.claims(new TextDecoder().decode(bytes), true);
        }
      },
    ),
    { numRuns: 400 },
  );
});
