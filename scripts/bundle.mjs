// Puts what was built into few files, beside it, for `bin/` and its threads: to find and open three hundred modules takes longer than to run most of
// them. npm packages stay what they are. Part of `npm run build`.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist');
// As deep as the files that it is made of: what they find beside and above themselves they find from there, too.
const target = path.join(dist, 'bundled');
fs.rmSync(target, { recursive: true, force: true });
const threads = ['scan-worker', 'hash-worker', 'seven-zip-worker', 'yara-worker'];
const bundle = await rolldown({
  input: {
    main: path.join(dist, 'cli/main.js'),
    ...Object.fromEntries(threads.map((name) => [name, path.join(dist, `host/${name}.js`)])),
  },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
  onLog: (level, log) => {
    throw new Error(`${level}: ${log.message}`);
  },
});
await bundle.write({ dir: target, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
await bundle.close();
