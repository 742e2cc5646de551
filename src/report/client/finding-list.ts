/** All findings, some at a time: searched, narrowed, and opened at the one that a link leads to. */
import { Component } from 'preact';
import type { Finding } from '../../core/assessment.ts';
import { stages } from '../../core/stage.ts';
import type { Stage } from '../../core/stage.ts';
import { inOrderOfProof } from '../answers.ts';
import { anchorOf } from '../html/context.ts';
import type { Page } from '../html/context.ts';
import { html } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { groups, pageSize } from '../html/proof.ts';
import { textOf } from '../html/raw-line.ts';

/** Findings that go on paper. */
const printLimit = 1000;

interface Properties {
  readonly page: Page;
  /** On its way to paper: what matches stands there, not a page of it. */
  readonly printing: boolean;
  /** Told once: whom to ask to open a finding. */
  readonly made: (list: FindingList) => void;
}

interface State {
  readonly words: string;
  readonly who: string;
  readonly stage: Stage | '';
  readonly first: number;
  /** Anchor of the finding to go to. */
  readonly goTo: string | null;
}

export class FindingList extends Component<Properties, State> {
  override state: State = { words: '', who: '', stage: '', first: 0, goTo: null };
  readonly #sorted: readonly Finding[] = inOrderOfProof(this.props.page.assessment.findings);
  /** What is searched of a finding, made when somebody searches. */
  readonly #texts = new WeakMap<Finding, string>();
  #found: { readonly key: string; readonly list: readonly Finding[] } = { key: '', list: this.#sorted };

  /** Opens the page on which a finding stands. False: no finding of that name. */
  open(anchor: string): boolean {
    const index = this.#sorted.findIndex(({ id }) => anchorOf(id) === anchor);
    if (index < 0) return false;
    this.setState({ words: '', who: '', stage: '', first: index - (index % pageSize), goTo: anchor });
    return true;
  }

  override componentDidMount(): void {
    this.props.made(this);
  }

  override componentDidUpdate(): void {
    const { goTo } = this.state;
    const target = goTo === null ? null : document.getElementById(goTo);
    if (target === null) return;
    for (let at: Element | null = target; at !== null; at = at.parentElement)
      if (at instanceof HTMLDetailsElement) at.open = true;
    target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
    target.scrollIntoView();
    this.setState({ goTo: null });
  }

  override render({ page, printing }: Properties, { first }: State): Markup {
    const { say } = page;
    const matching = this.#matching();
    if (this.#sorted.length === 0) return html``;
    const shown = printing ? matching.slice(0, printLimit) : matching.slice(first, first + pageSize);
    const turn = (to: number): void => {
      this.setState({ first: to });
      document.getElementById('findings')?.scrollIntoView();
    };
    return html`${this.#filters()}
      <p class="now" role="status">
        ${
          printing && matching.length > printLimit
            ? say.printedUpTo(printLimit, matching.length)
            : say.findingsShown(first + 1, first + shown.length, matching.length, this.#sorted.length)
        }
      </p>
      ${groups(page, shown)}${
        matching.length <= pageSize || printing
          ? null
          : html`<nav class="turn" aria-label="${say.pages}">
              <button type="button" disabled="${first === 0}" onClick="${() => turn(Math.max(0, first - pageSize))}">
                ${say.pageBefore}
              </button>
              <button type="button" disabled="${first + pageSize >= matching.length}" onClick="${() => turn(first + pageSize)}">
                ${say.pageAfter}
              </button>
            </nav>`
      }`;
  }

  #filters(): Markup {
    const { say, names } = this.props.page;
    const there = new Set(this.#sorted.map(({ stage }) => stage));
    const { words, who, stage } = this.state;
    const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;
    const option = (value: string, label: string, now: string): Markup =>
      html`<option value="${value}" selected="${value === now}">${label}</option>`;
    return html`<div class="tools" role="search">
      <p>
        <label
          >${say.findingsSearch}
          <input
            type="search"
            value="${words}"
            placeholder="${say.findingsHint}"
            onInput="${(event: Event) => this.setState({ words: (event.target as HTMLInputElement).value, first: 0 })}"
        /></label>
        <label
          >${say.findingsStage}
          <select
            onChange="${(event: Event) => this.setState({ stage: stages.find((one) => one === chosen(event)) ?? '', first: 0 })}"
          >
            ${option('', say.all, stage)}${stages
              .filter((one) => there.has(one))
              .toReversed()
              .map((one) => option(one, say.stage(one), stage))}
          </select></label
        >
        <label
          >${say.findingsWho}
          <select onChange="${(event: Event) => this.setState({ who: chosen(event), first: 0 })}">
            ${option('', say.all, who)}${[...names.values()].map((name) => option(name, name, who))}${option('-', say.nobody, who)}
          </select></label
        >
      </p>
    </div>`;
  }

  #matching(): readonly Finding[] {
    const { words, who, stage } = this.state;
    const key = JSON.stringify([words, who, stage]);
    if (this.#found.key === key) return this.#found.list;
    const { page } = this.props;
    const wanted = words
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const list = this.#sorted.filter(
      (finding) =>
        (stage === '' || finding.stage === stage) &&
        (who === '' || (page.who.get(finding.id) ?? '-') === who) &&
        wanted.every((word) => this.#textOf(finding).includes(word)),
    );
    this.#found = { key, list };
    return list;
  }

  #textOf(finding: Finding): string {
    const known = this.#texts.get(finding);
    if (known !== undefined) return known;
    const { page } = this.props;
    const text = [
      finding.title,
      finding.rule,
      finding.host ?? '',
      page.who.get(finding.id) ?? '',
      ...finding.cves,
      ...finding.techniques,
      ...finding.observables.map(({ value }) => value),
      ...finding.evidence.flatMap((evidence) => [evidence.artifact, textOf(evidence).text]),
    ]
      .join('\n')
      .toLowerCase();
    this.#texts.set(finding, text);
    return text;
  }
}
