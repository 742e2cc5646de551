/**
 * Lines that are made to keep a reader busy: one thing over and over, as long as the longest text that a reader is asked about, behind
 * what its own rows begin with. Work that grows with the square of a line would take minutes here, work that grows with the line
 * milliseconds; a step that is not done after a very long while is ended and named. Nothing is measured closer than that.
 */
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { readers } from '../../src/read/index.ts';
import { logForms } from '../support/log-forms.ts';
import { readerSeeds } from '../support/reader-seeds.ts';

/** What a pasted line is judged by (`src/evidence/pasted.ts`). */
const lineLength = 256 << 10;
const patienceMs = 30_000;

/** For longer runs, as for the readers: more of everything. */
const thorough = Number(process.env['AFTERPATCH_FUZZ_SECONDS'] ?? 0) > 0;

const units = [
  ' ',
  '\t',
  ',',
  '"',
  "'",
  ':',
  ' : ',
  '-',
  '.',
  '\\',
  '1',
  '1,',
  'a',
  'a ',
  'a=b;',
  '[',
  '<a ',
  '2021-03-03 ',
  'a\r\n',
  ...(thorough
    ? [
        '\u00a0',
        '""',
        ';',
        '=',
        '- ',
        '_',
        '/',
        '|',
        '#',
        '*',
        '@',
        '%',
        '1 ',
        '1.',
        '1:',
        'a.',
        'a:',
        'a : b ',
        '"a",',
        '(',
        '<',
        '{',
        '[a]',
        '<a>',
        '<!--',
        '&amp;',
        'C:\\a\\',
        '/a/',
        '\\\\a',
        'a.aspx ',
        'a.exe ',
        ' -> ',
        '04:12:11 ',
        '1.2.3.4 ',
        'S:A=b;',
        'é',
        '\r\n',
        ': \r\n',
      ]
    : []),
];
const tails = thorough ? ['', '\u0001'] : ['\u0001'];

/** What stands before it: nothing, its own row up to the middle; the beginning of the row, and its own whole text. */
function headsOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const row = lines.findLast((line) => line.length > 8 && line[0] !== '#') ?? '';
  const heads = ['', row.slice(0, row.length >> 1), ...(thorough ? [row.slice(0, 12), text.slice(0, 4000)] : [])];
  return [...new Set(heads)];
}

interface Ended {
  readonly stuck: number | null;
  readonly failed: string | null;
}

function work(data: {
  readonly kind: string;
  readonly path: string;
  readonly texts: readonly unknown[];
  readonly from: number;
}): Promise<Ended> {
  const place = new SharedArrayBuffer(4);
  const seen = new Int32Array(place);
  seen[0] = data.from;
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./hostile-lines-worker.mjs', import.meta.url), {
      workerData: { ...data, place },
      execArgv: [],
    });
    let last = -1;
    let since = Date.now();
    const watch = setInterval(() => {
      const now = Atomics.load(seen, 0);
      if (now !== last) {
        last = now;
        since = Date.now();
      } else if (Date.now() - since > patienceMs) void worker.terminate();
    }, 500);
    let failed: string | null = null;
    worker.on('error', (error) => (failed = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      clearInterval(watch);
      const at = Atomics.load(seen, 0);
      resolve({ stuck: at === -1 ? null : at, failed });
    });
  });
}

const names = ['recognise', 'claims', 'claims what follows', 'scan'];

// Event logs have no lines; their own fuzz target is `readers.test.ts`.
test.each(readers.filter(({ recogniseBytes }) => recogniseBytes === undefined).map((reader) => reader.kind))(
  '%s',
  async (kind) => {
    const form = readerSeeds[kind] ?? logForms[kind]?.text;
    expect(form, 'every reader has a form of its own').toBeDefined();
    const texts = headsOf(form!).flatMap((head) =>
      units.flatMap((unit) => tails.map((tail) => [head, unit, tail, lineLength] as const)),
    );
    const path = logForms[kind]?.path ?? 'C:\\x\\a.log';
    const { stuck, failed } = await work({ kind, path, texts, from: 0 });
    const [head, unit, tail] = stuck === null ? [] : texts[Math.floor(stuck / names.length)]!;
    expect(stuck === null ? null : [names[stuck % names.length], head, unit, tail, failed]).toBeNull();
  },
  600_000,
);
