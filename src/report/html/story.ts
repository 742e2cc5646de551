/** What stands under the picture: the order of events, the waves, the coverage as a table, the ways back, the reasons, the servers. */
import type { CoverageSpan } from '../../core/assessment.ts';
import { byCodeUnit } from '../../core/text.ts';
import { people } from '../answers.ts';
import { msOf, sayDay, sayShortTime, sayTime } from '../clock.ts';
import { sayNumber } from '../messages.ts';
import { ago, findingLink, findingLinks, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { picture } from './picture.ts';

const sequenceLimit = 30;
const spanLimit = 4;

export function story(page: Page): Markup {
  const { say } = page;
  return html`<section aria-labelledby="picture">
    <h2 id="picture">${say.pictureTitle}</h2>
    <p class="intro">${say.pictureIntro}</p>
    ${picture(page)}${sequence(page)}${waves(page)}${servers(page)}${builds(page)}${coverage(page)}
  </section>`;
}

/** Findings from `attempted` on (or all, when there is nothing graver), earliest first, with who. */
function sequence(page: Page): Markup | null {
  const { say, assessment } = page;
  const who = new Map<string, string>();
  let intruders = 0;
  let visitors = 0;
  for (const one of people(assessment)) {
    const name = say.person(one.role, one.role === 'intruder' ? intruders++ : visitors++);
    for (const id of one.findings) if (!who.has(id)) who.set(id, name);
  }
  const timed = assessment.findings.filter((finding) => msOf(finding.timeUtc) !== null);
  if (timed.length < 2) return null;
  const sorted = timed.toSorted((a, b) => byCodeUnit(a.timeUtc ?? '', b.timeUtc ?? '') || byCodeUnit(a.id, b.id));
  const graver =
    sorted.length > sequenceLimit ? sorted.filter((finding) => finding.stage !== 'probed' && finding.stage !== 'none') : sorted;
  const list = (graver.length > 0 ? graver : sorted).slice(0, sequenceLimit);
  return html`<h3>${say.sequenceTitle}</h3>
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">${say.when}</th>
          <th scope="col">${say.who}</th>
          <th scope="col">${say.what}</th>
        </tr>
      </thead>
      <tbody>
        ${list.map(
          (finding) =>
            html`<tr>
              <td class="nw">${sequenceTime(page, finding.timeUtc)}</td>
              <td class="nw">${who.get(finding.id) ?? ''}</td>
              <td>${findingLink(page, finding.id, finding.title)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${sorted.length > list.length ? html`<p class="also">${say.sequenceMore(sorted.length - list.length)}</p>` : null}`;
}

/** Short, to the second, with UTC below it where that differs. */
function sequenceTime(page: Page, iso: string | null): Markup {
  const ms = msOf(iso) ?? 0;
  const said = sayTime(page.clock, ms);
  return html`<time datetime="${new Date(ms).toISOString()}">${said.local}</time
    >${said.utc === null ? null : html` <span class="utc">(${said.utc})</span>`}`;
}

function waves(page: Page): Markup | null {
  const { say, clock } = page;
  const list = page.assessment.verdict.waves;
  if (list.length === 0) return null;
  const day = (iso: string): string => {
    const ms = msOf(iso);
    return ms === null ? iso : sayDay({ ...clock, wallMs: (at) => at }, ms);
  };
  return html`<h3>${say.wavesTitle}</h3>
    <p class="intro">${say.wavesIntro}</p>
    <table class="stack">
      <tbody>
        ${list.map(
          (wave) =>
            html`<tr>
              <th scope="row">${wave.campaign}: ${wave.wave}</th>
              <td>${day(wave.fromUtc)} – ${day(wave.toUtc)}</td>
              <td><b>${say.waveAnswer(wave.answer)}</b></td>
              <td>${say.waveCoverage(wave.coverage)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** Server by server, when there is more than one or one was not handed in. */
function servers(page: Page): Markup | null {
  const { say, assessment } = page;
  const absent = assessment.organisation.absentHosts;
  if (assessment.hosts.length + absent.length < 2) return null;
  return html`<h3>${say.hostsTitle}</h3>
    <table class="stack">
      <tbody>
        ${assessment.hosts.map(
          (one) =>
            html`<tr>
              <th scope="row">${one.host}</th>
              <td><b>${say.hostAnswer(one.verdict.answer)}</b></td>
              <td>${say.reached(say.stage(one.verdict.stage).toLowerCase(), one.verdict.confidence)}</td>
            </tr>`,
        )}${absent.map(
          (host) =>
            html`<tr>
              <th scope="row">${host}</th>
              <td><b>${say.hostNotHandedIn}</b></td>
              <td></td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function builds(page: Page): Markup | null {
  const { say, assessment } = page;
  const rows = assessment.exposure.flatMap((exposure) =>
    exposure.builds.map((build) => ({ host: exposure.host ?? say.anyServer, product: exposure.product ?? '', ...build })),
  );
  const states = assessment.exposure.flatMap((exposure) =>
    exposure.campaigns.map((one) => ({ host: exposure.host ?? say.anyServer, ...one })),
  );
  if (rows.length + states.length === 0) return null;
  return html`<details class="fold">
    <summary>${say.exposureTitle}</summary>
    ${
      states.length === 0
        ? null
        : html`<ul class="plain">
            ${states.map((one) => html`<li>${one.host}: ${say.exposure(one.state)} ${one.campaign}${one.why === '' ? null : html`<p>${one.why}</p>`}</li>`)}
          </ul>`
    }
    ${
      rows.length === 0
        ? null
        : html`<table class="stack">
            <tbody>
              ${rows.map(
                (row) =>
                  html`<tr>
                    <th scope="row">${row.host}</th>
                    <td>${row.product}</td>
                    <td>${row.build}</td>
                    <td>${time(page, row.firstUtc, 'minute')} – ${time(page, row.lastUtc, 'minute')}</td>
                    <td>${say.source(row.source)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </details>`;
}

function spansOf(page: Page, spans: readonly CoverageSpan[]): Markup {
  const said = spans.slice(0, spanLimit).map((span) => {
    const from = msOf(span.fromUtc);
    const to = msOf(span.toUtc);
    return html`${from === null ? span.fromUtc : sayShortTime(page.clock, from)} –
    ${to === null ? span.toUtc : sayShortTime(page.clock, to)}`;
  });
  return html`${said.map((one, index) => html`${index > 0 ? html`<br />` : null}${one}`)}${spans.length > spanLimit ? html`<br />${page.say.moreSpans(spans.length - spanLimit)}` : null}`;
}

function coverage(page: Page): Markup | null {
  const { say, assessment } = page;
  const { sources } = assessment.coverage;
  if (sources.length === 0) return null;
  const head = say.coverageHead;
  return html`<details class="fold">
    <summary>${say.coverageTitle}</summary>
    <table class="stack">
      <thead>
        <tr>
          ${Object.values(head).map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${sources.map(
          (source) =>
            html`<tr>
              <th scope="row">${say.source(source.kind)}</th>
              <td>${source.host ?? ''}</td>
              <td>${say.coverageState(source.state)}</td>
              <td data-l="${head.spans}">${spansOf(page, source.spans)}</td>
              <td data-l="${head.gaps}">${spansOf(page, source.gaps)}</td>
              <td data-l="${head.records}">${sayNumber(source.records)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

export function waysBack(page: Page): Markup | null {
  const { say, assessment } = page;
  const list = assessment.verdict.presence.waysBack;
  if (list.length === 0) return null;
  const rank = { open: 0, unknown: 1, closed: 2 } as const;
  const head = say.waysBackHead;
  return html`<section aria-labelledby="back">
    <h2 id="back">${say.waysBackTitle}</h2>
    <p class="intro">${say.waysBackIntro}</p>
    <table class="stack back">
      <thead>
        <tr>
          ${[head.kind, head.what, head.state, head.why].map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${list
          .toSorted((a, b) => rank[a.state] - rank[b.state])
          .map(
            (way) =>
              html`<tr>
                <th scope="row" class="nw">${say.wayBack(way.kind)}</th>
                <td>
                  ${way.kind === 'file' || way.kind === 'module' ? html`<span class="path">${way.what}</span>` : way.what}${way.host === null ? null : html` <span class="at">${way.host}</span>`}
                </td>
                <td class="state-${way.state} nw">${say.wayBackState(way.state)}</td>
                <td>
                  ${way.why}${way.sinceUtc === null ? null : html`<br /><span class="utc">${head.since} ${time(page, way.sinceUtc, 'minute')}${ago(page, way.sinceUtc) === null ? null : html`, ${ago(page, way.sinceUtc)}`}</span>`}
                </td>
              </tr>`,
          )}
      </tbody>
    </table>
  </section>`;
}

export function reasons(page: Page): Markup | null {
  const { say, assessment } = page;
  const list = assessment.verdict.reasons;
  if (list.length === 0) return null;
  return html`<section aria-labelledby="why">
    <h2 id="why">${say.reasonsTitle}</h2>
    <ol class="reasons">
      ${list.map((reason) => {
        const links = findingLinks(page, reason.findings, 4);
        return html`<li>${joined([reason.text, links === null ? null : html`<span class="why">${links}</span>`], ' – ')}</li>`;
      })}
    </ol>
  </section>`;
}
