/** Files of signatures that the operator names: files and folders, read once, bounded. */
import { UserError } from '../../core/errors.ts';
import { FileError, type Files } from '../../core/platform.ts';
import type { SignatureSource, UnrunSignature } from '../../core/signature.ts';
import { byCodeUnit } from '../../core/text.ts';

const mostFiles = 20_000;
/** Of one file, and of all. */
const mostBytes = 8 << 20;
const mostBytesInAll = 256 << 20;
const deepest = 32;

export interface ReadSignatures {
  readonly sources: readonly SignatureSource[];
  /** Files that are too large, or no text. */
  readonly unrun: readonly UnrunSignature[];
}

/** @throws {UserError} for a path that is not there, or that holds no signatures */
export function readSignatures(paths: readonly string[], files: Files): ReadSignatures {
  const found: { readonly path: string; readonly shown: string }[] = [];
  const walk = (path: string, shown: string, depth: number): void => {
    for (const { name, kind } of [...files.list(path)].sort((a, b) => byCodeUnit(a.name, b.name))) {
      if (name.startsWith('.') || depth > deepest) continue;
      const below = files.join(path, name);
      const label = shown === '' ? name : `${shown}/${name}`;
      if (kind === 'directory') walk(below, label, depth + 1);
      else if (kind === 'file' && /\.yara?$/i.test(name)) found.push({ path: below, shown: label });
      if (found.length > mostFiles)
        throw new UserError('yara.many', `More than ${mostFiles} files of signatures in ${path}.`, 'Name a smaller folder.');
    }
  };
  const sources: SignatureSource[] = [];
  const unrun: UnrunSignature[] = [];
  try {
    for (const path of paths) {
      if (files.facts(path, true).kind === 'directory') walk(path, '', 0);
      else found.push({ path, shown: files.baseName(path) });
    }
    if (found.length === 0)
      throw new UserError('yara.none', `No signatures (.yar, .yara) in ${paths.join(', ')}.`, 'Name a folder with YARA rules.');
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
