import { createServer } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { podcloak, scratchFolder } from './podcloak.js';

const { path: folder, write } = scratchFolder();
const { PATH } = process.env;

/** Runs the command as a user whose home is the scratch folder. */
const encryption = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  podcloak(['encryption', ...args], {
    env: { PATH, HOME: folder, KUBECONFIG: '', KUBERNETES_SERVICE_HOST: '', ...env },
  });
const status = (args: readonly string[] = [], env?: NodeJS.ProcessEnv) =>
  encryption(['status', ...args], env);
const disable = (args: readonly string[] = []) => encryption(['disable', ...args]);

function kubeconfig(name: string, server: string): string {
  return write(
    name,
    JSON.stringify({
      clusters: [{ name, cluster: { server } }],
      users: [{ name, user: { token: 'tell-nobody' } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    }),
  );
}

describe('podcloak encryption status', () => {
  it('says that there is no kubeconfig, and how to name one', async () => {
    const outcome = await status();

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC440: ');
    expect(outcome.stderr).toContain('--kubeconfig FILE');
  });

  it('quotes nothing of a kubeconfig that is malformed', async () => {
    const file = write('malformed', 'users: [{ token: tell-nobody');
    const { code, stderr } = await status(['--kubeconfig', file]);

    expect(code).toBe(2);
    expect(stderr).toContain('error PC440: ');
    expect(stderr).not.toContain('tell-nobody');
  });

  it('says that the kubeconfig has no such context', async () => {
    const file = kubeconfig('one', 'https://127.0.0.1:1');
    const { code, stderr } = await status(['--kubeconfig', file, '--context', 'two']);

    expect(code).toBe(2);
    expect(stderr).toMatch(/error PC440: .*there is no context "two"/);
  });

  it('sends no token to an API server without TLS', async () => {
    const file = kubeconfig('open', 'http://127.0.0.1:1');

    expect((await status(['--kubeconfig', file])).stderr).toMatch(/PC440: .*no https address/);
  });

  it.each([
    ['-o', 'json'],
    ['--wait-disabled', '--timeout=1s'],
  ])('says that the API server is not reached, also with %s %s', async (...args) => {
    const server = createServer().listen(0, '127.0.0.1');
    const address = await new Promise((resolve) => {
      server.once('listening', () => resolve(server.address()));
    });
    const { port } = address as { port: number };
    const file = kubeconfig('nobody', `https://127.0.0.1:${port}`);
    await new Promise((resolve) => server.close(resolve));
    const outcome = await status(['--kubeconfig', file, ...args]);

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/error PC441: .*ECONNREFUSED/);
    expect(outcome.stderr).toContain('kubectl get nodes');
  });

  it('refuses a duration that is none', async () => {
    const outcome = await status(['--wait-disabled', '--timeout', 'soon']);

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('--timeout: error PC447');
  });

  it('passes over files of KUBECONFIG that are missing, as kubectl does', async () => {
    const file = kubeconfig('there', 'http://127.0.0.1:1');
    const env = { KUBECONFIG: `${join(folder, 'missing')}:${file}` };

    expect((await status([], env)).stderr).toContain('no https address');
    expect((await status([], { KUBECONFIG: join(folder, 'missing') })).stderr).toContain(
      'KUBECONFIG names no file that exists',
    );
  });
});

describe('podcloak encryption disable', () => {
  it('says that there is no kubeconfig before it asks anything', async () => {
    const outcome = await disable();

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC440: ');
  });

  it('refuses a duration that is none before it changes anything', async () => {
    const outcome = await disable(['--yes', '--wait', '--timeout', 'soon']);

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('--timeout: error PC447');
  });
});
