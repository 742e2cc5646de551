/** One file → one artifact: which reader reads it, in which parts, or why none does. */
import type { Hasher, OpenSource } from '../core/platform.ts';
import { FileError } from '../core/platform.ts';
import { type Problem, Problems } from '../core/problem.ts';
import { readerOf, readers, runsAsPage, webPage } from '../read/index.ts';
import { readFully } from './archive/index.ts';
import { articleOf } from './article.ts';
import type { Artifact, Part } from './artifact.ts';
import { place } from '../core/canonical-path.ts';
import { type Foreign, foreignOf } from './foreign.ts';
import { mentionsIn, noteWords } from './mentions.ts';
import { carried } from './carried.ts';
import { segment } from './pasted.ts';
import { readHead } from './text-head.ts';
import { codeOf } from './walk.ts';

/** A file of the hand-over, wherever it lies. */
export interface Item {
  readonly label: string;
  readonly order: number;
  readonly unpackedBefore: number;
  readonly within: string | null;
  /** Of the file that it is or lies in; see {@link Artifact.stamp}. */
  readonly stamp?: string | null;
  readonly open: () => OpenSource;
  /** What is known to be wrong with it before it is read. */
  readonly problems: readonly Problem[];
}

export const headBytes = 64 << 10;
/** Rows of a log behind the mark of a mail, under whatever header: no log writes them so. */
const quotedRow = /^ {0,4}> ?"?\d{4}-\d\d-\d\d[ T]/m;
/** Bytes at the beginning that copies of one log have in common, however much was written since. */
export const headHashBytes = 4 << 10;

const nothing = { sealed: false, encoding: 'utf8', lineEnd: 10, parts: [], kind: null, headHash: null } as const;

function common(
  item: Item,
): Pick<
  Artifact,
  'path' | 'canonicalPath' | 'root' | 'collection' | 'times' | 'role' | 'within' | 'order' | 'unpackedBefore' | 'stamp' | 'open'
> {
  const { canonicalPath, root } = place(item.label);
  return {
    path: item.label,
    canonicalPath,
    root,
    collection: null,
    times: null,
    role: 'evidence',
    within: item.within,
    order: item.order,
    unpackedBefore: item.unpackedBefore,
    stamp: item.stamp ?? null,
    open: item.open,
  };
}

/** An artifact that stands in the list with its reason, and is not read. */
export function unread(item: Item, bytes: number, why: string, problems: readonly Problem[]): Artifact {
  return { ...common(item), ...nothing, bytes, notRead: why, problems };
}

/** An entry that nothing can open. */
export function sealed(item: Item, bytes: number, why: string): Artifact {
  return { ...unread(item, bytes, why, item.problems), sealed: true };
}

/** What came with the evidence and is none: it is listed with what it is, and nothing in it is matched. */
function notEvidence(item: Item, bytes: number, { what, kind }: Foreign): Artifact {
  const code = { disk_image: 'evidence.disk_image', own_output: 'evidence.own_output' } as const;
  const problems = new Problems();
  problems.addAll(item.problems);
  problems.add(kind === 'disk_image' || kind === 'own_output' ? code[kind] : 'evidence.foreign_output', 0, { found: what });
  return { ...unread(item, bytes, what, problems.list()), role: 'foreign' };
}

/** What a collector wrote about its own work: read for times and places, never matched. */
export function collectors(artifact: Artifact): Artifact {
  return {
    ...artifact,
    role: 'collector',
    parts: [],
    kind: null,
    notRead: 'what a collector wrote about its own work',
    problems: [
      ...artifact.problems.filter(({ code }) => code !== 'evidence.not_read' && code !== 'evidence.foreign_output'),
      { code: 'evidence.collector', at: 0, count: 1 },
    ],
  };
}

/** A table that a collector's own module made of the evidence: the evidence itself is what is read. */
export function foreignTable(artifact: Artifact): Artifact {
  return {
    ...artifact,
    role: 'foreign',
    notRead: 'a table that a collector made of the evidence',
    problems: [
      ...artifact.problems.filter(({ code }) => code !== 'evidence.not_read'),
      { code: 'evidence.foreign_output', at: 0, count: 1 },
    ],
  };
}

/** An archive: its bytes are hashed, what is in it stands beside it. */
export function container(item: Item, bytes: number, kind: string, problems: readonly Problem[]): Artifact {
  return { ...common(item), ...nothing, role: 'container', kind, bytes, notRead: null, problems };
}

