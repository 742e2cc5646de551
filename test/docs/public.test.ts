/** The library as another program sees it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  assess,
  assessmentJson,
  findingsNdjson,
  observablesNdjson,
  renderHtml,
  renderTerminal,
  timelineCsv,
  UserError,
} from '../../src/public/index.ts';
import type * as source from '../../src/public/index.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-public-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const log = path.join(folder, 'u_ex210303.log');
fs.writeFileSync(
  log,
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n' +
    '2021-03-03 08:09:40 10.20.0.11 GET /aspnet_client/x.aspx - 443 - 203.0.113.24 curl/7.64.1 - 200 0 0 62\r\n',
);

test('assesses, renders and exports', async () => {
  const progress: number[] = [];
  const { assessment, observables, observablesLeft } = await assess([log], {
    jobs: 1,
    organisation: 'Example',
    onProgress: (done) => progress.push(done),
  });
  expect(assessment.schema).toBe('afterpatch.assessment/1');
  expect(assessment.organisation.name).toBe('Example');
  expect(assessment.findings.map(({ rule }) => rule)).toEqual(['web-shell/page-answered']);
  expect(progress.at(-1)).toBe(fs.statSync(log).size);
  expect(JSON.parse(assessmentJson(assessment))).toMatchObject({ schema: 'afterpatch.assessment/1' });
  expect(findingsNdjson(assessment).trim().split('\n')).toHaveLength(1);
  expect(observablesNdjson(observables, observablesLeft)).toContain('203.0.113.24');
  expect(timelineCsv(assessment)).toContain('2021-03-03T08:09:40.000Z');
  const nowMs = Date.UTC(2021, 2, 4);
  expect(renderHtml(assessment, { nowMs, timeZone: 'UTC', lang: 'en', audience: 'own' })).toMatch(/^<!doctype html>/i);
  expect(
    renderTerminal(assessment, {
      nowMs,
      timeZone: 'UTC',
      lang: 'en',
      width: 80,
      color: false,
      caseFolder: 'case',
      reportPath: 'case/report.html',
    }),
  ).toContain('Example');
});

test('runs rules of others from a folder', async () => {
  const rules = path.join(folder, 'rules');
  fs.mkdirSync(rules, { recursive: true });
  const rule = (title: string, selection: string): string =>
    `title: ${title}\nlogsource: { category: webserver }\ndetection:\n  sel: { ${selection} }\n  condition: sel\n`;
  fs.writeFileSync(path.join(rules, 'curl.yml'), rule('Curl', 'cs-user-agent|startswith: curl'));
  fs.writeFileSync(path.join(rules, 'ours.yml'), rule('Ours', "c-ip|expand: '%known%'"));
  const options = { jobs: 1, rules: [rules], placeholders: { known: ['203.0.113.*'] } };
  const [plain, judgement] = [await assess([log], { jobs: 1 }), await assess([log], options)];
  expect(judgement.assessment.findings.map(({ rule: id }) => id).sort()).toEqual([
    'other/curl',
    'other/ours',
    'web-shell/page-answered',
  ]);
  expect(judgement.applied).toEqual([{ artifact: 'u_ex210303.log', records: 1, rules: 2, hits: 2 }]);
  expect(plain.applied).toEqual([]);
  expect(judgement.assessment.verdict).toEqual(plain.assessment.verdict);
  expect((await assess([log], { jobs: 1, rules: [rules] })).unrun).toMatchObject([
    { file: 'ours.yml', line: 4, code: 'rule.placeholder' },
  ]);
  await expect(assess([log], { rules: [folder + '-none'] })).rejects.toMatchObject({ code: 'path.missing' });
});

// Workers load the compiled program: Node 20 cannot run TypeScript.
const built = new URL('../../dist/public/index.js', import.meta.url);

test.skipIf(!fs.existsSync(built))(
  'gives the same for one thread and for three, and names the organisation after the path',
  async () => {
    const library = (await import(built.href)) as typeof source;
    const one = await library.assess([folder], { jobs: 1 });
    const three = await library.assess([folder], { jobs: 3 });
    expect(library.assessmentJson(three.assessment)).toBe(library.assessmentJson(one.assessment));
    expect(one.assessment.organisation.name).toBe(path.basename(folder));
  },
);

test('says what is wrong with what it was given', async () => {
  await expect(assess([])).rejects.toThrow(UserError);
  await expect(assess([path.join(folder, 'nothing-there')])).rejects.toMatchObject({ code: 'path.missing' });
  await expect(assess([folder], { jobs: 0 })).rejects.toMatchObject({ code: 'usage.jobs' });
  const reason = new Error('enough');
  await expect(assess([folder], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
