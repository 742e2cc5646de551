/**
 * Windows event logs as Windows keeps them: `Security.evtx`, `MSExchange Management.evtx` and their kin. Read chunk by chunk; what
 * is damaged is told and does not hide what stands beside it.
 */
import { type Problem, Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner, Unit } from '../core/record.ts';
import { chunkBytes, fileHeaderBytes, isChunk, isFileHeader } from './evtx/chunk.ts';
import { EvtxScanner } from './evtx/scanner.ts';
import { viewSources } from './evtx/views.ts';
import { windowsEventSource } from './windows-event-record.ts';

/** What no chunk alone can tell: numbers that are missing between chunks, chunks of zeros among others, chunks that are not there. */
function conclude(units: readonly Unit[], stated: number, end: number): readonly Problem[] {
  const problems = new Problems();
  if (stated > units.length) problems.add('evtx.truncated', end, { expected: `${stated} chunks`, found: `${units.length}` });
  const lastUsed = units.findLastIndex(({ state }) => state !== 'empty');
  for (const { state, at } of units.slice(0, Math.max(lastUsed, 0))) if (state === 'empty') problems.add('evtx.chunk_empty', at);
  // A full log goes on in its oldest chunk: the order of the file is not that of the events.
  const read = units.filter(({ records }) => records > 0).sort((a, b) => a.firstId - b.firstId || a.at - b.at);
  let last: Unit | null = null;
  for (const unit of read) {
    const missing = last === null ? 0 : unit.firstId - last.lastId - 1;
    if (missing > 0) problems.add('evtx.record_gap', unit.at, { found: `${last!.lastId + 1} to ${unit.firstId - 1}` }, missing);
    if (last === null || unit.lastId > last.lastId) last = unit;
  }
  return problems.list();
}

export const evtx: Reader = {
  kind: 'evtx',
  logSource: windowsEventSource,
  logSources: [windowsEventSource, ...viewSources],
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 16 * chunkBytes,
  frame: { headBytes: fileHeaderBytes, unitBytes: chunkBytes },
  recognise: () => 0,
  recogniseBytes: (head) => (isFileHeader(head) || isChunk(head, fileHeaderBytes) ? 1 : 0),
  claims: () => 0,
  conclude,
  scanner: (demand: Demand): Scanner => new EvtxScanner(demand),
};
