/**
 * Assessing one large IIS log and one large HttpProxy log, each as a whole process with all packs, beside floors on the same bytes in
 * the same rounds: `wc -l`, a bare scan for line ends in Node, and, where they are installed, ripgrep and DuckDB (`--duckdb <folder>` in which
 * `npm i @duckdb/node-api` was run).
 *
 * Afterpatch runs with the processor's own instructions for SHA-256 and with these masked; of several sizes it is told what each further
 * gigabyte takes.
 *
 * `node bench/assess.bench.mjs [megabytes,…] [rounds] [--before <folder>] [--duckdb <folder>] [--note <text>]` writes `bench/runs/<date>/assess.json`.
 * `--before` is another built checkout, measured in the same rounds.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { duckdbIn } from './duckdb-peer.mjs';
import { writeHttpProxyLog } from './generate-httpproxy.mjs';
import { writeIisLog } from './generate-iis.mjs';
import { figures, machine, median, once, short } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { before: { type: 'string' }, duckdb: { type: 'string' }, note: { type: 'string' }, date: { type: 'string' } },
});
const sizes = (positionals[0] ?? '1000').split(',').map(Number);
const rounds = Number(positionals[1] ?? 5);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const logs = [
  { name: 'iis-w3c', file: 'W3SVC1/u_ex210301.log', write: writeIisLog, rule: 'web-shell/page-posted' },
  {
    name: 'httpproxy',
    file: 'HttpProxy/HttpProxy_2021030100-1.LOG',
    write: writeHttpProxyLog,
    rule: 'proxylogon/session-obtained',
  },
];

const newlineScan = `
const fs = require('fs');
const file = fs.openSync(process.argv[1], 'r');
const buffer = Buffer.allocUnsafe(4 << 20);
let lines = 0;
for (let got; (got = fs.readSync(file, buffer)) > 0; ) for (let at = buffer.indexOf(10); at !== -1 && at < got; at = buffer.indexOf(10, at + 1)) lines++;
console.log(lines);`;
/** What the rules look for as plain text, in no field: less than a rule asks. */
const texts = ['VirtualDirectory', 'ServerInfo~', 'Server~', 'SetObject', 'proxyLogon.ecp', 'whoami', 'aspnet_client', 'cmd.exe'];
const duckdb = duckdbIn(options.duckdb ?? root);
const ripgrep = spawnSync('rg', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? null;

/** OpenSSL does without the processor's instructions for SHA-256, as on a machine that has none. */
const masked = { OPENSSL_ia32cap: ':~0x20000000' };
const hashing = `
const hash = require('crypto').createHash('sha256');
const file = require('fs').openSync(process.argv[1], 'r');
const buffer = Buffer.allocUnsafe(4 << 20);
for (let got; (got = require('fs').readSync(file, buffer)) > 0; ) hash.update(buffer.subarray(0, got));
console.log(hash.digest('hex'));`;

async function measure({ name, file, write, rule }, megabytes) {
  const evidence = path.join(folder, name);
  const log = path.join(evidence, file);
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const truth = write(log, megabytes * 1e6);
  const bytes = fs.statSync(log).size;
  const out = path.join(folder, `case-${name}`);
  const assess = (home, jobs, into) => [
    process.execPath,
    path.join(home, 'bin/afterpatch.js'),
    'assess',
    evidence,
    '--out',
    into,
    '--jobs',
    String(jobs),
  ];
  const contestants = {
    'wc -l': ['wc', '-l', log],
    'newline scan (Node)': [process.execPath, '-e', newlineScan, log],
    'SHA-256 alone (Node)': [process.execPath, '-e', hashing, log],
    'SHA-256 alone (Node), masked': [process.execPath, '-e', hashing, log],
    ...(ripgrep === null
      ? {}
      : {
          'rg -c -F, 1 text': ['rg', '-c', '-F', '-a', texts[0], log],
          [`rg -c -i -F, ${texts.length} texts`]: ['rg', '-c', '-i', '-F', '-a', ...texts.flatMap((text) => ['-e', text]), log],
        }),
    ...(duckdb === null
      ? {}
      : {
          [`DuckDB, ${texts.length} texts in any case`]: [
            process.execPath,
            path.join(root, 'bench/duckdb-peer.mjs'),
            duckdb,
            log,
            ...texts,
          ],
        }),
    'afterpatch --jobs 1': assess(root, 1, out),
    'afterpatch --jobs 2': assess(root, 2, out),
    'afterpatch --jobs 2, SHA-256 masked': assess(root, 2, out),
    ...(options.before === undefined
      ? {}
      : {
          'before --jobs 1': assess(path.resolve(options.before), 1, `${out}-before`),
          'before --jobs 2': assess(path.resolve(options.before), 2, `${out}-before`),
        }),
  };
  const measured = Object.fromEntries(Object.keys(contestants).map((contestant) => [contestant, []]));
  // The first round warms the page cache.
  for (let round = 0; round <= rounds; round++) {
    for (const [contestant, command] of Object.entries(contestants)) {
      const result = await once(command, folder, 'inherit', contestant.endsWith('masked') ? masked : {});
      if (round > 0) measured[contestant].push(result);
    }
  }
  const { findings, evidence: artifacts, verdict } = JSON.parse(fs.readFileSync(path.join(out, 'assessment.json'), 'utf8'));
  const found = findings.filter((finding) => finding.rule === rule).reduce((sum, { count }) => sum + count, 0);
  const { records } = artifacts[0];
  fs.rmSync(evidence, { recursive: true });
  if (found !== truth.planted || records !== truth.rows) {
    throw new Error(`${name}: the run is worthless: ${records} of ${truth.rows} rows, ${found} of ${truth.planted} planted ones`);
  }
  const floor = median(measured['wc -l'].map(({ seconds }) => seconds));
  return {
    name,
    data: { bytes, rows: truth.rows, planted: truth.planted, found, records, answer: verdict.answer },
    contestants: Object.entries(measured).map(([contestant, list]) => {
      const seconds = median(list.map((one) => one.seconds));
      return {
        name: contestant,
        ...figures(list),
        megabytesPerSecond: Math.round(bytes / 1e6 / seconds),
        timesWcL: Number((seconds / floor).toFixed(2)),
      };
    }),
  };
}

if (ripgrep === null) console.log('ripgrep: not installed');
if (duckdb === null) console.log('DuckDB: not installed (npm i @duckdb/node-api somewhere, and --duckdb <that folder>)');
const date = options.date ?? new Date().toISOString().slice(0, 10);
const result = {
  date,
  command: `node bench/assess.bench.mjs ${sizes.join()} ${rounds}`,
  ...(options.note === undefined ? {} : { note: options.note }),
  machine: machine(),
  versions: {
    node: process.versions.node,
    v8: process.versions.v8,
    ripgrep,
    duckdb:
      duckdb === null
        ? null
        : JSON.parse(fs.readFileSync(path.join(duckdb.slice(0, duckdb.lastIndexOf('node-api') + 8), 'package.json'), 'utf8'))
            .version,
    afterpatch: JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version,
    commit: spawnSync('git', ['-C', root, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim(),
    ...(options.before === undefined ? {} : { before: path.basename(path.resolve(options.before)) }),
  },
  logs: [],
  perGigabyte: [],
};
for (const log of logs) {
  const ofLog = [];
  for (const size of sizes) {
    const measured = await measure(log, size);
    result.logs.push(measured);
    ofLog.push(measured);
    for (const { name, medianSeconds, medianProcessorSeconds, megabytesPerSecond, timesWcL, peakMiB } of measured.contestants)
      console.log(
        `${log.name.padEnd(10)} ${String(size).padStart(6)} MB ${name.padEnd(36)} ${medianSeconds} s, ${megabytesPerSecond} MB/s, ${timesWcL} × wc -l, ${medianProcessorSeconds} s of processors, ${peakMiB} MiB`,
      );
  }
  // What lies between the smallest and the largest: without starting and telling.
  const [first, last] = [ofLog.at(0), ofLog.at(-1)];
  if (first === last) continue;
  const gigabytes = (last.data.bytes - first.data.bytes) / 1e9;
  const perGigabyte = last.contestants.map((one, index) => {
    const { medianSeconds, medianProcessorSeconds } = first.contestants[index];
    return {
      name: one.name,
      seconds: short((one.medianSeconds - medianSeconds) / gigabytes),
      processorSeconds: short((one.medianProcessorSeconds - medianProcessorSeconds) / gigabytes),
    };
  });
  result.perGigabyte.push({ name: log.name, contestants: perGigabyte });
  for (const { name, seconds, processorSeconds } of perGigabyte)
    console.log(`${log.name.padEnd(10)} each GB   ${name.padEnd(36)} ${seconds} s, ${processorSeconds} s of processors`);
}
const target = path.join(root, 'bench/runs', date, 'assess.json');
fs.mkdirSync(path.dirname(target), { recursive: true });
fs.writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
console.log(path.relative(root, target));
