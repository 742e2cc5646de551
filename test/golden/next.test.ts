/** The shortest list of what can still change the answer: nothing of it can be left out, and what is not on it changes nothing. */
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { renderNext } from '../../src/report/index.ts';
import { root } from '../e2e/run-cli.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { evidenceFolders } from '../support/folder-of.ts';

const made = evidenceFolders('next');
const example = (name: string): Promise<Assessment> => assessFolder(path.join(root, 'examples', name));
const told = ({ next }: Assessment): string[] => next.list.map(({ kind, host }) => `${kind} ${host}`);

test('logs that are too young: what is missing of the three that answer, and with them the answer is whole', async () => {
  const assessment = await example('too-young');
  const { next } = assessment;
  expect(told(assessment)).toEqual(['httpproxy MAIL01', 'iis-w3c MAIL01', 'ecp-server MAIL01']);
  expect([next.answer, next.ifNothing]).toEqual([
    { answer: 'cannot_tell', exitCode: 2 },
    { answer: 'no_evidence', exitCode: 0 },
  ]);
  // None of them alone is enough, and each could show that somebody got in.
  expect(next.list.map(({ ifNothing }) => ifNothing.answer)).toEqual(['cannot_tell', 'cannot_tell', 'cannot_tell']);
  expect(next.list.map(({ ifSomething }) => ifSomething?.answer)).toEqual(['suspected', 'confirmed', 'confirmed']);
  expect(next.list.map(({ fromUtc, toUtc }) => [fromUtc, toUtc].map((utc) => utc!.slice(0, 10)))).toEqual(
    Array.from({ length: 3 }, () => ['2021-01-03', '2021-03-09']),
  );
  expect(next.list.map(({ rateOf }) => rateOf)).toEqual(['this_server', 'this_server', 'this_server']);
  // Days that are missing at the rate of those that are here, in this set one file of each log a day.
  const ecp = assessment.evidence.filter(({ kind }) => kind === 'ecp-server');
  const perDay = ecp.reduce((sum, { bytes }) => sum + bytes, 0) / ecp.length;
  expect(Math.abs(next.list[2]!.bytes! / (perDay * 65) - 1)).toBeLessThan(0.05);
  expect(next.list[2]!.files).toBe(65);
  const text = renderNext(assessment, { width: 80, bytesPerSecond: 50_000 });
  expect(text).toContain('3 sources can still change the answer');
  expect(text).toMatch(/about \d minutes/);
  expect(text).toContain('With all of these, and nothing found in them: nothing found (exit 0).');
});

test('where one log decides what was left behind it is the only one on the list; how much there is nobody can tell', async () => {
  const assessment = await example('session');
  expect(told(assessment)).toEqual(['ecp-server MAIL01']);
  const [log] = assessment.next.list;
  expect([log!.ifNothing.answer, log!.ifSomething?.answer, log!.bytes, log!.rateOf]).toEqual([
    'suspected',
    'confirmed',
    null,
    'nobody',
  ]);
  expect(assessment.next.others).toBeGreaterThan(0);
});

test('where what is here is enough nothing is asked for', async () => {
  const inside = await assessFolder(
    made({
      'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': [
        '#Software: Microsoft Internet Information Services 10.0',
        '#Version: 1.0',
        '#Date: 2021-03-03 00:00:00',
        '#Fields: date time s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
        '2021-03-03 04:10:00 MAIL01 10.20.0.11 GET /aspnet_client/q7x.aspx k=whoami 443 - 203.0.113.24 curl/7.64.1 - 200 0 0 46',
        '',
      ].join('\r\n'),
    }),
  );
  expect(inside.verdict.answer).toBe('confirmed');
  expect(inside.next.list).toEqual([]);
  expect(inside.next.says).toBe('They got in: no log that is missing could change that.');
});
