/** Files of indicators that the operator names: files and folders, read once, bounded. */
import { UserError } from '../../core/errors.ts';
import { FileError, type Files } from '../../core/platform.ts';
import { decodeText } from '../../core/text.ts';
import { IndicatorSet, longestList, readList } from '../../rules/index.ts';
import { namedFiles } from '../named-files.ts';

const mostFiles = 20_000;
/** In a folder only what lists of indicators are called; a file that is named is read whatever it is called. */
const listName = /\.(?:csv|tsv|json|ndjson|jsonl|stix2?|ioc|xml|txt|list|lst|ioclist)$/i;

/** @throws {UserError} for a path that is not there, or a folder that holds no list */
export function readIndicators(paths: readonly string[], files: Files): IndicatorSet {
  const found = namedFiles(paths, files, {
    code: 'indicators',
    called: 'indicators',
    wanted: listName,
    mostFiles,
    none: ['lists of indicators (.csv, .json, .ioc, .txt …)', 'Name a list, or a folder with lists.'],
  });
  const set = new IndicatorSet();
  for (const { path, shown, bytes } of found) {
    if (bytes > longestList) {
      set.begin(shown);
      set.leaveOut('limit', `longer than ${longestList >> 20} MiB`, { file: shown, at: '' }, '');
    } else readList(set, textOf(path, files), shown);
  }
  return set;
}

function textOf(path: string, files: Files): string {
  try {
    const source = files.open(path);
    try {
      const bytes = new Uint8Array(Math.min(source.byteLength, longestList));
      let at = 0;
      while (at < bytes.length) {
        const got = source.read(at, bytes.subarray(at));
        if (got <= 0) break;
        at += got;
      }
      const read = bytes.subarray(0, at);
      // Lists that were stored by Excel or Notepad.
      if (read[0] === 0xff && read[1] === 0xfe) return new TextDecoder('utf-16le').decode(read);
      if (read[0] === 0xfe && read[1] === 0xff) return new TextDecoder('utf-16be').decode(read);
      return decodeText(read);
    } finally {
      source.close();
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError('path.missing', `${path} cannot be read (${error.code}).`, 'Check that you may read it.', {
      cause: error,
    });
  }
}
