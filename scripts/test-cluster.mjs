// `npm run test:cluster`: builds, then installs what was built in a real cluster of two emulated nodes, and
// follows the README there. Arguments go to vitest.
import { node24 } from './node24.mjs';
import { close, step, tests } from './steps.mjs';

await step('build', ['scripts/build.mjs']);
// While there is a network: the tests run in one of their own.
node24();
await tests('the cluster', process.execPath, [
  '--config',
  'test/cluster/vitest.config.ts',
  ...process.argv.slice(2),
]);
close();
