import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './run.js';
import {
  describeMissing,
  missingOf,
  missingTools,
  onPath,
  type ToolName,
  toolPath,
} from './tools.js';

const setup = fileURLToPath(new URL('./setup', import.meta.url));
const built: ToolName[] = [
  ...(['kube-apiserver', 'kubectl', 'kubelet', 'helm3', 'helm4'] as const),
  ...(['kube-apiserver-oldest', 'kube-score'] as const),
  ...(['actionlint', 'gitlab-ci-local', 'argocd-crds', 'flux-crds'] as const),
];

describe('the tools of a lab', () => {
  let emptyCache: string;
  beforeEach(() => {
    emptyCache = mkdtempSync(join(tmpdir(), 'podcloak-cache-'));
    vi.stubEnv('XDG_CACHE_HOME', emptyCache);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(emptyCache, { recursive: true });
  });

  it('are missing, with a reason and a remedy, where the cache is empty', () => {
    expect(toolPath('kubectl')).toBeUndefined();
    expect(missingTools(['kubectl'])).toEqual([
      {
        name: 'kubectl',
        reason: expect.stringMatching(/^not built at .*\/kubectl$/),
        remedy: 'run test/lab/setup kubectl',
      },
    ]);
  });

  it('are missing in the very words of setup --check, which builds nothing', async () => {
    const checked = await run(setup, ['--check', ...built]);
    const lines = missingTools(built).map((missing) => `${describeMissing(missing)}\n`);
    expect(checked).toEqual({ code: 1, stdout: lines.join(''), stderr: '' });
  });

  it('are missing in the same words when they are Debian packages', async () => {
    // A PATH with all that --check itself runs, and with nothing that it looks for.
    const path = join(emptyCache, 'path');
    mkdirSync(path);
    symlinkSync(onPath('dirname') ?? '', join(path, 'dirname'));
    const bash = onPath('bash') ?? '';
    vi.stubEnv('PATH', path);
    const checked = await run(bash, [setup, '--check', 'etcd', 'openssl']);
    const lines = missingTools(['etcd', 'openssl']).map((one) => `${describeMissing(one)}\n`);
    expect(checked).toEqual({ code: 1, stdout: lines.join(''), stderr: '' });
  });

  it('may be anything that can say what it lacks', () => {
    const needs = [
      { name: 'kvm', remedy: 'load the module kvm', lacking: () => 'no /dev/kvm' },
      { name: 'node', remedy: 'install Node', lacking: () => undefined },
    ];
    expect(missingOf(needs)).toEqual([
      { name: 'kvm', reason: 'no /dev/kvm', remedy: 'load the module kvm' },
    ]);
  });

  it('are refused by setup when it does not know them', async () => {
    const { code, stderr } = await run(setup, ['--check', 'kube-nothing']);
    expect(code).toBe(1);
    expect(stderr).toContain('unknown: kube-nothing');
  });
});
