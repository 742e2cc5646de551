import { describe, expect, test } from 'vitest';
import { intrude, notPlayed, techniques, type Visit, type VisitedServer } from './index.ts';
import { csv, csvCells } from './log-forms.ts';

const server: VisitedServer = { name: 'MAIL07', domain: 'lane.example', netbios: 'LANE', ip: '10.9.0.7', build: '15.1.2176.2' };
const visit = (id: string, more: Partial<Visit> = {}): Visit => ({
  technique: techniques.find((one) => one.id === id)!,
  seed: 'test',
  number: 1,
  ms: Date.parse('2021-03-01T23:59:58Z'),
  front: server,
  back: server,
  balancer: null,
  victim: {
    domain: 'lane.example',
    netbios: 'LANE',
    sidBase: 'S-1-5-21-1-2-3',
    mailHost: 'mail.lane.example',
    mailboxes: ['a@lane.example', 'b@lane.example'],
  },
  ...more,
});

describe('a visit to servers that are there already', () => {
  test('leaves rows in the logs of its steps, by their columns and in order, also over midnight', () => {
    const rows = intrude(visit('proxylogon/page'));
    const count = (log: string): number => rows.filter((row) => row.log === log).length;
    expect(['iis-front', 'httpproxy/Ecp', 'iis-back', 'ecp-server', 'management-events'].map(count)).toEqual([8, 7, 7, 9, 4]);
    expect(rows.map(({ ms }) => ms)).toEqual(rows.map(({ ms }) => ms).toSorted((a, b) => a - b));
    const dates = new Set(rows.flatMap(({ cells }) => cells?.get('date') ?? []));
    expect([...dates]).toEqual(['2021-03-01', '2021-03-02']);
    const proxy = rows.find(({ log }) => log === 'httpproxy/Ecp')!;
    expect(proxy.on).toBe('front');
    expect(proxy.cells!.get('ServerHostName')).toBe('MAIL07');
    expect(['MajorVersion', 'BuildVersion', 'RevisionVersion'].map((name) => proxy.cells!.get(name))).toEqual([
      '15',
      '2176',
      '2',
    ]);
    expect(proxy.cells!.has('Organization')).toBe(false);
    const planted = rows.find(({ log, text }) => log === 'ecp-server' && text.includes('Set-OabVirtualDirectory'))!;
    expect(planted.on).toBe('back');
    expect(planted.cells!.get('EventData')).toContain('S:CMD=Set-OabVirtualDirectory');
    expect(rows.find(({ log }) => log === 'iis-front')!.cells!.get('s-ip')).toBe('10.9.0.7');
    expect(rows.filter(({ log }) => log === 'management-events').every(({ cells }) => cells === null)).toBe(true);
  });

  test('is the same for the same seed, and another one for another number, with the same steps', () => {
    const once = intrude(visit('proxyshell/orders'));
    expect(intrude(visit('proxyshell/orders'))).toEqual(once);
    const other = intrude(visit('proxyshell/orders', { number: 2 }));
    expect(other.map(({ log, ms }) => [log, ms])).toEqual(once.map(({ log, ms }) => [log, ms]));
    const pages = (rows: typeof once): Set<string> =>
      new Set(rows.flatMap(({ cells }) => cells?.get('cs-uri-stem') ?? []).filter((stem) => stem.startsWith('/aspnet_client/')));
    expect([...pages(once)].some((page) => pages(other).has(page))).toBe(false);
  });

  test('stands on both servers where one asks the other, and behind the balancer where there is one', () => {
    const back: VisitedServer = { ...server, name: 'MAIL08', ip: '10.9.0.8' };
    const rows = intrude(visit('proxylogon/session', { back, balancer: '10.9.0.250' }));
    const names = (log: string, column: string): Set<string> =>
      new Set(rows.flatMap((row) => (row.log === log ? [row.cells!.get(column) ?? ''] : [])));
    expect(names('httpproxy/Ecp', 'ServerHostName')).toEqual(new Set(['MAIL07']));
    expect(names('ecp-server', 'ServerName')).toEqual(new Set(['MAIL08']));
    expect(names('iis-back', 's-ip')).toEqual(new Set(['10.9.0.8']));
    expect(names('iis-front', 'c-ip')).toEqual(new Set(['10.9.0.250']));
    expect([...names('iis-front', 'X-Forwarded-For')]).toEqual([expect.stringMatching(/^(?:203\.0\.113|198\.51\.100)\.\d+$/)]);
    expect(rows.some(({ on }) => on === 'back')).toBe(true);
  });

  test('every technique leaves rows, has published sources and an id of its own', () => {
    expect(new Set(techniques.map(({ id }) => id)).size).toBe(techniques.length);
    for (const { id, sources } of techniques) {
      expect(intrude(visit(id)).length, id).toBeGreaterThan(2);
      expect(sources.length, id).toBeGreaterThan(0);
    }
    expect(notPlayed.every(({ pack }) => !techniques.some(({ id }) => id.startsWith(`${pack}/`)))).toBe(true);
  });
});

test('cells of a row come back as they were written', () => {
  const cells = ['', 'a', 'b,c', '"', 'x"y"', '', '"",'];
  expect(csvCells(cells.map(csv).join(','))).toEqual(cells);
  expect(csvCells('')).toEqual(['']);
  expect(csvCells('a,')).toEqual(['a', '']);
});
