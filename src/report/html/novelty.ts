/** What was new or rare, whatever rules say: for whoever looks further. It is no part of the answer, and says so. */
import { findingLink, findingLinks, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { marks, resting } from './rests.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Items that stand open. */
const openLimit = 10;
/** Reasons that are said of each. */
const reasonLimit = 4;

export function novelty(page: Page): Markup | null {
  const { say, assessment } = page;
  const { items, normal, left } = assessment.novelty;
  if (normal.length === 0) return null;
  const unlearnt = normal.filter(({ learnt }) => learnt !== 'yes');
  const rest = items.slice(openLimit);
  return html`<section aria-labelledby="novel">
    <h2 id="novel">${say.noveltyTitle}</h2>
    <p class="intro">${items.length === 0 ? say.noveltyNone(unlearnt.length === normal.length) : say.noveltyIntro}</p>
    ${
      unlearnt.length === 0
        ? null
        : html`<ul class="plain">
            ${unlearnt.slice(0, openLimit).map(({ says, because }) => html`<li>${resting(page, says, because)}</li>`)}
          </ul>`
    }
    ${items.length === 0 ? null : list(page, items.slice(0, openLimit), 1)}
    ${
      rest.length === 0
        ? null
        : html`<details class="fold">
            <summary>${say.noveltyMore(rest.length)}</summary>
            ${list(page, rest, openLimit + 1)}
          </details>`
    }
    ${left === 0 ? null : html`<p class="also">${say.noveltyLeft(left)}</p>`}
    <details class="fold">
      <summary>${say.noveltyNormal}</summary>
      <ul class="plain">
        ${normal.map(({ says, because }) => html`<li>${resting(page, says, because)}</li>`)}
      </ul>
    </details>
  </section>`;
}

type Item = Page['assessment']['novelty']['items'][number];

function list(page: Page, items: readonly Item[], start: number): Markup {
  const { say } = page;
  return html`<ol class="reasons" start="${start}">
    ${items.map(
      ({ finding, known, host, timeUtc, what, reasons, others, othersLeft, because }) =>
        html`<li>
          ${findingLink(page, finding, what)}${marks(page, because)}
          <span class="at">${joined([host, time(page, timeUtc, 'minute')])}</span>
          <p>${reasons.slice(0, reasonLimit).map(({ text }) => html`${text} `)}</p>
          ${known === null ? null : html`<p class="why">${say.noveltyKnown} ${findingLinks(page, [known])}</p>`}
          ${others.length === 0 ? null : html`<p class="why">${say.noveltyOthers(others, othersLeft)}</p>`}
        </li>`,
    )}
  </ol>`;
}
