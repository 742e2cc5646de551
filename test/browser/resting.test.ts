/** In a real Chromium: every sentence of a real verdict is clicked, with our script and without any. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/index.ts';
import { assessFolder } from '../support/assess-folder.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) console.warn(`browser tests skipped: no Chromium at ${executablePath} (set CHROMIUM to its path)`);
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

/** What a click on links to each place of the page does; empty: all lead to something that can be seen. */
async function clickedAll(selector: string): Promise<{ clicked: number; wrong: string[] }> {
  const all = [...document.querySelectorAll<HTMLAnchorElement>(selector)];
  // Each place once: many sentences lead to the same.
  const links = [...new Map(all.map((link) => [link.getAttribute('href'), link])).values()];
  const wrong: string[] = [];
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  for (const link of links) {
    const text = `${link.textContent.slice(0, 60)} (${link.getAttribute('href')})`;
    link.click();
    await frame();
    await frame();
    const target = document.getElementById(location.hash.slice(1));
    if (`#${location.hash.slice(1)}` !== link.getAttribute('href')) wrong.push(`${text}: went nowhere`);
    else if (target === null) wrong.push(`${text}: leads to nothing`);
    else if (target.parentElement?.closest('details:not([open])') != null) wrong.push(`${text}: stays behind a fold`);
    else if (Math.abs(target.getBoundingClientRect().top) > innerHeight) wrong.push(`${text}: is not in sight`);
  }
  return { clicked: links.length, wrong };
}

describe.skipIf(!present)('what sentences rest on', { timeout: 60_000 }, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'afterpatch-resting-'));
  const file = join(folder, 'report.html');

  beforeAll(async () => {
    if (!existsSync(join(examples, 'used-shell'))) execFileSync(process.execPath, [join(examples, 'generate.mjs')]);
    const assessment = await assessFolder(join(examples, 'used-shell'));
    writeFileSync(file, renderHtml(assessment, { nowMs: Date.UTC(2021, 2, 20), timeZone: 'UTC', lang: 'en', audience: 'own' }));
    browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['with our script', true],
    ['without any script', false],
  ])('is reached by a click, %s', async (_name, scripted) => {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, javaScriptEnabled: scripted });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    if (scripted) {
      const { clicked, wrong } = await page.evaluate(clickedAll, '.said, .by a');
      expect(wrong).toEqual([]);
      expect(clicked).toBeGreaterThan(40);
    } else {
      // No script of ours and none of the test's: the browser alone follows the first sentences.
      for (const link of (await page.locator('h1 .said, .lead .said, .facts .said').all()).slice(0, 8)) {
        await link.click();
        const target = page.locator(`[id="${(await link.getAttribute('href'))!.slice(1)}"]`);
        expect(await target.isVisible()).toBe(true);
        expect(page.url()).toContain((await link.getAttribute('href'))!);
      }
    }
    await context.close();
  });

  it('is a sentence each: what the page says of the verdict has a link', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const bare = await page.evaluate(() =>
      ['h1', '.lead', '.ladder li', '.facts dd', '.lack p:not(.to)', '.reasons li', '.picked', '.person > p:first-of-type']
        .flatMap((selector) => [...document.querySelectorAll(selector)])
        .filter((one) => one.querySelector('a') === null)
        .map(({ textContent }) => textContent),
    );
    expect(bare).toEqual([]);
    await page.close();
  });
});
