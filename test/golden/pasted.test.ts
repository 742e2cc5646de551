/** What people paste: lines without headers, tables, lists, search results, pieces of rows. Text, expected answer, stage, rules. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessFolder, headlineAgainstLadder } from '../support/assess-folder.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-pasted-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const anchor = 'ServerInfo~a]@mail01.haven.example:444';
const ecpRow = (ex: string): string =>
  `S:TIME=467;S:SID=8e96f163-2d5f-447c-ad01-60ba277bc5a1;'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''http://f/#<b>x</b>''.Identity=''badd''';S:REQID=;S:URL=/ecp/DDI/DDIService.svc/SetObject?x=1;S:REFERRER=;${ex}`;

const pasted: readonly (readonly [name: string, text: string, answer: string, stage: string, rules: readonly string[]])[] = [
  [
    'a note alone proves nothing',
    'Were we hit? The blog says CVE-2021-26855 and supp0rt.aspx.\nThanks',
    'cannot_tell',
    'none',
    [],
  ],
  [
    'rows of the tool without their header',
    `2021-03-03T07:52:03.579Z,${anchor}/autodiscover/autodiscover.xml?#\r\n`,
    'attempted',
    'attempted',
    ['proxylogon/anchor-autodiscover'],
  ],
  [
    'a console table with its dashes',
    `DateTime                 AnchorMailbox\n--------                 -------------\n2021-03-03T07:52:03.579Z ${anchor}/ecp/default.flt?\n`,
    'cannot_tell',
    'probed',
    ['proxylogon/anchor-check'],
  ],
  [
    'rows as a list',
    `DateTime      : 2021-03-03T10:42:55.321Z\nAnchorMailbox : ${anchor}/autodiscover/autodiscover.xml?#\n\nDateTime      : 2021-03-03T10:42:58.321Z\nAnchorMailbox : ${anchor}/mapi/emsmdb/?#\n`,
    'attempted',
    'attempted',
    ['proxylogon/anchor-autodiscover', 'proxylogon/mapi-asked'],
  ],
  [
    'IIS rows in a letter',
    'Hi,\n2021-03-03 05:31:20 10.10.0.20 POST /ecp/y.js &CorrelationID=<empty>; 443 - 203.0.113.77 python-requests/2.25.1 - 200 0 0 1406\nregards\n',
    'attempted',
    'attempted',
    ['proxylogon/static-post'],
  ],
  [
    'a piece of an ECP row, cut before its end',
    `found this:\n${ecpRow('')}\n`,
    'suspected',
    'implanted',
    ['proxylogon/excerpt-plant-asked'],
  ],
  [
    'a piece of an ECP row with its end',
    `${ecpRow('S:EX=;S:ACTID=1')}\n`,
    'confirmed',
    'implanted',
    ['proxylogon/excerpt-planted'],
  ],
  [
    'a piece of an ECP row that failed',
    `${ecpRow('S:EX=System.Exception:no;S:ACTID=1')}\n`,
    'attempted',
    'attempted',
    ['proxylogon/excerpt-plant-failed'],
  ],
  [
    'rows found by a search',
    `C:\\Program Files\\V15\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG:3310:2021-03-03T04:12:37.310Z,MAIL01,ECP.Request,"${ecpRow('S:EX=;S:ACTID=1;S:RS=0;S:BLD=15.1.2176.2')}"\r\nu_ex210303.log:2021-03-03 05:31:40 10.10.0.20 GET /aspnet_client/supp0rt.aspx - 443 - 203.0.113.77 curl/7.1 - 404 0 0 15\r\n`,
    'confirmed',
    'implanted',
    ['proxylogon/ecp-planted', 'web-shell/page-asked'],
  ],
  [
    'rows quoted in a mail',
    '> 2021-03-05 04:12:33 10.0.0.5 POST /owa/auth/RedirSuiteServerProxy.aspx - 443 - 203.0.113.9 python-requests/2.25.1 - 200 0 0 312\n> - 2021-03-03T07:52:03.579Z,ServerInfo~a]@x:444/autodiscover/autodiscover.xml?#\n',
    'suspected',
    'implanted',
    ['proxylogon/anchor-autodiscover', 'web-shell/page-posted'],
  ],
  [
    'a virtual directory as a list, the value wrapped',
    'Server      : MAIL01\nName        : OAB (Default Web Site)\nInternalUrl : https://mail01.haven.example/OAB\nExternalUrl : http://f/<b\n              >x</b>\n',
    'confirmed',
    'implanted',
    ['proxylogon/config-script'],
  ],
  [
    'a virtual directory as it should be',
    'Name        : OAB (Default Web Site)\nInternalUrl : https://mail01.haven.example/OAB\nExternalUrl : https://mail.haven.example/OAB\n',
    'cannot_tell',
    'none',
    [],
  ],
  [
    'a command line of a web shell among words',
    'EDR shows this, what is it?\n"cmd" /c cd /d "C:\\inetpub\\wwwroot\\aspnet_client"&whoami&echo [S]&cd&echo [E]\nthanks\n',
    'confirmed',
    'operated',
    ['web-shell/chopper-order'],
  ],
  [
    'a page and an order in its folder are one intruder',
    'c:\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx\nfound in the EDR:\n"cmd" /c cd /d "C:\\inetpub\\wwwroot\\aspnet_client"&net group "Exchange Organization administrators" administrator /del /domain&echo [S]&cd&echo [E]\n',
    'confirmed',
    'spread',
    ['web-shell/page-in-list', 'web-shell/rights-through-page'],
  ],
  [
    'administrators at work on the command line',
    'net group "Exchange Organization administrators" anna /add /domain\nC:\\Windows\\System32\\ipconfig.exe /all\nw3wp.exe -> C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe /noconfig @x.cmdline\n',
    'cannot_tell',
    'none',
    ['web-shell/rights-changed'],
  ],
  [
    'a listing of a web folder with a page too many',
    'this is what dir says:\n\n Directory of C:\\inetpub\\wwwroot\\aspnet_client\n\n22/03/2021  05:31    <DIR>          .\n03/03/2021  05:31               214 supp0rt.aspx\n               1 File(s)            214 bytes\nis that bad?\n',
    'suspected',
    'implanted',
    ['web-shell/page-listed'],
  ],
  [
    'listings of a healthy server',
    ' Directory of C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\n\n22/03/2021  05:31    <DIR>          15.1.2176\n22/03/2021  05:31             8,214 errorFE.aspx\n22/03/2021  05:31            13,214 logon.aspx\n22/03/2021  05:31             1,214 RedirSuiteServiceProxy.aspx\n\n Directory of C:\\inetpub\\wwwroot\n\n22/03/2021  05:31    <DIR>          aspnet_client\n22/03/2021  05:31               701 iisstart.htm\n               4 File(s)         23,343 bytes\n',
    'cannot_tell',
    'none',
    [],
  ],
  [
    'a row of ProxyShell as people publish it, answered',
    '2021-08-21 03:14:19 10.10.0.20 POST /autodiscover/autodiscover.json a=kq@fn.test/powershell/?X-Rps-CAT=VgEAVAdXaW5kb3dz 443 - 203.0.113.61 python-requests/2.26.0 - 200 0 0 341\n',
    'suspected',
    'exploited',
    ['proxyshell/front-powershell-answered'],
  ],
  [
    'the same row, refused, among those of a phone',
    '2021-08-21 03:14:19 10.10.0.20 POST /autodiscover/autodiscover.json a=kq@fn.test/powershell/?X-Rps-CAT=VgEAVAdXaW5kb3dz 443 - 203.0.113.61 python-requests/2.26.0 - 401 0 0 34\n2021-08-21 03:15:00 10.10.0.20 GET /autodiscover/autodiscover.json Email=anna@haven.example&Protocol=ActiveSync&RedirectCount=1 443 - 192.0.2.14 Outlook-iOS-Android/1.0 - 200 0 0 12\n',
    'attempted',
    'attempted',
    ['proxyshell/front-powershell'],
  ],
  [
    'a check for ProxyShell, and phones that ask Autodiscover v2',
    '2021-08-09 16:20:41 10.10.0.20 GET /autodiscover/autodiscover.json @foo.test/mapi/nspi/?&Email=autodiscover/autodiscover.json%3F@foo.test 443 - 198.51.100.44 curl/7.77.0 - 302 0 0 5\n2021-08-09 16:21:00 10.10.0.20 GET /autodiscover/autodiscover.json Email=anna%40haven.example&Protocol=ActiveSync 443 - 192.0.2.14 Outlook-iOS-Android/1.0 - 200 0 0 12\n',
    'cannot_tell',
    'probed',
    ['proxyshell/front-check'],
  ],
  [
    'words of ProxyShell in a request that any server answers',
    '2021-08-21 03:14:19 10.10.0.20 POST /autodiscover/autodiscover.json Email=anna@haven.example&Protocol=ActiveSync&x=@foo.test/powershell/?X-Rps-CAT=VgEA 443 - 203.0.113.61 curl/7.77.0 - 200 0 0 34\n',
    'attempted',
    'attempted',
    ['proxyshell/front-powershell'],
  ],
  [
    'the cmdlet as the event log has it',
    'ProviderName : MSExchange CmdletLogs\nId           : 1\nTimeCreated  : 2021-08-21T03:14:26Z\nMessage      : Cmdlet suceeded. Cmdlet New-MailboxExportRequest, parameters -Mailbox "anna" -FilePath "\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx".\n',
    'suspected',
    'implanted',
    ['proxyshell/event-export-page'],
  ],
];

test.each(pasted)('%s', async (name, text, answer, stage, rules) => {
  const file = path.join(folder, `${name.replaceAll(/[^a-z]+/gi, '-')}.txt`);
  fs.writeFileSync(file, text);
  const { verdict, findings } = await assessFolder(file);
  expect({
    answer: verdict.answer,
    stage: verdict.stage,
    rules: findings
      .map(({ rule }) => rule)
      .filter((rule) => !rule.startsWith('together/'))
      .sort(),
  }).toEqual({ answer, stage, rules: [...rules].sort() });
  expect(headlineAgainstLadder(verdict)).toEqual([]);
});
