import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { podcloak } from '../cli/podcloak.js';
import { argsOfExample, EXAMPLES } from '../examples.js';

const root = join(import.meta.dirname, '../..');

describe('examples', () => {
  // `npx vitest run test/golden -u` writes the files anew: read the diff before you commit it.
  it.each(EXAMPLES.map((name) => [name]))('%s renders what its golden file says', async (name) => {
    const args = ['synth', ...argsOfExample(name)];
    const { code, stdout, stderr } = await podcloak(args, { cwd: root });

    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`files/${name}`);
    await expect(stderr).toMatchFileSnapshot(`files/${name.replace('.yaml', '.stderr.txt')}`);
  });

  it('production.yaml renders what cleans up after it with --cleanup', async () => {
    const args = ['synth', '--cleanup', '-f', 'examples/production.yaml', '-n', 'podcloak'];
    const { code, stdout } = await podcloak(args, { cwd: root });

    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('files/cleanup.yaml');
  });
});
