/** Intruders and visitors, one card each: when, how far, from where, were you picked out, what they did. */
import type { Intrusion } from '../../core/assessment.ts';
import { people } from '../answers.ts';
import { findingLinks, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

const cardLimit = 60;

export function persons(page: Page): Markup {
  const { say } = page;
  const all = people(page.assessment);
  const counts = { intruder: 0, visitor: 0 };
  const cards = all.slice(0, cardLimit).map((one) => card(page, one, say.person(one.role, counts[one.role]++)));
  return html`<section aria-labelledby="people">
    <h2 id="people">${say.peopleTitle}</h2>
    <p class="intro">${all.length === 0 ? say.peopleNone : say.peopleIntro}</p>
    <div class="people">${cards}</div>
    ${all.length > cardLimit ? html`<p class="also">${say.peopleMore(all.length - cardLimit)}</p>` : null}
  </section>`;
}

const list = (label: string, items: readonly string[]): Markup | null =>
  items.length === 0
    ? null
    : html`<dt>${label}</dt>
        ${items.map((text) => html`<dd>${text}</dd>`)}`;

function card(page: Page, one: Intrusion, name: string): Markup {
  const { say } = page;
  const { targeting } = one;
  const same = one.lastUtc === null || one.lastUtc === one.firstUtc;
  const when = joined([time(page, one.firstUtc, 'minute'), same ? null : time(page, one.lastUtc, 'minute')], ' – ');
  const hosts = one.hosts.map((host) => `${host.host} (${say.hostRole(host.role)})`);
  return html`<article class="person ${one.role}">
    <h3>${name}</h3>
    <p>${say.reached(say.stage(one.stage).toLowerCase(), one.confidence)}</p>
    <p class="soft">${when}</p>
    ${one.declared === null ? null : html`<p><b>${say.declared(one.declared)}</b></p>`}
    <dl>
      ${one.observables.slice(0, 12).map(
        (seen) =>
          html`<dt>${say.observable(seen.kind)}</dt>
            <dd><code>${seen.value}</code>${say.standing(seen.standing) === '' ? '' : ` (${say.standing(seen.standing)})`}</dd>`,
      )}
      ${list(say.server, hosts)} ${list(say.wave.toLowerCase(), one.wave)}
      ${one.role === 'intruder' ? html`${list(say.pickedOut, [say.targeting(targeting.word)])}${list(say.chosenFor, targeting.for)}${list(say.chosenAgainst, targeting.against)}${list(say.chosenOpen, targeting.open)}` : null}
    </dl>
    ${doing(page, one)}
  </article>`;
}

function doing(page: Page, one: Intrusion): Markup | null {
  const links = findingLinks(page, one.findings, 8);
  return links === null ? null : html`<p class="why">${links}</p>`;
}
