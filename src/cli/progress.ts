/** Progress on standard error: bytes, speed and time left; only on runs that last. */
const quietMs = 1500;

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #now: () => number;
  readonly #started: number;
  #lastShown: number;
  #shown = false;

  constructor(stream: NodeJS.WriteStream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
    this.#started = now();
    this.#lastShown = this.#started;
  }

  update(doneBytes: number, totalBytes: number): void {
    const now = this.#now();
    const every = this.#stream.isTTY ? 200 : 10_000;
    if (now - this.#started < quietMs || now - this.#lastShown < every) return;
    this.#lastShown = now;
    this.#shown = true;
    const seconds = (now - this.#started) / 1000;
    const perSecond = doneBytes / seconds;
    const left = doneBytes * 100 < totalBytes ? '' : `, about ${duration((totalBytes - doneBytes) / perSecond)} left`;
    const line = `read ${mega(doneBytes)} of ${mega(totalBytes)} MB, ${mega(perSecond)} MB/s${left}`;
    this.#stream.write(this.#stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** A line that stays. */
  say(line: string): void {
    this.#stream.write(this.#stream.isTTY ? `\r\u001b[K${line}\n` : `${line}\n`);
  }

  end(): void {
    if (this.#shown && this.#stream.isTTY) this.#stream.write('\r\u001b[K');
  }
}

const mega = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
const duration = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;
