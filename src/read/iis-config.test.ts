import { expect, test } from 'vitest';
import { scanText } from '../../test/support/scan.ts';
import { iisConfig } from './iis-config.ts';
import { settingsOf } from './iis-settings.ts';
import { Problems } from '../core/problem.ts';

const read = (text: string): { settings: ReturnType<typeof settingsOf>; problems: [string, number][] } => {
  const problems = new Problems();
  const settings = settingsOf(text, problems);
  return { settings, problems: problems.list().map(({ code, count }) => [code, count]) };
};
const inside = (inner: string): string => `<?xml version="1.0"?>\n<configuration>\n${inner}\n</configuration>\n`;
const brief = (text: string): (string | undefined)[][] =>
  read(inside(text)).settings.map(({ section, does, location, name, type, image, pattern, value, state }) =>
    [section, does, location, name, type, image, pattern, value, state].filter((one) => one !== undefined),
  );

test.each<[string, string, (string | undefined)[][]]>([
  [
    'modules, in and out',
    '<system.webServer><modules><clear /><remove name="a" /><add name="b" type="c.d, e" /></modules></system.webServer>',
    [
      ['module', 'clear'],
      ['module', 'remove', 'a'],
      ['module', 'add', 'b', 'c.d, e'],
    ],
  ],
  [
    'native modules and filters',
    '<globalModules><add name="a" image="%windir%\\b.dll" /></globalModules><isapiFilters><filter name="f" path="C:\\f.dll" enabled="false" /></isapiFilters>',
    [
      ['global-module', 'add', 'a', '%windir%\\b.dll'],
      ['isapi-filter', 'add', 'f', 'C:\\f.dll', 'false'],
    ],
  ],
  [
    'handlers of both kinds',
    '<handlers><add name="h" path="*.x" scriptProcessor="C:\\a.exe|-b %s" /></handlers><httpHandlers><add path="*.y" type="z" /></httpHandlers>',
    [
      ['handler', 'add', 'h', 'C:\\a.exe', '*.x'],
      ['handler', 'add', 'z', '*.y'],
    ],
  ],
  [
    'a location, and what counts below the file',
    '<location path="Default Web Site/ecp"><modules><add name="a" type="b" /></modules></location><modules><add name="c" type="d" /></modules>',
    [
      ['module', 'add', 'Default Web Site/ecp', 'a', 'b'],
      ['module', 'add', 'c', 'd'],
    ],
  ],
  [
    'sites and their folders',
    '<sites><site name="S"><application path="/"><virtualDirectory path="/" physicalPath="C:\\w" /></application><application path="/a"><virtualDirectory path="/b" physicalPath="D:\\b" /></application></site></sites>',
    [
      ['virtual-directory', 'S', 'C:\\w'],
      ['virtual-directory', 'S/a/b', 'D:\\b'],
    ],
  ],
  [
    'switches that matter, and no others',
    '<appSettings><add key="x" value="secret" /><add key="aspnet:MaxHttpCollectionKeys" value="5000" /></appSettings><httpLogging dontLog="True" />',
    [
      ['switch', 'add', 'aspnet:MaxHttpCollectionKeys', '5000'],
      ['logging', 'dontLog', 'true'],
    ],
  ],
  [
    'libraries',
    '<runtime><assemblyBinding><dependentAssembly><codeBase version="1" href="file:///C:/x.dll" /></dependentAssembly><linkedConfiguration href="file://C:\\s.config" /></assemblyBinding></runtime>',
    [
      ['assembly', 'add', 'file:///C:/x.dll', '1'],
      ['linked-configuration', 'add', 'file://C:\\s.config'],
    ],
  ],
  [
    'comments and entities of XML hold nothing',
    '<!-- <modules><add name="a" type="b" /></modules> --><modules><add name="&lt;&#65;" type="c" /></modules>',
    [['module', 'add', '<A', 'c']],
  ],
])('%s', (_name, text, expected) => {
  expect(brief(text)).toEqual(expected);
  expect(read(inside(text)).problems).toEqual([]);
});

const rule = (name: string, more = '', action = 'AbortRequest', match = '.*'): string =>
  `<rule name="${name}" ${more}><match url="${match}" /><action type="${action}" /></rule>`;
const states = (rules: string): (string | undefined)[] =>
  read(inside(`<rewrite><rules>${rules}</rules></rewrite>`)).settings.map(({ state }) => state);

test('rules say what became of them further down', () => {
  expect(states(rule('a') + rule('b', 'enabled="false"'))).toEqual(['in force', 'disabled']);
  expect(states(`${rule('a')}<remove name="A" />`)).toEqual(['taken out', undefined]);
  expect(states(`<remove name="a" />${rule('a')}`)).toEqual([undefined, 'in force']);
  expect(states(`${rule('a')}<clear />${rule('b')}`)).toEqual(['taken out', undefined, 'in force']);
  expect(states(rule('all', 'stopProcessing="true"', 'None') + rule('b'))).toEqual(['in force', 'overtaken']);
  expect(states(rule('some', 'stopProcessing="true"', 'None', '^owa$') + rule('b'))).toEqual(['in force', 'in force']);
  expect(states(rule('blocks', 'stopProcessing="true"') + rule('b'))).toEqual(['in force', 'in force']);
});

test('a list of one location takes nothing out of another', () => {
  const { settings } = read(
    inside(
      `<location path="x"><rewrite><rules><clear /></rules></rewrite></location><rewrite><rules>${rule('a')}</rules></rewrite><location path="y"><rewrite><rules><clear /></rules></rewrite></location>`,
    ),
  );
  expect(settings.map(({ location, state }) => [location, state])).toEqual([
    ['x', undefined],
    [undefined, 'in force'],
    ['y', undefined],
  ]);
});

