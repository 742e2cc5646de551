/**
 * Time and memory of `hunt` over one large event log with more and more rules of the community: what a rule costs that is added.
 *
 * `node bench/sigma.bench.mjs --rules <folder of Sigma rules> --logs <folder of .evtx> [megabytes] [rounds] [--jobs 2] [--counts 0,100,1000,all]`
 *
 * The log is made of the nearly full chunks of all event logs below `--logs`, one after the other, again and again up to the size. Rules are taken evenly from
 * the folder (every so-many-th file), each number of rules in a folder of its own; `0` is one rule that is about a log which is not there. Every number
 * runs once in each round, in turn. Then the whole `assess` over the same log, with the packs alone and with all rules besides, by one and two threads.
 * Writes `bench/runs/<date>/sigma.json`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { below, chunkBytes, writeEventLog } from './generate-evtx.mjs';
import { figures, machine, once, short } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rules: { type: 'string' },
    logs: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    counts: { type: 'string', default: '0,100,1000,all' },
    date: { type: 'string' },
    note: { type: 'string' },
  },
});
if (options.rules === undefined || options.logs === undefined) {
  process.stderr.write('usage: node bench/sigma.bench.mjs --rules <folder> --logs <folder> [megabytes] [rounds]\n');
  process.exit(64);
}
const megabytes = Number(positionals[0] ?? 1000);
const rounds = Number(positionals[1] ?? 3);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const program = path.join(root, 'bin', 'afterpatch.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const nothing = `title: A log that is not there
logsource: { product: windows, service: openssh }
detection: { sel: { EventID: 1 }, condition: sel }
`;

function rulesFolder(count, all) {
  const into = path.join(folder, `rules-${count}`);
  fs.mkdirSync(into);
  const wanted = count === 'all' ? all.length : Math.min(Number(count), all.length);
  if (wanted === 0) fs.writeFileSync(path.join(into, 'nothing.yml'), nothing);
  for (let i = 0; i < wanted; i++) fs.copyFileSync(all[Math.floor((i * all.length) / wanted)], path.join(into, `${i}.yml`));
  return { folder: into, files: wanted };
}

const log = path.join(folder, 'events.evtx');
const made = writeEventLog(log, megabytes * 1e6, options.logs);
const all = below(options.rules, '.yml');
const sets = options.counts.split(',').map((count) => ({ count, ...rulesFolder(count, all) }));
const command = (set) => [
  process.execPath,
  program,
  'hunt',
  log,
  '--rules',
  set.folder,
  '--format',
  'ndjson',
  '--jobs',
  options.jobs,
];

// What each set finds, once, before anything is measured; and how many of its rules run.
const contestants = [];
for (const set of sets) {
  const [node, ...rest] = command(set);
  // A file without a hit is named only to whoever asks which rules ran.
  const asked = [...rest, '--explain-rules'];
  const { stderr, status } = spawnSync(node, asked, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const told = (pattern) => Number(pattern.exec(stderr)?.[1].replaceAll(',', '') ?? Number.NaN);
  const running = told(/([\d,]+) rules? and/);
  const hits = told(/^([\d,]+) hits? of/m);
  const records = told(/events\.evtx: ([\d,]+) records/);
  if (Number.isNaN(hits + records) || ![0, 1, 2].includes(status))
    throw new Error(`hunt failed (${status}): ${stderr.slice(-2000)}`);
  contestants.push({ ...set, running, hits, records, runs: [] });
}
// What loading alone costs is measured on a log with one chunk.
const small = path.join(folder, 'one-chunk.evtx');
fs.writeFileSync(small, fs.readFileSync(log).subarray(0, 4096 + chunkBytes));
for (let round = 0; round < rounds; round++) {
  for (const one of contestants) {
    const [node, ...rest] = command(one);
    one.runs.push(await once([node, ...rest], folder, 'ignore'));
    const [, ...load] = command(one).map((part) => (part === log ? small : part));
    (one.loads ??= []).push(await once([node, ...load], folder, 'ignore'));
  }
}
const results = contestants.map(({ count, files, running, hits, records, runs, loads }) => ({
  rules: count,
  files,
  running,
  records,
  hits,
  whole: figures(runs),
  loading: figures(loads),
}));
const [base] = results;
for (const one of results) {
  const added = one.running - base.running;
  const scan = (result) => result.whole.medianSeconds - result.loading.medianSeconds;
  one.megabytesPerSecond = short(made.bytes / 1e6 / scan(one));
  one.timesTheFirst = short(scan(one) / scan(base));
  one.secondsPerRuleAdded = added === 0 ? null : short((scan(one) - scan(base)) / added);
}
// The whole of it: packs, coverage, report and case folder, without rules of others and with all of them.
const last = sets.at(-1);
const assessed = [];
for (const { name, rules } of [
  { name: 'packs', rules: [] },
  { name: `packs and ${last.files} files of rules`, rules: ['--rules', last.folder] },
])
  for (const jobs of [1, 2]) {
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      const out = path.join(folder, 'case');
      fs.rmSync(out, { recursive: true, force: true });
      runs.push(
        await once([process.execPath, program, 'assess', log, ...rules, '--out', out, '--jobs', String(jobs)], folder, 'ignore'),
      );
      if (!fs.existsSync(path.join(out, 'assessment.json'))) throw new Error('assess gave no answer');
    }
    const whole = figures(runs);
    assessed.push({ name, jobs, whole, megabytesPerSecond: short(made.bytes / 1e6 / whole.medianSeconds) });
  }
const date = options.date ?? new Date().toISOString().slice(0, 10);
const report = {
  date,
  node: process.version,
  machine: machine(),
  note: options.note ?? null,
  megabytes,
  rounds,
  jobs: Number(options.jobs),
  log: made,
  results,
  assessed,
};
const target = path.join(root, 'bench', 'runs', date);
fs.mkdirSync(target, { recursive: true });
fs.writeFileSync(path.join(target, 'sigma.json'), `${JSON.stringify(report, null, 2)}\n`);
for (const one of results)
  process.stdout.write(
    `${String(one.rules).padStart(5)} rules (${one.running} run): ${one.whole.medianSeconds} s, of it loading ${one.loading.medianSeconds} s; ${one.megabytesPerSecond} MB/s; ${one.timesTheFirst} x; ${one.whole.peakMiB} MiB; ${one.hits} hits of ${one.records} records\n`,
  );
for (const { name, jobs, whole, megabytesPerSecond } of assessed)
  process.stdout.write(
    `assess, ${name}, --jobs ${jobs}: ${whole.medianSeconds} s, ${whole.medianProcessorSeconds} s of processors, ${megabytesPerSecond} MB/s, ${whole.peakMiB} MiB\n`,
  );
