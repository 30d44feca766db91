import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests that `npm run test:cluster` runs, in a network of their own, and `npm test` does not. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    pool: 'forks',
    include: ['test/cluster/**/*.test.ts'],
    // Two emulated nodes share this machine with all of a control plane.
    testTimeout: 2_400_000,
    hookTimeout: 1_800_000,
    reporters: ['verbose', './test/closing-line.ts'],
  },
});
