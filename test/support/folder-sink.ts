/** A folder on the disk into which evidence is made up. */
import fs from 'node:fs';
import path from 'node:path';
import type { Sink } from '../../src/demo/index.ts';

export class FolderSink implements Sink {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }
  open(name: string): number {
    const file = path.join(this.#folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    return fs.openSync(file, 'wx');
  }
  write(file: number, bytes: Uint8Array): void {
    fs.writeSync(file, bytes);
  }
  close(file: number): void {
    fs.closeSync(file);
  }
}
