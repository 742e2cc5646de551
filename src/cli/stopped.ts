/** Somebody stops the program (Ctrl-C, a task that is ended): what is at work says what is left of it, and the process ends. */

/** @returns true: it sees to the end itself, and the process goes on until then */
export type WhenStopped = (exitCode: number, signal: NodeJS.Signals) => boolean;

let act: WhenStopped | null = null;

/** The last one counts; null: nothing is at work any more. */
export function whenStopped(then: WhenStopped | null): void {
  act = then;
}

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

export function endWhenStopped(): void {
  for (const [signal, code] of signals)
    process.once(signal, () => {
      let seenTo = false;
      try {
        seenTo = act?.(code, signal) ?? false;
      } finally {
        if (!seenTo) process.exit(code);
      }
    });
}
