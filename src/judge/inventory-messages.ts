import { sayList } from './messages.ts';

/** Sentences on the files that were held against what Exchange ships. */
const files = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`;
const on = (host: string | null): string => (host === null ? '' : ` on ${host}`);

/** What a page can do for its visitor, as its reader names it. */
const abilityNames: Readonly<Record<string, string>> = {
  'executes-commands': 'run programs on the server',
  'runs-code': 'run code that is sent to it',
  'loads-code': 'load programs into the server',
  'writes-files': 'write files',
  'takes-uploads': 'upload files',
  'reads-files': 'read files',
  'proxies-traffic': 'reach other computers through the server',
  'queries-databases': 'ask databases',
  deserialises: 'run objects that are sent to it',
  'shows-secrets': 'read the keys of the web server',
  'makes-accounts': 'make accounts',
  'sends-mail': 'send mail',
  'takes-credentials': 'collect what is typed as a password',
};
/** At most three, the gravest first, as the reader of pages orders them. */
export const abilities = (capability: string): string[] =>
  capability
    .split(' ')
    .map((name) => (Object.hasOwn(abilityNames, name) ? abilityNames[name]! : name))
    .slice(0, 3);

export const inventorySentences = {
  compared: (host: string | null, all: number, same: number, build: string, older: number, settings: number) =>
    `${files(all)} of Exchange’s web folders${on(host)} were held against what ${build} ships: ${all === same ? 'all are as shipped' : `${same} are as shipped`}` +
    `${older > 0 ? `, ${older} are as another build ships them` : ''}` +
    `${settings > 0 ? `, ${settings} ${settings === 1 ? 'configuration differs' : 'configurations differ'}, as setup and administrators change them` : ''}.`,
  /** `near`: builds of which there is a list, next to it. */
  noList: (host: string | null, build: string | null, all: number, near: readonly string[]) =>
    `${build === null ? `Nothing here names the build${on(host)}, and its files fit no list of known files` : `No list of known files is of ${build}${on(host)}`}${near.length === 0 ? '' : ` (the nearest ${near.length === 1 ? 'is' : 'are'} of ${sayList(near)})`}: ${files(all)} of Exchange’s web folders could not be compared by their content, only by their names. “afterpatch baseline add” makes such a list of a clean installation of the same build.`,
  otherBytes: (host: string | null, changed: number, all: number, build: string) =>
    `${changed} of ${files(all)} of Exchange’s web folders${on(host)} differ from what ${build} ships. So many are no sign of an intruder: another build, or line ends that were changed on the way here. They were compared by their names alone.`,
  otherBuild: (host: string | null, named: string, found: string) =>
    `The files in Exchange’s web folders${on(host)} are those of ${found}, and the logs name ${named}: the server was updated or restored in between, or the files are those of another server.`,
  unknownNames: (host: string | null, count: number) =>
    `${count === 1 ? 'One page' : `${count} pages`} in Exchange’s web folders${on(host)} ${count === 1 ? 'has a name' : 'have names'} that no build in our lists ships; newer builds and add-ons bring such pages.`,
  publishedKey: (paths: readonly string[]) =>
    `The machine key in ${paths.join(' and ')} is the one that Exchange shipped to everybody until February 2020: whoever has a mailbox here can have code run with it (CVE-2020-0688). The update of February 2020, and every later one, has each server make a key of its own.`,
  /** `paths`: a few are named. */
  ownAlone: (host: string | null, paths: readonly string[]) =>
    `${files(paths.length)} of Exchange’s web folders${on(host)} ${paths.length === 1 ? 'is' : 'are'} known to be good by a list of your own alone, and by nobody else${paths.length > 5 ? '' : `: ${sayList(paths)}`}. Such a list is worth what the server was that it was made of.`,
  doubted: 'only a list of your own calls these bytes good; no published list knows them',
  notListed: 'no build that we know ships a file of this name here',
  changed: (build: string) => `its content is none that any build ships; ${build} ships this name with another one`,
  otherClass: (name: string) => `it says that its code is the class ${name}, which is none of Exchange’s`,
  ownCode: (characters: number, calls: readonly string[]) =>
    `${characters} characters of code for the server stand in the page itself${calls.length === 0 ? ', and nothing in it runs, loads, writes or passes on what anybody hands in' : `; it calls ${calls.join(', ')}`}`,
  noCode: 'no code for the server stands in the page itself: what it does is in the class that it names',
  browserSends: (ways: readonly string[]) =>
    `a script in it reads the password and makes requests of its own (${ways.join(', ')})`,
  elsewhere: (path: string) => `its content is that of ${path}, which Exchange ships`,
  backDoor: (capability: string | null) =>
    capability === null ? 'its text runs what a visitor sends' : `its text lets a visitor ${sayList(abilities(capability))}`,
  alike: (name: string) => `its name is nearly that of ${name}, which Exchange ships here`,
  madeLater: (created: string, latest: string) =>
    `it was made on ${created}, after every shipped file beside it (the last of them on ${latest})`,
  borrowedTime: (modified: string, name: string) =>
    `it claims the very time of writing of ${name} (${modified}), which was made on another day`,
  hidden: (letters: string) => `its attributes hide it (${letters})`,
  owner: (owner: string, usual: string) => `it belongs to ${owner}, the files beside it to ${usual}`,
  asked: (requests: number, addresses: number | null, first: string, begin: string) =>
    `${requests === 1 ? 'one request' : `${requests} requests`} for it in the web log${addresses === null ? '' : addresses === 1 ? ', from one address' : `, from ${addresses} addresses`}, the first on ${first}; the log begins on ${begin}`,
  neverAsked: (days: string) => `nobody asked for it in the web log ${days}`,
} as const;
