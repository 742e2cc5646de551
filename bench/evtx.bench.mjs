/**
 * Reading event logs: fields alone and every record as JSON, on one thread and on all cores, beside other readers on the same file in
 * the same rounds (evtxexport of libevtx-utils and python-evtx, where they are installed). The file is made of the chunks of real logs,
 * again and again, until it is large enough; which logs, is not written down.
 *
 * `node bench/evtx.bench.mjs <folder of .evtx files> [megabytes] [rounds] [--note <text>]` writes `bench/runs/<date>/evtx.json`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { crc32 } from '../dist/core/crc32.js';
import { figures, machine, median, once } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { note: { type: 'string' }, date: { type: 'string' }, 'python-megabytes': { type: 'string' } },
});
const [logs, size, times] = positionals;
if (logs === undefined) throw new Error('node bench/evtx.bench.mjs <folder of .evtx files> [megabytes] [rounds]');
const megabytes = Number(size ?? 500);
const rounds = Number(times ?? 3);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const hasExport = spawnSync('evtxexport', ['-V']).error === undefined;
const headBytes = 4096;
const chunkBytes = 65_536;
const fullBytes = 49_152;
/**
 * Whole chunks alone, for what is damaged each reader treats in its own way; and those that are nearly full, as all but the last one of a
 * log are.
 */
