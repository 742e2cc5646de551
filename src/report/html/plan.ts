/** The plan: its first steps on the first page, and further down the whole of it, to be printed and ticked off. */
import type { PlanStep } from '../../core/plan.ts';
import { isUrgent } from '../answers.ts';
import { newWords } from '../glossary.ts';
import { readOf, sayWords, timeGroups } from '../plan-messages.ts';
import { breakable, findingLinks, type Page } from './context.ts';
import { html, type Markup } from './markup.ts';

/** Steps that the first page has room for. */
const onFirstPage = 4;

export function firstSteps(page: Page): Markup | null {
  const { say, assessment } = page;
  const { steps, because } = assessment.plan;
  if (steps.length === 0) return null;
  const left = steps.length - onFirstPage;
  return html`<section class="pagetwo" aria-labelledby="plan">
    <h2 id="plan">${say.plan.title(isUrgent(assessment))}</h2>
    <p class="intro">${because.map(({ text }) => text).join(' ')}</p>
    <ol class="plan">
      ${steps.slice(0, onFirstPage).map(
        (step) =>
          html`<li>
            <div>
              <h3>${step.title}</h3>
              <p class="whose">${say.plan.who(step.who)}</p>
              <p>${breakable(step.text)}</p>
              <dl>
                <dt>${say.plan.labels.stops}</dt>
                <dd>${say.plan.stops(step.stops.what, step.stops.minutes)}</dd>
                <dt>${say.plan.labels.verify}</dt>
                <dd>${step.verify}</dd>
              </dl>
            </div>
            <p class="min">${say.plan.minutes(step.minutes)}</p>
          </li>`,
      )}
    </ol>
    ${left > 0 ? html`<p class="why"><a href="#steps">${say.plan.more(left)}</a></p>` : null}
  </section>`;
}

export function wholePlan(page: Page): Markup | null {
  const { say, assessment } = page;
  const { plan } = assessment;
  if (plan.steps.length === 0) return null;
  const explained = new Set<string>();
  const groups = timeGroups(plan.steps);
  return html`<section class="pagetwo wholeplan" aria-labelledby="steps">
    <h2 id="steps">${say.plan.whole}: ${say.plan.kind(plan.kind).toLowerCase()}</h2>
    <p class="intro">${say.plan.wholeIntro}${plan.values.length === 0 ? '' : ` ${say.plan.values}`}</p>
    ${plan.because.map(({ text, findings }) => html`<p>${text}${reasons(page, findings)}</p>`)}
    ${groups.map(
      (group) =>
        html`<h3 class="group">${say.plan.time(group, plan.kind)}</h3>
          <p class="intro">${say.plan.timeNote(group, plan.kind)}</p>
          <ol class="plan">
            ${group.steps.map(({ step }) => wholeStep(page, step, sayWords(newWords(readOf(step), explained))))}
          </ol>`,
    )}
    ${plan.left > 0 ? html`<p class="why">${say.plan.left(plan.left)}</p>` : null} ${secrets(page)} ${rebuild(page)}
    ${backups(page)} ${upgrades(page)}
  </section>`;
}

function reasons(page: Page, findings: readonly string[], most = 3): Markup | null {
  const links = findingLinks(page, findings, most);
  return links === null ? null : html` <span class="why">${page.say.plan.because}: ${links}</span>`;
}

function wholeStep(page: Page, step: PlanStep, words: string | null): Markup {
  const { plan: say } = page.say;
  const rows: readonly (readonly [string, string | Markup | null])[] = [
    [say.labels.why, html`${step.why}${reasons(page, step.findings, 2)}`],
    [say.labels.stops, say.stops(step.stops.what, step.stops.minutes)],
    [say.labels.breaks, step.breaks === say.nothing ? null : step.breaks],
    [say.labels.undo, step.undo === say.nothingUndone ? null : step.undo],
    [say.labels.verify, step.verify],
    [say.labels.byHand, step.byHand],
    [say.labels.words, words],
    [say.labels.references, step.references.map(({ id, title }) => (id === title ? title : `${id} ${title}`)).join('; ')],
  ];
  return html`<li>
    <div>
      <h3>${step.title}</h3>
      <p class="whose">${say.phase(step.phase)}. ${say.who(step.who)}. (${say.stepId} ${step.id})</p>
      <p>${breakable(step.text)}</p>
      <dl>
        ${rows
          .filter(([, value]) => value !== null)
          .map(
            ([label, value]) =>
              html`<dt>${label}</dt>
                <dd>${value}</dd>`,
          )}
      </dl>
      ${
        step.commands.length === 0
          ? null
          : html`<details class="cmds">
              <summary>${say.labels.commands} (${step.commands.length})</summary>
              ${step.commands.map(
                ({ does, effect, text }) =>
                  html`<p class="does">${does} <b>${say.effect(effect)}</b></p>
                    <pre class="command">
${text.split('\n').map((line, at) => html`${at === 0 ? null : html`<br />`}<code>${line}</code>`)}</pre>`,
              )}
            </details>`
      }
    </div>
    <p class="min">${say.minutes(step.minutes)}</p>
  </li>`;
}

function secrets(page: Page): Markup | null {
  const { plan: say } = page.say;
  const list = page.assessment.plan.secrets;
  if (list.length === 0) return null;
  return html`<h3 class="group" id="secrets">${say.secretsTitle}</h3>
    <p class="intro">${say.secretsIntro}</p>
    <table class="stack compact">
      <thead>
        <tr>
          ${[say.secretHead.what, say.secretHead.name, say.secretHead.because].map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${list.map(
          ({ kind, name, host, standing, because, findings }) =>
            html`<tr>
              <th scope="row">${say.secret(kind)}</th>
              <td data-l="${say.secretHead.name}">${breakable([name, host].filter((one) => one !== null).join(', ') || '–')}</td>
              <td data-l="${say.secretHead.because}">
                <b>${say.standing(standing)}</b>: ${because}${reasons(page, findings.slice(0, 1))}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function rebuild(page: Page): Markup | null {
  const { plan: say } = page.say;
  const list = page.assessment.plan.rebuild;
  if (list.length === 0) return null;
  return html`<h3 class="group">${say.rebuildTitle}</h3>
    ${list.map(
      ({ host, advice, reasons: why }) =>
        html`<p>
          <b>${say.advice(advice, host)}</b>
          ${why.map(({ text, findings }) => html`${text}${reasons(page, findings.slice(0, 1))} `)}
        </p>`,
    )}`;
}

function backups(page: Page): Markup | null {
  const { plan: say } = page.say;
  const list = page.assessment.plan.backup;
  if (list.length === 0) return null;
  return html`<h3 class="group">${say.backupTitle}</h3>
    ${list.map(({ text, findings }) => html`<p>${text}${reasons(page, findings.slice(0, 1))}</p>`)}`;
}

function upgrades(page: Page): Markup | null {
  const { plan: say } = page.say;
  const list = page.assessment.plan.upgrade;
  if (list.length === 0) return null;
  return html`<h3 class="group">${say.upgradeTitle}</h3>
    ${list.map(
      ({ host, from, to, downMinutes, stages, notKnown }) =>
        html`<p>${say.upgrade(host, from.name ?? from.build, to === null ? null : `${to.name} (${to.build})`, downMinutes)}</p>
          <ol class="stages">
            ${stages.map(
              ({ what, minutes, restart }) =>
                html`<li>${what}${restart ? `, ${say.restart}` : ''}${minutes === 0 ? '' : ` (${say.minutes(minutes)})`}</li>`,
            )}
          </ol>
          <p class="why">${say.notKnown(notKnown)}</p>`,
    )}`;
}
