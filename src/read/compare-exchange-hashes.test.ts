import { expect, test } from 'vitest';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { compareExchangeHashes } from './compare-exchange-hashes.ts';

const header = '"FileName","VDir","Error","FilePath","FileHash","CreationTimeUtc","LastWriteTimeUtc","LastAccessTimeUtc","PDir"';
const row = (name: string, error: string, written: string): string =>
  `"${name}","/owa","${error}","C:\\inetpub\\wwwroot\\aspnet_client\\${name}","AB12","01/02/2021 01:00:00","${written}","01/02/2021 01:00:00","C:\\inetpub\\wwwroot"`;

test('rows, and the day where the column settles it', () => {
  const text = [
    header,
    row('a.aspx', 'NoHashMatch', '03/04/2021 10:00:00'),
    row('b.aspx', 'KnownBadHash', '03/22/2021 10:00:00'),
    '',
  ].join('\r\n');
  expect(compareExchangeHashes.recognise(text, '')).toBe(0.95);
  const seen = scanText(compareExchangeHashes, text);
  expect(fieldsOf(seen).map(({ Error, FilePath, FileHash, Written }) => [Error, FilePath, FileHash, Written])).toEqual([
    ['NoHashMatch', 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx', 'AB12', '2021-03-04T10:00:00.000Z'],
    ['KnownBadHash', 'C:\\inetpub\\wwwroot\\aspnet_client\\b.aspx', 'AB12', '2021-03-22T10:00:00.000Z'],
  ]);
  expect([seen.count, seen.rows[0]!.time, told(seen)]).toEqual([2, null, []]);
});

test('fifty thousand files are one count for each kind', () => {
  const rows = Array.from({ length: 50_000 }, (_, i) =>
    row(`f${i}.js`, i % 2 === 0 ? 'NoHashMatch' : 'Suspicious', '12/30/2020 10:00:00'),
  );
  const seen = scanText(compareExchangeHashes, [header, ...rows].join('\r\n'), { judge: () => false });
  expect([seen.count, seen.rows.length, Object.fromEntries(seen.groups[0]!)]).toEqual([
    50_000,
    0,
    { '["NoHashMatch"]': 25_000, '["Suspicious"]': 25_000 },
  ]);
});
