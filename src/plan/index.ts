/**
 * What is to be done, in which order. In: an assessment, steps as data, facts about builds. Out: its {@link Plan}. The order depends on
 * the case (`kind.ts`); what a step is about, and what its texts may name, is found in the assessment (`instances.ts`), and a step whose
 * texts name something that is not there is not made. Nothing here is ever run, and nothing of the evidence goes into a command.
 */
import type { Assessment } from '../core/assessment.ts';
import { sha256Hex } from '../core/hash.ts';
import {
  type Plan,
  type PlanCommand,
  type PlanKind,
  type PlanStep,
  planTimes,
  type PlanValue,
  type StepCheck,
} from '../core/plan.ts';
import type { StepRule } from '../core/step-rule.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Knowledge } from '../knowledge/index.ts';
import { bindingsOf, filled } from './bindings.ts';
import { holds } from './conditions.ts';
import { factsOf } from './facts.ts';
import { type Instance, instancesOf } from './instances.ts';
import { kindOf } from './kind.ts';
import { backupOf, rebuildOf } from './rebuild.ts';
import { secretsOf } from './secrets.ts';
import { upgradesOf } from './upgrade.ts';

export interface PlanOptions {
  readonly steps: readonly StepRule[];
  /** Loaded when a build was seen. */
  readonly knowledge: () => Knowledge;
}

/** Of one rule: more are counted, and said. */
const mostOfOne = 40;

export function planOf(assessment: Assessment, options: PlanOptions): Plan {
  const facts = factsOf(assessment);
  const { kind, because } = kindOf(facts);
  const made = {
    secrets: secretsOf(facts),
    rebuild: rebuildOf(facts),
    backup: backupOf(facts),
    upgrade: upgradesOf(facts, options.knowledge),
  };
  const values: PlanValue[] = [];
  const steps: PlanStep[] = [];
  let left = 0;
  const rules = options.steps
    .filter(({ order }) => order[kind] !== undefined)
    .toSorted(
      (a, b) =>
        planTimes.indexOf(a.time[kind]) - planTimes.indexOf(b.time[kind]) ||
        a.order[kind]! - b.order[kind]! ||
        byCodeUnit(a.id, b.id),
    );
  for (const rule of rules) {
    const instances = instancesOf(rule.about, facts, made).filter(({ missing }) =>
      rule.when.every((condition) => holds(condition, facts, missing)),
    );
    left += Math.max(0, instances.length - mostOfOne);
    for (const instance of instances.slice(0, mostOfOne)) {
      const step = bound(rule, kind, instance, values);
      if (step !== null) steps.push(step);
    }
  }
  return { kind, because, steps, ...made, values, left };
}

/** null: a text of it names something that is not in the evidence. */
function bound(rule: StepRule, kind: PlanKind, instance: Instance, values: PlanValue[]): PlanStep | null {
  const used = new Set<string>();
  const fill = (text: string): string | null => filled(text, instance.values, used);
  const texts = [
    rule.title,
    rule.text,
    rule.why,
    rule.stops.what,
    rule.breaks,
    rule.undo,
    rule.verify.text,
    rule.byHand ?? '',
  ].map(fill);
  if (texts.some((text) => text === null)) return null;
  const [title, text, why, what, breaks, undo, verify, byHand] = texts as string[];
  const bindings = bindingsOf(instance.values, used);
  const needsFile = rule.commands.some(({ run }) => run.includes('[#]'));
  const file = needsFile ? instance.file : null;
  let value: number | null = null;
  if (file !== null) {
    const known = values.find(({ path, sha256, host }) => path === file.path && sha256 === file.sha256 && host === file.host);
    value = known?.index ?? values.length;
    if (known === undefined) values.push({ index: value, kind: 'file', ...file });
  }
  const commands = rule.commands.flatMap(({ does, effect, run }): PlanCommand[] => {
    const reads = run.includes('[#]');
    if (reads && value === null) return [];
    return [{ does, effect, text: reads ? run.replaceAll('[#]', `[${value!}]`) : run, value: reads ? value : null }];
  });
  const reasons = [needsFile && file === null ? instance.byHand : null, byHand === '' ? null : byHand!].filter(
    (one) => one !== null,
  );
  return {
    id: instance.key === '' ? rule.id : `${rule.id}/${sha256Hex(instance.key).slice(0, 8)}`,
    phase: rule.phase,
    time: rule.time[kind],
    host: instance.host,
    title: title!,
    text: text!,
    why: why!,
    findings: [...new Set([...instance.findings, ...bindings.flatMap(({ findings }) => findings)])].slice(0, 8),
    bound: bindings,
    who: rule.who,
    minutes: rule.minutes,
    stops: { what: what!, minutes: rule.stops.minutes },
    breaks: breaks!,
    undo: undo!,
    verify: verify!,
    check: checkOf(rule.verify.check, instance),
    commands,
    byHand: reasons.length === 0 ? null : reasons.join(' '),
    references: rule.references,
  };
}

/** What the step asks for, or else what its thing can tell at all. */
function checkOf(kind: StepCheck['kind'], { checks }: Instance): StepCheck {
  if (kind === 'by_hand') return { kind };
  const same = checks.find((one) => one.kind === kind);
  if (same !== undefined) return same;
  // A file of which only the web address is known is asked for there.
  const near = kind === 'file_gone' ? checks.find((one) => one.kind === 'page_not_answered') : undefined;
  return near ?? { kind: 'by_hand' };
}
