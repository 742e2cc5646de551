/** What every part of the page is given, and the small pieces that many parts write: times, places, anchors. */
import type { Assessment, Finding, Intrusion, Observable } from '../../core/assessment.ts';
import { sha256Hex } from '../../core/hash.ts';
import { namesOf } from '../answers.ts';
import { clockOf, msOf, sayAgo, sayClock, sayDay, sayTime } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { messagesOf } from '../messages.ts';
import type { Language, Messages } from '../messages.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

export interface Page {
  readonly assessment: Assessment;
  readonly clock: Clock;
  readonly say: Messages;
  readonly findings: ReadonlyMap<string, Finding>;
  /** What everybody is called. */
  readonly names: ReadonlyMap<Intrusion, string>;
  /** Who a finding belongs to, by its id. */
  readonly who: ReadonlyMap<string, string>;
  /** In a browser that runs our script; else on the way into the file. */
  readonly live: boolean;
}

export interface PageOptions {
  readonly nowMs: number;
  /** IANA name; an unknown one is a UserError. */
  readonly timeZone: string;
  readonly lang: Language;
}

/** The same for the file and for the browser. */
export function pageOf(assessment: Assessment, options: PageOptions, live: boolean): Page {
  const say = messagesOf(options.lang);
  const names = namesOf(assessment, say);
  return {
    assessment,
    say,
    clock: clockOf(options.timeZone, options.nowMs),
    names,
    who: new Map([...names].toReversed().flatMap(([one, name]) => one.findings.map((id) => [id, name] as const))),
    findings: new Map(assessment.findings.map((finding) => [finding.id, finding] as const)),
    live,
  };
}

/** An anchor of our own for a finding: its id is hashed, so that nothing of the evidence becomes part of an attribute. */
export const anchorOf = (id: string): string => `f-${sha256Hex(id).slice(0, 12)}`;

/** `3 March 2021, 05:12:37 (04:12:37 UTC)`; what cannot be read as a time is shown as it is. */
export function time(page: Page, iso: string | null, precision: 'minute' | 'second' = 'second'): Markup | null {
  if (iso === null) return null;
  const ms = msOf(iso);
  if (ms === null) return html`${iso}`;
  const said = sayTime(page.clock, ms, precision);
  // Kept apart from the machine-readable form: an impossible date has none.
  return html`<time datetime="${new Date(ms).toISOString()}">${said.local}</time>${
      said.utc === null ? null : html` <span class="utc">(${said.utc})</span>`
    }`;
}

/** The second of two times: without its day where that is the day of the first. */
export function timeAfter(page: Page, firstIso: string | null, iso: string | null): Markup | null {
  const first = msOf(firstIso);
  const ms = msOf(iso);
  const { clock } = page;
  if (first === null || ms === null || sayDay(clock, first) !== sayDay(clock, ms)) return time(page, iso);
  const utc = clock.isUtc ? 'UTC' : `(${new Date(ms).toISOString().slice(11, 19)} UTC)`;
  return html`<time datetime="${new Date(ms).toISOString()}">${sayClock(clock, ms, 'second')}</time>
    <span class="utc">${utc}</span>`;
}

/** A value and how far it can be trusted; that a user agent is the client's own word goes without saying. */
export function observed({ say }: Page, { kind, value, standing }: Observable): Markup {
  const trust = kind === 'user_agent' ? '' : say.standing(standing);
  return html`<code>${value}</code>${trust === '' ? '' : ` (${trust})`}`;
}

/** Text with paths in it, which may break after each backslash. */
export const breakable = (text: string): Markup =>
  html`${text.split(/(?<=\\)/).map((piece, index) => (index === 0 ? html`${piece}` : html`<wbr />${piece}`))}`;

/** `yesterday`, when it is not long ago. */
export function ago(page: Page, iso: string | null): string | null {
  const ms = msOf(iso);
  return ms === null ? null : sayAgo(page.clock, ms);
}

/** A link to a finding; where the browser shows them page by page, our script opens the right one. */
export function findingLink(page: Page, id: string, text: string): Markup {
  return page.findings.has(id) ? html`<a href="#${anchorOf(id)}">${text}</a>` : html`${text}`;
}

/** Titles of findings, each once, linked. */
export function findingLinks(page: Page, ids: readonly string[], limit = 6): Markup | null {
  const known = ids.map((id) => page.findings.get(id)).filter((one) => one !== undefined);
  const byTitle = new Map(known.map((one) => [one.title, one] as const));
  if (byTitle.size === 0) return null;
  const links = [...byTitle.values()]
    .slice(0, limit)
    .map((one, index) => html`${index > 0 ? '; ' : ''}${findingLink(page, one.id, one.title)}`);
  return html`${links}${byTitle.size > limit ? ' …' : ''}`;
}

export const joined = (parts: readonly (Markup | string | null)[], between = ' · '): Markup => {
  const present = parts.filter((part) => part !== null && part !== '');
  return html`${present.map((part, index) => html`${index > 0 ? between : ''}${part}`)}`;
};
