/**
 * Assessing one large IIS log, whole process, against two floors on the same bytes in the same run: `wc -l`, and a bare scan for
 * line ends in Node. `node bench/iis.bench.mjs [megabytes] [runs]`; the result is printed as JSON and kept in bench/runs/.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeIisLog } from './generate-iis.mjs';

const megabytes = Number(process.argv[2] ?? 1000);
const runs = Number(process.argv[3] ?? 5);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
const evidence = path.join(folder, 'W3SVC1');
fs.mkdirSync(evidence);
const log = path.join(evidence, 'u_ex210301.log');
const truth = writeIisLog(log, megabytes * 1e6);
const bytes = fs.statSync(log).size;

const newlineScan = `
const fs = require('fs');
const file = fs.openSync(process.argv[1], 'r');
const buffer = Buffer.allocUnsafe(4 << 20);
let lines = 0;
for (let got; (got = fs.readSync(file, buffer)) > 0; ) for (let at = buffer.indexOf(10); at !== -1 && at < got; at = buffer.indexOf(10, at + 1)) lines++;
console.log(lines);`;

/** Peak memory of the process as Linux counts it. */
function peakKiB(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function once(command, args) {
  return new Promise((resolve) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, peakKiB(child.pid))), 20);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ seconds: Number(process.hrtime.bigint() - started) / 1e9, peakMiB: Math.round(peak / 1024), code });
    });
  });
}

const assess = (jobs) => [
  process.execPath,
  [path.join(root, 'bin', 'afterpatch.js'), 'assess', evidence, '--out', path.join(folder, 'case'), '--jobs', String(jobs)],
];
const contestants = {
  'wc -l': ['wc', ['-l', log]],
  'newline scan (Node)': [process.execPath, ['-e', newlineScan, log]],
  'afterpatch --jobs 1': assess(1),
  'afterpatch --jobs 2': assess(2),
};
const measured = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
for (let round = 0; round <= runs; round++) {
  for (const [name, [command, args]] of Object.entries(contestants)) {
    const result = await once(command, args);
    // The first round warms the page cache.
    if (round > 0) measured[name].push(result);
  }
}
const assessment = JSON.parse(fs.readFileSync(path.join(folder, 'case', 'assessment.json'), 'utf8'));
const found = assessment.findings
  .filter(({ rule }) => rule === 'web-shell/page-posted')
  .reduce((sum, { count }) => sum + count, 0);
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const rows = Object.entries(measured).map(([name, list]) => ({
  name,
  seconds: list.map(({ seconds }) => Number(seconds.toFixed(3))),
  medianSeconds: Number(median(list.map(({ seconds }) => seconds)).toFixed(3)),
  megabytesPerSecond: Math.round(bytes / 1e6 / median(list.map(({ seconds }) => seconds))),
  peakMiB: Math.max(...list.map(({ peakMiB }) => peakMiB)),
}));
const floor = rows[0].medianSeconds;
const result = {
  date: new Date().toISOString().slice(0, 10),
  command: `node bench/iis.bench.mjs ${megabytes} ${runs}`,
  machine: {
    cpu: os.cpus()[0]?.model,
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.release()}`,
  },
  versions: {
    node: process.versions.node,
    afterpatch: JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version,
  },
  data: {
    bytes,
    rows: truth.rows,
    planted: truth.planted,
    found,
    answer: assessment.verdict.answer,
    records: assessment.evidence[0].records,
  },
  rows: rows.map((row) => ({ ...row, timesWcL: Number((row.medianSeconds / floor).toFixed(2)) })),
};
fs.rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(result, null, 2));
if (found !== truth.planted || assessment.evidence[0].records !== truth.rows) {
  console.error('the run is worthless: not every row was counted or not every planted row was found');
  process.exit(1);
}
