/**
 * Files of the web folders against what Exchange ships: by their bytes first, then by name and place. What is shipped is said in one
 * number and never matched; what is not becomes an event like any other, graded by its place and by what its text does. Where no list
 * fits the build, that is said once, and only names are compared.
 */
import type { Inventory } from '../core/assessment.ts';
import { compareBuilds, cuKey } from '../core/build.ts';
import { groupBy } from '../core/group.ts';
import type { Hit } from '../core/hit.ts';
import { byCodeUnit } from '../core/text.ts';
import { listedRule, pageOfFile } from '../detect/index.ts';
import type { Shipped } from '../knowledge/index.ts';
import type { Observed } from '../run/index.ts';
import type { SeenOnHost, Sighting } from './builds-seen.ts';
import type { Hosts } from './hosts.ts';
import { type FileSeen, filesSeen, hitOfFile, isOpenFolder, isServerPage } from './inventory-files.ts';
import { inventorySentences as say } from './inventory-messages.ts';
import { alikeName, hiddenBy, neighbours, oddTimes } from './inventory-signs.ts';
import { requestsOf } from './inventory-requests.ts';
import { gone, type GoneFrom } from './inventory-gone.ts';
import { isCopy, isOwnersText, takesPasswords } from './owners-pages.ts';

/** With fewer files than this, and a smaller share of them, nobody can tell a build by its files. */
const leastFiles = 5;
const leastShare = 0.8;
/** More changed pages than this share: it is the list that does not fit. */
const mostChanged = 0.2;
/** Odd files that are listed one by one. */
const oddLimit = 200;

export interface InventoryJudged {
  readonly entries: readonly Inventory[];
  /** The hits of the evidence, without those of shipped files, and those of odd files. */
  readonly hits: readonly Hit[];
  /** A build that only its files tell. */
  readonly sightings: ReadonlyMap<string | null, Sighting>;
  /** Whether a page that answered at that time is gone from a folder that was handed in whole. */
  readonly goneFrom: GoneFrom;
  /** What the web logs say of requests for odd files, by page. */
  readonly asked: ReadonlyMap<string, string>;
}

export function inventoryOf(
  observed: Observed,
  hosts: Hosts,
  seen: ReadonlyMap<string | null, SeenOnHost>,
  load: (() => Shipped) | null,
): InventoryJudged {
  const files = filesSeen(observed, hosts);
  const quiet = observed.hits.filter(({ rules }) => rules.length > 1 || rules[0] !== listedRule);
  if (files.length === 0 || load === null)
    return { entries: [], hits: quiet, sightings: new Map(), goneFrom: () => false, asked: new Map() };
  const shipped = load();
  const entries: Inventory[] = [];
  const odd: Hit[] = [];
  const sightings = new Map<string | null, Sighting>();
  const asked = new Map<string, string>();
  const owners: string[] = [];
  for (const [, own] of [...groupBy(files, (file) => file.host ?? '')].sort(([a], [b]) => byCodeUnit(a, b))) {
    const host = own[0]!.host;
    const judged = ofServer(host, own, seen.get(host)?.sightings ?? [], shipped, observed, hosts);
    entries.push(judged.entry);
    odd.push(...judged.hits);
    owners.push(...judged.owners);
    for (const [page, said] of judged.asked) asked.set(page, said);
    if (judged.sighting !== null && !seen.has(host)) sightings.set(host, judged.sighting);
  }
  // Bytes that Exchange ships are nobody's back door, whatever a rule makes of their name or their text: where no other bytes are seen
  // under that name.
  const isGood = (file: FileSeen): boolean =>
    file.hash !== null && file.shippedPath !== null && shipped.ofHash(file.hash).length > 0 && !isDoubted(file, shipped);
  const others = new Set(files.filter((file) => !isGood(file)).map(fileKey));
  const good = new Set(
    files
      .filter(isGood)
      .map(fileKey)
      .filter((key) => !others.has(key)),
  );
  // What is told of a row as a file is told instead of what a rule alone made of it, here or in a listing of the same file.
  const told: Told = {
    rows: new Set([...odd.map(({ artifact, rows }) => `${artifact}\u0000${rows[0]!.offsetBytes}`), ...owners]),
    files: new Set(
      odd.flatMap(({ rows }) => {
        const { values } = rows[0]!;
        const hash = values['file.hash'];
        return hash === undefined ? [] : [contentKey(hosts.ofRow(rows[0]!), values['file.path'] ?? '', hash)];
      }),
    ),
  };
  return {
    entries,
    hits: [...quiet.flatMap((hit) => without(hit, good, told, hosts)), ...odd].sort(
      (a, b) => byCodeUnit(a.artifact, b.artifact) || a.rows[0]!.offsetBytes - b.rows[0]!.offsetBytes || byCodeUnit(a.key, b.key),
    ),
    sightings,
    asked,
    goneFrom: gone(files, shipped),
  };
}

