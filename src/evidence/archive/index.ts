/**
 * Containers → entries. In: where an archive lies, and limits. Out: its entries with their names as written, each openable as a
 * source or with the reason why not, and the problems of the archive. Nothing is unpacked to disk but archives in archives that
 * must be read out of order, within a limit and until the hand-over is read.
 */
export type { ArchiveEntry } from './archive-entry.ts';
export { containerOf, type ContainerKind } from './container.ts';
export { entryPath, type NameTrouble, Paths } from './entry-name.ts';
export { type ArchiveLimits, archiveLimits } from './limits.ts';
export { type ArchivePlace, ArchiveShelf, openArchive, type OpenedArchive } from './open-archive.ts';
export { bytesSource, readFully } from './sources.ts';
