/** Reads single blocks once more: for a question that came up later. */
import type { OpenSource } from '../core/platform.ts';
import type { ArtifactState, PartState, ReadBlock } from './artifact-state.ts';
import { readBlock, readUnits, rowEnd, tailBytes } from './blocks.ts';
import { readerOf } from '../read/index.ts';
import type { BufferPool } from './buffer-pool.ts';
import { type MendedTexts, partSource, type PartSource } from './part-source.ts';
import type { ScanExecutor, ScanResult, ScanTask } from './scan-task.ts';
import { scannedFile } from './scanned-file.ts';
import { tellUnreadable } from './unreadable.ts';

export interface Reread {
  readonly executor: ScanExecutor;
  readonly pool: BufferPool;
  readonly signal: AbortSignal;
  readonly mended: MendedTexts;
}

/** Results come in the order of the blocks. False: the artifact cannot be read any more, which is told; what came before counts. */
export async function reread(
  { executor, pool, signal, mended }: Reread,
  state: ArtifactState,
  { part: of }: PartState,
  blocks: readonly ReadBlock[],
  ask: (block: ReadBlock) => Pick<ScanTask, 'round' | 'keys' | 'wanted' | 'books' | 'keeps'>,
  onResult: (result: ScanResult, block: ReadBlock) => void,
): Promise<boolean> {
  const { artifact } = state;
  let source: OpenSource;
  try {
    source = artifact.open();
  } catch (error) {
    tellUnreadable(state, error);
    return false;
  }
  let previous: Promise<void> = Promise.resolve();
  let whole = true;
  try {
    const { part, encoding, lineEnd, place, source: reading }: PartSource = partSource(artifact, of, source, mended);
    for (const again of blocks) {
      signal.throwIfAborted();
      const { block, seam } = again;
      const buffer = await pool.take(block.end - block.at + tailBytes);
      let bytes: Uint8Array;
      try {
        bytes =
          readerOf(part.kind)!.frame === undefined
            ? readBlock(reading, block, part.end, encoding, rowEnd(readerOf(part.kind)!, lineEnd), buffer, null)
            : readUnits(reading, block, buffer, null);
      } catch (error) {
        pool.give(buffer);
        throw error;
      }
      const scanned = executor.scan({
        artifact: artifact.path,
        file: scannedFile(artifact),
        kind: part.kind,
        block,
        seam,
        bytes,
        ...ask(again),
      });
      const before = previous;
      previous = (async (): Promise<void> => {
        let result: ScanResult;
        try {
          result = await scanned;
        } finally {
          pool.give(buffer);
        }
        await before;
        onResult(place === null ? result : place.result(result, again.linesBefore), again);
      })();
      // It is awaited below; until then a worker's end is no unhandled rejection.
      previous.catch(() => {});
    }
  } catch (error) {
    whole = false;
    tellUnreadable(state, error);
  } finally {
    source.close();
  }
  await previous;
  return whole;
}
