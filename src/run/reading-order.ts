/**
 * In which order artifacts are read: first what can prove most with the fewest bytes, so that whoever waits before a screen hears of it
 * early. The result is the same in any order. What is unpacked as one stream stays together and in its own order, or each of its
 * entries would be unpacked to again.
 */
import type { Artifact } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';

/** Logs in which the server itself says what was written, and those of the doors through which intruders came. */
const telling = new Set(['ecp-server', 'ecp-activity', 'rps-cmdlet']);
const doors = /[\\/]HttpProxy[\\/](?:Ecp|Autodiscover|PowerShell)[\\/]/i;

/** 0 comes first. */
function rankOf({ kind, path, parts }: Artifact): number {
  if (kind === null || parts.length === 0) return 4;
  // Outputs of tools, states and quoted lines are small, and somebody chose them.
  if (telling.has(kind) || readerOf(kind)?.speaksFor !== 'span') return 0;
  if (kind === 'httpproxy' && doors.test(path)) return 1;
  return kind === 'evtx' ? 2 : 3;
}

export function readingOrder(artifacts: readonly Artifact[]): Artifact[] {
  const byPath = new Map(artifacts.map((artifact) => [artifact.path, artifact]));
  const streams = new Set(
    artifacts.flatMap(({ within, unpackedBefore }) => (unpackedBefore > 0 && within !== null ? [within] : [])),
  );
  /** The outermost stream that it lies in; else itself. */
  const unitOf = (artifact: Artifact): string => {
    let unit = artifact.path;
    for (let { within } = artifact; within !== null; within = byPath.get(within)?.within ?? null)
      if (streams.has(within)) unit = within;
    return unit;
  };
  const units = new Map<string, { rank: number; order: number; readonly members: Artifact[] }>();
  for (const artifact of artifacts.toSorted((a, b) => a.order - b.order)) {
    const name = unitOf(artifact);
    const unit = units.get(name) ?? { rank: 9, order: artifact.order, members: [] };
    unit.rank = Math.min(unit.rank, rankOf(artifact));
    unit.members.push(artifact);
    units.set(name, unit);
  }
  return [...units.values()].sort((a, b) => a.rank - b.rank || a.order - b.order).flatMap(({ members }) => members);
}
