/** The main path: from what the user hands in to what they are told. */
import type { Acknowledgement } from './core/acknowledged.ts';
import type { DigestName, Platform } from './core/platform.ts';
import type { StepRule } from './core/step-rule.ts';
import { type Indicator, IndicatorTable, makeTable, type Rule, type RuleSet } from './rules/index.ts';
import type { Verdict } from './core/assessment.ts';
import type { Pack } from './core/pack.ts';
import { measureBlindness } from './blindness/index.ts';
import { fromBase64 } from './core/hash.ts';
import type { SignatureSource } from './core/signature.ts';
import { decodeText } from './core/text.ts';
import { inventoryRules, learnPages, pageOfFile } from './detect/index.ts';
import { type Artifact, gather, type Gathered } from './evidence/index.ts';
import { bookQuestionsOf, type Ground, groundOf, judge, type Judgement, type KnownActivity, wantedRows } from './judge/index.ts';
import {
  type Duty,
  type Knowledge,
  knowledgeFiles,
  loadDuties,
  loadKnowledge,
  loadShipped,
  type Shipped,
} from './knowledge/index.ts';
import { keptPacks, loadPacks, type PackFile, packsKey } from './packs/index.ts';
import { planOf } from './plan/index.ts';
import {
  type AskedTime,
  type KeptWork,
  type Learn,
  type Observed,
  type PackedIndicators,
  run,
  type RunOptions,
  type ScanExecutor,
  scanSignatures,
  Shelf,
  type SignatureOptions,
} from './run/index.ts';

export interface AssessOptions {
  readonly organisation: string;
  readonly known: readonly KnownActivity[];
  /** Findings that the owner marked as known to be good, and the day of the report. */
  readonly acknowledged?: { readonly list: readonly Acknowledgement[]; readonly nowMs: number | null };
  readonly executor: ScanExecutor;
  readonly platform: Platform;
  /** Tried on encrypted archives, after none and `infected`. */
  readonly passwords?: readonly string[];
  /** Packs and rules; the shipped ones when left out. */
  readonly content?: Content;
  /** Lists of known files that the user made, besides those that come with the program. */
  readonly baselines?: readonly { readonly path: string; readonly text: string }[];
  /** Rules of others: what they find is told, and raises nothing. */
  readonly others?: RuleSet;
  /** Visits of intruders are played into the evidence, about so many, and what would have been seen of them is told. Left out: none. */
  readonly blindness?: { readonly experiments: number };
  /** Signatures of others (YARA), in an engine that is ready. */
  readonly signatures?: Omit<SignatureOptions, 'signal'>;
  /** Indicators of others: where they are met is told, and raises nothing. */
  readonly indicators?: PreparedIndicators;
  /** More that is asked of the rows; what it finds proves nothing and is told to `onObserved` alone. */
  readonly alsoAsk?: readonly Rule[];
  /** What was read and found, when all of it is judged, and whose it is. */
  readonly onObserved?: (observed: Observed, hosts: Ground['hosts']) => void;
  /** No row is scanned any more: the executor may be closed, so that judging need not share the memory with its workers. */
  readonly onScanned?: () => Promise<void>;
  /** Order in which artifacts are read; for tests that show that it does not matter. */
  readonly order?: (gathered: Gathered) => Gathered;
  readonly onProgress?: (doneBytes: number, totalBytes: number, path: string) => void;
  /** Logs of which no row is of this time are not read; then nothing is said not to be there. */
  readonly asked?: AskedTime;
  /** What earlier runs kept, and where this one keeps what it finds. */
  readonly kept?: KeptWork;
  /**
   * Called after every block with a way to judge what was read so far, which takes time. It says only who got in, never that nobody did:
   * copies are not sorted out, and the rest is not read.
   * @param first of many files the most telling were read, before all others were opened
   */
  readonly onSoFar?: (look: () => Verdict, first: boolean) => void;
  readonly signal?: AbortSignal;
}

