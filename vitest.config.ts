import { defineConfig } from 'vitest/config';

// Only sources: compiled copies in dist/ would run twice.
export default defineConfig({
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: '100%' },
});
