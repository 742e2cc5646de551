/**
 * Reads one `pack.yaml`: every key is known, every value has its type, dates are dates. What needs other files (does the rule
 * exist?) is checked by `load.ts`. Whole in one file because it is the pack format's one description in code.
 */
import { compareBuilds } from '../core/build.ts';
import type { Pack, Proof, Question, Step, Trait, Wave, WayBackRule } from '../core/pack.ts';
import { confidences, stages, type Stage } from '../core/stage.ts';
import { YamlSource, type Located } from '../rules/index.ts';
import { PackError } from './pack-error.ts';
import { hedgeIn } from './step-texts.ts';

export const steps = [
  'check',
  'try',
  'enter',
  'read',
  'plant',
  'arm',
  'page',
  'file',
  'order',
  'spread',
] as const satisfies readonly Step[];
export const wayBackKinds = [
  'file',
  'module',
  'account',
  'password',
  'key',
  'certificate',
  'rule',
  'grant',
  'task',
  'memory',
  'other_host',
] as const satisfies readonly WayBackRule['kind'][];

export const books = ['ecp', 'autodiscover'] as const satisfies readonly Question['book'][];
export const entries = ['session', 'inside'] as const satisfies readonly Pack['entry'][];
export const askings = ['always', 'in_time', 'when_found'] as const satisfies readonly Pack['asked'][];

/** A mention of a rule, with its place in the file, checked when all rules are known. */
export interface Mention {
  readonly rule: string;
  readonly at: Located;
}

export interface ReadPack {
  readonly pack: Pack;
  /** One per proof, in order. */
  readonly proofs: readonly Mention[];
  /** `chain.after` and traits. */
  readonly mentions: readonly Mention[];
  readonly root: Located;
}

const packKeys = [
  'id',
  'version',
  'name',
  'summary',
  'cves',
  'firstExploited',
  'patched',
  'fixedBuilds',
  'waves',
  'proofs',
  'questions',
  'traits',
  'waysBack',
  'knownPages',
  'sources',
] as const;

export function readPack(text: string, file: string, folder: string): ReadPack {
  const { root } = new YamlSource(
    text,
    (what, fix, offset, length) => new PackError('pack.invalid', what, fix, file, text, offset, length),
  );
  const at = root.record([...packKeys, 'entry', 'asked'], packKeys);
  const entry = at.get('entry');
  const asked = at.get('asked');
  const proofs: Mention[] = [];
  const mentions: Mention[] = [];
  const mention = (value: Located, into: Mention[]): string => {
    const written = said(value);
    const rule = written.includes('/') ? written : `${folder}/${written}`;
    into.push({ rule, at: value });
    return rule;
  };

  const id = said(at.get('id')!);
  if (id !== folder) throw at.get('id')!.error(`the id is \`${id}\` and the folder is \`${folder}\``, 'they must be the same');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw at.get('id')!.error('an id is lower-case words joined by `-`', 'rename the folder and the id');

  const cves = at
    .get('cves')!
    .list()
    .map((value) => {
      const entry = value.record(['id', 'role', 'sources']);
      saidList(entry.get('sources')!);
      return { id: shaped(entry.get('id')!, cvePattern, 'CVE-2021-26855'), role: said(entry.get('role')!) };
    });
  const waves = readWaves(at.get('waves')!);
  const pack: Pack = {
    id,
    version: shaped(at.get('version')!, /^\d+\.\d+\.\d+$/, '1.0.0'),
    name: said(at.get('name')!),
    summary: said(at.get('summary')!),
    cves,
    firstExploited: dateOrNull(at.get('firstExploited')!),
    patched: dateOrNull(at.get('patched')!),
    ...(entry === undefined ? {} : { entry: among(entry, entries) }),
    ...(asked === undefined ? {} : { asked: among(asked, askings) }),
    fixedBuilds: at.get('fixedBuilds')!.list().map(fixedBuild),
    waves,
    proofs: at
      .get('proofs')!
      .list()
      .map((value) =>
        readProof(
          value,
          mention,
          proofs,
          mentions,
          cves.map((cve) => cve.id),
        ),
      ),
    questions: at.get('questions')!.list().map(readQuestion),
    traits: readTraits(at.get('traits')!, waves, (value) => mention(value, mentions)),
    waysBack: at
      .get('waysBack')!
      .list()
      .map((value) => {
        const entry = value.record(['from', 'kind', 'why']);
        return {
          from: stageOf(entry.get('from')!),
          kind: among(entry.get('kind')!, wayBackKinds),
          why: plain(entry.get('why')!),
        };
      }),
    knownPages: at
      .get('knownPages')!
      .list()
      .map((value) => {
        const page = said(value);
        if (page !== page.toLowerCase())
          throw value.error('names of pages are written in lower case', `write \`${page.toLowerCase()}\``);
        return page;
      }),
    sources: saidList(at.get('sources')!),
  };
  unique(at.get('knownPages')!, pack.knownPages);
  return { pack, proofs, mentions, root };
}

