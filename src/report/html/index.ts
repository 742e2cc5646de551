/**
 * The report: one HTML file that loads nothing and can be opened anywhere. In: an assessment and who reads it when. Out: the page
 * as text. The order of its parts is the order in which a frightened person asks. Everything can be read without a script; the
 * one that is in it (`client/`) draws the timeline and the proof again from the same components, so that they can be searched.
 */
import { renderToString } from 'preact-render-to-string';
import type { Assessment, Finding } from '../../core/assessment.ts';
import type { Verification } from '../../core/verified.ts';
import { sha256Base64 } from '../../core/hash.ts';
import { type Audience, masked } from '../../case/index.ts';
import { enteredHosts, inOrderOfProof } from '../answers.ts';
import { blind } from './blind.ts';
import { books } from './books.ts';
import { clientScript } from './client-script.ts';
import { pageOf } from './context.ts';
import type { Page, PageOptions } from './context.ts';
import { collected, handedIn, words } from './evidence.ts';
import { files } from './files.ts';
import { facts, first, headline, ladder, lead, missing, patterns, top } from './first-page.ts';
import { html, svg } from './markup.ts';
import type { Markup } from './markup.ts';
import type { TellFacts } from '../tell.ts';
import { packedModel } from './model.ts';
import { novelty } from './novelty.ts';
import { overTime } from './over-time.ts';
import { owner } from './owner.ts';
import { persons } from './persons.ts';
import { firstSteps, wholePlan } from './plan.ts';
import { proof } from './proof.ts';
import { verifiedPart } from './verified.ts';
import { exposed, reasons, story, waysBack } from './story.ts';
import { rules } from './rests.ts';
import { style } from './style.ts';

export interface RenderOptions extends PageOptions {
  /** Who is to read it: what of it is masked (`docs/reference/masking.md`). */
  readonly audience: Audience;
  /** What verifying found out of new evidence; told to the owner alone. Left out: nothing was verified. */
  readonly verified?: Verification | null;
  /** For the owner's own report: since when it is known, and whom to tell. Left out: that part is not in the page. */
  readonly tell?: TellFacts;
}

