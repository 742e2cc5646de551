/** Pages of web folders, from the files to the answer: a static match, its place, a request that was answered. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { backDoors, bytesOf, ordinary } from '../../src/pages/pages.fixture.ts';
import { assessFolder } from '../support/assess-folder.ts';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-web-pages-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const folder = 'C/inetpub/wwwroot/aspnet_client';
const shell = bytesOf(backDoors.find(({ name }) => name === 'jscript-eval.aspx')!);
const page = bytesOf(ordinary.find(({ name }) => name === 'clock.aspx')!);
const log = (status: number): Uint8Array =>
  new TextEncoder().encode(
    `#Software: Microsoft Internet Information Services 10.0\r\n#Date: 2021-03-03 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken\r\n2021-03-03 04:12:11 10.0.0.5 POST /aspnet_client/x.aspx - 443 - 203.0.113.9 curl/7.6 ${status} 0 0 15\r\n`,
  );

async function assessed(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<Assessment> {
  for (const [file, bytes] of Object.entries(files)) {
    const at = path.join(work, name, file);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, bytes);
  }
  return assessFolder(path.join(work, name));
}

const told = ({ findings }: Assessment): string[] =>
  findings
    .filter(({ rule }) => /^(?:web-shell\/page-|inventory\/back-door)|read-and-answered$/.test(rule))
    .map(({ rule, stage, confidence }) => `${rule} ${stage} ${confidence}`)
    .sort();

test('a page that nobody knows the place of is possible', async () => {
  const assessment = await assessed('unplaced', { 'samples/x.aspx': shell });
  expect(told(assessment)).toEqual(['web-shell/page-elsewhere implanted possible']);
  expect(['cannot_tell', 'no_evidence']).toContain(assessment.verdict.answer);
});

test('in a web folder it is probable, and its decisive part is shown', async () => {
  const assessment = await assessed('placed', { [`${folder}/x.aspx`]: shell, [`${folder}/ok.aspx`]: page });
  expect(told(assessment)).toEqual(['inventory/back-door-in-place implanted probable']);
  // In the other one nothing dangerous is seen: it is a note beside the findings.
  expect(assessment.inventory.flatMap(({ odd }) => odd.map(({ path }) => path.slice(-8)))).toContain('\\ok.aspx');
  const evidence = assessment.findings.find(({ rule }) => rule === 'inventory/back-door-in-place')!.evidence[0]!;
  const marked = evidence.decisiveBase64.map((part) => Buffer.from(part, 'base64').toString());
  expect(marked).toEqual([expect.stringMatching(/^\w{4}\(a,b\);%>$/)]);
  expect(Buffer.from(evidence.rawBase64, 'base64').toString()).toContain(marked[0]);
});

test('with a request that was answered it is confirmed, with one that was not it stays', async () => {
  const answered = await assessed('answered', {
    [`${folder}/x.aspx`]: shell,
    'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': log(200),
  });
  expect(told(answered)).toContain('together/read-and-answered implanted confirmed');
  const refused = await assessed('refused', {
    [`${folder}/x.aspx`]: shell,
    'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': log(404),
  });
  expect(told(refused).filter((line) => line.endsWith('confirmed') && line.includes('implanted'))).toEqual([]);
});

test('ordinary pages of other applications raise nothing', async () => {
  const files = Object.fromEntries(ordinary.map((one) => [`C/inetpub/wwwroot/intranet/${one.name}`, bytesOf(one)]));
  const assessment = await assessed('ordinary', files);
  expect(told(assessment)).toEqual([]);
  expect(assessment.evidence.filter(({ kind }) => kind === 'web-page')).toHaveLength(ordinary.length);
});

test('a log that lies among pages is judged, and no time counts as covered by it', async () => {
  const short = new TextDecoder().decode(log(404)).split('\r\n');
  const hours = Array.from({ length: 24 * 110 }, (_, hour) => new Date(Date.UTC(2020, 11, 1, hour)).toISOString());
  const long = new TextEncoder().encode(
    [short[2], ...hours.map((iso) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}${short[3]!.slice(19)}`)].join('\r\n'),
  );
  const covered = async (name: string): Promise<string[]> => {
    const { coverage } = await assessed(name, { [name]: long });
    const states = coverage.campaigns.flatMap(({ sources }) => sources.filter(({ kind }) => kind === 'iis-w3c'));
    return [...new Set(states.map(({ state }) => state))];
  };
  expect(await covered('C/inetpub/logs/LogFiles/W3SVC1/u_ex.log')).toContain('covered');
  expect(await covered('C/inetpub/wwwroot/aspnet_client/style.css')).toEqual(['partly']);
  const { problems } = await assessed('among-pages', { 'C/inetpub/wwwroot/aspnet_client/style.css': long });
  expect(problems.map(({ code }) => code)).toContain('evidence.published');
});

test('a page without any code in the root of the web site is a note; one with code that is not understood weighs by its place', async () => {
  const root = 'C/inetpub/wwwroot/aspnet_client';
  const bare = await assessed('bare', { [`${root}/x.aspx`]: Buffer.from('<h1>hello</h1>') });
  expect([bare.verdict.answer, bare.findings.map(({ confidence }) => confidence)]).toEqual(['cannot_tell', ['possible']]);
  const odd = await assessed('odd', { [`${root}/x.aspx`]: Buffer.from('<%@ Page Language="C#" %><% var a = 1; %>') });
  expect([odd.verdict.answer, odd.findings.map(({ confidence }) => confidence)]).toEqual(['suspected', ['probable']]);
});

test('a page that was found: what its text lets a visitor do, and whether it was asked for, in the first sentence', async () => {
  const unread = await assessed('unasked', {
    [`${folder}/x.aspx`]: shell,
    'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': Buffer.from(
      Buffer.from(log(404)).toString().replaceAll('x.aspx', 'other.aspx'),
    ),
  });
  expect(unread.verdict.sentence).toMatch(
    /x\.aspx; its text lets a visitor run code that is sent to it; nobody asked for it in the web log on 3 March 2021\./,
  );
});
