import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText } from '../../test/support/scan.ts';
import { antivirusLines } from './antivirus-lines.ts';

const page = 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx';
const what = (text: string): unknown => {
  const seen = scanText(antivirusLines, text);
  return [
    fieldsOf(seen).map(({ Tool, Threat, Path, Action }) => [Tool, Threat, Path, Action]),
    seen.problems.map(({ code, count }) => `${code}×${count}`),
  ];
};

describe('antivirus-lines', () => {
  const table = [
    'Time;Scanner;Object type;Object;Detection;Action;User;Information;Hash;First seen here',
    `3/3/2021 6:31:12 AM;Real-time file system protection;file;${page};JS/Exploit.Webshell.A trojan;cleaned by deleting;SYSTEM;by the application: C:\\Windows\\System32\\inetsrv\\w3wp.exe (F2C5).;3F78;x`,
    `3/3/2021 6:40:12 AM;On-demand scanner;file;file:///C:/x/y.aspx;ASP/Agent.B trojan;;;;;`,
    'words; that; are; no; row',
  ].join('\r\n');
  test('a table', () => {
    expect(what(table)).toEqual([
      [
        ['ESET', 'JS/Exploit.Webshell.A trojan', page, 'removed'],
        ['ESET', 'ASP/Agent.B trojan', 'C:\\x\\y.aspx', undefined],
      ],
      ['row.columns×1'],
    ]);
    expect(fieldsOf(scanText(antivirusLines, table))[0]).toMatchObject({
      Process: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      Kind: 'detection',
    });
    expect(antivirusLines.recognise(table, '')).toBe(0.9);
  });
  test.each([
    [
      'a history',
      `20210303 063112\tFile "${page}" belongs to virus/spyware 'Troj/WebShel-L'.`,
      ['Sophos', 'Troj/WebShel-L', page, undefined],
    ],
    [
      'what was done',
      `Virus/spyware 'Troj/WebShel-L' has been cleaned up. "${page}"`,
      ['Sophos', 'Troj/WebShel-L', page, 'cleaned'],
    ],
    ['a scan', `${page}: Asp.Webshell.Chopper-1 FOUND`, ['ClamAV', 'Asp.Webshell.Chopper-1', page, undefined]],
    [
      'a quarantine',
      `Backdoor.ASP.WebShell, ${page}, Quarantined, 12, 0, , , ,`,
      ['Malwarebytes', 'Backdoor.ASP.WebShell', page, 'quarantined'],
    ],
    [
      'labels',
      `Event: Object deleted\nObject name: HEUR:Backdoor.ASP.WebShell.gen\nObject path: ${page}\nTime: 1\n`,
      [undefined, 'HEUR:Backdoor.ASP.WebShell.gen', page, 'removed'],
    ],
  ])('%s', (_name, text, wanted) => {
    expect(what(text)).toEqual([[wanted], []]);
    expect(text.split('\n').some((line) => antivirusLines.claims(line, false) === 2)).toBe(true);
  });
  test.each([
    ['a sentence', 'Event: the server was patched'],
    ['a property', 'Status : Completed'],
    ['a path', page],
    ['an export request', 'FilePath : \\\\localhost\\c$\\x.aspx'],
    ['a row of a web server', '2021-03-03 05:32:20 10.10.0.20 POST /x - 443 - 203.0.113.77 a;b - 200 0 0 1'],
    ['columns of something else', 'Name;Path;Size;Date'],
    ['a name that is none', 'Object name: mail'],
  ])('%s is none', (_name, line) => {
    expect(antivirusLines.claims(line, false)).toBe(0);
  });
  test('labels without a file, or with a name that is none, give nothing', () => {
    expect(what(`Threat name: Trojan.X\nStatus: ok\n\nFile: ${page}\nThreat: high\n`)).toEqual([[], []]);
  });
});
