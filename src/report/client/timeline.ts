/** The picture, to be moved and zoomed: the same drawing of another stretch of time, and the events in it. */
import { Component } from 'preact';
import type { Assessment, Finding, Intrusion } from '../../core/assessment.ts';
import { stageRank, stages } from '../../core/stage.ts';
import type { Stage } from '../../core/stage.ts';
import { byCodeUnit } from '../../core/text.ts';
import { msOf, sayShortTime } from '../clock.ts';
import { closerDomain, domainOf } from '../html/axis.ts';
import type { Domain } from '../html/axis.ts';
import { anchorOf, joined, time } from '../html/context.ts';
import type { Page } from '../html/context.ts';
import { html } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { caption, drawings, momentAt } from '../html/picture.ts';
import { sequence } from '../html/story.ts';

/** The shortest stretch of time that can be shown. */
const shortestMs = 60_000;
/** People that can be shown and hidden one by one; all others together. */
const namedLimit = 6;

interface Properties {
  readonly page: Page;
}

interface State {
  /** null: all of it. */
  readonly view: Domain | null;
  readonly hidden: ReadonlySet<string>;
  readonly from: Stage;
  readonly picked: string | null;
}

export class Timeline extends Component<Properties, State> {
  override state: State = { view: null, hidden: new Set(), from: 'none', picked: null };
  /** Where a drag began, and what was shown then. */
  #drag: { readonly x: number; readonly view: Domain; moved: boolean } | null = null;

  readonly #whole = domainOf(this.props.page.assessment);
  #less: { readonly hidden: ReadonlySet<string>; readonly from: Stage; readonly page: Page } | null = null;
  #listed: { readonly shown: Page; readonly view: Domain; readonly drawn: Markup | null } | null = null;

  override render({ page }: Properties, state: State): Markup {
    const { say } = page;
    const whole = this.#whole;
    if (whole === null) return html`<p>${say.pictureEmpty}</p>`;
    const view = state.view ?? whole;
    const shown = this.#filtered(state);
    const inView = eventsOf(shown).filter(([, ms]) => ms >= view.fromMs && ms <= view.toMs);
    // Where nothing was found there is nothing to narrow and nothing to pick.
    const some = eventsOf(page).length > 0;
    const picked = state.picked === null ? undefined : shown.findings.get(state.picked);
    const pickedMs = msOf(picked?.timeUtc ?? null);
    return html`<div class="tools">
        ${this.#buttons(page, whole, view)}${some ? this.#filters(page) : null}
        <p class="now" role="status">
          ${say.timeline.shown(sayShortTime(page.clock, view.fromMs), sayShortTime(page.clock, view.toMs), inView.length)}
        </p>
      </div>
      <figure>
        <div
          class="stage"
          tabindex="0"
          role="group"
          aria-label="${say.timeline.keys}"
          onKeyDown="${(event: Event) => this.#key(event as KeyboardEvent, whole, view)}"
          onWheel="${(event: Event) => this.#wheel(event as WheelEvent, whole, view)}"
          onPointerDown="${(event: Event) => this.#down(event as PointerEvent, view)}"
          onPointerMove="${(event: Event) => this.#move(event as PointerEvent, whole)}"
          onPointerUp="${(event: Event) => this.#up(event as PointerEvent, view)}"
          onPointerCancel="${() => {
            this.#drag = null;
          }}"
        >
          ${drawings(shown, view, pickedMs)}
        </div>
        ${caption(page, whole)}
      </figure>
      ${some ? this.#pick(page, whole, view, picked) : null}${this.#sequence(shown, view, inView)}`;
  }

