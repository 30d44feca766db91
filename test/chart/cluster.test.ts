import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from '../lab/control-plane.js';
import { labDescribe } from '../lab/lab-describe.js';
import { apply, get, identities, ours, rendered, untilServed } from '../lab/podcloak.js';
import { done, type Helm, helmIn } from './helm.js';
import { CHART } from './helm-chart.js';

const definition = 'encryptionnodes.podcloak.dev';
const values = ['-f', 'values.yaml'];
const place = ['--namespace', 'kube-system'];
/** How helm takes over what others made; helm 4 applies server-side, where fields have owners, too. */
const TAKE_OVER = { 3: ['--take-ownership'], 4: ['--take-ownership', '--force-conflicts'] };

labDescribe('the chart on a cluster', [...controlPlaneNeeds(), 'helm3', 'helm4'], () => {
  let plane: ControlPlane;
  let folder: string;
  let manifests: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-helm-cluster-'));
    const file = join(folder, 'values.yaml');
    writeFileSync(file, 'encryption: {enabled: true}\nipv4NativeRoutingCIDR: 10.244.0.0/16\n');
    manifests = await rendered(['-f', file]);
    plane = await startControlPlane();
  });
  afterAll(async () => {
    await plane?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const agents = () => get(plane, 'daemonset/podcloak', '-n', 'kube-system');
  const enabled = async () => {
    const { data } = await get(plane, 'configmap/podcloak', '-n', 'kube-system');
    return (data as Record<string, string>)['encryption.enabled'];
  };

  describe.each([3, 4] as const)('by helm %i', (version) => {
    let helm: Helm;
    beforeAll(() => {
      helm = helmIn(folder, version, plane.kubeconfig);
    });
    afterEach(async () => {
      await helm('uninstall', 'podcloak', ...place);
      await plane.kubectl(['delete', '--ignore-not-found', '-f', '-'], { input: manifests });
    });

    describe('once installed', () => {
      beforeEach(async () => {
        await done(helm('install', 'podcloak', CHART, ...place, ...values));
      });

      it('is the same objects as those of synth, and its notes say what comes next', async () => {
        expect((await ours(plane)).sort()).toEqual(identities(manifests).sort());
        const notes = await done(helm('get', 'notes', 'podcloak', ...place));
        expect(notes).toContain('ENCRYPTED');
        expect(notes).toContain('helm test podcloak --namespace kube-system');
        expect(notes).toContain('must not open plaintext');
      });

      it('is disabled by an upgrade and enabled by a rollback, with no agent restarted', async () => {
        const before = await agents();
        const off = ['--reuse-values', '--set', 'encryption.enabled=false'];
        await done(helm('upgrade', 'podcloak', CHART, ...place, ...off));
        expect(await enabled()).toBe('false');
        expect((await agents()).metadata.generation).toBe(before.metadata.generation);

        await done(helm('rollback', 'podcloak', '1', ...place));
        expect(await enabled()).toBe('true');
        expect((await agents()).metadata.generation).toBe(before.metadata.generation);
      });

      it('goes with uninstall, but for the definition and its records; then it can come back', async () => {
        await untilServed(plane, definition);
        const { metadata } = await get(plane, `customresourcedefinition/${definition}`);
        await done(helm('uninstall', 'podcloak', ...place));
        expect(await ours(plane)).toEqual([`CustomResourceDefinition /${definition}`]);

        await done(helm('install', 'podcloak', CHART, ...place, ...values));
        const back = await get(plane, `customresourcedefinition/${definition}`);
        expect(back.metadata.uid).toBe(metadata.uid);
        expect((await ours(plane)).sort()).toEqual(identities(manifests).sort());
      });

      it('has a test whose objects the API server takes, with the least rights', async () => {
        const all = await done(helm('get', 'hooks', 'podcloak', ...place));
        const created = await apply(plane, all);
        expect(created.trim().split('\n').sort()).toEqual([
          expect.stringContaining('clusterrole.rbac.authorization.k8s.io/podcloak-test'),
          expect.stringContaining('clusterrolebinding.rbac.authorization.k8s.io/podcloak-test'),
          expect.stringContaining('pod/podcloak-test'),
          expect.stringContaining('serviceaccount/podcloak-test'),
        ]);
        const may = async (...what: string[]) => {
          const user = 'system:serviceaccount:kube-system:podcloak-test';
          const asked = await plane.kubectl(['auth', 'can-i', ...what, '--as', user]);
          return asked.stdout.trim();
        };
        expect(await may('list', definition)).toBe('yes');
        expect(await may('watch', 'nodes')).toBe('yes');
        expect(await may('update', definition)).toBe('no');
        expect(await may('get', 'secrets')).toBe('no');
        await plane.kubectl(['delete', '-f', '-', '--force'], { input: all });
      });

      it('is the only one in the cluster, whatever a second one would be called', async () => {
        const name = 'fullnameOverride=another';
        const elsewhere = ['--namespace', 'default', ...values, '--set', name];
        const second = await helm('install', 'second', CHART, ...elsewhere);
        expect(second.code).not.toBe(0);
        expect(second.stderr).toContain('ownership');
        expect(second.stderr).toMatch(/ClusterRole|CustomResourceDefinition/);
        await helm('uninstall', 'second', '--namespace', 'default');
        expect((await ours(plane)).sort()).toEqual(identities(manifests).sort());
      });

      it('takes another name by an upgrade, and leaves nothing under the old one', async () => {
        const rename = ['--reuse-values', '--set', 'fullnameOverride=net-podcloak'];
        await done(helm('upgrade', 'podcloak', CHART, ...place, ...rename));
        const found = await ours(plane);
        expect(found).toContain('DaemonSet kube-system/net-podcloak');
        expect(found).toContain('ConfigMap kube-system/net-podcloak');
        expect(found.filter((one) => /(system|default)\/podcloak/.test(one))).toEqual([]);
      });

      it('upgrades the definition with the rest', async () => {
        const columns = async () => {
          const { spec } = await get(plane, `customresourcedefinition/${definition}`);
          const { versions } = spec as { versions: { additionalPrinterColumns?: unknown[] }[] };
          return versions[0]?.additionalPrinterColumns?.length;
        };
        const before = await columns();
        const patch = '[{"op": "remove", "path": "/spec/versions/0/additionalPrinterColumns/0"}]';
        const name = `customresourcedefinition/${definition}`;
        // As the manager that helm itself is, so that it is an older version, and no foreign change.
        await plane.kubectl(['patch', name, '--type=json', '-p', patch, '--field-manager=helm']);
        expect(await columns()).not.toBe(before);
        const more = version === 4 ? ['--force-conflicts'] : ['--force'];
        await done(
          helm(
            'upgrade',
            'podcloak',
            CHART,
            ...place,
            ...values,
            '--set',
            'commonLabels.a=b',
            ...more,
          ),
        );
        expect(await columns()).toBe(before);
      });
    });

    it.each(['--server-side', '--server-side=false'])(
      'takes over what kubectl apply %s made, if told so',
      async (how) => {
        await apply(plane, manifests, [how]);
        const before = await agents();
        const install = ['install', 'podcloak', CHART, ...place, ...values];
        const refused = await helm(...install);
        expect(refused.code).not.toBe(0);
        expect(refused.stderr).toContain('ownership');

        await done(helm(...install, ...TAKE_OVER[version]));
        const after = await agents();
        expect(after.metadata.uid).toBe(before.metadata.uid);
        expect((await ours(plane)).sort()).toEqual(identities(manifests).sort());
      },
    );
  });
});
