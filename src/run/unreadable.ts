/** What is said of an artifact that the machine refuses to hand out. */
import { FileError } from '../core/platform.ts';
import type { ArtifactState } from './artifact-state.ts';

/**
 * How a system refuses a file that it let us open before: it is gone, or a virus scanner holds it. Node has no name for Windows'
 * ERROR_VIRUS_INFECTED and ERROR_VIRUS_DELETED and says UNKNOWN.
 * @see https://github.com/libuv/libuv/blob/v1.x/src/win/error.c
 */
const vanishedCodes: ReadonlySet<string> = new Set(['ENOENT', 'EPERM', 'EACCES', 'EBUSY', 'ETXTBSY', 'UNKNOWN']);

/**
 * Says why reading ended; true: the file is gone.
 * @throws what is no trouble of reading but a bug
 */
export function tellUnreadable({ problems }: ArtifactState, error: unknown): boolean {
  if (!(error instanceof FileError)) throw error;
  const { code, problem } = error;
  const vanished = problem === 'evidence.unreadable' && vanishedCodes.has(code);
  problems.add(vanished ? 'evidence.vanished' : problem, 0, { found: code });
  return vanished;
}
