/** A plan for a terminal, whole: to be read from top to bottom, or piped into a file. */
import type { Assessment } from '../core/assessment.ts';
import type { PlanStep } from '../core/plan.ts';
import { newWords } from './glossary.ts';
import { planMessages as say, readOf, sayWords, timeGroups } from './plan-messages.ts';
import { terminalText, wrap } from './terminal-text.ts';

export interface PlanTerminalOptions {
  readonly width: number;
  readonly color: boolean;
}

export function renderPlanTerminal(assessment: Assessment, options: PlanTerminalOptions): string {
  const { plan, verdict } = assessment;
  const width = Math.min(100, Math.max(40, Math.floor(options.width)));
  const bold = (text: string): string => (options.color ? `\u001b[1m${text}\u001b[0m` : text);
  const lines: string[] = [];
  const say1 = (text: string, indent = 0): void => void lines.push(...wrap(text, width, indent));
  const head = (text: string): void => {
    lines.push('');
    lines.push(...wrap(text, width).map(bold));
  };
  lines.push(...wrap(verdict.headline, width).map(bold));
  for (const { text } of plan.because) say1(text);
  if (plan.steps.length === 0) say1(say.noSteps);
  const explained = new Set<string>();
  if (plan.values.length > 0) say1(say.values);
  const groups = timeGroups(plan.steps);
  for (const group of groups) {
    const part = say.time(group, plan.kind);
    if (groups.length > 1) say1(`- ${part}.`, 2);
  }
  let phase: PlanStep['phase'] | null = null;
  const all = groups.flatMap((group) => group.steps.map((one, index) => ({ ...one, opens: index === 0 ? group : null })));
  for (const { step, number, opens } of all) {
    if (opens !== null) {
      head(say.time(opens, plan.kind).toUpperCase());
      say1(say.timeNote(opens, plan.kind));
      phase = null;
    }
    if (step.phase !== phase) head(say.phase(step.phase));
    phase = step.phase;
    const mark = `${number}. `;
    const [first, ...more] = wrap(`${mark}${step.title}`, width);
    lines.push('', bold(first!), ...more.map((line) => bold(`${' '.repeat(mark.length)}${line}`.slice(0, width))));
    say1(`${say.who(step.who)}, ${say.minutes(step.minutes)}. (${say.stepId} ${step.id})`, 3);
    say1(step.text, 3);
    const rows: readonly (readonly [string, string | null])[] = [
      [say.labels.why, step.why],
      [say.labels.stops, say.stops(step.stops.what, step.stops.minutes)],
      [say.labels.breaks, step.breaks],
      [say.labels.undo, step.undo === say.nothingUndone ? null : step.undo],
      [say.labels.verify, step.verify],
      [say.labels.byHand, step.byHand],
      [say.labels.words, sayWords(newWords(readOf(step), explained))],
      [say.labels.references, step.references.map(({ id, title }) => (id === title ? title : `${id} ${title}`)).join('; ')],
      [say.labels.see, step.findings.length === 0 ? null : step.findings.slice(0, 3).map(say.finding).join(', ')],
    ];
    for (const [label, value] of rows) if (value !== null && value !== 'Nothing.') say1(`${label}: ${value}`, 5);
    for (const { does, effect, text } of step.commands) {
      say1(`> ${does} (${say.effect(effect)})`, 5);
      // A command is copied as it stands: it is not broken into lines.
      for (const line of text.split('\n')) lines.push(`       ${terminalText(line)}`);
    }
  }
  if (plan.left > 0) say1(say.left(plan.left));
  if (plan.secrets.length > 0) {
    head(say.secretsTitle.toUpperCase());
    for (const { kind, name, host, standing, because } of plan.secrets) {
      const which = [name, host].filter((one) => one !== null).join(', ');
      say1(`- ${say.secret(kind)}${which === '' ? '' : ` (${which})`}: ${say.standing(standing)}: ${because}`, 2);
    }
  }
  if (plan.rebuild.length > 0) {
    head(say.rebuildTitle.toUpperCase());
    for (const { host, advice, reasons } of plan.rebuild)
      say1(`${say.advice(advice, host)} ${reasons.map(({ text }) => text).join(' ')}`, 2);
  }
  if (plan.backup.length > 0) {
    head(say.backupTitle.toUpperCase());
    for (const { text } of plan.backup) say1(text, 2);
  }
  if (plan.upgrade.length > 0) {
    head(say.upgradeTitle.toUpperCase());
    for (const { host, from, to, downMinutes, stages, notKnown } of plan.upgrade) {
      say1(say.upgrade(host, from.name ?? from.build, to === null ? null : `${to.name} (${to.build})`, downMinutes), 2);
      for (const [index, { what, minutes, restart }] of stages.entries())
        say1(`${index + 1}. ${what}${restart ? `, ${say.restart}` : ''}${minutes === 0 ? '' : ` (${say.minutes(minutes)})`}`, 4);
      say1(say.notKnown(notKnown), 2);
    }
  }
  lines.push('');
  say1(say.notRun);
  return `${lines.join('\n')}\n`;
}