interface Told {
  readonly rows: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}
const contentKey = (host: string | null, path: string, hash: string): string =>
  `${fileKey({ host, path: path.replaceAll('/', '\\') })}\u0000${hash.toLowerCase()}`;
const fileKey = ({ host, path }: Pick<FileSeen, 'host' | 'path'>): string => `${host ?? ''}\u0000${path.toLowerCase()}`;
const ofListings: ReadonlySet<string> = new Set(['file-listing', 'compare-exchange-hashes']);
/** Rows that speak of a file as it stands somewhere. */
const ofFiles: ReadonlySet<string> = new Set(['file-listing', 'web-page', 'iis-config', 'compare-exchange-hashes', 'file']);

function without(hit: Hit, good: ReadonlySet<string>, told: Told, hosts: Hosts): Hit[] {
  const first = hit.rows[0]!;
  if (!ofFiles.has(first.logSource)) return [hit];
  const rows = hit.rows.filter((row) => {
    const path = row.values['file.path'];
    if (told.rows.has(`${row.artifact}\u0000${row.offsetBytes}`)) return false;
    const hash = row.values['file.hash'];
    if (hash !== undefined && ofListings.has(row.logSource) && told.files.has(contentKey(hosts.ofRow(row), path ?? '', hash)))
      return false;
    return path === undefined || !good.has(fileKey({ host: hosts.ofRow(row), path: path.replaceAll('/', '\\') }));
  });
  if (rows.length === hit.rows.length) return [hit];
  return rows.length === 0 ? [] : [{ ...hit, rows, count: hit.count - (hit.rows.length - rows.length) }];
}

type Standing = 'shipped' | 'other_build' | 'elsewhere' | 'changed' | 'not_shipped';

interface Placed {
  readonly file: FileSeen;
  readonly standing: Standing;
  /** Of bytes that are shipped under another name. */
  readonly source: string | null;
}

/** A list that the user made can have been made of a server that somebody was on already: it excuses no text that is a back door's. */
const isDoubted = (file: FileSeen, shipped: Shipped): boolean =>
  file.hash !== null && gradeOf(file) === 'back-door' && shipped.byOwnAlone(file.hash);

function standingOf(file: FileSeen, target: number | null, shipped: Shipped): Placed {
  const { hash, shippedPath } = file;
  const same = hash === null ? [] : shipped.ofHash(hash);
  if (isDoubted(file, shipped)) {
    const published = [...((shippedPath === null ? null : shipped.atPath(shippedPath)) ?? new Map<string, unknown>()).keys()];
    return { file, standing: published.some((one) => !shipped.byOwnAlone(one)) ? 'changed' : 'not_shipped', source: null };
  }
  const here = same.find(({ path }) => path === shippedPath);
  if (here !== undefined)
    return { file, standing: target === null || here.builds.has(target) ? 'shipped' : 'other_build', source: null };
  if (same.length > 0) return { file, standing: 'elsewhere', source: same[0]!.path };
  const known = shippedPath !== null && shipped.atPath(shippedPath) !== null;
  return { file, standing: known ? 'changed' : 'not_shipped', source: null };
}

interface Target {
  /** Position in the list of builds; null: no list fits. */
  readonly build: number | null;
  readonly basis: Inventory['basis'];
  readonly notes: readonly string[];
  readonly sighting: Sighting | null;
}

