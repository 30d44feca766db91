import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // `npm run test:cluster`, `test:kube-linter` and `test:long` run these.
    exclude: ['test/cluster/**', 'test/outside/**', 'test/long/**', '**/node_modules/**'],
    // Labs wait a good part of their time: on two processors, too, two at once are done sooner.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 300_000,
    hookTimeout: 600_000,
    reporters: ['default', './test/closing-line.ts'],
  },
});
