/** What is read first: who and when, the answer, what not to do, how far they went, four facts, the steps, what is missing. */
import type { StageView } from '../../core/assessment.ts';
import { endMs, enteredHosts, howMany, isUrgent, notSeen, pickedOut, stillThere } from '../answers.ts';
import { msOf, sayInZone, sayShortDay, sayTime } from '../clock.ts';
import { findingLinks, joined } from './context.ts';
import type { Page } from './context.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

export function top(page: Page, run: { readonly bytesRead: number; readonly filesRead: number }): Markup {
  const { say, clock, assessment } = page;
  const { name, hosts } = assessment.organisation;
  const place = [hosts.slice(0, 4).join(', ') + (hosts.length > 4 ? ' …' : ''), name].filter((text) => text !== '').join(', ');
  const read = sayTime(clock, clock.nowMs, 'minute');
  return html`<header class="top">
    <p><b>${say.product}</b>${place === '' ? '' : ` · ${place}`}</p>
    <p>${say.readAt(read.local)} · ${say.readWhat(run.bytesRead, run.filesRead)} · ${say.nothingChanged}</p>
  </header>`;
}

/** The headline: its gravest words (what follows the last "and", else what follows the first sentence) are set off. */
export function headline(page: Page): Markup {
  const { answer, headline: text } = page.assessment.verdict;
  const tone = answer === 'confirmed' ? '' : answer === 'suspected' ? 'w' : 'o';
  const parts = /^(.*\sand\s)(.+)$/su.exec(text) ?? /^([^.!?]+[.!?]\s)(.+)$/su.exec(text);
  return html`<h1 class="${tone}">${parts === null ? html`<em>${text}</em>` : html`${parts[1]!}<em>${parts[2]!}</em>`}</h1>`;
}

export function lead(page: Page): Markup {
  const { verdict } = page.assessment;
  const pieces = sayInZone(page.clock, verdict.sentence, endMs(page.assessment, page.clock));
  return html`<p class="lead">
    ${pieces.map((piece) => (piece.kind === 'utc' ? html`<small>${piece.text}</small>` : html`${piece.text}`))}
  </p>`;
}

export function first(page: Page): Markup | null {
  if (!isUrgent(page.assessment)) return null;
  const { say } = page;
  return html`<section class="first" aria-labelledby="first">
    <h2 id="first">${say.firstLabel}</h2>
    <ul>
      ${say.first(enteredHosts(page.assessment)).map((text) => html`<li>${text}</li>`)}
    </ul>
  </section>`;
}

const mark: Readonly<Record<StageView['state'], Markup>> = {
  seen: html`<circle class="m-seen" cx="10" cy="10" r="8" stroke-width="3" />`,
  likely: html`<circle class="m-likely" cx="10" cy="10" r="8" stroke-width="3" /><path
      class="m-half"
      d="M10 2a8 8 0 0 0 0 16z"
    />`,
  ruled_out: html`<circle class="m-out" cx="10" cy="10" r="8" stroke-width="3" /><path
      class="m-outbar"
      d="M5.5 10h9"
      stroke-width="3"
    />`,
  cannot_tell: html`<circle class="m-paper" cx="10" cy="10" r="9" /><circle
      class="m-blind"
      cx="10"
      cy="10"
      r="8"
      stroke-width="2"
      stroke-dasharray="3.3 3"
      fill="url(#hatch)"
    />`,
};

/** Patterns that the ladder and the picture share. */
export const patterns = html`<svg class="defs" aria-hidden="true" focusable="false" width="0" height="0">
  <defs>
    <pattern id="hatch" width="4.5" height="4.5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="m-hatch" d="M1 0V4.5" stroke-width="1.3" />
    </pattern>
    <pattern id="hole" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hw" width="6" height="6" />
      <path class="hp" d="M1 0V6" />
    </pattern>
  </defs>
</svg>`;

