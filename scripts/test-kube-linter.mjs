// `npm run test:kube-linter`: builds, then has kube-linter, which CI cannot install, judge what is rendered.
// Arguments go to vitest.
import { close, step, tests } from './steps.mjs';

await step('build', ['scripts/build.mjs']);
await tests('kube-linter', process.execPath, [
  '--config',
  'test/outside/vitest.config.ts',
  ...process.argv.slice(2),
]);
close();
