/**
 * Indicators of others change no answer, are counted exactly, one finding for each whatever the number of rows, and a list that meets
 * everything does not drown what was found.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import { prepareIndicators, type PreparedIndicators } from '../../src/assess.ts';
import type { Assessment, Finding } from '../../src/core/assessment.ts';
import { IndicatorSet, readList } from '../../src/rules/index.ts';
import { assessmentJson } from '../../src/export/index.ts';
import { renderHtml } from '../../src/report/index.ts';
import { assessFolder } from '../support/assess-folder.ts';

const home = path.resolve(import.meta.dirname, '..', '..');
const schema = JSON.parse(fs.readFileSync(path.join(home, 'schema', 'assessment-1.json'), 'utf8')) as object;
const shell = path.join(home, 'examples', 'used-shell');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-indicators-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

function indicators(text: string, file = 'list.csv'): PreparedIndicators {
  const set = new IndicatorSet();
  readList(set, text, file);
  return prepareIndicators(set.list());
}
const own = (assessment: Assessment): Finding[] => assessment.findings.filter(({ rule }) => rule.startsWith('indicator/'));
const without = (assessment: Assessment): Assessment => ({
  ...assessment,
  findings: assessment.findings.filter(({ rule }) => !rule.startsWith('indicator/')),
  // That they have no stage is said where there are any.
  rules: assessment.rules.filter(({ id }) => id !== 'others.no_stage'),
});
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = fs.mkdtempSync(path.join(work, 'e-'));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** Rows of all logs in which a text stands between blanks or commas. */
function rowsWith(folder: string, text: string): number {
  let rows = 0;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    for (const line of fs.readFileSync(path.join(entry.parentPath, entry.name), 'latin1').split(/\r?\n/))
      if (line.split(/[ ,]/).includes(text)) rows++;
  }
  return rows;
}

test('each is one finding without a stage, with an exact count, and what its list says of it; the rest is what it was', async () => {
  const list = indicators(
    'indicator,type,description,confidence,valid_until\n' +
      '198.51.100[.]87,ip,scanner of March,80,2021-03-01\n' +
      '203.0.113.151,ip,,,\n' +
      '/owa/auth/vt5k1jbe.aspx,path,shell,high,\n' +
      'python-requests/2.25.1,user-agent,,,\n' +
      'nowhere.example,domain,,,\n',
  );
  const [plain, more] = [await assessFolder(shell), await assessFolder(shell, { indicators: list })];
  expect(without(more)).toEqual(plain);
  const found = own(more);
  expect(found.map(({ title, stage, confidence, count }) => [title, stage, confidence, count]).sort()).toEqual([
    ['Listed by others: the address 198.51.100.87', 'none', 'possible', rowsWith(shell, '198.51.100.87')],
    ['Listed by others: the address 203.0.113.151', 'none', 'possible', rowsWith(shell, '203.0.113.151')],
    ['Listed by others: the path /owa/auth/vt5k1jbe.aspx', 'none', 'possible', rowsWith(shell, '/owa/auth/vt5k1jbe.aspx')],
    ['Listed by others: the user agent python-requests/2.25.1', 'none', 'possible', rowsWith(shell, 'python-requests/2.25.1')],
  ]);
  const address = found.find(({ title }) => title.includes('198.51.100.87'))!;
  expect(address.proves).toContain('Listed in list.csv (line 2): “scanner of March”, confidence 80 of 100.');
  expect(address.proves).toMatch(/valid until 1 March 2021: \d+ of the \d+ lie outside/);
  expect(address.proves).toContain('The same stands in the traces of the intruder of 27 February 2021');
  expect(address.doesNotProve).toContain('That anybody got in');
  expect(address.evidence).toHaveLength(10);
  for (const { line, offsetBytes, rawBase64, sha256 } of address.evidence) {
    expect([line !== null, offsetBytes > 0, /198\.51\.100\.87/.test(atob(rawBase64))]).toEqual([true, true, true]);
    expect(createHash('sha256').update(Buffer.from(rawBase64, 'base64')).digest('hex')).toBe(sha256);
  }
  const agent = found.find(({ title }) => title.includes('python-requests'))!;
  expect(agent.proves).toContain('which the client wrote itself');
  expect(agent.innocent).toContain('Very many programs send this user agent.');
});

