/**
 * Reads files of steps (`knowledge/steps/*.yaml`, `packs/<campaign>/steps.yaml`): every part of a step is there, every placeholder is
 * one that what the step is about can fill, no text hedges, and commands hold nothing but constants.
 */
import { products } from '../core/build.ts';
import {
  type PlanKind,
  type PlanPhase,
  planPhases,
  type PlanReference,
  planRoles,
  type PlanTime,
  planTimes,
  type SecretKind,
  type StepCheck,
} from '../core/plan.ts';
import { stages } from '../core/stage.ts';
import type { StepAbout, StepCondition, StepRule } from '../core/step-rule.ts';
import { YamlSource, type Located } from '../rules/index.ts';
import { PackError } from './pack-error.ts';
import { wayBackKinds } from './read-pack.ts';
import { commandFault, hedgeIn, namesOf, placeholders } from './step-texts.ts';

const planKinds = ['A', 'B', 'C', 'D', 'N'] as const satisfies readonly PlanKind[];
const abouts = Object.keys(namesOf) as StepAbout['kind'][];
export const secretKinds = [
  'machine_key',
  'certificate',
  'auth_certificate',
  'service_principal',
  'directory_sync',
  'password',
  'session_passwords',
  'local_password',
  'mail_passwords',
  'krbtgt',
] as const satisfies readonly SecretKind[];
export const checkKinds = [
  'no_requests_from_outside',
  'file_gone',
  'page_not_answered',
  'setting_lacks',
  'thing_gone',
  'secret_new',
  'build_at_least',
  'source_here',
  'quiet_since',
  'by_hand',
] as const satisfies readonly StepCheck['kind'][];

const stepKeys = [
  'id',
  'phase',
  'order',
  'about',
  'who',
  'minutes',
  'title',
  'text',
  'why',
  'stops',
  'breaks',
  'undo',
  'verify',
  'references',
] as const;

export interface ReadSteps {
  readonly steps: readonly StepRule[];
  /** Rules that conditions name, with their place. */
  readonly mentions: readonly { readonly rule: string; readonly at: Located }[];
}

/** @param prefix of the ids: the pack's id, or the name of the file in `knowledge/steps` */
export function readSteps(text: string, file: string, prefix: string): ReadSteps {
  const { root } = new YamlSource(
    text,
    (what, fix, offset, length) => new PackError('step.invalid', what, fix, file, text, offset, length),
  );
  const top = root.record(['steps']);
  const mentions: { rule: string; at: Located }[] = [];
  const mention = (value: Located): string => {
    const rule = said(value).includes('/') ? said(value) : `${prefix}/${said(value)}`;
    mentions.push({ rule, at: value });
    return rule;
  };
  const seen = new Set<string>();
  const steps = top
    .get('steps')!
    .list()
    .map((value) => {
      const step = readStep(value, prefix, mention);
      if (seen.has(step.id)) throw value.error(`two steps are called \`${step.id}\``, 'rename one');
      seen.add(step.id);
      return step;
    });
  return { steps, mentions };
}

function readStep(value: Located, prefix: string, mention: (value: Located) => string): StepRule {
  const entry = value.record([...stepKeys, 'time', 'when', 'commands', 'byHand'], stepKeys);
  const at = (key: string): Located => entry.get(key)!;
  const id = said(at('id'));
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
    throw at('id').error('the id of a step is lower-case words joined by `-`', 'rename it');
  const about = readAbout(at('about'), mention);
  const text = (one: Located): string => checkedText(one, about.kind);
  const stops = at('stops').record(['what', 'minutes']);
  const verify = at('verify').record(['text', 'check']);
  const commands = (entry.get('commands')?.list() ?? []).map((one) => readCommand(one, about.kind));
  const byHand = entry.get('byHand');
  if (commands.length === 0 && byHand === undefined)
    throw value.error('the step has neither `commands` nor `byHand`', 'say why no command does it');
  const title = text(at('title'));
  if (/[.!]$/.test(title)) throw at('title').error('a title has no full stop', 'take it off');
  const references = at('references').list().map(readReference);
  if (references.length === 0)
    throw at('references').error('the step has no reference', 'name one of COUN7ER or ATT&CK, or a page');
  return {
    id: `${prefix}/${id}`,
    phase: among(at('phase'), planPhases),
    order: readOrder(at('order')),
    time: readTime(entry.get('time'), among(at('phase'), planPhases)),
    about,
    when: (entry.get('when')?.list() ?? []).map((one) => readCondition(one, mention)),
    who: among(at('who'), planRoles),
    minutes: minutes(at('minutes')),
    title,
    text: text(at('text')),
    why: text(at('why')),
    stops: {
      what: text(stops.get('what')!),
      minutes: stops.get('minutes')!.kind === 'null' ? null : minutes(stops.get('minutes')!),
    },
    breaks: text(at('breaks')),
    undo: text(at('undo')),
    verify: { text: text(verify.get('text')!), check: among(verify.get('check')!, checkKinds) },
    commands,
    byHand: byHand === undefined ? null : text(byHand),
    references,
  };
}

