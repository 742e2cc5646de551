/** What the disk and listings of the new evidence say of one file. */
import { stageRank } from '../core/stage.ts';
import { hourMs } from '../core/time.ts';
import { pageOfFile } from '../detect/index.ts';
import type { ObservedArtifact } from '../run/index.ts';
import type { Facts, Found } from './facts.ts';
import { verifySentences as say } from './messages.ts';
import { isDone, notDone, type Outcome } from './outcome.ts';
import { endingOf } from './step-rules.ts';

interface Asked {
  readonly kind: 'file_gone' | 'page_not_answered';
  readonly host: string | null;
  readonly path: string;
  readonly sha256?: string | null;
}

const windows = (path: string): string => path.replaceAll('/', '\\').toLowerCase();
const placeOf = (artifact: ObservedArtifact): string => windows(artifact.canonicalPath ?? artifact.path);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('\\') + 1);

/** The disk first, then listings; empty: neither has its folder. */
export function stateOfFile(facts: Facts, step: number, check: Asked, evictedMs: number): Outcome[] {
  return [...onDisk(facts, check, evictedMs), ...inListings(facts, step, check, evictedMs)];
}

function onDisk(facts: Facts, check: Asked, evictedMs: number): Outcome[] {
  const page = check.path.startsWith('/') ? check.path.toLowerCase() : null;
  const wanted = windows(check.path);
  const known = knownHash(facts, check);
  const files = facts.observed.artifacts.filter(
    ({ path, role, parts, kind, collection }) =>
      role === 'evidence' &&
      facts.isOf(path, check.host) &&
      facts.isAfter(path) &&
      // A shadow copy tells of its own day.
      (collection?.snapshot ?? null) === null &&
      (kind === 'web-page' || parts.every(({ speaksFor }) => speaksFor === 'state')),
  );
  const own = files.filter((artifact) => {
    const place = placeOf(artifact);
    return page === null ? place === wanted || place.endsWith(wanted) : pageOfFile(place) === page;
  });
  const outcomes: Outcome[] = [];
  for (const artifact of own) {
    const view = facts.viewOf(artifact.path, check.host);
    if (known !== null && artifact.sha256 !== known) outcomes.push(otherBytes(facts, check, artifact, view));
    else {
      const written = writtenMs(artifact.times?.createdUtc ?? null, artifact.times?.modifiedUtc ?? null, evictedMs);
      outcomes.push(
        stillThere(facts, check, view, written, evictedMs, [facts.fileProof(artifact)], say.fileThere(check.path, check.host)),
      );
    }
  }
  if (own.length > 0) return outcomes;
  const beside = files.filter((artifact) => {
    const folder = folderOf(placeOf(artifact));
    return page === null
      ? folder === folderOf(wanted)
      : (pageOfFile(`${folder}x.aspx`) ?? '').replace(/x\.aspx$/, '') === page.slice(0, page.lastIndexOf('/') + 1);
  });
  // Whoever copies all but pages has none of the folder's: a disk that was read is whole, else another one of its ending shows it.
  const ending = endingOf(check.path);
  const whole = beside.filter(
    ({ root, collection }) =>
      ending === null ||
      collection?.collector === 'mounted-image' ||
      files.some((one) => one.root === root && endingOf(placeOf(one)) === ending),
  );
  return whole.length === 0
    ? []
    : [
        isDone(say.fileAbsent(check.path, check.host), facts.viewOf(whole[0]!.path, check.host), facts.stateMs(whole[0]!), [
          facts.fileProof(whole[0]!),
        ]),
      ];
}

/** Another shell in the place of the first one is no clean file. */
function otherBytes(facts: Facts, check: Asked, artifact: ObservedArtifact, view: Outcome['view'] & string): Outcome {
  const proof = [facts.fileProof(artifact)];
  const bad = facts.after.findings.find(
    ({ confidence, declared, stage, evidence }) =>
      confidence !== 'possible' &&
      declared === null &&
      stageRank(stage) >= stageRank('exploited') &&
      evidence.some((row) => row.artifact === artifact.path),
  );
  return bad === undefined
    ? isDone(say.fileOther(check.path, check.host), view, null, proof)
    : notDone(say.fileOtherBad(check.path, check.host, bad.title), view, proof, 'again');
}

/** The bytes that the case knew at that place. */
function knownHash(facts: Facts, check: Asked): string | null {
  if (check.sha256 !== undefined && check.sha256 !== null) return check.sha256;
  return null;
}

function inListings(facts: Facts, step: number, check: Asked, evictedMs: number): Outcome[] {
  const fresh = ({ row }: Found): boolean => !facts.isOld(row.artifact) && facts.isAfter(row.artifact);
  const listed = facts.hits(step, 'listed', check.host).filter(fresh);
  if (listed.length > 0) {
    return listed.slice(0, 3).map(({ row }) => {
      const view = facts.viewOf(row.artifact, check.host);
      const hash = (row.values['file.hash'] ?? '').toLowerCase();
      const known = knownHash(facts, check);
      if (known !== null && /^[0-9a-f]{64}$/.test(hash) && hash !== known)
        return isDone(say.fileOther(check.path, check.host), view, null, [facts.proof(row)]);
      const written = writtenMs(row.fields.Created ?? null, row.fields.Modified ?? null, evictedMs);
      return stillThere(facts, check, view, written, evictedMs, [facts.proof(row)], say.fileListed(check.path, check.host));
    });
  }
  // A list of scripts has no page in it, whatever stands there: it must have another file of that ending.
  const holds = new Set(facts.hits(step, 'ending', check.host).map(({ row }) => row.artifact));
  const folder = facts
    .hits(step, 'folder', check.host)
    .filter(fresh)
    .filter(({ row }) => endingOf(check.path) === null || holds.has(row.artifact));
  return folder.length === 0
    ? []
    : [
        isDone(
          say.fileUnlisted(check.path, check.host),
          facts.viewOf(folder[0]!.row.artifact, check.host),
          facts.stateMs(facts.artifact(folder[0]!.row.artifact)!),
          [facts.proof(folder[0]!.row)],
        ),
      ];
}

/** Zones reach this far from UTC. */
const zonesMs = 14 * hourMs;

/**
 * The later of both times: a copy keeps the one and gets the other. A time without a zone is the server's own; it tells before from after
 * where no zone could turn it round.
 */
function writtenMs(created: string | null, modified: string | null, evictedMs: number): number | null {
  const times = [created, modified].flatMap((text) => {
    const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z?)$/.exec((text ?? '').trim());
    if (match === null) return [];
    const ms = Date.parse(`${match[1]!}T${match[2]!}:00Z`);
    return Number.isNaN(ms) || (match[3] === '' && Math.abs(ms - evictedMs) < zonesMs) ? [] : [ms];
  });
  return times.length === 0 ? null : Math.max(...times);
}

function stillThere(
  facts: Facts,
  check: Asked,
  view: Outcome['view'] & string,
  written: number | null,
  evictedMs: number,
  evidence: Outcome['evidence'],
  text: string,
): Outcome {
  if (written !== null && written > Math.min(evictedMs, facts.endMs))
    return notDone(say.fileAgain(check.path, check.host, written), view, evidence, 'again');
  return notDone(text + (written === null ? say.fileSince : say.fileLeft(written)), view, evidence, 'leftover');
}
