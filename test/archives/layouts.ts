/**
 * How collectors and people lay out what they took from a server: each turns a tree into files as that collector leaves them.
 * Facts: the documentation and sources of the collectors (Velociraptor's rule of escaping names in zips, CyLR's README, the targets
 * of KAPE, the labels of Microsoft's ExchangeLogCollector).
 */
import { rightZip } from './right-zip.mjs';
import { tarOf } from './tar-writer.mjs';
import type { HandFile, ServerFiles, Tree } from './trees.ts';

export interface HandLayout {
  readonly name: string;
  /** `less`: the layout loses something that only the path carried, so that the verdict may be less sure; it may never say more. */
  readonly sure: 'same' | 'less';
  /** What is lost. */
  readonly why?: string;
  readonly large?: boolean;
  lay(tree: Tree): HandFile[] | Promise<HandFile[]>;
}

const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'utf8'));
const exchange = 'C/Program Files/Microsoft/Exchange Server/V15/';

/** With the drive in front where the place is known by its folder alone. */
const onDrive = (path: string): string => (/^(?:Logging|TransportRoles)\//.test(path) ? exchange + path : path);
const hasDrive = (path: string): boolean => path.startsWith('C/');
/** `C/…` with another way to write the drive; files without a place stay beside it. */
const withDrive = (path: string, drive: string): string => {
  const placed = onDrive(path);
  return hasDrive(placed) ? `${drive}${placed.slice(1)}` : placed;
};

/** Each server's files below a folder: named after the server when there are several. */
const each = (tree: Tree, folder: (server: ServerFiles) => string, path: (place: string) => string): HandFile[] =>
  tree.servers.flatMap((server) => {
    const top = [folder(server), ...(tree.perHost ? [server.name] : [])].filter((part) => part !== '').join('/');
    return server.files.map((file) => ({
      path: [top, path(file.path)].filter((part) => part !== '').join('/'),
      bytes: file.bytes,
    }));
  });

/** One archive per server. */
const perServer = async (
  tree: Tree,
  name: (server: ServerFiles) => string,
  pack: (files: readonly HandFile[]) => Uint8Array | Promise<Uint8Array>,
  files: (server: ServerFiles) => HandFile[],
): Promise<HandFile[]> => {
  const archives: HandFile[] = [];
  for (const server of tree.servers) archives.push({ path: name(server), bytes: await pack(files(server)) });
  return archives;
};

const zipped = (files: readonly HandFile[]): Promise<Uint8Array> => rightZip(files, { level: 1 });

const copyLog = (files: readonly HandFile[]): HandFile => ({
  path: '2021-04-02T101112_CopyLog.csv',
  bytes: text(
    [
      'CopiedTimestamp,SourceFile,DestinationFile,FileSize,SourceFileSha1,DeferredCopy,CreatedOnUtc,ModifiedOnUtc,LastAccessedOnUtc,CopyDuration',
      ...files
        .filter(({ path }) => hasDrive(path))
        .map(
          ({ path, bytes }) =>
            `2021-04-02 10:11:12.1234567,C:\\${path.slice(2).replaceAll('/', '\\')},D:\\tdest\\${path.replaceAll('/', '\\')},${bytes.length},,False,2021-03-03 00:00:05.0000000,2021-03-03 23:59:59.0000000,2021-03-03 23:59:59.0000000,00:00:00.0010000`,
        ),
      '',
    ].join('\r\n'),
  ),
});

/** The part of a log up to the end of a line near its middle: an earlier copy of it. */
function earlier(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(10, bytes.length >> 1);
  return end === -1 ? bytes : bytes.slice(0, end + 1);
}

/** Velociraptor's rule for a part of a path in a zip. */
const escapePart = (part: string): string =>
  part
    .replaceAll(/[?"*:|<>%/\\]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll(/^[. ]|[. ]$/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

function velociraptorFiles({ name, files }: ServerFiles, accessor: string, drive: string): HandFile[] {
  const placed = files.map((file) => ({ ...file, path: onDrive(file.path) }));
  const uploads = placed.map(({ path, bytes }) => ({
    path: hasDrive(path)
      ? `uploads/${accessor}/${escapePart(drive)}/${path.slice(2).split('/').map(escapePart).join('/')}`
      : `uploads/${accessor}/${path.split('/').map(escapePart).join('/')}`,
    bytes,
  }));
  const listed = placed.map(({ path, bytes }) =>
    JSON.stringify({
      Timestamp: '2021-04-02T10:11:12Z',
      vfs_path: path.replace(/^C/, 'C:'),
      file_size: bytes.length,
      uploaded_size: bytes.length,
    }),
  );
  return [
    {
      path: 'client_info.json',
      bytes: text(JSON.stringify({ Hostname: name, Fqdn: `${name}.haven.example`, OS: 'windows', Architecture: 'amd64' })),
    },
    {
      path: 'collection_context.json',
      bytes: text(
        JSON.stringify({ session_id: 'F.C1234', create_time: '1617358272000000', total_uploaded_files: uploads.length }),
      ),
    },
    { path: 'requests.json', bytes: text('{"items":[]}') },
    {
      path: 'log.json',
      bytes: text('{"_ts":1617358272,"client_time":1617358272,"level":"INFO","message":"Starting query execution."}\n'),
    },
    { path: 'uploads.json', bytes: text(`${listed.join('\n')}\n`) },
    { path: 'results/Windows.KapeFiles.Targets%2FUploads.json', bytes: text(`${listed.join('\n')}\n`) },
    ...uploads,
  ];
}

/** Folders of ExchangeLogCollector, by the beginning of the path that it copies. */
const labels: readonly (readonly [string, string])[] = [
  ['HttpProxy/Owa/', 'OWA_Proxy_Logs'],
  ['HttpProxy/OwaCalendar/', 'OWA_Proxy_Calendar_Logs'],
  ['HttpProxy/Ecp/', 'ECP_Proxy_Logs'],
  ['HttpProxy/Ews/', 'EWS_Proxy_Logs'],
  ['HttpProxy/Eas/', 'EAS_Proxy_Logs'],
  ['HttpProxy/Mapi/', 'MAPI_Proxy_Logs'],
  ['HttpProxy/Autodiscover/', 'AutoD_Proxy_Logs'],
  ['HttpProxy/RpcHttp/', 'RPC_Http_Logs'],
  ['HttpProxy/PowerShell/', 'PowerShell_Proxy_Logs'],
  ['HttpProxy/Oab/', 'OAB_Proxy_Logs'],
  ['ECP/', 'ECP_Logs'],
  ['Ews/', 'EWS_BE_Logs'],
  ['CmdletInfra/', 'CmdletInfra_Logs'],
];

function labelled(path: string): string {
  const site = /^C\/inetpub\/logs\/LogFiles\/W3SVC([12])\/(.+)$/.exec(path);
  if (site !== null) return `${site[1] === '1' ? 'IIS_FE_Logs' : 'IIS_BE_Logs'}/${site[2]}`;
  const logging = `${exchange}Logging/`;
  const placed = onDrive(path);
  const found = labels.find(([from]) => placed.startsWith(logging + from));
  return found === undefined ? path : `${found[1]}/${placed.slice((logging + found[0]).length)}`;
}

/** All in one folder; what would overwrite another file gets a number, as a file manager does it. */
function flat(files: readonly HandFile[]): HandFile[] {
  const taken = new Set<string>();
  return files.map(({ path, bytes }) => {
    const base = path.slice(path.lastIndexOf('/') + 1);
    let name = base;
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = base.replace(/(\.[^.]+)?$/, ` (${copy})$1`);
    taken.add(name.toLowerCase());
    return { path: name, bytes };
  });
}

const folderOf = ({ name }: ServerFiles): string => name;

export const handLayouts: readonly HandLayout[] = [
  {
    name: 'KAPE: tdest with CopyLog, in a zip',
    sure: 'same',
    large: true,
    lay: (tree) =>
      perServer(
        tree,
        ({ name }) => `2021-04-02T101112_${name}.zip`,
        zipped,
        ({ files }) => {
          const placed = files.map((file) => ({ ...file, path: onDrive(file.path) }));
          return [...placed, copyLog(placed)];
        },
      ),
  },
  {
    name: 'KAPE: tdest with the name of the machine and the time',
    sure: 'same',
    lay: (tree) =>
      each(
        tree,
        ({ name }) => `tdest/${tree.perHost ? '' : name}`.replace(/\/$/, ''),
        (path) => `2021-04-02T101112/${onDrive(path)}`,
      ),
  },
  {
    name: 'KAPE: a shadow copy beside it, with earlier states of every second log and some that are gone',
    sure: 'same',
    lay: (tree) =>
      tree.servers.flatMap(({ name, files }) => {
        const top = tree.perHost ? `tdest/${name}/` : 'tdest/';
        return files.flatMap((file, index): HandFile[] => {
          const path = onDrive(file.path);
          if (index % 5 === 4) return [{ path: `${top}VSS1/${path}`, bytes: file.bytes }];
          const live = { path: `${top}${path}`, bytes: file.bytes };
          return index % 2 === 0
            ? [live, { path: `${top}VSS1/${path}`, bytes: earlier(file.bytes) }]
            : [live, { ...live, path: `${top}VSS2/${path}` }];
        });
      }),
  },
  {
    name: 'Velociraptor: offline collector',
    sure: 'same',
    large: true,
    lay: (tree) =>
      perServer(
        tree,
        ({ name }) => `Collection-${name}-2021-04-02T10_11_12Z.zip`,
        zipped,
        (server) => velociraptorFiles(server, 'auto', 'C:'),
      ),
  },
  {
    name: 'Velociraptor: offline collector, raw accessor, unpacked',
    sure: 'same',
    lay: (tree) =>
      tree.servers.flatMap((server) =>
        velociraptorFiles(server, 'ntfs', '\\\\.\\C:').map((file) => ({
          ...file,
          path: `Collection-${server.name}-2021-04-02T10_11_12Z/${file.path}`,
        })),
      ),
  },
  {
    name: 'Velociraptor: download of a flow',
    sure: 'same',
    lay: (tree) =>
      perServer(
        tree,
        ({ name }) => `${name}-C.0123456789abcdef-F.C1234.zip`,
        zipped,
        (server) =>
          velociraptorFiles(server, 'auto', 'C:').map((file) => ({
            ...file,
            path: `${server.name}-C.0123456789abcdef/F.C1234/${file.path}`,
          })),
      ),
  },
  {
    name: 'CyLR',
    sure: 'same',
    lay: (tree) =>
      perServer(
        tree,
        ({ name }) => `${name}.zip`,
        zipped,
        ({ files }) => [
          ...files.map((file) => ({ ...file, path: onDrive(file.path) })),
          { path: 'CyLR.log', bytes: text('2021-04-02T10:11:12 [info] Collecting\n') },
        ],
      ),
  },
  {
    name: 'ExchangeLogCollector: labels in place of folders',
    sure: 'same',
    lay: (tree) =>
      tree.servers.flatMap(({ name, files }) =>
        files.map((file) => ({ ...file, path: `ExchangeLogs/${name}/${labelled(file.path)}` })),
      ),
  },
  {
    name: 'ExchangeLogCollector: a zip per server',
    sure: 'same',
    lay: (tree) =>
      perServer(
        tree,
        ({ name }) => `${name}.zip`,
        zipped,
        ({ files }) => files.map((file) => ({ ...file, path: labelled(file.path) })),
      ),
  },
  {
    name: 'Test-ProxyLogon -CollectFiles',
    sure: 'less',
    why: 'it copies HttpProxy and ECP server logs without their folders, and no IIS logs',
    lay: (tree) =>
      tree.servers.flatMap(({ name, files }) => {
        const placed = files.map((file) => ({ ...file, path: onDrive(file.path) }));
        const copied = (marker: string, folder: string): HandFile[] =>
          flat(placed.filter(({ path }) => path.includes(marker))).map((file) => ({
            ...file,
            path: `${name}/${folder}/${file.path}`,
          }));
        const rest = placed.filter(({ path }) => !hasDrive(path)).map((file) => ({ ...file, path: `${name}/${file.path}` }));
        return [...copied('/HttpProxy/', 'CVE26855'), ...copied('/ECP/Server/', 'CVE27065'), ...rest];
      }),
  },
  {
    name: 'UAC, acquire: a tar with fs/c:',
    sure: 'same',
    large: true,
    lay: (tree) =>
      perServer(
        tree,
        ({ name }) => `${name}_20210402101112.tar`,
        tarOf,
        ({ files }) => files.map((file) => ({ ...file, path: `fs/${withDrive(file.path, 'c:')}` })),
      ),
  },
  {
    name: 'acquire: a tar with $fs$/C:',
    sure: 'same',
    lay: (tree) =>
      perServer(
        tree,
        ({ name }) => `${name}_20210402101112.tar`,
        tarOf,
        ({ files }) => files.map((file) => ({ ...file, path: `./$fs$/${withDrive(file.path, 'C:')}` })),
      ),
  },
  {
    name: 'a mounted image: [root]',
    sure: 'same',
    lay: (tree) =>
      each(
        tree,
        () => 'image',
        (path) => withDrive(path, '[root]'),
      ),
  },
  {
    name: 'a mounted image: E:',
    sure: 'same',
    lay: (tree) =>
      each(
        tree,
        () => '',
        (path) => withDrive(path, 'E:'),
      ),
  },
  {
    name: 'a mounted volume below a folder',
    sure: 'same',
    lay: (tree) =>
      each(
        tree,
        () => 'mnt/case/vol3',
        (path) => onDrive(path).replace(/^C\//, ''),
      ),
  },
  {
    name: 'a copy over the network: C$',
    sure: 'same',
    lay: (tree) =>
      tree.servers.flatMap(({ name, files }) =>
        files.map((file) => ({ ...file, path: `${name}/${withDrive(file.path, 'C$')}` })),
      ),
  },
  {
    name: 'a copy that begins at the logs',
    sure: 'same',
    lay: (tree) => each(tree, folderOf, (path) => onDrive(path).replace(exchange, '').replace('C/inetpub/logs/', '')),
  },
  {
    name: 'all in capital letters',
    sure: 'same',
    lay: (tree) =>
      each(
        tree,
        () => 'DISK',
        (path) => onDrive(path).toUpperCase(),
      ),
  },
  {
    name: 'one flat folder per server',
    sure: 'less',
    why: 'which protocol and which site a log belonged to stood in its folder alone, and equal names got numbers',
    lay: (tree) =>
      tree.servers.flatMap(({ name, files }) =>
        flat(files).map((file) => ({ ...file, path: tree.perHost ? `${name}/${file.path}` : file.path })),
      ),
  },
];