function checkedText(value: Located, about: StepAbout['kind']): string {
  const text = said(value);
  const hedge = hedgeIn(text);
  if (hedge !== null)
    throw value.errorInside(
      hedge.at,
      hedge.word.length,
      `\`${hedge.word}\` does not stand in a step`,
      'say what is to be done; two cases are two steps',
    );
  for (const { name, at } of placeholders(text))
    if (!namesOf[about].includes(name))
      throw value.errorInside(
        at,
        name.length + 2,
        `nothing fills \`{${name}}\``,
        `a step about \`${about}\` knows: ${namesOf[about].join(', ')}`,
      );
  if (/[{}]/.test(text.replace(/\{[^{}]*\}/g, ''))) throw value.error('a brace stands alone', 'placeholders are `{name}`');
  return text;
}

function readOrder(value: Located): StepRule['order'] {
  const order: Partial<Record<PlanKind, number>> = {};
  for (const { name, key, value: place } of value.entries()) {
    const kind = planKinds.find((one) => one === name);
    if (kind === undefined) throw key.error(`there is no plan of kind \`${name}\``, `kinds: ${planKinds.join(', ')}`);
    const number = place.number();
    if (!Number.isInteger(number) || number < 0 || number > 9999)
      throw place.error('a whole number up to 9999 is needed', 'write 40');
    order[kind] = number;
  }
  if (Object.keys(order).length === 0) throw value.error('the step is part of no plan', 'give its place in at least one');
  return order;
}

/** What is said of no step follows from its phase. */
const timeOf: Readonly<Record<PlanPhase, PlanTime>> = {
  stop: 'now',
  keep: 'now',
  help: 'now',
  find: 'now',
  evict: 'night',
  secrets: 'night',
  renew: 'night',
  watch: 'days',
};

/** A word for all kinds, or one for each kind that differs from what the phase says. */
function readTime(value: Located | undefined, phase: PlanPhase): StepRule['time'] {
  const usual = value?.kind === 'text' ? among(value, planTimes) : timeOf[phase];
  // Where nobody got in there is no night on which anything is closed.
  const time = { A: usual, B: usual, C: usual, D: usual, N: 'now' as PlanTime };
  if (value === undefined || value.kind === 'text') return time;
  for (const { name, key, value: place } of value.entries()) {
    const kind = planKinds.find((one) => one === name);
    if (kind === undefined) throw key.error(`there is no plan of kind \`${name}\``, `kinds: ${planKinds.join(', ')}`);
    time[kind] = among(place, planTimes);
  }
  return time;
}

function readAbout(value: Located, mention: (value: Located) => string): StepAbout {
  if (value.kind === 'text') {
    const kind = among(value, abouts);
    if (kind === 'way' || kind === 'secret' || kind === 'rebuild' || kind === 'finding')
      throw value.error(`\`${kind}\` needs to know which`, 'write `{ kind: …, … }`');
    return kind === 'upgrade' ? { kind, rebuilt: false } : { kind };
  }
  const kind = kindIn(value, ['way', 'secret', 'rebuild', 'upgrade', 'finding'] as const);
  switch (kind) {
    case 'way':
      return {
        kind,
        ways: value
          .record(['kind', 'ways'])
          .get('ways')!
          .list()
          .map((one) => among(one, wayBackKinds)),
      };
    case 'secret':
      return {
        kind,
        secrets: value
          .record(['kind', 'secrets'])
          .get('secrets')!
          .list()
          .map((one) => among(one, secretKinds)),
      };
    case 'rebuild':
      return { kind, advice: among(value.record(['kind', 'advice']).get('advice')!, ['rebuild', 'clean'] as const) };
    case 'upgrade':
      return { kind, rebuilt: among(value.record(['kind', 'of']).get('of')!, ['others', 'rebuilt'] as const) === 'rebuilt' };
    case 'finding':
      return { kind, rules: value.record(['kind', 'rules']).get('rules')!.list().map(mention) };
  }
}

const conditionKinds = [
  'answer',
  'seen',
  'stage',
  'rule',
  'technique',
  'mail',
  'product',
  'hole',
  'missing',
  'entered',
  'build_unknown',
  'not',
] as const;

