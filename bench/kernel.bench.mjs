/**
 * One block of each log, scanned again and again with the demand of all packs: with the skimmer, and by the reference alone. The
 * least time of many, which other work on the machine disturbs little: what the kernel can do on a block whose values it has met
 * before, not what a user waits for. `node bench/kernel.bench.mjs [times]`, after `npm run build`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadContent } from '../dist/assess.js';
import { groupLimit, groupsOf } from '../dist/detect/index.js';
import { nodePlatform } from '../dist/host/node-platform.js';
import { readerOf } from '../dist/read/index.js';
import { compileRules } from '../dist/rules/index.js';
import { writeHttpProxyLog } from './generate-httpproxy.mjs';
import { writeIisLog } from './generate-iis.mjs';

const times = Number(process.argv[2] ?? 200);
const blockBytes = 4 << 20;
const file = path.join(os.tmpdir(), `afterpatch-kernel-bench-${process.pid}`);
const { rules } = loadContent(nodePlatform);
const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };

function least(work) {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

for (const [kind, write] of [
  ['iis-w3c', writeIisLog],
  ['httpproxy', writeHttpProxyLog],
]) {
  write(file, blockBytes + 65536);
  const read = fs.readFileSync(file);
  fs.rmSync(file);
  const bytes = new Uint8Array(new SharedArrayBuffer(read.indexOf(10, blockBytes) + 1));
  bytes.set(read.subarray(0, bytes.length));
  const detector = compileRules(
    rules.filter(({ logSource }) => logSource === kind),
    kind,
    groupsOf[kind],
    groupLimit,
  );
  const scanner = readerOf(kind).scanner(detector.demand);
  const block = { index: 0, at: 0, end: blockBytes, last: false };
  const scanWith = (one) => () => one.scan(block, bytes, seam, detector.judge, () => {});
  for (const [name, one] of [
    ['skimmer', scanner],
    ['reference', scanner.reference()],
  ]) {
    const ms = least(scanWith(one));
    console.log(`${kind.padEnd(10)} ${name.padEnd(10)} ${ms.toFixed(2)} ms a block, ${Math.round(blockBytes / 1000 / ms)} MB/s`);
  }
}
