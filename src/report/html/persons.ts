/** Intruders and visitors, one card each: when, how far, from where, were you picked out, what they did. */
import type { Intrusion, Observable } from '../../core/assessment.ts';
import { campaignName, inOrderOfProof } from '../answers.ts';
import { msOf } from '../clock.ts';
import { upperFirst } from '../say.ts';
import { findingLink, joined, observed, time, timeAfter } from './context.ts';
import { episodesOf } from './episodes.ts';
import type { Page } from './context.ts';
import { limits, placeOf, resting, said } from './rests.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

const cardLimit = limits.intrusion;
/** Others that one is told apart from. */
const partingLimit = 6;
/** Mailboxes of one intruder; all of them stand in the assessment. */
const mailLimit = 50;
/** Steps of one chain. */
const chainLimit = 12;

export function persons(page: Page): Markup {
  const { say } = page;
  const all = [...page.names];
  // Why somebody was or was not chosen often is the same for all: said once.
  const saidBy = new Map<string, string>();
  const cards = all.slice(0, cardLimit).map(([one, name]) => {
    const reasons = JSON.stringify(one.targeting);
    const before = saidBy.get(reasons) ?? null;
    if (before === null && one.role === 'intruder') saidBy.set(reasons, name);
    return card(page, one, name, before);
  });
  return html`<section aria-labelledby="people">
    <h2 id="people">${say.peopleTitle}</h2>
    <p class="intro">${all.length === 0 ? say.peopleNone : say.peopleIntro}</p>
    <div class="people">${cards}</div>
    ${all.length > cardLimit ? html`<p class="also">${say.peopleMore(all.length - cardLimit)}</p>` : null}
  </section>`;
}

const list = (label: string, items: readonly (Markup | string)[]): Markup | null =>
  items.length === 0
    ? null
    : html`<dt>${label}</dt>
        ${items.map((item) => html`<dd>${item}</dd>`)}`;

/** `like`: who has the same reasons for and against having been chosen, and stands before this one. */
function card(page: Page, one: Intrusion, name: string, like: string | null): Markup {
  const { say, assessment } = page;
  const minute = (iso: string | null): string => (iso ?? '').slice(0, 16);
  const until = minute(one.lastUtc) === minute(one.firstUtc) ? null : time(page, one.lastUtc, 'minute');
  const when = joined([time(page, one.firstUtc, 'minute'), until], ' – ');
  const roles = new Map<string, string[]>();
  for (const { host, role } of one.hosts) roles.set(host, [...(roles.get(host) ?? []), say.hostRole(role)]);
  const hosts = [...roles].map(([host, did]) => `${host} (${did.join(', ')})`);
  const waveNames = one.wave.map(
    (id) => assessment.verdict.waves.find(({ wave, campaign }) => wave === id && campaign === one.campaign)?.name ?? id,
  );
  const seen = new Map<Observable['kind'], Markup[]>();
  for (const value of one.observables.slice(0, 12))
    seen.set(value.kind, [...(seen.get(value.kind) ?? []), observed(page, value)]);
  return html`<article class="person ${one.role}" id="${placeOf('intrusion', one.id)}">
    <h3>${name}</h3>
    <p>${resting(page, say.reached(say.stage(one.stage).toLowerCase(), one.confidence), one.because)}</p>
    <p class="soft">${joined([when, one.campaign === null ? null : campaignName(assessment, one.campaign)])}</p>
    ${one.declared === null ? null : html`<p><b>${say.declared(one.declared)}</b></p>`}
    <dl>
      ${[...seen].map(([kind, values]) => list(say.observable(kind), values))} ${list(say.server, hosts)}
      ${list(say.wave.toLowerCase(), waveNames)}
    </dl>
    ${mail(page, one)}${one.role === 'intruder' ? chosen(page, one, like) : null} ${told(page, one)} ${doing(page, one)}
  </article>`;
}

/** Mailboxes that were opened or exported, with what proves it. */
function mail(page: Page, { mail: taken }: Intrusion): Markup | null {
  const { say } = page;
  if (taken.length === 0) return null;
  return html`<p><b>${say.mailTitle}</b></p>
    <ul>
      ${taken.slice(0, mailLimit).map((one) => html`<li>${resting(page, say.takenMail(one), one.because)}</li>`)}
      ${taken.length > mailLimit ? html`<li>${say.terminal.moreMail(taken.length - mailLimit)}</li>` : null}
    </ul>`;
}

function chosen(page: Page, { targeting }: Intrusion, like: string | null): Markup {
  const { say } = page;
  const why = (label: string, weighs: 'for' | 'against' | 'open'): Markup | null => {
    const reasons = targeting.reasons.filter((reason) => reason.weighs === weighs);
    return like !== null || reasons.length === 0
      ? null
      : html`<p class="soft">${label}</p>
          <ul>
            ${reasons.map((reason) => html`<li>${said(page, reason)}</li>`)}
          </ul>`;
  };
  return html`<p class="picked">
      <b>${resting(page, say.targeting(targeting.word), targeting.because)}</b
      >${like === null ? null : ` ${say.likeBefore(like)}`}
    </p>
    ${why(say.chosenFor, 'for')}${why(say.chosenAgainst, 'against')}${why(say.chosenOpen, 'open')}`;
}

/** Why its rows are one's, and why others are others. */
function told(page: Page, { together, apart }: Intrusion): Markup | null {
  const { say } = page;
  if (together.length + apart.length === 0) return null;
  const shown = apart.slice(0, partingLimit);
  const nameOf = (id: string): string => [...page.names].find(([one]) => one.id === id)?.[1] ?? '';
  return html`<details class="more">
    <summary>${say.toldApart}</summary>
    <ul>
      ${together.map((one) => html`<li>${said(page, one)}</li>`)}
      ${shown.map((one) => html`<li>${joined([html`<b>${say.notThe(nameOf(one.other))}</b>`, said(page, one)], ' ')}</li>`)}
    </ul>
    ${apart.length > shown.length ? html`<p class="soft">${upperFirst(say.andMore(apart.length - shown.length))}</p>` : null}
  </details>`;
}

/** What one of them did, step by step: the gravest steps, in the order of time; of what happened in one second what tells most. */
function doing(page: Page, one: Intrusion): Markup | null {
  const { say } = page;
  const own = one.findings.map((id) => page.findings.get(id)).filter((finding) => finding !== undefined);
  const steps = episodesOf(page, own);
  if (steps.length === 0) return null;
  const gravest = new Set(inOrderOfProof(steps.map(({ telling }) => telling)).slice(0, chainLimit));
  const chain = steps.filter(({ telling }) => gravest.has(telling));
  const left = own.length - chain.reduce((sum, { findings }) => sum + findings.length, 0);
  return html`<h4>${say.chain}</h4>
    <ol class="chain">
      ${chain.map(({ telling, findings }, index) => {
        const before = chain[index - 1]?.findings[0]!.timeUtc ?? null;
        const at = findings[0]!.timeUtc;
        return html`<li class="${telling.confidence}">
          <p class="soft">
            ${joined([
              msOf(at) === null ? say.noTime : timeAfter(page, before, at),
              html`<b>${say.stage(telling.stage)}</b>`,
              telling.count > 1 ? say.times(telling.count) : null,
            ])}
          </p>
          <p>
            ${findingLink(page, telling.id, telling.title)}${
              findings.length > 1 ? html` <span class="at">${say.together(findings.length - 1)}</span>` : null
            }
          </p>
        </li>`;
      })}
    </ol>
    ${left > 0 ? html`<p class="soft">${upperFirst(say.andMore(left))}</p>` : null}`;
}
