/** Page two: what the owner asks besides. Only in the owner's own report. */
import { breakable, type Page } from './context.ts';
import { html, type Markup } from './markup.ts';
import { type TellFacts, tellOf } from '../tell.ts';

export function owner(page: Page, facts: TellFacts | null): Markup | null {
  if (facts === null) return null;
  const { say, assessment } = page;
  return html`<section class="pagetwo" aria-labelledby="owner">
    <h2 id="owner">${say.tell.title}</h2>
    ${tellOf(assessment, facts).map(
      ({ title, texts, items }) =>
        html`<h3 class="group">${title}</h3>
          ${texts.map((text) => html`<p>${text}</p>`)}
          ${
            items.length === 0
              ? null
              : html`<ul class="plain">
                  ${items.map(({ head, text }) => html`<li><b>${breakable(head)}</b>: ${text}</li>`)}
                </ul>`
          }`,
    )}
  </section>`;
}
