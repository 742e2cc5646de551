/** The compiled kernel in the repository is what its source compiles to. */
import fs from 'node:fs';
import { expect, test } from 'vitest';

const present = fs.existsSync('node_modules/assemblyscript/package.json');
if (!present) console.warn('skipped: AssemblyScript is not installed, so nobody can say what the kernel compiles to');

test.skipIf(!present)('src/kernel/skim-wasm.ts is what src/kernel/assembly/skim.ts compiles to', async () => {
  // @ts-expect-error a script without types
  const { compiled } = (await import('../../scripts/kernel.mjs')) as { compiled: () => Promise<string> };
  expect(await compiled()).toBe(fs.readFileSync('src/kernel/skim-wasm.ts', 'utf8'));
});