  #buttons(page: Page, whole: Domain, view: Domain): Markup {
    const { timeline } = page.say;
    const closer = closerDomain(page.assessment, whole);
    const button = (label: string, does: () => void): Markup => html`<button type="button" onClick="${does}">${label}</button>`;
    return html`<p>
      ${button(timeline.closer, () => this.#zoom(0.5, whole, view))}${button(timeline.wider, () => this.#zoom(2, whole, view))}${button(
        timeline.earlier,
        () => this.#pan(-0.3, whole, view),
      )}${button(timeline.later, () => this.#pan(0.3, whole, view))}${button(timeline.whole, () => this.setState({ view: null }))}${
        closer === null ? null : button(timeline.there, () => this.setState({ view: closer }))
      }
    </p>`;
  }

  /** As {@link filtered}, made again only where something else is wanted. */
  #filtered(state: State): Page {
    const { hidden, from } = state;
    if (this.#less?.hidden !== hidden || this.#less.from !== from)
      this.#less = { hidden, from, page: filtered(this.props.page, state) };
    return this.#less.page;
  }

  /** The list follows when a drag has ended: of thousands of findings it is the dearest part. */
  #sequence(shown: Page, view: Domain, inView: readonly (readonly [Finding, number])[]): Markup | null {
    const last = this.#listed;
    if (last !== null && (this.#drag?.moved === true || (last.shown === shown && last.view === view))) return last.drawn;
    const drawn = sequence(
      shown,
      inView.map(([finding]) => finding),
    );
    this.#listed = { shown, view, drawn };
    return drawn;
  }

  #pick(page: Page, whole: Domain, view: Domain, picked: Finding | undefined): Markup {
    const { timeline } = page.say;
    return html`<div class="pick">
      <button type="button" onClick="${() => this.#step(-1, whole, view)}">${timeline.previous}</button>
      <button type="button" onClick="${() => this.#step(1, whole, view)}">${timeline.next}</button>
      <div aria-live="polite">${picked === undefined ? html`<p>${timeline.pick} ${timeline.hint}</p>` : card(page, picked)}</div>
    </div>`;
  }

  #filters(page: Page): Markup {
    const { say, names } = page;
    const { hidden, from } = this.state;
    const toggle = (name: string): void => {
      const next = new Set(hidden);
      if (!next.delete(name)) next.add(name);
      this.setState({ hidden: next });
    };
    const all = [...[...names.values()].slice(0, namedLimit), say.timeline.nobody];
    return html`<fieldset>
      <legend>${say.timeline.show}</legend>
      ${all.map(
        (name) =>
          html`<label><input type="checkbox" checked="${!hidden.has(name)}" onChange="${() => toggle(name)}" /> ${name}</label>`,
      )}
      <label
        >${say.timeline.from}
        <select
          onChange="${(event: Event) => this.setState({ from: stages[(event.target as HTMLSelectElement).selectedIndex] ?? 'none' })}"
        >
          ${stages.map(
            (stage) =>
              html`<option value="${stage}" selected="${stage === from}">
                ${stage === 'none' ? say.all : say.stage(stage)}
              </option>`,
          )}
        </select></label
      >
    </fieldset>`;
  }

  #show(fromMs: number, toMs: number, whole: Domain): void {
    const length = Math.min(Math.max(toMs - fromMs, shortestMs), whole.toMs - whole.fromMs);
    const from = Math.min(Math.max(fromMs, whole.fromMs), whole.toMs - length);
    this.setState({ view: { fromMs: from, toMs: from + length, clippedMs: null } });
  }

  /** Around a moment that stays where it is: what was picked, else the middle. */
  #zoom(by: number, whole: Domain, view: Domain, aroundMs?: number): void {
    const { picked } = this.state;
    const pickedMs = msOf((picked === null ? undefined : this.props.page.findings.get(picked))?.timeUtc ?? null);
    const inView = pickedMs !== null && pickedMs > view.fromMs && pickedMs < view.toMs;
    const around = aroundMs ?? (inView ? pickedMs : (view.fromMs + view.toMs) / 2);
    // Never past the shortest: else zooming in there would move it.
    const length = Math.max((view.toMs - view.fromMs) * by, shortestMs);
    const share = (around - view.fromMs) / (view.toMs - view.fromMs);
    this.#show(around - length * share, around + length * (1 - share), whole);
  }

  #pan(by: number, whole: Domain, view: Domain): void {
    const distance = (view.toMs - view.fromMs) * by;
    this.#show(view.fromMs + distance, view.toMs + distance, whole);
  }

  /** To the event before or after the one that was picked; the picture follows. */
  #step(by: 1 | -1, whole: Domain, view: Domain): void {
    const all = eventsOf(this.#filtered(this.state));
    if (all.length === 0) return;
    const at = all.findIndex(([{ id }]) => id === this.state.picked);
    const first = all.findIndex(([, ms]) => ms >= view.fromMs && ms <= view.toMs);
    const index = at < 0 ? Math.max(first, 0) : Math.min(Math.max(at + by, 0), all.length - 1);
    const [finding, ms] = all[index]!;
    this.setState({ picked: finding.id });
    if (ms >= view.fromMs && ms <= view.toMs) return;
    const half = (view.toMs - view.fromMs) / 2;
    this.#show(ms - half, ms + half, whole);
  }

  #key(event: KeyboardEvent, whole: Domain, view: Domain): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const does: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#pan(-0.2, whole, view),
      ArrowRight: () => this.#pan(0.2, whole, view),
      '+': () => this.#zoom(0.5, whole, view),
      '=': () => this.#zoom(0.5, whole, view),
      '-': () => this.#zoom(2, whole, view),
      '0': () => this.setState({ view: null }),
      n: () => this.#step(1, whole, view),
      p: () => this.#step(-1, whole, view),
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!Object.hasOwn(does, key)) return;
    event.preventDefault();
    does[key]!();
  }

  /** With Ctrl only: a page that scrolls must go on scrolling. */
  #wheel(event: WheelEvent, whole: Domain, view: Domain): void {
    if (!event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    this.#zoom(event.deltaY < 0 ? 0.8 : 1.25, whole, view, momentOf(event, view) ?? undefined);
  }

  #down(event: PointerEvent, view: Domain): void {
    if (event.button === 0) this.#drag = { x: event.clientX, view, moved: false };
  }

  #move(event: PointerEvent, whole: Domain): void {
    const drag = this.#drag;
    if (drag === null) return;
    if (event.buttons === 0) {
      this.#drag = null;
      return;
    }
    const moved = event.clientX - drag.x;
    if (!drag.moved && Math.abs(moved) < 5) return;
    if (!drag.moved) (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drag.moved = true;
    const share = moved / (event.currentTarget as Element).getBoundingClientRect().width;
    const distance = share * (drag.view.toMs - drag.view.fromMs);
    this.#show(drag.view.fromMs - distance, drag.view.toMs - distance, whole);
  }

  #up(event: PointerEvent, view: Domain): void {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.moved === true) this.forceUpdate();
    if (drag === null || drag.moved) return;
    const ms = momentOf(event, view);
    if (ms === null) return;
    const near = eventsOf(this.#filtered(this.state))
      .filter(([, at]) => at >= view.fromMs && at <= view.toMs)
      .map(([{ id }, at]) => [id, Math.abs(at - ms)] as const)
      .reduce<readonly [string, number] | null>((least, one) => (least === null || one[1] < least[1] ? one : least), null);
    if (near !== null) this.setState({ picked: near[0] });
  }
}

