/** What a plan says of itself, English. The steps' own texts stand in `knowledge/steps` and in packs. */
import type { Stage } from '../core/stage.ts';

export const planWords = {
  /** Of several servers, where the record does not say on which. */
  oneOf: (names: string) => `one of ${names}`,
  theServer: 'the server',
  underWay:
    'Mail or data is being taken, or files are being destroyed, and the last of it is no older than three days before the evidence ends.',
  orderA:
    'So the network is cut first, in both directions: every minute costs more than what is lost by cutting. Then memory is kept, then the rest.',
  operated: (stage: Stage) =>
    stage === 'operated'
      ? 'They gave the server orders. Who can give orders can have left more than one way back, and most of them leave no page in a web folder.'
      : 'They went further than the first server: accounts, rights, mail or other computers are touched. One way back that is closed alone tells them, and leaves the others.',
  chosen: 'Signs say that you were chosen, not met by chance. Who chooses comes back when a single door is closed.',
  orderC:
    'So nothing is removed piece by piece. Memory and disk are kept, the way out is narrowed without noise, help is called, every way back is looked for; then all are closed in one move, in one night. What needs waiting time (second passwords, certificates) follows in the days after.',
  idle: 'They left a back door, and nothing here shows that it was used for more.',
  orderB:
    'So it is short: close the server off, keep its memory and a copy, take the back door out, bring it up to date, make the secrets new, open it again. All of that fits into one night; certificates take some days more.',
  insideUnknown: 'They got in. What they did then is written in records that are not here.',
  unknown: 'Nobody can say from what is here whether somebody got in.',
  openUnknown:
    'The server ran with a hole through which attackers came, and nobody can say from what is here whether somebody got in.',
  unseen:
    'Nothing hostile is in what is here, and no hole is known to have been open. What is here does not show everything, so this is no all-clear.',
  orderD:
    'So it is treated as a server that was entered until the records say otherwise: closed off and its memory kept first, help called; then the record that decides is fetched, and the question is asked again.',
  triedOnly: 'They tried, and the records that would show more are complete.',
  nobody: 'Nothing here shows that somebody got in.',
  orderN:
    'So nothing is cut off. What the evidence lacks is fetched, the server is brought up to date, and the question is asked again.',

  fileBytes:
    'The exact bytes of this file are not in the evidence, so no command can tell it from another one: look at it as text, and move it by hand. What an address below /owa or /ecp names lies in FrontEnd\\HttpProxy below the folder of Exchange; what any other names lies in C:\\inetpub\\wwwroot.',
  hostileName:
    'Its name holds characters that mean something to a console, or that cannot be seen. It is shown here with those written out. Take the file by its place in the listing, in a file manager, never by typing its name.',
  ranAsSystem: (host: string) =>
    `Code of theirs ran on ${host} with the rights of the system: the web server runs Exchange’s pages that way.`,
  memoryNot: 'Its memory was not examined: nothing in the evidence holds it.',
  modulesNot: 'The settings of its web server (which modules it loads) are not in the evidence.',
  modulesDone: 'The settings of its web server were read, and the modules named there are in the findings.',
  cleanIdle: (host: string) =>
    `The back door on ${host} was written, and no order to it is seen in records that cover the time since.`,
  cleanBodies:
    'What is sent to a page in the body of a request is never logged: a rebuild leaves no doubt, cleaning leaves that one.',
  notWritten: (host: string) => `Nothing of theirs is seen to have been written on ${host}.`,
  backupBefore: (host: string, day: string) =>
    `Take a backup of ${host} from before ${day} UTC, when they first wrote something. Later ones bring the back door back with them.`,
  backupEntered: (host: string, day: string) =>
    `Take a backup of ${host} from before ${day} UTC, when they first got in: no write of theirs has a time here. Later ones bring back whatever they left.`,
  backupUnknown: (host: string) =>
    `No time of theirs on ${host} is in the evidence, so no backup can be called clean. Compare the web folders of the oldest backup with those of a clean server first.`,
} as const;

export const secretWords = {
  usedAs: (title: string) => `they acted as this account: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
  orders:
    'orders ran with the rights of the system, and those can read every password that the server holds in memory or on disk',
  sessions:
    'every account that had a session, a service or a task on the server while they were inside left something of its password in its memory',
  sync: 'this account copies passwords between the domain and the cloud, and its name stands in the evidence of this server',
  authCertificate: 'its private key lies on the server, and with it somebody can speak in the name of Exchange',
  hybrid: 'the evidence shows that mail is shared with Microsoft 365: there, the same key opens the cloud side',
  domainTaken: 'what was done reads the passwords of the whole domain, this one among them',
  domainOpen:
    'orders ran with the rights of the server, which by its usual rights in the domain can reach the domain controllers, and their Security logs, which would rule it out, are not here',
  logonPage: 'a page on which people type their password was changed: whatever was typed since then went through their hands',
} as const;

export const upgradeWords = {
  download: 'Download the update to another computer, compare its signature, and copy it over',
  dotnet: (version: string) => `Install .NET Framework ${version}, and restart`,
  directory:
    'Prepare schema and directory (Setup /PrepareSchema, /PrepareAD, /PrepareAllDomains) from the site of the schema master; wait until it is everywhere',
  dag: 'Put the server into maintenance (its databases move to another member of the group); one member at a time',
  cu: (name: string) => `Install ${name} from a console that was started as administrator`,
  su: (name: string, kb: string | null) =>
    `Install ${name}${kb === null ? '' : ` (${kb})`} from a console that was started as administrator`,
  restart: 'Restart, and look whether all services of Exchange run',
  check: 'Compare the version of Bin\\ExSetup.exe with the number above',
  toSe: 'Go on to Exchange SE in place: this product is no longer looked after',
  migrate:
    'Plan new servers with Exchange SE and move the mailboxes: this product is no longer looked after, and there is no way in place',
  noWay2013:
    'Exchange 2013 has no way in place: add a server with Exchange 2016 CU23, move the mailboxes, remove 2013, and go on from there',
  installedDotnet: 'which .NET Framework the server has (registry, NDP\\v4\\Full, Release)',
  windows: 'which Windows it runs on',
  dagMembers: 'whether it belongs to a group of servers that hold copies of databases (a DAG)',
  restarts: 'whether a restart is pending, which stops Setup',
  outOfList: 'this build is in no list that we know',
} as const;
