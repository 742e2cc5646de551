/**
 * Assessing packed evidence beside unpacking it: logs of IIS and HttpProxy as one zip, one tar.gz and a plain folder, each as a whole
 * process with all packs, and floors over the same bytes in the same rounds: unpacking the zip to nowhere by Info-ZIP, by 7-Zip
 * (where they are installed) and by Node's streams.
 *
 * `node bench/archives.bench.mjs [megabytes] [rounds] [--note <text>]` writes `bench/runs/<date>/archives.json`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { BlobReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { tarOf } from '../test/archives/tar-writer.mjs';
import { writeHttpProxyLog } from './generate-httpproxy.mjs';
import { writeIisLog } from './generate-iis.mjs';
import { figures, machine, median, once } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { note: { type: 'string' }, date: { type: 'string' } },
});
const megabytes = Number(positionals[0] ?? 400);
const rounds = Number(positionals[1] ?? 5);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

/** Ten files of each kind, as a server keeps them. */
const days = 10;
const plain = path.join(folder, 'plain');
const names = [];
let rows = 0;
for (let day = 1; day <= days; day++) {
  for (const [name, write] of [
    [`C/inetpub/logs/LogFiles/W3SVC1/u_ex21030${day % 10}.log`, writeIisLog],
    [
      `C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Ecp/HttpProxy_202103${String(day).padStart(2, '0')}00-1.LOG`,
      writeHttpProxyLog,
    ],
  ]) {
    const file = path.join(plain, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    rows += write(file, (megabytes * 1e6) / (2 * days), day, day, 1).rows;
    names.push(name);
  }
}
const bytes = names.reduce((sum, name) => sum + fs.statSync(path.join(plain, name)).size, 0);

const zip = path.join(folder, 'evidence.zip');
const writer = new ZipWriter(new Uint8ArrayWriter(), { level: 6, useWebWorkers: false });
for (const name of names) await writer.add(name, new BlobReader(new Blob([fs.readFileSync(path.join(plain, name))])));
fs.writeFileSync(zip, await writer.close());
const tarGz = path.join(folder, 'evidence.tar.gz');
fs.writeFileSync(tarGz, gzipSync(tarOf(names.map((name) => ({ path: name, bytes: fs.readFileSync(path.join(plain, name)) })))));

/** Unpacks each entry with Node's streams and counts the bytes: nothing is hashed, nothing is looked at. */
const inflate = `
const fs = require('fs');
const zlib = require('zlib');
const file = fs.openSync(process.argv[1], 'r');
const size = fs.fstatSync(file).size;
const tail = Buffer.alloc(22);
fs.readSync(file, tail, 0, 22, size - 22);
const central = Buffer.alloc(tail.readUInt32LE(12));
fs.readSync(file, central, 0, central.length, tail.readUInt32LE(16));
(async () => {
  let total = 0;
  for (let at = 0; at < central.length; ) {
    const [name, extra, comment] = [28, 30, 32].map((place) => central.readUInt16LE(at + place));
    const head = Buffer.alloc(30);
    const offset = central.readUInt32LE(at + 42);
    fs.readSync(file, head, 0, 30, offset);
    const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    const packed = fs.createReadStream(process.argv[1], { start, end: start + central.readUInt32LE(at + 20) - 1, highWaterMark: 1 << 18 });
    for await (const piece of packed.pipe(zlib.createInflateRaw({ chunkSize: 1 << 18 }))) total += piece.length;
    at += 46 + name + extra + comment;
  }
  console.log(total);
})();`;

const installed = (command, ...args) => spawnSync(command, args).status === 0;
const assess = (evidence, jobs) => [
  process.execPath,
  path.join(root, 'bin/afterpatch.js'),
  'assess',
  evidence,
  '--out',
  path.join(folder, `case-${path.basename(evidence)}`),
  '--jobs',
  String(jobs),
];
const contestants = {
  'inflate (Node streams)': [process.execPath, '-e', inflate, zip],
  ...(installed('unzip', '-v') ? { 'unzip -p': ['unzip', '-p', zip] } : {}),
  ...(installed('7z', 'i') ? { '7z x -so -mmt=1': ['7z', 'x', '-so', '-mmt=1', zip] } : {}),
  'folder --jobs 1': assess(plain, 1),
  'folder --jobs 2': assess(plain, 2),
  'zip --jobs 1': assess(zip, 1),
  'zip --jobs 2': assess(zip, 2),
  'tar.gz --jobs 2': assess(tarGz, 2),
};
const started = machine();
const measured = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
// The first round warms the page cache.
for (let round = 0; round <= rounds; round++) {
  for (const [name, command] of Object.entries(contestants)) {
    const result = await once(command, folder);
    if (round > 0) measured[name].push(result);
  }
}
for (const packed of ['plain', 'evidence.zip', 'evidence.tar.gz']) {
  const { evidence } = JSON.parse(fs.readFileSync(path.join(folder, `case-${packed}`, 'assessment.json'), 'utf8'));
  const read = evidence.reduce((sum, { records }) => sum + records, 0);
  if (read !== rows) throw new Error(`${packed}: the run is worthless: ${read} of ${rows} rows`);
}
const floor = (name) => median(measured[name].map(({ seconds }) => seconds));
const date = options.date ?? new Date().toISOString().slice(0, 10);
const result = {
  date,
  command: `node bench/archives.bench.mjs ${megabytes} ${rounds}`,
  ...(options.note === undefined ? {} : { note: options.note }),
  machine: started,
  versions: {
    node: process.versions.node,
    zlib: process.versions.zlib,
    commit: spawnSync('git', ['-C', root, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim(),
  },
  data: { files: names.length, bytes, zipBytes: fs.statSync(zip).size, tarGzBytes: fs.statSync(tarGz).size, rows },
  contestants: Object.entries(measured).map(([name, list]) => ({
    name,
    ...figures(list),
    megabytesPerSecond: Math.round(bytes / 1e6 / median(list.map(({ seconds }) => seconds))),
    timesInflate: Number((median(list.map(({ seconds }) => seconds)) / floor('inflate (Node streams)')).toFixed(2)),
  })),
};
for (const { name, medianSeconds, medianProcessorSeconds, timesInflate, peakMiB } of result.contestants)
  console.log(
    `${name.padEnd(24)} ${medianSeconds} s, ${timesInflate} × inflating, ${medianProcessorSeconds} s of processors, ${peakMiB} MiB`,
  );
const target = path.join(root, 'bench/runs', date, 'archives.json');
fs.mkdirSync(path.dirname(target), { recursive: true });
fs.writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
console.log(path.relative(root, target));
