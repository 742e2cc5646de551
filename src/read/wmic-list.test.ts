import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText } from '../../test/support/scan.ts';
import { wmicList } from './wmic-list.ts';

const list = (...objects: readonly (readonly string[])[]): string =>
  objects.map((one) => `${one.join('\r\r\n')}\r\r\n`).join('\r\r\n\r\r\n');

describe('wmic-list', () => {
  test('programs and what called them', () => {
    const text = list(
      ['CommandLine=c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "X"', 'Name=w3wp.exe', 'ParentProcessId=2200', 'ProcessId=4120'],
      ['CommandLine=cmd.exe /c set a=b', 'Name=cmd.exe', 'ParentProcessId=4120', 'ProcessId=9120'],
    );
    const seen = scanText(wmicList, text);
    expect(fieldsOf(seen)).toEqual([
      {
        Image: 'w3wp.exe',
        CommandLine: 'c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "X"',
        ProcessId: '4120',
        ParentProcessId: '2200',
      },
      {
        Image: 'cmd.exe',
        CommandLine: 'cmd.exe /c set a=b',
        ProcessId: '9120',
        ParentProcessId: '4120',
        ParentImage: 'w3wp.exe',
        Ancestors: 'w3wp.exe',
      },
    ]);
    expect([seen.count, seen.problems, wmicList.recognise(text, '')]).toEqual([2, [], 0.9]);
  });
  test.each([
    ['settings of another program', 'Name=x\r\nPath=C:\\x\r\n'],
    ['a section', '[Unit]\r\nDescription=x\r\nExecStart=/bin/x\r\n'],
    ['words', 'Name = value and more\r\n'],
  ])('%s are none', (_name, text) => {
    expect(
      [wmicList.recognise(text, ''), ...text.split('\r\n').map((line) => wmicList.claims(line, false))].every((one) => one === 0),
    ).toBe(true);
  });
});
