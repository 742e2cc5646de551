// How well intruders are told apart, over many seeds: `node bench/intruders.bench.mjs [seeds] [MB]`. Makes the evidence up, assesses it and
// holds it against its truth; prints what stands in bench/runs/<date>/intruders.json. Grading is scripts/told-apart.mjs. The first settings
// get all seeds, the others a fifth of them.

import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toldApart } from '../scripts/told-apart.mjs';
import { assess, loadContent } from '../dist/assess.js';
import { generateDemo, planDemo } from '../dist/demo/index.js';
import { nodePlatform } from '../dist/host/node-platform.js';
import { inlineExecutor } from '../dist/run/index.js';

const seeds = Number(process.argv[2] ?? 100);
const bytes = Number(process.argv[3] ?? 2) * 1e6;
const mixed = { stories: ['mixed-intruders'] };
const settings = {
  'two to five': mixed,
  'two behind one address': { ...mixed, intruders: 2 },
  'five, of whom four share addresses': { ...mixed, intruders: 5 },
  'three servers, events of cmdlets': { ...mixed, hosts: 3, events: true },
  'one address for all (balancer)': { ...mixed, loadBalancer: 'hidden' },
  'two fifths of the files lost': { ...mixed, lostFiles: 0.4 },
  'the balancer passes addresses on': { ...mixed, loadBalancer: 'forwarded' },
  'two servers, two hours apart': { ...mixed, hosts: 2, clockSkewMinutes: 120 },
  'five within one day': { ...mixed, intruders: 5, days: 1, from: '2021-03-01' },
  'without the HttpProxy logs': { ...mixed, without: ['httpproxy'] },
  'without the ECP server logs': { ...mixed, without: ['ecp-server'] },
  'the front end’s IIS logs alone': { ...mixed, without: ['ecp-server', 'httpproxy', 'iis-back'] },
  'proxylogon-hands-on, one address for all': { stories: ['proxylogon-hands-on'], loadBalancer: 'hidden' },
  'proxylogon-mass, events of cmdlets': { stories: ['proxylogon-mass'], events: true },
  'proxylogon-mail-theft': { stories: ['proxylogon-mail-theft'] },
  proxyshell: { stories: ['proxyshell'] },
  'two-intruders': { stories: ['two-intruders'] },
};

const home = mkdtempSync(join(tmpdir(), 'afterpatch-intruders-'));
const content = loadContent(nodePlatform);
const sink = (folder) => ({
  open(name) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    return openSync(file, 'wx');
  },
  write: (file, part) => writeSync(file, part),
  close: (file) => closeSync(file),
});
const main = Object.keys(settings).slice(0, 6);
const round = (share) => Math.round(share * 1000) / 1000;
const results = {};
for (const [name, options] of Object.entries(settings)) {
  const runs = [];
  const most = main.includes(name) ? seeds : Math.ceil(seeds / 5);
  for (let seed = 1; seed <= most; seed++) {
    const folder = join(home, 'evidence');
    const truth = generateDemo(planDemo({ bytes, seed: String(seed), ...options }), sink(folder));
    const { assessment } = await assess([folder], {
      organisation: 'demo',
      known: [],
      executor: inlineExecutor(),
      platform: nodePlatform,
      content,
    });
    rmSync(folder, { recursive: true });
    const graded = toldApart(truth, assessment);
    const { expect } = truth.stories[0];
    const beyond = assessment.intrusions.filter(({ role, stage }) => role === 'intruder' && stage !== 'attempted').length;
    runs.push({ ...graded, right: beyond === expect.intruders, answer: assessment.verdict.answer === expect.answer });
  }
  const least = (of) => round(Math.min(...runs.map(of)));
  const mean = (of) => round(runs.reduce((sum, run) => sum + of(run), 0) / runs.length);
  results[name] = {
    seeds: most,
    precision: { mean: mean(({ precision }) => precision), least: least(({ precision }) => precision) },
    recall: { mean: mean(({ recall }) => recall), least: least(({ recall }) => recall) },
    leastOfOneIntrusion: least(({ leastPrecision }) => leastPrecision),
    leastOfOneIntruder: least(({ leastRecall }) => leastRecall),
    intrusionsThatHoldTwoWriters: runs.reduce((sum, { mergedWriters }) => sum + mergedWriters, 0),
    rowsOfNobody: runs.reduce((sum, { foreign }) => sum + foreign.length, 0),
    numberOfIntrudersRight: runs.filter(({ right }) => right).length,
    answerAsTheStorySays: runs.filter(({ answer }) => answer).length,
  };
  console.error(name, JSON.stringify(results[name]));
}
rmSync(home, { recursive: true });
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const command = `node bench/intruders.bench.mjs ${process.argv.slice(2).join(' ')}`.trim();
console.log(
  JSON.stringify({ command, versions: { node: process.versions.node, commit }, megabytes: bytes / 1e6, results }, null, 2),
);
