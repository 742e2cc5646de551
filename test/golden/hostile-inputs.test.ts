import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hostileInputs } from './hostile-inputs.mjs';

const home = mkdtempSync(join(tmpdir(), 'afterpatch-hostile-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('hostile inputs', () => {
  test('ids are unique', () => {
    expect(new Set(hostileInputs.map((input) => input.id)).size).toBe(hostileInputs.length);
  });

  test.each(hostileInputs.map((input) => [input.id, input] as const))('%s can be written', (id, input) => {
    const folder = join(home, id);
    mkdirSync(folder);
    const handedIn = input.write(folder);
    if (handedIn !== undefined) expect(existsSync(handedIn)).toBe(id !== 'missing-path');
    expect(input.expect.exit.length).toBeGreaterThan(0);
    expect(input.expect.exit).not.toContain(0);
    expect(input.expect.exit).not.toContain(70);
  });
});
