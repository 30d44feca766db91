import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Of `npm test`, too, which does less of them, or with IPsec only: `isLong` and `variant` of test/lab/long.ts. */
const VARIANTS = [
  ...['encryption', 'rotation', 'disable', 'ipv6', 'wireguard'],
  ...['strict', 'paths', 'lacking'],
].map((name) => `test/lab/agent/${name}.test.ts`);

/** The tests that `npm run test:long` runs, one at a time: those that `npm test` does not, or less often. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/long/**/*.test.ts', ...VARIANTS],
    maxWorkers: 1,
    reporters: ['verbose', './test/closing-line.ts'],
  },
});
