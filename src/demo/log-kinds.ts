/** Which logs there are: where each lies, how its files turn over, and what stands at their beginning. */
import {
  ecpServerFields,
  ewsFields,
  httpProxyFields,
  type IisColumns,
  iisFields,
  rpsCmdletFields,
  rpsHttpFields,
} from './log-forms.ts';

const pad = (value: number): string => `${value}`.padStart(2, '0');
const isoText = (ms: number): string => new Date(ms).toISOString();
/** `20210301` */
const dayName = (ms: number): string => isoText(ms).slice(0, 10).replaceAll('-', '');
const hourName = (ms: number): string => `${dayName(ms)}${pad(new Date(ms).getUTCHours())}`;

/** `15.1.2176.9` → `15.01.2176.009` */
export const longBuild = (build: string): string => {
  const [major = '', minor = '', third = '', revision = ''] = build.split('.');
  return `${major.padStart(2, '0')}.${minor.padStart(2, '0')}.${third.padStart(4, '0')}.${revision.padStart(3, '0')}`;
};

const exchangeHeader = (type: string, version: string, ms: number, fields: string): string =>
  `#Software: Microsoft Exchange Server\r\n#Version: ${version}\r\n#Log-type: ${type}\r\n#Date: ${isoText(ms)}\r\n#Fields: ${fields}\r\n`;

/** One kind of log: where it lies, how its files turn over, what stands at their beginning. */
export interface LogKind {
  /** Name of it in the truth file and on the command line. */
  readonly name: string;
  /** Whose clock stamps it. */
  readonly side: 'front' | 'back';
  readonly path: (ms: number, part: number) => string;
  readonly header: (ms: number, build: string, columns: IisColumns) => string;
  /** How long a file lasts. */
  readonly turns: 'day' | 'hour' | 'never';
  /** Written only when asked for: it is what somebody printed, not how the server keeps it. */
  readonly printed?: true;
  /** A file that is this large gives way to the next part; null: never. */
  readonly mostBytes: number | null;
}

const logging = 'C/Program Files/Microsoft/Exchange Server/V15/Logging';
const tenMegabytes = 10 * 1024 * 1024;

const iisHeader = (ms: number, columns: IisColumns): string =>
  `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${isoText(ms).slice(0, 19).replace('T', ' ')}\r\n` +
  `#Fields: ${iisFields(columns)}\r\n`;

const iisLog = (name: string, side: 'front' | 'back', site: string): LogKind => ({
  name,
  side,
  path: (ms) => `C/inetpub/logs/LogFiles/${site}/u_ex${dayName(ms).slice(2)}.log`,
  header: (ms, _build, columns) => iisHeader(ms, side === 'front' ? columns : { ...columns, forwarded: false }),
  turns: 'day',
  mostBytes: null,
});

const hourly = (
  name: string,
  side: 'front' | 'back',
  folder: string,
  file: string,
  header: (ms: number, build: string) => string,
): LogKind => ({
  name,
  side,
  path: (ms, part) => `${logging}/${folder}/${file}_${hourName(ms)}-${part}.LOG`,
  header,
  turns: 'hour',
  mostBytes: tenMegabytes,
});

const protocols = ['Owa', 'Ecp', 'Ews', 'Mapi', 'RpcHttp', 'Eas', 'Autodiscover', 'Oab', 'PowerShell'] as const;

/** Every log that is written. */
export const logKinds: readonly LogKind[] = [
  iisLog('iis-front', 'front', 'W3SVC1'),
  ...protocols.map((protocol) =>
    hourly(`httpproxy/${protocol}`, 'front', `HttpProxy/${protocol}`, 'HttpProxy', (ms, build) =>
      exchangeHeader('HttpProxy Logs', longBuild(build), ms, httpProxyFields),
    ),
  ),
  iisLog('iis-back', 'back', 'W3SVC2'),
  {
    name: 'ecp-server',
    side: 'back',
    path: (ms, part) => `${logging}/ECP/Server/ECPServer${dayName(ms)}-${part}.LOG`,
    header: (ms) => exchangeHeader('ECP Server Log', '15.0.0.0', ms, ecpServerFields),
    turns: 'day',
    mostBytes: tenMegabytes,
  },
  hourly('ews', 'back', 'Ews', 'Ews', (ms, build) => exchangeHeader('EWS Logs', longBuild(build), ms, ewsFields)),
  hourly('rps-http', 'back', 'CmdletInfra/Powershell-Proxy/Http', 'Rps_Http', (ms, build) =>
    exchangeHeader('Rps Http Logs', longBuild(build), ms, rpsHttpFields),
  ),
  hourly('rps-cmdlet', 'back', 'CmdletInfra/Powershell-Proxy/Cmdlet', 'Rps_Cmdlet', (ms, build) =>
    exchangeHeader('Rps Cmdlet Logs', longBuild(build), ms, rpsCmdletFields),
  ),
  {
    name: 'management-events',
    side: 'back',
    path: () => 'Events/MSExchange Management.txt',
    header: () => '',
    turns: 'never',
    mostBytes: null,
    printed: true,
  },
];