const header =
  '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n';
const row = (second: number, address: string, stem = '/owa/', referer = '-'): string =>
  `2021-03-04 10:${String(Math.floor(second / 60) % 60).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} 10.0.0.5 GET ${stem} - 443 - ${address} Mozilla/5.0 ${referer} 200 0 0 15\n`;
const log = 'inetpub/logs/LogFiles/W3SVC1/u_ex210304.log';

test('a list that meets everything is told in one line beyond the first forty', async () => {
  const addresses = Array.from({ length: 300 }, (_, i) => `203.0.${113 + (i >> 8)}.${i & 255}`);
  const rows = addresses.flatMap((address, i) => Array.from({ length: 10 }, (_, n) => row(i * 10 + n, address)));
  const folder = folderOf({ [log]: header + rows.join('') });
  const found = own(await assessFolder(folder, { indicators: indicators(addresses.join('\n'), 'everybody.txt') }));
  expect(found).toHaveLength(41);
  const rest = found.find(({ rule }) => rule === 'indicator/more')!;
  expect(rest.title).toBe('Listed by others: 260 further indicators of everybody.txt');
  expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(3000);
});

test('ten thousand rows of one indicator are one finding', async () => {
  const folder = folderOf({ [log]: header + Array.from({ length: 10_000 }, (_, i) => row(i, '203.0.113.9')).join('') });
  const found = own(await assessFolder(folder, { indicators: indicators('203.0.113.9\n', 'a.txt') }));
  expect(found.map(({ count, evidence }) => [count, evidence.length])).toEqual([[10_000, 5]]);
});

test('a healthy server and a list of what everybody has give nothing', async () => {
  const list = indicators(
    'indicator,type\n10.20.0.11,ip\n127.0.0.1,ip\n8.8.8.8,ip\nmicrosoft.com,domain\nMozilla/5.0,user-agent\nAdministrator,account\ncmd.exe,filename\n0.0.0.0/0,cidr\n',
  );
  expect(list.list).toEqual([]);
  expect(own(await assessFolder(path.join(home, 'examples', 'healthy'), { indicators: list }))).toEqual([]);
});

test('an address of the server itself is told as such', async () => {
  const folder = folderOf({ [log]: header + row(1, '203.0.113.200').replace(' 10.0.0.5 ', ' 203.0.113.200 ') });
  const [found] = own(await assessFolder(folder, { indicators: indicators('203.0.113.200\n', 'a.txt') }));
  expect(found!.innocent).toContain('It is an address of your own server');
});

