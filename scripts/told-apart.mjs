// How well an assessment of made-up evidence tells intruders apart: B-cubed over the rows that its findings show. For each row, the share
// of its intrusion that is its intruder's (precision: kept apart) and the share of its intruder's rows that stand there (recall: kept together).

const whose = ({ story, intruder }) => `${story}/${intruder}`;

function tally(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** @param truth what `afterpatch demo` wrote beside the evidence */
export function toldApart(truth, assessment) {
  const rows = new Map(truth.rows.filter(({ there }) => there).map((row) => [`${row.file}@${row.offset}`, row]));
  const writers = new Set(truth.rows.filter(({ stage }) => stage === 'implanted').map(whose));
  const items = new Map(); // place -> { intrusion, intruder }
  const foreign = [];
  const intrusions = assessment.intrusions.map((intrusion) => {
    const counts = new Map();
    const own = new Set(intrusion.findings);
    for (const finding of assessment.findings.filter(({ id }) => own.has(id)))
      for (const { artifact, offsetBytes } of finding.evidence) {
        const place = `${artifact}@${offsetBytes}`;
        const row = rows.get(place);
        if (row === undefined) {
          foreign.push(`${finding.rule} ${place}`);
          continue;
        }
        counts.set(whose(row), (counts.get(whose(row)) ?? 0) + 1);
        items.set(place, { intrusion: intrusion.id, intruder: whose(row) });
      }
    return { intrusion, counts };
  });
  const all = [...items.values()];
  const both = tally(all, ({ intrusion, intruder }) => `${intrusion} ${intruder}`);
  const perIntrusion = tally(all, ({ intrusion }) => intrusion);
  const perIntruder = tally(all, ({ intruder }) => intruder);
  const mean = (some, total) =>
    some.reduce((sum, item) => sum + both.get(`${item.intrusion} ${item.intruder}`) / total(item), 0) / some.length;
  const precisionOf = (some) => mean(some, ({ intrusion }) => perIntrusion.get(intrusion));
  const recallOf = (some) => mean(some, ({ intruder }) => perIntruder.get(intruder));
  const found = new Set(all.map(({ intruder }) => intruder));
  return {
    rows: rows.size,
    shown: items.size,
    foreign,
    intrusions,
    precision: all.length === 0 ? null : precisionOf(all),
    recall: all.length === 0 ? null : recallOf(all),
    // The worst of them, so that a large intruder cannot hide a small one.
    leastPrecision: Math.min(
      ...[...perIntrusion.keys()].map((id) => precisionOf(all.filter(({ intrusion }) => intrusion === id))),
    ),
    leastRecall: Math.min(...[...found].map((id) => recallOf(all.filter(({ intruder }) => intruder === id)))),
    // Intrusions that hold rows of two who each wrote a page.
    mergedWriters: intrusions.filter(({ counts }) => [...counts.keys()].filter((who) => writers.has(who)).length > 1).length,
    notFound: truth.intruders.filter((one) => one.stage !== null && !found.has(whose({ story: one.story, intruder: one.id }))),
  };
}
