/** The real report in a real Chromium: what a page of hostile evidence may and may not do. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { assessments, encoded, finding, fixtureNowMs, implanted, proofLine } from '../../src/report/assessments.fixture.ts';
import { renderHtml } from '../../src/report/index.ts';
import { vectors } from './vectors.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) console.warn(`browser tests skipped: no Chromium at ${executablePath} (set CHROMIUM to its path)`);

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Counts what breaks the policy, and whatever of the evidence runs: `run()` is what its code calls. */
const watch = `globalThis.broken = []; globalThis.ran = 0; globalThis.run = () => { globalThis.ran++; };
addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) globalThis[name] = run;`;

const render = (assessment: Assessment, timeZone = 'Europe/Berlin'): string =>
  renderHtml(assessment, {
    nowMs: fixtureNowMs,
    timeZone,
    lang: 'en',
    audience: 'own',
  });

/** Markup, attribute ends, links and a call, as an intruder would write them into a user agent or a path; it names its field. */
const payload = (key: string): string =>
  `<img src=x alt=${key} onerror="document.title='run'"><script>document.title='run'</script><a href="https://203.0.113.9/">x</a>"' onload=run '><svg/onload=run>{{7*7}}`;

/** Keys whose values the schema closes, or that only hold our own hashes. */
const closed = new Set(
  `schema stage confidence answer entered beyond toAuthority seen state role word basis coverage standing sha256 code`.split(' '),
);

/** The payload behind every open string of an assessment but those whose keys are in `spared`. */
function poisoned(value: unknown, key: string, spared: RegExp, poison: (key: string) => string = payload): unknown {
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key, spared, poison));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name, spared, poison)]));
  }
  if (typeof value !== 'string' || closed.has(key) || spared.test(key)) return value;
  if (key === 'rawBase64' || key === 'decisiveBase64') return encoded(atob(value) + poison(key));
  return value + poison(key);
}

const hostileTimes = poisoned(implanted, '', /^$/) as Assessment;
const hostileWords = poisoned(implanted, '', /Utc$|^id$|^findings$/) as Assessment;

