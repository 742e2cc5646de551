/** Makes up the evidence of one seed and story, assesses it without packs, and holds the list of novelty against the truth. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assess } from '../dist/assess.js';
import { generateDemo, planDemo } from '../dist/demo/index.js';
import { parseSize } from '../dist/cli/demo.js';
import { platformFor } from '../dist/cli/paths.js';
import { inlineExecutor } from '../dist/run/index.js';

/** What makes it harder. */
export const settings = {
  plain: {},
  'load-balancer': { loadBalancer: 'hidden' },
  skew: { clockSkewMinutes: 120, hosts: 2 },
  'half-lost': { lostFiles: 0.5 },
  'before-record': { beforeRecord: true },
};

/** From here on an attack got something. */
const gotIn = new Set(['exploited', 'implanted', 'operated', 'spread', 'impact']);

/** @returns where the list, and the dumb ones, show each attack of the evidence first */
export async function gradeOne({ story, seed, setting, size }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-novelty-'));
  try {
    const { beforeRecord, ...more } = settings[setting];
    const base = { bytes: parseSize(size), stories: [story], seed, ...more };
    let cut = 0;
    if (beforeRecord === true) {
      // The logs begin right behind the first step that got something.
      const { rows, fromUtc, toUtc } = made(base, null);
      const firstMs = Math.min(...rows.filter(({ stage }) => gotIn.has(stage)).map(({ timeUtc }) => Date.parse(timeUtc)));
      const days = Math.round((Date.parse(toUtc) - Date.parse(fromUtc)) / 86_400_000);
      cut = Number.isFinite(firstMs) ? Math.min(days - 2, Math.floor((firstMs - Date.parse(fromUtc)) / 86_400_000) + 1) : 0;
    }
    const truth = made(cut > 0 ? { ...base, cutBeforeDays: cut } : base, folder);
    const { assessment } = await assess([folder], {
      organisation: 'bench',
      known: [],
      executor: inlineExecutor(),
      platform: platformFor([folder]),
      content: { packs: [], rules: [], steps: [] },
    });
    return { story, seed, setting, ...graded(truth, assessment, folder, seed) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function made(options, folder) {
  const sink = {
    open(name) {
      if (folder === null) return null;
      const file = path.join(folder, ...name.split('/'));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      return fs.openSync(file, 'wx');
    },
    write: (file, bytes) => void (file === null || fs.writeSync(file, bytes)),
    close: (file) => void (file === null || fs.closeSync(file)),
  };
  return generateDemo(planDemo(options), sink);
}

function graded(truth, assessment, folder, seed) {
  const findings = new Map(assessment.findings.map((finding) => [finding.id, finding]));
  const { items, normal } = assessment.novelty;
  const here = truth.rows.filter(({ there, file }) => there && file !== undefined && file !== null);
  const rankOf = (rows) => {
    const places = new Set(rows.map(({ file, offset }) => `${file}\n${offset}`));
    const index = items.findIndex(({ finding }) =>
      findings.get(finding).evidence.some(({ artifact, offsetBytes }) => places.has(`${artifact}\n${offsetBytes}`)),
    );
    return index === -1 ? null : index + 1;
  };
  const dumb = dumbRankings(truth, folder, seed);
  const attacks = [];
  for (const { story, id } of truth.intruders) {
    const rows = here.filter((row) => row.story === story && row.intruder === id && gotIn.has(row.stage));
    if (rows.length === 0) continue;
    attacks.push({ intruder: id, rows: rows.length, rank: rankOf(rows), ...dumb(rows) });
  }
  const perDay = new Map();
  for (const { host, timeUtc } of items) {
    const day = `${host} ${timeUtc?.slice(0, 10)}`;
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  return {
    attacks,
    items: items.length,
    mostPerServerDay: Math.max(0, ...perDay.values()),
    cannotLearn: normal.some(({ learnt }) => ['begun', 'short', 'unseen'].includes(learnt)),
    says: normal.every(({ says }) => /learn what is normal|cannot tell from what is normal/.test(says)),
  };
}

/** Distinct paths and user agents of the IIS logs by how seldom they are, and in no order. Equal ones fall as the seed has it. */
function dumbRankings(truth, folder, seed) {
  const paths = new Map();
  const agents = new Map();
  const valuesOf = new Map();
  for (const { path: file } of truth.files) {
    if (!/\/W3SVC\d+\//.test(file) || truth.lostFiles.includes(file) || !fs.existsSync(path.join(folder, file))) continue;
    let names = [];
    let offset = 0;
    for (const line of fs.readFileSync(path.join(folder, file), 'latin1').split('\n')) {
      const at = offset;
      offset += line.length + 1;
      if (line.startsWith('#Fields: ')) names = line.slice(9).trim().split(' ');
      if (line === '' || line.startsWith('#')) continue;
      const cells = line.trimEnd().split(' ');
      const stem = cells[names.indexOf('cs-uri-stem')]?.toLowerCase();
      const agent = cells[names.indexOf('cs(User-Agent)')];
      paths.set(stem, (paths.get(stem) ?? 0) + 1);
      agents.set(agent, (agents.get(agent) ?? 0) + 1);
      valuesOf.set(`${file}\n${at}`, [stem, agent]);
    }
  }
  const lot = (value) => createHash('sha256').update(`${seed}\n${value}`).digest('hex');
  const order = (values, by) =>
    new Map(
      [...values]
        .map(([value, count]) => [value, by(value, count), lot(value)])
        .sort((a, b) => a[1] - b[1] || (a[2] < b[2] ? -1 : 1))
        .map(([value], index) => [value, index + 1]),
    );
  const rarePath = order(paths, (_, count) => count);
  const rareAgent = order(agents, (_, count) => count);
  const random = order(paths, () => 0);
  return (rows) => {
    const known = rows.map(({ file, offset }) => valuesOf.get(`${file}\n${offset}`)).filter((values) => values !== undefined);
    const best = (ranks, which) => Math.min(999_999, ...known.map((values) => ranks.get(values[which]) ?? 999_999));
    return { rarestPath: best(rarePath, 0), rarestAgent: best(rareAgent, 1), random: best(random, 0) };
  };
}
