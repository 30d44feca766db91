import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type RunResult, run } from './run.js';

const why = 'unicorn: none in sight: feed one';

describe('a lab suite whose needs are not met', () => {
  it('is skipped on a user’s machine, and its title says what to do', async () => {
    for (const ci of ['', 'false']) {
      const { code, stdout } = await runNeedySuite(ci);
      expect(code).toBe(0);
      expect(stdout).toContain(`↓ test/lab/fixtures/needy-suite.ts > a ride (skipped: ${why})`);
    }
  });

  it('fails under CI, and says the same', async () => {
    const { code, stdout, stderr } = await runNeedySuite('true');
    expect(code).toBe(1);
    expect(stdout).toContain('× test/lab/fixtures/needy-suite.ts > a ride > has all that it needs');
    expect(stderr).toContain(why);
  });
});

/** Run the fixture in a vitest of its own, as this one's does not count its skips and failures. */
function runNeedySuite(ci: string): Promise<RunResult> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const options = {
    root,
    config: false,
    watch: false,
    include: ['test/lab/fixtures/needy-suite.ts'],
    reporters: ['verbose'],
  };
  const program = `import { startVitest } from 'vitest/node';
    const vitest = await startVitest('test', [], ${JSON.stringify(options)});
    await vitest.close();`;
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', CI: ci };
  return run(process.execPath, ['--input-type=module', '-e', program], { cwd: root, env });
}
