// `npm test`: builds, checks that generated files are up to date, lints, and runs all tests; then the
// tests that need no lab once more on Node 24, if this is another version. Arguments go to vitest.
import { join } from 'node:path';
import { NODE_24, node24 } from './node24.mjs';
import { close, step, tests, totals } from './steps.mjs';

const isCi = !['', 'false', undefined].includes(process.env.CI);

const chosen = process.argv.slice(2);
await step('build', ['scripts/build.mjs']);
if (chosen.length > 0) await tests('tests', process.execPath, chosen);
else {
  await step('generated files are up to date', ['scripts/generate.mjs', '--check']);
  await step('lint and format', ['node_modules/@biomejs/biome/bin/biome', 'ci', '.']);
  await step('types of src', [
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.json',
    '--noEmit',
  ]);
  await step('types of test', ['node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json']);
  await tests(`tests on Node ${process.versions.node}`, process.execPath, []);
  const other = node24();
  if (other === undefined) {
    console.log(`skipped: tests on Node ${NODE_24}: npm could not install it; check the network`);
    if (isCi) totals.failed += 1;
    else totals.skipped += 1;
  } else if (other !== process.execPath) {
    await tests(
      `tests on Node ${NODE_24}`,
      other,
      ['--exclude', 'test/lab/**', '--exclude', 'test/chart/**'],
      {
        PATH: `${join(other, '..')}:${process.env.PATH}`,
      },
    );
  }
}
close();
