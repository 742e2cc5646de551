import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { UserError } from '../core/errors.ts';
import { type DemoOptions, generateDemo, planDemo, type Sink, stories, type Truth } from './index.ts';

/** Keeps every file. */
class MemorySink implements Sink {
  readonly files = new Map<string, Uint8Array[]>();
  readonly #open: (Uint8Array[] | null)[] = [];
  open(path: string): number {
    if (this.files.has(path)) throw new Error(`${path} was opened twice`);
    const chunks: Uint8Array[] = [];
    this.files.set(path, chunks);
    return this.#open.push(chunks) - 1;
  }
  write(file: number, bytes: Uint8Array): void {
    this.#open[file]!.push(bytes.slice());
  }
  close(file: number): void {
    if (this.#open[file] === null) throw new Error('closed twice');
    this.#open[file] = null;
  }
  get stillOpen(): number {
    return this.#open.filter((one) => one !== null).length;
  }
  text(path: string): string {
    return Buffer.concat(this.files.get(path)!).toString('latin1');
  }
  hash(): string {
    const hash = createHash('sha256');
    for (const path of [...this.files.keys()].sort()) hash.update(path).update(this.text(path), 'latin1');
    return hash.digest('hex');
  }
}

const made = (options: Partial<DemoOptions> = {}): { truth: Truth; sink: MemorySink } => {
  const sink = new MemorySink();
  const truth = generateDemo(planDemo({ bytes: 2_000_000, stories: ['proxylogon-hands-on'], seed: '1', ...options }), sink);
  return { truth, sink };
};

interface Row {
  readonly file: string;
  readonly cells: ReadonlyMap<string, string>;
}
/** All rows of a log, split as their header says. Values with commas are quoted; none of those is asked for here. */
function rowsOf(sink: MemorySink, truth: Truth, log: RegExp): Row[] {
  const rows: Row[] = [];
  for (const file of truth.files as readonly { path: string; log: string }[]) {
    if (!log.test(file.log)) continue;
    let fields: string[] = [];
    for (const line of sink.text(file.path).split('\r\n')) {
      if (line.startsWith('#Fields: ')) fields = line.slice(9).split(/[ ,]/);
      if (line === '' || line.startsWith('#')) continue;
      const cells = file.log.startsWith('iis') ? line.split(' ') : csvCells(line);
      expect(cells.length, `${file.path}: ${line}`).toBe(fields.length);
      rows.push({ file: file.path, cells: new Map(fields.map((name, index) => [name, cells[index]!])) });
    }
  }
  return rows;
}
function csvCells(line: string): string[] {
  const cells: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
  return cells;
}

test('the same seed gives the same bytes and the same truth, another seed others', () => {
  const [one, again, other] = [made(), made(), made({ seed: '2' })];
  expect(again.sink.hash()).toBe(one.sink.hash());
  expect(again.truth).toEqual(one.truth);
  expect(other.sink.hash()).not.toBe(one.sink.hash());
});

test.each([
  [1_000_000, {}],
  [2_500_000, { stories: ['mixed-intruders'] }],
  [3_000_000, { hosts: 2 }],
  [6_000_000, { days: 1 }],
  [12_000_000, { stories: ['proxyshell'], loadBalancer: 'forwarded' }],
] as const)('%i bytes: within one percent, every file as the truth says', (bytes, more) => {
  const { truth, sink } = made({ bytes, ...more });
  const total = [...sink.files.keys()].reduce((sum, path) => sum + sink.text(path).length, 0);
  expect(Math.abs(total - bytes) / bytes).toBeLessThan(0.01);
  expect(truth.bytes).toBe(total);
  expect(sink.stillOpen).toBe(0);
  expect((truth.files as readonly { path: string }[]).map(({ path }) => path).sort()).toEqual([...sink.files.keys()].sort());
  let records = 0;
  for (const file of truth.files as readonly { path: string; bytes: number; records: number }[]) {
    const lines = sink.text(file.path).split('\r\n');
    expect(lines.pop()).toBe('');
    expect(sink.text(file.path).length).toBe(file.bytes);
    expect(lines.filter((line) => !line.startsWith('#')).length).toBe(file.records);
    records += file.records;
  }
  expect(truth.records).toBe(records);
});

describe.each(stories.map(({ name }) => [name] as const))('%s', (name) => {
  const { truth, sink } = made({ stories: [name], bytes: 3_000_000 });

  test('every hostile row that is there stands where the truth says', () => {
    const story = stories.find((one) => one.name === name)!;
    expect(truth.rows.length > 0).toBe(story.chapters.length > 0);
    for (const row of truth.rows) {
      if (!row.there) {
        expect(row.file).toBeUndefined();
        continue;
      }
      const text = sink.text(row.file!);
      const line = text.slice(row.offset, row.offset! + row.bytes!);
      expect(createHash('sha256').update(line, 'latin1').digest('hex')).toBe(row.sha256);
      expect(text.split('\r\n')[row.line! - 1]).toBe(line);
      // A page that Exchange does not own has no id in any book.
      if (/^httpproxy|^iis-back/.test(row.log) || line.includes('cafeReqId')) expect(line).toContain(row.requestId);
    }
  });

  test('the three books agree by id, second and status', () => {
    if (truth.removed.length > 0) return;
    const front = new Map(
      rowsOf(sink, truth, /^iis-front$/).flatMap(({ cells }) => {
        const id = /cafeReqId=([0-9a-f-]{36});/.exec(cells.get('cs-uri-query')!)?.[1];
        return id === undefined ? [] : [[id, cells] as const];
      }),
    );
    const proxied = new Map(rowsOf(sink, truth, /^httpproxy/).map(({ cells }) => [cells.get('RequestId')!, cells] as const));
    const back = new Map(
      rowsOf(sink, truth, /^iis-back$/).map(({ cells }) => [
        /(?:reqId|&RequestId)=([0-9a-f-]{36})/.exec(cells.get('cs-uri-query')!)![1]!,
        cells,
      ]),
    );
    expect([...proxied.keys()].sort()).toEqual([...front.keys()].sort());
    const answered = [...proxied].filter(([, cells]) => cells.get('BackEndStatus') !== '').map(([id]) => id);
    expect(answered.sort()).toEqual([...back.keys()].sort());
    for (const [id, cells] of proxied) {
      expect(cells.get('HttpStatus')).toBe(front.get(id)!.get('sc-status'));
      expect(cells.get('DateTime')!.slice(0, 19)).toBe(`${front.get(id)!.get('date')}T${front.get(id)!.get('time')}`);
      if (back.has(id)) expect(cells.get('BackEndStatus')).toBe(back.get(id)!.get('sc-status'));
    }
  });

  test('no log goes back in time', () => {
    const last = new Map<string, string>();
    for (const { file, cells } of rowsOf(sink, truth, /./)) {
      const time = cells.get('DateTime') ?? cells.get('TimeStamp') ?? `${cells.get('date')}T${cells.get('time')}`;
      expect(time >= (last.get(file) ?? '')).toBe(true);
      last.set(file, time);
    }
  });

  test('addresses are of the ranges for documentation, names of .example and .test', () => {
    for (const path of sink.files.keys()) {
      const text = sink.text(path);
      for (const [address] of text.matchAll(/(?<![\d.=/])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g))
        expect(address).toMatch(
          /^(?:127\.0\.0\.1|10\.20\.\d+\.\d+|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|15\.1\.\d+\.\d+|15\.0\.\d+\.\d+|\d+\.0\.\d+\.\d+|5\.1\.\d+\.\d+)$/,
        );
    }
  });
});

test('rows that were taken out are not there, and the truth has them', () => {
  const { truth, sink } = made({ stories: ['removed-rows'], bytes: 3_000_000 });
  const removed = truth.removed as readonly { file: string; requestId: string; log: string; timeUtc: string; hostile: boolean }[];
  expect(removed.length).toBe(8);
  for (const row of removed) {
    expect(row.log).toBe('iis-front');
    expect(row.hostile).toBe(true);
    expect(sink.text(row.file)).not.toContain(row.requestId);
    expect(truth.rows.find((one) => one.requestId === row.requestId && one.log === 'iis-front')?.there).toBe(false);
    expect(truth.rows.some((one) => one.requestId === row.requestId && one.log.startsWith('httpproxy') && one.there)).toBe(true);
  }
});

test('rows are taken out of the book that was named', () => {
  const { truth, sink } = made({ stories: ['healthy'], removeRows: 7, removeFrom: 'iis-back' });
  const removed = truth.removed as readonly { file: string; requestId: string; log: string }[];
  expect(removed.map(({ log }) => log)).toEqual(Array.from({ length: 7 }, () => 'iis-back'));
  for (const { file, requestId } of removed) expect(sink.text(file)).not.toContain(requestId);
});

test('gaps hold no row', () => {
  const { truth, sink } = made({ stories: ['healthy'], gaps: 5 });
  const gaps = truth.gaps as readonly { log: string; fromUtc: string; toUtc: string }[];
  expect(gaps.length).toBe(5);
  for (const { log, fromUtc, toUtc } of gaps)
    for (const { cells } of rowsOf(sink, truth, new RegExp(`^${log}$`))) {
      const time = cells.get('DateTime') ?? cells.get('TimeStamp') ?? `${cells.get('date')}T${cells.get('time')}.500Z`;
      expect(time >= fromUtc && time < toUtc).toBe(false);
    }
});

test('logs that begin later hold nothing of before, and the story has begun', () => {
  const { truth, sink } = made({ cutBeforeDays: 4, days: 8 });
  expect(truth.rows.some(({ there }) => there)).toBe(true);
  expect(truth.rows.some(({ there }) => !there)).toBe(true);
  for (const { cells } of rowsOf(sink, truth, /./))
    expect((cells.get('DateTime') ?? cells.get('TimeStamp') ?? cells.get('date')!) >= '2021-02-28').toBe(true);
});

test.each([2, 3, 4, 5])('%i intruders come when so many are asked for', (intruders) => {
  const { truth } = made({ stories: ['mixed-intruders'], intruders, hosts: 2, bytes: 4_000_000 });
  expect(truth.intruders.filter(({ page }) => page !== null).length).toBe(intruders);
  expect(truth.stories[0]!.expect.intruders).toBe(intruders);
  expect(new Set(truth.rows.map(({ intruder }) => intruder)).size).toBe(intruders + 2);
  expect(new Set(truth.intruders.flatMap(({ addresses }) => addresses)).size).toBeLessThan(intruders + 4);
});

test('how many intruders a story has is what its expectation says', () => {
  for (const { name, expect: expected, writers } of stories)
    if (writers === undefined)
      expect(made({ stories: [name] }).truth.stories[0]!.expect.intruders, name).toBe(expected.intruders);
});

test('logs that were not collected and files that got lost are not there', () => {
  const { truth, sink } = made({ without: ['httpproxy', 'ews'], lostFiles: 0.5 });
  expect([...sink.files.keys()].some((path) => /HttpProxy|Ews/.test(path))).toBe(false);
  expect(truth.lostFiles.length).toBeGreaterThan(10);
  for (const path of truth.lostFiles) expect(sink.files.has(path)).toBe(false);
  expect(truth.rows.some(({ there }) => !there)).toBe(true);
});

test('printed events and page files are there when they are asked for, and only then', () => {
  const { truth, sink } = made({ stories: ['proxyshell'], events: true, webFolders: true });
  const path = 'Events/MSExchange Management.txt';
  const rows = truth.rows.filter(({ log }) => log === 'management-events');
  expect(rows.map(({ step }) => step)).toEqual(['role', 'export', 'remove-record']);
  for (const row of rows) {
    expect(row.file).toBe(path);
    const printed = sink.text(path).slice(row.offset, row.offset! + row.bytes!);
    expect(printed).toMatch(/^TimeCreated {2}: .*\r\nProviderName : MSExchange CmdletLogs\r\n/);
    expect(sink.text(path).split('\r\n')[row.line! - 1]).toBe(printed.split('\r\n')[0]);
  }
  const { page } = truth.intruders.find(({ id }) => id === 'operator')!;
  expect(truth.pages.filter(({ intruder }) => intruder !== null)).toEqual([
    { path: `C/inetpub/wwwroot${page!}`, bytes: expect.any(Number) as number, intruder: 'proxyshell/operator' },
  ]);
  for (const { path: file, bytes } of truth.pages) expect(sink.text(file).length).toBe(bytes);
  const plain = made({ stories: ['proxyshell'] });
  expect(plain.truth.pages).toEqual([]);
  expect([...plain.sink.files.keys()].some((file) => /Events|aspx/.test(file))).toBe(false);
});

test('behind a load balancer nobody from outside shows an address of their own', () => {
  const hidden = made({ loadBalancer: 'hidden' });
  for (const { cells } of rowsOf(hidden.sink, hidden.truth, /^iis-front$/))
    expect(cells.get('c-ip')).toMatch(/^(?:10\.20\.0\.5|127\.0\.0\.1)$/);
  const forwarded = made({ loadBalancer: 'forwarded' });
  expect(
    rowsOf(forwarded.sink, forwarded.truth, /^iis-front$/).some(({ cells }) =>
      cells.get('X-Forwarded-For')!.startsWith('192.0.2.'),
    ),
  ).toBe(true);
});

test('a clock that is ahead is ahead in every log of its server, and in no other', () => {
  const { truth, sink } = made({ hosts: 2, bytes: 3_000_000, clockSkewMinutes: 120 });
  const front = new Map(
    rowsOf(sink, truth, /^httpproxy\/Mapi$/).map(({ file, cells }) => [
      cells.get('RequestId')!,
      { file, time: cells.get('DateTime')! },
    ]),
  );
  let compared = 0;
  for (const { file, cells } of rowsOf(sink, truth, /^iis-back$/)) {
    const id = /&RequestId=([0-9a-f-]{36})/.exec(cells.get('cs-uri-query')!)?.[1];
    const there = id === undefined ? undefined : front.get(id);
    if (there === undefined) continue;
    const difference = Date.parse(`${cells.get('date')}T${cells.get('time')}Z`) - Date.parse(there.time);
    const ahead = (path: string): number => (path.startsWith('MAIL02/') ? 7_200_000 : 0);
    expect(Math.abs(difference - ahead(file) + ahead(there.file))).toBeLessThan(2000);
    compared++;
  }
  expect(compared).toBeGreaterThan(50);
});

test('what cannot be made is said, with what to do', () => {
  const wrong = (options: Partial<DemoOptions>): string => {
    try {
      planDemo({ bytes: 2_000_000, stories: ['healthy'], seed: '1', ...options });
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).fix).not.toBe('');
      return (error as UserError).code;
    }
    return 'accepted';
  };
  expect(wrong({})).toBe('accepted');
  expect(wrong({ bytes: 999_999 })).toBe('demo.size');
  expect(wrong({ bytes: Number.NaN })).toBe('demo.size');
  expect(wrong({ stories: ['no-such'] })).toBe('demo.story');
  expect(wrong({ stories: [] })).toBe('demo.story');
  expect(wrong({ stories: ['healthy', 'healthy'] })).toBe('demo.story');
  expect(wrong({ days: 200 })).toBe('demo.days');
  expect(wrong({ days: 0 })).toBe('demo.days');
  expect(wrong({ days: 3, cutBeforeDays: 3 })).toBe('demo.cut-before');
  expect(wrong({ intruders: 3 })).toBe('demo.intruders');
  expect(wrong({ hosts: 9 })).toBe('demo.hosts');
  expect(wrong({ users: 1 })).toBe('demo.users');
  expect(wrong({ from: '2021-02-30' })).toBe('demo.from');
  expect(wrong({ from: 'March' })).toBe('demo.from');
  expect(wrong({ without: ['sysmon'] })).toBe('demo.log');
  expect(wrong({ removeFrom: 'httpproxy' })).toBe('demo.log');
  expect(wrong({ lostFiles: 1.5 })).toBe('demo.lost-files');
  expect(wrong({ utcOffsetHours: 40 })).toBe('demo.utc-offset');
});

test('stories are different, and every name that their steps use is known', () => {
  expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
  for (const story of stories) for (const { by } of story.chapters) expect(Object.keys(story.intruders)).toContain(by);
});
