/**
 * Making up evidence, as a whole process, beside floors that write as many bytes to the same place in the same rounds: `cp -r` of the
 * same files, `head -c` and `dd` of zeros, and a bare loop of writes in Node with the generator's own buffer. On the disk, and again on
 * a file system in memory where there is one: a disk that others use as well says little about the generator.
 *
 * `node bench/demo.bench.mjs [megabytes] [rounds] [--story <name>] [--note <text>] [--date <day>]` writes `bench/runs/<date>/demo.json`.
 * Every round of it is checked: the sizes on the disk are what the truth says, and all rounds are the same bytes.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { figures, machine, median, once } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    story: { type: 'string', default: 'proxylogon-hands-on' },
    note: { type: 'string' },
    date: { type: 'string' },
    folder: { type: 'string', default: os.tmpdir() },
  },
});
const megabytes = Number(positionals[0] ?? 1000);
const rounds = Number(positionals[1] ?? 5);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const memory = '/dev/shm';
const places = [
  { place: 'disk', folder: fs.mkdtempSync(path.join(options.folder, 'afterpatch-bench-demo-')) },
  ...(fs.existsSync(memory) ? [{ place: 'memory', folder: fs.mkdtempSync(path.join(memory, 'afterpatch-bench-demo-')) }] : []),
];
process.on('exit', () => places.forEach(({ folder }) => fs.rmSync(folder, { recursive: true, force: true })));
const bytes = megabytes * 1e6;

const nodeWrites = `
const fs = require('fs');
const file = fs.openSync(process.argv[1], 'wx');
const buffer = Buffer.alloc(128 * 1024, 48);
for (let left = ${bytes}; left > 0; left -= buffer.length) fs.writeSync(file, buffer, 0, Math.min(left, buffer.length));
fs.closeSync(file);`;
const demo = (target, size) => [
  process.execPath,
  path.join(root, 'bin/afterpatch.js'),
  'demo',
  '--size',
  `${size}MB`,
  '--story',
  options.story,
  '--seed',
  'bench',
  '--out',
  target,
];
const contestants = (model) => ({
  'cp -r of the same files': (target) => ['cp', '-r', model, target],
  'head -c of zeros': (target) => ['sh', '-c', `head -c ${bytes} /dev/zero > '${target}'`],
  'dd of zeros, 1 MiB': (target) => [
    'dd',
    'if=/dev/zero',
    `of=${target}`,
    'bs=1048576',
    `count=${Math.round(bytes / 1048576)}`,
    'status=none',
  ],
  'writes of 128 KiB (Node)': (target) => [process.execPath, '-e', nodeWrites, target],
  'afterpatch demo': (target) => demo(target, megabytes),
  'afterpatch demo, a tenth of the size': (target) => demo(target, megabytes / 10),
});

/** The truth of a round, held against the disk; what comes back is the same for equal bytes. */
function checked(target, size) {
  const text = fs.readFileSync(path.join(target, 'truth.json'), 'utf8');
  const truth = JSON.parse(text);
  const hash = createHash('sha256').update(text);
  let total = 0;
  for (const file of truth.files) {
    const onDisk = fs.statSync(path.join(target, 'evidence', file.path)).size;
    if (onDisk !== file.bytes) throw new Error(`the run is worthless: ${file.path} is ${onDisk} bytes, not ${file.bytes}`);
    total += onDisk;
  }
  if (Math.abs(total - size * 1e6) > size * 1e4) throw new Error(`the run is worthless: ${total} bytes`);
  for (const file of truth.files.slice(0, 20)) hash.update(fs.readFileSync(path.join(target, 'evidence', file.path)));
  return {
    hash: hash.digest('hex'),
    bytes: total,
    records: truth.records,
    files: truth.files.length,
    hostileRows: truth.rows.length,
  };
}

async function measure({ place, folder }) {
  const model = path.join(folder, 'model');
  await once(demo(model, megabytes), folder);
  const all = contestants(model);
  const measured = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  const made = new Map();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, command] of Object.entries(all)) {
      const target = path.join(folder, 'made');
      const result = await once(command(target), folder);
      if (name.startsWith('afterpatch')) {
        const facts = checked(target, name.endsWith('size') ? megabytes / 10 : megabytes);
        if (made.has(name) && made.get(name).hash !== facts.hash) throw new Error('the run is worthless: two rounds differ');
        made.set(name, facts);
      }
      fs.rmSync(target, { recursive: true });
      if (round > 0) measured[name].push(result);
    }
  }
  fs.rmSync(model, { recursive: true });
  const floor = median(measured['cp -r of the same files'].map(({ seconds }) => seconds));
  return {
    place,
    made: Object.fromEntries(made),
    contestants: Object.entries(measured).map(([name, list]) => {
      const size = name.endsWith('a tenth of the size') ? bytes / 10 : bytes;
      const seconds = median(list.map((one) => one.seconds));
      const processor = median(list.map((one) => one.processorSeconds));
      return {
        name,
        ...figures(list),
        megabytesPerSecond: Math.round(size / 1e6 / seconds),
        megabytesPerProcessorSecond: processor > 0 ? Math.round(size / 1e6 / processor) : null,
        timesCopy: Number((seconds / floor).toFixed(2)),
      };
    }),
  };
}

const date = options.date ?? new Date().toISOString().slice(0, 10);
const result = {
  date,
  command: `node bench/demo.bench.mjs ${megabytes} ${rounds}`,
  ...(options.note === undefined ? {} : { note: options.note }),
  machine: machine(),
  versions: {
    node: process.versions.node,
    commit: spawnSync('git', ['-C', root, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim(),
  },
  places: [],
};
for (const where of places) {
  const measured = await measure(where);
  result.places.push(measured);
  for (const one of measured.contestants)
    console.log(
      `${where.place.padEnd(7)} ${one.name.padEnd(38)} ${one.medianSeconds} s, ${one.megabytesPerSecond} MB/s, ${one.timesCopy} × cp -r, ${one.medianProcessorSeconds} s of processors, ${one.peakMiB} MiB`,
    );
}
const target = path.join(root, 'bench/runs', date, 'demo.json');
fs.mkdirSync(path.dirname(target), { recursive: true });
fs.writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
console.log(path.relative(root, target));
