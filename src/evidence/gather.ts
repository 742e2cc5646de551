import { type Files, FileError, type OpenSource } from '../core/platform.ts';
import { Problems } from '../core/problem.ts';
import { byCodeUnit } from '../core/text.ts';
import { readers } from '../read/index.ts';
import type { Artifact, Part } from './artifact.ts';
import { place } from './canonical-path.ts';
import { noteWords } from './mentions.ts';
import { segment } from './pasted.ts';
import { readHead } from './text-head.ts';

export interface GatherLimits {
  readonly depth: number;
  readonly files: number;
  /** A text that no reader is sure of is cut into parts only up to this size. */
  readonly pastedBytes: number;
}

export const gatherLimits: GatherLimits = { depth: 256, files: 2_000_000, pastedBytes: 16 << 20 };

/** Problems of the hand-over itself: folders that could not be listed, links that were not followed. */
export interface PlaceProblem {
  readonly path: string;
  readonly code: 'evidence.unreadable' | 'evidence.link' | 'evidence.loop' | 'evidence.limit' | 'evidence.own_output';
  readonly found?: string;
}

export interface Gathered {
  /** Sorted by path. */
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly PlaceProblem[];
}

interface Found {
  readonly path: string;
  readonly label: string;
}

/** Walks what the user named and recognises every file. Follows no link below it; never throws for bad evidence. */
export function gather(roots: readonly string[], files: Files, limits: GatherLimits = gatherLimits): Gathered {
  const problems: PlaceProblem[] = [];
  const found: Found[] = [];
  const labels = new Set<string>();
  for (const root of roots) {
    const facts = files.facts(root, true);
    let label = files.baseName(root);
    for (let copy = 2; labels.has(label); copy++) label = `${files.baseName(root)}-${copy}`;
    labels.add(label);
    if (facts.kind === 'directory') walk(files, root, roots.length === 1 ? '' : label, limits, found, problems);
    else found.push({ path: root, label });
  }
  const artifacts = found.map(({ path, label }) => recognise(files, path, label, limits));
  artifacts.sort((a, b) => byCodeUnit(a.path, b.path));
  problems.sort((a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.code, b.code));
  return { artifacts, problems };
}

function walk(
  files: Files,
  root: string,
  rootLabel: string,
  limits: GatherLimits,
  found: Found[],
  problems: PlaceProblem[],
): void {
  const top = files.resolve(root);
  const pending = [{ path: root, label: rootLabel, depth: 0, above: [files.facts(root, true).identity] }];
  while (pending.length > 0) {
    const { path, label, depth, above } = pending.pop()!;
    let entries: ReturnType<Files['list']>;
    try {
      entries = files.list(path);
    } catch (error) {
      problems.push({ path: label === '' ? '.' : label, code: 'evidence.unreadable', found: codeOf(error) });
      continue;
    }
    if (isOwnCase(files, path, entries)) {
      problems.push({ path: label === '' ? '.' : label, code: 'evidence.own_output' });
      continue;
    }
    for (const { name, kind } of entries) {
      const entryPath = files.join(path, name);
      const entryLabel = label === '' ? name : `${label}/${name}`;
      if (kind === 'link') problems.push({ path: entryLabel, ...whereTo(files, path, entryPath, top) });
      else if (kind === 'file') {
        if (found.length >= limits.files) {
          // Said once: nobody reads a million of the same line.
          problems.push({ path: entryLabel, code: 'evidence.limit', found: `${limits.files} files` });
          return;
        }
        found.push({ path: entryPath, label: entryLabel });
      } else if (kind === 'directory') {
        let identity = '';
        try {
          identity = files.facts(entryPath, false).identity;
        } catch (error) {
          problems.push({ path: entryLabel, code: 'evidence.unreadable', found: codeOf(error) });
          continue;
        }
        if (above.includes(identity)) problems.push({ path: entryLabel, code: 'evidence.loop' });
        else if (depth + 1 > limits.depth)
          problems.push({ path: entryLabel, code: 'evidence.limit', found: `${limits.depth} folders deep` });
        else pending.push({ path: entryPath, label: entryLabel, depth: depth + 1, above: [...above, identity] });
      } else problems.push({ path: entryLabel, code: 'evidence.unreadable', found: 'neither a file nor a folder' });
    }
  }
}

