/**
 * How often an engine may fail, and how long it may keep a run waiting, before nothing is asked of it any more. A trap costs a second, an
 * engine that does not come back costs minutes each time: they are counted apart.
 */
export interface PatienceLimits {
  /** Engines that may fail. */
  readonly restarts: number;
  /** Time that may be waited in vain, over all of a run. */
  readonly vainMs: number;
}

export class EnginePatience {
  readonly #limits: PatienceLimits;
  #failures = 0;
  #vainMs = 0;

  constructor(limits: PatienceLimits) {
    this.#limits = limits;
  }

  /** @param waitedMs how long it was waited for in vain; 0: it trapped or ended */
  failed(waitedMs: number): void {
    this.#failures++;
    this.#vainMs += waitedMs;
  }

  /** Why nothing is asked any more; null: it is. */
  over(): string | null {
    if (this.#vainMs > this.#limits.vainMs) return `given up: ${Math.round(this.#vainMs / 1000)} seconds were waited in vain`;
    return this.#failures > this.#limits.restarts ? `given up: it failed ${this.#failures} times` : null;
  }
}
