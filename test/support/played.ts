/**
 * Made-up evidence in memory, with what is taken out of it, and visits of intruders that are really written into its files: the truth
 * that a measurement of blindness is held against. Nothing here asks what the measurement asks.
 */
import { assess, loadContent } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { confidenceRank, type Stage, stageRank } from '../../src/core/stage.ts';
import {
  type DemoOptions,
  generateDemo,
  intrude,
  planDemo,
  type Sink,
  type Technique,
  type Truth,
} from '../../src/demo/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { inlineExecutor } from '../../src/run/index.ts';
import { memoryFiles } from './memory.ts';

const content = loadContent(nodePlatform);
const executor = inlineExecutor();

/** Path → text. */
export type Tree = ReadonlyMap<string, string>;

export function made(options: Partial<DemoOptions> & { readonly seed: string }): { tree: Map<string, string>; truth: Truth } {
  const tree = new Map<string, string>();
  const names: string[] = [];
  const decoder = new TextDecoder();
  const sink: Sink = {
    open(path) {
      tree.set(path, '');
      return names.push(path) - 1;
    },
    write: (file, bytes) => void tree.set(names[file]!, tree.get(names[file]!)! + decoder.decode(bytes)),
    close: () => undefined,
  };
  const truth = generateDemo(planDemo({ bytes: 2_000_000, stories: ['healthy'], ...options }), sink);
  return { tree, truth };
}

export interface LogFile {
  readonly path: string;
  readonly log: string;
  readonly server: string;
  /** First moment of the day of its first row. */
  readonly dayMs: number;
}

/** Files with rows; small evidence keeps one a day of each log. */
export const filesOf = (truth: Truth): LogFile[] =>
  (truth.files as readonly { path: string; log: string; server: string; firstUtc: string | null }[]).flatMap(
    ({ path, log, server, firstUtc }) =>
      firstUtc === null ? [] : [{ path, log, server, dayMs: Date.parse(`${firstUtc.slice(0, 10)}T00:00:00Z`) }],
  );

/** @param packs left out: all */
export async function assessTree(tree: Tree, experiments: number | null, packs?: readonly string[]): Promise<Assessment> {
  const files = memoryFiles(Object.fromEntries([...tree].map(([path, text]) => [`/case/${path}`, text])));
  const { assessment } = await assess(['/case'], {
    organisation: 'case',
    known: [],
    executor,
    platform: { ...nodePlatform, files },
    content: packs === undefined ? content : { ...content, packs: content.packs.filter(({ id }) => packs.includes(id)) },
    ...(experiments === null ? {} : { blindness: { experiments } }),
  });
  return assessment;
}

export interface RealVisit {
  readonly technique: Technique;
  readonly ms: number;
  readonly server: string;
  readonly number: number;
}

/** The evidence with the rows of this visit in those of its files that are there, under the columns that they have. */
export function visited(tree: Tree, truth: Truth, { technique, ms, server, number }: RealVisit): Map<string, string> {
  const { domain, netbios, mailHost } = truth.organisation as { domain: string; netbios: string; mailHost: string };
  const { ip, build } = (truth.servers as readonly { name: string; ip: string; build: string }[]).find(
    ({ name }) => name === server,
  )!;
  const host = { name: server, domain, netbios, ip, build };
  const mailboxes = [`q.real@${domain}`, `r.real@${domain}`];
  const rows = intrude({
    technique,
    seed: 'a real one',
    number,
    ms,
    front: host,
    back: host,
    balancer: null,
    victim: { domain, netbios, sidBase: 'S-1-5-21-1-2-3', mailHost, mailboxes },
  });
  const files = new Map(filesOf(truth).map((file) => [`${file.server} ${file.log} ${file.dayMs}`, file.path]));
  const written = new Map(tree);
  for (const row of rows) {
    const path = files.get(`${server} ${row.log} ${Math.floor(row.ms / 86_400_000) * 86_400_000}`);
    const text = path === undefined ? undefined : written.get(path);
    if (text === undefined || row.cells === null) continue;
    const fields = /^#Fields: (.*)\r$/m.exec(text)![1]!;
    const [separator, nothing] = fields.includes(',') ? [',', ''] : [' ', '-'];
    const cells = fields.split(separator).map((name) => {
      const value = row.cells!.get(name) ?? nothing;
      return separator === ',' && /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    });
    written.set(path!, `${text}${cells.join(separator)}\r\n`);
  }
  return written;
}

/** What the whole assessment says of somebody who came so far, in evidence that shows nobody else. */
export function outcomeIn({ findings: all }: Assessment, reached: Stage): 'seen' | 'partly' | 'unseen' {
  // What is only new here says nothing of how far somebody came, and is not measured.
  const findings = all.filter(({ rule }) => !rule.startsWith('novelty/'));
  const sure = findings.filter(({ confidence }) => confidenceRank(confidence) >= confidenceRank('probable'));
  if (sure.some(({ stage }) => stageRank(stage) >= stageRank(reached))) return 'seen';
  return sure.some(({ stage }) => stageRank(stage) >= stageRank('attempted')) ||
    findings.some(({ stage }) => stageRank(stage) >= stageRank(reached))
    ? 'partly'
    : 'unseen';
}
