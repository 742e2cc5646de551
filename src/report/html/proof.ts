/** The proof: findings, the gravest stage first, each with its line, its place, and what it does and does not prove. */
import type { Finding, FindingEvidence, Observable } from '../../core/assessment.ts';
import type { Stage } from '../../core/stage.ts';
import { inOrderOfProof } from '../answers.ts';
import { anchorOf, joined, observed, time, timeAfter } from './context.ts';
import type { Page } from './context.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { bytesOf, rawLine } from './raw-line.ts';

/** Findings that stand in the page in full. */
export const fullLimit = 500;
/** Rows of the table of the others. */
const tableLimit = 5_000;
/** Kinds of findings of one stage that stand open; more are behind a fold. */
const openLimit = 20;
/** Findings of one kind that stand open; more are behind a fold. */
const sameLimit = 3;
/** Lines of one finding that are shown with their bytes: the first one open, the others behind a fold. */
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
  const name = stage === 'none' ? page.say.othersTitle : page.say.stage(stage);
  const kinds = [...kindsOf(findings)];
  const open = kinds.slice(0, openLimit).map((kind) => drawnKind(page, kind, room));
  const folded = kinds.slice(openLimit).map((kind) => drawnKind(page, kind, room));
  const count = kinds.slice(openLimit).reduce((sum, kind) => sum + kind.length, 0);
  return html`<h3 class="group">${name}</h3>
    ${open}${
      folded.length === 0
        ? null
        : html`<details class="fold">
            <summary>${page.say.proofFold(count, name)}</summary>
            ${folded}
          </details>`
    }`;
}

/** Findings that say the same of different rows, in the order of the first of each kind. */
function kindsOf(findings: readonly Finding[]): Iterable<readonly Finding[]> {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { rule, title, confidence, proves, doesNotProve, innocent, techniques, cves, falsePositives, declared } = finding;
    const key = JSON.stringify([
      rule,
      title,
      confidence,
      proves,
      doesNotProve,
      innocent,
      techniques,
      cves,
      falsePositives,
      declared,
    ]);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, [finding]);
    else kind.push(finding);
  }
  return kinds.values();
}

/** What all findings of a kind say stands once; below it each with its time, its values and its line. */
function drawnKind(page: Page, kind: readonly Finding[], room: Room): Markup {
  const { say } = page;
  const [first] = kind;
  if (first === undefined) return html``;
  if (kind.length === 1) {
    return html`<article class="finding" id="${anchorOf(first.id)}">
      <h4>${first.title}</h4>
      <p class="meta">${joined([...whenAndWhere(page, first), ...saidOf(page, first)])}</p>
      ${proofLines(page, first, room)} ${meaning(page, first)} ${also(page, first, first.observables)}
    </article>`;
  }
  const one = (finding: Finding): Markup =>
    html`<article class="finding" id="${anchorOf(finding.id)}">
      <p class="meta">${joined([...whenAndWhere(page, finding), values(page, finding.observables)])}</p>
      ${proofLines(page, finding, room)}
    </article>`;
  const open = kind.slice(0, sameLimit).map(one);
  const folded = kind.slice(sameLimit).map(one);
  return html`<section class="kind">
    <h4>${first.title}</h4>
    <p class="meta">${joined([say.sameKind(kind.length), ...saidOf(page, first)])}</p>
    ${meaning(page, first)} ${also(page, first, [])}
    ${open}${
      folded.length === 0
        ? null
        : html`<details>
            <summary>${say.sameKindFold(folded.length)}</summary>
            ${folded}
          </details>`
    }
  </section>`;
}

function whenAndWhere(page: Page, finding: Finding): readonly (Markup | string | null)[] {
  const { say } = page;
  const from = finding.timeUtc === null ? html`${say.noTime}` : time(page, finding.timeUtc);
  const until =
    finding.lastUtc === null || finding.lastUtc === finding.timeUtc
      ? null
      : html`${say.until('')}${timeAfter(page, finding.timeUtc, finding.lastUtc)}`;
  return [
    joined([from, until], ' '),
    finding.host,
    page.who.get(finding.id) ?? null,
    finding.count > 1 ? say.times(finding.count) : null,
  ];
}