describe('what can be met where', () => {
  test('a link that led here, in the referrer; a page by the path of its file; a name alone', async () => {
    const folder = folderOf({
      [log]:
        header +
        row(1, '203.0.113.1', '/aspnet_client/Sup1.aspx', 'https://www.bad.example/a?b=1') +
        row(2, '203.0.113.2', '/x/odd9.aspx'),
    });
    const list = indicators(
      'value,type\nbad.example,domain\nhttp://www.bad.example/a,url\nC:\\inetpub\\wwwroot\\aspnet_client\\sup1.aspx,filepath\nodd9.aspx,filename\n',
    );
    const found = own(await assessFolder(folder, { indicators: list }));
    expect(found.map(({ title, count }) => [title, count]).sort()).toEqual([
      ['Listed by others: the domain bad.example', 1],
      ['Listed by others: the file name odd9.aspx', 1],
      ['Listed by others: the path c:\\inetpub\\wwwroot\\aspnet_client\\sup1.aspx', 1],
      ['Listed by others: the web address www.bad.example/a', 1],
    ]);
    expect(found.find(({ rule }) => rule === 'indicator/file_name')!.doesNotProve).toContain('a name alone is weak');
  });

  test('events are taken apart: addresses, names and hashes within their texts', async () => {
    const event = JSON.stringify({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      ProviderName: 'Microsoft-Windows-Sysmon',
      TimeCreated: '2021-03-04T10:00:00Z',
      Computer: 'MAIL01.haven.example',
      EventData: {
        Image: 'C:\\ProgramData\\odd tool\\run7.exe',
        CommandLine: 'run7.exe -c 203.0.113.77:443 www.bad.example "C:\\Program Files\\x y\\z8.dll"',
        User: 'HAVEN\\mallory',
        Hashes: `SHA1=${'2b'.repeat(20)},MD5=${'1a'.repeat(16)},SHA256=${'3c'.repeat(32)},IMPHASH=${'4d'.repeat(16)}`,
      },
    });
    const list = indicators(
      `value,type\n203.0.113.77,ip\nbad.example,domain\nC:\\ProgramData\\odd tool\\run7.exe,path\nC:\\Program Files\\x y\\z8.dll,path\nmallory,account\n${'3c'.repeat(32)},sha256\n${'5e'.repeat(32)},sha256\n`,
    );
    const found = own(await assessFolder(folderOf({ 'events.json': `${event}\n` }), { indicators: list }));
    expect(found.map(({ rule, count }) => `${rule} ${count}`).sort()).toEqual([
      'indicator/account 1',
      'indicator/address 1',
      'indicator/domain 1',
      'indicator/path 1',
      'indicator/path 1',
      'indicator/sha256 1',
    ]);
  });

  test('a file by its hashes: possible; where the web server publishes it, probable', async () => {
    const text = '<%@ Page Language="C#" %>nothing in particular\n';
    const hash = (name: string): string => createHash(name).update(text).digest('hex');
    const folder = folderOf({ 'C/inetpub/wwwroot/aspnet_client/a1.aspx': text, [`C/${log}`]: header + row(1, '203.0.113.1') });
    for (const name of ['md5', 'sha1', 'sha256']) {
      const found = own(await assessFolder(folder, { indicators: indicators(`${hash(name)}\n`, 'hashes.txt') }));
      expect(found.map(({ stage, confidence, count, rule }) => [stage, confidence, count, rule])).toEqual([
        ['none', 'probable', 1, `indicator/${name}`],
      ]);
      expect(found[0]!.proves).toContain('aspnet_client\\a1.aspx, where the web server publishes it');
      expect(found[0]!.evidence[0]).toMatchObject({
        rawBase64: '',
        sha256: createHash('sha256').digest('hex'),
        shown: expect.stringContaining(hash('sha256')) as string,
      });
    }
    const assessment = await assessFolder(folder, { indicators: indicators(`${hash('sha256')}\n`, 'hashes.txt') });
    const html = renderHtml(assessment, { nowMs: Date.UTC(2021, 2, 10), timeZone: 'UTC', lang: 'en', audience: 'own' });
    expect(html).toContain('probably <b>a file of theirs</b>');
    expect(html).not.toContain('probably <b>nothing</b>');
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
    expect(validate(JSON.parse(assessmentJson(assessment))), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    const elsewhere = folderOf({ 'C/ProgramData/a1.bin': text });
    expect(own(await assessFolder(elsewhere, { indicators: indicators(`${hash('sha1')}\n`, 'hashes.txt') }))[0]).toMatchObject({
      confidence: 'possible',
    });
  });

  test('a list among the evidence is no evidence, and says where it belongs', async () => {
    const folder = folderOf({
      'iocs.csv': 'indicator,type,description\n203.0.113.9,ip,bad\n',
      [log]: header + row(1, '203.0.113.1'),
    });
    const assessment = await assessFolder(folder, { indicators: indicators('203.0.113.9\n', 'a.txt') });
    expect(own(assessment)).toEqual([]);
    expect(assessment.notRead).toEqual([
      expect.objectContaining({ path: 'iocs.csv', why: expect.stringContaining('--indicators') }),
    ]);
  });
});
