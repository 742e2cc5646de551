/** What is read first: who and when, the answer, what not to do, how far they went, four facts, the steps, what is missing. */
import type { StageView } from '../../core/assessment.ts';
import {
  endMs,
  enteredHosts,
  howMany,
  isSettled,
  isUrgent,
  leadOf,
  missingRecords,
  notSeen,
  pickedOut,
  stillThere,
} from '../answers.ts';
import type { MissingRecord } from '../answers.ts';
import { sayList, upperFirst } from '../say.ts';
import { msOf, sayDay, sayInZone, sayShortDay, sayTime } from '../clock.ts';
import type { Audience } from '../../case/index.ts';
import { breakable, joined } from './context.ts';
import type { Page } from './context.ts';
import { leadsTo, marks, resting, said, spots } from './rests.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Who made the hand-over and when, as far as its collectors say; a folder of files says nothing. */
function gathered({ assessment, clock, say }: Page): string | null {
  const known = assessment.collections.filter(({ collector }) => collector !== 'plain');
  const days = assessment.collections.map(({ collectedUtc }) => msOf(collectedUtc)).filter((ms) => ms !== null);
  const names = [...new Set(known.map(({ collector }) => say.collector(collector)))];
  if (names.length === 0 && days.length === 0) return null;
  const said = [...new Set(days.toSorted((a, b) => a - b).map((ms) => sayDay(clock, ms)))];
  return say.collectedBy(names, said.length > 1 ? [said[0]!, said.at(-1)!] : said);
}

export function top(page: Page, audience: Audience): Markup {
  const { say, clock, assessment } = page;
  const { name, hosts } = assessment.organisation;
  const place = [hosts.slice(0, 4).join(', ') + (hosts.length > 4 ? ' …' : ''), name].filter((text) => text !== '').join(', ');
  const now = sayTime(clock, clock.nowMs, 'minute');
  const bytes = assessment.evidence.reduce((sum, entry) => sum + entry.bytes, 0);
  return html`<header class="top">
    <p><b>${say.product}</b>${place === '' ? '' : ` · ${place}`}</p>
    <p>
      ${joined([
        audience === 'own' ? null : html`<b>${say.audience(audience)}</b>`,
        gathered(page),
        say.reportOf(now.local),
        say.readWhat(bytes, assessment.evidence.length),
        say.nothingChanged,
      ])}
    </p>
  </header>`;
}

/** The headline: its gravest words (what follows the last "and", else what follows the first sentence) are set off. */
export function headline(page: Page): Markup {
  const { answer, headline: text, because } = page.assessment.verdict;
  const tone = answer === 'confirmed' ? '' : answer === 'suspected' ? 'w' : 'o';
  const parts = /^(.*\sand\s)(.+)$/su.exec(text) ?? /^([^.!?]+[.!?]\s)(.+)$/su.exec(text);
  const words = parts === null ? html`<em>${text}</em>` : html`${parts[1]!}<em>${parts[2]!}</em>`;
  const [first] = because;
  return html`<h1 class="${tone}">
      ${first === undefined ? words : html`<a class="said" href="#${leadsTo(page, first)}">${words}</a>`}
    </h1>
    ${because.length === 0 ? null : html`<p class="rests">${page.say.restsOn} ${marks(page, because, true)}</p>`}`;
}

export function lead(page: Page): Markup {
  const { assessment, clock, say } = page;
  const drawn = (text: string): Markup =>
    html`${sayInZone(clock, text, endMs(assessment, clock)).map((piece) =>
      piece.kind === 'utc' ? html`<small>${piece.text}</small>` : breakable(piece.text),
    )}`;
  return html`<p class="lead">
    ${leadOf(assessment.verdict, say).map(
      ({ text, because }, index) => html`${index > 0 ? ' ' : ''}${resting(page, drawn(text), because, true)}`,
    )}
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

/** The words under a step, without those that its state has just said. */
function stepWords(text: string, state: string): string {
  const repeated = text.toLowerCase().startsWith(state) && /^[:;,]\s/.test(text.slice(state.length));
  return repeated ? text.slice(state.length + 2) : text;
}

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
        ><span>${resting(page, joined([when, stepWords(step.text, say.ladderState(step.state))], ', '), step.because)}</span>
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
          <dd>${resting(page, one.answer, one.rests)}</dd>
          ${one.because.length === 0 ? null : html`<dd>${one.because.map((reason, index) => html`${index > 0 ? ' ' : ''}${said(page, reason)}`)}</dd>`}
        </div>`,
    )}
  </dl>`;
}

/** First what decides; then, as a table, what this version cannot read. */
export function missing(page: Page): Markup | null {
  const { say } = page;
  const { deciding, byHand } = missingRecords(page.assessment);
  if (deciding.length + byHand.length === 0) return null;
  return html`<section aria-labelledby="missing">
    <h2 id="missing">${deciding.length > 0 ? say.missingTitle(isSettled(page.assessment)) : say.byHandTitle}</h2>
    <p class="intro">${deciding.length > 0 ? say.missingIntro : say.byHandIntro}</p>
    ${
      deciding.length === 0
        ? null
        : html`<ul class="lack">
            ${deciding.map((record) => decidingRecord(page, record))}
          </ul>`
    }
    ${
      deciding.length > 0 && byHand.length > 0
        ? html`<h3>${say.byHandTitle}</h3>
            <p class="intro">${say.byHandIntro}</p>`
        : null
    }
    ${byHand.length > 0 ? byHandTable(page, byHand) : null}
  </section>`;
}

function decidingRecord(page: Page, { kind, hosts, texts, decides, where }: MissingRecord): Markup {
  const { say } = page;
  return html`<li>
    <h3>
      ${upperFirst(say.missingName(kind, hosts))}${kind === 'host' || hosts.length === 0 ? null : html`<small>${sayList(hosts)}</small>`}
    </h3>
    <div>
      ${texts.map((one) => html`<p>${spots('missing', one.ids)}${said(page, one)}</p>`)}
      <p class="to"><b>${say.missingDecides}</b> ${decides}</p>
      <p class="to"><b>${say.missingWhere}</b> ${breakable(where)}</p>
    </div>
  </li>`;
}

function byHandTable(page: Page, records: readonly MissingRecord[]): Markup {
  const { say } = page;
  const head = say.byHandHead;
  return html`<table class="stack compact">
    <thead>
      <tr>
        ${[head.what, head.decides, head.where].map((one) => html`<th scope="col">${one}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${records.map(
        ({ kind, hosts, texts, decides, where }) =>
          html`<tr>
            <th scope="row">
              ${texts.map(({ ids }) => spots('missing', ids))}${resting(page, upperFirst(say.missingName(kind, hosts)), texts[0]?.because ?? [])}${hosts.length === 0 ? null : html` <span class="at">${sayList(hosts)}</span>`}
            </th>
            <td>${decides}</td>
            <td data-l="${head.where}">${breakable(where)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