test('a key is never taken, only that it is written down', () => {
  const key = '00112233445566778899AABBCCDDEEFF';
  const text = inside(`<system.web><machineKey validationKey="${key}" decryptionKey="AutoGenerate,IsolateApps" /></system.web>`);
  const { rows } = scanText(iisConfig, text);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows[0]!.fields) + new TextDecoder().decode(rows[0]!.raw)).not.toContain(key);
  expect(rows[0]!.fields.State).toBe('stated');
  // The key that Exchange shipped to everybody, in letters as they come.
  expect(
    brief('<machineKey validationKey="cb2721abdaf8e9dc516d621d8b8bf13a2c9e8689a25303bf" decryptionKey="AutoGenerate" />'),
  ).toEqual([['machine-key', 'default', 'published']]);
  expect(brief('<machineKey validationKey="AutoGenerate" decryptionKey="AutoGenerate" />')).toEqual([
    ['machine-key', 'default', 'auto'],
  ]);
});

test('a key that everybody can read is told as such; nor is that quoted', () => {
  // The one that every Exchange had before February 2020 (CVE-2020-0688).
  const key = 'cb2721abdaf8e9dc516d621d8b8bf13a2c9e8689a25303bf';
  const { rows } = scanText(iisConfig, inside(`<machineKey validationKey="${key},IsolateApps" decryptionKey="AutoGenerate" />`));
  expect(rows.map(({ fields }) => [fields.Section, fields.State])).toEqual([['machine-key', 'published']]);
  expect(JSON.stringify(rows[0]!.fields) + new TextDecoder().decode(rows[0]!.raw)).not.toContain(key);
  const other = `${key.slice(0, -1)}e`;
  expect(scanText(iisConfig, inside(`<machineKey validationKey="${other}" />`)).rows[0]!.fields.State).toBe('stated');
});

test('nor is a password quoted, nor a key that stands within a rule', () => {
  const text = inside(
    '<virtualDirectory path="/x" physicalPath="C:\\x" userName="H\\svc" password="hidden-1" /><anonymousAuthentication password="hidden-2" enabled="true" userName="H\\adm" /><rules><rule name="r"><match url="x" /><machineKey validationKey="hidden-3" /><action type="Rewrite" url="/y" /></rule></rules>',
  );
  const { rows } = scanText(iisConfig, text);
  expect(rows.map(({ fields }) => [fields.Section, fields.Account ?? fields.Image ?? fields.Name])).toEqual([
    ['virtual-directory', 'C:\\x'],
    ['authentication', 'H\\adm'],
    ['rewrite', 'r'],
  ]);
  const quoted = rows.map(({ raw }) => new TextDecoder().decode(raw)).join('\n');
  expect(quoted).toContain('physicalPath');
  expect(quoted + JSON.stringify(rows.map(({ fields }) => fields))).not.toContain('hidden-');
});

test('a long place, within long places, is not repeated in full by every setting below it', () => {
  const open = `<location path="${'x'.repeat(10_000)}">`;
  const modules = `<modules>${'<add name="a" type="b" />'.repeat(20_000)}</modules>`;
  const { settings } = read(inside(`${open.repeat(50)}${modules}${'</location>'.repeat(50)}<modules><clear /></modules>`));
  expect(settings).toHaveLength(20_001);
  expect(settings[0]!.location).toBe('x'.repeat(1024));
  expect(settings.at(-1)!.location).toBeUndefined();
});

test('variables are put in, and a path has one spelling', () => {
  const { rows } = scanText(
    iisConfig,
    inside('<globalModules><add name="a" image="%SystemRoot%/System32\\x.dll" /></globalModules>'),
  );
  expect(rows[0]!.fields.Image).toBe('C:\\Windows\\System32\\x.dll');
});

test('hostile XML: entities are not put in, depth is bounded, what is broken is said', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><configuration><modules><add name="&c;" type="d" /></modules></configuration>`;
  expect(read(bomb)).toMatchObject({ settings: [{ name: '&c;' }], problems: [['xml.entities', 1]] });
  const deep = `${'<a>'.repeat(5000)}<modules><add name="x" type="y" /></modules>${'</a>'.repeat(5000)}`;
  expect(read(inside(deep)).settings).toEqual([]);
  expect(read(inside(deep)).problems.map(([code]) => code)).toEqual(['xml.broken']);
  expect(
    read(inside(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}<modules><add name="x" type="y" /></modules>`)).settings,
  ).toHaveLength(1);
  expect(read('<configuration><modules><add name="x" type="y" />')).toMatchObject({
    settings: [{ name: 'x' }],
    problems: [['xml.broken', 1]],
  });
  expect(read('</configuration></configuration>').problems).toEqual([['xml.broken', 2]]);
  expect(
    read(inside('<modules><add name="__proto__" type="constructor" /></modules><constructor /><toString x="1" />')).settings,
  ).toHaveLength(1);
});

test.each([
  ['<?xml version="1.0"?><configuration/>', true],
  ['\uFEFF<!-- <html> --><configuration>', true],
  ['<?xml version="1.0"?>\r\n<!--\r\n  a\r\n-->\r\n<configuration xmlns="x">', true],
  ['<html><configuration></html>', false],
  ['<%@ Page %><configuration>', false],
  ['<configurations>', false],
  ['words <configuration>', false],
])('%j is one: %s', (head, yes) => {
  expect(iisConfig.recognise(head, '') > 0).toBe(yes);
});
