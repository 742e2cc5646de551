/** Pages: who wrote them, who uses them, and the scripts and keys that show that two pages are one intruder's. */
import { uncertaintyMs } from './clocks.ts';
import { type Event, isSinglePost } from './event.ts';
import type { Groups } from './groups.ts';
import { accessKeyOf, isFile, isPublished, isWriting, onlyLooks, pageKeysOf, scriptOf } from './implants.ts';

const dayMs = 86_400_000;
/** Whoever has the planter's own address may come for the page this much later. */
const sameAddressMs = 60 * dayMs;
/** The planter's own look at the page comes this soon. */
const soonMs = 10 * 60_000;
/** Resets further apart than this wrote two pages. */
const oneResetMs = 5000;
/** Plants of which no reset is seen: what follows sooner is the script being taken away again, or a second try. */
const onePlantMs = 60_000;
/** Answers of one page, and writings before one answer, that are looked at. */
const lookLimit = 64;

/** Direct addresses of each group as it stands. */
export function addressesOf(events: readonly Event[], groups: Groups): Map<number, Set<string>> {
  const addresses = new Map<number, Set<string>>();
  for (const [index, { client }] of events.entries()) {
    if (client?.standing !== 'direct') continue;
    const root = groups.of(index);
    const known = addresses.get(root);
    if (known === undefined) addresses.set(root, new Set([client.address]));
    else known.add(client.address);
  }
  return addresses;
}

/**
 * One script, or one word that opens pages, is one hand's; but scripts are copied, so that it holds together what came from one address,
 * or from addresses that nobody can see, and never what came from two.
 */
export function joinScripts(events: readonly Event[], groups: Groups): void {
  const addresses = addressesOf(events, groups);
  for (const [bond, textOf] of [
    ['script', scriptOf],
    ['key', accessKeyOf],
  ] as const) {
    const byText = new Map<string, number[]>();
    for (const [index, event] of events.entries()) {
      const text = textOf(event);
      if (text === null || (bond === 'script' && isPublished(text))) continue;
      const known = byText.get(text);
      if (known === undefined) byText.set(text, [index]);
      else known.push(index);
    }
    for (const same of byText.values()) {
      const byAddress = new Map<string, number>();
      let unseen = -1;
      for (const index of same) {
        const own = addresses.get(groups.of(index));
        if (own === undefined) {
          if (unseen !== -1) groups.join(unseen, index, bond);
          unseen = index;
        }
        for (const address of own ?? []) {
          const known = byAddress.get(address);
          if (known === undefined) byAddress.set(address, index);
          else groups.join(known, index, bond);
        }
      }
      const seen = new Set([...byAddress.values()].map((index) => groups.of(index)));
      if (unseen !== -1 && seen.size === 1) groups.join([...seen][0]!, unseen, bond);
    }
  }
}

/** One making of a page: the resets that follow each other, or the planting of which no reset is seen. */
interface Writing {
  readonly index: number;
  atMs: number;
  readonly hosts: Set<string>;
  readonly scripts: readonly string[];
  readonly addresses: ReadonlySet<string>;
  taken: boolean;
}

const nowhere: ReadonlySet<string> = new Set();

function writingsOf(events: readonly Event[], groups: Groups): Writing[] {
  const addresses = addressesOf(events, groups);
  const byRoot = new Map<number, number[]>();
  for (const [index, event] of events.entries()) {
    if (!isWriting(event) || event.timeMs === null || !groups.has(index, 'writes')) continue;
    const root = groups.of(index);
    const known = byRoot.get(root);
    if (known === undefined) byRoot.set(root, [index]);
    else known.push(index);
  }
  const writings: Writing[] = [];
  for (const [root, all] of byRoot) {
    const arms = all.filter((index) => events[index]!.proof.step === 'arm');
    const scripts = all.map((index) => scriptOf(events[index]!)).filter((script) => script !== null);
    let open: Writing | null = null;
    for (const index of arms.length > 0 ? arms : all) {
      const { timeMs, host } = events[index]!;
      if (open === null || timeMs! - open.atMs > (arms.length > 0 ? oneResetMs : onePlantMs)) {
        open = { index, atMs: timeMs!, hosts: new Set(), scripts, addresses: addresses.get(root) ?? nowhere, taken: false };
        writings.push(open);
      }
      open.atMs = timeMs!;
      if (host !== null) open.hosts.add(host);
    }
  }
  return writings.sort((a, b) => a.atMs - b.atMs || a.index - b.index);
}