function readProof(
  value: Located,
  mention: (value: Located, into: Mention[]) => string,
  proofs: Mention[],
  mentions: Mention[],
  packCves: readonly string[],
): Proof {
  const required = [
    'rule',
    'step',
    'stage',
    'confidence',
    'title',
    'proves',
    'doesNotProve',
    'innocent',
    'techniques',
    'cves',
    'decisive',
  ];
  const entry = value.record([...required, 'chain', 'ownersToo'], required);
  const title = said(entry.get('title')!);
  if (/[.!]$/.test(title)) throw entry.get('title')!.error('a title has no full stop', 'take it off');
  const decisive = saidList(entry.get('decisive')!);
  const chain = entry.get('chain');
  const ownersToo = entry.get('ownersToo');
  const step = among(entry.get('step')!, steps);
  const stage = stageOf(entry.get('stage')!);
  const confidence = among(entry.get('confidence')!, confidences);
  return {
    rule: mention(entry.get('rule')!, proofs),
    step,
    stage,
    confidence,
    title,
    proves: said(entry.get('proves')!),
    doesNotProve: said(entry.get('doesNotProve')!),
    innocent: said(entry.get('innocent')!),
    techniques: entry
      .get('techniques')!
      .list()
      .map((one) => shaped(one, /^T\d{4}(\.\d{3})?$/, 'T1190')),
    cves: entry
      .get('cves')!
      .list()
      .map((one) => {
        const cve = shaped(one, cvePattern, 'CVE-2021-26855');
        if (!packCves.includes(cve))
          throw one.error(`\`${cve}\` is not among the pack's CVEs`, 'add it to `cves` above, with its role');
        return cve;
      }),
    decisive,
    ...(ownersToo === undefined ? {} : ownersTooOf(ownersToo, confidence)),
    ...(chain === undefined ? {} : { chain: readChain(chain, (one) => mention(one, mentions)) }),
  };
}

function ownersTooOf(value: Located, confidence: Proof['confidence']): Pick<Proof, 'ownersToo'> {
  if (!value.boolean()) throw value.error('`ownersToo` is true or left out', 'write `ownersToo: true`, or leave it out');
  if (confidence !== 'possible')
    throw value.error('what owners do, too, proves nothing by itself', 'write `confidence: possible`');
  return { ownersToo: true };
}

function readChain(value: Located, mention: (value: Located) => string): NonNullable<Proof['chain']> {
  const entry = value.record(['after', 'withinSeconds', 'stage', 'confidence']);
  const seconds = entry.get('withinSeconds')!;
  const withinSeconds = seconds.number();
  if (!Number.isInteger(withinSeconds) || withinSeconds < 1 || withinSeconds > 86_400) {
    throw seconds.error('a whole number of seconds between 1 and 86400 is needed', 'write 600 for ten minutes');
  }
  const after = entry.get('after')!.list();
  if (after.length === 0) throw entry.get('after')!.error('at least one rule is needed', 'name what has to come before');
  return {
    after: after.map(mention),
    withinSeconds,
    stage: stageOf(entry.get('stage')!),
    confidence: among(entry.get('confidence')!, ['possible', 'probable'] as const),
  };
}

function readWaves(value: Located): Wave[] {
  const waves: Wave[] = [];
  for (const item of value.list()) {
    const required = ['id', 'name', 'from', 'to', 'meaning', 'sources'];
    const entry = item.record([...required, 'main'], required);
    const main = entry.get('main');
    const wave: Wave = {
      id: said(entry.get('id')!),
      name: said(entry.get('name')!),
      from: date(entry.get('from')!),
      to: date(entry.get('to')!),
      meaning: said(entry.get('meaning')!),
      sources: saidList(entry.get('sources')!),
      ...(main === undefined ? {} : { main: main.boolean() }),
    };
    if (wave.to < wave.from) throw entry.get('to')!.error('the wave ends before it begins', 'swap the days');
    const before = waves.at(-1);
    if (before !== undefined && wave.from < before.from)
      throw entry.get('from')!.error('the wave before begins later', 'put the waves in order of time');
    if (wave.main === true && waves.some(({ main: known }) => known === true))
      throw main!.error('two waves are the main one', 'leave `main` to the first day on which everybody was attacked');
    if (waves.some(({ id }) => id === wave.id)) throw entry.get('id')!.error(`two waves are called \`${wave.id}\``, 'rename one');
    waves.push(wave);
  }
  return waves;
}

function readQuestion(value: Located): Question {
  const required = ['stage', 'source', 'kind', 'shows', 'where'];
  const entry = value.record([...required, 'decides', 'book'], required);
  const decides = entry.get('decides');
  const book = entry.get('book');
  return {
    stage: stageOf(entry.get('stage')!),
    source: shaped(entry.get('source')!, /^[a-z0-9]+(-[a-z0-9]+)*$/, 'ecp-server'),
    kind: among(entry.get('kind')!, ['trace', 'residue'] as const),
    shows: plain(entry.get('shows')!),
    where: plain(entry.get('where')!),
    decides: decides === undefined || decides.boolean(),
    ...(book === undefined ? {} : { book: among(book, books) }),
  };
}

