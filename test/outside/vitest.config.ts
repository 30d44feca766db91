import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests with programs that CI cannot install: `npm test` leaves them out. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/outside/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    reporters: ['default', './test/closing-line.ts'],
  },
});
