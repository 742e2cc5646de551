/** The moment since which the owner knows: fixed once in the case, and kept when the case is assessed again. Periods of laws run from it. */

/**
 * @param before text of the case's older `run.json`; null: there is none
 * @param answer what this run says
 * @param nowUtc the moment that this run calls now
 */
export function knownUtcOf(before: string | null, answer: string, nowUtc: string): string | null {
  const known = before === null ? null : knownUtcIn(before);
  if (known !== null) return known;
  return answer === 'confirmed' || answer === 'suspected' ? nowUtc : null;
}

/** From the text of `run.json`; null: nobody knew of anything, or an older version wrote it. */
export function knownUtcIn(text: string): string | null {
  let run: unknown;
  try {
    run = JSON.parse(text);
  } catch {
    return null;
  }
  const value: unknown = typeof run === 'object' && run !== null ? (run as Record<string, unknown>)['knownUtc'] : null;
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;
}
