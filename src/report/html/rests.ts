/** Where a sentence leads: to the finding, the log, the record or the rule of judgement that it rests on. */
import type { Because, Said } from '../../core/assessment.ts';
import { sha256Hex } from '../../core/hash.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Page } from './context.ts';

const letters: Readonly<Record<Because['kind'], string>> = {
  finding: 'f',
  source: 's',
  missing: 'm',
  ledger: 'b',
  silence: 'q',
  exposure: 'x',
  wave: 'w',
  intrusion: 'i',
  evidence: 'e',
  rule: 'r',
};

/** Lists of the page that end somewhere, and the section that tells of the rest. */
export const limits = { intrusion: 60, ledger: 100, silence: 40, evidence: 400 } as const;
const sections = { finding: 'proof', intrusion: 'people', ledger: 'books', silence: 'books', evidence: 'read' } as const;

/** An anchor of our own: the id is hashed, so that nothing of the evidence becomes part of an attribute. */
export const placeOf = (kind: Because['kind'], id: string): string => `${letters[kind]}-${sha256Hex(id).slice(0, 12)}`;

const places = new WeakMap<Page, ReadonlySet<string>>();

/** Of lists that are cut short: what stands in them. */
function drawn(page: Page): ReadonlySet<string> {
  const known = places.get(page);
  if (known !== undefined) return known;
  const { assessment } = page;
  const of = (kind: keyof typeof limits, list: readonly { readonly id: string }[]): string[] =>
    list.slice(0, limits[kind]).map(({ id }) => placeOf(kind, id));
  const made = new Set([
    ...[...page.findings.keys()].map((id) => placeOf('finding', id)),
    ...of('intrusion', [...page.names.keys()]),
    ...of('ledger', assessment.coverage.ledgers),
    ...of('silence', assessment.coverage.silences),
    ...of(
      'evidence',
      assessment.evidence.filter(({ kind }) => kind !== null),
    ),
  ]);
  places.set(page, made);
  return made;
}

/** The anchor to which a reason leads. */
export function leadsTo(page: Page, { kind, id }: Because): string {
  const place = placeOf(kind, id);
  return kind in sections && !drawn(page).has(place) ? sections[kind as keyof typeof sections] : place;
}

/**
 * Small words behind a sentence for what it rests on. `each`: of one kind the first by its word, the others by number; else one for
 * each kind, where a page full of numbers would hide what is said.
 */
export function marks(page: Page, because: readonly Because[], each = false): Markup | null {
  if (because.length === 0) return null;
  const counts = new Map<string, number>();
  const told = new Set<string>();
  const links = because.flatMap((one) => {
    const target = leadsTo(page, one);
    if (told.has(target)) return [];
    told.add(target);
    const count = (counts.get(one.kind) ?? 0) + 1;
    counts.set(one.kind, count);
    if (count > 1 && !each) return [];
    return [html` <a href="#${target}">${count === 1 ? page.say.restsWord(one.kind) : String(count)}</a>`];
  });
  return html`<span class="by">${links}</span>`;
}

/** A sentence that leads to the first thing it rests on, and the words for all of them behind it. */
export function resting(page: Page, text: string | Markup, because: readonly Because[], each = false): Markup {
  const [first] = because;
  if (first === undefined) return html`${text}`;
  return html`<a class="said" href="#${leadsTo(page, first)}">${text}</a>${marks(page, because, each)}`;
}

export const said = (page: Page, { text, because }: Said, each = false): Markup => resting(page, text, because, each);

/** Places for reasons that stand in one spot together. */
export const spots = (kind: Because['kind'], ids: readonly string[]): Markup | null =>
  ids.length === 0 ? null : html`${ids.map((id) => html`<span id="${placeOf(kind, id)}"></span>`)}`;

/** The rules that something in this report rests on, each with its reason. */
export function rules(page: Page): Markup | null {
  const { say, assessment } = page;
  if (assessment.rules.length === 0) return null;
  return html`<section aria-labelledby="rules">
    <h2 id="rules">${say.rulesTitle}</h2>
    <p class="intro">${say.rulesIntro}</p>
    <ul class="plain rules">
      ${assessment.rules.map(
        ({ id, says, why }) =>
          html`<li id="${placeOf('rule', id)}">
            ${says}
            <p>${why} <span class="at">${say.ruleName(id)}</span></p>
          </li>`,
      )}
    </ul>
  </section>`;
}
