/**
 * The web folders of a server on which nothing happened, with the mitigations of March 2021 and products of other makers: nothing above
 * `probed`, and a handful of notes. Then the same with one thing wrong in each.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shippedOf } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { stageRank } from '../../src/core/stage.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { shippedPathOf, writeBaseline } from '../../src/knowledge/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import {
  applicationHost,
  exchangeFolder,
  exchangeTree,
  hashTable,
  march2021,
  panelConfig,
  sha256,
  type Tree,
  webConfig,
  writeTree,
} from '../support/exchange-tree.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-tree-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const build = '15.1.2507.61';
/** What a clean server of this build has: made of the tree itself, as `baseline add` makes it. */
const baseline = {
  path: 'own-baseline.txt',
  text: writeBaseline(
    build,
    'a clean server',
    Object.entries(exchangeTree()).flatMap(([file, text]) => {
      const shipped = shippedPathOf(file);
      return shipped === null ? [] : [{ path: shipped, sha256: sha256(text) }];
    }),
  ),
};

async function assessed(tree: Tree, baselines = [baseline]): Promise<Assessment> {
  const own = fs.mkdtempSync(path.join(folder, 'case-'));
  writeTree(own, tree);
  return assessFolder(own, { baselines });
}

const above = ({ findings }: Assessment): string[] =>
  findings
    .filter(({ stage }) => stageRank(stage) > stageRank('probed'))
    .map(({ rule, confidence }) => `${rule} ${confidence}`)
    .sort();
const notes = ({ inventory, verdict, problems }: Assessment): string[] => [
  ...inventory.flatMap((one) => one.notes),
  ...verdict.reasons.map(({ text }) => text),
  ...new Set(problems.map(({ code }) => code)),
];

const eomt = [
  '2021-03-16T09:00:00.0000000Z - INFO - Starting EOMT.ps1 version 21.03.16.1 on MAIL01',
  '2021-03-16T09:00:05.0000000Z - INFO - MAIL01 is vulnerable: applying mitigation',
  '2021-03-16T09:01:00.0000000Z - INFO - Mitigation complete on MAIL01',
  '',
].join('\r\n');

/** Every file of a build that is in our lists, a third of the configurations as setup changed them. */
const listing = (of: string, more: readonly (readonly [string, string])[] = []): string => {
  const shipped = shippedOf(nodePlatform);
  const at = shipped.builds.indexOf(of);
  const files = shipped.pathsOf(at).map((file, index): [string, string] => {
    const [hash] = [...shipped.atPath(file)!].find(([, builds]) => builds.has(at))!;
    return [file, file.endsWith('.config') && index % 3 === 0 ? sha256(file) : hash];
  });
  return hashTable([...files, ...more]);
};

