/** Words of `afterpatch exposure`, English. Days are absolute. */
import { monthName } from './clock.ts';

export const day = (text: string): string => {
  const [year, month, date] = text.split('-');
  const name = monthName(Number(month) - 1);
  return date === undefined ? `${name} ${year}` : `${Number(date)} ${name} ${year}`;
};

const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const update = ({ name, build, kb, released }: Release): string =>
  `${name} (${build}${kb === null ? '' : `, ${kb}`}) of ${day(released)}`;

interface Release {
  readonly name: string;
  readonly build: string;
  readonly kb: string | null;
  readonly released: string;
  readonly sameCu: boolean;
}

export const stepWords: Readonly<Record<string, string>> = {
  'prepare-ad': 'the update alone does not close it: Setup /PrepareAD has to be run once',
  'prepare-schema': 'the update alone does not close it: Setup /PrepareSchema has to be run once a forest',
  'prepare-all-domains': 'the update alone does not close it: Setup /PrepareAllDomains has to be run once',
  'download-domains': 'the build only makes it possible: Download Domains have to be set up',
  'extended-protection': 'Extended Protection has to be on for the virtual directories of both web sites',
  'data-signing': 'signing of serialized data has to be on, and its certificate valid',
  override: 'closed unless a setting override switches it off',
  'hybrid-app': 'only where there is a hybrid: the dedicated hybrid application has to be deployed',
  'fip-fs': 'closed unless an entry in FIP-FS Configuration.xml switches it off',
  'token-cache-module': 'TokenCacheModule out of IIS, or the Windows update of October 2023',
  'windows-update': 'an update of Windows decides, not one of Exchange',
  'dotnet-update': 'an update of .NET decides, not one of Exchange',
};

