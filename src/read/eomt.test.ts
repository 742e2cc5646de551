import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText, type Seen, told } from '../../test/support/scan.ts';
import { eomtSummary } from './eomt-summary.ts';
import { eomt } from './eomt.ts';

const short = (seen: Seen): string[] =>
  fieldsOf(seen).map(({ Server, Kind, Seen: at }) => [Server ?? '', Kind, at ?? ''].join(' | '));

describe('EOMT', () => {
  test('its log', () => {
    const text = [
      '2021-03-16 10:20:30 Info: Starting EOMT.ps1 version 21.03.16.1057 on MAIL01',
      '2021-03-16 10:20:31 Info: EOMT preCheck complete on MAIL01',
      '2021-03-16 10:20:32 Info: MAIL01 is vulnerable: applying mitigation',
      '2021-03-16 10:20:40 Info: Mitigation complete on MAIL01 :: Default Web Site',
      '2021-03-16 10:21:00 Info: Running Microsoft Safety Scanner - Mode: Quick Scan on MAIL01',
      '2021-03-16 10:29:00 Info: Threats detected! Please review "C:\\Windows\\debug\\msert.log" as soon as possible. ',
      '2021-03-16 10:29:01 Info: EOMT.ps1 complete on MAIL01, please review EOMT logs at x and the summary file at y',
      '',
    ].join('\r\n');
    const seen = scanText(eomt, text);
    expect(short(seen)).toEqual([
      'MAIL01 | run | 2021-03-16T10:20:30',
      'MAIL01 | vulnerable | 2021-03-16T10:20:32',
      'MAIL01 | mitigated | 2021-03-16T10:20:40',
      'MAIL01 | scan | 2021-03-16T10:21:00',
      'MAIL01 | scan_threats | 2021-03-16T10:29:00',
      'MAIL01 | ended | 2021-03-16T10:29:01',
    ]);
    expect([seen.rows.every(({ time }) => time === null), told(seen)]).toEqual([true, []]);
    expect(eomt.recognise(text, '')).toBe(0.92);
  });
  test('the console, what it skipped', () => {
    const text = [
      'AUSFÜHRLICH: Starting EOMT.ps1 version 21.03.16.1057 on MAIL01',
      'VERBOSE: MAIL01 is not vulnerable: mitigation not needed',
      'C:\\temp\\EOMT.ps1 : MSERT download failed on MAIL01, due to lack of space on C:',
      'NOTICE: CVE-2022-41040 vulnerability has been fixed for the Exchange build running on this computer - mitigation will not be applied',
      '',
    ].join('\n');
    const seen = scanText(eomt, text);
    expect(short(seen)).toEqual([
      'MAIL01 | run | ',
      'MAIL01 | not_vulnerable | ',
      'MAIL01 | skipped | ',
      'MAIL01 | not_vulnerable | ',
    ]);
    expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([['tool.skipped', 1]]);
    expect(
      text
        .split('\n')
        .slice(0, 4)
        .map((line) => eomt.claims(line, false)),
    ).toEqual([2, 2, 2, 2]);
  });
  test('somebody’s own words are none of its sentences', () => {
    expect(eomt.claims('Info: our server is vulnerable: applying mitigation tomorrow', false)).toBe(0);
    expect(eomt.claims('2021-03-16 10:20:30 Info: something else', false)).toBe(0);
  });
});

describe('its summary', () => {
  const text = [
    'Microsoft Safety Scanner and CVE-2021-26855 mitigation summary',
    'Message: Microsoft attempted to mitigate and protect your Exchange server from CVE-2021-26855 and clear malicious files.',
    'For more information on these vulnerabilities please visit https://aka.ms/Exchangevulns.',
    '                        <add input="{HTTP_COOKIE}" pattern="(.*)X-AnonResource-Backend(.*)" />',
    '',
  ];
  test('says that the tool was run, and no more', () => {
    const seen = scanText(eomtSummary, text.join('\r\n'));
    expect([short(seen), told(seen)]).toEqual([[' | summary | '], []]);
    expect(eomtSummary.recognise(text.join('\r\n'), '')).toBe(0.95);
  });
  test('and when it broke off', () => {
    const seen = scanText(eomtSummary, text.join('\r\n').replace('vulns.', 'vulns. This attempt was unsuccessful.'));
    expect(short(seen)).toEqual([' | summary | ', ' | failed | ']);
    expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([['tool.skipped', 1]]);
  });
});