export interface PreparedIndicators {
  readonly list: readonly Indicator[];
  readonly packed: PackedIndicators;
}

export interface Content {
  readonly packs: readonly Pack[];
  readonly rules: readonly Rule[];
  readonly steps: readonly StepRule[];
}

/** The files of the packs that come with the program. */
export function packFiles({ assets }: Platform): PackFile[] {
  const paths = [
    ...assets.list('packs').filter((path) => /^packs\/[^/]+\/(?:pack\.yaml|steps\.yaml|rules\/[^/]+\.yml)$/.test(path)),
    ...assets.list('knowledge').filter((path) => /^knowledge\/steps\/[^/]+\.yaml$/.test(path)),
  ];
  return paths.map((path) => ({ path, text: assets.text(path) }));
}

/** The signatures of the packs: stored encoded, so that no virus scanner takes the program for what they look for. */
export function packSignatures({ assets }: Platform): SignatureSource[] {
  const paths = assets.list('packs').filter((path) => /^packs\/[^/]+\/signatures\/[^/]+\.yar\.b64$/.test(path));
  return paths.map((path) => signatureOf({ path, text: assets.text(path) }));
}

/** A file of signatures as packs keep it. */
export const signatureOf = ({ path, text }: PackFile): SignatureSource => ({
  file: path.replace(/\.b64$/, ''),
  text: decodeText(fromBase64(text.replace(/\s+/g, ''))),
});

/** The packs that come with the program; as the build kept them, while their files are the same. */
export function loadContent(platform: Platform): Content {
  const files = packFiles(platform);
  return keptPacks(platform.assets.built('packs.json'), packsKey(files, platform.hasher())) ?? loadPacks(files);
}

/** The facts about Exchange that come with the program: read when somebody asks about a build. */
export const knowledgeOf = ({ assets }: Platform): Knowledge =>
  loadKnowledge(knowledgeFiles.map((name) => ({ path: `knowledge/${name}`, text: assets.text(`knowledge/${name}`) })));

/** Whom an owner has to tell, and by when. */
export const dutiesOf = ({ assets }: Platform): Duty[] =>
  loadDuties({ path: 'knowledge/duties.jsonl', text: assets.text('knowledge/duties.jsonl') });

/** Files that Exchange ships, and those of the user's own lists: read when files of the web folders were handed in. */
export const shippedOf = ({ assets }: Platform, own: readonly { readonly path: string; readonly text: string }[] = []): Shipped =>
  loadShipped([
    { path: 'knowledge/exchange-shipped.txt', text: assets.text('knowledge/exchange-shipped.txt') },
    ...own.map((file) => ({ ...file, own: true })),
  ]);

const nothingMore: Learn = () => ({ rules: [], pages: [] });

/**
 * @param paths files and folders, as the platform names them
 * @throws UserError when a path is not there; bad evidence is never thrown
 */
