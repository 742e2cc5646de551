// Holds an assessment of made-up evidence against its truth: `node scripts/grade-demo.mjs <demo folder> <case folder>`. Says what was
// answered and what was expected, whose rows each intrusion holds, which rows were taken for an intruder's and are nobody's, which
// intruders were not found, and how well rows of one intruder are kept together and apart (B-cubed over the rows that findings show).
// It grades and asserts nothing; the exit code is 0.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [demo, casework] = process.argv.slice(2);
if (demo === undefined || casework === undefined) {
  console.error('usage: node scripts/grade-demo.mjs <demo folder> <case folder>');
  process.exit(64);
}
const truth = JSON.parse(readFileSync(join(demo, 'truth.json'), 'utf8'));
const assessment = JSON.parse(readFileSync(join(casework, 'assessment.json'), 'utf8'));

const rows = new Map(truth.rows.filter(({ there }) => there).map((row) => [`${row.file}@${row.offset}`, row]));
const whose = ({ story, intruder }) => `${story}/${intruder}`;

const { answer, stage, entered, beyond, exitCode } = assessment.verdict;
console.log(`answered: ${answer}, stage ${stage}, entered ${entered}, beyond ${beyond}, exit ${exitCode}`);
for (const { name, expect } of truth.stories)
  console.log(`expected: ${expect.answer}, stage ${expect.stage}, ${expect.intruders} intruders (${name})`);

const items = new Map(); // place -> { intrusion, intruder }
let foreign = 0;
for (const intrusion of assessment.intrusions) {
  const counts = new Map();
  for (const finding of assessment.findings.filter(
    (one) => intrusion.findings?.includes(one.id) || one.intrusion === intrusion.id,
  ))
    for (const { artifact, offsetBytes } of finding.evidence) {
      const place = `${artifact}@${offsetBytes}`;
      const row = rows.get(place);
      if (row === undefined) {
        foreign++;
        console.log(`  nobody's row in a finding: ${finding.rule} ${place}`);
        continue;
      }
      counts.set(whose(row), (counts.get(whose(row)) ?? 0) + 1);
      items.set(place, { intrusion: intrusion.id, intruder: whose(row) });
    }
  const said = [...counts].sort((a, b) => b[1] - a[1]).map(([who, count]) => `${who} ${count}`);
  console.log(`${intrusion.role} ${intrusion.id}, ${intrusion.stage}: ${said.join(', ') || 'no row of the truth'}`);
}
const found = new Set([...items.values()].map(({ intruder }) => intruder));
for (const one of truth.intruders)
  if (one.stage !== null && !found.has(whose({ story: one.story, intruder: one.id })))
    console.log(`not found: ${one.story}/${one.id}, ${one.stage}`);

// B-cubed: for each row, the share of its intrusion that is its intruder's, and the share of its intruder's rows that are there.
const tally = (key) => {
  const counts = new Map();
  for (const item of items.values()) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};
const both = tally(({ intrusion, intruder }) => `${intrusion} ${intruder}`);
const perIntrusion = tally(({ intrusion }) => intrusion);
const perIntruder = tally(({ intruder }) => intruder);
let precision = 0;
let recall = 0;
for (const { intrusion, intruder } of items.values()) {
  const shared = both.get(`${intrusion} ${intruder}`);
  precision += shared / perIntrusion.get(intrusion);
  recall += shared / perIntruder.get(intruder);
}
const score = (sum) => (items.size === 0 ? '-' : (sum / items.size).toFixed(3));
console.log(
  `rows shown by findings: ${items.size} of ${rows.size} hostile ones, ${foreign} of nobody; B-cubed precision ${score(precision)} (kept apart), recall ${score(recall)} (kept together)`,
);
