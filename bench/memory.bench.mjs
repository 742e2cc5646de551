/**
 * Peak memory of `assess`, the process with its threads, on logs of several sizes: it must not grow with the evidence.
 *
 * `node bench/memory.bench.mjs [gigabytes,…] [--jobs 2] [--again] [--logs <folder of .evtx>]` (by default 1,5) writes for each size a front-end IIS log of that size, or with `--logs`
 * an event log of the nearly full chunks of real ones, in files of at most 1 GB, assesses them, and tells the peak as Linux counts it.
 * With `--again` the same case is then asked again: the same with the files hashed, the same with the files trusted by their times, and one
 * indicator more, which nothing in the evidence can meet.
 * Writes `bench/runs/<date>/memory.json`. Fails when a row was not counted.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeEventLog } from './generate-evtx.mjs';
import { writeIisLog } from './generate-iis.mjs';
import { machine, once } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', default: '2' },
    again: { type: 'boolean', default: false },
    logs: { type: 'string' },
    date: { type: 'string' },
  },
});
const sizes = (positionals[0] ?? '1,5').split(',').map(Number);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

/** What is asked of the same evidence, one after another. */
function asked(within) {
  const indicators = path.join(within, 'indicators.csv');
  fs.writeFileSync(indicators, 'type,value\nip,192.0.2.77\n');
  return {
    'the same, hashed': ['--resume'],
    'the same, by times': ['--trust-mtime'],
    'one more indicator, by times': ['--trust-mtime', '--indicators', indicators],
  };
}

const results = [];
for (const gigabytes of sizes) {
  const evidence = path.join(folder, `evidence-${gigabytes}`);
  const out = path.join(folder, 'case');
  let bytes = 0;
  let rows = 0;
  for (let file = 0; bytes < gigabytes * 1e9; file++) {
    const size = Math.min(1e9, gigabytes * 1e9 - bytes);
    const name =
      options.logs === undefined ? `W3SVC1/u_ex2103${String(file + 1).padStart(2, '0')}.log` : `logs/Security-${file}.evtx`;
    const log = path.join(evidence, name);
    fs.mkdirSync(path.dirname(log), { recursive: true });
    // Another seed for each, or a file would be a copy of the one before.
    if (options.logs === undefined) rows += writeIisLog(log, size, file + 1).rows;
    else writeEventLog(log, size, options.logs, file);
    bytes += fs.statSync(log).size;
  }
  const program = path.join(root, 'bin', 'afterpatch.js');
  const assess = (...more) =>
    once([process.execPath, program, 'assess', evidence, '--out', out, '--jobs', options.jobs, ...more], folder, 'ignore');
  const run = await assess();
  const { evidence: artifacts } = JSON.parse(fs.readFileSync(path.join(out, 'assessment.json'), 'utf8'));
  const records = artifacts.reduce((sum, artifact) => sum + artifact.records, 0);
  if (options.logs === undefined ? records !== rows : records === 0) throw new Error(`${records} of ${rows} rows were counted`);
  const again = {};
  if (options.again) {
    // What was written a moment ago has no time that could be trusted.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    for (const [name, more] of Object.entries(asked(folder))) again[name] = await assess(...more);
    for (const [name, { seconds, processorSeconds, peakMiB }] of Object.entries(again))
      console.log(`  ${name}: ${seconds.toFixed(1)} s, ${processorSeconds} s of processors, ${peakMiB} MiB`);
  }
  fs.rmSync(evidence, { recursive: true });
  fs.rmSync(out, { recursive: true });
  results.push({ gigabytes, bytes, records, ...run, ...(options.again ? { again } : {}) });
  console.log(
    `${gigabytes} GB: ${run.peakMiB} MiB, ${run.seconds.toFixed(1)} s, ${run.processorSeconds} s of processors, ${records} rows`,
  );
}
const peaks = results.map(({ peakMiB }) => peakMiB);
const spread = Math.max(...peaks) / Math.min(...peaks);
console.log(`the most is ${spread.toFixed(2)} times the least`);
const date = options.date ?? new Date().toISOString().slice(0, 10);
const target = path.join(root, 'bench/runs', date, options.logs === undefined ? 'memory.json' : 'memory-evtx.json');
fs.mkdirSync(path.dirname(target), { recursive: true });
const report = {
  date,
  node: process.version,
  machine: machine(),
  jobs: Number(options.jobs),
  log: options.logs === undefined ? 'iis-w3c' : 'evtx',
  results,
};
fs.writeFileSync(target, `${JSON.stringify(report, null, 2)}\n`);
