/**
 * Whether this computer is itself an Exchange or IIS server, and where it keeps what is read: from the variable that the setup of
 * Exchange sets and from the configuration of IIS. Nothing is started, asked or changed.
 * @see https://learn.microsoft.com/en-us/iis/get-started/planning-your-iis-architecture/introduction-to-applicationhostconfig
 */
import { FileError, type Files } from '../core/platform.ts';

export interface ServerPath {
  readonly path: string;
  readonly what: 'iis-logs' | 'httperr' | 'exchange-logging' | 'transport-logs' | 'setup-logs';
}

export interface ThisServer {
  readonly product: 'exchange' | 'iis';
  /** Folders with logs that are there. */
  readonly logs: readonly ServerPath[];
  /** Folders that the web server publishes, or that Exchange works in: nothing of ours may be written below them. */
  readonly published: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Names of variables are not case-sensitive on Windows. */
function variable(environment: Environment, name: string): string | null {
  const key = Object.keys(environment).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : environment[key];
  return value === undefined || value === '' ? null : value;
}

const expand = (text: string, environment: Environment): string =>
  text.replace(/%([^%]{1,64})%/g, (whole, name: string) => variable(environment, name) ?? whole);

/** Values of an attribute of every element of a name. The file is this computer's own; no more of XML than this is needed. */
function attributes(xml: string, element: string, attribute: string): string[] {
  const found: string[] = [];
  const inside = new RegExp(`\\s${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i');
  for (const match of xml.matchAll(new RegExp(`<${element}\\b[^<>]{0,4096}>`, 'gi'))) {
    const value = inside.exec(match[0]);
    const text = value?.[1] ?? value?.[2];
    if (text !== undefined && text !== '') found.push(text.replaceAll('&amp;', '&'));
  }
  return found;
}

const configBytes = 16 << 20;

/** null: this computer is neither. */
export function thisServer(environment: Environment, files: Files): ThisServer | null {
  const exchange = variable(environment, 'ExchangeInstallPath');
  const windows = variable(environment, 'SystemRoot') ?? variable(environment, 'windir');
  const systemDrive = variable(environment, 'SystemDrive') ?? '';
  const inWindows = (...parts: readonly string[]): string | null =>
    windows === null ? null : parts.reduce((path, part) => files.join(path, part), windows);
  const config = textOf(files, inWindows('System32', 'inetsrv', 'config', 'applicationHost.config'));
  const hasExchange = exchange !== null && isFolder(files, exchange);
  if (!hasExchange && config === null) return null;
  const iisLogs = [
    ...(config === null
      ? []
      : [...attributes(config, 'logFile', 'directory'), ...attributes(config, 'centralW3CLogFile', 'directory')]),
    files.join(files.join(files.join(systemDrive === '' ? '/' : `${systemDrive}\\`, 'inetpub'), 'logs'), 'LogFiles'),
  ];
  const candidates: readonly (readonly [string | null, ServerPath['what']])[] = [
    ...iisLogs.map((path) => [expand(path, environment), 'iis-logs'] as const),
    [inWindows('System32', 'LogFiles', 'HTTPERR'), 'httperr'],
    ...(exchange === null
      ? []
      : ([
          [files.join(exchange, 'Logging'), 'exchange-logging'],
          [files.join(files.join(exchange, 'TransportRoles'), 'Logs'), 'transport-logs'],
        ] as const)),
    [files.join(systemDrive === '' ? '/' : `${systemDrive}\\`, 'ExchangeSetupLogs'), 'setup-logs'],
  ];
  const logs: ServerPath[] = [];
  for (const [path, what] of candidates) {
    if (path === null || !isFolder(files, path) || logs.some((log) => sameFolder(files, log.path, path))) continue;
    logs.push({ path, what });
  }
  const published = [
    ...(config === null ? [] : attributes(config, 'virtualDirectory', 'physicalPath')).map((path) => expand(path, environment)),
    ...(exchange === null ? [] : [exchange]),
  ];
  return { product: hasExchange ? 'exchange' : 'iis', logs, published: [...new Set(published)] };
}

function isFolder(files: Files, path: string): boolean {
  try {
    return files.facts(path, true).kind === 'directory';
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

function sameFolder(files: Files, a: string, b: string): boolean {
  return files.facts(a, true).identity === files.facts(b, true).identity;
}

function textOf(files: Files, path: string | null): string | null {
  if (path === null) return null;
  try {
    const source = files.open(path);
    try {
      const bytes = new Uint8Array(Math.min(source.byteLength, configBytes));
      let done = 0;
      for (let got = 1; got > 0 && done < bytes.length; done += got) got = source.read(done, bytes.subarray(done));
      const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
      return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
}
