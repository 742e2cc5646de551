/** What is missing in the logs of requests, counted once: a row that is missing is told by each of the other two books. */
import type { Assessment, LedgerEntry } from '../core/assessment.ts';

export interface RowsGone {
  readonly rows: number;
  readonly books: readonly LedgerEntry['book'][];
  readonly hosts: readonly string[];
  /** Some of them stand in findings. */
  readonly theirs: boolean;
}

const lacking = ({ missing }: LedgerEntry): number => missing.reduce((sum, { rows }) => sum + rows, 0);

/** `rows`: taken out of a log that is there, or never written. `file`: the log has no row at all in that time. null: none. */
export function rowsGone({ coverage: { ledgers } }: Assessment, what: 'rows' | 'file'): RowsGone | null {
  const own = ledgers.filter(({ missing }) => missing.length > 0 && missing.every(({ silent }) => silent) === (what === 'file'));
  if (own.length === 0) return null;
  const most = new Map<string, number>();
  for (const entry of own) {
    const key = `${entry.book} ${entry.host ?? ''}`;
    most.set(key, Math.max(most.get(key) ?? 0, lacking(entry)));
  }
  return {
    rows: [...most.values()].reduce((sum, rows) => sum + rows, 0),
    books: [...new Set(own.map(({ book }) => book))],
    theirs: own.some(({ missing }) => missing.some(({ findings }) => findings.length > 0)),
    hosts: [...new Set(own.map(({ host }) => host).filter((host) => host !== null))],
  };
}
