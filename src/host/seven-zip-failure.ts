/** Why an archive could not be read, in a form that crosses from the worker to the caller. */
import { FileError } from '../core/platform.ts';
import type { ProblemCode } from '../core/problem.ts';

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly problem: ProblemCode;
}

/** Long enough to tell what it is, short enough for the ring's head; names in it are the intruder's. */
const messageChars = 500;

const failure = (code: string, problem: ProblemCode, message: string): Failure => ({
  code,
  problem,
  message: message.slice(0, messageChars),
});

export const damaged = (message: string, problem: ProblemCode = 'archive.damaged'): Failure => failure('EDATA', problem, message);
export const encrypted = (message: string): Failure => failure('EENCRYPTED', 'archive.encrypted', message);
export const overLimit = (message: string): Failure => failure('ELIMIT', 'archive.limit', message);
export const unreadable = (code: string, message: string): Failure => failure(code, 'evidence.unreadable', message);

export const fileError = ({ code, message, problem }: Failure, cause?: unknown): FileError =>
  new FileError(code, message, { problem, ...(cause === undefined ? {} : { cause }) });
