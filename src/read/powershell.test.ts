/** The same objects of a console in four dresses. */
import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { fieldsOf, scanText, type Seen, told } from '../../test/support/scan.ts';
import { exportClixml } from './export-clixml.ts';
import { exportCsv } from './export-csv.ts';
import { formatTable } from './format-table.ts';
import { nounOf, nouns } from './powershell-nouns.ts';
import { powershellList } from './powershell-list.ts';
import { decodeXml, xmlPieces } from './xml-pieces.ts';

const crlf = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;

const list = crlf(
  'RunspaceId   : 0c1f2e3d-0000-4000-8000-000000000001',
  'FilePath     : \\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx',
  'Mailbox      : haven.example/Users/Anna',
  'Status       : Completed',
  'WhenCreatedUTC : 8/22/2021 5:31:20 AM',
  '',
  'FilePath     : \\\\FS01\\pst\\anna.pst',
  'Mailbox      : haven.example/Users/Anna',
  'Status       : Failed',
);
const table = crlf(
  '',
  'FilePath                                                    Mailbox                     Status   ',
  '--------                                                    -------                     ------   ',
  '\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx haven.example/Users/Anna    Completed',
  '\\\\FS01\\pst\\anna.pst                                          haven.example/Users/Anna    Failed   ',
  '',
  '',
);
const csv = crlf(
  '#TYPE Microsoft.Exchange.Management.RecipientTasks.MailboxExportRequest',
  '"FilePath","Mailbox","Status","WhenCreatedUTC"',
  '"\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx","haven.example/Users/Anna","Completed","8/22/2021 5:31:20 AM"',
  '"\\\\FS01\\pst\\anna.pst","haven.example/Users/Anna","Failed",',
);
const clixml = crlf(
  '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">',
  '  <Obj RefId="0">',
  '    <TN RefId="0"><T>Microsoft.Exchange.Management.RecipientTasks.MailboxExportRequest</T><T>System.Object</T></TN>',
  '    <ToString>Anna\\MailboxExport</ToString>',
  '    <Props>',
  '      <S N="FilePath">\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx</S>',
  '      <Obj N="Mailbox" RefId="1"><TNRef RefId="0" /><ToString>haven.example/Users/Anna</ToString><Props><S N="Name">Anna</S></Props></Obj>',
  '      <S N="Status">Completed</S>',
  '      <DT N="WhenCreatedUTC">2021-08-22T05:31:20Z</DT>',
  '      <Nil N="ContentFilter" />',
  '    </Props>',
  '  </Obj>',
  '  <Obj RefId="2"><TNRef RefId="0" /><Props><S N="FilePath">\\\\FS01\\pst\\anna.pst</S><S N="Mailbox">haven.example/Users/Anna</S><S N="Status">Failed</S></Props></Obj>',
  '</Objs>',
);

const dresses = [
  ['list', powershellList, list, 0.9],
  ['table', formatTable, table, 0.85],
  ['csv', exportCsv, csv, 0.92],
  ['clixml', exportClixml, clixml, 0.98],
] as const;

describe.each(dresses)('%s', (name, reader, text, score) => {
  test('the same rows of the same log source', () => {
    const seen = scanText(reader, text);
    expect(fieldsOf(seen).map(({ FilePath, Mailbox, Status }) => [FilePath, Mailbox, Status])).toEqual([
      ['\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx', 'haven.example/Users/Anna', 'Completed'],
      ['\\\\FS01\\pst\\anna.pst', 'haven.example/Users/Anna', 'Failed'],
    ]);
    expect([seen.count, seen.problems]).toEqual([2, []]);
    expect(seen.rows.map(({ time }) => time)).toEqual([name === 'table' ? null : '2021-08-22T05:31:20.000Z', null]);
    expect(reader.recognise(text, '')).toBe(score);
    for (const { at, raw } of seen.rows) {
      const bytes = new TextEncoder().encode(text);
      expect(bytes.slice(at, at + raw.length)).toEqual(raw);
    }
  });
  test('in UTF-16, with CR alone, after words', () => {
    const rows = fieldsOf(scanText(reader, text));
    expect(fieldsOf(scanText(reader, utf16(text)))).toEqual(rows);
    expect(fieldsOf(scanText(reader, text.replaceAll('\r\n', '\r')))).toEqual(rows);
  });
  test('cut at every byte it never throws, and gives no more rows than there are', () => {
    const bytes = new TextEncoder().encode(text);
    for (let length = 0; length < bytes.length; length++)
      expect(scanText(reader, bytes.slice(0, length)).count).toBeLessThanOrEqual(2);
  });
  test('no other dress takes it for its own', () => {
    for (const [, other, , otherScore] of dresses)
      if (other !== reader) expect(other.recognise(text, '')).toBeLessThan(otherScore);
  });
});

