/** The proof: findings, the gravest stage first, each with its line, its place, and what it does and does not prove. */
import type { Because, Finding, FindingEvidence, Observable } from '../../core/assessment.ts';
import { groupBy } from '../../core/group.ts';
import { inOrderOfProof, isOfOthers } from '../answers.ts';
import { anchorOf, joined, observed, time, timeAfter } from './context.ts';
import type { Page } from './context.ts';
import { exactBytes } from './exact-bytes.ts';
import { marks } from './rests.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { shownOf } from './model.ts';
import { rawLine } from './raw-line.ts';

/** Findings that stand in the page at a time; without our script all do. */
export const pageSize = 100;
/** Findings of one kind that stand open; more are behind a fold. */
const sameLimit = 3;
/** Lines of one finding that are shown in full: the first one open, the others behind a fold. */
const lineLimit = 3;

/**
 * Where our script takes over: in the file the first findings, for those without it all others in `noscript`.
 * @param left findings that are too many for the page
 * @param folded lines of rules of others that it leaves out
 */
export function proof(page: Page, left: number, folded: number): Markup {
  const { say, assessment } = page;
  const sorted = inOrderOfProof(assessment.findings);
  const first = sorted.slice(0, pageSize);
  const rest = sorted.slice(pageSize);
  return html`<section aria-labelledby="proof">
    <h2 id="proof">${say.proofTitle}</h2>
    <p class="intro">${sorted.length === 0 ? say.proofNone : say.proofIntro}</p>
    ${left > 0 ? html`<p><b>${say.proofCap(sorted.length, left)}</b></p>` : null}
    ${folded > 0 ? html`<p>${say.proofFolded(folded)}</p>` : null}
    <div id="findings">${groups(page, first)}</div>
    ${rest.length > 0 ? html`<noscript>${groups(page, rest)}</noscript>` : null}
  </section>`;
}

/** In the order in which they come, which is that of stages. */
export function groups(page: Page, findings: readonly Finding[]): Markup[] {
  const byStage = groupBy(findings, (finding) => `${finding.stage} ${finding.stage !== 'none' && isOfOthers(finding)}`);
  return [...byStage.values()].map((own) => {
    const { stage } = own[0]!;
    const title = stage === 'none' ? page.say.othersTitle : page.say.stage(stage);
    return html`<h3 class="group">
        ${stage !== 'none' && isOfOthers(own[0]!) ? page.say.byOthers(title) : title}${stage === 'none' ? marks(page, othersRule(page)) : null}
      </h3>
      ${[...kindsOf(own)].map((kind) => drawnKind(page, kind))}`;
  });
}

const othersRule = ({ assessment }: Page): Because[] =>
  assessment.rules.filter(({ id }) => id === 'others.no_stage').map(({ id }) => ({ kind: 'rule', id }));

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
function drawnKind(page: Page, kind: readonly Finding[]): Markup {
  const { say } = page;
  const [first] = kind;
  if (first === undefined) return html``;
  if (kind.length === 1) {
    return html`<article class="finding" id="${anchorOf(first.id)}">
      <h4>${first.title}</h4>
      <p class="meta">${joined([...whenAndWhere(page, first), ...saidOf(page, first)])}</p>
      ${proofLines(page, first)} ${meaning(page, first)} ${also(page, first, first.observables)}
    </article>`;
  }
  const one = (finding: Finding): Markup =>
    html`<article class="finding" id="${anchorOf(finding.id)}">
      <p class="meta">${joined([...whenAndWhere(page, finding), values(page, finding.observables)])}</p>
      ${proofLines(page, finding)}
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
    finding.lastUtc === null || finding.lastUtc.slice(0, 19) === finding.timeUtc?.slice(0, 19)
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
  const [before, stage] =
    finding.stage === 'none' && finding.confidence !== 'possible'
      ? say.provesFile
      : say.provesStage(say.stage(finding.stage).toLowerCase(), finding.confidence);
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
    `sha256 ${evidence.sha256}`,
  ]);
}

function line(page: Page, evidence: FindingEvidence): Markup {
  const { say, live } = page;
  return html`<div class="line">
    ${rawLine(evidence, say, live)}
    <p class="loc">${place(page, evidence)}</p>
    ${live ? exactBytes(evidence, say) : null}
  </div>`;
}

/** The first line open; the others behind a fold, the first of them with their bytes. */
function proofLines(page: Page, finding: Finding): Markup {
  const { say } = page;
  const [first, ...more] = finding.evidence;
  if (first === undefined) return html``;
  const full = more.slice(0, lineLimit - 1);
  const short = more.slice(lineLimit - 1);
  const elsewhere = finding.count - finding.evidence.length;
  return html`${line(page, first)}${
    more.length === 0
      ? elsewhere > 0
        ? html`<p class="also">${say.linesElsewhere(elsewhere)}</p>`
        : null
      : html`<details class="more">
          <summary>${say.moreLines(more.length, finding.count)}</summary>
          ${full.map((evidence) => line(page, evidence))}${short.length === 0 ? null : shortLines(page, short)}
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
              <span class="path">${shownOf(evidence)}</span>
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
