import type { Pack } from '../core/pack.ts';
import type { StepRule } from '../core/step-rule.ts';
import { byCodeUnit } from '../core/text.ts';
import { parseRule, RuleError, type Rule } from '../rules/index.ts';
import { PackError } from './pack-error.ts';
import { readPack, type Mention, type ReadPack } from './read-pack.ts';
import { readSteps } from './read-steps.ts';

/** A file of the pack folders: its path with `/` or `\`, and its text. */
export interface PackFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadedPacks {
  /** By id. */
  readonly packs: readonly Pack[];
  /** By id, `<pack>/<file stem>`. */
  readonly rules: readonly Rule[];
  /** By id. */
  readonly steps: readonly StepRule[];
}

const place = /(?:^|\/)packs\/([^/]+)\/(pack\.yaml|rules\/([^/]+))$/;
const stepsPlace = /(?:^|\/)(?:packs\/([^/]+)\/steps|knowledge\/steps\/([a-z0-9-]+))\.yaml$/;

/** Of the engine, not of a pack: steps may speak of what they find. */
const builtIn = /^(?:together|learnt|inventory)\//;

/**
 * Loads and checks packs from `packs/<id>/pack.yaml`, `packs/<id>/rules/*.yml` and `packs/<id>/steps.yaml`, and the steps of
 * `knowledge/steps/*.yaml`; other files are passed over.
 * @throws {PackError} {@link RuleError} at the first thing that is wrong, with file, line, column and the marked line.
 */
export function loadPacks(files: readonly PackFile[]): LoadedPacks {
  const read = new Map<string, ReadPack>();
  const rules = new Map<string, { readonly rule: Rule; readonly file: PackFile }>();
  const uuids = new Map<string, string>();
  const sorted = files.toSorted((a, b) => byCodeUnit(a.path, b.path));
  const steps: StepRule[] = [];
  const stepMentions: Mention[] = [];

  for (const file of sorted) {
    const ofSteps = stepsPlace.exec(file.path.replaceAll('\\', '/'));
    if (ofSteps !== null) {
      const { steps: own, mentions } = readSteps(file.text, file.path, ofSteps[1] ?? ofSteps[2]!);
      steps.push(...own);
      stepMentions.push(...mentions.filter(({ rule }) => !builtIn.test(rule)));
      continue;
    }
    const parts = place.exec(file.path.replaceAll('\\', '/'));
    if (!parts) continue;
    const [, folder = '', , ruleFile] = parts;
    if (ruleFile === undefined) {
      read.set(folder, readPack(file.text, file.path, folder));
      continue;
    }
    if (!ruleFile.endsWith('.yml'))
      throw new PackError('pack.file', 'a rule file ends in `.yml`', 'rename it', file.path, file.text, 0);
    const rule = parseRule(file.text, file.path);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(rule.id))
      throw wrong(file, 'the name of a rule file is lower-case words joined by `-`', 'rename it');
    const id = `${folder}/${rule.id}`;
    if (rule.uuid === null) throw wrong(file, '`id` is missing', 'add `id:` with a UUID');
    const other = uuids.get(rule.uuid);
    if (other !== undefined) throw wrong(file, `the UUID is that of \`${other}\``, 'make a new one');
    uuids.set(rule.uuid, id);
    if (rule.status === null) throw wrong(file, '`status` is missing', 'add `status: stable`, `test` or `experimental`');
    if (rule.author === null) throw wrong(file, '`author` is missing', 'add `author:`');
    if (rule.references.length === 0) throw wrong(file, '`references` are missing', 'name where the fact stands');
    if (rule.falsepositives.length === 0)
      throw wrong(file, '`falsepositives` are missing', 'say what could be innocent, or `None known`');
    rules.set(id, { rule: { ...rule, id }, file });
  }

  for (const [id, { file }] of rules) {
    const folder = id.slice(0, id.indexOf('/'));
    if (!read.has(folder)) throw wrong(file, `there is no packs/${folder}/pack.yaml`, 'add the pack');
  }
  for (const { pack, proofs, mentions, root } of read.values()) {
    const proven = new Set<string>();
    for (const mention of proofs) {
      if (!mention.rule.startsWith(`${pack.id}/`))
        throw mention.at.error('a pack proves with its own rules', 'move the proof to the other pack');
      mustExist(mention, rules);
      if (proven.has(mention.rule)) throw mention.at.error(`two proofs for \`${mention.rule}\``, 'leave one out');
      proven.add(mention.rule);
    }
    for (const mention of mentions) mustExist(mention, rules);
    const unproven = [...rules.keys()].find((id) => id.startsWith(`${pack.id}/`) && !proven.has(id));
    if (unproven !== undefined)
      throw root.error(`the rule \`${unproven}\` has no proof`, 'say under `proofs` what it proves, or delete the rule');
  }
  for (const mention of stepMentions) mustExist(mention, rules);
  return {
    packs: [...read.values()].map(({ pack }) => pack).toSorted((a, b) => byCodeUnit(a.id, b.id)),
    rules: [...rules.values()].map(({ rule }) => rule).toSorted((a, b) => byCodeUnit(a.id, b.id)),
    steps: steps.toSorted((a, b) => byCodeUnit(a.id, b.id)),
  };
}

const wrong = (file: PackFile, what: string, fix: string): RuleError =>
  new RuleError('rule.invalid', what, fix, file.path, file.text, 0);

function mustExist({ rule, at }: Mention, rules: ReadonlyMap<string, unknown>): void {
  if (rules.has(rule)) return;
  const folder = rule.slice(0, rule.indexOf('/'));
  const near = [...rules.keys()].filter((id) => id.startsWith(`${folder}/`)).map((id) => id.slice(folder.length + 1));
  throw at.error(`there is no rule \`${rule}\``, `rules of this pack: ${near.join(', ') || 'none'}`);
}
