// `npm run test:long`: the labs that repeat themselves, as often as they can: 24 rotations of six nodes, and
// encryption ten times off and on. Arguments go to vitest.
import { close, step, tests } from './steps.mjs';

await step('build', ['scripts/build.mjs']);
await tests(
  'the long labs',
  process.execPath,
  ['--config', 'test/long/vitest.config.ts', ...process.argv.slice(2)],
  { PODCLOAK_LONG: '1' },
);
close();