/** The moment under the pointer, in whichever of the drawings is the one that is seen. */
function momentOf(event: MouseEvent, view: Domain): number | null {
  const drawing = [...(event.currentTarget as Element).querySelectorAll('svg')].find(
    (one) => one.getBoundingClientRect().width > 0,
  );
  if (drawing === undefined) return null;
  const { left, width } = drawing.getBoundingClientRect();
  return momentAt((event.clientX - left) / width, drawing.classList.contains('narrow'), view);
}

/** The page as if only what is wanted were in it; everybody keeps the name that they have. */
function filtered(page: Page, { hidden, from }: State): Page {
  const { assessment, names, who, say } = page;
  if (hidden.size === 0 && from === 'none') return page;
  const nameOf = (id: string): string => who.get(id) ?? say.timeline.nobody;
  const findings = assessment.findings.filter(
    (finding) => !hidden.has(nameOf(finding.id)) && stageRank(finding.stage) >= stageRank(from),
  );
  const ids = new Set(findings.map(({ id }) => id));
  const intrusions = assessment.intrusions.filter(
    (one: Intrusion) => !hidden.has(names.get(one) ?? '') && one.findings.some((id) => ids.has(id)),
  );
  const less: Assessment = { ...assessment, findings, intrusions };
  return { ...page, assessment: less, findings: new Map(findings.map((finding) => [finding.id, finding] as const)) };
}

const events = new WeakMap<Page, readonly (readonly [finding: Finding, ms: number])[]>();

/** Findings with a time, in its order. */
function eventsOf(page: Page): readonly (readonly [finding: Finding, ms: number])[] {
  const known = events.get(page);
  if (known !== undefined) return known;
  const made = page.assessment.findings
    .map((finding) => [finding, msOf(finding.timeUtc)] as const)
    .filter((one): one is readonly [Finding, number] => one[1] !== null)
    .toSorted((a, b) => a[1] - b[1] || byCodeUnit(a[0].id, b[0].id));
  events.set(page, made);
  return made;
}

function card(page: Page, finding: Finding): Markup {
  const { say } = page;
  return html`<p>
      <b>${finding.title}</b><br />${joined([
        time(page, finding.timeUtc),
        page.who.get(finding.id) ?? null,
        finding.host,
        say.stage(finding.stage),
      ])}
    </p>
    <p><a href="#${anchorOf(finding.id)}">${say.timeline.proof}</a></p>`;
}