export const words = {
  /** The answer in one line, before everything else. */
  answer: {
    closed: 'Not open to any campaign that this version knows.',
    closedBefore: (names: readonly string[]) => `closed to ${list(names)} before anybody is known to have used it`,
    unknown: (cu: string, names: readonly string[]) =>
      `Cannot be told from the CU alone: which update of ${cu} is installed decides about ${list(names)}.`,
    /** `open to ProxyLogon until 9 March 2021 (65 days, from 3 January 2021)` */
    was: (name: string, from: string | null, to: string, days: number | null) =>
      `open to ${name} until ${day(to)}${from === null || days === null ? '' : ` (${days === 1 ? '1 day' : `${days} days`}, from ${day(from)})`}`,
    still: (names: readonly string[], patched: boolean) => `${patched ? 'still ' : ''}open to ${list(names)}`,
    fix: (release: Release) =>
      `the nearest update that closes ${release.sameCu ? 'this' : 'it, of another CU,'} is ${update(release)}`,
    unclear: (names: readonly string[]) => `the build does not tell about ${list(names)}`,
    /** What is left, where no campaign is open. */
    others: (open: number, known: number) =>
      `${open === 1 ? 'One other hole is' : `${open} other holes are`} open${known === 0 ? '' : `, ${known === open ? (open === 1 ? 'and it is' : 'all of them') : `${known} of them`} known to be used`}.`,
    noFix: 'no update of this product closes it',
  },
  lateDay: (until: string) =>
    `Of updates that came after ${day(until)} this version knows nothing: what one of them closed on that day is not said here.`,
  title: (name: string, build: string | null) => (build === null ? name : `${name} (build ${build})`),
  released: (date: string) => `released ${day(date)}`,
  support: (product: string, end: string) => `Support for Exchange ${product} ended on ${day(end)}.`,
  onlyCu: (cu: string) =>
    `Only the CU is known: any update of ${cu} may be installed. What an update of it closes cannot be told; look at the file version of ExSetup.exe.`,
  directory: 'Written as the directory (AdminDisplayVersion) writes it, which names the CU and does not follow updates.',
  unlistedUpdate: (cu: string, below: string | null, above: string | null) =>
    `This build is in no list that we know. It belongs to ${cu}${between(below, above)}.`,
  unlistedBetween: (cu: string, below: string | null, above: string | null) =>
    `No CU has this number; the nearest below is ${cu}${between(below, above)}. Check the spelling.`,
  newer: (until: string) =>
    `Newer than all that this version knows (up to ${day(until)}): what it closes of the holes listed here is closed; of later ones nothing is known.`,
  older: 'Older than all builds of this product that we know.',
  alternative: 'Sources do not agree on the number of this update.',
  campaigns: 'Campaigns',
  open: 'open',
  fixed: 'closed',
  notAffected: 'this product does not have the hole',
  unknown: 'cannot be told from the build',
  span: (from: string | null, to: string | null, days: number | null) =>
    `${from === null ? 'open' : `open from ${day(from)}`}${to === null ? '' : ` to ${day(to)}${days === null ? '' : ` (${days === 1 ? '1 day' : `${days} days`})`}`}`,
  closedBefore: (to: string) => `closed on ${day(to)}, before anybody is known to have used it`,
  spanFrom: 'counted from the first known use, or from the release of this build where that came later',
  patch: {
    closed: null,
    only_with_new_cu: 'an update of this CU did not close it; only a newer CU did',
    too_early: 'the update of that day did not hold the fix, which came later',
    no_fix: 'no update of this product closes it',
  },
  waves: (names: readonly string[]) => `in that time: ${names.join('; ')}`,
  fixSame: (release: Release) => `closed by ${update(release)}, an update for this CU`,
  fixOther: (release: Release) => `no update for this CU closes it: the nearest is ${update(release)}`,
  fixNone: 'no update of this product closes it',
  known: 'Known to be exploited (in the catalogue of CISA)',
  knownNone: 'None of the holes of CISA’s catalogue is open in this build.',
  /** Beside a hole: when it was open to those who are known to have used it. */
  when: (from: string | null, to: string | null, kev: string) =>
    from === null
      ? `first use not known, in the catalogue since ${day(kev)}`
      : to === null
        ? `since ${day(from)}`
        : `${day(from)} to ${day(to)}`,
  before: (to: string) => `closed on ${day(to)}, before its first known use`,
  ransomware: 'used for ransomware',
  notHeld: 'Where no end stands, the update of that day did not close it.',
  march: 'the update of March 2021 for old CUs does not hold this fix: the earlier update decides',
  unsupported: 'published when nobody looked after this product any more: no fix exists',
  others: (open: number, undecided: number) =>
    `Others: ${open} open, ${undecided} that the build alone does not decide (all of them with --json).`,
  newest: (release: Release) => `Newest build of this product that we know: ${update(release)}.`,
  everyCu: 'A newer CU is reached in one step from any older one; its own update has to follow at once.',
  replace: (product: string) =>
    product === '2010' || product === '2013'
      ? `Exchange ${product} gets no updates any more: it has to be replaced.`
      : `Updates of Exchange ${product} that came after the end of support are not for everybody (ESU): Exchange SE is the way on.`,
  remains: 'What an update does not take away, if somebody was there before',
  kinds: {
    file: 'pages and programs that were left',
    module: 'modules in the web server',
    account: 'accounts that were made',
    password: 'passwords that were seen',
    key: 'machine keys that were read',
    certificate: 'certificates that were exported',
    rule: 'forwarding and inbox rules',
    grant: 'rights and roles that were given',
    task: 'scheduled tasks',
    memory: 'code in memory, until the restart',
    other_host: 'other computers that were reached',
  },
  end: 'This says what was open, not what happened. The logs say that: npx afterpatch assess <folder>',
} as const;

const between = (below: string | null, above: string | null): string =>
  below !== null && above !== null
    ? `, between ${below} and ${above}`
    : below !== null
      ? `, after ${below}`
      : above !== null
        ? `, before ${above}`
        : '';
