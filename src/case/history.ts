/** Assessments that a case had before: each in a folder of its own, never lost when the case is assessed again. */

export const historyFolder = 'history';
/** Kept of each: the answer as data, how it was made, and what was acknowledged then. The report can be made of it again. */
export const historyFiles = ['assessment.json', 'run.json', 'acknowledged.json', 'verify.json'] as const;

/** `0003-20210309T204000Z`: its number, and when the run that made it ended. */
export const historyName = (number: number, endedUtc: string | null): string =>
  `${String(number).padStart(4, '0')}-${/^\d{4}-/.test(endedUtc ?? '') ? endedUtc!.slice(0, 19).replace(/[-:]/g, '') : 'unknown'}${/^\d{4}-/.test(endedUtc ?? '') ? 'Z' : ''}`;

const shape = /^(\d{4,6})-(?:\d{8}T\d{6}Z|unknown)$/;

/** Number of a folder in `history`; null: it is none of ours. */
export function historyNumber(name: string): number | null {
  const match = shape.exec(name);
  return match === null ? null : Number(match[1]);
}

/** The number of the next one. */
export const nextNumber = (names: readonly string[]): number => Math.max(0, ...names.map((name) => historyNumber(name) ?? 0)) + 1;
