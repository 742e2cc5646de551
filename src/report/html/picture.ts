/**
 * The picture of what happened and what could be seen: waves of attacks, when the server was open, who was there, and each
 * server's logs as bars with holes. Drawn twice, for wide and for narrow screens; the style sheet shows one of them.
 */
import type { Intrusion, SourceCoverage } from '../../core/assessment.ts';
import { campaignName, people } from '../answers.ts';
import { msOf, sayDay, sayShortDay, sayShortTime } from '../clock.ts';
import { closerDomain, domainOf, ticksOf } from './axis.ts';
import type { Domain } from './axis.ts';
import type { Page } from './context.ts';
import { html, svg } from './markup.ts';
import type { Markup } from './markup.ts';

const rowLimit = 36;
const peopleLimit = 8;

interface Layout {
  readonly width: number;
  /** Left edge of the plot; labels stand left of it, or above each row when it is 0. */
  readonly left: number;
  readonly tickLimit: number;
  readonly className: string;
}

const layouts: readonly Layout[] = [
  { width: 912, left: 168, tickLimit: 9, className: 'pic wide' },
  { width: 350, left: 0, tickLimit: 4, className: 'pic narrow' },
];

/** A canvas that grows downwards. */
class Canvas {
  readonly layout: Layout;
  readonly domain: Domain;
  y = 0;
  readonly shapes: Markup[] = [];

  constructor(layout: Layout, domain: Domain) {
    this.layout = layout;
    this.domain = domain;
  }

  get right(): number {
    return this.layout.width - 2;
  }

  x(ms: number): number {
    const { fromMs, toMs } = this.domain;
    const share = (Math.min(Math.max(ms, fromMs), toMs) - fromMs) / (toMs - fromMs);
    return round(this.layout.left + share * (this.right - this.layout.left));
  }

  add(...shapes: readonly Markup[]): void {
    this.shapes.push(...shapes);
  }

  text(x: number, y: number, text: string, className = '', anchor: 'start' | 'middle' | 'end' = 'start'): void {
    this.add(svg`<text x="${round(x)}" y="${round(y)}" class="${className}" text-anchor="${anchor}">${text}</text>`);
  }

  /** A text beside a place: on the right of it where there is room, else on the left where there is. */
  beside(x: number, y: number, text: string, className: string, gap = 6): void {
    const width = widthOf(text);
    if (x + gap + width <= this.right) this.text(x + gap, y, text, className);
    else if (x - gap - width >= this.layout.left) this.text(x - gap, y, text, className, 'end');
    // Across the place, where neither side has room.
    else this.text(Math.max(this.layout.left, this.right - width), y, text, className);
  }

  /** A word at the beginning of a hatched row, on paper of its own. */
  onHatching(top: number, text: string, className = ''): void {
    const { left } = this.layout;
    this.add(
      svg`<rect class="sheet" x="${left - 1}" y="${top - 1}" width="${round(widthOf(text) * (className === 's' ? 1.12 : 0.97) + 8)}" height="15"/>`,
    );
    this.text(left + 2, top + 11, text, className);
  }