describe('format-table', () => {
  test('numbers stand right of their column; a heading names the folder', () => {
    const seen = scanText(
      formatTable,
      crlf(
        '',
        '    Directory: C:\\inetpub\\wwwroot\\aspnet_client',
        '',
        '',
        'Mode                LastWriteTime         Length Name',
        '----                -------------         ------ ----',
        'd-----        3/22/2021   5:31 AM                system_web',
        '-a----         3/3/2021   5:31 AM           2048 my page.aspx',
        '-a-h--         3/3/2021  11:31 PM      123456789 x.aspx',
        '',
        '    Directory: C:\\inetpub\\wwwroot',
        '',
        'Mode                LastWriteTime         Length Name',
        '----                -------------         ------ ----',
        '-a----         3/3/2021   5:31 AM            701 iisstart.htm',
      ),
    );
    expect(fieldsOf(seen)).toEqual([
      {
        Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\my page.aspx',
        Name: 'my page.aspx',
        Bytes: '2048',
        Modified: '2021-03-03T05:31:00',
        Attributes: '-a----',
      },
      {
        Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx',
        Name: 'x.aspx',
        Bytes: '123456789',
        Modified: '2021-03-03T23:31:00',
        Attributes: '-a-h--',
      },
      {
        Path: 'C:\\inetpub\\wwwroot\\iisstart.htm',
        Name: 'iisstart.htm',
        Bytes: '701',
        Modified: '2021-03-03T05:31:00',
        Attributes: '-a----',
      },
    ]);
  });
  test('what the console cut off says so', () => {
    const seen = scanText(
      formatTable,
      crlf(
        'Identity                    Enabled Priority',
        '--------                    ------- --------',
        'A name that is longer th... True    1',
      ),
    );
    expect(fieldsOf(seen)).toEqual([{ Identity: 'A name that is longer th...', Enabled: 'True', Priority: '1' }]);
    expect(told(seen)).toEqual(['cell.cut@92×1']);
  });
  test('tasklist', () => {
    const seen = scanText(
      formatTable,
      crlf(
        '',
        'Image Name                     PID Session Name        Session#    Mem Usage Status          User Name',
        '========================= ======== ================ =========== ============ =============== =====================',
        'System Idle Process              0 Services                   0          8 K Unknown         NT AUTHORITY\\SYSTEM',
        'w3wp.exe                      4711 Services                   0    123,456 K Unknown         NT AUTHORITY\\SYSTEM',
      ),
    );
    expect(fieldsOf(seen)).toMatchObject([
      { Image: 'System Idle Process', ProcessId: '0', User: 'NT AUTHORITY\\SYSTEM' },
      { Image: 'w3wp.exe', ProcessId: '4711' },
    ]);
  });
  test('process ids that go round in a circle end', () => {
    const seen = scanText(exportCsv, crlf('Name,ProcessId,ParentProcessId', 'a.exe,1,2', 'b.exe,2,1', 'c.exe,3,3'));
    expect(fieldsOf(seen).map(({ Ancestors }) => Ancestors)).toEqual(['a.exe > b.exe', 'b.exe > a.exe', 'c.exe']);
  });
  test('wmic, with the parent found by its number', () => {
    const seen = scanText(
      formatTable,
      crlf(
        'CommandLine              Name      ParentProcessId  ProcessId  ',
        '                         w3wp.exe  600              4711       ',
        'cmd.exe /c whoami        cmd.exe   4711             4712       ',
      ),
    );
    expect(fieldsOf(seen)).toEqual([
      { Image: 'w3wp.exe', ProcessId: '4711', ParentProcessId: '600' },
      {
        Image: 'cmd.exe',
        Ancestors: 'w3wp.exe',
        CommandLine: 'cmd.exe /c whoami',
        ProcessId: '4712',
        ParentProcessId: '4711',
        ParentImage: 'w3wp.exe',
      },
    ]);
  });
});

describe('export-csv', () => {
  test('quotes, line ends within values, semicolons, too few cells', () => {
    const seen = scanText(
      exportCsv,
      crlf(
        'sep=;',
        'Name;ExternalUrl;Server',
        'OAB;"http://f/""x""\r\ny";MX1',
        'second;"open',
        'third;https://mail.haven.example/OAB;MX2',
      ),
    );
    expect(fieldsOf(seen)).toEqual([
      { Name: 'OAB', ExternalUrl: 'http://f/"x"\r\ny', Server: 'MX1' },
      { Name: 'second', ExternalUrl: 'open' },
      { Name: 'third', ExternalUrl: 'https://mail.haven.example/OAB', Server: 'MX2' },
    ]);
    expect(seen.rows.map(({ line }) => line)).toEqual([3, 5, 6]);
    expect(told(seen)).toEqual(['csv.open_quote@61×1', 'row.columns@61×1']);
  });
});

