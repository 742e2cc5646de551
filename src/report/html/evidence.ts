/** What was handed in: read, not read, and odd; and the words that this page uses. */
import type { Assessment } from '../../core/assessment.ts';
import { problemCodes } from '../../core/problem.ts';
import { msOf, sayDay } from '../clock.ts';
import { sayBytes, sayList, sayNumber, upperFirst } from '../say.ts';
import { joined, time } from './context.ts';
import type { Page } from './context.ts';
import { limits, placeOf } from './rests.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

type ArtifactProblem = Assessment['problems'][number];

const readLimit = limits.evidence;
/** Files of one kind of problem that are named. */
const problemLimit = 12;
const listLimit = 300;
/** Files that were not read and are named without being asked for. */
const openLimit = 20;

/** Which collector brought what of which server, and when: what everything else rests on. */
export function collected(page: Page): Markup | null {
  const { say, assessment } = page;
  const list = assessment.collections;
  if (list.length === 0) return null;
  const head = say.collectedHead;
  const hostsOf = (root: string): string =>
    sayList(
      [
        ...new Set(
          assessment.evidence
            .filter(({ path, host }) => host !== null && (root === '' || path === root || path.startsWith(`${root}/`)))
            .map(({ host }) => host!),
        ),
      ].slice(0, 8),
    );
  return html`<section aria-labelledby="collected">
    <h2 id="collected">${say.collectedTitle}</h2>
    <p class="intro">${say.collectedIntro}</p>
    <table class="stack">
      <thead>
        <tr>
          ${[head.host, head.collector, head.when, head.files, head.root].map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${list.slice(0, listLimit).map(
          (one) =>
            html`<tr>
              <th scope="row">${one.host ?? hostsOf(one.root)}</th>
              <td>
                ${say.collector(one.collector)}${one.snapshot === null ? null : html`<p class="loc">${say.collectedSnapshot(one.snapshot)}</p>`}
              </td>
              <td>
                ${one.collectedUtc === null ? say.collectedUnknown : time(page, one.collectedUtc, 'minute')}${
                  one.clock.why === '' ? null : html`<p class="loc">${one.clock.why}</p>`
                }
              </td>
              <td data-l="${head.files}">${sayNumber(one.files)}</td>
              <td class="path">${one.root === '' ? say.collectedAll : one.root}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${list.length > listLimit ? html`<p class="also">${say.readMore(list.length - listLimit)}</p>` : null}
  </section>`;
}

export function handedIn(page: Page): Markup {
  return html`<section aria-labelledby="read">
    <h2 id="read">${page.say.readTitle}</h2>
    <p class="intro">${page.say.readIntro}</p>
    ${read(page)}
    <h3 id="not-read">${page.say.notReadTitle}</h3>
    ${notRead(page)}
    <h3 id="problems">${page.say.problemsTitle}</h3>
    ${problems(page)}
  </section>`;
}

function read(page: Page): Markup {
  const { say, clock } = page;
  const entries = page.assessment.evidence.filter((entry) => entry.kind !== null);
  const head = say.readHead;
  const days = (firstUtc: string | null, lastUtc: string | null): string => {
    const said = [
      ...new Set(
        [firstUtc, lastUtc]
          .map(msOf)
          .filter((ms) => ms !== null)
          .map((ms) => sayDay(clock, ms)),
      ),
    ];
    return said.join(' – ');
  };
  return html`<details class="fold more">
    <summary>${say.readSummary(entries.length)}</summary>
    <table class="stack">
      <thead>
        <tr>
          ${[head.path, head.kind, head.days, head.records, head.bytes].map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${entries.slice(0, readLimit).map(
          (entry) =>
            html`<tr id="${placeOf('evidence', entry.id)}">
              <th scope="row">
                <span class="path">${entry.path}</span
                >${entry.sha256 === null ? null : html`<p class="loc">sha256 ${entry.sha256}</p>`}${
                  entry.clock.basis === 'utc'
                    ? null
                    : html`<p class="loc">${say.clockBasis(entry.clock.basis)} ${entry.clock.why}</p>`
                }
              </th>
              <td>${say.source(entry.kind ?? '')}</td>
              <td>${days(entry.firstUtc, entry.lastUtc)}</td>
              <td data-l="${head.records}">${sayNumber(entry.records)}</td>
              <td>${sayBytes(entry.bytes)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${entries.length > readLimit ? html`<p class="also">${say.readMore(entries.length - readLimit)}</p>` : null}
  </details>`;
}

function notRead(page: Page): Markup {
  const { say } = page;
  const list = page.assessment.notRead;
  if (list.length === 0) return html`<p>${say.notReadNone}</p>`;
  const items = list.slice(0, listLimit).map(
    (one) =>
      html`<li>
        <span class="path">${one.path}</span>
        <p>${joined([sayBytes(one.bytes), one.why], ', ')}</p>
      </li>`,
  );
  const folded = items.slice(openLimit);
  return html`<p class="intro">${say.notReadIntro}</p>
    <ul class="plain">
      ${items.slice(0, openLimit)}
    </ul>
    ${
      folded.length === 0
        ? null
        : html`<details class="fold">
            <summary>${say.notReadFold(folded.length)}</summary>
            <ul class="plain">
              ${folded}
            </ul>
          </details>`
    }
    ${list.length > listLimit ? html`<p class="also">${say.readMore(list.length - listLimit)}</p>` : null}`;
}

/** By what is odd: many files often have the same. A file that nothing reads is said above. */
function problems(page: Page): Markup {
  const { say, assessment } = page;
  const unread = new Set(assessment.notRead.map((one) => one.path));
  const byCode = new Map<string, ArtifactProblem[]>();
  for (const problem of assessment.problems) {
    if (problem.code === 'evidence.not_read' && unread.has(problem.artifact)) continue;
    const list = byCode.get(problem.code);
    if (list === undefined) byCode.set(problem.code, [problem]);
    else list.push(problem);
  }
  if (byCode.size === 0) return html`<p>${say.problemsNone}</p>`;
  return html`<ul class="plain">
    ${[...byCode].slice(0, listLimit).map(([code, list]) => {
      // A newer assessment may hold a code that this version does not know: its name has to do.
      const known = Object.hasOwn(problemCodes, code) ? problemCodes[code as keyof typeof problemCodes] : null;
      return html`<li>
        <b>${upperFirst(known?.says ?? code)}</b>${known === null ? null : html`<p>${say.problemCoverage(known.coverage)}</p>`}
        ${list.slice(0, problemLimit).map((problem) => oneProblem(page, problem))}
        ${list.length > problemLimit ? html`<p>${upperFirst(say.andMore(list.length - problemLimit))}</p>` : null}
      </li>`;
    })}
  </ul>`;
}

function oneProblem({ say }: Page, { artifact, at, count, expected, found }: ArtifactProblem): Markup {
  const foundInstead = expected === undefined || found === undefined ? null : say.problemFound(expected, found);
  return html`<p>
    <span class="path">${artifact}</span>:
    ${joined([say.problemAt(at), count > 1 ? say.problemTimes(count) : null, foundInstead], ', ')}
  </p>`;
}

export function words(page: Page): Markup {
  const { say } = page;
  return html`<section aria-labelledby="words">
    <h2 id="words">${say.wordsTitle}</h2>
    <dl class="words">
      ${say.glossary.map(
        ({ word, means }) =>
          html`<dt>${word}</dt>
            <dd>${means}</dd>`,
      )}
    </dl>
  </section>`;
}