const chunks = fs
  .readdirSync(logs, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.evtx'))
  .sort()
  // What evtxexport gives up at it would stop at in the large file, too, and be measured for a part of the work.
  .filter(
    (name) => !hasExport || spawnSync('evtxexport', ['-f', 'xml', path.join(logs, name)], { maxBuffer: 1 << 30 }).status === 0,
  )
  .flatMap((name) => {
    const bytes = fs.readFileSync(path.join(logs, name));
    return Array.from({ length: Math.max(0, Math.floor((bytes.length - headBytes) / chunkBytes)) }, (_, i) =>
      bytes.subarray(headBytes + i * chunkBytes, headBytes + (i + 1) * chunkBytes),
    ).filter(
      (chunk) =>
        chunk.toString('latin1', 0, 7) === 'ElfChnk' &&
        chunk.readUInt32LE(48) <= chunkBytes &&
        chunk.readUInt32LE(48) >= fullBytes &&
        crc32(chunk, 512, chunk.readUInt32LE(48)) === chunk.readUInt32LE(52),
    );
  });
if (chunks.length === 0) throw new Error(`no event log in ${logs}`);

function write(file, bytes) {
  const count = Math.min(65_535, Math.ceil(bytes / chunkBytes));
  const head = Buffer.alloc(headBytes);
  head.write('ElfFile\0', 'latin1');
  head.writeBigUInt64LE(BigInt(count - 1), 16);
  head.writeBigUInt64LE(1n, 24);
  head.writeUInt32LE(128, 32);
  head.writeUInt16LE(1, 36);
  head.writeUInt16LE(3, 38);
  head.writeUInt16LE(headBytes, 40);
  head.writeUInt16LE(count, 42);
  head.writeUInt32LE(crc32(head, 0, 120), 124);
  const out = fs.openSync(file, 'w');
  fs.writeSync(out, head);
  for (let i = 0; i < count; i++) fs.writeSync(out, chunks[i % chunks.length]);
  fs.closeSync(out);
  return fs.statSync(file).size;
}

const file = path.join(folder, 'large.evtx');
const bytes = write(file, megabytes * 1e6);
// python-evtx takes minutes where others take a second: it gets a smaller file of the same chunks.
const small = path.join(folder, 'small.evtx');
const smallBytes = write(small, Number(options['python-megabytes'] ?? Math.min(megabytes, 20)) * 1e6);
const records = Number(
  spawnSync(process.execPath, [path.join(root, 'bench/evtx-read.mjs'), 'fields', file, '1'], { encoding: 'utf8' }).stdout,
);
if (!(records > 0)) throw new Error('the run is worthless: no record was read');

const installed = (command, ...args) => spawnSync(command, args).status === 0;
const ours = (what, threads) => [process.execPath, path.join(root, 'bench/evtx-read.mjs'), what, file, String(threads)];
const cores = os.availableParallelism();
// Debian's packages are those of Debian's own Python.
const interpreter = ['python3', '/usr/bin/python3'].find((one) => installed(one, '-c', 'import Evtx'));
const python = 'import sys, Evtx.Evtx as e\nwith e.Evtx(sys.argv[1]) as log:\n  for record in log.records(): record.xml()\n';
const contestants = {
  'fields, 1 thread': [ours('fields', 1), bytes],
  ...(cores > 1 ? { [`fields, ${cores} threads`]: [ours('fields', cores), bytes] } : {}),
  'JSON, 1 thread': [ours('json', 1), bytes],
  ...(cores > 1 ? { [`JSON, ${cores} threads`]: [ours('json', cores), bytes] } : {}),
  'afterpatch records': [[process.execPath, path.join(root, 'bin/afterpatch.js'), 'records', file], bytes],
  ...(hasExport
    ? { 'evtxexport -f xml': [['evtxexport', '-f', 'xml', file], bytes], 'evtxexport (text)': [['evtxexport', file], bytes] }
    : {}),
  ...(spawnSync('evtx_dump', ['--version']).error === undefined
    ? { 'evtx_dump -t 1 -o jsonl': [['evtx_dump', '-t', '1', '-o', 'jsonl', file], bytes] }
    : {}),
  ...(interpreter === undefined ? {} : { 'python-evtx': [[interpreter, '-c', python, small], smallBytes] }),
};
let exported = null;
if (hasExport) {
  const counted = spawnSync('sh', ['-c', 'evtxexport -f xml "$0" 2>/dev/null | grep -c "<Event "', file], { encoding: 'utf8' });
  exported = Number(counted.stdout);
  if (Math.abs(exported - records) > records / 100)
    throw new Error(`the run is worthless: evtxexport reads ${counted.stdout.trim()} of ${records} records`);
}
const started = machine();
const measured = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
// The first round warms the page cache.
for (let round = 0; round <= rounds; round++)
  for (const [name, [command]] of Object.entries(contestants)) {
    const result = await once(command, folder);
    if (round > 0) measured[name].push(result);
  }
const speed = (name) => contestants[name][1] / 1e6 / median(measured[name].map(({ seconds }) => seconds));
const peer = 'evtxexport -f xml' in contestants ? 'evtxexport -f xml' : null;
const date = options.date ?? new Date().toISOString().slice(0, 10);
const result = {
  date,
  command: `node bench/evtx.bench.mjs <folder> ${megabytes} ${rounds}`,
  ...(options.note === undefined ? {} : { note: options.note }),
  machine: started,
  versions: {
    node: process.versions.node,
    commit: spawnSync('git', ['-C', root, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim(),
  },
  data: { bytes, chunks: chunks.length, records, recordsOfEvtxexport: exported },
  contestants: Object.entries(measured).map(([name, list]) => ({
    name,
    ...figures(list),
    megabytesPerSecond: Number(speed(name).toFixed(1)),
    recordsPerSecond: Math.round((records / bytes) * speed(name) * 1e6),
    ...(peer === null ? {} : { timesEvtxexport: Number((speed(name) / speed(peer)).toFixed(2)) }),
  })),
};
for (const { name, medianSeconds, megabytesPerSecond, recordsPerSecond, timesEvtxexport, peakMiB } of result.contestants)
  console.log(
    `${name.padEnd(24)} ${medianSeconds} s, ${megabytesPerSecond} MB/s, ${recordsPerSecond} records/s${timesEvtxexport === undefined ? '' : `, ${timesEvtxexport} × evtxexport`}, ${peakMiB} MiB`,
  );
const target = path.join(root, 'bench/runs', date, 'evtx.json');
fs.mkdirSync(path.dirname(target), { recursive: true });
fs.writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
console.log(path.relative(root, target));
