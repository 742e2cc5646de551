/**
 * KAPE. Its runs leave `<time>_CopyLog.csv`, `<time>_SkipLog.csv.csv` and `<time>_ConsoleLog.txt` in the destination; what was collected
 * stands below letters of drives without colon, shadow copies below `VSS<n>`.
 * @see https://ericzimmerman.github.io/KapeDocs/#!Pages/5.-Using-KAPE.md
 */
import type { FileTimes, Role } from '../../core/collection.ts';
import { byCodeUnit } from '../../core/text.ts';
import { place } from '../../core/canonical-path.ts';
import { hostName } from '../../core/host-name.ts';
import {
  type CollectionProblem,
  folderOf,
  Gaps,
  joined,
  mostCollections,
  nameOf,
  type Recognised,
  type Survey,
} from './collector.ts';
import { say } from './messages.ts';
import { csvRows } from './side-file.ts';
import { namedUtc, writtenUtc } from './stamp.ts';

const ownName = /^\d{4}-\d\d-\d\dT[\d_]{6,20}_(copylog|skiplog|consolelog)(?:\.[a-z]{2,4}){1,2}$/i;
const mostProblems = 2_000;
/** Folders of modules, by category. What stands in them was computed, not collected. */
const moduleOutput =
  /^(?:eventlogs|registry|filesystem|filefolderaccess|filedeletion|programexecution|systemactivity|browsinghistory|sqldatabases|liveresponse|sumdatabase|srumdatabase|timelines|windowstimeline|antivirus|accountusage|network|exfiltration|memory)\/(?:.*\/)?[^/]+\.(?:csv|json|jsonl|html?|xlsx?|txt|db|sqlite)$/i;

export function kape({ listing, side }: Survey): readonly Recognised[] {
  const byRoot = new Map<string, string[]>();
  for (const path of listing.names(ownName)) {
    const paths = byRoot.get(folderOf(path));
    if (paths === undefined) byRoot.set(folderOf(path), [path]);
    else paths.push(path);
  }
  const found: Recognised[] = [];
  for (const [root, own] of [...byRoot].sort((a, b) => byCodeUnit(a[0], b[0])).slice(0, mostCollections)) {
    const stood = new Map<string, string>();
    const times = new Map<string, FileTimes>();
    const problems: CollectionProblem[] = [];
    const hosts = new Set<string | null>();
    for (const path of own) {
      const kind = ownName.exec(nameOf(path))![1]!.toLowerCase();
      const text = side.text(path);
      if (text === null) continue;
      const gaps = new Gaps(path);
      if (kind === 'copylog') readCopyLog(text, root, listing.find.bind(listing), stood, times);
      else if (kind === 'skiplog') readSkipLog(text, gaps);
      else hosts.add(readConsoleLog(text, gaps));
      if (problems.length < mostProblems) problems.push(...gaps.list());
    }
    const stamps = own.map((path) => namedUtc(nameOf(path))).filter((stamp) => stamp !== null);
    const collectedUtc = stamps.sort(byCodeUnit).at(-1) ?? null;
    found.push({
      collection: {
        root,
        collector: 'kape',
        host: hosts.size === 1 ? [...hosts][0]! : null,
        collectedUtc,
        clock: collectedUtc === null ? { basis: 'unknown', why: say.notSaid } : { basis: 'utc', why: say.kapeStamp },
        snapshot: null,
      },
      roleOf: (below): Role | null =>
        !below.includes('/') && ownName.test(below) ? 'collector' : moduleOutput.test(below) ? 'foreign' : null,
      stood,
      times,
      problems,
    });
  }
  return found;
}

/** `…,SourceFile,DestinationFile,…,CreatedOnUtc,ModifiedOnUtc,…`: the one place where a renamed file has its own name. */
function readCopyLog(
  text: string,
  root: string,
  find: (path: string) => string | null,
  stood: Map<string, string>,
  times: Map<string, FileTimes>,
): void {
  let prefix: string | null = null;
  for (const row of csvRows(text)) {
    const source = row.get('sourcefile') ?? '';
    const destination = row.get('destinationfile') ?? '';
    const usual = source.replace(/^([A-Za-z]):/, '$1');
    if (prefix === null && usual !== source && destination.toLowerCase().endsWith(`\\${usual.toLowerCase()}`))
      prefix = destination.slice(0, destination.length - usual.length);
    const below = prefix !== null && destination.startsWith(prefix) ? destination.slice(prefix.length) : usual;
    const path = find(joined(root, below.replaceAll('\\', '/')));
    if (path === null || path === '') continue;
    times.set(path, { modifiedUtc: writtenUtc(row.get('modifiedonutc')), createdUtc: writtenUtc(row.get('createdonutc')) });
    if (/^[A-Za-z]:\\/.test(source) && !/vssmount/i.test(source)) {
      const { canonicalPath } = place(source);
      if (canonicalPath !== null && canonicalPath !== place(path).canonicalPath) stood.set(path, canonicalPath);
    }
  }
}

/** `SourceFile,SourceFileSha1,Reason`. Left out because the same bytes are here already is no gap. */
function readSkipLog(text: string, gaps: Gaps): void {
  for (const row of csvRows(text)) {
    const source = row.get('sourcefile') ?? '';
    const reason = row.get('reason') ?? '';
    if (source !== '' && !/^dedup/i.test(reason)) gaps.add(reason === '' ? source : `${source}: ${reason}`);
  }
}

/**
 * The machine that it names is the one that KAPE ran on: the server's only where KAPE read its own running drive. From a mounted
 * image it is the examiner's.
 */
function readConsoleLog(text: string, gaps: Gaps): string | null {
  let machine: string | null = null;
  let live = false;
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const line = text.slice(at, Math.min(end, at + 4096)).trimEnd();
    at = end + 1;
    if (machine === null) machine = /Machine name: ([^,\s]{1,80})/.exec(line)?.[1] ?? null;
    if (/Command line: /.test(line)) live = /--tsource "?C:?\\?"?(?:\s|$)/i.test(line);
    const failed = /Could not copy file (.{1,400}?) to .{1,400}?\. Error: (.{0,200})/i.exec(line);
    if (failed !== null) gaps.add(`${failed[1]!}: ${failed[2]!}`);
  }
  return live && machine !== null ? hostName(machine) : null;
}