function saidOf(page: Page, finding: Finding): readonly (Markup | string | null)[] {
  const { say } = page;
  const [before, stage] = say.provesStage(say.stage(finding.stage).toLowerCase(), finding.confidence);
  return [
    html`${before}<b>${stage}</b>`,
    finding.cves.join(', '),
    finding.techniques.length > 0 ? `ATT&CK ${finding.techniques.join(', ')}` : null,
    finding.declared === null ? null : html`<span class="own">${say.declared(finding.declared)}</span>`,
  ];
}

function meaning({ say }: Page, finding: Finding): Markup {
  return html`<dl class="tri">
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
  </dl>`;
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

/** Ours, and so a real one: one that comes from the evidence is named. */
const newline = trusted('\n');

function line(page: Page, evidence: FindingEvidence, room: Room): Markup {
  const { say } = page;
  const fits = room.base64 >= evidence.rawBase64.length && bytesOf(evidence.rawBase64) !== null;
  if (fits) room.base64 -= evidence.rawBase64.length;
  // Lines of 76 characters, as in mail: no scanner takes them for one string, every decoder reads them.
  const base64 = (evidence.rawBase64.match(/.{1,76}/g) ?? []).map((part, index) => html`${index > 0 ? newline : null}${part}`);
  return html`<div class="line">
    ${rawLine(evidence, say)}
    <details class="bytes">
      <summary><span class="loc">${place(page, evidence)}</span> ${say.exactBytes}</summary>
      <p class="loc">sha256 ${evidence.sha256}</p>
      <pre class="b64" tabindex="0" aria-label="${say.exactBytesLabel}">${fits ? html`${base64}` : say.exactNotHere}</pre>
    </details>
  </div>`;
}

/** The first line open; the others behind a fold, the first of them with their bytes. */
function proofLines(page: Page, finding: Finding, room: Room): Markup {
  const { say } = page;
  const [first, ...more] = finding.evidence;
  if (first === undefined) return html``;
  const full = more.slice(0, lineLimit - 1);
  const short = more.slice(lineLimit - 1);
  const elsewhere = finding.count - finding.evidence.length;
  return html`${line(page, first, room)}${
    more.length === 0
      ? elsewhere > 0
        ? html`<p class="also">${say.linesElsewhere(elsewhere)}</p>`
        : null
      : html`<details>
          <summary>${say.moreLines(more.length, finding.count)}</summary>
          ${full.map((evidence) => line(page, evidence, room))}${short.length === 0 ? null : shortLines(page, short)}
        </details>`
  }`;
}

/** When, where and what, one row each. */
function shortLines(page: Page, list: readonly FindingEvidence[]): Markup {
  return html`<table class="stack">
    <tbody>
      ${list.map(
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
  </table>`;
}

function values(page: Page, observables: readonly Observable[]): Markup | null {
  const { say } = page;
  if (observables.length === 0) return null;
  const said = observables.map((one) => html`${say.observable(one.kind)} ${observed(page, one)}`);
  return joined(said, ', ');
}

/** Values, look-alikes that are not the innocent explanation said over again, and the rule. */
function also(page: Page, finding: Finding, observables: readonly Observable[]): Markup {
  const { say } = page;
  const seen = values(page, observables);
  const lookAlikes = finding.falsePositives.filter((text) => text !== finding.innocent);
  return html`<p class="also">
    ${joined([
      seen === null ? null : html`${say.seenValues}: ${seen}`,
      lookAlikes.length === 0 ? null : `${say.lookAlikes}: ${lookAlikes.join('; ')}`,
      say.ruleIs(finding.rule),
    ])}
  </p>`;
}

function table(page: Page, rest: readonly Finding[]): Markup {
  const { say } = page;
  const rows = rest.slice(0, tableLimit);
  return html`<details class="fold">
    <summary>${say.proofTableTitle}</summary>
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
    ${rest.length > rows.length ? html`<p class="also">${say.proofTableCap(rest.length - rows.length)}</p>` : null}
  </details>`;
}
