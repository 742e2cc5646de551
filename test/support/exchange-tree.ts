/**
 * The web folders of a mail server as its owner could hand them in: pages and configurations in their places, the configuration of the
 * web server, the mitigations of March 2021, and what administrators and products put there. Page texts are ours and hold nothing.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const exchangeFolder = 'C/Program Files/Microsoft/Exchange Server/V15';
const onServer = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15';

const native: readonly (readonly [name: string, file: string])[] = [
  ['HttpLoggingModule', 'loghttp'],
  ['UriCacheModule', 'cachuri'],
  ['FileCacheModule', 'cachfile'],
  ['TokenCacheModule', 'cachtokn'],
  ['HttpCacheModule', 'cachhttp'],
  ['DynamicCompressionModule', 'compdyn'],
  ['StaticCompressionModule', 'compstat'],
  ['DefaultDocumentModule', 'defdoc'],
  ['DirectoryListingModule', 'dirlist'],
  ['ProtocolSupportModule', 'protsup'],
  ['HttpRedirectionModule', 'redirect'],
  ['StaticFileModule', 'static'],
  ['AnonymousAuthenticationModule', 'authanon'],
  ['CertificateMappingAuthenticationModule', 'authcert'],
  ['BasicAuthenticationModule', 'authbas'],
  ['WindowsAuthenticationModule', 'authsspi'],
  ['DigestAuthenticationModule', 'authmd5'],
  ['IISCertificateMappingAuthenticationModule', 'authmap'],
  ['RequestFilteringModule', 'modrqflt'],
  ['CustomErrorModule', 'custerr'],
  ['IsapiModule', 'isapi'],
  ['IsapiFilterModule', 'filter'],
  ['ConfigurationValidationModule', 'validcfg'],
  ['TracingModule', 'iisetw'],
  ['FailedRequestsTracingModule', 'iisfreb'],
  ['RequestMonitorModule', 'iisreqs'],
  ['RewriteModule', 'rewrite'],
  ['HttpCacheTrimModule', 'cachhttp'],
];

const element = (name: string, own: Readonly<Record<string, string>>): string =>
  `<${name} ${Object.entries(own)
    .map(([key, value]) => `${key}="${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}"`)
    .join(' ')} />`;

export interface HostConfiguration {
  readonly modules?: readonly string[];
  readonly directories?: readonly string[];
  readonly locations?: readonly string[];
}

/** `applicationHost.config` of a server with Exchange, with agents of other makers that are there rightly. */
export function applicationHost({ modules = [], directories = [], locations = [] }: HostConfiguration = {}): string {
  const directory = (address: string, folder: string): string =>
    `<application path="${address}" applicationPool="MSExchangePool"><virtualDirectory path="/" physicalPath="${folder}" /></application>`;
  const owned = ['owa', 'ecp', 'EWS', 'OAB', 'mapi', 'Autodiscover', 'Microsoft-Server-ActiveSync', 'PowerShell', 'Rpc'];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- IIS configuration sections. For schema documentation, see the folder of the server. -->
<configuration>
  <configSections>
    <sectionGroup name="system.webServer"><section name="modules" allowDefinition="MachineToApplication" /></sectionGroup>
  </configSections>
  <system.applicationHost>
    <applicationPools><add name="MSExchangeOWAAppPool" autoStart="true"><processModel identityType="LocalSystem" /></add></applicationPools>
    <log centralLogFileMode="Site"><centralW3CLogFile enabled="true" directory="%SystemDrive%\\inetpub\\logs\\LogFiles" /></log>
    <sites>
      <siteDefaults><logFile logFormat="W3C" directory="%SystemDrive%\\inetpub\\logs\\LogFiles" /></siteDefaults>
      <site name="Default Web Site" id="1">
        <application path="/"><virtualDirectory path="/" physicalPath="%SystemDrive%\\inetpub\\wwwroot" /></application>
        ${owned.map((name) => directory(`/${name}`, `${onServer}\\FrontEnd\\HttpProxy\\${name.toLowerCase()}`)).join('\n        ')}
        ${directories.join('\n        ')}
        <logFile directory="%SystemDrive%\\inetpub\\logs\\LogFiles" />
      </site>
      <site name="Exchange Back End" id="2">
        <application path="/"><virtualDirectory path="/" physicalPath="${onServer}\\ClientAccess" /></application>
        ${['owa', 'ecp', 'EWS'].map((name) => directory(`/${name}`, `${onServer}\\ClientAccess\\${name}`)).join('\n        ')}
      </site>
    </sites>
  </system.applicationHost>
  <system.webServer>
    <globalModules>
      ${native.map(([name, file]) => element('add', { name, image: `%windir%\\System32\\inetsrv\\${file}.dll` })).join('\n      ')}
      ${element('add', { name: 'ManagedEngineV4.0_64bit', image: '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\webengine4.dll', preCondition: 'integratedMode,runtimeVersionv4.0,bitness64' })}
      ${element('add', { name: 'WSMan', image: 'C:\\Windows\\system32\\wsmsvc.dll' })}
      ${element('add', { name: 'kerbauth', image: `${onServer}\\Bin\\kerbauth.dll` })}
      ${element('add', { name: 'exppw', image: `${onServer}\\ClientAccess\\Owa\\auth\\exppw.dll` })}
      ${element('add', { name: 'cafe_exppw', image: `${onServer}\\FrontEnd\\HttpProxy\\bin\\exppw.dll` })}
      ${element('add', { name: 'ModSecurity IIS (64bits)', image: 'C:\\Program Files\\ModSecurity IIS\\modsecurityiis.dll' })}
      ${modules.join('\n      ')}
    </globalModules>
    <httpLogging dontLog="false" />
    <isapiFilters>
      ${element('filter', { name: 'ASP.Net_4.0_64bit', path: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll', enableCache: 'true' })}
      ${element('filter', { name: 'Exchange OWA Cookie Authentication ISAPI Filter', path: `${onServer}\\ClientAccess\\owa\\auth\\owaauth.dll`, enabled: 'true' })}
    </isapiFilters>
    <security>
      <authentication><anonymousAuthentication enabled="true" userName="IUSR" /><windowsAuthentication enabled="false" /></authentication>
      <isapiCgiRestriction>${element('add', { path: '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_isapi.dll', allowed: 'true', groupId: 'ASP.NET v4.0', description: 'ASP.NET v4.0.30319' })}</isapiCgiRestriction>
      <requestFiltering>
        <fileExtensions allowUnlisted="true"><add fileExtension=".config" allowed="false" /><add fileExtension=".cs" allowed="false" /></fileExtensions>
        <hiddenSegments><add segment="web.config" /><add segment="bin" /></hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
  <location path="" overrideMode="Allow">
    <system.webServer>
      <modules>
        ${native.map(([name]) => `<add name="${name}" lockItem="true" />`).join('\n        ')}
        ${element('add', { name: 'Session', type: 'System.Web.SessionState.SessionStateModule', preCondition: 'managedHandler' })}
        ${element('add', { name: 'UrlRoutingModule-4.0', type: 'System.Web.Routing.UrlRoutingModule', preCondition: 'managedHandler,runtimeVersionv4.0' })}
        ${element('add', { name: 'ServiceModel-4.0', type: 'System.ServiceModel.Activation.ServiceHttpModule,System.ServiceModel.Activation,Version=4.0.0.0,Culture=neutral,PublicKeyToken=31bf3856ad364e35' })}
      </modules>
      <handlers accessPolicy="Read, Script">
        ${element('add', { name: 'PageHandlerFactory-Integrated-4.0', path: '*.aspx', verb: 'GET,HEAD,POST,DEBUG', type: 'System.Web.UI.PageHandlerFactory' })}
        ${element('add', { name: 'StaticFile', path: '*', verb: '*', modules: 'StaticFileModule,DefaultDocumentModule,DirectoryListingModule' })}
      </handlers>
    </system.webServer>
  </location>
  ${locations.join('\n  ')}
</configuration>
`;
}

/** The two rules of March 2021, as Microsoft's tools set them. */
export const march2021 = `<rewrite>
      <rules>
        <rule name="X-AnonResource-Backend Abort - inbound">
          <match url=".*" />
          <conditions><add input="{HTTP_COOKIE}" pattern="(.*)X-AnonResource-Backend(.*)" /></conditions>
          <action type="AbortRequest" />
        </rule>
        <rule name="X-BEResource Abort - inbound" stopProcessing="true">
          <match url=".*" />
          <conditions><add input="{HTTP_COOKIE}" pattern="(.*)X-BEResource=(.+)/(.+)~(.+)" /></conditions>
          <action type="AbortRequest" />
        </rule>
      </rules>
    </rewrite>`;

export const webConfig = (inner: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n  <system.webServer>\n    ${inner}\n  </system.webServer>\n</configuration>\n`;

const owaConfig = webConfig(
  `<modules runAllManagedModulesForAllRequests="false"><add name="HttpProxy" type="Microsoft.Exchange.HttpProxy.FbaModule,Microsoft.Exchange.FrontEndHttpProxy,Version=15.0.0.0,Culture=neutral,PublicKeyToken=31bf3856ad364e35" /><add name="ElasticApmModule" type="Elastic.Apm.AspNetFullFramework.ElasticApmModule, Elastic.Apm.AspNetFullFramework" /></modules>`,
);

/** The configuration of the control panel, with the key of its pages. */
export const panelConfig = (key: string): Tree => ({
  [`${exchangeFolder}/ClientAccess/ecp/web.config`]: webConfig('<security />').replace(
    '</configuration>',
    `<system.web><machineKey validationKey="${key}" validation="SHA1" /></system.web></configuration>`,
  ),
});

/** Names that are shipped, with a text that says nothing. */
const pages: readonly string[] = [
  ...[
    'errorFE',
    'ExpiredPassword',
    'frowny',
    'logoff',
    'logon',
    'OutlookCN',
    'RedirSuiteServiceProxy',
    'signout',
    'SvmFeedback',
  ].map((name) => `FrontEnd/HttpProxy/owa/auth/${name}.aspx`),
  'FrontEnd/HttpProxy/ecp/auth/TimeoutLogout.aspx',
  ...['About', 'default', 'error', 'CloseWindow', 'CrossPremise'].map((name) => `ClientAccess/ecp/${name}.aspx`),
  ...['default', 'prefetch', 'casredirect', 'languageselection'].map((name) => `ClientAccess/owa/${name}.aspx`),
];

export interface Tree {
  readonly [file: string]: string;
}

/** A tree by path; what is given takes the place of what is there. */
export function exchangeTree(more: Tree = {}): Tree {
  return {
    ...Object.fromEntries(
      pages.map((page) => [
        `${exchangeFolder}/${page}`,
        `<%@ Page Language="C#" %>\n<!-- ${page} -->\n<html><body></body></html>\n`,
      ]),
    ),
    [`${exchangeFolder}/FrontEnd/HttpProxy/owa/web.config`]: owaConfig,
    ...panelConfig('AutoGenerate,IsolateApps'),
    'C/inetpub/wwwroot/web.config': webConfig(march2021),
    'C/Windows/System32/inetsrv/config/applicationHost.config': applicationHost(),
    ...more,
  };
}

export function writeTree(folder: string, tree: Tree): void {
  for (const [file, text] of Object.entries(tree)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `Get-ChildItem -Recurse | Get-FileHash | Export-Csv` of files below the folder of the installation. */
export const hashTable = (files: readonly (readonly [path: string, sha256: string])[]): string =>
  [
    '"Algorithm","Hash","Path"',
    ...files.map(([file, hash]) => `"SHA256","${hash.toUpperCase()}","${onServer}\\${file}"`),
    '',
  ].join('\r\n');
