/** What stands under the picture: the order of events, the waves, the coverage as a table, the ways back, the reasons, the servers. */
import type { CoverageSpan, Finding, WaveAnswer, WayBack } from '../../core/assessment.ts';
import { campaignName, inOrderOfProof, judged } from '../answers.ts';
import { msOf, sayClock, sayDay, sayShortTime, sayTime } from '../clock.ts';
import { sayNumber, upperFirst } from '../say.ts';
import { ago, findingLink, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { type Episode, episodesOf } from './episodes.ts';
import { placeOf, resting, said } from './rests.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { picture } from './picture.ts';

const sequenceLimit = 24;
const spanLimit = 4;

export function story(page: Page): Markup {
  const { say } = page;
  return html`<section aria-labelledby="picture">
    <h2 id="picture">${say.pictureTitle}</h2>
    <p class="intro">${say.pictureIntro}</p>
    <div id="timeline">${picture(page)}${sequence(page, page.assessment.findings)}</div>
    ${waves(page)}${servers(page)}${coverage(page)}
  </section>`;
}

/** The story: the gravest episodes, earliest first, day by day, with who. */
export function sequence(page: Page, findings: readonly Finding[]): Markup | null {
  const { say } = page;
  const timed = judged(findings).filter((finding) => msOf(finding.timeUtc) !== null);
  if (timed.length < (page.live ? 1 : 2)) return null;
  const rows = episodesOf(page, timed);
  const gravest = new Set(inOrderOfProof(rows.map((one) => one.telling)).slice(0, sequenceLimit));
  const told = rows.filter((one) => gravest.has(one.telling));
  const listed = told.reduce((sum, one) => sum + one.findings.length, 0);
  const list = withLast(page, told);
  let dayBefore = '';
  return html`<h3>${say.sequenceTitle}</h3>
    <table class="stack story">
      <thead>
        <tr>
          ${[say.when, say.who, say.what].map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${list.map(({ at, who, findings, telling, last }) => {
          const day = sayDay(page.clock, msOf(at) ?? 0);
          const newDay = day !== dayBefore;
          dayBefore = day;
          const more = last ? 0 : findings.length - 1;
          return html`${
              newDay
                ? html`<tr class="day">
                    <th scope="rowgroup" colspan="3">${day}</th>
                  </tr>`
                : null
            }
            <tr>
              <td class="nw">${sequenceTime(page, at)}</td>
              <td class="nw">${who === '' ? say.nobodyKnown : who}</td>
              <td>
                ${last ? `${say.lastOf(telling.count)} ` : null}${findingLink(page, telling.id, telling.title)}${more > 0 ? html` <span class="at">${say.together(more)}</span>` : null}
              </td>
            </tr>`;
        })}
      </tbody>
    </table>
    ${timed.length > listed ? html`<p class="also">${say.sequenceMore(timed.length - listed)}</p>` : null}`;
}

interface Moment extends Episode {
  readonly at: string | null;
  readonly last: boolean;
}

/** With a line for the last time of what was still done on a later day: a visit of which the first line tells nothing. */
function withLast(page: Page, told: readonly Episode[]): Moment[] {
  const moments = told.flatMap((one): Moment[] => {
    const first: Moment = { ...one, at: one.findings[0]!.timeUtc, last: false };
    const { lastUtc, count } = one.telling;
    const [from, to] = [msOf(first.at), msOf(lastUtc)];
    const later = from !== null && to !== null && to > from && sayDay(page.clock, from) !== sayDay(page.clock, to);
    return later && count > 1 ? [first, { ...one, at: lastUtc, last: true }] : [first];
  });
  return moments.toSorted((a, b) => (msOf(a.at) ?? 0) - (msOf(b.at) ?? 0));
}

/** To the second, with UTC (and its day where that is another one) beside it where that differs. */
function sequenceTime(page: Page, iso: string | null): Markup {
  const ms = msOf(iso) ?? 0;
  const said = sayTime(page.clock, ms);
  return html`<time datetime="${new Date(ms).toISOString()}">${sayClock(page.clock, ms, 'second')}</time
    >${said.utc === null ? null : html` <span class="utc">(${said.utc})</span>`}`;
}

function waves(page: Page): Markup | null {
  const { say, clock, assessment } = page;
  const list = assessment.verdict.waves;
  if (list.length === 0) return null;
  const day = (iso: string, backMs: number): string => {
    const ms = msOf(iso);
    return ms === null ? iso : sayDay({ ...clock, wallMs: (at) => at }, ms - backMs);
  };
  const campaigns = [...new Set(list.map((wave) => wave.campaign))];
  return html`<h3>${say.wavesTitle}</h3>
    <p class="intro">${say.wavesIntro(campaigns.map((id) => campaignName(assessment, id, 'full')))}</p>
    <table class="stack">
      <tbody>
        ${list.map(
          (wave) =>
            html`<tr id="${placeOf('wave', `${wave.campaign}/${wave.wave}`)}">
              <th scope="row">
                ${campaigns.length > 1 ? `${campaignName(assessment, wave.campaign)}: ` : ''}${upperFirst(wave.name)}
              </th>
              <td class="nw">${day(wave.fromUtc, 0)} – ${day(wave.toUtc, 1)}</td>
              <td class="nw"><b>${isOfIt(page, wave) ? say.waveAnswer(wave.answer) : say.waveUntied(wave.answer)}</b></td>
              <td>${resting(page, isOfIt(page, wave) ? say.waveCoverage(wave.coverage) : say.waveByDays, wave.because)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** Whether anything on which a wave's answer rests is of its campaign, and not only of its days. */
function isOfIt({ assessment, findings }: Page, { campaign, answer, because }: WaveAnswer): boolean {
  if (answer !== 'confirmed' && answer !== 'suspected') return true;
  const own = because.filter(({ kind }) => kind === 'finding').map(({ id }) => id);
  return (
    own.length === 0 ||
    own.some(
      (id) =>
        findings.get(id)?.campaign === campaign ||
        assessment.intrusions.some((one) => one.campaign === campaign && one.findings.includes(id)),
    )
  );
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
              <td><b>${resting(page, say.hostAnswer(one.verdict.answer), one.because)}</b></td>
              <td>
                ${one.verdict.stage === 'none' ? '' : say.reached(say.stage(one.verdict.stage).toLowerCase(), one.verdict.confidence)}
              </td>
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

/** Whether and until when each server was open, and by which record that is known. */
export function exposed(page: Page): Markup | null {
  const { say, assessment } = page;
  const states = assessment.exposure.flatMap((exposure) =>
    exposure.campaigns.map((one) => ({ host: exposure.host ?? say.anyServer, ...one })),
  );
  const rows = assessment.exposure.flatMap((exposure) =>
    exposure.builds.map((build) => ({ host: exposure.host ?? say.anyServer, product: exposure.product ?? '', ...build })),
  );
  if (rows.length + states.length === 0) return null;
  return html`<section aria-labelledby="exposed">
    <h2 id="exposed">${say.exposedTitle}</h2>
    <p class="intro">${say.exposedIntro}</p>
    ${
      states.length === 0
        ? null
        : html`<ul class="plain">
            ${states.map(({ id, host, state, campaign, fixedSinceUtc, why, because }) => {
              const later = publishedLater(page, campaign);
              return html`<li id="${placeOf('exposure', id)}">
                <b class="ex-${later === null ? state : 'later'}"
                  >${resting(page, say.exposureSays(host, state, campaignName(assessment, campaign)), because)}</b
                >${
                  fixedSinceUtc === null ? null : html` ${say.fixedSince} ${time(page, fixedSinceUtc, 'minute')}.`
                }${later === null || state !== 'vulnerable' ? null : ` ${say.updateLater(later)}`}${why === '' ? null : html`<p>${upperFirst(why)}.</p>`}
              </li>`;
            })}
          </ul>`
    }${rows.length === 0 ? null : builds(page, rows)}
  </section>`;
}

/** The day of an update that came when the evidence had ended: nobody could have had it; null where it came before. */
function publishedLater({ assessment, clock }: Page, campaign: string): string | null {
  const published = msOf(assessment.campaigns.find(({ id }) => id === campaign)?.patchedUtc ?? null);
  const end = msOf(assessment.organisation.evidenceEndUtc);
  return published === null || end === null || published <= end ? null : sayDay({ ...clock, wallMs: (at) => at }, published);
}

interface BuildRow {
  readonly host: string;
  readonly product: string;
  readonly build: string;
  readonly firstUtc: string | null;
  readonly lastUtc: string | null;
  readonly source: string;
}

function builds(page: Page, rows: readonly BuildRow[]): Markup {
  const { say } = page;
  const head = say.buildHead;
  return html`<details class="fold">
    <summary>${say.exposureTitle}</summary>
    <table class="stack">
      <thead>
        <tr>
          ${[head.host, head.product, head.build, head.when, head.source].map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.host}</th>
              <td>${row.product}</td>
              <td>${row.build}</td>
              <td>
                ${row.firstUtc === null ? say.buildNoTime : html`${time(page, row.firstUtc, 'minute')} – ${time(page, row.lastUtc, 'minute')}`}
              </td>
              <td>${say.source(row.source)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
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
            html`<tr id="${placeOf('source', source.id)}">
              <th scope="row">${say.source(source.kind)}</th>
              <td>${source.host ?? ''}</td>
              <td>
                ${resting(page, say.coverageState(source.state), source.because)}${source.proven.length === 0 ? null : html`<p class="loc">${say.provenSettings(source.proven)}</p>`}
              </td>
              <td data-l="${head.spans}">${spansOf(page, source.spans)}</td>
              <td data-l="${head.gaps}">${spansOf(page, source.gaps)}</td>
              <td data-l="${head.records}">${sayNumber(source.records)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** What is known to be there, in full; what only is not ruled out, in short. */
export function waysBack(page: Page): Markup | null {
  const { say, assessment } = page;
  const list = assessment.verdict.presence.waysBack;
  if (list.length === 0) return null;
  const rank = { open: 0, unknown: 1, closed: 2 } as const;
  const isVague = (way: WayBack): boolean => way.state === 'unknown' && way.what === '';
  const known = list.filter((way) => !isVague(way)).toSorted((a, b) => rank[a.state] - rank[b.state]);
  const vague = list.filter(isVague);
  const head = say.waysBackHead;
  return html`<section aria-labelledby="back">
    <h2 id="back">${say.waysBackTitle}</h2>
    <p class="intro">${say.waysBackIntro}</p>
    ${
      known.length === 0
        ? null
        : html`<table class="stack back">
            <thead>
              <tr>
                ${[head.what, head.state, head.why].map((one) => html`<th scope="col">${one}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${known.map((way) => knownWay(page, way))}
            </tbody>
          </table>`
    }
    ${
      vague.length === 0
        ? null
        : html`<h3>${say.waysUnknownTitle}</h3>
            <p class="intro">${say.waysUnknownIntro}</p>
            <ul class="vague">
              ${vague.map((way) => html`<li><b>${upperFirst(say.wayBack(way.kind))}</b> ${resting(page, way.why, way.because)}${way.host === null ? null : html` <span class="at">${way.host}</span>`}</li>`)}
            </ul>`
    }
  </section>`;
}

function knownWay(page: Page, way: WayBack): Markup {
  const { say } = page;
  const name =
    way.kind === 'file' || way.kind === 'module' || way.what.includes('\\')
      ? html`<span class="path">${way.what}</span>`
      : html`${upperFirst(way.what === '' ? say.wayBack(way.kind) : way.what)}`;
  const since = joined([time(page, way.sinceUtc, 'minute'), ago(page, way.sinceUtc)], ', ');
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="state-${way.state} nw">${say.wayBackState(way.state)}</td>
    <td>
      ${joined([way.host, resting(page, upperFirst(way.why), way.because)], ': ')}${way.removedBy === null ? null : html`<br />${say.removedBy(way.removedBy)}`}${way.sinceUtc === null ? null : html`<br /><span class="utc">${say.waysBackHead.since} ${since}</span>`}
    </td>
  </tr>`;
}

/** Each reason once. */
export function reasons(page: Page): Markup | null {
  const { say, assessment } = page;
  const list = assessment.verdict.reasons;
  if (list.length === 0) return null;
  return html`<section aria-labelledby="why">
    <h2 id="why">${say.reasonsTitle}</h2>
    <ol class="reasons">
      ${list.map((reason) => html`<li>${said(page, { ...reason, text: reason.text.replace(/\.$/, '') }, true)}</li>`)}
    </ol>
  </section>`;
}
