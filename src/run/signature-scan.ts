/**
 * Signatures over the files of a server: after everything was read and hashed, what is no log is read once more, in groups, and handed to
 * an engine of its own. What is known to be good by its hash is left out. Groups are cut by the files alone, so that nothing depends on
 * the number of workers; what matches does not depend on the groups either.
 */
import { FileError } from '../core/platform.ts';
import { type Problem, Problems } from '../core/problem.ts';
import type { SignatureHit, SignatureSource, UnrunSignature } from '../core/signature.ts';
import { byCodeUnit } from '../core/text.ts';
import { checkSource, type Engine, type FileNames, type FoundSignature, GroupScan, type TestedFile } from '../detect/index.ts';
import { type Artifact, type Gathered, readFully } from '../evidence/index.ts';
import type { Observed, ObservedArtifact } from './observed.ts';

export interface LoadedSignatures {
  readonly rules: number;
  readonly unrun: readonly UnrunSignature[];
}

export interface SignatureScanner {
  /** Rejects only where no engine runs at all. */
  load(sources: readonly SignatureSource[]): Promise<LoadedSignatures>;
  /** Of each file what matches it; null: the engine failed on them, and is ready for others. */
  scan(files: readonly TestedFile[]): Promise<readonly (readonly FoundSignature[])[] | null>;
  /** Why nothing is asked of the engine any more; null, or left out: it is. */
  givenUp?(): string | null;
  close(): Promise<void>;
}

export interface SignatureOptions {
  readonly scanner: SignatureScanner;
  /** Signatures that the scanner is told when the first file is there; left out: it knows them already. */
  readonly later?: readonly SignatureSource[];
  /** Hashes that are known to be good; left out: none are known. */
  readonly known?: (sha256: string) => boolean;
  readonly signal: AbortSignal;
  readonly limits?: SignatureLimits;
}

export interface SignatureLimits {
  readonly fileBytes: number;
  readonly groupBytes: number;
  readonly groupFiles: number;
  readonly hits: number;
}
export const signatureLimits: SignatureLimits = { fileBytes: 64 << 20, groupBytes: 4 << 20, groupFiles: 1024, hits: 20_000 };

/** A group that the engine failed on is asked in pieces of so many, then one by one. */
const pieceFiles = 64;

/** Files that stand on a server for themselves, whoever else reads them. */
const fileOfDisk =
  /\.(?:as[pmhc]x|ashx|asax|asp|asa|cer|cshtml|vbhtml|master|svc|config|compiled|dll|exe|sys|ocx|scr|jspx?|php\d?|phtml|ps[md]?1|bat|cmd|vbs|vbe|js|jse|wsf|hta|lnk|py|pl|jar|war|class|html?)$/i;

/** A file of the disk by its name; where somebody named signatures of his own also what nothing reads as a log. */
const isFood = ({ kind, role, sealed, bytes, path }: Artifact, any: boolean): boolean =>
  role === 'evidence' && !sealed && bytes > 0 && ((any && kind === null) || fileOfDisk.test(path));

function namesOf({ path, canonicalPath }: Artifact): FileNames {
  const filepath = (canonicalPath ?? path).replaceAll('/', '\\');
  const filename = filepath.slice(filepath.lastIndexOf('\\') + 1);
  const dot = filename.lastIndexOf('.');
  return { filename, filepath, extension: dot === -1 ? '' : filename.slice(dot), filetype: '', owner: '' };
}

interface Waiting {
  readonly artifact: Artifact;
  readonly file: TestedFile;
}