/**
 * Who planted a script on a server and who first uses the page that appears there within the day are one. Each writing made one page: a
 * second page that appears is another one's, unless the server names it.
 */
export function joinPages(events: readonly Event[], groups: Groups): void {
  const keyOf = pageKeysOf(events);
  const answers = new Map<string, number[]>();
  const users = new Map<string, number[]>();
  const keys = new Map<string, string>();
  const add = (to: Map<string, number[]>, key: string, index: number): void => {
    const known = to.get(key);
    if (known === undefined) to.set(key, [index]);
    else known.push(index);
  };
  for (const [index, event] of events.entries()) {
    const key = keyOf(event);
    if (key === null) continue;
    if (event.answered && event.timeMs !== null) add(answers, key, index);
    if (!onlyLooks(event)) add(users, key, index);
    const word = accessKeyOf(event);
    if (word !== null && !keys.has(key)) keys.set(key, word);
  }
  for (const same of users.values()) joinUsers(events, groups, same);

  const writings = writingsOf(events, groups);
  const named = (key: string): number | undefined =>
    users.get(key)?.find((index) => isWriting(events[index]!) && groups.has(index, 'writes'));
  const found = new Map<string, Found>();
  for (const [key, times] of answers) {
    if (named(key) !== undefined) continue;
    const writing = writerOf(events, groups, writings, times, keys.get(key) ?? null);
    if (writing === null) continue;
    found.set(key, writing);
    if (writing.sure) writing.one.taken = true;
  }
  // Two pages that came late may both be of one writing: then neither is said to be.
  const late = new Map<Writing, number>();
  for (const { one, sure } of found.values()) if (!sure) late.set(one, (late.get(one) ?? 0) + 1);
  for (const [key, times] of answers) {
    const writing = found.get(key);
    const unsure =
      writing !== undefined && (writing.elsewhere || (!writing.sure && (writing.one.taken || late.get(writing.one)! > 1)));
    const owner = named(key) ?? writing?.one.index;
    if (owner === undefined) continue;
    const first = users.get(key)?.find((index) => !isFile(events[index]!)) ?? users.get(key)?.[0];
    if (unsure) {
      groups.part(owner, first ?? times[0]!, 'unsure', events[times[0]!]!.page!);
      continue;
    }
    const atMs = writing?.one.atMs ?? events[owner]!.timeMs ?? 0;
    // Who comes later, from elsewhere, with one request that tells nothing, may be anybody.
    const stranger =
      first !== undefined &&
      isLone(events, users.get(key)!, first) &&
      events[first]!.timeMs !== null &&
      events[first]!.timeMs - atMs > soonMs &&
      writing !== undefined &&
      writing.one.addresses.size > 0 &&
      !writing.one.addresses.has(events[first]!.client!.address);
    if (stranger) groups.part(owner, first, 'unsure', events[first]!.page!);
    // Its users are one group already; the first look at it is the writer's when nothing says that it is another's.
    else if (first !== undefined && !groups.bothHave(owner, first, 'writes')) groups.join(owner, first, 'planted');
    for (const index of times) {
      const event = events[index]!;
      if (event.timeMs! - atMs > dayMs) break;
      const direct = event.client?.standing === 'direct' ? event.client.address : null;
      if (onlyLooks(event) && (direct === null || writing?.one.addresses.has(direct) === true))
        groups.join(owner, index, 'planted');
    }
  }
}

