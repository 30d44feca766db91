// `npm run test:long`: what takes too long for every run of all tests: test/long, and with WireGuard what `npm test`
// does with IPsec only. Arguments go to vitest.
import { close, step, tests } from './steps.mjs';

await step('build', ['scripts/build.mjs']);
await tests(
  'the long labs',
  process.execPath,
  ['--config', 'test/long/vitest.config.ts', ...process.argv.slice(2)],
  { PODCLOAK_LONG: '1' },
);
close();
