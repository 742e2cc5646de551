/** A finding that is known to be good: left out of the answer and said, by what stands in its rows; the next row of the same rule counts. */
import { expect, test } from 'vitest';
import { acknowledge, acknowledgedText, diffOf, readAcknowledged, withdrawn, withOne } from '../../src/case/index.ts';
import type { Acknowledgement } from '../../src/core/acknowledged.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { evidenceFolders } from '../support/folder-of.ts';

const made = evidenceFolders('acknowledged');

const listed = (...names: string[]): string =>
  [
    '"FullName","Length","CreationTimeUtc","LastWriteTimeUtc"',
    ...names.map(
      (name) =>
        `"C:\\inetpub\\wwwroot\\aspnet_client\\${name}","2168","2021-03-01T06:44:19.0000000Z","2021-03-01T06:44:19.0000000Z"`,
    ),
    '',
  ].join('\r\n');
const nowMs = Date.parse('2021-03-20T00:00:00Z');
const said = { reason: 'our status page', by: 'A. Berg', until: '2021-04-30', saidMs: nowMs };

const assessed = (text: string, list: readonly Acknowledgement[] = [], atMs = nowMs): Promise<Assessment> =>
  assessFolder(made({ 'MAIL01/web.csv': text }), list.length === 0 ? {} : { acknowledged: { list, nowMs: atMs } });

const before = await assessed(listed('status.aspx'));
const finding = before.findings.find(({ rule }) => rule === 'web-shell/page-listed')!;
const one = acknowledge(before, finding.id, said);

test('it is left out of the answer, stays visible, and the answer says who said so', async () => {
  expect(before.verdict.answer).toBe('suspected');
  const { verdict, findings } = await assessed(listed('status.aspx'), [one]);
  expect([verdict.answer, verdict.exitCode]).toEqual(['cannot_tell', 2]);
  expect(findings.find(({ rule }) => rule === finding.rule)?.declared).toBe(
    'known to be good, says A. Berg until 30 April 2021: our status page',
  );
  const sentence = 'One finding is left out of the answer because A. Berg said until 30 April 2021: “our status page”.';
  expect(verdict.sentence).toContain(sentence);
  const reason = verdict.reasons.find(({ text }) => text === sentence);
  expect(reason?.findings).toHaveLength(1);
});

test('wherever the row stands now: another file, another line, others beside it', async () => {
  const { verdict } = await assessFolder(
    made({ 'MAIL01/later/files.csv': `${listed('a.js', 'b.js').trimEnd()}\r\n${listed('status.aspx').split('\r\n')[1]!}\r\n` }),
    { acknowledged: { list: [one], nowMs } },
  );
  expect(verdict.answer).toBe('cannot_tell');
});

test('another page of the same rule is not covered, nor the same page with another time or size', async () => {
  for (const text of [
    listed('status.aspx', 'q7x.aspx'),
    listed('status.aspx').replaceAll('2021-03-01T06:44:19', '2021-03-09T01:02:03'),
    listed('status.aspx').replace('"2168"', '"2169"'),
  ]) {
    const { verdict } = await assessed(text, [one]);
    expect(verdict.answer).toBe('suspected');
  }
});

test('a page that was handed in is the whole file: a line more, or another place, and it counts', async () => {
  // A comment in the place of what it would do.
  const text = '<%@ Page Language="C#" %>\r\n<html><body><p>all services are up</p></body></html>\r\n';
  const at = 'MAIL01/C/inetpub/wwwroot/aspnet_client/';
  const first = await assessFolder(made({ [`${at}status.aspx`]: text }));
  const page = first.findings.find(({ observables }) => observables.some(({ value }) => value === '/aspnet_client/status.aspx'))!;
  const list = [acknowledge(first, page.id, said)];
  const declared = async (files: Readonly<Record<string, string>>): Promise<boolean[]> =>
    (await assessFolder(made(files), { acknowledged: { list, nowMs } })).findings
      .filter(({ rule }) => rule === page.rule)
      .map((found) => found.declared !== null);
  expect(await declared({ [`${at}status.aspx`]: text })).toEqual([true]);
  expect(await declared({ [`${at}status.aspx`]: `${text}<!-- more -->\r\n` })).toEqual([false]);
  expect(await declared({ [`${at}statuz.aspx`]: text })).toEqual([false]);
  expect((await declared({ [`${at}status.aspx`]: text, [`${at}other.aspx`]: `${text} ` })).toSorted()).toEqual([false, true]);
});

