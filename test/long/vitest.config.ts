import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests that `npm run test:long` runs, one at a time: those that `npm test` does not, or less often. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/long/**/*.test.ts', 'test/lab/agent/toggles.test.ts'],
    maxWorkers: 1,
    reporters: ['verbose', './test/closing-line.ts'],
  },
});
