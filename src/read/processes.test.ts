/** Lists of processes and of command lines. */
import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText } from '../../test/support/scan.ts';
import { commandLines } from './command-lines.ts';

describe('command-lines', () => {
  const text = [
    '"cmd" /c cd /d "C:\\inetpub\\wwwroot\\aspnet_client"&whoami&echo [S]&cd&echo [E]',
    'w3wp.exe → C:\\Windows\\System32\\cmd.exe -> net1 user /domain',
    '2021-03-03T05:31:20Z C:\\Program Files\\x y\\tool.exe -a "b -> c"',
    'powershell -nop -c "x"',
    'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
  ].join('\r\n');
  test('programs, callers, a time before them', () => {
    const seen = scanText(commandLines, text);
    expect(fieldsOf(seen)).toEqual([
      { Image: 'cmd', CommandLine: text.split('\r\n')[0] },
      {
        Image: 'net1',
        CommandLine: 'net1 user /domain',
        ParentImage: 'C:\\Windows\\System32\\cmd.exe',
        Ancestors: 'w3wp.exe > C:\\Windows\\System32\\cmd.exe',
      },
      {
        Image: 'C:\\Program Files\\x y\\tool.exe',
        CommandLine: 'C:\\Program Files\\x y\\tool.exe -a "b -> c"',
        Time: '2021-03-03T05:31:20Z',
      },
      { Image: 'powershell', CommandLine: 'powershell -nop -c "x"' },
      { Image: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe', CommandLine: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe' },
    ]);
    expect(seen.rows.map(({ time }) => time)).toEqual([null, null, '2021-03-03T05:31:20.000Z', null, null]);
    expect([seen.count, seen.lines, seen.problems]).toEqual([5, 5, []]);
    expect(commandLines.recognise(text, '')).toBe(0.9);
  });
  test.each([
    ['a sentence about a program', 'cmd was started by the web server'],
    ['another', 'net user shows them all'],
    ['a property', 'Name : cmd.exe'],
    ['a log row', '2021-03-03 05:31:20 10.0.0.5 GET /owa/x.exe - 443 - 192.0.2.7 curl 404 0 0 1'],
    ['a path of another kind', 'C:\\inetpub\\wwwroot\\x.aspx'],
  ])('%s is none', (_name, line) => {
    expect(commandLines.claims(line, true)).toBe(0);
  });
  test('a tree that was drawn', () => {
    const tree = [
      'w3wp.exe (4120) -ap "MSExchangeOWAAppPool"',
      ' ├─ cmd.exe (9120) /c whoami',
      ' │   └─ whoami.exe (pid: 9133) /all',
      ' └─ csc.exe (9150) /noconfig',
      '',
      '  \\_ net.exe user',
    ].join('\n');
    expect(
      fieldsOf(scanText(commandLines, tree)).map(({ Image, CommandLine, Ancestors }) => [Image, CommandLine, Ancestors]),
    ).toEqual([
      ['w3wp.exe', 'w3wp.exe -ap "MSExchangeOWAAppPool"', undefined],
      ['cmd.exe', 'cmd.exe /c whoami', 'w3wp.exe'],
      ['whoami.exe', 'whoami.exe /all', 'w3wp.exe > cmd.exe'],
      ['csc.exe', 'csc.exe /noconfig', 'w3wp.exe'],
      ['net.exe', 'net.exe user', undefined],
    ]);
  });
  test('a line of arrows ends', () => {
    const seen = scanText(
      commandLines,
      `${'net => '.repeat(40_000)}\n${'a.exe -> '.repeat(40_000)}b.exe\n${`net${' '.repeat(30_000)}x\n`.repeat(20)}`,
    );
    expect(seen.count).toBe(1);
  });
});
