/** The invented organisation: names, accounts, devices, and where its people sit. Addresses are of the ranges for documentation and 10/8. */
import type { Random } from './random.ts';
import { bytesOf } from './row.ts';
import { csvAgent, w3c } from './log-forms.ts';

const firstNames =
  'anna tom mia jon kai eva paul sara hugo lena nils ines olaf rosa emil vera ivan nora luca tess omar yuki amir lea finn zoe carl ida ravi may'.split(
    ' ',
  );
const lastNames =
  'berg lind okafor silva haas novak dubois costa yilmaz frost weber ito marsh kral jensen moreau pinto sato vogel adler brandt cohen dahl erik fischer grau holm ivers jung klein lang meier nagy olsen peters quist rossi stein toth urban'.split(
    ' ',
  );
const organisations = [
  ['haven', 'Haven Harbour Trust'],
  ['northmill', 'Northmill Paper Works'],
  ['stadtwerk', 'Municipal Works of Altstadt'],
  ['lakeside', 'Lakeside Hospital'],
  ['birchcollege', 'Birch College'],
  ['corvid', 'Corvid Instruments'],
] as const;

/** Programs by which people ask, as they name themselves. The versions are of early 2021. */
const agents = {
  outlook: [
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.13127; Pro)',
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.4954; Pro)',
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12527; Pro)',
  ],
  browser: [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.190 Safari/537.36',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:86.0) Gecko/20100101 Firefox/86.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.182 Safari/537.36 Edg/88.0.705.81',
  ],
  mac: ['MacOutlook/16.46.21021202 (Intelx64 Mac OS X Version 10.15.7 (Build 19H524))'],
  iphone: ['Apple-iPhone12C1/1804.52', 'Apple-iPhone11C8/1803.118', 'Apple-iPad7C2/1805.212'],
  android: ['Outlook-iOS-Android/1.0', 'Android-SAMSUNG-SM-G960F/101.1000'],
} as const;

export interface Agent {
  readonly plain: string;
  readonly web: Uint8Array;
  readonly csv: Uint8Array;
}
export const agentOf = (plain: string): Agent => ({ plain, web: bytesOf(w3c(plain)), csv: bytesOf(csvAgent(plain)) });

/** Bytes that are written again and again stand beside the text. */
export interface User {
  readonly name: string;
  readonly account: string;
  readonly sid: string;
  readonly smtp: string;
  readonly mailboxGuid: string;
  readonly home: string;
  readonly desk: string;
  readonly device: string;
  readonly deviceType: 'iPhone' | 'Outlook' | 'SAMSUNG';
  readonly hasMac: boolean;
  /** Index of the server that holds the mailbox. */
  readonly server: number;
  readonly bytes: Readonly<
    Record<'name' | 'account' | 'sid' | 'smtp' | 'mailboxId' | 'home' | 'desk' | 'device' | 'deviceType', Uint8Array>
  >;
  readonly outlook: Agent;
  readonly browser: Agent;
  readonly mac: Agent;
  readonly phone: Agent;
}

export interface Organisation {
  readonly title: string;
  readonly short: string;
  readonly domain: string;
  readonly netbios: string;
  readonly mailHost: string;
  readonly autodiscoverHost: string;
  readonly sidBase: string;
  readonly utcOffsetHours: number;
  readonly users: readonly User[];
  readonly administrators: readonly { readonly account: string; readonly sid: string; readonly desk: string }[];
  readonly roomApp: { readonly account: string; readonly address: string };
  readonly healthMailbox: string;
  readonly healthSid: string;
}

