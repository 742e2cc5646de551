/**
 * A million indicators against a thousand, and against none, on one large IIS log: assessments in turn, each in a process of its own. What
 * reading the list and making the table that workers share take is measured apart from the assessment.
 *
 * `node bench/indicators.bench.mjs [megabytes] [rounds] [--many <number>] [--note <text>] [--date <day>]` writes
 * `bench/runs/<date>/indicators.json`. Every list holds the same 20 indicators that are met; the others are met nowhere.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeIisLog } from './generate-iis.mjs';
import { machine, median, short } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { many: { type: 'string' }, note: { type: 'string' }, date: { type: 'string' } },
});
const megabytes = Number(positionals[0] ?? 1000);
const rounds = Number(positionals[1] ?? 5);
const many = Number(options.many ?? 1_000_000);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const evidence = path.join(folder, 'iis');
const log = path.join(evidence, 'W3SVC1/u_ex210301.log');
fs.mkdirSync(path.dirname(log), { recursive: true });
writeIisLog(log, megabytes * 1e6);
const bytes = fs.statSync(log).size;

/** Of all types in turn; the first 20 are addresses of the log. */
function writeList(file, count) {
  let state = 1;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (length) => {
    let text = '';
    while (text.length < length) text += random().toString(16).padStart(8, '0');
    return text.slice(0, length);
  };
  const out = fs.openSync(file, 'w');
  let pending = 'indicator,type,description\n';
  for (let i = 0; i < count; i++) {
    if (i < 20) pending += `198.51.100.${i * 7},ip,met\n`;
    else if (i % 5 === 0) pending += `${hex(64)},sha256,sample ${i % 100}\n`;
    else if (i % 5 === 1)
      pending += `${(random() % 220) + 1}.${random() % 256}.${random() % 256}.${random() % 256},ip,scanner ${i % 100}\n`;
    else if (i % 5 === 2) pending += `${hex(12)}.bad${random() % 997}.example,domain,control ${i % 100}\n`;
    else if (i % 5 === 3) pending += `/owa/auth/${hex(10)}.aspx,path,shell ${i % 100}\n`;
    else pending += `agent ${hex(16)}/1.0,user-agent,tool ${i % 100}\n`;
    if (pending.length > 1 << 20) {
      fs.writeSync(out, pending);
      pending = '';
    }
  }
  fs.writeSync(out, pending);
  fs.closeSync(out);
}
const few = path.join(folder, 'few.csv');
const lots = path.join(folder, 'many.csv');
writeList(few, 1000);
writeList(lots, many);

const contestants = {};
for (const jobs of [1, 2]) {
  contestants[`none --jobs ${jobs}`] = [evidence, jobs];
  contestants[`1000 --jobs ${jobs}`] = [evidence, jobs, few];
  contestants[`${many} --jobs ${jobs}`] = [evidence, jobs, lots];
}
const measured = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
// The first round warms the page cache.
for (let round = 0; round <= rounds; round++)
  for (const [name, args] of Object.entries(contestants)) {
    const { stdout, status } = spawnSync(process.execPath, [path.join(root, 'bench/indicators-run.mjs'), ...args.map(String)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error(`${name} ended with ${status}`);
    if (round > 0) measured[name].push(JSON.parse(stdout));
  }
const of = (name, key) => median(measured[name].map((one) => one[key]));
const result = {
  bench: 'indicators',
  note: options.note ?? '',
  command: `node bench/indicators.bench.mjs ${megabytes} ${rounds}`,
  machine: { ...machine(), node: process.version },
  bytes,
  rounds,
  medians: Object.fromEntries(
    Object.keys(contestants).map((name) => [
      name,
      {
        importSeconds: short(of(name, 'importSeconds')),
        assessSeconds: short(of(name, 'assessSeconds')),
        processorSeconds: short(of(name, 'processorSeconds')),
        megabytesPerSecond: short(bytes / 1e6 / of(name, 'assessSeconds')),
        met: of(name, 'met'),
        rows: of(name, 'rows'),
        peakMiB: of(name, 'peakMiB'),
      },
    ]),
  ),
  /** A million against a thousand: the assessment alone, by the clock and by the processor's. */
  processorRatios: Object.fromEntries(
    [1, 2].map((jobs) => [
      `--jobs ${jobs}`,
      short(of(`${many} --jobs ${jobs}`, 'processorSeconds') / of(`1000 --jobs ${jobs}`, 'processorSeconds')),
    ]),
  ),
  ratios: Object.fromEntries(
    [1, 2].map((jobs) => [
      `--jobs ${jobs}`,
      short(of(`${many} --jobs ${jobs}`, 'assessSeconds') / of(`1000 --jobs ${jobs}`, 'assessSeconds')),
    ]),
  ),
  measured,
};
const day = options.date ?? new Date().toISOString().slice(0, 10);
const into = path.join(root, 'bench/runs', day);
fs.mkdirSync(into, { recursive: true });
fs.writeFileSync(path.join(into, 'indicators.json'), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify({ medians: result.medians, ratios: result.ratios, processorRatios: result.processorRatios }, null, 2));
