/** Every kind of log in a published form: what is read of it, in every dress in which people hand it in. */
import { describe, expect, test } from 'vitest';
import { segment } from '../../src/evidence/pasted.ts';
import { readerOf, readers } from '../../src/read/index.ts';
import { type LogForm, logForms } from '../support/log-forms.ts';
import { utf16 } from '../support/memory.ts';
import { fieldsOf, scanText, type Seen } from '../support/scan.ts';

const forms = Object.entries(logForms);
const problemsOf = ({ problems }: Seen): string[] => problems.map(({ code, count }) => `${code}×${count}`);
const rowsOf = (seen: Seen): unknown => seen.rows.map(({ time, fields }) => ({ time, fields }));

describe.each(forms)('%s', (kind, form: LogForm) => {
  const reader = readerOf(kind)!;
  const plain = scanText(reader, form.text);

  test('rows, problems, fields, time', () => {
    expect([plain.count, problemsOf(plain)]).toEqual([form.records, form.problems]);
    expect(fieldsOf(plain)[0]).toMatchObject(form.first);
    expect(plain.rows[0]!.time).toBe(form.firstTime);
    expect(plain.overflow).toBe(0);
  });

  test('one reader is surer of it than all others', () => {
    for (const head of [form.text, form.text.replaceAll('\r\n', '\n'), `\ufeff${form.text}`]) {
      const scores = readers.map((one) => ({ kind: one.kind, score: one.recognise(head, form.path) }));
      const top = Math.max(...scores.map(({ score }) => score));
      expect(scores.filter(({ score }) => score === top)).toEqual([{ kind, score: top }]);
      expect(top).toBeGreaterThanOrEqual(0.9);
    }
  });

  test.each([
    ['with a mark', new TextEncoder().encode(`\ufeff${form.text}`)],
    ['lines that end with LF', new TextEncoder().encode(form.text.replaceAll('\r\n', '\n'))],
    ['UTF-16', utf16(form.text)],
    ['UTF-16, the other way round', utf16(form.text, true)],
  ])('%s', (_name, bytes) => {
    const seen = scanText(reader, bytes);
    expect(rowsOf(seen)).toEqual(rowsOf(plain));
    expect(problemsOf(seen)).toEqual(form.problems);
  });

  test('cut anywhere, it is the same', () => {
    for (const blockBytes of [64, 98, 130, 256, 1000]) {
      const seen = scanText(reader, form.text, { blockBytes });
      expect(rowsOf(seen)).toEqual(rowsOf(plain));
      expect([seen.count, seen.lines, problemsOf(seen)]).toEqual([plain.count, plain.lines, form.problems]);
      expect(seen.rows.map(({ at, line }) => [at, line])).toEqual(plain.rows.map(({ at, line }) => [at, line]));
    }
  });

  test('its header again in mid-file (a restart) is no row', () => {
    const twice = scanText(reader, form.text + form.text);
    expect([twice.count, twice.rows.length]).toEqual([form.records * 2, plain.rows.length * 2]);
  });

  test('a copy that ends in mid-row gives what is there and never more', () => {
    const last = plain.rows.at(-1)!;
    const torn = scanText(reader, new TextEncoder().encode(form.text).subarray(0, last.at + Math.ceil(last.raw.length / 3)));
    expect(torn.count).toBe(form.records);
    expect(rowsOf({ ...torn, rows: torn.rows.slice(0, -1) })).toEqual(rowsOf({ ...plain, rows: plain.rows.slice(0, -1) }));
  });

  test('pasted below somebody’s words it is still found', () => {
    const text = new TextEncoder().encode(`Dear all, see below:\r\n\r\n${form.text}`);
    const { parts, notes } = segment(text, 'utf8', 10);
    const own = parts.filter((part) => part.kind === kind);
    expect(own.length, JSON.stringify(parts)).toBeGreaterThan(0);
    expect(notes.lines).toBeGreaterThan(0);
  });
});

test('logs of several types in one file are cut into parts, each for its own reader', () => {
  const typed = forms.filter(([, { text }]) => /^#Log-type:/m.test(text));
  const text = typed.map(([, form]) => form.text).join('');
  expect(typed.length).toBeGreaterThan(10);
  expect(Math.max(...readers.map((reader) => reader.recognise(text, '')))).toBeLessThan(0.9);
  const { parts } = segment(new TextEncoder().encode(text), 'utf8', 10);
  expect(parts.map(({ kind }) => kind)).toEqual(typed.map(([kind]) => kind));
  for (const part of parts) {
    const seen = scanText(readerOf(part.kind)!, new TextEncoder().encode(text).subarray(part.at, part.end));
    expect([part.kind, seen.count]).toEqual([part.kind, logForms[part.kind]!.records]);
  }
});

test('every form names who published it', () => {
  for (const [kind, { source }] of forms) expect(source, kind).toMatch(/^https:\/\//);
});