const reached = (state: StageView['state'] | undefined): boolean => state === 'seen' || state === 'likely';

export function ladder(page: Page): Markup {
  const { say, clock } = page;
  const steps = page.assessment.verdict.ladder;
  return html`<ol class="ladder" aria-label="${say.ladderLabel}">
    ${steps.map((step, index) => {
      const firstMs = msOf(step.firstUtc);
      const when = firstMs !== null && reached(step.state) ? sayShortDay(clock, firstMs) : null;
      const line = step.state === 'seen' && reached(steps[index + 1]?.state) ? 'on' : reached(step.state) ? '' : 'off';
      return html`<li class="${step.state} ${line}">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${mark[step.state]}</svg>
        <b>${say.stage(step.stage)}</b><span class="st">${say.ladderState(step.state)}</span
        ><span>${joined([when, step.text], ', ')}</span>
      </li>`;
    })}
  </ol>`;
}

export function facts(page: Page): Markup {
  const { assessment, clock, say } = page;
  const answers = [
    stillThere(assessment, clock, say),
    pickedOut(assessment, say),
    howMany(assessment, say),
    notSeen(assessment, clock, say),
  ];
  return html`<dl class="facts" aria-label="${say.factsLabel}">
    ${answers.map(
      (one) =>
        html`<div>
          <dt>${one.question}</dt>
          <dd>${one.answer}</dd>
          ${one.because === '' ? null : html`<dd>${one.because}</dd>`}
        </div>`,
    )}
  </dl>`;
}

/** A step's text may carry its own labels ("Stops: … Undo: … Check: …"); these become lines of their own. */
function stepText(text: string): Markup {
  const cut = text.split(/(?<=[.!?] |^)(?=(?:Stops|Undo|Check): )/);
  const labelled = cut.map((part) => /^(Stops|Undo|Check): (.*)$/s.exec(part.trim()));
  const plain = cut.filter((_, index) => labelled[index] === null).join('');
  const lines = labelled.filter((match) => match !== null);
  return html`${plain.trim() === '' ? null : html`<p>${plain.trim()}</p>`}${
    lines.length === 0
      ? null
      : html`<dl>
          ${lines.map(
            (match) =>
              html`<dt>${match[1]!}</dt>
                <dd>${match[2]!}</dd>`,
          )}
        </dl>`
  }`;
}

export function plan(page: Page): Markup | null {
  const { say, assessment } = page;
  if (assessment.plan.length === 0) return null;
  return html`<section aria-labelledby="plan">
    <h2 id="plan">${say.planTitle(isUrgent(assessment))}</h2>
    <p class="intro">${say.planIntro}</p>
    <ol class="plan">
      ${assessment.plan.map((step) => {
        const because = findingLinks(page, step.findings, 3);
        return html`<li>
          <div>
            <h3>${step.title}</h3>
            ${stepText(step.text)}${because === null ? null : html`<p class="why">${say.planBecause}: ${because}</p>`}
          </div>
          <p class="min">${say.planMinutes(step.minutes)}</p>
        </li>`;
      })}
    </ol>
  </section>`;
}

export function missing(page: Page): Markup | null {
  const { say, assessment } = page;
  const list = assessment.verdict.missing;
  if (list.length === 0) return null;
  return html`<section aria-labelledby="missing">
    <h2 id="missing">${say.missingTitle}</h2>
    <p class="intro">${say.missingIntro}</p>
    <ul class="lack">
      ${list.map(
        (one) =>
          html`<li>
            <h3>${say.source(one.kind)}${one.host === null ? null : html`<small>${one.host}</small>`}</h3>
            <div>
              <p>${one.text}</p>
              <p class="to"><b>${say.missingDecides}</b> ${one.decides}</p>
              <p class="to"><b>${say.missingWhere}</b> ${one.where}</p>
            </div>
          </li>`,
      )}
    </ul>
  </section>`;
}
