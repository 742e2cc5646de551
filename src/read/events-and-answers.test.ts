/** Events as text, and saved answers. */
import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { messagePairs } from './event-message.ts';
import { eventText } from './event-text.ts';
import { httpResponse } from './http-response.ts';

const crlf = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const message = [
  'A new process has been created.',
  '',
  'Creator Subject:',
  '\tSecurity ID:\t\tS-1-5-18',
  '\tAccount Name:\t\tMAIL01$',
  '',
  'Target Subject:',
  '\tAccount Name:\t\t-',
  '',
  'Process Information:',
  '\tNew Process Name:\tC:\\Windows\\System32\\cmd.exe',
  '\tCreator Process Name:\tC:\\Windows\\System32\\inetsrv\\w3wp.exe',
  '\tProcess Command Line:\tcmd.exe /c whoami',
];
const event = {
  Channel: 'Security',
  Provider_Name: 'Microsoft-Windows-Security-Auditing',
  EventID: '4688',
  Computer: 'mail01.haven.example',
  NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
  ParentProcessName: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
  CommandLine: 'cmd.exe /c whoami',
  AccountName: 'MAIL01$',
  TargetSubjectAccountName: '-',
};

describe('event-text', () => {
  test('wevtutil', () => {
    const one = (id: number): string[] => [
      `Event[${id}]:`,
      '  Log Name: Security',
      '  Source: Microsoft-Windows-Security-Auditing',
      '  Date: 2021-03-03T05:31:20.123',
      '  Event ID: 4688',
      '  Level: Information',
      '  Computer: mail01.haven.example',
      '  Description: ',
      ...message,
      '',
    ];
    const text = crlf(...one(0), ...one(1));
    const seen = scanText(eventText, text);
    expect(fieldsOf(seen)).toMatchObject([event, event].map((fields) => ({ ...fields, TimeCreated: '2021-03-03T05:31:20.123' })));
    expect(fieldsOf(seen)[0]!.Message).toBe(message.map((line) => line.trim()).join('\n'));
    // Local time: the text does not say its zone.
    expect(seen.rows.map(({ time, line }) => [time, line])).toEqual([
      [null, 1],
      [null, 23],
    ]);
    expect(seen.problems).toEqual([]);
    expect(eventText.recognise(text, '')).toBe(0.93);
  });
  test.each([
    [
      'English',
      [
        'Log Name:      Security',
        'Source:        Microsoft-Windows-Security-Auditing',
        'Date:          3/22/2021 5:31:20 AM',
        'Event ID:      4688',
        'User:          N/A',
        'Computer:      mail01.haven.example',
        'Description:',
      ],
      ['Event Xml:', '<Event><EventID>1</EventID></Event>'],
    ],
    [
      'German',
      [
        'Protokollname: Security',
        'Quelle:        Microsoft-Windows-Security-Auditing',
        'Datum:         22.03.2021 05:31:20',
        'Ereignis-ID:   4688',
        'Benutzer:      N/A',
        'Computer:      mail01.haven.example',
        'Beschreibung:',
      ],
      ['Ereignis-XML:', '<Event/>'],
    ],
    [
      'French',
      [
        'Nom du journal :Security',
        'Source :       Microsoft-Windows-Security-Auditing',
        'Date :         22/03/2021 05:31:20',
        'ID de l’événement :4688',
        'Utilisateur :  N/A',
        'Ordinateur :   mail01.haven.example',
        'Description :',
      ],
      ['XML de l’événement :', '<Event/>'],
    ],
  ])('a copy of the Event Viewer, %s', (_name, head, tail) => {
    const seen = scanText(eventText, crlf(...head, ...message, ...tail));
    expect(fieldsOf(seen)).toMatchObject([{ ...event, TimeCreated: '2021-03-22T05:31:20' }]);
    expect([seen.count, seen.problems]).toEqual([1, []]);
  });
  test('Get-WinEvent and Get-EventLog as lists', () => {
    const text = crlf(
      '',
      'TimeCreated  : 3/22/2021 5:31:20 AM',
      'ProviderName : MSExchange Unified Messaging',
      'Id           : 1432',
      'Message      : The service failed.',
      '               ',
      '               Source: not a new event',
      '               System.InvalidCastException: x',
      '',
      'TimeCreated  : 3/3/2021 5:31:20 AM',
      'ProviderName : X',
      'Id           : 2',
      'Message      : y',
      '',
      '',
      'Index              : 12',
      'EntryType          : Error',
      'InstanceId         : 3',
      'Message            : z',
      'Source             : Y',
      'TimeGenerated      : 3/3/2021 5:31:20 AM',
    );
    expect(fieldsOf(scanText(eventText, text))).toMatchObject([
      {
        Provider_Name: 'MSExchange Unified Messaging',
        EventID: '1432',
        TimeCreated: '2021-03-22T05:31:20',
        Message: 'The service failed.\n\nSource: not a new event\nSystem.InvalidCastException: x',
      },
      { Provider_Name: 'X', EventID: '2', TimeCreated: '2021-03-03T05:31:20' },
      { Provider_Name: 'Y', Message: 'z', Level: 'Error', TimeCreated: '2021-03-03T05:31:20' },
    ]);
  });
  test('pairs have an end', () => {
    const many = messagePairs(Array.from({ length: 5000 }, (_, i) => `Key ${i}: v`).join('\n'));
    expect(many.size).toBe(64);
    expect(messagePairs('constructor: x\n__proto__: y')).toEqual(new Map([['constructor', 'x']]));
  });
});

describe('http-response', () => {
  const text = crlf(
    '> GET /aspnet_client/q7wz0kpt.aspx?a=b HTTP/1.1',
    '> Host: mail.haven.example',
    '> ',
    '< HTTP/1.1 200 OK',
    '< Date: Wed, 03 Mar 2021 05:31:20 GMT',
    '< Server: Microsoft-IIS/10.0',
    '< request-id: 8c1b0e1e-0000-4d84-9a3c-ab1c72a5c8b1',
    '< X-OWA-Version: 15.1.2176.9',
    '< X-FEServer: MAIL01',
    '< X-CalculatedBETarget: mail02.haven.example',
    '< ',
    'Name : OAB (Default Web Site)',
    'Status: 500',
    'HTTP/1.1 404 Not Found',
    'Body: no',
    '',
    '<html>',
  );
  test('who answered, when, with which version, and what the page begins with', () => {
    const seen = scanText(httpResponse, text);
    expect(fieldsOf(seen)).toEqual([
      {
        Method: 'GET',
        Url: '/aspnet_client/q7wz0kpt.aspx',
        Host: 'mail.haven.example',
        Status: '200',
        Date: 'Wed, 03 Mar 2021 05:31:20 GMT',
        Server: 'Microsoft-IIS/10.0',
        'request-id': '8c1b0e1e-0000-4d84-9a3c-ab1c72a5c8b1',
        'X-OWA-Version': '15.1.2176.9',
        'X-FEServer': 'MAIL01',
        'X-CalculatedBETarget': 'mail02.haven.example',
        Body: 'Name : OAB (Default Web Site)\nStatus: 500',
      },
      { Status: '404', Body: '<html>' },
    ]);
    expect(seen.rows.map(({ time, line }) => [time, line])).toEqual([
      ['2021-03-03T05:31:20.000Z', 1],
      [null, 14],
    ]);
    expect(told(seen)).toEqual([]);
    expect(httpResponse.recognise(text, '')).toBe(0.9);
  });
  test('a request alone is no answer', () => {
    expect(scanText(httpResponse, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').count).toBe(0);
  });
});
