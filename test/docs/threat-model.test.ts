/** The threat model names a test for everything, and the tests are there. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readers } from '../../src/read/index.ts';
import { logForms } from '../support/log-forms.ts';
import { readerSeeds } from '../support/reader-seeds.ts';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const text = fs.readFileSync(path.join(home, 'docs', 'reference', 'threat-model.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:Where|---)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\||\|$/g, '').trim()));

describe('docs/reference/threat-model.md', () => {
  it('has no empty cell', () => {
    expect(rows.length).toBeGreaterThan(25);
    for (const cells of rows) {
      expect(cells).toHaveLength(4);
      for (const cell of cells) expect(cell, cells[0]).not.toBe('');
    }
  });

  it('names tests that are there', () => {
    for (const [where, , , tests] of rows) {
      const files = [...tests!.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file]) => file!);
      expect(files.length, where).toBeGreaterThan(0);
      for (const file of files) expect(fs.existsSync(path.join(home, file)), `${where}: ${file}`).toBe(true);
    }
  });

  it('may say "every kind of reader": each has something to begin fuzzing with', () => {
    const binary = ['evtx'];
    const seeded = new Set([...Object.keys(readerSeeds), ...Object.keys(logForms), ...binary]);
    expect(readers.map(({ kind }) => kind).filter((kind) => !seeded.has(kind))).toEqual([]);
  });
});
