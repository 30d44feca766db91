import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { makeNode } from './agents.js';
import { writeKubeconfig } from './api-client.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { say, sayDisabled, sayEncrypted } from './node-says.js';
import { apply, get, patience, podcloak, rendered, untilServed } from './podcloak.js';
import type { RunOptions, RunResult } from './run.js';
import { makeScratch, type Scratch } from './scratch.js';

const options = { users: [{ token: 'reader-token', name: 'reader' }] };
const TOLD = 'Disabled in ConfigMap kube-system/podcloak: the agents walk back to plaintext.\n';

interface ConfigMap {
  readonly metadata: { readonly managedFields: readonly { readonly manager: string }[] };
  readonly data: Readonly<Record<string, string>>;
}

labDescribe('podcloak encryption disable', controlPlaneNeeds(options), () => {
  let plane: ControlPlane;
  let scratch: Scratch;
  let manifests: string;
  beforeAll(async () => {
    scratch = makeScratch('podcloak-disable');
    plane = await startControlPlane(options);
    manifests = await rendered(['-f', 'examples/ipsec.yaml']);
    await apply(plane, manifests);
    await untilServed(plane, 'encryptionnodes.podcloak.dev');
    for (const name of ['n1', 'n2']) await makeNode(plane, name);
  });
  afterAll(async () => {
    await plane?.stop();
    await scratch?.remove();
  });
  // As whoever installed it would: this must never meet a conflict.
  beforeEach(() => apply(plane, manifests));

  const disable = (args: readonly string[] = [], more: RunOptions = {}): Promise<RunResult> => {
    const { PATH } = process.env;
    const env = { PATH, HOME: scratch.dir, KUBECONFIG: plane.kubeconfig };
    return podcloak(['encryption', 'disable', ...args], { env, ...more });
  };
  const config = async () => {
    const which = ['configmap/podcloak', '-n', 'kube-system', '--show-managed-fields'];
    return (await get(plane, ...which)) as unknown as ConfigMap;
  };
  const enabled = async () => (await config()).data['encryption.enabled'];

  it('asks, and takes no for an answer, which is not the success that a script waits for', async () => {
    const refused = await disable([], { input: 'no\n' });
    expect(refused).toMatchObject({ code: 1, stdout: 'Nothing was changed.\n' });
    expect(refused.stderr).toMatch(/talk in plaintext, .*continue\? \[y\/N\] $/);
    const unanswered = await disable(['-o', 'json']);
    expect(unanswered).toMatchObject({ code: 2, stdout: '' });
    expect(unanswered.stderr).toMatch(/\[y\/N\] \n.*error PC430: [\s\S]*add --yes/);
    expect(await enabled()).toBe('true');
  });

  it('changes that one value, and leaves no owner behind whom an apply would run into', async () => {
    const before = await config();
    expect(await disable([], { input: 'y\n' })).toMatchObject({ code: 0, stdout: TOLD });
    const after = await config();
    expect(after.data).toEqual({ ...before.data, 'encryption.enabled': 'false' });
    const managers = ({ metadata }: ConfigMap) =>
      metadata.managedFields.map(({ manager }) => manager);
    expect(managers(after)).toEqual(managers(before));

    await apply(plane, manifests);
    expect(await enabled()).toBe('true');
  });

  it('stands back behind what kubectl apply without --server-side says next, too', async () => {
    // The first time it warns that it has not applied these objects before.
    const client = () => plane.kubectl(['apply', '-f', '-'], { input: manifests });
    expect(await client()).toMatchObject({ code: 0 });
    expect(await disable(['--yes'])).toMatchObject({ code: 0, stdout: TOLD });
    expect(await client()).toMatchObject({ code: 0, stderr: '' });
    expect(await enabled()).toBe('true');
  });

  it('lets go of what an earlier run was ended at, and says that there was nothing to do', async () => {
    const patch = '{"data": {"encryption.enabled": "false"}}';
    const which = ['configmap/podcloak', '-n', 'kube-system'];
    const by = '--field-manager=podcloak-disable';
    await plane.kubectl(['patch', ...which, '--type=merge', '-p', patch, by]);
    const stopped = await plane.kubectl(['apply', '--server-side', '-f', '-'], {
      input: manifests,
    });
    expect(stopped.stderr).toContain('conflict');

    expect(await disable()).toMatchObject({
      code: 0,
      stdout: 'ConfigMap kube-system/podcloak says already that encryption is disabled.\n',
    });
    await apply(plane, manifests);
  });

  it('waits until the last node is disabled', async () => {
    for (const name of ['n1', 'n2']) await say(plane, name, {});
    const waiting = disable(['--yes', '--wait', '-o', 'json']);
    await vi.waitFor(async () => expect(await enabled()).toBe('false'), patience);
    for (const name of ['n1', 'n2']) await sayDisabled(plane, name);
    const { code, stdout, stderr } = await waiting;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines[0]).toEqual({
      configMap: { namespace: 'kube-system', name: 'podcloak' },
      changed: true,
    });
    expect(lines.at(-1)).toMatchObject({ 'enc-disabled-node-count': 2, podcloak: { toGo: [] } });
  });

  it('ends with 1 and the nodes when the time is over; the agents go on', async () => {
    await say(plane, 'n2', {});
    await sayEncrypted(plane, 'n2');
    const late = await disable(['--yes', '--wait', '--timeout', '1s']);
    expect(late.code).toBe(1);
    expect(late.stdout).toBe(`${TOLD}Still to go: 1 of 2 nodes: n2 (enforced)\n`);
    expect(late.stderr).toContain('error PC446: the time is over: n2 (enforced)');
    expect(late.stderr).not.toContain('PC489');
    expect(await enabled()).toBe('false');
  });

  it('says so when something has enabled encryption again meanwhile', async () => {
    await say(plane, 'n2', {});
    const waiting = disable(['--yes', '--wait', '--timeout', '8s']);
    await vi.waitFor(async () => expect(await enabled()).toBe('false'), patience);
    await apply(plane, manifests);
    const { code, stderr } = await waiting;
    expect(code).toBe(1);
    expect(stderr).toMatch(/error PC446: [\s\S]*error PC489: /);
  });

  it('names the namespace or the right that is wrong, and changes nothing', async () => {
    const elsewhere = await disable(['--yes', '-n', 'default']);
    expect(elsewhere).toMatchObject({ code: 2, stdout: '' });
    expect(elsewhere.stderr).toContain('error PC487: there is no ConfigMap default/podcloak');

    const role = ['create', 'role', 'reader', '-n', 'kube-system', '--verb=get'];
    await plane.kubectl([...role, '--resource=configmaps']);
    const binding = ['create', 'rolebinding', 'reader', '-n', 'kube-system', '--role=reader'];
    await plane.kubectl([...binding, '--user=reader']);
    const kubeconfig = join(scratch.dir, 'reader');
    const { url, caFile } = plane;
    const api = { url, caFile, adminToken: '', dir: scratch.dir };
    writeKubeconfig(kubeconfig, api, 'reader-token');
    await vi.waitFor(async () => {
      const refused = await disable(['--yes', '--kubeconfig', kubeconfig]);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toMatch(/error PC488: ConfigMap kube-system\/podcloak: PATCH .*403/);
    }, patience);
    expect(await enabled()).toBe('true');
  });
});
