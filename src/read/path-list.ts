/**
 * Paths, one a line: `dir /s /b`, `where /r`, `find` over a mounted image, `attrib` (letters before the path), a list that somebody
 * wrote. It says that a file of this name was there, and where neither letters nor the command that asked stand beside them, not even
 * that: lists of names to look for are published by many.
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { listedFile, listingSource, windowsPathOf } from './listing.ts';
import { firstLines, textLines } from './text-lines.ts';

/** What `attrib` prints before a path: letters in columns of their own, then blanks. */
const attributes = /^([A-Z ]{1,30}?) {2,30}(?=[A-Za-z]:\\)/;
/** A program with what it was called with is no path, although each of its letters could stand in one. */
const called = /\.(?:exe|com|bat|cmd|ps1)"?\s/i;
const extension = /\.[A-Za-z0-9]{1,10}"?$/;

interface Listed {
  readonly path: string;
  readonly letters: string;
}

function listed(line: string): Listed | null {
  const letters = attributes.exec(line);
  if (letters !== null && !/[ARSHIOX]/.test(letters[1]!)) return null;
  const text = letters === null ? line : line.slice(letters[0].length);
  if (called.test(text) || /[\t;,]/.test(text)) return null;
  const path = windowsPathOf(text);
  // A drive alone, or one folder of it, is what stands in everybody's sentences.
  if (path === null || path.split('\\').length < 3) return null;
  // What stands behind the end of a file's name is a sentence.
  if (/\.[A-Za-z0-9]{2,5}\s[^\\]*$/.test(path)) return null;
  return { path, letters: (letters?.[1] ?? '').replaceAll(' ', '') };
}

const isFile = (found: Listed | null): boolean => found !== null && extension.test(found.path);

/** `C:\>dir /s /b …`, `PS C:\> (gci -r *.aspx).FullName`, `$ find /mnt/c …`: what was typed at a prompt. */
const prompt = /^\s*(?:(?:\[PS\] |PS )?[A-Za-z]:\\[^<>|"]{0,200}>|[\w.@:~/-]{0,80}[$#] )\s*(\S.{0,1000})$/;
const lister = /\b(?:dir|where|attrib|find|tree|ls|gci|Get-ChildItem)\b/i;

/** The command that lists files, where the line is a prompt with one; the name of a console's column, where it is that. */
function askedBy(line: string): string | null {
  if (/^\s*FullName\s*$/.test(line)) return 'FullName';
  const typed = line.length > 2000 ? undefined : prompt.exec(line)?.[1];
  return typed !== undefined && lister.test(typed) ? typed.trim() : null;
}

function* parsePaths(text: string): Generator<PlainRecord> {
  let asked: string | null = null;
  for (const line of textLines(text)) {
    asked = askedBy(line.text) ?? asked;
    const found = listed(line.text);
    if (found !== null)
      yield listedFile(line, { path: found.path, attributes: found.letters, ...(asked === null ? {} : { asked }) });
  }
}

export const pathList: Reader = {
  kind: 'path-list',
  logSource: listingSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise(head) {
    const lines = firstLines(head, 200);
    // The head may end within a line.
    const whole = lines.length > 1 && head.length >= 60_000 ? lines.slice(0, -1) : lines;
    return whole.length > 0 && whole.every((line) => listed(line) !== null) && whole.some((line) => isFile(listed(line)))
      ? 0.9
      : 0;
  },
  claims(line, previous) {
    const found = listed(line);
    if (isFile(found)) return 2;
    return (previous && (found !== null || /^\s*-{4,}\s*$/.test(line))) || askedBy(line) !== null ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(listingSource, demand, parsePaths),
};