export function createOrganisation(random: Random, users: number, servers: number, utcOffsetHours: number): Organisation {
  const [short, title] = random.pick(organisations);
  const domain = `${short}.example`;
  const netbios = short.toUpperCase();
  const sidBase = `S-1-5-21-${random.between(1e9, 2e9)}-${random.between(1e8, 9e8)}-${random.between(1e9, 2e9)}`;
  const pools = {
    outlook: agents.outlook.map(agentOf),
    browser: agents.browser.map(agentOf),
    mac: agents.mac.map(agentOf),
    iphone: agents.iphone.map(agentOf),
    android: agents.android.map(agentOf),
  };
  const people: User[] = [];
  for (let i = 0; i < users; i++) {
    const first = firstNames[i % firstNames.length]!;
    const last = lastNames[(i * 7 + Math.floor(i / firstNames.length)) % lastNames.length]!;
    const round = Math.floor(i / (firstNames.length * lastNames.length));
    const name = `${first}.${last}${round === 0 ? '' : round}`;
    const account = `${netbios}\\${name}`;
    const mailboxGuid = random.guid();
    const iphone = random.between(0, 9) < 6;
    const deviceType = iphone ? 'iPhone' : random.between(0, 1) === 0 ? 'Outlook' : 'SAMSUNG';
    // One in five comes by IPv6; homes behind one address are as common as with real carriers.
    const home =
      i % 5 === 4
        ? `2001:db8:${(i & 0xffff).toString(16)}::${random.between(1, 0xfffe).toString(16)}`
        : `192.0.2.${10 + (i % 230)}`;
    const desk = `10.20.${4 + (i >> 7)}.${20 + (i & 127)}`;
    const sid = `${sidBase}-${1200 + i}`;
    const device = random.letters(26, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789');
    const smtp = `${name}@${domain}`;
    people.push({
      name,
      account,
      sid,
      smtp,
      mailboxGuid,
      home,
      desk,
      device,
      deviceType,
      hasMac: i % 9 === 5,
      server: i % servers,
      bytes: {
        name: bytesOf(name),
        account: bytesOf(account),
        sid: bytesOf(sid),
        smtp: bytesOf(smtp),
        mailboxId: bytesOf(`${mailboxGuid}@${domain}`),
        home: bytesOf(home),
        desk: bytesOf(desk),
        device: bytesOf(device),
        deviceType: bytesOf(deviceType),
      },
      outlook: random.pick(pools.outlook),
      browser: random.pick(pools.browser),
      mac: random.pick(pools.mac),
      phone: random.pick(iphone ? pools.iphone : pools.android),
    });
  }
  return {
    title,
    short,
    domain,
    netbios,
    mailHost: `mail.${domain}`,
    autodiscoverHost: `autodiscover.${domain}`,
    sidBase,
    utcOffsetHours,
    users: people,
    administrators: [
      { account: `${netbios}\\helga.admin`, sid: `${sidBase}-1105`, desk: '10.20.3.5' },
      { account: `${netbios}\\exadmin`, sid: `${sidBase}-1106`, desk: '10.20.3.6' },
    ],
    roomApp: { account: `${netbios}\\svc-rooms`, address: '10.20.2.40' },
    healthMailbox: `HealthMailbox${random.letters(7, '0123456789abcdef')}`,
    healthSid: `${sidBase}-1142`,
  };
}

/** Share of a day's requests in each hour of local time, Monday to Friday. */
const workday = [2, 1, 1, 1, 1, 3, 8, 30, 70, 95, 100, 92, 70, 85, 95, 90, 80, 55, 25, 14, 11, 9, 6, 4];
const weekend = [2, 1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 9, 9, 9, 9, 9, 9, 8, 8, 7, 5, 3];

/** How busy an organisation is at a moment: 100 is the middle of a working day. */
export function busyness(ms: number, utcOffsetHours: number): number {
  const local = new Date(ms + utcOffsetHours * 3_600_000);
  const weekday = local.getUTCDay();
  return (weekday === 0 || weekday === 6 ? weekend : workday)[local.getUTCHours()]!;
}
/** Whether desks are manned. */
export const atWork = (ms: number, utcOffsetHours: number): boolean => busyness(ms, utcOffsetHours) >= 25;
