/** What the generator was when the first score was taken: its files and their hash. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');

/** SHA-256 over the paths and hashes of all files of `src/demo`, in order of path. */
export function generatorHash() {
  const files = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (name.endsWith('.ts') && !name.endsWith('.test.ts')) files.push(name);
    }
  };
  walk('src/demo');
  const whole = createHash('sha256');
  for (const file of files.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    whole.update(
      `${file} ${createHash('sha256')
        .update(fs.readFileSync(path.join(root, file)))
        .digest('hex')}\n`,
    );
  return whole.digest('hex');
}

export const frozen = () => JSON.parse(fs.readFileSync(path.join(root, 'bench/novelty-frozen.json'), 'utf8'));

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(generatorHash());
