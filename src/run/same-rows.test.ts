/** Rows that were handed in twice, in two forms, count once; rows that were not are never lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Entry, utf16 } from '../../test/support/memory.ts';
import { countsOf, observeTree, ruleOn, shuffledBy, verdicts } from '../../test/support/run-memory.ts';
import { sameRowsLimits } from './same-rows.ts';

const rules = [
  ruleOn('post', 'iis-w3c', 'cs-method', 'is', 'POST'),
  ruleOn('anchor', 'httpproxy', 'AnchorMailbox', 'contains', 'ServerInfo~'),
  ruleOn('set', 'ecp-server', 'CMD', 'contains', 'Set-OabVirtualDirectory'),
];
const two = (value: number): string => String(value).padStart(2, '0');
const guid = (i: number): string => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;

const iisFields =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';
const iisHeader = `#Software: Microsoft Internet Information Services 10.0\n#Fields: ${iisFields}\n`;
const iisRow = (i: number, path = `/p${i % 7}`, ip = '10.20.0.11'): string =>
  `2021-03-03 ${two(4 + Math.floor(i / 3600))}:${two(Math.floor(i / 60) % 60)}:${two(i % 60)} ${ip} ${i % 5 === 0 ? 'POST' : 'GET'} ${path} - 443 - 192.0.2.${i % 9} Mozilla/5.0+(x;+é) - 200 0 0 ${i % 83}\n`;
const iis = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => iisRow(from + i)).join('');

const proxyNames = [
  'DateTime',
  'RequestId',
  'Protocol',
  'UrlStem',
  'AnchorMailbox',
  'UserAgent',
  'ClientIpAddress',
  'HttpStatus',
  'Method',
  'GenericErrors',
];
const proxyCells = (i: number): string[] => [
  `2021-03-03T04:${two(Math.floor(i / 60) % 60)}:${two(i % 60)}.${String((i * 7) % 1000).padStart(3, '0')}Z`,
  guid(i),
  'Ecp',
  `/ecp/${i}.js`,
  i % 4 === 0 ? `ServerInfo~a]@mail01.haven.example:444/autodiscover?#${i}` : '',
  i % 3 === 0 ? 'python-requests/2.25.1, x' : 'ExchangeServicesClient/0.0.0.0',
  `198.51.100.${i % 9}`,
  '241',
  'POST',
  '',
];
const plainCell = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const quotedCell = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const rowsOf = (count: number): string[][] => Array.from({ length: count }, (_, i) => proxyCells(i));
const proxy = (rows: readonly string[][]): string =>
  `#Software: Microsoft Exchange Server\n#Log-type: HttpProxy Logs\n#Fields: ${proxyNames.join(',')}\n${rows.map((cells) => `${cells.map(plainCell).join(',')}\n`).join('')}`;
const exported = (rows: readonly string[][], names: readonly string[]): string =>
  `#TYPE Selected.System.Management.Automation.PSCustomObject\r\n${names.map(quotedCell).join(',')}\r\n${rows
    .map((cells) => `${names.map((name) => quotedCell(cells[proxyNames.indexOf(name)] ?? 'extra')).join(',')}\r\n`)
    .join('')}`;
const hostile = (rows: readonly string[][]): string[][] => rows.filter((cells) => cells[4] !== '');

const ecpRow = (i: number): string[] => [
  `2021-03-03T04:${two(i)}:11.400Z`,
  'MX1',
  'ECP.Request',
  `S:TIME=${i};S:SID=${guid(1)};'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''http://f/${i}''';S:REQID=;S:URL=/ecp/DDI/DDIService.svc?a="${i}";S:EX=;S:ACTID=${guid(i)};S:BLD=15.1`,
];
const ecpNames = 'TimeStamp,ServerName,EventId,EventData';
const ecp = `#Log-type: ECP Server Log\n#Fields: ${ecpNames}\n${Array.from({ length: 12 }, (_, i) => `${ecpRow(i).map(plainCell).join(',')}\n`).join('')}`;

const rawIis = '/case/MAIL01/C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
const rawProxy = '/case/MAIL01/C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Ecp/HttpProxy_2021030304-1.LOG';
const rawEcp = '/case/MAIL01/C/Program Files/Microsoft/Exchange Server/V15/Logging/ECP/Server/ECPServer20210303-1.LOG';
const iisLog = iisHeader + iis(0, 400);
const proxyRows = rowsOf(120);
const list = (rows: readonly string[][], names: readonly string[]): string =>
  rows.map((cells) => `${names.map((name) => `${name.padEnd(15)} : ${cells[proxyNames.indexOf(name)]}\n`).join('')}\n`).join('');
const table = (rows: readonly string[][]): string =>
  `DateTime                 AnchorMailbox\n--------                 -------------\n${rows.map((cells) => `${cells[0]} ${cells[4]}\n`).join('')}`;

describe('one log in two forms', () => {
  test.each<[string, string, Entry, Entry]>([
    ['IIS without its header', rawIis, iisLog, iis(0, 400)],
    ['IIS, a piece without its header', rawIis, iisLog, iis(37, 251)],
    ['IIS in UTF-16', rawIis, iisLog, utf16(iisLog)],
    ['IIS in UTF-16, big end first', rawIis, iisLog, utf16(iisLog, true)],
    ['IIS with other line ends', rawIis, iisLog, iisLog.replaceAll('\n', '\r\n')],
    ['IIS with old line ends', rawIis, iisLog, iisLog.replaceAll('\n', '\r')],
    ['IIS with a mark', rawIis, iisLog, `\ufeff${iisLog}`],
    ['HttpProxy as a CSV export', rawProxy, proxy(proxyRows), exported(proxyRows, proxyNames)],
    [
      'HttpProxy as a CSV export with a column of its own',
      rawProxy,
      proxy(proxyRows),
      exported(hostile(proxyRows), ['DateTime', 'AnchorMailbox', 'PSComputerName']),
    ],
    [
      'HttpProxy, what Test-ProxyLogon picked',
      rawProxy,
      proxy(proxyRows),
      exported(hostile(proxyRows), ['DateTime', 'AnchorMailbox']),
    ],
    ['HttpProxy in UTF-16', rawProxy, proxy(proxyRows), utf16(proxy(proxyRows))],
    [
      'HttpProxy on a console, as a list',
      rawProxy,
      proxy(proxyRows),
      list(hostile(proxyRows), ['DateTime', 'RequestId', 'AnchorMailbox', 'UrlStem']),
    ],
    ['HttpProxy on a console, as a table', rawProxy, proxy(proxyRows), table(hostile(proxyRows))],
    [
      'ECP as a CSV export',
      rawEcp,
      ecp,
      `${ecpNames}\r\n${Array.from({ length: 12 }, (_, i) => `${ecpRow(i).map(quotedCell).join(',')}\r\n`).join('')}`,
    ],
  ])('%s', async (_name, path, raw, other) => {
    const alone = await observeTree({ [path]: raw }, rules);
    expect(alone.hits.length).toBeGreaterThan(0);
    for (const place of ['/case/a-copy.txt', '/case/z-copy.txt']) {
      const observed = await observeTree({ [path]: raw, [place]: other }, rules);
      const [log, copy] = [path.slice('/case/'.length), place.slice('/case/'.length)];
      expect(verdicts(observed)).toEqual({ [log]: '', [copy]: `same_rows ${log}; → ${log}` });
      expect(observed.hits).toEqual(alone.hits);
      expect(observed.artifacts.find((artifact) => artifact.path === copy)!.parts).toEqual([]);
    }
  });
});

describe('what is not all there counts', () => {
  const copyOf = async (raw: string, copy: Entry, path = rawIis): Promise<Record<string, string>> =>
    verdicts(await observeTree({ [path]: raw, '/case/copy.txt': copy }, rules));
  const none = { [rawIis.slice(6)]: '', 'copy.txt': '' };

  test('one row more, in the same hour', async () => {
    expect(await copyOf(iisLog, iis(0, 300) + iisRow(300, '/other'))).toEqual(none);
  });
  test('one row twice that stands once in the log', async () => {
    expect(await copyOf(iisLog, iis(0, 300) + iisRow(299))).toEqual(none);
  });
  test('one value of one row differs, seen by no rule and no count', async () => {
    expect(await copyOf(iisLog, iis(0, 300).replace(' - 200 0 0 41\n', ' - 200 0 0 42\n'))).toEqual(none);
  });
  test('one row of an excerpt has no counterpart', async () => {
    const rows = [...hostile(proxyRows), proxyCells(121).with(4, 'ServerInfo~b]@mail01:444/x')];
    const verdict = await copyOf(proxy(proxyRows), exported(rows, ['DateTime', 'AnchorMailbox']), rawProxy);
    expect(verdict).toEqual({ [rawProxy.slice(6)]: '', 'copy.txt': '' });
  });
  test('an export that knows more of a request than the log', async () => {
    const log = proxy(proxyRows).replace('Method', 'Something');
    expect(await copyOf(log, exported(hostile(proxyRows), ['DateTime', 'AnchorMailbox', 'Method']), rawProxy)).toMatchObject({
      'copy.txt': '',
    });
  });
  test('an export with more columns than the log, all of them empty, is the same', async () => {
    const rows = hostile(proxyRows).map((cells) => cells.with(6, ''));
    const names = proxyNames.filter((name) => name !== 'ClientIpAddress');
    const log = `#Log-type: HttpProxy Logs\n#Fields: ${names.join(',')}\n${rows.map((cells) => `${cells.toSpliced(6, 1).map(plainCell).join(',')}\n`).join('')}`;
    const verdict = await copyOf(log, exported(rows, ['DateTime', 'AnchorMailbox', 'ClientIpAddress']), rawProxy);
    expect(verdict['copy.txt']).toContain('same_rows');
  });
  test('rows of which nothing but the time is known', async () => {
    const verdict = await copyOf(proxy(proxyRows), exported(proxyRows, ['DateTime', 'AnchorMailbox']), rawProxy);
    expect(verdict).toEqual({ [rawProxy.slice(6)]: '', 'copy.txt': '' });
  });
  test('a row without a time', async () => {
    expect(
      await copyOf(iisLog, `${iisHeader}${iis(0, 300)}2021-03-03 xx:00:00 10.20.0.11 GET / - 443 - 192.0.2.1 a - 200 0 0 1\n`),
    ).toEqual(none);
  });

  test('two collections, days apart, of a log whose old part was rotated away: both count', async () => {
    const observed = await observeTree(
      { '/case/1/u_ex.log': iisHeader + iis(0, 300), '/case/2/u_ex.log': iisHeader + iis(200, 400) },
      rules,
    );
    expect(verdicts(observed)).toEqual({ '1/u_ex.log': '', '2/u_ex.log': '' });
  });

  test('a forged small log that holds rows of the real one takes nothing from it', async () => {
    const forged = iisHeader + iis(0, 50) + iisRow(51, '/forged');
    const observed = await observeTree({ [rawIis]: iisLog, '/case/0.log': forged }, rules);
    expect(verdicts(observed)).toEqual({ [rawIis.slice(6)]: '', '0.log': '' });
  });

  test('a forged long log with as many rows in each hour, in which what gives the intruder away is another, takes nothing', async () => {
    const changed = iisLog.replaceAll(' POST ', ' HEAD ');
    for (const forged of [changed + iis(400, 405), changed])
      expect(verdicts(await observeTree({ [rawIis]: iisLog, '/case/0.log': forged }, rules))).toEqual({
        [rawIis.slice(6)]: '',
        '0.log': '',
      });
  });

  test('a forged log without the columns that matter takes nothing', async () => {
    const bare = `#Fields: date time cs-uri-stem\n${Array.from({ length: 420 }, (_, i) => `${iisRow(i).split(' ').slice(0, 2).join(' ')} /p${i % 7}\n`).join('')}`;
    expect(verdicts(await observeTree({ [rawIis]: iisLog, [`${rawIis.slice(0, -4)}1.log`]: bare }, rules))).toEqual({
      [rawIis.slice(6)]: '',
      'MAIL01/C/inetpub/logs/LogFiles/W3SVC1/u_ex2103031.log': '',
    });
  });

  test('health probes look alike on every server: a few rows of a log in its place are its server’s own', async () => {
    const probes = (rows: number): string =>
      `#Fields: date time s-ip cs-method cs-uri-stem c-ip sc-status\n${Array.from({ length: rows }, (_, i) => `2021-03-03 04:00:${two(i)} 127.0.0.1 GET /owa/healthcheck.htm 127.0.0.1 200\n`).join('')}`;
    const tree = (rows: number): Record<string, Entry> => ({
      '/case/MAIL01/C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': probes(40),
      '/case/MAIL02/C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': utf16(probes(rows)),
    });
    expect(Object.values(verdicts(await observeTree(tree(15), [])))).toEqual(['', '']);
    expect(Object.values(verdicts(await observeTree(tree(16), [])))[1]).toContain('same_rows');
    const renamed = Object.fromEntries(
      Object.entries(tree(15)).map(([path, entry]) => [path.replace('MAIL02/C/inetpub/logs/LogFiles/W3SVC1', 'copy'), entry]),
    );
    expect(verdicts(await observeTree(renamed, []))['copy/u_ex210303.log']).toContain('same_rows');
  });
});

test('what was picked out of several logs is all of theirs', async () => {
  const [first, second] = [proxyRows.filter((_, i) => i % 3 !== 0), proxyRows.filter((_, i) => i % 3 === 0)];
  const paths = [rawProxy.replace('HttpProxy/Ecp', 'HttpProxy/Owa'), rawProxy];
  const tree = { [paths[0]!]: proxy(second), [paths[1]!]: proxy(first) };
  const observed = await observeTree(
    { ...tree, '/case/picked.csv': exported(hostile(proxyRows), ['DateTime', 'AnchorMailbox']) },
    rules,
  );
  expect(verdicts(observed)['picked.csv']).toBe(`same_rows ${rawProxy.slice(6)}; → ${rawProxy.slice(6)}`);
  expect(observed.hits).toEqual((await observeTree(tree, rules)).hits);
  const alone = await observeTree(
    { [rawProxy]: proxy(first), '/case/picked.csv': exported(hostile(proxyRows), ['DateTime', 'AnchorMailbox']) },
    rules,
  );
  expect(verdicts(alone)['picked.csv']).toBe('');
});

test('a text of several parts loses the parts that stand elsewhere, and keeps the others', async () => {
  const pasted = `See what we found:\n\n${iis(10, 14)}\nand\n\n${table(hostile(proxyRows).slice(0, 3))}\n`;
  const observed = await observeTree({ [rawIis]: iisLog, '/case/mail.txt': pasted }, rules);
  const mail = observed.artifacts.find(({ path }) => path === 'mail.txt')!;
  expect(verdicts(observed)['mail.txt']).toBe(`same_rows ${rawIis.slice(6)}`);
  expect(mail.parts.map(({ kind }) => kind)).toEqual(['powershell-table']);
  expect(observed.hits.filter(({ artifact }) => artifact === 'mail.txt').map(({ rules: ids }) => ids)).toEqual([
    ['anchor'],
    ['anchor'],
    ['anchor'],
  ]);
});

describe('a long log, compared by a sample', () => {
  const limits = { ...sameRowsLimits, wholeBlocks: 3 };
  const options = { sameRows: limits, blockBytes: 4096 };
  const long = iisHeader + iis(0, 1200);
  test('is the same in another encoding, and in several files', async () => {
    const alone = await observeTree({ [rawIis]: long }, rules, options);
    const observed = await observeTree({ [rawIis]: long, '/case/copy.log': utf16(long) }, rules, options);
    expect(verdicts(observed)['copy.log']).toContain('same_rows');
    expect(observed.hits).toEqual(alone.hits);
    const halves = { [rawIis]: iisHeader + iis(0, 700), [rawIis.replace('03.log', '04.log')]: iisHeader + iis(700, 1200) };
    const both = await observeTree({ ...halves, '/case/copy.log': iis(0, 1200) }, rules, options);
    expect(verdicts(both)['copy.log']).toContain('same_rows');
    expect(both.hits).toEqual((await observeTree(halves, rules, options)).hits);
  });
  test('is another one when a row that was matched has no counterpart, wherever it stands', async () => {
    for (const at of [5, 305, 610, 905, 1190]) {
      expect(iisRow(at)).toContain('POST');
      // Its duration: nothing that is counted, so that only the row itself tells.
      const changed = long.replace(iisRow(at), iisRow(at).replace(/\d+\n$/, '99999\n'));
      const verdict = verdicts(await observeTree({ [rawIis]: long, '/case/copy.log': changed }, rules, options));
      expect(verdict['copy.log']).toBe('');
    }
  });
  test('is another one when it holds a row without a time', async () => {
    const at = long.indexOf(iisRow(301));
    const odd = `${long.slice(0, at)}2021-03-03 xx:00:00 10.20.0.11 GET /p1 - 443 - 192.0.2.1 Mozilla/5.0+(x;+é) - 200 0 0 1\n${long.slice(at)}`;
    const verdict = verdicts(await observeTree({ [rawIis]: long, '/case/copy.log': odd }, rules, options));
    expect(verdict).toEqual({ [rawIis.slice(6)]: '', 'copy.log': '' });
  });
  test('is another one when an hour has other rows', async () => {
    const more = iisHeader + iis(0, 1200) + iis(9000, 9300);
    const verdict = verdicts(
      await observeTree({ [rawIis]: `${more}${iisRow(100)}`, '/case/copy.log': utf16(more) }, rules, options),
    );
    expect(verdict['copy.log']).toContain('same_rows');
    const middle = iisHeader + iis(0, 1200) + iis(4000, 4100) + iis(9000, 9300);
    const fewer = iisHeader + iis(0, 1200) + iis(4000, 4099) + iis(9000, 9300);
    expect(verdicts(await observeTree({ [rawIis]: middle, '/case/copy.log': utf16(fewer) }, rules, options))['copy.log']).toBe(
      '',
    );
  });
});

test('what there was no room to compare is said once, and counts', async () => {
  const tree = { [rawIis]: iisLog, '/case/a.log': utf16(iisLog), '/case/b.log': iis(0, 399) };
  for (const sameRows of [
    { ...sameRowsLimits, looks: -1_000_000 },
    { ...sameRowsLimits, bytes: -1_000_000 },
  ]) {
    const observed = await observeTree(tree, rules, { sameRows });
    expect(Object.values(verdicts(observed)).filter((verdict) => verdict !== '')).toEqual(['compare_limit rows of logs']);
    expect(observed.artifacts.every(({ duplicateOf }) => duplicateOf === null)).toBe(true);
  }
});

test('logs that share their hours and nothing else are told apart without being read again', async () => {
  const tree: Record<string, Entry> = {};
  for (const [index, protocol] of ['Ecp', 'Owa', 'Ews', 'Mapi'].entries())
    tree[rawProxy.replaceAll('Ecp', protocol)] = proxy(rowsOf(100 - index * 9).map((cells) => cells.with(2, protocol)));
  let opened = 0;
  const observed = await observeTree(tree, rules, {
    order: (gathered) => ({
      ...gathered,
      artifacts: gathered.artifacts.map((artifact) => ({ ...artifact, open: () => (opened++, artifact.open()) })),
    }),
  });
  expect(Object.values(verdicts(observed))).toEqual(['', '', '', '']);
  expect(opened).toBe(4);
});

test('a block with more hours than are kept may hold any row', async () => {
  const row = (i: number): string =>
    `${new Date(Date.UTC(2015, 0, 1) + i * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} GET /p 192.0.2.1 200\n`;
  const log = `#Fields: date time cs-method cs-uri-stem c-ip sc-status\n${Array.from({ length: 2000 }, (_, i) => row(i)).join('')}`;
  const observed = await observeTree({ [rawIis]: log, '/case/copy.log': utf16(log) }, []);
  expect(verdicts(observed)['copy.log']).toContain('same_rows');
});

test('any pieces of one log, in any form and order of reading and any blocks, count as one copy', async () => {
  const log = iisHeader + iis(0, 260);
  const alone = countsOf(await observeTree({ [rawIis]: log }, rules));
  const piece = fc.record({
    from: fc.integer({ min: 0, max: 240 }),
    length: fc.integer({ min: 1, max: 260 }),
    headed: fc.boolean(),
    form: fc.constantFrom('utf8', 'utf16le', 'utf16be', 'crlf', 'mark'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { minLength: 1, maxLength: 5 }),
      fc.integer(),
      fc.constantFrom(2000, 9000, 1 << 20),
      async (pieces, seed, blockBytes) => {
        const tree: Record<string, Entry> = { [rawIis]: log };
        for (const [index, { from, length, headed, form }] of pieces.entries()) {
          const text = (headed ? iisHeader : '') + iis(from, Math.min(260, from + length));
          tree[`/case/${index}.log`] =
            form === 'utf8'
              ? text
              : form === 'crlf'
                ? text.replaceAll('\n', '\r\n')
                : form === 'mark'
                  ? `\ufeff${text}`
                  : utf16(text, form === 'utf16be');
        }
        const observed = await observeTree(tree, rules, { order: shuffledBy(seed), blockBytes });
        for (const [path, verdict] of Object.entries(verdicts(observed)))
          if (path !== rawIis.slice(6)) expect(`${path} ${verdict}`).toMatch(/ (?:duplicate|prefix|same_rows) .*→ MAIL01/);
        expect(countsOf(observed)).toEqual(alone);
      },
    ),
    { numRuns: 30 },
  );
});
