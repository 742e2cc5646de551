// Says by a hash what was built, for what is kept of a run. Loads the packs with the program that was just built, and keeps what came of it beside it. Part of `npm run build`.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodePlatform } from '../dist/host/node-platform.js';
import { keepPacks, loadPacks, packsKey } from '../dist/packs/index.js';
import { packFiles } from '../dist/assess.js';

// What the program is: two builds of the same code are the same, and what one of them kept the other may go on with.
const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const program = createHash('sha256');
for (const file of fs.readdirSync(dist, { recursive: true }).sort())
  if (/\.(?:js|wasm)$/.test(file)) program.update(file.replaceAll('\\', '/')).update(fs.readFileSync(path.join(dist, file)));
fs.writeFileSync(path.join(dist, 'program.sha256'), program.digest('hex'));

const target = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'packs.json');
const files = packFiles(nodePlatform);
fs.writeFileSync(target, keepPacks(packsKey(files, nodePlatform.hasher()), loadPacks(files)));
