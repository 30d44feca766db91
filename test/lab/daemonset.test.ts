import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { makeNode } from './agents.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { apply, get, ours, patience, rendered, synth } from './podcloak.js';

const options = { controllerManager: true };
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const toleration = (one: object) => ({ tolerations: [one] });
const exists = { operator: 'Exists' };
const tolerations = [
  exists,
  { key: 'a', ...exists },
  { key: 'a', value: 'b' },
  { key: 'a' },
  { key: 'a', operator: 'Equal', value: 'b', effect: 'NoSchedule' },
  { ...exists, effect: 'NoExecute', tolerationSeconds: 0 },
];

/** Values that a user may give, and what the DaemonSet must have of them. */
const accepted: [string, object, object][] = [
  ['OnDelete', { updateStrategy: { type: 'OnDelete' } }, { updateStrategy: { type: 'OnDelete' } }],
  [
    'a number of nodes to update at a time',
    { updateStrategy: { rollingUpdate: { maxUnavailable: 3 } } },
    { updateStrategy: { rollingUpdate: { maxUnavailable: 3, maxSurge: 0 } } },
  ],
  [
    'an image by digest',
    { image: { repository: 'registry.example:5000/a/podcloak', tag: '1', digest } },
    container({ image: `registry.example:5000/a/podcloak:1@${digest}` }),
  ],
  ['no resources', { resources: null }, container({ resources: {} })],
  [
    'no limits',
    { resources: { limits: null } },
    container({ resources: { requests: { cpu: '25m', memory: '128Mi' } } }),
  ],
  [
    'environment variables from elsewhere',
    {
      extraEnv: [
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
        { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
        { name: 'MAP', valueFrom: { configMapKeyRef: { name: 'm', key: 'k', optional: true } } },
      ],
    },
    container({ env: expect.arrayContaining([expect.objectContaining({ name: 'MAP' })]) }),
  ],
  [
    'the pull secret of a registry',
    { imagePullSecrets: [{ name: 'r' }] },
    pod({ imagePullSecrets: [{ name: 'r' }] }),
  ],
  [
    'another affinity in place of ours',
    { affinity: { nodeAffinity: null, podAntiAffinity: {} } },
    pod({ affinity: { podAntiAffinity: {} } }),
  ],
  [
    'metrics',
    { monitoring: { enabled: true, port: 9100 } },
    container({
      ports: [{ name: 'metrics', containerPort: 9100, hostPort: 9100, protocol: 'TCP' }],
    }),
  ],
  [
    'a mount path of its own',
    { encryption: { ipsec: { mountPath: '/keys' } } },
    container({
      volumeMounts: expect.arrayContaining([
        { name: 'ipsec-keys', mountPath: '/keys', readOnly: true },
      ]),
    }),
  ],
  ['tolerations of every form', { tolerations }, pod({ tolerations })],
];

/** What synth refuses, and the words in which the API server refuses the same. */
const refused: [string, string, object, string][] = [
  ...[
    { key: 'a', operator: 'Exists', value: 'b' },
    { operator: 'Equal', value: 'b' },
    { effect: 'NoSchedule' },
    { key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 },
    { key: 'a', operator: 'Exists', tolerationSeconds: 5 },
  ].map((one): [string, string, object, string] => [
    'PC216',
    `the toleration ${JSON.stringify(one)}`,
    toleration(one),
    'spec.template.spec.tolerations[0]',
  ]),
  [
    'PC205',
    'a variable twice',
    { extraEnv: ['1', '2'].map((value) => ({ name: 'A', value })) },
    'duplicate entries for key [name="A"]',
  ],
  [
    'PC206',
    'a variable that is set already',
    { extraEnv: [{ name: 'NODE_NAME', value: 'n1' }] },
    'duplicate entries for key [name="NODE_NAME"]',
  ],
  [
    'PC208',
    'a label that the pods are found by',
    { podLabels: { 'app.kubernetes.io/component': 'mine' } },
    '`selector` does not match template `labels`',
  ],
];

interface DaemonSet {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: { readonly containers: [{ env: object[] }] };
    };
  };
}

function pod(spec: object): object {
  return { template: { spec } };
}

function container(one: object): object {
  return pod({ containers: [one] });
}

