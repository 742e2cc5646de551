import { SourceError } from '../rules/index.ts';

/** A pack file that cannot be used as it stands. */
export class PackError extends SourceError {}