export async function scanSignatures(gathered: Gathered, observed: Observed, options: SignatureOptions): Promise<Observed> {
  const limits = options.limits ?? signatureLimits;
  const seen = new Map(observed.artifacts.map((artifact) => [artifact.path, artifact]));
  const problems = new Map<string, Problems>();
  const hits: SignatureHit[] = [];
  let left = 0;
  const say = (
    path: string,
    code: 'signature.limit' | 'signature.engine',
    detail: { expected?: string; found?: string },
  ): void => {
    const own = problems.get(path) ?? new Problems();
    own.add(code, 0, detail);
    problems.set(path, own);
  };
  const take = (artifact: Artifact, found: readonly FoundSignature[]): void => {
    for (const one of found) {
      if (hits.length >= limits.hits) {
        if (left++ === 0) say(artifact.path, 'signature.limit', { expected: `at most ${limits.hits} matches of signatures` });
      } else hits.push({ artifact: artifact.path, ...one });
    }
  };
  const ask = async (group: readonly Waiting[]): Promise<void> => {
    const found = await options.scanner.scan(group.map(({ file }) => file));
    if (found !== null) for (const [index, { artifact }] of group.entries()) take(artifact, found[index]!);
    else {
      const over = options.scanner.givenUp?.() ?? null;
      if (over !== null) for (const { artifact } of group) say(artifact.path, 'signature.engine', { found: over });
      else if (group.length === 1) say(group[0]!.artifact.path, 'signature.engine', {});
      // One of them is at fault: each by itself says which. Every failure costs an engine, so that it is no search by halves.
      else {
        const piece = group.length > pieceFiles ? pieceFiles : 1;
        for (let at = 0; at < group.length; at += piece) await ask(group.slice(at, at + piece));
      }
    }
  };
  let group: Waiting[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (group.length > 0) await ask(group);
    group = [];
    bytes = 0;
  };
  let { later } = options;
  for (const artifact of gathered.artifacts.toSorted((a, b) => a.order - b.order)) {
    options.signal.throwIfAborted();
    const { sha256 = null } = seen.get(artifact.path) ?? {};
    if (!isFood(artifact, options.later === undefined) || (sha256 !== null && options.known?.(sha256) === true)) continue;
    if (artifact.bytes > limits.fileBytes) {
      say(artifact.path, 'signature.limit', { expected: `at most ${limits.fileBytes} bytes`, found: String(artifact.bytes) });
      continue;
    }
    const read = contentOf(artifact);
    if (read === null) continue;
    if (later !== undefined) await options.scanner.load(later);
    later = undefined;
    if (group.length > 0 && (bytes + read.length > limits.groupBytes || group.length >= limits.groupFiles)) await flush();
    group.push({ artifact, file: { bytes: read, names: namesOf(artifact) } });
    bytes += read.length;
  }
  await flush();
  hits.sort(
    (a, b) =>
      byCodeUnit(a.artifact, b.artifact) || byCodeUnit(a.about.file, b.about.file) || byCodeUnit(a.about.rule, b.about.rule),
  );
  return {
    ...observed,
    signatureHits: hits,
    artifacts: observed.artifacts.map((artifact) => withProblems(artifact, problems.get(artifact.path)?.list() ?? [])),
  };
}

const withProblems = (artifact: ObservedArtifact, own: readonly Problem[]): ObservedArtifact =>
  own.length === 0 ? artifact : { ...artifact, problems: [...artifact.problems, ...own] };

/** null: it cannot be read, which was said when it was read first. */
function contentOf(artifact: Artifact): Uint8Array | null {
  try {
    const source = artifact.open();
    try {
      return readFully(source, 0, new Uint8Array(artifact.bytes));
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
}

/** In the calling thread, where an engine is at hand that does not trap: for tests, and what threads are held against. */
export function inlineSignatures(engine: Engine): SignatureScanner {
  let scan: GroupScan | null = null;
  return {
    load: async (sources) => {
      const checked = sources.map((source) => checkSource(engine, source));
      scan = new GroupScan(
        engine,
        checked.flatMap(({ source }) => (source === null ? [] : [source])),
      );
      return {
        rules: checked.reduce((sum, { source }) => sum + (source?.rules ?? 0), 0),
        unrun: checked.flatMap(({ unrun }) => unrun),
      };
    },
    scan: async (files) => scan!.scan(files),
    close: async () => scan?.free(),
  };
}