labDescribe('the DaemonSet', controlPlaneNeeds(options), () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(options);
  });
  afterAll(() => plane?.stop());

  const withValues = (values: object, ...args: string[]) =>
    rendered(['-f', '-', ...args], { input: JSON.stringify(values) });
  const agents = (namespace: string) => get(plane, 'daemonset', 'podcloak', '-n', namespace);

  it.each(accepted)('is accepted with %s', async (_, values, expected) => {
    await apply(plane, await withValues(values));
    expect((await agents('kube-system')).spec).toMatchObject(expected);
  });

  it('is accepted without any toleration', async () => {
    await apply(plane, await withValues({ tolerations: [] }));
    expect((await agents('kube-system')).spec).not.toHaveProperty('template.spec.tolerations');
  });

  it.each(refused)(
    'is refused by the API server where synth says %s: %s',
    async (code, _, values, words) => {
      const { code: exit, stderr } = await synth(['-f', '-'], { input: JSON.stringify(values) });
      expect(exit).toBe(2);
      expect(stderr).toContain(`error ${code}`);

      const document = parseAllDocuments(await rendered([])).at(-1);
      const daemonSet = document?.toJS() as DaemonSet;
      const { metadata, spec } = daemonSet.spec.template;
      const { extraEnv = [], podLabels, ...ofPod } = values as Record<string, object[]>;
      Object.assign(spec, ofPod);
      spec.containers[0].env.push(...extraEnv);
      Object.assign(metadata.labels, podLabels);
      const input = JSON.stringify(daemonSet);
      const dryRun = ['apply', '--server-side', '--dry-run=server', '-f', '-'];
      const applied = await plane.kubectl(dryRun, { input });
      expect(applied.code).not.toBe(0);
      expect(applied.stderr).toContain(words);
    },
  );

  describe('in a namespace of its own', () => {
    const args = ['-f', 'examples/production.yaml', '-n', 'podcloak'];
    const noMonitor = ['--set', 'monitoring.podMonitor.enabled=false'];
    const linux = (arch: string) => ({ 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': arch });
    beforeAll(async () => {
      await makeNode(plane, 'intel', linux('amd64'));
      await makeNode(plane, 'arm', linux('arm64'));
      await makeNode(plane, 'mainframe', linux('s390x'));
      await makeNode(plane, 'windows', { ...linux('amd64'), 'kubernetes.io/os': 'windows' });
      const fargate = { 'eks.amazonaws.com/compute-type': 'fargate' };
      await makeNode(plane, 'fargate', { ...linux('amd64'), ...fargate });
      await makeNode(plane, 'virtual', { ...linux('amd64'), type: 'virtual-kubelet' });
    });

    interface Pod {
      readonly spec: {
        readonly priority: number;
        readonly affinity: {
          readonly nodeAffinity: {
            readonly requiredDuringSchedulingIgnoredDuringExecution: {
              readonly nodeSelectorTerms: [{ readonly matchFields: [{ values: string[] }] }];
            };
          };
        };
      };
    }
    const pods = async (): Promise<Pod[]> => {
      const list = await get(plane, 'pods', '-n', 'podcloak');
      return list.items as Pod[];
    };
    const nodeOf = ({ spec }: Pod): string | undefined =>
      spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]
        .matchFields[0].values[0];

    it('gets its pods past Pod Security admission, on just the nodes that can run them', async () => {
      await apply(plane, await rendered([...args, ...noMonitor]));
      await vi.waitFor(async () => {
        expect((await pods()).map(nodeOf).sort()).toEqual(['arm', 'intel']);
        const { status } = await agents('podcloak');
        expect(status).toMatchObject({ observedGeneration: 1, desiredNumberScheduled: 2 });
      }, patience);
      // system-node-critical.
      expect((await pods()).map(({ spec }) => spec.priority)).toEqual([2000001000, 2000001000]);
    });

    it('would be warned of and kept out without the labels of the rendered Namespace', async () => {
      await plane.kubectl(['create', 'namespace', 'strict']);
      const modes = ['enforce', 'warn'].map(
        (mode) => `pod-security.kubernetes.io/${mode}=baseline`,
      );
      await plane.kubectl(['label', 'namespace', 'strict', ...modes]);
      const input = await rendered(['-n', 'strict']);
      const applied = await plane.kubectl(['apply', '--server-side', '-f', '-'], { input });
      expect(applied).toMatchObject({ code: 0 });
      expect(applied.stderr).toMatch(
        /would violate PodSecurity "baseline:latest": .*hostNetwork=true/,
      );
      await vi.waitFor(async () => {
        const { stdout } = await plane.kubectl(['get', 'events', '-n', 'strict']);
        expect(stdout).toMatch(/FailedCreate .*violates PodSecurity "baseline:latest"/);
      }, patience);
    });

    it('goes, with all else that was applied, by kubectl delete', async () => {
      const input = await rendered([...args, ...noMonitor]);
      const deleted = await plane.kubectl(['delete', '-f', '-', '--wait=false'], { input });
      expect(deleted).toMatchObject({ code: 0, stderr: '' });
      await vi.waitFor(async () => {
        const left = (await ours(plane)).filter((one) => !/ (kube-system|strict)\//.test(one));
        expect(left).toEqual([]);
      }, patience);
    });
  });
});
