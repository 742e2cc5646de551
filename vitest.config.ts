import { defineConfig } from 'vitest/config';

// Only sources: compiled copies in dist/ would run twice. Test files share their process's modules, which keep nothing that could differ: loading
// them anew for each file took a tenth of the run.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    isolate: false,
  },
});
