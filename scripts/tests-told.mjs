/**
 * What a run of the tests came to: `node scripts/tests-told.mjs report.json`. Prints the seconds of each part, summed over its files
 * (several run at once), and last of all `passed failed skipped`.
 */
import fs from 'node:fs';
import path from 'node:path';

const parts = [
  ['browser', /^test\/browser\//],
  ['fuzzing', /^test\/fuzz\/|\.fuzz\.test\.ts$/],
  ['hostile and kill', /^test\/(?:e2e\/(?:hostile|kill|resume)|archives\/hostile|forging\/)/],
  ['programs and archives', /^test\/(?:e2e|archives)\//],
  ['evidence of others', /^test\/conformance\//],
  ['everything else', /^/],
];

let report = { testResults: [] };
try {
  report = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
} catch {
  process.stderr.write('the tests left no report\n');
}
const seconds = new Map(parts.map(([name]) => [name, 0]));
for (const { name, startTime, endTime } of report.testResults) {
  const file = path.relative(process.cwd(), name).replaceAll('\\', '/');
  const [part] = parts.find(([, pattern]) => pattern.test(file));
  seconds.set(part, seconds.get(part) + Math.max(0, endTime - startTime) / 1000);
}
for (const [part, spent] of seconds) console.log(`   ${part}: ${spent.toFixed(0)} s`);

// A file that cannot even be loaded has no tests to fail: it counts as one.
const broken = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
);
const failed = (report.numFailedTests ?? 0) + broken.length;
console.log(report.numPassedTests ?? 0, failed, (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0));