describe('nothing happened', () => {
  test('the whole tree, of a build that the owner made a list of', async () => {
    const assessment = await assessed(exchangeTree({ 'EOMT.log': eomt }));
    expect(above(assessment)).toEqual([]);
    expect(assessment.inventory).toMatchObject([{ build, basis: 'files', changed: 0, notShipped: 0, odd: [] }]);
    expect(notes(assessment).length).toBeLessThanOrEqual(5);
    expect(assessment.exposure[0]!.mitigations).toMatchObject([{ id: 'backend-cookie', state: 'applied' }]);
  });

  test('a list of all files with their hashes: 1,113 of them, 1,076 as shipped', async () => {
    const assessment = await assessed({ 'hashes.csv': listing('15.1.2106.2') }, []);
    expect(above(assessment)).toEqual([]);
    expect(assessment.inventory).toMatchObject([
      { build: '15.1.2106.2', basis: 'files', files: 1113, shipped: 1076, changed: 37, elsewhere: 0, notShipped: 0, odd: [] },
    ]);
    expect(assessment.exposure).toMatchObject([{ builds: [{ build: '15.1.2106.2', proof: 'file', source: 'shipped-files' }] }]);
    expect(notes(assessment).length).toBeLessThanOrEqual(5);
  });

  test('CompareExchangeHashes names every mitigated configuration and every file of a build that it has no list of', async () => {
    const rows = [
      'FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx',
      'FrontEnd\\HttpProxy\\owa\\auth\\errorFE.aspx',
      'ClientAccess\\ecp\\default.aspx',
    ].map(
      (file) =>
        `"x","owa","NoHashMatch","C:\\Program Files\\Microsoft\\Exchange Server\\V15\\${file}","${sha256(file).toUpperCase()}"`,
    );
    const text = [
      '"FileName","VDir","Error","FilePath","FileHash"',
      '"web.config","/","Suspicious","C:\\inetpub\\wwwroot\\web.config","AA"',
      ...rows,
      '',
    ];
    const assessment = await assessed({ 'MAIL01_result.csv': text.join('\r\n') }, []);
    expect(above(assessment)).toEqual([]);
    expect(assessment.inventory).toMatchObject([{ build: null, basis: 'none', changed: 3, odd: [] }]);
    expect(assessment.inventory[0]!.notes).toHaveLength(1);
  });

  test('a build without a list: said once, and names alone are compared', async () => {
    const assessment = await assessed(exchangeTree(), []);
    expect(above(assessment)).toEqual([]);
    expect(assessment.inventory).toMatchObject([{ build: null, basis: 'none' }]);
    expect(assessment.inventory[0]!.notes).toHaveLength(1);
    expect(assessment.inventory[0]!.notes[0]).toContain('baseline add');
  });

  test('line ends that were changed on the way are no intruder', async () => {
    const tree = Object.fromEntries(Object.entries(exchangeTree()).map(([file, text]) => [file, text.replaceAll('\n', '\r\n')]));
    const own = { path: 'x', text: baseline.text };
    const assessment = await assessed({ ...tree, 'build.csv': '"Server","Name"\r\n' }, [own]);
    expect(above(assessment)).toEqual([]);
    expect(assessment.inventory[0]!.notes).toHaveLength(1);
  });
});

describe('one thing is wrong', () => {
  const odd = async (more: Tree): Promise<{ rules: string[]; assessment: Assessment }> => {
    const assessment = await assessed(exchangeTree(more));
    return { rules: above(assessment), assessment };
  };
  const place = `${exchangeFolder}/FrontEnd/HttpProxy/owa/auth`;
  const nothing = '<%@ Page Language="C#" %>\n<html></html>\n';

  test('a page with a name one letter off, in an open folder', async () => {
    const { rules, assessment } = await odd({ [`${place}/RedirSuiteServerProxy.aspx`]: nothing });
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatch(/^inventory\/not-shipped/);
    expect(assessment.inventory[0]!.odd).toMatchObject([{ standing: 'not_shipped' }]);
    expect(assessment.inventory[0]!.odd[0]!.why.join()).toContain('redirsuiteserviceproxy.aspx');
  });

  test('a page among the many of the control panel', async () => {
    const { rules, assessment } = await odd({ [`${exchangeFolder}/ClientAccess/ecp/y.aspx`]: nothing });
    expect(rules).toEqual(['inventory/not-shipped possible']);
    expect(assessment.verdict.answer).not.toBe('suspected');
  });

  test('a sign-in page that was changed', async () => {
    const { rules, assessment } = await odd({ [`${place}/logon.aspx`]: nothing });
    expect(rules).toEqual(['inventory/changed possible']);
    expect(assessment.inventory[0]).toMatchObject({ changed: 1, odd: [{ standing: 'changed' }] });
  });

  test('a shipped page under another name is told, and is no finding', async () => {
    const text = exchangeTree()[`${place}/logon.aspx`]!;
    const { rules, assessment } = await odd({ [`${place}/logon2.aspx`]: text });
    expect(rules).toEqual([]);
    expect(assessment.inventory[0]!.odd).toMatchObject([{ standing: 'elsewhere' }]);
  });

  test('bytes that are shipped clear a page of its name: a list names one that no rule knows', async () => {
    const shipped = shippedOf(nodePlatform);
    const hash = [...shipped.atPath('frontend\\httpproxy\\owa\\auth\\logon.aspx')!.keys()][0]!;
    const file = 'FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx';
    const assessment = await assessed({ 'hashes.csv': listing('15.1.2106.2', [[file, hash]]) }, []);
    expect(above(assessment)).toEqual([]);
  });

  test('a module from the folder of other programs’ data', async () => {
    const config = applicationHost({ modules: ['<add name="CacheHelper" image="%ProgramData%\\x\\h.dll" />'] });
    const { rules, assessment } = await odd({ 'C/Windows/System32/inetsrv/config/applicationHost.config': config });
    expect(rules).toEqual(['web-shell/config-native-odd-folder probable']);
    expect(assessment.verdict.presence.waysBack).toContainEqual(
      expect.objectContaining({ kind: 'module', what: 'C:\\ProgramData\\x\\h.dll', state: 'open' }),
    );
    expect(assessment.verdict.sentence).toContain('configuration');
  });

  test('the same configuration in two folders is two things', async () => {
    const config = webConfig(
      '<handlers><add name="w" path="*.config" verb="*" scriptProcessor="%windir%\\system32\\inetsrv\\asp.dll" /></handlers>',
    );
    const { assessment } = await odd({
      'C/inetpub/wwwroot/aspnet_client/web.config': config,
      [`${exchangeFolder}/FrontEnd/HttpProxy/owa/auth/web.config`]: config,
    });
    const finding = assessment.findings.find(({ rule }) => rule === 'web-shell/config-config-run')!;
    expect(finding.evidence.map(({ artifact }) => artifact.split('/').at(-2))).toEqual(['auth', 'aspnet_client']);
    expect(assessment.problems.map(({ code }) => code)).not.toContain('evidence.duplicate');
  });

  test('a configuration that was made into a page', async () => {
    const { rules } = await odd({
      'C/inetpub/wwwroot/aspnet_client/web.config': webConfig(
        '<handlers><add name="w" path="*.config" verb="*" modules="IsapiModule" scriptProcessor="%windir%\\system32\\inetsrv\\asp.dll" /></handlers><security><requestFiltering><hiddenSegments><remove segment="web.config" /></hiddenSegments></requestFiltering></security>',
      ),
    });
    expect(rules).toEqual(['web-shell/config-config-run probable']);
  });
});

