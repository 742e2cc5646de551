/** Tasks and transport agents as they lie on the disk. */
import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText } from '../../test/support/scan.ts';
import { agentsConfig } from './agents-config.ts';
import { iisConfig } from './iis-config.ts';
import { taskXml } from './task-xml.ts';

const task = (inner: string): string =>
  `<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\r\n${inner}\r\n</Task>\r\n`;

describe('task-xml', () => {
  test('who made it, as whom it runs, all that it starts', () => {
    const text =
      task(`  <RegistrationInfo><Date>2021-03-05T03:12:00</Date><Author>HAVEN\\adm</Author><URI>\\a\\Upd</URI></RegistrationInfo>
  <Triggers><TimeTrigger><Enabled>false</Enabled></TimeTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId></Principal></Principals>
  <Settings><Enabled>false</Enabled></Settings>
  <Actions Context="Author"><Exec><Command>cmd.exe</Command><Arguments>/c "a &amp; b"</Arguments></Exec><Exec><Command>C:\\b.exe</Command></Exec><ComHandler><ClassId>{1}</ClassId></ComHandler></Actions>`);
    const seen = scanText(taskXml, text);
    expect(fieldsOf(seen)).toEqual([
      {
        TaskName: 'Upd',
        TaskPath: '\\a\\',
        Author: 'HAVEN\\adm',
        Date: '2021-03-05T03:12:00',
        UserId: 'S-1-5-18',
        State: 'Disabled',
        Actions: 'cmd.exe /c "a & b"; C:\\b.exe; {1}',
      },
    ]);
    expect([seen.count, seen.problems, taskXml.recognise(text, '')]).toEqual([1, [], 0.96]);
  });

  test('several in one text; one that is cut off is said', () => {
    const one = task('<Actions><Exec><Command>a.exe</Command></Exec></Actions>');
    const seen = scanText(taskXml, `<Tasks>${one}${one}<Task xmlns="x"><Actions><Exec><Command>b.exe</Command>`);
    expect(fieldsOf(seen).map(({ Actions }) => Actions)).toEqual(['a.exe', 'a.exe']);
    expect(seen.problems.map(({ code }) => code)).toEqual(['xml.broken']);
  });

  test.each([
    ['a page', '<html><Task></html>'],
    ['words', 'The Task is done'],
  ])('%s is none', (_name, text) => {
    expect(taskXml.recognise(text, '')).toBe(0);
  });
});

describe('agents-config', () => {
  const text =
    '<?xml version="1.0"?>\r\n<configuration>\r\n  <mexRuntime>\r\n    <agentList>\r\n      <agent name="Rule" baseType="b" classFactory="R.F" assemblyPath="C:\\r.dll" enabled="true" />\r\n      <agent name="Off" classFactory="O.F" assemblyPath="C:\\o.dll" enabled="false" />\r\n    </agentList>\r\n    <settings><agent name="no" /></settings>\r\n  </mexRuntime>\r\n</configuration>\r\n';

  test('agents in their order, and nothing beside the list', () => {
    const seen = scanText(agentsConfig, text);
    expect(fieldsOf(seen)).toEqual([
      { Identity: 'Rule', Enabled: 'True', Priority: '1', TransportAgentFactory: 'R.F', AssemblyPath: 'C:\\r.dll' },
      { Identity: 'Off', Enabled: 'False', Priority: '2', TransportAgentFactory: 'O.F', AssemblyPath: 'C:\\o.dll' },
    ]);
    expect([seen.count, seen.problems]).toEqual([2, []]);
  });

  test('is surer of it than the reader of other configurations, and of no other', () => {
    expect(agentsConfig.recognise(text, '')).toBeGreaterThan(iisConfig.recognise(text, ''));
    expect(agentsConfig.recognise('<configuration><system.webServer /></configuration>', '')).toBe(0);
  });
});