/** @param head the first 64 KiB, as far as there are so many */
export function recognise(item: Item, source: OpenSource, head: Uint8Array, hasher: Hasher, pastedBytes: number): Artifact {
  const problems = new Problems();
  problems.addAll(item.problems);
  const bytes = source.byteLength;
  if (bytes === 0) {
    problems.add('evidence.empty', 0);
    return unread(item, bytes, 'it is empty', problems.list());
  }
  hasher.update(head.subarray(0, headHashBytes));
  const headHash = hasher.hex();
  const base = common(item);
  const windowsPath = (base.canonicalPath ?? item.label).replaceAll('/', '\\');
  if (base.canonicalPath !== null && runsAsPage(windowsPath)) {
    const encoding = readHead(head);
    const parts = [{ kind: webPage.kind, at: 0, end: bytes, firstLine: 0, excerpt: false }];
    const text = encoding.text === null ? {} : { encoding: encoding.encoding, lineEnd: encoding.lineEnd };
    return { ...base, ...nothing, ...text, headHash, bytes, parts, kind: webPage.kind, notRead: null, problems: problems.list() };
  }
  const binary = readers.find((reader) => (reader.recogniseBytes?.(head, windowsPath) ?? 0) >= 0.9);
  if (binary !== undefined) {
    const parts = believed([{ kind: binary.kind, at: 0, end: bytes, firstLine: 0, excerpt: false }], windowsPath, problems);
    return { ...base, ...nothing, headHash, bytes, parts, kind: binary.kind, notRead: null, problems: problems.list() };
  }
  const text = readHead(head);
  if (text.text === null) {
    const foreign = foreignOf(item.label, null, head);
    if (foreign !== null) return { ...notEvidence(item, bytes, foreign), headHash };
    if (isPartOfPages(windowsPath)) return { ...unread(item, bytes, partOfPages, problems.list()), headHash };
    problems.add('evidence.not_read', 0);
    return { ...unread(item, bytes, 'no kind of file that is read yet', problems.list()), headHash };
  }
  const { encoding, lineEnd } = text;
  const read = (parts: readonly Part[]): Artifact => ({
    ...base,
    headHash,
    bytes,
    sealed: false,
    encoding,
    lineEnd,
    parts: believed(parts, windowsPath, problems),
    kind: parts[0]!.kind,
    notRead: null,
    problems: problems.list(),
  });
  const best = surest(text.text, windowsPath);
  const whole = (excerpt: boolean): Part[] => [{ kind: best.kind, at: 0, end: bytes, firstLine: 0, excerpt }];
  // Behind free words something else may begin, which only a look at all lines shows.
  const quoted = quotedRow.test(text.text.slice(0, 8192));
  const loose = (readerOf(best.kind)?.freeText === true || quoted) && bytes <= pastedBytes;
  if (best.score >= 0.9 && !loose) return read(whole(false));
  // Rules quote rows behind marks and blanks, as mails do: they are asked for before the text is cut.
  const foreign = foreignOf(item.label, text.text, head);
  if (foreign !== null) return { ...notEvidence(item, bytes, foreign), headHash };
  if (best.score < 0.5 && isPartOfPages(windowsPath)) return { ...unread(item, bytes, partOfPages, problems.list()), headHash };
  // Words that an intruder got into a log must not turn it into an article.
  const small = bytes <= pastedBytes;
  const mayCarry =
    small && best.score < 0.9 && (/^\uFEFF?\s{0,1000}[[{]/.test(text.text) || /[,;\t|]/.test(text.text.slice(0, 4096)));
  const carrying = mayCarry ? carried(wholeOf(source), encoding) : null;
  if (carrying !== null) {
    problems.addAll(carrying.problems);
    problems.add('text.mended', carrying.parts[0]!.at, { found: carrying.by });
    return { ...read(carrying.parts), mend: mendCarried(encoding) };
  }
  const article = best.score < 0.5 ? articleOf(text.text) : null;
  if (article !== null) {
    problems.add('evidence.article', 0);
    return { ...unread(item, bytes, noteWords(article, text.text), problems.list()), role: 'foreign', headHash };
  }
  if (small) {
    const { parts, notes, damages, mended } = segment(wholeOf(source), encoding, lineEnd);
    if (damages.givenUpAt !== null)
      problems.add('evidence.limit', damages.givenUpAt, { found: 'damaged lines that are no rows' });
    if (parts.length > 0) {
      if (notes.lines > 0) problems.add('text.note', notes.at, noted(mentionsIn(notes.text)), notes.lines);
      if (mended.size === 0) return read(parts);
      problems.add('text.mended', damages.at, { found: [...damages.kinds].join(', ') }, damages.lines);
      return { ...read(parts), mend: mendPasted(encoding, lineEnd) };
    }
  }
  if (best.score > 0.5) return read(whole(true));
  problems.add('evidence.not_read', 0);
  const note = noteWords('a text in which no line of a known log was found', text.text);
  return { ...unread(item, bytes, note, problems.list()), headHash };
}

/** Of equals the first. None is surer than one that is quite sure: of ten thousand logs of a server most are, and the others are not asked. */
function surest(text: string, windowsPath: string): { readonly kind: string; readonly score: number } {
  let best = { kind: '', score: -1 };
  for (const { kind, recognise: asked } of readers) {
    const score = asked(text, windowsPath);
    if (score > best.score) best = { kind, score };
    if (score >= 1) break;
  }
  return best;
}

/** Folders that a web server publishes; its logs are never written there. */
const published = /(?:^|\\)(?:inetpub\\wwwroot|FrontEnd\\HttpProxy|ClientAccess)\\/i;

/**
 * What pages are made of and no server runs: scripts for the browser, styles, pictures, fonts, descriptions of services, address books, and libraries.
 * A web folder of Exchange has ten thousand of them. They are listed and hashed, and that none of them is a log is no news.
 */
const isPartOfPages = (windowsPath: string): boolean =>
  published.test(windowsPath) &&
  !/\\(?:Logging|LogFiles|Logs)\\/i.test(windowsPath) &&
  !/\.(?:log\d*|txt|csv|tsv|evtx|etl|zip|7z|rar|gz|tar|tgz|dmp|mdmp|pst|ps[md]?1|bat|cmd|vbs|vbe|py|pl|sh)$/i.test(windowsPath);
const partOfPages = 'a part of the web folders that is no page and no log';

/** A log that lies among pages can be written by whoever can write a page: its rows count, and it speaks for no span of time. */
function believed(parts: readonly Part[], windowsPath: string, problems: Problems): readonly Part[] {
  if (!published.test(windowsPath) || /\\(?:Logging|LogFiles|Logs)\\/i.test(windowsPath)) return parts;
  if (!parts.some(({ kind }) => readerOf(kind)?.speaksFor === 'span')) return parts;
  problems.add('evidence.published', 0);
  return parts.map((part) => (readerOf(part.kind)?.speaksFor === 'span' ? { ...part, excerpt: true } : part));
}

const wholeOf = (source: OpenSource): Uint8Array => readFully(source, 0, new Uint8Array(source.byteLength));

/** What is read in the place of parts is made anew where it is wanted: to keep it for a hand-over of many texts would have no bound. */
const mendCarried =
  (encoding: Artifact['encoding']): NonNullable<Artifact['mend']> =>
  (source) => [...(carried(wholeOf(source), encoding)?.mended.values() ?? [])];
const mendPasted =
  (encoding: Artifact['encoding'], lineEnd: Artifact['lineEnd']): NonNullable<Artifact['mend']> =>
  (source) => {
    const { parts, mended } = segment(wholeOf(source), encoding, lineEnd);
    return parts.map((part) => mended.get(part) ?? null);
  };

const noted = (mentions: readonly string[]): { readonly found?: string } =>
  mentions.length === 0 ? {} : { found: mentions.join(', ') };

/** Opens, looks at the head, and closes; what cannot be opened is an artifact, too. */
export function opened<T>(item: Item, look: (source: OpenSource, head: Uint8Array) => T): T | Artifact {
  const problems = new Problems();
  problems.addAll(item.problems);
  let source: OpenSource;
  try {
    source = item.open();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    problems.add(error.code === 'ENOENT' ? 'evidence.vanished' : error.problem, 0, { found: error.code });
    return unread(item, 0, 'it could not be opened', problems.list());
  }
  try {
    return look(source, readFully(source, 0, new Uint8Array(Math.min(headBytes, source.byteLength))));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    problems.add(error.problem, 0, { found: codeOf(error) });
    return unread(item, source.byteLength, 'it could not be read', problems.list());
  } finally {
    source.close();
  }
}
