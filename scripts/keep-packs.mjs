// Loads the packs with the program that was just built, and keeps what came of it beside it. Part of `npm run build`.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodePlatform } from '../dist/host/node-platform.js';
import { keepPacks, loadPacks, packsKey } from '../dist/packs/index.js';
import { packFiles } from '../dist/assess.js';

const target = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'packs.json');
const files = packFiles(nodePlatform);
fs.writeFileSync(target, keepPacks(packsKey(files, nodePlatform.hasher()), loadPacks(files)));
