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

interface Line {
  readonly kind: string;
  readonly path: string;
  readonly head: string;
  readonly unit: string;
  readonly tail: string;
}

/** Where it stopped, and the error that stopped it; null: it came to its end. */
function work(texts: readonly Line[], from: number): Promise<{ readonly at: number; readonly error: string | null } | null> {
  const place = new SharedArrayBuffer(4);
  const seen = new Int32Array(place);
  seen[0] = from;
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./hostile-lines-worker.mjs', import.meta.url), {
      workerData: { texts, length: lineLength, from, place },
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
    let error: string | null = null;
    worker.on('error', (thrown) => (error = thrown instanceof Error ? thrown.message : String(thrown)));
    worker.on('exit', () => {
      clearInterval(watch);
      const at = Atomics.load(seen, 0);
      resolve(at === -1 ? null : { at, error });
    });
  });
}

/** What the worker does with each line. */
const steps = ['recognise', 'claims', 'claims what follows', 'scan'];
/** Event logs have no lines; their own fuzz target is `readers.test.ts`. */
const kinds = readers.filter(({ recogniseBytes }) => recogniseBytes === undefined).map(({ kind }) => kind);

test('no line keeps a reader busy', async () => {
  const texts = kinds.flatMap((kind): Line[] => {
    const form = readerSeeds[kind] ?? logForms[kind]?.text;
    expect(form, `${kind}: every reader has a form of its own`).toBeDefined();
    const path = logForms[kind]?.path ?? 'C:\\x\\a.log';
    return headsOf(form!).flatMap((head) => units.flatMap((unit) => tails.map((tail) => ({ kind, path, head, unit, tail }))));
  });
  const stuck: unknown[] = [];
  for (let from = 0; from < texts.length * steps.length;) {
    const ended = await work(texts, from);
    if (ended === null) break;
    const { kind, head, unit, tail } = texts[Math.floor(ended.at / steps.length)]!;
    stuck.push([kind, steps[ended.at % steps.length], head, unit, tail, ended.error]);
    // On with the next reader: one that is slow is slow with many.
    const next = texts.findIndex((line, index) => index * steps.length > ended.at && line.kind !== kind);
    if (next === -1) break;
    from = next * steps.length;
  }
  expect(stuck).toEqual([]);
}, 1_800_000);
