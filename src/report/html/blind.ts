/** What would have been seen of intrusions that were played into the evidence: a strip of days for each. */
import type { BlindTechnique } from '../../core/assessment.ts';
import { campaignName } from '../answers.ts';
import { msOf, sayDay } from '../clock.ts';
import type { Page } from './context.ts';
import { upperFirst } from '../say.ts';
import { html, svg } from './markup.ts';
import type { Markup } from './markup.ts';

const stripWidth = 300;
const stripHeight = 14;

export function blind(page: Page): Markup | null {
  const { say, assessment } = page;
  const { blindness } = assessment;
  if (blindness === null) return null;
  const head = say.blindHead;
  return html`<section aria-labelledby="blind">
    <h2 id="blind">${say.blindTitle}</h2>
    <p><b>${blindness.says[0] ?? ''}</b> ${blindness.says.slice(1).join(' ')}</p>
    <p class="intro">${say.blindIntro(blindness.experiments)}</p>
    ${
      blindness.techniques.length === 0
        ? null
        : html`<table class="stack blind">
              <thead>
                <tr>
                  ${[head.what, head.seen, head.days, head.says].map((one) => html`<th scope="col">${one}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${blindness.techniques.map((one) => technique(page, one))}
              </tbody>
            </table>
            <p class="also">${say.blindKey}</p>`
    }
    ${
      blindness.notMeasured.length === 0
        ? null
        : html`<details class="fold">
            <summary>${say.blindNotTitle}</summary>
            <table class="stack compact">
              <tbody>
                ${blindness.notMeasured.map(
                  ({ pack, what, why }) =>
                    html`<tr>
                      <th scope="row">${campaignName(assessment, pack)}</th>
                      <td>${what}</td>
                      <td>${why}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </details>`
    }
  </section>`;
}

function technique(page: Page, one: BlindTechnique): Markup {
  const { say, assessment } = page;
  const { share } = one;
  const exact = share.high - share.low < 0.005;
  const why = one.says.slice(one.says.indexOf(': ') + 2);
  const campaign = assessment.campaigns.some(({ id }) => id === one.pack) ? `${campaignName(assessment, one.pack)}, ` : '';
  return html`<tr>
    <th scope="row">${upperFirst(one.name)}<br /><span class="at">${campaign}${say.stage(one.stage).toLowerCase()}</span></th>
    <td class="nw">
      <b>${say.blindShare(share.seen)}</b
      >${exact ? null : html`<br /><span class="utc">${say.blindBetween(share.low, share.high)}</span>`}${share.partly === 0 ? null : html`<br /><span class="utc">${say.blindPartly(share.partly)}</span>`}
    </td>
    <td>${strip(page, one)}</td>
    <td>${upperFirst(why)}</td>
  </tr>`;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Days from left to right; of each stretch as much is filled, from below, as would have been seen. */
function strip({ say, clock }: Page, { spans }: BlindTechnique): Markup | null {
  const fromMs = msOf(spans[0]?.fromUtc ?? null);
  const toMs = msOf(spans.at(-1)?.toUtc ?? null);
  if (fromMs === null || toMs === null || toMs <= fromMs) return null;
  const days = { ...clock, wallMs: (at: number): number => at };
  const x = (ms: number): number => ((ms - fromMs) / (toMs - fromMs)) * stripWidth;
  const label = say.blindBar(sayDay(days, fromMs), sayDay(days, toMs - 1));
  return html`<svg
      class="strip"
      viewBox="0 0 ${stripWidth} ${stripHeight}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${label}"
    >
      <rect class="all" width="${stripWidth}" height="${stripHeight}" />
      ${spans.map((span) => {
        const from = x(msOf(span.fromUtc) ?? fromMs);
        const width = tenth(x(msOf(span.toUtc) ?? toMs) - from);
        const seen = tenth(span.seen * stripHeight);
        const partly = tenth(span.partly * stripHeight);
        const title = `${sayDay(days, msOf(span.fromUtc) ?? fromMs)}: ${say.blindStrip(span.seen, span.partly)}`;
        return svg`<g><title>${title}</title><rect class="seen" x="${tenth(from)}" y="${tenth(stripHeight - seen)}" width="${width}" height="${seen}" /><rect class="under" x="${tenth(from)}" y="${tenth(stripHeight - seen - partly)}" width="${width}" height="${partly}" /><rect class="partly" x="${tenth(from)}" y="${tenth(stripHeight - seen - partly)}" width="${width}" height="${partly}" /></g>`;
      })}
      <rect class="edge" width="${stripWidth}" height="${stripHeight}" /></svg
    ><span class="utc">${label}</span>`;
}
