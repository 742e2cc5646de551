/** The logs of requests held against each other: one sentence for the owner, what is missing row by row for who checks it. */
import type { Because, LedgerEntry } from '../../core/assessment.ts';
import { sayNumber } from '../say.ts';
import { rowsGone } from '../rows-gone.ts';
import { findingLinks, joined, time } from './context.ts';
import type { Page } from './context.ts';
import { limits, placeOf, resting, spots } from './rests.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

const pairLimit = limits.ledger;
const placeLimit = 60;
const requestLimit = 200;
/** Rows that stand open. */
const openRows = 30;
const listLimit = limits.silence;

/** The file and the folder that it lies in; the whole path stands in the assessment. */
const tail = (path: string): string => path.split('/').slice(-2).join('/');

const lacking = ({ missing }: LedgerEntry): number => missing.reduce((sum, { rows }) => sum + rows, 0);

export function books(page: Page): Markup | null {
  const { say, assessment } = page;
  const { ledgers, silences, steps } = assessment.coverage;
  if (ledgers.length + silences.length + steps.length === 0) return null;
  const differing = ledgers.filter(({ missing }) => missing.length > 0);
  return html`<section aria-labelledby="books">
    <h2 id="books">${say.books.title}</h2>
    <p>${resting(page, answer(page), rests(page))}</p>
    <p class="intro">${say.books.intro}</p>
    ${differing.length === 0 ? null : missing(page, differing)} ${ledgers.length === 0 ? null : pairs(page)}
    ${silences.length === 0 ? null : silent(page)} ${steps.length === 0 ? null : backwards(page)}
  </section>`;
}

/** Of what the books say: the pairs or the silences that it is about, and the rule. */
function rests({ assessment }: Page): Because[] {
  const { ledgers, silences } = assessment.coverage;
  const differing = ledgers.filter(({ missing: places }) => places.length > 0);
  const shown = (differing.length > 0 ? differing : ledgers).slice(0, 3).map(({ id }): Because => ({ kind: 'ledger', id }));
  const silent = silences.slice(0, 3).map(({ id }): Because => ({ kind: 'silence', id }));
  const rules = assessment.rules
    .filter(({ id }) => id === 'coverage.books' || id === 'coverage.silence')
    .map(({ id }): Because => ({ kind: 'rule', id }));
  return [...(shown.length > 0 ? shown : silent), ...rules];
}

function answer({ say, assessment }: Page): string {
  const { ledgers } = assessment.coverage;
  const words = say.books;
  const partly = ledgers.some(({ state }) => state === 'not_comparable') ? [words.partly] : [];
  const gone = rowsGone(assessment, 'rows');
  if (gone !== null) return [words.gone(gone.rows, gone.books, gone.theirs), ...partly].join(' ');
  const file = rowsGone(assessment, 'file');
  if (file !== null) return [words.file(file.books), ...partly].join(' ');
  const agreeing = ledgers.filter(({ state, book }) => state === 'agree' && book === 'httpproxy');
  const silence = assessment.coverage.silences.some(({ explained }) => explained === null);
  if (silence) return words.silent;
  if (agreeing.length === 0) return words.cannot;
  return [words.agree(Math.max(...agreeing.map(({ rows }) => rows))), ...partly].join(' ');
}

