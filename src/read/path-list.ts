/**
 * Paths, one a line: `dir /s /b`, `where /r`, `find` over a mounted image, `attrib` (letters before the path), a list that somebody
 * wrote. It says that a file of this name was there, and nothing else.
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

function* parsePaths(text: string): Generator<PlainRecord> {
  for (const line of textLines(text)) {
    const found = listed(line.text);
    if (found !== null) yield listedFile(line, { path: found.path, attributes: found.letters });
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
    return previous && found !== null ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(listingSource, demand, parsePaths),
};
