import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNode, must, namespace, record, records, token } from './agents.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { apply, rendered, untilServed } from './podcloak.js';

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
}

const READ = ['get', 'list', 'watch'];
const everywhere: Rule[] = [
  { verbs: READ, apiGroups: [''], resources: ['nodes'] },
  { verbs: ['get'], apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'] },
  {
    verbs: [...READ, 'create', 'update', 'patch', 'delete'],
    apiGroups: ['podcloak.dev'],
    resources: ['encryptionnodes'],
  },
  {
    verbs: ['update', 'patch'],
    apiGroups: ['podcloak.dev'],
    resources: ['encryptionnodes/status'],
  },
];
const inItsOwn: Rule[] = [
  { verbs: READ, apiGroups: [''], resources: ['configmaps'], resourceNames: ['podcloak'] },
];
const inDefault: Rule[] = [
  { verbs: ['create', 'patch'], apiGroups: ['events.k8s.io'], resources: ['events'] },
];

/** Verb, resource (with a name), and the namespace if it has one, as for `kubectl auth can-i`. */
const allowed: string[] = [
  'list nodes',
  'watch nodes',
  'get namespaces/kube-system',
  'get configmaps/podcloak -n kube-system',
  'create encryptionnodes.podcloak.dev',
  'delete encryptionnodes.podcloak.dev',
  'patch encryptionnodes.podcloak.dev --subresource=status',
  'create events.events.k8s.io -n default',
];
const refused: string[] = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'].flatMap((verb) => [
    `${verb} secrets -A`,
    `${verb} secrets/cilium-ipsec-keys -n kube-system`,
  ]),
  ...['create', 'update', 'patch', 'delete'].map((verb) => `${verb} nodes`),
  'patch nodes --subresource=status',
  'get namespaces/default',
  'list namespaces',
  'get configmaps/another -n kube-system',
  'list configmaps -n kube-system',
  'update configmaps/podcloak -n kube-system',
  'get configmaps/podcloak -n default',
  'deletecollection encryptionnodes.podcloak.dev',
  'get encryptionnodes.podcloak.dev --subresource=status',
  'update encryptionnodes.podcloak.dev --subresource=finalizers',
  'create events.events.k8s.io -n kube-system',
  'list events -n default',
  'list pods -A',
  'create pods -n kube-system --subresource=exec',
  'create serviceaccounts -n kube-system --subresource=token',
  'get customresourcedefinitions',
  'patch validatingadmissionpolicies',
  'impersonate users',
  'escalate clusterroles',
];

labDescribe('the rights of the agent', controlPlaneNeeds(), () => {
  let plane: ControlPlane;
  let agent: string;
  let bystander: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    await apply(plane, await rendered(['-f', 'examples/ipsec.yaml']));
    await untilServed(plane, 'encryptionnodes.podcloak.dev');
    await makeNode(plane, 'n1');
    agent = await token(plane);
    await plane.kubectl(['create', 'serviceaccount', 'bystander', '-n', namespace]);
    const made = await plane.kubectl(['create', 'token', 'bystander', '-n', namespace]);
    bystander = made.stdout.trim();
  });
  afterAll(() => plane?.stop());

  /** Every rule that holds for the token in the namespace, in one form and order. */
  const rules = async (by: string, inNamespace: string): Promise<string[]> => {
    const review = await must(
      plane,
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      {
        token: by,
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectRulesReview',
          spec: { namespace: inNamespace },
        },
      },
    );
    const { status } = review as unknown as { status: { resourceRules: Rule[] } };
    return status.resourceRules.map(inOneForm);
  };
  const inOneForm = ({ verbs, apiGroups, resources, resourceNames = [] }: Rule): string =>
    JSON.stringify({ verbs, apiGroups, resources, resourceNames });

  it.each([
    [namespace, [...everywhere, ...inItsOwn]],
    ['default', [...everywhere, ...inDefault]],
    ['kube-public', everywhere],
  ])('in %s are these and no more, beyond those of any ServiceAccount', async (where, expected) => {
    const common = new Set(await rules(bystander, where));
    const own = (await rules(agent, where)).filter((rule) => !common.has(rule));
    expect(own.sort()).toEqual(expected.map(inOneForm).sort());
  });

  const canI = async (question: string): Promise<string> =>
    (
      await plane.kubectl(['auth', 'can-i', ...question.split(' ')], { token: agent })
    ).stdout.trim();

  it.each(allowed)('let it %s', async (question) => {
    expect(await canI(question)).toBe('yes');
  });

  it.each(refused)('do not let it %s', async (question) => {
    expect(await canI(question)).toBe('no');
  });

  describe('are enough', () => {
    const as = (path: string) => plane.request('GET', path, { token: agent });
    const maps = `/api/v1/namespaces/${namespace}/configmaps`;

    it('to list and watch its ConfigMap by name, but not all of them', async () => {
      const only = 'fieldSelector=metadata.name%3Dpodcloak';
      const listed = await as(`${maps}?${only}`);
      expect(listed).toMatchObject({
        status: 200,
        body: { items: [{ metadata: { name: 'podcloak' } }] },
      });
      expect(await as(`${maps}?${only}&watch=1&timeoutSeconds=1`)).toMatchObject({ status: 200 });
      expect(await as(maps)).toMatchObject({ status: 403 });
    });

    it('to report an event about a record, which belongs to the namespace default', async () => {
      const report = (inNamespace: string) =>
        plane.request('POST', `/apis/events.k8s.io/v1/namespaces/${inNamespace}/events`, {
          token: agent,
          body: {
            apiVersion: 'events.k8s.io/v1',
            kind: 'Event',
            metadata: { name: 'n1.1', namespace: inNamespace },
            eventTime: '2025-01-02T03:04:05.000006Z',
            reportingController: 'podcloak.dev/agent',
            reportingInstance: 'n1',
            action: 'Testing',
            reason: 'Tested',
            type: 'Normal',
            regarding: { apiVersion: 'podcloak.dev/v1alpha1', kind: 'EncryptionNode', name: 'n1' },
          },
        });
      expect(await report('default')).toMatchObject({ status: 201 });
      expect(await report(namespace)).toMatchObject({ status: 403 });
    });

    it('never to delete all records at once', async () => {
      await must(plane, 'POST', records, { body: record('n1') });
      const wiped = await plane.request('DELETE', records, { token: agent });
      expect(wiped).toMatchObject({ status: 403 });
      expect(JSON.stringify(wiped.body)).toContain('cannot deletecollection');
      expect(await plane.request('GET', `${records}/n1`)).toMatchObject({ status: 200 });
    });

    it('to read the records, the Nodes and the UID of kube-system', async () => {
      for (const path of [records, '/api/v1/nodes', '/api/v1/namespaces/kube-system']) {
        expect(await as(path)).toMatchObject({ status: 200 });
      }
    });
  });
});
