/** Files of signatures that the operator names: files and folders, read once, bounded. */
import { UserError } from '../../core/errors.ts';
import { FileError, type Files } from '../../core/platform.ts';
import type { SignatureSource, UnrunSignature } from '../../core/signature.ts';
import { namedFiles } from '../named-files.ts';

const mostFiles = 20_000;
/** Of one file, and of all. */
const mostBytes = 8 << 20;
const mostBytesInAll = 256 << 20;

export interface ReadSignatures {
  readonly sources: readonly SignatureSource[];
  /** Files that are too large, or no text. */
  readonly unrun: readonly UnrunSignature[];
}

/** @throws {UserError} for a path that is not there, or that holds no signatures */
export function readSignatures(paths: readonly string[], files: Files): ReadSignatures {
  const found = namedFiles(paths, files, {
    code: 'yara',
    called: 'signatures',
    wanted: /\.yara?$/i,
    mostFiles,
    none: ['signatures (.yar, .yara)', 'Name a folder with YARA rules.'],
  });
  const sources: SignatureSource[] = [];
  const unrun: UnrunSignature[] = [];
  try {
    let room = mostBytesInAll;
    const names = new Set<string>();
    for (const { path, shown } of found) {
      let file = shown;
      for (let copy = 2; names.has(file); copy++) file = `${shown} (${copy})`;
      names.add(file);
      const read = textOf(path, files, Math.min(mostBytes, room));
      if ('text' in read) {
        room -= read.text.length;
        sources.push({ file, text: read.text });
      } else unrun.push({ file, line: 1, column: 1, rule: null, code: 'file', what: read.why });
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError(
      'path.missing',
      `The signatures cannot be read (${error.code}): ${paths.join(', ')}`,
      'Check the spelling.',
      {
        cause: error,
      },
    );
  }
  return { sources, unrun };
}

/** Source of signatures is UTF-8; what is not is read as Latin-1, which keeps every place. */
function textOf(path: string, files: Files, most: number): { readonly text: string } | { readonly why: string } {
  const source = files.open(path);
  try {
    if (source.byteLength > most) return { why: `larger than ${most} bytes` };
    const bytes = new Uint8Array(source.byteLength);
    for (let at = 0; at < bytes.length;) {
      const got = source.read(at, bytes.subarray(at));
      if (got <= 0) break;
      at += got;
    }
    if (bytes.includes(0)) return { why: 'not a text: compiled signatures of other programs are not read' };
    try {
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    } catch {
      return { text: new TextDecoder('latin1').decode(bytes) };
    }
  } finally {
    source.close();
  }
}