export async function assess(paths: readonly string[], options: AssessOptions): Promise<Judgement> {
  const { platform, executor, known, organisation } = options;
  const { packs, rules, steps } = options.content ?? loadContent(platform);
  const signal = options.signal ?? new AbortController().signal;
  const indicators = options.indicators ?? null;
  let knowledge: Knowledge | undefined;
  let shipped: Shipped | undefined;
  const knowledgeHere = (): Knowledge => (knowledge ??= knowledgeOf(platform));
  const shippedHere = (): Shipped => (shipped ??= shippedOf(platform, options.baselines ?? []));
  // What Exchange ships is asked no signature; what somebody put into a list of their own is.
  const signatures =
    options.signatures === undefined
      ? undefined
      : {
          known: (sha256: string) => shippedHere().ofHash(sha256).length > 0 && !shippedHere().byOwnAlone(sha256),
          ...options.signatures,
        };
  const judgement = (observed: Observed, others: RuleSet | null, ground?: Ground, soFar = false): Judgement =>
    judge(
      observed,
      {
        organisation,
        known,
        ...(options.acknowledged === undefined ? {} : { acknowledged: options.acknowledged }),
        packs,
        others,
        indicators: indicators === null ? null : { list: indicators.list, table: new IndicatorTable(indicators.packed.table) },
        asked: options.asked ?? null,
        filesKnown: signatures !== undefined,
        ...(soFar ? { soFar } : {}),
        knowledge: knowledgeHere,
        shipped: shippedHere,
      },
      ground,
    );
  const { onSoFar } = options;
  const asking: Omit<RunOptions, 'learn'> = {
    platform,
    executor,
    rules: [...rules, ...inventoryRules, ...(options.alsoAsk ?? [])],
    onProgress: () => {},
    ...(options.asked === undefined ? {} : { asked: options.asked }),
    signal,
  };
  const first = async (artifacts: readonly Artifact[]): Promise<boolean> => {
    const ownShelf = new Shelf(() => platform.scratch());
    try {
      const seen = await run({ artifacts, problems: [], close: () => {} }, { ...asking, shelf: ownShelf, learn: nothingMore });
      const { verdict } = judgement({ ...seen, looked: null }, null, undefined, true).assessment;
      onSoFar?.(() => verdict, true);
      return verdict.answer === 'confirmed' && verdict.entered === 'yes';
    } finally {
      ownShelf.close();
    }
  };
  const gathered = await gather(paths, platform, {
    passwords: options.passwords ?? [],
    signal,
    ...(onSoFar === undefined ? {} : { first }),
  });
  const shelf = new Shelf(() => platform.scratch());
  try {
    const read = await run(options.order?.(gathered) ?? gathered, {
      ...asking,
      shelf,
      others: options.others?.rules ?? [],
      indicators: indicators?.packed ?? null,
      digests: digestsFor(indicators?.list ?? []),
      learn: learnPages,
      look: wantedRows,
      askBooks: bookQuestionsOf,
      onProgress: options.onProgress ?? (() => {}),
      ...(options.kept === undefined ? {} : { kept: options.kept }),
      ...(onSoFar === undefined
        ? {}
        : { onMerged: (look) => onSoFar(() => judgement(look(), null, undefined, true).assessment.verdict, false) }),
    });
    await options.onScanned?.();
    const observed = signatures === undefined ? read : await scanSignatures(gathered, read, { ...signatures, signal });
    const planned = (done: Judgement): Judgement => ({
      ...done,
      assessment: { ...done.assessment, plan: planOf(done.assessment, { steps, knowledge: knowledgeHere }) },
    });
    if (options.blindness === undefined && options.onObserved === undefined)
      return planned(judgement(observed, options.others ?? null));
    const ground = groundOf(observed, { packs, knowledge: knowledgeHere, shipped: shippedHere });
    const judged = planned(judgement(observed, options.others ?? null, ground));
    options.onObserved?.(observed, ground.hosts);
    if (options.blindness === undefined) return judged;
    const blindness = await measureBlindness(ground, { packs, rules, platform, signal, ...options.blindness });
    return { ...judged, assessment: { ...judged.assessment, blindness } };
  } finally {
    gathered.close();
    // Whoever was told what was observed may look at it later.
    if (options.onObserved === undefined) shelf.close();
  }
}

/** Puts them into memory that workers share. */
export function prepareIndicators(list: readonly Indicator[]): PreparedIndicators {
  const shared = (): Float64Array => new Float64Array(new SharedArrayBuffer(Math.max(1, list.length) * 8));
  const validity = { fromMs: shared(), untilMs: shared() };
  for (const [index, { about }] of list.entries()) {
    validity.fromMs[index] = about.validFromMs ?? Number.NaN;
    validity.untilMs[index] = about.validUntilMs ?? Number.NaN;
  }
  return { list, packed: { table: makeTable(list, pageOfFile), validity } };
}

/** Which hashes of files are needed beside the one that is always made. */
const digestsFor = (list: readonly Indicator[]): DigestName[] =>
  (['md5', 'sha1'] as const).filter((name) => list.some(({ kind }) => kind === name));
