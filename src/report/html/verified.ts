/** What verifying found: each step with its state, whose word it is, and the record. For the owner alone; it stands behind the answer, not in its place. */
import type { StepState, Verification, VerifiedStep } from '../../core/verified.ts';
import { verifyWords as say } from '../verify-words.ts';
import { breakable, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

const rank: Readonly<Record<StepState, number>> = { not_done: 0, cannot_tell: 1, done: 2 };

export function verifiedPart(page: Page, verified: Verification | null): Markup | null {
  if (verified === null) return null;
  const { fresh } = verified;
  const people = verified.steps.filter(({ check, state }) => check === 'by_hand' && state === 'cannot_tell');
  return html`<section aria-labelledby="verified">
    <h2 id="verified">${say.title}</h2>
    <p class="intro"><b>${verified.headline}</b> ${verified.sentence}${isOfBefore(page, verified) ? ` ${say.ofBefore}` : ''}</p>
    ${
      fresh.length === 0
        ? null
        : html`<h3>${say.fresh}</h3>
            <ul class="plain">
              ${fresh.map(
                (one) =>
                  html`<li>
                    <b>${one.title}</b>
                    <span class="at">${joined([one.host, time(page, one.timeUtc, 'minute')])}</span> ${one.text}
                  </li>`,
              )}
            </ul>`
    }
    <table class="stack">
      <thead>
        <tr>
          ${[say.step, say.state, say.shows].map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${verified.steps
          .filter((step) => !people.includes(step))
          .toSorted((a, b) => rank[a.state] - rank[b.state])
          .map((step) => row(page, step))}
      </tbody>
    </table>
    ${
      people.length === 0
        ? null
        : html`<details class="fold">
            <summary>${say.peopleCount(people.length)}</summary>
            <ul class="plain">
              ${people.map(
                ({ title, said }) =>
                  html`<li>${title}${said === null ? null : html` <b>${say.said(said.by, said.doneUtc)}</b>`}</li>`,
              )}
            </ul>
          </details>`
    }
  </section>`;
}

/** Held against an assessment that ended elsewhere: its plan had other steps. */
const isOfBefore = ({ assessment }: Page, { of }: Verification): boolean =>
  of.evidenceEndUtc !== assessment.organisation.evidenceEndUtc;

const row = (page: Page, step: VerifiedStep): Markup =>
  html`<tr>
    <th scope="row">${step.title}</th>
    <td class="nw"><b>${say.states[step.state]}</b></td>
    <td>
      ${breakable(step.text)}${step.back === null ? null : html` <b>${say.back[step.back]}</b>`}
      <span class="at"
        >${joined([
          step.view === null ? null : say.views[step.view],
          step.doneUtc === null ? null : html`${time(page, step.doneUtc, 'minute')}`,
          ...step.evidence.slice(0, 2).map(({ artifact, line }) => `${artifact}${line === null ? '' : `:${line}`}`),
        ])}</span
      >
    </td>
  </tr>`;