function readCondition(value: Located, mention: (value: Located) => string): StepCondition {
  const kind = kindIn(value, conditionKinds);
  const given = (key: string): Located => value.record(['kind', key]).get(key)!;
  switch (kind) {
    case 'answer':
      return {
        kind,
        is: given('is')
          .list()
          .map((one) => among(one, ['no_evidence', 'cannot_tell', 'attempted', 'suspected', 'confirmed'] as const)),
      };
    case 'seen':
      return {
        kind,
        is: given('is')
          .list()
          .map((one) => among(one, ['active', 'quiet', 'not_seen', 'unknown'] as const)),
      };
    case 'stage':
      return { kind, from: among(given('from'), stages) };
    case 'rule':
      return { kind, rules: given('rules').list().map(mention) };
    case 'technique':
      return {
        kind,
        ids: given('ids')
          .list()
          .map((one) => shaped(one, /^T\d{4}(?:\.\d{3})?$/, 'T1505.003')),
      };
    case 'mail':
      return {
        kind,
        how: given('how')
          .list()
          .map((one) => among(one, ['opened', 'exported'] as const)),
      };
    case 'product':
      return {
        kind,
        is: given('is')
          .list()
          .map((one) => among(one, products)),
      };
    case 'hole':
      return {
        kind,
        is: given('is')
          .list()
          .map((one) => among(one, ['vulnerable', 'fixed', 'unknown'] as const)),
      };
    case 'missing':
      return {
        kind,
        sources: given('sources')
          .list()
          .map((one) => shaped(one, /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, 'ecp-server')),
      };
    case 'entered':
      return {
        kind,
        is: given('is')
          .list()
          .map((one) => among(one, ['yes', 'probable', 'no_sign', 'cannot_tell'] as const)),
      };
    case 'build_unknown':
      value.record(['kind']);
      return { kind };
    case 'not':
      return { kind, of: readCondition(given('of'), mention) };
  }
}

function kindIn<const T extends string>(value: Located, allowed: readonly T[]): T {
  const written = value.entries().find(({ name }) => name === 'kind');
  if (written === undefined) throw value.error('`kind` is missing', `use one of: ${allowed.join(', ')}`);
  return among(written.value, allowed);
}

function readCommand(value: Located, about: StepAbout['kind']): StepRule['commands'][number] {
  const entry = value.record(['does', 'effect', 'run']);
  const run = said(entry.get('run')!);
  const fault = commandFault(run, about);
  if (fault !== null) throw entry.get('run')!.error(fault, 'see docs/reference/plan.md');
  return {
    does: checkedText(entry.get('does')!, 'case'),
    effect: among(entry.get('effect')!, ['looks', 'changes', 'undoes'] as const),
    run,
  };
}

/** `CM0106 Eliminate Web Shells`, `M1042 Disable or Remove Feature`, or `{ title, url }`. */
function readReference(value: Located): PlanReference {
  if (value.kind === 'text') {
    const [id = '', ...title] = said(value).split(' ');
    if (title.length === 0) throw value.error('the reference has no title', 'write its id and its title');
    if (/^CM\d{4}$/.test(id)) return { id, title: title.join(' '), url: 'https://www.cisa.gov/eviction-strategies-tool' };
    if (/^M\d{4}$/.test(id)) return { id, title: title.join(' '), url: `https://attack.mitre.org/mitigations/${id}/` };
    throw value.error(`\`${id}\` is no id of COUN7ER or of a mitigation of ATT&CK`, 'write CM0106, M1042, or `{ title, url }`');
  }
  const entry = value.record(['title', 'url']);
  const title = said(entry.get('title')!);
  return { id: title, title, url: shaped(entry.get('url')!, /^https:\/\/[\x21-\x7e]+$/, 'https://…') };
}

function minutes(value: Located): number {
  const number = value.number();
  if (!Number.isInteger(number) || number < 0 || number > 100_000) throw value.error('whole minutes are needed', 'write 15');
  return number;
}

/** Lines of a folded text are one line. */
function said(value: Located): string {
  const text = value.text().trim();
  if (text === '') throw value.error('this text is empty', 'say it');
  return text;
}

function shaped(value: Located, pattern: RegExp, example: string): string {
  const text = said(value);
  if (!pattern.test(text)) throw value.error(`\`${text}\` does not have the right form`, `write it like ${example}`);
  return text;
}

function among<const T extends string>(value: Located, allowed: readonly T[]): T {
  const text = said(value);
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw value.error(`\`${text}\` is not known here`, `use one of: ${allowed.join(', ')}`);
  return found;
}
