/**
 * Does novelty alone, with every pack and rule switched off, show an attack that was spliced into ordinary days? For each seed and story
 * evidence is made up (`afterpatch demo`), assessed without packs, and held against its truth; beside it what three dumb rankings of the
 * same counts would have shown (rarest path, rarest user agent, random). Nothing is fitted per story: leaving one campaign out is to look
 * at its row alone.
 *
 * `node bench/novelty.bench.mjs [--seeds 50] [--first 1] [--size 50MB] [--processes 2] [--stories a,b] [--settings plain,…] [--partial file] [--note text]`
 * writes `bench/runs/<date>/novelty.json`. It refuses to run on another generator than the frozen one (`novelty-frozen.json`) unless
 * `--thawed` says why.
 */
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { frozen, generatorHash } from './novelty-frozen.mjs';
import { machine } from './measure.mjs';
import { gradeOne, settings } from './novelty-grade.mjs';
import { summed, told } from './novelty-summary.mjs';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    first: { type: 'string', default: '1' },
    size: { type: 'string', default: '50MB' },
    processes: { type: 'string', default: '2' },
    stories: { type: 'string' },
    settings: { type: 'string' },
    note: { type: 'string' },
    date: { type: 'string' },
    thawed: { type: 'string' },
    /** A file to which each result is added at once. */
    partial: { type: 'string' },
    worker: { type: 'boolean' },
  },
});

if (options.worker === true) {
  process.on('message', (task) => void gradeOne(task).then((result) => process.send(result)));
} else await main();

async function main() {
  const generator = generatorHash();
  const { generator: expected, stories: all } = frozen();
  if (generator !== expected && options.thawed === undefined)
    throw new Error(`the generator is not the frozen one (${generator}); --thawed <why> runs all the same`);
  const first = Number(options.first);
  const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => first + index);
  const stories = options.stories?.split(',') ?? all;
  const asked = options.settings?.split(',') ?? Object.keys(settings);
  // Plain days: every story with every seed. What makes it harder: every seed, with the stories in turn.
  const tasks = [];
  for (const [index, seed] of seeds.entries())
    for (const setting of asked)
      for (const [turn, story] of stories.entries())
        if (setting === 'plain' || turn === index % stories.length)
          tasks.push({ story, seed: String(seed), setting, size: options.size });
  const results = await spread(tasks);
  const summary = summed(results);
  for (const line of told(summary)) console.log(line);
  const date = options.date ?? new Date().toISOString().slice(0, 10);
  const folder = path.join(path.dirname(new URL(import.meta.url).pathname), 'runs', date);
  fs.mkdirSync(folder, { recursive: true });
  const run = {
    command: `node bench/novelty.bench.mjs ${process.argv.slice(2).join(' ')}`.trim(),
    note: options.note ?? null,
    generator,
    frozen: expected,
    thawed: generator === expected ? null : options.thawed,
    machine: machine(),
    seeds: [seeds[0], seeds.at(-1)],
    size: options.size,
    summary,
    results,
  };
  fs.writeFileSync(path.join(folder, 'novelty.json'), `${JSON.stringify(run)}\n`);
}

function spread(tasks) {
  const results = [];
  const waiting = tasks.map((task, index) => ({ task, index }));
  const workers = Math.min(Number(options.processes), tasks.length);
  return new Promise((resolve, reject) => {
    let open = workers;
    for (let worker = 0; worker < workers; worker++) {
      const child = fork(new URL(import.meta.url).pathname, ['--worker'], { stdio: 'inherit' });
      os.setPriority(child.pid, 10);
      let now = null;
      const next = () => {
        now = waiting.shift() ?? null;
        if (now !== null) return void child.send(now.task);
        child.disconnect();
        if (--open === 0) resolve(results);
      };
      child.on('message', (result) => {
        results[now.index] = result;
        if (options.partial !== undefined) fs.appendFileSync(options.partial, `${JSON.stringify(result)}\n`);
        if (process.stderr.isTTY) process.stderr.write(`\r${tasks.length - waiting.length} of ${tasks.length} `);
        next();
      });
      child.on('error', reject);
      child.on('exit', (code) => code !== 0 && reject(new Error(`a process ended with ${code}`)));
      next();
    }
  });
}
