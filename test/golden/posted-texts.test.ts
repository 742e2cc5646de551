/**
 * Texts as people post them in forums and tickets: copies of consoles with their prompts, several outputs in one file with words between,
 * tables that a spreadsheet stored, mails, articles. What each proves at most, which readers took it, how many records, what is said of
 * the rest. The forms are published ones; names, addresses and scripts are ours.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessFolder } from '../support/assess-folder.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-posted-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n`;
const pageRow = '2021-03-03 05:31:20 10.10.0.20 POST /aspnet_client/q7x.aspx - 443 - 203.0.113.77 curl/7.1 - 200 0 0 1406';
const sessionRow = '2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77 curl/7.1 - 241 0 0 1406';
const order = '"cmd" /c cd /d "C:\\inetpub\\wwwroot\\aspnet_client"&whoami&echo [S]&cd&echo [E]';
const page = 'C:\\inetpub\\wwwroot\\aspnet_client\\q7x.aspx';
const scripted = 'http://f/<script language="JScript" runat="server">/*x*/</script>';
const event = (provider: string, id: number, ...message: readonly string[]): string =>
  lines(
    'TimeCreated  : 3/13/2021 5:31:12 AM',
    `ProviderName : ${provider}`,
    `Id           : ${id}`,
    `Message      : ${message.join('\r\n               ')}`,
  );
const chopper = [
  'Windows Defender Antivirus has taken action.',
  'Name: Backdoor:ASP/Chopper.F!dha',
  `Path: file:_${page}`,
  'Action: Remove',
];

interface Posted {
  readonly name: string;
  readonly text: string;
  readonly file?: string;
  readonly answer: string;
  readonly stage: string;
  readonly rules?: readonly string[];
  readonly kind: string | null;
  readonly records: number;
  /** Codes of what is said of it. */
  readonly said?: readonly string[];
  /** In the verdict. */
  readonly sentence?: RegExp;
  /** Of the first finding. */
  readonly timeUtc?: string | null;
}

