import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ForgedFile, baseFiles, bases, forgeries, writeForgery } from './corpus.mjs';

const content = (files: ForgedFile[]): string =>
  files.map((file) => `${file.path}\n${Buffer.from(file.bytes).toString('latin1')}`).join('\n');

describe('the log-forging corpus', () => {
  test('ids are unique, and none is the name of a base', () => {
    const ids = [...forgeries.map((forgery) => forgery.id), ...Object.keys(bases)];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every base is forged', () => {
    expect(new Set(forgeries.map((forgery) => forgery.base))).toEqual(new Set(Object.keys(bases)));
  });

  test.each(Object.keys(bases))('base %s is the same bytes every time and has every log with its header', (base) => {
    const files = baseFiles(base);
    expect(content(files)).toBe(content(baseFiles(base)));
    for (const file of files)
      expect(Buffer.from(file.bytes).toString('utf8')).toMatch(/^#Software: [^\r]+\r\n#Version: [^\r]+\r\n/);
    const kinds = files.map((file) => file.path.replace(/.*\/(?=W3SVC|HttpProxy\/|ECP\/)/, '').replace(/\/[^/]*$/, ''));
    expect(kinds).toEqual(expect.arrayContaining(['W3SVC1', 'W3SVC2', 'HttpProxy/Ecp', 'HttpProxy/Owa', 'HttpProxy/Ews']));
    expect(kinds.includes('ECP/Server')).toBe(base !== 'session');
  });

  test.each(forgeries.map((forgery) => [forgery.id, forgery] as const))('%s differs from its base', (_id, forgery) => {
    expect(content(forgery.files())).toBe(content(forgery.files()));
    expect(content(forgery.files())).not.toBe(content(baseFiles(forgery.base)));
    expect(Object.keys(bases)).toContain(forgery.base);
    expect(forgery.expect.answer?.length ?? 0).toBeGreaterThan(0);
    expect(forgery.expect.stage?.length ?? 0).toBeGreaterThan(0);
    if (forgery.expect.sameAs !== undefined) expect(forgery.expect.sameAs).toBe(forgery.base);
  });

  test('writes the files of a forgery and of a base', () => {
    const folder = mkdtempSync(join(tmpdir(), 'afterpatch-forging-'));
    try {
      writeForgery('exception-in-url', join(folder, 'forged'));
      writeForgery('planted', join(folder, 'base'));
      const list = (name: string) => readdirSync(join(folder, name), { recursive: true }).map(String).toSorted();
      expect(list('forged')).toEqual(list('base'));
      expect(() => writeForgery('no such id', folder)).toThrow('no such forgery');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('no source of the corpus holds text that a virus scanner would take', async () => {
    const { readFileSync } = await import('node:fs');
    for (const name of ['corpus.mjs', 'bases.mjs', '../../examples/intruders.mjs']) {
      const text = readFileSync(new URL(name, import.meta.url), 'utf8');
      expect(text).not.toMatch(/runat\s*=\s*"?server/i);
      expect(text).not.toMatch(/<%/);
    }
  });
});
