/** The proof: findings, the gravest stage first, each with its line, its place, and what it does and does not prove. */
import type { Finding, FindingEvidence } from '../../core/assessment.ts';
import type { Stage } from '../../core/stage.ts';
import { inOrderOfProof } from '../answers.ts';
import { anchorOf, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { bytesOf, rawLine } from './raw-line.ts';

/** Findings that stand in the page in full. */
export const fullLimit = 500;
/** Rows of the table of the others. */
const tableLimit = 5_000;
/** Findings of one stage that stand open; more are behind a fold. */
const openLimit = 25;
/** Lines of one finding that are shown with their bytes. */
const lineLimit = 3;
/** Base64 characters in the whole page; beyond it only `findings.ndjson` holds the bytes. */
const bytesLimit = 6_000_000;

/** What is left of a limit while the page is made. */
interface Room {
  base64: number;
}

export function proof(page: Page): Markup {
  const { say, assessment } = page;
  const sorted = inOrderOfProof(assessment.findings);
  const full = sorted.slice(0, fullLimit);
  const rest = sorted.slice(fullLimit);
  const room: Room = { base64: bytesLimit };
  const groups = new Map<Stage, Finding[]>();
  for (const finding of full) groups.set(finding.stage, [...(groups.get(finding.stage) ?? []), finding]);
  return html`<section aria-labelledby="proof">
    <h2 id="proof">${say.proofTitle}</h2>
    <p class="intro">${sorted.length === 0 ? say.proofNone : say.proofIntro}</p>
    ${rest.length > 0 ? html`<p><b>${say.proofCap(full.length, sorted.length)}</b></p>` : null}
    ${[...groups].map(([stage, findings]) => group(page, stage, findings, room))} ${rest.length > 0 ? table(page, rest) : null}
  </section>`;
}

function group(page: Page, stage: Stage, findings: readonly Finding[], room: Room): Markup {
  const name = page.say.stage(stage);
  const open = findings.slice(0, openLimit).map((finding) => article(page, finding, room));
  const folded = findings.slice(openLimit).map((finding) => article(page, finding, room));
  return html`<h3 class="group">${name}</h3>
    ${open}${
      folded.length === 0
        ? null
        : html`<details class="fold">
            <summary>${page.say.proofFold(folded.length, name)}</summary>
            ${folded}
          </details>`
    }`;
}

function article(page: Page, finding: Finding, room: Room): Markup {
  const { say } = page;
  const [before, stage] = say.provesStage(say.stage(finding.stage).toLowerCase(), finding.confidence);
  const from = finding.timeUtc === null ? html`${say.noTime}` : time(page, finding.timeUtc);
  const until =
    finding.lastUtc === null || finding.lastUtc === finding.timeUtc ? null : html`${say.until('')}${time(page, finding.lastUtc)}`;
  const lines = finding.evidence.slice(0, lineLimit);
  return html`<article class="finding" id="${anchorOf(finding.id)}">
    <h4>${finding.title}</h4>
    <p class="meta">
      ${joined([
        joined([from, until], ' '),
        finding.host,
        html`${before}<b>${stage}</b>`,
        finding.count > 1 ? say.times(finding.count) : null,
        finding.cves.join(', '),
        finding.techniques.length > 0 ? `ATT&CK ${finding.techniques.join(', ')}` : null,
        finding.declared === null ? null : html`<span class="own">${say.declared(finding.declared)}</span>`,
      ])}
    </p>
    ${lines.map((evidence) => line(page, evidence, room))} ${moreLines(page, finding)}
    <dl class="tri">
      ${[
        [say.proves, finding.proves],
        [say.doesNotProve, finding.doesNotProve],
        [say.innocent, finding.innocent],
      ].map(([question, answer]) =>
        answer === ''
          ? null
          : html`<div>
              <dt>${question!}</dt>
              <dd>${answer!}</dd>
            </div>`,
      )}
    </dl>
    ${also(page, finding)}
  </article>`;
}

function place(page: Page, evidence: FindingEvidence): Markup {
  const { say } = page;
  return joined([
    evidence.artifact,
    evidence.line === null ? null : say.atLine(evidence.line),
    evidence.recordId === null ? null : say.atRecord(evidence.recordId),
    say.atByte(evidence.offsetBytes),
    `sha256 ${evidence.sha256.slice(0, 8)}…${evidence.sha256.slice(-4)}`,
  ]);
}

function line(page: Page, evidence: FindingEvidence, room: Room): Markup {
  const { say } = page;
  const fits = room.base64 >= evidence.rawBase64.length && bytesOf(evidence.rawBase64) !== null;
  if (fits) room.base64 -= evidence.rawBase64.length;
  // Lines of 76 characters, as in mail: no scanner takes them for one string, every decoder reads them.
  const base64 = fits ? (evidence.rawBase64.match(/.{1,76}/g) ?? []).join('\n') : say.exactNotHere;
  return html`<div class="line">
    ${rawLine(evidence, say)}
    <p class="loc">${place(page, evidence)}</p>
    <details>
      <summary>${say.exactBytes}</summary>
      <p class="loc">sha256 ${evidence.sha256}</p>
      <pre class="b64" tabindex="0" aria-label="${say.exactBytes}">${base64}</pre>
    </details>
  </div>`;
}

/** Further lines of a finding: when, where and what, one row each. */
function moreLines(page: Page, finding: Finding): Markup | null {
  const { say } = page;
  const more = finding.evidence.slice(lineLimit);
  const note =
    finding.count > Math.min(finding.evidence.length, lineLimit)
      ? html`<p class="also">${say.linesShown(Math.min(finding.evidence.length, lineLimit), finding.count)}</p>`
      : null;
  if (more.length === 0) return note;
  return html`${note}
    <details>
      <summary>${say.moreLines(more.length)}</summary>
      <table class="stack">
        <tbody>
          ${more.map(
            (evidence) =>
              html`<tr>
                <td class="nw">${time(page, evidence.timeUtc)}</td>
                <td>
                  <span class="path">${evidence.shown}</span>
                  <p class="loc">${place(page, evidence)}</p>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
}

function also(page: Page, finding: Finding): Markup {
  const { say } = page;
  const values = finding.observables.map(
    (one) =>
      html`${say.observable(one.kind)}
        <code>${one.value}</code>${say.standing(one.standing) === '' ? '' : ` (${say.standing(one.standing)})`}`,
  );
  return html`<p class="also">
    ${joined([
      values.length === 0 ? null : html`${say.seenValues}: ${joined(values, ', ')}`,
      finding.falsePositives.length === 0 ? null : `${say.lookAlikes}: ${finding.falsePositives.join('; ')}`,
      say.ruleIs(finding.rule),
    ])}
  </p>`;
}

function table(page: Page, rest: readonly Finding[]): Markup {
  const { say } = page;
  const rows = rest.slice(0, tableLimit);
  return html`<h3>${say.proofTableTitle}</h3>
    <table class="stack">
      <tbody>
        ${rows.map((finding) => {
          const evidence = finding.evidence[0];
          return html`<tr>
            <td>${time(page, finding.timeUtc)}</td>
            <td>${say.stage(finding.stage)}</td>
            <td>${finding.title}${evidence === undefined ? null : html`<p class="loc">${place(page, evidence)}</p>`}</td>
            <td>${finding.host ?? ''}</td>
          </tr>`;
        })}
      </tbody>
    </table>
    ${rest.length > rows.length ? html`<p class="also">${say.proofTableCap(rest.length - rows.length)}</p>` : null}`;
}
