/** Files of our own in the system's folder for temporary files; whatever is left is removed when the process ends. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { OpenSource, Scratch } from '../core/platform.ts';

let folder: string | null = null;
let number = 0;

function scratchFolder(): string {
  if (folder === null) {
    const made = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-'));
    folder = made;
    process.on('exit', () => fs.rmSync(made, { recursive: true, force: true }));
  }
  return folder;
}

/** @param open how a file becomes a source: the platform's own way */
export function nodeScratch(open: (file: string) => OpenSource, guarded: <T>(work: () => T) => T): Scratch {
  // No folder for temporary files, or a full disk, is trouble of this machine: what needed the file cannot be read, and it is said.
  const { file, handle } = guarded(() => {
    const name = path.join(scratchFolder(), `${number++}.part`);
    return { file: name, handle: fs.openSync(name, 'wx', 0o600) };
  });
  let writing = true;
  const end = (): void => {
    if (writing) fs.closeSync(handle);
    writing = false;
  };
  return {
    path: file,
    write(bytes) {
      guarded(() => {
        for (let at = 0; at < bytes.length;) at += fs.writeSync(handle, bytes, at);
      });
    },
    open() {
      end();
      return open(file);
    },
    remove() {
      end();
      fs.rmSync(file, { force: true });
    },
  };
}
