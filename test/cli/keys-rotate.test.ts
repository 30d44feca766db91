import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { COMMAND, podcloak, scratchFolder } from './podcloak.js';

const scratch = scratchFolder();

describe('podcloak keys rotate, before it asks a cluster', () => {
  it.each([
    [['--wait', '-o', 'yaml'], 'PC485'],
    [['--finish', '--algorithm', 'gcm-256'], 'PC485'],
    [['--name', 'Not a name'], 'PC423'],
    [['--key-file', 'no/key'], 'PC423'],
    [['-n', 'No'], 'PC408'],
    [['--algorithm', 'rot13'], 'PC420'],
    [['--timeout', 'soon'], 'PC447'],
    [['--kubeconfig', 'nowhere'], 'PC440'],
  ])('refuses %j with %s', async (args, code) => {
    const result = await podcloak(['keys', 'rotate', ...args]);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(`error ${code}: `);
  });

  it('does not show a key on a terminal without --force', () => {
    const command = `${process.execPath} ${COMMAND} keys rotate -o yaml`;
    const refused = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8' });
    expect(refused.status).toBe(2);
    expect(refused.stdout).toContain('error PC405');
    expect(refused.stdout).toContain('or leave out -o yaml');
  });
});

describe('podcloak keys create --write', () => {
  it('prints no manifest, so it takes no -o yaml', async () => {
    const { code, stdout, stderr } = await podcloak(['keys', 'create', '--write', '-o', 'yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error PC485: ');
  });

  it('needs no pipe on a terminal, as it shows no key', () => {
    const env = { ...process.env, KUBECONFIG: '', HOME: scratch.path };
    const command = `${process.execPath} ${COMMAND} keys create --write`;
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      encoding: 'utf8',
      env,
    });
    expect(stdout).toContain('error PC440');
    expect(stdout).not.toContain('PC405');
  });
});

describe('the names of cilium encryption', () => {
  it.each([
    ['create-key', ['--auth-algo', 'rc4'], 'PC420'],
    ['rotate-key', ['--kubeconfig', 'nowhere'], 'PC440'],
    ['key-status', ['--kubeconfig', 'nowhere'], 'PC440'],
    ['ks', ['--kubeconfig', 'nowhere'], 'PC440'],
  ])('%s is a command', async (name, args, code) => {
    const { stderr } = await podcloak(['encryption', name, ...args]);
    expect(stderr).toContain(`error ${code}: `);
  });
});
