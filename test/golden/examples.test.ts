// The example sets agree with themselves: one request is the same in every log that it stands in, and every log was kept all day.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { setNames, writeSet } from '../../examples/generate.mjs';

const home = mkdtempSync(join(tmpdir(), 'afterpatch-examples-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Row {
  readonly host: string;
  readonly log: string;
  readonly second: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Cells of a row that may have quotes in any of them. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

/** Rows of the W3C and CSV logs; the CSV here has quotes only in the last column of the ECP server log. */
function rowsOf(files: readonly string[]): Row[] {
  const rows: Row[] = [];
  for (const file of files) {
    const path = file.replaceAll('\\', '/');
    const log = /W3SVC1/.test(path)
      ? 'front'
      : /W3SVC2/.test(path)
        ? 'back'
        : /HttpProxy\//.test(path)
          ? 'proxy'
          : /CmdletInfra\//.test(path)
            ? 'shell'
            : 'ecp';
    const host = /\/(MAIL0\d|MBX\d+)\/C\//.exec(path)?.[1] ?? 'MAIL01';
    let names: string[] = [];
    const text = readFileSync(file, 'utf8');
    expect(text.endsWith('\r\n')).toBe(true);
    let last = '';
    for (const line of text.slice(0, -2).split('\r\n')) {
      if (line.startsWith('#Fields: ')) names = line.slice(9).split(log === 'front' || log === 'back' ? ' ' : ',');
      if (line.startsWith('#')) continue;
      const values =
        log === 'front' || log === 'back'
          ? line.split(' ')
          : log === 'ecp'
            ? line.split(/,(?=.)/, 4)
            : log === 'shell'
              ? cells(line)
              : line.split(',');
      if (log === 'ecp') values.splice(3, 1, line.split(',').slice(3).join(','));
      expect(values.length, line).toBe(names.length);
      const fields = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
      const time = fields['DateTime'] ?? fields['TimeStamp'] ?? `${fields['date']}T${fields['time']}`;
      expect(time >= last, `${path}: ${line}`).toBe(true);
      last = time;
      rows.push({ host, log, second: time.slice(0, 19), fields });
    }
  }
  return rows;
}

describe.each(setNames)('examples/%s', (name) => {
  const { files, bytes } = writeSet(name, join(home, name));
  const expected = JSON.parse(readFileSync(new URL(`../../examples/${name}.expected.json`, import.meta.url), 'utf8'));
  const rows = rowsOf(files);
  const proxy = new Map(rows.filter((row) => row.log === 'proxy').map((row) => [row.fields['RequestId'], row]));

  test('is the same bytes every time, and small', () => {
    const again = writeSet(name, join(home, `${name} again`));
    const hash = (list: readonly string[]) => list.map((file) => createHash('sha256').update(readFileSync(file)).digest('hex'));
    expect(hash(again.files)).toEqual(hash(files));
    expect(bytes).toBeLessThan(16_000_000);
  });

  test('every front-end row of Exchange is one HttpProxy row, in the same second, with the same status and user', () => {
    const front = rows.filter((row) => row.log === 'front' && row.fields['cs-uri-query']?.includes('cafeReqId='));
    expect(front.length).toBe(proxy.size);
    for (const row of front) {
      const twin = proxy.get(/cafeReqId=([^;]+);/.exec(row.fields['cs-uri-query'] ?? '')?.[1]);
      expect(twin?.second).toBe(row.second);
      expect(twin?.host).toBe(row.host);
      expect(twin?.fields['HttpStatus']).toBe(row.fields['sc-status']);
      expect(twin?.fields['AuthenticatedUser'] || '-').toBe(row.fields['cs-username']);
      expect(twin?.fields['ClientIpAddress']).toBe(row.fields['c-ip']);
    }
  });

  test('every back-end row is a request of a front end, and its ECP record names it', () => {
    const acts = new Set<string>();
    for (const row of rows.filter((entry) => entry.log === 'back')) {
      const query = row.fields['cs-uri-query'] ?? '';
      const twin = proxy.get(/(?:reqId|RequestId)=([0-9a-f-]{36})/.exec(query)?.[1]);
      expect(twin?.second).toBe(row.second);
      expect(twin?.fields['BackEndStatus']).toBe(row.fields['sc-status']);
      const act = /ActID=([0-9a-f-]{36})/.exec(query)?.[1];
      if (act !== undefined) acts.add(act);
    }
    for (const row of rows.filter((entry) => entry.log === 'ecp')) {
      expect(acts.has(/S:ACTID=([0-9a-f-]{36})/.exec(row.fields['EventData'] ?? '')?.[1] ?? '')).toBe(true);
    }
  });

  test('every log was kept in every hour', () => {
    const hours = new Map<string, Set<string>>();
    for (const row of rows) {
      const key = `${row.host} ${row.log} ${row.fields['Protocol'] ?? row.fields['ProcessName'] ?? ''}`;
      if (!hours.has(key)) hours.set(key, new Set());
      hours.get(key)?.add(row.second.slice(0, 13));
    }
    const most = Math.max(...[...hours.values()].map((set) => set.size));
    expect(hours.size).toBeGreaterThan(7);
    for (const [key, set] of hours) expect([key, set.size]).toEqual([key, most]);
  });

  test('its expectation is whole', () => {
    expect(Object.keys(expected)).toEqual('why answer stage beyond exitCode entered intrusions mustName mustNotClaim'.split(' '));
    for (const key of ['answer', 'stage', 'beyond', 'exitCode', 'entered']) expect(expected[key].length).toBeGreaterThan(0);
  });
});