describe('export-clixml', () => {
  test('parts of an object within, escapes, no entity of the text’s own', () => {
    const seen = scanText(
      exportClixml,
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><MS><S N="CmdletName">New-MailboxExportRequest</S><S N="Caller">&b;_x000A_x &lt;</S><Obj N="CmdletParameters" RefId="1"><LST><Obj RefId="2"><ToString>Microsoft.Exchange.Management.AdminAuditLogCmdletParameter</ToString><Props><S N="Name">Mailbox</S><S N="Value">anna</S></Props></Obj><Obj RefId="3"><Props><S N="Name">FilePath</S><S N="Value">\\\\127.0.0.1\\C$\\x.aspx</S></Props></Obj></LST></Obj><S N="OriginatingServer">MAIL01 (15.01.2176.009)</S></MS></Obj></Objs>`,
    );
    expect(fieldsOf(seen)).toEqual([
      {
        CmdletName: 'New-MailboxExportRequest',
        Caller: '&b;\nx <',
        CmdletParameters: 'Mailbox=anna, FilePath=\\\\127.0.0.1\\C$\\x.aspx',
        OriginatingServer: 'MAIL01 (15.01.2176.009)',
        Server: 'MAIL01',
      },
    ]);
    expect(told(seen)).toEqual(['xml.entities@21×1']);
  });
  test('deeper than the limit: what was read before it stands', () => {
    const seen = scanText(exportClixml, `${clixml.replace('</Objs>', '')}${'<Obj>'.repeat(5000)}`);
    expect(seen.count).toBe(2);
    expect(seen.problems.map(({ code }) => code)).toEqual(['xml.broken']);
  });
  test.each([
    ['a great many open tags', '<a "'.repeat(100_000)],
    ['declarations that do not end', '<!x>'.repeat(100_000)],
    ['marks alone', '<'.repeat(100_000)],
  ])('%s end', (_name, text) => {
    expect([...xmlPieces(text)].length).toBeGreaterThan(0);
  });
  test('numbers that are no characters stay as they are', () => {
    expect(decodeXml('&#65;&#x42;&amp;&#0;&#xd800;&nope;')).toBe('AB&&#0;&#xd800;&nope;');
  });
});

test('every noun has a source of its own, and knows itself', () => {
  expect(new Set(nouns.map(({ logSource }) => logSource)).size).toBe(nouns.length);
  for (const noun of nouns)
    for (const set of [...noun.known, ...(noun.alone ?? [])]) expect(nounOf(set)?.logSource, set.join()).toBe(noun.logSource);
});

describe('rules of mailboxes', () => {
  const full = (description: string): string =>
    [
      'RunspaceId                            : 5b1d6e1f-9d0c-4a26-8a2f-0d8b6c0c9e11',
      'Description                           : If the message:',
      `${' '.repeat(40)}\tthe message includes specific words in the subject 'invoice'`,
      description,
      `${' '.repeat(40)}\tredirect the message to 'billing@elsewhere.test'`,
      description,
      'Enabled                               : True',
      'Identity                              : haven.example/Users/Eva\\123',
      'Name                                  : .',
      'Priority                              : 1',
      'SubjectContainsWords                  : {invoice}',
      'DeleteMessage                         : True',
      'RedirectTo                            : {"billing" [SMTP:billing@elsewhere.test]}',
      'MailboxOwnerId                        : haven.example/Users/Eva',
      'IsValid                               : True',
      '',
    ].join('\r\n');
  const whole = {
    Enabled: 'True',
    Name: '.',
    Priority: '1',
    DeleteMessage: 'True',
    SubjectContainsWords: '{invoice}',
    RedirectTo: '{"billing" [SMTP:billing@elsewhere.test]}',
    MailboxOwnerId: 'haven.example/Users/Eva',
  };
  test.each([
    ['filled up', ' '.repeat(40)],
    ['bare', ''],
  ])('the whole list, whose description holds blank lines (%s), is one rule each', (_name, blank) => {
    const seen = scanText(powershellList, `\r\n${full(blank)}\r\n${full(blank)}\r\n\r\n`);
    expect(seen.count).toBe(2);
    for (const { fields } of seen.rows) {
      expect(fields).toMatchObject(whole);
      expect(fields['Description']).toContain('billing@elsewhere.test');
    }
    expect(told(seen)).toEqual([]);
  });
  test('a few properties, among them those that agents of transport have, too', () => {
    const names = ['Name', 'Identity', 'Enabled', 'Priority', 'RedirectTo', 'DeleteMessage'];
    for (const asked of [names, names.slice(1), names.slice(0, 5)]) {
      const text = `${asked.join(',')}\r\n${asked.map((name) => `"${name} of it"`).join(',')}\r\n`;
      const seen = scanText(exportCsv, text);
      expect(fieldsOf(seen).map((fields) => Object.keys(fields).sort())).toEqual([asked.toSorted()]);
    }
  });
  test('an agent of transport stays one; with a foreign property it is nothing that is known', () => {
    expect(nounOf(['Identity', 'Enabled', 'Priority', 'IsValid'])?.logSource).toBe('transport-agent-config');
    expect(nounOf(['Identity', 'Enabled', 'Priority', 'Colour'])).toBeNull();
  });
});

test('what is of no noun is said', () => {
  const seen: Seen = scanText(
    powershellList,
    'Name : x\nColour : red\n\nName : OAB\nInternalUrl : https://mail.haven.example/OAB\n',
  );
  expect(seen.count).toBe(1);
  expect(told(seen)).toEqual(['object.unknown@0×1']);
});