function pairs(page: Page): Markup {
  const { say, assessment } = page;
  const head = say.books.pairHead;
  // Both directions of a pair are one row.
  const { ledgers } = assessment.coverage;
  const shown = ledgers.filter((entry, index) => {
    const other = ledgers.findIndex((one) => one.book === entry.against && one.against === entry.book && one.host === entry.host);
    return other === -1 || index < other;
  });
  const othersOf = (entry: LedgerEntry): string[] =>
    ledgers
      .filter((one) => one.book === entry.against && one.against === entry.book && one.host === entry.host)
      .map(({ id }) => id);
  const both = (entry: LedgerEntry): number =>
    lacking(entry) +
    ledgers
      .filter((one) => one.book === entry.against && one.against === entry.book && one.host === entry.host)
      .reduce((sum, one) => sum + lacking(one), 0);
  return html`<details class="fold">
    <summary>${say.books.pairHead.books}</summary>
    <table class="stack">
      <thead>
        <tr>
          ${Object.values(head).map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${shown.slice(0, pairLimit).map(
          (entry) =>
            html`<tr id="${placeOf('ledger', entry.id)}">
              <th scope="row">${spots('ledger', othersOf(entry))}${entry.host ?? say.books.anyServer}</th>
              <td>${say.books.book(entry.book)}, ${say.books.book(entry.against)}</td>
              <td>${time(page, entry.fromUtc, 'minute')} – ${time(page, entry.toUtc, 'minute')}</td>
              <td data-l="${head.rows}">${sayNumber(entry.rows)}</td>
              <td>${say.books.state(entry.state, both(entry))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

function missing(page: Page, differing: readonly LedgerEntry[]): Markup {
  const { say } = page;
  const head = say.books.missingHead;
  const places = differing.flatMap((entry) => entry.missing.map((place) => ({ entry, place })));
  let left = requestLimit;
  const rows: Markup[] = [];
  for (const { entry, place } of places.slice(0, placeLimit)) {
    const named = place.requests.slice(0, Math.max(0, left));
    left -= named.length;
    for (const request of named) {
      rows.push(
        html`<tr>
          <th scope="row">${time(page, request.timeUtc ?? place.fromUtc)}</th>
          <td>
            ${request.address === null ? '' : html`<code class="nw">${request.address}</code>`}${request.account === null ? null : html`<p class="loc">${request.account}</p>`}
          </td>
          <td>
            <span class="path">${joined([request.method, request.path], ' ')}</span
            >${request.status === null ? null : html`<p class="loc">${say.books.answered(request.status)}</p>`}
            <p class="loc">${request.id}</p>
          </td>
          <td data-l="${head.missing}">${say.books.book(entry.book)}</td>
          <td data-l="${head.stands}">
            ${request.books.map(
              (row) =>
                html`<p class="loc">
                  ${joined([say.books.book(row.book), tail(row.artifact), row.line === null ? null : say.books.line(row.line)], ', ')}
                </p>`,
            )}
          </td>
        </tr>`,
      );
    }
    if (named.length < place.rows)
      rows.push(
        html`<tr>
          <th scope="row">${time(page, place.fromUtc, 'minute')} – ${time(page, place.toUtc, 'minute')}</th>
          <td></td>
          <td>${place.silent ? say.books.silentFile : say.books.unnamed(place.rows - named.length)}</td>
          <td data-l="${head.missing}">${say.books.book(entry.book)}</td>
          <td data-l="${head.stands}">${say.books.book(entry.against)}</td>
        </tr>`,
      );
  }
  const findings = [...new Set(places.flatMap(({ place }) => place.findings))];
  const links = findingLinks(page, findings);
  const table = (list: readonly Markup[]): Markup =>
    html`<table class="stack">
      <thead>
        <tr>
          ${Object.values(head).map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${list}
      </tbody>
    </table>`;
  return html`<h3>${say.books.missingTitle}</h3>
    ${links === null ? null : html`<p class="why">${links}</p>`} ${table(rows.slice(0, openRows))}
    ${
      rows.length <= openRows
        ? null
        : html`<details class="fold more">
            <summary>${upTo(page, rows.length - openRows)}</summary>
            ${table(rows.slice(openRows))}
          </details>`
    }
    ${places.length <= placeLimit ? null : html`<p class="also">${say.books.more(places.length - placeLimit)}</p>`}`;
}

const upTo = ({ say }: Page, count: number): string => say.andMore(count);

function silent(page: Page): Markup {
  const { say, assessment } = page;
  return html`<h3>${say.books.silencesTitle}</h3>
    <ul class="plain">
      ${assessment.coverage.silences.slice(0, listLimit).map(
        (one) =>
          html`<li id="${placeOf('silence', one.id)}">
            <b>${one.host ?? say.anyServer}</b> ${time(page, one.fromUtc, 'minute')} – ${time(page, one.toUtc, 'minute')}
            <p>${say.books.silence(one)}.</p>
          </li>`,
      )}
    </ul>`;
}

function backwards(page: Page): Markup {
  const { say, assessment } = page;
  return html`<h3>${say.books.stepsTitle}</h3>
    <ul class="plain">
      ${assessment.coverage.steps.slice(0, listLimit).map(
        (one) =>
          html`<li>
            <span class="path">${one.artifact}</span>
            <p>${time(page, one.fromUtc, 'minute')} → ${time(page, one.toUtc, 'minute')}: ${say.books.step(one.clockSet)}.</p>
          </li>`,
      )}
    </ul>`;
}
