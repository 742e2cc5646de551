/** Files of the web folders against what Exchange ships, and mitigations as the configuration has them. */
import type { Inventory } from '../../core/assessment.ts';
import type { Page } from './context.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Odd files shown; all that are kept stand in the assessment. */
const shownFiles = 60;

export function files(page: Page): Markup | null {
  const { say, assessment } = page;
  const notes = assessment.inventory.flatMap((one) => one.notes);
  const odd = assessment.inventory.flatMap((one) => one.odd.map((file) => ({ host: one.host, ...file })));
  const mitigations = assessment.exposure.flatMap(({ host, mitigations: own }) => own.map((one) => ({ host, ...one })));
  if (notes.length + odd.length + mitigations.length === 0) return null;
  return html`<section aria-labelledby="files">
    <h2 id="files">${say.filesTitle}</h2>
    <p class="intro">${say.filesIntro}</p>
    <ul class="plain">
      ${notes.map((note) => html`<li>${note}</li>`)}
      ${mitigations.map(({ host, id, state }) => html`<li>${say.mitigation(id, state, host)}</li>`)}
    </ul>
    ${odd.length === 0 ? null : oddFiles(page, odd)}
  </section>`;
}

type Odd = Inventory['odd'][number] & { readonly host: string | null };

function oddFiles({ say }: Page, odd: readonly Odd[]): Markup {
  const head = say.filesHead;
  return html`<table class="stack">
      <thead>
        <tr>
          ${[head.path, head.standing, head.why].map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${odd.slice(0, shownFiles).map(
          (file) =>
            html`<tr>
              <th scope="row">
                <span class="path">${file.path}</span>${file.host === null ? null : html` <span class="at">${file.host}</span>`}
              </th>
              <td class="nw">${say.fileStanding(file.standing)}</td>
              <td>${file.why.join('; ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${odd.length > shownFiles ? html`<p>${say.filesMore(odd.length - shownFiles)}</p>` : null}`;
}