test('it ends: by the day of the report, by the evidence, and when it is taken back', async () => {
  const late = await assessed(listed('status.aspx'), [one], Date.parse('2021-05-01T00:00:00Z'));
  expect(late.verdict.answer).toBe('suspected');
  expect(late.verdict.reasons.map(({ text }) => text)).toContain(
    '“A page that Exchange does not ship stands in a web folder” counts again: what A. Berg said of it (“our status page”) held until 30 April 2021.',
  );
  const [taken] = withdrawn([one], one.id.slice(0, 6), nowMs);
  const back = await assessed(listed('status.aspx'), [taken!]);
  expect(back.verdict.answer).toBe('suspected');
  expect(JSON.stringify(back.verdict)).not.toContain('A. Berg');
});

test('what it cannot speak for is refused: rows that the case does not hold, a day that is over, nobody’s word', () => {
  expect(() => acknowledge({ ...before, findings: [{ ...finding, count: 11 }] }, finding.id, said)).toThrow(/11 rows/);
  expect(() => acknowledge(before, finding.id, { ...said, until: '2021-03-19' })).toThrow(/is over/);
  expect(() => acknowledge(before, finding.id, { ...said, until: 'soon' })).toThrow(/is no day/);
  expect(() => acknowledge(before, finding.id, { ...said, by: ' ' })).toThrow(/--by/);
  expect(() => acknowledge(before, 'ffff', said)).toThrow(/no finding/);
  expect(() => withdrawn([one], 'ffff', nowMs)).toThrow(/Nothing/);
});

test('the file reads as it was written; anything else is refused with its name', () => {
  const two = withOne([one], { ...one, id: 'b'.repeat(16), saidUtc: '2021-03-01T00:00:00.000Z' });
  expect(two.map(({ id }) => id)).toEqual(['b'.repeat(16), one.id]);
  expect(withOne(two, { ...one, reason: 'again' })).toHaveLength(2);
  expect(readAcknowledged(acknowledgedText(two), 'x')).toEqual(two);
  for (const text of ['', '[]', '{"schema":"afterpatch.acknowledged/1"}', acknowledgedText([{ ...one, contents: ['x'] }])])
    expect(() => readAcknowledged(text, 'C/acknowledged.json')).toThrow('C/acknowledged.json');
});

test('two assessments held against each other say what is new, what is gone and what was left out', async () => {
  const after = await assessed(listed('status.aspx', 'q7x.aspx'), [one]);
  const diff = diffOf(before, after);
  expect(diff.answer).toEqual({ before: 'suspected', after: 'suspected', changed: false });
  expect(diff.declared.map(({ rule }) => rule)).toEqual([finding.rule]);
  expect(diff.newFindings.map(({ observables }) => observables.map(({ value }) => value))).toEqual([['/aspnet_client/q7x.aspx']]);
  expect(diff.goneFindings).toEqual([]);
  expect(diff.because.join(' ')).toContain('A. Berg');
});

test('a row that cannot be told from those of another finding is nobody’s to acknowledge', () => {
  const other = { ...finding, id: 'feedfeedfeedfeed', title: 'Another page' };
  const beside = (own: Partial<typeof other>): Assessment => ({
    ...before,
    findings: [...before.findings, { ...other, ...own }],
  });
  expect(() => acknowledge(beside({}), finding.id, said)).toThrow(
    /“Another page” \(feedfeed\), and nobody can tell its rows apart/,
  );
  // Of another server or another rule it is another matter.
  expect(acknowledge(beside({ host: 'MAIL02' }), finding.id, said).contents).toHaveLength(1);
  expect(acknowledge(beside({ rule: 'web-shell/other' }), finding.id, said).contents).toHaveLength(1);
});
