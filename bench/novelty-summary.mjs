/** What single runs of `novelty.bench.mjs` come to, by setting and story. */

export function summed(results) {
  const rows = new Map();
  for (const one of results) {
    for (const key of [`${one.setting} ${one.story}`, `${one.setting} all`]) {
      const row = rows.get(key) ?? {
        runs: 0,
        attacks: 0,
        top10: 0,
        shown: 0,
        ranks: [],
        rarestPath10: 0,
        rarestAgent10: 0,
        random10: 0,
        items: 0,
        mostPerServerDay: 0,
        cannotLearn: 0,
      };
      rows.set(key, row);
      row.runs++;
      row.items += one.items;
      row.mostPerServerDay = Math.max(row.mostPerServerDay, one.mostPerServerDay);
      row.cannotLearn += one.cannotLearn ? 1 : 0;
      for (const attack of one.attacks) {
        row.attacks++;
        if (attack.rank !== null) row.ranks.push(attack.rank);
        row.shown += attack.rank === null ? 0 : 1;
        row.top10 += attack.rank !== null && attack.rank <= 10 ? 1 : 0;
        row.rarestPath10 += attack.rarestPath <= 10 ? 1 : 0;
        row.rarestAgent10 += attack.rarestAgent <= 10 ? 1 : 0;
        row.random10 += attack.random <= 10 ? 1 : 0;
      }
    }
  }
  return Object.fromEntries(
    [...rows].map(([key, { ranks, ...row }]) => {
      ranks.sort((a, b) => a - b);
      return [
        key,
        {
          ...row,
          medianRank: ranks[ranks.length >> 1] ?? null,
          worstRank: ranks.at(-1) ?? null,
          itemsPerRun: row.items / row.runs,
        },
      ];
    }),
  );
}

export function* told(summary) {
  yield [
    'setting and story',
    'runs',
    'attacks',
    'top 10',
    'median',
    'worst',
    'path',
    'agent',
    'random',
    'items',
    'most/day',
    'cannot learn',
  ].join('\t');
  for (const [key, row] of Object.entries(summary)) {
    const share = (count) => (row.attacks === 0 ? '-' : `${((100 * count) / row.attacks).toFixed(0)} %`);
    const { runs, attacks, medianRank, worstRank, itemsPerRun, mostPerServerDay, cannotLearn } = row;
    const figures = [
      runs,
      attacks,
      share(row.top10),
      medianRank ?? '-',
      worstRank ?? '-',
      share(row.rarestPath10),
      share(row.rarestAgent10),
      share(row.random10),
    ];
    yield [key, ...figures, itemsPerRun.toFixed(1), mostPerServerDay, cannotLearn].join('\t');
  }
}
