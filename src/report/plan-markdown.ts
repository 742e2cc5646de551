/** A plan as a file that can be printed, mailed from another account and ticked off. */
import type { Assessment } from '../core/assessment.ts';
import type { PlanReason, PlanStep } from '../core/plan.ts';
import { markdownText as md } from './markdown-text.ts';
import { newWords } from './glossary.ts';
import { planMessages as say, readOf, sayWords, timeGroups } from './plan-messages.ts';

export function renderPlanMarkdown(assessment: Assessment): string {
  const { plan, verdict } = assessment;
  const lines: string[] = [
    `# ${md(say.whole)}: ${md(say.kind(plan.kind))}`,
    '',
    md(verdict.headline),
    '',
    md(verdict.sentence),
    '',
    ...plan.because.flatMap(({ text, findings }) => [`${md(text)}${ids(findings)}`, '']),
    md(say.wholeIntro),
    '',
    ...(plan.values.length === 0 ? [] : [md(say.values), '']),
  ];
  const explained = new Set<string>();
  for (const group of timeGroups(plan.steps)) {
    lines.push(`## ${md(say.time(group, plan.kind))}`, '', md(say.timeNote(group, plan.kind)), '');
    let phase: PlanStep['phase'] | null = null;
    for (const { step, number } of group.steps) {
      if (step.phase !== phase) lines.push(`### ${md(say.phase(step.phase))}`, '');
      phase = step.phase;
      lines.push(...stepLines(step, number, sayWords(newWords(readOf(step), explained))));
    }
  }
  if (plan.left > 0) lines.push(md(say.left(plan.left)), '');
  if (plan.secrets.length > 0) {
    lines.push(`## ${md(say.secretsTitle)}`, '', md(say.secretsIntro), '');
    for (const { kind, name, host, standing, because, findings } of plan.secrets) {
      const which = [name, host].filter((one) => one !== null).map(md);
      lines.push(
        `- [ ] **${md(say.secret(kind))}**${which.length === 0 ? '' : ` (${which.join(', ')})`}: ${md(say.standing(standing))}: ${md(because)}${ids(findings.slice(0, 3))}`,
      );
    }
    lines.push('');
  }
  if (plan.rebuild.length > 0) {
    lines.push(`## ${md(say.rebuildTitle)}`, '');
    for (const { host, advice, reasons } of plan.rebuild)
      lines.push(`**${md(say.advice(advice, host))}** ${reasons.map(reason).join(' ')}`, '');
  }
  if (plan.backup.length > 0) {
    lines.push(`## ${md(say.backupTitle)}`, '');
    for (const one of plan.backup) lines.push(reason(one), '');
  }
  if (plan.upgrade.length > 0) {
    const rest = sayWords(
      newWords(
        plan.upgrade.flatMap(({ stages, notKnown }) => [...stages.map(({ what }) => what), ...notKnown]),
        explained,
      ),
    );
    lines.push(`## ${md(say.upgradeTitle)}`, '');
    for (const { host, from, to, downMinutes, stages, notKnown } of plan.upgrade) {
      lines.push(
        md(say.upgrade(host, from.name ?? from.build, to === null ? null : `${to.name} (${to.build})`, downMinutes)),
        '',
      );
      for (const [index, { what, minutes, restart, source }] of stages.entries())
        lines.push(
          `${index + 1}. ${md(what)}${restart ? `, ${md(say.restart)}` : ''}${minutes === 0 ? '' : ` (${md(say.minutes(minutes))})`} <${source}>`,
        );
      lines.push('', md(say.notKnown(notKnown)), '');
    }
    if (rest !== null) lines.push(md(rest), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const ids = (findings: readonly string[]): string =>
  findings.length === 0 ? '' : ` (${findings.map((id) => md(say.finding(id))).join(', ')})`;
const reason = ({ text, findings }: PlanReason): string => `${md(text)}${ids(findings.slice(0, 3))}`;

function stepLines(step: PlanStep, number: number, words: string | null): string[] {
  const { labels } = say;
  const rows: readonly (readonly [string, string | null])[] = [
    [labels.why, md(step.why)],
    [labels.stops, md(say.stops(step.stops.what, step.stops.minutes))],
    [labels.breaks, step.breaks === say.nothing ? null : md(step.breaks)],
    [labels.undo, step.undo === say.nothingUndone ? null : md(step.undo)],
    [labels.verify, md(step.verify)],
    [labels.byHand, step.byHand === null ? null : md(step.byHand)],
    [labels.words, words === null ? null : md(words)],
    [
      labels.references,
      step.references.map(({ id, title, url }) => `${md(id === title ? title : `${id} ${title}`)} <${url}>`).join('; '),
    ],
    [labels.see, step.findings.length === 0 ? null : step.findings.map((id) => md(say.finding(id))).join(', ')],
  ];
  return [
    `#### ${number}. ${md(step.title)}`,
    '',
    `${md(say.who(step.who))}, ${md(say.minutes(step.minutes))}. (${say.stepId} ${md(step.id)})`,
    '',
    md(step.text),
    '',
    ...rows.filter(([, value]) => value !== null).map(([label, value]) => `- **${label}:** ${value!}`),
    '',
    ...step.commands.flatMap(({ does, effect, text }) => [
      `${md(does)} (${md(say.effect(effect))})`,
      '',
      '```powershell',
      ...text.split('\n'),
      '```',
      '',
    ]),
    `- [ ] ${say.done}`,
    '',
  ];
}