/** The page by those who use it. Who wrote something of his own and uses another's page as well stays who he is. */
function joinUsers(events: readonly Event[], groups: Groups, same: readonly number[]): void {
  const lone = new Set(same.filter((index) => isLone(events, same, index)));
  // A file that was found is nobody's use: whoever asked for it once may well be its owner.
  const [first] = same.filter((index) => !lone.has(index) && !isFile(events[index]!));
  for (const index of same) {
    if (first === undefined) groups.join(same[0]!, index, 'page');
    else if (groups.bothHave(first, index, 'writes')) groups.part(first, index, 'writers', events[index]!.page!);
    else if (lone.has(index)) groups.part(first, index, 'unsure', events[index]!.page!);
    else groups.join(first, index, 'page');
  }
}

/**
 * One request with a body, from an address and a program from which nothing else came to this page: after a wave many try the pages of
 * others. What it was is not logged, so that it is nobody's use of his own page.
 */
function isLone(events: readonly Event[], same: readonly number[], index: number): boolean {
  const event = events[index]!;
  if (!isSinglePost(event) || event.client?.standing !== 'direct') return false;
  return same.every((other) => {
    if (other === index) return true;
    const { client, userAgent } = events[other]!;
    return client?.address !== event.client!.address && (userAgent !== event.userAgent || userAgent === null);
  });
}

interface Found {
  readonly one: Writing;
  /** It was asked for right after the writing, or opens with a word that stands in the script. */
  readonly sure: boolean;
  /** From another address than the planter's, and not at once: it may be, and nothing says so. */
  readonly elsewhere: boolean;
}

/**
 * The writing that explains a page: by the word that opens it, by the address, by place and time. Where two are as near the truth and the
 * page was not asked for right after one of them, nobody knows.
 */
function writerOf(
  events: readonly Event[],
  groups: Groups,
  writings: readonly Writing[],
  answers: readonly number[],
  key: string | null,
): Found | null {
  const firstMs = events[answers[0]!]!.timeMs!;
  // A page that somebody was answered before the script was planted is another one's.
  const candidates: Writing[] = [];
  for (let last = upTo(writings, firstMs + uncertaintyMs); last >= 0 && candidates.length < lookLimit; last--) {
    const one = writings[last]!;
    if (firstMs - one.atMs > sameAddressMs) break;
    if (!one.taken) candidates.push(one);
  }
  for (const index of answers.slice(0, lookLimit)) {
    const event = events[index]!;
    const direct = event.client?.standing === 'direct' ? event.client.address : null;
    // Who wrote something himself asks for his own.
    const own = groups.has(index, 'writes') ? groups.of(index) : null;
    const possible = new Set<Writing>();
    let best: Found | null = null;
    let bestRank = -1;
    let doubtful = false;
    for (const one of candidates) {
      if (one.taken || (own !== null && groups.of(one.index) !== own)) continue;
      possible.add(one);
      const from = direct !== null && one.addresses.has(direct);
      const opens = key !== null && one.scripts.some((script) => script.includes(key));
      if (!from && !opens && (event.timeMs! - one.atMs > dayMs || (direct !== null && onlyLooks(event)))) continue;
      const here = event.host === null || one.hosts.size === 0 || one.hosts.has(event.host);
      const soon = event.timeMs! - one.atMs <= soonMs;
      const elsewhere = direct !== null && one.addresses.size > 0 && !from && !opens && !soon;
      const rank = (opens ? 8 : 0) + (from ? 4 : 0) + (soon ? 2 : 0) + (here ? 1 : 0);
      // Candidates come latest first: of equals that are near the nearest stays.
      if (rank > bestRank) [best, bestRank, doubtful] = [{ one, sure: soon || opens, elsewhere }, rank, false];
      else if (rank === bestRank && !soon && groups.of(one.index) !== groups.of(best!.one.index)) doubtful = true;
    }
    if (best === null) continue;
    // Whose address is not known may be anybody's.
    const { one, sure } = best;
    const another = [...possible].some(
      (other) =>
        groups.of(other.index) !== groups.of(one.index) &&
        (other.addresses.size === 0 || (direct !== null && other.addresses.has(direct))),
    );
    return doubtful || (!sure && another) ? null : best;
  }
  return null;
}

