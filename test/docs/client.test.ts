/** The script of the report in the repository is what its source bundles to. */
import fs from 'node:fs';
import { expect, test } from 'vitest';

const present = fs.existsSync('node_modules/rolldown/package.json');
if (!present) console.warn('skipped: rolldown is not installed, so nobody can say what the script of the report bundles to');

test.skipIf(!present)('src/report/html/client-script.ts is what src/report/client bundles to', async () => {
  // @ts-expect-error a script without types
  const { bundled } = (await import('../../scripts/client.mjs')) as { bundled: () => Promise<string> };
  // Compared as one truth: a difference would print both.
  expect((await bundled()) === fs.readFileSync('src/report/html/client-script.ts', 'utf8'), 'npm run client').toBe(true);
});