export function renderHtml(assessment: Assessment, options: RenderOptions): string {
  const { assessment: shown, folded } = withFewLines(limited(masked(assessment, options.audience)));
  const page = pageOf(shown, options, false);
  const left = assessment.findings.length - shown.findings.length;
  const own = options.audience === 'own';
  // Our style and our script apply, told by their hashes, and nothing else: no frame, no form, nothing from the network. No text
  // becomes markup or code in the browser either: there is no policy for trusted types, and so no way to make one.
  const policy = [
    `default-src 'none'`,
    `style-src 'sha256-${sha256Base64(style)}'`,
    `script-src 'sha256-${sha256Base64(clientScript)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  // Style and script stand as they are, because their hashes count every character: neither holds what would end it.
  return [
    `<!doctype html>\n<html lang="${options.lang}">\n<head>\n`,
    renderToString(head(page, policy)),
    `<style>${style}</style>\n</head>\n<body>\n`,
    renderToString(
      body(page, {
        audience: options.audience,
        left,
        folded,
        tell: own ? (options.tell ?? null) : null,
        verified: own ? (options.verified ?? null) : null,
      }),
    ),
    `\n<script id="model" type="text/plain">\n${packedModel(page.assessment, options)}\n</script>\n`,
    `<script>${clientScript}</script>\n</body>\n</html>\n`,
  ].join('');
}

function head({ assessment, say }: Page, policy: string): Markup {
  // The headline is about the servers that were entered; of several nobody is named.
  const named = enteredHosts(assessment).length > 0 ? enteredHosts(assessment) : assessment.organisation.hosts;
  const place = named.length === 1 ? named[0]! : assessment.organisation.name;
  return svg`<meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <meta name="generator" content="${say.product}" />
    <meta name="color-scheme" content="light dark" />
    <title>${say.title(assessment.verdict.headline, place)}</title>`;
}

/** Findings of a page; the gravest. All stand in `findings.ndjson`. */
const findingLimit = 20_000;

/** A page of a bounded size, whatever was found. */
function limited(assessment: Assessment): Assessment {
  const { findings } = assessment;
  if (findings.length <= findingLimit) return assessment;
  const kept = new Set(inOrderOfProof(findings).slice(0, findingLimit));
  return { ...assessment, findings: findings.filter((finding) => kept.has(finding)) };
}

/** Findings of rules of others of which a page shows all lines; of more it shows the first line of each. */
const othersLimit = 100;

/** Hundreds of rules of others may match, and each says little: of so many the first line of each stands in the page. */
function withFewLines(assessment: Assessment): { readonly assessment: Assessment; readonly folded: number } {
  const isOther = ({ rule, stage }: Finding): boolean => stage === 'none' && rule.startsWith('other/');
  if (assessment.findings.filter(isOther).length <= othersLimit) return { assessment, folded: 0 };
  let folded = 0;
  const findings = assessment.findings.map((finding) => {
    if (!isOther(finding) || finding.evidence.length < 2) return finding;
    folded += finding.evidence.length - 1;
    return { ...finding, evidence: finding.evidence.slice(0, 1) };
  });
  return { assessment: { ...assessment, findings }, folded };
}

interface Parts {
  readonly audience: Audience;
  /** Findings that are too many for the page. */
  readonly left: number;
  /** Lines of rules of others that it leaves out. */
  readonly folded: number;
  readonly tell: TellFacts | null;
  readonly verified: Verification | null;
}

function body(page: Page, { audience, left, folded, tell, verified }: Parts): Markup {
  const { say } = page;
  return html`<a class="skip" href="#main">${say.skip}</a>
    ${patterns}
    <div class="page">
      ${top(page, audience)}
      <main id="main">
        ${headline(page)} ${lead(page)} ${verifiedPart(page, verified)} ${first(page)} ${ladder(page)} ${facts(page)}
        ${contents(page, tell !== null)} ${firstSteps(page)} ${missing(page)} ${wholePlan(page)} ${owner(page, tell)}
        ${blind(page)} ${waysBack(page)} ${overTime(page)} ${story(page)} ${persons(page)} ${exposed(page)} ${books(page)}
        ${files(page)} ${reasons(page)} ${novelty(page)} ${proof(page, left, folded)} ${rules(page)} ${collected(page)}
        ${handedIn(page)} ${words(page)}
      </main>
      <footer>
        <p>${say.footer}</p>
        <p>${say.maskedFor(audience)}</p>
        <p>${say.timesIn(page.clock.zone, page.clock.isUtc)} ${say.invisibleNote}</p>
      </footer>
    </div>`;
}

function contents(page: Page, told: boolean): Markup {
  const { say, assessment } = page;
  const { verdict } = assessment;
  const absent = new Set([
    ...(assessment.plan.steps.length > 0 ? [] : ['plan', 'steps']),
    ...(told ? [] : ['owner']),
    ...(verdict.missing.length > 0 ? [] : ['missing']),
    ...(assessment.blindness === null ? ['blind'] : []),
    ...(verdict.presence.waysBack.length > 0 ? [] : ['back']),
    ...(assessment.overTime.length > 0 ? [] : ['days']),
    ...(verdict.reasons.length > 0 ? [] : ['why']),
    ...(assessment.rules.length > 0 ? [] : ['rules']),
    ...(assessment.exposure.some(({ builds, campaigns }) => builds.length + campaigns.length > 0) ? [] : ['exposed']),
    ...(assessment.novelty.normal.length > 0 ? [] : ['novel']),
    ...(assessment.coverage.ledgers.length + assessment.coverage.silences.length + assessment.coverage.steps.length > 0
      ? []
      : ['books']),
    ...(assessment.inventory.length + assessment.exposure.flatMap(({ mitigations }) => mitigations).length > 0 ? [] : ['files']),
    ...(assessment.collections.length > 0 ? [] : ['collected']),
  ]);
  const shown = Object.entries(say.contentsOf).filter(([id]) => !absent.has(id));
  return html`<nav class="toc" aria-label="${say.contents}">
    <ul>
      ${shown.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ul>
  </nav>`;
}