const posted: readonly Posted[] = [
  {
    name: 'a published list of paths is none of this server',
    text: lines(page, 'C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\x.aspx'),
    answer: 'cannot_tell',
    stage: 'none',
    rules: ['web-shell/page-in-list'],
    kind: 'path-list',
    records: 2,
    sentence: /Signs that can be innocent .* no proof/,
  },
  {
    name: 'the same behind the command that asked for it',
    text: lines('C:\\>dir /s /b C:\\inetpub\\wwwroot\\*.aspx', page),
    answer: 'suspected',
    stage: 'implanted',
    rules: ['web-shell/page-listed'],
    kind: 'path-list',
    records: 1,
  },
  {
    name: 'a column of a console',
    text: lines('PS C:\\> gci C:\\inetpub -r *.aspx | select FullName', '', 'FullName', '--------', page),
    answer: 'suspected',
    stage: 'implanted',
    rules: ['web-shell/page-listed'],
    kind: 'path-list',
    records: 1,
  },
  {
    name: 'attrib',
    text: lines(`A  SHR       ${page}`),
    answer: 'suspected',
    stage: 'implanted',
    rules: ['web-shell/page-listed'],
    kind: 'path-list',
    records: 1,
  },
  {
    name: 'a saved web page that quotes rows and orders',
    file: 'article.html',
    text: lines('<!DOCTYPE html>', '<html><body><pre>', pageRow, order, '</pre></body></html>'),
    answer: 'cannot_tell',
    stage: 'none',
    kind: null,
    records: 0,
    said: ['evidence.article'],
  },
  {
    name: 'an article in Markdown with its indicators',
    file: 'article.md',
    text: lines(
      '# Attacks on mail servers',
      'The shell is used like',
      '```',
      order,
      pageRow,
      '```',
      '## IOCs',
      `| Path | ${page} |`,
    ),
    answer: 'cannot_tell',
    stage: 'none',
    kind: null,
    records: 0,
    said: ['evidence.article'],
  },
  {
    name: 'a ticket in Markdown is none',
    text: lines('## Hacked?', '```', sessionRow, '```', '## Question', 'What now? 198.51.100.7 is in it, too.'),
    answer: 'suspected',
    stage: 'exploited',
    rules: ['proxylogon/static-session'],
    kind: 'iis-w3c',
    records: 1,
    said: ['row.no_header', 'text.note'],
  },
  {
    name: 'a rule whose keywords are rows',
    file: 'rule.yml',
    text: lines(
      'title: x',
      'logsource:',
      '  category: webserver',
      'detection:',
      '  keywords:',
      `    - ${pageRow}`,
      '  condition: keywords',
    ),
    answer: 'cannot_tell',
    stage: 'none',
    kind: null,
    records: 0,
    said: ['evidence.foreign_output'],
  },
  {
    name: 'a row keeps its time beside a listing in local time',
    text: lines(
      'Log:',
      sessionRow,
      '',
      ' Verzeichnis von C:\\inetpub\\wwwroot',
      '',
      '22.07.2019  09:00               701 iisstart.htm',
    ),
    answer: 'suspected',
    stage: 'exploited',
    rules: ['proxylogon/static-session'],
    kind: 'iis-w3c',
    records: 2,
    said: ['row.no_header', 'text.note'],
    timeUtc: '2021-03-03T05:32:20.000Z',
  },
  {
    name: 'Get-ChildItem in German, with a folder',
    text: lines(
      '    Verzeichnis: C:\\inetpub\\wwwroot\\aspnet_client',
      '',
      'Mode                LastWriteTime         Length Name',
      '----                -------------         ------ ----',
      'd-----       03.03.2021     05:31                system_web',
      '-a----       03.03.2021     05:31           2170 q7x.aspx',
    ),
    answer: 'suspected',
    stage: 'implanted',
    rules: ['web-shell/page-listed'],
    kind: 'format-table',
    records: 1,
    said: [],
  },
  {
    name: 'tasklist as a table, not as command lines',
    text: lines(
      'C:\\>tasklist',
      '',
      'Image Name                     PID Session Name        Session#    Mem Usage',
      '========================= ======== ================ =========== ============',
      'System Idle Process              0 Services                   0          8 K',
      'cmd.exe                       5120 Console                    1      3,300 K',
    ),
    answer: 'cannot_tell',
    stage: 'none',
    kind: 'format-table',
    records: 2,
    said: ['text.note'],
  },
  {
    name: 'an inbox rule with the columns that were asked for',
    text: lines('[PS] C:\\>Get-InboxRule | fl Name,ForwardTo', '', 'Name      : .', 'ForwardTo : {"x" [SMTP:x@mail.example]}'),
    answer: 'cannot_tell',
    stage: 'none',
    rules: ['post-exploitation/state-inbox-rule'],
    kind: 'powershell-list',
    records: 1,
    said: ['text.note'],
  },
  {
    name: 'rows of Test-ProxyLogon that a spreadsheet stored; its date is open',
    file: 'MAIL01-Cve-2021-26855.csv',
    text: lines(
      'DateTime;UrlStem;UserAgent;AnchorMailbox;HttpStatus',
      '2021-03-03T07:52:03.579Z;/ecp/y.js;"a;b";ServerInfo~a]@mail01.haven.example:444/autodiscover/autodiscover.xml?#;200',
      '03/04/2021 07:52;/ecp/y.js;c;ServerInfo~a]@mail01.haven.example:444/mapi/emsmdb/?#;401',
    ),
    answer: 'attempted',
    stage: 'attempted',
    rules: ['proxylogon/anchor-autodiscover', 'proxylogon/backend-refused'],
    kind: 'httpproxy-sheet',
    records: 2,
    said: ['row.time_ambiguous'],
  },
  {
    name: 'a HttpProxy log that a spreadsheet stored',
    text: lines(
      'DateTime;RequestId;UrlStem;AnchorMailbox;UserAgent;ClientIpAddress;ServerHostName;HttpStatus;BackEndStatus',
      '03.03.2021 04:12:06;a;/ecp/y.js;ServerInfo~a]@MAIL01.haven.example:444/ecp/proxyLogon.ecp?#;curl;203.0.113.9;MAIL01;241;241',
    ),
    answer: 'suspected',
    stage: 'exploited',
    rules: ['proxylogon/session-obtained'],
    kind: 'httpproxy-sheet',
    records: 1,
    said: [],
    timeUtc: '2021-03-03T04:12:06.000Z',
  },
  {
    name: 'what stands behind an event is read for itself',
    text: `${event('MSExchange OWA', 4, 'Started.')}\r\n${lines('Server      : MAIL01', 'Name        : OAB (Default Web Site)', `ExternalUrl : ${scripted}`)}`,
    answer: 'confirmed',
    stage: 'implanted',
    rules: ['proxylogon/config-script'],
    kind: 'event-text',
    records: 2,
    said: [],
  },
  {
    name: 'an event of Defender among others: both are read, and nobody is made two of',
    text: `${event('Microsoft-Windows-Windows Defender', 1117, ...chopper)}\r\n${event(
      'Microsoft-Windows-Security-Auditing',
      4688,
      'A new process has been created.',
      'New Process Name:    C:\\Windows\\System32\\cmd.exe',
      'Creator Process Name:    C:\\Windows\\System32\\inetsrv\\w3wp.exe',
    )}`,
    answer: 'confirmed',
    stage: 'operated',
    rules: ['web-shell/av-shell-removed', 'web-shell/event-child-order'],
    kind: 'event-text',
    records: 2,
    said: [],
    sentence: /no address and no time tells\.$/,
  },
  {
    name: 'an export of a mailbox is no page that answered',
    text: event(
      'MSExchange CmdletLogs',
      1,
      'Cmdlet suceeded. Cmdlet New-MailboxExportRequest, parameters -Mailbox "x" -FilePath "\\\\127.0.0.1\\c$\\inetpub\\wwwroot\\aspnet_client\\x.aspx".',
    ),
    answer: 'suspected',
    stage: 'implanted',
    rules: ['proxyshell/event-export-page'],
    kind: 'event-text',
    records: 1,
    sentence: /^Very likely: somebody had a page .* written on the server\./,
  },
  {
    name: 'an order that a question quotes',
    text: `They say that attackers run: ${order} on servers. Did that happen to us?\n`,
    answer: 'cannot_tell',
    stage: 'none',
    kind: null,
    records: 0,
    said: ['evidence.not_read'],
  },
  {
    // Until it was put together it was told as a note.
    name: 'a row that a mail program broke is put together',
    text: lines(pageRow.slice(0, 72), pageRow.slice(72), sessionRow.replace('241', '404')),
    answer: 'suspected',
    stage: 'implanted',
    rules: ['proxylogon/static-post', 'web-shell/page-posted'],
    kind: 'iis-w3c',
    records: 2,
    said: ['row.no_header', 'text.mended'],
  },
];

