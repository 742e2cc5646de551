/** Small evidence made up in a test: files by their path below a folder that is taken away at the end. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export function evidenceFolders(prefix: string): (files: Readonly<Record<string, string>>) => string {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), `afterpatch-${prefix}-`));
  afterAll(() => fs.rmSync(home, { recursive: true, force: true }));
  let number = 0;
  return (files) => {
    const folder = path.join(home, String(++number));
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    return folder;
  };
}
