/** One server on several days: what came and went between them, and the last day on which nothing of theirs was there. */
import { findingLinks, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Things that stand open: theirs, and the first of the others. */
const openLimit = 40;

export function overTime(page: Page): Markup | null {
  const { say, assessment } = page;
  if (assessment.overTime.length === 0) return null;
  const head = say.overTimeHead;
  return html`<section aria-labelledby="days">
    <h2 id="days">${say.overTimeTitle}</h2>
    <p class="intro">${say.overTimeIntro}</p>
    ${assessment.overTime.map(
      ({ host, days, things, left, says }) =>
        html`<h3>${host ?? say.server}</h3>
          ${says === '' ? null : html`<p><b>${says}</b></p>`}
          <ul class="plain">
            ${days.map(
              (day) =>
                html`<li>
                  ${time(page, day.asOfUtc, 'minute')}:
                  ${day.root === '' ? say.collectedAll : html`<span class="path">${day.root}</span>`}
                  <span class="at">${joined([day.snapshot, say.overTimeBy(day.by), say.overTimeStanding(day.standing)])}</span>
                </li>`,
            )}
          </ul>
          ${
            things.length === 0
              ? html`<p>${say.overTimeNothing}</p>`
              : html`<table class="stack">
                  <thead>
                    <tr>
                      ${[head.what, head.when].map((one) => html`<th scope="col">${one}</th>`)}
                    </tr>
                  </thead>
                  <tbody>
                    ${things.slice(0, openLimit).map(
                      (thing) =>
                        html`<tr>
                          <th scope="row"><span class="path">${thing.what}</span></th>
                          <td>
                            ${thing.says}${
                              thing.findings.length === 0
                                ? html` <span class="at">${say.overTimeUnrelated}</span>`
                                : html`<p class="why">${findingLinks(page, thing.findings)}</p>`
                            }
                          </td>
                        </tr>`,
                    )}
                  </tbody>
                </table>`
          }
          ${
            things.length + left > openLimit
              ? html`<p class="also">${say.overTimeMore(things.length + left - openLimit)}</p>`
              : null
          }`,
    )}
  </section>`;
}
