/**
 * Configurations of the web server and of .NET: `applicationHost.config`, every `web.config`, `SharedWebConfig.config`, `machine.config`.
 * One record per setting that makes the server run, load, rewrite, publish or trust something. A setting is what an administrator, a
 * setup, or whoever could write the file put there. Keys and passwords are never taken: of them stands only that they are written down.
 * @see https://learn.microsoft.com/en-us/iis/configuration/
 */
import type { Problems } from '../core/problem.ts';
import type { Demand, Layout, Reader, ScannedFile, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { type Setting, settingsOf } from './iis-settings.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'iis-config';
const administrator = by('administrator');

const fields: Readonly<Record<string, FieldFacts>> = {
  /** The file; everything else stands in it. */
  Path: by('server', 'file.path'),
  /** `module`, `global-module`, `handler`, `isapi-filter`, `cgi`, `machine-key`, `rewrite`, `virtual-directory` … */
  Section: administrator,
  /** `add`, `remove`, `clear`. */
  Does: administrator,
  /** Site and address for which it counts; empty: everything below the file. */
  Location: administrator,
  Name: administrator,
  /** The class that is loaded. */
  Type: administrator,
  /** The file that is loaded, run or published, with variables put in. */
  Image: administrator,
  /** Of a handler the addresses that it takes, of a rule its pattern. */
  Pattern: administrator,
  /** What a rule looks at beside the address. */
  Input: administrator,
  /** What a rule does; the value of a switch. */
  Value: by('administrator', 'config.value'),
  /** Of a rule: `in force`, `disabled`, `taken out`, `overtaken`; of a key: `stated`, `published`, `auto`. */
  State: administrator,
  /** As whom a visitor acts who gives no name. */
  Account: administrator,
};
const layout: Layout = layoutOf(logSource, Object.keys(fields), fields);

function* records(text: string, problems: Problems, file: ScannedFile | undefined): Generator<PlainRecord> {
  let line = 0;
  let counted = 0;
  for (const setting of settingsOf(text, problems)) {
    for (let at = text.indexOf('\n', counted); at !== -1 && at < setting.start; at = text.indexOf('\n', counted)) {
      line++;
      counted = at + 1;
    }
    yield {
      start: setting.start,
      end: setting.end,
      line,
      timeMs: Number.NaN,
      layout,
      fields: fieldsOf(setting, file?.path ?? ''),
    };
  }
}

function fieldsOf(setting: Setting, path: string): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') own.set(name, value);
  };
  put('Path', path);
  put('Section', setting.section);
  put('Does', setting.does);
  put('Location', setting.location);
  put('Name', setting.name);
  put('Type', setting.type);
  put('Image', setting.image === undefined ? undefined : expanded(setting.image));
  put('Pattern', setting.pattern);
  put('Input', setting.input);
  put('Value', setting.value);
  put('State', setting.state);
  put('Account', setting.account);
  return own;
}

const variables: Readonly<Record<string, string>> = {
  windir: 'C:\\Windows',
  systemroot: 'C:\\Windows',
  systemdrive: 'C:',
  programfiles: 'C:\\Program Files',
  'programfiles(x86)': 'C:\\Program Files (x86)',
  programdata: 'C:\\ProgramData',
  public: 'C:\\Users\\Public',
  temp: 'C:\\Windows\\Temp',
  tmp: 'C:\\Windows\\Temp',
};

/** As on a server whose Windows is on C:. */
const expanded = (path: string): string =>
  path
    .slice(0, 1024)
    .replace(/%([A-Za-z()0-9]{1,20})%/g, (whole: string, name: string) =>
      Object.hasOwn(variables, name.toLowerCase()) ? variables[name.toLowerCase()]! : whole,
    )
    .replaceAll('/', '\\')
    .replace(/^file:\\{2,3}/i, '');

/** The beginning of such a file: nothing but marks and comments before its root. */
function isConfiguration(head: string): boolean {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  if (!text.startsWith('<')) return false;
  const root = /<configuration[\s/>]/.exec(text);
  if (root === null) return false;
  return !/<(?!\?xml|!--|!DOCTYPE)[A-Za-z%]/i.test(text.slice(0, root.index).replace(/<!--[^]*?(?:-->|$)/g, ''));
}

export const iisConfig: Reader = {
  kind: 'iis-config',
  logSource,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (isConfiguration(head) ? 0.93 : 0),
  // Pasted among words it goes on as long as its lines are marks or values of a mark.
  claims: (line, previous) =>
    /^\uFEFF?\s{0,100}<configuration(?:\s|>)/.test(line)
      ? 2
      : previous && /^\s{0,200}(?:<|[\w.:-]{1,80}="|-->|\/?>)/.test(line)
        ? 1
        : 0,
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, records),
};