describe('files and the web log', () => {
  const head =
    '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n';
  const row = (time: string, method: string, page: string, status: number, taken: number): string =>
    `${time} 10.20.0.11 ${method} ${page} - 443 - 203.0.113.24 curl/7.64.1 - ${status} 0 0 ${taken}\r\n`;
  const log = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex2103.log';
  const everyday =
    row('2021-02-01 08:00:00', 'GET', '/owa/auth/logon.aspx', 200, 5) +
    row('2021-03-20 08:00:00', 'GET', '/owa/auth/logon.aspx', 200, 5);
  const used =
    row('2021-03-03 04:10:00', 'POST', '/owa/auth/q7x.aspx', 200, 46) +
    row('2021-03-03 04:12:00', 'POST', '/owa/auth/q7x.aspx', 200, 171);
  const stale = (await1: Assessment): string | undefined =>
    await1.verdict.presence.waysBack.find(({ what }) => what === '/owa/auth/q7x.aspx')?.why;

  test('a page answered, and the folder that was handed in whole does not hold it', async () => {
    const assessment = await assessed(exchangeTree({ [log]: head + everyday + used }));
    expect(assessment.verdict.presence.waysBack).toContainEqual(
      expect.objectContaining({ kind: 'file', what: '/owa/auth/q7x.aspx', state: 'closed', removedBy: 'unknown' }),
    );
    expect(stale(assessment)).toContain('folder');
  });

  test('a page answered, and a list of the whole folder does not name it', async () => {
    const assessment = await assessed({ 'hashes.csv': listing('15.1.2106.2'), [log]: head + everyday + used }, []);
    expect(assessment.verdict.presence.waysBack).toContainEqual(
      expect.objectContaining({ kind: 'file', what: '/owa/auth/q7x.aspx', state: 'closed', removedBy: 'unknown' }),
    );
  });

  test('of a folder of which little was handed in, nothing is said to be gone', async () => {
    const tree = Object.fromEntries(
      Object.entries(exchangeTree()).filter(([file]) => !/owa.auth/.test(file) || /logon/.test(file)),
    );
    const assessment = await assessed({ ...tree, [log]: head + everyday + used });
    expect(assessment.verdict.presence.waysBack).toContainEqual(
      expect.objectContaining({ kind: 'file', what: '/owa/auth/q7x.aspx', state: 'open', removedBy: null }),
    );
  });

  test('the file and the requests for it are one thing, and the file says when it was first asked for', async () => {
    const page = { [`${exchangeFolder}/FrontEnd/HttpProxy/owa/auth/q7x.aspx`]: '<%@ Page Language="C#" %>\n' };
    const assessment = await assessed(exchangeTree({ ...page, [log]: head + everyday + used }));
    expect(assessment.intrusions.filter(({ role }) => role === 'intruder')).toHaveLength(1);
    expect(assessment.verdict.presence.waysBack).toContainEqual(
      expect.objectContaining({ kind: 'file', what: '/owa/auth/q7x.aspx', state: 'open' }),
    );
    expect(assessment.inventory[0]!.odd[0]!.why.join('; ')).toContain(
      '2 requests for it in the web log, from one address, the first on 3 March 2021; the log begins on 1 February 2021',
    );
  });

  const shippedKey = panelConfig('CB2721ABDAF8E9DC516D621D8B8BF13A2C9E8689A25303BF');
  test('a machine key that is written down is a way back of its own once somebody left something', async () => {
    const assessment = await assessed(exchangeTree({ ...shippedKey, [log]: head + everyday + used }));
    const keys = assessment.verdict.presence.waysBack.filter(({ kind, what }) => kind === 'key' && what !== '');
    expect(keys).toMatchObject([
      { state: 'open', what: 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\ecp\\web.config' },
    ]);
    expect(JSON.stringify(assessment)).not.toContain('CB2721ABDAF8E9DC516D621D8B8BF13A2C9E8689A25303BF');
    const quiet = await assessed(exchangeTree(shippedKey));
    expect(quiet.verdict.presence.waysBack).toEqual([]);
    // Nobody is seen, and everybody has the key: that is told all the same.
    expect(quiet.inventory[0]!.notes.at(-1)).toContain('the one that Exchange shipped to everybody until February 2020');
    expect(keys[0]!.why).toContain('shipped to everybody');
  });
});

describe('mitigations that are taken away again', () => {
  const stateOf = async (more: Tree): Promise<string | undefined> =>
    (await assessed(exchangeTree(more))).exposure[0]!.mitigations.find(({ id }) => id === 'backend-cookie')?.state;
  test.each<[string, Tree, string | undefined]>([
    ['in force', {}, 'applied'],
    ['not there', { 'C/inetpub/wwwroot/web.config': webConfig('') }, undefined],
    [
      'switched off',
      { 'C/inetpub/wwwroot/web.config': webConfig(march2021.replaceAll('<rule ', '<rule enabled="false" ')) },
      'removed',
    ],
    [
      'behind a rule that takes everything',
      {
        'C/inetpub/wwwroot/web.config': webConfig(
          march2021.replace(
            '<rules>',
            '<rules><rule name="a" stopProcessing="true"><match url=".*" /><action type="None" /></rule>',
          ),
        ),
      },
      'removed',
    ],
    [
      'taken out below it',
      { 'C/inetpub/wwwroot/web.config': webConfig(march2021.replace('</rules>', '<clear /></rules>')) },
      'removed',
    ],
    [
      'cleared in the folder of the control panel',
      { [`${exchangeFolder}/FrontEnd/HttpProxy/ecp/web.config`]: webConfig('<rewrite><rules><clear /></rules></rewrite>') },
      'removed',
    ],
    [
      'taken out for one address in the configuration of the server',
      {
        'C/Windows/System32/inetsrv/config/applicationHost.config': applicationHost({
          locations: [
            '<location path="Default Web Site/ecp"><system.webServer><rewrite><rules><remove name="X-BEResource Abort - inbound" /></rules></rewrite></system.webServer></location>',
          ],
        }),
      },
      'removed',
    ],
    [
      'only half of it',
      { 'C/inetpub/wwwroot/web.config': webConfig(march2021.replace(/<rule name="X-BE[^]*?<\/rule>/, '')) },
      'failed',
    ],
    [
      'with a pattern that lets the attack pass',
      { 'C/inetpub/wwwroot/web.config': webConfig(march2021.replace('(.*)X-BEResource=(.+)/(.+)~(.+)', 'X-BEResource=nothing')) },
      'failed',
    ],
  ])('%s', async (_name, more, state) => {
    expect(await stateOf(more)).toBe(state);
  });
});