const isSettings = ({ path }: FileSeen): boolean => /\.config$/i.test(path);

/** Which build's list the files are held against: the one that the evidence names, where there is one of it, else the one that they tell. */
function targetOf(host: string | null, files: readonly FileSeen[], sightings: readonly Sighting[], shipped: Shipped): Target {
  const votes = new Map<number, number>();
  let voters = 0;
  // Copies of earlier days may be of an earlier build.
  const asOfNow = files.some(({ earlier }) => !earlier) ? files.filter(({ earlier }) => !earlier) : files;
  for (const { hash, shippedPath } of asOfNow.filter((file) => !isSettings(file))) {
    if (hash === null || shippedPath === null || shipped.atPath(shippedPath) === null) continue;
    voters++;
    const builds = shipped.ofHash(hash).find(({ path }) => path === shippedPath)?.builds ?? [];
    for (const build of builds) votes.set(build, (votes.get(build) ?? 0) + 1);
  }
  const most = Math.max(0, ...votes.values());
  const told = [...votes].filter(([, count]) => count === most).map(([build]) => build);
  const tells = voters >= leastFiles && most / voters >= leastShare;
  const named = lastNamed(sightings);
  const at = named === null ? -1 : shipped.builds.indexOf(named);
  const nameOf = (build: number): string => shipped.builds[build]!;
  if (at !== -1) {
    const fits = (votes.get(at) ?? 0) / Math.max(1, voters);
    if (!tells || told.includes(at) || fits >= leastShare) return { build: at, basis: 'seen', notes: [], sighting: null };
    return {
      build: told.at(-1)!,
      basis: 'files',
      notes: [say.otherBuild(host, named!, range(told.map(nameOf)))],
      sighting: null,
    };
  }
  if (!tells) return { build: null, basis: 'none', notes: [], sighting: null };
  // Pages are rarely touched by an update: they tell the CU, and the build only where a page of its own says so.
  if (named !== null) {
    const ofCu = told.find((build) => cuKey(nameOf(build)) === cuKey(named));
    return ofCu === undefined
      ? { build: null, basis: 'none', notes: [], sighting: null }
      : { build: ofCu, basis: 'cu', notes: [], sighting: null };
  }
  const cus = new Set(told.map((build) => cuKey(nameOf(build))));
  const sighting: Sighting | null =
    cus.size !== 1
      ? null
      : {
          build: nameOf(told[0]!),
          how: told.length === 1 ? 'file' : 'registered',
          source: 'shipped-files',
          firstMs: Number.NaN,
          lastMs: Number.NaN,
          local: false,
        };
  return { build: told[0]!, basis: told.length === 1 ? 'files' : 'cu', notes: [], sighting };
}

/** Builds with a list, below and above; none is named where the evidence names no build. */
function nearest(build: string | null, { builds }: Shipped): string[] {
  if (build === null) return [];
  const below = builds.findLast((one) => compareBuilds(one, build) < 0);
  const above = builds.find((one) => compareBuilds(one, build) > 0);
  return [below, above].filter((one) => one !== undefined);
}

const range = (builds: readonly string[]): string => (builds.length === 1 ? builds[0]! : `${builds[0]!} to ${builds.at(-1)!}`);

/** The build that the evidence names last; a setup's find names the CU alone and goes behind all others. */
function lastNamed(sightings: readonly Sighting[]): string | null {
  const ranked = sightings
    .filter(({ how }) => how !== 'failed')
    .toSorted(
      (a, b) =>
        Number(b.how !== 'registered') - Number(a.how !== 'registered') ||
        (Number.isNaN(b.lastMs) ? -1 : b.lastMs) - (Number.isNaN(a.lastMs) ? -1 : a.lastMs) ||
        compareBuilds(b.build, a.build),
    );
  return ranked[0]?.build ?? null;
}