/** Index of the last writing that ended by then; -1: none. */
function upTo(writings: readonly Writing[], ms: number): number {
  let low = 0;
  let high = writings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (writings[middle]!.atMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * An order that was given in the folder of a file belongs to whoever left the file there; the client of a web shell changes to that
 * folder first.
 */
export function joinOrders(events: readonly Event[], groups: Groups): void {
  const byFolder = new Map<string, number[]>();
  for (const [index, event] of events.entries()) {
    const path = isFile(event) ? event.row.values['file.path'] : undefined;
    if (path === undefined) continue;
    const folder = path.slice(0, path.lastIndexOf('\\')).toLowerCase();
    const known = byFolder.get(folder) ?? [];
    known.push(index);
    byFolder.set(folder, known);
  }
  if (byFolder.size === 0) return;
  for (const [index, event] of events.entries()) {
    const command = event.row.values['process.command_line']?.replaceAll('\\\\', '\\').toLowerCase();
    const changed = command === undefined ? null : /\bcd +(?:\/d +)?(?:"([^"]{1,400})"|([^&" ]{1,400}))/.exec(command);
    const folder = changed === null ? '' : (changed[1] ?? changed[2]!).replace(/\\$/, '');
    const files = byFolder.get(folder) ?? [];
    // Pages of several stand there, and some of them are in use: the folder does not say whose order it was.
    const whose = new Set(files.map((file) => groups.of(file)));
    if (whose.size > 1 && [...whose].some((root) => !isFile(events[root]!))) continue;
    for (const file of files) groups.join(file, index, 'folder');
  }
}

/**
 * A file that was found, and the one group that its page answered, when that is somebody who has something of his own here: one page is told
 * once. Where several were answered, or nobody was, the file stays what was found.
 */
function joinFound(events: readonly Event[], groups: Groups): void {
  const keyOf = pageKeysOf(events);
  const answered = new Map<string, Set<number>>();
  for (const [index, event] of events.entries()) {
    const key = event.answered && !isFile(event) ? keyOf(event) : null;
    if (key !== null) answered.set(key, (answered.get(key) ?? new Set()).add(index));
  }
  for (const [index, event] of events.entries()) {
    const key = isFile(event) ? keyOf(event) : null;
    const roots = key === null ? [] : [...new Set([...(answered.get(key) ?? [])].map((other) => groups.of(other)))];
    // Who only looked, and has nothing of his own here, may be anybody, and a tester.
    if (roots.length === 1 && groups.has(roots[0]!, 'owns') && !groups.bothHave(roots[0]!, index, 'writes'))
      groups.join(roots[0]!, index, 'page');
  }
}

/** Files of one listing that nobody was seen using are one find, not one intruder each. */
export function joinFiles(events: readonly Event[], groups: Groups): void {
  joinFound(events, groups);
  const used = new Set<number>();
  for (const [index, event] of events.entries()) if (!isFind(event)) used.add(groups.of(index));
  const first = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    if (!isFind(event) || used.has(groups.of(index))) continue;
    const place = onDisk.has(event.row.logSource) ? `\u0000${event.host ?? ''}` : event.row.artifact;
    const known = first.get(place);
    if (known === undefined) first.set(place, index);
    else groups.join(known, index, 'listing');
  }
}

/** Of a folder that was handed in every file is an artifact of its own: they are of one server. */
const onDisk: ReadonlySet<string> = new Set(['file', 'web-page', 'iis-config']);
/** What stands in settings, and belongs to nobody who was seen. */
const settings: ReadonlySet<string> = new Set([
  'iis-config',
  'transport-agent-config',
  'inbox-rule',
  'transport-rule',
  'mailbox',
  'mailbox-permission',
  'mailbox-folder-permission',
  'directory-permission',
]);

const isFind = (event: Event): boolean => isFile(event) || (event.role === 'left' && settings.has(event.row.logSource));
