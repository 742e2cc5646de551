/** What a reader does with the report in a real Chromium: moves through time, searches, follows links; also of ten thousand findings. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { sha256Hex } from '../../src/core/hash.ts';
import { finding, fixtureNowMs, implanted, proofLine } from '../../src/report/assessments.fixture.ts';
import { renderHtml } from '../../src/report/index.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) console.warn(`browser tests skipped: no Chromium at ${executablePath} (set CHROMIUM to its path)`);

const render = (assessment: Assessment): string =>
  renderHtml(assessment, { nowMs: fixtureNowMs, timeZone: 'UTC', lang: 'en', audience: 'own' });

const count = 10_000;
/** One finding a minute; every tenth is an attempt. */
const many = Array.from({ length: count }, (_, index) => {
  const timeUtc = new Date(Date.UTC(2021, 2, 1) + index * 60_000).toISOString();
  return finding({
    title: index % 10 === 0 ? 'A page was asked for that is not there' : `Finding ${index}`,
    stage: index % 10 === 0 ? 'attempted' : 'probed',
    timeUtc,
    evidence: [
      proofLine('MAIL01/u_ex.log', `2021-03-03 GET /owa/auth/x${index}.js needle${index} ${'a'.repeat(300)}`, [`x${index}.js`], {
        line: index + 1,
        offsetBytes: index * 600,
        timeUtc,
      }),
    ],
  });
});
const large: Assessment = { ...implanted, findings: [...implanted.findings, ...many] };
const anchorOf = (id: string): string => `f-${sha256Hex(id).slice(0, 12)}`;

