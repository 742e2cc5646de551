// Holds an assessment of made-up evidence against its truth: `node scripts/grade-demo.mjs <demo folder> <case folder>`. Says what was
// answered and what was expected, whose rows each intrusion holds, which rows were taken for an intruder's and are nobody's, which
// intruders were not found, and how well rows of one intruder are kept together and apart (B-cubed over the rows that findings show).
// It grades and asserts nothing; the exit code is 0.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toldApart } from './told-apart.mjs';

const [demo, casework] = process.argv.slice(2);
if (demo === undefined || casework === undefined) {
  console.error('usage: node scripts/grade-demo.mjs <demo folder> <case folder>');
  process.exit(64);
}
const truth = JSON.parse(readFileSync(join(demo, 'truth.json'), 'utf8'));
const assessment = JSON.parse(readFileSync(join(casework, 'assessment.json'), 'utf8'));

const { answer, stage, entered, beyond, exitCode } = assessment.verdict;
console.log(`answered: ${answer}, stage ${stage}, entered ${entered}, beyond ${beyond}, exit ${exitCode}`);
for (const { name, expect } of truth.stories)
  console.log(`expected: ${expect.answer}, stage ${expect.stage}, ${expect.intruders} intruders (${name})`);

const graded = toldApart(truth, assessment);
for (const row of graded.foreign) console.log(`  nobody's row in a finding: ${row}`);
for (const { intrusion, counts } of graded.intrusions) {
  const said = [...counts].sort((a, b) => b[1] - a[1]).map(([who, count]) => `${who} ${count}`);
  console.log(`${intrusion.role} ${intrusion.id}, ${intrusion.stage}: ${said.join(', ') || 'no row of the truth'}`);
}
for (const one of graded.notFound) console.log(`not found: ${one.story}/${one.id}, ${one.stage}`);
const score = (share) => (share === null ? '-' : share.toFixed(3));
console.log(
  `rows shown by findings: ${graded.shown} of ${graded.rows} hostile ones, ${graded.foreign.length} of nobody; B-cubed precision ${score(graded.precision)} (kept apart), recall ${score(graded.recall)} (kept together); intrusions that hold two writers: ${graded.mergedWriters}`,
);
