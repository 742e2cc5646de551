/** What would be read of a hand-over, as what, and what would not: a table for a terminal, or the same as data. */
import type { Problem } from '../core/problem.ts';
import { problemCodes } from '../core/problem.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Artifact, Gathered } from '../evidence/index.ts';
import { messagesOf } from './messages.ts';
import type { Language } from './messages.ts';
import { cellsOf, clip, clipStart, terminalText, wrap } from './terminal-text.ts';

export interface EvidenceListOptions {
  readonly lang: Language;
  /** Columns; fewer than 40 count as 40. */
  readonly width: number;
  /** Every file by itself, instead of one line for all of a kind in a folder. */
  readonly files: boolean;
}

/** One file of the hand-over as data. */
export interface ListedFile {
  readonly path: string;
  readonly role: Artifact['role'];
  readonly kind: string | null;
  /** The folder of one server in one collection. */
  readonly root: string;
  readonly canonicalPath: string | null;
  readonly host: string | null;
  readonly collector: string | null;
  readonly collectedUtc: string | null;
  readonly bytes: number;
  /** null: it is read. */
  readonly notRead: string | null;
  readonly problems: readonly Problem[];
}

export interface EvidenceList {
  readonly schema: 'afterpatch.evidence-list/1';
  readonly files: readonly ListedFile[];
  readonly problems: Gathered['problems'];
}

export function evidenceList({ artifacts, problems }: Gathered): EvidenceList {
  return {
    schema: 'afterpatch.evidence-list/1',
    files: artifacts.map(({ path, role, kind, root, canonicalPath, collection, bytes, notRead, problems: own }): ListedFile => ({
      path,
      role,
      kind,
      root,
      canonicalPath,
      host: collection?.host ?? null,
      collector: collection?.collector ?? null,
      collectedUtc: collection?.collectedUtc ?? null,
      bytes,
      notRead,
      problems: own,
    })),
    problems,
  };
}

export function renderEvidenceList(gathered: Gathered, options: EvidenceListOptions): string {
  const say = messagesOf(options.lang);
  const words = say.evidenceList;
  const width = Math.max(40, options.width);
  const { files, problems } = evidenceList(gathered);
  const read = files.filter(({ role, notRead }) => role === 'evidence' && notRead === null);
  const archives = files.filter(({ role, notRead }) => role === 'container' && notRead === null);
  const others = files.filter(({ role, notRead }) => notRead !== null || role === 'collector' || role === 'foreign');
  const lines = [words.summary(read.length, say.bytes(sum(read)), archives.length, others.length), ''];
  for (const [title, some, whatOf] of [
    [words.read, read, (file: ListedFile) => say.source(file.kind ?? '')],
    [words.archives, archives, (file: ListedFile) => file.kind ?? ''],
    [words.notRead, others, (file: ListedFile) => file.notRead ?? words.roles[file.role]],
  ] as const) {
    if (some.length > 0) lines.push(title, ...(options.files ? each(some, whatOf) : grouped(some, whatOf, words.filesOf)), '');
  }
  const trouble = troubles(files, problems);
  if (trouble.length > 0) lines.push(words.problems, ...trouble, '');
  return lines
    .flatMap((line) =>
      cellsOf(line) <= width ? [line] : line.startsWith('  ') ? wrap(line.trim(), width, 4) : wrap(line, width),
    )
    .join('\n');

  function each(some: readonly ListedFile[], whatOf: (file: ListedFile) => string): string[] {
    return some.flatMap((file) => [
      `  ${clip(file.path, width - 2)}`,
      `    ${[whatOf(file), say.bytes(file.bytes), file.host ?? '', file.canonicalPath ?? '']
        .filter((part) => part !== '')
        .map(terminalText)
        .join('; ')}`,
    ]);
  }

  function grouped(
    some: readonly ListedFile[],
    whatOf: (file: ListedFile) => string,
    filesOf: (count: number) => string,
  ): string[] {
    const groups = new Map<string, { what: string; place: string; from: string; count: number; bytes: number }>();
    for (const file of some) {
      const what = whatOf(file);
      const place = folderOf(file);
      const from = [file.host, file.collector === 'plain' ? null : file.collector, file.collectedUtc]
        .filter((part) => part !== null)
        .join(', ');
      const key = JSON.stringify([what, place, from]);
      const group = groups.get(key) ?? { what, place, from, count: 0, bytes: 0 };
      group.count++;
      group.bytes += file.bytes;
      groups.set(key, group);
    }
    const sorted = [...groups.values()].sort(
      (a, b) => byCodeUnit(a.what, b.what) || byCodeUnit(a.from, b.from) || byCodeUnit(a.place, b.place),
    );
    return sorted.flatMap(({ what, place, from, count, bytes }) => [
      `  ${terminalText(what)}: ${filesOf(count)}, ${say.bytes(bytes)}${from === '' ? '' : ` (${terminalText(from)})`}`,
      `    ${clipStart(place, width - 4)}`,
    ]);
  }

  function troubles(some: readonly ListedFile[], ofPlace: Gathered['problems']): string[] {
    const all = [
      ...ofPlace.map(({ path, code, found }) => ({ path, code, count: 1, found })),
      ...some.flatMap(({ path, problems: own }) => own.map(({ code, count, found }) => ({ path, code, count, found }))),
    ].filter(({ code }) => code !== 'evidence.not_read' && code !== 'evidence.collector');
    const byCode = new Map<string, typeof all>();
    for (const one of all) {
      const ones = byCode.get(one.code);
      if (ones === undefined) byCode.set(one.code, [one]);
      else ones.push(one);
    }
    const shownOfEach = 3;
    return [...byCode]
      .sort((a, b) => byCodeUnit(a[0], b[0]))
      .flatMap(([code, ones]) => [
        `  ${code}: ${problemCodes[code as keyof typeof problemCodes].says}`,
        ...ones
          .slice(0, options.files ? ones.length : shownOfEach)
          .map(
            ({ path, count, found }) =>
              `    ${clip(`${path}${count > 1 ? ` (${count} x)` : ''}${found === undefined ? '' : `: ${found}`}`, width - 4)}`,
          ),
        ...(options.files || ones.length <= shownOfEach ? [] : [`    ${words.more(ones.length - shownOfEach)}`]),
      ]);
  }
}

const sum = (files: readonly ListedFile[]): number => files.reduce((bytes, file) => bytes + file.bytes, 0);

/** Where it stands: what it was handed in with, and the folder on its server as far as that is known. */
function folderOf({ path, root, canonicalPath }: ListedFile): string {
  const folder = (text: string): string => {
    const cut = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
    return cut === -1 ? '' : text.slice(0, cut);
  };
  const parts = canonicalPath === null ? [folder(path)] : [root, folder(canonicalPath)];
  return parts.filter((part) => part !== '').join(': ') || '.';
}
