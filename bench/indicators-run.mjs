/** One run of the indicators' benchmark, in a process of its own: `node bench/indicators-run.mjs <evidence> <jobs> [list]`, JSON on standard output. */
import { performance } from 'node:perf_hooks';
import { assess, prepareIndicators } from '../dist/assess.js';
import { readIndicators } from '../dist/cli/indicators/read-indicators.js';
import { nodePlatform } from '../dist/host/node-platform.js';
import { workerExecutor } from '../dist/host/worker-executor.js';
import { inlineExecutor } from '../dist/run/index.js';

const [evidence, jobs, list] = process.argv.slice(2);
const before = performance.now();
const indicators = list === undefined ? undefined : prepareIndicators(readIndicators([list], nodePlatform.files).list());
const cpu = process.cpuUsage();
const imported = performance.now();
const executor = Number(jobs) === 1 ? inlineExecutor() : workerExecutor(Number(jobs));
const { assessment } = await assess([evidence], {
  organisation: 'bench',
  known: [],
  executor,
  platform: nodePlatform,
  ...(indicators === undefined ? {} : { indicators }),
});
const ended = performance.now();
await executor.close();
const met = assessment.findings.filter(({ rule }) => rule.startsWith('indicator/'));
process.stdout.write(
  `${JSON.stringify({
    importSeconds: (imported - before) / 1000,
    assessSeconds: (ended - imported) / 1000,
    indicators: indicators?.list.length ?? 0,
    met: met.length,
    rows: met.reduce((sum, { count }) => sum + count, 0),
    processorSeconds: (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1e6,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
);
