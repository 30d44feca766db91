import { describe, expect, it } from 'vitest';
import { run } from '../lab/run.js';

function image(...args: string[]) {
  return run(process.execPath, ['scripts/image.mjs', ...args]);
}

describe('npm run image', () => {
  it('says how it is used', async () => {
    const { code, stdout } = await image('--help');
    expect(code).toBe(0);
    for (const word of ['--push', '--load', '--platform', '--output', '--update-packages']) {
      expect(stdout).toContain(word);
    }
  });

  it.each([
    [['--platform', 'linux/s390x'], 'no such platform', 'linux/amd64 or linux/arm64'],
    [['--platform', 'linux/amd64,linux/amd64'], 'twice', 'once'],
    [['--load', 'minikube'], 'no such target', 'kind, k3d, containerd'],
    [['--rootfs', 'x'], 'one platform', '--platform'],
    [['--pusch', 'x'], "Unknown option '--pusch'", '--help'],
    [['podcloak'], 'podcloak', '--help'],
  ])('%j is refused before any work, with a remedy', async (args, what, remedy) => {
    const { code, stdout, stderr } = await image(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: .+\n {2}.+\n$/);
    expect(stderr).toContain(what);
    expect(stderr).toContain(remedy);
  });
});