function ofServer(
  host: string | null,
  files: readonly FileSeen[],
  sightings: readonly Sighting[],
  shipped: Shipped,
  observed: Observed,
  hosts: Hosts,
): {
  readonly entry: Inventory;
  readonly hits: readonly Hit[];
  /** Rows of pages that are the owner's: no rule says more of them. */
  readonly owners: readonly string[];
  readonly sighting: Sighting | null;
  readonly asked: ReadonlyMap<string, string>;
} {
  const target = targetOf(host, files, sightings, shipped);
  const build = target.build === null ? null : shipped.builds[target.build]!;
  const placed = files.map((file) => standingOf(file, target.build, shipped));
  const of = (standing: Standing): Placed[] => placed.filter((one) => one.standing === standing);
  const inTree = placed.filter(({ file }) => file.shippedPath !== null);
  const changed = of('changed').filter(({ file }) => !isSettings(file));
  const settings = of('changed').length - changed.length;
  const pages = inTree.filter(({ file }) => !isSettings(file));
  const exact = target.build !== null && (target.basis === 'seen' || target.basis === 'files');
  const asShipped = pages.filter(({ standing }) => standing === 'shipped' || standing === 'other_build').length;
  // Nor does a list fit of which hardly any page is here: then it is the bytes that came to us otherwise.
  const fits =
    exact &&
    changed.length <= Math.max(leastFiles, mostChanged * pages.length) &&
    (pages.length === 1 || changed.length <= asShipped);
  const notShipped = of('not_shipped').filter(({ file }) => isServerPage(file.path) && !isSettings(file));
  // Of a build without a list a name that is in none says little, where Exchange has many pages; where it has few it says much.
  const told = notShipped.filter(
    ({ file }) => fits || file.shippedPath === null || isOpenFolder(file.path) || gradeOf(file) === 'back-door',
  );
  const unknownNames = notShipped.length - told.length;
  const beside = neighbours(
    placed.filter(({ standing }) => standing === 'shipped' || standing === 'other_build').map(({ file }) => file),
  );
  const asked = requestsOf(observed, hosts, host);
  const oddOnes = [
    ...told.map((one) => ({
      ...one,
      rule: isCopy(one.file, shipped) || takesPasswords(one.file) ? null : ruleOf(one.file, 'not_shipped'),
    })),
    ...changed
      .filter(({ file }) => fits || gradeOf(file) === 'back-door')
      .map((one) => ({ ...one, rule: isOwnersText(one.file) || takesPasswords(one.file) ? null : ruleOf(one.file, 'changed') })),
    ...of('elsewhere')
      .filter(({ file }) => isServerPage(file.path))
      .map((one) => ({ ...one, rule: null })),
  ].map((one) => ({ ...one, why: whyOf(one, build, shipped, beside, asked) }));
  const uncompared = inTree.filter(({ standing }) => standing !== 'shipped' && standing !== 'other_build').length;
  const ownAlone = inTree.filter(({ file: { hash } }) => hash !== null && shipped.byOwnAlone(hash)).map(({ file }) => file.path);
  const notes = [
    ...target.notes,
    ...(ownAlone.length === 0 ? [] : [say.ownAlone(host, ownAlone.toSorted(byCodeUnit))]),
    ...(inTree.length === 0 || (build === null && uncompared === 0)
      ? []
      : build === null
        ? [say.noList(host, lastNamed(sightings), uncompared, nearest(lastNamed(sightings), shipped))]
        : changed.length > 0 && !fits && exact
          ? [say.otherBytes(host, changed.length, inTree.length, build)]
          : [say.compared(host, inTree.length, of('shipped').length, build, of('other_build').length, settings)]),
    ...(unknownNames > 0 ? [say.unknownNames(host, unknownNames)] : []),
  ];
  const entry: Inventory = {
    host,
    build,
    basis: target.basis,
    files: placed.length,
    shipped: of('shipped').length,
    otherBuild: of('other_build').length,
    elsewhere: of('elsewhere').length,
    changed: of('changed').length,
    notShipped: of('not_shipped').length,
    notes,
    odd: oddOnes
      .toSorted((a, b) => weight(b.rule) - weight(a.rule) || byCodeUnit(a.file.path, b.file.path))
      .slice(0, oddLimit)
      .map(({ file, standing, why }) => ({
        path: file.path,
        standing: standing === 'changed' || standing === 'elsewhere' ? standing : 'not_shipped',
        why,
        sha256: file.hash,
        artifact: file.artifact,
        createdUtc: file.createdUtc,
        modifiedUtc: file.modifiedUtc,
      })),
  };
  return {
    entry,
    hits: oddOnes.flatMap(({ file, rule, why }) => (rule === null ? [] : [hitOfFile(file, rule, why)])),
    owners: oddOnes.flatMap(({ file: { row }, standing, rule }) =>
      rule === null && standing !== 'elsewhere' && row !== null && row.fields.BrowserSends === undefined
        ? [`${row.artifact}\u0000${row.offsetBytes}`]
        : [],
    ),
    sighting: target.sighting,
    asked: new Map(
      oddOnes.flatMap(({ file, standing }) => {
        const page = pageOfFile(file.path);
        const requests = standing === 'not_shipped' ? asked(page) : null;
        return page === null || requests === null ? [] : [[page, requests] as const];
      }),
    ),
  };
}