  /** Begins a row of this height; returns the y of its top. On narrow screens the label takes a line of its own. */
  row(label: string, height: number, className = ''): number {
    if (this.layout.left === 0) {
      this.text(0, this.y + 12, clipped(label, this.right), className);
      this.y += 17;
    } else {
      this.text(0, this.y + height / 2 + 4.5, clipped(label, this.layout.left - 12), className);
    }
    const top = this.y;
    this.y += height + (this.layout.left === 0 ? 7 : 8);
    return top;
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;
/** Widths are not known here; this is on the safe side for the fonts of the style sheet. */
const widthOf = (text: string): number => text.length * 7;
const clipped = (text: string, room: number): string => {
  const length = Math.max(3, Math.floor(room / 6.9));
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
};

/** The whole time, and closer where people were seen. */
export function picture(page: Page): Markup {
  const { say, assessment, clock } = page;
  const domain = domainOf(assessment);
  if (domain === null) return html`<p>${say.pictureEmpty}</p>`;
  const closer = closerDomain(assessment, domain);
  return html`<figure>
    ${drawings(page, domain, null)}${
      closer === null
        ? null
        : html`<h3>${say.pictureCloser(sayShortTime(clock, closer.fromMs), sayShortTime(clock, closer.toMs))}</h3>
            ${drawings(page, closer, null)}`
    }
    ${caption(page, domain)}
  </figure>`;
}

/** What the marks mean, and what is not drawn. */
export function caption(page: Page, domain: Domain): Markup {
  const { say, clock } = page;
  const { length } = page.assessment.coverage.sources;
  const notes = [
    ...(domain.clippedMs === null ? [] : [say.pictureClipped(sayDay(clock, domain.clippedMs))]),
    ...(length > rowLimit ? [say.pictureMore(length - rowLimit)] : []),
  ];
  return html`<figcaption>${legend(page)}${notes.map((note) => html`<span>${note}</span>`)}</figcaption>`;
}

/**
 * One stretch of time for wide and for narrow screens; the style sheet shows one of them.
 * @param cursorMs where a line across all rows marks one moment
 */
export function drawings(page: Page, domain: Domain, cursorMs: number | null): Markup[] {
  const { say, assessment, clock } = page;
  const sources = sortedSources(page);
  const holes = sources.reduce((sum, source) => sum + (source.state === 'missing' ? 1 : source.gaps.length), 0);
  const label = say.pictureLabel(
    sayDay(clock, domain.fromMs),
    sayDay(clock, domain.toMs),
    sources.filter((source) => source.state !== 'does_not_exist').length,
    holes,
    assessment.intrusions.length,
  );
  return layouts.map((layout) => draw(page, layout, domain, sources.slice(0, rowLimit), label, cursorMs));
}

/** The moment under a place of the drawing, as a share of its width; null where labels stand. */
export function momentAt(share: number, narrow: boolean, domain: Domain): number | null {
  const { width, left } = layouts[narrow ? 1 : 0]!;
  const x = share * width;
  if (x < left) return null;
  return domain.fromMs + (Math.min(x - left, width - 2 - left) / (width - 2 - left)) * (domain.toMs - domain.fromMs);
}

/** By server, those of entered ones first; in each by name. */
function sortedSources(page: Page): SourceCoverage[] {
  const order = page.assessment.organisation.hosts;
  const place = (source: SourceCoverage): number =>
    source.host === null ? order.length + 1 : (order.indexOf(source.host) + order.length + 1) % (order.length + 1);
  return page.assessment.coverage.sources.toSorted(
    (a, b) => place(a) - place(b) || (page.say.source(a.kind) < page.say.source(b.kind) ? -1 : 1),
  );
}

function draw(
  page: Page,
  layout: Layout,
  domain: Domain,
  sources: readonly SourceCoverage[],
  label: string,
  cursorMs: number | null,
): Markup {
  const canvas = new Canvas(layout, domain);
  const ticks = ticksOf(page.clock, domain, layout.tickLimit);
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (const tick of ticks) {
    const x = canvas.x(tick.ms);
    const half = widthOf(tick.label) / 2;
    const middle = Math.min(Math.max(x, layout.left + half), canvas.right - half);
    if (middle - half < lastEnd + 4) continue;
    lastEnd = middle + half;
    canvas.text(middle, 12, tick.label, '', 'middle');
  }
  canvas.y = 24;
  const under = drawWaves(page, canvas);
  const patches = drawPatches(page, canvas);
  const fixes = drawExposure(page, canvas);
  drawPeople(page, canvas);
  drawSources(page, canvas, sources);
  const bottom = canvas.y;
  const lines = ticks.map((tick) => svg`<path class="g" d="M${canvas.x(tick.ms)} 18V${bottom}"/>`);
  const patchLines = patches.map((patch) => svg`<path class="patch" d="M${patch.x} ${patch.y}V${bottom}"/>`);
  const fixLines = fixes.map((fix) => svg`<path class="fix" d="M${fix.x} ${fix.y}V${bottom}"/>`);
  return html`<svg
    class="${layout.className}"
    viewBox="0 0 ${layout.width} ${round(bottom + 2)}"
    role="img"
    aria-label="${label}"
  >
    ${under(bottom)}${lines}${patchLines}${fixLines}${canvas.shapes}${
      cursorMs === null || cursorMs < domain.fromMs || cursorMs > domain.toMs
        ? null
        : svg`<path class="cur" d="M${canvas.x(cursorMs)} 16V${bottom}"/>`
    }
  </svg>`;
}

/** Waves as named bands under the axis; returns what draws their edges down the picture once its height is known. */
function drawWaves(page: Page, canvas: Canvas): (bottom: number) => Markup[] {
  const waves = page.assessment.verdict.waves
    .map((wave) => ({ name: wave.name === '' ? wave.wave : wave.name, fromMs: msOf(wave.fromUtc), toMs: msOf(wave.toUtc) }))
    .filter(
      (wave) =>
        wave.fromMs !== null && wave.toMs !== null && wave.fromMs < canvas.domain.toMs && wave.toMs > canvas.domain.fromMs,
    )
    .toSorted((a, b) => a.fromMs! - b.fromMs!)
    .slice(0, 8);
  if (waves.length === 0) return () => [];
  const top = canvas.y;
  // A name goes on the first line where it does not run into the one before it.
  const ends: number[] = [];
  const edges = waves.map((wave) => {
    const from = canvas.x(wave.fromMs!);
    const to = canvas.x(wave.toMs!);
    const name = clipped(wave.name, canvas.right - canvas.layout.left - 8);
    // Within its band where it fits, else behind it, else before it: never across its edge, where there is room anywhere.
    const width = widthOf(name);
    const inside = width + 10 <= to - from || (from + 5 + width > canvas.right && from - 6 - width < canvas.layout.left);
    const beside = to + 6 + width <= canvas.right ? to + 6 : from - 6 - width;
    const at = Math.max(canvas.layout.left + 4, inside ? Math.min(from + 5, canvas.right - width) : beside);
    const found = ends.findIndex((end) => end <= Math.min(at, from) + 1);
    const line = found < 0 ? ends.length : found;
    ends[line] = Math.max(at + width + 8, to);
    canvas.add(
      svg`<rect class="wave" x="${from}" y="${top + line * 20}" width="${round(Math.max(2, to - from - 1.5))}" height="18"/>`,
    );
    canvas.text(at, top + 13 + line * 20, name);
    return from;
  });
  canvas.y += 10 + ends.length * 20;
  return (bottom) =>
    edges.filter((x) => x > canvas.layout.left + 1).map((x) => svg`<path class="wl" d="M${x} ${top}V${round(bottom)}"/>`);
}

interface Fix {
  readonly x: number;
  readonly y: number;
}

/** The day of each patch, as a dashed line down to the logs with its words at its top. */
function drawPatches(page: Page, canvas: Canvas): Fix[] {
  const { say, clock, assessment } = page;
  const days = assessment.campaigns
    .map((campaign) => ({ id: campaign.id, ms: msOf(campaign.patchedUtc) }))
    .filter(
      (one): one is { id: string; ms: number } => one.ms !== null && one.ms > canvas.domain.fromMs && one.ms < canvas.domain.toMs,
    )
    .slice(0, 3);
  return days.map(({ id, ms }) => {
    const top = canvas.layout.left === 0 ? canvas.y : canvas.row(say.patchRow, 13);
    if (canvas.layout.left === 0) canvas.y += 19;
    const x = canvas.x(ms);
    const name = days.length > 1 || canvas.layout.left === 0 ? `${campaignName(assessment, id)} ${say.patchRow}` : null;
    // A day without a time: named as the calendar of UTC names it.
    canvas.beside(x, top + 11, say.patchPublished(name, sayShortDay({ ...clock, wallMs: (at) => at }, ms)), 'fixt halo');
    return { x, y: top };
  });
}

/** Per server, the time in which it was open; the fixed build as a line down to the logs. */
function drawExposure(page: Page, canvas: Canvas): Fix[] {
  const { say, clock } = page;
  const fixes: Fix[] = [];
  const several = page.assessment.exposure.length > 1;
  for (const exposure of page.assessment.exposure.slice(0, 6)) {
    // A hole that was closed in every record is no time in which the server was open.
    const shown = exposure.campaigns.filter(({ state, open }) => state !== 'fixed' || open.length > 0);
    for (const { campaign, state, fixedSinceUtc } of shown.slice(0, 3)) {
      const fixed = msOf(fixedSinceUtc);
      if (state === 'fixed' && (fixed === null || fixed <= canvas.domain.fromMs)) continue;
      const top = canvas.row(several || canvas.layout.left > 0 ? (exposure.host ?? say.anyServer) : (exposure.host ?? ''), 17);
      const to = fixed !== null ? canvas.x(fixed) : canvas.right;
      const before = exposure.builds.filter((build) => fixed === null || (msOf(build.firstUtc) ?? fixed) < fixed);
      // Before the first record that names a build, nobody can tell which one ran.
      const known = state === 'unknown' ? to : canvas.x(msOf(before[0]?.firstUtc ?? null) ?? canvas.domain.fromMs);
      const from = canvas.x(canvas.domain.fromMs);
      if (known - from > 2)
        canvas.add(svg`<rect class="hole" x="${from}" y="${top}" width="${round(known - from)}" height="17" fill="url(#hole)"/>`);
      if (to - known > 1 || known - from <= 2)
        canvas.add(svg`<rect class="open" x="${known}" y="${top}" width="${round(Math.max(2, to - known))}" height="17"/>`);
      const called = campaignName(page.assessment, campaign);
      const build = before.at(-1)?.build ?? null;
      const names = state === 'unknown' ? [say.mayBeOpenTo(called)] : [say.openTo(called, build), say.openTo(called, null)];
      // In the open part where its name fits into that, else in the part before it.
      // Words of the fix that stand left of its line take of that room.
      const words = fixed === null ? '' : say.fixedFrom(sayShortDay(clock, fixed));
      const taken = words !== '' && to + 6 + widthOf(words) > canvas.right ? widthOf(words) + 12 : 0;
      const place = names.map((name) => ({
        x: state === 'unknown' ? from : known,
        room: (state === 'unknown' ? to - from : to - known) - taken,
        className: state === 'unknown' ? 'halo' : '',
        name,
      }));
      place.push({
        x: from,
        room: known - from - Math.max(0, taken - (to - known)),
        className: 'halo',
        name: say.mayBeOpenTo(called),
      });
      const fits = place.find(({ name, room }) => widthOf(name) + 12 <= room);
      if (fits !== undefined) canvas.text(fits.x + 7, top + 13, fits.name, fits.className);
      if (fixed !== null && fixed < canvas.domain.toMs) {
        const x = canvas.x(fixed);
        fixes.push({ x, y: top });
        canvas.beside(x, top + 13, words, 'fixt halo');
      }
    }
  }
  return fixes;
}

function drawPeople(page: Page, canvas: Canvas): void {
  const { say } = page;
  const all = people(page.assessment);
  const intruders = all.filter((one) => one.role === 'intruder');
  const visitors = all.filter((one) => one.role === 'visitor');
  for (const one of intruders.slice(0, peopleLimit)) drawPerson(page, canvas, one, page.names.get(one) ?? '');
  // Visitors share one row: who they were stands below, here only that they came.
  if (visitors.length > 0) {
    const top = canvas.row(say.visitorsRow(visitors.length), 16);
    for (const x of placesOf(page, canvas, visitors)) canvas.add(svg`<circle class="vis" cx="${x}" cy="${top + 8}" r="4.5"/>`);
  }
}

/** Where the findings of these intrusions stand, at least a pixel apart. */
function placesOf(page: Page, canvas: Canvas, list: readonly Intrusion[]): number[] {
  const times = list.flatMap((one) => [
    one.firstUtc,
    one.lastUtc,
    ...one.findings.map((id) => page.findings.get(id)?.timeUtc ?? null),
  ]);
  const places = times
    .map(msOf)
    .filter((ms) => ms !== null && ms >= canvas.domain.fromMs && ms <= canvas.domain.toMs)
    .map((ms) => Math.round(canvas.x(ms!)));
  return [...new Set(places)].toSorted((a, b) => a - b);
}

function drawPerson(page: Page, canvas: Canvas, one: Intrusion, name: string): void {
  const top = canvas.row(name, 16, 's');
  const places = placesOf(page, canvas, [one]);
  const { fromMs, toMs } = canvas.domain;
  // Between their first and last mark they were about, also where the picture shows neither.
  const first = msOf(one.firstUtc) ?? Number.POSITIVE_INFINITY;
  const last = msOf(one.lastUtc) ?? Number.NEGATIVE_INFINITY;
  const from = first < fromMs && last > fromMs ? canvas.x(fromMs) : places[0];
  const to = last > toMs && first < toMs ? canvas.x(toMs) : places.at(-1);
  if (from === undefined || to === undefined) return;
  if (to - from > 12) canvas.add(svg`<path class="themline" d="M${from} ${top + 8}H${to}"/>`);
  for (const x of places) canvas.add(svg`<rect class="them" x="${round(x - 4.5)}" y="${top + 3}" width="9" height="10" rx="1"/>`);
  const word = page.say.stage(one.stage).toLowerCase();
  // Never over the line of their own: right of the last mark, else left of the first.
  if (to + 10 + widthOf(word) <= canvas.right) canvas.text(to + 10, top + 12.5, word, 'halo');
  else if (from - 10 - widthOf(word) >= canvas.layout.left) canvas.text(from - 10, top + 12.5, word, 'halo', 'end');
}

function drawSources(page: Page, canvas: Canvas, sources: readonly SourceCoverage[]): void {
  const { say, clock } = page;
  const hosts = new Set(sources.map((source) => source.host));
  let host: string | null | undefined;
  canvas.y += 6;
  for (const source of sources) {
    if (hosts.size > 1 && source.host !== host) {
      canvas.y += 5;
      canvas.text(0, canvas.y + 11, source.host ?? say.anyServer, 's');
      canvas.y += 18;
    }
    host = source.host;
    const top = canvas.row(say.source(source.kind), 13);
    const bar = (fromMs: number, toMs: number, shape: (x: number, width: number) => Markup): void => {
      const x = canvas.x(fromMs);
      canvas.add(shape(x, round(Math.max(1.5, canvas.x(toMs) - x))));
    };
    const hole = (x: number, width: number): Markup =>
      svg`<rect class="hole" x="${x}" y="${top + 0.5}" width="${width}" height="12" fill="url(#hole)"/>`;
    const { fromMs, toMs } = canvas.domain;
    if (source.state === 'does_not_exist') {
      canvas.text(canvas.layout.left + 6, top + 11, say.doesNotExist);
      continue;
    }
    if (source.state === 'missing') {
      bar(fromMs, toMs, hole);
      canvas.onHatching(top, say.missingLog, 's');
      continue;
    }
    if (source.state === 'not_recording') {
      bar(fromMs, toMs, (x, width) => svg`<rect class="nr" x="${x}" y="${top + 1}" width="${width}" height="11"/>`);
      canvas.text(canvas.layout.left + 7, top + 11, say.notRecording, 'halo');
      continue;
    }
    const spans = merged(source.spans, (toMs - fromMs) / 600);
    const starts = spans[0]?.fromMs ?? toMs;
    const gaps = merged(source.gaps, (toMs - fromMs) / 600);
    // What no span covers nobody can tell about, whether or not it was counted as a gap.
    if (spans.length > 0) bar(fromMs, starts, (x, width) => (width > 2 ? hole(x, width) : svg``));
    for (const span of spans)
      if (span.toMs >= fromMs && span.fromMs <= toMs)
        bar(span.fromMs, span.toMs, (x, width) => svg`<rect class="bar" x="${x}" y="${top}" width="${width}" height="13"/>`);
    for (const gap of gaps) if (gap.toMs >= fromMs && gap.fromMs <= toMs && gap.fromMs >= starts) bar(gap.fromMs, gap.toMs, hole);
    const last = spans.at(-1)?.toMs ?? toMs;
    if (spans.length > 0 && canvas.x(toMs) - canvas.x(last) > 16) bar(last, toMs, hole);
    const words = say.noneBefore(sayShortDay(clock, starts));
    if (spans.length > 0 && canvas.x(starts) - canvas.layout.left > widthOf(words) + 16) canvas.onHatching(top, words);
  }
}

/** In order, those that are closer than `apart` drawn as one: thousands of hourly spans are a few hundred shapes at most. */
function merged(spans: SourceCoverage['spans'], apart: number): { fromMs: number; toMs: number }[] {
  const times = spans
    .map((span) => ({ fromMs: msOf(span.fromUtc), toMs: msOf(span.toUtc) }))
    .filter(
      (span): span is { fromMs: number; toMs: number } => span.fromMs !== null && span.toMs !== null && span.toMs >= span.fromMs,
    )
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const out: { fromMs: number; toMs: number }[] = [];
  for (const span of times) {
    const last = out.at(-1);
    if (
      last !== undefined &&
      span.fromMs - last.toMs <= apart &&
      (span.toMs - span.fromMs <= apart || span.fromMs - last.toMs <= 1)
    )
      last.toMs = Math.max(last.toMs, span.toMs);
    else out.push({ ...span });
  }
  return out;
}

const key = (shape: Markup, text: string): Markup =>
  html`<span
    ><svg class="pic key" width="26" height="13" viewBox="0 0 26 13" aria-hidden="true" focusable="false">${shape}</svg
    >${text}</span
  >`;

function legend(page: Page): Markup {
  const { say, assessment } = page;
  const intruder = assessment.intrusions.some((one) => one.role === 'intruder');
  const visitor = assessment.intrusions.some((one) => one.role === 'visitor');
  return html`${intruder ? key(svg`<rect class="them" x="8" y="1" width="9" height="10" rx="1"/>`, say.legendThem) : null}${
    visitor ? key(svg`<circle class="vis" cx="13" cy="6.5" r="4.5"/>`, say.legendVisitor) : null
  }${key(svg`<rect class="bar" width="26" height="13"/>`, say.legendHave)}${key(
    svg`<rect class="hole" x=".5" y=".5" width="25" height="12" fill="url(#hole)"/>`,
    say.legendHole,
  )}${assessment.verdict.waves.length > 0 ? key(svg`<rect class="wave" width="26" height="13"/>`, say.legendWave) : null}`;
}
