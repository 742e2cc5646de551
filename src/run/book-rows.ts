/**
 * Rows of a few minutes of a book, as they stand in it: asked where two books of the same requests do not agree. Only blocks that can
 * hold them are read again.
 */
import type { BookedRow, BookQuestion, ProgramsStarted, ServiceEvent } from '../core/booked-row.ts';
import { byCodeUnit } from '../core/text.ts';
import type { ArtifactState, PartState, ReadBlock } from './artifact-state.ts';
import type { Spans } from './book-row-folder.ts';
import { type Reread, reread } from './reread.ts';

const minutesPerHour = 60;
/** Bytes that are read again for this in one run, and rows that are kept. */
const bytesLimit = 512 << 20;
const rowLimit = 200_000;

/** In order, those that touch put together. */
function together(spans: Spans): Spans {
  const merged: [number, number][] = [];
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

const touches = (spans: Spans, hour: number): boolean =>
  spans.some(([from, to]) => Math.floor(from / minutesPerHour) <= hour && hour <= Math.floor(to / minutesPerHour));

export interface BookRows {
  /** By artifact, then line. */
  readonly rows: readonly BookedRow[];
  /** Of System event logs, by artifact, then time. */
  readonly events: readonly ServiceEvent[];
  /** By artifact. */
  readonly programs: readonly ProgramsStarted[];
  /** Artifacts of which not all could be read again: nothing is concluded from a row that is not among theirs. */
  readonly unread: readonly string[];
}

export async function bookRowsOf(
  questions: readonly BookQuestion[],
  states: readonly ArtifactState[],
  again: Reread,
): Promise<BookRows> {
  const asked = new Map<string, Spans>();
  for (const { artifact, spans } of questions) asked.set(artifact, together([...(asked.get(artifact) ?? []), ...spans]));
  const into: Into = { rows: [], events: [], programs: [] };
  const unread = new Set<string>();
  let bytes = 0;
  // What is unpacked as one stream is gone through in its own order.
  for (const state of states.toSorted((a, b) => a.artifact.order - b.artifact.order)) {
    const spans = asked.get(state.artifact.path);
    if (spans === undefined) continue;
    for (const part of state.parts) {
      const blocks = part.blocks.filter(({ hours }) => hours === null || hours.some((hour) => touches(spans, hour)));
      bytes += blocks.reduce((sum, { block }) => sum + block.end - block.at, 0);
      if (blocks.length === 0) continue;
      const whole = bytes <= bytesLimit && (await read(state, part, blocks, spans, again, into));
      if (!whole) unread.add(state.artifact.path);
    }
  }
  return {
    rows: into.rows.sort((a, b) => byCodeUnit(a.artifact, b.artifact) || (a.line ?? 0) - (b.line ?? 0)),
    events: into.events.sort((a, b) => byCodeUnit(a.artifact, b.artifact) || a.timeMs - b.timeMs),
    programs: into.programs.sort((a, b) => byCodeUnit(a.artifact, b.artifact)),
    unread: [...unread].sort(byCodeUnit),
  };
}

interface Into {
  readonly rows: BookedRow[];
  readonly events: ServiceEvent[];
  readonly programs: ProgramsStarted[];
}

async function read(
  state: ArtifactState,
  part: PartState,
  blocks: readonly ReadBlock[],
  spans: Spans,
  again: Reread,
  into: Into,
): Promise<boolean> {
  let whole = true;
  const mended = part.part.mended === true;
  const done = await reread(
    again,
    state,
    part,
    blocks,
    () => ({ round: 0, bookRows: spans }),
    ({ bookRows }, { linesBefore }) => {
      if (bookRows === undefined || !bookRows.whole || into.rows.length + bookRows.rows.length > rowLimit) {
        whole = false;
        return;
      }
      for (const row of bookRows.rows)
        into.rows.push({
          ...row,
          artifact: state.artifact.path,
          line: mended || row.line === null ? null : row.line + linesBefore + 1,
        });
      for (const event of bookRows.events) into.events.push({ ...event, artifact: state.artifact.path });
      if (bookRows.programs.events > 0) into.programs.push({ ...bookRows.programs, artifact: state.artifact.path });
    },
  );
  return done && whole;
}