const gradeOf = ({ row }: FileSeen): string | null => row?.fields.Grade ?? null;

const order = [null, 'changed', 'not-shipped', 'not-shipped-in-place', 'changed-back-door', 'back-door-in-place'] as const;
const weight = (rule: string | null): number =>
  order.findIndex((one) => (one === null ? rule === null : rule === `inventory/${one}`));

function ruleOf(file: FileSeen, standing: 'not_shipped' | 'changed'): string {
  const grade = gradeOf(file);
  if (standing === 'changed') return grade === 'back-door' ? 'inventory/changed-back-door' : 'inventory/changed';
  if (grade === 'back-door') return 'inventory/back-door-in-place';
  // A text that was read, and in which nothing of the kind stands, is an odd page and no more. In the root of the web site, where Exchange
  // has no pages and add-ons have none, that takes a text without code: what code does is not always understood.
  const harmless =
    grade === 'none' && (file.shippedPath !== null || (file.row !== null && file.row.fields.CodeLength === undefined));
  return isOpenFolder(file.path) && !harmless ? 'inventory/not-shipped-in-place' : 'inventory/not-shipped';
}

function whyOf(
  { file, standing, source }: Placed,
  build: string | null,
  shipped: Shipped,
  beside: ReturnType<typeof neighbours>,
  asked: ReturnType<typeof requestsOf>,
): string[] {
  const alike = standing === 'not_shipped' ? alikeName(file, shipped) : null;
  // Of a page of the product requests say nothing.
  const requests = standing === 'not_shipped' ? asked(pageOfFile(file.path)) : null;
  return [
    ...(standing === 'elsewhere' ? [say.elsewhere(source!)] : []),
    ...(standing === 'changed' ? [say.changed(build ?? 'Exchange'), ...changedHow(file)] : []),
    ...(standing === 'not_shipped' ? [isDoubted(file, shipped) ? say.doubted : say.notListed] : []),
    ...(standing === 'changed' && isDoubted(file, shipped) ? [say.doubted] : []),
    ...(gradeOf(file) === 'back-door' ? [say.backDoor(file.row?.fields.Capability ?? null)] : []),
    ...(alike === null ? [] : [say.alike(alike)]),
    ...oddTimes(file, beside),
    ...hiddenBy(file, beside),
    ...(requests === null ? [] : [requests]),
  ];
}

const mostCalls = 6;

/** What its text says; how it differs from what was shipped nobody can say who has the hash alone. */
function changedHow({ row, path }: FileSeen): string[] {
  if (row === null || row.logSource !== 'web-page' || !isServerPage(path)) return [];
  const { Inherits, Sinks, CodeLength, BrowserSends } = row.fields;
  const calls = (Sinks ?? '').split(' ').filter((one) => one !== '');
  return [
    ...(Inherits === undefined || /^Microsoft\.Exchange\./i.test(Inherits) ? [] : [say.otherClass(Inherits)]),
    ...(BrowserSends === undefined ? [] : [say.browserSends(BrowserSends.split(' '))]),
    CodeLength === undefined ? say.noCode : say.ownCode(Number(CodeLength), calls.slice(0, mostCalls)),
  ];
}
