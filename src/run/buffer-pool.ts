/** A bounded number of buffers: reading waits when all are in use. */
import type { Platform } from '../core/platform.ts';
import { tailBytes } from './blocks.ts';

const ordinaryBytes = (4 << 20) + tailBytes;

export class BufferPool {
  readonly #platform: Platform;
  readonly #most: number;
  readonly #free: Uint8Array[] = [];
  readonly #waiting: ((buffer: Uint8Array) => void)[] = [];
  #made = 0;

  constructor(platform: Platform, most: number) {
    this.#platform = platform;
    this.#most = most;
  }

  async take(bytes: number): Promise<Uint8Array> {
    const fits = this.#free.findIndex((buffer) => buffer.length >= bytes);
    if (fits !== -1) return this.#free.splice(fits, 1)[0]!;
    if (this.#made < this.#most || bytes > ordinaryBytes) {
      this.#made++;
      return this.#platform.buffer(Math.max(bytes, Math.min(ordinaryBytes, bytes * 2)));
    }
    if (this.#free.length > 0) {
      // A small buffer gives way to a larger one.
      this.#free.pop();
      return this.#platform.buffer(ordinaryBytes);
    }
    return new Promise((resolve) => {
      this.#waiting.push((buffer) => resolve(buffer.length >= bytes ? buffer : this.#platform.buffer(ordinaryBytes)));
    });
  }

  give(buffer: Uint8Array): void {
    const next = this.#waiting.shift();
    if (next !== undefined) next(buffer);
    else if (buffer.length <= ordinaryBytes) this.#free.push(buffer);
    else this.#made--;
  }
}
