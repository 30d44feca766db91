// `npm test`: builds, checks that generated files are up to date, lints, and runs all tests; then the
// tests that need no lab once more on Node 24, if this is another version. Arguments go to vitest.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NODE_24, node24 } from './node24.mjs';

const isCi = !['', 'false', undefined].includes(process.env.CI);
const vitest = 'node_modules/vitest/vitest.mjs';
const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs a program; its output passes through as it comes, and is returned. */
function run(title, program, args, env = {}) {
  console.log(`\n# ${title}`);
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      process.stdout.write(text);
    });
    child.on('error', (error) => resolve({ ok: false, stdout: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, stdout }));
  });
}

/** A step that is one pass or one failure. */
async function step(title, args) {
  if ((await run(title, process.execPath, args)).ok) totals.passed += 1;
  else totals.failed += 1;
}

async function tests(title, node, args, env) {
  const { ok, stdout } = await run(title, node, [vitest, 'run', ...args], env);
  const line = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(stdout);
  totals.passed += Number(line?.[1] ?? 0);
  totals.failed += Number(line?.[2] ?? 0);
  totals.skipped += Number(line?.[3] ?? 0);
  // A crash of the runner, or a run that counted nothing, must not pass for success.
  if ((!ok && !Number(line?.[2])) || line === null) totals.failed += 1;
}

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
    await tests(`tests on Node ${NODE_24}`, other, ['--exclude', 'test/lab/**'], {
      PATH: `${join(other, '..')}:${process.env.PATH}`,
    });
  }
}
const { passed, failed, skipped } = totals;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
