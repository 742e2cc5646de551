/** `--since` and `--until`: what is left out is told, and nobody is told that nothing happened. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessFolder } from '../support/assess-folder.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-asked-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const fields =
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken';
const day = (date: string, hostile = false): string => {
  const rows = [fields];
  for (let i = 0; i < 6000; i++) {
    const time = `${String(Math.floor(i / 250)).padStart(2, '0')}:${String(Math.floor((i % 250) / 5)).padStart(2, '0')}:00`;
    rows.push(`${date} ${time} 10.0.0.5 GET /owa/ - 443 CORP\\ann 192.0.2.${i % 50} Mozilla/5.0 200 ${i % 90}`);
  }
  if (hostile)
    for (let i = 0; i < 4; i++)
      rows.push(`${date} 23:59:0${i} 10.0.0.5 POST /owa/auth/qx81.aspx - 443 - 203.0.113.9 python 200 ${i * 7}`);
  return `${rows.join('\r\n')}\r\n`;
};
const days = ['2021-03-01', '2021-03-02', '2021-03-03', '2021-03-04'];
beforeAll(() => {
  const at = path.join(folder, 'MAIL01', 'C', 'inetpub', 'logs', 'LogFiles', 'W3SVC1');
  fs.mkdirSync(at, { recursive: true });
  for (const date of days)
    fs.writeFileSync(path.join(at, `u_ex${date.slice(2).replaceAll('-', '')}.log`), day(date, date === '2021-03-03'));
});
const ms = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const assessed = async (fromMs: number, toMs: number) => {
  const assessment = await assessFolder(folder, { asked: { fromMs, toMs } });
  return {
    ...assessment,
    leftOut: assessment.problems
      .filter(({ code }) => code === 'evidence.other_time')
      .map(({ artifact }) => artifact.slice(-10, -4)),
  };
};

describe('a time that is asked for', () => {
  it('leaves logs out that lie wholly before or behind it, and reads those that reach into it', async () => {
    expect((await assessed(ms('2021-03-02'), ms('2021-03-03'))).leftOut).toEqual(['210301', '210303', '210304']);
    expect((await assessed(ms('2021-03-03') + 12 * 3600_000, Infinity)).leftOut).toEqual(['210301', '210302']);
    expect((await assessed(-Infinity, ms('2021-03-02') + 1)).leftOut).toEqual(['210303', '210304']);
    expect((await assessed(-Infinity, Infinity)).leftOut).toEqual([]);
  });

  it('finds what was in it, as without it', async () => {
    const whole = await assessFolder(folder);
    const asked = await assessed(ms('2021-03-03'), ms('2021-03-04'));
    expect(asked.verdict.stage).toBe(whole.verdict.stage);
    expect(asked.findings.map(({ id }) => id)).toEqual(whole.findings.map(({ id }) => id));
  });

  it('never says that nothing happened, and names what is missing first', async () => {
    const { verdict, notRead } = await assessed(ms('2021-03-01'), ms('2021-03-03'));
    expect([verdict.answer, verdict.exitCode]).toEqual(['cannot_tell', 2]);
    expect(verdict.missing[0]).toMatchObject({
      kind: 'other_time',
      text: 'Logs that have nothing from 1 to 2 March 2021 were not read, because you asked for this time.',
    });
    expect(notRead.map(({ why }) => why)).toEqual([
      'its first and last rows are of another time than the one that was asked for',
      'its first and last rows are of another time than the one that was asked for',
    ]);
  });
});
