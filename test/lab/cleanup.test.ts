import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeNode } from './agents.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { type ApiObject, apply, get, identities, patience, rendered } from './podcloak.js';

const options = { controllerManager: true };
const production = ['-f', 'examples/production.yaml', '-n', 'podcloak'];
const noMonitor = ['--set', 'monitoring.podMonitor.enabled=false'];

labDescribe('what synth --cleanup prints', controlPlaneNeeds(options), () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(options);
    const linux = { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' };
    for (const name of ['n1', 'n2']) await makeNode(plane, name, linux);
    await makeNode(plane, 'windows', { ...linux, 'kubernetes.io/os': 'windows' });
  });
  afterAll(() => plane?.stop());

  const pods = async (component: string): Promise<ApiObject[]> => {
    const label = `app.kubernetes.io/component=${component}`;
    const list = await get(plane, 'pods', '-n', 'podcloak', '-l', label);
    return list.items as ApiObject[];
  };

  it('is one DaemonSet, and a Namespace where that went with Podcloak', async () => {
    expect(identities(await rendered(['--cleanup', '-f', 'examples/ipsec.yaml']))).toEqual([
      'DaemonSet kube-system/podcloak-cleanup',
    ]);
    expect(identities(await rendered(['--cleanup', ...production]))).toEqual([
      'Namespace /podcloak',
      'DaemonSet podcloak/podcloak-cleanup',
    ]);
  });

  it('is accepted without a warning and changes nothing when it is applied again', async () => {
    for (const args of [['-f', 'examples/ipsec.yaml'], production]) {
      const manifests = await rendered(['--cleanup', ...args]);
      await apply(plane, manifests);
      const daemonSet = () =>
        get(
          plane,
          'daemonset/podcloak-cleanup',
          '-n',
          args.at(-1) === 'podcloak' ? 'podcloak' : 'kube-system',
        );
      const { generation } = (await daemonSet()).metadata;
      await apply(plane, manifests);
      expect((await daemonSet()).metadata.generation).toBe(generation);
    }
  });

  it('runs a pod on each node of the agents, which is none of theirs', async () => {
    await apply(plane, await rendered([...production, ...noMonitor]));
    await apply(plane, await rendered(['--cleanup', ...production]));
    await vi.waitFor(async () => {
      expect(await pods('agent')).toHaveLength(2);
      expect(await pods('cleanup')).toHaveLength(2);
      const { status } = await get(plane, 'daemonset/podcloak', '-n', 'podcloak');
      expect(status).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 0 });
    }, patience);
    const owners = async (component: string) =>
      (await pods(component)).map(
        ({ metadata }) =>
          (metadata as unknown as { ownerReferences: [{ name: string }] }).ownerReferences[0].name,
      );
    expect(await owners('agent')).toEqual(['podcloak', 'podcloak']);
    expect(await owners('cleanup')).toEqual(['podcloak-cleanup', 'podcloak-cleanup']);
  });

  it('holds no token, and stays when Podcloak is deleted', async () => {
    const [pod] = await pods('cleanup');
    expect(JSON.stringify(pod)).not.toContain('kube-api-access');
    const deleted = await plane.kubectl(['delete', '--wait=false', '-f', '-'], {
      input: await rendered([...production, ...noMonitor, '--set', 'namespace.create=false']),
    });
    expect(deleted).toMatchObject({ code: 0, stderr: '' });
    await vi.waitFor(async () => {
      expect(await pods('agent')).toEqual([]);
    }, patience);
    expect(await pods('cleanup')).toHaveLength(2);
  });
});
