/** A short text of each reader's own form, with what is odd in it, to begin fuzzing with. Further ones stand in `log-forms.ts`. */
export const readerSeeds: Readonly<Record<string, string>> = {
  'iis-w3c':
    '#Software: Microsoft Internet Information Services 10.0\r\n#Date: 2021-03-03 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken\r\n2021-03-03 04:12:11 10.0.0.5 POST /ecp/y.js a=%41%C3%A9 443 - 203.0.113.9 curl/7.6 200 15\r\n2021-03-03 04:12:12 10.0.0.5 GET /owa/ - 443 CORP\\é fe80::1%3 Mozilla/5.0+(X) 302 1\r\n',
  httpproxy:
    'DateTime,RequestId,UrlStem,AnchorMailbox,UserAgent,HttpStatus\r\n#Log-type: HttpProxy Logs\r\n#Fields: DateTime,RequestId,UrlStem,AnchorMailbox,UserAgent,HttpStatus\r\n2021-03-03T04:12:11.400Z,8c1b0e1e-0000-4d84-9a3c-ab1c72a5c8b1,/ecp/y.js,ServerInfo~a]@mx:444/x?#,"Moz ""5"", like",241\r\n',
  'ecp-server': `#Log-type: ECP Server Log\n#Fields: TimeStamp,ServerName,EventId,EventData\n2021-03-03T04:12:11.400Z,MX1,ECP.Request,"S:TIME=1;'S:CMD=Set-X.Url=''http://f/;S:EX=a''';S:REQID=;S:URL=/a?b=1;S:REFERRER=;S:EX=;S:BLD=15.1"\n`,
  'test-proxylogon': '#TYPE x\r\n"DateTime","AnchorMailbox"\r\n"2021-03-03T04:12:11.400Z","ServerInfo~a]@mx:444/x?#"\r\n',
  'powershell-table': 'DateTime AnchorMailbox\n-------- -------------\n2021-03-03T04:12:11.400Z ServerInfo~a]@mx:444/a b?#\n',
  'powershell-list': 'Name : OAB\nServer : MX1\nExternalUrl : http://f/#<s\n   x>\n\nName : é\nInternalUrl :\n',
  'httpproxy-list': 'DateTime : 2021-03-03T04:12:11.400Z\nAnchorMailbox : ServerInfo~a]@mx:444/x?#\n   y\n\nAnchorMailbox : é\n',
  'httpproxy-sheet':
    '#TYPE x;;\r\nDateTime;"AnchorMailbox";UserAgent\r\n2021-03-03T04:12:11.400Z;"ServerInfo~a]@mx:444/x?#";"é;""x"""\r\n03.04.2021 07:52;y;\r\n',
  'format-table':
    'Image Name                     PID User Name\r\n========================= ======== =====\r\nw3wp é.exe                    4711 NT\r\n\r\nIdentity Enabled Priority\r\n-------- ------- --------\r\nMy ag... True           1\r\n         é\r\n',
  'export-csv': '#TYPE X\r\n"Server","ExternalUrl"\r\n"MX1","http://f/#""<s\r\ny"\r\n"é",\r\n',
  'export-clixml':
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>x</T></TN><Props><S N="ExternalUrl">é_x000A_&amp;</S><Obj N="Server"><LST><S>a</S></LST></Obj></Props></Obj>\r\n<Obj><MS><URI N="InternalUrl">b</URI></MS></Obj></Objs>',
  'event-text':
    'Event[0]:\r\n  Log Name: Security\r\n  Source: X\r\n  Date: 2021-03-03T05:31:20.123\r\n  Event ID: 4688\r\n  Computer: MX1\r\n  Description: \r\nA new process é.\r\n\tNew Process Name:\tC:\\x.exe\r\n\r\nTimeCreated : 3/22/2021 5:31:20 AM\r\nProviderName : X\r\nId : 1\r\nMessage : a\r\n    b: c\r\n',
  'event-json':
    '{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":1,"TimeCreated":{"#attributes":{"SystemTime":"2021-03-03T04:12:11.400000Z"}},"EventRecordID":18446744073709551614,"Channel":"Security","Computer":"MX1"},"EventData":{"CommandLine":"cmd \\"é\\" \\ud800","Data":{"#text":["a",null,true]}}}}\r\n[{"EventID":4688,"Channel":"Security","SourceName":"X","TimeCreated":"2021-03-03 04:12:11","Message":"a:\\tb","Keywords":-1},{"winlog":{"event_id":"1","channel":"y","event_data":{"a":"b"}}}]\r\n',
  'event-xml':
    '<?xml version="1.0"?><Events>\r\n<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID Qualifiers="1">1</EventID><TimeCreated SystemTime="2021-03-03T04:12:11.4000000Z"/><Channel>Security</Channel></System><EventData><Data Name="CommandLine">é &lt;&#65;&amp; x</Data><Data>y</Data><Binary/></EventData></Event>\r\n<Event xmlns="x"><System><EventID>2</EventID></System><UserData><a b="c"><d>e</d><d><![CDATA[f]]></d></a></UserData></Event></Events>',
  'iis-config':
    '<?xml version="1.0"?>\r\n<!DOCTYPE x [<!ENTITY e "é">]>\r\n<configuration><location path="é"><system.webServer><modules><add name="a&e;" type="b.c, d" /><remove name="x"/><clear/></modules><rewrite><rules><rule name="r"><match url=".*"/><conditions><add input="{U}" pattern="(.*)"/></conditions><action type="AbortRequest"/></rule></rules></rewrite></system.webServer></location><a><b></a></configuration>',
  'http-response':
    '> GET /owa/é HTTP/1.1\r\n> Host: x\r\n>\r\n< HTTP/1.1 200 OK\r\n< X-OWA-Version: 15.1.2176.9\r\n< Date: Wed, 03 Mar 2021 05:31:20 GMT\r\n<\r\nName : OAB é\r\nHTTP/1.1 404\r\nServer: y\r\n\r\n<html>\r\n',
  'ls-listing':
    './c/inetpub/wwwroot:\ntotal 8\n-rw-r--r-- 1 root root 2048 Mar  3  2021 x é.aspx\n  12 4 -rwxrwxrwx 1 root root 7 2021-03-03 05:31:20.000000000 +0000 ./c/inetpub/wwwroot/y.aspx\n',
  'net-user':
    'User accounts for \\\\MAIL01\r\n\r\n-------------------------------------------------------------------------------\r\nAdministrator            é                        Guest\r\nThe command completed successfully.\r\nAlias name     Administrators\r\nMembers\r\n-------------------------------------------------------------------------------\r\nMAIL01\\x\r\n',
  'registry-setup':
    'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Setup]\r\n"OwaVersion"="15.1.2176.9"\r\n"é"=dword:0000000f\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Setup\r\n    OwaVersion    REG_SZ    15.1.2176.9\r\n',
  'wmic-list':
    'CommandLine=w3wp.exe -ap "é"\r\r\n\r\r\nName=w3wp.exe\r\r\nParentProcessId=1\r\r\nProcessId=2\r\r\n\r\r\nCommandLine=cmd\r\nName=cmd.exe\r\nParentProcessId=2\r\nProcessId=2\r\n',
  'antivirus-lines':
    'Time;Object;Detection;Action;Information\r\n1;C:\\é\\x.aspx;JS/X.A trojan;cleaned by deleting;by C:\\a.exe (1)\r\n"2";"C:\\a;b.aspx";x\r\n\r\nEvent: Object deleted\r\nObject name: HEUR:Backdoor.ASP.X\r\nObject path: C:\\x.aspx\r\n\r\n20210303 063112\tFile "C:\\x.aspx" belongs to virus/spyware \'Troj/X-L\'.\r\nC:\\y.aspx: Asp.X.Y FOUND\r\n',
  'web-page':
    '<%@ Page Language="C#" %>\r\n<%@ Import Namespace="System.IO" %>\r\n<script runat="server">\r\nvoid Page_Load(object s, EventArgs e) { var x = Request["é"]; File.Delete(Server.MapPath(x + "a")); }\r\n</script>\r\n<% foreach (var i in new[] { 1, 2 }) { %><b><%= $"{i}" %></b><% } %>',
  'path-list':
    'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx\r\n"c:\\a b\\é.txt"\r\n/mnt/c/inetpub/wwwroot/y.asp\r\nA  SH   C:\\inetpub\\wwwroot\\z.aspx\r\n',
  'dir-listing':
    ' Volume in drive C is OS\r\n\r\n Directory of C:\\inetpub\\wwwroot\r\n\r\n03/22/2021  05:31 AM    <DIR>          .\r\n03/22/2021  05:31 AM             2,048 NT AUTHORITY\\SYSTEM    x é.aspx\r\n               1 File(s)          2,048 bytes\r\n',
  'command-lines':
    '"cmd" /c cd /d "C:\\inetpub"&whoami&echo [S]&cd&echo [E]\r\n2021-03-03T05:31:20Z w3wp.exe -> cmd.exe -> C:\\é b\\net1.exe user\r\n',
  'ecp-excerpt': `they sent me S:CMD=Set-X.Url='http://f/;x';S:REQID=;S:URL=/a;S:EX=\r\n'S:CMD=Get-é''x''';S:EX=Boom\r\n`,
  'test-proxylogon-console':
    'ProxyLogon Status: Exchange Server MX1\r\n  Log age days: Oabgen  Ecp 29,5\r\n  [CVE-2021-26855] Suspicious activity found in Http Proxy log!\r\n      C:\\x.csv\r\n',
  'test-proxylogon-log-age':
    '#TYPE System.Management.Automation.PSCustomObject\r\n"OabGen","Ecp","AutoDProxy","EasProxy"\r\n"","29,5","1.234,5","30.1"\r\n',
  'test-proxylogon-other':
    '"ComputerName","Type","Path","Name","LastWrite"\r\n"MX1","SuspiciousArchive","C:\\ProgramData\\é.zip","é.zip","03/04/2021 07:52:03"\r\n"MX1","LsassDump","C:\\x.dmp","x","22/04/2021 07:52:03"\r\n',
  'test-proxylogon-events':
    '"TimeCreated","MachineName","Message"\r\n"3/3/2021 7:52:03 AM","mx1","The call failed.\r\nSystem.InvalidCastException: x ""y"""\r\n',
  'test-proxylogon-paths': "'C:\\inetpub\\wwwroot\\é.aspx'\r\nC:\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG\r\n",
  'compare-exchange-hashes':
    '"FileName","VDir","Error","FilePath","FileHash","LastWriteTimeUtc"\r\n"a.aspx","/owa","NoHashMatch","C:\\é\\a.aspx","AA","12/30/2020 10:11:12"\r\n',
  msert:
    'Microsoft Safety Scanner v1.333, (build 1.333.600.0)\r\nStarted On Wed Mar 10 09:12:00 2021\r\nThreat Detected: Virus:DOS/EICAR_Test_File, not removed.\r\n    Action: NoAction, Result: 0x00000000\r\n        file://C:\\é\\eicar.com\r\n            SigSeq: 0x00000555DC2DDDB0\r\nResults Summary:\r\n----------------\r\nFound Virus:DOS/EICAR_Test_File, not removed.\r\nMicrosoft Safety Scanner Finished On Wed Mar 10 09:15:00 2021\r\nReturn code: 7 (0x7)\r\n',
  'defender-events':
    'Log Name:      Microsoft-Windows-Windows Defender/Operational\r\nDate:          3/3/2021 9:12:04 AM\r\nEvent ID:      1117\r\nComputer:      mx1.test\r\nDescription:\r\n Name: Virus:DOS/EICAR_Test_File\r\n Path: file:_C:\\é\\a.com; file:_C:\\b.com\r\n Action: Quarantine\r\n Error Code: 0x00000000\r\n',
  'defender-list':
    'ActionSuccess : True\nCleaningActionID : 2\nInitialDetectionTime : 03.03.2021 09:12:04\nResources : {file:_C:\\é\\a.com, file:_C:\\b...}\nThreatID : 2147519003\n\nThreatID : 2147519003\nThreatName : Virus:DOS/EICAR_Test_File\n',
  loki: '20210310T10:25:35Z MX1 LOKI: Alert: MODULE: FileScan MESSAGE: FILE: C:\\é\\a.aspx SCORE: 80 TYPE: EXE REASON_1: Yara Rule MATCH: test_rule SUBSCORE: 80\n20210310T10:25:35Z,MX1,WARNING,FileScan,FILE: C:\\b.aspx SCORE: 60 MATCH: other_rule\n',
  eomt: '2021-03-16 10:20:30 Info: Starting EOMT.ps1 version 21.03.16.1000 on MX1\r\n2021-03-16 10:20:31 Info: MX1 is vulnerable: applying mitigation\r\nVERBOSE: Mitigation complete on MX1 :: é\r\n',
  'task-xml':
    '<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\r\n<RegistrationInfo><Date>2021-03-05T03:12:00</Date><Author>é</Author><URI>\\a\\b</URI></RegistrationInfo><Principals><Principal id="Author"><UserId>S-1-5-18</UserId></Principal></Principals><Settings><Enabled>false</Enabled></Settings>\r\n<Actions Context="Author"><Exec><Command>c.exe</Command><Arguments>-x &amp; y</Arguments></Exec><ComHandler><ClassId>{1}</ClassId></ComHandler></Actions></Task>\r\n',
  'agents-config':
    '<?xml version="1.0"?>\r\n<configuration>\r\n<mexRuntime><agentList>\r\n<agent name="é" baseType="b" classFactory="f" assemblyPath="C:\\a.dll" enabled="true" />\r\n<agent name="c" enabled="false" /></agentList></mexRuntime></configuration>\r\n',
  'eomt-summary':
    'Microsoft Safety Scanner and CVE-2021-26855 mitigation summary\r\nMessage: Microsoft attempted to mitigate and protect your Exchange server from CVE-2021-26855 and clear malicious files.\r\nFor more information on these vulnerabilities please visit x. This attempt was unsuccessful. é\r\n',
  'health-checker':
    'Exchange Information\r\n--------------------\r\n\tName: MX1\r\n\tGeneration Time: 03.03.2021 09:04:13\r\n\tVersion: Exchange 2016 CU19 é\r\n\tBuild Number: 15.01.2176.002\r\n\tServer Role: Mailbox\r\nSecurity Vulnerability\r\n\tCVE-2021-26855\r\n\t\tSee: https://x.test/CVE-2021-26855\r\n',
  'health-checker-xml':
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\r\n<Obj RefId="0"><MS><S N="ServerName">MX1</S><DT N="GenerationTime">2021-03-03T09:04:13.1234567+01:00</DT><Obj N="ExchangeSetup" RefId="1"><MS><S N="FileVersion">15.01.2176.002</S></MS></Obj><S N="FriendlyName">Exchange 2016 é &amp; x</S></MS></Obj></Objs>\r\n',
};
