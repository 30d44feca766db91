import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { startInAnotherProcess } from './fixtures/other-process.js';
import { labDescribe } from './lab-describe.js';

const options = {
  controllerManager: true,
  users: [{ token: 'token-of-n1', name: 'system:node:n1', groups: ['system:nodes'] }],
};

/** Long enough for a busy machine; a poll ends as soon as it succeeds. */
const patience = { timeout: 120_000, interval: 50 };

labDescribe('a control plane', controlPlaneNeeds(options), () => {
  describe('that runs', () => {
    let plane: ControlPlane;
    beforeAll(async () => {
      plane = await startControlPlane(options);
    });
    afterAll(() => plane?.stop());

    it('answers that it is ready', async () => {
      expect(await plane.request('GET', '/readyz')).toEqual({ status: 200, body: 'ok' });
    });

    it('gives a raw request the namespace that kubectl made from standard input', async () => {
      const metadata = { name: 'from-kubectl', labels: { made: 'here' } };
      const input = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata });
      const applied = await plane.kubectl(['apply', '-f', '-'], { input });
      expect(applied).toMatchObject({ code: 0, stdout: 'namespace/from-kubectl created\n' });
      const read = await plane.request('GET', '/api/v1/namespaces/from-kubectl');
      expect(read).toMatchObject({ status: 200, body: { metadata } });
    });

    it('sends a body of the media type that a request names', async () => {
      const path = '/api/v1/namespaces/default';
      const contentType = 'application/merge-patch+json';
      const body = { metadata: { labels: { patched: 'yes' } } };
      expect(await plane.request('PATCH', path, { contentType, body })).toMatchObject({
        status: 200,
        body,
      });
    });

    it('forbids an anonymous request and does not know a bogus token', async () => {
      const path = '/api/v1/namespaces';
      expect(await plane.request('GET', path, { token: null })).toMatchObject({ status: 403 });
      expect(await plane.request('GET', path, { token: 'bogus' })).toMatchObject({ status: 401 });
      const listed = await plane.kubectl(['get', 'namespaces'], { token: 'bogus' });
      expect(listed.code).not.toBe(0);
      expect(listed.stderr).toMatch(/logged in|Unauthorized/);
    });

    it('knows a user by its token alone, and holds a node to its own objects', async () => {
      const token = 'token-of-n1';
      const whoami = await plane.kubectl(['auth', 'whoami', '-o', 'json'], { token });
      expect(JSON.parse(whoami.stdout)).toMatchObject({
        status: { userInfo: { username: 'system:node:n1' } },
      });
      const node = (name: string) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
      const make = (name: string) =>
        plane.request('POST', '/api/v1/nodes', { token, body: node(name) });
      expect(await make('n1')).toMatchObject({ status: 201 });
      expect(await make('n2')).toMatchObject({ status: 403 });
    });

    it('gives a service account a token that the API server accepts as it', async () => {
      await plane.kubectl(['create', 'serviceaccount', 'agent']);
      const { stdout } = await plane.kubectl(['create', 'token', 'agent']);
      const whoami = await plane.kubectl(['auth', 'whoami', '-o', 'json'], {
        token: stdout.trim(),
      });
      expect(JSON.parse(whoami.stdout)).toMatchObject({
        status: { userInfo: { username: 'system:serviceaccount:default:agent' } },
      });
    });

    it('makes the service account of the default namespace', async () => {
      const path = '/api/v1/namespaces/default/serviceaccounts/default';
      expect(await plane.request('GET', path)).toMatchObject({ status: 200 });
    });

    it('collects the ConfigMap whose owner is deleted', async () => {
      const maps = '/api/v1/namespaces/default/configmaps';
      const make = (metadata: object) =>
        plane.request('POST', maps, { body: { apiVersion: 'v1', kind: 'ConfigMap', metadata } });
      const owner = await make({ name: 'owner' });
      const { uid } = (owner.body as { metadata: { uid: string } }).metadata;
      const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid };
      const dependent = await make({ name: 'dependent', ownerReferences: [reference] });
      expect(dependent.status).toBe(201);

      await plane.request('DELETE', `${maps}/owner`);
      await vi.waitFor(async () => {
        expect(await plane.request('GET', `${maps}/dependent`)).toMatchObject({ status: 404 });
      }, patience);
    });
  });

  it('leaves no process, port or file behind when it stops, and may be stopped twice', async () => {
    const plane = await startControlPlane(options);
    expect(plane.pids.map(isAlive)).toEqual([true, true, true]);
    expect(await isListening(plane.url)).toBe(true);

    await Promise.all([plane.stop(), plane.stop()]);
    expect(plane.pids.map(isAlive)).toEqual([false, false, false]);
    expect(await isListening(plane.url)).toBe(false);
    expect(existsSync(dirname(plane.kubeconfig))).toBe(false);
  });

  it('says why it did not start, with the log of the server that failed', async () => {
    // A quote in the token makes the static token file one that cannot be read.
    const users = [{ token: 'a"token', name: 'nobody' }];
    await expect(startControlPlane({ users })).rejects.toThrow(
      /^kube-apiserver ended with code 1; the last lines of kube-apiserver's log:\n.*quote/s,
    );
  });

  it('leaves no process or file behind when the process that started it is killed', async () => {
    const other = await startInAnotherProcess();
    expect(other.serverPids.map(isAlive)).toEqual([true, true]);

    process.kill(other.pid, 'SIGKILL');
    await vi.waitFor(() => {
      expect([...other.serverPids, other.pid].map(isAlive)).toEqual([false, false, false]);
      expect(existsSync(other.dir)).toBe(false);
    }, patience);
  });
});

/** Whether a process runs. An orphan may stay a zombie where no init collects it: that is no life. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The state follows the name, which is in parentheses and may hold some itself (proc(5)).
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
