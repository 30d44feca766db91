// Steps of `npm test` and `npm run test:cluster`: each passes its output through and is counted.
import { spawn } from 'node:child_process';

const vitest = 'node_modules/vitest/vitest.mjs';

/** What all steps came to so far. */
export const totals = { passed: 0, failed: 0, skipped: 0 };

/** What failed, and which files took long: repeated at the end, as what comes between may be long. */
const failed = [];
const took = [];

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
export async function step(title, args) {
  if ((await run(title, process.execPath, args)).ok) totals.passed += 1;
  else {
    totals.failed += 1;
    failed.push(`failed: ${title}`);
  }
}

/** Runs vitest under this Node; each test counts. */
export async function tests(title, node, args, env) {
  const { ok, stdout } = await run(title, node, [vitest, 'run', ...args], env);
  const line = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(stdout);
  totals.passed += Number(line?.[1] ?? 0);
  totals.failed += Number(line?.[2] ?? 0);
  totals.skipped += Number(line?.[3] ?? 0);
  // A crash of the runner, or a run that counted nothing, must not pass for success.
  if ((!ok && !Number(line?.[2])) || line === null) {
    totals.failed += 1;
    failed.push(`failed: ${title}: the runner ended without a failed test`);
  }
  failed.push(...(stdout.match(/^failed: .+$/gm) ?? []));
  took.push(...(stdout.match(/^took: .+$/gm) ?? []));
}

/** Prints what failed and the last line, and sets the exit code. */
export function close() {
  const { passed, skipped } = totals;
  console.log(['', ...took, ...failed].join('\n'));
  console.log(
    `${passed} passed, ${totals.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