const conditionKeys: Readonly<Record<Trait['when']['kind'], string | null>> = {
  wave: 'ids',
  rule: 'rules',
  page_name: 'names',
  page_pattern: 'pattern',
  fast_chain: 'seconds',
  no_follow_up: null,
  several_intruders: null,
};

function readTraits(value: Located, waves: readonly Wave[], mention: (value: Located) => string): Trait[] {
  const traits = value.list().map((item): Trait => {
    const entry = item.record(['id', 'weighs', 'when', 'text', 'sources']);
    return {
      id: said(entry.get('id')!),
      weighs: among(entry.get('weighs')!, ['for', 'against'] as const),
      when: condition(entry.get('when')!, waves, mention),
      text: said(entry.get('text')!),
      sources: saidList(entry.get('sources')!),
    };
  });
  unique(
    value,
    traits.map(({ id }) => id),
  );
  return traits;
}

function condition(value: Located, waves: readonly Wave[], mention: (value: Located) => string): Trait['when'] {
  const written = value.entries().find(({ name }) => name === 'kind');
  if (written === undefined) throw value.error('`kind` is missing', `use one of: ${Object.keys(conditionKeys).join(', ')}`);
  const kind = among(written.value, Object.keys(conditionKeys) as Trait['when']['kind'][]);
  const key = conditionKeys[kind];
  const entry = value.record(key === null ? ['kind'] : ['kind', key]);
  const given = key === null ? value : entry.get(key)!;
  switch (kind) {
    case 'wave':
      return {
        kind,
        ids: given.list().map((one) => {
          const id = said(one);
          if (!waves.some((wave) => wave.id === id))
            throw one.error(`there is no wave \`${id}\``, `waves: ${waves.map((wave) => wave.id).join(', ')}`);
          return id;
        }),
      };
    case 'rule':
      return { kind, rules: given.list().map(mention) };
    case 'page_name':
      return { kind, names: saidList(given) };
    case 'page_pattern': {
      const pattern = said(given);
      // Small and anchored, so that it stays harmless in any engine.
      if (!/^\^[^()*+|\\]*\$$/.test(pattern.replace(/\\\./g, '')) || pattern.length > 100) {
        throw given.error(
          'a page pattern is anchored, short, and without groups, stars or plus signs',
          'write it like `^[a-z0-9]{8}\\.aspx$`',
        );
      }
      return { kind, pattern };
    }
    case 'fast_chain': {
      const seconds = given.number();
      if (!Number.isInteger(seconds) || seconds < 1)
        throw given.error('a whole number of seconds is needed', 'write 60 for a minute');
      return { kind, seconds };
    }
    case 'no_follow_up':
    case 'several_intruders':
      return { kind };
  }
}

function fixedBuild(value: Located): Pack['fixedBuilds'][number] {
  const entry = value.record(['from', 'below']);
  const from = shaped(entry.get('from')!, buildPattern, "'15.1.2176.9'");
  const below = shaped(entry.get('below')!, buildPattern, "'15.1.2177.0'");
  if (compareBuilds(from, below) >= 0)
    throw entry.get('below')!.error('the range ends before it begins', '`below` is the first build that is not meant any more');
  return { from, below };
}

const cvePattern = /^CVE-\d{4}-\d{4,7}$/;
const buildPattern = /^\d+\.\d+\.\d+\.\d+$/;

function said(value: Located): string {
  const text = value.text().trim();
  if (text === '') throw value.error('this text is empty', 'say it');
  return text;
}

/** A text that steps of plans say as theirs: like them, it does not hedge. */
function plain(value: Located): string {
  const text = said(value);
  const hedge = hedgeIn(text);
  if (hedge !== null)
    throw value.errorInside(
      hedge.at,
      hedge.word.length,
      `\`${hedge.word}\` does not stand in what a step says`,
      'say it without',
    );
  return text;
}

/** A list of at least one text. */
function saidList(value: Located): string[] {
  const list = value.list();
  if (list.length === 0) throw value.error('this list is empty', 'name at least one');
  return list.map(said);
}

function shaped(value: Located, pattern: RegExp, example: string): string {
  const text = said(value);
  if (!pattern.test(text)) throw value.error(`\`${text}\` does not have the right form`, `write it like ${example}`);
  return text;
}

function date(value: Located): string {
  const text = shaped(value, /^\d{4}-\d{2}-\d{2}$/, '2021-03-02');
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw value.error(`there is no day ${text}`, 'write year-month-day');
  return text;
}

const dateOrNull = (value: Located): string | null => (value.kind === 'null' ? null : date(value));

const stageNames = stages.filter((stage) => stage !== 'none');

function stageOf(value: Located): Stage {
  return among(value, stageNames);
}

function among<const T extends string>(value: Located, allowed: readonly T[]): T {
  const text = said(value);
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw value.error(`\`${text}\` is not known here`, `use one of: ${allowed.join(', ')}`);
  return found;
}

function unique(value: Located, names: readonly string[]): void {
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice !== -1) throw (value.list()[twice] ?? value).error(`\`${names[twice]!}\` stands twice`, 'leave one out');
}