describe.skipIf(!present)('the working report in Chromium', { timeout: 120_000 }, () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  let complaints: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'afterpatch-working-'));
    browser = await chromium.launch({
      executablePath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-sync',
      ],
    });
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(html: string, hash = '', on = page): Promise<void> {
    const file = join(folder, 'report.html');
    writeFileSync(file, html);
    complaints = [];
    await on.goto('about:blank');
    await on.goto(pathToFileURL(file).href + hash);
  }

  const window = (): Promise<string> => page.locator('.tools .now').first().innerText();
  const titles = (): Promise<string[]> => page.locator('#findings h4').allInnerTexts();

  describe('time', () => {
    it('is zoomed and moved by buttons, and shown whole again', async () => {
      await open(render(implanted));
      const whole = await window();
      expect(whole).toContain(`${implanted.findings.length} findings`);
      await page.getByRole('button', { name: 'When they were here' }).click();
      const there = await window();
      expect(there).not.toBe(whole);
      await page.getByRole('button', { name: 'Zoom in' }).click();
      const closer = await window();
      expect(closer).not.toBe(there);
      await page.getByRole('button', { name: 'Move later' }).click();
      expect(await window()).not.toBe(closer);
      await page.getByRole('button', { name: 'All of it' }).click();
      expect(await window()).toBe(whole);
      expect(complaints).toEqual([]);
    });

    it('is moved by keys, and the picture has the focus for them', async () => {
      await open(render(implanted));
      const stage = page.getByRole('group', { name: /^Timeline/ });
      const whole = await window();
      await stage.focus();
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      const closer = await window();
      expect(closer).not.toBe(whole);
      await page.keyboard.press('ArrowLeft');
      const earlier = await window();
      expect(earlier).not.toBe(closer);
      await page.keyboard.press('ArrowRight');
      expect(await window()).toBe(closer);
      await page.keyboard.press('-');
      await page.keyboard.press('0');
      expect(await window()).toBe(whole);
      await page.keyboard.press('n');
      const first = await page.locator('.pick b').innerText();
      await page.keyboard.press('n');
      expect(await page.locator('.pick b').innerText()).not.toBe(first);
      await page.keyboard.press('p');
      expect(await page.locator('.pick b').innerText()).toBe(first);
      expect(await page.locator('.pic.wide .cur').count()).toBe(1);
    });

    it('is dragged, and an event in it is picked', async () => {
      await open(render(implanted));
      await page.getByRole('button', { name: 'Zoom in' }).click();
      const before = await window();
      const box = (await page.locator('.stage').boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + 200, box.y + 60, { steps: 4 });
      await page.mouse.up();
      expect(await window()).not.toBe(before);
      await page.getByRole('button', { name: 'All of it' }).click();
      await page.mouse.click(box.x + box.width - 60, box.y + 80);
      await page.locator('.pick a').click();
      // The address changes first, and the focus follows once what it names is drawn.
      await page.waitForFunction(() => location.hash.length > 1 && document.activeElement?.id === location.hash.slice(1));
    });

    it('shows only whom and what is wanted', async () => {
      await open(render(implanted));
      const marks = (): Promise<number> => page.locator('.pic.wide .them').count();
      const rows = (): Promise<number> => page.locator('.story tbody tr:not(.day)').count();
      const [allMarks, allRows] = [await marks(), await rows()];
      await page.getByRole('checkbox', { name: 'Intruder A' }).uncheck();
      expect(await marks()).toBeLessThan(allMarks);
      expect(await rows()).toBeLessThan(allRows);
      await page.getByRole('checkbox', { name: 'Intruder A' }).check();
      expect([await marks(), await rows()]).toEqual([allMarks, allRows]);
      await page.getByLabel('From step').selectOption('implanted');
      const graver = implanted.findings.filter(({ stage }) => stage === 'implanted').length;
      expect(await window()).toContain(`${graver} finding`);
    });
  });

  describe('the proof', () => {
    it('is searched in what the lines say, and narrowed', async () => {
      await open(render(implanted));
      await page.getByRole('searchbox').fill('ExternalUrl jscript');
      expect(await titles()).toEqual([
        'A script was put into the offline address book’s web address, and the server accepted it',
      ]);
      await page.getByRole('searchbox').fill('nothing says this');
      expect(await page.locator('#findings .now').innerText()).toBe(`None of ${implanted.findings.length} findings matches.`);
      await page.getByRole('searchbox').fill('');
      await page.locator('[role=search] select').nth(0).selectOption('implanted');
      expect((await titles()).length).toBe(implanted.findings.filter(({ stage }) => stage === 'implanted').length);
      await page.locator('[role=search] select').nth(1).selectOption('Visitor 1');
      expect(await titles()).toEqual([]);
    });

    it('makes the bytes of a line when they are unfolded, and says whether they are the exact ones', async () => {
      await open(render(implanted));
      expect(await page.locator('pre.b64').count()).toBe(0);
      const planted = page.locator('article.finding', { hasText: 'A script was put into' });
      await planted.locator('summary', { hasText: 'exact bytes' }).click();
      await page.getByText('Secrets in it are masked here').waitFor();
      const written = page.locator('article.finding', { hasText: 'The page was written to the web folder' });
      await written.locator('summary', { hasText: 'exact bytes' }).click();
      await page.getByText('The line as it was logged, base64.').waitFor();
      expect(await page.locator('pre.b64').count()).toBe(2);
    });
  });

  describe('ten thousand findings', () => {
    let html: string;
    beforeAll(() => {
      html = render(large);
    });

    it('hold a page of a hundred at a time, and few elements', async () => {
      expect(html.length).toBeLessThan(40_000_000);
      await open(html);
      const elements = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
      const articles = (): Promise<number> => page.locator('article.finding').count();
      expect(await articles()).toBe(100);
      expect(await page.locator('#findings .now').innerText()).toBe('1 to 100 of 10,008 findings.');
      // Nothing grows with the number of findings: not the picture, not the list, not what was read.
      expect(await elements()).toBeLessThan(8_000);
      await page.getByRole('button', { name: 'Next ones' }).click();
      expect(await page.locator('#findings .now').innerText()).toBe('101 to 200 of 10,008 findings.');
      expect(await articles()).toBe(100);
      await page.getByRole('button', { name: 'Zoom in' }).click();
      expect(await elements()).toBeLessThan(8_000);
      expect(complaints).toEqual([]);
    });

    it('are searched all, and a link leads to any of them', async () => {
      await open(html, `#${anchorOf(many.at(-1)!.id)}`);
      const last = page.locator(`#${anchorOf(many.at(-1)!.id)}`);
      await last.waitFor();
      expect(await last.innerText()).toContain('Finding 9999');
      expect(await page.locator('article.finding').count()).toBeLessThanOrEqual(100);
      await page.getByRole('searchbox').fill('needle4321');
      expect(await titles()).toEqual(['Finding 4321']);
      await page.getByRole('searchbox').fill('not there');
      expect(await page.locator('#findings .now').innerText()).toBe('1 to 100 of 1,000 findings, of 10,008.');
    });

    it('stand all in the page without JavaScript', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const still = await context.newPage();
      await open(html, '', still);
      const found = await still.evaluate(() => (document.body.textContent ?? '').split('needle').length - 1);
      expect(found).toBeGreaterThanOrEqual(count);
      expect(await still.locator('article.finding').count()).toBe(count + implanted.findings.length);
      await context.close();
    });

    it('go on paper up to a thousand, which is said', async () => {
      await open(html);
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      expect(await page.locator('article.finding').count()).toBe(1000);
      expect(await page.locator('#findings .now').innerText()).toContain('On paper stand the first 1,000 of 10,008 findings');
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      expect(await page.locator('article.finding').count()).toBe(100);
    });
  });
});
