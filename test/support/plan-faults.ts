/** What is wrong with a plan: a part that is missing, a word that hedges, a thing that is not in the evidence, a command that is not from data. */
import type { Assessment } from '../../src/core/assessment.ts';
import type { PlanStep } from '../../src/core/plan.ts';
import type { StepRule } from '../../src/core/step-rule.ts';
import { shownName } from '../../src/plan/bindings.ts';
import { glossary } from '../../src/report/glossary.ts';
import { readOf } from '../../src/report/plan-messages.ts';
import { hedgeIn } from '../../src/packs/step-texts.ts';

/** Words that fill a placeholder and are ours: none of them names a thing. */
const ours =
  /^(?:it|them|was|were|the server|opened|exported|DefaultAppPool|MSExchange(?:OWA|ECP)AppPool|every pool \(iisreset\)|the newest build that Microsoft offers|\d+ stages, \d+ minutes without mail)$/;
/** Placeholders that hold a sentence of ours, not a name: these must not hedge either. */
const sentences: ReadonlySet<string> = new Set(['because', 'where', 'decides', 'what', 'before', 'stages']);

export function planFaults(assessment: Assessment, rules: readonly StepRule[]): string[] {
  const faults: string[] = [];
  const known = new Set(assessment.findings.map(({ id }) => id));
  const { plan } = assessment;
  const ids = new Set<string>();
  for (const step of plan.steps) {
    const fault = (what: string): void => void faults.push(`${step.id}: ${what}`);
    if (ids.has(step.id)) fault('stands twice');
    ids.add(step.id);
    const rule = rules.find(({ id }) => step.id === id || step.id.startsWith(`${id}/`));
    if (rule === undefined) {
      fault('no rule made it');
      continue;
    }
    parts(step, fault);
    for (const id of step.findings) if (!known.has(id)) fault(`finding ${id} is not there`);
    for (const { name, value, at, findings } of step.bound) {
      if (at.length === 0) fault(`{${name}} is bound to nothing`);
      for (const id of findings) if (!known.has(id)) fault(`{${name}} names the finding ${id}, which is not there`);
      const texts = at.map((pointer) => resolved(assessment, pointer));
      if (texts.includes(undefined)) fault(`{${name}}: a pointer leads nowhere: ${at.join(' ')}`);
      // A list names what each pointer holds; a name is what its pointer holds.
      else if (!['what', 'from'].includes(name))
        for (const text of texts)
          if (typeof text === 'string' && !value.includes(shownName(text).slice(0, 20)))
            fault(`{${name}} is not what stands at ${at.join(' ')}`);
    }
    for (const [template, text] of textsOf(rule, step)) {
      const gaps = gapsOf(template, text);
      if (gaps === null) fault(`a text is not that of its rule: ${text}`);
      for (const { name, value } of gaps ?? []) {
        const bound = step.bound.find((one) => one.name === name);
        if (bound === undefined ? !ours.test(value) : bound.value !== value)
          fault(`{${name}} is “${value}”, which is not in the evidence`);
        if (sentences.has(name)) {
          const hedge = hedgeIn(value);
          if (hedge !== null) fault(`“${hedge.word}” in {${name}}: ${value}`);
        }
      }
    }
    const runs = rule.commands.map(({ run }) => run);
    for (const { text, value } of step.commands) {
      if (!runs.some((run) => (value === null ? run : run.replaceAll('[#]', `[${value}]`)) === text))
        fault(`a command is not from data: ${text}`);
      if (value !== null && plan.values[value]?.index !== value) fault(`value ${value} is not there`);
    }
  }
  return faults;
}

/** Names of files, products and places that stand for themselves. */
const plainNames: ReadonlySet<string> = new Set([
  'TaskCache',
  'SD',
  'ExSetup',
  'WDigest',
  'CISA',
  'ATT',
  'CK',
  'SCM',
  'MSExchangeOWAAppPool',
  'MSExchangeECPAppPool',
]);

/** Words in capitals that nobody explains, neither the list of words nor a bracket beside them. */
export function unexplained({ plan, organisation }: Assessment): string[] {
  const faults: string[] = [];
  let before = '';
  for (const step of plan.steps) {
    let text = readOf(step).join(' ');
    for (const { name, value } of step.bound) if (!sentences.has(name)) text = text.replaceAll(value, '');
    for (const host of [...organisation.hosts, ...organisation.absentHosts]) text = text.replaceAll(host, '');
    before += ` ${text}`;
    for (const [token] of text.matchAll(/\b[A-Z]{2,}[A-Za-z0-9]*\b/g)) {
      const inList = glossary.some(({ word, pattern }) => word.includes(token) || (pattern?.test(token) ?? false));
      const inBracket = before.includes(`(${token})`) || before.includes(`${token} (`) || before.includes(`(${token},`);
      if (!inList && !inBracket && !plainNames.has(token)) faults.push(`${step.id}: ${token}`);
    }
  }
  return faults;
}

function parts(step: PlanStep, fault: (what: string) => void): void {
  const texts = {
    title: step.title,
    text: step.text,
    why: step.why,
    stops: step.stops.what,
    breaks: step.breaks,
    undo: step.undo,
    verify: step.verify,
  };
  for (const [name, text] of Object.entries(texts)) if (text.trim() === '') fault(`${name} is empty`);
  if (step.references.length === 0) fault('it has no reference');
  if (step.commands.length === 0 && step.byHand === null) fault('it has no command, and does not say why');
  if (!(step.minutes > 0)) fault('it takes no time');
}

/** Each text of a step with the template that it came from. */
function textsOf(rule: StepRule, step: PlanStep): [template: string, text: string][] {
  return [
    [rule.title, step.title],
    [rule.text, step.text],
    [rule.why, step.why],
    [rule.stops.what, step.stops.what],
    [rule.breaks, step.breaks],
    [rule.undo, step.undo],
    [rule.verify.text, step.verify],
  ];
}

/** What stands where the placeholders were; null: the text is another one. A value that holds a piece of the template is tried whole. */
function gapsOf(template: string, text: string): { name: string; value: string }[] | null {
  const pieces = template.replace(/\s*\n\s*/g, ' ').split(/\{([^{}]*)\}/);
  const pattern = pieces
    .map((piece, index) => (index % 2 === 0 ? piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : '([^]*?)'))
    .join('');
  const match = new RegExp(`^${pattern}$`).exec(text);
  return match === null ? null : match.slice(1).map((value, index) => ({ name: pieces[2 * index + 1]!, value }));
}

function resolved(root: unknown, pointer: string): unknown {
  let value = root;
  for (const part of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return value;
}
