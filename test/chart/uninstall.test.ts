import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeNode, must, records } from '../lab/agents.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from '../lab/control-plane.js';
import { labDescribe } from '../lab/lab-describe.js';
import { say, sayDisabled, sayEncrypted } from '../lab/node-says.js';
import { get, ours, patience, podcloak, untilServed } from '../lab/podcloak.js';
import { done, type Helm, helmIn } from './helm.js';
import { CHART } from './helm-chart.js';
import { jobPod } from './job-pod.js';

const options = { controllerManager: true };
const definition = 'encryptionnodes.podcloak.dev';
const namespace = 'kube-system';
const place = ['--namespace', namespace];
/** Not the usual name, so that whatever is not told of it is missed. */
const name = 'net-podcloak';
const VALUES = `
encryption: {enabled: true}
ipv4NativeRoutingCIDR: 10.244.0.0/16
fullnameOverride: ${name}
uninstall: {disableFirst: true, timeoutSeconds: 60}
`;
const READ = ['list', 'watch'];

labDescribe('helm uninstall', [...controlPlaneNeeds(options), 'helm3', 'helm4'], () => {
  let plane: ControlPlane;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-uninstall-'));
    writeFileSync(join(folder, 'values.yaml'), VALUES);
    plane = await startControlPlane(options);
    for (const node of ['n1', 'n2']) await makeNode(plane, node);
  });
  afterAll(async () => {
    await plane?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const enabled = async () => {
    const { data } = await get(plane, `configmap/${name}`, '-n', namespace);
    return (data as Record<string, string>)['encryption.enabled'];
  };
  const untilDisabled = () =>
    vi.waitFor(async () => expect(await enabled()).toBe('false'), patience);
  const pod = () => jobPod(plane, `${name}-uninstall`, namespace, folder);
  /** What is in the cluster by our label, and the kinds that only a hook makes. */
  const left = async () => {
    const label = 'app.kubernetes.io/part-of=podcloak';
    const jobs = await get(plane, 'jobs,pods', '-A', '-l', label);
    return [...(await ours(plane)), ...(jobs.items as { kind: string }[]).map(({ kind }) => kind)];
  };

  describe.each([3, 4] as const)('of helm %i, that disables first', (version) => {
    let helm: Helm;
    beforeAll(() => {
      helm = helmIn(folder, version, plane.kubeconfig);
    });
    beforeEach(async () => {
      await done(helm('install', 'podcloak', CHART, ...place, '-f', 'values.yaml'));
      await untilServed(plane, definition);
      for (const node of ['n1', 'n2']) {
        await say(plane, node, {});
        await sayEncrypted(plane, node);
      }
    });
    afterEach(async () => {
      await helm('uninstall', 'podcloak', ...place, '--no-hooks');
      // A Job that failed is there for a day, for people to read.
      await plane.kubectl(['delete', 'jobs', '--all', '-n', namespace, '--cascade=foreground']);
      for (const node of ['n1', 'n2']) await plane.request('DELETE', `${records}/${node}`);
    });

    it('deletes nothing before the last node is disabled, and then leaves the definition alone', async () => {
      const uninstalling = helm('uninstall', 'podcloak', ...place, '--timeout', '90s');
      const job = await pod();
      const running = job.run();
      await untilDisabled();
      expect(await ours(plane)).toContain(`DaemonSet ${namespace}/${name}`);
      for (const node of ['n1', 'n2']) await sayDisabled(plane, node);
      const outcome = await running;
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      expect(outcome.stdout).toContain('No node encrypts any more (2 nodes).');
      await job.end(0);
      await done(uninstalling);
      await vi.waitFor(
        async () => expect(await left()).toEqual([`CustomResourceDefinition /${definition}`]),
        patience,
      );
    }, 120_000);

    it('gives the Job these rights and no others', async () => {
      const uninstalling = helm('uninstall', 'podcloak', ...place, '--timeout', '90s');
      const { token, end } = await pod();
      await plane.kubectl(['create', 'serviceaccount', 'bystander', '-n', namespace]);
      const made = await plane.kubectl(['create', 'token', 'bystander', '-n', namespace]);
      const common = new Set(await rules(made.stdout.trim()));
      const own = (await rules(token)).filter((rule) => !common.has(rule));
      const least = [
        { verbs: READ, apiGroups: [''], resources: ['nodes'] },
        { verbs: READ, apiGroups: ['podcloak.dev'], resources: ['encryptionnodes'] },
        {
          verbs: ['get', 'patch'],
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: [name],
        },
      ];
      expect(own).toEqual(least.map((rule) => JSON.stringify(rule)).sort());
      await end(1);
      expect((await uninstalling).code).not.toBe(0);
      // Whoever cannot wait for a node that is down is not held up.
      await done(helm('uninstall', 'podcloak', ...place, '--no-hooks'));
    }, 120_000);

    it('fails when a node does not get there, deletes nothing, and can be gone back on', async () => {
      const short = ['--reuse-values', '--set', 'uninstall.timeoutSeconds=2'];
      await done(helm('upgrade', 'podcloak', CHART, ...place, ...short));
      const uninstalling = helm('uninstall', 'podcloak', ...place, '--timeout', '90s');
      const job = await pod();
      await sayDisabled(plane, 'n1');
      const outcome = await job.run();
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toContain('error PC446: the time is over: n2 (enforced)');
      await job.end(1);
      const failed = await uninstalling;
      expect(failed.code).not.toBe(0);
      expect(`${failed.stdout}${failed.stderr}`).toContain(`${name}-uninstall`);
      // The agents go on walking back, and everything is there that they need.
      expect(await enabled()).toBe('false');
      expect(await ours(plane)).toContain(`DaemonSet ${namespace}/${name}`);

      // To helm the release is being uninstalled: an upgrade has nothing to start from, a rollback has.
      const upgrade = await helm('upgrade', 'podcloak', CHART, ...place, '-f', 'values.yaml');
      expect(upgrade.stderr).toContain('has no deployed releases');
      await done(helm('rollback', 'podcloak', '2', ...place));
      expect(await enabled()).toBe('true');
      await done(helm('upgrade', 'podcloak', CHART, ...place, '-f', 'values.yaml'));

      const again = helm('uninstall', 'podcloak', ...place, '--timeout', '90s');
      const next = await pod();
      const running = next.run();
      await untilDisabled();
      await sayDisabled(plane, 'n2');
      expect((await running).code).toBe(0);
      await next.end(0);
      await done(again);
    }, 180_000);

    it('is not needed before an upgrade that enables what was disabled by hand', async () => {
      const { PATH } = process.env;
      const env = { PATH, HOME: folder, KUBECONFIG: plane.kubeconfig };
      const args = ['encryption', 'disable', '--yes', '--config-map', name];
      expect(await podcloak(args, { env })).toMatchObject({ code: 0, stderr: '' });
      expect(await enabled()).toBe('false');
      await done(helm('upgrade', 'podcloak', CHART, ...place, '-f', 'values.yaml'));
      expect(await enabled()).toBe('true');
    });
  });

  /** All rules that hold for a token, each as JSON, in one form and order. */
  async function rules(token: string): Promise<string[]> {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
    const kind = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview' };
    const review = await must(plane, 'POST', path, {
      token,
      body: { ...kind, spec: { namespace } },
    });
    const { status } = review as unknown as { status: { resourceRules: object[] } };
    return status.resourceRules.map((rule) => JSON.stringify(rule)).sort();
  }
});
