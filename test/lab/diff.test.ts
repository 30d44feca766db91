import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writeKubeconfig } from './api-client.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import {
  apply,
  get,
  identities,
  identity,
  ours,
  patience,
  podcloak,
  rendered,
  stored,
  untilServed,
} from './podcloak.js';
import type { RunResult } from './run.js';
import { makeScratch, type Scratch } from './scratch.js';

const options = {
  users: [
    { token: 'nobody-token', name: 'nobody' },
    { token: 'deployer-token', name: 'deployer' },
  ],
};
const ipsec = ['-f', 'examples/ipsec.yaml'];
const off = [...ipsec, '--set', 'encryption.enabled=false'];
const KEYS = [
  '3+ rfc4106(gcm(aes)) 0102030405060708090a0b0c0d0e0f1011121314 128\n',
  '4+ rfc4106(gcm(aes)) f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1 128\n',
];

interface Report {
  readonly objects: readonly {
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly change: string;
    readonly fields: readonly object[];
    readonly conflicts: readonly object[];
    readonly unchecked?: string;
  }[];
  readonly summary: object;
}

labDescribe('podcloak diff', controlPlaneNeeds(options), () => {
  let plane: ControlPlane;
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = makeScratch('podcloak-diff');
    plane = await startControlPlane(options);
  });
  afterAll(async () => {
    await plane?.stop();
    await scratch?.remove();
  });

  const diff = (args: readonly string[], kubeconfig = plane.kubeconfig): Promise<RunResult> =>
    podcloak(['diff', ...args], { env: { ...process.env, KUBECONFIG: kubeconfig } });
  const report = async (args: readonly string[]): Promise<Report> =>
    JSON.parse((await diff([...args, '-o', 'json'])).stdout) as Report;
  const different = ({ objects }: Report) => objects.filter(({ change }) => change !== 'none');
  const asUser = (token: string): string => {
    const path = join(scratch.dir, token);
    const { url, caFile } = plane;
    writeKubeconfig(path, { url, caFile, adminToken: '', dir: scratch.dir }, token);
    return path;
  };
  const keyFile = (index: number): string[] => {
    const path = join(scratch.dir, `key${index}`);
    writeFileSync(path, KEYS[index] ?? '');
    return ['--set-file', `encryption.ipsec.key=${path}`];
  };

  it('names every object of an empty cluster as one to create, and creates none', async () => {
    const manifests = await rendered(ipsec);
    const { code, stdout } = await diff(ipsec);

    expect(code).toBe(1);
    expect(stdout).toContain('+ DaemonSet kube-system/podcloak\n');
    expect(stdout.match(/^\+ /gm)).toHaveLength(identities(manifests).length);
    expect(stdout).toMatch(/\n14 to create, 0 to change, 0 as they should be\n$/);
    expect(await ours(plane)).toEqual([]);
  });

  it('says that the namespace is missing, unless it is among the objects', async () => {
    const missing = await diff([...ipsec, '-n', 'net']);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('error PC471: DaemonSet net/podcloak: ');

    const { objects } = await report([...ipsec, '-n', 'net', '--set', 'namespace.create=true']);
    expect(objects[0]).toMatchObject({ kind: 'Namespace', change: 'create' });
    const agent = objects.find(({ kind }) => kind === 'DaemonSet');
    expect(agent).toMatchObject({ change: 'create', unchecked: 'its namespace is not there yet' });
  });

  it('finds no difference after the apply, also a client-side one', async () => {
    for (const how of [[], ['--server-side']]) {
      await apply(plane, await rendered(ipsec), how);
      await untilServed(plane, 'encryptionnodes.podcloak.dev');
      expect(await diff(ipsec)).toMatchObject({
        code: 0,
        stdout: '0 to create, 0 to change, 14 as they should be\n',
      });
    }
  });

  it('names each field that would change, and changes nothing', async () => {
    const manifests = await rendered(ipsec);
    const before = await stored(plane, manifests);
    const { code, stdout } = await diff([...off, '--set', 'image.tag=0.9.9']);

    expect(code).toBe(1);
    expect(stdout).toContain('~ ConfigMap kube-system/podcloak\n');
    expect(stdout).toContain('    data."encryption.enabled": "true" -> "false"\n');
    expect(stdout).toMatch(
      /\n {4}spec\.template\.spec\.containers\[podcloak\]\.image: "podcloak:.*" -> "podcloak:0\.9\.9"\n/,
    );
    expect(stdout).toMatch(/\n0 to create, 2 to change, 12 as they should be\n$/);
    const versions = (await stored(plane, manifests)).map(({ metadata }) => metadata);
    expect(versions).toEqual(before.map(({ metadata }) => metadata));
  });

  it('prints the same as JSON', async () => {
    const found = await report(off);
    expect(found).toMatchObject({ fieldManager: 'kubectl' });
    expect(found.summary).toEqual({ create: 0, change: 1, none: 13, conflicts: 0 });
    expect(different(found)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        namespace: 'kube-system',
        name: 'podcloak',
        change: 'change',
        fields: [{ path: 'data."encryption.enabled"', before: 'true', after: 'false' }],
        conflicts: [],
      },
    ]);
  });

  it('shows digests of images, whole in JSON', async () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    const args = [...ipsec, '--set', `image.digest=${digest}`];
    expect((await diff(args)).stdout).toContain(`@${digest.slice(0, 19)}…"`);
    expect(JSON.stringify(await report(args))).toContain(digest);
  });

  it.each([
    ['no change', ipsec],
    ['encryption off', off],
    ['a label', [...ipsec, '--set', 'commonLabels.team=a']],
    ['an annotation of pods', [...ipsec, '--set', 'podAnnotations.a=b']],
    ['a removed limit', [...ipsec, '--set', 'resources.limits=null']],
    [
      'other tolerations',
      [...ipsec, '--set', 'tolerations[0].key=a,tolerations[0].operator=Exists'],
    ],
  ])('ends as kubectl diff does: %s', async (_, args) => {
    const input = await rendered(args);
    const theirs = await plane.kubectl(['diff', '--server-side', '-f', '-'], { input });
    expect((await diff(args)).code).toBe(theirs.code);
  });

  it('shows what the first server-side apply removes of what a client-side one had', async () => {
    const labelled = [...ipsec, '--set', 'commonLabels.team=a', '--set', 'podAnnotations.b=c'];
    await plane.kubectl(['delete', 'ds', 'podcloak', '-n', 'kube-system']);
    await apply(plane, await rendered(labelled), []);
    expect((await diff(labelled)).code).toBe(0);
    const { code, stdout } = await diff(ipsec);

    expect(code).toBe(1);
    expect(stdout).toContain('    metadata.labels.team: "a" -> (none)\n');
    expect(stdout).toContain('    spec.template.metadata.annotations.b: "c" -> (none)\n');
    await apply(plane, await rendered(ipsec));
    const { metadata } = await get(plane, 'daemonset/podcloak', '-n', 'kube-system');
    expect(metadata).not.toHaveProperty('labels.team');
    expect((await diff(ipsec)).code).toBe(0);
  });

  it('never shows a value of a Secret, only that it differs', async () => {
    await apply(plane, await rendered([...ipsec, ...keyFile(0)]));
    const found: string[] = [];
    for (const format of [[], ['-o', 'json']]) {
      const { code, stdout, stderr } = await diff([...ipsec, ...keyFile(1), ...format]);
      expect(code).toBe(1);
      found.push(stdout + stderr);
    }
    expect(found[0]).toContain('~ Secret kube-system/cilium-ipsec-keys\n    data.keys: differs (');
    expect(JSON.parse((await diff([...ipsec, ...keyFile(1), '-o', 'json'])).stdout)).toMatchObject({
      summary: { change: 1 },
    });
    for (const key of KEYS) {
      const encoded = Buffer.from(key).toString('base64');
      for (const part of [key.slice(3, 40), encoded.slice(0, 16), encoded.slice(30, 50)]) {
        for (const text of found) expect(text).not.toContain(part);
      }
    }
    expect((await diff([...ipsec, ...keyFile(0)])).code).toBe(0);
  });

  it('masks the copy of a Secret that client-side apply leaves in an annotation', async () => {
    await plane.kubectl(['delete', 'secret', 'cilium-ipsec-keys', '-n', 'kube-system']);
    await apply(plane, await rendered([...ipsec, ...keyFile(0)]), []);
    const { code, stdout, stderr } = await diff([...ipsec, ...keyFile(1), '-o', 'json']);

    expect(code).toBe(1);
    for (const key of KEYS) {
      expect(stdout + stderr).not.toContain(Buffer.from(key).toString('base64').slice(0, 16));
    }
  });

  it('names conflicts with another field manager, where apply is refused', async () => {
    await plane.kubectl(['delete', 'secret', 'cilium-ipsec-keys', '-n', 'kube-system']);
    const created = ['create', 'secret', 'generic', 'cilium-ipsec-keys', '-n', 'kube-system'];
    await plane.kubectl([...created, `--from-literal=keys=${KEYS[0]}`]);
    const args = [...ipsec, ...keyFile(1)];
    const { code, stdout, stderr } = await diff(args);

    expect(code).toBe(1);
    expect(stdout).toContain('    conflict: .data.keys belongs to kubectl-create\n');
    expect(stderr).toContain('warning PC470: apply would be refused: Secret cilium-ipsec-keys');
    const refused = await plane.kubectl(['apply', '--server-side', '-f', '-'], {
      input: await rendered(args),
    });
    expect(refused.stderr).toContain('conflict with "kubectl-create"');

    await plane.kubectl(['delete', 'secret', 'cilium-ipsec-keys', '-n', 'kube-system']);
    // With a key in the values, WireGuard was not to do without one.
    await apply(plane, await rendered(ipsec));
  });

  it('asks in the name of who will apply', async () => {
    const { objects } = await report([...off, '--field-manager', 'argocd-controller']);
    expect(objects.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({
      change: 'change',
      conflicts: [{ manager: 'kubectl', field: '.data.encryption.enabled' }],
    });
  });

  it('says which kind the cluster does not know', async () => {
    const monitored = ['--set', 'monitoring.enabled=true,monitoring.podMonitor.enabled=true'];
    const outcome = await diff([...ipsec, ...monitored]);

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC471: PodMonitor kube-system/podcloak: ');
    expect(outcome.stderr.match(/error/g)).toHaveLength(1);
  });

  it('says what rights are missing, for each object', async () => {
    const { code, stdout, stderr } = await diff(ipsec, asUser('nobody-token'));

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.match(/error PC468: /g)).toHaveLength(14);
    expect((await diff(ipsec, asUser('stranger-token'))).stderr).toContain('error PC442: ');
  });

  it('works with the rights to get and patch the objects', async () => {
    const admin = ['create', 'clusterrolebinding', 'deployer', '--clusterrole=cluster-admin'];
    expect(await plane.kubectl([...admin, '--user=deployer'])).toMatchObject({ code: 0 });
    await vi.waitFor(async () => {
      expect((await diff(ipsec, asUser('deployer-token'))).code).toBe(0);
    }, patience);
  });

  it('asks nothing of the cluster when the values are wrong', async () => {
    const outcome = await diff(['--set', 'healthPort=0'], join(scratch.dir, 'no-such-kubeconfig'));
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC105: ');
    expect(outcome.stderr).not.toContain('PC440');
  });

  it('lists objects under the names that the manifests have', async () => {
    const { objects } = await report(ipsec);
    const named = objects.map(({ kind, name, namespace }) =>
      identity({
        kind,
        metadata: { name, resourceVersion: '', uid: '', ...(namespace ? { namespace } : {}) },
      }),
    );
    expect(named).toEqual(identities(await rendered(ipsec)));
  });
});