/** Everything that Unicode can hide or turn. */
const hidden = '\u202e\u2066\u200f\u061c\u200b\u00ad\ufeff\u0007\u001b[31m\u{e0041}\u3164';
// oxlint-disable-next-line no-control-regex -- the point of the test
const invisible = /[\p{Cf}\p{Zl}\p{Zp}\u3164\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u;

const openAllDetails = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** Rules that a change of colours can break. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong; it is put into every page before the page's own policy counts. */
const violationsOf = (page: Page, rules?: readonly string[]): Promise<string[]> =>
  page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(only === null ? {} : { runOnly: { type: 'rule', values: only } }),
    });
    return violations.map(
      (one) =>
        `${one.id}: ${one.nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 200)}`)
          .join(' | ')}`,
    );
  }, rules ?? null);

describe.skipIf(!present)('the report in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let folder: string;
  let url: string;
  let requests: string[] = [];
  let complaints: string[] = [];

  // One browser and one page for all: only what is loaded changes.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'afterpatch-report-'));
    url = pathToFileURL(join(folder, 'report.html')).href;
    browser = await chromium.launch({
      executablePath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    context = await browser.newContext();
    await context.addInitScript({ content: axeSource });
    await context.addInitScript({ content: watch });
    page = await guarded(context);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page that may load the report and nothing else; every other request is refused and noted. */
  async function guarded(within: BrowserContext): Promise<Page> {
    await within.route('**/*', async (route) => {
      if (route.request().url() === url) return route.continue();
      requests.push(route.request().url());
      return route.abort();
    });
    const made = await within.newPage();
    made.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    made.on('pageerror', (error) => complaints.push(String(error)));
    return made;
  }

  /** Opens a report from disk, wide and light. */
  async function open(html: string, on = page): Promise<void> {
    writeFileSync(join(folder, 'report.html'), html);
    requests = [];
    complaints = [];
    await on.setViewportSize({ width: 1200, height: 900 });
    await on.emulateMedia({ colorScheme: 'light' });
    await on.goto(url);
  }

  it.each([
    ['times and ids too', hostileTimes, ['timeUtc', 'firstUtc', 'lastUtc', 'fromUtc', 'toUtc']],
    ['words only', hostileWords, []],
  ])('shows markup in the evidence as text, asks for nothing and breaks no policy: %s', async (_name, hostile, times) => {
    await open(render(hostile));
    await openAllDetails(page);
    await page.waitForTimeout(200);
    const found = await page.evaluate(() => ({
      elements: [...document.querySelectorAll('img,script,iframe,object,embed,form,base,link,svg svg,style')].map((one) =>
        one.outerHTML.slice(0, 60),
      ),
      links: [...document.querySelectorAll('[href],[src]')]
        .map((one) => one.getAttribute('href') ?? one.getAttribute('src')!)
        .filter((to) => !/^#[a-z0-9-]+$/.test(to)),
      handlers: [...document.querySelectorAll('*')]
        .flatMap((one) => one.getAttributeNames())
        .filter((name) => /^on|^style$/.test(name)),
      shown: [...document.querySelectorAll('body > .page')].map((one) => one.textContent ?? '').join(''),
      title: document.title,
    }));
    expect(found.elements).toEqual([
      expect.stringContaining('<style>'),
      expect.stringContaining('<script id="model" type="text/plain">'),
      expect.stringContaining('<script>'),
    ]);
    expect(found.links).toEqual([]);
    expect(found.handlers).toEqual([]);
    // Every field that carries evidence is still there to be read.
    const fields = new Set([...found.shown.matchAll(/<img src=x alt=(\w+)/g)].map((match) => match[1]!));
    const carriers =
      'name hosts host path why what text where decides kind campaign undo breaks verify byHand does because headline title rule cves techniques proves doesNotProve innocent falsePositives value artifact rawBase64 product build';
    for (const field of [...carriers.split(' '), ...times]) expect(fields, field).toContain(field);
    expect(found.title).not.toBe('run');
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await held()).toEqual({ broken: [], ran: 0 });
    const wide = await sideways();
    expect(wide).toEqual([]);
  });

  /** Breaches of the policy, and what of the evidence ran. */
  const held = (): Promise<{ broken: string[]; ran: number }> =>
    page.evaluate(() => {
      const { broken, ran } = globalThis as unknown as { broken: string[]; ran: number };
      return { broken, ran };
    });

  it('runs none of the ways in which text becomes code, in any field, searched and zoomed', { timeout: 240_000 }, async () => {
    expect(vectors.length).toBeGreaterThanOrEqual(60);
    expect(new Set(vectors).size).toBe(vectors.length);
    const clean = renderHtml(implanted, { nowMs: fixtureNowMs, timeZone: 'UTC', lang: 'en', audience: 'own' });
    await open(clean);
    const elements = (): Promise<Record<string, number>> =>
      page.evaluate(() => {
        const counts: Record<string, number> = {};
        for (const { localName } of document.querySelectorAll('body > .page *, head *'))
          counts[localName] = (counts[localName] ?? 0) + 1;
        return counts;
      });
    const kinds = Object.keys(await elements()).sort();
    const failures: string[] = [];
    for (const vector of vectors) {
      const hostile = poisoned(implanted, '', /Utc$/, () => vector) as Assessment;
      await open(render(hostile));
      await openAllDetails(page);
      await page.getByRole('searchbox').fill(vector.slice(0, 40));
      await page.getByRole('button', { name: 'Next event' }).click();
      const { broken, ran } = await held();
      const attributes = await page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .flatMap((one) => one.getAttributeNames())
          .filter((name) => /^(?:on|style$|src$|srcdoc$|action$|formaction$|xlink)/.test(name)),
      );
      const strange = Object.keys(await elements()).filter((name) => !kinds.includes(name) && name !== 'wbr');
      if (broken.length + ran + attributes.length + strange.length + requests.length + complaints.length > 0)
        failures.push(JSON.stringify({ vector, broken, ran, attributes, strange, requests, complaints }));
    }
    expect(failures).toEqual([]);
  });

  /** What reaches beyond the right edge of a phone. */
  async function sideways(): Promise<string[]> {
    await page.setViewportSize({ width: 360, height: 800 });
    return page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > 361 && one.closest('.skip, .defs, svg') === null)
        .map((one) => `${one.tagName} ${one.className} ${(one.textContent ?? '').slice(0, 40)}`)
        .concat(document.documentElement.scrollWidth > 360 ? ['the page'] : []),
    );
  }

  it.each(Object.entries(assessments))(
    '%s: no request, no complaint, no sideways scroll, accessible in light and dark',
    async (_name, assessment) => {
      await open(render(assessment));
      await openAllDetails(page);
      for (const width of [360, 700, 1200]) {
        await page.setViewportSize({ width, height: 800 });
        const [scroll, client] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect(scroll, `at ${width} px`).toBeLessThanOrEqual(client);
      }
      expect(requests).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await held()).toEqual({ broken: [], ran: 0 });
      expect(await violationsOf(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violationsOf(page, colourRules)).toEqual([]);
    },
  );

  it('shows what is hidden or turns text around', async () => {
    const place = { line: 1, offsetBytes: 0, timeUtc: '2021-03-03T04:00:00.000Z' };
    const turned = finding({
      title: `title ${hidden}`,
      stage: 'implanted',
      timeUtc: place.timeUtc,
      host: `host ${hidden}`,
      observables: [{ kind: 'user_agent', value: `agent ${hidden}`, standing: 'direct' }],
      evidence: [proofLine(`path/${hidden}.log`, `raw ${hidden} line`, [hidden], place)],
    });
    await open(render({ ...implanted, findings: [turned, ...implanted.findings] }));
    await openAllDetails(page);
    const text = await page.evaluate(() => document.documentElement.textContent ?? '');
    expect(
      text.match(/‹U\+202E›‹U\+2066›‹U\+200F›‹U\+061C›‹U\+200B›‹U\+00AD›‹U\+FEFF›‹U\+0007›‹U\+001B›/g)?.length,
    ).toBeGreaterThanOrEqual(5);
    expect(text).toContain('‹U+E0041›‹U+3164›');
    expect(text.replaceAll('\n', '')).not.toMatch(invisible);
  });

  it('copies a raw line as it was logged, but for the secrets in it', async () => {
    await open(render(implanted));
    const lines = await page.evaluate(() =>
      [...document.querySelectorAll('pre.raw')].map((one) => (one as HTMLElement).innerText),
    );
    const script = lines.find((line) => line.includes('OabVirtualDirectory.ExternalUrl'))!;
    // Only the address is defanged.
    expect(script).toContain(`.ExternalUrl='hxxp://f/<script language="JScript" runat="server">function Page_Load(){`);
    expect(script).toContain('Request["‹access word 1›"]');
    expect(script).toContain('msExchEcpCanary=‹token 1›');
  });

  it('can be read without JavaScript', async () => {
    const without = await browser.newContext({ javaScriptEnabled: false });
    const still = await guarded(without);
    await open(render(implanted), still);
    await still.getByText('Cut MAIL01 off, leave it running').first().waitFor();
    expect(await still.locator('article.finding').count()).toBe(implanted.findings.length);
    // What decides is marked without a script, too.
    expect(await still.locator('pre.raw mark').count()).toBeGreaterThan(implanted.findings.length - 1);
    await still.locator('summary').first().click();
    expect(await still.locator('details[open]').count()).toBe(1);
    await without.close();
  });

  it('makes no markup and no code of a string, even for a script of its own', async () => {
    await open(render(implanted));
    const refused = await page.evaluate(() => {
      const failures: string[] = [];
      for (const [name, attempt] of [
        ['innerHTML', () => (document.body.innerHTML = '<b>x</b>')],
        ['insertAdjacentHTML', () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>')],
        ['script text', () => (document.createElement('script').text = 'run()')],
        ['parser', () => new DOMParser().parseFromString('<b>x</b>', 'text/html')],
        [
          'policy',
          () =>
            (globalThis as unknown as { trustedTypes: { createPolicy(n: string, o: object): void } }).trustedTypes.createPolicy(
              'x',
              {},
            ),
        ],
      ] as [string, () => unknown][]) {
        try {
          attempt();
        } catch {
          failures.push(name);
        }
      }
      return failures;
    });
    expect(refused).toEqual(['innerHTML', 'insertAdjacentHTML', 'script text', 'parser', 'policy']);
  });

  it('prints, with what is folded on the screen, but for further lines and files', async () => {
    await open(render(implanted));
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(complaints).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const { folded, tools } = await page.evaluate(() => ({
      folded: [...document.querySelectorAll('details:not(.bytes, .more)')].filter(
        (one) => one.getBoundingClientRect().height < 20,
      ).length,
      tools: [...document.querySelectorAll('button, input, select')].filter((one) => one.getBoundingClientRect().height > 0)
        .length,
    }));
    expect({ folded, tools }).toEqual({ folded: 0, tools: 0 });
    await page.emulateMedia({ media: 'screen' });
  });

  it('tells the four states of the ladder apart by shape and word', async () => {
    const states = ['seen', 'likely', 'ruled_out', 'cannot_tell'] as const;
    const { verdict } = implanted;
    const all = { ...verdict, ladder: verdict.ladder.map((step, index) => ({ ...step, state: states[index % 4]! })) };
    await open(render({ ...implanted, verdict: all }));
    const drawn = await page.evaluate(() =>
      [...document.querySelectorAll('.ladder li')]
        .slice(0, 4)
        .map((step) => [
          step.querySelector('svg')!.innerHTML.replace(/class="[^"]*"/g, ''),
          step.querySelector('.st')!.textContent,
        ]),
    );
    expect(new Set(drawn.map(([shape]) => shape)).size).toBe(4);
    expect(drawn.map(([, word]) => word)).toEqual(['seen', 'likely', 'ruled out where we looked', 'cannot tell']);
  });

  it('has headings in order, one h1, and links that lead somewhere', async () => {
    await open(render(implanted));
    const { levels, dead, ids } = await page.evaluate(() => ({
      levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => Number(one.tagName[1])),
      dead: [...document.querySelectorAll('a[href^="#"]')]
        .map((one) => one.getAttribute('href')!)
        .filter((to) => document.getElementById(to.slice(1)) === null),
      ids: [...document.querySelectorAll('[id]')].map((one) => one.id),
    }));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [index, level] of levels.entries())
      if (index > 0) expect(level - levels[index - 1]!, String(index)).toBeLessThanOrEqual(1);
    expect(dead).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
