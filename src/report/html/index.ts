/**
 * The report: one HTML file that loads nothing, runs nothing and can be opened anywhere. In: an assessment and who reads it when.
 * Out: the page as text. The order of its parts is the order in which a frightened person asks.
 */
import type { Assessment } from '../../core/assessment.ts';
import { sha256Base64 } from '../../core/hash.ts';
import { enteredHosts, inOrderOfProof, isUrgent, missingRecords, namesOf } from '../answers.ts';
import { clockOf } from '../clock.ts';
import { messagesOf } from '../messages.ts';
import type { Language } from '../messages.ts';
import type { Page } from './context.ts';
import { handedIn, words } from './evidence.ts';
import { facts, first, headline, ladder, lead, missing, patterns, plan, top } from './first-page.ts';
import { html, svg, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { persons } from './persons.ts';
import { fullLimit, proof } from './proof.ts';
import { reasons, story, waysBack } from './story.ts';
import { style } from './style.ts';

export interface RenderOptions {
  readonly nowMs: number;
  /** IANA name; an unknown one is a UserError. */
  readonly timeZone: string;
  readonly lang: Language;
  /** `own`: nothing is masked; for the owner's eyes. */
  readonly audience: 'own';
}

export function renderHtml(assessment: Assessment, options: RenderOptions): string {
  const say = messagesOf(options.lang);
  const page: Page = {
    assessment,
    say,
    clock: clockOf(options.timeZone, options.nowMs),
    who: new Map(
      [...namesOf(assessment, say)].toReversed().flatMap(([one, name]) => one.findings.map((id) => [id, name] as const)),
    ),
    findings: new Map(assessment.findings.map((finding) => [finding.id, finding] as const)),
    inFull: new Set(
      inOrderOfProof(assessment.findings)
        .slice(0, fullLimit)
        .map((finding) => finding.id),
    ),
  };
  // The style is the only thing that may apply: no script, no frame, no form, nothing from the network.
  const policy = `default-src 'none'; style-src 'sha256-${sha256Base64(style)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  // Where a record would decide it, fetching that record comes before all that can be done without it; never before an emergency.
  const planFirst = isUrgent(assessment) || missingRecords(assessment).deciding.length === 0;
  // The headline is about the servers that were entered; of several nobody is named.
  const named = enteredHosts(assessment).length > 0 ? enteredHosts(assessment) : assessment.organisation.hosts;
  const place = named.length === 1 ? named[0]! : assessment.organisation.name;
  return html`<!doctype html>
    <html lang="${options.lang}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <meta name="generator" content="${say.product}" />
        <meta name="color-scheme" content="light dark" />
        ${svg`<title>${say.title(assessment.verdict.headline, place)}</title>`} ${styleSheet}
      </head>
      <body>
        <a class="skip" href="#main">${say.skip}</a>
        ${patterns}
        <div class="page">
          ${top(page)}
          <main id="main">
            ${headline(page)} ${lead(page)} ${first(page)} ${ladder(page)} ${facts(page)} ${contents(page)}
            ${planFirst ? html`${plan(page)}${missing(page)}` : html`${missing(page)}${plan(page)}`} ${waysBack(page)}
            ${story(page)} ${reasons(page)} ${proof(page)} ${persons(page)} ${handedIn(page)} ${words(page)}
          </main>
          <footer>
            <p>${say.footer}</p>
            <p>${say.timesIn(page.clock.zone, page.clock.isUtc)} ${say.invisibleNote}</p>
          </footer>
        </div>
      </body>
    </html> `.text;
}

/** Whole here, because its hash counts every space. */
const styleSheet = trusted(`<style>${style}</style>`);

function contents(page: Page): Markup {
  const { say, assessment } = page;
  const { verdict } = assessment;
  const absent = new Set([
    ...(assessment.plan.length > 0 ? [] : ['plan']),
    ...(verdict.missing.length > 0 ? [] : ['missing']),
    ...(verdict.presence.waysBack.length > 0 ? [] : ['back']),
    ...(verdict.reasons.length > 0 ? [] : ['why']),
  ]);
  const shown = Object.entries(say.contentsOf).filter(([id]) => !absent.has(id));
  return html`<nav class="toc" aria-label="${say.contents}">
    <ul>
      ${shown.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ul>
  </nav>`;
}
