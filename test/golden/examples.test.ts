import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { podcloak } from '../cli/podcloak.js';

const root = join(import.meta.dirname, '../..');

/** What an example's own first lines tell the user to add. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'cilium-values.yaml': ['--allow-unknown'],
  'production.yaml': ['--namespace', 'podcloak'],
};

const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'));

describe('examples', () => {
  // `npx vitest run test/golden -u` writes the files anew: read the diff before you commit it.
  it.each(examples.map((name) => [name]))('%s renders what its golden file says', async (name) => {
    const args = ['synth', '-f', `examples/${name}`, ...(OPTIONS[name] ?? [])];
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