const within = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`) || path.startsWith(`${folder}\\`);

function whereTo(files: Files, folder: string, link: string, top: string): Pick<PlaceProblem, 'code' | 'found'> {
  try {
    const target = files.resolve(link);
    if (within(files.resolve(folder), target)) return { code: 'evidence.loop' };
    const found = within(target, top) ? 'its target is read where it stands' : 'it leads out of what was handed in';
    return { code: 'evidence.link', found };
  } catch (error) {
    return { code: codeOf(error) === 'ELOOP' ? 'evidence.loop' : 'evidence.link', found: codeOf(error) };
  }
}

/** A case folder of ours is never evidence. */
function isOwnCase(files: Files, path: string, entries: ReturnType<Files['list']>): boolean {
  if (!entries.some(({ name }) => name === 'run.json') || !entries.some(({ name }) => name === 'assessment.json')) return false;
  try {
    const source = files.open(files.join(path, 'assessment.json'));
    try {
      return new TextDecoder().decode(readFrom(source, 256)).includes('"afterpatch.assessment/');
    } finally {
      source.close();
    }
  } catch {
    return false;
  }
}

const codeOf = (error: unknown): string => (error instanceof FileError ? error.code : String(error));

const headBytes = 64 << 10;

/** The first bytes, as many as there are up to `most`; one read may give fewer. */
function readFrom(source: OpenSource, most: number): Uint8Array {
  const into = new Uint8Array(Math.min(most, source.byteLength));
  let done = 0;
  while (done < into.length) {
    const got = source.read(done, into.subarray(done));
    if (got <= 0) break;
    done += got;
  }
  return into.subarray(0, done);
}

function recognise(files: Files, path: string, label: string, limits: GatherLimits): Artifact {
  const placement = place(label);
  const problems = new Problems();
  const base = {
    path: label,
    canonicalPath: placement.canonicalPath,
    root: placement.root,
    open: (): OpenSource => files.open(path),
  };
  const plain = { encoding: 'utf8', lineEnd: 10, parts: [], kind: null } as const;
  let source: OpenSource;
  try {
    source = files.open(path);
  } catch (error) {
    problems.add('evidence.unreadable', 0, { found: codeOf(error) });
    return { ...base, ...plain, bytes: 0, notRead: 'it could not be opened', problems: problems.list() };
  }
  try {
    const bytes = source.byteLength;
    if (bytes === 0) {
      problems.add('evidence.empty', 0);
      return { ...base, ...plain, bytes, notRead: 'it is empty', problems: problems.list() };
    }
    const head = readHead(readFrom(source, headBytes));
    if (head.text === null) {
      problems.add('evidence.not_read', 0);
      return { ...base, ...plain, bytes, notRead: 'no kind of file that is read yet', problems: problems.list() };
    }
    const { encoding, lineEnd } = head;
    const windowsPath = (placement.canonicalPath ?? label).replaceAll('/', '\\');
    const best = readers
      .map((reader) => ({ reader, score: reader.recognise(head.text!, windowsPath) }))
      .reduce((a, b) => (b.score > a.score ? b : a));
    if (best.score >= 0.9) {
      const part: Part = { kind: best.reader.kind, at: 0, end: bytes, firstLine: 0, excerpt: false };
      return { ...base, bytes, encoding, lineEnd, parts: [part], kind: part.kind, notRead: null, problems: [] };
    }
    if (bytes <= limits.pastedBytes) {
      const { parts } = segment(readFrom(source, bytes), encoding, lineEnd);
      if (parts.length > 0)
        return { ...base, bytes, encoding, lineEnd, parts, kind: parts[0]!.kind, notRead: null, problems: [] };
    }
    if (best.score > 0.5) {
      const part: Part = { kind: best.reader.kind, at: 0, end: bytes, firstLine: 0, excerpt: true };
      return { ...base, bytes, encoding, lineEnd, parts: [part], kind: part.kind, notRead: null, problems: [] };
    }
    problems.add('evidence.not_read', 0);
    return { ...base, ...plain, bytes, notRead: noteWords(head.text), problems: problems.list() };
  } catch (error) {
    problems.add('evidence.unreadable', 0, { found: codeOf(error) });
    return { ...base, ...plain, bytes: source.byteLength, notRead: 'it could not be read', problems: problems.list() };
  } finally {
    source.close();
  }
}