test.each(posted)('$name', async ({ name, text, file, answer, stage, rules = [], kind, records, said, sentence, timeUtc }) => {
  const at = path.join(folder, name.replaceAll(/[^a-z]+/gi, '-'));
  fs.mkdirSync(at);
  fs.writeFileSync(path.join(at, file ?? 'posted.txt'), text);
  const { verdict, findings, problems, evidence } = await assessFolder(at);
  expect({
    answer: verdict.answer,
    stage: verdict.stage,
    rules: findings
      .map(({ rule }) => rule)
      .filter((rule) => !rule.startsWith('together/'))
      .sort(),
    read: evidence.map((entry) => [entry.kind, entry.records]),
  }).toEqual({ answer, stage, rules: [...rules].sort(), read: [[kind, records]] });
  if (said !== undefined) expect(problems.map(({ code }) => code).sort()).toEqual(said);
  if (sentence !== undefined) expect(verdict.sentence).toMatch(sentence);
  if (timeUtc !== undefined) expect(findings[0]!.timeUtc).toBe(timeUtc);
});

test('words beside what is read are told with what they mention', async () => {
  const at = path.join(folder, 'mentions');
  fs.mkdirSync(at);
  fs.writeFileSync(path.join(at, 'x.txt'), lines('Hello', sessionRow, '198[.]51[.]100[.]7 was seen, too, and supp0rt.aspx.'));
  const { problems } = await assessFolder(at);
  expect(problems.find(({ code }) => code === 'text.note')).toMatchObject({
    at: 0,
    count: 2,
    found: '198.51.100.7, supp0rt.aspx',
  });
});

test('the build that a saved answer names was running at its date', async () => {
  const at = path.join(folder, 'answer');
  fs.mkdirSync(at);
  fs.writeFileSync(
    path.join(at, 'x.txt'),
    lines('HTTP/1.1 200 OK', 'X-OWA-Version: 15.1.2106.2', 'X-FEServer: MAIL01', 'Date: Sat, 06 Mar 2021 10:00:00 GMT', ''),
  );
  const { exposure } = await assessFolder(at);
  expect(exposure).toMatchObject([
    { host: 'MAIL01', builds: [{ build: '15.1.2106.2', firstUtc: '2021-03-06T10:00:00.000Z', source: 'http-response' }] },
  ]);
});
