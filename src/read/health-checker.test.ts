import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { buildOf } from './health-checker-record.ts';
import { healthCheckerXml } from './health-checker-xml.ts';
import { healthChecker } from './health-checker.ts';

const server = (name: string, when: string, build: string): string[] => [
  'Exchange Information',
  '--------------------',
  `\tName: ${name}`,
  `\tGeneration Time: ${when}`,
  '\tVersion: Exchange 2016 CU19',
  `\tBuild Number: ${build}`,
  '\tExchange IU or Security Hotfix Detected.',
  '\t\tSecurity Update for Exchange Server 2016 Cumulative Update 19 (KB5000871)',
  '\tServer Role: Mailbox',
  '\tMRS Proxy Enabled: False',
  '',
  'Security Vulnerability',
  '----------------------',
  '\tSecurity Vulnerability: CVE-2021-1730',
  '\t\tSee: https://portal.msrc.microsoft.com/security-guidance/advisory/CVE-2021-1730 for more information.',
  '\tIIS module anomalies detected: False',
  '',
];
const text = [
  'Exchange Health Checker version 21.10.12.1555',
  ...server('MAIL01', '03/04/2021 09:04:13', '15.01.2176.002'),
  ...server('MAIL02', '03/22/2021 09:04:13', '15.01.2176.009'),
].join('\r\n');

describe('text', () => {
  test('servers with build, product, role; updates and weaknesses once', () => {
    const seen = scanText(healthChecker, text);
    expect(
      fieldsOf(seen).map(({ Server, Kind, Build, Product, Role, Value, Seen }) => [
        Server,
        Kind,
        Build ?? Value,
        Product,
        Role,
        Seen,
      ]),
    ).toEqual([
      ['MAIL01', 'server', '15.1.2176.2', 'Exchange 2016 CU19', 'Mailbox', '2021-03-04T09:04:13'],
      [
        'MAIL01',
        'update',
        'Security Update for Exchange Server 2016 Cumulative Update 19 (KB5000871)',
        undefined,
        undefined,
        '2021-03-04T09:04:13',
      ],
      ['MAIL01', 'vulnerability', 'CVE-2021-1730', undefined, undefined, '2021-03-04T09:04:13'],
      ['MAIL01', 'setting', 'IIS module anomalies detected: False', undefined, undefined, '2021-03-04T09:04:13'],
      ['MAIL02', 'server', '15.1.2176.9', 'Exchange 2016 CU19', 'Mailbox', '2021-03-22T09:04:13'],
      [
        'MAIL02',
        'update',
        'Security Update for Exchange Server 2016 Cumulative Update 19 (KB5000871)',
        undefined,
        undefined,
        '2021-03-22T09:04:13',
      ],
      ['MAIL02', 'vulnerability', 'CVE-2021-1730', undefined, undefined, '2021-03-22T09:04:13'],
      ['MAIL02', 'setting', 'IIS module anomalies detected: False', undefined, undefined, '2021-03-22T09:04:13'],
    ]);
    expect([seen.rows.every(({ time }) => time === null), told(seen)]).toEqual([true, []]);
    expect(healthChecker.recognise(text, '')).toBe(0.93);
  });
  test('one server alone: the day is open, the build is not', () => {
    const seen = scanText(healthChecker, server('MAIL01', '03/04/2021 09:04:13', '15.01.2176.002').join('\n'));
    expect(fieldsOf(seen)[0]).toMatchObject({ Build: '15.1.2176.2' });
    expect(fieldsOf(seen)[0]).not.toHaveProperty('Seen');
    expect(seen.problems.map(({ code }) => code)).toEqual(['row.time_ambiguous']);
  });
  test('a build that is none is shown and not read', () => {
    const seen = scanText(healthChecker, server('MAIL01', '2021-03-04', 'unknown').join('\n'));
    expect(fieldsOf(seen)[0]).toMatchObject({ Kind: 'server', Value: 'unknown' });
    expect(fieldsOf(seen)[0]).not.toHaveProperty('Build');
  });
});

describe('XML', () => {
  const xml = [
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">',
    '<Obj RefId="0"><MS><S N="ServerName">MAIL01</S><DT N="GenerationTime">2021-03-03T09:04:13.1234567+01:00</DT>',
    '<Obj N="OSInformation" RefId="2"><MS><S N="FileVersion">15.99.9999.999</S><S N="ServerName">MAIL01</S></MS></Obj>',
    '<Obj N="ExchangeSetup" RefId="1"><MS><S N="FileVersion">15.01.2176.002</S></MS></Obj>',
    '<S N="FriendlyName">Exchange 2016 CU19 &amp; more</S><S N="ServerRole">Mailbox</S></MS></Obj></Objs>',
  ].join('\r\n');
  test.each([
    ['UTF-8', new TextEncoder().encode(xml)],
    ['UTF-16, as PowerShell writes it', utf16(xml)],
  ])('%s: its time carries a zone', (_name, bytes) => {
    const seen = scanText(healthCheckerXml, bytes);
    expect(fieldsOf(seen)).toEqual([
      { Server: 'MAIL01', Kind: 'server', Build: '15.1.2176.2', Product: 'Exchange 2016 CU19 & more', Role: 'Mailbox' },
    ]);
    expect([seen.rows[0]!.time, seen.rows[0]!.line, told(seen)]).toEqual(['2021-03-03T08:04:13.123Z', 2, []]);
  });
  test('recognised by its namespace and its names', () => {
    expect(healthCheckerXml.recognise(xml, '')).toBe(0.95);
    expect(healthCheckerXml.recognise('<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"></Objs>', '')).toBe(0);
  });
});

test.each([
  ['15.02.0858.005', '15.2.858.5'],
  ['14.3.123.4', '14.3.123.4'],
  ['10.0.17763.1', null],
  ['15.2', null],
])('build %s', (given, wanted) => {
  expect(buildOf(given)).toBe(wanted);
});
