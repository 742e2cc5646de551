// Reads one case with the compiled program and prints what became of it, and the most memory that this process ever had.
// `node read-case-child.mjs <id>`

import { archiveCases } from './corpus.mjs';
import { readCase } from './read-case.mjs';
import { gather } from '../../dist/evidence/index.js';
import { nodePlatform } from '../../dist/host/node-platform.js';
import { inlineExecutor, run } from '../../dist/run/index.js';

const one = archiveCases.find(({ id }) => id === process.argv[2]);
const result = await readCase(one, { gather, run, inlineExecutor, platform: nodePlatform });
// maxRSS is in kibibytes.
process.stdout.write(JSON.stringify({ ...result, mostBytes: process.resourceUsage().maxRSS * 1024 }));
