/** What was held against the evidence or against the rules of judgement, and how it came out. */

/** A claim of the case that does not hold. */
export interface Breach {
  /** Where the claim stands in the case: `findings[ab12…].evidence[0]`. */
  readonly claim: string;
  readonly expected: string;
  readonly found: string;
}

export class Tally {
  holds = 0;
  broken = 0;
  readonly breaches: Breach[] = [];
  /** By reason. */
  readonly unchecked = new Map<string, number>();

  /** The same value, or the claim is broken. */
  same(claim: string, expected: string | number | null, found: string | number | null): void {
    this.that(claim, expected === found, String(expected), String(found));
  }

  that(claim: string, holds: boolean, expected: string, found: string): void {
    if (holds) {
      this.holds++;
      return;
    }
    this.broken++;
    if (this.breaches.length < 1000) this.breaches.push({ claim, expected: expected.slice(0, 300), found: found.slice(0, 300) });
  }

  cannot(why: string, claims = 1): void {
    this.unchecked.set(why, (this.unchecked.get(why) ?? 0) + claims);
  }
}
